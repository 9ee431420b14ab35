"""One scenario: set levers, compute, look at the results."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError
from hlanalysis.numbers import NumberFormatError, format_number, parse_number
from hlanalysis.scenarios.careful import evaluate
from hlanalysis.scenarios.model import Key, Model, unknown_name
from hlanalysis.scenarios.names import clean
from hlanalysis.scenarios.specs import Slot

if TYPE_CHECKING:
    import pandas as pd

Setting = float | int | str | Mapping[int, Any] | Sequence[Any]
Settings = Mapping[str, Setting]
_YEAR_KEY = re.compile(r"(.+?)\s*\[\s*(\d{4})\s*\]")


@dataclass(frozen=True)
class Run:
    """The result of one scenario.

    Attributes
    ----------
    model : Model
    slots : tuple of float
        Lever values as equations count them.
    cells : tuple of float
        Results as equations count them, in the order of `model.outputs`.
    """

    model: Model
    slots: tuple[float, ...]
    cells: tuple[float, ...]

    @cached_property
    def by_cell(self) -> dict[Key, float]:
        """Results as equations count them, by name and year."""
        return dict(zip(self.model.outputs, self.cells, strict=True))

    def __getitem__(self, name: str) -> list[float]:
        """Return the path of a variable over the years, in its own unit."""
        if name not in self.model.variables:
            raise unknown_name(self.model.name, name, list(self.model.variables), "variable")
        unit = self.model.variables[name].unit
        return [unit.outside(self.by_cell[name, year]) for year in self.model.years]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the variables."""
        return iter(self.model.variables)

    def at(self, name: str, year: int) -> float:
        """Return a variable in one year, in its own unit."""
        path = self[name]
        if year not in self.model.years:
            years = f"{self.model.years[0]} to {self.model.years[-1]}"
            raise InputError(self.model.name, f"year {year}", f"a year from {years}")
        return path[self.model.years.index(year)]

    def levers(self) -> dict[str, float]:
        """Return every lever value in its own unit, by slot key."""
        # Twelve digits: 55% counted as 0.55 and back would read 55.00000000000001.
        return {
            slot.key: float(f"{slot.lever.unit.outside(value):.12g}")
            for slot, value in zip(self.model.slots, self.slots, strict=True)
        }

    def table(self) -> pd.DataFrame:
        """Return variables as rows and years as columns, each row in its own unit."""
        import pandas as pd

        rows = {name: self[name] for name in self.model.variables}
        return pd.DataFrame.from_dict(rows, orient="index", columns=list(self.model.years))


def read_value(key: str, value: Any) -> float:
    """Return a number somebody typed: 12, 77.64, "77,64", "1.290".

    Raises
    ------
    InputError
        If it is no number.
    """
    if isinstance(value, str):
        text = value.strip().removesuffix("%").strip()
        try:
            return float(parse_number(text))
        except NumberFormatError as error:
            raise InputError(
                f"lever {key}", repr(value), "a number such as 12, 77,64 or 1.290"
            ) from error
    if isinstance(value, bool) or not math.isfinite(float(value)):
        raise InputError(f"lever {key}", repr(value), "a number")
    return float(value)


def settings_by_slot(model: Model, settings: Settings) -> dict[str, float]:
    """Return what a scenario sets, slot by slot, in written units.

    Parameters
    ----------
    settings : mapping
        By lever name: a number for a scalar lever; for a lever by year a number (every year),
        a list (all years in order) or a mapping by year. ``name[2026]`` names one year.

    Raises
    ------
    InputError
        For unknown levers, wrong numbers and values outside a lever's bounds.
    """
    made: dict[str, float] = {}
    for raw, value in settings.items():
        key = clean(raw.strip())
        match = _YEAR_KEY.fullmatch(key)
        key = f"{match[1]}[{match[2]}]" if match else key
        for slot, one in _spread(model, key, value):
            made[slot.key] = _within(slot, read_value(slot.key, one))
    return made


def _spread(model: Model, key: str, value: Setting) -> Iterator[tuple[Slot, Any]]:
    if key in model.slot_by_key:
        yield model.slot_by_key[key], value
        return
    lever = model.levers.get(key)
    if lever is None:
        refuse_year(model, "scenario", key)
        known = [*model.slot_by_key, *model.levers]
        raise unknown_name("scenario", key, known, "lever")
    if isinstance(value, Mapping):
        for year, one in value.items():
            name = f"{key}[{year}]"
            if name not in model.slot_by_key:
                refuse_year(model, "scenario", name)
                raise unknown_name("scenario", name, list(model.slot_by_key), "lever")
            yield model.slot_by_key[name], one
        return
    values = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else None
    if values is not None and len(values) != len(lever.years):
        found = f"{len(values)} values for {key}"
        raise InputError("scenario", found, f"{len(lever.years)}, one a year from {lever.years[0]}")
    for number, year in enumerate(lever.years):
        yield model.slot_by_key[f"{key}[{year}]"], values[number] if values else value


def refuse_year(model: Model, where: str, key: str) -> None:
    """Raise an error where a key such as ``budget[2031]`` names a year the lever does not have."""
    match = _YEAR_KEY.fullmatch(key)
    lever = model.levers.get(match[1]) if match else None
    if match is None or lever is None:
        return
    if not lever.years:
        found = f"{lever.name} has one number for all years"
        raise InputError(where, found, f"{lever.name} without a year")
    runs = f"the model runs {model.years[0]}-{model.years[-1]}"
    raise InputError(where, f"{lever.name} has no year {match[2]}; {runs}")


def _within(slot: Slot, value: float) -> float:
    lever = slot.lever
    slack = 1e-9 * max(1.0, abs(lever.low), abs(lever.high))
    if lever.low - slack <= value <= lever.high + slack:
        return value
    unit = f" {lever.unit.vi}" if lever.unit.vi else ""
    bounds = f"{format_number(lever.low)} to {format_number(lever.high)}{unit}"
    hint = "choose a value inside, or widen the bounds in the model file and say why"
    raise InputError(f"lever {slot.key}", f"{format_number(value)}{unit}", bounds, hint)


def written_values(model: Model, settings: Settings) -> dict[str, float]:
    """Return every slot in its own unit: the baseline with the settings put in."""
    return {slot.key: slot.value for slot in model.slots} | settings_by_slot(model, settings)


def slot_values(model: Model, settings: Settings) -> tuple[float, ...]:
    """Return every slot as equations count it: the baseline with the settings put in."""
    if not settings:
        return model.base
    changed = settings_by_slot(model, settings)
    return tuple(
        slot.inside(changed[slot.key]) if slot.key in changed else base
        for slot, base in zip(model.slots, model.base, strict=True)
    )


def run(model: Model, settings: Settings | None = None) -> Run:
    """Compute one scenario.

    Parameters
    ----------
    model : Model
    settings : mapping, optional
        The levers it changes, in their own units; see `settings_by_slot`.

    Returns
    -------
    Run

    Raises
    ------
    InputError
        If a lever is unknown or outside its bounds, or a cell cannot be computed (a division by
        zero, say); the message names the cell.

    Examples
    --------
    >>> from hlanalysis.scenarios import quick_model
    >>> model = quick_model("x[t] = x[t-1] * (1 + g)", years=(2025, 2026),
    ...                     levers={"g": (10, "%", 0, 20)}, starts={"x": (2024, 100, "tỷ đồng")})
    >>> [round(value, 6) for value in run(model, {"g": "5,5"})["x"]]
    [105.5, 111.3025]
    """
    return run_slots(model, slot_values(model, settings or {}))


def run_slots(model: Model, slots: tuple[float, ...]) -> Run:
    """Compute one scenario from slots as equations count them."""
    try:
        cells = model.scalar(*slots)
        # A sum is finite exactly where every part is, short of an overflow, which is checked next.
        if math.isfinite(sum(cells)):
            return Run(model, slots, cells)
    except (ArithmeticError, ValueError):
        pass
    return Run(model, slots, _cells_or_refuse(model, slots))


def careful_cells(model: Model, slots: Sequence[Any]) -> dict[Key, Any]:
    """Return every cell by the slow evaluation: NaN where it cannot be computed."""
    levers, cells = model.split(slots)
    return evaluate(model.formulas, levers, cells)


def _cells_or_refuse(model: Model, slots: tuple[float, ...]) -> tuple[float, ...]:
    known = careful_cells(model, slots)
    for formula in model.formulas:
        if not math.isfinite(known[formula.name, formula.year]):
            rank = list(model.variables).index(formula.name)
            equation = model.equations[rank]
            line = equation.place.line + model.text.first_line - 1
            raise InputError(
                f"{model.text.name}, line {line}",
                f"{formula.name} cannot be computed in {formula.year} with these levers "
                "(a division by zero, a root or logarithm of a negative number, or an overflow)",
                "levers that keep it computable",
                f"look at {equation.text}",
            )
    return tuple(float(known[key]) for key in model.outputs)
