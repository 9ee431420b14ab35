"""What the index shows: findings and pages as cards, each with the picture that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hlanalysis.building.baseline import changes, load_baseline
from hlanalysis.building.pieces import about_of, title_of
from hlanalysis.errors import InputError
from hlanalysis.publish.site import Change, FindingCard, PageCard, page_name
from hlanalysis.texts import text
from hlanalysis.themes import NotEnoughFiguresError
from hlanalysis.wording import Name, Quote, When, Where

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit
    from hlanalysis.checks.findings import Finding
    from hlanalysis.project import Project


def page_cards(project: Project, notebooks: Sequence[Path]) -> list[PageCard]:
    """Return a card for each page, with its first picture."""
    cards = []
    for path in notebooks:
        about = about_of(path)
        picture = _picture(project, about.get("picture"))
        cards.append(
            PageCard(
                page_name(path.stem, project.lang),
                title_of(path, project.lang),
                about.get("question", {}).get(project.lang, ""),
                picture.svg() if picture else "",
                picture.alt if picture else "",
            )
        )
    return cards


def finding_cards(project: Project, notebooks: Sequence[Path]) -> list[FindingCard]:
    """Return a card for each finding on the project's own place, then for the others."""
    own = [one for one in project.findings if one.place == project.place]
    others = [one for one in project.findings if one.place != project.place]
    cards: list[FindingCard] = []
    for one in [*own, *others]:
        # A picture tells once; beside the next finding on it, it would only take room.
        told = {card.picture for card in cards}
        cards.append(_finding_card(project, one, notebooks, told))
    return cards


def _finding_card(
    project: Project, one: Finding, notebooks: Sequence[Path], told: set[str | bytes]
) -> FindingCard:
    page = _page_on(one.indicator, notebooks) if one.place == project.place else None
    picture = None
    if page is not None and one.grade in ("error", "review"):
        picture = _picture(project, about_of(page).get("pictures", {}).get(one.indicator))
        if picture is not None and (picture.svg() in told or not _shows(picture, one)):
            picture = None
    facts = tuple(
        (text(f"display.{name}", project.lang), value.write(project.lang))
        for name in ("printed", "recomputed", "allowed")
        if (value := getattr(one, name)) is not None
    )
    return FindingCard(
        one.grade,
        str(one.sentence(project.lang)),
        page_name(page.stem, project.lang) if page else "",
        facts,
        picture.svg() if picture else "",
        picture.alt if picture else "",
        title=str(one.title(project.lang)),
        aside=one.place != project.place,
    )


def _shows(picture: Exhibit, one: Finding) -> bool:
    """Tell whether a picture holds the figure that a finding is on, where it is on one."""
    printed = set(getattr(one.printed, "cites", ()))
    return not printed or bool(printed & set(picture.cites))


def _page_on(indicator: str, notebooks: Sequence[Path]) -> Path | None:
    return next(
        (path for path in notebooks if indicator in about_of(path).get("indicators", ())), None
    )


def _picture(project: Project, name: str | None) -> Exhibit | None:
    if not name:
        return None
    try:
        return project.exhibit(name)
    except (NotEnoughFiguresError, KeyError, InputError):
        # Where a scenario is wrong, its own page says so.
        return None


def change_cards(project: Project) -> list[Change]:
    """Return the figures that moved since the published baseline, in the reader's words."""
    before = load_baseline(project.root / "data")
    if before is None:
        return []
    cards = []
    for one in changes(before, project.observations):
        row, lang = one.row, project.lang
        what = ", ".join(
            (
                Name(row.indicator, row.series).write(lang),
                Where(row.place).write(lang),
                When(row.when).write(lang),
                text(f"kinds.{row.kind}", lang),
            )
        )
        said = [Quote(each).write(lang) if each else "" for each in (one.before, one.after)]
        reason = text(f"changes.{one.reason}", lang)
        note = one.after.note if one.after and one.reason == "corrected" else ""
        cards.append(Change(what, said[0], said[1], f"{reason}. {note}" if note else reason))
    return cards
