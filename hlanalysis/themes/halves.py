"""Investment of both halves of the year: the second is printed nowhere, it is what remains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Group, Groups, Mark, Role
from hlanalysis.checks.implied import Implied
from hlanalysis.metrics.computed import Computed
from hlanalysis.metrics.growth import growth_rate, implied_previous, implied_previous_from_index
from hlanalysis.metrics.structure import unexplained
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.themes import exhibit, passage
from hlanalysis.themes.figures import mark, need_whole_year, outturn, words
from hlanalysis.themes.investment import INVESTMENT, previous_of
from hlanalysis.themes.reckoning import Reckoned, put_together, reckon, undated
from hlanalysis.themes.series import unit_subtitle
from hlanalysis.themes.told import told_exhibit
from hlanalysis.wording import Said, Sentence, Values, When, fill, say

if TYPE_CHECKING:
    from hlanalysis.project import Project


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


def halves_of(project: Project) -> Halves:
    """Return both halves of this year and of last year."""
    need_whole_year(project)
    when = project.when()
    half = Period(when.year, "months", 6)
    year, first = outturn(project, INVESTMENT, when), outturn(project, INVESTMENT, half)
    previous, first_before = previous_of(project, year), previous_of(project, first)
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
    when, halves = project.when(), halves_of(project)
    names = [words(project, f"investment.{name}_half") for name in ("first", "second")]
    last = when.back()
    groups = (
        Group(
            names[0],
            (
                _computed_mark(project, halves.first_before, last, "muted"),
                mark(project, halves.first, when.label(project.lang), unit=halves.rows[0].unit),
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
        subtitle=unit_subtitle(project, "investment.subtitle", halves.rows[0].unit),
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
    halves = halves_of(project)
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
