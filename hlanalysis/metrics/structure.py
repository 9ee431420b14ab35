"""Structure: parts of a whole, and how they shift.

Plain arithmetic on fractions, without validation. Structure is measured at current prices.
"""

from __future__ import annotations

from hlanalysis.metrics.arithmetic import Value
from hlanalysis.metrics.cards import Input, metric

_PART = Input("a", "bộ phận", "part")
_WHOLE = Input("T", "toàn bộ", "whole")
# A town is a part of its province and a sector of the economy: place and scope may differ.
_SHARES = ("price_basis", "vintage", "plan_level")


@metric(
    vi="Tỷ trọng",
    en="Share",
    inputs={"part": _PART, "whole": _WHOLE},
    result="rate",
    sources=("standard", "decision_05_2023"),
    same=_SHARES,
    periods="same",
)
def share(part: Value, whole: Value) -> Value:
    """Return a part as a share of its whole (tỷ trọng, cơ cấu).

    a / T. [fraction]

    Also the ratio of counts: targets met of targets set.

    Examples
    --------
    >>> [round(share(*counts), 4) for counts in ((14, 17), (50, 51), (55, 63))]
    [0.8235, 0.9804, 0.873]
    """
    return part / whole


@metric(
    vi="Chuyển dịch cơ cấu",
    en="Shift of a share",
    inputs={
        "part": Input("a_1", "bộ phận kỳ này", "part now"),
        "whole": Input("T_1", "toàn bộ kỳ này", "whole now"),
        "part_before": Input("a_0", "bộ phận kỳ trước", "part before"),
        "whole_before": Input("T_0", "toàn bộ kỳ trước", "whole before"),
    },
    result="points",
    sources=("decision_05_2023",),
    signed=True,
    same=_SHARES,
    periods="same_months",
)
def share_shift(part: Value, whole: Value, part_before: Value, whole_before: Value) -> Value:
    """Return by how much a share moved (chuyển dịch cơ cấu).

    a1/T1 - a0/T0. [points]

    Examples
    --------
    >>> round(share_shift(2387, 4286, 2200, 4000), 4)
    0.0069
    """
    return part / whole - part_before / whole_before


@metric(
    vi="Chênh lệch giữa tổng và các bộ phận",
    en="Whole less the sum of its parts",
    inputs={"whole": _WHOLE, "parts": Input("a", "bộ phận", "part", many=True)},
    result="level",
    sources=("standard",),
    signed=True,
    same=_SHARES,
    periods="same",
)
def unexplained(whole: Value, parts: list[Value]) -> Value:
    """Return what the parts leave of their whole (phần chưa giải thích).

    T - sum a. [level]

    Zero where the printed parts add up.

    Examples
    --------
    >>> unexplained(7439, [2774, 300, 159, 3002, 1204])
    0
    """
    for part in parts:
        whole = whole - part
    return whole
