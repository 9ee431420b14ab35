"""Investment: against its plan in every reading, and the two halves of the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Group, Groups, Intervals, Mark, Role
from hlanalysis.checks.implied import Implied, implied_base, implied_readings, rules_that_admit
from hlanalysis.metrics.computed import Computed
from hlanalysis.metrics.growth import growth_rate, implied_previous, implied_previous_from_index
from hlanalysis.metrics.plan import plan_attainment, plan_gap
from hlanalysis.metrics.structure import unexplained
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.themes import NotEnoughFiguresError, exhibit, passage
from hlanalysis.themes.figures import (
    AgainstPlan,
    against,
    against_plan,
    inferred_mark,
    label,
    mark,
    need_whole_year,
    outturn,
    words,
)
from hlanalysis.themes.reckoning import (
    Reckoned,
    amount_of,
    plan_of,
    put_together,
    range_of,
    reckon,
    told_by,
    undated,
)
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Name, Quote, Said, Sentence, Values, When, Words, fill, say

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
    gap = _gap(project, found)
    return say(
        "investment.answer" if gap.value < 0 else "investment.answer_met",
        project.lang,
        {
            "year": When(project.when()),
            "investment": Quote(found.level),
            "against_plan": against(project, found),
            "plan": amount_of(project, found.plan),
            "gap": gap,
        },
    )


def _gap(project: Project, found: AgainstPlan) -> Reckoned:
    """Return how far the level lies from its implied plan, without its sign."""
    plan = plan_of(project, found.plan)
    return reckon(project, plan_gap, outturn=found.level, plan=plan, places=0, size=True)


@passage
def investment_readings(project: Project) -> Sentence:
    """Say what the plan is if the printed level is exact, and if it is itself rounded."""
    found = _investment(project)
    plan = found.plan_value
    readings = implied_readings(found.level, found.relative)
    admitted = rules_that_admit([one for one in readings if one.exact], plan)
    names = {one.rule: str(say(f"rules.{one.rule}", project.lang, {})) for one in admitted}
    given = plan_of(project, found.plan)
    rounded = next(one for one in readings if not one.exact)
    return say(
        "investment.readings",
        project.lang,
        {
            "level": Quote(found.level, bare=True),
            "plan": amount_of(project, found.plan),
            "exact": reckon(project, plan_attainment, outturn=found.level, plan=given, places=3),
            "printed": Quote(found.relative),
            "rules": Words(", ".join(names.values()) or words(project, "words.no_rule")),
            "range": range_of(project, rounded, 2),
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
            "range": range_of(project, previous, 2),
        },
    )


@exhibit
def investment_against_plan(project: Project) -> Exhibit:
    """Draw investment against its implied plan and the implied level of last year."""
    when, found = project.when(), _investment(project)
    marks: list[Mark] = []
    rows = [found.level, found.relative]
    inferred = [(label(project, "plan", when.full_year), amount_of(project, found.plan))]
    try:
        previous = _previous(project, found.level)
        last = label(project, "outturn", when.back())
        marks.append(inferred_mark(previous, last, "muted"))
        inferred.append((last, amount_of(project, previous)))
        rows.append(previous.relative)
    except NotEnoughFiguresError:
        # Without a printed growth there is simply no bar for last year.
        pass
    marks.append(inferred_mark(found.plan, label(project, "plan", when.full_year)))
    marks.append(mark(project, found.level, label(project, "outturn", when)))
    gap = _gap(project, found)
    values: Values = {"year": When(when), "against_plan": against(project, found), "gap": gap}
    key = "investment.short_of_plan" if gap.value < 0 else "investment.past_plan"
    return told_exhibit(
        id="investment_against_plan",
        finding=say(key, project.lang, values),
        subtitle=words(project, "investment.subtitle"),
        source=project.source_line(*rows),
        script=" ".join(map(str, told_by(project, (investment_answer, investment_last_year)))),
        chart=Bars(tuple(marks), found.level.unit),
        reckoned=inferred,
    )


@exhibit
def investment_plan_readings(project: Project) -> Exhibit:
    """Draw the plans that the printed figures leave room for, in every reading."""
    found = _investment(project)
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
        subtitle=words(project, "investment.plan_readings_subtitle"),
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


@dataclass(frozen=True, slots=True)
class Halves:
    """Investment of both halves of two years, computed where no source prints it.

    Attributes
    ----------
    first : Observation
        The first half of this year, as printed.
    second, first_before, second_before, year_before : Computed
        The rest of this year, and the halves and the whole of last year, by printed growth.
    rows : tuple of Observation
    """

    first: Observation
    second: Computed
    first_before: Computed
    second_before: Computed
    year_before: Computed
    rows: tuple[Observation, ...]


def _halves(project: Project) -> Halves:
    need_whole_year(project)
    when = project.when()
    half = Period(when.year, "months", 6)
    year, first = outturn(project, INVESTMENT, when), outturn(project, INVESTMENT, half)
    previous, first_before = _previous(project, year), _previous(project, first)
    before, half_before = _computed_base(previous), _computed_base(first_before)
    rows = (year, previous.relative, first, first_before.relative)
    return Halves(
        first,
        put_together(unexplained, whole=undated(year), parts=[undated(first)]),
        half_before,
        put_together(unexplained, whole=undated(before), parts=[undated(half_before)]),
        before,
        rows,
    )


def _computed_base(implied: Implied) -> Computed:
    """Return last year's level with its formula, by the kind of growth that was printed."""
    level, relative = implied.level, implied.relative
    if relative.kind == "index":
        return put_together(implied_previous_from_index, current=level, index=relative)
    return put_together(implied_previous, current=level, growth=relative)


@exhibit
def investment_halves(project: Project) -> Exhibit:
    """Draw what each half of the year brought, this year beside last year."""
    when, halves = project.when(), _halves(project)
    names = [words(project, f"investment.{name}_half") for name in ("first", "second")]
    last = when.back()
    groups = (
        Group(
            names[0],
            (
                _computed_mark(project, halves.first_before, last, "muted"),
                mark(project, halves.first, when.label(project.lang)),
            ),
        ),
        Group(
            names[1],
            (
                _computed_mark(project, halves.second_before, last, "muted"),
                _computed_mark(project, halves.second, when, "outturn"),
            ),
        ),
    )
    return told_exhibit(
        id="investment_halves",
        finding=_halves_finding(project),
        subtitle=words(project, "investment.subtitle"),
        source=project.source_line(*halves.rows),
        note=words(project, "investment.halves_note"),
        script=str(investment_halves_told(project)),
        chart=Groups(groups, halves.rows[0].unit, places=0),
        reckoned=[
            (f"{name}, {year.label(project.lang)}", Reckoned(made, project.lang, 0))
            for name, year, made in (
                (names[0], last, halves.first_before),
                (names[1], last, halves.second_before),
                (names[1], when, halves.second),
            )
        ],
    )


def _computed_mark(project: Project, made: Computed, year: Period, role: Role) -> Mark:
    """Return a computed level as a mark: hatched, with what rounding leaves open."""
    spread = made.shown_interval
    return Mark(
        year.label(project.lang),
        round(made.shown),
        role,
        low=spread.low if spread else None,
        high=spread.high if spread else None,
        inferred=True,
        cites=made.cites,
    )


@passage
def investment_halves_told(project: Project) -> Sentence:
    """Say how the two halves of the year differ: no source prints the second."""
    return fill("{told}.", project.lang, {"told": _halves_finding(project)})


def _halves_finding(project: Project) -> Sentence:
    halves = _halves(project)
    first = reckon(
        project, growth_rate, current=halves.first, previous=halves.first_before, size=True
    )
    second = reckon(
        project,
        growth_rate,
        current=halves.second,
        previous=halves.second_before,
        size=True,
        places=0,
    )
    values: Values = {
        "year": When(project.when()),
        "first": first,
        "second": second,
        "first_way": Said("words.fell" if first.value < 0 else "words.rose"),
        "second_way": Said("words.fell" if second.value < 0 else "words.rose"),
    }
    return say("investment.halves", project.lang, values)
