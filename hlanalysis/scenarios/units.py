"""Units inside a model: what may be added to what, and how printed figures become the model's.

Inside equations money counts in tỷ đồng, rates and shares as fractions (12% is 0.12), land in
hectares. A unit is written as a planner writes it: "tỷ đồng", "%", "triệu đồng/người", "năm".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from hlanalysis.catalog import unit as catalogue_unit
from hlanalysis.catalog.tables import load_table
from hlanalysis.numbers import Lang, Number
from hlanalysis.scenarios.problems import nearest

# The unit each dimension is counted in inside equations: figures of a town then lie near 1 to
# 10 000, where the tolerance of comparisons (1e-9) is far below anything anyone can measure.
_INSIDE = {
    "money_vnd": "bn_vnd", "money_usd": "m_usd", "rate": "times", "area": "ha",
    "volume": "m3", "length": "km", "mass": "tonnes",
}  # fmt: skip
# Money of different prices is not alike: "tỷ đồng (giá 2010)" does not add to "tỷ đồng".
_PRICES = re.compile(r"(.+?)\s*\(\s*((?:giá\s|[^()]*\bprices)[^()]*)\)", re.I)
_PLAIN_WORDS = frozenset({"", "number", "số", "hệ số", "chỉ số", "index", "ratio", "fraction"})
_YEAR_WORDS = frozenset({"năm", "year", "years"})
_NO_DIMENSION = frozenset({"rate", "rate_difference"})

Dimension = tuple[tuple[str, int], ...]
PLAIN: Dimension = ()
YEAR: Dimension = (("year", 1),)


@dataclass(frozen=True, slots=True)
class ModelUnit:
    """A unit as written, what it measures, and its size in the unit used inside equations.

    Attributes
    ----------
    written : str
        As the model file has it.
    vi, en : str
        As a reader sees it.
    dimension : tuple of (str, int)
        Empty for plain numbers and rates.
    factor : Fraction
        One of this unit in the unit used inside equations; 1/100 for percent.
    places : int
        Decimals of a computed value.
    """

    written: str
    vi: str
    en: str
    dimension: Dimension
    factor: Fraction
    places: int

    def name(self, lang: Lang) -> str:
        """Return the word a reader sees."""
        return self.vi if lang == "vi" else self.en

    @property
    def shown_places(self) -> int:
        """Decimals of a result: one for things counted, since models compute parts of them."""
        return 1 if self.dimension == (("count", 1),) else self.places

    @property
    def is_percent(self) -> bool:
        """Whether figures are written in percent."""
        return self.dimension == PLAIN and self.factor == Fraction(1, 100)

    def inside(self, value: Number) -> float:
        """Return a written value as equations count it, by the one operation every runtime uses."""
        up, down = self.scale
        return float(value) * up if down == 1 else float(value) / down * up

    def inside_array(self, values: Any) -> Any:
        """Return written values of an array as equations count them; itself if they are alike."""
        up, down = self.scale
        values = values if down == 1 else values / down
        return values if up == 1 else values * up

    def outside(self, value: float) -> float:
        """Return a value of the equations in this unit."""
        up, down = self.scale
        return value / up if down == 1 else value * down / up

    @property
    def scale(self) -> tuple[int, int]:
        """Return (up, down): inside = written * up / down, and one of them is 1 as a rule."""
        return self.factor.numerator, self.factor.denominator


class UnknownUnitError(ValueError):
    """A unit word that is not in the catalogue; `hint` names the nearest."""

    def __init__(self, word: str, hint: str) -> None:
        super().__init__(word)
        self.word, self.hint = word, hint


@cache
def read_unit(written: str) -> ModelUnit:
    """Read a unit, simple or with one "/" such as "triệu đồng/người".

    Raises
    ------
    UnknownUnitError
        With the nearest known word.

    Examples
    --------
    >>> read_unit("triệu đồng/người").factor
    Fraction(1, 1000)
    >>> read_unit("%").inside(77.64), read_unit("%").outside(0.7764)
    (0.7764, 77.64)
    >>> read_unit("tỷ đồng (giá 2010)").dimension == read_unit("tỷ đồng").dimension
    False
    """
    text = " ".join(unicodedata.normalize("NFC", written).split())
    top, *below = [part.strip() for part in text.split("/")]
    parts = [_atom(top, written), *(_atom(one, written) for one in below)]
    if len(parts) == 1:
        return parts[0]
    words = [top, *below]
    vi = "/".join(part.vi or word for part, word in zip(parts, words, strict=True))
    en = "/".join(part.en or word for part, word in zip(parts, words, strict=True))
    dimension = {name: power for name, power in parts[0].dimension}
    factor = parts[0].factor
    for part in parts[1:]:
        factor /= part.factor
        dimension = _combine(dimension, part.dimension, -1)
    return ModelUnit(written, vi, en, _pack(dimension), factor, max(1, parts[0].places))


def _atom(word: str, whole: str) -> ModelUnit:
    priced = _PRICES.fullmatch(word)
    if priced:
        bare, prices = _atom(priced[1], whole), priced[2].strip()
        dimension = tuple((f"{name} ({prices})", power) for name, power in bare.dimension)
        vi, en = (f"{name} ({prices})" for name in (bare.vi, bare.en))
        return ModelUnit(whole, vi, en, dimension, bare.factor, bare.places)
    folded = word.casefold()
    if folded in _PLAIN_WORDS:
        return ModelUnit(whole, "", "", PLAIN, Fraction(1), 2)
    if folded in _YEAR_WORDS:
        return ModelUnit(whole, "năm", "year", YEAR, Fraction(1), 0)
    known = word_ids()
    if folded not in known:
        raise UnknownUnitError(word, _unit_hint(word, [*known, "năm"]))
    one = catalogue_unit(known[folded])
    if one.dimension in _NO_DIMENSION:
        return ModelUnit(whole, one.vi, one.en, PLAIN, one.factor, one.places)
    inside = catalogue_unit(_INSIDE[one.dimension]).factor if one.dimension in _INSIDE else 1
    dimension = ((one.dimension, 1),)
    return ModelUnit(whole, one.vi, one.en, dimension, one.factor / Fraction(inside), one.places)


def _unit_hint(word: str, known: list[str]) -> str:
    close = nearest(word, known)
    if close.endswith("?"):
        return close
    return (
        'for things counted write "count" ("người/count"), for a plain number ""; '
        "money: tỷ đồng, triệu đồng; others: docs/equations.md, Units"
    )


@cache
def word_ids() -> Mapping[str, str]:
    """Map every word of the catalogue, and its id, to the id."""
    words: dict[str, str] = {}
    for name in load_table("units"):
        one = catalogue_unit(name)
        for word in (name, one.vi, one.en):
            if word:
                words.setdefault(word.casefold(), name)
    words.setdefault("phần trăm", "percent")
    words.setdefault("tỷ", "bn_vnd")
    words.setdefault("tỉ đồng", "bn_vnd")
    return words


def _combine(first: Mapping[str, int], second: Dimension, sign: int) -> dict[str, int]:
    whole = dict(first)
    for name, power in second:
        whole[name] = whole.get(name, 0) + sign * power
    return whole


def _pack(dimension: Mapping[str, int]) -> Dimension:
    return tuple(sorted((name, power) for name, power in dimension.items() if power))


def times(first: Dimension, second: Dimension, sign: int = 1) -> Dimension:
    """Return the dimension of a product, or of a quotient with `sign` -1."""
    return _pack(_combine(dict(first), second, sign))


def to_power(dimension: Dimension, power: int) -> Dimension:
    """Return the dimension of a whole power."""
    return _pack({name: one * power for name, one in dimension})


_DIMENSION_WORDS = {
    "money_vnd": "tỷ đồng", "money_usd": "triệu USD", "year": "năm", "area": "ha",
    "persons": "người", "households": "hộ", "mass": "tấn", "volume": "m³", "length": "km",
    "score": "điểm", "visits": "lượt", "time": "ngày", "energy": "kWh", "freight": "tấn.km",
}  # fmt: skip


def describe(dimension: Dimension, lang: Lang = "vi") -> str:
    """Return a dimension in a planner's words.

    Examples
    --------
    >>> describe((("money_vnd", 1), ("persons", -1))), describe(())
    ('tỷ đồng/người', 'a plain number or %')
    """
    if not dimension:
        return "a plain number or %"
    top = [_power_word(name, power, lang) for name, power in dimension if power > 0]
    below = [_power_word(name, -power, lang) for name, power in dimension if power < 0]
    return "·".join(top or ["1"]) + "".join(f"/{word}" for word in below)


def _power_word(name: str, power: int, lang: Lang) -> str:
    bare, sign, prices = name.partition(" (")
    known = _DIMENSION_WORDS.get(bare, bare)
    word = (read_unit(known).name(lang) or known) + sign + prices
    return word if power == 1 else f"{word}^{power}"
