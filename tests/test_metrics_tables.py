"""Table forms: the same on every engine, right over gaps, and only like with like."""

from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from hlanalysis import metrics as m
from hlanalysis.errors import InputError
from hlanalysis.metrics.history_tables import past_misses, pefa_scores, seasonal_profile
from hlanalysis.metrics.tables import (
    attainment_by_period,
    average_growth_between,
    contribution_by_part,
    growth_by_year,
    share_of_total,
)

TAGS = ("plan_level", "vintage", "price_basis", "scope", "territory", "modifier")
ENGINES = {
    "pandas": lambda frame: frame,
    "polars": pl.from_pandas,
    "polars lazy": lambda frame: pl.from_pandas(frame).lazy(),
    "pyarrow": pa.Table.from_pandas,
    "duckdb": lambda frame: duckdb.connect().from_df(frame),
}


def row(period, value, status="actual", **more):
    base = {
        "place": "hong_linh",
        "indicator": "budget_revenue",
        "series": "",
        "period": period,
        "kind": "level",
        "status": status,
        "value": value,
        "unit": "bn_vnd",
    }
    return base | dict.fromkeys(TAGS, "") | more


def table(*rows):
    return pd.DataFrame(list(rows))


TOWN = table(
    row("2023", 301.0, modifier="over"),
    row("2023", 192.5, "plan", plan_level="council"),
    row("2024", 222.044),
    row("2024", 125.0, "plan", plan_level="province"),
    row("2024", 130.0, "plan", plan_level="council"),
    row("2024-6M", 70.0),
    row("2023-6M", 160.0),
    row("2021", 100.0),
    row("2024", 77.64, kind="plan_excess", unit="percent"),
    row("2024", 1290.0, indicator="total_social_investment"),
    row("2024", 1600.0, "plan", indicator="total_social_investment"),
    row("2023", 1247.9, indicator="total_social_investment"),
)


def records(result, order=("place", "indicator", "series", "period")):
    if isinstance(result, pl.LazyFrame):
        result = result.collect()
    if isinstance(result, pl.DataFrame):
        result = result.to_pandas()
    elif isinstance(result, pa.Table):
        result = result.to_pandas()
    elif not isinstance(result, pd.DataFrame):
        result = result.df()
    order = [name for name in (*order, "plan_level") if name in result.columns]
    result = result.sort_values(order).reset_index(drop=True)
    rows = result.to_dict("records")
    return [
        {key: round(one, 9) if isinstance(one, float) else one for key, one in row.items()}
        for row in rows
    ]


def only(result, **wanted):
    found = [r for r in records(result) if all(r[key] == one for key, one in wanted.items())]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture(params=ENGINES)
def engine(request):
    return ENGINES[request.param]


SECTORS = [("agriculture", 300, 303), ("industry", 2200, 2387), ("services", 1500, 1596)]
OUTPUT = table(
    *(
        row(
            period,
            float(value),
            indicator="production_value",
            series=name,
            price_basis="constant_2010",
        )
        for name, before, now in SECTORS
        for period, value in (("2023", before), ("2024", now))
    )
)


def test_attainment_of_each_plan(engine):
    found = attainment_by_period(engine(TOWN))
    assert len(records(found)) == 4
    province = only(found, period="2024", plan_level="province")
    assert province["attainment"] == 1.776352
    assert province["excess"] == 0.776352
    assert province["gap"] == pytest.approx(97.044)
    assert only(found, plan_level="council", period="2024")["plan"] == 130
    bound = only(found, period="2023")
    assert bound["modifier"] == "over"
    assert only(found, indicator="total_social_investment")["attainment"] == 0.80625


def test_growth_is_right_over_gaps_and_part_years(engine):
    found = growth_by_year(engine(TOWN))
    assert len(records(found)) == 3  # 2021 has no 2020, 2023 no 2022
    year = only(found, indicator="budget_revenue", period="2024")
    assert year["growth"] == round(222.044 / 301 - 1, 9)
    assert (year["modifier"], year["modifier_before"]) == ("", "over")
    assert only(found, period="2024-6M")["growth"] == round(70 / 160 - 1, 9)


def test_spans_of_years_have_no_year_before(engine):
    rows = table(row("2016-2020", 739.2), row("2017-2020", 600.0), row("2015-2020", 800.0))
    assert records(growth_by_year(engine(rows))) == []


def test_months_and_quarters_meet_their_own(engine):
    rows = table(
        *(
            row(f"{year}-{part}", float(at))
            for year in (2023, 2024)
            for at, part in enumerate(("12M", "Q1", "M09", "H1"), start=year)
        )
    )
    found = {one["period"]: one["value_before"] for one in records(growth_by_year(engine(rows)))}
    assert found == {"2024-12M": 2023, "2024-Q1": 2024, "2024-M09": 2025, "2024-H1": 2026}


def test_contributions_sum_to_the_growth_of_the_whole(engine):
    found = records(contribution_by_part(engine(OUTPUT)))
    assert [one["contribution"] for one in found] == [0.00075, 0.04675, 0.024]
    assert sum(one["contribution"] for one in found) == pytest.approx(0.0715)


def test_shares_of_the_sum_and_of_the_printed_whole(engine):
    whole = table(
        *OUTPUT.to_dict("records"),
        row("2024", 4300.0, indicator="production_value", price_basis="constant_2010"),
    )
    parts = records(share_of_total(engine(whole)))
    assert sum(one["share"] for one in parts) == pytest.approx(2)  # two years
    printed = share_of_total(engine(whole), whole="printed")
    assert only(printed, series="industry")["share"] == round(2387 / 4300, 9)


def test_parts_of_one_whole_must_be_alike(engine):
    mixed = [
        row("2024", 1.0, series="a", price_basis="current"),
        row("2024", 2.0, series="b", price_basis=None),
    ]
    with pytest.raises(InputError, match=r"cơ sở giá \(price_basis\) is not known of both"):
        share_of_total(engine(table(*mixed)))
    found = records(share_of_total(engine(table(*mixed)), assume="price_basis"))
    assert [one["share"] for one in found] == [round(1 / 3, 9), round(2 / 3, 9)]
    assert [one["assumed"] for one in found] == ["", "price_basis"]
    mixed[1]["price_basis"] = "constant_2010"
    with pytest.raises(InputError, match=r"giá hiện hành.*giá so sánh 2010|so sánh.*hiện hành"):
        share_of_total(engine(table(*mixed)), assume="price_basis")


def test_average_growth_between_two_years(engine):
    rows = table(row("2015", 140.5), row("2024", 222.044), row("2018", 106.33))
    found = only(average_growth_between(engine(rows), 2015, 2024), last=2024)
    assert (found["years"], round(found["growth"], 4)) == (9, 0.0522)


def test_results_come_back_in_the_engine_they_came_from():
    assert isinstance(growth_by_year(TOWN), pd.DataFrame)
    assert isinstance(growth_by_year(pl.from_pandas(TOWN)), pl.DataFrame)
    assert isinstance(growth_by_year(pl.from_pandas(TOWN).lazy()), pl.LazyFrame)
    assert isinstance(growth_by_year(ENGINES["duckdb"](TOWN)), duckdb.DuckDBPyRelation)


def test_inputs_stay_as_they_were():
    before = TOWN.copy(deep=True)
    attainment_by_period(TOWN), growth_by_year(TOWN)
    pd.testing.assert_frame_equal(TOWN, before)


UNLIKE = [
    ("unit", "bn_vnd", "m_vnd", r"đơn vị tính \(unit\) differs"),
    ("price_basis", "current", "constant_2010", "giá hiện hành.*giá so sánh 2010"),
    ("scope", "whole", "main_sectors", "whole.*main_sectors"),
    ("territory", "old", "new", "old.*new"),
    ("vintage", "preliminary", "final", "sơ bộ, ước.*quyết toán"),
]


@pytest.mark.parametrize(("tag", "one", "other", "message"), UNLIKE)
def test_two_years_with_unlike_tags_are_refused(engine, tag, one, other, message):
    rows = table(row("2024", 2.0, **{tag: one}), row("2023", 1.0, **{tag: other}))
    with pytest.raises(InputError, match=message):
        growth_by_year(engine(rows))
    with pytest.raises(InputError, match=message):
        growth_by_year(engine(rows), assume=[tag])
    if tag != "unit":
        # Alike inside each pair, unlike between pairs: nothing to refuse.
        pairs = table(
            *(row(year, 1.0, **{tag: one}) for year in ("2023", "2024")),
            *(row(year, 1.0, place="can_loc", **{tag: other}) for year in ("2023", "2024")),
        )
        assert len(records(growth_by_year(engine(pairs)))) == 2


@pytest.mark.parametrize("tag", ["unit", "price_basis", "scope", "territory"])
def test_a_plan_and_an_outturn_with_unlike_tags_are_refused(tag):
    rows = table(row("2024", 2.0, **{tag: "a"}), row("2024", 1.0, "plan", **{tag: "b"}))
    with pytest.raises(InputError, match=rf"{tag}\) differs.*«a».*«b»"):
        attainment_by_period(rows)


def test_an_unknown_tag_needs_an_assumption_that_stays_in_the_table(engine):
    rows = table(
        row("2024", 2.0, scope="whole"),
        row("2023", 1.0),
        row("2024", 2.0, place="can_loc", scope="whole"),
        row("2023", 1.0, place="can_loc", scope="whole"),
    )
    with pytest.raises(InputError, match=r"phạm vi \(scope\) is not known of both.*hong_linh"):
        growth_by_year(engine(rows))
    found = growth_by_year(engine(rows), assume={"scope": "cùng biểu mẫu"})
    assert only(found, place="hong_linh")["assumed"] == "scope: cùng biểu mẫu"
    assert only(found, place="can_loc")["assumed"] == ""


def test_missing_values_count_as_unknown(engine):
    rows = table(row("2024", 2.0, scope="whole"), row("2023", 1.0, scope=None))
    with pytest.raises(InputError, match="scope"):
        growth_by_year(engine(rows))


def test_two_figures_for_one_meaning_are_refused(engine):
    rows = table(row("2023", 17422.0), row("2023", 17000.0), row("2024", 17900.0))
    with pytest.raises(InputError, match=r"hong_linh budget_revenue 2023 \(2 figures\)"):
        growth_by_year(engine(rows))
    with pytest.raises(InputError, match="more than one figure"):
        attainment_by_period(engine(rows))
    # Left out, neither of the two is taken: there is no growth from or to that year.
    assert records(growth_by_year(engine(rows), conflicts="leave_out")) == []
    more = table(*rows.to_dict("records"), row("2025", 18000.0))
    kept = records(growth_by_year(engine(more), conflicts="leave_out"))
    assert [one["period"] for one in kept] == ["2025"]


def test_a_part_that_comes_or_goes_is_refused(engine):
    new = row(
        "2024", 5.0, indicator="production_value", series="mining", price_basis="constant_2010"
    )
    rows = table(*OUTPUT.to_dict("records"), new)
    with pytest.raises(InputError, match="2024 has 4 parts, 3 a year earlier, 3 in both"):
        contribution_by_part(engine(rows))


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="no column status, value; expected columns place"):
        growth_by_year(TOWN.drop(columns=["value", "status"]))


def test_tables_without_tags_are_taken_as_they_are(engine):
    bare = TOWN.drop(columns=list(TAGS))
    bare = bare[bare["indicator"] == "total_social_investment"]
    assert only(attainment_by_period(engine(bare)), period="2024")["attainment"] == 0.80625


def test_an_average_of_one_year_is_refused():
    with pytest.raises(InputError, match="1 comparable years"):
        average_growth_between(TOWN, 2023, 2024)


def test_an_empty_table_gives_an_empty_table(engine):
    empty = growth_by_year(engine(TOWN[TOWN["period"] == "2021"]))
    assert records(empty) == []


def test_exact_decimals_of_the_tidy_table_are_taken():
    exact = TOWN.assign(value=[Decimal(str(one)) for one in TOWN["value"]])
    assert records(growth_by_year(exact)) == records(growth_by_year(TOWN))


def years_of(*attained, level="province", start=2020, **more):
    return [
        one
        for year, share in enumerate(attained, start=start)
        for one in (
            row(str(year), 100.0 * share, **more),
            row(str(year), 100.0, "plan", plan_level=level, **more),
        )
    ]


def test_pefa_scores_three_years_and_says_why_not(engine):
    rows = table(
        *years_of(0.97, 1.06, 3.0),
        *years_of(1.12, 0.94, 3.0, place="can_loc"),
        *years_of(1.16, 0.5, 0.92, place="thach_ha"),
        *years_of(1.17, 0.5, 0.92, place="loc_ha"),
        *years_of(1.0, 1.0, place="duc_tho"),
    )
    found = {one["place"]: one for one in records(pefa_scores(engine(rows), (2020, 2021, 2022)))}
    scores = {place: one["score"] for place, one in found.items()}
    assert scores == {
        "hong_linh": "A",
        "can_loc": "B",
        "thach_ha": "C",
        "loc_ha": "D",
        "duc_tho": "",
    }
    assert found["duc_tho"]["reason"] == "2 of 3 comparable years"
    for place, one in found.items():
        if one["years"] == 3:
            rates = [
                r["attainment"] for r in records(attainment_by_period(rows)) if r["place"] == place
            ]
            assert m.pefa_pi31([round(rate, 9) for rate in rates]) == one["score"]


def test_pefa_refuses_when_nobody_has_three_years(engine):
    with pytest.raises(InputError, match=r"2 comparable years \(2020, 2021\); expected at least 3"):
        pefa_scores(engine(table(*years_of(1.0, 1.1))), (2020, 2021, 2022))
    with pytest.raises(InputError, match="2 comparable years"):
        pefa_scores(TOWN, (2023, 2024))


def test_pefa_does_not_mix_levels_of_plan():
    rows = table(*years_of(1.0, 1.0), *years_of(1.0, level="council", start=2022))
    with pytest.raises(InputError, match="2 comparable years"):
        pefa_scores(rows, (2020, 2021, 2022))
    silent = table(*years_of(1.0, 1.0, 1.0, level=""))
    with pytest.raises(InputError, match=r"cấp giao kế hoạch \(plan_level\) is not known"):
        pefa_scores(silent, (2020, 2021, 2022))
    assert only(pefa_scores(silent, (2020, 2021, 2022), assume="plan_level"), score="A")


def test_past_misses_need_five_years(engine):
    enough = table(*years_of(1.0, 0.9, 1.3, 1.1, 1.776), row("2025-6M", 1.0))
    found = only(past_misses(engine(enough)), years=5)
    assert (found["low"], found["median"], found["high"]) == (0.9, 1.1, 1.776)
    with pytest.raises(InputError, match=r"2 comparable years \(2020, 2021\); expected at least 5"):
        past_misses(engine(table(*years_of(1.146, 1.776))))


def test_a_bound_is_no_past_miss():
    rows = table(*years_of(1.0, 0.9, 1.3, 1.1), *years_of(1.5, start=2024, modifier="over"))
    with pytest.raises(InputError, match="4 comparable years"):
        past_misses(rows)


def test_the_usual_share_of_nine_months(engine):
    taxes = {"indicator": "budget_revenue_taxes_fees"}
    rows = [
        one
        for year, share in ((2021, 62.0), (2022, 70.0), (2023, 78.0))
        for one in (row(f"{year}-9M", share, **taxes), row(str(year), 100.0, **taxes))
    ]
    found = only(seasonal_profile(engine(table(*rows)), 9), years=3)
    shares = [found[name] for name in ("low", "median", "high")]
    assert shares == [0.62, 0.70, 0.78]
    assert [round(m.seasonal_projection(150, share), 1) for share in shares] == [
        241.9,
        214.3,
        192.3,
    ]
    with pytest.raises(InputError, match="2 comparable years"):
        seasonal_profile(engine(table(*rows[2:])), 9)
    with pytest.raises(InputError, match="0 comparable years"):
        seasonal_profile(engine(table(*rows)), 8)


def test_the_tidy_table_itself_is_taken():
    from hlanalysis.observations import COLUMNS, Observation, Observations

    blank = dict.fromkeys(COLUMNS, "") | dict.fromkeys(("value_max", "numerator", "denominator"))

    def observation(period, value):
        told = row(period, Decimal(value)) | {"id": period, "written": value, "source": "report"}
        return Observation(**blank | told)

    frame = Observations([observation("2023", "1248"), observation("2024", "1290")]).frame()
    found = only(growth_by_year(frame), period="2024")
    assert found["growth"] == round(1290 / 1248 - 1, 9)
