"""Scenarios in a notebook: run, compare, seek a goal, weigh levers, draw odds, save."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.scenarios import reports
from hlanalysis.scenarios.workplace import Workplace
from hlanalysis.telling.display import Fragment, Note, Table

if TYPE_CHECKING:
    from hlanalysis.project import Project
    from hlanalysis.scenarios.explorer import Explorer


# Pages tell such a note once: see `building.absences`.
_ABSENT = "note absent"


class ScenarioDesk:
    """The scenarios of a project; every answer shows itself as a table or a sentence.

    Parameters
    ----------
    project : Project
        Lends start values, language and the folder ``data/scenarios``.
    """

    def __init__(self, project: Project) -> None:
        self.project, self.lang = project, project.lang
        self.place = Workplace(project, lang=project.lang)

    def _lacks_model(self) -> Note | None:
        """Return a note where the project has no model yet: its pages are made all the same."""
        if self.place.folder.is_dir() and any(self.place.folder.glob("*.model.toml")):
            self.place.settle()
            return None
        return self._note("no_model")

    def _note(self, key: str, **values: str) -> Note:
        from hlanalysis.wording import Words, say

        said = {name: Words(value) for name, value in values.items()}
        return Note(str(say(f"missing.{key}", self.lang, said)), _ABSENT)

    def open(self, scenario: str | None = None) -> Note | None:
        """Choose the model of a scenario, where there are several; say so if there is none."""
        if note := self._lacks_model():
            return note
        self.place.choose(scenario)
        return None

    def show(self, name: str) -> Any:
        """Return an exhibit on the model, or a note that says why it cannot be made."""
        return self._lacks_model() or self._once(self.project.show, name)

    def say(self, name: str) -> Any:
        """Return a passage on the model, or a note that says why it cannot be made."""
        return self._lacks_model() or self._once(self.project.say, name)

    def _once(self, tell: Callable[[str], Any], name: str) -> Any:
        """Return something shown; a note that it lacks something stands on a page once."""
        _ = self.place.model  # what is wrong with it is told in its own words
        made = tell(name)
        return Note(made.words, _ABSENT) if getattr(made, "role", "") == "note" else made

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
        self,
        scenario: str | None = None,
        base: str | None = None,
        *,
        year: int | None = None,
        **levers: Any,
    ) -> Table | Note:
        """Return a scenario beside another, with each lever's part of the difference.

        Without a name it is the first that changes something.
        """
        from hlanalysis.scenarios.defaults import first_scenario

        if note := self._lacks_model():
            return note
        scenario = scenario or first_scenario(self.place.model, self.place.scenarios)
        if scenario is None:
            return self._note("scenarios")
        return self._table(reports.compare_report(self.place, scenario, base, levers, year))

    def goal(
        self,
        lever: str | None = None,
        variable: str | None = None,
        year: int | None = None,
        target: str | float | None = None,
        *,
        scenario: str | None = None,
        **levers: Any,
    ) -> Table | Fragment | Note:
        """Return every value of a lever that brings a result to a target.

        What is left out comes from the model: see `scenarios.defaults`.
        """
        from hlanalysis.scenarios.defaults import first_lever, first_outcome, first_target

        if note := self._lacks_model():
            return note
        model = self.place.model
        variable = variable or first_outcome(model)
        lever = lever or first_lever(model, variable)
        if lever is None:
            return self._note("lever", what=reports.label(model, variable, self.lang))
        target = first_target(model, variable) if target is None else target
        report = reports.goal_report(
            self.place, lever, variable, year or model.years[-1], target, scenario, levers
        )
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
        variable: str | None = None,
        *,
        target: str | float | None = None,
        year: int | None = None,
        draws: int = 10_000,
        seed: int = 2025,
        scenario: str | None = None,
        **levers: Any,
    ) -> Table | Note:
        """Return the odds of a result if the stated ranges of its levers hold.

        Without a variable it is the model's first result, against its target.
        """
        if note := self._lacks_model():
            return note
        if variable is None:
            from hlanalysis.scenarios.defaults import first_outcome, first_target, has_stated

            model = self.place.model
            variable = first_outcome(model)
            target = first_target(model, variable) if target is None else target
            if not has_stated(model, variable):
                return self._note("stated")
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
