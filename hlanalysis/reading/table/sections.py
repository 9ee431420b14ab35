"""Blocks inside a table: "Cơ cấu (%)", "Chỉ số phát triển (năm trước = 100)", "Tỷ đồng" again.

Yearbooks print amounts, shares and indices under one heading, each announced by a row without
numbers. Such a row changes the unit, and the measure, of the rows after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hlanalysis.reading.folding import fold
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.units import NOUNS, Unit, bracket_unit, parse_unit, unit_line
from hlanalysis.reading.table.words import Lexicon, squeeze

LONGEST = 100  # characters; longer texts are sentences
_DASHED_SIGN = re.compile(r"\s[-–/]\s*[%‰]\s*$")
_BASE = re.compile(r"=\s*100\b")
_BASE_YEAR = re.compile(r"(?:19|20)\d\d\s*=\s*100\b")
_NUMERIC = re.compile(r"[(\[]?\s*[+\-−–]?\s*\d[\d.,\s]*[)\]%‰]*")
_NUMBERING = re.compile(
    r"(?i)^\s*(?:(?:biểu|bảng|phụ lục|table)\s*(?:số)?\s*)?[\divx.]{0,6}\s*[.:)\-–]?\s+"
)
_CHANGE = re.compile(r"\b(?:tang|giam|growth|increase|change)\b")
_RATIO = re.compile(r"\bchi so\b|\bphat trien\b|\bindex\b|=\s*100\b")
_MONTHLY = re.compile(r"tháng (?:trước|\d)|thang (?:truoc|\d)|quý trước|quy truoc")
_SURE_NOUNS = ("người", "hộ")  # nouns that head a block; "Xã" and "Lao động" are labels
PERCENT = Unit("percent")


@dataclass(frozen=True, slots=True)
class Section:
    """What a row without numbers says of the rows after it.

    Attributes
    ----------
    measure : Measure or None
        None: that of the column.
    unit : Unit or None
    whole : bool
        The row is a unit and nothing else.
    growth : bool
        The comparison is a change: "Tốc độ tăng (%)".
    """

    measure: Measure | None
    unit: Unit | None
    whole: bool = False
    growth: bool = False


@lru_cache(maxsize=4096)
def read_section(text: str, words: Lexicon) -> Section | None:
    """Return what a row without numbers declares, None if it only names rows.

    Examples
    --------
    >>> from hlanalysis.reading.table.words import lexicon
    >>> read_section("Cơ cấu - Structure (%)", lexicon("sound")).measure
    'share_percent'
    >>> read_section("Chỉ số phát triển (năm trước = 100) - %", lexicon("sound")).measure
    'yoy_percent'
    >>> read_section("Phân theo nguồn vốn", lexicon("sound")) is None
    True
    """
    if len(text) > LONGEST:
        return None
    unit = _closing_unit(text)
    measure = _measure(text, unit, words)
    if measure is not None:
        return Section(measure, PERCENT, growth=measure == "yoy_percent" and says_change(text))
    whole = _whole_unit(text)
    if whole is not None:
        return Section(None, whole, True)
    return Section(None, unit) if unit is not None else None


def section_of_title(lines: list[str], unit: Unit | None, words: Lexicon) -> Section | None:
    """Return what a title says of all columns below it, None if it only names them.

    Examples
    --------
    >>> from hlanalysis.reading.table.words import lexicon
    >>> section_of_title(["55. Cơ cấu vốn đầu tư"], Unit("percent"), lexicon("sound")).measure
    'share_percent'
    >>> section_of_title(["Cơ cấu tổ chức bộ máy"], None, lexicon("sound")) is None
    True
    """
    if unit is not None and unit.id != "percent":
        return None
    for line in lines:
        measure = _measure(_NUMBERING.sub("", line), unit, words)
        if measure is not None:
            return Section(measure, PERCENT, growth=measure == "yoy_percent" and says_change(line))
    return None


def says_change(text: str) -> bool:
    """Tell whether a comparison's words speak of a change, not of a ratio.

    Examples
    --------
    >>> says_change("Tốc độ tăng (%)"), says_change("Tăng, giảm so với cùng kỳ")
    (True, True)
    >>> says_change("Tốc độ phát triển (%)"), says_change("Chỉ số giá (năm trước = 100)")
    (False, False)
    """
    put = fold(squeeze(text).lower())
    return bool(_CHANGE.search(put)) and not _RATIO.search(put)


def is_number_like(value: object) -> bool:
    """Tell whether a cell holds a number, stored or typed."""
    if isinstance(value, str):
        return _NUMERIC.fullmatch(value.strip()) is not None
    return value is not None


def _whole_unit(text: str) -> Unit | None:
    """Return the unit that a text is, or declares after "Đơn vị tính:", and nothing else."""
    found = unit_line(text) if len(text) < 50 else None
    if found is None:
        found = parse_unit(text, expected=True)
    if found is None or found.id not in NOUNS or found.factor > 1:
        return found
    first = re.split(r"\s*[-–/(\n]", squeeze(text).lower())[0].strip()
    return found if first in _SURE_NOUNS else None


def _closing_unit(text: str) -> Unit | None:
    if _DASHED_SIGN.search(text):
        return PERCENT
    found = bracket_unit(text) if text.rstrip(" :").endswith((")", "]")) else None
    return found[0] if found is not None and found[0].id not in NOUNS else None


def _measure(text: str, unit: Unit | None, words: Lexicon) -> Measure | None:
    put = words.put(text)
    percent = unit is not None and unit.id == "percent"
    if _BASE.search(put):
        before = words.has("words.previous", put) or words.has("words.same_period", put)
        other = _BASE_YEAR.search(put) or _MONTHLY.search(put)
        return "yoy_percent" if before and not other else None
    if words.starts("words.share", put) and (percent or words.is_whole("words.share", text)):
        return "share_percent"
    if percent and words.starts("words.growth", put):
        return "yoy_percent"
    return None
