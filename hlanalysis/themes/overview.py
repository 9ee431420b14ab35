"""The whole report in one glance: what is printed, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from hlanalysis.observations import Observation
from hlanalysis.telling.display import Table
from hlanalysis.telling.source_items import day
from hlanalysis.themes import NotEnoughFiguresError, passage
from hlanalysis.themes.budget import budget_answer, revenue_change, revenue_plan_effect
from hlanalysis.themes.figures import words
from hlanalysis.themes.growth import growth_answer
from hlanalysis.themes.halves import investment_halves_told
from hlanalysis.themes.investment import investment_answer
from hlanalysis.themes.people import jobs_told
from hlanalysis.themes.targets import targets_told
from hlanalysis.wording import Name, Quote, Said, Sentence, Values, When, Where, Words, join, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

_GLANCE: tuple[tuple[str, tuple[Callable[..., Any], ...]], ...] = (
    ("budget_revenue", (budget_answer, revenue_change, revenue_plan_effect)),
    ("total_social_investment", (investment_answer, investment_halves_told)),
    ("production_value", (growth_answer,)),
    ("socio_targets_met", (targets_told,)),
    ("new_jobs", (jobs_told,)),
)


@passage
def at_a_glance(project: Project) -> Table:
    """Say what each headline figure means, one row a theme."""
    rows = [row for row in map(lambda part: _row(project, *part), _GLANCE) if row]
    if not rows:
        raise NotEnoughFiguresError("glance", period=When(project.when()))
    return Table(
        say("overview.caption", project.lang, {"year": When(project.when())}),
        [words(project, f"overview.{name}") for name in ("what", "follows")],
        rows,
        project.lang,
    )


def _row(
    project: Project, indicator: str, tellers: tuple[Callable[..., Any], ...]
) -> tuple[Any, Sentence] | None:
    said = list(_said(project, tellers))
    return (Name(indicator), join(said, project.lang)) if said else None


def _said(project: Project, tellers: tuple[Callable[..., Any], ...]) -> Iterator[Sentence]:
    for tell in tellers:
        try:
            yield tell(project)
        except NotEnoughFiguresError:
            # A theme without its figures is left out here; its own page says what is missing.
            continue


@passage
def every_figure(project: Project) -> Table:
    """List every figure of the project's own documents and workbooks.

    Of several documents each figure names its own; a figure of another place, a commune of the
    town for one, names the place.
    """
    own = {one.id for one in project.processed.origins if one.form != "published"}
    rows = [row for row in project.observations if row.source in own]
    if not rows:
        raise NotEnoughFiguresError("glance", period=When(project.when()))
    more: dict[str, Callable[[Observation], Any]] = {}
    if any(row.place != project.place for row in rows):
        more["place"] = lambda row: Where(row.place) if row.place else Words("")
    if len({row.source for row in rows}) > 1:
        more["document"] = lambda row: Words(project.short_title(row.source))
    heads = ("what", "when", "kind", "figure", *more)
    return Table(
        say("overview.every_caption", project.lang, {"number": Words(str(len(rows)))}),
        [words(project, f"overview.{name}") for name in heads],
        [(*_listed(project, row), *(tell(row) for tell in more.values())) for row in rows],
        project.lang,
        frozenset({3}),
    )


def _kind(project: Project, row: Observation) -> Sentence:
    """Return what a figure says, and whether it is a plan, an aim or an estimate."""
    said = Said(f"kinds.{row.kind}")
    if row.status == "actual":
        return Sentence((said,), project.lang)
    return Sentence((said, " (", Said(f"statuses.{row.status}"), ")"), project.lang)


def _listed(project: Project, row: Observation) -> tuple[Any, ...]:
    return (
        Name(row.indicator, row.series),
        When(row.when),
        _kind(project, row),
        Quote(row, signed=row.kind in ("growth", "average_growth")),
    )


@passage
def published_figures(project: Project) -> Table:
    """List every figure on the locality that others published, with who published it."""
    elsewhere = {one.id for one in project.processed.origins if one.form == "published"}
    rows = [
        row for row in project.observations.find(place=project.place) if row.source in elsewhere
    ]
    if not rows:
        raise NotEnoughFiguresError("glance", period=When(project.when()))
    values: Values = {
        "number": Words(str(len(rows))),
        "sources": Words(str(len({row.source for row in rows}))),
    }
    heads = ("what", "when", "kind", "figure", "outlet")
    return Table(
        say("overview.published_caption", project.lang, values),
        [words(project, f"overview.{name}") for name in heads],
        [(*_listed(project, row), Words(project.origin(row.source).publisher)) for row in rows],
        project.lang,
        frozenset({3}),
    )


@passage
def documents_read(project: Project) -> Table:
    """List the project's own documents and workbooks: who issued them, when, how they came."""
    counts = Counter(row.source for row in project.observations)
    rows = [
        (
            Words(one.title or one.file),
            Words(one.publisher),
            Words(day(one.date)),
            Words(one.address),
            Words(str(counts[one.id])),
        )
        for one in project.processed.origins
        if one.form != "published"
    ]
    if not rows:
        raise NotEnoughFiguresError("glance", period=When(project.when()))
    heads = ("document", "publisher", "date", "obtained", "figures")
    return Table(
        words(project, "overview.documents_caption"),
        [words(project, f"overview.{name}") for name in heads],
        rows,
        project.lang,
        frozenset({4}),
    )
