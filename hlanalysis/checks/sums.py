"""Parts against totals: amounts that add up, shares of one hundred, k of n."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from fractions import Fraction

from hlanalysis.catalog import unit
from hlanalysis.catalog.indicators import fold
from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import LIVE, is_loose, standing_for
from hlanalysis.checks.said import Listed, quotes
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import COUNTS, Interval, evaluate
from hlanalysis.wording import Amount, Name, Quote, Range, Value, When, Where, printed_places

CHECK = "sums"
_REST = re.compile(r"\b(others?|khac|con lai|remaining|rest)\b")
_OUT_OF = re.compile(r"\bout of (\d+)", re.IGNORECASE)


def check_parts(observations: Observations) -> list[Finding]:
    """Add up the parts that a source lists under a total.

    A list that ends in "khác" names everything, so it must give the total. A list that does not may
    leave parts out: then only a sum above the total is a contradiction, and a gap of one changed
    digit is worth a look.
    """
    groups: dict[str, list[Observation]] = defaultdict(list)
    for row in observations:
        if row.part_of and row.part_of in observations and row.kind == "level":
            groups[row.part_of].append(row)
    found = [_sum(observations.by_id(total), parts) for total, parts in groups.items()]
    return [finding for finding in found if finding is not None]


def _sum(total: Observation, parts: list[Observation]) -> Finding | None:
    parts = [row for row in parts if row.value_max is None and _adds_to(row, total)]
    if total.kind != "level" or not parts or (len(parts) == 1 and not _is_larger(parts[0], total)):
        return None
    added = sum((row.value_in(total.unit) for row in parts), Fraction(0))
    spread = evaluate(
        lambda *values: sum(values, Fraction(0)),
        *(standing_for(row, total.unit) for row in parts[:12]),
    )
    if len(parts) > 12:
        rest = sum((row.value_in(total.unit) for row in parts[12:]), Fraction(0))
        spread = Interval(
            spread.low + rest, spread.high + rest, spread.low_closed, spread.high_closed
        )
    verdict = _judge(total, parts, added, spread)
    if verdict is None:
        return None
    return _sum_finding(total, parts, added, spread, *verdict)


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
    doubtful: Grade = "review" if any(map(is_loose, (total, *parts))) else "error"
    if len(parts) == 1:
        return doubtful, "part_above_total"
    if spread.low > whole.high:
        # Two breakdowns of one total may stand in one list: either alone adds up.
        return None if _some_add_up(parts, whole, total.unit) else (doubtful, "parts_above_total")
    if any(_is_rest(row) for row in parts):
        return doubtful, "parts_below_total"
    gap = to_fraction(total.value) - added
    return ("review", "parts_below_total") if len(parts) > 2 and _one_digit(gap, total) else None


def _some_add_up(parts: list[Observation], whole: Interval, in_unit: str) -> bool:
    values = [row.value_in(in_unit) for row in parts]
    if len(values) > 12:
        return False
    return any(
        sum(chosen, Fraction(0)) in whole
        for size in range(2, len(values))
        for chosen in itertools.combinations(values, size)
    )


def _is_rest(row: Observation) -> bool:
    return bool(_REST.search(fold(f"{row.series.replace('_', ' ')} {row.note}")))


def _one_digit(gap: Fraction, total: Observation) -> bool:
    """Tell whether changing one digit of one figure would close the gap."""
    steps = abs(gap) * 10 ** printed_places(total)
    if steps.denominator != 1 or not steps:
        return False
    return str(steps.numerator).rstrip("0") in set("123456789")


def _sum_finding(
    total: Observation,
    parts: list[Observation],
    added: Fraction,
    spread: Interval,
    grade: Grade,
    message: str,
) -> Finding:
    cites = (total.id, *(row.id for row in parts))
    places = max(printed_places(row) for row in (total, *parts))
    values: dict[str, Value] = {
        "name": Name(total.indicator, total.series),
        "place": Where(total.place),
        "period": When(total.when),
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
    if high < 100 or _some_add_up(rows, Interval(Fraction(99), Fraction(101)), "percent"):
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
        "period": When(first.when),
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


def out_of(row: Observation) -> Fraction | None:
    """Return the n of "k of n", from the figure or from the words beside it in the source."""
    if row.kind == "ratio_count" and row.denominator is not None:
        return to_fraction(row.denominator)
    told = _OUT_OF.search(row.note) if row.kind == "level" and row.unit in COUNTS else None
    return Fraction(int(told[1])) if told else None


def check_k_of_n(observations: Observations) -> list[Finding]:
    """Check that k is no more than n, and that n is the number stated elsewhere.

    "50/51 nhiệm vụ" beside "51 nhiệm vụ trọng tâm" of the same report: the same 51.
    """
    found = []
    for row in observations:
        n = out_of(row)
        if n is None:
            continue
        if to_fraction(row.value) > n:
            found.append(_k_above_n(row, n))
        elif row.kind == "ratio_count":
            found += _n_elsewhere(row, n, observations)
        else:
            found += _n_elsewhere(row, n, observations, totals_only=True)
    return found


def _k_above_n(row: Observation, n: Fraction) -> Finding:
    values = _k_values(row, n)
    return Finding(
        CHECK,
        "error",
        "k_above_n",
        row.place,
        row.indicator,
        row.period,
        (row.id,),
        values,
        values["printed"],
        weight=4,
    )


def _k_values(row: Observation, n: Fraction) -> dict[str, Value]:
    from hlanalysis.wording import percent

    return {
        "name": Name(row.indicator, row.series),
        "place": Where(row.place),
        "period": When(row.when),
        "printed": Quote(row),
        "n": Amount(n, "count", 0, cites=(row.id,)),
        "share": Amount(
            percent(to_fraction(row.value) / n) if n else Fraction(0), "percent", 2, cites=(row.id,)
        ),
    }


def _n_elsewhere(
    row: Observation, n: Fraction, observations: Observations, *, totals_only: bool = False
) -> list[Finding]:
    wanted = {row.indicator.removesuffix("_met") + "_total"}
    if not totals_only:
        wanted.add(row.indicator)
    others = [
        one
        for one in observations.find(place=row.place, indicator=tuple(wanted), kind="level")
        if one.period == row.period
        and one.series == row.series
        and one.id != row.id
        and one.unit in COUNTS
        and not is_loose(one)
    ]
    found = []
    for other in others:
        value = to_fraction(other.value)
        # A level of the same name may also be the k of another source.
        if value != n and (value == row.value or (out_of(other) or value) == n):
            continue
        agrees = value == n
        grade: Grade = "ok" if agrees else "error" if other.source == row.source else "review"
        values = _k_values(row, n) | {"other": Quote(other)}
        found.append(
            Finding(
                CHECK,
                grade,
                "n_stated_elsewhere" if agrees else "n_differs",
                row.place,
                row.indicator,
                row.period,
                (row.id, other.id),
                values,
                values["printed"],
                values["other"],
                weight=2,
            )
        )
    return found


def check_n_over_time(observations: Observations) -> list[Finding]:
    """Tell where the n of "k of n" is another than the year before.

    17 of 21 targets in one year and 14 of 17 in the next are two different lists.
    """
    groups: dict[tuple[str, str, str], dict[str, tuple[Observation, Fraction]]] = defaultdict(dict)
    for row in observations:
        n = out_of(row) or _total_beside(row, observations)
        if n is not None and row.when.is_full_year:
            groups[row.place, row.indicator, row.series].setdefault(row.period, (row, n))
    found = []
    for years in groups.values():
        ordered = [years[period] for period in sorted(years)]
        for before, now in itertools.pairwise(ordered):
            if before[1] != now[1]:
                found.append(_n_changed(before, now))
    return found


def _total_beside(row: Observation, observations: Observations) -> Fraction | None:
    if not row.indicator.endswith("_met") or row.kind != "level":
        return None
    total = row.indicator.removesuffix("_met") + "_total"
    rows = observations.find(
        place=row.place, indicator=total, period=row.period, source=row.source, kind="level"
    )
    return to_fraction(rows[0].value) if len(rows) == 1 else None


def _n_changed(before: tuple[Observation, Fraction], now: tuple[Observation, Fraction]) -> Finding:
    row, n = now
    values = _k_values(row, n)
    earlier = _k_values(*before)
    values |= {
        "last_period": earlier["period"],
        "last_n": earlier["n"],
        "last_share": earlier["share"],
        "k": Amount(row.value, "count", 0, cites=(row.id,)),
        "last_k": Amount(before[0].value, "count", 0, cites=(before[0].id,)),
    }
    return Finding(
        CHECK,
        "review",
        "n_changed",
        row.place,
        row.indicator,
        row.period,
        (before[0].id, row.id),
        values,
        values["n"],
        values["last_n"],
        weight=4,
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
                for row in observations.find(indicator=names, place=total.place, kind="level")
                if (row.period, row.source, row.series, row.as_of)
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
    if finding is not None or total.is_bound:
        return finding
    # These parts are the whole by definition, so a gap either way is a contradiction.
    added = sum((row.value_in(total.unit) for row in parts), Fraction(0))
    spread = evaluate(lambda *v: sum(v, Fraction(0)), *(standing_for(p, total.unit) for p in parts))
    grade: Grade = "review" if any(map(is_loose, parts)) else "error"
    return _sum_finding(total, parts, added, spread, grade, "parts_below_total")


__all__ = [
    "Listed",
    "check_k_of_n",
    "check_n_over_time",
    "check_parts",
    "check_parts_of_indicators",
    "check_shares",
    "out_of",
]
