"""A workbook as plain cells: what stands where, and how it is shown.

Filled by ``sources``, read by ``reading``; it belongs to neither, so that neither needs the
other. Cells are kept sparsely: a value in XFD1048576 costs as much as one in A1. Rows and
columns count from 1, as on the screen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error such as ``#REF!`` instead of a value."""

    code: str


@dataclass(frozen=True, slots=True)
class NoValue:
    """A formula whose result was never stored: nobody knows its value without Excel."""

    formula: str = ""


@dataclass(frozen=True, slots=True)
class CellDate:
    """A cell that shows a date; a row number such as 1.2 typed into Excel becomes one."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.day:02d}/{self.month:02d}/{self.year}"


CellValue = float | str | bool | CellError | NoValue | CellDate


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown, as far as it changes what the cell means.

    Attributes
    ----------
    scale : int
        Power of ten between the stored and the shown number: 2 for a percent format,
        -3 for a format that hides thousands (``#,##0,``).
    percent : bool
        The format shows a per cent sign.
    indent : int
        Steps of indentation of the text.
    bold : bool
    """

    scale: int = 0
    percent: bool = False
    indent: int = 0
    bold: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet: values, styles that matter, merged ranges, what is hidden.

    Attributes
    ----------
    name : str
    rows : dict of int to dict of int to CellValue
        ``rows[row][column]``; blank cells are absent. Numbers are floats as Excel stores them.
    styles : dict of int to dict of int to Style
        Only cells whose style is not plain.
    merged : list of Box
    hidden_rows : set of int
    hidden_columns : list of (first, last)
    rows_hidden_by_default : bool
        Rows not named in `shown_rows` are hidden.
    visible : bool
        False for hidden and "very hidden" sheets.
    """

    name: str
    rows: dict[int, dict[int, CellValue]] = field(default_factory=dict)
    styles: dict[int, dict[int, Style]] = field(default_factory=dict)
    merged: list[Box] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    rows_hidden_by_default: bool = False
    shown_rows: set[int] = field(default_factory=set)
    visible: bool = True

    def style(self, row: int, column: int) -> Style:
        """Return the style of a cell, the plain one where nothing is said."""
        styles = self.styles.get(row)
        return PLAIN if styles is None else styles.get(column, PLAIN)

    def row_is_hidden(self, row: int) -> bool:
        """Tell whether a row is not shown."""
        if row in self.hidden_rows:
            return True
        return self.rows_hidden_by_default and row not in self.shown_rows

    def column_is_hidden(self, column: int) -> bool:
        """Tell whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook's sheets, in the order of the tabs.

    Attributes
    ----------
    path : str
        The file, as the caller named it; for messages.
    sheets : tuple of Sheet
    notes : tuple of str
        What the reader of a message should know: legacy letters decoded, and the like.
    """

    path: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def exact(stored: float) -> Decimal:
    """Return a stored number to 15 significant digits, which is all that Excel keeps.

    Examples
    --------
    >>> exact(24.460000000000001), exact(0.1 + 0.2), exact(125000.0)
    (Decimal('24.46'), Decimal('0.3'), Decimal('125000'))
    """
    if stored.is_integer() and abs(stored) < 1e15:
        return Decimal(int(stored))
    return Decimal(f"{stored:.15g}")


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column number.

    Examples
    --------
    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column by its letters.

    Examples
    --------
    >>> column_number("XFD")
    16384
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """Return the address of a cell as Excel writes it.

    Examples
    --------
    >>> address(8, 4)
    'D8'
    """
    return f"{column_letters(column)}{row}"


def parse_address(text: str) -> tuple[int, int] | None:
    """Return (row, column) of an address, or None if it is none that a sheet can have."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def parse_box(text: str) -> Box | None:
    """Return the rectangle of a range such as ``A1:C2``, or None if it is none."""
    first, _, last = text.partition(":")
    start, end = parse_address(first), parse_address(last or first)
    if start is None or end is None:
        return None
    return Box(
        min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
    )
