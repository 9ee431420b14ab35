"""The slow, plain evaluation: what a cell is when something cannot be computed.

A division by zero, the logarithm of nothing or an overflow makes a cell "not a number", and so
does using such a cell, unless an `if` leaves it aside. The fast printed code hands over to this
walk when it meets such a case, and tests compare every runtime with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.expressions import digits_of
from hlanalysis.scenarios.printer import NUDGE
from hlanalysis.scenarios.tree import Node
from hlanalysis.scenarios.unroll import TOLERANCE, Formula

Values = dict[tuple[str, int], Any]


def evaluate(
    formulas: Iterable[Formula], levers: Mapping[str, Any], cells: Mapping[tuple[str, int], Any]
) -> Values:
    """Compute every formula; levers and start cells may be numbers or arrays of one length.

    Returns
    -------
    dict of (str, int) to float or ndarray
        The given cells and the computed ones; NaN where a value cannot be computed.
    """
    known: Values = dict(cells)
    with np.errstate(all="ignore"):
        for one in formulas:
            known[one.name, one.year] = _Walk(levers, known).value(one.value)
    return known


def _finite(value: Any) -> Any:
    return np.where(np.isfinite(value), value, np.nan)[()]


class _Walk:
    def __init__(self, levers: Mapping[str, Any], cells: Values) -> None:
        self._levers, self._cells = levers, cells

    def value(self, node: Node) -> Any:
        match node:
            case tree.Num(value=value):
                return np.float64(value)
            case tree.Lever(name=name):
                return np.asarray(self._levers[name], dtype=float)[()]
            case tree.Cell(name=name, year=year):
                return np.asarray(self._cells[name, year], dtype=float)[()]
            case tree.Op():
                return _finite(_operate(node.op, self.value(node.left), self.value(node.right)))
            case tree.Neg(value=inner):
                return -self.value(inner)
            case tree.Call():
                return _finite(self._call(node))
            case tree.Choose(test=test, yes=yes, no=no):
                truth = self._test(test)
                chosen = np.where(truth != 0, self.value(yes), self.value(no))
                return np.where(np.isnan(truth), np.nan, chosen)[()]
        raise AssertionError(type(node).__name__)

    def _call(self, node: tree.Call) -> Any:
        if isinstance(node.args[0], tree.Cells):
            span = node.args[0]
            parts = [self._cells[span.name, year] for year in range(span.first, span.last + 1)]
        else:
            parts = [self.value(one) for one in node.args]
        if node.function in ("min", "max"):
            return _fold(np.minimum if node.function == "min" else np.maximum, parts)
        if node.function in ("sum", "mean"):
            total = _fold(np.add, parts) if parts else 0.0
            return total if node.function == "sum" else total / len(parts)
        if node.function == "round":
            return _round(parts[0], digits_of(node))
        return {"abs": np.abs, "exp": np.exp, "log": np.log, "sqrt": np.sqrt}[node.function](
            parts[0]
        )

    def _test(self, node: Node) -> Any:
        """Return 1, 0, or NaN where the test itself cannot be computed."""
        match node:
            case tree.Compare(op=op):
                left, right = self.value(node.left), self.value(node.right)
                truth = np.where(_compare(op, left, right), 1.0, 0.0)
                return np.where(np.isnan(left) | np.isnan(right), np.nan, truth)
            case tree.Not(value=inner):
                return 1.0 - self._test(inner)
            case tree.Logic(op=op, items=items):
                truth = self._test(items[0])
                for item in items[1:]:
                    # A later test counts only where the earlier one left the matter open.
                    open_still = truth == (1.0 if op == "and" else 0.0)
                    truth = np.where(open_still, self._test(item), truth)
                return truth
        raise AssertionError(type(node).__name__)


def _fold(function: Any, parts: list[Any]) -> Any:
    whole = parts[0]
    for part in parts[1:]:
        whole = function(whole, part)
    return whole


def _operate(op: str, left: Any, right: Any) -> Any:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return np.divide(left, right)
    # C says that 1 to any power and anything to the power 0 is 1, even of what is no number.
    doubt = np.isnan(left) | np.isnan(right)
    return np.where(doubt, np.nan, np.power(left, right))


def _round(value: Any, digits: int) -> Any:
    scale = 10.0 ** abs(digits)
    if digits >= 0:
        return np.copysign(np.floor(np.abs(value) * scale * NUDGE + 0.5) / scale, value)
    return np.copysign(np.floor(np.abs(value) / scale * NUDGE + 0.5) * scale, value)


def _compare(op: str, left: Any, right: Any) -> Any:
    match op:
        case ">=":
            return left >= right - TOLERANCE
        case ">":
            return left > right + TOLERANCE
        case "<=":
            return left <= right + TOLERANCE
        case "<":
            return left < right - TOLERANCE
        case "==":
            return np.abs(left - right) <= TOLERANCE
    return np.abs(left - right) > TOLERANCE
