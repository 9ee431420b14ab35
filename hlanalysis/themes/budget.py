"""Budget revenue: against its plan, against last year, and what the plan has to do with it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Intervals, Mark
from hlanalysis.checks.implied import implied_readings
from hlanalysis.metrics.growth import growth_rate
from hlanalysis.metrics.plan import lower_plan_share, plan_excess
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.themes import exhibit, passage
from hlanalysis.themes.figures import (
    AgainstPlan,
    against,
    against_plan,
    at_least,
    computed,
    inferred_mark,
    label,
    mark,
    need,
    outturn,
    words,
)
from hlanalysis.wording import Quote, Said, Sentence, When, percent, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

REVENUE = "budget_revenue"


def _revenue(project: Project) -> AgainstPlan:
    return against_plan(project, REVENUE, project.when())


def _plan_before(project: Project) -> Observation:
    return need(project, REVENUE, project.when().back(), kind="level", status="plan")


def _change_values(project: Project) -> dict[str, object]:
    """Return the values that tell how revenue moved from last year, whether bounded or exact."""
    now = outturn(project, REVENUE, project.when())
    before = outturn(project, REVENUE, project.when().back())
    change = growth_rate(now.value_in("bn_vnd"), before.value_in("bn_vnd"))
    if before.modifier in ("over", "at_least") and change < 0:
        amount = at_least(percent(-change), "percent", 1, now, before)
        return {"fall": amount, "how": Said("words.at_least"), "now": now, "before": before}
    amount = computed(percent(abs(change)), "percent", now, before)
    how = Said("words.by")
    return {"fall": amount, "how": how, "now": now, "before": before, "rose": change > 0}


@passage
def budget_answer(project: Project) -> Sentence:
    """Say what the report says of revenue, and what it does not say."""
    revenue = _revenue(project)
    return say(
        "budget.answer",
        project.lang,
        {
            "year": When(project.when()),
            "revenue": Quote(revenue.level),
            "against_plan": against(project, revenue),
            "range": revenue.plan.range(),
            "plan": revenue.plan.amount(),
        },
    )


@passage
def revenue_change(project: Project) -> Sentence:
    """Say how revenue moved from last year: the sentence that a report may leave out."""
    values = _change_values(project)
    key = "budget.rose" if values.get("rose") else "budget.fell"
    return say(
        key,
        project.lang,
        {
            "year": When(project.when()),
            "last": When(project.when().back()),
            "now": Quote(values["now"]),  # type: ignore[arg-type]
            "before": Quote(values["before"]),  # type: ignore[arg-type]
            "how": values["how"],  # type: ignore[dict-item]
            "change": values["fall"],  # type: ignore[dict-item]
        },
    )


@passage
def revenue_plan_effect(project: Project) -> Sentence:
    """Say how much of the overshoot is a lower plan, under the assumption that plans compare."""
    revenue, before = _revenue(project), _plan_before(project)
    outturn_now, plan_now = Fraction(revenue.level.value), revenue.plan_value
    plan_before = before.value_in(revenue.level.unit)
    rows = (revenue.level, revenue.relative, before)
    cut = percent(growth_rate(plan_now, plan_before))
    share = lower_plan_share(outturn_now, plan_before, plan_now)
    return say(
        "budget.plan_effect" if cut < 0 else "budget.plan_raised",
        project.lang,
        {
            "year": When(project.when()),
            "last": When(project.when().back()),
            "plan": revenue.plan.amount(),
            "plan_before": Quote(before),
            "cut": computed(abs(cut), "percent", *rows, inferred=True),
            "against": computed(
                percent(plan_excess(outturn_now, plan_before)), "percent", *rows, places=2
            ),
            "share": computed(percent(share), "percent", *rows, places=0, inferred=True),
            "assumption": Said("budget.same_plans"),
        },
    )


@passage
def revenue_warnings(project: Project) -> object:
    """Say what a reader of the revenue figures must know, from their source."""
    from hlanalysis.display import Note

    revenue = _revenue(project)
    return Note(" ".join(project.warnings_on(revenue.relative)), "warning")


@exhibit
def revenue_against_plan(project: Project) -> Exhibit:
    """Draw revenue against this year's implied plan and last year's plan and outturn."""
    when = project.when()
    revenue = _revenue(project)
    rows: list[Observation] = [revenue.level, revenue.relative]
    marks: list[Mark] = []
    plan_last = project.figure(REVENUE, period=str(when.back()), kind="level", status="plan")
    last = project.figure(
        REVENUE, period=str(when.back()), kind="level", status=("actual", "estimate")
    )
    if plan_last:
        marks.append(mark(project, plan_last, label(project, "plan", when.back()), "plan"))
        rows.append(plan_last)
    if last:
        marks.append(mark(project, last, label(project, "outturn", when.back()), "muted"))
        rows.append(last)
    marks.append(inferred_mark(revenue.plan, label(project, "plan", when)))
    marks.append(mark(project, revenue.level, label(project, "outturn", when)))
    return Exhibit(
        id="revenue_against_plan",
        lang=project.lang,
        finding=_finding(project, revenue, last),
        subtitle=words(project, "budget.against_plan_subtitle"),
        source=project.source_line(*rows),
        note=" ".join(project.warnings_on(revenue.relative)),
        script=f"{budget_answer(project)}",
        chart=Bars(tuple(marks), revenue.level.unit),
    )


def _finding(project: Project, revenue: AgainstPlan, last: Observation | None) -> str:
    values: dict[str, object] = {
        "year": When(project.when()),
        "revenue": Quote(revenue.level),
        "against_plan": against(project, revenue),
    }
    if last is None:
        return str(say("budget.against_plan_only", project.lang, values))  # type: ignore[arg-type]
    change = _change_values(project)
    key = "budget.beat_and_rose" if change.get("rose") else "budget.beat_and_fell"
    values |= {
        "last": When(project.when().back()),
        "amount": change["how"],
        "change": change["fall"],
    }
    return str(say(key, project.lang, values))  # type: ignore[arg-type]


@exhibit
def revenue_plan_readings(project: Project) -> Exhibit:
    """Draw the plans that the printed figures leave room for, under each rounding rule."""
    revenue = _revenue(project)
    readings = implied_readings(revenue.level, revenue.relative)
    marks = tuple(
        inferred_mark(one, words(project, f"rules.{one.rule}")) for one in readings if not one.exact
    )
    return Exhibit(
        id="revenue_plan_readings",
        lang=project.lang,
        finding=str(
            say(
                "budget.plan_readings",
                project.lang,
                {
                    "year": When(project.when()),
                    "plan": revenue.plan.amount(),
                    "chance": computed(
                        percent(revenue.plan.candidate.chance if revenue.plan.candidate else 1),
                        "percent",
                        places=2,
                    ),
                },
            )
        ),
        subtitle=words(project, "budget.plan_readings_subtitle"),
        source=project.source_line(revenue.level, revenue.relative),
        chart=Intervals(marks, revenue.level.unit),
    )


@exhibit
def revenue_part_years(project: Project) -> Exhibit:
    """Draw how much of each year was in by which date, this year beside last year."""
    when = project.when()
    found = [
        row
        for year in (when.back(), when)
        for row in project.find(REVENUE, kind="level", series="", status=("actual", "estimate"))
        if row.when.last_year == year.year and row.when.form in ("months", "year")
    ]
    if len(found) < 3:
        raise _too_few(project)
    marks = tuple(
        mark(
            project,
            row,
            row.when.label(project.lang),
            "outturn" if row.when.year == when.year else "muted",
        )
        for row in found
    )
    early = [row for row in found if row.when.form == "months" and row.when.year == when.year]
    total = next(row for row in found if row.period == str(when))
    values = {
        "year": When(when),
        "part": When(early[-1].when) if early else When(when),
        "early": Quote(early[-1]) if early else Quote(total),
        "total": Quote(total),
    }
    return Exhibit(
        id="revenue_part_years",
        lang=project.lang,
        finding=str(say("budget.part_years", project.lang, values)),
        subtitle=words(project, "budget.part_years_subtitle"),
        source=project.source_line(*found),
        chart=Bars(marks, total.unit),
    )


def _too_few(project: Project) -> Exception:
    from hlanalysis.themes import NotEnoughFiguresError
    from hlanalysis.wording import Name

    return NotEnoughFiguresError(
        "part_years", what=Name(REVENUE), period=When(Period(project.year))
    )
