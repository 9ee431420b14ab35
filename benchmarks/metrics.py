"""Table metrics against hand-written code of each engine, with equal results.

``python benchmarks/metrics.py [rows]`` prints, for attainment and growth on pandas, Polars and
DuckDB, ratios of cpu times: ours over the peer's, medians of alternating runs. Two pairs: with the
checks (no figure twice, tags alike) on both sides, and without them on both sides (``trusted=True``
against the bare computation).
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from hlanalysis.metrics.tables import attainment_by_period, growth_by_year

RUNS = 7
TAGS = ("price_basis", "scope", "territory", "vintage")
KEYS = ["place", "indicator", "series", "period"]
COMPUTED = ["place", "indicator", "period"]


def make(rows: int) -> pd.DataFrame:
    """Make a national table: places x indicators x years, outturn and plan of each."""
    years = [str(year) for year in range(2015, 2025)]
    indicators = [f"indicator_{one:02d}" for one in range(20)]
    places = [f"commune_{one:04d}" for one in range(max(1, rows // (2 * 200)))]
    index = pd.MultiIndex.from_product(
        [places, indicators, years, ["actual", "plan"]],
        names=["place", "indicator", "period", "status"],
    )
    frame = index.to_frame(index=False)
    draw = np.random.default_rng(20241231)
    frame["value"] = draw.uniform(10, 1000, len(frame))
    frame["series"], frame["kind"], frame["unit"] = "", "level", "bn_vnd"
    frame["plan_level"] = np.where(frame["status"] == "plan", "province", "")
    for tag in (*TAGS, "modifier"):
        frame[tag] = ""
    return frame.sample(frac=1, random_state=7, ignore_index=True)


def pandas_attainment(frame: pd.DataFrame) -> pd.DataFrame:
    level = frame[frame["kind"] == "level"]
    keys = [*KEYS, "unit"]
    done = level.loc[
        level["status"].isin(["actual", "estimate"]), [*keys, "status", "modifier", "value"]
    ]
    plan = level.loc[level["status"] == "plan", [*KEYS, "plan_level", "value"]]
    both = done.merge(plan, on=KEYS, suffixes=("", "_plan"))
    both["attainment"] = both["value"] / both["value_plan"]
    both["excess"] = both["value"] / both["value_plan"] - 1
    both["gap"] = both["value"] - both["value_plan"]
    both["assumed"] = ""
    return both


def pandas_growth(frame: pd.DataFrame) -> pd.DataFrame:
    done = frame[(frame["kind"] == "level") & frame["status"].isin(["actual", "estimate"])]
    now = done[[*KEYS, "unit", "status", "modifier", "value"]].copy()
    now["year"] = now["period"].str[:4].astype(int)
    now["part"] = now["period"].str[4:]
    keys = ["place", "indicator", "series", "year", "part"]
    before = now[[*keys, "modifier", "value"]].copy()
    before["year"] += 1
    both = now.merge(before, on=keys, suffixes=("", "_before"))
    both["growth"] = both["value"] / both["value_before"] - 1
    both["assumed"] = ""
    return both.drop(columns=["year", "part"])


def polars_attainment(frame: pl.DataFrame) -> pl.DataFrame:
    level = frame.lazy().filter(pl.col("kind") == "level")
    done = level.filter(pl.col("status").is_in(["actual", "estimate"]))
    plan = level.filter(pl.col("status") == "plan").select(
        *KEYS, "plan_level", pl.col("value").alias("plan")
    )
    both = done.select(*KEYS, "unit", "status", "modifier", "value").join(plan, on=KEYS)
    return both.with_columns(
        attainment=pl.col("value") / pl.col("plan"),
        excess=pl.col("value") / pl.col("plan") - 1,
        gap=pl.col("value") - pl.col("plan"),
        assumed=pl.lit(""),
    ).collect()


def polars_growth(frame: pl.DataFrame) -> pl.DataFrame:
    now = frame.lazy().filter(
        (pl.col("kind") == "level") & pl.col("status").is_in(["actual", "estimate"])
    )
    now = now.select(*KEYS, "unit", "status", "modifier", "value").with_columns(
        year=pl.col("period").str.slice(0, 4).cast(pl.Int64), part=pl.col("period").str.slice(4)
    )
    keys = ["place", "indicator", "series", "year", "part"]
    before = now.select(
        *["place", "indicator", "series", pl.col("year") + 1, "part"],
        modifier_before=pl.col("modifier"),
        value_before=pl.col("value"),
    )
    both = now.join(before, on=keys)
    both = both.with_columns(
        growth=pl.col("value") / pl.col("value_before") - 1, assumed=pl.lit("")
    )
    return both.drop("year", "part").collect()


SQL_ATTAINMENT = """
    select a.place, a.indicator, a.series, a.period, a.unit, a.status, a.modifier, p.plan_level,
           a.value as outturn, p.value as plan, a.value / p.value as attainment,
           a.value / p.value - 1 as excess, a.value - p.value as gap, '' as assumed
    from frame a join frame p using (place, indicator, series, period)
    where a.kind = 'level' and p.kind = 'level'
      and a.status in ('actual', 'estimate') and p.status = 'plan'
"""
SQL_GROWTH = """
    with now as (
        select place, indicator, series, period, unit, status, modifier, value,
               cast(substr(period, 1, 4) as bigint) as year, substr(period, 5) as part
        from frame where kind = 'level' and status in ('actual', 'estimate'))
    select n.place, n.indicator, n.series, n.period, n.unit, n.status, n.modifier,
           b.modifier as modifier_before, n.value, b.value as value_before,
           n.value / b.value - 1 as growth, '' as assumed
    from now n join now b on n.place = b.place and n.indicator = b.indicator
         and n.series = b.series and n.part = b.part and n.year = b.year + 1
"""


def pandas_checks(frame: pd.DataFrame, keys: list[str], *, plans: bool) -> None:
    level = frame[frame["kind"] == "level"]
    done = level[level["status"].isin(["actual", "estimate"])]
    assert not done.duplicated(keys).any()
    if plans:
        assert not level[level["status"] == "plan"].duplicated([*keys, "plan_level"]).any()
    assert all(level[tag].nunique() == 1 for tag in ("unit", *TAGS))


def polars_checks(frame: pl.DataFrame, keys: list[str], *, plans: bool) -> None:
    level = frame.lazy().filter(pl.col("kind") == "level")
    done = level.filter(pl.col("status").is_in(["actual", "estimate"]))
    assert not len(done.group_by(keys).len().filter(pl.col("len") > 1).collect())
    if plans:
        plan = level.filter(pl.col("status") == "plan").group_by([*keys, "plan_level"]).len()
        assert not len(plan.filter(pl.col("len") > 1).collect())
    assert max(level.select(pl.col("unit", *TAGS).n_unique()).collect().row(0)) == 1


def duckdb_checks(base: Any, keys: list[str], *, plans: bool) -> None:
    names = ", ".join(keys)
    assert not base.sql(
        f"select {names} from frame where kind = 'level' and status in ('actual', 'estimate') "
        f"group by {names} having count(*) > 1 limit 1"
    ).fetchall()
    if plans:
        assert not base.sql(
            f"select {names} from frame where kind = 'level' and status = 'plan' "
            f"group by {names}, plan_level having count(*) > 1 limit 1"
        ).fetchall()
    tags = ", ".join(f"min({one}) = max({one})" for one in ("unit", *TAGS))
    assert all(base.sql(f"select {tags} from frame where kind = 'level'").fetchall()[0])


def cpu(run: Callable[[], Any]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def compare(runs: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Return the median cpu time of each, from alternating runs after one warm-up."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(RUNS + 1):
        for name, run in runs.items():
            taken = cpu(run)
            if turn:
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def same(ours: pd.DataFrame, theirs: pd.DataFrame, column: str) -> None:
    assert len(ours.columns) == len(theirs.columns), (list(ours), list(theirs))
    one, other = (frame.sort_values(COMPUTED)[column].to_numpy() for frame in (ours, theirs))
    assert len(one) and np.allclose(one, other, rtol=1e-12, atol=0), column


def main(rows: int) -> None:
    frame = make(rows)
    polars = pl.from_pandas(frame)
    base = duckdb.connect()
    base.sql("set threads to 2")
    base.register("given", frame)
    base.sql("create table frame as select * from given")
    relation = base.table("frame")
    cases = {
        ("attainment", "pandas"): (
            lambda **how: attainment_by_period(frame, **how),
            lambda: pandas_attainment(frame),
            lambda: pandas_checks(frame, KEYS, plans=True),
        ),
        ("attainment", "polars"): (
            lambda **how: attainment_by_period(polars.lazy(), **how).collect(),
            lambda: polars_attainment(polars),
            lambda: polars_checks(polars, KEYS, plans=True),
        ),
        ("attainment", "duckdb"): (
            lambda **how: attainment_by_period(relation, **how).to_arrow_table(),
            lambda: base.sql(SQL_ATTAINMENT).to_arrow_table(),
            lambda: duckdb_checks(base, KEYS, plans=True),
        ),
        ("growth", "pandas"): (
            lambda **how: growth_by_year(frame, **how),
            lambda: pandas_growth(frame),
            lambda: pandas_checks(frame, KEYS, plans=False),
        ),
        ("growth", "polars"): (
            lambda **how: growth_by_year(polars.lazy(), **how).collect(),
            lambda: polars_growth(polars),
            lambda: polars_checks(polars, KEYS, plans=False),
        ),
        ("growth", "duckdb"): (
            lambda **how: growth_by_year(relation, **how).to_arrow_table(),
            lambda: base.sql(SQL_GROWTH).to_arrow_table(),
            lambda: duckdb_checks(base, KEYS, plans=False),
        ),
    }
    print(f"{len(frame)} rows; cpu of ours over hand-written code, median of {RUNS} runs")
    print(f"{'metric':<12}{'engine':<10}{'checked':>9}{'unchecked':>11}{'ours, ms':>10}")
    for (metric, engine), (ours, bare, checks) in cases.items():
        same(as_pandas(ours()), as_pandas(bare()), metric)

        def checked(bare: Any = bare, checks: Any = checks) -> None:
            checks()
            bare()

        def trusted(ours: Any = ours) -> None:
            ours(trusted=True)

        took = compare({"ours": ours, "checked": checked, "trusted": trusted, "bare": bare})
        print(
            f"{metric:<12}{engine:<10}{took['ours'] / took['checked']:>9.2f}"
            f"{took['trusted'] / took['bare']:>11.2f}{took['ours'] * 1000:>10.0f}"
        )


def as_pandas(table: Any) -> pd.DataFrame:
    return table if isinstance(table, pd.DataFrame) else table.to_pandas()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
