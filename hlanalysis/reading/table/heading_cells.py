"""Cells as they look from a heading: which may name columns, what stands above and below."""

from __future__ import annotations

import re
from itertools import pairwise

from hlanalysis.grids import CellValue
from hlanalysis.reading.table.view import View

MAX_HEADING = 120  # characters; longer texts are sentences
_INDEX = re.compile(
    r"\(?\s*(?:[A-ZĐ]|[a-eg-hđ]|[ivx]+|[0-9]{1,2}[a-z]?)\s*\)?"
    r"(?:\s*[=:]\s*[0-9()\[\]+\-*/:x×,.%\s=]+)?|\(?[0-9]{1,2}\)?\s*=\s*.{1,30}"
)
_AMOUNT = re.compile(r"\s*[(+\-−–]?\s*\d[\d.,\s]*[%)]?\s*")  # a number typed as text
_YEAR = re.compile(r"(?:19|20)\d\d")


def numbers_above(view: View, row: int) -> bool:
    """Tell whether the row right above holds numbers: a heading does not stand in the data."""
    above = view.rows_between(row - 1, row - 1)
    return bool(above) and any(isinstance(v, float) for _, v in view.cells(above[0]))


def may_be_heading(value: CellValue) -> bool:
    """Tell whether a cell may name a column: a text that is no amount, or a year."""
    if isinstance(value, float):
        return value.is_integer() and 1950 <= value <= 2100
    if not isinstance(value, str) or len(value) > MAX_HEADING * 2:
        return False
    return not _AMOUNT.fullmatch(value) or bool(_YEAR.fullmatch(value.strip()))


def cell_text(value: CellValue) -> str:
    """Return a heading cell as text; years are stored as numbers."""
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def has_data_below(view: View, row: int) -> bool:
    """Tell whether one of the next rows has a text and, right of it, two numbers."""
    for below in view.rows_between(row + 1, row + 6):
        cells = view.cells(below)
        if not cells or not isinstance(cells[0][1], str):
            continue
        numbers = [v for _, v in cells[1:] if not isinstance(v, str) or re.search(r"\d", v)]
        if len(numbers) >= 2:
            return True
    return False


def is_index_row(view: View, row: int) -> bool:
    """Tell whether a row only numbers the columns: A, B, 1, 2, 3=2/1."""
    cells = view.cells(row)
    if len(cells) < 2:
        return False
    texts = [cell_text(v).strip(" []") if isinstance(v, float | str) else "" for _, v in cells]
    if not all(_INDEX.fullmatch(text) for text in texts):
        return False
    letters = "".join(text.strip("()").upper() for text in texts)
    if len(texts) >= 3 and len(letters) == len(texts) and "ABCDEFGHIJKL".startswith(letters):
        return True
    numbers = [int(n[1]) for text in texts if (n := re.match(r"\(?\s*(\d{1,2})(?!\d)", text))]
    if len(numbers) < 1 or numbers[0] > 3:
        return False
    # The numbers go up one by one; a data row's do not. Two blocks may each count from 1.
    steps = [b - a for a, b in pairwise(numbers)]
    return all(step == 1 or b == 1 for step, b in zip(steps, numbers[1:], strict=True))
