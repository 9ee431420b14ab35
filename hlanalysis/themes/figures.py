"""What all themes share: figures that must be there, and figures as marks of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import convert
from hlanalysis.charts.forms import Mark, Role
from hlanalysis.checks.implied import Implied, implied_base
from hlanalysis.checks.levels import standing_for
from hlanalysis.numbers import Lang
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.texts import text
from hlanalysis.themes import NotEnoughFiguresError
from hlanalysis.themes.series import alike, best, in_unit
from hlanalysis.wording import Amount, Name, Quote, Sentence, Value, When, printed_places, say

if TYPE_CHECKING:
    from hlanalysis.project import Project


def best_figure(project: Project, indicator: str, **wanted: Any) -> Observation | None:
    """Return the most authoritative figure that answers, or None."""
    return best(project, project.find(indicator, **({"series": ""} | wanted)))


def need(project: Project, indicator: str, period: Period | str, **wanted: Any) -> Observation:
    """Return the figure that best answers.

    Raises
    ------
    NotEnoughFiguresError
        If no source gives it; the message says whether a plan or a result is missing.
    """
    row = best_figure(project, indicator, period=str(period), **wanted)
    if row is None:
        when = period if isinstance(period, Period) else Period.parse(period)
        raise NotEnoughFiguresError(
            "plan" if wanted.get("status") == "plan" else "figure",
            what=Name(indicator, wanted.get("series", "")),
            period=When(when),
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
    """A level with what was printed of it against its plan, and the plan.

    Attributes
    ----------
    level, relative : Observation
        The level, and its plan_excess or plan_attainment from the same source.
    plan : Implied
        The plan they imply, rounded half up.
    printed : Observation or None
        The plan that a source prints: it goes before the implied one wherever a plan is named.
    """

    level: Observation
    relative: Observation
    plan: Implied
    printed: Observation | None = None

    @property
    def plan_value(self) -> Fraction:
        """The printed plan, else the roundest inside the interval or its middle."""
        if self.printed is not None:
            return self.printed.value_in(self.level.unit)
        return Fraction(self.plan.amount().value)

    @property
    def agrees(self) -> bool:
        """Whether the printed plan, as far as it was rounded, gives the printed figures."""
        if self.printed is None:
            return True
        spread = standing_for(self.printed, self.level.unit)
        return self.plan.fits(self.plan_value) or spread.overlaps(self.plan.interval)


def against_plan(project: Project, indicator: str, period: Period | str) -> AgainstPlan:
    """Return a level, what was printed of it against its plan, and the plan."""
    level = outturn(project, indicator, period)
    found = project.find(
        indicator, period=str(period), kind=("plan_excess", "plan_attainment"), series=""
    )
    for relative in _said_of(project, level, found):
        own = project.observations.by_id(relative.of) if relative.of else level
        try:
            plan = implied_base(own, relative)
        except ValueError:
            continue
        return AgainstPlan(own, relative, plan, printed_plan(project, plan))
    raise NotEnoughFiguresError(
        "against_plan", what=Name(indicator), period=When(Period.parse(str(period)))
    )


def _said_of(
    project: Project, level: Observation, relatives: list[Observation]
) -> list[Observation]:
    """Return what is said of a level against something: of it, or of the same number elsewhere.

    A commune's share of plan in the same report, or another figure's, is not said of it.
    """

    def of_it(row: Observation) -> bool:
        if not row.of:
            return row.source == level.source
        other = project.observations.by_id(row.of)
        same_size = other in alike([other], level) and other.value_in(level.unit) == level.value
        return row.of == level.id or (same_size and other.series == level.series)

    # Where several say it, the one that names its plan tells most.
    said = [row for row in relatives if of_it(row)]
    return sorted(said, key=lambda row: (not row.plan_level, row.of != level.id))


def printed_plan(project: Project, plan: Implied) -> Observation | None:
    """Return the plan that a source prints, where one does: the one that fits, if any does."""
    row = plan.level
    found = [
        one
        for one in project.find(
            row.indicator, period=str(row.when.full_year), kind="level", status="plan", series=""
        )
        if one in alike([one], row) and one.value_max is None and not one.is_bound
    ]
    fitting = [one for one in found if plan.fits(one.value_in(row.unit))]
    return best(project, fitting or found)


def last_level(project: Project, level: Observation) -> Observation | None:
    """Return what a source prints of the same a year before, unless it only bounds it."""
    rows = project.find(
        level.indicator,
        period=str(level.when.back()),
        kind="level",
        status=("actual", "estimate"),
        series="",
    )
    return best(project, [row for row in alike(rows, level) if not row.is_bound])


def change_said_of(project: Project, level: Observation) -> Observation | None:
    """Return the growth that is printed of a level, or its index; growth goes first."""
    found = project.find(level.indicator, period=level.period, kind=("growth", "index"), series="")
    yearly = [
        row
        for row in _said_of(project, level, found)
        if row.base_period in ("", str(level.when.back())) and row.unit == "percent"
    ]
    return min(yearly, key=lambda row: row.kind, default=None)


def grown(row: Observation, lang: Lang) -> Value:
    """Return a growth for a sentence, with its sign: an index of 112,0 is a growth of 12,0%."""
    if row.kind != "index":
        return Quote(row, signed=True)
    told = f"{Quote(row).write(lang)} − 100%"
    return Amount(
        row.value - 100, "percent", printed_places(row), signed=True, cites=(row.id,), formula=told
    )


def mark(
    project: Project,
    row: Observation,
    label: str,
    role: Role = "outturn",
    *,
    unit: str = "",
    **options: Any,
) -> Mark:
    """Return a printed figure as a mark of a chart, with its printed decimals.

    In another `unit` than its own it keeps its exact value, and as many digits as can be read.
    """
    places = printed_places(row)
    made = Mark(
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
    return made if unit in ("", row.unit) else in_unit(made, row, unit, project.lang)


def plan_mark(project: Project, found: AgainstPlan, label: str, unit: str) -> Mark:
    """Return a plan as a mark: as printed where a source prints it, hatched where it follows."""
    if found.printed is not None:
        return mark(project, found.printed, label, "plan", unit=unit)
    return inferred_mark(found.plan, label, unit=unit)


def inferred_mark(implied: Implied, label: str, role: Role = "plan", *, unit: str = "") -> Mark:
    """Return an implied base as a mark: hatched, with its interval."""
    amount, factor = implied.amount(), Fraction(1)
    if unit not in ("", implied.unit):
        factor = convert(1, implied.unit, unit)
    return Mark(
        label,
        amount.value if factor == 1 else Fraction(amount.value) * factor,
        role,
        low=implied.interval.low * factor,
        high=implied.interval.high * factor,
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
