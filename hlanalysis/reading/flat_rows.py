"""Rows of tables that were flattened to text: "Sản lượng lúa tấn 41.000 40.385 98,5 99,2".

The header line above says what each column is. A column "so cùng kỳ (%)" is an index, never a
growth. Only rows with as many numbers as the header has columns are read.
"""

from __future__ import annotations

import re

from hlanalysis.reading.drafts import Carried, Draft
from hlanalysis.reading.figures import NUMBER, Figure, number_value
from hlanalysis.reading.folding import fold
from hlanalysis.reading.left import Left
from hlanalysis.reading.matching import unit_before

_PLAN = "(?:kh|ke hoach|dt|du toan)"
_COLUMN = re.compile(
    rf"(?<![a-z])(?:(?P<plan_attainment>(?:% ?)?so (?:voi )?{_PLAN}|th ?/ ?{_PLAN}|% ?{_PLAN})"
    r"|(?P<index>(?:% ?)?so (?:voi )?(?:ck|cung ky))"
    rf"|(?P<plan>{_PLAN})|(?P<level>uoc th|uoc thuc hien|th|thuc hien))(?![a-z])"
)
_ROW = re.compile(rf"[^0-9]{{3,80}}?({NUMBER}(?:[ |]{{1,4}}{NUMBER}){{1,7}})[ .;|]*\Z")
_EACH = re.compile(NUMBER)
_LONGEST_ROW = 180
_LOOK_BACK = 900  # characters; a header stands on the page of its rows


def read_row(text: str, folded: str, start: int, end: int, carried: Carried) -> list[Draft] | None:
    """Read the line at [start, end) as a row of a flattened table, or return None."""
    if end - start > _LONGEST_ROW or folded[end - 1] not in "0123456789|. ":
        return None
    row = _ROW.match(folded, start, end)
    if row is None:
        return None
    places = list(_EACH.finditer(folded, *row.span(1)))
    columns = _columns_above(text, start, len(places))
    unit = unit_before(folded, row.start(1))
    values = [number_value(place[0]) for place in places]
    if columns is None or unit is None or None in values:
        return None
    drafts: list[Draft] = []
    level: Draft | None = None
    for place, value, column in zip(places, values, columns, strict=True):
        assert value is not None
        figure = Figure(*place.span(), place.end(), value)
        relative = column in ("plan_attainment", "index")
        draft = Draft(figure, "percent" if relative else unit, Left())
        draft.kind, draft.rule = column if relative else "level", "table_row"
        draft.period, draft.subject = carried.period, (start, row.start(1))
        if column == "plan":
            draft.status = "target"
        elif column == "level":
            level = draft
        if relative:
            draft.of = level
            draft.base = "plan" if column == "plan_attainment" else "same_period_last_year"
        drafts.append(draft)
    return drafts


def _columns_above(text: str, start: int, count: int) -> list[str] | None:
    """Return what the columns are, from the nearest line above that names `count` of them."""
    for line in reversed(text[max(0, start - _LOOK_BACK) : start].split("\n")):
        found = [str(match.lastgroup) for match in _COLUMN.finditer(fold(line))]
        if len(found) == count and {"plan_attainment", "index"} & set(found):
            return found
    return None
