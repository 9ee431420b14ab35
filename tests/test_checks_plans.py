from dataclasses import replace

from checks_figures import figure, press, report, table

from hlanalysis.checks.plan_aware import (
    check_lower_plan,
    check_plan_against_past,
    check_plan_is_plausible,
)
from hlanalysis.checks.plan_named import check_plan_is_named
from hlanalysis.checks.plans import check_implied_bases
from hlanalysis.checks.plans_agree import check_implied_plans_agree, check_plan_of_part


def town():
    return table(*report(), *(row for row in press() if row.place == "hong_linh"))


def on(findings, indicator):
    (finding,) = (one for one in findings if one.indicator == indicator and one.period == "2024")
    return finding


def test_the_report_implies_a_plan_of_125_and_one_of_1600():
    found = check_implied_bases(table(*report()))
    messages = {(one.indicator, one.message): one for one in found}
    revenue = messages["budget_revenue", "implied_plan"]
    assert revenue.values["candidate"].write("vi") == "125 tỷ đồng"
    assert revenue.values["gap"].write("vi") == "97,044 tỷ đồng"
    investment = messages["total_social_investment", "implied_plan_two_readings"]
    said = str(investment.sentence("vi"))
    assert (
        "1.600 tỷ đồng" in said
        and "từ trên 1.599,18 đến dưới 1.600,62 tỷ đồng" in said
        and "310 tỷ đồng" in said
    )
    past = messages["total_social_investment", "implied_past_open"]
    assert "từ trên 1.247,40 đến dưới 1.248,49 tỷ đồng" in str(past.sentence("vi"))


def test_a_past_result_is_no_round_number_and_none_is_proposed():
    rows = figure("712", "bn_vnd"), figure("98,34", "percent", "index", base="previous_year")
    (finding,) = check_implied_bases(table(*rows))
    assert "candidate" not in finding.values


def test_a_plan_that_is_round_only_if_cut_off_is_told_so():
    rows = [row for row in press() if row.indicator == "production_value" and row.period == "2018"]
    (finding,) = (
        one for one in check_implied_bases(table(*rows)) if one.message.startswith("implied_plan")
    )
    assert (finding.grade, finding.message) == ("explained", "implied_plan_if_cut_off")
    assert finding.values["candidate"].write("vi") == "3.200 tỷ đồng"


def test_mid_year_and_year_end_lead_to_one_plan_of_revenue():
    finding = on(check_implied_plans_agree(town()), "budget_revenue")
    assert (finding.grade, finding.message) == ("ok", "plans_agree")
    assert finding.values["candidate"].write("vi") == "125 tỷ đồng"
    assert {"plan_of_full_year", "same_plan_level"} <= set(finding.assumptions)


def test_850_jobs_fit_both_reports_only_if_25_53_was_cut_to_25():
    finding = on(check_implied_plans_agree(town()), "new_jobs")
    assert (finding.grade, finding.message) == ("explained", "plan_if_cut_off")
    assert finding.values["candidate"].write("vi") == "850 người"
    assert finding.recomputed.write("vi") == "25,53%"


def test_reports_that_fit_no_common_plan_are_told():
    rows = [replace(row, value=row.value + 100) if row.id == "jobs" else row for row in town()]
    changed = [replace(row, written="1.167") if row.id == "jobs" else row for row in rows]
    finding = on(check_implied_plans_agree(table(*changed)), "new_jobs")
    assert finding.grade == "review"


def test_dat_for_vuot_shows_when_two_reports_are_set_side_by_side():
    rows = [
        replace(row, kind="plan_attainment") if row.id == "revenue_plan" else row for row in town()
    ]
    finding = on(check_implied_plans_agree(table(*rows)), "budget_revenue")
    assert (finding.grade, finding.message) == ("review", "plans_other_reading")
    assert finding.values["right"].write("vi") == "vượt 77,64% so với kế hoạch"


def test_a_part_cannot_have_a_larger_plan_than_the_whole():
    rows = [row for row in press() if row.place == "ha_tinh_province" and row.period == "2023-5M"]
    (finding,) = check_plan_of_part(table(*rows))
    assert finding.grade == "error"
    assert finding.indicator == "budget_revenue_taxes_fees"


def test_revenue_beat_its_plan_and_still_fell_by_at_least_26_percent():
    finding = on(check_plan_against_past(town()), "budget_revenue")
    assert (finding.grade, finding.message) == ("review", "beat_plan_yet_fell_at_least")
    assert finding.values["change"].write("vi") == "26,2%"
    assert "hơn 301 tỷ đồng" in str(finding.sentence("vi"))


def test_investment_missed_its_plan_and_still_grew_because_the_plan_was_high():
    finding = on(check_plan_against_past(town()), "total_social_investment")
    assert finding.message == "missed_plan_yet_grew_said"
    assert finding.values["asked"].write("vi") == "+28,2%"


def test_a_change_within_rounding_is_no_fall():
    rows = (
        figure("7.787", "bn_vnd"),
        figure("108", "percent", "plan_attainment"),
        figure("7.788", "bn_vnd", period="2023"),
    )
    assert check_plan_against_past(table(*rows)) == []


def test_the_lower_plan_explains_three_quarters_of_the_overshoot():
    finding = on(check_lower_plan(town()), "budget_revenue")
    assert finding.grade == "review"
    assert finding.values["part"].write("vi") == "75,1%"
    assert finding.values["against_last"].write("vi") == "+15,35%"
    assert finding.values["cut"].write("vi") == "35,06%"
    assert finding.assumptions == ("same_plan_level", "plan_inferred")


def test_plans_of_unlike_levels_are_not_compared():
    rows = [
        replace(row, plan_level="council")
        if row.status == "plan" and row.period == "2023"
        else replace(row, plan_level="province")
        if row.id == "revenue_plan"
        else row
        for row in town()
    ]
    assert check_lower_plan(table(*rows)) == []


def test_an_unnamed_plan_is_told_of_the_report_and_not_of_the_press():
    (finding,) = check_plan_is_named(town())
    assert set(finding.observations) == {"revenue_plan", "investment_plan", "jobs_plan"}


def test_a_plan_far_from_the_year_before_is_a_likely_slip():
    rows = [
        replace(row, written="20,63", value=row.value - 60) if row.id == "investment_plan" else row
        for row in report()
    ]
    (finding,) = check_plan_is_plausible(table(*rows))
    assert finding.message == "plan_far_from_past" and "investment_plan" in finding.observations
    assert check_plan_is_plausible(table(*report())) == []
