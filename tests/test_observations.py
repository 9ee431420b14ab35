from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hlanalysis.errors import InputError
from hlanalysis.observations import (
    COLUMNS,
    Observation,
    Observations,
    load_observations,
    observation_id,
    save_observations,
    validate,
)

BLANK = dict.fromkeys(COLUMNS, "") | {"value_max": None, "numerator": None, "denominator": None}


def figure(**values) -> Observation:
    row = BLANK | {
        "place": "hong_linh",
        "indicator": "budget_revenue",
        "period": "2024",
        "kind": "level",
        "status": "actual",
        "value": Decimal("222.044"),
        "unit": "bn_vnd",
        "written": "222,044",
        "source": "report",
        "locator": "1-8",
    }
    row |= values
    row["id"] = values.get("id") or observation_id(
        row["source"], row["locator"], row["kind"], row["written"]
    )
    return Observation(**row)


def test_the_design_s_columns_are_there_in_order():
    assert ", ".join(COLUMNS) == (
        "id, place, indicator, series, period, as_of, kind, status, base, base_period, value, "
        "value_max, numerator, denominator, unit, per, of, part_of, plan_level, vintage, "
        "price_basis, scope, territory, written, modifier, source, locator, note"
    )


def test_every_offending_row_is_named_at_once():
    rows = Observations(
        [
            figure(locator="1-2", unit="tỷ"),
            figure(locator="3-4", period="năm 2024"),
            figure(locator="5-6", kind="plan_excess", base=""),
            figure(locator="7-8", kind="ratio_count"),
            figure(locator="9-10", of="nowhere"),
        ]
    )
    with pytest.raises(InputError) as error:
        validate(rows)
    message = str(error.value)
    for row in rows:
        assert row.id in message
    assert "'tỷ'" in message and "'năm 2024'" in message and "nowhere" in message


def test_two_rows_of_one_id_are_refused():
    with pytest.raises(InputError, match="unique"):
        validate(Observations([figure(), figure()]))


def test_a_saved_table_is_loaded_as_it_was_and_saved_alike(tmp_path):
    rows = validate(
        Observations([figure(value=Decimal("4.00"), written="4,00"), figure(locator="9-12")])
    )
    path = tmp_path / "observations.csv"
    assert save_observations(rows, path)
    again = load_observations(path)
    assert list(again) == list(rows)
    assert str(again[0].value) in ("4.00", "222.044")
    assert not save_observations(again, path), "the same figures give the same bytes"


def test_a_missing_column_or_a_broken_value_is_named(tmp_path):
    path = tmp_path / "observations.csv"
    path.write_text("id,place\n1,hong_linh\n", "utf-8")
    with pytest.raises(InputError, match="no column indicator"):
        load_observations(path)
    save_observations(Observations([figure()]), path)
    path.write_text(path.read_text("utf-8").replace("222.044", "222.x"), "utf-8")
    with pytest.raises(InputError, match="line 2"):
        load_observations(path)


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ({}, "[222,0435; 222,0445)"),
        ({"value": Decimal(58000), "written": "58", "unit": "households"}, "[58.000; 58.000]"),
        ({"value": Decimal("-3.15"), "written": "3,15", "unit": "percent"}, "(-3,155; -3,145]"),
        ({"value": Decimal(5), "value_max": Decimal(7), "written": "5 - 7"}, "[5; 7]"),
    ],
)
def test_a_figure_stands_for_all_that_prints_alike(values, bounds):
    assert figure(**values).interval().write() == bounds


def test_find_answers_by_meaning_and_one_lists_what_stands_against_it():
    rows = Observations([figure(), figure(locator="2-9", source="press")])
    assert len(rows.find(indicator="budget_revenue", source=("report", "press"))) == 2
    with pytest.raises(LookupError, match=r"2 observations .*press"):
        rows.one(indicator="budget_revenue")
    with pytest.raises(LookupError, match="no observation"):
        rows.one(indicator="grdp")
    with pytest.raises(TypeError, match="no column 'indikator'"):
        rows.find(indikator="x")


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6, unique=True))
def test_the_order_of_reading_does_not_matter(values):
    rows = [figure(value=Decimal(value), locator=f"{value}-0") for value in values]
    assert list(Observations(rows)) == list(Observations(reversed(rows)))


def test_values_convert_exactly():
    row = replace(figure(), unit="m_vnd", value=Decimal(139522))
    assert row.value_in("bn_vnd") == Fraction(139522, 1000)
