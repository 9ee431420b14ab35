"""Columns that are indicators: "Diện tích (ha)", "Số hộ nghèo", "Tỷ lệ hộ nghèo (%)".

Tables by commune or by year name neither plan nor outturn: every column holds what was, in the
period that the title says, and the column's own words tell it from the others.
"""

from __future__ import annotations

import re

from hlanalysis.reading.table.counted import counted
from hlanalysis.reading.table.headings import Heading, leftover
from hlanalysis.reading.table.periods import spell
from hlanalysis.reading.table.units import NOUNS, Unit, bracket_unit, parse_unit
from hlanalysis.reading.table.words import Lexicon, squeeze

_PERCENT = Unit("percent")
_UNIT_AFTER = re.compile(r"(.*\S)\s*(?:,\s+|\n\s*|\s[-–]\s)([^,\n]{1,30})", re.DOTALL)
_GROWING = re.compile(
    r"\b(?:tăng|giảm|tốc độ|chênh lệch|phát triển|tang|giam|toc do|chenh lech|phat trien)\b"
)


def is_indicator_table(headings: dict[int, Heading]) -> bool:
    """Tell whether no heading names a plan or an outturn, and none speaks of a second period."""
    if any(h.sort in ("plan", "actual", "previous") for h in headings.values()):
        return False
    return len({spell(h.period) for h in headings.values() if h.sort == "year" and h.period}) <= 1


def is_indicator(heading: Heading, words: Lexicon) -> bool:
    """Tell whether a heading that seems to compare names an indicator: a rate, a change counted.

    "Tỷ lệ hộ nghèo (%)" is what it is; "So với năm 2022 (%)" and "Tăng, giảm" are comparisons.
    """
    if heading.sort not in ("compare", "difference") or heading.base or heading.base_period:
        return False
    whole = words.put(" | ".join(heading.parts))
    leaf = words.put(heading.parts[-1])
    if words.has("words.with", whole) or "(+)" in whole.replace(" ", ""):
        return False
    if not _GROWING.search(whole):
        return heading.sort == "compare"
    if words.starts("words.rate", leaf):
        return leftover(heading.parts[-1], words) != ""  # "Tỷ lệ giảm nghèo (%)"
    # "Số hộ nghèo tăng", "Giá trị tăng thêm" count something; "Tăng thêm" compares.
    first = _GROWING.search(leaf)
    return first is not None and first.start() > 0 and not heading.percent


def is_of_a_period(heading: Heading, words: Lexicon) -> bool:
    """Tell whether a heading can be that of a period: "Tổng mức đầu tư" is of a whole project."""
    return not words.has("words.whole_project", words.put(" | ".join(heading.parts)))


def is_named_rate(heading: Heading, words: Lexicon) -> bool:
    """Tell whether a heading is a rate among plans and outturns: "Tỷ lệ hộ nghèo (%)"."""
    leaf = words.put(heading.parts[-1])
    match = next((end for start, end, _ in words.find("words.rate", leaf) if start == 0), None)
    if match is None or not is_indicator(heading, words):
        return False
    return counted((leaf[match:].strip(),), words).likely is not None


def unit_of_rate(heading: Heading, words: Lexicon) -> Unit | None:
    """Return the unit of an indicator whose heading says "tỷ lệ" or shows a per cent sign."""
    own = _own_unit(heading.parts[-1])
    if own is not None:
        return own
    leaf = words.put(heading.parts[-1])
    return _PERCENT if heading.percent or words.has("words.rate", leaf) else heading.unit


def path_of(parts: tuple[str, ...]) -> str:
    """Return the texts above a column as one name, without units.

    Examples
    --------
    >>> path_of(("Lúa Đông Xuân", "Diện tích (ha)"))
    'Lúa Đông Xuân - Diện tích'
    """
    named = [name for part in parts if (name := without_unit(part))]
    return " - ".join(named)


def without_unit(part: str) -> str:
    """Return one heading text without its unit; "" where it is a unit and nothing else."""
    whole = parse_unit(part, expected=True)
    found = bracket_unit(part)
    if found is not None:
        return squeeze(found[1]).strip(" ,;:")
    after = _UNIT_AFTER.fullmatch(part.strip())
    if after is not None and parse_unit(after[2], expected=True) is not None:
        return squeeze(after[1]).strip(" ,;:-")
    if whole is not None and (whole.id not in NOUNS or whole.factor > 1):
        return ""
    return squeeze(part)


def _own_unit(part: str) -> Unit | None:
    found = bracket_unit(part)
    if found is not None:
        return found[0]
    whole = parse_unit(part, expected=True)
    return whole if whole is not None and whole.id not in NOUNS else None
