"""Findings that say the same of the same figures, told once however often the figures are printed.

A report prints its revenue in a sentence, in its table and in the workbook beside it; what follows
from the three is one finding that rests on all of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from fractions import Fraction

from hlanalysis.catalog import unit
from hlanalysis.checks.findings import Finding
from hlanalysis.checks.levels import LIVE, is_cell
from hlanalysis.observations import Observation, Observations

_SHIFTS = {"index": ("growth", -100), "plan_excess": ("plan_attainment", 100)}
"""Kinds that say one thing in two ways: 112,0% of last year is growth by 12,0%."""


def merged(findings: Iterable[Finding], observations: Observations) -> list[Finding]:
    """Return the findings, one for all that say the same of the same figures."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        rows = [observations.by_id(name) for name in one.observations]
        # A summary is about many figures, each of which it names by itself.
        key = (one.id,) if one.check == "summary" or not rows else _key(one, rows)
        groups.setdefault(key, []).append(one)
    kept = [
        group[0] if len(group) == 1 else _one_of(group, observations) for group in groups.values()
    ]
    return _absorbed(kept, observations)


def _absorbed(findings: list[Finding], observations: Observations) -> list[Finding]:
    """Let a rate that was recomputed take in that the sources print it alike: that is said less."""
    recomputed = {
        meaning(observations.by_id(one.observations[0])): one.id
        for one in findings
        if (one.check, one.grade) == ("claims", "ok")
    }
    taken: dict[str, list[str]] = {}
    kept = []
    for one in findings:
        said = {meaning(observations.by_id(name)) for name in one.observations}
        claim = recomputed.get(next(iter(said))) if len(said) == 1 else None
        if claim and one.message == "sources_agree":
            taken.setdefault(claim, []).extend(one.observations)
        else:
            kept.append(one)
    return [
        dataclasses.replace(
            one, observations=tuple(dict.fromkeys([*one.observations, *taken[one.id]]))
        )
        if one.id in taken
        else one
        for one in kept
    ]


def _key(one: Finding, rows: list[Observation]) -> tuple[object, ...]:
    figures = frozenset(map(meaning, rows))
    return one.check, one.message, one.grade, one.place, one.indicator, one.period, figures


def meaning(row: Observation) -> tuple[object, ...]:
    """Return what a figure says, whoever prints it, in whichever unit or way of speaking."""
    kind, shift = row.kind, 0
    if row.unit == "percent":
        kind, shift = _SHIFTS.get(row.kind, (row.kind, 0))
    found = unit(row.unit)
    size = (Fraction(row.value) + shift) * found.factor
    standing = "live" if row.status in LIVE else row.status
    return (
        *(row.place, row.indicator, row.series, row.period, row.as_of, row.per, row.scope),
        *(kind, standing, row.base_period, row.modifier, row.denominator, row.value_max),
        *(found.dimension, size),
    )


def _one_of(group: list[Finding], observations: Observations) -> Finding:
    """Return the finding that takes least for granted, resting on the figures of all."""

    def rank(one: Finding) -> tuple[int, bool]:
        return len(one.assumptions), is_cell(observations.by_id(one.observations[0]))

    first = min(group, key=rank)
    names = [name for one in (first, *group) for name in one.observations]
    return dataclasses.replace(first, observations=tuple(dict.fromkeys(names)))
