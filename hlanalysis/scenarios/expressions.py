"""One parsed equation to the tree: a list of what is allowed, and a clear word for the rest."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import pairwise
from typing import cast

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.names import FUNCTIONS, clean
from hlanalysis.scenarios.problems import Problem, nearest
from hlanalysis.scenarios.tree import Equation, Index, Node, Place

MOST_DEPTH = 120
LARGEST = 1e15
SHAPE = "name[t] = value"
_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
}  # fmt: skip
_COMPARISONS: dict[type[ast.AST], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_CONDITIONS = (tree.Compare, tree.Logic, tree.Not)


class RefusedError(Exception):
    """Text that is no equation; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.found)
        self.problem = problem


class Reader:
    """Turns the syntax of one equation into the tree.

    Parameters
    ----------
    lines : list of str
        The equation's own lines, the first without its indent.
    line : int
        Number of the first line in the whole text.
    indent : int
        Blanks taken off the first line.
    """

    def __init__(self, lines: list[str], line: int, indent: int) -> None:
        self._lines = [one.encode() for one in lines]
        self._line, self._indent, self._depth = line, indent, 0

    def place(self, node: ast.AST) -> Place:
        """Return where a piece of syntax stands; `ast` counts bytes, a reader letters."""
        row = getattr(node, "lineno", 1) - 1
        same = getattr(node, "end_lineno", row + 1) == row + 1
        column = self._column(row, getattr(node, "col_offset", 0))
        end = self._column(row, getattr(node, "end_col_offset", 0)) if same else column + 1
        return Place(self._line + row, column, max(end, column + 1))

    def _column(self, row: int, offset: int) -> int:
        shift = self._indent if row == 0 else 0
        return len(self._lines[row][:offset].decode(errors="ignore")) + 1 + shift

    def refuse(self, node: ast.AST, found: str, expected: str, hint: str = "") -> RefusedError:
        """Return an exception that points at a piece of syntax."""
        return RefusedError(Problem(self.place(node), found, expected, hint))

    def equation(self, module: ast.Module, text: str) -> Equation:
        """Read `name[t] = value`."""
        if len(module.body) != 1:
            spot = module.body[1] if len(module.body) > 1 else ast.Pass(lineno=1, col_offset=0)
            raise self.refuse(spot, "more than one equation", SHAPE, "give each its own line")
        statement = module.body[0]
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
            hint = "write a decimal point, 1.5, and no comma at the end"
            raise self.refuse(statement.value, "a comma between values", "one value", hint)
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            raise self.refuse(statement, "a line that is no equation", SHAPE)
        target = statement.targets[0]
        return Equation(
            self._target(target), self._value(statement.value), self.place(target), text
        )

    def _target(self, target: ast.expr) -> str:
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            if isinstance(target.slice, ast.Name) and target.slice.id == "t":
                return clean(target.value.id)
            hint = "an equation says what holds in year t; put earlier years on the right"
            raise self.refuse(target, "an equation for a year other than t", SHAPE, hint)
        if isinstance(target, ast.Name):
            hint = f"write {target.id}[t] = ...; a constant is a lever"
            raise self.refuse(target, f"'{target.id}' without a year", SHAPE, hint)
        raise self.refuse(target, "a left side that is no name", SHAPE)

    def _node(self, node: ast.expr) -> Node:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            hint = "cut the equation into several with names of their own"
            raise self.refuse(node, f"over {MOST_DEPTH} levels in one equation", "fewer", hint)
        read = _READERS.get(type(node))
        if read is None:
            raise self.refuse(node, _WORD.get(type(node), "something else"), "arithmetic")
        made = read(self, node)
        self._depth -= 1
        return made

    def _value(self, node: ast.expr) -> Node:
        """Read something that is a number, not a condition."""
        made = self._node(node)
        if isinstance(made, _CONDITIONS):
            hint = "write (1 if ... else 0)"
            raise self.refuse(node, "a condition used as a number", "a number", hint)
        return made

    def _condition(self, node: ast.expr) -> Node:
        """Read something that is a condition, not a number."""
        made = self._node(node)
        if not isinstance(made, _CONDITIONS):
            hint = "compare it, for example x > 0"
            raise self.refuse(node, "a number used as a condition", "a comparison", hint)
        return made

    def _constant(self, node: ast.Constant) -> Node:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.refuse(node, f"{str(node.value)[:30]!r}", "a number")
        # An int of many digits is compared, never turned into text or a power.
        if not abs(node.value) <= LARGEST:
            hint = "count money in tỷ đồng"
            raise self.refuse(node, "a number too large to be exact", f"at most {LARGEST:g}", hint)
        return tree.Num(self.place(node), float(node.value))

    def _name(self, node: ast.Name) -> Node:
        name = clean(node.id)
        return tree.Year(self.place(node)) if name == "t" else tree.Lever(self.place(node), name)

    def _operation(self, node: ast.BinOp) -> Node:
        op = _OPERATORS.get(type(node.op))
        if op is None:
            raise self.refuse(node, "an operator the model does not have", "+ - * / **")
        return tree.Op(self.place(node), op, self._value(node.left), self._value(node.right))

    def _unary(self, node: ast.UnaryOp) -> Node:
        if isinstance(node.op, ast.Not):
            return tree.Not(self.place(node), self._condition(node.operand))
        if isinstance(node.op, ast.USub):
            return tree.Neg(self.place(node), self._value(node.operand))
        if isinstance(node.op, ast.UAdd):
            return self._value(node.operand)
        raise self.refuse(node, "an operator the model does not have", "- or not")

    def _comparison(self, node: ast.Compare) -> Node:
        values = [self._value(one) for one in (node.left, *node.comparators)]
        parts: list[Node] = []
        for op, (left, right) in zip(node.ops, pairwise(values), strict=True):
            sign = _COMPARISONS.get(type(op))
            if sign is None:
                raise self.refuse(node, "'in' or 'is'", "< <= > >= == !=")
            parts.append(tree.Compare(self.place(node), sign, left, right))
        return parts[0] if len(parts) == 1 else tree.Logic(self.place(node), "and", tuple(parts))

    def _logic(self, node: ast.BoolOp) -> Node:
        op = "and" if isinstance(node.op, ast.And) else "or"
        return tree.Logic(self.place(node), op, tuple(self._condition(one) for one in node.values))

    def _choice(self, node: ast.IfExp) -> Node:
        test = self._condition(node.test)
        return tree.Choose(self.place(node), test, self._value(node.body), self._value(node.orelse))

    def _subscript(self, node: ast.Subscript) -> Node:
        if not isinstance(node.value, ast.Name):
            raise self.refuse(node, "square brackets after something unnamed", "name[t-1]")
        if isinstance(node.slice, ast.Slice):
            hint = "write sum(name[2026:t]) or mean(name[t-2:t])"
            raise self.refuse(node, "years as a range outside sum, mean, min or max", hint, "")
        return tree.At(self.place(node), clean(node.value.id), self._index(node.slice))

    def _index(self, node: ast.expr | None) -> Index:
        expected = "t, t-1, t-2, ... or a year such as 2024"
        if isinstance(node, ast.Name) and node.id == "t":
            return Index(lag=0)
        year = _whole(node)
        if year is not None and 1900 <= year <= 2200:
            return Index(year=year)
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and node.left.id == "t":
            lag = _whole(node.right)
            if lag is not None and lag <= 200 and isinstance(node.op, ast.Sub):
                return Index(lag=lag)
            if lag is not None and isinstance(node.op, ast.Add):
                hint = "an equation may only look back"
                raise self.refuse(node, f"t+{lag}, a year that is not computed yet", expected, hint)
        spot = node if node is not None else ast.Pass(lineno=1, col_offset=0)
        raise self.refuse(spot, "a year the model cannot read", expected)

    def _call(self, node: ast.Call) -> Node:
        if not isinstance(node.func, ast.Name):
            raise self.refuse(node, "a call of something unnamed", "a function name")
        name = clean(node.func.id)
        if name not in FUNCTIONS:
            hint = nearest(name, FUNCTIONS)
            if len(node.args) == 1 and not hint.startswith("did you mean"):
                hint = f"a year stands in square brackets, {name}[t-1]; functions are " + ", ".join(
                    FUNCTIONS
                )
            raise self.refuse(node.func, f"unknown function '{name}'", "a known function", hint)
        if node.keywords or any(isinstance(one, ast.Starred) for one in node.args):
            raise self.refuse(node, "arguments with names or stars", f"{name}(a, b)")
        if (
            len(node.args) == 1
            and _is_range(node.args[0])
            and name in ("sum", "mean", "min", "max")
        ):
            span = self._span(cast(ast.Subscript, node.args[0]))
            return tree.Call(self.place(node), name, (span,))
        return self._plain_call(node, name)

    def _span(self, node: ast.Subscript) -> Node:
        years = cast(ast.Slice, node.slice)
        if not isinstance(node.value, ast.Name) or years.step is not None:
            raise self.refuse(node, "a range the model cannot read", "name[2026:t]")
        if years.lower is None or years.upper is None:
            hint = "both ends count: name[2026:t]"
            raise self.refuse(node, "a range with an open end", "a first and a last year", hint)
        first, last = self._index(years.lower), self._index(years.upper)
        return tree.Span(self.place(node), clean(node.value.id), first, last)

    def _plain_call(self, node: ast.Call, name: str) -> Node:
        if name in ("sum", "mean"):
            raise self.refuse(node, f"{name} of values", f"{name}(name[2026:t]), a range of years")
        args = tuple(self._value(one) for one in node.args)
        low, high = {"min": (2, 20), "max": (2, 20), "round": (1, 2)}.get(name, (1, 1))
        if not low <= len(args) <= high:
            counted = str(low) if low == high else f"{low} to {high}"
            raise self.refuse(node, f"{len(args)} arguments of {name}", counted)
        if name in ("min", "max") and any(map(_are_literals, pairwise(args))):
            hint = "is a decimal comma meant? Write 1.5"
            raise self.refuse(node, f"two numbers side by side in {name}", "one at most", hint)
        if name == "round" and len(args) == 2 and _digits(args[1]) is None:
            raise self.refuse(node.args[1], "digits of round", "a whole number from -6 to 9")
        return tree.Call(self.place(node), name, args)


def _whole(node: ast.expr | None) -> int | None:
    if isinstance(node, ast.Constant) and type(node.value) is int and 0 <= node.value <= 9999:
        return node.value
    return None


def _is_range(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)


def _are_literals(pair: tuple[Node, Node]) -> bool:
    return all(
        isinstance(one.value if isinstance(one, tree.Neg) else one, tree.Num) for one in pair
    )


def _digits(node: Node) -> int | None:
    inner = node.value if isinstance(node, tree.Neg) else node
    if not isinstance(inner, tree.Num) or inner.value != int(inner.value):
        return None
    digits = int(-inner.value if isinstance(node, tree.Neg) else inner.value)
    return digits if -6 <= digits <= 9 else None


def digits_of(call: tree.Call) -> int:
    """Return the decimals that `round` keeps."""
    return (_digits(call.args[1]) or 0) if len(call.args) == 2 else 0


_READERS: dict[type[ast.AST], Callable[..., Node]] = {
    ast.Constant: Reader._constant,
    ast.Name: Reader._name,
    ast.BinOp: Reader._operation,
    ast.UnaryOp: Reader._unary,
    ast.Compare: Reader._comparison,
    ast.BoolOp: Reader._logic,
    ast.IfExp: Reader._choice,
    ast.Subscript: Reader._subscript,
    ast.Call: Reader._call,
}
_WORD: dict[type[ast.AST], str] = {
    ast.Attribute: "a dot between names",
    ast.Tuple: "a comma between values",
    ast.List: "a list",
    ast.Lambda: "a lambda",
    ast.JoinedStr: "a text",
    ast.NamedExpr: "an assignment inside an expression",
    ast.Slice: "a range of years",
}
