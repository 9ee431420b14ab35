"""Comparison columns set against the amounts beside them.

A heading such as "Tỷ lệ" or "Tăng, giảm" does not say with what, or whether it is a percent or
a difference; the numbers of the same row mostly do. The same look tells fractions (0.2057) kept
without a per cent format from percents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.entry import Entry
from hlanalysis.reading.table.measures import Meaning
from hlanalysis.reading.table.relatives import is_ahead
from hlanalysis.reading.table.separators import PERCENTS, value_in

_LARGEST_FRACTION = 20  # 2000%: a column with a larger bare number holds percents
_SMALLEST_RATIO = 70  # the middle row of a column of ratios; no such column of growth rates
_AMOUNTS = ("plan", "actual", "previous_actual")
_BASES = {"plan": "vs_plan_percent", "previous_actual": "yoy_percent"}


def settle_comparisons(entries: list[Entry], block: Block) -> list[int]:
    """Give columns whose heading leaves it open the comparison that their numbers make.

    Parameters
    ----------
    entries : list of Entry
    block : Block
        Changed in place.

    Returns
    -------
    list of int
        Columns that hold growth rates (4.2), not ratios (104.2).
    """
    growth = []
    for position, meaning in enumerate(block.values):
        if meaning.measure not in PERCENTS[:2] or _is_next_year(block, meaning):
            continue
        votes = _votes(entries, block, meaning, _bare)
        if not votes:
            continue
        (kind, base), count = votes.most_common(1)[0]
        rows = sum(_bare(entry, meaning.column) is not None for entry in entries)
        if 2 * count <= max(sum(votes.values()), rows // 2):
            continue
        if kind == "growth":
            growth.append(meaning.column)
        if meaning.guessed and not (kind == "difference" and meaning.percent):
            measure = "difference" if kind == "difference" else _BASES[base]
            if measure != "difference" and meaning.guessed == "no percent sign":
                continue  # the heading says with what it compares
            unit = next((m.unit for m in block.values if m.measure == "actual"), None)
            block.values[position] = replace(meaning, measure=measure, unit=unit)  # type: ignore[arg-type]
    _settle_series(block)
    return growth


def _settle_series(block: Block) -> None:
    """Name comparisons that turned out alike, and no longer those that turned out alone."""
    compared = [m for m in block.values if m.measure in (*_BASES.values(), "difference")]
    alike = Counter((m.measure, m.period) for m in compared)
    same = Counter((m.measure, m.period, m.series) for m in compared)
    for position, meaning in enumerate(block.values):
        if meaning not in compared or meaning.indicator or not meaning.spare:
            continue
        if alike[meaning.measure, meaning.period] == 1:
            block.values[position] = replace(meaning, series="")
        elif same[meaning.measure, meaning.period, meaning.series] > 1:
            block.values[position] = replace(meaning, series=meaning.spare)


def settle_compared(entries: list[Entry], block: Block) -> None:
    """Find what is compared where neither heading nor index row says it, by what a row computes.

    "DT 2024 | ƯTH 2024 | DT 2025 | So sánh (%)" may set the outturn against the plan of its year,
    or the next plan against either. Changes `block` in place.
    """
    ahead = [(m, b) for m in block.values for b in _plans_before(block, m)]
    if not ahead:
        return
    past = [m for m in block.values if m.measure in _BASES]
    done = [(m, b) for m in block.values if m.measure == "actual" for b in past]
    done = [(m, b) for m, b in done if not is_ahead(b, m)]
    for position, meaning in enumerate(block.values):
        if not meaning.undated or meaning.measure == "share_percent":
            continue
        forward, count = _best_pair(entries, meaning, ahead)
        other, against = _best_pair(entries, meaning, done)
        if count > against and forward is not None:
            block.values[position] = _of_next_year(meaning, *forward)
        elif against > count and other is not None and _is_next_year(block, meaning):
            above, base, kind = other
            measure = "difference" if kind == "difference" else _BASES[base.measure]
            block.values[position] = replace(
                meaning,
                measure=measure,  # type: ignore[arg-type]
                period=above.period,
                estimate=above.estimate,
            )


def _of_next_year(meaning: Meaning, above: Meaning, base: Meaning, kind: str) -> Meaning:
    """Return a comparison as that of a plan with what was planned or done before."""
    if kind == "difference":
        unit = meaning.unit or above.unit
        return replace(
            meaning, measure="difference", period=above.period, estimate=False, unit=unit
        )
    return replace(meaning, measure="yoy_percent", period=above.period, estimate=base.estimate)


def _best_pair(
    entries: list[Entry], meaning: Meaning, pairs: list[tuple[Meaning, Meaning]]
) -> tuple[tuple[Meaning, Meaning, str] | None, int]:
    """Return the two columns that most rows compare, and how many rows compare any two.

    Nothing and 0 where two rows of three compare none of them: a ratio may be hit by chance.
    """
    votes: Counter[tuple[int, str]] = Counter()
    rows = filled = 0
    for entry in entries:
        value = _shown(entry, meaning.column)
        if not value:
            continue
        filled += 1
        found = []
        for index, (above, below) in enumerate(pairs):
            a, b = value_in(entry, above.column), value_in(entry, below.column)
            kind = _relation(a, b, value)
            if meaning.measure != "difference" and kind in ("", "difference"):
                percent = _relation(a, b, 100 * value)
                kind = kind if percent == "difference" else percent or kind
            if kind and not (meaning.percent and kind == "difference"):
                found.append((index, kind))
        if meaning.measure == "difference":
            found = [one for one in found if one[1] == "difference"]
        votes.update(found)
        rows += bool(found)
    if not votes or 3 * rows < filled:
        return None, 0
    index, kind = votes.most_common(1)[0][0]
    return (*pairs[index], kind), rows


def _plans_before(block: Block, above: Meaning) -> list[Meaning]:
    """Return what the plan of a year in which nothing is done yet may be compared with."""
    done = [m for m in block.values if m.measure == "actual"]
    if not all(is_ahead(above, m) for m in done):
        return []
    return [m for m in block.values if m.measure in _AMOUNTS and is_ahead(above, m)]


def _is_next_year(block: Block, meaning: Meaning) -> bool:
    """Tell whether a comparison is of a plan for a year in which nothing is done yet."""
    year = meaning.period[:4]
    if not year or any(m.period[:4] >= year for m in block.values if m.measure == "actual"):
        return False
    return any(m.measure == "plan" and m.period == meaning.period for m in block.values)


def _compared(block: Block, meaning: Meaning) -> tuple[list[Meaning], list[Meaning]]:
    """Return the columns that a comparison may be of, and those it may be with."""
    if meaning.measure == "yoy_percent" and _is_next_year(block, meaning):
        plans = [m for m in block.values if m.measure == "plan" and m.period == meaning.period]
        return plans, _plans_before(block, plans[0])
    above = [m for m in block.values if m.measure == "actual"]
    return above, [m for m in block.values if m.measure in _BASES]


def settle_growth(entries: list[Entry], block: Block) -> None:
    """Mark the columns of comparisons whose numbers are changes (4.2), not ratios (104.2).

    The amounts beside them decide; else the heading ("Tốc độ tăng"), unless the numbers lie
    about 100 as ratios do. Changes `block` in place.
    """
    for position, meaning in enumerate(block.values):
        if meaning.measure not in PERCENTS[:2]:
            continue
        votes: Counter[str] = Counter()
        for (kind, _), count in _votes(entries, block, meaning, _shown).items():
            votes[kind] += count
        growth = meaning.grows and not _lie_about_100(entries, meaning.column)
        if votes["growth"] != votes["ratio"]:
            growth = votes["growth"] > votes["ratio"]
        block.values[position] = replace(meaning, growth=growth)


def _lie_about_100(entries: list[Entry], column: int) -> bool:
    values = [value for entry in entries if (value := _shown(entry, column)) is not None]
    if not values or min(values) < 0:
        return False
    return sorted(values)[len(values) // 2] >= _SMALLEST_RATIO


def _shown(entry: Entry, column: int) -> Decimal | None:
    """Return the number in a column, with or without a per cent sign."""
    number = entry.odd.get(column)
    if number is not None and number.percent and number.state == "number":
        return number.value
    return _bare(entry, column)


def _votes(
    entries: list[Entry],
    block: Block,
    meaning: Meaning,
    value_of: Callable[[Entry, int], Decimal | None],
) -> Counter[tuple[str, str]]:
    """Count, row by row, what the numbers of a column are of the amounts beside them."""
    compared, bases = _compared(block, meaning)
    above = [m.column for m in compared]
    below = [(m.column, m.measure) for m in bases]
    votes: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        value = value_of(entry, meaning.column)
        if not value:
            continue
        for a in above:
            for b, base in below:
                kind = _relation(value_in(entry, a), value_in(entry, b), value)
                if kind:
                    votes[kind, base] += 1
    return votes


def _relation(above: Decimal | None, below: Decimal | None, value: Decimal) -> str:
    """Return what a number is of two amounts: ratio, growth, difference, or nothing ("")."""
    if above is None or not below:
        return ""
    ratio = 100 * above / below
    if abs(value - ratio) <= max(abs(ratio) / 200, Decimal("0.06")):
        return "ratio"
    if value != 0 and abs(value - (above - below)) <= abs(above - below) / 1000:
        return "difference"
    if abs(value - (ratio - 100)) <= Decimal("0.06"):
        return "growth"
    return ""


def scale_fractions(entries: list[Entry], block: Block) -> list[int]:
    """Turn fractions in percent columns into percents where the amounts beside prove it.

    Returns
    -------
    list of int
        The columns that were multiplied by 100.
    """
    verdicts = {
        meaning.column: _is_fraction(entries, block, meaning)
        for meaning in block.values
        if meaning.measure in PERCENTS or _is_rate(meaning)
    }
    known = [verdict for verdict in verdicts.values() if verdict is not None]
    scaled = []
    for column, verdict in verdicts.items():
        if verdict is None:
            verdict = bool(known) and all(known) and _all_small(entries, column)
        if verdict:
            scaled.append(column)
            for entry in entries:
                _times_hundred(entry, column)
    return scaled


def _times_hundred(entry: Entry, column: int) -> None:
    if column in entry.plain:
        entry.plain[column] *= 100
    number = entry.odd.get(column)
    if number and number.value is not None and not number.percent:
        entry.odd[column] = replace(number, value=number.value * 100)


def _bare(entry: Entry, column: int) -> Decimal | None:
    """Return the number in a column unless its cell shows a per cent sign."""
    if column in entry.plain:
        return entry.plain[column]
    number = entry.odd.get(column)
    return number.value if number and number.state == "number" and not number.percent else None


def _is_fraction(entries: list[Entry], block: Block, meaning: Meaning) -> bool | None:
    """Tell whether a column's bare numbers are fractions; None if nothing shows it."""
    base = "plan" if meaning.measure == "vs_plan_percent" else "previous_actual"
    compared, bases = _compared(block, meaning)
    ahead = _is_next_year(block, meaning)
    above = [m.column for m in compared]
    below = [m.column for m in bases if ahead or m.measure == base]
    if _is_rate(meaning):  # a rate by commune may divide any two of the columns
        above = below = [m.column for m in block.values if m.indicator and not _is_rate(m)]
    fractions = percents = rows = 0
    for entry in entries:
        value = _bare(entry, meaning.column)
        if not value:
            continue
        if abs(value) > _LARGEST_FRACTION:
            return False
        votes = {_vote(value_in(entry, a), value_in(entry, b), value) for a in above for b in below}
        rows += bool(votes)
        fractions += True in votes
        percents += False in votes
    if not fractions and not percents:
        return None
    # A ratio may be hit by chance; most rows are not.
    return fractions > percents and 2 * fractions >= rows


def _is_rate(meaning: Meaning) -> bool:
    """Tell whether a column of indicators is a rate: "Tỷ lệ hộ nghèo (%)"."""
    return meaning.indicator and meaning.unit is not None and meaning.unit.id == "percent"


def _vote(above: Decimal | None, below: Decimal | None, value: Decimal) -> bool | None:
    if not above or not below:
        return None
    ratio = above / below
    if abs(value - ratio) <= abs(ratio) / 50:
        return True
    return False if abs(value - 100 * ratio) <= abs(ratio) * 2 else None


def _all_small(entries: list[Entry], column: int) -> bool:
    values = [value for entry in entries if (value := _bare(entry, column)) is not None]
    return bool(values) and all(abs(value) <= 5 for value in values)
