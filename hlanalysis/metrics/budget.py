"""Budget: how far a budget stands on its own feet, and on how many.

Plain arithmetic on fractions, without validation. Revenue in the area (thu NSNN trên địa bàn) is
all state revenue that arises there, whichever level keeps it; the share that the local budget keeps
(thu ngân sách địa phương được hưởng) is another figure. Say which stands in the numerator. The
budget law and its circulars (Luật NSNN 2015, TT 342/2016, 343/2016) are still to be checked.
"""

from __future__ import annotations

from collections.abc import Sequence

from hlanalysis.metrics.arithmetic import Value, log, total
from hlanalysis.metrics.cards import ALIKE, Input, metric

_PARTS = Input("x", "khoản thu", "revenue line", many=True)
_OWN_SCOPES = tuple(tag for tag in ALIKE if tag != "scope")


@metric(
    vi="Tỷ lệ tự cân đối ngân sách",
    en="Share of spending covered by own revenue",
    inputs={
        "revenue": Input("R", "thu ngân sách địa phương được hưởng", "revenue kept"),
        "expenditure": Input("E", "chi cân đối ngân sách", "balanced expenditure"),
    },
    result="rate",
    sources=("budget_law",),
    places=2,
    same=_OWN_SCOPES,
    periods="same",
)
def self_financing(revenue: Value, expenditure: Value) -> Value:
    """Return which share of balanced spending own revenue covers (tỷ lệ tự cân đối).

    R / E. [fraction] R is the revenue that the local budget keeps, or own revenue only: say which.

    Examples
    --------
    >>> round(self_financing(150, 310), 4), round(self_financing(96, 310), 4)
    (0.4839, 0.3097)
    """
    return revenue / expenditure


@metric(
    vi="Mức phụ thuộc tiền sử dụng đất",
    en="Dependence on land-use revenue",
    inputs={
        "land": Input("L", "tiền sử dụng đất", "land-use revenue"),
        "revenue": Input("R", "tổng thu", "total revenue"),
    },
    result="rate",
    sources=("practice",),
    same=_OWN_SCOPES,
    periods="same",
)
def land_dependence(land: Value, revenue: Value) -> Value:
    """Return land-use revenue as a share of revenue (phụ thuộc tiền sử dụng đất).

    L / R. [fraction]

    Examples
    --------
    >>> round(land_dependence(125, 222.044), 4)
    0.563
    """
    return land / revenue


@metric(
    vi="Chỉ số tập trung nguồn thu (HHI)",
    en="Concentration of revenue (HHI)",
    inputs={"parts": _PARTS},
    result="index",
    sources=("standard",),
    same=_OWN_SCOPES,
    periods="same",
)
def hhi(parts: Sequence[Value]) -> Value:
    """Return the Herfindahl-Hirschman index of revenue lines (mức tập trung nguồn thu).

    Sum of squared shares. [0 to 1] 1 where everything comes from one line.

    Parameters
    ----------
    parts : sequence, one entry a line
        Each a number, array, column or expression, none negative. [level]

    Examples
    --------
    >>> round(hhi([125, 38, 24, 14, 21.044]), 4), round(hhi([50, 35, 20, 12, 8]), 4)
    (0.3708, 0.2773)
    """
    whole = total(parts)
    return total((part / whole) ** 2 for part in parts)


@metric(
    vi="Số nguồn thu hiệu dụng",
    en="Effective number of sources",
    inputs={"parts": _PARTS},
    result="ratio",
    sources=("standard",),
    same=_OWN_SCOPES,
    periods="same",
)
def effective_sources(parts: Sequence[Value]) -> Value:
    """Return to how many equal lines the revenue amounts (số nguồn hiệu dụng). 1 / HHI.

    Examples
    --------
    >>> round(effective_sources([125, 38, 24, 14, 21.044]), 2)
    2.7
    """
    return 1 / hhi(parts)


@metric(
    vi="HHI chuẩn hóa",
    en="Normalised HHI",
    inputs={"parts": _PARTS},
    result="index",
    sources=("standard",),
    places=3,
    same=_OWN_SCOPES,
    periods="same",
)
def hhi_normalised(parts: Sequence[Value]) -> Value:
    """Return the concentration from 0 (equal lines) to 1 (one line). (HHI - 1/n) / (1 - 1/n).

    Comparable between budgets with different numbers of lines; at least two of them.

    Examples
    --------
    >>> round(hhi_normalised([125, 38, 24, 14, 21.044]), 3)
    0.214
    """
    lines = len(parts)
    return (lines * hhi(parts) - 1) / (lines - 1)


@metric(
    vi="Độ nổi của thu ngân sách (buoyancy)",
    en="Revenue buoyancy",
    inputs={
        "revenue": Input("R_1", "thu năm nay", "revenue"),
        "revenue_before": Input("R_0", "thu năm trước", "revenue of the year before"),
        "base_growth": Input(
            "g_B", "tốc độ tăng danh nghĩa của cơ sở thu", "nominal growth of the base", "rate"
        ),
    },
    result="ratio",
    sources=("standard",),
    periods="same_months",
)
def buoyancy(revenue: Value, revenue_before: Value, base_growth: Value) -> Value:
    """Return how many percent revenue grew for each percent of its base (độ nổi).

    (R1/R0 - 1) / gB, effects of policy changes included. [ratio] Leave land out. The elasticity
    (độ co giãn) is the same after taking out changes of rates and bases: it needs a cleaned series
    of about eight years, see `hlanalysis.metrics.history`.

    Examples
    --------
    >>> round(buoyancy(78, 70, 0.095), 2)
    1.2
    """
    return (revenue / revenue_before - 1) / base_growth


@metric(
    vi="Độ nổi của thu ngân sách (dạng logarit)",
    en="Revenue buoyancy (log form)",
    inputs={
        "revenue": Input("R_1", "thu năm cuối", "last revenue"),
        "revenue_before": Input("R_0", "thu năm đầu", "first revenue"),
        "base_growth": Input(
            "g_B", "tăng danh nghĩa của cơ sở thu", "nominal growth of the base", "rate"
        ),
    },
    result="ratio",
    sources=("standard",),
    periods="same_months",
)
def buoyancy_log(revenue: Value, revenue_before: Value, base_growth: Value) -> Value:
    """Return buoyancy in logarithms, for long spans.

    ln(R1/R0) / ln(1 + gB). [ratio]

    Examples
    --------
    >>> round(buoyancy_log(78, 70, 0.095), 2)
    1.19
    """
    return log(revenue / revenue_before) / log(1 + base_growth)


@metric(
    vi="Bình quân đầu người",
    en="Per head",
    inputs={
        "level": Input("X", "giá trị", "value"),
        "population": Input("N", "dân số", "population", "people"),
    },
    result="per",
    sources=("practice",),
    places=2,
    same=("place", "territory"),
)
def per_capita(level: Value, population: Value) -> Value:
    """Return a level per head (bình quân đầu người).

    X / N. [unit of the level per person]

    Only over one territory: the two wards of July 2025 take in communes of another district, so old
    town revenue must not be divided by their population.

    Examples
    --------
    >>> round(per_capita(222044, 39920), 3)
    5.562
    """
    return level / population


@metric(
    vi="Mật độ dân số",
    en="Population density",
    inputs={
        "population": Input("N", "dân số", "population", "people"),
        "area": Input("S", "diện tích", "area", "area"),
    },
    result="per",
    sources=("ward_plan",),
    same=("place", "territory"),
)
def density(population: Value, area: Value) -> Value:
    """Return people per unit of area (mật độ dân số).

    N / S. [persons per km2]

    Examples
    --------
    >>> round(density(28729, 35.31), 1), round(density(26133, 52.21), 1)
    (813.6, 500.5)
    """
    return population / area
