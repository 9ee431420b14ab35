"""Excel formulas: the same model as live cells that LibreOffice and Excel recompute.

Excel binds a minus tighter than `^` and reads `a^b^c` from the left, so powers and negatives are
always bracketed; AND and OR ask every part, so tests are nested IFs.
"""

from __future__ import annotations

from collections.abc import Callable

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.expressions import digits_of
from hlanalysis.scenarios.printer import Printer
from hlanalysis.scenarios.tree import Node


class ExcelPrinter(Printer):
    """Prints Excel formulas without the leading "=".

    Parameters
    ----------
    lever_at : callable
        Takes a scalar lever's name, returns a reference that is the value equations count with.
    cell_at : callable
        Takes a name and a year, returns such a reference.
    year_at : callable
        Takes a year, returns the reference of its heading.
    """

    def __init__(
        self,
        lever_at: Callable[[str], str],
        cell_at: Callable[[str, int], str],
        year_at: Callable[[int], str],
    ) -> None:
        self._lever_at, self._cell_at, self._year_at = lever_at, cell_at, year_at

    def num(self, node: tree.Num) -> str:
        """Return a number, or the heading that holds the year."""
        if node.is_year:
            return self._year_at(int(node.value))
        return _number(node.value)

    def lever(self, name: str) -> str:
        """Return the reference of a scalar lever."""
        return self._lever_at(name)

    def cell(self, name: str, year: int) -> str:
        """Return the reference of a cell."""
        return self._cell_at(name, year)

    def operation(self, node: tree.Op) -> str:
        """Return a sum, difference or product."""
        return f"({self.show(node.left)}{node.op}{self.show(node.right)})"

    def quotient(self, node: tree.Op) -> str:
        """Return a division."""
        return f"({self.show(node.left)}/{self.show(node.right)})"

    def power(self, node: tree.Op) -> str:
        """Return a power with both sides bracketed."""
        return f"(({self.show(node.left)})^({self.show(node.right)}))"

    def function(self, name: str) -> str:
        """Return the Excel function."""
        return {"abs": "ABS", "exp": "EXP", "log": "LN", "sqrt": "SQRT"}[name]

    def extreme(self, name: str, parts: list[str]) -> str:
        """Return MIN or MAX; each part is a value, for MIN skips empty cells."""
        return f"{name.upper()}({','.join(parts)})"

    def rounded(self, value: str, digits: int) -> str:
        """Return ROUND, which rounds half away from zero as officials do."""
        return f"ROUND({value},{digits})"

    def call(self, node: tree.Call) -> str:
        """Return a function of values."""
        if node.function == "round":
            return self.rounded(self.bare(node.args[0]), digits_of(node))
        if node.function in ("min", "max"):
            return self.extreme(node.function, [self.bare(one) for one in node.args])
        return f"{self.function(node.function)}({self.bare(node.args[0])})"

    def over_years(self, node: tree.Call, cells: tree.Cells) -> str:
        """Return SUM, AVERAGE, MIN or MAX of a row's cells; nothing sums to 0."""
        if cells.last < cells.first:
            return "0"
        name = {"sum": "SUM", "mean": "AVERAGE", "min": "MIN", "max": "MAX"}[node.function]
        first, last = self.cell(cells.name, cells.first), self.cell(cells.name, cells.last)
        return f"{name}({first})" if first == last else f"{name}({first}:{last.split('!')[-1]})"

    def compare(self, node: tree.Compare) -> str:
        """Return a comparison with the tolerance."""
        left, right = self.show(node.left), self.show(node.right)
        if node.op in ("==", "!="):
            return f"(ABS({left}-{right}){'<=' if node.op == '==' else '>'}1E-9)"
        return f"({left}{node.op}{right}{'-' if node.op in ('>=', '<') else '+'}1E-9)"

    def choose(self, node: tree.Choose) -> str:
        """Return IF."""
        test = _unbracketed(self.condition(node.test))
        return f"IF({test},{self.bare(node.yes)},{self.bare(node.no)})"

    def logic(self, op: str, parts: list[str]) -> str:
        """Return nested IFs, so that a later test is asked only if it matters."""
        whole = _unbracketed(parts[-1])
        for part in reversed(parts[:-1]):
            test = _unbracketed(part)
            whole = f"IF({test},{whole},FALSE)" if op == "and" else f"IF({test},TRUE,{whole})"
        return whole

    def opposite(self, part: str) -> str:
        """Return NOT."""
        return f"NOT({_unbracketed(part)})"

    def bare(self, node: Node) -> str:
        """Return a node without brackets around the whole."""
        return _unbracketed(self.show(node))


def _number(value: float) -> str:
    text = f"{value:.15g}"
    if float(text) != value:
        text = f"{value:.17g}"
    return text.replace("e", "E").replace("E+", "E")


def _unbracketed(text: str) -> str:
    """Take one pair of brackets off if it spans the whole text."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for number, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return text[1:-1] if number == len(text) - 1 else text
    return text
