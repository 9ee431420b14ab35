"""A model as one file: equations, levers, start values, and how results are shown.

`docs/equations.md` explains the format to those who write one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hlanalysis.catalog import convert
from hlanalysis.errors import InputError
from hlanalysis.numbers import NumberFormatError, parse_number
from hlanalysis.scenarios.distributions import read_distribution
from hlanalysis.scenarios.model import Model, build_model
from hlanalysis.scenarios.names import clean
from hlanalysis.scenarios.observed import KEYS, Observed, Resolver, name_of
from hlanalysis.scenarios.specs import LeverSpec, StartSpec, VariableSpec, Words
from hlanalysis.scenarios.toml_text import only_keys, parse_toml, read_toml
from hlanalysis.scenarios.units import ModelUnit, UnknownUnitError, read_unit

_TOP = ("name", "title", "years", "equations", "levers", "starts", "variables", "notes", "charts")
_LEVER = (
    "name", "label", "unit", "value", "low", "high", "step", "assumption", "observation", "stated",
    "group", "tex",
)  # fmt: skip
_START = ("name", "year", "unit", "value", "observation", "assumption", "tex")
_VARIABLE = ("name", "label", "unit", "tex", "places", "shown")


def load_model(path: str | Path, resolve: Resolver | None = None) -> Model:
    """Load a model from a TOML file.

    Parameters
    ----------
    path : str or Path
    resolve : Resolver, optional
        Finds the observation behind a start value: `observed.from_project(project)`, or
        `observed.from_mapping({...})`. Needed where the model refers to observations.

    Raises
    ------
    InputError
        If the file is no model; the message says where. Equations raise `ModelError`, which
        names every problem at once.
    """
    file = Path(path)
    table, text = read_toml(file)
    return _model(table, text, file.name, resolve, file.name.split(".")[0])


def parse_model(text: str, name: str = "model.toml", resolve: Resolver | None = None) -> Model:
    """Return a model from the text of a model file; see `load_model`."""
    return _model(parse_toml(text, name), text, name, resolve, name.split(".")[0])


def _model(
    table: Mapping[str, Any], text: str, file: str, resolve: Resolver | None, stem: str
) -> Model:
    only_keys(file, table, _TOP)
    equations = table.get("equations")
    if not isinstance(equations, str) or not equations.strip():
        raise InputError(file, "no equations", "equations = ''' name[t] = value '''")
    reader = _Reader(file, resolve)
    years = reader.years(table.get("years"))
    return build_model(
        name=str(table.get("name", stem)),
        title=words(table.get("title"), file),
        years=years,
        equations=equations,
        levers=[reader.lever(one, years) for one in _tables(table, "levers", file)],
        starts=[reader.start(one) for one in _tables(table, "starts", file)],
        variables=[reader.variable(one) for one in _tables(table, "variables", file)],
        where=file,
        first_line=_first_line(text),
        notes=[words(one, file) for one in table.get("notes", [])],
        charts=[clean(str(one)) for one in table.get("charts", [])],
    )


def _first_line(text: str) -> int:
    """Return the line of the file on which the text of the equations begins."""
    match = re.search(r"^equations\s*=\s*('''|\"\"\"|'|\")(\r?\n)?", text, re.M)
    return text[: match.end()].count("\n") + 1 if match else 1


def _tables(table: Mapping[str, Any], key: str, file: str) -> list[Mapping[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise InputError(file, f"{key} that are no list of tables", f"[[{key}]] before each one")
    return found


def words(value: Any, where: str) -> Words:
    """Return a text by language; a plain string serves both.

    Raises
    ------
    InputError
        If it is neither a text nor a table of vi and en.
    """
    if value is None:
        return {}
    if isinstance(value, str):
        return {"vi": value, "en": value}
    if isinstance(value, dict) and set(value) <= {"vi", "en"}:
        return {key: str(one) for key, one in value.items()}
    raise InputError(where, f"a text {value!r:.60}", '"..." or { vi = "...", en = "..." }')


class _Reader:
    def __init__(self, file: str, resolve: Resolver | None) -> None:
        self._file, self._resolve = file, resolve

    def years(self, value: Any) -> list[int]:
        good = isinstance(value, list) and len(value) == 2 and all(type(y) is int for y in value)
        if not good or not 1900 <= value[0] <= value[1] <= 2200:
            raise InputError(self._file, f"years {value!r}", "years = [2025, 2030], first and last")
        return list(range(value[0], value[1] + 1))

    def lever(self, one: Mapping[str, Any], years: Sequence[int]) -> LeverSpec:
        name = self._name(one, "lever")
        where = f"{self._file}, lever {name}"
        only_keys(where, one, _LEVER)
        unit = self._unit(where, one)
        observed = self._observed(where, one)
        value: float | Mapping[int, float]
        value = _in_unit(where, observed, unit) if observed else self._value(where, one, years)
        low, high = (self._number(where, one, key) for key in ("low", "high"))
        stated = str(one.get("stated", ""))
        if stated:
            read_distribution(stated, name)
        if not observed and not one.get("assumption"):
            hint = 'add assumption = "why this number", or observation = { ... }'
            expected = "an assumption or an observation"
            raise InputError(where, "no word on where its value comes from", expected, hint)
        return LeverSpec(
            name=name,
            unit=unit,
            value=value,
            low=low,
            high=high,
            step=self._number(where, one, "step") if "step" in one else (high - low) / 100,
            label=words(one.get("label"), where),
            source=_source(one, observed),
            assumption=bool(one.get("assumption")),
            group=str(one.get("group", "main")),
            tex=str(one.get("tex", "")),
            observation=observed.id if observed else "",
            stated=stated,
        )

    def start(self, one: Mapping[str, Any]) -> StartSpec:
        name = self._name(one, "start value")
        where = f"{self._file}, start value {name}"
        only_keys(where, one, _START)
        year = one.get("year")
        if type(year) is not int:
            raise InputError(where, f"year {year!r}", "year = 2024")
        unit = self._unit(where, one)
        observed = self._observed(where, one)
        if not observed and not one.get("assumption"):
            hint = 'add observation = { indicator = ..., ... }, or assumption = "why"'
            expected = "an assumption or an observation"
            raise InputError(where, "no word on where it comes from", expected, hint)
        value = _in_unit(where, observed, unit) if observed else self._number(where, one, "value")
        written = observed.written if observed else str(one.get("value"))
        return StartSpec(
            name, year, unit, value, _source(one, observed), observed is None,
            observed.id if observed else "", written,
        )  # fmt: skip

    def variable(self, one: Mapping[str, Any]) -> VariableSpec:
        name = self._name(one, "variable")
        where = f"{self._file}, variable {name}"
        only_keys(where, one, _VARIABLE)
        unit = self._unit(where, one)
        places = one.get("places", unit.shown_places)
        if type(places) is not int or not 0 <= places <= 9:
            raise InputError(where, f"places {places!r}", "a whole number from 0 to 9")
        label = words(one.get("label"), where)
        shown = bool(one.get("shown", True))
        return VariableSpec(name, unit, label, str(one.get("tex", "")), places, shown)

    def _name(self, one: Mapping[str, Any], what: str) -> str:
        if not isinstance(one.get("name"), str) or not one["name"].strip():
            raise InputError(self._file, f"a {what} without a name", 'name = "thu_dat"')
        return clean(one["name"].strip())

    def _unit(self, where: str, one: Mapping[str, Any]) -> ModelUnit:
        if not isinstance(one.get("unit"), str):
            hint = 'write unit = "" for a plain number'
            raise InputError(where, "no unit", 'unit = "tỷ đồng", "%", ...', hint)
        try:
            return read_unit(one["unit"])
        except UnknownUnitError as error:
            raise InputError(
                where, f"unknown unit '{error.word}'", "a known unit", error.hint
            ) from error

    def _number(self, where: str, one: Mapping[str, Any], key: str) -> float:
        if key not in one:
            raise InputError(where, f"no {key}", f"{key} = a number")
        return number(f"{where}, {key}", one[key])

    def _value(
        self, where: str, one: Mapping[str, Any], years: Sequence[int]
    ) -> float | Mapping[int, float]:
        value = one.get("value")
        if isinstance(value, list):
            if len(value) != len(years):
                expected = f"{len(years)}, one for each year {years[0]}-{years[-1]}"
                raise InputError(where, f"{len(value)} values", expected)
            return {year: number(where, each) for year, each in zip(years, value, strict=True)}
        if isinstance(value, dict):
            if not all(re.fullmatch(r"\d{4}", key) for key in value):
                raise InputError(where, f"years {list(value)}", "value = { 2026 = 100, 2027 = 80 }")
            return {int(year): number(where, each) for year, each in value.items()}
        return self._number(where, one, "value")

    def _observed(self, where: str, one: Mapping[str, Any]) -> Observed | None:
        key = one.get("observation")
        if key is None:
            return None
        if not isinstance(key, dict) or not ({"indicator", "id"} & set(key)):
            expected = '{ indicator = "budget_revenue", period = "2024", kind = "level" }'
            raise InputError(where, f"observation {key!r:.60}", expected)
        only_keys(where, key, KEYS)
        if self._resolve is None:
            hint = "open the project, or pass start values: load_model(path, from_mapping({...}))"
            raise InputError(where, f"observation {name_of(key)} not looked up", "a project", hint)
        return self._resolve(key)


def number(where: str, value: Any) -> float:
    """Return a number of a model or scenario file: 77.64, or "77,64" in quotes.

    Raises
    ------
    InputError
        If it is no number.
    """
    if isinstance(value, str):
        try:
            return float(parse_number(value.removesuffix("%").strip()))
        except NumberFormatError as error:
            raise InputError(where, repr(value), 'a number, 77.64 or "77,64"') from error
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(where, repr(value)[:60], 'a number, 77.64 or "77,64"')
    if not math.isfinite(value) or abs(value) > 1e15:
        raise InputError(where, repr(value)[:60], "a finite number up to 1e15")
    return float(value)


def _in_unit(where: str, observed: Observed, unit: ModelUnit) -> float:
    """Return an observed value in the unit the model file asks for."""
    try:
        own = read_unit(observed.unit)
    except UnknownUnitError as error:
        raise InputError(where, f"an observation in {observed.unit}", "a known unit") from error
    if own.factor == unit.factor and own.dimension == unit.dimension:
        return observed.value
    if own.dimension != unit.dimension:
        found = f"an observation in {own.vi or observed.unit}"
        raise InputError(where, found, unit.vi or "a plain number")
    return float(convert(observed.value, observed.unit, _catalogue_id(unit)))


def _catalogue_id(unit: ModelUnit) -> str:
    from hlanalysis.scenarios.units import word_ids

    return word_ids()[unit.written.casefold()]


def _source(one: Mapping[str, Any], observed: Observed | None) -> str:
    parts = [str(one.get("assumption", ""))]
    if observed:
        bound = "" if not observed.modifier else f" ({observed.modifier})"
        parts.append(f"{observed.source}: {observed.written}{bound}")
    return "; ".join(part for part in parts if part)
