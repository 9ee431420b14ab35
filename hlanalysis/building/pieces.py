"""The pieces of work that make up the outputs of a project."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.building.absences import leave_out_absences
from hlanalysis.building.ledger import file_hash
from hlanalysis.building.site_work import find_notebooks
from hlanalysis.errors import InputError
from hlanalysis.files import short_hash
from hlanalysis.numbers import Lang

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from hlanalysis.publish.kernels.warm_kernel import WarmStart

Report = Callable[[str, str, float], None]
"""Called with the name of a piece of work, its state, and how much of it is done (0 to 1)."""
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work: its name, what it depends on, how its files are made.

    Attributes
    ----------
    name, key : str
        The key changes with anything that the files depend on.
    make : callable
        Takes a `Report`, returns the files by their names under ``outputs``.
    guess : float
        Seconds that it takes where nothing is known yet.
    """

    name: str
    key: str
    make: Callable[[Report], Awaitable[Files]]
    guess: float


class Site:
    """The pages, charts and index of one project, as pieces of work.

    Parameters
    ----------
    root : Path
    langs : tuple of {"vi", "en"}
    common : tuple of str
        Short names of what everything depends on: code, data, scenarios, catalogue.
    """

    def __init__(self, root: Path, langs: tuple[Lang, ...], common: tuple[str, ...]) -> None:
        self.root, self.langs = root, langs
        self.notebooks = find_notebooks(root)
        if not self.notebooks:
            raise InputError(
                str(root / "notebooks"),
                "no notebooks",
                "at least one .ipynb",
                "copy them from a project made with `hlanalysis new`",
            )
        self._common = common
        self.sources = [_content(path) for path in self.notebooks]
        self._warm: WarmStart | None = None
        self._todo: Collection[str] = ()
        self._together: dict[Lang, asyncio.Task[dict[str, Files | InputError]]] = {}

    def pieces(self, only: str | None = None) -> list[Piece]:
        """Return all pieces, or the page of one notebook and the index."""
        chosen = [path for path in self.notebooks if only is None or only in path.stem]
        if not chosen:
            names = ", ".join(path.stem for path in self.notebooks)
            raise InputError("--only", f"no notebook is called like {only!r}", names)
        pages = [self._page(path, lang) for path in chosen for lang in self.langs]
        charts = [self._charts(lang) for lang in self.langs] if only is None else []
        return [*charts, *pages, *(self._index(lang) for lang in self.langs)]

    def prepare(self, todo: Collection[str], warm: WarmStart | None) -> None:
        """Say which pieces will be made, and where processes start warm."""
        self._todo, self._warm = todo, warm

    def _key(self, *parts: str) -> str:
        return short_hash(*self._common, *self.langs, *parts, length=20)

    def _page(self, path: Path, lang: Lang) -> Piece:
        name = f"{path.stem} ({lang})"
        source = self.sources[self.notebooks.index(path)]
        # A page names its neighbours and their titles.
        titles = [one.stem + title_of(one, lang) for one in self.notebooks]
        return Piece(
            name,
            self._key("page", lang, source, *titles),
            lambda report: self._make_page(path, lang, name, report),
            guess=1 + source.count('"code"') / 4,
        )

    async def _make_page(self, path: Path, lang: Lang, name: str, report: Report) -> Files:
        from hlanalysis.publish.kernels.execute import run_notebook_async

        report(name, "running", 0)
        notebook = await run_notebook_async(
            path,
            {"lang": lang},
            on_cell=lambda done, total: report(name, "running", 0.95 * done / total),
            warm=self._warm,
        )
        report(name, "writing", 0.95)
        leave_out_absences(notebook)
        return await asyncio.to_thread(self._write_page, notebook, path, lang)

    def _write_page(self, notebook: NotebookNode, path: Path, lang: Lang) -> Files:
        import nbformat

        from hlanalysis.publish.html import page_html
        from hlanalysis.publish.site import page_name

        notebook.metadata["hlanalysis"] = self._settings(path, lang)
        html = page_html(notebook, name=path.stem, folder=path.parent)
        return {
            f"notebooks/{lang}/{path.name}": (nbformat.writes(notebook) + "\n").encode("utf-8"),
            f"site/{page_name(path.stem, lang)}": html.encode("utf-8"),
        }

    def _settings(self, path: Path, lang: Lang) -> dict[str, Any]:
        """Return what the page of a notebook needs: title, neighbours, badge."""
        from hlanalysis.publish.site import index_name, page_name

        about, place = about_of(path), self.notebooks.index(path)
        frame = self._frames[lang]
        settings: dict[str, Any] = frame | {
            "lang": lang,
            "title": about.get("title", {}).get(lang, path.stem),
            "question": about.get("question", {}).get(lang, ""),
            "home": index_name(lang),
            "languages": {one: page_name(path.stem, one) for one in self.langs},
        }
        for role, step in (("previous", -1), ("next", 1)):
            if 0 <= place + step < len(self.notebooks):
                other = self.notebooks[place + step]
                settings[role] = {
                    "href": page_name(other.stem, lang),
                    "title": title_of(other, lang),
                }
        return settings

    @cached_property
    def _frames(self) -> dict[Lang, dict[str, str]]:
        """What every page of a language shows around its notebook."""
        from hlanalysis.building.site_work import badge, site_title
        from hlanalysis.gathering.processed import load_processed
        from hlanalysis.project import Project

        processed = load_processed(self.root / "data" / "processed")
        projects = {lang: Project(self.root, processed, lang) for lang in self.langs}
        return {
            lang: badge(project) | {"site_title": site_title(project)}
            for lang, project in projects.items()
        }

    def _charts(self, lang: Lang) -> Piece:
        name = f"charts ({lang})"
        key = self._key("charts", lang)
        return Piece(name, key, lambda report: self._make_with(lang, "charts", report), guess=10)

    def _index(self, lang: Lang) -> Piece:
        name = f"index ({lang})"
        key = self._key("index", lang, file_hash(self.root / "data" / "published"), *self.sources)
        return Piece(name, key, lambda report: self._make_with(lang, "index", report), guess=0.5)

    async def _make_with(self, lang: Lang, kind: str, report: Report) -> Files:
        """Make charts or index; where both are to be made, one process draws for both."""
        report(f"{kind} ({lang})", "drawing", 0)
        if lang not in self._together:
            wanted = [one for one in ("charts", "index") if f"{one} ({lang})" in self._todo]
            self._together[lang] = asyncio.create_task(
                self._call_worker(
                    lang, wanted, lambda share: report(f"{wanted[0]} ({lang})", "drawing", share)
                )
            )
        made = (await self._together[lang])[kind]
        if isinstance(made, InputError):
            raise made
        return made

    async def _call_worker(
        self, lang: Lang, wanted: list[str], on_share: Callable[[float], None]
    ) -> dict[str, Files | InputError]:
        from hlanalysis.publish.kernels.kernel import environment
        from hlanalysis.publish.kernels.worker import call

        args = (str(self.root), lang, self.langs, wanted)
        env, target = environment(str(self.root)), "hlanalysis.building.site_work:make"
        made: dict[str, Files | InputError] = await call(
            target, args, env=env, warm=self._warm, on_share=on_share
        )
        return made


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "a notebook in UTF-8") from error


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
