"""Heading rows that say neither measure nor year: columns are indicators, rows are places.

"STT | Xã, thị trấn | Diện tích (ha) | Sản lượng (tấn)": what was done is meant, and the title
says when. Without a measure word it takes more to know a heading: what stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hlanalysis.grids import CellDate, CellValue
from hlanalysis.reading.table.heading_cells import (
    MAX_HEADING,
    is_index_row,
    may_be_heading,
    numbers_above,
)
from hlanalysis.reading.table.markers import parse_marker
from hlanalysis.reading.table.periods import find_periods
from hlanalysis.reading.table.sections import is_number_like
from hlanalysis.reading.table.units import bracket_unit, parse_unit, unit_line
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon

_DEEPEST = 6  # heading rows, the index row and a blank one
_TITLE_ROWS = 4  # lines above a heading that may say "phân theo xã"
_WORD = re.compile(r"[^\W\d_]{2}|%")
_Cells = Sequence[tuple[int, CellValue]]


def heads_indicators(view: View, row: int, words: Lexicon) -> bool:
    """Tell whether a row of texts names columns of indicators.

    A heading of row numbers or of labels is enough; other texts must be shown to name columns:
    by units, by places or years below, or by a title that says "phân theo".
    """
    cells = view.cells(row)
    texts = [value for _, value in cells if isinstance(value, str)]
    if len(texts) < max(2, len(cells)) or any(not _is_short(text) for text in texts):
        return False
    below = _first_data(view, row)
    if not below:
        return False
    data = view.cells(below[-1])
    label = _label_column(data)
    headed = _headed(view, [row, *below[:-1]])
    numbers = [c for c, v in data if label and c > label and c in headed and _is_figure(v)]
    first = cells[0][0]
    if label is None or not numbers or not _is_heading_alone(view, below[:-1], label):
        return False
    if words.is_role("marker", texts[0]):
        return len(texts) >= 3 and first < label
    if numbers_above(view, row) or first < label or len(numbers) < 1 + (first > label):
        return False
    if first == label and _names_rows(texts[0], view.value(below[-1], label), words):
        return True
    return len(numbers) > 1 and _is_shown(view, row, below, label, words)


def _is_heading_alone(view: View, between: list[int], label: int) -> bool:
    """Tell whether nothing but lower headings stands between a heading and its data."""
    for row in between:
        cells = view.cells(row)
        if is_index_row(view, row):
            continue
        if cells[0][0] <= label or any(isinstance(v, str) and unit_line(v) for _, v in cells):
            return False
    return True


def is_place(text: str, words: Lexicon) -> bool:
    """Tell whether a label is the name of a place: "Xã Bình An", "Toàn huyện"."""
    return words.starts("rows.place", words.put(text))


def is_year_label(value: CellValue | None) -> bool:
    """Tell whether a label cell holds a year, stored as a number or written with words."""
    if isinstance(value, float):
        return value.is_integer() and 1950 <= value <= 2100
    if not isinstance(value, str) or len(value) > 40:
        return False
    return any(mention.year for mention in find_periods(value))


def _is_figure(value: CellValue) -> bool:
    """Tell whether a cell holds a number, or a formula or error in its place; no date."""
    return is_number_like(value) and not isinstance(value, CellDate)


def _is_short(text: str) -> bool:
    if len(text) > MAX_HEADING or not _WORD.search(text):
        return False  # a sentence; "x" or "-" in a row of the data
    return may_be_heading(text) and unit_line(text) is None


def _first_data(view: View, row: int) -> list[int]:
    """Return the rows from a heading down to the first with numbers; none if it is too far."""
    rows: list[int] = []
    for below in view.rows_between(row + 1, row + _DEEPEST):
        rows.append(below)
        cells = view.cells(below)
        if is_index_row(view, below):
            continue
        if any(is_number_like(value) and not _is_marker_cell(value) for _, value in cells[1:]):
            return rows
        if any(isinstance(value, float) for _, value in cells[1:]):
            return rows
        if _has_typed_number(cells):
            return rows
    return []


def _has_typed_number(cells: _Cells) -> bool:
    """Tell whether a text such as "32", which may be a marker too, stands right of a label."""
    labelled = False
    for _, value in cells:
        if labelled and is_number_like(value):
            return True
        labelled = labelled or (
            isinstance(value, str)
            and not is_number_like(value)
            and not _is_marker_cell(value)
            and bool(_WORD.search(value))
        )
    return False


def _is_marker_cell(value: CellValue) -> bool:
    return isinstance(value, str) and parse_marker(value) is not None


def _label_column(data: _Cells) -> int | None:
    """Return the column of a data row's label: its first text that is no marker, else a year."""
    for column, value in data:
        if isinstance(value, str) and not is_number_like(value) and not _is_marker_cell(value):
            return column
    return data[0][0] if is_year_label(data[0][1]) else None


def _headed(view: View, rows: list[int]) -> set[int]:
    found: set[int] = set()
    for row in rows:
        found.update(column for column, _ in view.cells(row))
        for box in view.boxes(row):
            found.update(range(box.left, min(box.right, box.left + 200) + 1))
    return found


def _names_rows(text: str, label: CellValue | None, words: Lexicon) -> bool:
    """Tell whether a heading is that of the labels below: "Xã", "Nội dung", "Đơn vị"."""
    if words.is_role("label", text):
        return True
    named = isinstance(label, str) and parse_unit(label, expected=True) is None
    return named and words.is_role("unit", text)


def _is_shown(view: View, row: int, below: list[int], label: int, words: Lexicon) -> bool:
    headings = [row, *below[:-1]]
    columns = [c for c in _headed(view, headings) if c > label]
    with_unit = sum(any(_has_unit(view, r, c) for r in headings) for c in columns)
    if 2 * with_unit >= len(columns):
        return True
    labels = [view.value(r, label) for r in view.rows_between(below[-1], below[-1] + 3)]
    if len(labels) > 1 and all(map(is_year_label, labels)):
        return True
    if any(isinstance(one, str) and is_place(one, words) for one in labels):
        return True
    above = view.rows_between(row - _TITLE_ROWS, row - 1)
    titles = [words.put(v) for r in above for _, v in view.cells(r) if isinstance(v, str)]
    return any(words.has("titles.by_place", title) for title in titles)


def _has_unit(view: View, row: int, column: int) -> bool:
    text = view.text(row, column)
    return bool(text) and (
        bracket_unit(text) is not None or parse_unit(text, expected=True) is not None
    )
