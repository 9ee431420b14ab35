"""Years beside each other: honest series with gaps, bounds and breaks, and what is covered."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Cell, Grid, Lines, LineSeries, Mark, State, Waterfall
from hlanalysis.metrics.growth import contribution
from hlanalysis.metrics.plan import plan_gap
from hlanalysis.observations import Observation
from hlanalysis.themes import NotEnoughFiguresError, exhibit
from hlanalysis.themes.budget import REVENUE, revenue_plan_effect
from hlanalysis.themes.figures import (
    against_plan,
    inferred_mark,
    label,
    mark,
    need,
    need_whole_year,
    words,
)
from hlanalysis.themes.investment import INVESTMENT, _halves, _investment, _previous
from hlanalysis.themes.reckoning import amount_of, plan_of, reckon, undated
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Amount, Name, Quote, Values, When, Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

_COVERED = 12
"""Rows of the coverage map: the indicators with the most years."""


def _years(project: Project, indicator: str) -> list[Observation]:
    """Return one figure a full year, the best source of each, oldest first."""
    years = {
        row.when.year
        for row in project.find(indicator, kind="level", series="")
        if row.when.form == "year" and row.status in ("actual", "estimate")
    }
    return [
        need(project, indicator, str(year), kind="level", status=("actual", "estimate"))
        for year in sorted(years)
    ]


@exhibit
def revenue_history(project: Project) -> Exhibit:
    """Draw every year's revenue that a source prints; years without one stay gaps."""
    rows = _years(project, REVENUE)
    if len(rows) < 3:
        raise NotEnoughFiguresError("history", what=Name(REVENUE), period=When(project.when()))
    first, last = rows[0].when.year, rows[-1].when.year
    by_year = {row.when.year: row for row in rows}
    marks = tuple(
        mark(project, by_year[year], str(year)) if year in by_year else Mark(str(year), None)
        for year in range(first, last + 1)
    )
    values: Values = {
        "known": Words(str(len(rows))),
        "years": Words(str(last - first + 1)),
        "first": Words(str(first)),
        "last": Words(str(last)),
    }
    return told_exhibit(
        id="revenue_history",
        finding=say("history.revenue", project.lang, values),
        subtitle=words(project, "budget.against_plan_subtitle"),
        source=project.source_line(*rows),
        note=words(project, "history.revenue_note"),
        chart=Lines((LineSeries(Name(REVENUE).write(project.lang), marks),), rows[-1].unit),
    )


@exhibit
def revenue_plan_waterfall(project: Project) -> Exhibit:
    """Draw the way from last year's plan to this year's outturn: plan cut, then overshoot."""
    need_whole_year(project)
    when = project.when()
    found = against_plan(project, REVENUE, when)
    before = need(project, REVENUE, when.back(), kind="level", status="plan")
    plan = plan_of(project, found.plan)
    moved = found.plan_value - before.value_in(found.level.unit)
    over = reckon(project, plan_gap, outturn=found.level, plan=plan, places=1, size=True)
    rest = reckon(
        project, plan_gap, outturn=found.level, plan=before, places=1, signed=True, across=True
    )
    cites = (*plan.cites, before.id)
    steps = tuple(
        Mark(
            words(project, f"history.{name}"),
            value,
            "surplus" if value > 0 else "shortfall",
            inferred=True,
            cites=cites,
        )
        for name, value in (("plan_step", moved), ("overshoot_step", over.value))
    )
    rows = (before, found.level, found.relative)
    told = words(project, "formulas.reading.plan_change").format(
        year=when.label(project.lang),
        last=when.back().label(project.lang),
        now=found.plan.amount().write(project.lang),
        before=Quote(before).write(project.lang),
    )
    cut = Amount(abs(moved), found.level.unit, 1, inferred=True, cites=cites, formula=told)
    values: Values = {"overshoot": over, "cut": cut, "rest": rest, "last": When(when.back())}
    key = "history.waterfall_cut" if moved < 0 else "history.waterfall_raised"
    return told_exhibit(
        id="revenue_plan_waterfall",
        finding=say(key, project.lang, values),
        subtitle=words(project, "budget.against_plan_subtitle"),
        source=project.source_line(*rows),
        note=str(say("history.assumed", project.lang, {"what": _same_plans(project)})),
        script=str(revenue_plan_effect(project)),
        chart=Waterfall(
            mark(project, before, label(project, "plan", when.back().full_year), "plan"),
            steps,
            mark(project, found.level, label(project, "outturn", when)),
            found.level.unit,
            places=1,
        ),
    )


def _same_plans(project: Project) -> Words:
    return Words(words(project, "budget.same_plans"))


@exhibit
def investment_growth_parts(project: Project) -> Exhibit:
    """Draw what each half of the year contributed to the growth of the whole, in points."""
    halves, found = _halves(project), _investment(project)
    whole_before = undated(halves.year_before)
    first, second = (
        reckon(
            project,
            contribution,
            part=undated(now),
            part_before=undated(before),
            whole_before=whole_before,
            places=1,
            signed=True,
        )
        for now, before in (
            (halves.first, halves.first_before),
            (halves.second, halves.second_before),
        )
    )
    names = ("investment.first_half", "investment.second_half")
    marks = [
        Mark(words(project, name), made.value, "surplus" if made.value >= 0 else "shortfall",
             inferred=True, cites=made.cites)
        for name, made in zip(names, (first, second), strict=True)
    ]  # fmt: skip
    whole = _previous(project, found.level).relative
    printed = whole.value - 100 if whole.kind == "index" else whole.value
    marks.append(Mark(words(project, "history.whole_year"), printed, "outturn", cites=(whole.id,)))
    values: Values = {"first": first, "second": second, "whole": Quote(whole, signed=True)}
    return told_exhibit(
        id="investment_growth_parts",
        finding=say("history.contribution", project.lang, values),
        subtitle=words(project, "history.contribution_subtitle"),
        source=project.source_line(*halves.rows),
        note=words(project, "investment.halves_note"),
        script=str(say("history.contribution", project.lang, values)) + ".",
        chart=Bars(tuple(marks), "percentage_points", places=1, signed=True),
    )


@exhibit
def investment_history(project: Project) -> Exhibit:
    """Draw every year's investment that a source prints or its growth implies."""
    rows = _years(project, INVESTMENT)
    if len(rows) < 2:
        raise NotEnoughFiguresError("history", what=Name(INVESTMENT), period=When(project.when()))
    previous = _previous(project, rows[-1])
    known = {row.when.year: mark(project, row, str(row.when.year), "muted") for row in rows}
    known[rows[-1].when.year] = mark(project, rows[-1], str(rows[-1].when.year))
    year = previous.period.year if previous.period else rows[-1].when.year - 1
    known.setdefault(year, inferred_mark(previous, str(year), "muted"))
    values: Values = {
        "last": When(rows[-1].when),
        "first": When(rows[0].when),
        "times": _times(project, rows),
    }
    return told_exhibit(
        id="investment_history",
        finding=say("history.investment", project.lang, values),
        subtitle=words(project, "investment.subtitle"),
        source=project.source_line(*rows, previous.relative),
        note=words(project, "history.nominal_note"),
        chart=Bars(tuple(known[year] for year in sorted(known)), rows[-1].unit),
        reckoned=[(str(year), amount_of(project, previous))],
    )


def _times(project: Project, rows: Sequence[Observation]) -> Amount:
    """Return how many times the first level the last one is: a picture of size, not a rate."""
    first, last = rows[0], rows[-1]
    told = words(project, "formulas.reading.times").format(
        last=last.when.label(project.lang),
        first=first.when.label(project.lang),
        now=Quote(last).write(project.lang),
        before=Quote(first).write(project.lang),
    )
    ratio = Fraction(last.value) / first.value_in(last.unit)
    return Amount(ratio, "times", 1, cites=(last.id, first.id), formula=told)


@exhibit
def coverage_map(project: Project) -> Exhibit:
    """Draw which figures exist for which year, and of what kind."""
    rows = [
        row
        for row in project.observations.find(place=project.place)
        if row.indicator != "unlisted" and row.when.last_year > project.year - _COVERED
    ]
    by_cell: dict[tuple[str, int], list[Observation]] = {}
    for row in rows:
        by_cell.setdefault((row.indicator, row.when.last_year), []).append(row)
    counts: dict[str, int] = {}
    for name, _ in by_cell:
        counts[name] = counts.get(name, 0) + 1
    names = sorted(counts, key=lambda name: (-counts[name], name))[:_COVERED]
    if not names:
        raise NotEnoughFiguresError("glance", period=When(project.when()))
    years = range(project.year - _COVERED + 1, project.year + 1)
    lang = project.lang
    cells = tuple(
        Cell(
            Name(name).write(lang),
            str(year),
            _state(found),
            cites=tuple(row.id for row in found),
        )
        for name in names
        for year in years
        for found in [by_cell.get((name, year), [])]
    )
    filled = sum(1 for name in names for year in years if (name, year) in by_cell)
    values: Values = {
        "filled": Words(str(filled)),
        "cells": Words(str(len(names) * len(years))),
        "number": Words(str(len(names))),
        "years": Words(str(len(years))),
    }
    return told_exhibit(
        id="coverage_map",
        finding=say("history.coverage", lang, values),
        subtitle=words(project, "history.coverage_subtitle"),
        source=project.source_line(*_one_a_source(rows)),
        chart=Grid(tuple(Name(name).write(lang) for name in names), tuple(map(str, years)), cells),
    )


def _one_a_source(rows: Sequence[Observation], most: int = 4) -> list[Observation]:
    """Return a figure of each of the sources that lend most, the largest first."""
    lent: dict[str, list[Observation]] = {}
    for row in rows:
        lent.setdefault(row.source, []).append(row)
    return [found[0] for found in sorted(lent.values(), key=len, reverse=True)[:most]]


def _state(rows: Sequence[Observation]) -> State:
    """Return the best that is known of a cell: a full-year level before parts and bounds."""
    if not rows:
        return "missing"
    full = [row for row in rows if row.when.form == "year"]
    levels = [
        row for row in full if row.kind in ("level", "ratio_count") and row.status == "actual"
    ]
    if levels:
        return "bound" if all(row.is_bound for row in levels) else "reported"
    if any(row.status == "estimate" for row in full):
        return "estimate"
    if any(row.status in ("plan", "target") for row in full):
        return "plan"
    return "estimate" if not full else "reported"
