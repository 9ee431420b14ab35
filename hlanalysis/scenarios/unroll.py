"""From `x[t] = ... x[t-1] ...` to one formula a cell, with everything that can be wrong in between.

The years of a model are few and known, so every lag and every running sum is settled here once;
printers then only see cells of single years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.problems import Problem, nearest
from hlanalysis.scenarios.tree import Equation, Node

TOLERANCE = 1e-9
MOST_NODES = 400_000


@dataclass(frozen=True, slots=True)
class Formula:
    """What one variable is in one year."""

    name: str
    year: int
    value: Node


@dataclass(frozen=True)
class Known:
    """What equations may refer to.

    Attributes
    ----------
    years : sequence of int
        The years that are computed.
    levers : set of str
        Scalar levers.
    by_year : mapping of str to set of int
        Levers by year and the years they have a value for.
    starts : set of (str, int)
        Start values: name and year.
    """

    years: Sequence[int]
    levers: frozenset[str]
    by_year: Mapping[str, frozenset[int]]
    starts: frozenset[tuple[str, int]]


class Unroller:
    """Checks names and years, and writes the formula of each cell."""

    def __init__(self, equations: Sequence[Equation], known: Known, first_line: int = 1) -> None:
        self._equations, self._known, self._above = equations, known, first_line - 1
        self._rank = {one.name: rank for rank, one in enumerate(equations)}
        self._start_names = {name for name, _ in known.starts}
        self.problems: list[Problem] = []
        self._told: set[tuple[str, int, str]] = set()

    def formulas(self) -> list[Formula]:
        """Return the formulas in the order of computing; problems are listed beside."""
        self._check_targets()
        for equation in self._equations:
            self._check_names(equation)
        size = sum(sum(1 for _ in tree.walk(one.value)) for one in self._equations)
        if size * len(self._known.years) > MOST_NODES:
            found = f"{len(self._equations)} equations over {len(self._known.years)} years"
            self.problems.append(Problem(tree.NOWHERE, found, "a smaller model"))
        if self.problems:
            return []
        made = [
            Formula(one.name, year, self._lower(one.value, year, one))
            for year in self._known.years
            for one in self._equations
        ]
        if not self.problems:
            self._check_order(made)
        return made

    def _check_targets(self) -> None:
        first: dict[str, Equation] = {}
        for one in self._equations:
            if one.name in first:
                found = f"a second equation for {one.name}"
                hint = f"the first stands on line {first[one.name].place.line + self._above}"
                self.problems.append(Problem(one.place, found, "one equation a name", hint))
            elif one.name in self._known.levers or one.name in self._known.by_year:
                found = f"an equation for the lever {one.name}"
                hint = "a lever is chosen, not computed: rename one of the two"
                self.problems.append(Problem(one.place, found, "a name that is no lever", hint))
            first.setdefault(one.name, one)

    def _names(self) -> set[str]:
        return {*self._rank, *self._known.levers, *self._known.by_year, *self._start_names}

    def _check_names(self, equation: Equation) -> None:
        for node in tree.walk(equation.value):
            if isinstance(node, tree.Lever) and node.name not in self._known.levers:
                self.problems.append(self._lever_problem(node))
            elif isinstance(node, tree.At | tree.Span):
                if node.name in self._known.levers:
                    found = f"the lever {node.name} with a year"
                    hint = f"it is one number for all years: write {node.name}"
                    self.problems.append(Problem(node.place, found, "no brackets", hint))
                elif node.name not in self._names():
                    found = f"unknown name '{node.name}'"
                    expected = "a variable, a start value or a lever"
                    hint = nearest(node.name, self._names())
                    self.problems.append(Problem(node.place, found, expected, hint))

    def _lever_problem(self, node: tree.Lever) -> Problem:
        if node.name in self._names():
            hint = f"write {node.name}[t] or {node.name}[t-1]"
            return Problem(node.place, f"{node.name} without a year", "a year", hint)
        found, expected = f"unknown name '{node.name}'", "a lever, a variable or a start value"
        return Problem(node.place, found, expected, nearest(node.name, self._names()))

    def _lower(self, node: Node, year: int, equation: Equation) -> Node:
        match node:
            case tree.Year(place=place):
                return tree.Num(place, float(year), is_year=True)
            case tree.At(place=place, name=name, index=index):
                self._need(name, index.at(year), year, node, equation)
                return tree.Cell(place, name, index.at(year))
            case tree.Call(args=(tree.Span() as span,)):
                return replace(node, args=(self._lower_span(node, span, year, equation),))
            case tree.Choose(test=test, yes=yes, no=no):
                # A test of years alone is settled now, so that `x[t-1] if t > 2025 else 0`
                # needs no start value in the branch that is never taken.
                settled = self._lower(test, year, equation)
                truth = _static_truth(settled)
                if truth is not None:
                    return self._lower(yes if truth else no, year, equation)
                lowered = (self._lower(one, year, equation) for one in (yes, no))
                return tree.Choose(node.place, settled, *lowered)
            case tree.Op(left=left, right=right) | tree.Compare(left=left, right=right):
                first, second = (self._lower(one, year, equation) for one in (left, right))
                return replace(node, left=first, right=second)
            case tree.Neg(value=value) | tree.Not(value=value):
                return replace(node, value=self._lower(value, year, equation))
            case tree.Call(args=args):
                return replace(node, args=tuple(self._lower(one, year, equation) for one in args))
            case tree.Logic(items=items):
                return replace(node, items=tuple(self._lower(one, year, equation) for one in items))
        return node

    def _lower_span(
        self, call: tree.Call, span: tree.Span, year: int, equation: Equation
    ) -> tree.Cells:
        first, last = span.first.at(year), span.last.at(year)
        if last < first and call.function != "sum":
            found = f"{call.function} over no years in {year} ({first} to {last})"
            hint = f"start it later: ... if t >= {first} else 0"
            self._tell(Problem(call.place, found, "at least one year", hint), equation)
        if last - first > 300:
            found = f"{call.function} over {last - first + 1} years"
            self._tell(Problem(call.place, found, "at most 300 years"), equation)
            last = first
        for one in range(first, last + 1):
            self._need(span.name, one, year, span, equation)
        return tree.Cells(span.place, span.name, first, last)

    def _tell(self, problem: Problem, equation: Equation, about: str = "") -> None:
        key = (equation.name, problem.place.column + 1000 * problem.place.line, about)
        if key not in self._told:
            self._told.add(key)
            self.problems.append(problem)

    def _need(self, name: str, wanted: int, now: int, node: Node, equation: Equation) -> None:
        """List a problem if nothing gives `name` in the year `wanted` when `now` is computed."""
        if name in self._known.by_year:
            if wanted not in self._known.by_year[name]:
                found = f"the lever {name} has no value for {wanted}, needed in {now}"
                years = ", ".join(map(str, sorted(self._known.by_year[name])))
                expected = f"one of its years ({years})"
                self._tell(Problem(node.place, found, expected), equation, name)
            return
        if (name, wanted) in self._known.starts:
            return
        if wanted > now:
            found = f"{name}[{wanted}] is needed in {now}, before it is computed"
            hint = "an equation may only look back"
            self._tell(Problem(node.place, found, "a year already computed", hint), equation)
        elif name not in self._rank or wanted not in self._known.years:
            found = f"no start value {name}[{wanted}], needed in {now}"
            given = sorted(year for one, year in self._known.starts if one == name)
            known = ", ".join(map(str, given)) or "no year"
            hint = f"start values of {name} are given for {known}; add one for {wanted}"
            self._tell(Problem(node.place, found, "a start value", hint), equation, name)

    def _check_order(self, formulas: Sequence[Formula]) -> None:
        """Find circles first (moving lines would not mend them), then names used too early."""
        uses: dict[str, dict[str, Node]] = {one.name: {} for one in self._equations}
        for formula in formulas:
            for node in tree.walk(formula.value):
                for name, year in cells_of(node):
                    if year == formula.year and (name, year) not in self._known.starts:
                        if name in self._rank:
                            uses[formula.name].setdefault(name, node)
        for path in _circles(uses):
            self._tell_circle(path, uses)
        circular = {name for path in _circles(uses) for name in path}
        for name, used in uses.items():
            for other, node in used.items():
                if self._rank[other] > self._rank[name] and not {name, other} <= circular:
                    line = self._equations[self._rank[other]].place.line + self._above
                    found = f"{other}[t] is used before its equation on line {line}"
                    hint = f"move the equation of {other} above that of {name}"
                    self.problems.append(Problem(node.place, found, "an earlier line", hint))

    def _tell_circle(self, path: list[str], uses: dict[str, dict[str, Node]]) -> None:
        node = uses[path[0]][path[1]]
        found = "a circle: " + " → ".join(f"{name}[t]" for name in path)
        hint = f"let one of them look back a year, for example {path[1]}[t-1]"
        self.problems.append(Problem(node.place, found, "an order of computing", hint))


def cells_of(node: Node) -> list[tuple[str, int]]:
    """Return the cells a node names itself (not those below it)."""
    if isinstance(node, tree.Cell):
        return [(node.name, node.year)]
    if isinstance(node, tree.Cells):
        return [(node.name, year) for year in range(node.first, node.last + 1)]
    return []


def _circles(uses: Mapping[str, Mapping[str, Node]]) -> list[list[str]]:
    """Return the circles among names as paths that end where they begin."""
    found: list[list[str]] = []
    state: dict[str, int] = {}
    for root in uses:
        if root in state:
            continue
        path, waiting = [root], [iter(uses[root])]
        state[root] = 1
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                state[path.pop()] = 2
            elif state.get(name) == 1:
                found.append([*path[path.index(name) :], name])
            elif name not in state:
                state[name] = 1
                path.append(name)
                waiting.append(iter(uses[name]))
    return found


def _static_truth(node: Node) -> bool | None:
    """Return whether a test of numbers and years alone holds; None if it asks for more."""
    match node:
        case tree.Compare(op=op, left=tree.Num(value=left), right=tree.Num(value=right)):
            return holds(op, left, right)
        case tree.Not(value=value):
            inner = _static_truth(value)
            return None if inner is None else not inner
        case tree.Logic(op=op, items=items):
            truths = [_static_truth(one) for one in items]
            decisive = op == "or"
            if decisive in truths:
                before = truths[: truths.index(decisive)]
                return decisive if None not in before else None
            return None if None in truths else not decisive
    return None


def holds(op: str, left: float, right: float) -> bool:
    """Compare with the tolerance every runtime uses: 10% reached is 10% reached.

    Examples
    --------
    >>> holds(">=", 0.1 + 0.2, 0.3), holds(">", 0.1 + 0.2, 0.3), holds("==", 0.1 + 0.2, 0.3)
    (True, False, True)
    """
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
            return abs(left - right) <= TOLERANCE
    return abs(left - right) > TOLERANCE
