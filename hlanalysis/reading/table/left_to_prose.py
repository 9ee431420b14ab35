"""Tables that are no tables of figures: their cells as lines for the reader of sentences.

Everything keeps its place: the texts that come out are as long as those that go in.
"""

from __future__ import annotations

import re

from hlanalysis.reading.table.markers import Marker, parse_marker
from hlanalysis.reading.table.sections import is_number_like
from hlanalysis.reading.table.words import lexicon

_HEADING_ROWS = 3
_LONG_LINE = 50  # characters; the reader of sentences takes a longer line for one that wraps
_NOT_LINE_END = re.compile(r"[^\n]")
# Where a sentence may go on in a new line.
_WRAP = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_]{2})")


def as_lines(text: str) -> str:
    r"""Return a table's text with its row numbers blanked and every cell on a line of its own.

    A table of mostly numbers keeps its lines: there is no sentence in its cells.

    Examples
    --------
    >>> as_lines("TT\tHọ và tên\n1\tNguyễn Văn An\n2\tTrần Thị Bình")
    'TT\nHọ và tên\n \nNguyễn Văn An\n \nTrần Thị Bình'
    """
    rows = [line.split("\t") for line in text.split("\n")]
    columns = _marker_columns(rows)
    rows = [
        [
            blank(cell) if column in columns and parse_marker(cell) is not None else cell
            for column, cell in enumerate(row)
        ]
        for row in rows
    ]
    filled = [cell for row in rows for cell in row if cell.strip()]
    if 2 * sum(map(is_number_like, filled)) >= len(filled):
        return "\n".join("\t".join(row) for row in rows)
    return "\n".join(_short(cell) for row in rows for cell in row)


def blank(text: str) -> str:
    """Return blanks in place of a text; line ends stay."""
    return _NOT_LINE_END.sub(" ", text)


def _marker_columns(rows: list[list[str]]) -> set[int]:
    """Return the columns that number the rows: headed so, or a first one that counts."""
    headed = {
        column
        for row in rows[:_HEADING_ROWS]
        for column, cell in enumerate(row)
        if any(lexicon(state).is_role("marker", cell) for state in ("sound", "plain"))
    }
    return headed or ({0} if _counts([row[0].strip() for row in rows]) else set())


def _counts(cells: list[str]) -> bool:
    """Tell whether a first column counts its rows from 1 on, below its heading."""
    found = [parse_marker(cell) if cell else None for cell in cells]
    first = next((place for place, marker in enumerate(found) if marker is not None), len(cells))
    if any(
        cell and marker is None for cell, marker in zip(cells[first:], found[first:], strict=True)
    ):
        return False
    last: dict[str, int] = {}
    for marker in filter(None, found):
        if not _follows(marker, last):
            return False
        last[marker.sort] = marker.number
    return any(number > 1 for number in last.values())


def _follows(marker: Marker, last: dict[str, int]) -> bool:
    if marker.sort in ("dash", "plus", "nested"):
        return True
    return marker.number in (1, last.get(marker.sort, 0) + 1)


def _short(cell: str) -> str:
    """Wrap a long cell before a small letter, so that it ends as a short line does."""
    if len(cell) < _LONG_LINE:
        return cell
    wraps = [
        found.start()
        for found in _WRAP.finditer(cell, len(cell) - _LONG_LINE)
        if cell[found.end() : found.end() + 2].islower()
    ]
    return cell[: wraps[0]] + "\n" + cell[wraps[0] + 1 :] if wraps else cell
