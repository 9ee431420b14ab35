"""Jobs and incomes: what was printed, and which plan it leaves room for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Intervals, Mark
from hlanalysis.checks.implied import Implied, implied_base, implied_readings
from hlanalysis.metrics.plan import plan_excess
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reported import RULES
from hlanalysis.themes import exhibit, passage
from hlanalysis.themes.figures import AgainstPlan, against, against_plan, computed, words
from hlanalysis.wording import Quote, Said, Sentence, When, percent, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

JOBS = "new_jobs"


def _jobs(project: Project) -> AgainstPlan:
    return against_plan(project, JOBS, project.when())


def _half_year(project: Project) -> list[Implied]:
    """Return the year's plan that a part-year figure implies, under each rounding rule."""
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
    candidate = cut.amount()
    excess = percent(plan_excess(Fraction(found.level.value), Fraction(candidate.value)))
    values = {
        "year": When(project.when()),
        "jobs": Quote(found.level),
        "against_plan": against(project, found),
        "rounded": found.plan.range(),
        "cut": cut.range(),
        "candidate": candidate,
        "excess": computed(excess, "percent", found.level, found.relative, places=2),
    }
    if half:
        values |= {
            "half": Quote(half[0].level),
            "half_rate": Quote(half[0].relative),
            "half_plan": half[0].amount(),
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
    return Exhibit(
        id="jobs_plan_readings",
        lang=project.lang,
        finding=str(
            say(
                "people.jobs_readings",
                project.lang,
                {"plan": cut.amount(), "against_plan": against(project, found)},
            )
        ),
        subtitle=str(say("people.jobs_subtitle", project.lang, {"year": When(project.when())})),
        source=project.source_line(*rows),
        script=str(jobs_told(project)),
        chart=Intervals(
            marks,
            found.level.unit,
            Mark(words(project, "people.candidate"), cut.amount().value, "plan", inferred=True),
        ),
    )


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
    from hlanalysis.charts.forms import Bars
    from hlanalysis.metrics.growth import cagr
    from hlanalysis.themes import NotEnoughFiguresError
    from hlanalysis.themes.figures import mark
    from hlanalysis.wording import Name

    rows = [row for row in project.find(INCOME, kind="level") if row.when.form == "year"]
    if len(rows) < 2:
        raise NotEnoughFiguresError("history", what=Name(INCOME), period=When(project.when()))
    first, last = rows[0], rows[-1]
    years = last.when.year - first.when.year
    pace = percent(cagr(float(last.value), float(first.value), years))
    values = {
        "first": When(first.when),
        "last": When(last.when),
        "before": Quote(first),
        "now": Quote(last),
        "pace": computed(pace, "percent", first, last),
    }
    return Exhibit(
        id="income_history",
        lang=project.lang,
        finding=str(say("people.income", project.lang, values)),
        subtitle=words(project, "people.income_subtitle"),
        source=project.source_line(*rows),
        note=words(project, "history.nominal_note"),
        chart=Bars(
            tuple(mark(project, row, str(row.when.year)) for row in rows), last.unit, places=0
        ),
    )


INCOME = "income_per_capita"
