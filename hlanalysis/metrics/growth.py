"""Growth: of one year, on average, still required, real, and by which part.

Plain arithmetic on fractions (0.0715, not 7.15), without validation. Growth of volume needs
constant prices (giá so sánh); growth at current prices is nominal and must be called so. A part of
a year is compared with the same months of the year before (so với cùng kỳ), counted from January.
"""

from __future__ import annotations

from collections.abc import Sequence

from hlanalysis.metrics.arithmetic import Value, alike, log, product, root
from hlanalysis.metrics.cards import ALIKE, Input, metric

_PERIODS_DIFFER = tuple(tag for tag in ALIKE if tag != "plan_level")
_CURRENT = Input("Y_1", "kỳ này", "this period")
_PREVIOUS = Input("Y_0", "cùng kỳ năm trước", "same period last year")
_GROWTH = Input("g", "tốc độ tăng", "growth", "rate")


@metric(
    vi="Tốc độ tăng so với cùng kỳ",
    en="Growth on the same period last year",
    inputs={"current": _CURRENT, "previous": _PREVIOUS},
    result="rate",
    sources=("gdp_growth", "statistics_law"),
    signed=True,
    periods="same_months",
)
def growth_rate(current: Value, previous: Value) -> Value:
    """Return growth on the same period of the year before (tốc độ tăng so với cùng kỳ).

    Y1 / Y0 - 1. [fraction]

    Parameters
    ----------
    current, previous : number, array, column or expression
        Same unit, price basis, scope and territory; parts of a year cover the same months. [level]

    References
    ----------
    National indicator "Tốc độ tăng tổng sản phẩm trong nước"; the law numbers (Luật Thống kê 2015,
    01/2021/QH15, Nghị định 94/2022/NĐ-CP) are still to be checked.

    Examples
    --------
    >>> round(growth_rate(646.3, 446.6), 3)
    0.447
    """
    return current / previous - 1


@metric(
    vi="Mức kỳ trước suy ra từ tốc độ tăng",
    en="Previous level implied by the growth",
    inputs={"current": _CURRENT, "growth": _GROWTH},
    result="level",
    sources=("own",),
    periods="same",
)
def implied_previous(current: Value, growth: Value) -> Value:
    """Return the level of the period before that "tăng g%" implies.

    Y1 / (1 + g). [level]

    Examples
    --------
    >>> round(implied_previous(106.801, 2.86), 2)
    27.67
    """
    return current / (1 + growth)


@metric(
    vi="Chỉ số phát triển so với cùng kỳ",
    en="Index on the same period last year",
    inputs={"current": _CURRENT, "previous": _PREVIOUS},
    result="rate",
    sources=("practice",),
    periods="same_months",
)
def growth_index(current: Value, previous: Value) -> Value:
    """Return the level as a share of the same period of the year before (bằng ...% cùng kỳ).

    Y1 / Y0. [fraction] "Bằng 98,34% so với cùng kỳ" is this number, a fall of 1.66%.

    Examples
    --------
    >>> growth_index(120, 100)
    1.2
    """
    return current / previous


@metric(
    vi="Mức kỳ trước suy ra từ chỉ số phát triển",
    en="Previous level implied by the index",
    inputs={"current": _CURRENT, "index": Input("i", "chỉ số phát triển", "index", "rate")},
    result="level",
    sources=("own",),
    periods="same",
)
def implied_previous_from_index(current: Value, index: Value) -> Value:
    """Return the level of the period before that "bằng i% cùng kỳ" implies.

    Y1 / i. [level]

    Examples
    --------
    >>> round(implied_previous_from_index(712, 0.9834), 1)
    724.0
    """
    return current / index


@metric(
    vi="Tốc độ tăng bình quân năm",
    en="Average annual growth",
    inputs={
        "last": Input("Y_n", "năm cuối", "last year"),
        "first": Input("Y_0", "năm gốc", "base year"),
        "years": Input("n", "số năm sau năm gốc", "years after the base year", "number"),
    },
    result="rate",
    sources=("gdp_growth",),
    places=2,
    signed=True,
    periods="same_months",
)
def cagr(last: Value, first: Value, years: Value) -> Value:
    """Return average annual growth (tốc độ tăng bình quân năm), geometric.

    (Yn / Y0)^(1/n) - 1, n years after the base year: intervals, not points. [fraction]

    Examples
    --------
    >>> round(cagr(222.044, 140.5, 9), 4)
    0.0522
    """
    return root(last / first, years) - 1


@metric(
    vi="Tốc độ tăng bình quân từ các tốc độ hằng năm",
    en="Average of yearly growth rates",
    inputs={"rates": Input("g", "tốc độ tăng từng năm", "growth of each year", "rate", True)},
    result="rate",
    sources=("gdp_growth",),
    places=2,
    signed=True,
    same=_PERIODS_DIFFER,
)
def average_growth(rates: Sequence[Value]) -> Value:
    """Return the geometric average of yearly growth rates (bình quân nhân).

    ((1 + g1)(1 + g2)...(1 + gn))^(1/n) - 1. [fraction] +40% then -20% average 5.83% a year, not
    the 10% of a plain mean.

    Parameters
    ----------
    rates : sequence, one entry a year
        Each a number, array, column or expression. [fraction]

    Examples
    --------
    >>> round(average_growth([0.40, -0.20]), 4)
    0.0583
    """
    return root(product(1 + rate for rate in rates), len(rates)) - 1


@metric(
    vi="Tốc độ tăng cần đạt",
    en="Required growth",
    inputs={
        "target": Input("g*", "mục tiêu bình quân", "target average", "rate"),
        "done": Input("g", "tốc độ các năm đã qua", "growth of the years done", "rate", True),
        "years_left": Input("k", "số năm còn lại", "years left", "number"),
    },
    result="rate",
    sources=("own",),
    places=2,
    signed=True,
    same=_PERIODS_DIFFER,
)
def required_growth(target: Value, done: Sequence[Value], years_left: int) -> Value:
    """Return the growth each remaining year needs to reach an average (tốc độ cần đạt).

    ((1 + g*)^N / ((1 + g1)...(1 + gm)))^(1/k) - 1, N = m + k. [fraction]

    Parameters
    ----------
    target : number, array, column or expression
        Average growth of the whole term, as in a five-year plan. [fraction]
    done : sequence, one entry a year
        Growth of the years that are over. [fraction]
    years_left : int
        Years still to come, at least 1.

    Examples
    --------
    >>> round(required_growth(0.09, [0.075, 0.081, 0.090, 0.0715], 1), 4)
    0.1337
    """
    whole = (1 + target) ** (len(done) + years_left)
    return root(whole / product(1 + rate for rate in done), years_left) - 1


@metric(
    vi="Tốc độ tăng cần đạt để tới một mức",
    en="Growth required to reach a level",
    inputs={
        "target": Input("Y*", "mức mục tiêu", "target level"),
        "current": Input("Y_0", "mức hiện tại", "current level"),
        "years_left": Input("k", "số năm còn lại", "years left", "number"),
    },
    result="rate",
    sources=("own",),
    places=2,
    signed=True,
    periods="same_months",
)
def required_growth_to_level(target: Value, current: Value, years_left: Value) -> Value:
    """Return the yearly growth that leads to a level.

    (Y* / Y0)^(1/k) - 1. [fraction]

    Examples
    --------
    >>> round(required_growth_to_level(300, 222.044, 6), 4)
    0.0514
    """
    return root(target / current, years_left) - 1


@metric(
    vi="Thời gian tăng gấp đôi",
    en="Doubling time",
    inputs={"growth": _GROWTH},
    result="years",
    sources=("standard",),
    places=2,
)
def doubling_time(growth: Value) -> Value:
    """Return after how many years a level doubles (thời gian gấp đôi).

    ln 2 / ln(1 + g). [years]

    Examples
    --------
    >>> round(doubling_time(0.0715), 2)
    10.04
    """
    return log(alike(2, growth)) / log(1 + growth)


@metric(
    vi="Tốc độ tăng thực",
    en="Real growth",
    inputs={
        "nominal": Input(
            "g_n", "tốc độ tăng theo giá hiện hành", "growth at current prices", "rate"
        ),
        "prices": Input("π", "tốc độ tăng giá", "growth of prices", "rate"),
    },
    result="rate",
    sources=("gdp_growth",),
    places=2,
    signed=True,
    same=("place", "territory", "scope"),
    periods="same",
)
def real_growth(nominal: Value, prices: Value) -> Value:
    """Return growth without the rise of prices (tăng thực).

    (1 + g) / (1 + π) - 1. [fraction]

    Subtracting the two rates overstates it.

    Examples
    --------
    >>> round(real_growth(0.095, 0.0363), 4)
    0.0566
    """
    return (1 + nominal) / (1 + prices) - 1


@metric(
    vi="Chênh lệch giữa hai tỷ lệ (điểm %)",
    en="Difference of two rates (percentage points)",
    inputs={
        "current": Input("r_1", "tỷ lệ kỳ này", "rate now", "rate"),
        "previous": Input("r_0", "tỷ lệ kỳ trước", "rate before", "rate"),
    },
    result="points",
    sources=("standard",),
    signed=True,
    periods="same_months",
)
def point_change(current: Value, previous: Value) -> Value:
    """Return the difference of two rates (chênh lệch điểm phần trăm).

    r1 - r0. [points]

    From 6.50% to 7.15% is +0.65 percentage points, but +10.0%, which is `growth_rate` of the rates.

    Examples
    --------
    >>> round(point_change(0.0715, 0.0650), 6)
    0.0065
    """
    return current - previous


@metric(
    vi="Đóng góp vào tăng trưởng",
    en="Contribution to growth",
    inputs={
        "part": Input("y_1", "bộ phận kỳ này", "part now"),
        "part_before": Input("y_0", "bộ phận kỳ trước", "part before"),
        "whole_before": Input("Y_0", "toàn bộ kỳ trước", "whole before"),
    },
    result="points",
    sources=("standard",),
    signed=True,
    same=tuple(tag for tag in ALIKE if tag != "scope"),
    periods="same_months",
)
def contribution(part: Value, part_before: Value, whole_before: Value) -> Value:
    """Return what one part adds to the growth of the whole (đóng góp vào tăng trưởng).

    (y1 - y0) / Y0. [points] At fixed prices the contributions of all parts sum exactly to the
    growth of the whole; the mean of the parts' own rates does not.

    Examples
    --------
    >>> [round(contribution(*part, 4000), 5) for part in ((303, 300), (2387, 2200), (1596, 1500))]
    [0.00075, 0.04675, 0.024]
    """
    return (part - part_before) / whole_before


@metric(
    vi="Tỷ trọng đóng góp vào mức tăng",
    en="Share of the growth",
    inputs={
        "part": Input("y_1", "bộ phận kỳ này", "part now"),
        "part_before": Input("y_0", "bộ phận kỳ trước", "part before"),
        "whole": Input("Y_1", "toàn bộ kỳ này", "whole now"),
        "whole_before": Input("Y_0", "toàn bộ kỳ trước", "whole before"),
    },
    result="rate",
    sources=("standard",),
    same=tuple(tag for tag in ALIKE if tag != "scope"),
    periods="same_months",
)
def growth_share(part: Value, part_before: Value, whole: Value, whole_before: Value) -> Value:
    """Return which share of the growth of the whole one part makes.

    (y1 - y0) / (Y1 - Y0). [fraction]

    Examples
    --------
    >>> round(growth_share(2387, 2200, 4286, 4000), 3)
    0.654
    """
    return (part - part_before) / (whole - whole_before)
