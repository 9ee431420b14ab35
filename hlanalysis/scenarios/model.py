"""A model: equations, levers and start values, checked once and ready for every runtime."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.scenarios import tree
from hlanalysis.scenarios.dimensions import check_dimensions
from hlanalysis.scenarios.names import fault_of, same_when_folded
from hlanalysis.scenarios.parse import parse_equations
from hlanalysis.scenarios.printer import cell_name, lever_name
from hlanalysis.scenarios.problems import ModelError, Problem, Text, nearest
from hlanalysis.scenarios.scalar_code import NAMES, compile_function, scalar_source
from hlanalysis.scenarios.specs import LeverSpec, Slot, StartSpec, VariableSpec, Words, slots_of
from hlanalysis.scenarios.tree import Equation, Place
from hlanalysis.scenarios.units import Dimension, ModelUnit, describe, read_unit
from hlanalysis.scenarios.unroll import Formula, Known, Unroller

Key = tuple[str, int]
Named = LeverSpec | StartSpec | VariableSpec
MOST_YEARS = 100


@dataclass(frozen=True, eq=False)
class Model:
    """A checked model.

    Attributes
    ----------
    name, title : str, Words
    years : tuple of int
        The computed years.
    levers : dict of str to LeverSpec
    starts : dict of (str, int) to StartSpec
    variables : dict of str to VariableSpec
        Every variable that has an equation, in the order of the equations.
    equations : tuple of Equation
    formulas : tuple of Formula
        One a cell, in the order of computing.
    text : Text
        The equations as written.
    notes : tuple of Words
        What the author wants every reader to know.
    charts : tuple of str
        Variables to draw first.
    """

    name: str
    title: Words
    years: tuple[int, ...]
    levers: Mapping[str, LeverSpec]
    starts: Mapping[Key, StartSpec]
    variables: Mapping[str, VariableSpec]
    equations: tuple[Equation, ...]
    formulas: tuple[Formula, ...]
    text: Text
    notes: tuple[Words, ...] = field(default=())
    charts: tuple[str, ...] = field(default=())

    @cached_property
    def compiled(self) -> dict[Any, Any]:
        """Compiled array code, by drawn levers and kept cells."""
        return {}

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every number a scenario may set, in the order of the levers."""
        return tuple(slot for lever in self.levers.values() for slot in slots_of(lever))

    @cached_property
    def slot_by_key(self) -> dict[str, Slot]:
        """Slots by what people write: ``tang_khac``, ``dau_gia[2026]``."""
        return {slot.key: slot for slot in self.slots}

    @cached_property
    def constants(self) -> dict[Key, float]:
        """Start values as equations count them."""
        return {key: start.unit.inside(start.value) for key, start in self.starts.items()}

    @cached_property
    def outputs(self) -> tuple[Key, ...]:
        """Every computed cell, variable by variable."""
        return tuple((name, year) for name in self.variables for year in self.years)

    @cached_property
    def base(self) -> tuple[float, ...]:
        """The baseline of every slot, as equations count it."""
        return tuple(slot.inside(slot.value) for slot in self.slots)

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        """The printed name of every slot."""
        return tuple(
            lever_name(slot.lever.name)
            if slot.year is None
            else cell_name(slot.lever.name, slot.year)
            for slot in self.slots
        )

    @cached_property
    def scalar_source(self) -> str:
        """Plain Python from slots to cells."""
        return scalar_source(self.formulas, self.arguments, self.constants, self.outputs)

    @cached_property
    def scalar(self) -> Callable[..., tuple[float, ...]]:
        """The compiled plain Python: slots as equations count them, in; cells, out."""
        return compile_function(self.scalar_source, NAMES)

    def unit_of(self, name: str) -> ModelUnit:
        """Return the unit of a variable, lever or start value."""
        if name in self.variables:
            return self.variables[name].unit
        if name in self.levers:
            return self.levers[name].unit
        return next(start.unit for (one, _), start in self.starts.items() if one == name)

    def split(self, slots: Sequence[Any]) -> tuple[dict[str, Any], dict[Key, Any]]:
        """Return slot values as scalar levers and as cells."""
        levers: dict[str, Any] = {}
        cells: dict[Key, Any] = dict(self.constants)
        for slot, value in zip(self.slots, slots, strict=True):
            if slot.year is None:
                levers[slot.lever.name] = value
            else:
                cells[slot.lever.name, slot.year] = value
        return levers, cells


def build_model(
    *,
    years: Sequence[int],
    equations: str,
    levers: Sequence[LeverSpec] = (),
    starts: Sequence[StartSpec] = (),
    variables: Sequence[VariableSpec] = (),
    name: str = "model",
    title: Words | None = None,
    where: str = "equations",
    first_line: int = 1,
    notes: Sequence[Words] = (),
    charts: Sequence[str] = (),
) -> Model:
    """Check everything and return a model, or name every problem at once.

    Parameters
    ----------
    years : sequence of int
        The years to compute, one after another.
    equations : str
        The text of the equations.
    levers, starts, variables : sequences of specs
        `variables` says how results are shown; a variable not named takes the unit of its start
        value, or what its equation gives.
    where, first_line : str, int
        File and line of the equations, for messages.

    Raises
    ------
    ModelError
        With file, line, column and a caret for each problem.
    """
    text, parsed, problems = parse_equations(equations, where, first_line)
    problems += _year_problems(years)
    problems += _name_problems(parsed, levers, starts, variables)
    if problems or not parsed:
        raise ModelError(text, problems or [Problem(tree.NOWHERE, "no equations", "at least one")])
    unroller = Unroller(parsed, _known(years, levers, starts), first_line)
    formulas = unroller.formulas()
    problems = unroller.problems
    written, contradictions = _dimensions(levers, starts, variables)
    dimensions, unlike = check_dimensions(parsed, written)
    problems += contradictions + unlike
    problems += _lever_problems(levers, parsed)
    if problems:
        raise ModelError(text, problems)
    return Model(
        name=name,
        title=title or {},
        years=tuple(years),
        levers={one.name: one for one in levers},
        starts={(one.name, one.year): one for one in starts},
        variables=_variables(parsed, starts, variables, dimensions),
        equations=tuple(parsed),
        formulas=tuple(formulas),
        text=text,
        notes=tuple(notes),
        charts=_charts(charts, parsed, variables, text),
    )


def _charts(
    charts: Sequence[str],
    equations: Sequence[Equation],
    variables: Sequence[VariableSpec],
    text: Text,
) -> tuple[str, ...]:
    computed = [one.name for one in equations]
    for name in charts:
        if name not in computed:
            found = f"a chart of the unknown variable '{name}'"
            problem = Problem(tree.NOWHERE, found, "a variable", nearest(name, computed))
            raise ModelError(text, [problem])
    hidden = {one.name for one in variables if not one.shown}
    # Whoever labels a result means it to be looked at.
    labelled = [one.name for one in variables if one.label and one.name in computed]
    shown = (name for name in dict.fromkeys([*labelled, *computed]) if name not in hidden)
    return tuple(charts) or tuple(shown)[:4]


def _known(years: Sequence[int], levers: Sequence[LeverSpec], starts: Sequence[StartSpec]) -> Known:
    return Known(
        years,
        frozenset(one.name for one in levers if not one.years),
        {one.name: frozenset(one.years) for one in levers if one.years},
        frozenset((one.name, one.year) for one in starts),
    )


def _year_problems(years: Sequence[int]) -> list[Problem]:
    if not years or list(years) != list(range(years[0], years[0] + len(years))):
        return [Problem(tree.NOWHERE, f"years {list(years)[:8]}", "years one after another")]
    if len(years) > MOST_YEARS or years[0] < 1900 or years[-1] > 2200:
        return [Problem(tree.NOWHERE, f"years {years[0]}-{years[-1]}", f"at most {MOST_YEARS}")]
    return []


def _name_problems(
    equations: Sequence[Equation],
    levers: Sequence[LeverSpec],
    starts: Sequence[StartSpec],
    variables: Sequence[VariableSpec],
) -> list[Problem]:
    places: dict[str, Place] = {}
    named: list[Named] = [*levers, *starts, *variables]
    for spec in named:
        places.setdefault(spec.name, tree.NOWHERE)
    places.update((one.name, one.place) for one in equations)
    problems = []
    for name, place in places.items():
        fault = fault_of(name)
        if fault:
            found = f"the name '{name}': {fault[0]}"
            problems.append(
                Problem(place, found, "a name that means the same everywhere", fault[1])
            )
    for first, second in same_when_folded(places):
        found = f"'{first}' and '{second}' differ only in capitals"
        hint = "a spreadsheet takes them for one name: rename one"
        problems.append(Problem(places[second], found, "names that differ", hint))
    counted = [one.name for one in levers]
    for name in sorted({one for one in counted if counted.count(one) > 1}):
        problems.append(Problem(tree.NOWHERE, f"two levers called {name}", "one"))
    both = {one.name for one in levers} & {one.name for one in starts}
    for name in sorted(both):
        problems.append(
            Problem(tree.NOWHERE, f"{name} is a lever and a start value", "one of them")
        )
    computed = {one.name for one in equations}
    for one in variables:
        if one.name not in computed:
            found = f"the variable {one.name} has no equation"
            problems.append(Problem(tree.NOWHERE, found, f"{one.name}[t] = value"))
    return problems


def _lever_problems(levers: Sequence[LeverSpec], equations: Sequence[Equation]) -> list[Problem]:
    divided = {
        node.right.name: node.right.place
        for equation in equations
        for node in tree.walk(equation.value)
        if isinstance(node, tree.Op)
        and node.op == "/"
        and isinstance(node.right, tree.Lever | tree.At)
    }
    problems = []
    for one in levers:
        values = one.value.values() if isinstance(one.value, Mapping) else [one.value]
        outside = [value for value in values if not one.low <= value <= one.high]
        if not one.low < one.high:
            found = f"lever {one.name}: low {one.low:g} and high {one.high:g}"
            problems.append(Problem(tree.NOWHERE, found, "low < high"))
        elif outside:
            found = (
                f"lever {one.name}: value {outside[0]:.12g} lies outside "
                f"low {one.low:.12g} to high {one.high:.12g}"
            )
            problems.append(Problem(tree.NOWHERE, found, "a value between them"))
        if one.step <= 0:
            found = f"lever {one.name}: step {one.step:g}"
            problems.append(Problem(tree.NOWHERE, found, "a step above 0"))
        if one.name in divided and one.low <= 0 <= one.high:
            found = f"a division by {one.name}, which may be 0 ({one.low:g} to {one.high:g})"
            hint = f"keep the bounds of {one.name} away from 0"
            problems.append(Problem(divided[one.name], found, "a lever that is never 0", hint))
    return problems


def _dimensions(
    levers: Sequence[LeverSpec], starts: Sequence[StartSpec], variables: Sequence[VariableSpec]
) -> tuple[dict[str, Dimension], list[Problem]]:
    """Return the unit written for each name, and the names with two that do not go together.

    A name with two counts as unknown: which of them is wrong cannot be told from here.
    """
    named: list[Named] = [*levers, *starts, *variables]
    known: dict[str, Dimension] = {}
    unlike: dict[str, Problem] = {}
    for one in named:
        before = known.setdefault(one.name, one.unit.dimension)
        if before != one.unit.dimension:
            found = f"{one.name} is given in {describe(before)} and in "
            found += describe(one.unit.dimension)
            hint = "mend the unit of the start value or of the variable"
            unlike.setdefault(one.name, Problem(tree.NOWHERE, found, "one unit", hint))
    return {name: one for name, one in known.items() if name not in unlike}, list(unlike.values())


def _variables(
    equations: Sequence[Equation],
    starts: Sequence[StartSpec],
    variables: Sequence[VariableSpec],
    dimensions: Mapping[str, Dimension],
) -> dict[str, VariableSpec]:
    given = {one.name: one for one in variables}
    units = {one.name: one.unit for one in starts}
    made = {}
    for one in equations:
        unit = units.get(one.name) or _plain_unit(dimensions.get(one.name, ()))
        made[one.name] = given.get(one.name) or VariableSpec(
            one.name, unit, places=unit.shown_places
        )
    return made


def _plain_unit(dimension: Dimension) -> ModelUnit:
    if not dimension:
        return read_unit("")
    try:
        return read_unit(describe(dimension))
    except ValueError:
        vi, en = describe(dimension), describe(dimension, "en")
        return ModelUnit(vi, vi, en, dimension, read_unit("").factor, 2)


def unknown_name(where: str, name: str, known: Sequence[str], what: str) -> InputError:
    """Return the error for a name somebody typed that the model does not have."""
    return InputError(
        where, f"unknown {what} '{name}'", f"a {what} of the model", nearest(name, known)
    )
