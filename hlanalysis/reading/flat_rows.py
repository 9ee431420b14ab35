"""Rows of tables that were flattened to text: "Sản lượng lúa tấn 41.000 40.385 98,5 99,2".

The header line above says what each column is. A column "so cùng kỳ (%)" is an index, never a
growth. Only rows with as many numbers as the header has columns are read; a dash row without a
unit of its own has that of the row it stands under.
"""

from __future__ import annotations

import re

from hlanalysis.reading.asides import whole_year
from hlanalysis.reading.drafts import Carried, Draft
from hlanalysis.reading.figures import NUMBER, Figure, number_value
from hlanalysis.reading.folding import fold
from hlanalysis.reading.left import Left
from hlanalysis.reading.matching import can_be_part
from hlanalysis.reading.rules import SCALES, YEAR, Unit, patterns

_PLAN = "(?:kh|ke hoach|dt|du toan)"
_DONE = "(?:uoc th|uoc thuc hien|uth|th|thuc hien|ket qua)"
_BEFORE = f"(?:ck|cung ky|nam truoc|nam ngoai|nam {YEAR})"
_COLUMN = re.compile(
    rf"(?<![a-z])(?:(?P<plan_attainment>(?:% ?)?so (?:sanh )?(?:voi )?{_PLAN}|{_DONE} ?/ ?{_PLAN}"
    rf"|% ?{_PLAN}|ty le (?:so )?{_PLAN})"
    rf"|(?P<index>(?:% ?)?so (?:sanh )?(?:voi )?{_BEFORE}|{_DONE} ?/ ?{_BEFORE}|% ?{_BEFORE})"
    rf"|(?P<before>(?:{_DONE} )?(?:ck|cung ky|nam truoc|nam ngoai))"
    rf"|(?P<plan>{_PLAN})|(?P<level>{_DONE}))(?![a-z])"
)
_MARKER = re.compile(
    r"[ \t]*(?:[-+*•–]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[a-zđivx]{1,4}[.)])[ \t|;]+"
)
_ROW = re.compile(
    r"(?:[^0-9(]|(?<=m)[23](?![0-9])|\([^()]{0,40}\)){3,80}?"
    rf"(?<![a-z0-9])({NUMBER}(?:[ |;\t]{{1,6}}{NUMBER}){{1,7}})[ .;|]*\Z"
)
_YEAR_AFTER = re.compile(rf" ?(?:nam )?({YEAR})(?![0-9])")
_EACH = re.compile(NUMBER)
_YEAR = re.compile(YEAR)
_UNIT_LINE = re.compile(r"(?:don vi tinh|don vi|dvt) ?:? ?([a-z0-9.% ]{1,24}?)(?=[);,.\n]|\Z)")
_WORDS = re.compile("[a-z0-9%]+")
_LISTS = re.compile(" *(?:trong do|tr\\.? ?do|gom|rieng)(?![a-z])")
_LONGEST_ROW = 180
_LOOK_BACK = 900  # characters; a header stands on the page of its rows
_RELATIVE = {"plan_attainment": "plan", "index": "same_period_last_year"}
_Column = tuple[str, str]  # what it is; the base of a relative one, else a year or "estimate"


def read_rows(text: str, folded: str, start: int, end: int, carried: Carried) -> list[Draft] | None:
    """Read the lines at [start, end) as rows of a flattened table, or return None."""
    drafts: list[Draft] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        row = _read_row(text, folded, start, stop, carried)
        if row is None:
            return None
        drafts += row
        start = stop + 1
    return drafts


def _read_row(text: str, folded: str, start: int, end: int, carried: Carried) -> list[Draft] | None:
    if end - start > _LONGEST_ROW or folded[end - 1] not in "0123456789|. ":
        return None
    marker = _MARKER.match(folded, start, end)
    label = marker.end() if marker else start
    row = _ROW.match(folded, label, end)
    if row is None:
        return None
    places = list(_EACH.finditer(folded, *row.span(1)))
    columns = _columns_above(text, start, len(places))
    if columns is None or any(number_value(place[0]) is None for place in places):
        return None
    unit = _unit_of(folded[label : row.start(1)])
    nested = marker is not None and marker[0].strip(" \t|;") in ("-", "+", "*", "•", "–")
    nested = nested or _LISTS.match(folded, label) is not None
    if unit is not None:
        carried.row_unit = unit
    else:
        unit = (carried.row_unit if nested else None) or _unit_above(text, start)
    if unit is None:
        return None
    drafts = [
        _draft(place, column, unit, (label, row.start(1)), carried)
        for place, column in zip(places, columns, strict=True)
    ]
    level = next((one for one in drafts if one.rule == "table_row" and one.is_done), None)
    for draft in drafts:
        if draft.kind in _RELATIVE and level is not None:
            draft.of, draft.status = level, level.status
    if level is not None:
        _join(level, nested, carried)
    return [*drafts]


class RowDraft(Draft):
    """A number of a row; `is_done` where its column says what was done in the period."""

    is_done: bool = False


def _draft(
    place: re.Match[str],
    column: _Column,
    unit: Unit,
    label: tuple[int, int],
    carried: Carried,
) -> RowDraft:
    sort, base = column
    value = number_value(place[0])
    assert value is not None
    figure = Figure(*place.span(), place.end(), value)
    relative = sort in _RELATIVE
    if not relative:
        figure.value *= unit.factor
    draft = RowDraft(figure, "percent" if relative else unit.id, Left())
    draft.kind, draft.rule = sort if relative else "level", "table_row"
    draft.period, draft.subject = carried.period, label
    draft.base = base if relative else None
    draft.is_done = sort == "level"
    if draft.is_done and base == "estimate":
        draft.status = "estimate"
    if sort == "plan":
        draft.status, draft.period = "target", whole_year(carried.period)
    elif sort == "before" and base:
        draft.period = base
    elif sort == "before" and carried.period and len(carried.period) < 9:
        draft.period = f"{int(carried.period[:4]) - 1}{carried.period[4:]}"
    return draft


def _join(level: Draft, nested: bool, carried: Carried) -> None:
    """Make a dash row a component of the row that it stands under."""
    if not nested:
        carried.row_total = level
    elif carried.row_total is not None and can_be_part(level, carried.row_total):
        level.part_of = carried.row_total


def _unit_of(label: str) -> Unit | None:
    """Return the unit whose words end a label: "Xi măng nghìn tấn", "Giá trị SXCN (tỷ đồng)"."""
    words, units = _WORDS.findall(label), patterns().units
    for count in range(min(4, len(words)), 0, -1):
        tail = words[-count:]
        unit = units.get(" ".join(tail))
        if unit is not None and (unit.id != "persons" or tail[-1] in ("nguoi", "hs")):
            return unit
        if count > 1 and tail[0] in SCALES:
            counted = units.get(" ".join(tail[1:]))
            if counted is None and count > 2:
                continue
            counted = counted or Unit("count", 1, frozenset())
            return Unit(counted.id, counted.factor * SCALES[tail[0]], frozenset())
    return None


def _unit_above(text: str, start: int) -> Unit | None:
    """Return the unit that a line above says for the whole table: "(đơn vị tính: triệu đồng)"."""
    lines = list(_UNIT_LINE.finditer(fold(text[max(0, start - _LOOK_BACK) : start])))
    return patterns().units.get(lines[-1][1].strip()) if lines else None


def _columns_above(text: str, start: int, count: int) -> list[_Column] | None:
    """Return what the columns are, from the nearest line above that names `count` of them."""
    for line in reversed(text[max(0, start - _LOOK_BACK) : start].split("\n")):
        found = _columns_of(fold(line))
        if len(found) == count and _RELATIVE.keys() & {sort for sort, _ in found}:
            return found
    return None


def _columns_of(line: str) -> list[_Column]:
    """Return the columns that a folded header line names; the last year done is the one reported.

    "TH 2023; KH 2024; Ước TH 2024": the first is an earlier time.
    """
    matches = list(_COLUMN.finditer(line))
    years = [_YEAR_AFTER.match(line, match.end()) for match in matches]
    done = [
        int(year[1])
        for match, year in zip(matches, years, strict=True)
        if year and match.lastgroup == "level"
    ]
    found = []
    for match, year in zip(matches, years, strict=True):
        sort, base = str(match.lastgroup), ""
        if sort == "index" and (named := _YEAR.search(match[0])):
            base = f"year:{named[0]}"
        elif sort in _RELATIVE:
            base = _RELATIVE[sort]
        elif sort == "level" and year and int(year[1]) < max(done):
            sort, base = "before", year[1]
        elif sort == "level" and match[0].startswith("u"):
            base = "estimate"
        found.append((sort, base))
    return found
