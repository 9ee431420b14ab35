"""Shares of plan of which nobody says whose plan it is."""

from __future__ import annotations

from hlanalysis.checks.findings import Finding
from hlanalysis.checks.implied import implied_readings
from hlanalysis.checks.levels import about, is_single_level, same_subject, standing_for
from hlanalysis.checks.merging import meaning
from hlanalysis.checks.plan_aware import Result, results
from hlanalysis.checks.relations import PLAN_KINDS
from hlanalysis.checks.said import Claimed, During, Listed
from hlanalysis.observations import Observation, Observations
from hlanalysis.wording import Name, Value, Where


def check_plan_is_named(observations: Observations) -> list[Finding]:
    """List the shares of plan of which nobody says whose plan it is.

    A town is measured against the province's plan and against its own council's, which is higher.
    A share of an unnamed plan cannot be compared with another place or year.
    """
    unnamed = [
        result
        for result in results(observations)
        if not _is_named(result, observations)
        and not result.figure.source.startswith("pub-")
        and result.figure.indicator != "unlisted"
    ]
    found = []
    for (place, period), group in _by_subject(unnamed).items():
        first = group[0].figure
        values: dict[str, Value] = {
            "place": Where(place),
            "period": During(first.when),
            "names": _names(group),
        }
        found.append(
            Finding(
                "plan_aware",
                "review",
                "plan_not_named",
                place,
                first.indicator,
                period,
                tuple(result.figure.id for result in group),
                values,
                weight=7,
            )
        )
    return found


def _is_named(result: Result, observations: Observations) -> bool:
    """Tell whether the figure, the same figure elsewhere, or its printed plan names a level."""
    figure = result.figure
    if figure.plan_level:
        return True
    said = meaning(figure)
    for row in about(observations, figure.place, figure.indicator):
        if not row.plan_level or (row.series, row.period) != (figure.series, figure.period):
            continue
        same = row.kind in PLAN_KINDS and meaning(row) == said
        if same or (row.status == "plan" and _is_its_plan(row, result)):
            return True
    return False


def _is_its_plan(plan: Observation, result: Result) -> bool:
    if not is_single_level(plan) or not same_subject(plan, result.figure):
        return False
    spread = standing_for(plan, result.level.unit)
    readings = implied_readings(result.level, result.figure)
    return any(one.interval.overlaps(spread) for one in readings if not one.bound)


def _by_subject(unnamed: list[Result]) -> dict[tuple[str, str], list[Result]]:
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in unnamed:
        groups.setdefault((result.figure.place, result.figure.period), []).append(result)
    return groups


def _names(group: list[Result]) -> Value:
    # The heading names the plans by the figures: "vượt 77,64% kế hoạch", each of them once.
    rows = {meaning(result.figure): result.figure for result in reversed(group)}
    pairs = (
        Listed((Name(row.indicator, row.series, lower=True), Claimed(row)), " ")
        for row in reversed(rows.values())
    )
    return Listed(tuple(pairs))
