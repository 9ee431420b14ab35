"""Years beside each other: honest series with gaps, bounds and breaks, and what is covered."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Cell, Grid, Lines, LineSeries, Mark, State, Waterfall
from hlanalysis.metrics.growth import growth_rate
from hlanalysis.observations import Observation
from hlanalysis.themes import NotEnoughFiguresError, exhibit
from hlanalysis.themes.budget import REVENUE
from hlanalysis.themes.figures import against_plan, computed, label, mark, need, words
from hlanalysis.themes.investment import INVESTMENT, _halves, _investment, _previous
from hlanalysis.wording import Name, Quote, When, Words, percent, say

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
    values = {
        "known": Words(str(len(rows))),
        "years": Words(str(last - first + 1)),
        "first": Words(str(first)),
        "last": Words(str(last)),
    }
    return Exhibit(
        id="revenue_history",
        lang=project.lang,
        finding=str(say("history.revenue", project.lang, values)),
        subtitle=words(project, "budget.against_plan_subtitle"),
        source=project.source_line(*rows),
        note=words(project, "history.revenue_note"),
        chart=Lines((LineSeries(Name(REVENUE).write(project.lang), marks),), rows[-1].unit),
    )


@exhibit
def revenue_plan_waterfall(project: Project) -> Exhibit:
    """Draw the way from last year's plan to this year's outturn: plan cut, then overshoot."""
    when = project.when()
    found = against_plan(project, REVENUE, when)
    before = need(project, REVENUE, when.back(), kind="level", status="plan")
    unit = found.level.unit
    plan_before, plan_now = before.value_in(unit), found.plan_value
    outturn = Fraction(found.level.value)
    cites = (before.id, *found.plan.cites)
    steps = (
        Mark(
            words(project, "history.plan_step"), plan_now - plan_before,
            "shortfall" if plan_now < plan_before else "surplus", inferred=True, cites=cites,
        ),
        Mark(
            words(project, "history.overshoot_step"), outturn - plan_now,
            "surplus" if outturn > plan_now else "shortfall", inferred=True, cites=cites,
        ),
    )  # fmt: skip
    rows = (before, found.level, found.relative)
    values = {
        "overshoot": computed(abs(outturn - plan_now), unit, *rows, places=1),
        "cut": computed(abs(plan_now - plan_before), unit, *rows, places=1),
        "rest": computed(outturn - plan_before, unit, *rows, places=1, signed=True),
        "last": When(when.back()),
    }
    key = "history.waterfall_cut" if plan_now < plan_before else "history.waterfall_raised"
    return Exhibit(
        id="revenue_plan_waterfall",
        lang=project.lang,
        finding=str(say(key, project.lang, values)),
        subtitle=words(project, "budget.against_plan_subtitle"),
        source=project.source_line(*rows),
        note=str(say("history.assumed", project.lang, {"what": _same_plans(project)})),
        chart=Waterfall(
            mark(project, before, label(project, "plan", when.back()), "plan"),
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
    halves, found = _halves(project), _investment(project)
    previous = _previous(project, found.level)
    base = _middle(previous.interval)
    parts = [
        percent((_middle(now) - _middle(before)) / base)
        for now, before in (
            (halves.first, halves.first_before),
            (halves.second, halves.second_before),
        )
    ]
    whole = percent(growth_rate(Fraction(found.level.value), base))
    cites = tuple(row.id for row in halves.rows)
    names = ("investment.first_half", "investment.second_half")
    marks = [
        Mark(words(project, name), value, "surplus" if value >= 0 else "shortfall",
             inferred=True, cites=cites)
        for name, value in zip(names, parts, strict=True)
    ]  # fmt: skip
    marks.append(Mark(words(project, "history.whole_year"), whole, "outturn", cites=cites))
    values = {
        "first": computed(parts[0], "percentage_points", *halves.rows, signed=True, places=1),
        "second": computed(parts[1], "percentage_points", *halves.rows, signed=True, places=1),
        "whole": Quote(previous.relative, signed=True),
    }
    return Exhibit(
        id="investment_growth_parts",
        lang=project.lang,
        finding=str(say("history.contribution", project.lang, values)),
        subtitle=words(project, "history.contribution_subtitle"),
        source=project.source_line(*halves.rows),
        note=words(project, "investment.halves_note"),
        chart=Bars(tuple(marks), "percentage_points", places=1, signed=True),
    )


def _middle(interval: object) -> Fraction:
    return (interval.low + interval.high) / 2  # type: ignore[attr-defined]


@exhibit
def investment_history(project: Project) -> Exhibit:
    """Draw every year's investment that a source prints or its growth implies."""
    rows = _years(project, INVESTMENT)
    if len(rows) < 2:
        raise NotEnoughFiguresError("history", what=Name(INVESTMENT), period=When(project.when()))
    previous = _previous(project, rows[-1])
    known = {row.when.year: mark(project, row, str(row.when.year), "muted") for row in rows}
    known[rows[-1].when.year] = mark(project, rows[-1], str(rows[-1].when.year))
    middle = _middle(previous.interval)
    year = previous.period.year if previous.period else rows[-1].when.year - 1
    known.setdefault(
        year,
        Mark(
            str(year), round(middle), "muted", low=previous.interval.low,
            high=previous.interval.high, inferred=True, cites=previous.cites,
        ),
    )  # fmt: skip
    ratio = Fraction(rows[-1].value) / rows[0].value_in(rows[-1].unit)
    values = {
        "last": When(rows[-1].when),
        "first": When(rows[0].when),
        "times": computed(ratio, "times", rows[-1], rows[0], places=1),
    }
    return Exhibit(
        id="investment_history",
        lang=project.lang,
        finding=str(say("history.investment", project.lang, values)),
        subtitle=words(project, "investment.subtitle"),
        source=project.source_line(*rows, previous.relative),
        note=words(project, "history.nominal_note"),
        chart=Bars(tuple(known[year] for year in sorted(known)), rows[-1].unit),
    )


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
    values = {
        "filled": Words(str(filled)),
        "cells": Words(str(len(names) * len(years))),
        "number": Words(str(len(names))),
        "years": Words(str(len(years))),
    }
    return Exhibit(
        id="coverage_map",
        lang=lang,
        finding=str(say("history.coverage", lang, values)),
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
