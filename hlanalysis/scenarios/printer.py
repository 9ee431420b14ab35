"""What all printers share: one walk over the tree, one rule for ties and for rounding.

Rounding goes half away from zero by ``floor(abs(x) * 10**n * NUDGE + 0.5)``: the nudge lifts
1.005, stored as 1.00499999999999989, to the tie it was written as. Excel's own ROUND agrees.
Comparisons carry a tolerance of 1e-9, because ties are normal with sliders of step 0.5%.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.expressions import digits_of
from hlanalysis.scenarios.tree import Node

NUDGE = 1 + 4e-16


class Printer(ABC):
    """Prints the yearly form of an expression; every compound part comes in brackets."""

    def show(self, node: Node) -> str:
        """Return the text of a node."""
        match node:
            case tree.Num():
                return self.num(node)
            case tree.Lever(name=name):
                return self.lever(name)
            case tree.Cell(name=name, year=year):
                return self.cell(name, year)
            case tree.Op(op="**"):
                return self.power(node)
            case tree.Op(op="/"):
                return self.quotient(node)
            case tree.Op():
                return self.operation(node)
            case tree.Neg(value=value):
                return f"(-{self.show(value)})"
            case tree.Call(args=(tree.Cells() as cells,)):
                return self.over_years(node, cells)
            case tree.Call():
                return self.call(node)
            case tree.Choose():
                return self.choose(node)
        return self.condition(node)

    def condition(self, node: Node) -> str:
        """Return the text of a test."""
        match node:
            case tree.Compare():
                return self.compare(node)
            case tree.Logic(op=op, items=items):
                return self.logic(op, [self.condition(item) for item in items])
            case tree.Not(value=value):
                return self.opposite(self.condition(value))
        raise AssertionError(f"no printed form for {type(node).__name__}")

    def num(self, node: tree.Num) -> str:
        """Return a number as a float, so that no runtime computes huge whole numbers."""
        return repr(node.value)

    def operation(self, node: tree.Op) -> str:
        """Return a sum, difference or product."""
        return f"({self.show(node.left)} {node.op} {self.show(node.right)})"

    def quotient(self, node: tree.Op) -> str:
        """Return a division."""
        return f"({self.show(node.left)} / {self.show(node.right)})"

    def compare(self, node: tree.Compare) -> str:
        """Return a comparison with the tolerance."""
        left, right = self.show(node.left), self.show(node.right)
        if node.op in ("==", "!="):
            sign = "<=" if node.op == "==" else ">"
            return f"({self.function('abs')}({left} - {right}) {sign} 1e-9)"
        sign = "-" if node.op in (">=", "<") else "+"
        return f"({left} {node.op} {self.with_tolerance(node.right, sign)})"

    def with_tolerance(self, node: Node, sign: str) -> str:
        """Return the right side of a comparison, moved by the tolerance; of a number, now."""
        if isinstance(node, tree.Num):
            return repr(node.value - 1e-9 if sign == "-" else node.value + 1e-9)
        return f"({self.show(node)} {sign} 1e-9)"

    def over_years(self, node: tree.Call, cells: tree.Cells) -> str:
        """Return a sum, mean, min or max over years, added from left to right."""
        parts = [self.cell(cells.name, year) for year in range(cells.first, cells.last + 1)]
        if not parts:
            return "0.0"
        if len(parts) == 1:
            return parts[0]
        if node.function in ("min", "max"):
            return self.extreme(node.function, parts)
        total = "(" + " + ".join(parts) + ")"
        return total if node.function == "sum" else f"({total} / {float(len(parts))!r})"

    def call(self, node: tree.Call) -> str:
        """Return a function of values."""
        args = [self.show(one) for one in node.args]
        if node.function in ("min", "max"):
            return self.extreme(node.function, args)
        if node.function == "round":
            return self.rounded(self.show(node.args[0]), digits_of(node))
        return f"{self.function(node.function)}({args[0]})"

    @abstractmethod
    def lever(self, name: str) -> str:
        """Return the name of a scalar lever."""

    @abstractmethod
    def cell(self, name: str, year: int) -> str:
        """Return the name of a cell."""

    @abstractmethod
    def power(self, node: tree.Op) -> str:
        """Return a power."""

    @abstractmethod
    def function(self, name: str) -> str:
        """Return the runtime's name of abs, exp, log or sqrt."""

    @abstractmethod
    def extreme(self, name: str, parts: list[str]) -> str:
        """Return a minimum or maximum of two or more parts."""

    @abstractmethod
    def rounded(self, value: str, digits: int) -> str:
        """Return a rounding to so many decimals."""

    @abstractmethod
    def choose(self, node: tree.Choose) -> str:
        """Return one value or the other."""

    @abstractmethod
    def logic(self, op: str, parts: list[str]) -> str:
        """Return tests joined by "and" or "or"; a later one is asked only if it matters."""

    @abstractmethod
    def opposite(self, part: str) -> str:
        """Return the opposite of a test."""


def whole_power(node: tree.Op) -> int | None:
    """Return the exponent of a power if it is a small whole number that is written out."""
    inner = node.right.value if isinstance(node.right, tree.Neg) else node.right
    if isinstance(inner, tree.Num) and inner.value == int(inner.value) and inner.value <= 100:
        return int(-inner.value if isinstance(node.right, tree.Neg) else inner.value)
    return None


def lever_name(name: str) -> str:
    """Return the printed name of a scalar lever; "__" keeps it apart from every built-in name."""
    return f"{name}__lever"


def cell_name(name: str, year: int) -> str:
    """Return the printed name of a cell."""
    return f"{name}__{year}"
