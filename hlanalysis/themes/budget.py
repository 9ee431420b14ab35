"""Budget revenue: against its plan, against last year, and what the plan has to do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Intervals, Role
from hlanalysis.checks.implied import implied_readings
from hlanalysis.metrics.budget import land_dependence, per_capita
from hlanalysis.metrics.growth import growth_rate
from hlanalysis.metrics.plan import lower_plan_share, plan_excess
from hlanalysis.metrics.structure import unexplained
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.telling.display import Note
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import (
    AgainstPlan,
    against,
    against_plan,
    best_figure,
    inferred_mark,
    label,
    mark,
    need,
    need_whole_year,
    outturn,
    plan_mark,
    words,
)
from hlanalysis.themes.printed_plans import (
    plan_given,
    plan_reckoned,
    plan_said,
    printed_plan_readings,
    shown_in,
)
from hlanalysis.themes.reckoning import (
    Reckoned,
    amount_of,
    chance_of,
    range_of,
    reckon,
    told_by,
    undated,
    with_assumptions,
)
from hlanalysis.themes.series import alike, common_unit, one_a_period, sources_apart, unit_subtitle
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Name, Quote, Said, Sentence, Values, When, join, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

REVENUE = "budget_revenue"
LAND = "budget_revenue_land_use"


def _revenue(project: Project) -> AgainstPlan:
    return against_plan(project, REVENUE, project.when())


def _plan_before(project: Project) -> Observation:
    return need(project, REVENUE, project.when().full_year.back(), kind="level", status="plan")


def _change(project: Project, now: Observation, before: Observation) -> Reckoned:
    """Return how revenue moved from last year, whether bounded or exact, without its sign."""
    return reckon(project, growth_rate, current=now, previous=before, size=True)


@passage
def budget_answer(project: Project) -> Sentence:
    """Say what the report says of revenue, and what it does not say."""
    revenue = _revenue(project)
    if revenue.printed is not None:
        values: Values = {
            "year": When(project.when()),
            "revenue": Quote(revenue.level),
            "against_plan": against(project, revenue),
            "plan": Quote(revenue.printed),
        }
        return say("budget.answer_printed", project.lang, values)
    return say(
        "budget.answer",
        project.lang,
        {
            "year": When(project.when()),
            "revenue": Quote(revenue.level),
            "against_plan": against(project, revenue),
            "range": range_of(project, revenue.plan),
            "plan": amount_of(project, revenue.plan),
        },
    )


@passage
def revenue_change(project: Project) -> Sentence:
    """Say how revenue moved from last year: the sentence that a report may leave out."""
    now = outturn(project, REVENUE, project.when())
    before = outturn(project, REVENUE, project.when().back())
    change = _change(project, now, before)
    told = say(
        "budget.rose" if change.value > 0 else "budget.fell",
        project.lang,
        {
            "year": When(project.when()),
            "last": When(project.when().back()),
            "now": Quote(now),
            "before": Quote(before),
            "change": change,
        },
    )
    return with_assumptions(told, change)


@passage
def revenue_plan_effect(project: Project) -> Sentence:
    """Say how much of the overshoot is a lower plan, under the assumption that plans compare."""
    need_whole_year(project)
    revenue, before = _revenue(project), _plan_before(project)
    now, plan = revenue.level, plan_given(project, revenue)
    cut = reckon(project, growth_rate, current=plan, previous=before, size=True)
    share = reckon(project, lower_plan_share, outturn=now, plan_before=before, plan=plan, places=0)
    key = "budget.plan_effect" if cut.value < 0 else "budget.plan_raised"
    return say(
        key if revenue.printed is None else f"{key}_printed",
        project.lang,
        {
            "year": When(project.when()),
            "last": When(project.when().back()),
            "plan": plan_said(project, revenue),
            "plan_before": Quote(before),
            "cut": cut,
            "against": reckon(
                project, plan_excess, outturn=now, plan=before, places=2, claim=True, across=True
            ),
            "share": share,
            "assumption": Said("budget.same_plans"),
        },
    )


@passage
def revenue_warnings(project: Project) -> object:
    """Say what a reader of the revenue figures must know, from their source."""
    revenue = _revenue(project)
    return Note(" ".join(project.warnings_on(revenue.relative)), "warning")


@exhibit
def revenue_against_plan(project: Project) -> Exhibit:
    """Draw revenue against this year's plan, and against last year's plan and outturn."""
    when, revenue = project.when(), _revenue(project)
    plan_last = best_figure(
        project, REVENUE, period=str(when.back().full_year), kind="level", status="plan"
    )
    last = best_figure(
        project, REVENUE, period=str(when.back()), kind="level", status=("actual", "estimate")
    )
    before: list[tuple[Observation | None, str, Role]] = [
        (plan_last, label(project, "plan", when.back().full_year), "plan"),
        (last, label(project, "outturn", when.back()), "muted"),
    ]
    earlier = [
        (row, name, role)
        for row, name, role in before
        if row is not None and alike([row], revenue.level)
    ]
    rows = [revenue.level, revenue.relative, *(row for row, _, _ in earlier)]
    levels = [row for row in (*rows, revenue.printed) if row is not None and row.kind == "level"]
    unit = common_unit(levels)
    name = label(project, "plan", when.full_year)
    marks = [mark(project, row, said, role, unit=unit) for row, said, role in earlier]
    marks.append(plan_mark(project, revenue, name, unit))
    marks.append(mark(project, revenue.level, label(project, "outturn", when), unit=unit))
    return told_exhibit(
        id="revenue_against_plan",
        finding=_finding(project, revenue, last),
        subtitle=unit_subtitle(project, "budget.against_plan_subtitle", unit),
        source=project.source_line(*rows),
        note=" ".join(project.warnings_on(revenue.relative)),
        script=_script(project, budget_answer, revenue_change),
        chart=Bars(tuple(marks), unit),
        reckoned=plan_reckoned(project, revenue, name),
    )


def _script(project: Project, *tellers: Callable[[Project], Sentence]) -> str:
    """Return what a speaker says: those of some sentences that the figures allow."""
    return " ".join(str(one) for one in told_by(project, tellers))


def _finding(project: Project, revenue: AgainstPlan, last: Observation | None) -> Sentence:
    values: Values = {
        "year": When(project.when()),
        "last": When(project.when().back()),
        "revenue": Quote(revenue.level),
        "against_plan": against(project, revenue),
    }
    try:
        change = _change(project, revenue.level, last) if last else None
    except NotEnoughFiguresError:
        # Unlike figures stay side by side in the chart; the title compares nothing.
        change = None
    if change is None:
        return say("budget.against_plan_only", project.lang, values)
    key = "budget.beat_and_rose" if change.value > 0 else "budget.beat_and_fell"
    return say(key, project.lang, values | {"change": change})


@exhibit
def revenue_plan_readings(project: Project) -> Exhibit:
    """Draw the plans that the printed figures leave room for, under each rounding rule."""
    revenue = _revenue(project)
    subtitle = unit_subtitle(project, "budget.plan_readings_subtitle", revenue.level.unit)
    if revenue.printed is not None:
        return printed_plan_readings(project, "revenue_plan_readings", revenue, subtitle)
    readings = [one for one in implied_readings(revenue.level, revenue.relative) if not one.exact]
    marks = tuple(inferred_mark(one, words(project, f"rules.{one.rule}")) for one in readings)
    values: Values = {
        "year": When(project.when()),
        "plan": amount_of(project, revenue.plan),
        "chance": chance_of(project, revenue.plan),
    }
    return told_exhibit(
        id="revenue_plan_readings",
        finding=say("budget.plan_readings", project.lang, values),
        subtitle=subtitle,
        source=project.source_line(revenue.level, revenue.relative),
        script=str(budget_answer(project)),
        chart=Intervals(marks, revenue.level.unit),
        reckoned=[
            (words(project, f"rules.{one.rule}"), range_of(project, one)) for one in readings
        ],
    )


@exhibit
def revenue_part_years(project: Project) -> Exhibit:
    """Draw how much of each year was in by which date, this year beside last year."""
    when = project.when()
    total = outturn(project, REVENUE, when)
    rows = project.find(REVENUE, kind="level", series="", status=("actual", "estimate"))
    rows = [
        row
        for row in alike(rows, total)
        if when.year - 1 <= row.when.last_year <= when.year and row.when.form in ("months", "year")
    ]
    found = one_a_period(project, rows)
    if len(found) < 3:
        raise _too_few(project)
    unit = common_unit(found)
    marks = tuple(
        mark(
            project,
            row,
            row.when.label(project.lang),
            "outturn" if row.when.year == when.year else "muted",
            unit=unit,
        )
        for row in found
    )
    early = [row for row in found if row.when.form == "months" and row.when.year == when.year]
    values: Values = {
        "year": When(when),
        "part": When(early[-1].when) if early else When(when),
        "early": shown_in(project, early[-1] if early else total, unit),
        "total": shown_in(project, total, unit),
    }
    return told_exhibit(
        id="revenue_part_years",
        finding=say("budget.part_years", project.lang, values),
        subtitle=unit_subtitle(project, "budget.part_years_subtitle", unit),
        source=project.source_line(*found),
        note=sources_apart(project, found, rows),
        chart=Bars(marks, unit),
    )


def _too_few(project: Project) -> Exception:
    return NotEnoughFiguresError(
        "part_years", what=Name(REVENUE), period=When(Period(project.year))
    )


@passage
def revenue_land(project: Project) -> Sentence | Note:
    """Say how much of the revenue is land, or that nobody printed it: land hides the trend."""
    whole = outturn(project, REVENUE, project.when())
    land = best_figure(
        project, LAND, period=project.period, kind="level", status=("actual", "estimate")
    )
    year = When(project.when())
    if land is None:
        return Note(str(say("budget.land_unknown", project.lang, {"year": year})))
    values: Values = {
        "year": year,
        "land": Quote(land),
        "share": reckon(project, land_dependence, land=land, revenue=whole),
        "rest": reckon(project, unexplained, whole=whole, parts=[land], places=1, size=True),
    }
    return say("budget.land", project.lang, values)


@passage
def revenue_per_head(project: Project) -> Sentence:
    """Say the revenue per head, on the latest population of the same territory."""
    need_whole_year(project)
    whole = outturn(project, REVENUE, project.when())
    people = _population(project, whole)
    values: Values = {"people": Quote(people), "when": When(people.when), "year": When(whole.when)}
    amount = reckon(project, per_capita, level=undated(whole), population=undated(people), places=1)
    told = [say("budget.per_head", project.lang, values | {"amount": amount})]
    if people.period != whole.period:
        told.append(say("budget.per_head_assumed", project.lang, values))
    return join(told, project.lang)


def _population(project: Project, whole: Observation) -> Observation:
    """Return the latest full count of the people, not after the year in question."""
    found = [
        row
        for row in project.find("population", kind="level", series="")
        if not row.is_bound
        and row.status in ("actual", "estimate")
        and row.when.last_year <= whole.when.year
    ]
    if not found:
        raise NotEnoughFiguresError("population")
    return max(found, key=lambda row: (row.when, row.id))
