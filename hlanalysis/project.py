"""A project folder and what is in it: the door that notebooks use.

>>> import hlanalysis as hl
>>> town = hl.open_project()            # doctest: +SKIP
>>> town.show("revenue_against_plan")   # doctest: +SKIP
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import place
from hlanalysis.catalog.tables import use_project
from hlanalysis.errors import InputError
from hlanalysis.gathering.processed import Processed, load_processed
from hlanalysis.gathering.tidy import Origin
from hlanalysis.numbers import Lang
from hlanalysis.observations import Observation, Observations
from hlanalysis.periods import Period
from hlanalysis.texts import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd

    from hlanalysis.charts.exhibit import Exhibit
    from hlanalysis.checks.findings import Finding
    from hlanalysis.telling.scenario_desk import ScenarioDesk


class Project:
    """The figures of one locality, with what they say.

    Parameters
    ----------
    root : Path
        The folder that holds ``data`` and ``notebooks``.
    processed : Processed
    lang : {"vi", "en"}
        The language in which it speaks.
    """

    def __init__(self, root: Path, processed: Processed, lang: Lang = "vi") -> None:
        if lang not in LANGUAGES:
            raise InputError("lang", repr(lang), " or ".join(map(repr, LANGUAGES)))
        self.root, self.processed, self.lang = root, processed, lang
        self._cited: dict[str, None] = {}

    @property
    def observations(self) -> Observations:
        """Every figure, as rows of the tidy table."""
        return self.processed.observations

    @cached_property
    def place(self) -> str:
        """The locality that the project's own documents and workbooks report on."""
        own = {one.id for one in self.processed.origins if one.form != "published"}
        counted = Counter(row.place for row in self.observations if row.source in own)
        if not counted:
            counted = Counter(row.place for row in self.observations)
        if not counted:
            raise InputError(str(self.root), "no figures", "a report with figures in data/raw")
        return counted.most_common(1)[0][0]

    @cached_property
    def year(self) -> int:
        """The latest full year that the project's own documents report results of."""
        own = {one.id for one in self.processed.origins if one.form != "published"}
        years = [
            row.when.last_year
            for row in self.observations
            if row.source in own
            and row.place == self.place
            and row.status in ("actual", "estimate")
        ]
        return max(years) if years else max(row.when.last_year for row in self.observations)

    @property
    def place_name(self) -> str:
        """The locality's name in the project's language."""
        return place(self.place).name(self.lang)

    @property
    def period(self) -> str:
        """The reported period, as the tidy table spells it."""
        return str(self.when())

    def find(self, indicator: str, **wanted: Any) -> list[Observation]:
        """Return figures of the project's own place; see `Observations.find`."""
        return self.observations.find(**{"place": self.place, "indicator": indicator} | wanted)

    def figure(self, indicator: str, **wanted: Any) -> Observation | None:
        """Return the figure that best answers, or None.

        Of several, one from the project's own documents goes before the press, a full figure
        before a bound, and a later source before an earlier one.
        """
        found = self.find(indicator, **{"series": ""} | wanted)
        return max(found, key=self._trust) if found else None

    def _trust(self, row: Observation) -> tuple[Any, ...]:
        origin = self.origin(row.source)
        return (origin.form != "published", not row.is_bound, origin.date, row.id)

    @cached_property
    def _origins(self) -> dict[str, Origin]:
        return {one.id: one for one in self.processed.origins}

    def origin(self, source: str) -> Origin:
        """Return where figures of a source were printed."""
        return self._origins[source]

    @cached_property
    def findings(self) -> list[Finding]:
        """What the checks say, worst first."""
        from hlanalysis.checks import run_checks

        return run_checks(self.observations, self.processed.warnings)

    def findings_on(self, *indicators: str, grades: Sequence[str] = ()) -> Any:
        """Return the findings on some indicators of the project's own place, for a reader."""
        from hlanalysis.telling.display import FindingList

        chosen = [
            one
            for one in self.findings
            if one.place == self.place
            and (not indicators or one.indicator in indicators)
            and (not grades or one.grade in grades)
        ]
        return self._noted(FindingList(chosen, self.lang))

    def exhibit(self, name: str) -> Exhibit:
        """Return one exhibit.

        Raises
        ------
        KeyError
            If no theme has it.
        NotEnoughFiguresError
            If the figures at hand do not allow it.
        """
        return self._made(name, "exhibit")

    def exhibits(self) -> list[Exhibit]:
        """Return every exhibit that the figures at hand allow, in the order of the themes."""
        from hlanalysis.themes import NotEnoughFiguresError, registry

        made = []
        for function in registry().values():
            if function.role == "exhibit":  # type: ignore[attr-defined]
                try:
                    made.append(function(self))
                except NotEnoughFiguresError:
                    continue
        return made

    def _made(self, name: str, role: str) -> Any:
        from hlanalysis.themes import registry

        known = {key: made for key, made in registry().items() if made.role == role}  # type: ignore[attr-defined]
        if name not in known:
            from hlanalysis.catalog.tables import unknown

            raise unknown(role, name, known)
        return known[name](self)

    def show(self, name: str) -> Any:
        """Return an exhibit for display, or a note that says why it cannot be made."""
        from hlanalysis.charts.exhibit import Exhibit
        from hlanalysis.telling.display import ShownExhibit

        made = self._or_note(name, "exhibit")
        return ShownExhibit(made) if isinstance(made, Exhibit) else made

    def say(self, name: str) -> Any:
        """Return a passage for display, or a note that says why it cannot be made."""
        return self._or_note(name, "passage")

    def _or_note(self, name: str, role: str) -> Any:
        from hlanalysis.telling.display import Note
        from hlanalysis.themes import NotEnoughFiguresError
        from hlanalysis.wording import say

        try:
            return self._noted(self._made(name, role))
        except NotEnoughFiguresError as lack:
            # A page tells such a note once: see `building.absences`.
            return Note(str(say(f"missing.{lack.key}", self.lang, lack.values)), "note absent")

    def _noted(self, shown: Any) -> Any:
        """Remember the figures that something shown rests on, for the list of sources."""
        self._cited |= dict.fromkeys(getattr(shown, "cites", ()))
        return shown

    @cached_property
    def scenarios(self) -> ScenarioDesk:
        """Scenarios of the project: explore, run, compare, seek, weigh, save."""
        from hlanalysis.telling.scenario_desk import ScenarioDesk

        return ScenarioDesk(self)

    def sources(self) -> Any:
        """Return the list of sources of all figures shown so far: how a page ends."""
        from hlanalysis.publish.source_list import sources_section
        from hlanalysis.telling.display import Fragment

        items = [self.source_item(self.observations.by_id(name)) for name in self._cited]
        plain = "\n".join(f"{one.publisher}, {one.date}: {one.sentence}" for one in items)
        return Fragment(sources_section(items, self.lang), plain)

    def source_item(self, row: Observation) -> Any:
        """Return where a figure was printed, with the sentence around it."""
        from hlanalysis.telling.source_items import source_item

        return source_item(row, self.origin(row.source), self.processed.texts, self.lang)

    def short_title(self, source: str) -> str:
        """Return the title of a document or workbook, cut at a word where it is long."""
        return _short(self.origin(source).title or source, most=60)

    def source_line(self, *rows: Observation) -> str:
        """Return the line under a chart: who printed its figures, and when."""
        from hlanalysis.telling.source_items import day
        from hlanalysis.texts import text

        lines: dict[str, None] = {}
        for row in rows:
            origin = self.origin(row.source)
            name = origin.title or origin.publisher
            lines[f"{_short(name)} ({day(origin.date)})" if origin.date else _short(name)] = None
        return f"{text('display.source', self.lang)}: {'; '.join(lines)}"

    def warnings_on(self, row: Observation) -> list[str]:
        """Return what a reader of a figure must be told, from its source."""
        return [
            getattr(one, f"text_{self.lang}")
            for one in self.processed.warnings
            if one.source == row.source
            and one.indicator in ("", row.indicator)
            and one.series in ("", row.series)
            and one.period in ("", row.period)
            and one.kind in ("", row.kind)
        ]

    def frame(self) -> pd.DataFrame:
        """Return the tidy table as a data frame."""
        return self.observations.frame()

    def when(self) -> Period:
        """Return the reported period: the year, or its first months while that is all there is."""
        return self._when

    @cached_property
    def _when(self) -> Period:
        own = {one.id for one in self.processed.origins if one.form != "published"}
        counted = Counter(
            row.when
            for row in self.observations
            if row.source in own
            and row.place == self.place
            and row.status in ("actual", "estimate")
            and row.when.last_year == self.year
            and row.when.form in ("year", "months", "quarter")
        )
        # A report on nine months names the year too, in plans and estimates: what it tells most
        # of is what it is about.
        return counted.most_common(1)[0][0] if counted else Period(self.year)


def _short(name: str, most: int = 90) -> str:
    """Return a long title cut at a word."""
    return name if len(name) <= most else name[:most].rsplit(" ", 1)[0] + "…"


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder, going up, that holds ``data/raw``.

    Raises
    ------
    InputError
        If there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            # Whoever works in a project speaks of its own places and indicators.
            use_project(folder)
            return folder
    raise InputError(
        str(here),
        "no project here or above",
        "a folder with data/raw in it",
        "change to the project's folder, or make one with `hlanalysis new FOLDER`",
    )


def open_project(folder: str | Path | None = None, *, lang: Lang = "vi") -> Project:
    """Open the project that a folder belongs to, as the last build left it.

    Parameters
    ----------
    folder : str or Path, optional
        The project or a folder in it; the current folder if left out.
    lang : {"vi", "en"}

    Raises
    ------
    InputError
        If there is no project, or it has not been built.
    """
    root = find_root(None if folder is None else Path(folder))
    return Project(root, load_processed(root / "data" / "processed"), lang)
