"""Which value of a lever brings a result to its target: all of them, or why there is none.

The lever's whole range is scanned first in one vectorised run. A single root finder would name
one solution of several, the end of a plateau as if it were the answer, or fail where a target
lies out of reach; here each of these is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang, format_number, round_half_up
from hlanalysis.scenarios.drawing import evaluate_draws
from hlanalysis.scenarios.model import Model, unknown_name
from hlanalysis.scenarios.running import (
    Settings,
    refuse_year,
    run_slots,
    settings_by_slot,
    slot_values,
)
from hlanalysis.scenarios.specs import LeverSpec, word

POINTS = 401
_STEPS = 80


@dataclass(frozen=True, slots=True)
class Solution:
    """A value of the lever, or all values from `low` to `high`."""

    low: float
    high: float

    @property
    def is_interval(self) -> bool:
        """Whether every value between the ends brings the same result."""
        return self.high > self.low


@dataclass(frozen=True)
class Goal:
    """The answer of a goal search.

    Attributes
    ----------
    lever, name, year, target
        What was asked; the lever's slot key, and the target in the variable's unit.
    solutions : tuple of Solution
        In the lever's unit, rising; empty if the target is not reached.
    jumps : tuple of float
        Lever values at which the result leaps over the target.
    reached : tuple of float
        Lowest and highest result over the range that was searched.
    searched : tuple of float
        The range of the lever.
    """

    model: Model
    lever: str
    name: str
    year: int
    target: float
    solutions: tuple[Solution, ...]
    jumps: tuple[float, ...]
    reached: tuple[float, float]
    searched: tuple[float, float]

    def say(self, lang: Lang = "vi") -> str:
        """Return the answer as one sentence."""
        unit = self.model.variables[self.name].unit
        lever = _lever(self.model, self.lever).unit
        year = f" năm {self.year}" if lang == "vi" else f" of {self.year}"
        name = word(self.model.variables[self.name].label, lang, self.name) + year
        moved = self._moved(lang)
        asked = _with_unit(format_number(self.target, lang=lang), unit.name(lang))
        if not self.solutions:
            return (
                f"{name}: {self._say_missed(asked, lang)}{self._say_leap(lever.name(lang), lang)}."
            )
        parts = [_say_solution(one, lever.name(lang), lang) for one in self.solutions]
        joint = " hoặc " if lang == "vi" else " or "
        if lang == "vi":
            return f"Để {name} bằng {asked}: {moved} = {joint.join(parts)}."
        return f"For {name} to be {asked}: {moved} = {joint.join(parts)}."

    def _say_missed(self, asked: str, lang: Lang) -> str:
        """Return why the target is not reached, with the digits that set it apart."""
        first, last = self.reached
        low, high = (self._apart(one, lang) for one in self.reached)
        if last - first <= 1e-9 * max(1.0, abs(first), abs(last)):
            if lang == "vi":
                told = f"{self._moved(lang)} không làm thay đổi kết quả; kết quả vẫn là {low}"
                return f"{asked} không đạt được: {told}"
            told = f"{self._moved(lang)} does not move the result; it stays {low}"
            return f"{asked} cannot be reached: {told}"
        more = 1
        while low == high and more < 12:
            low, high = (self._apart(one, lang, more) for one in self.reached)
            more += 1
        if lang == "vi":
            return f"{asked} không đạt được: chỉ từ {low} đến {high}"
        return f"{asked} cannot be reached: only {low} to {high}"

    def _apart(self, value: float, lang: Lang, more: int = 0) -> str:
        """Return a result with the fewest digits that do not make it the target."""
        fewest = self.model.variables[self.name].places
        if abs(value) < 1 and abs(value) > 1e-9:
            fewest = max(fewest, 1 - math.floor(math.log10(abs(value))))
        elif fewest == 0 and abs(value - round(value)) > 1e-9:
            fewest = 1
        fewest += more
        for places in range(fewest, fewest + 9):
            shown = float(round_half_up(value, places))
            if (shown < self.target) == (value < self.target) and shown != self.target:
                return format_number(value, places, lang=lang)
        return format_number(value, fewest, lang=lang)

    def _moved(self, lang: Lang) -> str:
        """Return the lever's label, with its year."""
        key, _, year = self.lever.partition("[")
        lever = _lever(self.model, self.lever)
        label = word(lever.label, lang, key)
        if not year and lever.years:
            return f"{label} trong mọi năm" if lang == "vi" else f"{label} in every year"
        return f"{label} {year.rstrip(']')}" if year else label

    def _say_leap(self, unit: str, lang: Lang) -> str:
        if not self.jumps:
            return ""
        at = ", ".join(_say_solution(Solution(one, one), unit, lang) for one in self.jumps)
        if lang == "vi":
            return f", và nhảy qua mức này tại {self._moved(lang)} = {at}"
        return f", leaping over it at {self._moved(lang)} = {at}"


def _with_unit(number: str, unit: str) -> str:
    return number + unit if unit == "%" else f"{number} {unit}".rstrip()


def _say_solution(one: Solution, unit: str, lang: Lang) -> str:
    places = 2 if max(abs(one.low), abs(one.high)) < 100 else 1
    low, high = (_with_unit(format_number(v, places, lang=lang), unit) for v in (one.low, one.high))
    if not one.is_interval:
        return low
    return f"mọi giá trị từ {low} đến {high}" if lang == "vi" else f"anything from {low} to {high}"


def goal(
    model: Model,
    lever: str,
    name: str,
    year: int,
    target: float,
    *,
    settings: Settings | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Goal:
    """Find every value of a lever that brings a variable to a target in one year.

    Parameters
    ----------
    model : Model
    lever : str
        A scalar lever, one year (``name[2026]``), or a lever by year (all years alike).
    name : str
        The variable.
    year : int
    target : float
        In the variable's unit.
    settings : mapping, optional
        Other levers.
    low, high : float, optional
        Range to search, in the lever's unit; its bounds if left out.

    Returns
    -------
    Goal

    Raises
    ------
    InputError
        For unknown names, years and empty ranges.
    """
    spec = _lever(model, lever)
    if name not in model.variables:
        raise unknown_name("goal", name, list(model.variables), "variable")
    if year not in model.years:
        raise InputError("goal", f"year {year}", f"one of {list(model.years)}")
    first = spec.low if low is None else max(low, spec.low)
    last = spec.high if high is None else min(high, spec.high)
    if not first < last or not math.isfinite(target):
        expected = f"a range inside {spec.low:g} to {spec.high:g}, and a finite target"
        raise InputError("goal", f"{lever} from {first:g} to {last:g}, target {target:g}", expected)
    search = _Search(model, lever, name, year, target, settings or {})
    return search.answer(first, last)


def _lever(model: Model, key: str) -> LeverSpec:
    if key in model.slot_by_key:
        return model.slot_by_key[key].lever
    if key in model.levers:
        return model.levers[key]
    refuse_year(model, "goal", key)
    raise unknown_name("goal", key, [*model.levers, *model.slot_by_key], "lever")


class _Search:
    def __init__(
        self, model: Model, lever: str, name: str, year: int, target: float, settings: Settings
    ) -> None:
        self._model, self._lever, self._key, self._target = model, lever, (name, year), target
        self._base = slot_values(model, settings)
        spec = _lever(model, lever)
        self._slots = list(settings_by_slot(model, {lever: spec.low}))
        self._numbers = [n for n, slot in enumerate(model.slots) if slot.key in self._slots]
        self._unit = spec.unit
        self._output = model.outputs.index(self._key)
        self._near = 1e-9 * max(1.0, abs(target))

    def miss(self, value: float) -> float:
        """Return result minus target at one value of the lever; NaN where there is none."""
        slots = list(self._base)
        for number in self._numbers:
            slots[number] = self._unit.inside(value)
        try:
            cell = run_slots(self._model, tuple(slots)).cells[self._output]
        except InputError:
            return math.nan
        return self._model.variables[self._key[0]].unit.outside(cell) - self._target

    def answer(self, first: float, last: float) -> Goal:
        grid = np.linspace(first, last, POINTS)
        draws = {key: grid for key in self._slots}
        misses = evaluate_draws(self._model, draws, [self._key], self._base)[0] - self._target
        if np.isnan(misses).all():
            raise InputError("goal", f"{self._key[0]} cannot be computed", "a computable range")
        found, jumps = self._scan(grid.tolist(), misses.tolist())
        reached = (float(np.nanmin(misses)) + self._target, float(np.nanmax(misses)) + self._target)
        name, year = self._key
        return Goal(
            self._model, self._lever, name, year, self._target,
            tuple(_merge(found)), tuple(jumps), reached, (first, last),
        )  # fmt: skip

    def _scan(self, grid: list[float], misses: list[float]) -> tuple[list[Solution], list[float]]:
        found: list[Solution] = []
        jumps: list[float] = []
        for number, (value, miss) in enumerate(zip(grid, misses, strict=True)):
            if abs(miss) <= self._near:
                found.append(self._plateau(value, grid, number))
            if number == 0:
                continue
            left, before = grid[number - 1], misses[number - 1]
            if min(abs(miss), abs(before)) > self._near and miss * before < 0:
                root = self._bisect(left, value, before)
                if abs(self.miss(root)) <= 1e3 * self._near:
                    found.append(self._plateau(root, grid, number))
                else:
                    jumps.append(root)
            if number + 1 < len(grid):
                found += self._touching(grid, misses, number)
        return found, jumps

    def _bisect(self, left: float, right: float, miss_left: float) -> float:
        for _ in range(_STEPS):
            middle = (left + right) / 2
            miss = self.miss(middle)
            if abs(miss) <= self._near / 1e3 or middle in (left, right):
                return middle
            if miss * miss_left > 0:
                left = middle
            else:
                right = middle
        return (left + right) / 2

    def _plateau(self, value: float, grid: list[float], number: int) -> Solution:
        """Return the values around one solution that are solutions too."""
        width = grid[1] - grid[0]
        ends = []
        for step, limit in ((-1, grid[0]), (1, grid[-1])):
            inside = value
            outside = value + step * width * 1e-2
            if step * (outside - limit) > 0 or abs(self.miss(outside)) > self._near:
                ends.append(value)
                continue
            inside = outside
            while step * (limit - inside) > 0:
                outside = inside + step * width
                if step * (outside - limit) > 0:
                    outside = limit
                if abs(self.miss(outside)) > self._near:
                    inside = self._edge(inside, outside)
                    break
                inside = outside
            ends.append(inside)
        return Solution(*ends)

    def _edge(self, inside: float, outside: float) -> float:
        for _ in range(_STEPS):
            middle = (inside + outside) / 2
            if middle in (inside, outside):
                break
            if abs(self.miss(middle)) <= self._near:
                inside = middle
            else:
                outside = middle
        return inside

    def _touching(self, grid: list[float], misses: list[float], number: int) -> list[Solution]:
        """Return solutions between three points of one side, the middle one nearest the target."""
        before, miss, after = misses[number - 1 : number + 2]
        same_side = miss * before > 0 and miss * after > 0
        nearest = abs(miss) <= abs(before) and abs(miss) <= abs(after)
        if not (same_side and nearest) or abs(miss) <= self._near:
            return []
        if abs(miss) == abs(before) == abs(after):
            return []
        side = math.copysign(1.0, miss)
        low, high = grid[number - 1], grid[number + 1]
        best = _golden(lambda value: side * self.miss(value), low, high)
        depth = side * self.miss(best)
        if depth < -self._near:
            roots = (self._bisect(low, best, before), self._bisect(best, high, -side))
            return [Solution(root, root) for root in roots]
        return [Solution(best, best)] if depth <= self._near else []


def _golden(function: Callable[[float], float], low: float, high: float) -> float:
    ratio = (math.sqrt(5) - 1) / 2
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    at_a, at_b = function(a), function(b)
    for _ in range(_STEPS):
        if at_a <= at_b:
            high, b, at_b = b, a, at_a
            a = high - ratio * (high - low)
            at_a = function(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + ratio * (high - low)
            at_b = function(b)
    return (low + high) / 2


def _merge(found: list[Solution]) -> list[Solution]:
    """Join solutions that overlap or are the same."""
    merged: list[Solution] = []
    for one in sorted(found, key=lambda solution: (solution.low, solution.high)):
        slack = 1e-9 * max(1.0, abs(one.low))
        if merged and one.low <= merged[-1].high + slack:
            last = merged.pop()
            merged.append(Solution(last.low, max(last.high, one.high)))
        else:
            merged.append(one)
    return [
        one if one.high - one.low > 1e-9 * max(1.0, abs(one.low)) else Solution(one.low, one.low)
        for one in merged
    ]
