"""Years beside each other: honest series with gaps, bounds and breaks, and what is covered."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Cell, Grid, Lines, LineSeries, Mark, State, Waterfall
from hlanalysis.checks.implied import Implied
from hlanalysis.metrics.growth import contribution
from hlanalysis.metrics.plan import plan_gap
from hlanalysis.observations import Observation
from hlanalysis.themes import NotEnoughFiguresError, exhibit
from hlanalysis.themes.budget import REVENUE, revenue_plan_effect
from hlanalysis.themes.figures import (
    against_plan,
    grown,
    inferred_mark,
    label,
    mark,
    need,
    need_whole_year,
    words,
)
from hlanalysis.themes.halves import halves_of
from hlanalysis.themes.investment import INVESTMENT, investment_of, previous_of
from hlanalysis.themes.printed_plans import plan_given, plan_said
from hlanalysis.themes.reckoning import amount_of, reckon, undated
from hlanalysis.themes.series import alike, common_unit, one_a_period, too_few, unit_subtitle
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Amount, Name, Quote, Values, When, Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

_COVERED = 12
_LEAST_COVERED = 5
"""Rows of the coverage map: the indicators with the most years."""


def _years(project: Project, indicator: str) -> list[Observation]:
    """Return one figure a full year, the best source of each, oldest first."""
    rows = [
        row
        for row in project.find(indicator, kind="level", series="", status=("actual", "estimate"))
        if row.when.form == "year"
    ]
    return one_a_period(project, alike(rows, rows[-1])) if rows else []


@exhibit
def revenue_history(project: Project) -> Exhibit:
    """Draw every year's revenue that a source prints; years without one stay gaps."""
    rows = _years(project, REVENUE)
    if len(rows) < 3:
        raise too_few(project, REVENUE, rows, 3)
    first, last = rows[0].when.year, rows[-1].when.year
    unit, by_year = common_unit(rows), {row.when.year: row for row in rows}
    marks = tuple(
        mark(project, by_year[year], str(year), unit=unit)
        if year in by_year
        else Mark(str(year), None)
        for year in range(first, last + 1)
    )
    values: Values = {
        "known": Words(str(len(rows))),
        "years": Words(str(last - first + 1)),
        "first": Words(str(first)),
        "last": Words(str(last)),
    }
    whole = len(rows) == last - first + 1
    return told_exhibit(
        id="revenue_history",
        finding=say("history.revenue_whole" if whole else "history.revenue", project.lang, values),
        subtitle=unit_subtitle(project, "budget.against_plan_subtitle", unit),
        source=project.source_line(*rows),
        note=_breaks_told(project, whole),
        chart=Lines((LineSeries(Name(REVENUE).write(project.lang), marks),), unit),
    )


def _breaks_told(project: Project, whole: bool) -> str:
    """Say what gaps are, and between which years the checks suspect another scope."""
    told = [] if whole else [words(project, "history.revenue_note")]
    told += [
        str(
            say(
                "history.revenue_break",
                project.lang,
                {name: one.values[name] for name in ("period", "last_period")},
            )
        )
        for one in project.findings
        if one.message == "break_suspected"
        and (one.place, one.indicator) == (project.place, REVENUE)
    ]
    return " ".join(told)


@exhibit
def revenue_plan_waterfall(project: Project) -> Exhibit:
    """Draw the way from last year's plan to this year's outturn: plan cut, then overshoot."""
    need_whole_year(project)
    when = project.when()
    found = against_plan(project, REVENUE, when)
    before = need(project, REVENUE, when.back(), kind="level", status="plan")
    plan, unit = plan_given(project, found), found.level.unit
    moved = found.plan_value - before.value_in(unit)
    over = reckon(project, plan_gap, outturn=found.level, plan=plan, places=1, size=True)
    rest = reckon(
        project, plan_gap, outturn=found.level, plan=before, places=1, signed=True, across=True
    )
    inferred = found.printed is None
    cites = (*(found.plan.cites if inferred else (plan.id,)), before.id)
    steps = tuple(
        Mark(
            words(project, f"history.{name}"),
            value,
            "surplus" if value > 0 else "shortfall",
            inferred=inferred,
            cites=cites,
        )
        for name, value in (
            ("plan_step", moved),
            ("overshoot_step", Fraction(found.level.value) - found.plan_value),
        )
    )
    told = words(project, "formulas.reading.plan_change").format(
        year=when.label(project.lang),
        last=when.back().label(project.lang),
        now=plan_said(project, found).write(project.lang),
        before=Quote(before).write(project.lang),
    )
    cut = Amount(abs(moved), unit, 1, inferred=inferred, cites=cites, formula=told)
    values: Values = {"overshoot": over, "cut": cut, "rest": rest, "last": When(when.back())}
    key = "history.waterfall_cut" if moved < 0 else "history.waterfall_raised"
    return told_exhibit(
        id="revenue_plan_waterfall",
        finding=say(key, project.lang, values),
        subtitle=unit_subtitle(project, "budget.against_plan_subtitle", unit),
        source=project.source_line(before, found.level, found.relative),
        note=str(say("history.assumed", project.lang, {"what": _same_plans(project)})),
        script=str(revenue_plan_effect(project)),
        chart=Waterfall(
            mark(project, before, label(project, "plan", when.back().full_year), "plan", unit=unit),
            steps,
            mark(project, found.level, label(project, "outturn", when)),
            unit,
            places=1,
        ),
    )


def _same_plans(project: Project) -> Words:
    return Words(words(project, "budget.same_plans"))


@exhibit
def investment_growth_parts(project: Project) -> Exhibit:
    """Draw what each half of the year contributed to the growth of the whole, in points."""
    halves, found = halves_of(project), investment_of(project)
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
    whole = previous_of(project, found.level).relative
    printed = whole.value - 100 if whole.kind == "index" else whole.value
    marks.append(Mark(words(project, "history.whole_year"), printed, "outturn", cites=(whole.id,)))
    values: Values = {"first": first, "second": second, "whole": grown(whole, project.lang)}
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
    """Draw every year's investment that a source prints; the year before may follow from growth."""
    rows = _years(project, INVESTMENT)
    if len(rows) < 2:
        raise too_few(project, INVESTMENT, rows, 2)
    unit, inferred = common_unit(rows), _year_before(project, rows)
    known = {row.when.year: mark(project, row, str(row.when.year), "muted", unit=unit)
             for row in rows}  # fmt: skip
    known[rows[-1].when.year] = mark(project, rows[-1], str(rows[-1].when.year), unit=unit)
    shown = list(rows)
    if inferred is not None:
        year = rows[-1].when.year - 1
        known[year] = inferred_mark(inferred, str(year), "muted", unit=unit)
        shown.append(inferred.relative)
    values: Values = {
        "last": When(rows[-1].when),
        "first": When(rows[0].when),
        "times": _times(project, rows),
    }
    return told_exhibit(
        id="investment_history",
        finding=say("history.investment", project.lang, values),
        subtitle=unit_subtitle(project, "investment.subtitle", unit),
        source=project.source_line(*shown),
        note=words(project, "history.nominal_note"),
        chart=Bars(tuple(known[year] for year in sorted(known)), unit),
        reckoned=[(str(year), amount_of(project, inferred))] if inferred else [],
    )


def _year_before(project: Project, rows: Sequence[Observation]) -> Implied | None:
    """Return the level of the year before the last, where only its growth tells of it."""
    if any(row.when.year == rows[-1].when.year - 1 for row in rows):
        return None
    try:
        return previous_of(project, rows[-1])
    except NotEnoughFiguresError:
        return None


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
    # From the first year with a figure, so that a new project shows no decade of gaps.
    first = min(year for _, year in by_cell)
    years = range(min(first, project.year - _LEAST_COVERED + 1), project.year + 1)
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
