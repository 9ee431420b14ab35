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
from typing import Any, Literal

import narwhals as nw

from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assume
from hlanalysis.metrics.growth import cagr, contribution, growth_rate
from hlanalysis.metrics.history import check_history
from hlanalysis.metrics.plan import plan_attainment, plan_excess, plan_gap
from hlanalysis.metrics.rows import (
    BEFORE,
    KEYS,
    TAGS,
    Frame,
    a_year_later,
    check_pairs,
    collected,
    levels,
    read_table,
    refuse_repeats,
    renamed,
    tags_of,
    there,
    with_year,
)
from hlanalysis.metrics.structure import share

OUTTURNS = ("actual", "estimate")
_AGAINST_PLAN = ("unit", "price_basis", "scope", "territory")
_ACROSS_YEARS = tuple(tag for tag in TAGS if tag != "plan_level")


def attainment_by_period(
    table: Any, *, statuses: Sequence[str] = OUTTURNS, assume: Assume = (), trusted: bool = False
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
    outturns = levels(frame, statuses, [*keys, *modifier, *_with_unit(tags)])
    plans = levels(frame, ("plan",), [*keys, *level, *tags])
    if not trusted:
        refuse_repeats(outturns, keys, where)
        refuse_repeats(plans, [*keys, *level], where)
    left = outturns.select(*keys, "status", *modifier, *_with_unit(tags), "value")
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
    table: Any, *, statuses: Sequence[str] = OUTTURNS, assume: Assume = (), trusted: bool = False
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
    rows, tags = _checked(table, where, statuses, _ACROSS_YEARS, trusted)
    joined, extra = _with_year_before(rows, tags, where, assume)
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
    rows, tags = _checked(table, where, statuses, _ACROSS_YEARS, trusted)
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


def contribution_by_part(
    table: Any, *, statuses: Sequence[str] = OUTTURNS, assume: Assume = (), trusted: bool = False
) -> Any:
    """Return what each series adds to the growth of the sum of all series, in points.

    Rows with an empty series are totals and are left out; at fixed prices the contributions sum
    exactly to the growth of the whole.

    Returns
    -------
    table of the same engine
        place, indicator, series, period, unit, value, value_before, whole_before, contribution
        [points as a fraction], assumed.

    Raises
    ------
    InputError
        If a part is there in one year and missing in the other, a figure is there twice, or tags
        are unlike.
    """
    where = "contribution_by_part"
    rows, tags = _checked(table, where, statuses, _ACROSS_YEARS, trusted)
    rows = rows.filter(nw.col("series") != "")
    joined, _ = _with_year_before(rows, tags, where, assume)
    if not trusted:
        _refuse_lost_parts(rows, joined, where)
    group = ["place", "indicator", "period"]
    wholes = joined.group_by(*group).agg(nw.col(f"value{BEFORE}").sum().alias("whole_before"))
    full = joined.join(wholes, on=group, how="inner")
    part, before = nw.col("value"), nw.col(f"value{BEFORE}")
    return nw.to_native(
        full.select(
            *KEYS,
            "period",
            "unit",
            part,
            before,
            "whole_before",
            contribution(part, before, nw.col("whole_before")).alias("contribution"),
            "assumed",
        )
    )


def share_of_total(
    table: Any,
    *,
    whole: Literal["sum", "printed"] = "sum",
    statuses: Sequence[str] = OUTTURNS,
    assume: Assume = (),
    trusted: bool = False,
) -> Any:
    """Return each series as a share of its whole.

    Parameters
    ----------
    table : table of observations
    whole : {"sum", "printed"}
        The sum of the series, or the row with an empty series.
    statuses : sequence of str
    assume : mapping of tag to reason, or tags

    Returns
    -------
    table of the same engine
        place, indicator, series, period, unit, value, whole, share [fraction], assumed.

    Raises
    ------
    InputError
        If a figure is there twice, or the tags of parts and whole are unlike.
    """
    where = "share_of_total"
    # A printed whole is wider than its parts by nature: its scope may differ.
    names = tuple(tag for tag in _ACROSS_YEARS if whole == "sum" or tag != "scope")
    rows, tags = _checked(table, where, statuses, names, trusted)
    group = ["place", "indicator", "period"]
    parts = rows.filter(nw.col("series") != "")
    totals = _sums(parts, group, tags) if whole == "sum" else _printed(rows, group, tags)
    checked = check_pairs(parts.join(totals, on=group, how="inner"), tags, where, assume)
    return nw.to_native(
        checked.select(
            *KEYS,
            "period",
            "unit",
            "value",
            "whole",
            share(nw.col("value"), nw.col("whole")).alias("share"),
            "assumed",
        )
    )


def _checked(
    table: Any, where: str, statuses: Sequence[str], names: Sequence[str], trusted: bool
) -> tuple[Frame, list[str]]:
    """Return the levels of a table and the tags that vary among them; refuse repeated figures."""
    frame = read_table(table, where)
    tags = [] if trusted else tags_of(frame, names)
    kept = [*KEYS, "period", *there(frame, ("modifier",)), *_with_unit(tags)]
    rows = levels(frame, statuses, kept)
    if not trusted:
        refuse_repeats(rows, [*KEYS, "period"], where)
    return rows, tags


def _with_unit(tags: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(["unit", *tags]))


def _with_year_before(
    rows: Frame, tags: Sequence[str], where: str, assume: Assume
) -> tuple[Frame, list[str]]:
    """Join each row with the row one year back; return it with the modifiers it has."""
    modifiers = there(rows, ("modifier",))
    keys = [*KEYS, "period"]
    before = renamed(a_year_later(rows), keys, [*tags, *modifiers, "value"])
    kept = rows.select(*keys, "status", *modifiers, *_with_unit(tags), "value")
    joined = kept.join(before, on=keys, how="inner")
    extra = [*modifiers, *(f"{name}{BEFORE}" for name in modifiers)]
    return check_pairs(joined, tags, where, assume), extra


def _refuse_lost_parts(rows: Frame, joined: Frame, where: str) -> None:
    """Refuse a year whose parts are not those of the year before: the sum would not be growth."""
    keys = ["place", "indicator", "year", "part"]
    dated = with_year(rows)
    both = with_year(joined.select(*KEYS, "period"))
    met = both.group_by(*keys).agg(nw.len().alias("met"))
    own = dated.group_by(*keys).agg(nw.len().alias("own"))
    old = dated.with_columns(nw.col("year") + 1).group_by(*keys).agg(nw.len().alias("old"))
    counts = met.join(own, on=keys, how="inner").join(old, on=keys, how="inner")
    broken = counts.filter((nw.col("met") != nw.col("own")) | (nw.col("met") != nw.col("old")))
    found = collected(broken.sort(*keys).head(5)).rows(named=True)
    if found:
        listed = "; ".join(
            f"{row['place']} {row['indicator']} {row['year']}{row['part']} has {row['own']} parts, "
            f"{row['old']} a year earlier, {row['met']} in both"
            for row in found
        )
        raise InputError(
            where,
            listed,
            "the same parts in both years",
            "add the missing part (0 if it was nothing), or leave the year out",
        )


def _sums(parts: Frame, group: Sequence[str], tags: Sequence[str]) -> Frame:
    """Return the sum of the parts; the greatest tag stands for all, each part is checked on it."""
    return parts.group_by(*group).agg(
        nw.col("value").sum().alias("whole"),
        *[nw.col(name).fill_null("").max().alias(f"{name}{BEFORE}") for name in tags],
    )


def _printed(rows: Frame, group: Sequence[str], tags: Sequence[str]) -> Frame:
    totals = rows.filter(nw.col("series") == "")
    return totals.select(
        *group,
        *[nw.col(name).alias(f"{name}{BEFORE}") for name in tags],
        nw.col("value").alias("whole"),
    )
