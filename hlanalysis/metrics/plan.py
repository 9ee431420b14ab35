"""Plan and outturn: how much of a plan was reached, and what a printed rate says of the plan.

Plain arithmetic on fractions (0.7764, not 77.64), without validation: the same function takes a
float, an exact number, a NumPy array, a pandas Series, a Polars or a Narwhals expression. Levels
are in any one unit, usually billion VND. Always say which plan is meant: the one assigned by the
province, the one approved by the council, or the adjusted one.
"""

from __future__ import annotations

from typing import NamedTuple

from hlanalysis.metrics.arithmetic import Value, log
from hlanalysis.metrics.cards import ALIKE, Input, metric

_OUTTURN = Input("A", "thực hiện", "outturn")
_PLAN = Input("P", "kế hoạch", "plan", plan=True)
_LAND = Input("L", "tiền sử dụng đất thực hiện", "land-use revenue")
_LAND_PLAN = Input("L_P", "tiền sử dụng đất kế hoạch", "land-use revenue planned", plan=True)
_BEFORE = Input("P_0", "kế hoạch năm trước", "plan of the year before", plan=True)
_NOW = Input("P_1", "kế hoạch năm nay", "plan of this year", plan=True)


@metric(
    vi="Tỷ lệ hoàn thành kế hoạch",
    en="Plan attainment",
    inputs={"outturn": _OUTTURN, "plan": _PLAN},
    result="rate",
    sources=("practice", "pefa_31"),
    periods="same_year",
)
def plan_attainment(outturn: Value, plan: Value) -> Value:
    """Return how much of the plan was reached (tỷ lệ hoàn thành kế hoạch), as a fraction.

    A / P. "Đạt 80,63% kế hoạch" is this number; "tăng 77,64% so với kế hoạch" is `plan_excess`.

    Parameters
    ----------
    outturn, plan : number, array, column or expression
        Thực hiện and kế hoạch, same unit and scope. [level]

    Returns
    -------
    same as the inputs
        [fraction]

    References
    ----------
    Practice of the annual reports; PEFA 2016 PI-3.1, pefa.org/node/4770.

    Examples
    --------
    >>> from fractions import Fraction
    >>> float(plan_attainment(Fraction("222.044"), 125)), plan_attainment(1290.0, 1600)
    (1.776352, 0.80625)
    """
    return outturn / plan


@metric(
    vi="Tỷ lệ vượt (hụt) kế hoạch",
    en="Excess over plan",
    inputs={"outturn": _OUTTURN, "plan": _PLAN},
    result="rate",
    sources=("practice",),
    signed=True,
    periods="same_year",
)
def plan_excess(outturn: Value, plan: Value) -> Value:
    """Return by what part of the plan the outturn lies above it (tỷ lệ vượt kế hoạch).

    A / P - 1. [fraction] Negative where the plan was missed.

    Examples
    --------
    >>> round(plan_excess(222.044, 125), 6)
    0.776352
    """
    return outturn / plan - 1


@metric(
    vi="Chênh lệch so với kế hoạch",
    en="Gap to plan",
    inputs={"outturn": _OUTTURN, "plan": _PLAN},
    result="level",
    sources=("practice",),
    signed=True,
    periods="same_year",
)
def plan_gap(outturn: Value, plan: Value) -> Value:
    """Return outturn less plan (chênh lệch tuyệt đối).

    A - P. [unit of the inputs]

    Examples
    --------
    >>> plan_gap(1290, 1600)
    -310
    """
    return outturn - plan


@metric(
    vi="Chênh lệch so với kế hoạch (điểm %)",
    en="Gap to plan (percentage points)",
    inputs={
        "outturn": Input("r", "tỷ lệ thực hiện", "rate reached", "rate"),
        "plan": Input("r_P", "tỷ lệ kế hoạch", "rate planned", "rate", plan=True),
    },
    result="points",
    sources=("practice",),
    signed=True,
    periods="same_year",
)
def plan_point_gap(outturn: Value, plan: Value) -> Value:
    """Return a rate less the rate planned (chênh lệch điểm phần trăm so với kế hoạch).

    r - r_P. [points]

    A poverty rate of 3.25% against a plan of 3.30% lies 0.05 points below it. As a ratio it would
    read "98.5% of plan", as if the plan had been missed.

    Examples
    --------
    >>> round(plan_point_gap(0.0325, 0.0330), 6)
    -0.0005
    """
    return outturn - plan


@metric(
    vi="Kế hoạch suy ra từ tỷ lệ vượt",
    en="Plan implied by the excess",
    inputs={"outturn": _OUTTURN, "excess": Input("r", "tỷ lệ vượt", "excess", "rate")},
    result="level",
    sources=("own",),
    periods="same",
)
def implied_plan(outturn: Value, excess: Value) -> Value:
    """Return the plan that "tăng r% so với kế hoạch" implies (kế hoạch suy ra).

    A / (1 + r), not A / r. [unit of the outturn]

    Examples
    --------
    >>> round(implied_plan(222.044, 0.7764), 4)
    124.9966
    """
    return outturn / (1 + excess)


@metric(
    vi="Kế hoạch suy ra từ tỷ lệ đạt",
    en="Plan implied by the attainment",
    inputs={"outturn": _OUTTURN, "attainment": Input("r", "tỷ lệ đạt", "attainment", "rate")},
    result="level",
    sources=("own",),
    periods="same",
)
def implied_plan_from_attainment(outturn: Value, attainment: Value) -> Value:
    """Return the plan that "đạt r% kế hoạch" implies.

    A / r. [unit of the outturn]

    Examples
    --------
    >>> round(implied_plan_from_attainment(1290, 0.8063), 2)
    1599.9
    """
    return outturn / attainment


class OverAttainmentSplit(NamedTuple):
    """An outturn against its plan, split in logarithms; the first is the sum of the next two.

    Attributes
    ----------
    total : ln(A / P1), over-attainment of this year's plan. [log points]
    against_last_plan : ln(A / P0), what is left against last year's plan. [log points]
    lower_plan : ln(P0 / P1), what the lowering of the plan gave. [log points]
    share_of_lower_plan : lower_plan / total. [fraction]
    """

    total: Value
    against_last_plan: Value
    lower_plan: Value
    share_of_lower_plan: Value


def over_attainment_split(outturn: Value, plan_before: Value, plan: Value) -> OverAttainmentSplit:
    """Split the over-attainment of a plan into a better outturn and a lower plan.

    Tách phần vượt kế hoạch: ln(A/P1) = ln(A/P0) + ln(P0/P1). Logarithms, because then the two
    parts add up whichever comes first. Valid only where both plans have the same scope and level.

    Parameters
    ----------
    outturn : number, array, column or expression
        [level]
    plan_before, plan : same as outturn
        Plans of the year before (P0) and of this year (P1). [level]

    Returns
    -------
    OverAttainmentSplit

    Notes
    -----
    Own method. Where the outturn equals this year's plan there is nothing to split and the share
    has no meaning.

    Examples
    --------
    >>> [round(part, 4) for part in over_attainment_split(222.044, 192.5, 125)]
    [0.5746, 0.1428, 0.4318, 0.7515]
    """
    lower = log(plan_before / plan)
    whole = log(outturn / plan)
    return OverAttainmentSplit(whole, log(outturn / plan_before), lower, lower / whole)


@metric(
    vi="Phần vượt kế hoạch do kế hoạch giao thấp hơn",
    en="Share of the over-attainment due to a lower plan",
    inputs={"outturn": _OUTTURN, "plan_before": _BEFORE, "plan": _NOW},
    result="rate",
    sources=("own",),
    periods="same_months",
)
def lower_plan_share(outturn: Value, plan_before: Value, plan: Value) -> Value:
    """Return which share of the over-attainment the lower plan explains, in logarithms.

    ln(P0/P1) / ln(A/P1). [fraction] See `over_attainment_split`.

    Examples
    --------
    >>> round(lower_plan_share(222.044, 192.5, 125), 3)
    0.751
    """
    return log(plan_before / plan) / log(outturn / plan)


@metric(
    vi="Hoàn thành kế hoạch không kể tiền sử dụng đất",
    en="Plan attainment without land-use revenue",
    inputs={"outturn": _OUTTURN, "land": _LAND, "plan": _PLAN, "land_plan": _LAND_PLAN},
    result="rate",
    sources=("practice",),
    same=tuple(tag for tag in ALIKE if tag != "scope"),
    periods="same_year",
)
def plan_attainment_excl_land(outturn: Value, land: Value, plan: Value, land_plan: Value) -> Value:
    """Return plan attainment without land-use revenue (không kể tiền sử dụng đất).

    (A - L) / (P - L_P). [fraction] Land auctions hide whether the lasting sources did well.

    Examples
    --------
    >>> round(plan_attainment_excl_land(222.044, 125, 125, 50), 4)
    1.2939
    """
    return (outturn - land) / (plan - land_plan)


@metric(
    vi="Phần chênh lệch kế hoạch do một khoản thu",
    en="Share of the gap to plan due to one part",
    inputs={
        "part": Input("a", "thực hiện của khoản", "outturn of the part"),
        "part_plan": Input("p", "kế hoạch của khoản", "plan of the part", plan=True),
        "outturn": _OUTTURN,
        "plan": _PLAN,
    },
    result="rate",
    sources=("practice",),
    same=tuple(tag for tag in ALIKE if tag != "scope"),
    periods="same_year",
)
def gap_share(part: Value, part_plan: Value, outturn: Value, plan: Value) -> Value:
    """Return which share of the gap to plan one part explains.

    (a - p) / (A - P). [fraction]

    Examples
    --------
    >>> round(gap_share(125, 50, 222.044, 125), 3)
    0.773
    """
    return (part - part_plan) / (outturn - plan)
