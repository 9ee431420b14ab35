"""Investment: against its plan in every reading, and the two halves of the year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Group, Groups, Intervals, Mark
from hlanalysis.checks.implied import Implied, implied_base, implied_readings, rules_that_admit
from hlanalysis.metrics.growth import growth_rate
from hlanalysis.metrics.plan import plan_attainment, plan_gap
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reported import Interval, evaluate
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import (
    AgainstPlan,
    against,
    against_plan,
    computed,
    inferred_mark,
    label,
    mark,
    outturn,
    words,
)
from hlanalysis.wording import Name, Quote, Range, Said, Sentence, When, Words, percent, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

INVESTMENT = "total_social_investment"


def _investment(project: Project) -> AgainstPlan:
    return against_plan(project, INVESTMENT, project.when())


def _previous(project: Project, level: Observation) -> Implied:
    """Return last year's level, which growth implies."""
    found = project.find(
        INVESTMENT, period=level.period, kind=("growth", "index"), source=level.source, series=""
    )
    if not found:
        raise NotEnoughFiguresError("growth", what=Name(INVESTMENT), period=When(level.when))
    return implied_base(level, found[0])


@passage
def investment_answer(project: Project) -> Sentence:
    """Say what was invested, against which plan, and how much was missing."""
    found = _investment(project)
    rows = (found.level, found.relative)
    gap = plan_gap(Fraction(found.level.value), found.plan_value)
    return say(
        "investment.answer" if gap < 0 else "investment.answer_met",
        project.lang,
        {
            "year": When(project.when()),
            "investment": Quote(found.level),
            "against_plan": against(project, found),
            "plan": found.plan.amount(),
            "gap": computed(abs(gap), found.level.unit, *rows, places=0, inferred=True),
        },
    )


@passage
def investment_readings(project: Project) -> Sentence:
    """Say what the plan is if the printed level is exact, and if it is itself rounded."""
    found = _investment(project)
    rows = (found.level, found.relative)
    plan = found.plan_value
    readings = implied_readings(found.level, found.relative)
    admitted = rules_that_admit([one for one in readings if one.exact], plan)
    names = {one.rule: str(say(f"rules.{one.rule}", project.lang, {})) for one in admitted}
    exact = percent(plan_attainment(Fraction(found.level.value), plan))
    rounded = next(one for one in readings if not one.exact)
    return say(
        "investment.readings",
        project.lang,
        {
            "level": Quote(found.level, bare=True),
            "plan": found.plan.amount(),
            "exact": computed(exact, "percent", *rows, places=3, inferred=True),
            "printed": Quote(found.relative),
            "rules": Words(", ".join(names.values()) or words(project, "words.no_rule")),
            "range": Range(rounded.interval, rounded.unit, 2, cites=rounded.cites),
        },
    )


@passage
def investment_last_year(project: Project) -> Sentence:
    """Say which level of last year the printed growth implies."""
    level = outturn(project, INVESTMENT, project.when())
    previous = _previous(project, level)
    return say(
        "investment.last_year",
        project.lang,
        {
            "growth": Quote(previous.relative, signed=True),
            "last": When(project.when().back()),
            "range": Range(previous.interval, previous.unit, 2, cites=previous.cites),
        },
    )


@exhibit
def investment_against_plan(project: Project) -> Exhibit:
    """Draw investment against its implied plan and the implied level of last year."""
    when, found = project.when(), _investment(project)
    marks: list[Mark] = []
    rows = [found.level, found.relative]
    try:
        previous = _previous(project, found.level)
        marks.append(inferred_mark(previous, label(project, "outturn", when.back()), "muted"))
        rows.append(previous.relative)
    except NotEnoughFiguresError:
        # Without a printed growth there is simply no bar for last year.
        pass
    marks.append(inferred_mark(found.plan, label(project, "plan", when)))
    marks.append(mark(project, found.level, label(project, "outturn", when)))
    gap = plan_gap(Fraction(found.level.value), found.plan_value)
    values = {
        "year": When(when),
        "against_plan": against(project, found),
        "gap": computed(abs(gap), found.level.unit, places=0),
    }
    key = "investment.short_of_plan" if gap < 0 else "investment.past_plan"
    return Exhibit(
        id="investment_against_plan",
        lang=project.lang,
        finding=str(say(key, project.lang, values)),
        subtitle=words(project, "investment.subtitle"),
        source=project.source_line(*rows),
        script=str(investment_answer(project)),
        chart=Bars(tuple(marks), found.level.unit),
    )


@exhibit
def investment_plan_readings(project: Project) -> Exhibit:
    """Draw the plans that the printed figures leave room for, in every reading."""
    found = _investment(project)
    readings = implied_readings(found.level, found.relative)
    marks = tuple(_reading_mark(project, one) for one in readings)
    admitted = len(rules_that_admit(readings, found.plan_value))
    values = {
        "plan": found.plan.amount(),
        "admitted": Words(str(admitted)),
        "all": Words(str(len(readings))),
    }
    reference = Mark(
        words(project, "investment.candidate"),
        found.plan.amount().value,
        "plan",
        inferred=True,
        cites=found.plan.cites,
    )
    return Exhibit(
        id="investment_plan_readings",
        lang=project.lang,
        finding=str(say("investment.plan_readings", project.lang, values)),
        subtitle=words(project, "investment.plan_readings_subtitle"),
        source=project.source_line(found.level, found.relative),
        chart=Intervals(marks, found.level.unit, reference),
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


@dataclass(frozen=True, slots=True)
class Halves:
    """Investment of both halves of two years, each as an exact interval, in one unit.

    Attributes
    ----------
    first, second : Interval
        This year's.
    first_before, second_before : Interval
        Last year's, implied by printed growth.
    rows : tuple of Observation
    """

    first: Interval
    second: Interval
    first_before: Interval
    second_before: Interval
    rows: tuple[Observation, ...]

    @property
    def growth(self) -> tuple[Interval, Interval]:
        """Growth of the first and of the second half, as fractions."""
        return (
            evaluate(growth_rate, self.first, self.first_before),
            evaluate(growth_rate, self.second, self.second_before),
        )


def _halves(project: Project) -> Halves:
    when = project.when()
    half = Period(when.year, "months", 6)
    year, first = outturn(project, INVESTMENT, when), outturn(project, INVESTMENT, half)
    previous, first_before = _previous(project, year), _previous(project, first)
    rest = evaluate(lambda whole, part: whole - part, year.interval(), first.interval())
    rest_before = evaluate(
        lambda whole, part: whole - part, previous.interval, first_before.interval
    )
    rows = (year, previous.relative, first, first_before.relative)
    return Halves(first.interval(), rest, first_before.interval, rest_before, rows)


@exhibit
def investment_halves(project: Project) -> Exhibit:
    """Draw what each half of the year brought, this year beside last year."""
    when, halves = project.when(), _halves(project)
    cites = tuple(row.id for row in halves.rows)

    def one(interval: Interval, year: Period, *, inferred: bool) -> Mark:
        value = (interval.low + interval.high) / 2
        role = "outturn" if year == when else "muted"
        return Mark(
            year.label(project.lang),
            round(value),
            role,  # type: ignore[arg-type]
            low=interval.low if inferred else None,
            high=interval.high if inferred else None,
            inferred=inferred,
            cites=cites,
        )

    groups = (
        Group(
            words(project, "investment.first_half"),
            (
                one(halves.first_before, when.back(), inferred=True),
                one(halves.first, when, inferred=False),
            ),
        ),
        Group(
            words(project, "investment.second_half"),
            (
                one(halves.second_before, when.back(), inferred=True),
                one(halves.second, when, inferred=True),
            ),
        ),
    )
    return Exhibit(
        id="investment_halves",
        lang=project.lang,
        finding=str(investment_halves_told(project)),
        subtitle=words(project, "investment.subtitle"),
        source=project.source_line(*halves.rows),
        note=words(project, "investment.halves_note"),
        chart=Groups(groups, halves.rows[0].unit, places=0),
    )


@passage
def investment_halves_told(project: Project) -> Sentence:
    """Say how the two halves of the year differ: no source prints the second."""
    halves = _halves(project)
    first, second = (percent((one.low + one.high) / 2) for one in halves.growth)
    values = {
        "year": When(project.when()),
        "first": computed(abs(first), "percent", *halves.rows, inferred=True),
        "second": computed(abs(second), "percent", *halves.rows, places=0, inferred=True),
        "first_way": Said("words.fell" if first < 0 else "words.rose"),
        "second_way": Said("words.fell" if second < 0 else "words.rose"),
    }
    return say("investment.halves", project.lang, values)
