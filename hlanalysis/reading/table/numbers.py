"""Numbers in cells: exact values of stored numbers, and text numbers by the column's evidence.

One group of three digits after one mark ("125.000", "24,023") reads both ways. What decides:
marks in the same column that read one way only, then which reading makes parents the sum of
their children, then the Vietnamese convention (dot groups, comma marks decimals).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hlanalysis.grids import CellDate, CellError, CellValue, NoValue, Style, exact
from hlanalysis.numbers import NumberFormatError, read_number
from hlanalysis.reading.table.units import Unit, parse_unit

State = Literal["number", "open", "blank", "problem"]
Dot = Literal["group", "decimal"]

_BLANK = re.compile(r"[-–—−\s.…]*|[xX]|n/?a", re.I)
_NUMBER = re.compile(r"[+\-−–]?\s?\d[\d.,\u00a0\u2009\u202f ]*")
_PARTS = re.compile(r"(?P<sign>[+\-−–]?)\s?(?P<body>\d[\d.,]*)")
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
        For problems.
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
    """Read digits with marks; what the marks alone prove is kept."""
    core = re.sub(r"(?<=\d)[\s](?=\d{3}(?:\D|$))", "", core)
    match = _PARTS.fullmatch(core)
    if match is None:
        return Number("problem", kind="text", found=text[:80])
    sign = "-" if match["sign"] in ("-", "−", "–") else ""
    body = match["body"]
    dots, commas = body.count("."), body.count(",")
    if not dots and not commas:
        return Number("number", Decimal(sign + body), percent=percent)
    if dots + commas == 1:
        return _one_mark(sign, body, "." if dots else ",", percent, text)
    return _more_marks(sign, body, percent, text)


def _one_mark(sign: str, body: str, mark: str, percent: bool, text: str) -> Number:
    head, _, tail = body.partition(mark)
    decimal: Dot = "decimal" if mark == "." else "group"
    if not tail:
        return Number("problem", kind="text", found=text[:80])
    as_decimal = Decimal(f"{sign}{head}.{tail}")
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        return Number("number", as_decimal, mark=mark, dot=decimal, percent=percent)
    as_group = Decimal(sign + head + tail)
    usual, other = (as_group, as_decimal) if mark == "." else (as_decimal, as_group)
    return Number("open", usual, other, mark, None, percent)


def _more_marks(sign: str, body: str, percent: bool, text: str) -> Number:
    """Read a body with several marks: the repeated one groups, the last of two kinds is decimal."""
    kinds = set(re.findall(r"[.,]", body))
    last = max(body.rfind("."), body.rfind(","))
    if len(kinds) == 2:
        group = "," if body[last] == "." else "."
        whole, tail = body[:last], body[last + 1 :]
        grouped = re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+", whole)
    else:
        group = kinds.pop()
        whole, tail = body, ""
        grouped = re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+", whole)
    if not grouped:
        return Number("problem", kind="separator", found=text[:80])
    digits = whole.replace(group, "")
    value = Decimal(f"{sign}{digits}.{tail}" if tail else sign + digits)
    return Number(
        "number", value, mark=group, dot="group" if group == "." else "decimal", percent=percent
    )


def settle_by_column(cells: list[Number]) -> Dot | None:
    """Return what the marks of a column prove about the dot, None if nothing or both."""
    votes = {cell.dot for cell in cells if cell.dot is not None}
    return votes.pop() if len(votes) == 1 else None


def usual(text: str) -> Decimal | None:
    """Return a text's value by the one parser of the project, None where it is no number."""
    try:
        return read_number(text).value
    except NumberFormatError:
        return None


def settled(cell: Number, dot: Dot) -> Number:
    """Return an open number read with the dot as proved."""
    if cell.state != "open" or cell.value is None or cell.other is None:
        return cell
    by_convention = dot == "group"
    value = cell.value if by_convention else cell.other
    return Number("number", value, mark=cell.mark, percent=cell.percent, unit=cell.unit)
