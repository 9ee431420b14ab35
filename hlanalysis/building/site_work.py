"""Charts and the index of one language: made together, because they show the same pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hlanalysis import __version__
from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang

if TYPE_CHECKING:
    from hlanalysis.project import Project

Files = dict[str, bytes]


class ToldError(InputError):
    """What another error said: in one word, so that it survives the way between processes."""

    def __init__(self, words: str, *rest: str) -> None:
        super().__init__(words, "")
        self.words = words

    def __str__(self) -> str:
        """Return the words."""
        return self.words


def make(
    root: str,
    lang: Lang,
    langs: Sequence[Lang],
    wanted: Collection[str],
    on_share: Callable[[float], None],
) -> dict[str, Files | InputError]:
    """Draw the charts and write the index of a language, or one of them.

    Parameters
    ----------
    root : str
        The project; its processed data are there.
    lang : {"vi", "en"}
    langs : sequence of {"vi", "en"}
        All languages of the site.
    wanted : collection of {"charts", "index"}
    on_share : callable

    Returns
    -------
    dict of str to dict of str to bytes, or to InputError
        The files of each, by their names under ``outputs``, or what is wrong.
    """
    from hlanalysis.catalog.tables import use_project
    from hlanalysis.gathering.processed import load_processed
    from hlanalysis.project import Project

    folder = Path(root)
    use_project(folder)
    project = Project(folder, load_processed(folder / "data" / "processed"), lang)
    made: dict[str, Files | InputError] = {}
    if "charts" in wanted:
        made["charts"] = _or_error(lambda: _charts(project, on_share))
    if "index" in wanted:
        made["index"] = _or_error(lambda: _index(project, tuple(langs)))
    return made


def _or_error(make_files: Callable[[], Files]) -> Files | InputError:
    """Return the files, or what is wrong: charts that cannot be drawn leave the index alone."""
    try:
        return make_files()
    except InputError as error:
        return ToldError(str(error))


def _charts(project: Project, on_share: Callable[[float], None]) -> Files:
    files: Files = {}
    exhibits = project.exhibits()
    for number, exhibit in enumerate(exhibits, start=1):
        files[f"charts/{project.lang}/{exhibit.id}.svg"] = exhibit.svg().encode("utf-8")
        files[f"charts/{project.lang}/{exhibit.id}.png"] = exhibit.png()
        on_share(number / len(exhibits))
    return files


def _index(project: Project, langs: tuple[Lang, ...]) -> Files:
    from hlanalysis.building.site_cards import change_cards, finding_cards, page_cards
    from hlanalysis.publish.site import index_html, index_name
    from hlanalysis.texts import text

    notebooks = find_notebooks(project.root)
    html = index_html(
        page_cards(project, notebooks),
        finding_cards(project, notebooks),
        lang=project.lang,
        title=site_title(project),
        lead=text("site.lead", project.lang),
        changes=change_cards(project),
        settings=badge(project) | {"languages": {one: index_name(one) for one in langs}},
    )
    return {f"site/{index_name(project.lang)}": html.encode("utf-8")}


def find_notebooks(root: Path) -> list[Path]:
    """Return the notebooks of a project, in the order of their names."""
    return sorted((root / "notebooks").glob("[!.]*.ipynb"))


def badge(project: Project) -> dict[str, str]:
    """Return what a page says of its making: date and hash of the data, version of the code."""
    origins = project.processed.origins
    own = [one.date for one in origins if one.form != "published"]
    dates = own or [one.date for one in origins]
    return {
        "data_date": "/".join(reversed(max(dates, default="").split("-"))),
        "data_hash": project.processed.data_hash,
        "version": __version__,
    }


def site_title(project: Project) -> str:
    """Return the title of the site."""
    from hlanalysis.texts import text

    words = text("site.title", project.lang)
    title = words.format(place=project.place_name, year=project.year)
    return title[:1].upper() + title[1:]
