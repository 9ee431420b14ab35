"""Numbers in cells: exact values of stored numbers, and text numbers by the column's evidence.

One group of three digits after one mark ("125.000", "24,023") reads both ways. What decides:
marks in the same column that read one way only, then which reading makes parents the sum of
their children, then the Vietnamese convention (dot groups, comma marks decimals).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from hlanalysis.grids import CellDate, CellError, CellValue, NoValue, Style, exact
from hlanalysis.numbers import NumberFormatError, read_number
from hlanalysis.reading.table.units import Unit, parse_unit

State = Literal["number", "open", "blank", "problem"]
Dot = Literal["group", "decimal"]

_BLANK = re.compile(r"[-–—−\s.…]*|[xX]|n/?a", re.I)
_NUMBER = re.compile(r"[+\-−–]?\s?\d[\d.,\u00a0\u2009\u202f ]*")
_BRACKETS = re.compile(r"\(\s*(\d[\d.,\u00a0\u2009\u202f ]*)\)")
_RANGE = re.compile(r"\d\s*(?:-|–|÷|~|đến)\s*\d")
_BOUND = re.compile(
    r"^\s*(?:<|>|≤|≥|dưới|trên|không quá|ít nhất|tối thiểu|tối đa|từ|hơn|gần)\b|^\s*[<>≤≥]", re.I
)
_ABOUT = re.compile(r"^\s*(?:khoảng|xấp xỉ|~|≈|ước)", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """What one cell holds, read as a number.

    Attributes
    ----------
    state : {"number", "open", "blank", "problem"}
        "open": one number, but "." or "," could group or mark decimals.
    value : Decimal or None
        For "open" the value by the Vietnamese convention.
    other : Decimal or None
        For "open" the value by the other reading.
    mark : str
        For text numbers with one mark: "." or ",".
    dot : {"group", "decimal"} or None
        What this cell alone proves about the dot.
    percent : bool
        The cell itself shows a per cent sign.
    unit : Unit or None
        A unit written in the cell.
    kind, found : str
        For problems, and for numbers in brackets.
    """

    state: State
    value: Decimal | None = None
    other: Decimal | None = None
    mark: str = ""
    dot: Dot | None = None
    percent: bool = False
    unit: Unit | None = None
    kind: str = ""
    found: str = ""


_NOTHING = Number("blank")


def read_cell(value: CellValue | None, style: Style) -> Number:
    """Read one cell as a number.

    Parameters
    ----------
    value : CellValue or None
    style : Style
        How the cell is shown; a per cent format multiplies by 100.

    Returns
    -------
    Number
    """
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return Number("problem", kind="text", found=str(value).upper())
    if isinstance(value, float):
        return _stored(value, style)
    if isinstance(value, CellError):
        return Number("problem", kind="error", found=value.code)
    if isinstance(value, NoValue):
        return Number("problem", kind="formula", found=f"={value.formula}"[:80])
    if isinstance(value, CellDate):
        return Number("problem", kind="date", found=str(value))
    return _written(value)


def _stored(value: float, style: Style) -> Number:
    if value != value or value in (float("inf"), float("-inf")):
        return Number("problem", kind="error", found=str(value))
    number = exact(value)
    if style.scale:
        number = number.scaleb(style.scale)
    return Number("number", number, percent=style.percent)


def _written(text: str) -> Number:
    text = " ".join(text.replace("\u00a0", " ").split()).strip("'\" ")
    if _BLANK.fullmatch(text):
        return _NOTHING
    percent = text.endswith("%")
    core = text.removesuffix("%").strip()
    brackets = _BRACKETS.fullmatch(core)
    if brackets:
        number = _digits(f"-{brackets[1].strip()}", percent, text)
        return number if number.state == "problem" else replace(number, kind="brackets", found=text)
    match = _NUMBER.fullmatch(core)
    if match:
        return _digits(core, percent, text)
    head = _NUMBER.match(core)
    if head and not percent:
        unit = parse_unit(core[head.end() :])
        if unit is not None:
            number = _digits(head.group().strip(), unit.id == "percent", text)
            return Number(
                number.state,
                number.value,
                number.other,
                number.mark,
                number.dot,
                number.percent,
                unit,
                number.kind,
                number.found,
            )
    return Number("problem", kind=_kind(text), found=text[:80])


def _kind(text: str) -> str:
    if _BOUND.search(text):
        return "bound"
    if _ABOUT.search(text):
        return "approximate"
    if _RANGE.search(text):
        return "range"
    return "text"


def _digits(core: str, percent: bool, text: str) -> Number:
    """Read digits with marks by the project's one parser; keep what the marks alone prove."""
    try:
        written = read_number(core)
    except NumberFormatError:
        marked = re.search(r"[.,]", core)
        return Number("problem", kind="separator" if marked else "text", found=text[:80])
    mark = next((sign for sign in ".," if sign in core), "")
    if written.other is not None:
        return Number("open", written.value, written.other, mark, None, percent)
    return Number("number", written.value, mark=mark, dot=_proof(core), percent=percent)


def _proof(core: str) -> Dot | None:
    """Return what the marks of one number that reads one way only prove about the dot."""
    marks = re.findall(r"[.,]", core)
    if not marks:
        return None
    repeated = len(marks) > 1 and len(set(marks)) == 1
    # The last mark is decimal unless it is one of several alike; then it groups.
    dot_is_last = marks[-1] == "."
    return "group" if dot_is_last == repeated else "decimal"


def settle_by_column(cells: list[Number]) -> Dot | None:
    """Return what the marks of a column prove about the dot, None if nothing or both."""
    votes = {cell.dot for cell in cells if cell.dot is not None}
    return votes.pop() if len(votes) == 1 else None


def settled(cell: Number, dot: Dot) -> Number:
    """Return an open number read with the dot as proved."""
    if cell.state != "open" or cell.value is None or cell.other is None:
        return cell
    by_convention = dot == "group"
    value = cell.value if by_convention else cell.other
    return replace(cell, state="number", value=value, other=None)
