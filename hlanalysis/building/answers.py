"""Answers about a file: dates, periods and places as people write them, checked one by one."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import date

from hlanalysis.gathering.front_matter import period_in
from hlanalysis.numbers import Lang
from hlanalysis.periods import Period
from hlanalysis.texts import text

_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?",
        r"(?:(?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        r"(?:.*\b(?:ngày\s+)?(?P<day>\d{1,2})\s+)?tháng\s+(?P<month>\d{1,2})(?:\s+năm\s+|\s*/\s*|\s+)"
        r"(?P<year>\d{4})",
        r"năm\s+(?P<year>\d{4})",
    )
)
Reader = Callable[[str], str]


def read_date(given: str) -> str:
    """Return a date in the one spelling of sidecars; day, or day and month, may be missing.

    Raises
    ------
    ValueError
        If it is no date.

    Examples
    --------
    >>> read_date("12/12/2024"), read_date("ngày 5 tháng 7 năm 2023"), read_date("7/2023")
    ('2024-12-12', '2023-07-05', '2023-07')
    """
    said = " ".join(unicodedata.normalize("NFC", given).split())
    found = next((match for one in _DATES if (match := one.fullmatch(said))), None)
    if found is None:
        raise ValueError(given)
    parts = [int(value) for name in ("year", "month", "day")
             if (value := found.groupdict().get(name))]  # fmt: skip
    date(*parts, *[1] * (3 - len(parts)))
    return "-".join(f"{part:02d}" for part in parts)


def read_period(given: str) -> str:
    """Return a period in its one spelling: "2024-9M", also of "9 tháng 2024".

    Raises
    ------
    ValueError
        If it is no period.
    """
    said = " ".join(unicodedata.normalize("NFC", given).split())
    try:
        return str(Period.parse(said.upper()))
    except ValueError:
        found = period_in(said)
        if not found or not said[:1].isalnum() or len(said) > 40:
            raise
        return str(Period.parse(found))


def ask(name: str, suggestion: str, read: Reader, lang: Lang) -> str:
    """Ask on the terminal until the answer is understood; an empty one keeps the suggestion.

    Where the terminal ends, the suggestion stands.
    """
    shown = f" [{suggestion}]" if suggestion else ""
    while True:
        question = text(f"command.ask_{name}", lang)
        print(f"{question}{shown}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        given = line.strip() or suggestion
        if not line or given == suggestion != "":
            return suggestion
        if not given:
            print(text("command.needed", lang), file=sys.stderr)
            continue
        try:
            return read(given)
        except ValueError:
            told = text("command.not_understood", lang)
            expected = text(f"command.expected_{name}", lang)
            print(told.format(given=given, expected=expected), file=sys.stderr)
