"""Investment: how much, how well, how fast it is paid out.

Plain arithmetic, without validation. Investment is realised capital (vốn đầu tư thực hiện), not
commitments: fixed assets, working capital, valuables and other spending that adds or keeps
capacity, without mere transfers of land and used assets (General Statistics Office, metadata).
"""

from __future__ import annotations

from hlanalysis.metrics.arithmetic import Value
from hlanalysis.metrics.cards import ALIKE, Input, metric

_INVESTMENT = Input("V", "vốn đầu tư thực hiện", "realised investment")
_OUTPUT = Input("G_1", "GRDP năm nay", "GRDP of the year")
_PREVIOUS = Input("G_0", "GRDP năm trước, cùng giá", "GRDP of the year before, same prices")
# Output and capital are two things: only place, territory and prices must agree.
_TWO_THINGS = ("place", "territory", "price_basis")


@metric(
    vi="Tỷ lệ vốn đầu tư trên GRDP",
    en="Investment rate",
    inputs={"investment": _INVESTMENT, "output": Input("G", "GRDP", "GRDP")},
    result="rate",
    sources=("investment",),
    places=2,
    same=_TWO_THINGS,
    periods="same",
)
def investment_rate(investment: Value, output: Value) -> Value:
    """Return investment as a share of GRDP (tỷ lệ vốn/GRDP).

    I / G. [fraction]

    Both at current prices, same year and territory.

    Examples
    --------
    >>> round(investment_rate(1290, 4012), 4)
    0.3215
    """
    return investment / output


@metric(
    vi="Hệ số ICOR (trực tiếp)",
    en="ICOR (direct)",
    inputs={"investment": _INVESTMENT, "output": _OUTPUT, "previous_output": _PREVIOUS},
    result="ratio",
    sources=("icor",),
    same=_TWO_THINGS,
    periods="same_months",
)
def icor(investment: Value, output: Value, previous_output: Value) -> Value:
    """Return the incremental capital-output ratio, direct form (hệ số ICOR).

    V1 / (G1 - G0): dong of realised investment for one more dong of output. Lower is better.

    Parameters
    ----------
    investment : number, array, column or expression
        V1. [level]
    output, previous_output : same
        G1 and G0 at the same prices as V1; at current prices move G0 to the prices of year 1.

    Returns
    -------
    same as the inputs
        [ratio] Means nothing where output did not grow.

    Notes
    -----
    One year jumps: read it over totals of three to five years. It always differs from
    `icor_indirect` by the factor G1 / G0, so say which form is printed. At town level only gross
    production value exists: the result is then a proxy and must be named so.

    References
    ----------
    Từ điển thống kê, "Hiệu quả sử dụng vốn đầu tư (ICOR)", vienthongke.vn/tudienthongke.

    Examples
    --------
    >>> round(icor(1290, 4012, 3744), 2)
    4.81
    """
    return investment / (output - previous_output)


@metric(
    vi="Hệ số ICOR (gián tiếp)",
    en="ICOR (indirect)",
    inputs={
        "investment": _INVESTMENT,
        "output": _OUTPUT,
        "growth": Input("g", "tốc độ tăng GRDP", "growth of GRDP", "rate"),
    },
    result="ratio",
    sources=("icor",),
    same=_TWO_THINGS,
    periods="same_months",
)
def icor_indirect(investment: Value, output: Value, growth: Value) -> Value:
    """Return the incremental capital-output ratio, indirect form (ICOR gián tiếp).

    (V1 / G1) / g: the investment rate over the growth rate. [ratio]

    Examples
    --------
    >>> round(icor_indirect(1290, 4012, 4012 / 3744 - 1), 2)
    4.49
    """
    return investment / output / growth


@metric(
    vi="Vốn cần cho mục tiêu tăng trưởng",
    en="Investment needed for a growth target",
    inputs={
        "ratio": Input("k", "hệ số ICOR", "ICOR", "number"),
        "growth": Input("g", "tốc độ tăng mục tiêu", "target growth", "rate"),
        "output": Input("G", "GRDP", "GRDP"),
    },
    result="level",
    sources=("own",),
    same=_TWO_THINGS,
)
def investment_needed(ratio: Value, growth: Value, output: Value) -> Value:
    """Return the investment that a growth target asks for (vốn cần có).

    ICOR x g x G. [level]

    Assumes that the ratio stays as it was.

    Examples
    --------
    >>> round(investment_needed(1290 / 268, 0.08, 4012), 1)
    1544.9
    """
    return ratio * growth * output


@metric(
    vi="Tỷ lệ giải ngân vốn đầu tư công",
    en="Disbursement rate of public investment",
    inputs={
        "disbursed": Input("D", "đã giải ngân", "disbursed to date"),
        "assigned": Input("P", "kế hoạch vốn giao", "plan assigned", plan=True),
    },
    result="rate",
    sources=("investment_payment",),
    places=2,
    same=ALIKE,
    periods="same_year",
)
def disbursement_rate(disbursed: Value, assigned: Value) -> Value:
    """Return the share of assigned public capital that was paid out (tỷ lệ giải ngân).

    D / P, with carried-over funds apart. [fraction] The year closes on 31 January of the next
    year (Nghị định 99/2021: to be checked).

    Examples
    --------
    >>> round(disbursement_rate(412.5, 520), 4)
    0.7933
    """
    return disbursed / assigned
