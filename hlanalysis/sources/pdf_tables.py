"""Ruled tables on PDF pages: their lines from the page, their text from the characters inside."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from hlanalysis.sources.assembly import Cell, Piece
from hlanalysis.sources.pdf_lines import Fragment, PageText
from hlanalysis.sources.pdf_rows import PageLayout, Table
from hlanalysis.sources.pdf_rules import Grid, GridCell, Span, find_cells

# A cell too narrow for a word or number breaks it anywhere: "12.485," over "6", "đồn" over "g".
_CUT = re.compile(
    r"(?<=[0-9][.,]) (?=[0-9]{1,3}(?:[.,][0-9]|$))"
    r"|(?<=[^\W\d_]) (?=(?:ng|nh|ch|[bcdghklmnprstvx])$)"
)
_THIN, _SHORT = 2.5, 4.0  # points: how thick a line can be, and what is too short for one
_MAX_OBJECTS = 20_000
_MAX_POINTS = 4_000


def take_tables(page: Any, text: PageText, layout: PageLayout) -> None:
    """Move the text inside ruled tables of a page from its segments to its tables."""
    level, upright = _lines(page, text)
    layout.rules = level
    if len(level) < 2 or len(upright) < 2:
        return
    grid = find_cells(level, upright)
    if grid is None:
        return
    texts = _cell_texts(grid, text)
    for rows in grid.tables():
        cells = [one.cell for row in rows for one in row if one.cell is not None]
        if not any(texts.get(cell) for cell in cells):
            continue
        table = Table(
            *grid.box(cells), tuple(tuple(_cell(one, texts) for one in row) for row in rows)
        )
        layout.tables.append(table)
        layout.segments = [one for one in layout.segments if not table.holds(one)]
        low, high = table.bottom - 1, table.top + 1
        layout.rules = [one for one in layout.rules if not low < one[0] < high]


def _cell(one: GridCell, texts: dict[int, str]) -> Cell:
    """Return a cell with its text, which a merged one has at its upper left only."""
    text = "" if one.cell is None or one.goes_on else texts.get(one.cell, "")
    return Cell([Piece(text)] if text else [], one.width, one.goes_on)


def _lines(page: Any, text: PageText) -> tuple[list[Span], list[Span]]:
    """Return the level and upright lines that a page draws, as it is shown."""
    import pypdfium2.raw as raw

    level: list[Span] = []
    upright: list[Span] = []
    sides = [ctypes.c_float() for _ in range(4)]
    at = [ctypes.byref(side) for side in sides]
    for index in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        one = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(one) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetBounds(one, *at)
        left, bottom, right, top = text.turned(*(side.value for side in sides))
        _add(level, upright, left, bottom, right, top)
        if right - left > _THIN and top - bottom > _THIN:
            for box in _strokes(one, raw):
                _add(level, upright, *text.turned(*box))
    return level, upright


def _add(
    level: list[Span], upright: list[Span], left: float, bottom: float, right: float, top: float
) -> None:
    """Sort what is thin into level and upright lines."""
    if top - bottom <= _THIN and right - left > _SHORT:
        level.append(((bottom + top) / 2, left, right))
    elif right - left <= _THIN and top - bottom > _SHORT:
        upright.append(((left + right) / 2, bottom, top))


def _strokes(path: Any, raw: Any) -> list[tuple[float, float, float, float]]:
    """Return the straight strokes of a path that draws more than one line (a box, a whole grid)."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    strokes = []
    start = before = None
    for index in range(min(raw.FPDFPath_CountSegments(path), _MAX_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            strokes.append(_box(before, point))
        before = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            strokes.append(_box(before, start))
    return strokes


def _box(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return xs[0], ys[0], xs[1], ys[1]


def _cell_texts(grid: Grid, text: PageText) -> dict[int, str]:
    """Fill the cells with the characters whose middle lies in them."""
    content: dict[int, list[int]] = {}
    for one in text.fragments:
        middle = (one.bottom + one.top) / 2
        cell = grid.at(one.left + 1, middle)
        if cell is not None and cell == grid.at(one.right - 1, middle):
            content.setdefault(cell, []).extend([*range(one.start, one.end), -1])
        elif grid.spans(middle):
            _spread(one, grid, text, content)
    return {cell: _cell_text(indexes, text) for cell, indexes in content.items()}


def _spread(one: Fragment, grid: Grid, text: PageText, content: dict[int, list[int]]) -> None:
    """Give the characters of a stretch that runs over several cells to the cell of each."""
    current: list[int] = []
    for index in range(one.start, one.end):
        if text.text[index].isspace():
            current.append(-1)
            continue
        left, bottom, right, top = text.box(index)
        cell = grid.at((left + right) / 2, (bottom + top) / 2)
        current = [] if cell is None else content.setdefault(cell, [])
        current.append(index)
    current.append(-1)


def _cell_text(indexes: list[int], text: PageText) -> str:
    """Return the text of a cell on one line, raised marks kept apart from figures."""
    pieces, at = [], 0
    while at < len(indexes):
        end = at
        while end < len(indexes) and indexes[end] >= 0:
            end += 1
        if end > at:
            pieces.append(_marked(indexes[at:end], text))
        at = end + 1
    return _CUT.sub("", " ".join(" ".join(pieces).split()))


def _marked(indexes: list[int], text: PageText) -> str:
    """Return characters that stand together, small raised digits as superscripts."""
    start, end = indexes[0], indexes[-1] + 1
    if not any(text.text[index].isdigit() for index in indexes) or end - start != len(indexes):
        return "".join(text.text[index] for index in indexes)
    tallest = max((text.box(index) for index in indexes), key=lambda box: box[3] - box[1])
    return text.marked(start, end, tallest[1], tallest[3])
