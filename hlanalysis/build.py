"""From raw data to everything a reader opens: processed data, notebooks, pages, charts.

Nothing under ``outputs/`` changes before all of it has been made; then each file is put in place
whole. What has not changed since the last build is not made again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis import __version__
from hlanalysis.errors import InputError
from hlanalysis.ledger import Ledger, code_hash, file_hash
from hlanalysis.numbers import Lang
from hlanalysis.processed import Processed, read_raw, save_processed
from hlanalysis.project import Project

if TYPE_CHECKING:
    from nbformat import NotebookNode

Report = Callable[[str, str, float], None]
"""Called with the name of a piece of work, its state, and how much of it is done (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work: what it is called, what it depends on, and how its files are made."""

    name: str
    key: str
    make: Callable[[Report], Mapping[str, bytes]]


@dataclass(slots=True)
class Built:
    """What a build did.

    Attributes
    ----------
    outputs : Path
    made, kept : list of str
        Pieces of work that were done, and those that had not changed.
    findings : dict of str to int
        Number of findings by grade.
    """

    outputs: Path
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    findings: dict[str, int] = field(default_factory=dict)


def build(
    root: Path,
    *,
    langs: Sequence[Lang] = ("vi", "en"),
    only: str | None = None,
    jobs: int | None = None,
    report: Report = lambda name, state, share: None,
) -> Built:
    """Make everything from ``data/raw``.

    Parameters
    ----------
    root : Path
        The project folder.
    langs : sequence of {"vi", "en"}
    only : str, optional
        Make only the notebook whose name holds these letters, and the index.
    jobs : int, optional
        Pieces of work at a time; by default one a processor.
    report : callable

    Raises
    ------
    InputError
        If a raw file or a notebook is wrong; earlier outputs stay as they were.
    """
    from hlanalysis.catalog.tables import use_project

    use_project(root)
    report("data", "start", 0)
    processed = read_raw(root / "data" / "raw", lambda name: report("data", name, 0.5))
    save_processed(processed, root / "data" / "processed")
    report("data", "done", 1)
    site = Site(root, processed, tuple(langs))
    pieces = site.pieces(only)
    ledger = Ledger(root / "outputs")
    built = Built(root / "outputs", findings=site.finding_counts())
    todo = [piece for piece in pieces if not ledger.is_current(piece.name, piece.key)]
    built.kept = [piece.name for piece in pieces if piece not in todo]
    made = _make_all(todo, jobs or os.cpu_count() or 1, report)
    built.made = list(made)
    ledger.place(
        {piece.name: (piece.key, made[piece.name]) for piece in todo},
        keep=None if only else {piece.name for piece in pieces},
    )
    return built


def _make_all(pieces: Sequence[Piece], jobs: int, report: Report) -> dict[str, Mapping[str, bytes]]:
    """Make pieces side by side; the first that fails stops those that have not begun."""
    made: dict[str, Mapping[str, bytes]] = {}
    # Threads are enough: a notebook runs in a kernel process of its own.
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running: dict[Future[Mapping[str, bytes]], Piece] = {}
        try:
            for piece in pieces:
                report(piece.name, "waiting", 0)
                running[pool.submit(piece.make, report)] = piece
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    piece = running.pop(future)
                    made[piece.name] = future.result()
                    report(piece.name, "done", 1)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return {piece.name: made[piece.name] for piece in pieces}


class Site:
    """The pieces of work that make up the outputs of one project."""

    def __init__(self, root: Path, processed: Processed, langs: tuple[Lang, ...]) -> None:
        self.root, self.processed, self.langs = root, processed, langs
        self.notebooks = sorted((root / "notebooks").glob("[!.]*.ipynb"))
        if not self.notebooks:
            raise InputError(
                str(root / "notebooks"),
                "no notebooks",
                "at least one .ipynb",
                "copy them from a project made with `hlanalysis new`",
            )
        folders = (root / "data" / "processed", root / "data" / "scenarios", root / "catalog")
        self._common = (code_hash(), *map(file_hash, folders))
        self._projects = {lang: Project(root, processed, lang) for lang in langs}

    def pieces(self, only: str | None = None) -> list[Piece]:
        """Return the work to do, longest first, so that no core waits at the end."""
        chosen = [path for path in self.notebooks if only is None or only in path.stem]
        if not chosen:
            names = ", ".join(path.stem for path in self.notebooks)
            raise InputError("--only", f"no notebook is called like {only!r}", names)
        pages = [self._page(path, lang) for path in chosen for lang in self.langs]
        charts = [self._charts(lang) for lang in self.langs] if only is None else []
        return [*charts, *pages, *(self._index(lang) for lang in self.langs)]

    def finding_counts(self) -> dict[str, int]:
        """Return how many findings there are of each grade."""
        from hlanalysis.checks.findings import GRADES

        found = [one.grade for one in next(iter(self._projects.values())).findings]
        return {grade: found.count(grade) for grade in GRADES}

    def _key(self, *parts: str) -> str:
        from hlanalysis.files import short_hash

        return short_hash(*self._common, *self.langs, *parts, length=20)

    def _page(self, path: Path, lang: Lang) -> Piece:
        name = f"{path.stem} ({lang})"
        # A page names its neighbours, so it depends on which notebooks there are.
        neighbours = [one.stem for one in self.notebooks]
        key = self._key("page", lang, path.read_text("utf-8"), *neighbours)
        return Piece(name, key, lambda report: self._make_page(path, lang, name, report))

    def _make_page(self, path: Path, lang: Lang, name: str, report: Report) -> Mapping[str, bytes]:
        import nbformat

        from hlanalysis.publish.execute import run_notebook
        from hlanalysis.publish.html import page_html
        from hlanalysis.publish.site import page_name

        report(name, "running", 0)
        notebook = run_notebook(
            path, {"lang": lang}, on_cell=lambda done, total: report(name, "running", done / total)
        )
        self._describe(notebook, path, lang)
        html = page_html(notebook, name=path.stem, folder=path.parent)
        return {
            f"notebooks/{lang}/{path.name}": (nbformat.writes(notebook) + "\n").encode("utf-8"),
            f"site/{page_name(path.stem, lang)}": html.encode("utf-8"),
        }

    def _describe(self, notebook: NotebookNode, path: Path, lang: Lang) -> None:
        """Give the executed copy what its page needs: title, neighbours, badge."""
        from hlanalysis.publish.site import index_name, page_name

        about = notebook.metadata.get("hlanalysis", {})
        place = self.notebooks.index(path)
        settings: dict[str, Any] = self._badge(lang) | {
            "lang": lang,
            "title": about.get("title", {}).get(lang, path.stem),
            "question": about.get("question", {}).get(lang, ""),
            "home": index_name(lang),
            "site_title": self._title(lang),
            "languages": {one: page_name(path.stem, one) for one in self.langs},
        }
        for role, step in (("previous", -1), ("next", 1)):
            if 0 <= place + step < len(self.notebooks):
                other = self.notebooks[place + step]
                settings[role] = {
                    "href": page_name(other.stem, lang),
                    "title": title_of(other, lang),
                }
        notebook.metadata["hlanalysis"] = settings

    def _badge(self, lang: Lang) -> dict[str, str]:
        own = [one.date for one in self.processed.origins if one.form != "published"]
        dates = own or [one.date for one in self.processed.origins]
        return {
            "data_date": "/".join(reversed(max(dates, default="").split("-"))),
            "data_hash": self.processed.data_hash,
            "version": __version__,
        }

    def _title(self, lang: Lang) -> str:
        from hlanalysis.texts import text

        name = self._projects[lang].place_name
        title = text("site.title", lang).format(place=name, year=self._projects[lang].year)
        return title[:1].upper() + title[1:]

    def _charts(self, lang: Lang) -> Piece:
        name = f"charts ({lang})"
        return Piece(
            name, self._key("charts", lang), lambda report: self._make_charts(lang, name, report)
        )

    def _make_charts(self, lang: Lang, name: str, report: Report) -> Mapping[str, bytes]:
        files: dict[str, bytes] = {}
        exhibits = self._projects[lang].exhibits()
        for number, exhibit in enumerate(exhibits, start=1):
            files[f"charts/{lang}/{exhibit.id}.svg"] = exhibit.svg().encode("utf-8")
            files[f"charts/{lang}/{exhibit.id}.png"] = exhibit.png()
            report(name, "drawing", number / len(exhibits))
        return files

    def _index(self, lang: Lang) -> Piece:
        published = self.root / "data" / "published"
        notebooks = [path.read_text("utf-8") for path in self.notebooks]
        key = self._key("index", lang, file_hash(published), *notebooks)
        return Piece(f"index ({lang})", key, lambda report: self._make_index(lang))

    def _make_index(self, lang: Lang) -> Mapping[str, bytes]:
        from hlanalysis.publish.site import index_html, index_name
        from hlanalysis.site_cards import change_cards, finding_cards, page_cards
        from hlanalysis.texts import text

        project = self._projects[lang]
        html = index_html(
            page_cards(project, self.notebooks),
            finding_cards(project, self.notebooks),
            lang=lang,
            title=self._title(lang),
            lead=text("site.lead", lang),
            changes=change_cards(project),
            settings=self._badge(lang)
            | {"languages": {one: index_name(one) for one in self.langs}},
        )
        return {f"site/{index_name(lang)}": html.encode("utf-8")}


def title_of(path: Path, lang: Lang) -> str:
    """Return the title a notebook gives itself in a language."""
    return str(about_of(path).get("title", {}).get(lang, path.stem))


def about_of(path: Path) -> dict[str, Any]:
    """Return what a notebook says of itself: title, question, and the indicators it tells of."""
    import json

    try:
        notebook = json.loads(path.read_text("utf-8"))
        return dict(notebook["metadata"].get("hlanalysis", {}))
    except (ValueError, KeyError, OSError):
        # What is wrong with it is said when it is run.
        return {}
