"""Periods of official reporting: parse, order, name.

One spelling each: ``2024`` (a year), ``2024-6M`` (its first six months together), ``2024-Q1``
(a quarter), ``2024-M09`` (a month alone), ``2021-2025`` (years together, a school year, a crop
season).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

from hlanalysis.numbers import Lang

Form = Literal["year", "months", "quarter", "month", "half", "span"]
_SPELLED = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<months>\d{1,2})M|Q(?P<quarter>[1-4])|M(?P<month>\d{2})"
    r"|H(?P<half>[12])|(?P<span>\d{4})))?",
    re.ASCII,
)
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_ENGLISH_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of months that a figure covers.

    Attributes
    ----------
    year : int
        The (first) year.
    form : {"year", "months", "quarter", "month", "half", "span"}
    number : int
        Months counted from January, the quarter, month or half, or the last year of a span.

    Examples
    --------
    >>> Period.parse("2024-6M").label("vi"), Period.parse("2024-Q3").label("en")
    ('6 tháng 2024', 'Q3 2024')
    >>> sorted(map(Period.parse, ["2024", "2024-6M", "2023"]))[0].label("en")
    '2023'
    """

    year: int
    form: Form = "year"
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period in its one spelling.

        Raises
        ------
        ValueError
            If the text is no period, or names a month or year that cannot be.
        """
        match = _SPELLED.fullmatch(text)
        if match is None:
            raise ValueError(
                f"{text!r} is no period; expected 2024, 2024-6M, 2024-Q1, 2024-M09 or 2021-2025"
            )
        form = match.lastgroup
        if form == "year" or form is None:
            return cls(int(match["year"]))
        number = int(match[form])
        period = cls(int(match["year"]), form, number)  # type: ignore[arg-type]
        if form in ("months", "month") and not 1 <= number <= 12:
            raise ValueError(f"{text!r} has no month {number}; expected 1 to 12")
        if form == "span" and number <= period.year:
            raise ValueError(f"{text!r} ends before it begins")
        return period

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, counted from year 0, both inside."""
        january = self.year * 12
        first, last = {
            "year": (0, 11),
            "months": (0, self.number - 1),
            "quarter": (3 * self.number - 3, 3 * self.number - 1),
            "month": (self.number - 1, self.number - 1),
            "half": (6 * self.number - 6, 6 * self.number - 1),
            "span": (0, (self.number - self.year) * 12 + 11),
        }[self.form]
        return january + first, january + last

    @property
    def last_year(self) -> int:
        """The calendar year in which the period ends."""
        return self.months[1] // 12

    @property
    def is_full_year(self) -> bool:
        """Whether the period is exactly one calendar year."""
        first, last = self.months
        return first % 12 == 0 and last - first == 11

    @property
    def full_year(self) -> Period:
        """The calendar year that holds the end of the period."""
        return Period(self.last_year)

    def back(self, years: int = 1) -> Period:
        """Return the same part of an earlier year."""
        number = self.number - years if self.form == "span" else self.number
        return Period(self.year - years, self.form, number)

    def label(self, lang: Lang = "vi") -> str:
        """Name the period for a reader."""
        year, number = self.year, self.number
        if self.form == "year":
            return str(year)
        if self.form == "span":
            return f"{year}-{number}"
        if lang == "vi":
            return {
                "months": f"{number} tháng {year}",
                "quarter": f"quý {_ROMAN.get(number, number)}/{year}",
                "month": f"tháng {number}/{year}",
                "half": f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}",
            }[self.form]
        return {
            "months": f"{number}M {year}",
            "quarter": f"Q{number} {year}",
            "month": f"{_ENGLISH_MONTHS[(number - 1) % 12]} {year}",
            "half": f"H{number} {year}",
        }[self.form]

    def __lt__(self, other: Period) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, str]:
        first, last = self.months
        return last, first, self.form

    def __str__(self) -> str:
        mark = {"months": "{0}M", "quarter": "Q{0}", "month": "M{0:02d}", "half": "H{0}"}
        if self.form == "year":
            return str(self.year)
        return f"{self.year}-{mark.get(self.form, '{0}').format(self.number)}"


def base_period(period: Period, base: str) -> Period | None:
    """Return the period that a base names, seen from the period of the figure.

    Parameters
    ----------
    period : Period
    base : str
        ``previous_year``, ``same_period_last_year``, ``year:2023``, ``period:2016-2020``,
        ``previous_month``, ``start_of_year`` or ``plan``.

    Returns
    -------
    Period or None
        None for ``plan``, and where the base is a moment (``start_of_year``) whose level is that
        of the end of the year before.

    Examples
    --------
    >>> str(base_period(Period.parse("2024-6M"), "same_period_last_year"))
    '2023-6M'
    """
    if base in ("previous_year", "same_period_last_year"):
        return period.back()
    if base.startswith(("year:", "period:")):
        return Period.parse(base.partition(":")[2])
    if base == "previous_month" and period.form == "month":
        if period.number > 1:
            return Period(period.year, "month", period.number - 1)
        return Period(period.year - 1, "month", 12)
    return None
