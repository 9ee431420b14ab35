"""Checks that equations add like to like: billions to percent is an error, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.problems import Problem
from hlanalysis.scenarios.tree import Node
from hlanalysis.scenarios.units import PLAIN, YEAR, Dimension, describe, times, to_power


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part of an equation measures.

    `dimension` is None while it is not known (then it fits anything); `literal` is the value of
    a bare number, which is a year beside years, and fits anything where it is zero.
    """

    dimension: Dimension | None
    literal: float | None = None

    def fits(self, other: Dimension) -> bool:
        """Whether this may stand where `other` is wanted."""
        if self.dimension is None or self.dimension == other:
            return True
        return self.literal is not None and (self.literal == 0 or other == YEAR)


_UNKNOWN = Kind(None)


class DimensionCheck:
    """Finds the dimension of an expression and collects what does not fit.

    Parameters
    ----------
    known : mapping of str to dimension
        Levers and variables whose unit is known; others fit anything.
    """

    def __init__(self, known: Mapping[str, Dimension]) -> None:
        self._known = known
        self.problems: list[Problem] = []

    def kind(self, node: Node) -> Kind:
        """Return what a node measures."""
        match node:
            case tree.Num(value=value):
                return Kind(PLAIN, value)
            case tree.Year():
                return Kind(YEAR)
            case tree.Lever(name=name) | tree.At(name=name) | tree.Span(name=name):
                return Kind(self._known.get(name))
            case tree.Neg(value=value):
                inner = self.kind(value)
                return Kind(inner.dimension, None if inner.literal is None else -inner.literal)
            case tree.Op():
                return self._operation(node)
            case tree.Call():
                return self._call(node)
            case tree.Choose(test=test, yes=yes, no=no):
                self.kind(test)
                return self._alike(node, [self.kind(yes), self.kind(no)], "chooses between")
            case tree.Compare(left=left, right=right):
                self._alike(node, [self.kind(left), self.kind(right)], "compares")
            case tree.Logic(items=items):
                for item in items:
                    self.kind(item)
            case tree.Not(value=value):
                self.kind(value)
        return _UNKNOWN

    def _operation(self, node: tree.Op) -> Kind:
        left, right = self.kind(node.left), self.kind(node.right)
        if node.op in "+-":
            return self._sum(node, left, right)
        if node.op == "**":
            return self._power(node, left, right)
        if left.dimension is None or right.dimension is None:
            return _UNKNOWN
        return Kind(times(left.dimension, right.dimension, 1 if node.op == "*" else -1))

    def _sum(self, node: tree.Op, left: Kind, right: Kind) -> Kind:
        if node.op == "-" and _years_apart(left, right):
            return Kind(PLAIN)
        return self._alike(node, [left, right], "adds" if node.op == "+" else "subtracts")

    def _alike(self, node: Node, kinds: list[Kind], verb: str) -> Kind:
        known = [kind for kind in kinds if kind.dimension is not None]
        bare = all(kind.literal is not None for kind in known)
        if not known or (bare and len(known) < len(kinds)):
            return _UNKNOWN  # `max(0, x)` measures what x does, and of x nothing is known
        wanted = next((kind for kind in known if kind.literal is None), known[0])
        assert wanted.dimension is not None
        for kind in known:
            if not kind.fits(wanted.dimension):
                self._unlike(node, verb, wanted, kind)
                return _UNKNOWN
        return Kind(wanted.dimension)

    def _unlike(self, node: Node, verb: str, wanted: Kind, other: Kind) -> None:
        assert wanted.dimension is not None and other.dimension is not None
        first, second = describe(wanted.dimension), describe(other.dimension)
        hint = "multiply or divide by a quantity that turns one into the other"
        if other.literal is not None:
            hint = f"make {other.literal:g} a lever or a start value with its unit and source"
        elif PLAIN in (wanted.dimension, other.dimension):
            hint = "a rate multiplies an amount: write a * (1 + rate)"
        found = f"{verb} unlike units: {first} and {second}"
        self.problems.append(Problem(node.place, found, "the same unit on both sides", hint))

    def _power(self, node: tree.Op, base: Kind, power: Kind) -> Kind:
        if not power.fits(PLAIN):
            assert power.dimension is not None
            found = f"a power of {describe(power.dimension)}"
            self.problems.append(Problem(node.right.place, found, "a plain number as power"))
        if base.dimension is None or base.dimension == PLAIN:
            return base if base.dimension is None else Kind(PLAIN)
        if power.literal is None or power.literal != int(power.literal):
            found = f"{describe(base.dimension)} to a power that is no whole number"
            hint = "divide first, so that a plain number is raised: (a / b) ** c"
            self.problems.append(Problem(node.place, found, "a plain number", hint))
            return _UNKNOWN
        return Kind(to_power(base.dimension, int(power.literal)))

    def _call(self, node: tree.Call) -> Kind:
        if node.function in ("min", "max", "sum", "mean"):
            return self._alike(node, [self.kind(one) for one in node.args], f"{node.function} of")
        inner = self.kind(node.args[0])
        if node.function in ("round", "abs"):
            return Kind(inner.dimension)
        if not inner.fits(PLAIN):
            assert inner.dimension is not None
            found = f"{node.function} of {describe(inner.dimension)}"
            hint = "divide by an amount of the same unit first"
            self.problems.append(Problem(node.args[0].place, found, "a plain number", hint))
        return Kind(PLAIN)


def _years_apart(left: Kind, right: Kind) -> bool:
    """Whether this is one year minus another; a bare number of 1900 or more is a year."""

    def is_year(kind: Kind) -> bool:
        return kind.dimension == YEAR or (kind.literal is not None and kind.literal >= 1900)

    return is_year(left) and is_year(right) and YEAR in (left.dimension, right.dimension)


def check_dimensions(
    equations: list[tree.Equation], known: Mapping[str, Dimension]
) -> tuple[dict[str, Dimension], list[Problem]]:
    """Check every equation and find the units that nobody wrote down.

    Parameters
    ----------
    equations : list of Equation
    known : mapping of str to dimension
        From levers, start values and declared variables.

    Returns
    -------
    tuple of dict and list of Problem
        The dimension of every name that could be found, and what does not fit.
    """
    trusted = dict(known)
    disputed: list[Problem] = []
    while True:
        found = _inferred(equations, trusted)
        dispute = _first_dispute(equations, found, trusted)
        if dispute is None:
            break
        # One wrong unit would make every equation that uses the name look wrong: say it once.
        name, problem = dispute
        disputed.append(problem)
        del trusted[name]
    check = DimensionCheck(found)
    for equation in equations:
        check.kind(equation.value)
    return found | dict(known), disputed + check.problems


def _inferred(
    equations: list[tree.Equation], known: Mapping[str, Dimension]
) -> dict[str, Dimension]:
    found = dict(known)
    for _ in range(3):
        for equation in equations:
            kind = DimensionCheck(found).kind(equation.value)
            if equation.name not in found and kind.dimension is not None:
                found[equation.name] = kind.dimension
    return found


def _first_dispute(
    equations: list[tree.Equation], found: Mapping[str, Dimension], known: Mapping[str, Dimension]
) -> tuple[str, Problem] | None:
    """Return the first name whose equation gives another unit than was written for it."""
    for equation in equations:
        check = DimensionCheck(found)
        kind = check.kind(equation.value)
        wanted = known.get(equation.name)
        if wanted is None or kind.fits(wanted) or check.problems:
            continue
        assert kind.dimension is not None
        told = f"{equation.name} is declared in {describe(wanted)}"
        value = f"but its equation gives {describe(kind.dimension)}"
        hint = "mend the equation or the declared unit"
        return equation.name, Problem(equation.place, f"{told}, {value}", "one unit", hint)
    return None
