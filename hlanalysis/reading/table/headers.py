"""Where tables begin: the heading rows of a sheet, found by their words, not by form numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from hlanalysis.grids import CellValue
from hlanalysis.reading.table.heading_cells import (
    MAX_HEADING,
    cell_text,
    has_data_below,
    is_index_row,
    may_be_heading,
    numbers_above,
)
from hlanalysis.reading.table.headings import read_heading
from hlanalysis.reading.table.indicator_headings import heads_indicators
from hlanalysis.reading.table.markers import parse_marker
from hlanalysis.reading.table.periods import find_periods, without_periods
from hlanalysis.reading.table.units import NOUNS, is_unit_label, parse_unit, unit_line
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon, squeeze

MAX_HEADING_ROWS = 6
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows of one table.

    Attributes
    ----------
    top, bottom : int
        First and last heading row, the index row (A, B, 1, 2, 3=2/1) not counted.
    index_row : int or None
    columns : tuple of int
        Columns that have a heading.
    parts : dict of int to tuple of str
        The texts above each column, top to bottom, each said once.
    index : dict of int to str
        The index row's text of each column.
    """

    top: int
    bottom: int
    index_row: int | None
    columns: tuple[int, ...]
    parts: dict[int, tuple[str, ...]]
    index: dict[int, str]

    @property
    def end(self) -> int:
        """The last row before the data."""
        return self.index_row if self.index_row is not None else self.bottom


def find_headers(view: View, words: Lexicon) -> list[Header]:
    """Return the heading blocks of a sheet, top to bottom."""
    found: list[Header] = []
    position = 0
    while position < len(view.rows):
        row = view.rows[position]
        if _starts_header(view, row, words):
            header = _header_from(view, _true_top(view, row, words), row, words)
            if header is not None:
                found.append(header)
                while position < len(view.rows) and view.rows[position] <= header.end:
                    position += 1
                continue
        position += 1
    return found


def _starts_header(view: View, row: int, words: Lexicon) -> bool:
    """Tell whether a row names columns: a label heading and company, or two measures or years."""
    cells = view.cells(row)
    if len(cells) < 2:
        return False  # a title merged over the table is no heading, whatever it begins with
    if any(not may_be_heading(value) for _, value in cells):
        return False
    texts = [cell_text(value) for _, value in cells]
    label = any(words.is_role("label", text) for text in texts)
    marker = any(words.is_role("marker", text) for text in texts)
    if (label or marker) and any(_is_unit_cell(text, words) for text in texts):
        return False
    if not label and not marker:
        return (
            has_data_below(view, row) and _is_year_row(view, row, cells, words)
        ) or heads_indicators(view, row, words)
    speaking = [text for text in texts if _speaks(text, words)]
    if label and not marker and _is_data_row(view, row, cells):
        return False  # a row "I | Thu | 2005 | 2010" of amounts
    if label and (marker or speaking):
        return True
    if label:
        below = _speaks_below(view, row, words) and not numbers_above(view, row)
        return below or heads_indicators(view, row, words)
    if len(texts) >= 3:
        below = bool(speaking) or _speaks_below(view, row, words)
        return below or heads_indicators(view, row, words)
    return has_data_below(view, row) and _is_year_row(view, row, cells, words)


def _is_data_row(view: View, row: int, cells: list[tuple[int, CellValue]]) -> bool:
    """Tell whether a row begins with a row marker, or goes on with numbers under numbers."""
    first = cells[0][1]
    if isinstance(first, float) or (isinstance(first, str) and parse_marker(first) is not None):
        return True
    rest = [value for _, value in cells[1:]]
    return bool(rest) and all(isinstance(v, float) for v in rest) and numbers_above(view, row)


def _is_year_row(view: View, row: int, cells: list[tuple[int, CellValue]], words: Lexicon) -> bool:
    """Tell whether a row heads columns by years or measures alone, as yearbooks do.

    A row of amounts such as 2 005 and 2 010 must not pass: years go up, and no row of numbers
    stands right above them.
    """
    sorts = [read_heading((cell_text(value),), words).sort for _, value in cells]
    amounts = [i for i, sort in enumerate(sorts) if sort in ("year", "plan", "actual", "previous")]
    unknown = [
        value
        for (_, value), sort in zip(cells, sorts, strict=True)
        if not sort
        and not any(words.is_role(r, cell_text(value)) for r in ("unit", "note", "other"))
    ]
    if len(amounts) < 2 or len(unknown) > max(1, len(amounts) // 2):
        return False
    if len({cell_text(cells[i][1]) for i in amounts}) < 2 or numbers_above(view, row):
        return False
    years = [value for _, value in cells if isinstance(value, float)]
    return all(0 < b - a <= 10 for a, b in pairwise(years))


def _is_unit_cell(text: str, words: Lexicon) -> bool:
    """Tell whether a cell declares the unit of a table below it: "Đơn vị: triệu đồng"."""
    return unit_line(text) is not None and read_heading((text,), words).sort == ""


@lru_cache(maxsize=4096)
def _speaks(text: str, words: Lexicon) -> bool:
    """Tell whether a text says a measure or a period, and is short enough for a heading."""
    if len(text) > MAX_HEADING or unit_line(text) is not None:
        return False
    return read_heading((text,), words).sort != ""


def _speaks_below(view: View, row: int, words: Lexicon) -> bool:
    """Tell whether the rows below go on naming columns, without a label of their own."""
    label = _first_label_column(view, row, words)
    for below in view.rows_between(row + 1, row + 3):
        cells = view.cells(below)
        if any(not may_be_heading(value) for _, value in cells):
            return False
        if label is not None and isinstance(view.value(below, label), str):
            return False
        if any(_speaks(cell_text(value), words) for _, value in cells):
            return True
    return False


def _true_top(view: View, row: int, words: Lexicon) -> int:
    """Return the first heading row: a merged group heading may stand above the first words."""
    label = _first_label_column(view, row, words)
    above = view.rows_between(row - 1, row - 1)
    if label is None or not above:
        return row
    cells = view.cells(above[0])
    grouped = [box for box in view.boxes(above[0]) if box.right > box.left and box.left > label]
    if not cells or not grouped or min(column for column, _ in cells) <= label:
        return row
    texts = [cell_text(value) for _, value in cells]
    if any(unit_line(text) is not None or is_unit_label(text) for text in texts):
        return row
    return above[0] if all(may_be_heading(value) for _, value in cells) else row


def _first_label_column(view: View, row: int, words: Lexicon) -> int | None:
    for column, value in view.cells(row):
        if words.is_role("label", cell_text(value)):
            return column
    return None


def _header_from(view: View, top: int, named: int, words: Lexicon) -> Header | None:
    bottom = _bottom(view, top, named, words)
    after = view.rows_between(bottom + 1, bottom + 3)
    index_row = after[0] if after and is_index_row(view, after[0]) else None
    columns = _columns(view, top, bottom)
    if len(columns) < 2:
        return None
    parts = {column: _parts(view, top, bottom, column, columns) for column in columns}
    index = {}
    if index_row is not None:
        index = {column: cell_text(value).strip() for column, value in view.cells(index_row)}
    return Header(top, bottom, index_row, tuple(columns), parts, index)


def _bottom(view: View, top: int, named: int, words: Lexicon) -> int:
    """Return the last heading row: as far as merged cells reach and headings follow."""
    label = _first_label_column(view, named, words)
    bottom = max([named, *(box.bottom for box in view.boxes(named) if _is_title_box(box, top))])
    bottom = min(bottom, top + MAX_HEADING_ROWS)
    for row in view.rows_between(bottom + 1, top + MAX_HEADING_ROWS):
        if not _continues(view, row, named, label, words):
            break
        inside = [box.bottom for box in view.boxes(row) if box.bottom - row < MAX_HEADING_ROWS]
        bottom = max([row, *inside])
    return bottom


def _is_title_box(box: object, top: int) -> bool:
    return getattr(box, "bottom", 0) - top < MAX_HEADING_ROWS and getattr(box, "top", 0) >= top


def _continues(view: View, row: int, named: int, label: int | None, words: Lexicon) -> bool:
    """Tell whether a row still belongs to the heading."""
    cells = view.cells(row)
    if not cells or is_index_row(view, row):
        return False
    if any(not may_be_heading(value) for _, value in cells):
        return False
    texts = [cell_text(value) for _, value in cells]
    if any(words.is_role("label", text) or words.is_role("marker", text) for text in texts):
        return True
    if len(cells) == 1 and _is_unit_of_all(view, row, texts[0]):
        return False
    if all(re.fullmatch(r"[-–—xX.…]+", text.strip()) for text in texts):
        return False
    first = cells[0][0]
    if label is not None and first <= label:
        return False
    if label is None and first < _leftmost(view, named) and not _speaks(texts[0], words):
        return False  # a text left of all headings names a row
    # Texts of a data row stand beside numbers; those of a heading among themselves.
    if any(re.search(r"\d", without_periods(text)) and not _heading_digits(text) for text in texts):
        return False
    return True


def _leftmost(view: View, row: int) -> int:
    """Return the first column of a heading row; one that starts the sheet may head labels."""
    return max(view.cells(row)[0][0], 2)


def _is_unit_of_all(view: View, row: int, text: str) -> bool:
    """Tell whether a unit alone in its row, under the first headings, is that of all columns."""
    unit = parse_unit(text, expected=True)
    above, after = view.rows_between(row - 1, row - 1), view.rows_between(row + 1, row + 2)
    if unit is None or not above or (after and is_index_row(view, after[0])):
        return False
    column = view.cells(row)[0][0]
    headed = [c for c, _ in view.cells(above[0])]
    if len(headed) < 2 or (column > 2 and any(2 <= c < column for c in headed)):
        return False
    if view.boxes(row):
        return any(box.top == box.bottom and box.right >= headed[-1] for box in view.boxes(row))
    return unit.id not in ("percent", *NOUNS)


def _heading_digits(text: str) -> bool:
    """Tell whether the digits of a text are those of a heading: a ratio, a year, a unit."""
    return bool(
        find_periods(text)
        or _YEAR.search(text)
        or parse_unit(text, expected=True)
        or re.search(r"[^\W\d_]{2}", text)
    )


def _columns(view: View, top: int, bottom: int) -> list[int]:
    found: set[int] = set()
    for row in view.rows_between(top, bottom):
        found.update(column for column, _ in view.cells(row))
        for box in view.boxes(row):
            if box.top >= top and box.right - box.left < 200 and view.text(box.top, box.left):
                found.update(range(box.left, box.right + 1))
    return sorted(c for c in found if not view.sheet.column_is_hidden(c))


def _parts(view: View, top: int, bottom: int, column: int, columns: list[int]) -> tuple[str, ...]:
    """Return the texts above a column; a group heading that was not merged reaches right."""
    parts: list[str] = []
    rows = [row for row in range(top, bottom + 1) if not view.sheet.row_is_hidden(row)]
    for position, row in enumerate(rows):
        text = view.text(row, column)
        if not text and _has_text_below(view, rows[position + 1 :], column):
            text = _group_heading(view, row, rows[position + 1 :], column, columns)
        if text and (not parts or squeeze(text) != squeeze(parts[-1])):
            parts.append(text)
    return tuple(parts)


def _has_text_below(view: View, rows: list[int], column: int) -> bool:
    return any(view.value(row, column) is not None for row in rows)


def _group_heading(view: View, row: int, below: list[int], column: int, columns: list[int]) -> str:
    for left in reversed([c for c in columns if c < column]):
        text = view.text(row, left)
        if text:
            # Only a heading that itself stands over others is a group's.
            return text if _has_text_below(view, below, left) else ""
        if not _has_text_below(view, below, left):
            return ""
    return ""
