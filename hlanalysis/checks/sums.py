"""Parts against totals: amounts that add up, shares of one hundred, k of n."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import defaultdict
from fractions import Fraction

from hlanalysis.catalog import unit
from hlanalysis.catalog.indicators import fold
from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import LIVE, about, coarsely, is_cell, is_loose, standing_for
from hlanalysis.checks.said import During, quotes
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import COUNTS, Interval, evaluate
from hlanalysis.wording import Amount, Name, Quote, Range, Value, Where, printed_places

CHECK = "sums"
_REST = re.compile(r"\b(others?|khac|con lai|remaining|rest)\b")


def check_parts(observations: Observations) -> list[Finding]:
    """Add up the parts that a source lists under a total.

    A list that ends in "khác" names everything, so it must give the total. A list that does not may
    leave parts out: then only a sum above the total is a contradiction, and a gap of one changed
    digit is worth a look.
    """
    groups: dict[str, list[Observation]] = defaultdict(list)
    for row in observations:
        # Cells of a workbook are added up column by column, by `check_table_sums`.
        if row.part_of in observations and row.kind == "level" and not is_cell(row):
            groups[row.part_of].append(row)
    found = [_sum(observations.by_id(total), parts) for total, parts in groups.items()]
    return [finding for finding in found if finding is not None]


def _sum(total: Observation, parts: list[Observation]) -> Finding | None:
    parts = [row for row in parts if row.value_max is None and _adds_to(row, total)]
    parts.sort(key=_in_text)
    if total.kind != "level" or not parts or (len(parts) == 1 and not _is_larger(parts[0], total)):
        return None
    added = sum((row.value_in(total.unit) for row in parts), Fraction(0))
    spread = spread_of(parts, total.unit)
    verdict = _judge(total, parts, added, spread)
    if verdict is None:
        return None
    return sum_finding(total, parts, added, spread, *verdict)


def spread_of(parts: list[Observation], in_unit: str) -> Interval:
    """Return what the sum of some figures can be; of many the first dozen leaves room enough."""
    spread = evaluate(
        lambda *values: sum(values, Fraction(0)),
        *(standing_for(row, in_unit) for row in parts[:12]),
    )
    rest = sum((row.value_in(in_unit) for row in parts[12:]), Fraction(0))
    return dataclasses.replace(spread, low=spread.low + rest, high=spread.high + rest)


def _in_text(row: Observation) -> tuple[int, ...]:
    """Sort parts in the order of the source, as a reader compares them."""
    return tuple(int(number) for number in re.findall(r"\d+", row.locator))


def _adds_to(part: Observation, total: Observation) -> bool:
    same = unit(part.unit).dimension == unit(total.unit).dimension
    return same and part.period == total.period and part.status in (*LIVE, total.status)


def _is_larger(part: Observation, total: Observation) -> bool:
    low = standing_for(part, total.unit).low
    return low > standing_for(total, total.unit, near=False).high


def _judge(
    total: Observation, parts: list[Observation], added: Fraction, spread: Interval
) -> tuple[Grade, str] | None:
    whole = standing_for(total, total.unit)
    if spread.overlaps(whole):
        loose = any(map(is_loose, (total, *parts)))
        exact = added == to_fraction(total.value) or loose
        return ("ok", "parts_add_up") if exact else ("explained", "parts_add_up_rounded")
    if _agree_coarsely(total, parts):
        return "explained", "parts_add_up_coarse"
    doubtful: Grade = "review" if any(map(is_loose, (total, *parts))) else "error"
    if len(parts) == 1:
        return doubtful, "part_above_total"
    exhaustive = any(is_rest(row) for row in parts)
    if spread.low > whole.high:
        excused = not exhaustive and some_add_up(parts, whole, total.unit)
        return None if excused else (doubtful, "parts_above_total")
    if exhaustive:
        return doubtful, "parts_below_total"
    gap = to_fraction(total.value) - added
    return ("review", "parts_below_total") if len(parts) > 2 and one_digit_off(gap, total) else None


def _agree_coarsely(total: Observation, parts: list[Observation]) -> bool:
    if len(parts) < 2 or total.unit in COUNTS:
        return False
    low = sum((coarsely(row, total.unit).low for row in parts), Fraction(0))
    high = sum((coarsely(row, total.unit).high for row in parts), Fraction(0))
    return Interval(low, high).overlaps(coarsely(total, total.unit))


def some_add_up(parts: list[Observation], whole: Interval, in_unit: str) -> bool:
    """Tell whether the parts are two breakdowns of one total, listed one after the other.

    Then some of them give the total, and the rest give it again or break one of them down.
    """
    values = [row.value_in(in_unit) for row in parts]
    if len(values) > 12:
        return False
    places = range(len(values))
    for size in range(1, len(values) - 1):
        for chosen in itertools.combinations(places, size):
            rest = sum((values[place] for place in places if place not in chosen), Fraction(0))
            if sum((values[place] for place in chosen), Fraction(0)) in whole and (
                rest in whole or any(values[place] == rest for place in chosen)
            ):
                return True
    return False


def is_rest(row: Observation) -> bool:
    """Tell whether a part is "khác", the rest of a list that thereby names everything."""
    return bool(_REST.search(fold(f"{row.series.replace('_', ' ')} {row.note}")))


def one_digit_off(gap: Fraction, total: Observation) -> bool:
    """Tell whether changing one digit of one figure would close the gap."""
    steps = abs(gap) * 10 ** printed_places(total)
    if steps.denominator != 1 or not steps:
        return False
    return str(steps.numerator).rstrip("0") in set("123456789")


def sum_finding(
    total: Observation,
    parts: list[Observation],
    added: Fraction,
    spread: Interval,
    grade: Grade,
    message: str,
) -> Finding:
    """Return what a sum says of its total."""
    cites = (total.id, *(row.id for row in parts))
    places = max(printed_places(row) for row in (total, *parts))
    values: dict[str, Value] = {
        "name": Name(total.indicator, total.series),
        "place": Where(total.place),
        "period": During(total.when),
        "total": Quote(total),
        "parts": quotes(parts, " + ", bare=True),
        "sum": Amount(added, total.unit, places, cites=cites[1:]),
        "gap": Amount(abs(added - to_fraction(total.value)), total.unit, places, cites=cites),
        "range": Range(spread, total.unit, cites=cites[1:]),
    }
    return Finding(
        CHECK,
        grade,
        message,
        total.place,
        total.indicator,
        total.period,
        cites,
        values,
        values["total"],
        values["sum"],
        values["range"],
        weight=3,
    )


def check_shares(observations: Observations) -> list[Finding]:
    """Add up the shares that one source gives of one whole: no more than 100%.

    Shares that give less than 100% are left alone: a structure is often printed without its
    smallest part (taxes less subsidies in GRDP).
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observations.find(kind="share", unit="percent"):
        if row.series and not row.of and not row.value_max:
            key = (row.place, row.indicator, row.period, row.status, row.source)
            groups[key].append(row)
    found = [_hundred(rows) for rows in groups.values() if len(rows) > 1]
    return [finding for finding in found if finding is not None]


def _hundred(rows: list[Observation]) -> Finding | None:
    spreads = [standing_for(row, "percent") for row in rows]
    low = sum((one.low for one in spreads), Fraction(0))
    high = sum((one.high for one in spreads), Fraction(0))
    if high < 100 or _overlapping(rows):
        return None
    added = sum((to_fraction(row.value) for row in rows), Fraction(0))
    grade: Grade = "ok" if added == 100 else "explained" if low <= 100 else "error"
    message = "shares_above_hundred" if grade == "error" else "shares_add_up"
    if grade == "error" and any(map(is_loose, rows)):
        grade = "review"
    first = rows[0]
    cites = tuple(row.id for row in rows)
    values: dict[str, Value] = {
        "name": Name(first.indicator),
        "place": Where(first.place),
        "period": During(first.when),
        "parts": quotes(rows, " + "),
        "sum": Amount(added, "percent", max(map(printed_places, rows)), cites=cites),
        "range": Range(Interval(low, high), "percent", cites=cites),
    }
    return Finding(
        CHECK,
        grade,
        message,
        first.place,
        first.indicator,
        first.period,
        cites,
        values,
        None,
        values["sum"],
        values["range"],
    )


def _overlapping(rows: list[Observation]) -> bool:
    """Tell whether some of the shares already give 100%: then others cut the whole another way."""
    values = [to_fraction(row.value) for row in rows]
    return any(
        abs(sum(chosen, Fraction(0)) - 100) < 1
        for size in range(2, len(values))
        for chosen in itertools.combinations(values, size)
    )


def check_parts_of_indicators(observations: Observations) -> list[Finding]:
    """Check that two parts that make up a whole by definition do so in one source.

    Domestic and trade revenue are the revenue of a province; taxes and land receipts are its
    domestic revenue. A district has no trade revenue, so nothing is checked there.
    """
    found = []
    for whole, names in _WHOLES.items():
        for total in observations.find(indicator=whole, kind="level", series=""):
            parts = [
                row
                for row in about(observations, total.place, *names)
                if row.kind == "level"
                and (row.period, row.source, row.series, row.as_of)
                == (total.period, total.source, "", total.as_of)
                and (row.status == total.status)
            ]
            if {row.indicator for row in parts} == set(names) and len(parts) == len(names):
                found.append(_whole(total, parts))
    return [finding for finding in found if finding is not None]


_WHOLES = {
    "budget_revenue": ("budget_revenue_domestic", "budget_revenue_import_export"),
    "budget_revenue_domestic": ("budget_revenue_taxes_fees", "budget_revenue_land_use"),
}


def _whole(total: Observation, parts: list[Observation]) -> Finding | None:
    finding = _sum(total, parts)
    if finding is not None and finding.grade == "error":
        return dataclasses.replace(finding, grade="review")
    if finding is not None or total.is_bound:
        return finding
    # Grants, crude oil and carry-over are small and may stand apart: a gap is worth a look only.
    added = sum((row.value_in(total.unit) for row in parts), Fraction(0))
    spread = evaluate(lambda *v: sum(v, Fraction(0)), *(standing_for(p, total.unit) for p in parts))
    return sum_finding(total, parts, added, spread, "review", "parts_below_total")


def check_series_within_total(observations: Observations) -> list[Finding]:
    """Check that no part of an indicator is larger than the whole that the same source gives."""
    found = []
    for row in observations.find(kind="level"):
        if not row.series or row.part_of or row.value_max or row.indicator == "unlisted":
            continue
        for whole in about(observations, row.place, row.indicator):
            same = (whole.period, whole.source, whole.as_of, whole.per, whole.scope) == (
                row.period,
                row.source,
                row.as_of,
                row.per,
                row.scope,
            )
            if same and not whole.series and whole.kind == "level" and _adds_to(row, whole):
                finding = _sum(whole, [row])
                if finding is not None:
                    found.append(finding)
    return found
