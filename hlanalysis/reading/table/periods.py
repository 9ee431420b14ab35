"""Periods in headings and titles: "QUÝ I NĂM 2024", "6T/2024", "cùng kỳ", "Sơ bộ 2020"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from hlanalysis.reading.folding import fold
from hlanalysis.reading.table.words import small

Form = Literal["year", "quarter", "months", "month", "half", "span"]
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {
    "ba": 3,
    "sau": 6,
    "chin": 9,
    "muoi hai": 12,
    "mot": 1,
    "hai": 2,
    "bon": 4,
    "nam": 5,
    "bay": 7,
    "tam": 8,
    "muoi": 10,
    "muoi mot": 11,
}
_YEAR = r"(?:19[5-9][0-9]|20[0-9]{2})"
_LINK = r"(?:\s|,|/|-|\.|\bdau\b|\bcuoi\b|\bcua\b|\bnam\b)*"
_PATTERN = re.compile(
    rf"""
    (?P<until>\bden\s+(?:het\s+|cuoi\s+)?(?:(?:ngay\s+)?[0-3]?[0-9]\s*[/.-]\s*(?=[01]?[0-9]\s*[/.-])|thang\s*)
        (?P<untilmonth>[01]?[0-9])(?:\s*[/.-]\s*|\s*nam\s*|\b))(?P<untilyear>{_YEAR})?
    |(?P<filled>\bngay\s*[0-9.…]*\s*(?:thang|/)\s*[0-9.…]*\s*(?:nam|/)\s*(?:{_YEAR}|[.…]*))
    |(?P<template>\bqu[yi]\s*[.…]*\s*[(/,][^)|]*\bthang\b[^)|]*\bnam\b\s*\)?)
    |(?P<day>\b[0-3]?[0-9])\s*[/.-]\s*(?P<daymonth>[01]?[0-9])\s*[/.-]\s*(?P<dayyear>{_YEAR})\b
    |(?P<first>{_YEAR})\s*-\s*(?P<last>{_YEAR})\b
    |(?P<sub>
        \bqu[yi]\s*(?P<quarter>iv|i{{1,3}}|0?[1-4])\b
        |\bq\.?\s*(?P<q>[1-4])\b
        |\b(?P<months>0?[1-9]|1[0-2]|ba|sau|chin|muoi\shai)\s*(?:thang\b|t\b|td\w*\b)(?P<half>\s*cuoi\b)?
        |\bthang\s*(?P<month>0?[1-9]|1[0-2])\b
        |(?P<whole>\bca\s+nam\b)
        |\bt\.?\s*(?P<tmonth>0?[1-9]|1[0-2])\b(?=\s*[/-])
      )(?:{_LINK}(?P<subyear>{_YEAR})\b(?!\s*[-/]\s*{_YEAR}))?
    |(?<![0-9.,])(?P<year>{_YEAR})(?![0-9])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period as far as one place says it; `year` may be missing, `number` counts in `form`."""

    form: Form
    year: int | None
    number: int
    start: int
    end: int


def find_periods(text: str, *, dates: bool = True) -> list[Mention]:
    """Return the periods that a text names, left to right; dates of letters are passed over.

    With `dates` a bare date in a heading ("Thực hiện 30/6/2024") counts from January; in a title
    it is the day of the report and says nothing.

    Examples
    --------
    >>> [spell(m) for m in find_periods("ƯỚC THỰC HIỆN 06 THÁNG ĐẦU NĂM 2024")]
    ['2024-6M']
    >>> [spell(m) for m in find_periods("Huyện A, ngày 12 tháng 4 năm 2024")]
    []
    """
    lowered = small(text)
    plain = fold(lowered)
    found = []
    for match in _PATTERN.finditer(plain):
        if match["filled"] or match["template"]:
            continue
        # "quỹ 1" is a fund, "quý 1" a quarter: without marks they look alike.
        if lowered.startswith("quỹ", match.start()):
            continue
        mention = _mention(match) if dates or not match["day"] else None
        if mention is not None:
            found.append(mention)
    return found


def without_periods(text: str) -> str:
    """Return small letters with periods, dates and templates blanked out, length kept."""
    lowered = small(text)
    plain = fold(lowered)
    parts, at = [], 0
    for match in _PATTERN.finditer(plain):
        parts += [lowered[at : match.start()], " " * (match.end() - match.start())]
        at = match.end()
    return "".join([*parts, lowered[at:]])


def _mention(match: re.Match[str]) -> Mention | None:
    start, end = match.span()
    if match["year"]:
        return Mention("year", int(match["year"]), 0, start, end)
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        if last <= first:
            return None
        return Mention("span", first, last, start, end)
    if match["until"]:
        year = int(match["untilyear"]) if match["untilyear"] else None
        month = int(match["untilmonth"])
        return Mention("months", year, month, start, end) if 1 <= month <= 12 else None
    if match["day"]:
        month = int(match["daymonth"])
        year = int(match["dayyear"])
        return Mention("months", year, month, start, end) if 1 <= month <= 12 else None
    year = int(match["subyear"]) if match["subyear"] else None
    if match["quarter"] or match["q"]:
        word = match["quarter"] or match["q"]
        return Mention("quarter", year, _ROMAN.get(word) or int(word), start, end)
    if match["months"]:
        number = _WORDS.get(match["months"]) or int(match["months"])
        if match["half"] and number == 6:
            return Mention("half", year, 2, start, end)
        return Mention("months", year, number, start, end)
    if match["whole"]:
        return Mention("months", year, 12, start, end)
    return Mention("month", year, int(match["month"] or match["tmonth"]), start, end)


def spell(mention: Mention, year: int | None = None) -> str:
    """Return the one spelling of a period, "" where its year is unknown.

    Three months together are a quarter, twelve a year.
    """
    known = mention.year if mention.year is not None else year
    if known is None:
        return ""
    if mention.form == "span":
        return f"{known}-{mention.number}"
    if mention.form == "year" or (mention.form == "months" and mention.number == 12):
        return f"{known}"
    if mention.form == "quarter" or (mention.form == "months" and mention.number == 3):
        number = 1 if mention.form == "months" else mention.number
        return f"{known}-Q{number}"
    if mention.form == "months":
        return f"{known}-{mention.number}M"
    if mention.form == "half":
        return f"{known}-H{mention.number}"
    return f"{known}-M{mention.number:02d}"


def best_part(mentions: list[Mention]) -> Mention | None:
    """Return the part of a year that a title is about: the longest counted from January."""
    parts = [m for m in mentions if m.form in ("quarter", "months", "month", "half")]
    order = {"months": 0, "quarter": 1, "month": 2, "half": 3}
    return min(parts, key=lambda m: order[m.form], default=None)


def joined(mentions: list[Mention]) -> Mention | None:
    """Return one period out of the mentions of a heading, top to bottom.

    The lowest part of a year and the lowest year win; "Quý I" over "2024" is a quarter of 2024.
    """
    spans = [m for m in mentions if m.form == "span"]
    if spans:
        return spans[-1]
    years = [m for m in mentions if m.year is not None]
    part = next((m for m in reversed(mentions) if m.form != "year"), None)
    if part is None:
        return years[-1] if years else None
    if part.year is None and years:
        return replace(part, year=years[-1].year)
    return part
