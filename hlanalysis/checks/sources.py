"""The same figure in several sources: where they agree, and where they do not."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from fractions import Fraction

from hlanalysis.catalog import unit
from hlanalysis.checks.findings import Finding
from hlanalysis.checks.levels import LIVE, alike, is_cell, is_loose, standing_for
from hlanalysis.checks.relations import PLAN_KINDS
from hlanalysis.checks.said import During, quotes
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import Interval
from hlanalysis.wording import Amount, Name, Value, Where, percent

CHECK = "sources"
_DIMENSIONLESS = ("percent", "per_mille", "times")


def check_sources(observations: Observations) -> list[Finding]:
    """Set figures of one thing and one period side by side when more than one source prints them.

    Two sources that differ are both kept; the check says how far apart they are. Shares of plan
    printed together in one source belong to two plans (the province's and the council's) and are
    no conflict.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observations:
        if row.value_max is None and row.kind != "ratio_count":
            groups[_subject(row)].append(row)
    found: list[Finding] = []
    for rows in groups.values():
        if len(rows) > 1:
            found += _compare(rows)
    return found


def _subject(row: Observation) -> tuple[str, ...]:
    kind = {"index": "growth", "plan_excess": "plan_attainment"}.get(row.kind, row.kind)
    base = row.base_period if kind == "growth" else row.base
    dimension = "points" if row.unit == "percentage_points" else unit(row.unit).dimension
    return (
        row.place,
        row.indicator,
        row.series,
        row.period,
        kind,
        base,
        dimension,
        row.per,
        row.as_of,
        "live" if row.status in LIVE else "planned",
    )


def _compare(rows: list[Observation]) -> list[Finding]:
    pairs = [
        (one, two)
        for index, one in enumerate(rows)
        for two in rows[index + 1 :]
        if _comparable(one, two)
    ]
    apart = [pair for pair in pairs if not _spread(pair[0]).overlaps(_spread(pair[1]))]
    if apart:
        return [_conflict(list(dict.fromkeys(row for pair in apart for row in pair)))]
    same = list(dict.fromkeys(row for pair in pairs for row in pair))
    if len({row.source for row in same}) > 1:
        return [_agreement(same)]
    return []


def _comparable(one: Observation, two: Observation) -> bool:
    if one.kind in PLAN_KINDS and (
        one.source == two.source or not alike(one.plan_level, two.plan_level)
    ):
        return False
    if one.status not in LIVE and not _same_plan(one, two):
        return False
    if one.source == two.source and is_cell(one) and is_cell(two):
        # Two rows of one table are two things, though the catalogue may know one name for both.
        return False
    return (
        alike(one.scope, two.scope)
        and alike(one.price_basis, two.price_basis)
        and alike(one.territory, two.territory)
    )


def _same_plan(one: Observation, two: Observation) -> bool:
    """Tell whether two plans can be held against each other: one is no conflict with the other.

    Province and council set plans of their own, the press prints either, and an aim may lie above
    a plan: only in the project's own documents two unlike numbers for one plan want a look.
    """
    if not alike(one.plan_level, two.plan_level):
        return False
    own = not any(row.source.startswith("pub-") for row in (one, two))
    return own and (one.status == two.status or _spread(one).overlaps(_spread(two)))


def _spread(row: Observation) -> Interval:
    """Return what a figure can stand for; growth and excess as growth and attainment."""
    if row.unit == "percentage_points" or unit(row.unit).dimension != "rate":
        smallest = row.unit
        spread = standing_for(row, smallest)
        return _scaled(spread, row)
    shift = {"index": -100, "plan_excess": 100}.get(row.kind, 0)
    if row.unit == "times" and row.kind == "growth":
        shift = -100
    spread = standing_for(row, "percent")
    return dataclasses.replace(spread, low=spread.low + shift, high=spread.high + shift)


def _scaled(spread: Interval, row: Observation) -> Interval:
    """Return an interval in the smallest unit of the dimension, so that units compare."""
    if row.unit == "percentage_points":
        return spread
    factor = unit(row.unit).factor
    return dataclasses.replace(spread, low=spread.low * factor, high=spread.high * factor)


def _conflict(rows: list[Observation]) -> Finding:
    values = _values(rows)
    rate = unit(rows[0].unit).dimension == "rate" or rows[0].kind == "growth"
    spreads = [_spread(row) for row in rows]
    middles = sorted((one.low + one.high) / 2 for one in spreads)
    cites = tuple(row.id for row in rows)
    apart = middles[-1] - middles[0]
    message = "sources_differ"
    if rate:
        values["apart"] = Amount(apart, "percentage_points", 2, cites=cites)
    else:
        relative = apart / middles[0] if middles[0] else Fraction(0)
        values["apart"] = Amount(percent(relative), "percent", 1, cites=cites)
    if len({row.source for row in rows}) == 1:
        message = "source_differs_with_itself"
    message = _of_plan(message, rows[0])
    first = rows[0]
    return Finding(
        CHECK,
        "review",
        message,
        first.place,
        first.indicator,
        first.period,
        cites,
        values,
        values["figures"],
        weight=1,
    )


def _agreement(rows: list[Observation]) -> Finding:
    values = _values(rows)
    first = rows[0]
    message = "sources_agree_with_bound" if any(map(is_loose, rows)) else "sources_agree"
    message = _of_plan(message, first)
    return Finding(
        CHECK,
        "ok",
        message,
        first.place,
        first.indicator,
        first.period,
        tuple(row.id for row in rows),
        values,
        values["figures"],
    )


def _unlike(rows: list[Observation]) -> list[Observation]:
    """Return the figures as a reader lists them: what three sources print alike stands once."""
    return list(
        {(row.kind, row.value, row.unit, row.modifier): row for row in rows[::-1]}.values()
    )[::-1]


def _of_plan(message: str, row: Observation) -> str:
    return message if row.status in LIVE else f"{message}_plan"


def _values(rows: list[Observation]) -> dict[str, Value]:
    first = rows[0]
    return {
        "name": Name(first.indicator, first.series),
        "place": Where(first.place),
        "period": During(first.when),
        "figures": quotes(_unlike(rows)),
        "sources": Amount(len({row.source for row in rows}), "count", 0),
    }
