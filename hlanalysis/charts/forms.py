"""Charts as plain descriptions: what is shown, not how it is drawn.

One description serves three hands: matplotlib for pictures, PowerPoint and Excel for native,
editable charts. Numbers come in computed; nothing here draws, formats or knows an indicator.
Every form answers ``items()``: its marks one by one with the name of their series, which is what
the data table, the text alternative and the download behind a chart are made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from hlanalysis.charts.forms_counts import Cell, Grid, State, Strip, Swing, Tile, Tiles, Tornado
from hlanalysis.charts.mark import Bound, Mark, Role, Value, one_or_none
from hlanalysis.numbers import to_fraction

__all__ = [
    "Band", "Bars", "Bound", "Cell", "Form", "Grid", "Group", "Groups", "Intervals", "LineSeries",
    "Lines", "Mark", "Part", "Role", "Shares", "Slope", "SlopeLine", "Stacked", "State", "Strip",
    "Swing", "Tile", "Tiles", "Tornado", "Value", "Waterfall",
]  # fmt: skip


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
        yield from one_or_none(self.reference)


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
        yield from one_or_none(self.reference)


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
        yield from one_or_none(self.reference)


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
        yield from one_or_none(self.total)


Form = (
    Bars | Groups | Lines | Stacked | Waterfall | Slope | Intervals | Shares | Tiles | Grid
    | Tornado | Strip
)  # fmt: skip
