"""Every metric on every kind of argument: it works and agrees with floats, or says why not."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from hlanalysis import metrics as m
from hlanalysis.errors import InputError
from hlanalysis.metrics.cards import CARDS
from hlanalysis.metrics.listing import KINDS, write_listing
from hlanalysis.reported import Reported

PAGE = Path(__file__).parents[1] / "docs" / "metrics.md"
ROWS = 2
# Written as printed, two rows each; no divisor is near zero in any metric.
WRITTEN = {
    "level": [["222,044", "120,5"], ["125", "81,25"], ["50,5", "33,1"], ["38", "21,7"]],
    "rate": [["7,15", "4,50"], ["3,63", "2,10"], ["8,1", "6,4"]],
    "number": [["3", "3"]],
    "people": [["28.729", "26.133"]],
    "area": [["35,31", "52,21"]],
}
UNITS = {
    "level": "bn_vnd",
    "rate": "percent",
    "people": "persons",
    "area": "km2",
    "number": "count",
}


def reported(card):
    """Return the printed arguments of a metric, by name, one column or a list of columns each."""
    drawn = dict.fromkeys(WRITTEN, 0)

    def column(kind):
        drawn[kind] += 1
        written = WRITTEN[kind][(drawn[kind] - 1) % len(WRITTEN[kind])]
        return [Reported(one, UNITS[kind]) for one in written]

    return {
        key: [column(spec.kind) for _ in range(3)] if spec.many else column(spec.kind)
        for key, spec in card.inputs.items()
    }


def exact(print_):
    return Fraction(print_.value) / (100 if print_.unit == "percent" else 1)


def shaped(card, make):
    """Return arguments made from each column; counts of years stay plain numbers."""
    made = {}
    for key, columns in reported(card).items():
        spec = card.inputs[key]
        if spec.kind == "number":
            made[key] = int(exact(columns[0]))
        else:
            made[key] = [make(one) for one in columns] if spec.many else make(columns)
    return made


def floats(column):
    return [float(exact(one)) for one in column]


def expected(card):
    found = []
    for row in range(ROWS):
        found.append(card.function(**shaped(card, lambda column, row=row: floats(column)[row])))
    return found


def as_frame(card):
    """Return the columns of all arguments under plain names, and expressions for them."""
    columns, keys = {}, {}

    def make(column):
        key = f"c{len(columns)}"
        columns[key] = floats(column)
        return key

    keys = shaped(card, make)
    return pd.DataFrame(columns), keys


def expressions(keys, col):
    return {
        key: [col(part) for part in one]
        if isinstance(one, list)
        else one
        if isinstance(one, int)
        else col(one)
        for key, one in keys.items()
    }


def run_float(card):
    return expected(card)


def run_fraction(card):
    return [card.function(**shaped(card, lambda c, r=row: exact(c[r]))) for row in range(ROWS)]


def run_decimal(card):
    def decimal(print_):
        return print_.value / (100 if print_.unit == "percent" else 1)

    found = [card.function(**shaped(card, lambda c, r=row: decimal(c[r]))) for row in range(ROWS)]
    return found


def run_array(card):
    return list(card.function(**shaped(card, lambda column: np.array(floats(column)))))


def run_pandas(card):
    made = shaped(card, lambda column: pd.Series(floats(column), index=["x", "y"]))
    found = card.function(**made)
    assert list(found.index) == ["x", "y"]
    return list(found)


def run_polars(card):
    frame, keys = as_frame(card)
    out = card.function(**expressions(keys, pl.col)).alias("out")
    return pl.from_pandas(frame).lazy().select(out).collect()["out"].to_list()


def run_narwhals(card):
    frame, keys = as_frame(card)
    out = card.function(**expressions(keys, nw.col)).alias("out")
    return nw.from_native(frame).select(out)["out"].to_list()


def run_duckdb(card):
    frame, keys = as_frame(card)
    relation = duckdb.connect().from_df(frame)
    out = card.function(**expressions(keys, nw.col)).alias("out")
    return nw.from_native(relation).select(out).collect()["out"].to_list()


def run_reported(card):
    found = []
    for row in range(ROWS):
        prints = shaped(card, lambda column, row=row: column[row])
        interval = m.bounds(card.function, **prints)
        middle = float(interval.low + interval.high) / 2
        value = card.function(**shaped(card, lambda c, row=row: exact(c[row])))
        assert interval.low <= value <= interval.high
        assert interval.low < interval.high
        found.append(middle)
    return found


RUNS = {kind: globals()[f"run_{kind}"] for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_a_metric_takes_a_kind_of_argument_or_says_why_not(card, kind):
    if kind in card.not_for:
        with pytest.raises((InputError, TypeError)) as refusal:
            RUNS[kind](card)
        said = str(refusal.value)
        # Decimal itself refuses to meet a float; everything else is refused in our words.
        assert card.not_for[kind] in said or (kind, "Decimal" in said) == ("decimal", True)
        return
    found = RUNS[kind](card)
    if card.result == "letter":
        assert found == expected(card)
        return
    loose = 0.01 if kind == "reported" else 1e-9
    assert [float(one) for one in found] == pytest.approx(expected(card), rel=loose)


ARITHMETIC = [card for card in CARDS.values() if not card.not_for]


@pytest.mark.parametrize("card", ARITHMETIC, ids=lambda card: card.name)
def test_exact_numbers_stay_exact(card):
    assert all(isinstance(one, Fraction) for one in run_fraction(card))
    assert all(isinstance(one, Decimal) for one in run_decimal(card))


def test_decimal_columns_of_the_tidy_table_work_too():
    last = pd.Series([Decimal("222.044"), Decimal("150")])
    first = pd.Series([Decimal("140.5"), Decimal("100")])
    assert list(m.plan_attainment(last, first))[1] == Decimal("1.5")
    assert float(m.cagr(last, first, 9)[0]) == pytest.approx(0.0522, abs=1e-4)
    assert float(m.lower_plan_share(last, last + 1, first)[1]) == pytest.approx(1.0164, abs=1e-4)
    assert float(m.doubling_time(first / 1000)[1]) == pytest.approx(7.2725, abs=1e-4)
    assert float(m.combine_independent([last, first]).to_numpy()[1]) == pytest.approx(180.2776)


def test_the_split_works_on_columns():
    frame = pl.DataFrame({"a": [222.044], "p0": [192.5], "p1": [125.0]})
    split = m.over_attainment_split(pl.col("a"), pl.col("p0"), pl.col("p1"))
    row = frame.select(**split._asdict()).row(0)
    assert row == pytest.approx(m.over_attainment_split(222.044, 192.5, 125.0))


def test_the_page_says_what_the_metrics_do():
    assert PAGE.read_text("utf-8") == write_listing(), (
        "run: python -m hlanalysis.metrics.listing > docs/metrics.md"
    )
