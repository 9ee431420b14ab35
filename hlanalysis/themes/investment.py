"""Investment: against its plan in every reading, and against last year."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Intervals, Mark
from hlanalysis.checks.implied import Implied, implied_base, implied_readings, rules_that_admit
from hlanalysis.checks.levels import standing_for
from hlanalysis.checks.plans import places_of
from hlanalysis.metrics.plan import plan_attainment, plan_gap
from hlanalysis.observations import Observation
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import (
    AgainstPlan,
    against,
    against_plan,
    change_said_of,
    grown,
    inferred_mark,
    label,
    last_level,
    mark,
    outturn,
    plan_mark,
    words,
)
from hlanalysis.themes.printed_plans import (
    plan_given,
    plan_reckoned,
    plan_said,
    printed_plan_readings,
    rules_said,
)
from hlanalysis.themes.reckoning import (
    Reckoned,
    amount_of,
    range_of,
    reckon,
    told_by,
)
from hlanalysis.themes.series import common_unit, unit_subtitle
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Name, Quote, Sentence, Values, When, Words, join, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

INVESTMENT = "total_social_investment"


def investment_of(project: Project) -> AgainstPlan:
    """Return investment with what was printed of it against its plan."""
    return against_plan(project, INVESTMENT, project.when())


def previous_of(project: Project, level: Observation) -> Implied:
    """Return last year's level, which growth implies."""
    said = change_said_of(project, level)
    if said is None:
        raise NotEnoughFiguresError("growth", what=Name(INVESTMENT), period=When(level.when))
    return implied_base(level, said)


@passage
def investment_answer(project: Project) -> Sentence:
    """Say what was invested, against which plan, and how much was missing."""
    found = investment_of(project)
    gap = _gap(project, found)
    key = "investment.answer" if gap.value < 0 else "investment.answer_met"
    return say(
        key if found.printed is None else f"{key}_printed",
        project.lang,
        {
            "year": When(project.when()),
            "investment": Quote(found.level),
            "against_plan": against(project, found),
            "plan": plan_said(project, found),
            "gap": gap,
        },
    )


def _gap(project: Project, found: AgainstPlan) -> Reckoned:
    """Return how far the level lies from its plan, without its sign."""
    plan, gap = plan_given(project, found), abs(Fraction(found.level.value) - found.plan_value)
    places = 0 if found.printed is None else min(places_of(gap), 1)
    return reckon(project, plan_gap, outturn=found.level, plan=plan, places=places, size=True)


@passage
def investment_readings(project: Project) -> Sentence:
    """Say what the plan is if the printed level is exact, and if it is itself rounded."""
    found = investment_of(project)
    given = plan_given(project, found)
    readings = implied_readings(found.level, found.relative)
    rounded = next((one for one in readings if not one.exact), found.plan)
    key = "investment.readings" if found.printed is None else "investment.readings_printed"
    return say(
        key,
        project.lang,
        {
            "level": Quote(found.level, bare=True),
            "plan": plan_said(project, found),
            "exact": reckon(project, plan_attainment, outturn=found.level, plan=given, places=3),
            "printed": Quote(found.relative),
            "rules": rules_said(project, found),
            "range": range_of(project, rounded, 2),
        },
    )


@passage
def investment_last_year(project: Project) -> Sentence:
    """Say last year's level: as a source prints it, else as the printed growth implies it."""
    level = outturn(project, INVESTMENT, project.when())
    before = last_level(project, level)
    if before is not None:
        return _last_year_printed(project, level, before)
    previous = previous_of(project, level)
    return say(
        "investment.last_year",
        project.lang,
        {
            "growth": grown(previous.relative, project.lang),
            "last": When(project.when().back()),
            "range": range_of(project, previous, 2),
        },
    )


def _last_year_printed(project: Project, level: Observation, before: Observation) -> Sentence:
    """Say the printed level of last year, and whether the printed growth leads to it."""
    values: Values = {"last": When(before.when), "before": Quote(before)}
    told = [say("investment.last_year_printed", project.lang, values)]
    said = change_said_of(project, level)
    if said is not None:
        implied = implied_base(level, said)
        fits = standing_for(before, level.unit).overlaps(implied.interval)
        key = "investment.last_year_fits" if fits else "investment.last_year_differs"
        values |= {"growth": grown(said, project.lang), "range": range_of(project, implied, 2)}
        told.append(say(key, project.lang, values))
    return join(told, project.lang)


@exhibit
def investment_against_plan(project: Project) -> Exhibit:
    """Draw investment against its plan and the level of last year, printed before implied."""
    when, found = project.when(), investment_of(project)
    name, last = label(project, "plan", when.full_year), label(project, "outturn", when.back())
    before = last_level(project, found.level)
    rows = [found.level, found.relative]
    levels = [row for row in (found.level, before, found.printed) if row is not None]
    unit, inferred, marks = common_unit(levels), plan_reckoned(project, found, name), []
    if before is not None:
        marks.append(mark(project, before, last, "muted", unit=unit))
        rows.append(before)
    elif (said := change_said_of(project, found.level)) is not None:
        previous = implied_base(found.level, said)
        marks.append(inferred_mark(previous, last, "muted", unit=unit))
        inferred.append((last, amount_of(project, previous)))
        rows.append(said)
    marks.append(plan_mark(project, found, name, unit))
    marks.append(mark(project, found.level, label(project, "outturn", when), unit=unit))
    gap = _gap(project, found)
    values: Values = {"year": When(when), "against_plan": against(project, found), "gap": gap}
    key = "investment.short_of_plan" if gap.value < 0 else "investment.past_plan"
    key = key if found.printed is None else f"{key}_printed"
    return told_exhibit(
        id="investment_against_plan",
        finding=say(key, project.lang, values),
        subtitle=unit_subtitle(project, "investment.subtitle", unit),
        source=project.source_line(*rows),
        script=" ".join(map(str, told_by(project, (investment_answer, investment_last_year)))),
        chart=Bars(tuple(marks), unit),
        reckoned=inferred,
    )


@exhibit
def investment_plan_readings(project: Project) -> Exhibit:
    """Draw the plans that the printed figures leave room for, in every reading."""
    found = investment_of(project)
    subtitle = unit_subtitle(project, "investment.plan_readings_subtitle", found.level.unit)
    if found.printed is not None:
        return printed_plan_readings(project, "investment_plan_readings", found, subtitle)
    readings = implied_readings(found.level, found.relative)
    marks = tuple(_reading_mark(project, one) for one in readings)
    admitted = len(rules_that_admit(readings, found.plan_value))
    candidate = amount_of(project, found.plan)
    values: Values = {
        "plan": candidate,
        "admitted": Words(str(admitted)),
        "all": Words(str(len(readings))),
    }
    reference = Mark(
        words(project, "investment.candidate"),
        candidate.value,
        "plan",
        inferred=True,
        cites=found.plan.cites,
    )
    return told_exhibit(
        id="investment_plan_readings",
        finding=say("investment.plan_readings", project.lang, values),
        subtitle=subtitle,
        source=project.source_line(found.level, found.relative),
        script=str(investment_readings(project)),
        chart=Intervals(marks, found.level.unit, reference),
        reckoned=[
            (made.label, range_of(project, one, 2))
            for made, one in zip(marks, readings, strict=True)
        ],
    )


def _reading_mark(project: Project, one: Implied) -> Mark:
    taken = words(project, "investment.exact" if one.exact else "investment.rounded")
    made = inferred_mark(one, f"{taken}, {words(project, f'rules.{one.rule}')}")
    middle = (one.interval.low + one.interval.high) / 2
    return Mark(
        made.label,
        middle,
        "plan",
        low=made.low,
        high=made.high,
        low_open=made.low_open,
        high_open=made.high_open,
        inferred=True,
        cites=one.cites,
    )
