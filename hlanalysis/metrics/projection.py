"""Part-years, paces and simple outcomes: where the year may end, and what it still takes.

Plain arithmetic, without validation, but for one rule: receipts that come in lumps (land auctions)
are never drawn out in a straight line.
"""

from __future__ import annotations

from collections.abc import Sequence

from hlanalysis.errors import InputError
from hlanalysis.metrics.arithmetic import Value, total
from hlanalysis.metrics.cards import ALIKE, Input, metric

LUMPY = frozenset({"budget_revenue_land_use", "land_auction_proceeds"})
HOLD_LUMPY = frozenset({"budget_revenue", "budget_revenue_domestic"})
"""Totals with land receipts in them; 106.8 tỷ by February 2023 would have made 641 in the year."""
_CUMULATIVE = Input("C", "lũy kế đến nay", "cumulative to date")
_MONTHS = Input("m", "số tháng đã qua", "months done", "number")
_ONE_LINE = tuple(tag for tag in ALIKE if tag != "plan_level")


def check_may_be_drawn_out(line: str) -> None:
    """Refuse a straight line for receipts that come in lumps.

    Raises
    ------
    InputError
        If the line is land-use revenue, or a total that holds it.
    """
    if line not in LUMPY | HOLD_LUMPY:
        return
    found = "land receipts" if line in LUMPY else "a total with land receipts in it"
    raise InputError(
        "straight_line_projection",
        f"{line} is {found}, which come in lumps with the auctions",
        "a line that flows evenly over the year",
        "project the lines one by one with seasonal_projection, and land from its auction plan",
    )


@metric(
    vi="Ước cả năm theo nhịp đều",
    en="Full year at an even pace",
    inputs={"cumulative": _CUMULATIVE, "months": _MONTHS},
    result="level",
    sources=("own",),
    same=_ONE_LINE,
)
def straight_line_projection(cumulative: Value, months: Value, *, line: str = "") -> Value:
    """Return the full year if the pace stays even (ước cả năm theo nhịp đều).

    C x 12 / m. [level]

    Parameters
    ----------
    cumulative : number, array, column or expression
        From January to the end of month `months`. [level]
    months : same or int
    line : str, optional
        Indicator id of the revenue line; named, it is checked against the lumpy ones.

    Raises
    ------
    InputError
        If the line is land-use revenue or a total that holds it.

    Examples
    --------
    >>> round(straight_line_projection(150, 9), 1)
    200.0
    """
    check_may_be_drawn_out(line)
    return cumulative * 12 / months


@metric(
    vi="Ước cả năm theo mùa vụ",
    en="Full year by the usual seasonal share",
    inputs={
        "cumulative": _CUMULATIVE,
        "usual_share": Input(
            "s", "tỷ trọng thường đạt đến tháng này", "usual share by now", "rate"
        ),
    },
    result="level",
    sources=("own",),
    same=_ONE_LINE,
)
def seasonal_projection(cumulative: Value, usual_share: Value) -> Value:
    """Return the full year from the share usually reached by now (theo mùa vụ).

    C / s. [level]

    One revenue line at a time; the spread of past shares gives the range.

    Examples
    --------
    >>> [round(seasonal_projection(150, share), 1) for share in (0.70, 0.78, 0.62)]
    [214.3, 192.3, 241.9]
    """
    return cumulative / usual_share


@metric(
    vi="Nhịp còn phải đạt mỗi tháng",
    en="Pace still required a month",
    inputs={
        "target": Input("P", "mức phải đạt cả năm", "target of the year", plan=True),
        "cumulative": _CUMULATIVE,
        "months_left": Input("k", "số tháng còn lại", "months left", "number"),
    },
    result="level",
    sources=("own",),
    places=2,
    same=tuple(tag for tag in ALIKE if tag != "plan_level"),
    periods="same_year",
)
def required_pace(target: Value, cumulative: Value, months_left: Value) -> Value:
    """Return what each month left must bring (tốc độ thu còn phải đạt).

    (P - C) / k. [level]

    Examples
    --------
    >>> round(required_pace(222.044, 150, 3), 2), required_pace(520, 412.5, 2)
    (24.01, 53.75)
    """
    return (target - cumulative) / months_left


@metric(
    vi="Nhịp bình quân mỗi tháng đến nay",
    en="Pace a month so far",
    inputs={"cumulative": _CUMULATIVE, "months": _MONTHS},
    result="level",
    sources=("own",),
    places=2,
    same=_ONE_LINE,
)
def pace(cumulative: Value, months: Value) -> Value:
    """Return what each month brought so far (nhịp bình quân).

    C / m. [level]

    Examples
    --------
    >>> round(pace(150, 9), 2), pace(412.5, 10)
    (16.67, 41.25)
    """
    return cumulative / months


@metric(
    vi="Kết quả kịch bản",
    en="Outcome of a scenario",
    inputs={
        "bases": Input("B", "mức gốc từng khoản", "base of each line", many=True),
        "growths": Input("g", "mức tăng từng khoản", "growth of each line", "rate", True),
    },
    result="level",
    sources=("own",),
    places=2,
    same=tuple(tag for tag in ALIKE if tag != "scope"),
)
def scenario_total(bases: Sequence[Value], growths: Sequence[Value]) -> Value:
    """Return the sum of lines that each grow by their own rate (kịch bản).

    sum B(1+g). [level]

    Examples
    --------
    >>> [round(scenario_total([100, 122.044], growth), 2)
    ...  for growth in ((-0.30, 0.05), (0, 0.08), (0.20, 0.10))]
    [198.15, 231.81, 254.25]
    """
    return total(base * (1 + growth) for base, growth in zip(bases, growths, strict=True))


@metric(
    vi="Mức một khoản phải đạt để tới mục tiêu",
    en="What one line must bring to reach a target",
    inputs={
        "target": Input("T*", "mục tiêu", "target"),
        "others": Input("B", "các khoản khác", "other lines", many=True),
    },
    result="level",
    sources=("own",),
    places=2,
    same=tuple(tag for tag in ALIKE if tag not in ("scope", "plan_level")),
)
def needed_part(target: Value, others: Sequence[Value]) -> Value:
    """Return what one line must bring if the others are given (tìm mục tiêu).

    T - sum B. [level]

    Exact, because the outcome is linear in the line.

    Examples
    --------
    >>> round(needed_part(250, [122.044 * 1.08]), 2)
    118.19
    """
    return target - total(others)


@metric(
    vi="Biên độ do một yếu tố",
    en="Swing of one driver",
    inputs={
        "high": Input("Y_h", "kết quả khi yếu tố cao", "outcome at the high value"),
        "low": Input("Y_l", "kết quả khi yếu tố thấp", "outcome at the low value"),
    },
    result="level",
    sources=("own",),
    places=2,
    signed=True,
)
def swing(high: Value, low: Value) -> Value:
    """Return how far one driver moves the outcome over its range (độ nhạy).

    Yh - Yl. [level]

    All other drivers stay at the baseline. Half of it is the "±" of a tornado chart.

    Examples
    --------
    >>> round(swing(scenario_total([110, 122.044], [0, 0.08]),
    ...             scenario_total([90, 122.044], [0, 0.08])), 2)
    20.0
    """
    return high - low
