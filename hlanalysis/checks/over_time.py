"""One series over time: jumps, slips of a thousand, part-years, standstill, lost figures."""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from fractions import Fraction

from hlanalysis.catalog import unit
from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import LIVE, about, alike, is_loose, is_single_level, standing_for
from hlanalysis.checks.said import Bounded, During, Listed, quotes, values_of
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.wording import Amount, Name, Quote, Value, Where, percent

CHECK = "over_time"
_CUMULATIVE = frozenset({"money_vnd", "money_usd", "persons", "count", "visits"})
"""Dimensions of which a part-year figure is a part of the year's."""
_SNAPSHOTS = frozenset(
    "population household_businesses enterprises socio_targets_total socio_targets_met "
    "urban_type3_criteria_met civilised_wards framework_tasks bank_deposits_mobilised "
    "bank_credit_outstanding tax_arrears industrial_park_area income_per_capita "
    "grdp_per_capita".split()
)
"""Indicators counted on a day or per head, which do not add up over the months."""
_SLIP = (400, 2500)
_JUMP = 3
_BREAK = Fraction(85, 100)


def _series(observations: Observations) -> dict[tuple[str, ...], list[Observation]]:
    """Group the levels that may be drawn as one line, full years only, in order of time."""
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observations.find(kind="level", status=LIVE):
        if is_single_level(row) and row.when.is_full_year:
            key = (row.place, row.indicator, row.series, unit(row.unit).dimension, row.per)
            groups[key].append(row)
    return {key: sorted(rows, key=lambda row: row.when) for key, rows in groups.items()}


def check_slips_of_thousand(observations: Observations) -> list[Finding]:
    """Find levels about a thousand times larger or smaller than the rest of their series.

    "222,044 tỷ" and "540.056 triệu" are both hundreds of billions; read by the wrong convention,
    or under the wrong unit, a figure is off by a factor of about 1000.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observations.find(kind="level"):
        if is_single_level(row) and row.value > 0 and row.status in (*LIVE, "plan"):
            key = (row.place, row.indicator, row.series, unit(row.unit).dimension, row.per)
            groups[key].append(row)
    return [
        _slip(row, rows)
        for rows in groups.values()
        if len(rows) > 2
        for row in rows
        if _is_slip(row, rows)
    ]


def _base_value(row: Observation) -> Fraction:
    return to_fraction(row.value) * unit(row.unit).factor


def _typical(row: Observation, rows: list[Observation]) -> Fraction:
    years = [_base_value(one) for one in rows if one.id != row.id and one.when.is_full_year]
    others = years or [_base_value(one) for one in rows if one.id != row.id]
    return Fraction(statistics.median(others))


def _is_slip(row: Observation, rows: list[Observation]) -> bool:
    # A month's figure is a small part of a year's, and a five-year total a large multiple.
    if not row.when.is_full_year:
        return False
    ratio = _base_value(row) / _typical(row, rows)
    low, high = _SLIP
    return low < ratio < high or low < 1 / ratio < high


def _slip(row: Observation, rows: list[Observation]) -> Finding:
    typical = _typical(row, rows) / unit(row.unit).factor
    others = [one for one in rows if one.id != row.id]
    values = values_of(row) | {
        "others": quotes(others[:6]),
        "ratio": Amount(
            max(to_fraction(row.value) / typical, typical / to_fraction(row.value)),
            "times",
            0,
            cites=(row.id,),
        ),
    }
    return _finding("error", "slip_of_thousand", row, others[:6], values, 9)


def check_jumps(observations: Observations) -> list[Finding]:
    """Find levels that triple, or fall to a third, from one printed year to the next."""
    found = []
    for rows in _series(observations).values():
        for before, now in itertools.pairwise(rows):
            years = now.when.year - before.when.year
            if not 1 <= years <= 2 or not before.value or not alike(before.scope, now.scope):
                continue
            if now.indicator == "unlisted" or unit(now.unit).dimension in ("rate", "score"):
                continue
            ratio = _base_value(now) / _base_value(before)
            if _JUMP <= max(ratio, 1 / ratio) < _SLIP[0]:
                values = values_of(now) | {
                    "before": Quote(before),
                    "last_period": During(before.when),
                    "ratio": Amount(max(ratio, 1 / ratio), "times", 1, cites=(before.id, now.id)),
                }
                way = "jump_up" if ratio > 1 else "jump_down"
                found.append(_finding("review", way, now, [before], values, 4))
    return found


def check_suspected_breaks(observations: Observations) -> list[Finding]:
    """Find years that lie well below an earlier one although their own report speaks of growth.

    The revenue of 2018 was printed as a rise and as above plan, and yet lies a quarter below
    2015: a real trough, or a narrower scope. Such years are not drawn as one line.
    """
    found = []
    for rows in _series(observations).values():
        for before, now in itertools.pairwise(rows):
            years = now.when.year - before.when.year
            ratio = _base_value(now) / _base_value(before) if before.value else Fraction(1)
            if years < 2 or ratio > _BREAK or not unit(now.unit).dimension.startswith("money"):
                continue
            growth = _growth_of(now, observations)
            if growth is not None and growth.value > 0:
                found.append(_break(before, now, growth, ratio))
    return found


def _growth_of(level: Observation, observations: Observations) -> Observation | None:
    rows = [
        row
        for row in about(observations, level.place, level.indicator)
        if (row.kind, row.unit) == ("growth", "percent")
        and (row.series, row.period, row.source) == (level.series, level.period, level.source)
    ]
    return rows[0] if len(rows) == 1 else None


def _break(before: Observation, now: Observation, growth: Observation, ratio: Fraction) -> Finding:
    cites = (before.id, now.id)
    last = to_fraction(now.value) / (1 + to_fraction(growth.value) / 100)
    values = values_of(now) | {
        "before": Quote(before),
        "last_period": During(before.when),
        "fall": Amount(percent(1 - ratio), "percent", 1, cites=cites),
        "growth": Quote(growth),
        "implied": Amount(last, now.unit, inferred=True, cites=(now.id, growth.id)),
        "implied_period": During(now.when.back()),
    }
    return _finding(
        "review",
        "break_suspected",
        now,
        [before, growth],
        values,
        6,
    )


def check_part_years(observations: Observations) -> list[Finding]:
    """Set the first months against the whole year: a part cannot exceed it.

    Where it does not, the share of the year tells whether months may be drawn out to a year: about
    a third of the revenue of 2024 came in its first half, so they may not.
    """
    found = []
    for (_, months), (part, whole) in _parts(observations).items():
        low = standing_for(part, whole.unit, near=False).low
        high = standing_for(whole, whole.unit, near=False).high
        if low > high:
            found.append(_above_year(part, whole))
        elif not part.value or not whole.value:
            continue
        else:
            share = part.value_in(whole.unit) / to_fraction(whole.value)
            if abs(share - Fraction(months, 12)) > Fraction(15, 100):
                found.append(_uneven(part, whole, share, Fraction(months, 12)))
    return found


def _parts(
    observations: Observations,
) -> dict[tuple[str, int], tuple[Observation, Observation]]:
    """Return the pairs of a cumulative part-year and its year, by id and number of months."""
    years: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    levels = [
        row
        for row in observations.find(kind="level", status=LIVE)
        if is_single_level(row)
        and row.indicator not in _SNAPSHOTS
        and unit(row.unit).dimension in _CUMULATIVE
    ]
    for row in levels:
        if row.when.is_full_year:
            years[row.place, row.indicator, row.series, str(row.when.year)].append(row)
    pairs = {}
    for row in levels:
        if row.when.form not in ("months", "quarter", "half", "month") or row.when.is_full_year:
            continue
        for year in years[row.place, row.indicator, row.series, str(row.when.year)]:
            same = unit(year.unit).dimension == unit(row.unit).dimension
            if same and alike(year.scope, row.scope):
                first, last = row.when.months
                pairs[row.id + year.id, last - first + 1] = (row, year)
    return pairs


def _above_year(part: Observation, whole: Observation) -> Finding:
    values = values_of(whole) | {
        "part": Quote(part),
        "part_period": During(part.when),
        "whole": Quote(whole),
    }
    same = part.source == whole.source and not is_loose(part) and not is_loose(whole)
    grade: Grade = "error" if same else "review"
    return _finding(grade, "part_year_above_year", whole, [part], values, 8)


def _uneven(part: Observation, whole: Observation, share: Fraction, of_time: Fraction) -> Finding:
    values = values_of(whole) | {
        "part": Quote(part),
        "part_period": During(part.when),
        "whole": Quote(whole),
        "share": _share(part, whole, share),
        "of_time": Amount(percent(of_time), "percent", 0),
        "straight": Amount(part.value_in(whole.unit) / of_time, whole.unit, cites=(part.id,)),
    }
    # A half-year with an eighth of the year is as likely a slip as a late boom.
    extreme = share * 4 < of_time or (share > Fraction(9, 10) and of_time <= Fraction(1, 2))
    return _finding(
        "review" if extreme else "ok", "uneven_year", whole, [part], values, 5 if extreme else 1
    )


def _share(part: Observation, whole: Observation, share: Fraction) -> Value:
    """Return the share of the year; "hơn 70" of a year makes it at least so much."""
    amount = Amount(percent(share), "percent", 1, cites=(part.id, whole.id))
    if is_loose(part) == is_loose(whole):
        return amount
    lower = part.modifier in ("over", "at_least") or whole.modifier in ("under", "at_most")
    return Bounded(amount, "at_least" if lower else "at_most")


def check_lost_figures(observations: Observations) -> list[Finding]:
    """List the levels that a part-year report gives and no source gives for the whole year.

    What was printed in July and not in December cannot be compared, and sometimes that is why.
    """
    full = {
        (row.place, row.indicator, row.series, row.when.year)
        for row in observations
        if row.when.is_full_year and row.kind in ("level", "ratio_count")
    }
    reported = {(row.place, row.when.year) for row in observations if _is_report(row)}
    lost: dict[tuple[str, int], dict[tuple[str, str], Observation]] = defaultdict(dict)
    for row in observations.find(kind="level", status=LIVE):
        key = (row.place, row.when.year)
        part = row.when.form in ("months", "half", "quarter") and not row.when.is_full_year
        subject = (row.place, row.indicator, row.series, row.when.year)
        if part and key in reported and subject not in full and row.indicator != "unlisted":
            lost[key][row.indicator, row.series] = row
    return [_lost(list(rows.values())) for rows in lost.values()]


def _is_report(row: Observation) -> bool:
    return row.when.is_full_year and row.kind == "level" and not row.source.startswith("pub-")


def _lost(rows: list[Observation]) -> Finding:
    first = rows[0]
    values: dict[str, Value] = {
        "place": Where(first.place),
        "year": During(first.when.full_year),
        "names": Listed(
            tuple(
                Listed((Name(row.indicator, row.series, lower=True), Quote(row)), " ")
                for row in rows
            )
        ),
    }
    return Finding(
        CHECK,
        "review",
        "lost_figures",
        first.place,
        first.indicator,
        str(first.when.full_year),
        tuple(row.id for row in rows),
        values,
        weight=0,
    )


def _finding(
    grade: Grade,
    message: str,
    row: Observation,
    others: list[Observation],
    values: dict[str, Value],
    weight: int,
) -> Finding:
    ids = dict.fromkeys([row.id, *(one.id for one in others)])
    return Finding(
        CHECK,
        grade,
        message,
        row.place,
        row.indicator,
        row.period,
        tuple(ids),
        values,
        Quote(row),
        weight=weight,
    )
