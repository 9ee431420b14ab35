"""Charts as plain descriptions: what is shown, not how it is drawn.

One description serves three hands: matplotlib for pictures, PowerPoint and Excel for native,
editable charts. Numbers come in computed; nothing here draws, formats or knows an indicator.
Every form answers ``items()``: its marks one by one with the name of their series, which is what
the data table, the text alternative and the download behind a chart are made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from hlanalysis.numbers import to_fraction

Value = Decimal | Fraction | int | float
Role = Literal["outturn", "plan", "shortfall", "surplus", "scenario", "other", "muted"]
Bound = Literal["over", "under"]
State = Literal["reported", "plan", "estimate", "bound", "inferred", "disputed", "missing"]


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


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars from zero, one a mark.

    Attributes
    ----------
    marks : tuple of Mark
    unit : str
        Id of the catalogue, or the word itself.
    horizontal : bool
        Upright bars are for a few short labels; where those would not fit, the bars lie down.
    reference : Mark, optional
        A dashed line across all bars: a plan, a target, the average.
    places : int, optional
        Decimals of every value label.
    signed : bool
        Write "+" before growth.
    """

    marks: tuple[Mark, ...]
    unit: str
    horizontal: bool = True
    reference: Mark | None = None
    places: int | None = None
    signed: bool = False

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark."""
        yield from (("", mark) for mark in self.marks)
        yield from _optional(self.reference)


@dataclass(frozen=True, slots=True)
class Group:
    """Bars side by side under one label; each mark's label names its series."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Bars in groups: plan beside outturn, year after year."""

    groups: tuple[Group, ...]
    unit: str
    places: int | None = None
    signed: bool = False

    def series(self) -> tuple[str, ...]:
        """Return the names of the series in order of first appearance."""
        return tuple(dict.fromkeys(mark.label for group in self.groups for mark in group.marks))

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark; the mark is labelled with its group."""
        for group in self.groups:
            yield from ((mark.label, replace(mark, label=group.label)) for mark in group.marks)


@dataclass(frozen=True, slots=True)
class LineSeries:
    """A line through marks whose labels are periods; a gap breaks it.

    Attributes
    ----------
    name : str
        Written at the end of the line.
    marks : tuple of Mark
    role : str
    dashed : bool
        Plans and projections; a role of plan or scenario is dashed anyway.
    """

    name: str
    marks: tuple[Mark, ...]
    role: Role = "outturn"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A band between the `low` and `high` of its marks.

    The name says what it is: "8 trên 10 lần mô phỏng", "8 of 10 simulated paths".
    """

    name: str
    marks: tuple[Mark, ...]
    role: Role = "scenario"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over periods, with bands behind them for a fan.

    Attributes
    ----------
    series : tuple of LineSeries
    unit : str
    bands : tuple of Band
        From the widest to the narrowest.
    reference : Mark, optional
        A level to reach.
    from_zero : bool
        Start the value axis at zero.
    places, signed
        As for `Bars`.
    """

    series: tuple[LineSeries, ...]
    unit: str
    bands: tuple[Band, ...] = ()
    reference: Mark | None = None
    from_zero: bool = True
    places: int | None = None
    signed: bool = False

    def labels(self) -> tuple[str, ...]:
        """Return the periods: years in order, other labels as they first come."""
        lines: tuple[LineSeries | Band, ...] = (*self.series, *self.bands)
        everything = [mark.label for line in lines for mark in line.marks]
        unique = list(dict.fromkeys(everything))
        if unique and all(label.isdecimal() for label in unique):
            return tuple(sorted(unique, key=int))
        return tuple(unique)

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark."""
        lines: tuple[LineSeries | Band, ...] = (*self.series, *self.bands)
        for line in lines:
            yield from ((line.name, mark) for mark in line.marks)
        yield from _optional(self.reference)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of every column of a stack; marks are labelled with the columns."""

    name: str
    marks: tuple[Mark, ...]
    role: Role = "other"


@dataclass(frozen=True, slots=True)
class Stacked:
    """Parts stacked on each other, column by column.

    Attributes
    ----------
    parts : tuple of Part
        From the bottom up.
    unit : str
    totals : bool
        Write each column's sum on top; off where the parts are shares of 100%.
    horizontal : bool
    places : int, optional
    """

    parts: tuple[Part, ...]
    unit: str
    totals: bool = True
    horizontal: bool = False
    places: int | None = None

    def labels(self) -> tuple[str, ...]:
        """Return the columns in order of first appearance."""
        return tuple(dict.fromkeys(mark.label for part in self.parts for mark in part.marks))

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield part name and mark."""
        for part in self.parts:
            yield from ((part.name, mark) for mark in part.marks)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From a start to an end by steps; the steps' values are changes.

    Raises
    ------
    ValueError
        If the steps do not lead from start to end within half a unit of the last place shown:
        a waterfall with a hole would mislead.
    """

    start: Mark
    steps: tuple[Mark, ...]
    end: Mark
    unit: str
    places: int | None = None

    def __post_init__(self) -> None:
        values = [mark.value for mark in (self.start, *self.steps, self.end)]
        if any(value is None for value in values):
            raise ValueError("waterfall: every step needs a value; found a gap")
        numbers = [float(value) for value in values if value is not None]
        miss = sum(numbers[:-1]) - numbers[-1]
        if abs(miss) > 1e-6 * max(map(abs, numbers)) + 0.51 * 10.0 ** -(
            1 if self.places is None else self.places
        ) * max(len(self.steps), 1):
            raise ValueError(
                f"waterfall: start and steps add up to {sum(numbers[:-1]):g}, but the end is "
                f"{numbers[-1]:g}. Hint: add the missing step, or a step for the rest"
            )

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark."""
        yield from (("", mark) for mark in (self.start, *self.steps, self.end))


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """One line of a slope chart; role `muted` steps back behind the others."""

    name: str
    left: Mark
    right: Mark
    role: Role = "muted"


@dataclass(frozen=True, slots=True)
class Slope:
    """Two moments side by side, a line for each place; `left` and `right` name the moments."""

    left: str
    right: str
    lines: tuple[SlopeLine, ...]
    unit: str
    places: int | None = None
    signed: bool = False

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield line name and mark; the marks are labelled with the moments."""
        for line in self.lines:
            yield line.name, replace(line.left, label=self.left)
            yield line.name, replace(line.right, label=self.right)


@dataclass(frozen=True, slots=True)
class Intervals:
    """What a figure can be: a range a row, the best candidate (`value`) marked on it.

    Attributes
    ----------
    marks : tuple of Mark
        With `low` and `high`; `value` is the candidate, or None where nothing stands out.
        Role `muted` shows a reading that is ruled out.
    unit : str
    reference : Mark, optional
        A value to compare all ranges with.
    places : int, optional
        Decimals of the bounds; enough to tell them apart if left out.
    """

    marks: tuple[Mark, ...]
    unit: str
    reference: Mark | None = None
    places: int | None = None

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark."""
        yield from (("", mark) for mark in self.marks)
        yield from _optional(self.reference)


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of one whole, largest first, each with its share.

    Attributes
    ----------
    marks : tuple of Mark
        None of them negative.
    unit : str
    total : Mark, optional
        The printed whole; the sum of the parts if left out.
    keep_order : bool
        Leave the parts in the order given.
    places : int, optional
        Decimals of the shares; 1 if left out.
    """

    marks: tuple[Mark, ...]
    unit: str
    total: Mark | None = None
    keep_order: bool = False
    places: int | None = None

    def whole(self) -> Value:
        """Return the total that the shares refer to."""
        if self.total is not None and self.total.value is not None:
            return self.total.value
        total = sum(to_fraction(mark.value) for mark in self.marks if mark.value is not None)
        exact = Fraction(total)
        return exact.numerator if exact.denominator == 1 else exact

    def ordered(self) -> tuple[Mark, ...]:
        """Return the marks in the order they are drawn."""
        if self.keep_order:
            return self.marks
        return tuple(sorted(self.marks, key=lambda mark: -(mark.value or 0)))

    def items(self) -> Iterator[tuple[str, Mark]]:
        """Yield series name and mark."""
        yield from (("", mark) for mark in self.ordered())
        yield from _optional(self.total)


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
        yield from _optional(self.reference)


Form = (
    Bars | Groups | Lines | Stacked | Waterfall | Slope | Intervals | Shares | Tiles | Grid
    | Tornado | Strip
)  # fmt: skip


def _optional(mark: Mark | None) -> Iterator[tuple[str, Mark]]:
    if mark is not None:
        yield "", mark
