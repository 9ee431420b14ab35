"""Equations as the textbook prints them, in LaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hlanalysis.numbers import Lang, format_number
from hlanalysis.scenarios import tree
from hlanalysis.scenarios.specs import LeverSpec, VariableSpec, word
from hlanalysis.scenarios.tree import Equation, Index, Node

if TYPE_CHECKING:
    from hlanalysis.scenarios.model import Model

_SUM, _PRODUCT, _SIGN, _POWER, _WHOLE = range(5)
_COMPARISONS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}


class LatexPrinter:
    """Prints the written form of an equation.

    Parameters
    ----------
    tex : mapping of str to str
        TeX names given in the model; others are set upright as they are.
    lang : {"vi", "en"}
        Decides the decimal mark and the words.
    """

    def __init__(self, tex: Mapping[str, str], lang: Lang = "vi") -> None:
        self._tex, self._lang = tex, lang

    def equation(self, equation: Equation) -> str:
        """Return one line, `x_{t} = ...`."""
        return f"{self._at(equation.name, 't')} = {self.show(equation.value)}"

    def name(self, name: str) -> str:
        """Return a name; underscores of plain names are escaped."""
        return self._tex.get(name) or r"\mathrm{" + name.replace("_", r"\_") + "}"

    def _at(self, name: str, year: str) -> str:
        symbol = self.name(name)
        # A TeX name with a subscript of its own keeps it: T_{d} in year t is T_{d,t}.
        if symbol.endswith("}") and "_{" in symbol and "mathrm{" not in symbol:
            return f"{symbol[:-1]},{year}}}"
        return f"{symbol}_{{{year}}}"

    def show(self, node: Node, around: int = _SUM) -> str:
        """Return a node, in brackets where what stands around it binds tighter."""
        text, own = self._print(node)
        return rf"\left({text}\right)" if own < around else text

    def _print(self, node: Node) -> tuple[str, int]:
        match node:
            case tree.Num(value=value):
                return self._number(value), _WHOLE
            case tree.Year():
                return "t", _WHOLE
            case tree.Lever(name=name):
                return self.name(name), _WHOLE
            case tree.At(name=name, index=index):
                return self._at(name, _year(index)), _WHOLE
            case tree.Neg(value=value):
                return f"-{self.show(value, _SIGN)}", _SIGN - 1
            case tree.Op():
                return self._operation(node)
            case tree.Call():
                return self._call(node)
            case tree.Choose(test=test, yes=yes, no=no):
                return self._cases(test, yes, no), _WHOLE
        return self._condition(node), _SUM

    def _number(self, value: float) -> str:
        if value == int(value) and 1900 <= value <= 2200:
            return str(int(value))  # a year is not grouped
        return format_number(value, lang=self._lang).replace(",", "{,}")

    def _operation(self, node: tree.Op) -> tuple[str, int]:
        if node.op == "/":
            return rf"\frac{{{self.show(node.left)}}}{{{self.show(node.right)}}}", _PRODUCT
        if node.op == "**":
            return f"{self.show(node.left, _WHOLE)}^{{{self.show(node.right)}}}", _POWER
        if node.op == "*":
            left, right = self.show(node.left, _PRODUCT), self.show(node.right, _SIGN)
            return rf"{left} \cdot {right}", _PRODUCT
        after = _PRODUCT if node.op == "-" else _SUM
        if isinstance(node.right, tree.Neg):
            after = _SIGN
        return f"{self.show(node.left)} {node.op} {self.show(node.right, after)}", _SUM

    def _call(self, node: tree.Call) -> tuple[str, int]:
        if isinstance(node.args[0], tree.Span):
            return self._over_years(node, node.args[0])
        args = [self.show(one) for one in node.args]
        if node.function == "sqrt":
            return rf"\sqrt{{{args[0]}}}", _WHOLE
        if node.function == "abs":
            return rf"\left|{args[0]}\right|", _WHOLE
        if node.function == "exp":
            return f"e^{{{args[0]}}}", _POWER
        if node.function == "round":
            word = "làm tròn" if self._lang == "vi" else "round"
            digits = f"_{{{args[1]}}}" if len(args) > 1 else ""
            return rf"\text{{{word}}}{digits}\left({args[0]}\right)", _WHOLE
        name = {"log": r"\ln"}.get(node.function, rf"\{node.function}")
        joined = r";\; ".join(args)
        return rf"{name}\left({joined}\right)", _WHOLE

    def _over_years(self, node: tree.Call, span: tree.Span) -> tuple[str, int]:
        first, last = _year(span.first), _year(span.last)
        part = self._at(span.name, "s")
        if node.function == "sum":
            return rf"\sum_{{s={first}}}^{{{last}}} {part}", _PRODUCT
        if node.function == "mean":
            return rf"\overline{{{self.name(span.name)}}}_{{{first}..{last}}}", _WHOLE
        return rf"\{node.function}_{{s={first}..{last}}} {part}", _PRODUCT

    def _cases(self, test: Node, yes: Node, no: Node) -> str:
        when, otherwise = ("nếu", "ngược lại") if self._lang == "vi" else ("if", "otherwise")
        first = rf"{self.show(yes)} & \text{{{when} }} {self._condition(test)}"
        return rf"\begin{{cases}}{first} \\ {self.show(no)} & \text{{{otherwise}}}\end{{cases}}"

    def _condition(self, node: Node) -> str:
        match node:
            case tree.Compare(op=op, left=left, right=right):
                return f"{self.show(left)} {_COMPARISONS[op]} {self.show(right)}"
            case tree.Logic(op=op, items=items):
                vi = {"and": "và", "or": "hoặc"}
                joint = vi[op] if self._lang == "vi" else op
                parts = [
                    rf"\left({self._condition(one)}\right)"
                    if isinstance(one, tree.Logic)
                    else self._condition(one)
                    for one in items
                ]
                return rf" \text{{ {joint} }} ".join(parts)
            case tree.Not(value=value):
                word = "không phải" if self._lang == "vi" else "not"
                return rf"\text{{{word} }}\left({self._condition(value)}\right)"
        return self.show(node)


def _year(index: Index) -> str:
    if index.year is not None:
        return str(index.year)
    return "t" if not index.lag else f"t-{index.lag}"


def latex_lines(model: Model, lang: Lang = "vi") -> list[str]:
    """Return every equation of a model as one line of LaTeX."""
    printer = _printer(model, lang)
    return [printer.equation(one) for one in model.equations]


def _printer(model: Model, lang: Lang) -> LatexPrinter:
    tex = {name: lever.tex for name, lever in model.levers.items() if lever.tex}
    tex.update({name: one.tex for name, one in model.variables.items() if one.tex})
    return LatexPrinter(tex, lang)


def symbols(model: Model, lang: Lang = "vi") -> list[tuple[str, str]]:
    """Return the letter of every variable and lever, and what it stands for."""
    printer = _printer(model, lang)
    made = []
    named: dict[str, VariableSpec | LeverSpec] = {**model.variables, **model.levers}
    for name, spec in named.items():
        unit = spec.unit.name(lang)
        label = word(spec.label, lang, name)
        said = f"{label} ({unit})" if unit and unit not in label else label
        made.append((printer.name(name), said))
    return made


def latex(model: Model, lang: Lang = "vi") -> str:
    """Return the whole model as one aligned display."""
    lines = [line.replace(" = ", " &= ", 1) for line in latex_lines(model, lang)]
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"
