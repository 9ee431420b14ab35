"""What comes out of a table: rows, problems, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from hlanalysis.grids import address

Measure = Literal[
    "plan",
    "actual",
    "previous_actual",
    "vs_plan_percent",
    "yoy_percent",
    "share_percent",
    "difference",
    "whole_project",
]


class More(NamedTuple):
    """What few numbers of tables have besides their meaning.

    One object for a column, not four fields for each of a million rows.

    Attributes
    ----------
    locator : str
        Where the number stands in the text of a document; empty for a workbook.
    estimate : bool
        What was done is an estimate: "Ước thực hiện", "Sơ bộ", or compares with one.
    growth : bool
        A comparison that is 0 where nothing changed, not 100.
    base : str
        ``year:2020`` where a comparison names its year; mostly empty.
    """

    locator: str = ""
    estimate: bool = False
    growth: bool = False
    base: str = ""


NOTHING_MORE = More()


class Row(NamedTuple):
    """One number of a table, with its meaning.

    A named tuple: a large workbook makes a million of them, and no frozen dataclass is made so
    fast.

    Attributes
    ----------
    table : str
        What the table is called.
    code : str
        Path of row markers, ``A.I.8`` or ``A.I.8.-2``; empty for unmarked rows.
    label : str
        The row's own words, without marker and unit.
    level : int
        Depth: 0 for an unmarked grand total, 1 for the outermost marker.
    period : str
        ``2024``, ``2024-6M``, ``2024-Q1``; empty where nothing says it.
    measure : str
        "whole_project" only where it was asked for: `load` has no such measure.
    series : str
        Tells columns of one measure apart ("ĐTPT", "Thu NSX"); mostly empty.
    value : Decimal
        In `unit`; percents are percents (20.57).
    unit : str
        Canonical id; empty where nothing says it.
    sheet : str
    row, column : int
        Where the number stands, counted from 1.
    label_path : tuple of str
        Labels of the ancestors, outermost first.
    more : More
        What few numbers have; the numbers of a column share it.
    """

    table: str
    code: str
    label: str
    level: int
    period: str
    measure: Measure
    series: str
    value: Decimal
    unit: str
    sheet: str
    row: int
    column: int
    label_path: tuple[str, ...] = ()
    more: More = NOTHING_MORE

    @property
    def cell(self) -> str:
        """Where the number stands: ``Sheet!D8``, or a place in a text."""
        return self.more.locator or f"{self.sheet}!{address(self.row, self.column)}"

    def with_more(self, **values: Any) -> Row:
        """Return the row with some of `more` changed."""
        return self._replace(more=self.more._replace(**values))


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell, column or sheet that did not become rows, or did so with a doubt.

    Attributes
    ----------
    sheet, cell : str
        `cell` may be a range or empty (the whole sheet).
    kind : str
        ``error``, ``formula``, ``range``, ``bound``, ``text``, ``separator``, ``unit``, ...
    found : str
        What stands there.
    hint : str
        What to do next.
    """

    sheet: str
    cell: str
    kind: str
    found: str
    hint: str


@dataclass(slots=True)
class TableReading:
    """The rows of a workbook, and what could not be read.

    Attributes
    ----------
    rows : list of Row
    problems : list of Problem
    notes : list of str
        Sentences for the reader: what was left out, what was assumed.
    tables : int
        How many tables were found.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: int = 0
