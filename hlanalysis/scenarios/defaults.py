"""What to ask of a model when nobody says: its first result, a lever that moves it, a target."""

from __future__ import annotations

from collections.abc import Sequence

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.drawing import levers_behind
from hlanalysis.scenarios.model import Model
from hlanalysis.scenarios.running import run
from hlanalysis.scenarios.scenario_file import Scenario
from hlanalysis.scenarios.specs import LeverSpec

# Above the baseline, where a model names neither a target nor a figure of the past.
_MORE = 1.1


def first_outcome(model: Model) -> str:
    """Return the result that the model wants drawn first."""
    return model.charts[0]


def first_lever(model: Model, outcome: str) -> str | None:
    """Return the first lever that moves a result, one number for all years before a list."""
    behind = levers_behind(model, [outcome])
    moving = [
        one for one in model.levers.values() if one.name in behind and _moves(one, outcome, model)
    ]
    moving.sort(key=lambda one: bool(one.years))
    return moving[0].name if moving else None


def _moves(lever: LeverSpec, outcome: str, model: Model) -> bool:
    """Tell whether the bounds of a lever give two results in the last year."""
    ends = [run(model, {lever.name: bound}) for bound in (lever.low, lever.high)]
    low, high = (one.at(outcome, model.years[-1]) for one in ends)
    return abs(high - low) > 1e-9


def first_scenario(model: Model, scenarios: Sequence[Scenario]) -> str | None:
    """Return the first scenario that moves the first result in the last year, else any lever."""
    base = run(model).at(first_outcome(model), model.years[-1])
    changing = [one for one in scenarios if one.levers]
    ends = ((one, one.run(model).at(first_outcome(model), model.years[-1])) for one in changing)
    chosen = next((one for one, end in ends if abs(end - base) > 1e-9), None)
    chosen = chosen or next(iter(changing), None)
    return chosen.name if chosen else None


def has_stated(model: Model, outcome: str) -> bool:
    """Tell whether a range is stated for a lever that a result rests on."""
    return any(model.levers[name].stated for name in levers_behind(model, [outcome]))


def first_target(model: Model, outcome: str) -> float:
    """Return a target for a result, in its own unit.

    The lever that an equation compares it with; else what it was in the year before the first;
    else a tenth more than the baseline of the last year.
    """
    unit = model.variables[outcome].unit
    for lever in _compared_with(model, outcome):
        spec = model.levers[lever]
        if not isinstance(spec.value, float | int):
            continue
        return unit.outside(spec.unit.inside(spec.value))
    start = model.starts.get((outcome, model.years[0] - 1))
    if start is not None:
        return unit.outside(start.unit.inside(start.value))
    return _MORE * run(model).at(outcome, model.years[-1])


def _compared_with(model: Model, outcome: str) -> list[str]:
    """Return the levers that equations compare a result of the same year with."""
    nodes = (node for one in model.equations for node in tree.walk(one.value))
    pairs = [(one.left, one.right) for one in nodes if isinstance(one, tree.Compare)]
    return [
        lever.name
        for left, right in pairs
        for cell, lever in ((left, right), (right, left))
        if isinstance(cell, tree.At) and cell.name == outcome and isinstance(lever, tree.Lever)
    ]
