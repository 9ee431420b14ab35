"""How sure: errors that add up, and a lopsided bell curve.

The parameters are a planner's stated assumptions, not printed figures, so they have no rounding to
carry through.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hlanalysis.metrics.arithmetic import Value, absolute, root, total
from hlanalysis.metrics.cards import Input, metric

_ERRORS = Input("e", "sai số", "error", many=True)
_MODE = Input("m", "giá trị dễ xảy ra nhất", "most likely value")
_BELOW = Input("s_1", "độ lệch phía dưới", "spread below")
_ABOVE = Input("s_2", "độ lệch phía trên", "spread above")
_NO_BELL = "the normal distribution function is no operator of columns or expressions"
_NO_RATIO = "pi and the bell curve are no fractions; the spreads are assumptions, not prints"
_FLOAT_PI = "pi is a float here, which decimals do not mix with: use float or Fraction"


@metric(
    vi="Cộng sai số độc lập",
    en="Independent errors combined",
    inputs={"errors": _ERRORS},
    result="level",
    sources=("standard",),
    places=2,
    same=(),
)
def combine_independent(errors: Sequence[Value]) -> Value:
    """Return the error of a sum whose parts err independently.

    sqrt(sum e^2). [level]

    Examples
    --------
    >>> round(combine_independent([20.0, 6.0]), 2)
    20.88
    """
    return root(total(error * error for error in errors), 2)


@metric(
    vi="Cộng sai số cùng chiều",
    en="Fully tied errors combined",
    inputs={"errors": _ERRORS},
    result="level",
    sources=("standard",),
    places=2,
    same=(),
)
def combine_tied(errors: Sequence[Value]) -> Value:
    """Return the error of a sum whose parts err together.

    sum |e|. [level]

    Examples
    --------
    >>> combine_tied([20, 6])
    26
    """
    return total(absolute(error) for error in errors)


@metric(
    vi="Trung bình của phân phối chuẩn hai nửa",
    en="Mean of the two-piece normal",
    inputs={"mode": _MODE, "below": _BELOW, "above": _ABOVE},
    result="level",
    sources=("standard",),
    places=2,
    same=(),
    not_for={"reported": _NO_RATIO, "decimal": _FLOAT_PI},
)
def two_piece_mean(mode: Value, below: Value, above: Value) -> Value:
    """Return the mean of a two-piece normal.

    m + sqrt(2/pi) (s2 - s1). [level]

    Parameters
    ----------
    mode : number, array, column or expression
        Most likely value. [level]
    below, above : same
        Standard deviations of the two halves. [level]

    Examples
    --------
    >>> round(two_piece_mean(240.0, 25.0, 40.0), 2)
    251.97
    """
    return mode + math.sqrt(2 / math.pi) * (above - below)


@metric(
    vi="Xác suất đạt ít nhất một mức",
    en="Probability of at least a level",
    inputs={
        "level": Input("x", "mức cần đạt", "level to reach"),
        "mode": _MODE,
        "below": _BELOW,
        "above": _ABOVE,
    },
    result="rate",
    sources=("standard",),
    same=(),
    not_for={
        "reported": _NO_RATIO,
        "polars": _NO_BELL,
        "narwhals": _NO_BELL,
        "duckdb": _NO_BELL,
    },
)
def probability_at_least(level: Any, mode: Any, below: Any, above: Any) -> Any:
    """Return the chance that a two-piece normal reaches a level.

    Below the mode 1 - 2 s1/(s1+s2) F((x-m)/s1), above it 2 s2/(s1+s2) (1 - F((x-m)/s2)), F the
    standard normal distribution function. [fraction]

    Parameters
    ----------
    level, mode, below, above : float, NumPy array or pandas Series
        [level]

    Examples
    --------
    >>> [round(probability_at_least(x, 240, 25, 40), 3) for x in (222.044, 250)]
    [0.818, 0.494]
    """
    given = (level, mode, below, above)
    if all(isinstance(one, numbers.Real | Decimal) for one in given):
        level, mode, below, above = map(float, given)
        spread = below if level < mode else above
        # erfc keeps its digits in the far tail, where 1 - F would lose them.
        tail = math.erfc(abs(level - mode) / spread / math.sqrt(2)) * spread / (below + above)
        return 1 - tail if level < mode else tail
    if not all(isinstance(one, numbers.Real) or hasattr(one, "shape") for one in given):
        raise TypeError(f"probability_at_least: {_NO_BELL}")
    import numpy as np
    from scipy.special import erfc

    spread = np.where(np.less(level, mode), below, above)
    tail = erfc(np.abs(np.subtract(level, mode)) / spread / math.sqrt(2)) * spread
    tail = tail / np.add(below, above)
    chance = np.where(np.less(level, mode), 1 - tail, tail)
    index = getattr(level, "index", None)
    return chance if index is None else level.__class__(chance, index=index)
