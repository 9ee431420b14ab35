"""Indicators, and how the phrases of reports name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hlanalysis.catalog.tables import cached, load_table, unknown
from hlanalysis.numbers import Lang


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure is about.

    Attributes
    ----------
    id, vi, en, unit, theme, definition, source : str
    phrases, never : tuple of str
        Folded words that name it, and words that make a phrase name something else.
    scopes : mapping of str to str
        Folded phrase to scope id.
    series : mapping of str to Series
    """

    id: str
    vi: str
    en: str
    unit: str
    theme: str
    phrases: tuple[str, ...]
    never: tuple[str, ...] = ()
    definition: str = ""
    source: str = ""
    scopes: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)

    def name(self, lang: Lang, series: str = "") -> str:
        """Return the name a reader sees, of the whole or of one of its series."""
        own = self.vi if lang == "vi" else self.en
        if not series:
            return own
        part = self.series.get(series)
        word = series.replace("_", " ") if part is None else part.name(lang)
        return f"{own}: {word}"


@dataclass(frozen=True, slots=True)
class Series:
    """A part of an indicator that is reported beside the whole."""

    vi: str
    en: str
    phrases: tuple[str, ...]

    def name(self, lang: Lang) -> str:
        """Return the name a reader sees."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """What a phrase names: the indicator, and the series or scope it narrows it to."""

    indicator: str
    series: str = ""
    scope: str = ""


def fold(phrase: str) -> str:
    """Return a phrase without case, diacritics and punctuation, words parted by one space.

    Examples
    --------
    >>> fold("Thu  ngân sách (trên ĐỊA bàn)")
    'thu ngan sach tren dia ban'
    """
    plain = unicodedata.normalize("NFD", phrase.casefold().replace("đ", "d").replace("ƣ", "ư"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def _folded(phrases: list[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True))


@cached
def all_indicators() -> Mapping[str, Indicator]:
    """Return every indicator of the catalogue by id."""
    return MappingProxyType(
        {name: _read(name, row) for name, row in load_table("indicators").items()}
    )


def _read(name: str, row: dict) -> Indicator:
    series = {
        part: Series(words["vi"], words["en"], _folded(words["phrases"]))
        for part, words in row.get("series", {}).items()
    }
    return Indicator(
        name,
        row["vi"],
        row["en"],
        row["unit"],
        row["theme"],
        _folded([*row["phrases"], row["vi"]]),
        _folded(row.get("never", [])),
        row.get("definition", ""),
        row.get("source", ""),
        MappingProxyType({fold(phrase): scope for phrase, scope in row.get("scope", {}).items()}),
        MappingProxyType(series),
    )


def indicator(name: str) -> Indicator:
    """Return an indicator by its id.

    Raises
    ------
    KeyError
        If the catalogue has no such indicator; the message names the nearest.
    """
    known = all_indicators()
    if name not in known:
        raise unknown("indicator", name, known)
    return known[name]


def match_indicator(phrase: str, *, within: str | None = None) -> IndicatorMatch | None:
    """Return what a phrase of a report names, or None if the catalogue does not know it.

    Parameters
    ----------
    phrase : str
        The noun phrase beside the figure.
    within : str, optional
        Indicator of the total that the figure is a part of; its series are tried first
        ("300 thông báo" under "văn bản các loại").

    Examples
    --------
    >>> match_indicator("Tổng thu ngân sách nhà nước trên địa bàn").indicator
    'budget_revenue'
    >>> match_indicator("thông báo", within="documents_issued").series
    'notices'
    """
    words = fold(phrase)
    if not words:
        return None
    return _match(words, within)


@cached
def _match(words: str, within: str | None) -> IndicatorMatch | None:
    own = _longest(words)
    if within is not None:
        part = _series_of(indicator(within), words)
        if part and (own is None or own.id == within):
            return IndicatorMatch(within, part)
    if own is None:
        return None
    scope = next((scope for key, scope in own.scopes.items() if _stands_in(key, words)), "")
    return IndicatorMatch(own.id, "" if scope else _series_of(own, words), scope)


def _longest(words: str) -> Indicator | None:
    found: tuple[int, Indicator] | None = None
    for one in all_indicators().values():
        if any(_stands_in(key, words) for key in one.never):
            continue
        length = next((len(key) for key in one.phrases if _stands_in(key, words)), 0)
        if length and (found is None or length > found[0]):
            found = (length, one)
    return found[1] if found else None


def _series_of(one: Indicator, words: str) -> str:
    found = [
        (len(key), name)
        for name, part in one.series.items()
        for key in part.phrases
        if _stands_in(key, words)
    ]
    return max(found)[1] if found else ""


def _stands_in(key: str, words: str) -> bool:
    return f" {key} " in f" {words} "


def find_indicator(phrase: str) -> str | None:
    """Return the id of the indicator that a phrase names, or None."""
    match = match_indicator(phrase)
    return match.indicator if match else None
