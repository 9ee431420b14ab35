"""Sentences with numbers in them: every number knows where it comes from.

A sentence is a text of `hlanalysis.texts` whose places are filled with values. A value that was
printed somewhere is a `Quote`; one that we computed is an `Amount` or a `Range`. Rendered as HTML
each of them is a mark that leads to its source; rendered as text it is just the number.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, TypeAlias

from hlanalysis.catalog import format_quantity, indicator, place, unit
from hlanalysis.numbers import Lang, Number, NumberFormatError, format_number, read_number
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reported import Interval
from hlanalysis.texts import has_text, text


class Value(Protocol):
    """Something that a sentence can say."""

    def write(self, lang: Lang) -> str:
        """Return it as the reader writes it."""
        ...


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure as it was printed, with its unit: keeps the printed decimals."""

    observation: Observation
    signed: bool = False
    bare: bool = False

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the observations it rests on."""
        return (self.observation.id,)

    def write(self, lang: Lang) -> str:
        """Return the printed figure in the reader's spelling."""
        row = self.observation
        if row.kind == "ratio_count" and row.denominator is not None:
            return (
                f"{format_number(row.value, lang=lang)}/{format_number(row.denominator, lang=lang)}"
            )
        number = row.value if self.signed else abs(row.value)
        if self.bare:
            return format_number(number, printed_places(row), lang=lang, signed=self.signed)
        said = format_quantity(number, row.unit, printed_places(row), lang=lang, signed=self.signed)
        if row.per:
            said += text(f"per.{row.per}", lang) if has_text(f"per.{row.per}") else f"/{row.per}"
        if row.modifier:
            said = f"{text(f'modifiers.{row.modifier}', lang)} {said}"
        return said


def printed_places(row: Observation) -> int:
    """Return the decimals that a figure was printed with, in its stored unit."""
    exponent = row.value.as_tuple().exponent
    stored = max(-exponent, 0) if isinstance(exponent, int) else 0
    try:
        printed = read_number(row.written)
    except NumberFormatError:
        return stored
    # "58 nghìn" stands as 58000: the printed decimals belong to the thousands.
    return printed.places if abs(printed.value) == abs(row.value) else stored


@dataclass(frozen=True, slots=True)
class Amount:
    """A computed number, with the observations it rests on.

    `formula` tells the reader who clicks how it was computed; `printed` says that the number itself
    stands in the source (the 63 of "55/63"), so that there is nothing to tell.
    """

    value: Number
    unit: str
    places: int | None = None
    signed: bool = False
    inferred: bool = False
    cites: tuple[str, ...] = ()
    formula: str = ""
    printed: bool = False

    def write(self, lang: Lang) -> str:
        """Return the number rounded half up, with its unit."""
        places = self.places
        if places is None:
            places = unit(self.unit).places
        return format_quantity(self.value, self.unit, places, lang=lang, signed=self.signed)


@dataclass(frozen=True, slots=True)
class Range:
    """An interval with its unit: in words for a reader, with its brackets for a check.

    Examples
    --------
    >>> seen = Range(Interval(Fraction("77.635"), Fraction("77.645"), True, False), "percent")
    >>> seen.write("en"), seen.exact("en")
    ('from 77.635% to below 77.645%', '[77.635; 77.645) %')
    """

    interval: Interval
    unit: str
    places: int | None = None
    cites: tuple[str, ...] = ()
    formula: str = ""

    def write(self, lang: Lang) -> str:
        """Return the interval in words; "above" and "below" say that an end is left out."""
        interval, found = self.interval, unit(self.unit)
        low, high = interval.ends(self.places, lang=lang)
        if low == high:
            return f"{low}{'' if found.glued else ' '}{found.name(lang)}".rstrip()
        ends = f"{'c' if interval.low_closed else 'o'}{'c' if interval.high_closed else 'o'}"
        if found.glued:
            low, high = f"{low}{found.name(lang)}", f"{high}{found.name(lang)}"
        said = text(f"words.range_{ends}", lang).format(low=low, high=high)
        return said if found.glued else f"{said} {found.name(lang)}".rstrip()

    def exact(self, lang: Lang) -> str:
        """Return the interval with open and closed ends, as formulas and tables write it."""
        word = unit(self.unit).name(lang)
        bounds = self.interval.write(self.places, lang=lang)
        return f"{bounds} {word}" if word else bounds


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an indicator, or of one of its series."""

    indicator: str
    series: str = ""
    lower: bool = False

    def write(self, lang: Lang) -> str:
        """Return the name in the reader's language."""
        if self.indicator == "unlisted":
            said = self.series
        else:
            said = indicator(self.indicator).name(lang, self.series)
        return said[:1].lower() + said[1:] if self.lower and not said[:4].isupper() else said


@dataclass(frozen=True, slots=True)
class When:
    """A period."""

    period: Period

    def write(self, lang: Lang) -> str:
        """Return its label."""
        return self.period.label(lang)


@dataclass(frozen=True, slots=True)
class Where:
    """A place."""

    place: str

    def write(self, lang: Lang) -> str:
        """Return its name."""
        return place(self.place).name(lang)


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the catalogue inside another (a rounding rule, an assumption)."""

    key: str

    def write(self, lang: Lang) -> str:
        """Return the text."""
        return text(self.key, lang)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are the same in every language: a printed phrase, a publisher."""

    words: str

    def write(self, lang: Lang) -> str:
        """Return them."""
        return self.words


Part = str | Value


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text whose numbers know their sources.

    Shown in a notebook it is a paragraph with marks; `str()` of it is plain text.

    Attributes
    ----------
    parts : tuple
        Plain strings and values, in reading order.
    lang : {"vi", "en"}
    """

    parts: tuple[Part, ...]
    lang: Lang

    def __str__(self) -> str:
        return "".join(
            part if isinstance(part, str) else part.write(self.lang) for part in self.parts
        )

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of all observations behind its numbers, in reading order, each once."""
        found = (
            name
            for part in self.parts
            if not isinstance(part, str)
            for name in getattr(part, "cites", ())
        )
        return tuple(dict.fromkeys(found))

    def html(self) -> str:
        """Return the sentence as an HTML fragment with marked numbers."""
        return "".join(marked(part, self.lang) for part in self.parts)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": f"<p>{self.html()}</p>", "text/plain": str(self)}


def marked(part: Part, lang: Lang) -> str:
    """Return a part of a sentence as HTML: a number is a mark that leads to its sources.

    A value that holds several numbers marks each of them by its own method of this name.
    """
    if isinstance(part, str):
        return html.escape(part, quote=False)
    own = getattr(part, "marked", None)
    if own is not None:
        return str(own(lang))
    said = html.escape(part.write(lang), quote=False)
    cites = getattr(part, "cites", ())
    if not cites:
        return said
    if isinstance(part, Quote) or getattr(part, "printed", False):
        return f'<a class="figure" href="#src-{cites[0]}" data-source="{cites[0]}">{said}</a>'
    kind = "inferred" if getattr(part, "inferred", False) else "computed"
    formula = html.escape(getattr(part, "formula", ""), quote=True)
    listed = " ".join(cites)
    return (
        f'<a class="figure {kind}" href="#src-{cites[0]}" data-source="{listed}"'
        f"{f' data-formula={chr(34)}{formula}{chr(34)}' if formula else ''}>{said}</a>"
    )


Values: TypeAlias = dict[str, Value | Sentence]
"""What fills the places of a text, by name."""


def say(key: str, lang: Lang, values: Mapping[str, Value | Sentence]) -> Sentence:
    """Fill a text of the catalogue with values.

    Raises
    ------
    KeyError
        If there is no such text, or it has a place for which no value was given.
    """
    return fill(text(key, lang), lang, values)


def fill(template: str, lang: Lang, values: Mapping[str, Value | Sentence]) -> Sentence:
    """Fill the places of a template with values; a sentence is set in with its marks."""
    parts: list[Part] = []
    for literal, name, _, _ in string.Formatter().parse(template):
        if literal:
            parts.append(literal)
        if name is not None:
            value = values[name]
            if isinstance(value, When) and value.period.form != "year":
                _drop_year_word(parts)
            parts += value.parts if isinstance(value, Sentence) else [value]
    return Sentence(tuple(parts), lang)


def _drop_year_word(parts: list[Part]) -> None:
    """Take "năm" away from before a period that is no year ("năm 9 tháng 2024")."""
    if parts and isinstance(parts[-1], str):
        kept = re.sub(r"\b[Nn]ăm $", "", parts[-1])
        parts[-1:] = [kept] if kept else []


def join(sentences: Iterable[Sentence], lang: Lang) -> Sentence:
    """Put sentences into one paragraph."""
    parts: list[Part] = []
    for sentence in sentences:
        if parts:
            parts.append(" ")
        parts += sentence.parts
    return Sentence(tuple(parts), lang)


def percent(fraction: Fraction | Decimal | float | int) -> Fraction:
    """Return a fraction as percent, exactly, for a reader."""
    from hlanalysis.numbers import to_fraction

    return to_fraction(fraction) * 100
