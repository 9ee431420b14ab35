"""Which levers matter: one at a time (tornado), and with all moving together (Sobol)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hlanalysis.errors import InputError
from hlanalysis.scenarios.distributions import Distribution, read_distribution
from hlanalysis.scenarios.drawing import evaluate_draws
from hlanalysis.scenarios.model import Model, unknown_name
from hlanalysis.scenarios.running import Settings, run_slots, settings_by_slot, slot_values

# Eight times in ten a lever lies between its outer tenths: what a planner would call low and high.
_TENTH = 1.2815515655446004


@dataclass(frozen=True, slots=True)
class Swing:
    """What one lever does to a result, the others at the scenario's values.

    `low` and `high` are the lever values tried; `at_low`, `at_high` the results.
    """

    lever: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def size(self) -> float:
        """How far apart the two results lie."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Tornado:
    """Swings of all levers, the largest first, and the result they swing around."""

    model: Model
    name: str
    year: int
    base: float
    swings: tuple[Swing, ...]


def tornado(
    model: Model,
    name: str,
    year: int,
    *,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    settings: Settings | None = None,
    levers: Sequence[str] | None = None,
) -> Tornado:
    """Move one lever at a time to its low and its high.

    Parameters
    ----------
    model : Model
    name, year : str, int
        The result to look at.
    ranges : mapping of str to (low, high), optional
        Values to try, in the levers' units. Otherwise the outer tenths of what the planner
        stated, and the bounds of a lever of which nothing was stated.
    settings : mapping, optional
        The scenario to swing around.
    levers : sequence of str, optional
        All levers if left out; one by year moves all its years.

    Returns
    -------
    Tornado
    """
    _check(model, name, year)
    base = slot_values(model, settings or {})
    tried = {key: _range(model, key, ranges or {}) for key in levers or list(model.levers)}
    count = 2 * len(tried)
    draws: dict[str, Any] = {}
    for number, (key, ends) in enumerate(tried.items()):
        for slot in settings_by_slot(model, {key: ends[0]}):
            settings_by_slot(model, {key: ends[1]})
            at = [one.key for one in model.slots].index(slot)
            unit = model.slot_by_key[slot].lever.unit
            values = np.full(count, unit.outside(base[at]))
            values[2 * number : 2 * number + 2] = ends
            draws[slot] = values
    results = evaluate_draws(model, draws, [(name, year)], base)[0]
    swings = [
        Swing(key, *ends, float(results[2 * number]), float(results[2 * number + 1]))
        for number, (key, ends) in enumerate(tried.items())
    ]
    swings.sort(key=lambda one: (-one.size if math.isfinite(one.size) else math.inf, one.lever))
    return Tornado(model, name, year, run_slots(model, base).at(name, year), tuple(swings))


def _check(model: Model, name: str, year: int) -> None:
    if name not in model.variables:
        raise unknown_name("tornado", name, list(model.variables), "variable")
    if year not in model.years:
        raise InputError("tornado", f"year {year}", f"one of {list(model.years)}")


def _range(
    model: Model, key: str, ranges: Mapping[str, tuple[float, float]]
) -> tuple[float, float]:
    if key in ranges:
        return ranges[key]
    slot = model.slot_by_key.get(key)
    lever = slot.lever if slot else model.levers.get(key)
    if lever is None:
        raise unknown_name("tornado", key, [*model.levers, *model.slot_by_key], "lever")
    if not lever.stated:
        return lever.low, lever.high
    ends = read_distribution(lever.stated, key).from_normal(np.array([-_TENTH, _TENTH]))
    low, high = np.clip(ends, lever.low, lever.high).tolist()
    return low, high


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a result's variance a lever brings: alone, and with all it takes part in."""

    lever: str
    alone: float
    total: float


def sobol(
    model: Model,
    name: str,
    year: int,
    stated: Mapping[str, str | Distribution] | None = None,
    *,
    settings: Settings | None = None,
    n: int = 1024,
    seed: int = 2025,
) -> list[Share]:
    """Return variance shares by lever (Saltelli's design, Jansen's estimators).

    Parameters
    ----------
    model : Model
    name, year : str, int
    stated : mapping, optional
        Distributions by lever; what the model states if left out.
    settings : mapping, optional
    n : int
        A power of two; the model runs n times (levers + 2).
    seed : int

    Returns
    -------
    list of Share
        Largest total first; shares of a result that does not vary are 0.

    Raises
    ------
    InputError
        If nothing is stated.
    """
    from scipy.special import ndtri
    from scipy.stats import qmc

    _check(model, name, year)
    known = read_stated(model, stated)
    count = len(known)
    points = qmc.Sobol(2 * count, scramble=True, rng=np.random.default_rng(seed)).random(n)
    normals = ndtri(np.clip(points, 1e-12, 1 - 1e-12))
    first, second = normals[:, :count], normals[:, count:]
    designs = [first, second]
    for i in range(count):
        mixed = first.copy()
        mixed[:, i] = second[:, i]
        designs.append(mixed)
    stacked = np.concatenate(designs)
    draws: dict[str, Any] = {}
    for i, (lever, one) in enumerate(known.items()):
        spec = model.slot_by_key[lever].lever if lever in model.slot_by_key else model.levers[lever]
        values = np.clip(one.from_normal(stacked[:, i]), spec.low, spec.high)
        draws.update((slot, values) for slot in settings_by_slot(model, {lever: spec.low}))
    base = slot_values(model, settings or {})
    results = evaluate_draws(model, draws, [(name, year)], base)[0].reshape(count + 2, n)
    return _shares(list(known), results)


def _shares(levers: list[str], results: Any) -> list[Share]:
    a, b = results[0], results[1]
    variance = float(np.var(np.concatenate([a, b])))
    made = []
    for lever, mixed in zip(levers, results[2:], strict=True):
        alone = 1 - float(np.mean((b - mixed) ** 2)) / (2 * variance) if variance else 0.0
        total = float(np.mean((a - mixed) ** 2)) / (2 * variance) if variance else 0.0
        made.append(Share(lever, alone, total))
    return sorted(made, key=lambda one: (-one.total, one.lever))


def read_stated(
    model: Model, stated: Mapping[str, str | Distribution] | None
) -> dict[str, Distribution]:
    """Return distributions by lever: those given, or those the model states.

    Raises
    ------
    InputError
        If nobody stated any.
    """
    words: Mapping[str, str | Distribution]
    words = stated or {name: one.stated for name, one in model.levers.items() if one.stated}
    if not words:
        hint = 'give a lever `stated = "từ 5 đến 12, thường là 8"` in the model file'
        raise InputError(model.name, "no stated distribution", "at least one", hint)
    return {
        name: read_distribution(one, name) if isinstance(one, str) else one
        for name, one in words.items()
    }
