"""What a printed number can stand for: exact bounds, open or closed.

A figure printed as 77,64 was rounded, so the value behind it lies in [77.635, 77.645) if it was
rounded half up, and in [77.64, 77.65) if it was cut off. Bounds are exact fractions and every
end is open or closed; formulas are evaluated at the corners of their inputs, so an input used
twice does not widen the result.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from hlanalysis.numbers import Lang, Number, format_number, read_number, round_half_up, to_fraction

Rule = Literal["half_up", "half_even", "truncated"]
RULES: tuple[Rule, ...] = ("half_up", "half_even", "truncated")
COUNTS = frozenset({"count", "persons", "households", "visits", "days"})
"""Units whose whole numbers were counted, not measured: a printed count is exact."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value between two exact bounds; each end belongs to it or not.

    Attributes
    ----------
    low, high : Fraction
    low_closed, high_closed : bool

    Examples
    --------
    >>> print(Interval(Fraction(1), Fraction(2), True, False))
    [1; 2)
    """

    low: Fraction
    high: Fraction
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"interval from {self.low} to {self.high} runs backwards")

    def __contains__(self, value: Number) -> bool:
        exact = to_fraction(value)
        above = exact > self.low or (self.low_closed and exact == self.low)
        below = exact < self.high or (self.high_closed and exact == self.high)
        return above and below

    @property
    def width(self) -> Fraction:
        """Distance from end to end."""
        return self.high - self.low

    def overlaps(self, other: Interval) -> bool:
        """Tell whether some value lies in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and low in self and low in other)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_closed, self.low_closed)

    def __str__(self) -> str:
        return self.write(lang="en")

    def write(self, places: int | None = None, *, lang: Lang = "vi") -> str:
        """Write the interval so that its ends never round across a value that it excludes.

        Without `places`, enough digits are printed to keep the ends apart by two digits.
        """
        low, high = self.ends(places, lang=lang)
        opening = "[" if self.low_closed else "("
        return f"{opening}{low}; {high}{']' if self.high_closed else ')'}"

    def ends(self, places: int | None = None, *, lang: Lang = "vi") -> tuple[str, str]:
        """Return both ends as a reader writes them, with digits enough to tell them apart."""
        if places is None:
            places = _telling_places(self)
        while places < 9 and self.low < self.high and _look_alike(self, places):
            places += 1
        low, high = (format_number(end, places, lang=lang) for end in (self.low, self.high))
        return low, high


def _look_alike(interval: Interval, places: int) -> bool:
    return round_half_up(interval.low, places) == round_half_up(interval.high, places)


def _telling_places(interval: Interval) -> int:
    for places in range(7):
        if all(10**places % end.denominator == 0 for end in (interval.low, interval.high)):
            return places
    places, width = 1, interval.width
    while width and width * Fraction(10) ** places < 100 and places < 9:
        places += 1
    # (124.993; 125) would hide that 125 lies inside (124.99282; 125.00042).
    while places < 9 and _ends_mislead(interval, places):
        places += 1
    return places


def _ends_mislead(interval: Interval, places: int) -> bool:
    ends = (interval.low, interval.high)
    return any(
        end != to_fraction(shown) and to_fraction(shown).denominator == 1
        for end in ends
        for shown in [round_half_up(end, places)]
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """A printed number with its unit and the rule that shortened it.

    Parameters
    ----------
    written : str
        The printed characters, trailing zeros included.
    unit : str
        Canonical unit id. Whole counts are exact; money and rates are rounded at their last digit.
    rule : {"half_up", "half_even", "truncated"}
    exact : bool, optional
        Take the number as exact although its unit can be rounded (1.290 tỷ read as 1290).

    Examples
    --------
    >>> print(Reported("77,64", "percent").interval)
    [77.635; 77.645)
    >>> print(Reported("-2,7", "percent", rule="truncated").interval)
    (-2.8; -2.7]
    >>> print(Reported("1.067", "persons").interval)
    [1,067; 1,067]
    """

    written: str
    unit: str
    rule: Rule = "half_up"
    exact: bool | None = None

    @property
    def value(self) -> Decimal:
        """The printed value."""
        return read_number(self.written).value

    @property
    def is_exact(self) -> bool:
        """Whether the number stands for itself alone."""
        if self.exact is not None:
            return self.exact
        return self.unit in COUNTS and read_number(self.written).places == 0

    @property
    def interval(self) -> Interval:
        """All values that print as this number under its rule."""
        number = read_number(self.written)
        value, step = to_fraction(number.value), to_fraction(number.step)
        if self.is_exact:
            return Interval(value, value)
        negative = value < 0 or self.written.strip().startswith(("-", "\u2212"))
        bounds = _rounded_to(abs(value), step, self.rule)
        return -bounds if negative else bounds

    def with_rule(self, rule: Rule) -> Reported:
        """Return the same print under another rounding rule."""
        return Reported(self.written, self.unit, rule, self.exact)

    def taken_exactly(self) -> Reported:
        """Return the same print read as exact."""
        return Reported(self.written, self.unit, self.rule, True)


def _rounded_to(value: Fraction, step: Fraction, rule: Rule) -> Interval:
    half = step / 2
    if rule == "truncated":
        return Interval(value, value + step, True, False)
    if rule == "half_even":
        even = (value / step).numerator % 2 == 0
        return Interval(value - half, value + half, even, even)
    return Interval(value - half, value + half, True, False)


def evaluate(formula: Callable[..., Fraction], *inputs: Interval) -> Interval:
    """Evaluate a formula over intervals, exactly, at the corners of its inputs.

    Parameters
    ----------
    formula : callable
        Plain arithmetic on fractions, monotone in each input over the given intervals.
    *inputs : Interval

    Returns
    -------
    Interval
        An end is closed only if every corner input that makes it belongs to its interval.

    Examples
    --------
    >>> revenue, excess = Reported("222,044", "bn_vnd"), Reported("77,64", "percent")
    >>> print(evaluate(lambda a, r: a / (1 + r / 100), revenue.interval, excess.interval))
    (124.99282; 125.00042)
    """
    corners: dict[Fraction, bool] = {}
    ends = [((one.low, one.low_closed), (one.high, one.high_closed)) for one in inputs]
    for corner in itertools.product(*ends):
        result = formula(*(value for value, _ in corner))
        # An input that does not move the result at this corner does not open the end.
        closed = all(closed for _, closed in corner)
        corners[result] = corners.get(result, False) or closed
    low, high = min(corners), max(corners)
    return Interval(low, high, corners[low], corners[high])


@dataclass(frozen=True, slots=True)
class RoundValue:
    """The roundest number inside an interval, and how easily chance would put one there.

    Attributes
    ----------
    value : Decimal
    step : Decimal
        1, 2 or 5 times a power of ten, or 25, 250, ...: the roundness of the value.
    chance : Fraction
        Width of the interval over the step, at most 1: the chance that a multiple of the step
        falls inside by accident.
    """

    value: Decimal
    step: Decimal
    chance: Fraction


def roundest_in(interval: Interval) -> RoundValue | None:
    """Return the multiple of the roundest step that lies in an interval.

    Examples
    --------
    >>> plan = roundest_in(Interval(Fraction("124.9928"), Fraction("125.0004"), False, False))
    >>> print(plan.value, plan.step, format_number(plan.chance * 100, 2, lang="en"))
    125 25 0.03
    """
    if interval.width == 0:
        return None
    power = len(str(int(abs(interval.high)) or 1))
    # From the roundest down: 500, 250, 200, 100, 50, ... without building the whole ladder.
    steps = (
        lead * Fraction(10) ** exponent
        for exponent in range(power - 1, -10, -1)
        for lead in (Fraction(5), Fraction(5, 2), Fraction(2), Fraction(1))
    )
    for step in steps:
        candidate = _multiple_inside(interval, step)
        if candidate is not None:
            chance = min(Fraction(1), interval.width / step)
            return RoundValue(_decimal(candidate), _decimal(step), chance)
    return None


def _multiple_inside(interval: Interval, step: Fraction) -> Fraction | None:
    first = interval.low // step * step
    for value in (first, first + step):
        if value in interval and value != 0:
            return value
    return None


def _decimal(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    whole = exact.to_integral_value()
    return whole if exact == whole else exact.normalize()
