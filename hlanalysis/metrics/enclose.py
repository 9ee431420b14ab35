"""Bounds of a computed number, from the bounds of the printed figures it rests on.

The formula's tree is run over intervals together with its slopes. Where the slope in an input keeps
its sign, the result moves one way with that input and its ends lie at the input's ends: the bounds
are exact, open and closed ends included, and an input used twice does not widen them. Where a slope
changes sign inside the box the bounds are safe but may be wider than need be. Roots and logarithms
are no fractions: their bounds are rounded outwards to `DIGITS` significant digits.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from fractions import Fraction
from typing import Any, TypeAlias

from hlanalysis.errors import InputError
from hlanalysis.metrics.arithmetic import log, root
from hlanalysis.metrics.cards import card_of
from hlanalysis.metrics.trace import Term, as_term, name, trace
from hlanalysis.numbers import to_fraction
from hlanalysis.reported import Interval, Reported

DIGITS = 15
"""Significant digits of an end that is no fraction: what a double holds for certain."""
Span: TypeAlias = tuple[Fraction, Fraction]
_Slopes: TypeAlias = Mapping[str, Span]
_ZERO: Span = (Fraction(0), Fraction(0))
_ONE: Span = (Fraction(1), Fraction(1))


def bounds(metric: Callable[..., Any], **figures: Any) -> Interval:
    """Return all values that a metric can have, given printed figures.

    Parameters
    ----------
    metric : callable
        One of `hlanalysis.metrics`.
    **figures : Reported, Interval or number, or a sequence of them
        The arguments of the metric. A Reported rate is turned into a fraction; numbers are exact.

    Returns
    -------
    Interval
        Exact where the formula is rational; otherwise rounded outwards to 15 significant digits.

    Raises
    ------
    InputError
        If a divisor may be zero within the rounding, or the metric takes no printed figures.

    Examples
    --------
    >>> from hlanalysis.metrics import cagr, implied_plan
    >>> print(bounds(implied_plan, outturn=Reported("222,044", "bn_vnd"),
    ...              excess=Reported("77,64", "percent")))
    (124.99282; 125.00042)
    >>> print(bounds(cagr, last=Reported("222,044", "bn_vnd"),
    ...              first=Reported("140,5", "bn_vnd"), years=9).write(4, lang="en"))
    (0.0521; 0.0522)
    """
    card = card_of(metric)
    if "reported" in card.not_for:
        raise InputError(card.name, "printed figures", "plain numbers", card.not_for["reported"])
    box: dict[str, Interval] = {}
    terms = {key: _named(key, value, box) for key, value in figures.items()}
    return enclose(trace(metric, terms), box, card.name)


def _named(key: str, value: Any, box: dict[str, Interval]) -> Any:
    if isinstance(value, list | tuple):
        return [_named(f"{key}[{index}]", one, box) for index, one in enumerate(value)]
    interval = as_interval(value)
    if interval.width == 0:
        return as_term(interval.low)
    box[key] = interval
    return name(key)


def as_interval(value: Any) -> Interval:
    """Return the interval of a printed figure, an interval, or an exact number.

    A rate in percent becomes a fraction.
    """
    if isinstance(value, Interval):
        return value
    if isinstance(value, Reported):
        from hlanalysis.catalog import unit

        one = unit(value.unit)
        rate = one.dimension in ("rate", "rate_difference")
        return scaled(value.interval, one.factor if rate else Fraction(1))
    exact = to_fraction(value)
    return Interval(exact, exact)


def scaled(interval: Interval, factor: Fraction) -> Interval:
    """Return an interval in another unit; the factor is positive."""
    low, high = interval.low * factor, interval.high * factor
    return Interval(low, high, interval.low_closed, interval.high_closed)


def enclose(term: Term, box: Mapping[str, Interval], where: str = "formula") -> Interval:
    """Return all values that a term takes while its names run through their intervals.

    Raises
    ------
    InputError
        If a divisor may be zero inside the box.
    """
    spans = {key: (one.low, one.high) for key, one in box.items()}
    rough, slopes = _run(term, spans, where)
    moving = [key for key in term.names if box[key].width]
    unsure = [key for key in moving if slopes[key][0] < 0 < slopes[key][1]]
    if unsure:
        low, high = _central(term, spans, slopes, where)
        found = Interval(max(rough[0], low), min(rough[1], high))
    else:
        found = _at_the_ends(term, box, slopes, where)
    return found if term.is_rational else _outwards(found)


def slope_signs(term: Term, values: Mapping[str, Fraction]) -> dict[str, int]:
    """Return for each name whether the term rises (1), falls (-1) or rests (0) with it."""
    _, slopes = _run(term, {key: (one, one) for key, one in values.items()}, "formula")
    return {key: (slope[0] > 0) - (slope[0] < 0) for key, slope in slopes.items()}


def evaluate_term(term: Term, values: Mapping[str, Fraction]) -> Fraction:
    """Return the value of a term."""
    return _run(term, {key: (one, one) for key, one in values.items()}, "formula")[0][0]


def _at_the_ends(term: Term, box: Mapping[str, Interval], slopes: _Slopes, where: str) -> Interval:
    ends: list[tuple[Fraction, bool]] = []
    for top in (False, True):
        corner, closed = {}, True
        for key, one in box.items():
            slope = slopes.get(key, _ZERO)
            high = (slope[1] > 0) == top
            corner[key] = one.high if high else one.low
            if slope != _ZERO and one.width:
                closed = closed and (one.high_closed if high else one.low_closed)
        value, _ = _run(term, {key: (one, one) for key, one in corner.items()}, where)
        ends.append((value[0], closed))
    (low, low_closed), (high_end, high_closed) = ends
    return Interval(low, high_end, low_closed, high_closed)


def _central(term: Term, spans: Mapping[str, Span], slopes: _Slopes, where: str) -> Span:
    """Bound by the value in the middle and the steepest slopes: tight where slopes are small."""
    middle = {key: (low + high) / 2 for key, (low, high) in spans.items()}
    value, _ = _run(term, {key: (one, one) for key, one in middle.items()}, where)
    reach = sum(
        (
            max(abs(slopes[key][0]), abs(slopes[key][1])) * (high - low) / 2
            for key, (low, high) in spans.items()
            if key in slopes
        ),
        Fraction(0),
    )
    return value[0] - reach, value[1] + reach


def _outwards(found: Interval) -> Interval:
    low, low_kept = _rounded(found.low, ROUND_FLOOR)
    high, high_kept = _rounded(found.high, ROUND_CEILING)
    return Interval(low, high, found.low_closed and low_kept, found.high_closed and high_kept)


def _rounded(value: Fraction, rounding: str) -> tuple[Fraction, bool]:
    context = Context(prec=DIGITS, rounding=rounding)
    rounded = Fraction(context.divide(value.numerator, value.denominator))
    return rounded, rounded == value


def _run(term: Term, spans: Mapping[str, Span], where: str) -> tuple[Span, dict[str, Span]]:
    """Return the span of a term and its slope in every name."""
    if term.op == "num":
        return (term.args[0], term.args[0]), {}
    if term.op == "name":
        return spans[term.args[0]], {term.args[0]: _ONE}
    if term.op in ("^", "root"):
        return _power(term, spans, where)
    runs = [_run(part, spans, where) for part in term.args]
    return _OPERATIONS[term.op](runs, where)


_Run: TypeAlias = tuple[Span, dict[str, Span]]


def _add(runs: Sequence[_Run], where: str) -> _Run:
    (u, du), (v, dv) = runs
    return _plus(u, v), _merged(du, dv, lambda a, b: _plus(a, b))


def _subtract(runs: Sequence[_Run], where: str) -> _Run:
    return _add([runs[0], _negate([runs[1]], where)], where)


def _negate(runs: Sequence[_Run], where: str) -> _Run:
    ((u, du),) = runs
    return _minus(u), {key: _minus(slope) for key, slope in du.items()}


def _multiply(runs: Sequence[_Run], where: str) -> _Run:
    (u, du), (v, dv) = runs
    return _times(u, v), _merged(du, dv, lambda a, b: _plus(_times(a, v), _times(u, b)))


def _divide(runs: Sequence[_Run], where: str) -> _Run:
    (u, du), (v, dv) = runs
    upside = _inverse(v, where)
    ratio = _times(u, upside)
    return ratio, _merged(du, dv, lambda a, b: _times(_plus(a, _minus(_times(ratio, b))), upside))


def _logarithm(runs: Sequence[_Run], where: str) -> _Run:
    ((u, du),) = runs
    if u[0] <= 0:
        raise InputError(where, f"the logarithm of {float(u[0]):g}", "a positive ratio")
    upside = _inverse(u, where)
    return (log(u[0]), log(u[1])), {key: _times(slope, upside) for key, slope in du.items()}


def _absolute(runs: Sequence[_Run], where: str) -> _Run:
    ((u, du),) = runs
    if u[0] >= 0:
        return u, du
    if u[1] <= 0:
        return _negate(runs, where)
    top = max(-u[0], u[1])
    either = (Fraction(-1), Fraction(1))
    return (Fraction(0), top), {key: _times(slope, either) for key, slope in du.items()}


def _power(term: Term, spans: Mapping[str, Span], where: str) -> _Run:
    u, du = _run(term.args[0], spans, where)
    (degree, top), _ = _run(term.args[1], spans, where)
    assert degree == top, "an exponent counts years or parts: it is exact"
    if term.op == "root":
        if u[0] <= 0:
            raise InputError(where, f"a root of {float(u[0]):g}", "a positive ratio")
        value = (root(u[0], degree), root(u[1], degree))
        factor = _times((1 / degree, 1 / degree), _times(value, _inverse(u, where)))
    else:
        assert degree.denominator == 1, "a power counts years: it is whole"
        value = _whole_power(u, int(degree))
        lower = _whole_power(u, int(degree) - 1) if degree != 1 else _ONE
        factor = _times((degree, degree), lower)
    return value, {key: _times(slope, factor) for key, slope in du.items()}


_OPERATIONS: Mapping[str, Callable[[Sequence[_Run], str], _Run]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "neg": _negate,
    "log": _logarithm,
    "abs": _absolute,
}


def _plus(a: Span, b: Span) -> Span:
    return a[0] + b[0], a[1] + b[1]


def _minus(a: Span) -> Span:
    return -a[1], -a[0]


def _times(a: Span, b: Span) -> Span:
    products = [operator.mul(x, y) for x in a for y in b]
    return min(products), max(products)


def _inverse(a: Span, where: str) -> Span:
    if a[0] <= 0 <= a[1]:
        raise InputError(
            where,
            f"a divisor that may be zero: it lies between {float(a[0]):g} and {float(a[1]):g}",
            "a divisor away from zero",
            "the result then means nothing; report the difference instead of the ratio",
        )
    return 1 / a[1], 1 / a[0]


def _whole_power(a: Span, degree: int) -> Span:
    ends = (a[0] ** degree, a[1] ** degree)
    if degree % 2 == 0 and a[0] < 0 < a[1]:
        return Fraction(0), max(ends)
    return min(ends), max(ends)


def _merged(
    du: Mapping[str, Span], dv: Mapping[str, Span], rule: Callable[[Span, Span], Span]
) -> dict[str, Span]:
    keys = dict.fromkeys((*du, *dv))
    return {key: rule(du.get(key, _ZERO), dv.get(key, _ZERO)) for key in keys}
