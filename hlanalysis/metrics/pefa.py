"""How far a budget can be believed: the two revenue indicators of PEFA 2016, PI-3.

Attainment is measured against the originally approved budget. A score needs three years of the same
plan level; the table forms refuse fewer.
"""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from hlanalysis.errors import InputError
from hlanalysis.metrics.arithmetic import Value, absolute, total
from hlanalysis.metrics.cards import ALIKE, Input, metric
from hlanalysis.numbers import to_fraction

Band = Literal["A", "B", "C", "D"]
YEARS_NEEDED = 3
ATTAINMENT_BANDS: tuple[tuple[Band, float, float], ...] = (
    ("A", 97, 106),
    ("B", 94, 112),
    ("C", 92, 116),
)
_VARIANCE_BANDS: tuple[tuple[Band, float], ...] = (("A", 5), ("B", 10), ("C", 15))
_LETTER = "a letter is a decision, not arithmetic: it takes plain numbers, year by year"
_NOT_ARITHMETIC = {
    kind: _LETTER for kind in ("array", "pandas", "polars", "narwhals", "duckdb", "reported")
}


@metric(
    vi="Điểm PEFA PI-3.1, độ tin cậy của dự toán thu",
    en="PEFA PI-3.1 score, aggregate revenue outturn",
    inputs={
        "attainments": Input(
            "a", "tỷ lệ hoàn thành dự toán gốc", "attainment of the original budget", "rate", True
        )
    },
    result="letter",
    sources=("pefa_31",),
    not_for=_NOT_ARITHMETIC,
)
def pefa_pi31(attainments: Sequence[Any]) -> Band:
    """Return the PEFA PI-3.1 score of three years (độ tin cậy của dự toán thu).

    A if outturn was 97 to 106% of the original budget in two of three years, B for 94 to 112%,
    C for 92 to 116%, else D.

    Parameters
    ----------
    attainments : sequence of three numbers
        One a year, against the original budget of the same plan level. [fraction]

    Raises
    ------
    InputError
        If there are not three years: no score is better than a score without ground.

    References
    ----------
    PEFA 2016, PI-3.1, pefa.org/node/4770.

    Examples
    --------
    >>> pefa_pi31([0.99, 1.05, 1.7764]), pefa_pi31([1.146, 1.7764, 1.10])
    ('A', 'C')
    """
    _three("pefa_pi31", attainments)
    for band, low, high in ATTAINMENT_BANDS:
        if sum(low <= to_fraction(one) * 100 <= high for one in attainments) >= 2:
            return band
    return "D"


@metric(
    vi="Phương sai cơ cấu thu (PEFA PI-3.2)",
    en="Revenue composition variance (PEFA PI-3.2)",
    inputs={
        "outturns": Input("A", "thực hiện từng khoản", "outturn of each line", many=True),
        "plans": Input("P", "dự toán từng khoản", "budget of each line", many=True, plan=True),
    },
    result="rate",
    sources=("pefa_32",),
    places=2,
    same=tuple(tag for tag in ALIKE if tag != "scope"),
)
def composition_variance(outturns: Sequence[Value], plans: Sequence[Value]) -> Value:
    """Return how far the mix of revenue strayed from the budgeted mix (phương sai cơ cấu thu).

    Sum of |A_i - k P_i| over sum of k P_i, with k = A / P of the totals. [fraction]

    Parameters
    ----------
    outturns, plans : sequences of the same length, one entry a line
        Each a number, array, column or expression. [level]

    Returns
    -------
    same as the entries
        [fraction]

    References
    ----------
    PEFA 2016, PI-3.2, pefa.org/node/4771.

    Examples
    --------
    >>> round(composition_variance([125, 38, 24, 14, 21.044], [50, 35, 20, 12, 8]), 4)
    0.3875
    """
    outturn = total(outturns)
    scale = outturn / total(plans)
    strayed = (
        absolute(actual - scale * plan) for actual, plan in zip(outturns, plans, strict=True)
    )
    # The sum of k P_i is the outturn itself.
    return total(strayed) / outturn


@metric(
    vi="Điểm PEFA PI-3.2, cơ cấu thu",
    en="PEFA PI-3.2 score, revenue composition",
    inputs={
        "variances": Input("v", "phương sai cơ cấu từng năm", "variance of each year", "rate", True)
    },
    result="letter",
    sources=("pefa_32",),
    not_for=_NOT_ARITHMETIC,
)
def pefa_pi32(variances: Sequence[Any]) -> Band:
    """Return the PEFA PI-3.2 score of three years of composition variance.

    A if it was below 5% in two of three years, B below 10%, C below 15%, else D.

    Raises
    ------
    InputError
        If there are not three years.

    Examples
    --------
    >>> pefa_pi32([0.3875, 0.04, 0.12])
    'C'
    """
    _three("pefa_pi32", variances)
    for band, most in _VARIANCE_BANDS:
        if sum(to_fraction(one) * 100 < most for one in variances) >= 2:
            return band
    return "D"


def attainment_band(attainment: Any) -> Band:
    """Return the tightest PI-3.1 band that one year lies in; one year is no score.

    Examples
    --------
    >>> attainment_band(1.7764), attainment_band(1.146)
    ('D', 'C')
    """
    inside = (
        band for band, low, high in ATTAINMENT_BANDS if low <= to_fraction(attainment) * 100 <= high
    )
    return next(inside, "D")


def _three(where: str, years: Sequence[Any]) -> None:
    if not all(isinstance(one, numbers.Real | Decimal) for one in years):
        raise TypeError(f"{where}: {_LETTER}")
    if len(years) != YEARS_NEEDED:
        raise InputError(
            where,
            f"{len(years)} years",
            f"{YEARS_NEEDED} years against the same level of plan",
            "show the attainment of each year instead of a score",
        )
