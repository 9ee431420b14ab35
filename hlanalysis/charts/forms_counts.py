"""Charts of counts, states, swings and crowds: the plain descriptions, as in `forms`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hlanalysis.charts.mark import Mark, Role, Value, one_or_none

State = Literal["reported", "plan", "estimate", "bound", "inferred", "disputed", "missing"]


@dataclass(frozen=True, slots=True)
class Tile:
    """`met` of `total` things; role colours those met."""

    label: str
    met: int
    total: int
    role: Role = "outturn"
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tiles:
    """Counts as squares, a row each: 14 of 17 targets."""

    tiles: tuple[Tile, ...]
    unit: str = ""

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark; the value is the count met, `high` the total."""
        for tile in self.tiles:
            yield "", Mark(
                tile.label, tile.met, tile.role, f"{tile.met}/{tile.total}",
                high=tile.total, cites=tile.cites,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: what is known there, and up to a few characters to show."""

    row: str
    column: str
    state: State = "reported"
    text: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A map of what exists: rows by columns; a pair without a cell is empty."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    unit: str = ""

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield row name and a mark labelled with the column; text says the state."""
        for cell in self.cells:
            yield cell.row, Mark(cell.column, None, text=cell.text or cell.state, cites=cell.cites)


@dataclass(frozen=True, slots=True)
class Swing:
    """What the outcome becomes at a lever's low and high end, all else at baseline.

    `low_tried` and `high_tried` are the lever's values as the reader shall see them.
    """

    label: str
    low: Value
    high: Value
    low_tried: str
    high_tried: str


@dataclass(frozen=True, slots=True)
class Tornado:
    """Swings around a baseline, the widest on top."""

    baseline: Mark
    swings: tuple[Swing, ...]
    unit: str
    places: int | None = None

    def ordered(self) -> tuple[Swing, ...]:
        """Return the swings from the widest to the narrowest."""
        return tuple(sorted(self.swings, key=lambda s: -abs(float(s.high) - float(s.low))))

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield the lever tried and the outcome."""
        yield "", self.baseline
        for swing in self.ordered():
            yield swing.low_tried, Mark(swing.label, swing.low, "scenario")
            yield swing.high_tried, Mark(swing.label, swing.high, "scenario")


@dataclass(frozen=True, slots=True)
class Strip:
    """Many places on one scale, a dot each; the ones not `muted` are named."""

    marks: tuple[Mark, ...]
    unit: str
    reference: Mark | None = None
    places: int | None = None
    signed: bool = False

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark."""
        yield from (("", mark) for mark in self.marks)
        yield from one_or_none(self.reference)
