"""What all themes share: figures that must be there, and figures as marks of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hlanalysis.charts.forms import Mark, Role
from hlanalysis.checks.implied import Implied, implied_base
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.texts import text
from hlanalysis.themes import NotEnoughFiguresError
from hlanalysis.wording import Name, Quote, Sentence, When, printed_places, say

if TYPE_CHECKING:
    from hlanalysis.project import Project


def need(project: Project, indicator: str, period: Period | str, **wanted: Any) -> Observation:
    """Return the figure that best answers.

    Raises
    ------
    NotEnoughFiguresError
        If no source gives it.
    """
    row = project.figure(indicator, period=str(period), **wanted)
    if row is None:
        when = period if isinstance(period, Period) else Period.parse(period)
        raise NotEnoughFiguresError(
            "figure", what=Name(indicator, wanted.get("series", "")), period=When(when)
        )
    return row


def need_whole_year(project: Project) -> None:
    """Refuse what only a whole year can tell: a part of a year is no fraction of it.

    Raises
    ------
    NotEnoughFiguresError
        If the project reports on a part of a year so far.
    """
    if project.when().form != "year":
        raise NotEnoughFiguresError("part_year_only", period=When(project.when()))


def outturn(project: Project, indicator: str, period: Period | str) -> Observation:
    """Return what was achieved; an estimate counts, a plan does not."""
    return need(project, indicator, period, kind="level", status=("actual", "estimate"))


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """A level with what was printed of it against its plan, and the plan that follows.

    Attributes
    ----------
    level, relative : Observation
        The level, and its plan_excess or plan_attainment from the same source.
    plan : Implied
        The plan they imply, rounded half up.
    """

    level: Observation
    relative: Observation
    plan: Implied

    @property
    def plan_value(self) -> Fraction:
        """The roundest plan inside the interval, or its middle."""
        return Fraction(self.plan.amount().value)


def against_plan(project: Project, indicator: str, period: Period | str) -> AgainstPlan:
    """Return a level and the plan that its printed success implies."""
    level = outturn(project, indicator, period)
    found = project.find(
        indicator,
        period=str(period),
        kind=("plan_excess", "plan_attainment"),
        source=level.source,
        series="",
    )
    if not found:
        raise NotEnoughFiguresError(
            "against_plan", what=Name(indicator), period=When(Period.parse(str(period)))
        )
    return AgainstPlan(level, found[0], implied_base(level, found[0]))


def printed_plan(project: Project, found: AgainstPlan) -> Observation | None:
    """Return the plan that a source of the project prints, where one does."""
    year = found.level.when.full_year
    return project.figure(found.level.indicator, period=str(year), kind="level", status="plan")


def mark(
    project: Project, row: Observation, label: str, role: Role = "outturn", **options: Any
) -> Mark:
    """Return a printed figure as a mark of a chart, with its printed decimals."""
    places = printed_places(row)
    return Mark(
        label,
        row.value.quantize(Decimal(1).scaleb(-places)),
        role,
        bound="over"
        if row.modifier in ("over", "at_least")
        else "under"
        if row.modifier in ("under", "at_most")
        else None,
        estimate=row.status == "estimate",
        cites=(row.id,),
        **options,
    )


def inferred_mark(implied: Implied, label: str, role: Role = "plan") -> Mark:
    """Return an implied base as a mark: hatched, with its interval."""
    amount = implied.amount()
    return Mark(
        label,
        amount.value,
        role,
        low=implied.interval.low,
        high=implied.interval.high,
        low_open=not implied.interval.low_closed,
        high_open=not implied.interval.high_closed,
        inferred=True,
        cites=implied.cites,
    )


def label(project: Project, key: str, period: Period | str) -> str:
    """Return the label of a bar: what it is, and when."""
    when = period if isinstance(period, Period) else Period.parse(period)
    return str(say(f"labels.{key}", project.lang, {"period": When(when)}))


def against(project: Project, found: AgainstPlan) -> Sentence:
    """Return how a level stands against its plan, in the words of its kind."""
    return say(f"words.{found.relative.kind}", project.lang, {"relative": Quote(found.relative)})


def words(project: Project, key: str) -> str:
    """Return a text of the catalogue in the project's language."""
    return text(key, project.lang)
