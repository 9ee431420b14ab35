"""A sheet cut into tables: heading, the lines above it, the rows down to the table's end."""

from __future__ import annotations

from dataclasses import dataclass

from hlanalysis.reading.table.headers import Header, find_headers
from hlanalysis.reading.table.lines import ends_table
from hlanalysis.reading.table.markers import parse_marker
from hlanalysis.reading.table.sections import is_number_like
from hlanalysis.reading.table.titles import Title, read_title
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon


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
        if found and _repeats(found[-1].header, header) and not _has_title(view, above):
            found[-1].data += data  # the heading again at the top of a printed page
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


def _repeats(before: Header, header: Header) -> bool:
    return before.parts == header.parts


def _has_title(view: View, rows: list[int]) -> bool:
    return any(isinstance(v, str) and len(v.strip()) > 12 for r in rows for _, v in view.cells(r))
