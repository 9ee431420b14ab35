from fractions import Fraction

import pytest
from checks_figures import figure, press, table
from hypothesis import given, settings
from hypothesis import strategies as st

from hlanalysis.checks.claims import check_claims
from hlanalysis.checks.relations import figure_from
from hlanalysis.numbers import format_number

PLAN = figure("125", "bn_vnd", status="plan")
REVENUE = figure("222,044", "bn_vnd")


def only(*rows):
    (finding,) = check_claims(table(*rows))
    return finding


def told(*rows):
    finding = only(*rows)
    return finding.grade, finding.message


def test_a_claim_that_follows_from_its_levels_agrees():
    finding = only(REVENUE, PLAN, figure("77,64", "percent", "plan_excess"))
    assert (finding.grade, finding.message) == ("ok", "claim_agrees")
    assert finding.recomputed.write("vi") == "77,6352%"
    assert finding.allowed.write("vi") == "từ 77,635% đến dưới 77,645%"


def test_a_contradiction_in_one_source_is_an_error_with_all_three_numbers():
    finding = only(REVENUE, PLAN, figure("78,64", "percent", "plan_excess"))
    assert (finding.grade, finding.message) == ("error", "claim_differs")
    said = str(finding.sentence("vi"))
    assert "78,64%" in said and "77,635%" in said and "từ 78,635% đến dưới 78,645%" in said


def test_a_percentage_that_was_cut_off_is_explained():
    jobs, plan = figure("1.067", "persons"), figure("850", "persons", status="plan")
    assert told(jobs, plan, figure("25", "percent", "plan_excess")) == (
        "explained",
        "claim_cut_off",
    )


def test_rounded_levels_explain_what_the_printed_ones_do_not_give():
    rows = figure("1,3", "bn_vnd"), figure("1,6", "bn_vnd", status="plan")
    assert told(*rows, figure("80,63", "percent", "plan_attainment")) == (
        "explained",
        "claim_within_rounding",
    )


def test_round_levels_may_be_rounded_to_their_last_digit_that_is_no_zero():
    rows = figure("9.600", "bn_vnd"), figure("8.100", "bn_vnd", status="plan")
    assert told(*rows, figure("119", "percent", "plan_attainment"))[0] == "ok"
    finding = only(*rows, figure("119,4", "percent", "plan_attainment"))
    assert finding.message == "claim_coarse"
    assert "round_numbers_rounded" in finding.assumptions


def test_attained_is_not_exceeded():
    finding = only(REVENUE, PLAN, figure("77,64", "percent", "plan_attainment"))
    assert finding.message == "claim_other_reading"
    assert "vượt 77,64%" in str(finding.title("vi"))
    finding = only(REVENUE, PLAN, figure("177,64", "percent", "plan_excess"))
    assert finding.message == "claim_other_reading"


def test_percent_is_not_percentage_points():
    rates = (
        figure("3,62", "percent", indicator="poverty_rate"),
        figure("4,52", "percent", indicator="poverty_rate", period="2023"),
    )
    points = {"indicator": "poverty_rate", "kind": "growth"}
    assert told(*rates, figure("-0,9", "percentage_points", **points))[0] == "ok"
    assert told(*rates, figure("-19,91", "percent", **points))[0] == "ok"
    wrong = only(*rates, figure("-0,9", "percent", **points))
    assert (wrong.grade, wrong.message) == ("error", "claim_other_reading")
    assert "0,9 điểm %" in str(wrong.title("vi"))


def test_growth_in_units_is_a_difference():
    levels = figure("383,58", "bn_vnd"), figure("323,72", "bn_vnd", period="2023")
    assert told(*levels, figure("59,86", "bn_vnd", "growth"))[0] == "ok"
    assert told(*levels, figure("58,86", "bn_vnd", "growth"))[0] == "error"


def test_times_are_the_multiple_and_three_times_is_not_tripled():
    levels = figure("310", "bn_vnd"), figure("100", "bn_vnd", period="2023")
    assert told(*levels, figure("3,1", "times", "growth"))[0] == "ok"
    assert told(*levels, figure("2,1", "times", "growth"))[1] == "claim_other_reading"


def test_a_bound_is_read_as_near_and_otherwise_worth_a_look():
    term = {"indicator": "total_social_investment"}
    levels = (
        figure("4.640", "bn_vnd", modifier="over", period="2016-2020", **term),
        figure("3.200", "bn_vnd", modifier="over", period="2010-2015", **term),
    )
    claim = {"kind": "growth", "base": "period:2010-2015", "period": "2016-2020", **term}
    assert told(*levels, figure("44", "percent", modifier="over", **claim))[0] == "ok"
    assert told(*levels, figure("90", "percent", **claim)) == ("review", "claim_far_bound")


def test_sources_that_differ_are_no_error():
    elsewhere = figure("130", "bn_vnd", status="plan", source="press")
    assert told(REVENUE, elsewhere, figure("77,64", "percent", "plan_excess"))[0] == "review"


def test_two_plans_of_one_source_each_explain_their_share():
    place = {"place": "ha_tinh_province", "period": "2021"}
    rows = [row for row in press() if (row.place, row.period) == ("ha_tinh_province", "2021")]
    findings = check_claims(table(*rows))
    shares = [one for one in findings if one.indicator == "budget_revenue"]
    assert len(shares) == 2 and {one.grade for one in shares} == {"ok"}, place


def test_the_lead_of_an_article_contradicts_its_body():
    rows = [row for row in press() if row.place == "ha_tinh_province" and row.when.year > 2020]
    nine = [
        one
        for one in check_claims(table(*rows))
        if one.period == "2022-9M"
        and one.indicator == "budget_revenue"
        and "9M 2021" in str(one.sentence("en"))
    ]
    assert sorted((one.grade, one.printed.write("vi")) for one in nine) == [
        ("error", "+45%"),
        ("ok", "+46%"),
    ]


def test_a_part_year_is_measured_against_the_plan_of_the_year():
    rows = [row for row in press() if row.place == "hong_linh" and row.when.year == 2023]
    shares = [one for one in check_claims(table(*rows)) if one.indicator == "budget_revenue"]
    assert {one.grade for one in shares} == {"ok"} and len(shares) == 2
    assert all("plan_of_full_year" in one.assumptions for one in shares)


def test_unlike_plan_levels_are_not_compared():
    council = figure("192,5", "bn_vnd", status="plan", plan_level="council")
    claim = figure("77,64", "percent", "plan_excess", plan_level="province")
    assert check_claims(table(REVENUE, council, claim)) == []


@pytest.mark.parametrize("kind", ["plan_attainment", "plan_excess", "growth", "index"])
@settings(deadline=None)
@given(
    level=st.decimals("1", "9999", places=3),
    base=st.decimals("1", "9999", places=3),
    places=st.integers(0, 2),
)
def test_a_claim_printed_from_its_levels_is_never_an_error(kind, level, base, places):
    status, period = ("plan", "2024") if kind.startswith("plan") else ("actual", "2023")
    relative = figure("1", "percent", kind, base="plan" if status == "plan" else "previous_year")
    true = figure_from(relative, "bn_vnd")(Fraction(level), Fraction(base))
    finding = only(
        figure(format_number(level), "bn_vnd"),
        figure(format_number(base), "bn_vnd", status=status, period=period),
        figure(format_number(true, places), "percent", kind, base=relative.base),
    )
    assert finding.grade in ("ok", "explained")


@settings(deadline=None)
@given(
    level=st.integers(1000, 9999),
    base=st.integers(1000, 9999),
    shift=st.integers(3, 500),
)
def test_a_percentage_moved_by_more_than_rounding_is_always_caught(level, base, shift):
    true = Fraction(level, base) * 100 + Fraction(shift, 100)
    finding = only(
        figure(str(level), "persons"),
        figure(str(base), "persons", status="plan"),
        figure(format_number(true, 2), "percent", "plan_attainment"),
    )
    assert finding.grade == "error"
