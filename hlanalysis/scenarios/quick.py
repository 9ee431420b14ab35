"""The short way to a model in a notebook cell or a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hlanalysis.scenarios.model import Model, build_model
from hlanalysis.scenarios.names import clean
from hlanalysis.scenarios.specs import LeverSpec, StartSpec, VariableSpec
from hlanalysis.scenarios.units import read_unit


def quick_model(
    equations: str,
    *,
    years: tuple[int, int],
    levers: Mapping[str, tuple[Any, str, float, float]] | None = None,
    starts: Mapping[str, tuple[int, float, str]] | None = None,
    units: Mapping[str, str] | None = None,
    more_starts: Sequence[tuple[str, int, float, str]] = (),
) -> Model:
    """Return a model from a text and a few tuples.

    Parameters
    ----------
    equations : str
    years : tuple of int
        First and last computed year.
    levers : mapping of str to (value, unit, low, high)
        `value` is one number, or a list with one a computed year.
    starts : mapping of str to (year, value, unit)
    units : mapping of str to str
        Units of variables that have no start value.
    more_starts : sequence of (name, year, value, unit)
        Start values of further years, for longer lags.

    Raises
    ------
    ModelError
        As `build_model`.
    """
    span = range(years[0], years[1] + 1)
    made = []
    for name, (value, unit, low, high) in (levers or {}).items():
        by_year = dict(zip(span, value, strict=True)) if isinstance(value, list) else value
        step = (high - low) / 100
        made.append(LeverSpec(clean(name), read_unit(unit), by_year, low, high, step))
    return build_model(
        years=list(span),
        equations=equations,
        levers=made,
        starts=[
            StartSpec(clean(name), year, read_unit(unit), value)
            for name, year, value, unit in (
                *((name, *one) for name, one in (starts or {}).items()),
                *more_starts,
            )
        ],
        variables=[VariableSpec(clean(n), read_unit(unit)) for n, unit in (units or {}).items()],
    )
