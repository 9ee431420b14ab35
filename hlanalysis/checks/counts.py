"""Counts of a list: k of n, the n behind them, and criteria that nobody adds to."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import LIVE, about, is_loose
from hlanalysis.checks.said import AtEnd, During, Listed, values_of
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import COUNTS
from hlanalysis.wording import Amount, Name, Quote, Range, Value, Where, percent

CHECK = "counts"
_OUT_OF = re.compile(r"\bout of (\d+)", re.IGNORECASE)


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
    return {
        "name": Name(row.indicator, row.series),
        "place": Where(row.place),
        "period": During(row.when),
        "printed": Quote(row),
        "n": Amount(n, "count", 0, cites=(row.id,), printed=True),
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
        for one in about(observations, row.place, *sorted(wanted))
        if one.kind == "level"
        and one.period == row.period
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


def check_share_of_count(observations: Observations) -> list[Finding]:
    """Recompute the percentage printed beside a count: "14/17 chỉ tiêu (82,4%)"."""
    found = []
    for row in observations.find(kind="share", unit="percent"):
        count = observations.by_id(row.of) if row.of in observations else None
        n = out_of(count) if count is not None and not row.value_max else None
        if count is None or not n:
            continue
        true = to_fraction(count.value) / n * 100
        grade: Grade = "error"
        if true in row.interval("half_up"):
            grade = "ok"
        elif true in row.interval("truncated"):
            grade = "explained"
        message = {"ok": "share_agrees", "explained": "share_cut_off"}.get(grade, "share_differs")
        if is_loose(row) or is_loose(count):
            continue
        values = _k_values(count, n) | {
            "said": Quote(row),
            "recomputed": Amount(true, "percent", 3, cites=(count.id,)),
        }
        found.append(
            Finding(
                CHECK,
                grade,
                message,
                row.place,
                count.indicator,
                row.period,
                (row.id, count.id),
                values,
                values["said"],
                values["recomputed"],
                Range(row.interval("half_up"), "percent", cites=(row.id,)),
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
    rows = [
        one
        for one in about(observations, row.place, total)
        if (one.period, one.source, one.kind) == (row.period, row.source, "level")
    ]
    return to_fraction(rows[0].value) if len(rows) == 1 else None


def _n_changed(before: tuple[Observation, Fraction], now: tuple[Observation, Fraction]) -> Finding:
    row, n = now
    values = _k_values(row, n)
    earlier = _k_values(*before)
    values |= {
        "last_period": earlier["period"],
        "last_n": earlier["n"],
        "last_share": earlier["share"],
        "k": Amount(row.value, "count", 0, cites=(row.id,), printed=True),
        "last_k": Amount(before[0].value, "count", 0, cites=(before[0].id,), printed=True),
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
        values["printed"],
        weight=4,
    )


def check_standstill(observations: Observations) -> list[Finding]:
    """Find counts of criteria or tasks that stay the same over three dates or more, or fall.

    55 of 63 class-III criteria at the end of 2023, in mid-2024 and at the end of 2024: each report
    alone reads as an achievement, together they say that nothing was added.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observations:
        if row.status in LIVE and out_of(row) is not None and not is_loose(row):
            groups[row.place, row.indicator, row.series].append(row)
    found = []
    for rows in groups.values():
        # Yearly lists of targets start afresh each year; only what accumulates can stand still.
        if any(row.indicator == "socio_targets_met" for row in rows):
            continue
        dated = sorted({row.when: row for row in rows}.items())
        found += _stands_still([row for _, row in dated])
    return found


def _stands_still(rows: list[Observation]) -> list[Finding]:
    last = rows[-1]
    fallen = [
        (before, now)
        for before, now in itertools.pairwise(rows)
        if now.value < before.value and out_of(now) == out_of(before)
    ]
    if fallen:
        before, now = fallen[-1]
        values = values_of(now) | {"before": Quote(before), "last_period": During(before.when)}
        return [_over_time("fewer_than_before", now, [before], values)]
    same = [row for row in rows if row.value == last.value and out_of(row) == out_of(last)]
    run = list(itertools.takewhile(lambda row: row in same, reversed(rows)))[::-1]
    if len(run) < 3 or out_of(last) == last.value:
        return []
    n = out_of(last)
    assert n is not None
    values = values_of(last) | {
        "dates": Listed(tuple(AtEnd(row.when) for row in run), ", "),
        "count": Amount(len(run), "count", 0),
        "k": Amount(last.value, "count", 0, cites=(last.id,), printed=True),
        "n": Amount(n, "count", 0, cites=(last.id,), printed=True),
        "missing": Amount(n - to_fraction(last.value), "count", 0, cites=(last.id,)),
    }
    return [_over_time("standstill", last, run[:-1], values)]


def _over_time(
    message: str, row: Observation, earlier: list[Observation], values: dict[str, Value]
) -> Finding:
    return Finding(
        CHECK,
        "review",
        message,
        row.place,
        row.indicator,
        row.period,
        (row.id, *(one.id for one in earlier)),
        values,
        Quote(row),
        weight=7,
    )
