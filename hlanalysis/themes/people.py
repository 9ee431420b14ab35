"""Jobs and incomes: what was printed, and which plan it leaves room for."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Intervals, Mark
from hlanalysis.checks.implied import Implied, implied_base, implied_readings
from hlanalysis.metrics.growth import cagr
from hlanalysis.metrics.plan import plan_excess
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reported import RULES
from hlanalysis.themes import exhibit, passage
from hlanalysis.themes.figures import AgainstPlan, against, against_plan, label, mark, words
from hlanalysis.themes.printed_plans import plan_said, printed_plan_readings
from hlanalysis.themes.reckoning import (
    Reckoned,
    amount_of,
    plan_of,
    range_of,
    reckon,
    with_assumptions,
)
from hlanalysis.themes.series import (
    PLANNED,
    alike,
    common_unit,
    one_a_period,
    sources_apart,
    too_few,
    unit_subtitle,
)
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Quote, Said, Sentence, Values, When, fill, say

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


@dataclass(frozen=True, slots=True)
class Likely:
    """The likeliest plan that no source prints.

    Attributes
    ----------
    implied : Implied
        The reading whose roundest number it is.
    cut_off : bool
        Whether it fits only if the rate was cut off: the half-up interval leaves it out.
    """

    implied: Implied
    cut_off: bool


def likely_plan(found: AgainstPlan) -> Likely:
    """Return the roundest plan, and whether ordinary rounding really excludes it."""
    usual = found.plan
    cut = next(
        (one for one in implied_readings(found.level, found.relative) if one.rule == "truncated"),
        usual,
    )
    if cut.candidate is None or usual.fits(cut.candidate.value):
        return Likely(usual, False)
    rounder = usual.candidate is None or cut.candidate.step > usual.candidate.step
    return Likely(cut, True) if rounder else Likely(usual, False)


@passage
def jobs_told(project: Project) -> Sentence:
    """Say the plan for new jobs as it is printed, or which one the figures leave room for."""
    found = _jobs(project)
    return _jobs_printed(project, found) if found.printed else _jobs_inferred(project, found)


def _jobs_printed(project: Project, found: AgainstPlan) -> Sentence:
    excess = reckon(project, plan_excess, outturn=found.level, plan=found.printed, places=2)
    told = say(
        "people.jobs_printed",
        project.lang,
        {
            "year": When(project.when()),
            "jobs": Quote(found.level),
            "against_plan": against(project, found),
            "plan": plan_said(project, found),
            "excess": dataclasses.replace(excess, signed=True),
        },
    )
    return with_assumptions(told, excess)


def _jobs_inferred(project: Project, found: AgainstPlan) -> Sentence:
    likely, half = likely_plan(found), _half_year(project)
    key = "people.jobs" if half else "people.jobs_alone"
    given = plan_of(project, likely.implied)
    cut = next(
        (one for one in implied_readings(found.level, found.relative) if one.rule == "truncated"),
        found.plan,
    )
    values: Values = {
        "year": When(project.when()),
        "jobs": Quote(found.level),
        "against_plan": against(project, found),
        "rounded": range_of(project, found.plan),
        "cut": range_of(project, cut),
        "candidate": amount_of(project, likely.implied),
        "excess": reckon(project, plan_excess, outturn=found.level, plan=given, places=2),
    }
    if half:
        values |= {
            "half": Quote(half[0].level),
            "half_rate": Quote(half[0].relative),
            "half_plan": amount_of(project, half[0]),
        }
    elif not likely.cut_off:
        key = "people.jobs_rounded"
    return say(key, project.lang, values)


@exhibit
def jobs_plan_readings(project: Project) -> Exhibit:
    """Draw the plans that two dates leave room for, under each rounding rule."""
    found = _jobs(project)
    when = {"year": When(project.when())}
    subtitle = unit_subtitle(project, "people.jobs_subtitle", found.level.unit, **when)
    if found.printed is not None:
        return printed_plan_readings(project, "jobs_plan_readings", found, subtitle)
    readings = [*implied_readings(found.level, found.relative), *_half_year(project)]
    marks = tuple(_mark(project, one) for one in readings)
    likely = likely_plan(found)
    rows: list[Observation] = []
    for one in readings:
        rows += [one.level, one.relative]
    plan = amount_of(project, likely.implied)
    values: Values = {"plan": plan, "against_plan": against(project, found)}
    key = "people.jobs_readings" if likely.cut_off else "people.jobs_readings_rounded"
    return told_exhibit(
        id="jobs_plan_readings",
        finding=say(key, project.lang, values),
        subtitle=subtitle,
        source=project.source_line(*rows),
        script=str(jobs_told(project)),
        chart=Intervals(
            marks,
            found.level.unit,
            Mark(words(project, "people.candidate"), plan.value, "plan", inferred=True,
                 cites=likely.implied.cites),
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
    """Draw every year's income per head that a source prints; later plans stand apart."""
    found = [row for row in project.find(INCOME, kind="level", series="")
             if row.when.form == "year"]  # fmt: skip
    found = alike(found, found[-1]) if found else []
    kept = one_a_period(project, found)
    rows = [row for row in kept if row.status not in PLANNED]
    if len(rows) < 2:
        raise too_few(project, INCOME, rows, 2)
    plans = [row for row in kept if row.status in PLANNED and row.when > rows[-1].when]
    unit = common_unit([*rows, *plans])
    marks = [mark(project, row, str(row.when.year), unit=unit) for row in rows]
    marks += [mark(project, row, label(project, "plan", row.when), "plan", unit=unit)
              for row in plans]  # fmt: skip
    told, pace = _income_told(project, rows[0], rows[-1])
    apart = sources_apart(project, [*rows, *plans], found)
    return told_exhibit(
        id="income_history",
        finding=told,
        subtitle=unit_subtitle(project, "people.income_subtitle", unit),
        source=project.source_line(*rows, *plans),
        note=" ".join(filter(None, (words(project, "history.nominal_note"), apart))),
        script=str(with_assumptions(fill("{told}.", project.lang, {"told": told}), pace)),
        chart=Bars(tuple(marks), unit),
    )


def _income_told(
    project: Project, first: Observation, last: Observation
) -> tuple[Sentence, Reckoned]:
    """Say how income moved from one result to another; a plan is no result."""
    years = last.when.year - first.when.year
    pace = reckon(project, cagr, last=last, first=first, years=years, places=1)
    values: Values = {
        "first": When(first.when),
        "last": When(last.when),
        "before": Quote(first),
        "now": Quote(last),
        "pace": pace,
    }
    key = "people.income" if years > 1 else "people.income_one_year"
    return say(key, project.lang, values), pace
