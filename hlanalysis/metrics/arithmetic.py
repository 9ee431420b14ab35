"""Roots, logarithms and absolute values for everything a formula is fed.

Sums, products and quotients are operators that floats, exact numbers, arrays, columns and
expressions all have. Roots and logarithms are not; these few functions fill the gap, so that a
formula is written once. On exact numbers a root is exact where the number is a perfect power and
otherwise carries `DIGITS` digits; `hlanalysis.metrics.enclose` turns that into safe bounds.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, TypeAlias

Value: TypeAlias = Any
"""A float, an exact number, a NumPy array, a pandas Series, a Polars or Narwhals expression."""

DIGITS = 50
"""Digits of an inexact result on exact numbers: far more than the 15 that bounds are rounded to."""
_CONTEXT = Context(prec=DIGITS)


def log(value: Value) -> Value:
    """Return the natural logarithm.

    Examples
    --------
    >>> round(log(Fraction(2)), 6), log(1.0)
    (Fraction(693147, 1000000), 0.0)
    """
    if isinstance(value, float | int):
        return math.log(value)
    if isinstance(value, Decimal):
        return _CONTEXT.ln(value)
    if isinstance(value, Fraction):
        return Fraction(0) if value == 1 else Fraction(_CONTEXT.ln(_decimal(value)))
    if hasattr(value, "log"):
        return value.log()
    return _by_numpy("log", log, value)


def root(value: Value, degree: Value) -> Value:
    """Return the root of a degree: the number that, multiplied so many times, gives the value.

    Raises
    ------
    ValueError
        If an exact number is negative.

    Examples
    --------
    >>> root(Fraction(121, 100), 2), round(root(2.0, 2), 6)
    (Fraction(11, 10), 1.414214)
    """
    if isinstance(value, Fraction) and isinstance(degree, int | Fraction):
        return _exact_root(value, Fraction(degree))
    if isinstance(value, Decimal):
        return _decimal(_exact_root(Fraction(value), Fraction(degree)))
    if hasattr(value, "root"):
        return value.root(degree)
    if _holds_objects(value):
        return _by_numpy("", lambda one: root(one, degree), value)
    return value ** (1 / degree)


def alike(number: int, value: Value) -> Value:
    """Return a whole number of the kind that a value has, so that exact input keeps its digits.

    Examples
    --------
    >>> alike(2, Fraction(1, 3))
    Fraction(2, 1)
    """
    if isinstance(value, Fraction | Decimal):
        return type(value)(number)
    if _holds_objects(value):
        return value * 0 + number
    return value.alike(number) if hasattr(value, "alike") else number


def absolute(value: Value) -> Value:
    """Return the value without its sign.

    Examples
    --------
    >>> absolute(Fraction(-3, 4))
    Fraction(3, 4)
    """
    return value.abs() if hasattr(value, "abs") else abs(value)


def total(values: Iterable[Value]) -> Value:
    """Return the sum, without a zero in front: expressions would print it.

    Examples
    --------
    >>> total([Fraction(1, 2), Fraction(1, 3)])
    Fraction(5, 6)
    """
    return functools.reduce(operator.add, values)


def product(values: Iterable[Value]) -> Value:
    """Return the product.

    Examples
    --------
    >>> product([2, 3, 4])
    24
    """
    return functools.reduce(operator.mul, values)


def _exact_root(value: Fraction, degree: Fraction) -> Fraction:
    if value < 0:
        raise ValueError(f"no root of {value}: the number is negative")
    if value == 0:
        return Fraction(0)
    if degree.denominator == 1 and degree > 0:
        ends = [_whole_root(end, int(degree)) for end in (value.numerator, value.denominator)]
        if ends[0] is not None and ends[1] is not None:
            return Fraction(ends[0], ends[1])
    logarithm = _CONTEXT.divide(_CONTEXT.ln(_decimal(value)), _decimal(degree))
    return Fraction(_CONTEXT.exp(logarithm))


def _whole_root(number: int, degree: int) -> int | None:
    """Return the whole number whose power is the number, or None."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= number:
            low = middle
        else:
            high = middle - 1
    return low if low**degree == number else None


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _holds_objects(value: Value) -> bool:
    # A pandas column of exact decimals has dtype object, which NumPy's functions refuse.
    return str(getattr(value, "dtype", "")) == "object"


def _by_numpy(name: str, one: Any, value: Value) -> Value:
    import numpy as np

    if _holds_objects(value):
        return value.map(one) if hasattr(value, "map") else np.frompyfunc(one, 1, 1)(value)
    return getattr(np, name)(value)
