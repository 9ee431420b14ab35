"""Two changes of one level: "38 vụ, giảm 05 vụ (giảm 11,6%)" must lead to one level before."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import LIVE, is_loose, levels_of, standing_for
from hlanalysis.checks.relations import base_from, figure_from, is_difference, relates
from hlanalysis.checks.said import Claimed, During
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import Interval, evaluate
from hlanalysis.wording import Amount, Name, Quote, Range, Value, Where, printed_places

CHECK = "changes"


def check_two_changes(observations: Observations) -> list[Finding]:
    """Recompute a change in percent from the same change in units, where both are printed.

    The level before need not stand anywhere: 38 after a fall of 5 comes from 43, which is 11.6%.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observations.find(kind="growth", status=LIVE):
        if row.value_max is None and not is_loose(row):
            key = (row.place, row.indicator, row.series, row.period, row.base_period, row.source)
            groups[key].append(row)
    found = []
    for rows in groups.values():
        differences = [row for row in rows if is_difference(row)]
        rates = [row for row in rows if row.unit == "percent"]
        if len(differences) == len(rates) == 1:
            found += _compare(rates[0], differences[0], observations)
    return found


def _compare(
    rate: Observation, difference: Observation, observations: Observations
) -> list[Finding]:
    levels = [
        row
        for row in levels_of(difference, observations)
        if relates(row, difference) and relates(row, rate) and not is_loose(row)
    ]
    # Two changes that point at two levels are no two prints of one change.
    if len(levels) != 1 or (rate.of and rate.of != levels[0].id):
        return []
    spread = _rate(rate, difference, levels[0])
    return [] if spread is None else [_finding(rate, difference, levels[0], spread)]


def _rate(rate: Observation, difference: Observation, level: Observation) -> Interval | None:
    before = base_from(difference, level.unit)
    change = figure_from(rate, level.unit)
    bounds = standing_for(level, level.unit), standing_for(difference, difference.unit)
    if evaluate(before, *bounds).low <= 0:
        return None
    return evaluate(lambda now, change_of: change(now, before(now, change_of)), *bounds)


def _finding(
    rate: Observation, difference: Observation, level: Observation, spread: Interval
) -> Finding:
    cites = (rate.id, level.id, difference.id)
    before = base_from(difference, level.unit)(
        to_fraction(level.value), to_fraction(difference.value)
    )
    point = figure_from(rate, level.unit)(to_fraction(level.value), before)
    allowed = standing_for(rate, "percent")
    grade, message = _verdict(rate, spread, allowed, point)
    places = printed_places(rate) + 1
    values: dict[str, Value] = {
        "name": Name(rate.indicator, rate.series),
        "place": Where(rate.place),
        "period": During(rate.when),
        "claim": Claimed(rate),
        "other": Claimed(difference),
        "printed": Quote(rate, signed=True),
        "level": Quote(level),
        "before": Amount(before, level.unit, printed_places(level), inferred=True, cites=cites[1:]),
        "recomputed": Amount(point, "percent", places, signed=True, cites=cites),
        "allowed": Range(allowed, "percent", cites=(rate.id,)),
    }
    return Finding(
        CHECK,
        grade,
        message,
        rate.place,
        rate.indicator,
        rate.period,
        cites,
        values,
        values["printed"],
        values["recomputed"],
        values["allowed"],
        weight=3,
    )


def _verdict(
    rate: Observation, spread: Interval, allowed: Interval, point: Fraction
) -> tuple[Grade, str]:
    if spread.overlaps(allowed):
        exact = point in allowed
        return ("ok", "changes_agree") if exact else ("explained", "changes_agree_rounded")
    if spread.overlaps(standing_for(rate, "percent", "truncated")):
        return "explained", "changes_agree_cut"
    return "error", "changes_differ"
