"""A sheet as a reader sees it: hidden rows and columns gone, merged cells known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter

from hlanalysis.grids import Box, CellValue, Sheet, Style

_COLUMN = itemgetter(0)


def _shows(value: CellValue) -> bool:
    return not isinstance(value, str) or bool(value.strip())


class View:
    """The visible part of a sheet.

    Parameters
    ----------
    sheet : Sheet

    Attributes
    ----------
    rows : list of int
        Visible rows that hold something, in order.
    hidden_rows, hidden_columns : list of int
        Those that hold something and are not shown.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self.rows = sorted(row for row in sheet.rows if not sheet.row_is_hidden(row))
        self.hidden_rows = sorted(row for row in sheet.rows if sheet.row_is_hidden(row))
        used = {column for cells in sheet.rows.values() for column in cells}
        self.hidden_columns = sorted(c for c in used if sheet.column_is_hidden(c))
        self._gone = frozenset(self.hidden_columns)

    def cells(self, row: int) -> list[tuple[int, CellValue]]:
        """Return (column, value) of a row's visible filled cells, left to right."""
        found, gone = self.sheet.rows.get(row, {}), self._gone
        pairs = [
            (column, value)
            for column, value in found.items()
            if column not in gone and (type(value) is float or _shows(value))
        ]
        pairs.sort(key=_COLUMN)
        return pairs

    def value(self, row: int, column: int) -> CellValue | None:
        """Return a visible cell's value, None for blank."""
        if column in self._gone:
            return None
        value = self.sheet.rows.get(row, {}).get(column)
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, row: int, column: int) -> str:
        """Return a cell's value as heading text; a merged cell speaks for all it covers."""
        value = self.sheet.rows.get(row, {}).get(column)
        if value is None or (isinstance(value, str) and not value.strip()):
            box = self.box(row, column)
            if box is not None:
                value = self.sheet.rows.get(box.top, {}).get(box.left)
        if isinstance(value, float):
            return f"{value:.15g}"
        return str(value).strip() if isinstance(value, str) else ""

    def style(self, row: int, column: int) -> Style:
        """Return how a cell is shown."""
        return self.sheet.style(row, column)

    def box(self, row: int, column: int) -> Box | None:
        """Return the merged range that covers a cell, None if there is none."""
        for box in self.boxes(row):
            if box.left <= column <= box.right:
                return box
        return None

    def boxes(self, row: int) -> list[Box]:
        """Return the merged ranges that cover cells of a row."""
        return self._boxes_by_row.get(row, []) + [
            box for box in self._tall_boxes if box.top <= row <= box.bottom
        ]

    def rows_between(self, first: int, last: int) -> list[int]:
        """Return the visible filled rows from `first` up to and with `last`."""
        return self.rows[bisect_left(self.rows, first) : bisect_right(self.rows, last)]

    @cached_property
    def _boxes_by_row(self) -> dict[int, list[Box]]:
        found: dict[int, list[Box]] = {}
        for box in self.sheet.merged:
            if box.bottom - box.top < 100:
                for row in range(box.top, box.bottom + 1):
                    found.setdefault(row, []).append(box)
        return found

    @cached_property
    def _tall_boxes(self) -> list[Box]:
        # A range over a whole sheet would fill a million rows; such are looked up in turn. An
        # honest sheet has few of them, so a thousand is enough.
        tall = [box for box in self.sheet.merged if box.bottom - box.top >= 100]
        return tall[:1000]

    def texts(self) -> Iterator[str]:
        """Yield every visible text of the sheet."""
        for row in self.rows:
            for _, value in self.cells(row):
                if isinstance(value, str):
                    yield value
