"""Tables that look back over years: budget scores, past misses, usual seasonal shares.

Each needs a minimum of comparable years (`hlanalysis.metrics.history`). Where no group has them the
call is refused; where some have, the others keep their row with an empty result and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assume, reasons
from hlanalysis.metrics.history import MINIMUM, check_history
from hlanalysis.metrics.pefa import ATTAINMENT_BANDS
from hlanalysis.metrics.rows import (
    BEFORE,
    KEYS,
    OUTTURNS,
    Frame,
    check_pairs,
    collected,
    levels,
    read_table,
    tags_of,
    there,
    with_year,
    without_repeats,
)
from hlanalysis.metrics.structure import share
from hlanalysis.metrics.tables import attainment_by_period

_BOUNDS = ("over", "under", "at_least", "at_most")
# A share of exactly 106% computed in floats may lie a hair above it.
_HAIR = 1e-9


def pefa_scores(
    table: Any, years: Sequence[int], *, statuses: Sequence[str] = OUTTURNS, assume: Assume = ()
) -> Any:
    """Return the PEFA PI-3.1 score of each revenue line over three years.

    Parameters
    ----------
    table : table of observations
    years : sequence of three int
    statuses : sequence of str
    assume : mapping of tag to reason, or tags
        ``plan_level`` where the level of the plans is not known.

    Returns
    -------
    table of the same engine
        place, indicator, series, plan_level, years (how many were found), inside_a, inside_b,
        inside_c (years inside each band), score, reason (why there is none).

    Raises
    ------
    InputError
        If `years` are not three, no line has all of them, or a plan level is unknown.

    References
    ----------
    PEFA 2016, PI-3.1, pefa.org/node/4770.
    """
    where = "pefa_scores"
    wanted = check_history("pefa_pi31", years)
    if len(wanted) != MINIMUM["pefa_pi31"].years:
        raise InputError(where, f"the years {', '.join(map(str, wanted))}", "three years")
    rows = _attainments(table, where, statuses, assume)
    rows = rows.filter(nw.col("period").is_in([str(year) for year in wanted]))
    percent = nw.col("attainment") * 100
    flags = [
        ((percent >= low - _HAIR) & (percent <= high + _HAIR))
        .cast(nw.Int64)
        .alias(f"inside_{band.lower()}")
        for band, low, high in ATTAINMENT_BANDS
    ]
    names = [f"inside_{band.lower()}" for band, _, _ in ATTAINMENT_BANDS]
    keys = [*KEYS, "plan_level"]
    counts = (
        rows.with_columns(*flags)
        .group_by(*keys)
        .agg(nw.len().alias("years"), *[nw.col(name).sum() for name in names])
    )
    _refuse_if_none(counts, rows, "pefa_pi31")
    enough = nw.col("years") >= MINIMUM["pefa_pi31"].years
    score = nw.lit("D")
    for band, name in reversed(list(zip("ABC", names, strict=True))):
        score = nw.when(nw.col(name) >= 2).then(nw.lit(band)).otherwise(score)
    return nw.to_native(
        counts.with_columns(
            nw.when(enough).then(score).otherwise(nw.lit("")).alias("score"),
            _reason("pefa_pi31"),
        )
    )


def past_misses(table: Any, *, statuses: Sequence[str] = OUTTURNS, assume: Assume = ()) -> Any:
    """Return how outturns compared with plans in the past: the ground of an honest fan.

    Sai số dự toán quá khứ: lowest, median and highest A / P over the full years.

    Returns
    -------
    table of the same engine
        place, indicator, series, plan_level, years, low, median, high [fraction], reason.

    Raises
    ------
    InputError
        If no line has five comparable years, or a plan level is unknown.
    """
    rows = _attainments(table, "past_misses", statuses, assume)
    # "2024" is a full year; parts of a year and spans are longer to write.
    years = rows.filter(nw.col("period").str.len_chars() == 4)
    return _spread(years, "attainment", [*KEYS, "plan_level"], "past_errors")


def seasonal_profile(
    table: Any, months: int, *, statuses: Sequence[str] = OUTTURNS, assume: Assume = ()
) -> Any:
    """Return which share of the year was usually reached after some months, line by line.

    Divide a cumulative figure by these shares (`seasonal_projection`) for a range of the full year.

    Parameters
    ----------
    table : table of observations
    months : int
        Months counted from January, 1 to 11.
    statuses : sequence of str
    assume : mapping of tag to reason, or tags

    Returns
    -------
    table of the same engine
        place, indicator, series, years, low, median, high [fraction], reason.

    Raises
    ------
    InputError
        If no line has three years with both figures, or tags are unlike.
    """
    where = "seasonal_profile"
    frame = read_table(table, where)
    tags = tags_of(frame, ("unit", "price_basis", "scope", "territory"))
    kept = [*KEYS, "period", *there(frame, ("modifier",)), *tags]
    rows = _plain(levels(frame, statuses, kept))
    rows = without_repeats(rows, [*KEYS, "period"], where)
    dated = with_year(rows)
    wholes = dated.filter(nw.col("part") == "").select(
        *KEYS,
        "year",
        *[nw.col(name).alias(f"{name}{BEFORE}") for name in tags],
        nw.col("value").alias("whole"),
    )
    parts = dated.filter(nw.col("part") == f"-{months}M")
    joined = parts.join(wholes, on=[*KEYS, "year"], how="inner")
    checked = check_pairs(joined, tags, where, assume)
    shares = checked.with_columns(share(nw.col("value"), nw.col("whole")).alias("share"))
    return _spread(shares, "share", list(KEYS), "seasonal_profile")


def _attainments(table: Any, where: str, statuses: Sequence[str], assume: Assume) -> Frame:
    rows = nw.from_native(attainment_by_period(table, statuses=statuses, assume=assume))
    if "plan_level" not in rows.collect_schema().names():
        rows = rows.with_columns(nw.lit("").alias("plan_level"))
    rows = _plain(rows.with_columns(nw.col("plan_level").fill_null("")))
    silent = collected(rows.filter(nw.col("plan_level") == "").head(5)).rows(named=True)
    if silent and "plan_level" not in reasons(assume):
        listed = "; ".join(f"{row['place']} {row['indicator']} {row['period']}" for row in silent)
        raise InputError(
            where,
            f"cấp giao kế hoạch (plan_level) is not known of {listed}",
            "years against one level of plan",
            'find it in the source, or write assume={"plan_level": "why they are one level"}',
        )
    return rows


def _plain(rows: Frame) -> Frame:
    """Leave out figures that only bound the truth ("hơn 301"): they would shift a spread."""
    if "modifier" not in rows.collect_schema().names():
        return rows
    return rows.filter(~nw.col("modifier").fill_null("").is_in(list(_BOUNDS)))


def _spread(rows: Frame, column: str, keys: Sequence[str], method: str) -> Any:
    value = nw.col(column)
    counts = rows.group_by(*keys).agg(
        nw.len().alias("years"),
        value.min().alias("low"),
        value.median().alias("median"),
        value.max().alias("high"),
    )
    _refuse_if_none(counts, rows, method)
    enough = nw.col("years") >= MINIMUM[method].years
    return nw.to_native(
        counts.with_columns(
            *[nw.when(enough).then(nw.col(name)).alias(name) for name in ("low", "median", "high")],
            _reason(method),
        )
    )


def _reason(method: str) -> nw.Expr:
    least = MINIMUM[method].years
    short = nw.concat_str(
        [nw.col("years").cast(nw.String), nw.lit(f" of {least} comparable years")]
    )
    return nw.when(nw.col("years") >= least).then(nw.lit("")).otherwise(short).alias("reason")


def _refuse_if_none(counts: Frame, rows: Frame, method: str) -> None:
    """Refuse where no group has the years; the years of the longest group are named."""
    longest = collected(counts.sort("years", descending=True).head(1)).rows(named=True)
    if longest and longest[0]["years"] >= MINIMUM[method].years:
        return
    check_history(method, _years_of(rows, longest[0]) if longest else (), about=_about(longest))


def _years_of(rows: Frame, group: dict[str, Any]) -> Iterable[int]:
    keys = [key for key in (*KEYS, "plan_level") if key in group]
    own = rows
    for key in keys:
        own = own.filter(nw.col(key) == group[key])
    found = collected(own.select("period")).rows(named=True)
    return (int(row["period"][:4]) for row in found)


def _about(longest: Sequence[dict[str, Any]]) -> str:
    if not longest:
        return ""
    row = longest[0]
    return " ".join(str(row[key]) for key in KEYS if row[key])
