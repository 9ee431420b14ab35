"""Whose figure it is: what a district's report says of a commune is not the district's."""

from __future__ import annotations

import re

from hlanalysis.catalog import place
from hlanalysis.catalog.indicators import fold

_CAPITAL = "A-ZĐÀ-ÝĂÂÊÔƠƯẠ-Ỹ"
_NAMED = re.compile(
    r"(?<!\w)(?i:(?:UBND |Đảng bộ )?(?P<level>xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh"
    rf"|TP\.?|TX\.?|TT\.?)) (?P<name>(?:[{_CAPITAL}]\w*)(?: [{_CAPITAL}]\w*){{0,3}})"
)
# A clause begins behind one of these, or behind the figure before.
_CLAUSE = re.compile(r"[.;:!?]\s|\n\s*\n|\n\s*[-+*•]")
_LONGEST = 160  # characters; further off a name governs no figure


def other_place(text: str, after: int, start: int, own: str) -> str:
    """Return the place that the words before a figure name, empty if none or the report's own.

    Parameters
    ----------
    text : str
    after : int
        Where the figure before ends.
    start : int
        Where the figure begins.
    own : str
        Id of the place that the document is about.

    Examples
    --------
    >>> text = "Riêng xã Tân Khê thu ngân sách đạt 14,6 tỷ đồng."
    >>> other_place(text, 0, text.index("14"), "hong_linh")
    'xã Tân Khê'
    >>> text = "Thị xã Hồng Lĩnh thu ngân sách đạt 222 tỷ đồng."
    >>> other_place(text, 0, text.index("222"), "hong_linh")
    ''
    """
    before = text[max(after, start - _LONGEST, 0) : start]
    clauses = list(_CLAUSE.finditer(before))
    clause = before[clauses[-1].end() :] if clauses else before
    names = list(_NAMED.finditer(clause))
    if not names:
        return ""
    named = " ".join(names[-1].group("level", "name"))
    return "" if fold(names[-1]["name"]) in fold(place(own).vi) else " ".join(named.split())
