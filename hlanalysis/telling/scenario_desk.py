"""Scenarios in a notebook: run, compare, seek a goal, weigh levers, draw odds, save."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.scenarios import reports
from hlanalysis.scenarios.workplace import Workplace
from hlanalysis.telling.display import Fragment, Note, Table

if TYPE_CHECKING:
    from hlanalysis.project import Project
    from hlanalysis.scenarios.explorer import Explorer


class ScenarioDesk:
    """The scenarios of a project; every answer shows itself as a table or a sentence.

    Parameters
    ----------
    project : Project
        Lends start values, language and the folder ``data/scenarios``.
    """

    def __init__(self, project: Project) -> None:
        self.lang = project.lang
        self.place = Workplace(project, lang=project.lang)

    def _lacks_model(self) -> Note | None:
        """Return a note where the project has no model yet: its pages are made all the same."""
        from hlanalysis.wording import Words, say

        if self.place.folder.is_dir() and any(self.place.folder.glob("*.model.toml")):
            return None
        reason = Words("data/scenarios/*.model.toml, docs/equations.md")
        return Note(str(say("missing.model", self.lang, {"reason": reason})))

    def explore(self) -> Explorer | Note:
        """Return the explorer: sliders, presets and a chart that need no kernel."""
        from hlanalysis.scenarios.explorer import Explorer

        if note := self._lacks_model():
            return note
        return Explorer(self.place.model, self.place.scenarios, self.lang)

    @cached_property
    def names(self) -> list[str]:
        """The names of the saved scenarios, in their order."""
        return [one.name for one in self.place.scenarios]

    def run(self, scenario: str | None = None, **levers: Any) -> Table | Note:
        """Return every result of a scenario by year; levers given here go on top."""
        if note := self._lacks_model():
            return note
        return self._table(reports.run_report(self.place, scenario, levers))

    def compare(
        self, scenario: str, base: str | None = None, *, year: int | None = None, **levers: Any
    ) -> Table | Note:
        """Return a scenario beside another, with each lever's part of the difference."""
        if note := self._lacks_model():
            return note
        return self._table(reports.compare_report(self.place, scenario, base, levers, year))

    def goal(
        self,
        lever: str,
        variable: str,
        year: int,
        target: str,
        *,
        scenario: str | None = None,
        **levers: Any,
    ) -> Table | Fragment | Note:
        """Return every value of a lever that brings a result to a target."""
        if note := self._lacks_model():
            return note
        report = reports.goal_report(self.place, lever, variable, year, target, scenario, levers)
        return self._table(report)

    def tornado(
        self, variable: str, *, year: int | None = None, scenario: str | None = None, **levers: Any
    ) -> Table | Note:
        """Return how far each lever alone moves a result, the widest first."""
        if note := self._lacks_model():
            return note
        return self._table(reports.tornado_report(self.place, variable, year, scenario, levers))

    def fan(
        self,
        variable: str,
        *,
        target: str | None = None,
        year: int | None = None,
        draws: int = 10_000,
        seed: int = 2025,
        scenario: str | None = None,
        **levers: Any,
    ) -> Table | Note:
        """Return the odds of a result if the stated ranges of its levers hold."""
        if note := self._lacks_model():
            return note
        made = reports.fan_report(self.place, variable, target, year, draws, seed, scenario, levers)
        return self._table(made)

    def equations(self) -> Fragment | Note:
        """Return the model's equations as a textbook prints them."""
        if note := self._lacks_model():
            return note
        from hlanalysis.scenarios.latex import latex

        made = latex(self.place.model, self.lang)
        return Fragment("", made, f"$${made}$$")

    def save(
        self, name: str, *, title: str, author: str, reason: str, source: str, **levers: Any
    ) -> Path:
        """Save a scenario as a small text file in ``data/scenarios`` and return its path.

        `source` says where the values of its levers come from.
        """
        from datetime import date

        from hlanalysis.scenarios.scenario_file import Scenario, save_scenario

        made = Scenario(
            name=name,
            title={self.lang: title},
            author=author,
            date=date.today().isoformat(),
            reason={self.lang: reason},
            model=self.place.model.name,
            levers=levers,
            sources={key: {self.lang: source} for key in levers},
        )
        return save_scenario(made, self.place.folder / f"{name}.toml", self.place.model)

    def _table(self, report: reports.Report) -> Any:
        from hlanalysis.telling.display import Fragment

        notes = " ".join(report.notes)
        if not report.rows:
            return Fragment(_paragraphs(report.title, notes), f"{report.title}\n{notes}")
        caption = report.title or report.header[0]
        header = ["" if report.title == "" else report.header[0], *report.header[1:]]
        columns = frozenset(range(1, len(report.header)))
        return Table(caption, header, report.rows, self.lang, columns, notes)


def _paragraphs(*texts: str) -> str:
    from html import escape

    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts if text)
