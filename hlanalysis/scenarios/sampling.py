"""Draws from the planner's own distributions: seeded, correlated, the same for any workers.

Every chunk of draws has its own stream, spawned from the seed, so one worker or eight give the
same bytes. Correlations tie the levers by rank.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hlanalysis.errors import InputError
from hlanalysis.scenarios.distributions import Distribution, read_distribution
from hlanalysis.scenarios.drawing import CHUNK, Engine, to_written
from hlanalysis.scenarios.model import Key, Model, unknown_name
from hlanalysis.scenarios.running import Settings, slot_values

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MOST_DRAWS = 50_000_000
Stated = Mapping[str, "str | Distribution"]


@dataclass(frozen=True)
class Sample:
    """Kept results of many draws.

    Attributes
    ----------
    model : Model
    names : tuple of str
        Kept variables.
    values : ndarray, shape (len(names), n_years, n_draws)
        In the variables' own units; NaN where a draw cannot be computed.
    stated : dict of str to Distribution
        What was drawn, lever by lever.
    seed : int
    clipped : dict of str to float
        Share of draws that fell outside a lever's bounds and were moved to the bound.
    """

    model: Model
    names: tuple[str, ...]
    values: Array
    stated: Mapping[str, Distribution]
    seed: int
    clipped: Mapping[str, float]

    @property
    def draws(self) -> int:
        """How many draws were made."""
        return int(self.values.shape[-1])

    def paths(self, name: str) -> Array:
        """Return the draws of a variable, shape (n_years, n_draws)."""
        if name not in self.names:
            raise unknown_name("sample", name, self.names, "kept variable")
        return self.values[self.names.index(name)]

    def at(self, name: str, year: int) -> Array:
        """Return the draws of a variable in one year, shape (n_draws,)."""
        if year not in self.model.years:
            raise InputError("sample", f"year {year}", f"one of {list(self.model.years)}")
        return self.paths(name)[self.model.years.index(year)]

    def not_computed(self, name: str) -> float:
        """Return the share of draws in which a variable cannot be computed in some year."""
        return float(np.isnan(self.paths(name)).any(axis=0).mean())


def sample(
    model: Model,
    stated: Stated,
    *,
    keep: Sequence[str],
    n: int = 10_000,
    seed: int = 2025,
    settings: Settings | None = None,
    together: Mapping[tuple[str, str], float] | None = None,
    executor: Executor | None = None,
) -> Sample:
    """Draw levers, compute the model for each draw, keep some variables.

    Parameters
    ----------
    model : Model
    stated : mapping of str to str or Distribution
        By lever, in its own unit: "từ 80 đến 150, thường là 120". A lever by year takes one draw
        for all its years; ``name[2026]`` draws one year alone.
    keep : sequence of str
        Variables to return, every year.
    n : int
        Number of draws.
    seed : int
        The same seed gives the same draws, whatever the executor.
    settings : mapping, optional
        Levers set to one value.
    together : mapping of (str, str) to float, optional
        Correlation of pairs of levers, from -1 to 1.
    executor : Executor, optional
        Threads that share the chunks.

    Returns
    -------
    Sample

    Raises
    ------
    InputError
        For unknown levers or variables, words not understood, ends outside a lever's bounds, or
        correlations that contradict each other.
    """
    if not 1 <= n <= MOST_DRAWS:
        raise InputError("sample", f"{n} draws", f"1 to {MOST_DRAWS}")
    for name in keep:
        if name not in model.variables:
            raise unknown_name("sample", name, list(model.variables), "variable")
    asked = _Draws(model, stated, together or {})
    kept = tuple((name, year) for name in keep for year in model.years)
    engine = Engine(model, asked.keys, kept, slot_values(model, settings or {}))
    out = np.empty((len(kept), n))
    starts = range(0, n, CHUNK)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))

    def work(number: int) -> Array:
        piece = out[:, starts[number] : min(starts[number] + CHUNK, n)]
        given, moved = asked.chunk(np.random.Generator(np.random.SFC64(seeds[number])), piece)
        engine.fill(given, piece)
        to_written(model, kept, piece)
        return moved

    numbers = range(len(starts))
    moved = list(executor.map(work, numbers) if executor else map(work, numbers))
    shares = np.sum(moved, axis=0) / n
    clipped = {name: float(share) for name, share in zip(asked.stated, shares, strict=True)}
    values = out.reshape(len(keep), len(model.years), n)
    return Sample(model, tuple(keep), values, asked.stated, seed, clipped)


class _Draws:
    """Makes lever values chunk by chunk."""

    def __init__(
        self, model: Model, stated: Stated, together: Mapping[tuple[str, str], float]
    ) -> None:
        self.stated = {
            name: read_distribution(one, name) if isinstance(one, str) else one
            for name, one in stated.items()
        }
        if not self.stated:
            raise InputError("sample", "no distribution", "at least one lever with a distribution")
        self._model = model
        self._slots = {name: _slots(model, name) for name in self.stated}
        self.keys = tuple(key for keys in self._slots.values() for key in keys)
        twice = sorted({key for key in self.keys if self.keys.count(key) > 1})
        if twice:
            raise InputError("sample", f"two distributions for {', '.join(twice)}", "one")
        for name, one in self.stated.items():
            _check_ends(model, name, self._slots[name][0], one)
        self._root = _root(list(self.stated), together)

    def chunk(self, stream: np.random.Generator, out: Array) -> tuple[dict[str, Array], Array]:
        """Return drawn slots as equations count them, and how many were moved to a bound."""
        count = out.shape[1]
        normals = stream.standard_normal((len(self.stated), count))
        if self._root is not None:
            normals = self._root @ normals
        given: dict[str, Array] = {}
        moved = np.zeros(len(self.stated))
        for number, (name, one) in enumerate(self.stated.items()):
            values = one.from_normal(normals[number])
            lever = self._model.slot_by_key[self._slots[name][0]].lever
            if values.min() < lever.low or values.max() > lever.high:
                outside = (values < lever.low) | (values > lever.high)
                moved[number] = np.count_nonzero(outside)
                np.clip(values, lever.low, lever.high, out=values)
            inside = lever.unit.inside_array(values)
            given.update((key, inside) for key in self._slots[name])
        return given, moved


def _slots(model: Model, name: str) -> list[str]:
    if name in model.slot_by_key:
        return [name]
    if name in model.levers:
        return [f"{name}[{year}]" for year in model.levers[name].years]
    raise unknown_name("sample", name, [*model.levers, *model.slot_by_key], "lever")


def _check_ends(model: Model, name: str, key: str, one: Distribution) -> None:
    lever = model.slot_by_key[key].lever
    low, high = one.ends()
    if (math.isfinite(low) and low < lever.low) or (math.isfinite(high) and high > lever.high):
        bounds = f"values from {lever.low:g} to {lever.high:g}, the lever's bounds"
        raise InputError(f"distribution of {name}", f"values from {low:g} to {high:g}", bounds)


def _root(names: Sequence[str], together: Mapping[tuple[str, str], float]) -> Any:
    """Return the matrix that ties independent normals together; None where none is asked."""
    if not together:
        return None
    matrix = np.eye(len(names))
    for (first, second), value in together.items():
        for name in (first, second):
            if name not in names:
                raise unknown_name("correlation", name, names, "drawn lever")
        if first == second or not -1 <= value <= 1:
            raise InputError("correlation", f"{first} and {second}: {value}", "-1 to 1, two levers")
        i, j = names.index(first), names.index(second)
        matrix[i, j] = matrix[j, i] = value
    values, vectors = np.linalg.eigh(matrix)
    if values[0] < -1e-12:
        pairs = ", ".join(
            f"{first}-{second} {value:g}" for (first, second), value in together.items()
        )
        raise InputError("correlation", f"{pairs} contradict each other", "weaker correlations")
    # A symmetric root also serves full correlation, where Cholesky fails.
    return (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T


def kept_cells(model: Model, names: Sequence[str]) -> list[Key]:
    """Return the cells of some variables over all years."""
    return [(name, year) for name in names for year in model.years]
