"""Metrics of whole tables: by place, indicator, series and period.

Each takes a long tidy table (pandas, Polars, DuckDB; PySpark and Dask follow the same code) and
returns one of the same engine, lazy where it came lazy. Values are floats here; `compute` keeps
exact numbers. Before anything is divided the rows are validated: unlike units, price bases, scopes,
territories, vintages or plan levels raise an error that names both; unknown ones need `assume=`,
and the assumption stands in the column `assumed`. With ``trusted=True`` nothing is validated: for a
table that was validated before, where each look at it costs minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from hlanalysis.metrics.alike import Assume
from hlanalysis.metrics.growth import cagr, growth_rate
from hlanalysis.metrics.history import check_history
from hlanalysis.metrics.part_tables import contribution_by_part, share_of_total
from hlanalysis.metrics.plan import plan_attainment, plan_excess, plan_gap
from hlanalysis.metrics.rows import (
    ACROSS_YEARS,
    BEFORE,
    KEYS,
    OUTTURNS,
    Conflicts,
    check_pairs,
    checked_levels,
    levels,
    read_table,
    renamed,
    tags_of,
    there,
    with_unit,
    with_year_before,
    without_repeats,
)

__all__ = [
    "attainment_by_period",
    "average_growth_between",
    "contribution_by_part",
    "growth_by_year",
    "share_of_total",
]

_AGAINST_PLAN = ("unit", "price_basis", "scope", "territory")


def attainment_by_period(
    table: Any,
    *,
    statuses: Sequence[str] = OUTTURNS,
    assume: Assume = (),
    conflicts: Conflicts = "refuse",
    trusted: bool = False,
) -> Any:
    """Return how much of each plan was reached, one row a plan.

    Parameters
    ----------
    table : table of observations, one row a figure
        A part of a year is measured against the plan of the same part.
    statuses : sequence of str
        Which rows count as outturn: ``actual``, ``estimate``.
    assume : mapping of tag to reason, or tags
        Tags that may be taken as alike where one side does not say.
    conflicts : {"refuse", "leave_out"}
        What to do with a meaning that has two figures.
    trusted : bool
        Validate nothing: the caller has done so.

    Returns
    -------
    table of the same engine
        place, indicator, series, period, unit, status, modifier, plan_level, outturn, plan,
        attainment [fraction], excess [fraction], gap [unit], assumed. Not sorted.

    Raises
    ------
    InputError
        If a column is missing, a figure is there twice, or tags are unlike.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({
    ...     "place": "hong_linh", "indicator": "total_social_investment", "series": "",
    ...     "period": "2024", "kind": "level", "status": ["actual", "plan"],
    ...     "value": [1290.0, 1600.0], "unit": "bn_vnd"})
    >>> attainment_by_period(rows)[["outturn", "plan", "attainment", "gap"]].to_dict("records")
    [{'outturn': 1290.0, 'plan': 1600.0, 'attainment': 0.80625, 'gap': -310.0}]
    """
    where = "attainment_by_period"
    frame = read_table(table, where)
    keys = [*KEYS, "period"]
    modifier, level = there(frame, ("modifier",)), there(frame, ("plan_level",))
    tags = [] if trusted else tags_of(frame, _AGAINST_PLAN)
    outturns = levels(frame, statuses, [*keys, *modifier, *with_unit(tags)])
    plans = levels(frame, ("plan",), [*keys, *level, *tags])
    if not trusted:
        outturns = without_repeats(outturns, keys, where, conflicts)
        plans = without_repeats(plans, [*keys, *level], where, conflicts)
    left = outturns.select(*keys, "status", *modifier, *with_unit(tags), "value")
    right = plans.select(
        *keys,
        *level,
        *[nw.col(name).alias(f"{name}{BEFORE}") for name in tags],
        nw.col("value").alias("plan"),
    )
    joined = check_pairs(left.join(right, on=keys, how="inner"), tags, where, assume)
    outturn, plan = nw.col("value"), nw.col("plan")
    return nw.to_native(
        joined.select(
            *keys,
            "unit",
            "status",
            *modifier,
            *level,
            outturn.alias("outturn"),
            plan,
            plan_attainment(outturn, plan).alias("attainment"),
            plan_excess(outturn, plan).alias("excess"),
            plan_gap(outturn, plan).alias("gap"),
            "assumed",
        )
    )


def growth_by_year(
    table: Any,
    *,
    statuses: Sequence[str] = OUTTURNS,
    assume: Assume = (),
    conflicts: Conflicts = "refuse",
    trusted: bool = False,
) -> Any:
    """Return growth on the same period of the year before, one row where both years are there.

    A self-join on place, indicator, series and the period one year back: a missing year gives no
    row instead of a wrong one.

    Returns
    -------
    table of the same engine
        place, indicator, series, period, unit, status, modifier, modifier_before, value,
        value_before, growth [fraction], assumed. Not sorted.

    Raises
    ------
    InputError
        If a column is missing, a figure is there twice, or the tags of two years are unlike.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({
    ...     "place": "hong_linh", "indicator": "budget_revenue", "series": "",
    ...     "period": ["2020", "2021", "2023"], "kind": "level", "status": "actual",
    ...     "value": [100.0, 110.0, 120.0], "unit": "bn_vnd"})
    >>> growth_by_year(rows)[["period", "growth"]].round(6).to_dict("records")
    [{'period': '2021', 'growth': 0.1}]
    """
    where = "growth_by_year"
    rows, tags = checked_levels(table, where, statuses, ACROSS_YEARS, conflicts, trusted)
    joined, extra = with_year_before(rows, tags, where, assume)
    current, previous = nw.col("value"), nw.col(f"value{BEFORE}")
    return nw.to_native(
        joined.select(
            *KEYS,
            "period",
            "unit",
            "status",
            *extra,
            current,
            previous,
            growth_rate(current, previous).alias("growth"),
            "assumed",
        )
    )


def average_growth_between(
    table: Any,
    first: int,
    last: int,
    *,
    statuses: Sequence[str] = OUTTURNS,
    assume: Assume = (),
    conflicts: Conflicts = "refuse",
    trusted: bool = False,
) -> Any:
    """Return average annual growth between two years, one row where both years are there.

    Returns
    -------
    table of the same engine
        place, indicator, series, unit, first, last, years, value_before, value, growth [fraction a
        year], assumed.

    Raises
    ------
    InputError
        If the years are fewer than two apart, a figure is there twice, or tags are unlike.
    """
    where = "average_growth_between"
    check_history("average_growth", range(first + 1, last + 1), about=f"{first} to {last}")
    rows, tags = checked_levels(table, where, statuses, ACROSS_YEARS, conflicts, trusted)
    before = renamed(rows.filter(nw.col("period") == str(first)), KEYS, [*tags, "value"])
    joined = rows.filter(nw.col("period") == str(last)).join(before, on=list(KEYS), how="inner")
    checked = check_pairs(joined, tags, where, assume)
    current, previous = nw.col("value"), nw.col(f"value{BEFORE}")
    return nw.to_native(
        checked.select(
            *KEYS,
            "unit",
            nw.lit(first).alias("first"),
            nw.lit(last).alias("last"),
            nw.lit(last - first).alias("years"),
            previous,
            current,
            cagr(current, previous, last - first).alias("growth"),
            "assumed",
        )
    )
