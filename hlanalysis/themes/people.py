"""Jobs and incomes: what was printed, and which plan it leaves room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Intervals, Mark
from hlanalysis.checks.implied import Implied, implied_base, implied_readings
from hlanalysis.metrics.growth import cagr
from hlanalysis.metrics.plan import plan_excess
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reported import RULES
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import AgainstPlan, against, against_plan, mark, words
from hlanalysis.themes.reckoning import amount_of, plan_of, range_of, reckon, with_assumptions
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Name, Quote, Said, Sentence, Values, When, fill, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

JOBS = "new_jobs"
INCOME = "income_per_capita"


def _jobs(project: Project) -> AgainstPlan:
    return against_plan(project, JOBS, project.when())


def _half_year(project: Project) -> list[Implied]:
    """Return the year's plan that a part-year figure implies, under each rounding rule."""
    if project.when().form != "year":
        return []
    half = Period(project.year, "months", 6)
    levels = project.find(JOBS, period=str(half), kind="level")
    rates = project.find(JOBS, period=str(half), kind="plan_attainment")
    if not levels or not rates:
        return []
    return [implied_base(levels[0], rates[0], rule) for rule in RULES]


def _truncated(project: Project, found: AgainstPlan) -> Implied:
    return next(
        one for one in implied_readings(found.level, found.relative) if one.rule == "truncated"
    )


@passage
def jobs_told(project: Project) -> Sentence:
    """Say which plan the printed jobs leave room for, rounded and cut off."""
    found = _jobs(project)
    cut, half = _truncated(project, found), _half_year(project)
    key = "people.jobs" if half else "people.jobs_alone"
    excess = reckon(project, plan_excess, outturn=found.level, plan=plan_of(project, cut), places=2)
    values: Values = {
        "year": When(project.when()),
        "jobs": Quote(found.level),
        "against_plan": against(project, found),
        "rounded": range_of(project, found.plan),
        "cut": range_of(project, cut),
        "candidate": amount_of(project, cut),
        "excess": excess,
    }
    if half:
        values |= {
            "half": Quote(half[0].level),
            "half_rate": Quote(half[0].relative),
            "half_plan": amount_of(project, half[0]),
        }
    return say(key, project.lang, values)


@exhibit
def jobs_plan_readings(project: Project) -> Exhibit:
    """Draw the plans that two dates leave room for, under each rounding rule."""
    found = _jobs(project)
    readings = [*implied_readings(found.level, found.relative), *_half_year(project)]
    marks = tuple(_mark(project, one) for one in readings)
    cut = _truncated(project, found)
    rows: list[Observation] = []
    for one in readings:
        rows += [one.level, one.relative]
    values: Values = {"plan": amount_of(project, cut), "against_plan": against(project, found)}
    return told_exhibit(
        id="jobs_plan_readings",
        finding=say("people.jobs_readings", project.lang, values),
        subtitle=str(say("people.jobs_subtitle", project.lang, {"year": When(project.when())})),
        source=project.source_line(*rows),
        script=str(jobs_told(project)),
        chart=Intervals(
            marks,
            found.level.unit,
            Mark(words(project, "people.candidate"), cut.amount().value, "plan", inferred=True,
                 cites=cut.cites),
        ),
        reckoned=[
            (made.label, range_of(project, one)) for made, one in zip(marks, readings, strict=True)
        ],
    )  # fmt: skip


def _mark(project: Project, one: Implied) -> Mark:
    when = one.level.when.label(project.lang)
    middle = (one.interval.low + one.interval.high) / 2
    return Mark(
        f"{when}, {Said(f'rules.{one.rule}').write(project.lang)}",
        round(middle),
        "plan",
        low=one.interval.low,
        high=one.interval.high,
        low_open=not one.interval.low_closed,
        high_open=not one.interval.high_closed,
        inferred=True,
        bound=one.bound or None,
        cites=one.cites,
    )


@exhibit
def income_history(project: Project) -> Exhibit:
    """Draw every year's income per head that a source prints."""
    rows = [row for row in project.find(INCOME, kind="level") if row.when.form == "year"]
    if len(rows) < 2:
        raise NotEnoughFiguresError("history", what=Name(INCOME), period=When(project.when()))
    first, last = rows[0], rows[-1]
    years = last.when.year - first.when.year
    pace = reckon(project, cagr, last=last, first=first, years=years, places=1)
    values: Values = {
        "first": When(first.when),
        "last": When(last.when),
        "before": Quote(first),
        "now": Quote(last),
        "pace": pace,
    }
    told = say("people.income", project.lang, values)
    return told_exhibit(
        id="income_history",
        finding=told,
        subtitle=words(project, "people.income_subtitle"),
        source=project.source_line(*rows),
        note=words(project, "history.nominal_note"),
        script=str(with_assumptions(fill("{told}.", project.lang, {"told": told}), pace)),
        chart=Bars(
            tuple(mark(project, row, str(row.when.year)) for row in rows), last.unit, places=0
        ),
    )
