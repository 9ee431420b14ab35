"""Vega signals: the same cells as reactive signals of a chart that needs no kernel.

Vega's expression language has no statements, so whatever is asked twice (a divisor, both sides
of a comparison) becomes a signal of its own; an impossible cell is then NaN as everywhere else.
It is written 0 / 0: under a strict page policy Vega's interpreter reads the word NaN as undefined.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.javascript import _scaled
from hlanalysis.scenarios.printer import Printer, cell_name, lever_name, whole_power

if TYPE_CHECKING:
    from hlanalysis.scenarios.model import Model


class VegaPrinter(Printer):
    """Prints Vega expressions.

    Parameters
    ----------
    constants : mapping
        Start values, written into the expressions.
    hold : callable
        Takes an expression, makes a signal of it and returns the signal's name.
    never_zero : set of str
        Scalar levers whose bounds keep them away from zero.
    """

    def __init__(
        self,
        constants: Mapping[tuple[str, int], float],
        hold: Callable[[str], str],
        never_zero: frozenset[str] = frozenset(),
    ) -> None:
        self._constants, self._hold, self._never_zero = constants, hold, never_zero

    def num(self, node: tree.Num) -> str:
        """Return a number that Vega reads as the same double."""
        return json.dumps(node.value)

    def lever(self, name: str) -> str:
        """Return the signal of a scalar lever, as equations count it."""
        return lever_name(name)

    def cell(self, name: str, year: int) -> str:
        """Return the signal of a cell, or a start value itself."""
        value = self._constants.get((name, year))
        return cell_name(name, year) if value is None else f"({json.dumps(value)})"

    def _atom(self, node: tree.Node) -> str:
        text = self.show(node)
        return text if isinstance(node, tree.Num | tree.Lever | tree.Cell) else self._hold(text)

    def quotient(self, node: tree.Op) -> str:
        """Return a division that is NaN by zero, not infinite."""
        left, right = self.show(node.left), node.right
        if isinstance(right, tree.Lever) and right.name in self._never_zero:
            return f"({left} / {self.show(right)})"
        if isinstance(right, tree.Num) and right.value != 0:
            return f"({left} / {self.show(right)})"
        below = self._atom(right)
        return f"({below} == 0 ? (0 / 0) : {left} / {below})"

    def power(self, node: tree.Op) -> str:
        """Return a power that is NaN where it has no value."""
        left, right = self.show(node.left), self.show(node.right)
        exponent = whole_power(node)
        if exponent is not None and exponent > 0:
            return self._finite(f"pow({left}, {right})")
        # The sum carries NaN through: pow(NaN, 0) alone is 1.
        left, right = self._hold(left), self._hold(right)
        return self._finite(f"pow({left}, {right}) + 0 * {left} + 0 * {right}")

    def _finite(self, text: str) -> str:
        held = self._hold(text)
        return f"(isFinite({held}) ? {held} : (0 / 0))"

    def function(self, name: str) -> str:
        """Return the function's name, which is the same."""
        return name

    def call(self, node: tree.Call) -> str:
        """Return a call; NaN where a function has no value."""
        text = super().call(node)
        return self._finite(text) if node.function in ("exp", "log", "sqrt") else text

    def extreme(self, name: str, parts: list[str]) -> str:
        """Return min(...) or max(...)."""
        return f"{name}({', '.join(parts)})"

    def rounded(self, value: str, digits: int) -> str:
        """Return the rounding rule spelled out."""
        held = self._hold(value)
        scale = json.dumps(10.0 ** abs(digits))
        up, down = ("*", "/") if digits >= 0 else ("/", "*")
        size = f"floor(abs({held}) {up} {scale} * (1 + 4e-16) + 0.5) {down} {scale}"
        return f"({held} < 0 ? -({size}) : {size})"

    def compare(self, node: tree.Compare) -> str:
        """Return 1, 0, or NaN where a side cannot be computed."""
        left, right = self._atom(node.left), self._atom(node.right)
        if node.op in ("==", "!="):
            test = f"abs({left} - {right}) {'<=' if node.op == '==' else '>'} 1e-9"
        else:
            sign = "-" if node.op in (">=", "<") else "+"
            test = f"{left} {node.op} ({right} {sign} 1e-9)"
        sides = [
            side
            for side, one in ((left, node.left), (right, node.right))
            if not isinstance(one, tree.Num | tree.Lever)
        ]
        if not sides:
            return f"({test} ? 1 : 0)"
        doubt = " || ".join(f"isNaN({side})" for side in sides)
        return f"({doubt} ? (0 / 0) : {test} ? 1 : 0)"

    def logic(self, op: str, parts: list[str]) -> str:
        """Return tests joined; a later one counts only where the earlier left the matter open."""
        whole = parts[-1]
        for part in reversed(parts[:-1]):
            held = self._hold(part)
            still_open = 1 if op == "and" else 0
            whole = f"({held} == {still_open} ? {whole} : {held})"
        return whole

    def opposite(self, part: str) -> str:
        """Return the opposite; NaN stays NaN."""
        return f"(1 - {part})"

    def choose(self, node: tree.Choose) -> str:
        """Return a conditional expression that is NaN where the test is."""
        test = self._hold(self.condition(node.test))
        return f"(isNaN({test}) ? (0 / 0) : {test} ? {self.show(node.yes)} : {self.show(node.no)})"


def vega_signals(model: Model) -> list[dict[str, Any]]:
    """Return the model's signals: cells, helpers, and levers as equations count them.

    They rest on one signal a slot, `slot_signal(model, key)`, that the explorer adds with its
    inputs and that holds the written value.
    """
    signals: list[dict[str, Any]] = []
    for slot, argument in zip(model.slots, model.arguments, strict=True):
        up, down = slot.lever.unit.scale
        written = slot_signal(model, slot.key)
        signals.append({"name": argument, "update": _scaled(written, up, down)})
    known: dict[str, str] = {}

    def hold(text: str) -> str:
        if text not in known:
            known[text] = f"h__n{len(known)}"
            signals.append({"name": known[text], "update": text})
        return known[text]

    never_zero = frozenset(
        name for name, lever in model.levers.items() if not lever.low <= 0 <= lever.high
    )
    printer = VegaPrinter(model.constants, hold, never_zero)
    for one in model.formulas:
        text = printer.show(one.value)
        signals.append({"name": cell_name(one.name, one.year), "update": text})
    return signals


def slot_signal(model: Model, key: str) -> str:
    """Return the name of the signal that holds a slot's written value."""
    slot = model.slot_by_key[key]
    return f"in__{slot.lever.name}" + ("" if slot.year is None else f"__{slot.year}")
