"""A sheet cut into tables: heading, the lines above it, the rows down to the table's end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hlanalysis.grids import CellValue
from hlanalysis.reading.table.headers import Header, find_headers
from hlanalysis.reading.table.lines import ends_table
from hlanalysis.reading.table.markers import leading_marker, parse_marker
from hlanalysis.reading.table.sections import is_number_like
from hlanalysis.reading.table.titles import Title, read_title
from hlanalysis.reading.table.units import unit_line
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon, squeeze

_SHORT = 12  # characters; shorter lines name no table unless they are numbered or merged
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class Stretch:
    """One table: its heading, its title and the rows under it."""

    header: Header
    title: Title
    data: list[int]


def stretches_of(view: View, words: Lexicon) -> list[Stretch]:
    """Cut a sheet into tables: heading, the lines above it, the rows up to the table's end."""
    found: list[Stretch] = []
    headers = find_headers(view, words)
    start = 1
    for position, header in enumerate(headers):
        following = headers[position + 1].top if position + 1 < len(headers) else None
        limit = following - 1 if following else view.rows[-1]
        above = view.rows_between(start, header.top - 1)
        data, start = _data_rows(view, header, limit, words)
        if found and _goes_on(view, found[-1], header, above, words):
            page_end = [row for row in above if _is_tree_row(view.cells(row))]
            found[-1].data += page_end + data  # the heading again at the top of a printed page
            continue
        found.append(Stretch(header, read_title(view, above, words), data))
    return found


def _data_rows(view: View, header: Header, limit: int, words: Lexicon) -> tuple[list[int], int]:
    """Return the data rows under a heading, and the row after the last that is one."""
    rows = view.rows_between(header.end + 1, limit)
    columns = set(header.columns)
    for position, row in enumerate(rows):
        if ends_table(view, row, columns, words):
            rows = rows[:position]
            break
    # Lines without numbers after the last numbers belong to the title of the next table.
    last = next(
        (i for i in range(len(rows) - 1, -1, -1) if _holds_number(view, rows[i])), len(rows) - 1
    )
    after = rows[last] + 1 if rows else header.end + 1
    return rows[: last + 1], after


def _holds_number(view: View, row: int) -> bool:
    first, *rest = view.cells(row)
    if any(not isinstance(value, str) or _is_mark(value) for _, value in rest):
        return True
    # "III | Vay | Không có": a marked row is a row of the table, whatever stands in it.
    return len(rest) > 1 and isinstance(first[1], str) and parse_marker(first[1]) is not None


def _is_mark(text: str) -> bool:
    text = text.strip()
    return text[:1].isdigit() or text in ("-", "–", "x", "X") or is_number_like(text)


def _goes_on(view: View, before: Stretch, header: Header, above: list[int], words: Lexicon) -> bool:
    return before.header.parts == header.parts and not _has_title(view, above, before, words)


def _has_title(view: View, rows: list[int], before: Stretch, words: Lexicon) -> bool:
    """Tell whether lines above a heading that repeats name a new table.

    A unit said again, "(tiếp theo)" or the same title at the top of a page do not; nor does a
    marked row of the tree that the page ended with.
    """
    known = {squeeze(line) for line in before.title.lines}
    units = {unit for _, unit in before.title.units}
    for row in rows:
        cells = view.cells(row)
        if len(cells) > 1 and isinstance(cells[0][1], str | float) and _is_tree_row(cells):
            continue
        for column, value in cells:
            if not isinstance(value, str) or squeeze(value) in known:
                continue
            if unit_line(value) in units or words.has("titles.goes_on", words.put(value)):
                continue
            if len(value.strip()) > _SHORT or _is_short_title(view, row, column, value, before):
                return True
    return False


def _is_tree_row(cells: list[tuple[int, CellValue]]) -> bool:
    first = cells[0][1]
    marked = isinstance(first, float) or (
        isinstance(first, str) and parse_marker(first) is not None
    )
    return marked and all(isinstance(value, str) for _, value in cells[1:])


def _is_short_title(view: View, row: int, column: int, text: str, before: Stretch) -> bool:
    """Tell whether "3. Thủy sản" is a title: merged over the table, or left of its labels."""
    if not _LETTERS.search(text):
        return False  # a page number
    columns = before.header.columns
    box = view.box(row, column)
    if box is not None and 2 * (box.right - box.left + 1) > len(columns):
        return True
    labelled = isinstance(view.value(before.data[0], columns[1]), str) if before.data else False
    return column <= columns[0] and labelled and leading_marker(squeeze(text)) is not None
