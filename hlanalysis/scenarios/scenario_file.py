"""Scenarios as files: who changes which levers, when and why; and what has changed since.

A file holds the levers it changes and nothing else of the model. At saving it notes the package's
version, the figures the model rested on, and what came out; reopened, it says what differs now.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hlanalysis
from hlanalysis.errors import InputError
from hlanalysis.files import short_hash, write_whole
from hlanalysis.numbers import Lang, format_number
from hlanalysis.scenarios.model import Model
from hlanalysis.scenarios.model_file import number, words
from hlanalysis.scenarios.running import Run, run, settings_by_slot
from hlanalysis.scenarios.specs import Words, word
from hlanalysis.scenarios.toml_text import key_of, only_keys, read_toml, text_of

_KEYS = ("title", "author", "date", "reason", "model", "levers", "sources", "saved", "rank")
_SAVED = ("version", "data", "equations", "figures", "results")


@dataclass(frozen=True)
class Scenario:
    """A scenario as its file has it.

    Attributes
    ----------
    name : str
        The file's stem.
    title, reason : Words
    author, date : str
    model : str
        Name of the model it belongs to.
    levers : dict
        The levers it changes, in their own units.
    sources : dict of str to Words
        Where each changed value comes from; required for every lever changed.
    saved : dict
        What was noted at saving; empty for a scenario nobody has saved yet.
    rank : int
        Place in lists.
    """

    name: str
    title: Words
    reason: Words
    author: str
    date: str
    model: str
    levers: Mapping[str, Any]
    sources: Mapping[str, Words]
    saved: Mapping[str, Any] = field(default_factory=dict)
    rank: int = 100

    def run(self, model: Model) -> Run:
        """Compute the scenario."""
        return run(model, self.levers)

    def say(self, lang: Lang = "vi") -> str:
        """Return its title for a reader."""
        return word(self.title, lang, self.name)


def load_scenario(path: str | Path, model: Model | None = None) -> Scenario:
    """Load a scenario; with a model, check that its levers exist and keep their bounds.

    Raises
    ------
    InputError
        If something is missing or unknown; the message says where.
    """
    file = Path(path)
    table, _ = read_toml(file)
    only_keys(file.name, table, _KEYS)
    for key in ("title", "author", "date", "reason"):
        if not table.get(key):
            raise InputError(file.name, f"no {key}", f'{key} = "..."')
    levers = table.get("levers", {})
    if not isinstance(levers, dict):
        raise InputError(file.name, "levers that are no table", "[levers] with name = value")
    sources = {key: words(one, file.name) for key, one in table.get("sources", {}).items()}
    unsaid = [key for key in levers if key not in sources and key.split("[")[0] not in sources]
    if unsaid:
        hint = f'add under [sources]: {key_of(unsaid[0])} = "where this value comes from"'
        raise InputError(file.name, f"no source for {', '.join(unsaid)}", "one a lever", hint)
    saved = table.get("saved", {})
    only_keys(f"{file.name}, saved", saved, _SAVED)
    made = Scenario(
        name=file.name.removesuffix(".toml"),
        title=words(table["title"], file.name),
        reason=words(table["reason"], file.name),
        author=str(table["author"]),
        date=_date(file.name, table["date"]),
        model=str(table.get("model", "")),
        levers={key: _lever(f"{file.name}, {key}", one) for key, one in levers.items()},
        sources=sources,
        saved=saved,
        rank=int(table.get("rank", 100)),
    )
    if model is not None:
        _check_levers(file.name, made, model)
    return made


def _date(where: str, value: Any) -> str:
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise InputError(where, f"date {value!r}", "date = 2025-01-15 (year-month-day)")
    return text


def _lever(where: str, value: Any) -> Any:
    if isinstance(value, list):
        return [number(where, one) for one in value]
    if isinstance(value, dict):
        bad = [key for key in value if not re.fullmatch(r"\d{4}", key)]
        if bad:
            raise InputError(where, f"year {bad[0]!r}", "{ 2026 = 100 }")
        return {int(year): number(where, one) for year, one in value.items()}
    return number(where, value)


def _check_levers(where: str, scenario: Scenario, model: Model) -> None:
    if scenario.model and scenario.model != model.name:
        raise InputError(where, f"a scenario of the model '{scenario.model}'", f"'{model.name}'")
    try:
        settings_by_slot(model, scenario.levers)
    except InputError as error:
        raise InputError(
            f"{where}, {error.where}", error.found, error.expected, error.hint
        ) from error


def load_scenarios(folder: str | Path, model: Model | None = None) -> list[Scenario]:
    """Load every scenario of a folder, in the order of their rank."""
    made, faulty = load_readable(folder, model)
    if faulty:
        raise faulty[0]
    return made


def load_readable(
    folder: str | Path, model: Model | None = None
) -> tuple[list[Scenario], list[InputError]]:
    """Load the scenarios of a folder that can be read, and return what is wrong with the others.

    Scenarios of another model are left out of both.
    """
    made: list[Scenario] = []
    faulty: list[InputError] = []
    for file in scenario_files(folder):
        try:
            if model is not None and model_named(file) not in ("", model.name):
                continue
            made.append(load_scenario(file, model))
        except InputError as error:
            faulty.append(error)
    return sorted(made, key=lambda one: (one.rank, one.name)), faulty


def scenario_files(folder: str | Path) -> list[Path]:
    """Return the files of a folder that hold scenarios, by name."""
    files = sorted(Path(folder).glob("*.toml"))
    return [one for one in files if not one.name.endswith(".model.toml")]


def model_named(file: str | Path) -> str:
    """Return the name of the model that a scenario file says it belongs to; empty if none."""
    return str(read_toml(Path(file))[0].get("model", ""))


def figures_of(model: Model) -> dict[str, str]:
    """Return the figures a model rests on, by start value and lever, as printed."""
    made = {
        f"{name}[{year}]": f"{start.written} {start.observation}".strip()
        for (name, year), start in model.starts.items()
    }
    for name, lever in model.levers.items():
        if lever.observation and not isinstance(lever.value, Mapping):
            made[name] = f"{format_number(lever.value)} {lever.observation}"
    return made


def data_hash(model: Model) -> str:
    """Return a short hash of the figures a model rests on."""
    return short_hash(*(f"{key}={value}" for key, value in sorted(figures_of(model).items())))


def equations_hash(model: Model) -> str:
    """Return a short hash of the equations and the baselines of the levers."""
    levers = [f"{slot.key}={slot.value!r}" for slot in model.slots]
    return short_hash(*(one.text for one in model.equations), *levers)


def save_scenario(scenario: Scenario, path: str | Path, model: Model) -> Path:
    """Write a scenario with what it rests on today and what comes out of it.

    Raises
    ------
    InputError
        If a lever is unknown or out of bounds, or a changed lever has no source.
    """
    file = Path(path)
    unsaid = [key for key in scenario.levers if key.split("[")[0] not in scenario.sources]
    unsaid = [key for key in unsaid if key not in scenario.sources]
    if unsaid:
        raise InputError(file.name, f"no source for {', '.join(unsaid)}", "one for each lever")
    _check_levers(file.name, scenario, model)
    done = scenario.run(model)
    last = model.years[-1]
    lines = [
        f"title = {text_of(dict(scenario.title))}",
        f"author = {text_of(scenario.author)}",
        f"date = {_date(file.name, scenario.date)}",
        f"reason = {text_of(dict(scenario.reason))}",
        f"model = {text_of(model.name)}",
        f"rank = {scenario.rank}",
        *_section("levers", scenario.levers),
        *_section("sources", {key: dict(one) for key, one in scenario.sources.items()}),
        *_section("saved", {
            "version": hlanalysis.__version__,
            "data": data_hash(model),
            "equations": equations_hash(model),
        }),
        *_section("saved.figures", figures_of(model)),
        *_section("saved.results", {
            f"{name}[{last}]": float(f"{done.at(name, last):.10g}") for name in model.variables
        }),
    ]  # fmt: skip
    write_whole(file, "\n".join(lines) + "\n")
    return file


def _section(name: str, table: Mapping[str, Any]) -> list[str]:
    return ["", f"[{name}]", *(f"{key_of(key)} = {text_of(one)}" for key, one in table.items())]


def changes_since(scenario: Scenario, model: Model) -> list[str]:
    """Return what differs from the day the scenario was saved, one sentence each.

    Empty if nothing does, or if the scenario was never saved.
    """
    saved = scenario.saved
    if not saved:
        return []
    told = []
    if saved.get("version") != hlanalysis.__version__:
        told.append(f"saved with hlanalysis {saved.get('version')}, now {hlanalysis.__version__}")
    if saved.get("data") != data_hash(model):
        told += _different_figures(saved.get("figures", {}), figures_of(model))
    if saved.get("equations") != equations_hash(model):
        told.append("the equations or the levers' baselines have changed since it was saved")
    return told + _different_results(saved.get("results", {}), scenario.run(model))


def _different_figures(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [
        f"{key} was {before.get(key, 'not used')}, is now {now.get(key, 'not used')}"
        for key in sorted({*before, *now})
        if before.get(key) != now.get(key)
    ]


def _different_results(before: Mapping[str, float], done: Run) -> list[str]:
    told = []
    for key, was in before.items():
        name, _, year = key.removesuffix("]").partition("[")
        if name not in done.model.variables or int(year) not in done.model.years:
            told.append(f"{key} was {was:g}, is no longer computed")
            continue
        now = done.at(name, int(year))
        if abs(now - was) > 1e-8 * max(1.0, abs(was)):
            places = done.model.variables[name].places + 2
            told.append(
                f"{key} was {format_number(was, places)}, is now {format_number(now, places)} "
                f"({format_number(now - was, places, signed=True)})"
            )
    return told
