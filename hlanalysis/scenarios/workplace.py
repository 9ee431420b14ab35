"""A project's model and scenarios, found by name: what the command line and notebooks open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang
from hlanalysis.scenarios.latex import latex, symbols
from hlanalysis.scenarios.model import Model
from hlanalysis.scenarios.model_file import load_model
from hlanalysis.scenarios.observed import Observed, from_project
from hlanalysis.scenarios.problems import nearest
from hlanalysis.scenarios.scenario_file import (
    Scenario,
    changes_since,
    load_readable,
    load_scenario,
    load_scenarios,
    model_named,
    scenario_files,
)
from hlanalysis.scenarios.toml_text import read_toml

if TYPE_CHECKING:
    from hlanalysis.project import Project
    from hlanalysis.scenarios.explorer import Explorer
    from hlanalysis.scenarios.reports import Report


@dataclass(frozen=True)
class Equations:
    """The equations of a model for display: LaTeX in notebooks, text elsewhere."""

    model: Model
    lang: Lang

    def __repr__(self) -> str:
        return "\n".join(one.text for one in self.model.equations)

    def _repr_markdown_(self) -> str:
        """Return the equations and what each letter stands for."""
        letters = "\n".join(f"- ${tex}$: {said}" for tex, said in symbols(self.model, self.lang))
        return f"$$\n{latex(self.model, self.lang)}\n$$\n\n{letters}"


class Workplace:
    """Where a model, its scenarios and the figures behind it lie.

    Parameters
    ----------
    project : Project, str, Path or None
        An open project, or its folder; the current folder and those above if left out.
    model : str or Path, optional
        The model file; the only one in ``data/scenarios`` if left out.
    lang : {"vi", "en"}
        The language of the answers.
    """

    def __init__(
        self,
        project: Project | str | Path | None = None,
        model: str | Path | None = None,
        lang: Lang = "vi",
    ) -> None:
        self.lang: Lang = lang
        self._given, self._model_file = project, Path(model) if model else None
        self._named = ""

    @cached_property
    def project(self) -> Project:
        """The open project; opened when a figure is first asked for."""
        from hlanalysis.project import open_project

        if self._given is None or isinstance(self._given, str | Path):
            return open_project(self._given, lang=self.lang)
        return self._given

    @cached_property
    def folder(self) -> Path:
        """The folder of the scenario files."""
        if self._model_file:
            return self._model_file.parent
        if self._given is None or isinstance(self._given, str | Path):
            return _folder_above(Path(self._given or "."))
        return self._given.root / "data" / "scenarios"

    @cached_property
    def model(self) -> Model:
        """The model, its start values looked up among the project's figures.

        Raises
        ------
        InputError
            If there is no model file, or more than one and none was named.
        """
        if self._model_file:
            return load_model(self._model_file, self._resolve)
        files = sorted(self.folder.glob("*.model.toml"))
        if self._named:
            files = [one for one in files if _name_of(one) == self._named]
        if len(files) != 1:
            found = ", ".join(one.name for one in files) or f"no {self._named or '*'}.model.toml"
            hint = "name it with --model FILE, or name a scenario that says its model"
            raise InputError(str(self.folder), found, "one model", hint)
        return load_model(files[0], self._resolve)

    def choose(self, *scenarios: str | None) -> None:
        """Take the model that the scenarios name, where the folder holds several models.

        Scenarios that name no model, or that cannot be found or read, choose nothing here; they
        are complained of when they are asked for.
        """
        if self._model_file or len(list(self.folder.glob("*.model.toml"))) < 2:
            return
        for name in scenarios:
            wanted = self._model_of(name) if name else ""
            if wanted and wanted != self._named:
                self._named = wanted
                for cached in ("model", "scenarios", "_readable"):
                    self.__dict__.pop(cached, None)
            if wanted:
                return

    def settle(self) -> None:
        """Take one of several models where nobody chose: that of the first scenario, or file.

        Pages and notebooks show a model without being asked for one by name.
        """
        files = sorted(self.folder.glob("*.model.toml"))
        if self._model_file or self._named or len(files) < 2:
            return
        known, _ = load_readable(self.folder)
        self.choose(*(one.name for one in known if one.model))
        if not self._named:
            self._named = _name_of(files[0])

    def _model_of(self, name: str) -> str:
        """Return the model that a scenario names, looked up without any model."""
        if name.endswith(".toml"):
            return model_named(name)
        known, _ = load_readable(self.folder)
        found = _fitting(name, known)
        if len(found) == 1:
            return found[0].model
        # A faulty file may still say its model; then the fault itself is what is told.
        faulty = [one for one in scenario_files(self.folder) if one.stem == name]
        try:
            return model_named(faulty[0]) if faulty and not found else ""
        except InputError:
            return ""

    def _resolve(self, key: Mapping[str, str]) -> Observed:
        return from_project(self.project)(key)

    @cached_property
    def scenarios(self) -> list[Scenario]:
        """The scenarios of the folder, in the order of their rank.

        Raises
        ------
        InputError
            If one of them is faulty: what shows them all must not leave one out in silence.
        """
        return load_scenarios(self.folder, self.model)

    @cached_property
    def _readable(self) -> tuple[list[Scenario], list[InputError]]:
        return load_readable(self.folder, self.model)

    @property
    def faults(self) -> list[InputError]:
        """What is wrong with scenario files of the folder; the others can be used all the same."""
        return self._readable[1]

    def scenario(self, name: str) -> Scenario:
        """Return a scenario by name, by title, by a part of its name, or by file.

        Raises
        ------
        InputError
            If there is none or several.
        """
        if name.endswith(".toml"):
            return load_scenario(name, self.model)
        known, faults = self._readable
        found = _fitting(name, known)
        if len(found) == 1:
            return found[0]
        for error in faults:
            stem = error.where.split(".toml")[0].casefold()
            if not found and name.casefold() in stem:
                raise error
        names = [one.name for one in known]
        if not names:
            hint = "write one as docs/equations.md shows, or leave its name out"
            raise InputError("scenario", f"unknown '{name}'; {self.folder} has none", "", hint)
        if found:
            told = ", ".join(one.name for one in found)
            raise InputError("scenario", f"'{name}' fits {told}", "one of them")
        raise InputError("scenario", f"unknown '{name}'", "a scenario", nearest(name, names))

    def settings(self, name: str | None, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the levers of a scenario with further changes put on top."""
        levers: dict[str, Any] = {}
        if name:
            for key, value in self.scenario(name).levers.items():
                if isinstance(value, Mapping):
                    levers.update((f"{key}[{year}]", one) for year, one in value.items())
                else:
                    levers[key] = value
        for key, value in changes.items():
            for slot in [one for one in levers if one.startswith(f"{key}[")]:
                del levers[slot]
            levers[key] = value
        return levers

    def run(self, scenario: str | None = None, **changes: Any) -> Report:
        """Return one scenario year by year: ``run("dau_gia", tang_khac="7,64")``."""
        from hlanalysis.scenarios import reports

        return reports.run_report(self, scenario, changes)

    def compare(self, scenario: str, base: str | None = None, year: int | None = None) -> Report:
        """Return two scenarios in one year, with each lever's part of the difference."""
        from hlanalysis.scenarios import reports

        return reports.compare_report(self, scenario, base, {}, year)

    def goal(
        self, lever: str, variable: str, year: int, target: str | float, scenario: str | None = None
    ) -> Report:
        """Return every value of a lever that brings a variable to a target."""
        from hlanalysis.scenarios import reports

        return reports.goal_report(self, lever, variable, year, target, scenario, {})

    def tornado(
        self, variable: str, year: int | None = None, scenario: str | None = None
    ) -> Report:
        """Return which levers move a variable most, one at a time."""
        from hlanalysis.scenarios import reports

        return reports.tornado_report(self, variable, year, scenario, {})

    def fan(
        self,
        variable: str,
        target: str | float | None = None,
        year: int | None = None,
        *,
        draws: int = 10_000,
        seed: int = 2025,
        from_past: bool = False,
    ) -> Report:
        """Return a range of outcomes if the stated assumptions hold, and the odds of a target."""
        from hlanalysis.scenarios import reports

        return reports.fan_report(
            self, variable, target, year, draws, seed, None, {}, from_past=from_past
        )

    def explorer(self, scenario: str | None = None) -> Explorer:
        """Return the live chart with its sliders, list of scenarios and number box."""
        from hlanalysis.scenarios.explorer import Explorer

        return Explorer(self.model, self.scenarios, self.lang, self.settings(scenario, {}))

    def equations(self) -> Equations:
        """Return the equations as a textbook prints them."""
        return Equations(self.model, self.lang)

    def warnings(self, name: str | None) -> list[str]:
        """Return what differs since a scenario was saved."""
        return changes_since(self.scenario(name), self.model) if name else []


def _fitting(name: str, scenarios: list[Scenario]) -> list[Scenario]:
    """Return the scenarios of a name or title, otherwise those whose name holds it."""
    wanted = name.casefold()
    exact = [
        one
        for one in scenarios
        if wanted in {one.name.casefold(), *(title.casefold() for title in one.title.values())}
    ]
    return exact or [one for one in scenarios if wanted in one.name.casefold()]


def _folder_above(start: Path) -> Path:
    """Return the nearest ``data/scenarios``, going up; a project may hold models and no reports."""
    from hlanalysis.project import find_root

    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            break
        if any((folder / "data" / "scenarios").glob("*.model.toml")):
            return folder / "data" / "scenarios"
    return find_root(start) / "data" / "scenarios"


def _name_of(file: Path) -> str:
    """Return the name of a model, without checking the rest of its file."""
    return str(read_toml(file)[0].get("name", file.name.split(".")[0]))
