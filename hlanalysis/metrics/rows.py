"""What the table forms share: picking rows, joining years, checking that pairs are alike.

Everything goes through Narwhals and uses only filter, select, join, group_by and concat, so that
the same code runs on pandas, Polars, DuckDB, PySpark and Dask. No shift, no window, no pivot, no
Python function in a column: a year and the year before it meet in a self-join, which is right over
gaps too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import narwhals as nw

from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assume, reasons, tag_name, value_name

Frame = Any
"""A Narwhals frame, lazy or not."""
KEYS = ("place", "indicator", "series")
NEEDED = (*KEYS, "period", "kind", "status", "value", "unit")
TAGS = ("unit", "price_basis", "scope", "territory", "vintage", "plan_level")
ACROSS_YEARS = tuple(tag for tag in TAGS if tag != "plan_level")
OUTTURNS = ("actual", "estimate")
BEFORE = "_before"
_SHOWN = 5
Conflicts = Literal["refuse", "leave_out"]
"""What happens where sources give two figures for one meaning."""


def read_table(table: Any, where: str) -> Frame:
    """Return a table as a Narwhals frame, with values as floats.

    Parameters
    ----------
    table : pandas, Polars, DuckDB, PySpark or Dask table
        One row an observation, with the columns of `hlanalysis.observations`; tags that are
        missing as columns are not checked.

    Raises
    ------
    InputError
        If a needed column is missing.
    """
    frame = nw.from_native(table)
    names = frame.collect_schema().names()
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise InputError(where, f"no column {', '.join(missing)}", f"columns {', '.join(NEEDED)}")
    return frame


def levels(frame: Frame, statuses: Sequence[str], names: Sequence[str]) -> Frame:
    """Return the rows that state a level with one of some statuses, values as floats.

    Only `names`, the status and the value are kept: rows are filtered faster when they are narrow.
    """
    wanted = nw.col("status") == statuses[0]
    for status in statuses[1:]:
        wanted = wanted | (nw.col("status") == status)
    kept = dict.fromkeys([*names, "kind", "status", "value"])
    rows = frame.select(*kept).filter((nw.col("kind") == "level") & wanted)
    return rows.with_columns(nw.col("value").cast(nw.Float64))


def tags_of(frame: Frame, names: Sequence[str] = TAGS) -> list[str]:
    """Return the tags that vary among the levels: one that never varies cannot disagree."""
    present = there(frame, names)
    if not present:
        return []
    rows = frame.select("kind", *present).filter(nw.col("kind") == "level")
    ends = collected(
        rows.select(
            *[nw.col(name).fill_null("").min().alias(f"{name}_low") for name in present],
            *[nw.col(name).fill_null("").max().alias(f"{name}_high") for name in present],
        )
    )
    row = ends.rows(named=True)[0]
    return [name for name in present if row[f"{name}_low"] != row[f"{name}_high"]]


def there(frame: Frame, names: Iterable[str]) -> list[str]:
    """Return those of some columns that a table has."""
    known = frame.collect_schema().names()
    return [name for name in names if name in known]


def without_repeats(
    frame: Frame, keys: Sequence[str], where: str, conflicts: Conflicts = "refuse"
) -> Frame:
    """Refuse a table with two figures for one meaning, or leave such figures out.

    Raises
    ------
    InputError
        Naming the first of them, if `conflicts` is "refuse".
    """
    repeated = frame.group_by(*keys).agg(nw.len().alias("times")).filter(nw.col("times") > 1)
    if conflicts == "leave_out":
        return frame.join(repeated, on=list(keys), how="anti")
    found = collected(repeated.sort(*keys).head(_SHOWN)).rows(named=True)
    if found:
        listed = "; ".join(
            " ".join(str(row[key]) for key in keys if row[key]) + f" ({row['times']} figures)"
            for row in found
        )
        raise InputError(
            where,
            f"more than one figure for {listed}",
            "one figure for each place, indicator, series and period",
            "sources disagree or statuses mix: keep the rows of one source or one status, or "
            'write conflicts="leave_out"',
        )
    return frame


def check_pairs(
    joined: Frame, names: Sequence[str], where: str, assume: Assume, *, suffix: str = BEFORE
) -> Frame:
    """Refuse pairs with unlike tags, and record assumptions about unknown ones.

    Parameters
    ----------
    joined : Frame
        With each tag twice, the second under `suffix`.
    names : sequence of str
        Tags that vary.
    assume : mapping of tag to reason, or tags

    Returns
    -------
    Frame
        With a column `assumed`: the tags that were taken as alike in that row, else empty.

    Raises
    ------
    InputError
        Naming both tags, in Vietnamese too, and the rows.
    """
    allowed = reasons(assume)
    tests = {name: _pair_tests(name, suffix) for name in names}
    if not tests:
        return joined.with_columns(nw.lit("").alias("assumed"))
    sums = [
        test.cast(nw.Int64).sum().alias(f"{name}_{kind}")
        for name, pair in tests.items()
        for kind, test in zip(("unlike", "unknown"), pair, strict=True)
    ]
    # A join without any row sums to nothing.
    counts = {
        name: count or 0
        for name, count in collected(joined.select(*sums)).rows(named=True)[0].items()
    }
    for name, (unlike, unknown) in tests.items():
        if counts[f"{name}_unlike"]:
            raise _refused(joined.filter(unlike), name, suffix, where, "differs")
        if counts[f"{name}_unknown"] and name not in allowed:
            raise _refused(joined.filter(unknown), name, suffix, where, "is not known of both")
    taken = [name for name in names if counts[f"{name}_unknown"]]
    return joined.with_columns(_assumed(taken, tests, allowed).alias("assumed"))


def collected(frame: Frame) -> Any:
    """Return a small eager frame."""
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def with_year(frame: Frame) -> Frame:
    """Add the year of a period and the part of the year that it covers."""
    period = nw.col("period")
    return frame.with_columns(
        period.str.slice(0, 4).cast(nw.Int64).alias("year"),
        period.str.slice(4).alias("part"),
    )


def a_year_later(frame: Frame) -> Frame:
    """Rename each period to the same part of the next year; spans of years (2016-2020) drop out."""
    period = nw.col("period")
    year = (period.str.slice(0, 4).cast(nw.Int64) + 1).cast(nw.String)
    single = frame.filter(period.str.len_chars() < len("2016-2020"))
    return single.with_columns(nw.concat_str([year, period.str.slice(4)]).alias("period"))


def renamed(frame: Frame, keys: Iterable[str], others: Iterable[str]) -> Frame:
    """Return keys as they are and other columns under a second name, for the right of a join."""
    return frame.select(
        *[nw.col(key) for key in keys], *[nw.col(name).alias(f"{name}{BEFORE}") for name in others]
    )


def checked_levels(
    table: Any,
    where: str,
    statuses: Sequence[str],
    names: Sequence[str],
    conflicts: Conflicts,
    trusted: bool,
) -> tuple[Frame, list[str]]:
    """Return the levels of a table and the tags that vary among them; refuse repeated figures."""
    frame = read_table(table, where)
    tags = [] if trusted else tags_of(frame, names)
    kept = [*KEYS, "period", *there(frame, ("modifier",)), *with_unit(tags)]
    rows = levels(frame, statuses, kept)
    if not trusted:
        rows = without_repeats(rows, [*KEYS, "period"], where, conflicts)
    return rows, tags


def with_unit(tags: Sequence[str]) -> list[str]:
    """Return the tags with the unit first: results always carry it."""
    return list(dict.fromkeys(["unit", *tags]))


def with_year_before(
    rows: Frame, tags: Sequence[str], where: str, assume: Assume
) -> tuple[Frame, list[str]]:
    """Join each row with the row one year back; return it with the modifiers it has."""
    modifiers = there(rows, ("modifier",))
    keys = [*KEYS, "period"]
    before = renamed(a_year_later(rows), keys, [*tags, *modifiers, "value"])
    kept = rows.select(*keys, "status", *modifiers, *with_unit(tags), "value")
    joined = kept.join(before, on=keys, how="inner")
    extra = [*modifiers, *(f"{name}{BEFORE}" for name in modifiers)]
    return check_pairs(joined, tags, where, assume), extra


def _pair_tests(name: str, suffix: str) -> tuple[nw.Expr, nw.Expr]:
    one, other = (nw.col(column).fill_null("") for column in (name, f"{name}{suffix}"))
    different = one != other
    either_empty = (one == "") | (other == "")
    return different & ~either_empty, different & either_empty


def _refused(rows: Frame, name: str, suffix: str, where: str, verb: str) -> InputError:
    found = collected(rows.head(_SHOWN)).rows(named=True)
    listed = "; ".join(
        f"{' '.join(str(row[key]) for key in (*KEYS, 'period') if row.get(key))}: "
        f"{_said(name, row[name])} against {_said(name, row[name + suffix])}"
        for row in found
    )
    expected = f"figures with one {tag_name(name, 'en')}"
    hint = "compare like with like, or show the figures side by side"
    if verb != "differs":
        hint = (
            f'find it in the source, or write assume={{"{name}": "why it may be taken as alike"}}'
        )
    return InputError(where, f"{tag_name(name, 'vi')} ({name}) {verb}: {listed}", expected, hint)


def _said(name: str, value: object) -> str:
    return (
        f"«{value_name(name, value, 'vi')}» ({value})"
        if isinstance(value, str) and value
        else "«không ghi» (unknown)"
    )


def _assumed(
    taken: Sequence[str],
    tests: Mapping[str, tuple[nw.Expr, nw.Expr]],
    allowed: Mapping[str, str],
) -> nw.Expr:
    notes = [
        nw.when(tests[name][1])
        .then(nw.lit(f"{name}: {allowed[name]}; " if allowed[name] else f"{name}; "))
        .otherwise(nw.lit(""))
        for name in taken
    ]
    if not notes:
        return nw.lit("")
    return nw.concat_str(notes).str.strip_chars("; ")
