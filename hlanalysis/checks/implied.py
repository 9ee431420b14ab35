"""The level that a report does not print but its figures imply: a plan, or last year's level.

"222,044 tỷ đồng, tăng 77,64% so với kế hoạch" leaves room only for a plan between 124.993 and
125.0004. The interval is exact for a rounding rule; the roundest number in it is a candidate, with
the chance that so round a number falls there by accident. An implied base is always *inferred*:
it is never shown as a reported figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from hlanalysis.checks.relations import CHANGE_KINDS, base_from, period_of_base, relates
from hlanalysis.numbers import Number
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reported import RULES, Interval, RoundValue, Rule, evaluate, roundest_in
from hlanalysis.wording import Amount, Range

Bound = Literal["", "over", "under"]
_BOUNDS: dict[str, Bound] = {
    "over": "over",
    "at_least": "over",
    "under": "under",
    "at_most": "under",
}
GOOD_EVIDENCE = Fraction(5, 100)
"""A candidate counts as evidence where chance would put so round a number there in fewer than
one case of twenty; with 1.067 jobs and 25% the interval is so wide that any number fits."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A base that two printed figures imply under one reading of their digits.

    Attributes
    ----------
    interval : Interval
        Every base that gives the printed figures, in `unit`.
    candidate : RoundValue or None
        The roundest number inside, with the chance of a coincidence; None for a bound.
    rule : {"half_up", "half_even", "truncated"}
        How both figures were shortened.
    exact : bool
        Whether the level was read as exact.
    unit : str
    level, relative : Observation
        The two printed figures.
    period : Period or None
        The period of the base.
    bound : {"", "over", "under"}
        Where a printed figure is only a bound ("hơn 70"), so is the base: it lies over (under)
        the interval.
    """

    interval: Interval
    candidate: RoundValue | None
    rule: Rule
    exact: bool
    unit: str
    level: Observation
    relative: Observation
    period: Period | None
    bound: Bound = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the two figures."""
        return (self.level.id, self.relative.id)

    @property
    def is_telling(self) -> bool:
        """Whether the candidate is so round that chance hardly explains it."""
        return self.candidate is not None and self.candidate.chance < GOOD_EVIDENCE

    def fits(self, base: Number) -> bool:
        """Tell whether a base, in `unit`, gives the printed figures under this reading."""
        if self.bound == "over":
            return base > self.interval.low or base in self.interval
        if self.bound == "under":
            return base < self.interval.high or base in self.interval
        return base in self.interval

    def range(self) -> Range:
        """Return the interval for a sentence."""
        return Range(self.interval, self.unit, cites=self.cites)

    def amount(self) -> Amount:
        """Return the candidate (the middle where there is none) for a sentence, inferred."""
        if self.candidate is not None:
            value = self.candidate.value
            places = max(-int(value.as_tuple().exponent), 0)
            return Amount(value, self.unit, places, inferred=True, cites=self.cites)
        middle = (self.interval.low + self.interval.high) / 2
        return Amount(middle, self.unit, inferred=True, cites=self.cites)


@lru_cache(maxsize=4096)
def implied_base(
    level: Observation,
    relative: Observation,
    rule: Rule = "half_up",
    exact: bool | None = None,
) -> Implied:
    """Return the base that a level and a relative figure imply.

    Parameters
    ----------
    level : Observation
        The level that the relative figure qualifies.
    relative : Observation
        Its plan_attainment, plan_excess, growth, index or share.
    rule : {"half_up", "half_even", "truncated"}
        How both were shortened.
    exact : bool, optional
        Read the level as exact (True) or as shortened (False); by default counts are exact and
        money and rates are not.

    Returns
    -------
    Implied

    Raises
    ------
    ValueError
        If the two do not determine a base: unlike kinds or units, a range, "about", bounds that
        pull both ways, or a figure that would divide by zero.
    """
    if not relates(level, relative):
        raise ValueError(
            f"{relative.kind} in {relative.unit} and {level.kind} in {level.unit} "
            "do not determine a base"
        )
    bound = _bound_of_base(level, relative)
    # "hơn 70" was not rounded up to 70: what it bounds begins at 70.
    level_bounds = level.interval(rule, exact=True if level.is_bound else exact)
    figure_bounds = relative.interval(rule)
    _check_divisor(relative, figure_bounds)
    interval = evaluate(base_from(relative, level.unit), level_bounds, figure_bounds)
    return Implied(
        interval,
        None if bound else roundest_in(interval),
        rule,
        level_bounds.width == 0,
        level.unit,
        level,
        relative,
        period_of_base(relative),
        bound,
    )


def implied_readings(level: Observation, relative: Observation) -> list[Implied]:
    """Return the implied base under every rounding rule, the level read as exact and as rounded.

    A counted level has no rounded reading. Empty where no base is determined.
    """
    try:
        counted = implied_base(level, relative).exact
        readings = (True,) if counted else (True, False)
        return [implied_base(level, relative, rule, exact) for exact in readings for rule in RULES]
    except ValueError:
        return []


def rules_that_admit(readings: list[Implied], base: Number) -> list[Implied]:
    """Return the readings under which a base gives the printed figures."""
    return [one for one in readings if one.fits(base)]


def _bound_of_base(level: Observation, relative: Observation) -> Bound:
    for row in (level, relative):
        if row.value_max is not None or row.modifier == "about":
            raise ValueError(f"{row.written} ({row.id}) is no single figure")
    upper, lower = _BOUNDS.get(level.modifier, ""), _BOUNDS.get(relative.modifier, "")
    # A larger relative figure means a smaller base.
    flipped: Bound = "under" if lower == "over" else "over" if lower == "under" else ""
    if upper and flipped and upper != flipped:
        raise ValueError(f"the bounds of {level.id} and {relative.id} pull both ways")
    return upper or flipped


def _check_divisor(relative: Observation, figure: Interval) -> None:
    if relative.unit not in ("percent", "per_mille", "times"):
        return
    floor = Fraction(0)
    if relative.kind in CHANGE_KINDS and relative.unit != "times":
        floor = Fraction(-100 if relative.unit == "percent" else -1000)
    if figure.low <= floor:
        raise ValueError(f"{relative.written} {relative.unit} ({relative.id}) divides by zero")
