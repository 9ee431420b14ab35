"""Plain Python for one scenario: straight-line code on floats, tens of microseconds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.printer import NUDGE, Printer, cell_name, lever_name, whole_power
from hlanalysis.scenarios.unroll import Formula


class ScalarPrinter(Printer):
    """Prints Python that works on single floats.

    Parameters
    ----------
    constants : dict of (str, int) to float
        Start values, written into the code.
    """

    def __init__(self, constants: dict[tuple[str, int], float]) -> None:
        self._constants = constants

    def lever(self, name: str) -> str:
        """Return the argument of a scalar lever."""
        return lever_name(name)

    def cell(self, name: str, year: int) -> str:
        """Return the local variable of a cell, or a start value itself."""
        value = self._constants.get((name, year))
        if value is None:
            return cell_name(name, year)
        return repr(value) if value >= 0 else f"({value!r})"

    def power(self, node: tree.Op) -> str:
        """Return `**` for whole powers; a root of a negative number must not turn complex."""
        left, right = self.show(node.left), self.show(node.right)
        return f"({left} ** {right})" if whole_power(node) is not None else f"_pow({left}, {right})"

    def function(self, name: str) -> str:
        """Return a builtin or a function of `math`."""
        return "abs" if name == "abs" else f"_{name}"

    def extreme(self, name: str, parts: list[str]) -> str:
        """Return min(...) or max(...)."""
        return f"{name}({', '.join(parts)})"

    def rounded(self, value: str, digits: int) -> str:
        """Return a call of the rounding of this module."""
        return f"_round({value}, {digits})"

    def choose(self, node: tree.Choose) -> str:
        """Return a conditional expression."""
        test = self.condition(node.test)
        return f"({self.show(node.yes)} if {test} else {self.show(node.no)})"

    def logic(self, op: str, parts: list[str]) -> str:
        """Return tests joined by the word itself."""
        return "(" + f" {op} ".join(parts) + ")"

    def opposite(self, part: str) -> str:
        """Return `not`."""
        return f"(not {part})"


def round_half_away(value: float, digits: int) -> float:
    """Round half away from zero, by the rule of `printer`.

    Examples
    --------
    >>> round_half_away(1.005, 2), round_half_away(-2.5, 0), round_half_away(1250.0, -2)
    (1.01, -3.0, 1300.0)
    """
    if digits >= 0:
        scale = 10.0**digits
        return math.copysign(math.floor(abs(value) * scale * NUDGE + 0.5) / scale, value)
    scale = 10.0**-digits
    return math.copysign(math.floor(abs(value) / scale * NUDGE + 0.5) * scale, value)


NAMES: dict[str, Any] = {
    "__builtins__": {},
    "abs": abs, "min": min, "max": max, "_pow": math.pow, "_exp": math.exp, "_log": math.log,
    "_sqrt": math.sqrt, "_round": round_half_away,
}  # fmt: skip


def scalar_source(
    formulas: Sequence[Formula],
    arguments: Sequence[str],
    constants: dict[tuple[str, int], float],
    outputs: Sequence[tuple[str, int]],
) -> str:
    """Return the source of a function from lever values to cells."""
    printer = ScalarPrinter(constants)
    lines = [f"def run({', '.join(arguments)}):"]
    for one in formulas:
        lines.append(f"    {cell_name(one.name, one.year)} = {printer.show(one.value)}")
    cells = ", ".join(printer.cell(name, year) for name, year in outputs)
    lines.append(f"    return ({cells},)")
    return "\n".join(lines) + "\n"


def compile_function(source: str, names: dict[str, Any]) -> Callable[..., Any]:
    """Compile printed code; it holds nothing but names and operators the printers wrote."""
    space = dict(names)
    exec(compile(source, "<model>", "exec"), space)
    made = space["run"]
    assert callable(made)
    return made
