"""Parts of a whole in tables: what each adds to growth, and which share each has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import narwhals as nw

from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assume
from hlanalysis.metrics.growth import contribution
from hlanalysis.metrics.rows import (
    ACROSS_YEARS,
    BEFORE,
    KEYS,
    OUTTURNS,
    Conflicts,
    Frame,
    check_pairs,
    checked_levels,
    collected,
    with_year,
    with_year_before,
)
from hlanalysis.metrics.structure import share


def contribution_by_part(
    table: Any,
    *,
    statuses: Sequence[str] = OUTTURNS,
    assume: Assume = (),
    conflicts: Conflicts = "refuse",
    trusted: bool = False,
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
    rows, tags = checked_levels(table, where, statuses, ACROSS_YEARS, conflicts, trusted)
    rows = rows.filter(nw.col("series") != "")
    joined, _ = with_year_before(rows, tags, where, assume)
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
    conflicts: Conflicts = "refuse",
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
    names = tuple(tag for tag in ACROSS_YEARS if whole == "sum" or tag != "scope")
    rows, tags = checked_levels(table, where, statuses, names, conflicts, trusted)
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
    known = parts.with_columns(*[nw.col(name).fill_null("") for name in tags]) if tags else parts
    return known.group_by(*group).agg(
        nw.col("value").sum().alias("whole"),
        *[nw.col(name).max().alias(f"{name}{BEFORE}") for name in tags],
    )


def _printed(rows: Frame, group: Sequence[str], tags: Sequence[str]) -> Frame:
    totals = rows.filter(nw.col("series") == "")
    return totals.select(
        *group,
        *[nw.col(name).alias(f"{name}{BEFORE}") for name in tags],
        nw.col("value").alias("whole"),
    )
