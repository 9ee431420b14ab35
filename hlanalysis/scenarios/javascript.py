"""JavaScript for a page: one function from lever values to cells, without any library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.printer import Printer, cell_name, lever_name

if TYPE_CHECKING:
    from hlanalysis.scenarios.model import Model

# `ok` gives NaN once anything inside a cell could not be computed, also where an Infinity would
# hide in Math.min or a NaN would silently choose the other branch.
_HELPERS = """
let bad = false;
const fin = x => { if (!Number.isFinite(x)) bad = true; return x; };
const ok = x => { if (bad || !Number.isFinite(x)) { bad = false; return NaN; } return x; };
const has = (given, key) => Object.prototype.hasOwnProperty.call(given, key);
const cmp = x => { if (x !== x) bad = true; return x; };
const rnd = (x, n) => {
  const s = Math.pow(10, Math.abs(n));
  const v = n >= 0 ? Math.floor(Math.abs(x) * s * NUDGE + 0.5) / s
                   : Math.floor(Math.abs(x) / s * NUDGE + 0.5) * s;
  return x < 0 ? -v : v;
};
""".replace("NUDGE", "(1 + 4e-16)")


class JavaScriptPrinter(Printer):
    """Prints JavaScript expressions."""

    def __init__(self, constants: Mapping[tuple[str, int], float]) -> None:
        self._constants = constants

    def num(self, node: tree.Num) -> str:
        """Return a number that JavaScript reads as the same double."""
        return json.dumps(node.value)

    def lever(self, name: str) -> str:
        """Return the local name of a scalar lever."""
        return lever_name(name)

    def cell(self, name: str, year: int) -> str:
        """Return the local name of a cell, or a start value itself."""
        value = self._constants.get((name, year))
        return cell_name(name, year) if value is None else f"({json.dumps(value)})"

    def quotient(self, node: tree.Op) -> str:
        """Return a division that marks the cell when it cannot be done."""
        return f"fin({self.show(node.left)} / {self.show(node.right)})"

    def power(self, node: tree.Op) -> str:
        """Return Math.pow, marking the cell when it gives no number."""
        return f"fin(Math.pow({self.show(node.left)}, {self.show(node.right)}))"

    def function(self, name: str) -> str:
        """Return the function of Math."""
        return f"Math.{name}"

    def call(self, node: tree.Call) -> str:
        """Return a call, marking the cell where a function may give no number."""
        text = super().call(node)
        return f"fin({text})" if node.function in ("exp", "log", "sqrt") else text

    def extreme(self, name: str, parts: list[str]) -> str:
        """Return Math.min or Math.max."""
        return f"Math.{name}({', '.join(parts)})"

    def rounded(self, value: str, digits: int) -> str:
        """Return a call of the page's rounding."""
        return f"rnd({value}, {digits})"

    def compare(self, node: tree.Compare) -> str:
        """Return a comparison with the tolerance; a NaN marks the cell."""
        left, right = f"cmp({self.show(node.left)})", f"cmp({self.show(node.right)})"
        if node.op in ("==", "!="):
            return f"(Math.abs({left} - {right}) {'<=' if node.op == '==' else '>'} 1e-9)"
        sign = "-" if node.op in (">=", "<") else "+"
        return f"({left} {node.op} ({right} {sign} 1e-9))"

    def choose(self, node: tree.Choose) -> str:
        """Return a conditional expression."""
        test = self.condition(node.test)
        return f"({test} ? {self.show(node.yes)} : {self.show(node.no)})"

    def logic(self, op: str, parts: list[str]) -> str:
        """Return tests joined by && or ||."""
        return "(" + (" && " if op == "and" else " || ").join(parts) + ")"

    def opposite(self, part: str) -> str:
        """Return the opposite."""
        return f"(!{part})"


def javascript(model: Model, function: str = "runModel") -> str:
    """Return the model as a JavaScript function.

    Parameters
    ----------
    model : Model
    function : str
        Its name. It takes an object of written lever values by slot key
        (``{"tang_khac": 8, "dau_gia[2026]": 100}``; what is left out keeps its baseline) and
        returns an object of paths by variable, in the variables' own units.

    Returns
    -------
    str
        Source that needs no library and makes no request.
    """
    printer = JavaScriptPrinter(model.constants)
    lines = [f"const {function} = (() => {{{_HELPERS}return function (given) {{", "bad = false;"]
    for slot, argument in zip(model.slots, model.arguments, strict=True):
        up, down = slot.lever.unit.scale
        key = json.dumps(slot.key, ensure_ascii=False)
        # Not `in`: every object has a "constructor", and a lever may be called so.
        written = f"(has(given, {key}) ? given[{key}] : {json.dumps(slot.value)})"
        lines.append(f"const {argument} = {_scaled(written, up, down)};")
    for one in model.formulas:
        lines.append(f"const {cell_name(one.name, one.year)} = ok({printer.show(one.value)});")
    lines.append("return {")
    for name, variable in model.variables.items():
        up, down = variable.unit.scale
        cells = [_unscaled(printer.cell(name, year), up, down) for year in model.years]
        lines.append(f"{json.dumps(name, ensure_ascii=False)}: [{', '.join(cells)}],")
    return "\n".join([*lines, "};", "};", "})();"]) + "\n"


def _scaled(text: str, up: int, down: int) -> str:
    """Return written to inside, by the same operations as `ModelUnit.inside`."""
    if down == 1:
        return text if up == 1 else f"{text} * {up}"
    return f"{text} / {down}" if up == 1 else f"{text} / {down} * {up}"


def _unscaled(text: str, up: int, down: int) -> str:
    """Return inside to written, by the same operations as `ModelUnit.outside`."""
    if down == 1:
        return text if up == 1 else f"{text} / {up}"
    return f"{text} * {down}" if up == 1 else f"{text} * {down} / {up}"
