"""NumPy code for many draws: only the kept cells, in pieces that fit the processor's cache.

Cells that no drawn lever reaches are computed once as plain numbers; a test on such cells becomes
a plain `if`. What remains is straight-line code on short arrays, each let go after its last use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.printer import NUDGE, cell_name, lever_name, whole_power
from hlanalysis.scenarios.scalar_code import NAMES, ScalarPrinter
from hlanalysis.scenarios.tree import Node
from hlanalysis.scenarios.unroll import Formula, cells_of

Key = tuple[str, int]


def needed_for(formulas: Sequence[Formula], kept: Iterable[Key]) -> list[Formula]:
    """Return the formulas that the kept cells rest on, in the order of computing."""
    wanted, chosen = set(kept), []
    for formula in reversed(formulas):
        if (formula.name, formula.year) in wanted:
            chosen.append(formula)
            wanted.update(cell for node in tree.walk(formula.value) for cell in cells_of(node))
    return chosen[::-1]


class ArrayPrinter(ScalarPrinter):
    """Prints NumPy where a drawn lever reaches, plain Python elsewhere.

    Parameters
    ----------
    drawn : set of str
        Scalar levers given as arrays.
    arrays : set of (str, int)
        Cells that are arrays: drawn levers by year, and what rests on anything drawn.
    """

    def __init__(self, drawn: Iterable[str], arrays: Iterable[Key]) -> None:
        super().__init__({})
        self._drawn, self._arrays = frozenset(drawn), set(arrays)

    def is_array(self, node: Node) -> bool:
        """Whether a node's value is an array."""
        return any(
            (isinstance(one, tree.Lever) and one.name in self._drawn)
            or any(cell in self._arrays for cell in cells_of(one))
            for one in tree.walk(node)
        )

    def add_array(self, key: Key) -> None:
        """Remember that a cell is an array."""
        self._arrays.add(key)

    def power(self, node: tree.Op) -> str:
        """Return a power; squares and cubes of arrays as products, which cost a tenth."""
        if not self.is_array(node):
            return super().power(node)
        left, right = self.show(node.left), self.show(node.right)
        if whole_power(node) == 2:
            return f"_square({left})"
        return f"_power({left}, {right})"

    def call(self, node: tree.Call) -> str:
        """Return a ufunc where an argument is an array."""
        if not self.is_array(node):
            return super().call(node)
        args = [self.show(one) for one in node.args]
        if node.function == "round":
            return super().call(node).replace("_round(", "_np_round(", 1)
        if node.function in ("min", "max"):
            return _nest(f"_np_{node.function}", args)
        return f"_np_{node.function}({args[0]})"

    def over_years(self, node: tree.Call, cells: tree.Cells) -> str:
        """Return a minimum or maximum over years by ufuncs; sums print as everywhere."""
        parts = [self.cell(cells.name, year) for year in range(cells.first, cells.last + 1)]
        if node.function in ("min", "max") and len(parts) > 1 and self.is_array(cells):
            return _nest(f"_np_{node.function}", parts)
        return super().over_years(node, cells)

    def choose(self, node: tree.Choose) -> str:
        """Return `where`, or a plain choice where the test is one number for all draws."""
        if not self.is_array(node.test):
            return super().choose(node)
        test, yes, no = self.condition(node.test), self.show(node.yes), self.show(node.no)
        return f"_where({test}, {yes}, {no})"

    def compare(self, node: tree.Compare) -> str:
        """Return a comparison with the tolerance."""
        text = super().compare(node)
        return text.replace("(abs(", "(_np_abs(", 1) if self.is_array(node) else text

    def logic(self, op: str, parts: list[str]) -> str:
        """Return tests joined so that numbers and arrays mix."""
        return "(" + (" & " if op == "and" else " | ").join(f"_truth({one})" for one in parts) + ")"

    def opposite(self, part: str) -> str:
        """Return the opposite of a number's or an array's test."""
        return f"(~_truth({part}))"


def _nest(function: str, parts: Sequence[str]) -> str:
    whole = parts[0]
    for part in parts[1:]:
        whole = f"{function}({whole}, {part})"
    return whole


def _np_round(value: Any, digits: int) -> Any:
    scale = 10.0 ** abs(digits)
    size = np.abs(value)
    size = size * scale if digits >= 0 else size / scale
    size *= NUDGE
    size += 0.5
    size = np.floor(size)
    size = size / scale if digits >= 0 else size * scale
    return np.copysign(size, value)


NUMPY_NAMES: dict[str, Any] = {
    **NAMES,
    "_np_min": np.minimum, "_np_max": np.maximum, "_np_abs": np.abs, "_np_exp": np.exp,
    "_np_log": np.log, "_np_sqrt": np.sqrt, "_np_round": _np_round, "_where": np.where,
    "_power": np.power, "_square": np.square, "_truth": np.bool_,
}  # fmt: skip


@dataclass(frozen=True)
class ArrayCode:
    """Printed code for one choice of drawn levers and kept cells.

    Attributes
    ----------
    source : str
        Python with NumPy: `run(out, <scalar levers>, <given cells>)` fills `out[k]`.
    levers : tuple of str
        Scalar levers it asks for.
    given : tuple of (str, int)
        Cells it asks for: drawn levers by year, and numbers that are the same for all draws.
    """

    source: str
    levers: tuple[str, ...]
    given: tuple[Key, ...]


def array_code(
    formulas: Sequence[Formula],
    drawn: Iterable[str],
    drawn_cells: Iterable[Key],
    kept: Sequence[Key],
) -> ArrayCode:
    """Print the code that fills `out[k]` with the kept cells of each draw."""
    printer = ArrayPrinter(drawn, drawn_cells)
    body: list[tuple[Key, str, list[Key]]] = []
    levers: dict[str, None] = {}
    used: dict[Key, None] = {}
    made: set[Key] = set()
    for formula in needed_for(formulas, kept):
        if not printer.is_array(formula.value):
            continue
        key = (formula.name, formula.year)
        names = [cell for node in tree.walk(formula.value) for cell in cells_of(node)]
        levers.update(
            (node.name, None) for node in tree.walk(formula.value) if isinstance(node, tree.Lever)
        )
        used.update((cell, None) for cell in names if cell not in made)
        body.append((key, printer.show(formula.value), names))
        made.add(key)
        printer.add_array(key)
    used.update((key, None) for key in kept if key not in made)
    given = tuple(used)
    arguments = ["out", *map(lever_name, levers), *(cell_name(*key) for key in given)]
    lines = [f"def run({', '.join(arguments)}):"]
    lines += [f"    out[{k}] = {cell_name(*key)}" for k, key in enumerate(kept) if key not in made]
    lines += _statements(body, kept, made)
    return ArrayCode("\n".join(lines) + "\n", tuple(levers), given)


def _statements(
    body: Sequence[tuple[Key, str, list[Key]]], kept: Sequence[Key], made: set[Key]
) -> list[str]:
    """Return one line a cell, copies of the kept ones, and `del` after the last use."""
    last: dict[Key, int] = {}
    for number, (key, _, names) in enumerate(body):
        last.update((name, number) for name in (*names, key) if name in made)
    slots: Mapping[Key, list[int]] = {
        key: [k for k, one in enumerate(kept) if one == key] for key in set(kept)
    }
    lines = []
    for number, (key, text, _) in enumerate(body):
        lines.append(f"    {cell_name(*key)} = {text}")
        lines += [f"    out[{k}] = {cell_name(*key)}" for k in slots.get(key, [])]
        done = [cell_name(*one) for one, final in last.items() if final == number]
        if done:
            lines.append(f"    del {', '.join(done)}")
    return lines or ["    pass"]
