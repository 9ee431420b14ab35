"""One number of a chart, with what the reader must know about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Value = Decimal | Fraction | int | float
Role = Literal["outturn", "plan", "shortfall", "surplus", "scenario", "other", "muted"]
Bound = Literal["over", "under"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One number of a chart, with what the reader must know about it.

    Attributes
    ----------
    label : str
        What or when it is: a place, an indicator, a year. Years of a line are written "2024".
    value : Decimal, Fraction, int, float or None
        None is a gap: drawn as a gap, never as zero. A Decimal keeps its printed decimals,
        any other value takes the decimals of the unit.
    role : str
        Fixes the colour; see `theme`.
    text : str
        The value as the reader shall see it; written from `value` when empty.
    low, high : number, optional
        Bounds of an interval around the value.
    low_open, high_open : bool
        The bound itself is left out: (124,993; 125].
    bound : {"over", "under"}, optional
        The value is only a bound ("hơn 301"): hollow, with an arrow.
    estimate : bool
        Hollow: an estimate is never drawn as an outturn.
    inferred : bool
        Worked out from other figures, not printed anywhere: hatched and marked "suy ra".
    cites : tuple of str
        Ids of the observations behind it.
    """

    label: str
    value: Value | None
    role: Role = "outturn"
    text: str = ""
    low: Value | None = None
    high: Value | None = None
    low_open: bool = False
    high_open: bool = False
    bound: Bound | None = None
    estimate: bool = False
    inferred: bool = False
    cites: tuple[str, ...] = ()


def one_or_none(mark: Mark | None) -> Iterator[tuple[str, Mark]]:
    """Yield a mark without a series, if there is one: how forms tell of a reference."""
    if mark is not None:
        yield "", mark
