"""What a planner thinks a lever may be, in words: "từ 80 đến 150, thường là 120"."""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang, NumberFormatError, format_number, parse_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Distribution(ABC):
    """Values a lever may take, in the lever's own unit."""

    @abstractmethod
    def from_normal(self, z: Array) -> Array:
        """Turn standard normal draws into values; correlation of the draws is kept in rank."""

    @abstractmethod
    def ends(self) -> tuple[float, float]:
        """Return the lowest and highest possible value; infinite where there is none."""

    @abstractmethod
    def say(self, lang: Lang = "vi") -> str:
        """Return the distribution in a planner's words."""


@dataclass(frozen=True)
class Triangular(Distribution):
    """Nothing outside `low` to `high`; most often near `mode`."""

    low: float
    mode: float
    high: float

    def from_normal(self, z: Array) -> Array:
        """Return values by the inverse of the cumulative probability."""
        import numpy as np
        from scipy.special import ndtr

        share = ndtr(z)
        width, rise, fall = self.high - self.low, self.mode - self.low, self.high - self.mode
        left = self.low + np.sqrt(share * (width * rise))
        right = self.high - np.sqrt((1.0 - share) * (width * fall))
        return np.where(share * width < rise, left, right)

    def ends(self) -> tuple[float, float]:
        """Return the hard ends."""
        return self.low, self.high

    def say(self, lang: Lang = "vi") -> str:
        """Return the words it was written in."""
        low, mode, high = (
            format_number(one, lang=lang) for one in (self.low, self.mode, self.high)
        )
        if lang == "vi":
            return f"từ {low} đến {high}, thường là {mode}"
        return f"from {low} to {high}, usually {mode}"


@dataclass(frozen=True)
class Uniform(Distribution):
    """Every value from `low` to `high` alike."""

    low: float
    high: float

    def from_normal(self, z: Array) -> Array:
        """Return values by the cumulative probability."""
        from scipy.special import ndtr

        return self.low + (self.high - self.low) * ndtr(z)

    def ends(self) -> tuple[float, float]:
        """Return the hard ends."""
        return self.low, self.high

    def say(self, lang: Lang = "vi") -> str:
        """Return the words it was written in."""
        low, high = format_number(self.low, lang=lang), format_number(self.high, lang=lang)
        return f"từ {low} đến {high}" if lang == "vi" else f"from {low} to {high}"


@dataclass(frozen=True)
class Normal(Distribution):
    """Around `mean`; two times in three within `spread` of it."""

    mean: float
    spread: float

    def from_normal(self, z: Array) -> Array:
        """Return values by stretching and shifting."""
        return self.mean + self.spread * z

    def ends(self) -> tuple[float, float]:
        """Return no ends."""
        return -math.inf, math.inf

    def say(self, lang: Lang = "vi") -> str:
        """Return the words it was written in."""
        mean, spread = format_number(self.mean, lang=lang), format_number(self.spread, lang=lang)
        return (
            f"khoảng {mean}, xê dịch {spread}"
            if lang == "vi"
            else f"about {mean}, give or take {spread}"
        )


@dataclass(frozen=True)
class TwoPiece(Distribution):
    """Two normal halves around `mode`: 8 times in 10 between `low` and `high`."""

    low: float
    mode: float
    high: float

    @cached_property
    def spreads(self) -> tuple[float, float]:
        """Spread below and above the mode, so that `low` and `high` are the outer tenths."""
        from scipy.special import ndtri

        below, above = (self.mode - self.low) / 1.28, (self.high - self.mode) / 1.28
        for _ in range(200):
            total = below + above
            below = (self.low - self.mode) / ndtri(min(0.1 * total / (2 * below), 0.49))
            above = (self.high - self.mode) / -ndtri(min(0.1 * total / (2 * above), 0.49))
        return float(below), float(above)

    def from_normal(self, z: Array) -> Array:
        """Return values by the inverse of the cumulative probability."""
        import numpy as np
        from scipy.special import ndtr, ndtri

        below, above = self.spreads
        total, share = below + above, ndtr(z)
        left = ndtri(np.minimum(share * total / (2 * below), 0.5))
        right = -ndtri(np.minimum((1.0 - share) * total / (2 * above), 0.5))
        return np.where(share * total < below, self.mode + below * left, self.mode + above * right)

    def ends(self) -> tuple[float, float]:
        """Return no ends."""
        return -math.inf, math.inf

    def say(self, lang: Lang = "vi") -> str:
        """Return the words it was written in."""
        low, mode, high = (
            format_number(one, lang=lang) for one in (self.low, self.mode, self.high)
        )
        if lang == "vi":
            return f"8 trên 10 lần từ {low} đến {high}, thường là {mode}"
        return f"8 in 10 times from {low} to {high}, usually {mode}"


_FIGURE = r"([+\-−]?\d[\d.,]*\d|[+\-−]?\d)\s*(?:[^\s,;\d][^,;\d]*?)?"
_RANGE = rf"(?:từ|from)\s+{_FIGURE}\s*(?:đến|tới|to)\s+{_FIGURE}"
_MODE = rf"\s*[,;]?\s*(?:thường là|thường|nhiều khả năng là|usually|most often)\s+{_FIGURE}"
_EIGHT = r"(?:(?:khoảng\s+)?8\s*(?:trên|/)\s*10\s*lần|8\s+(?:in|out of)\s+10\s+times)\s*[,:]?\s*"
_PATTERNS = (
    (re.compile(rf"{_EIGHT}{_RANGE}{_MODE}\s*\.?", re.I), "two_piece"),
    (re.compile(rf"{_RANGE}{_MODE}\s*\.?", re.I), "triangular"),
    (re.compile(rf"{_RANGE}\s*\.?", re.I), "uniform"),
    (
        re.compile(
            rf"(?:khoảng|about)\s+{_FIGURE}\s*[,;]?\s*"
            rf"(?:xê dịch|sai số|cộng trừ|give or take|±)\s*{_FIGURE}\s*\.?",
            re.I,
        ),
        "normal",
    ),
)


def read_distribution(text: str, lever: str = "lever") -> Distribution:
    """Read a distribution in a planner's words.

    Parameters
    ----------
    text : str
        "từ 80 đến 150, thường là 120" (nothing outside), "từ 80 đến 150" (all alike),
        "8 trên 10 lần từ 80 đến 150, thường là 120" (tails outside),
        "khoảng 120, xê dịch 10" (two times in three within 10); or the same in English.
    lever : str
        What the message calls it.

    Raises
    ------
    InputError
        If the words are not understood or contradict each other.

    Examples
    --------
    >>> read_distribution("từ 80 đến 150, thường là 120")
    Triangular(low=80.0, mode=120.0, high=150.0)
    >>> read_distribution("khoảng 77,64, xê dịch 2,5")
    Normal(mean=77.64, spread=2.5)
    """
    folded = " ".join(text.split())
    for pattern, kind in _PATTERNS:
        match = pattern.fullmatch(folded)
        if match:
            return _build(kind, [_figure(part, lever) for part in match.groups()], lever, text)
    raise InputError(
        f"distribution of {lever}",
        repr(text),
        '"từ 80 đến 150, thường là 120" or "from 80 to 150, usually 120"',
        'also understood: "từ 80 đến 150", "khoảng 120, xê dịch 10", '
        '"8 trên 10 lần từ 80 đến 150, thường là 120"',
    )


def _figure(text: str, lever: str) -> float:
    try:
        return float(parse_number(text.rstrip(".,")))
    except NumberFormatError as error:
        raise InputError(
            f"distribution of {lever}", repr(text), "a number such as 77,64"
        ) from error


def _build(kind: str, figures: list[float], lever: str, text: str) -> Distribution:
    if kind == "normal":
        if figures[1] <= 0:
            raise InputError(f"distribution of {lever}", repr(text), "a spread above 0")
        return Normal(figures[0], figures[1])
    low, high = figures[:2]
    mode = figures[2] if len(figures) > 2 else low
    if not low < high or not low <= mode <= high:
        raise InputError(
            f"distribution of {lever}", repr(text), "low < high, and the usual between"
        )
    if kind == "uniform":
        return Uniform(low, high)
    if kind == "two_piece":
        if mode in (low, high):
            raise InputError(f"distribution of {lever}", repr(text), "low < usual < high")
        return TwoPiece(low, mode, high)
    return Triangular(low, mode, high)
