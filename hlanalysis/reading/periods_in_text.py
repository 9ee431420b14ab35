"""Time expressions of official prose: from a matched phrase to a period, a base or a date.

The patterns stand in ``rules/periods.toml``; this module reads what they matched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hlanalysis.reading.rules import MONTH_WORDS, YEAR

_YEAR = re.compile(YEAR)
_SEASONS = {"nam hoc": "school_year", "vu": "season"}
_DAY = re.compile("(?:^| )ngay ")
_NUMBER = re.compile("[0-9]+")
_QUARTER = re.compile("(?:quy|qui) (i{1,3}v?|iv|0?[1-4])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "iiiv": 4}
_WORD_COUNT = {word: count for count, word in enumerate(MONTH_WORDS, 1)}
_N_MONTHS = re.compile(rf"([0-9]+|{'|'.join(sorted(MONTH_WORDS, key=len, reverse=True))}) thang")
_PART_OR_TERM = re.compile(
    rf"(?P<months>[0-9]{{1,2}}|sau|chin|muoi mot) thang(?: dau)?(?: nam)?(?:[^0-9]{{0,60}}"
    rf"[0-9] thang cuoi)?[^0-9]{{0,24}}(?P<y1>{YEAR})"
    rf"|(?:quy|qui) (?P<quarter>i{{1,3}}v?|iv|[1-4])(?: nam |/| ?- ?| )(?P<y2>{YEAR})"
    rf"|(?:giai doan|nhiem ky) (?P<y3>{YEAR}) ?- ?(?P<y4>{YEAR})"
)
# "so với năm 2023" names what a report compares with, not what it is about.
_TITLE_YEAR = re.compile(rf"(?<!so voi )(?<!cung ky )(?<!cuoi )(?<!so )nam (?P<y5>{YEAR})")
_TITLE_LENGTH = 400  # characters after the word "báo cáo"


_UP_TO = re.compile("(?:tinh |luy ke )?(?:den |het )")


@dataclass(frozen=True, slots=True)
class When:
    """One time expression.

    Attributes
    ----------
    reads : str
        Which kind of expression it is: ``year``, ``years_range``, ``season``,
        ``crop_season``, ``months_of_year``, ``month``, ``quarter``, ``date``, ``whole_year``.
    period : str or None
        The period in the vocabulary of the observations, where a year is known.
    as_of : str or None
        The day of a snapshot, for dates.
    """

    reads: str
    period: str | None
    as_of: str | None = None

    def base(self, current: str | None) -> str | None:
        """Return this expression as the base of a relative figure of the period `current`."""
        period = self.period
        if period is None:
            return None
        if self.reads in ("months_of_year", "quarter", "month"):
            return _part_year_base(period, current)
        if self.reads == "crop_season":
            return "same_period_last_year"
        if self.reads == "school_year":
            return "previous_year"
        if self.reads == "season":
            return "same_period_last_year" if current and "-" in current else "previous_year"
        if self.reads == "years_range":
            return f"period:{period}"
        return f"year:{period[:4]}"


def _part_year_base(period: str, current: str | None) -> str:
    if current and period == f"{int(current[:4]) - 1}-M12" and current[5:] != "M01":
        return f"year:{period[:4]}"  # "so với tháng 12/2024": since the year began
    if period[5:6] == "M" and current and current[:4] == period[:4]:
        return "previous_month"
    return "same_period_last_year"


@lru_cache(maxsize=4096)
def read_when(phrase: str, year: int | None, period: str | None) -> When:
    """Read one folded time expression.

    Parameters
    ----------
    phrase : str
        Folded text that matched a pattern of ``rules/periods.toml``.
    year, period : int or None, str or None
        The document's own, for expressions that name no year.

    Examples
    --------
    >>> read_when("6 thang dau nam 2023", None, None).period
    '2023-6M'
    >>> read_when("cuoi nam 2023", 2024, "2024").base("2024")
    'year:2023'
    """
    if _DAY.search(phrase):
        return _date(phrase, year, period)
    years = _YEAR.findall(phrase)
    own = int(years[-1]) if years else year
    if phrase.startswith(("vu ", "lua ")):
        return _crop_season(years, year)
    if len(years) >= 2:
        reads = next((_SEASONS[first] for first in _SEASONS if phrase.startswith(first)), None)
        return When(reads or "years_range", f"{years[0]}-{years[-1]}")
    quarter = _QUARTER.search(phrase)
    if quarter:
        number = _ROMAN.get(quarter[1]) or int(quarter[1])
        if _UP_TO.match(phrase) and number > 1:  # "đến hết quý III": since the year began
            return When("months_of_year", _first_months(own, 3 * number))
        return When("quarter", f"{own}-Q{number}" if own else None)
    months = _N_MONTHS.search(phrase)
    if months:
        count = _WORD_COUNT.get(months[1]) or int(months[1])
        return When("months_of_year", _first_months(own, count))
    if phrase.endswith("trong thang"):
        return When("month", _last_month(period))
    if "thang " in phrase:
        return _month(phrase, own)
    if years and phrase[: -len(years[0])].strip(" (").endswith("nam"):
        return When("year", years[0])
    if phrase.endswith(("ca nam", "uoc nam", "trong nam", "cuoi nam", "het nam", "nam nay")):
        return When("whole_year", str(year) if year else None)
    return _date(phrase, year, period)


@lru_cache(maxsize=4096)
def period_ahead(phrase: str, year: int | None, period: str | None) -> str | None:
    """Return the period of a time expression where it ends after the document's year.

    Examples
    --------
    >>> period_ahead("nam 2025", 2024, "2024"), period_ahead("nam 2024", 2024, "2024")
    ('2025', None)
    """
    years = _YEAR.findall(phrase)
    if not years or year is None or int(years[-1]) <= year:
        return None
    return read_when(phrase, year, period).period


def _last_month(period: str | None) -> str | None:
    """Return the month that a report on the year's first months ends with."""
    if period is None or len(period) == 9:
        return None
    year, _, part = period.partition("-")
    last = {"Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}.get(part)
    last = last or (int(part.strip("M")) if part.strip("M").isdigit() else None)
    return f"{year}-M{last:02d}" if last else None


def _crop_season(years: list[str], year: int | None) -> When:
    """Read "vụ Hè Thu 2023", "vụ Đông Xuân năm trước"."""
    if not years:
        return When("crop_season", str(year - 1) if year else None)
    return When("crop_season", years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}")


def _first_months(year: int | None, count: int) -> str | None:
    if year is None or not 1 <= count <= 12:
        return None
    return str(year) if count == 12 else f"{year}-Q1" if count == 3 else f"{year}-{count}M"


def _month(phrase: str, year: int | None) -> When:
    number = int(_NUMBER.findall(phrase.split("thang ", 1)[1])[0])
    if year is None:
        return When("month", None)
    cumulative = phrase.startswith(("den", "tinh den", "luy ke"))
    return When("month", _first_months(year, number) if cumulative else f"{year}-M{number:02d}")


def _date(phrase: str, year: int | None, period: str | None) -> When:
    years = _YEAR.findall(phrase)
    year = int(years[-1]) if years else year
    numbers = _NUMBER.findall(phrase)
    if len(numbers) == 2 and len(numbers[1]) == 4:
        return When("month", f"{numbers[1]}-M{int(numbers[0]):02d}")
    if len(numbers) < 2 or year is None:
        return When("date", None)
    day, month = int(numbers[0]), int(numbers[1])
    return When("date", f"{year}", f"{year:04d}-{month:02d}-{day:02d}")


def base_of_words(payload: str, period: str | None) -> str:
    """Return the base that words such as "cùng kỳ" or "nhiệm kỳ trước" name.

    Examples
    --------
    >>> base_of_words("start_of_term", "2021-2025"), base_of_words("previous_term", "2021-2025")
    ('year:2020', 'period:2016-2020')
    """
    if payload not in ("previous_term", "start_of_term"):
        return payload
    if period is None or len(period) != 9:
        return "other"
    first, last = int(period[:4]), int(period[5:])
    if payload == "start_of_term":
        return f"year:{first if last - first == 5 else first - 1}"
    if last - first == 4:
        return f"period:{first - 5}-{first - 1}"
    return f"period:{first - (last - first)}-{first}"


def document_period(folded_head: str) -> tuple[int | None, str | None]:
    """Return year and period as the first lines of a document name them.

    Examples
    --------
    >>> document_period("bao cao ket qua 6 thang dau nam 2024")
    (2024, '2024-6M')
    """
    # The date line ("ngày 25 tháng 6 năm 2024") stands above the title and names no period.
    title = folded_head[max(0, folded_head.find("bao cao")) :][:_TITLE_LENGTH]
    match = _PART_OR_TERM.search(title)
    if match is None:
        year = _TITLE_YEAR.search(title) or _TITLE_YEAR.search(folded_head)
        return (int(year["y5"]), year["y5"]) if year else (None, None)
    if match["months"]:
        count = _WORD_COUNT.get(match["months"]) or int(match["months"])
        return int(match["y1"]), _first_months(int(match["y1"]), count)
    if match["quarter"]:
        number = _ROMAN.get(match["quarter"]) or int(match["quarter"])
        return int(match["y2"]), f"{match['y2']}-Q{number}"
    return int(match["y4"]), f"{match['y3']}-{match['y4']}"
