"""Figures beside each other in one sentence, and findings that say the same told once."""

from checks_figures import figure, table

from hlanalysis.checks import run_checks
from hlanalysis.checks.changes import check_two_changes
from hlanalysis.checks.claims import check_claims
from hlanalysis.checks.listed_parts import check_listed_parts
from hlanalysis.checks.plan_named import check_plan_is_named
from hlanalysis.checks.shares_beside import check_share_beside_counts
from hlanalysis.checks.sources import check_sources


def verdicts(findings):
    return [(one.grade, one.message) for one in findings]


def crime(rate):
    level = figure("54", "count", indicator="unlisted", series="vụ")
    about = {"indicator": "unlisted", "series": "vụ", "base": "same_period_last_year",
             "base_period": "2023", "of": level.id}  # fmt: skip
    fell = figure("-6", "count", "growth", **about)
    return level, fell, figure(rate, "percent", "growth", **about)


def test_a_fall_in_cases_and_a_fall_in_percent_lead_to_one_level():
    # 54 after a fall of 6 comes from 60: -10,0%.
    (agreed,) = check_two_changes(table(*crime("-10,0")))
    assert (agreed.grade, agreed.values["before"].write("vi")) == ("ok", "60")
    (apart,) = check_two_changes(table(*crime("-11,0")))
    assert (apart.grade, apart.message) == ("error", "changes_differ")
    assert "-10,00%" in str(apart.title("vi"))
    assert "10.00%" in str(apart.sentence("en"))


def test_a_fall_cut_off_is_explained():
    level, fell, _ = crime("-10,0")
    changed = figure("-8", "count", "growth", indicator="unlisted", series="vụ", of=level.id,
                     base="same_period_last_year", base_period="2023")  # fmt: skip
    cut = figure("-12,90", "percent", "growth", indicator="unlisted", series="vụ", of=level.id,
                 base="same_period_last_year", base_period="2023")  # fmt: skip
    # 8 / 62 is 12,903...
    assert verdicts(check_two_changes(table(level, changed, cut))) == [("ok", "changes_agree")]
    assert fell.id != changed.id


def points(said):
    about = {"indicator": "poverty_rate"}
    now = figure("5,10", "percent", **about)
    return (
        now,
        figure("6,35", "percent", period="2023", **about),
        figure(said, "percentage_points", "growth", base="", of=now.id, **about),
    )


def test_a_bare_difference_in_points_is_held_against_last_year_under_that_assumption():
    (agreed,) = check_claims(table(*points("-1,25")))
    assert (agreed.grade, agreed.assumptions) == ("ok", ("base_is_last_year",))
    (apart,) = check_claims(table(*points("-1,35")))
    assert (apart.grade, apart.message) == ("review", "claim_differs")
    assert "−" in apart.evidence("vi")["recomputed"].formula


def handled(share, gap=40):
    whole = figure("8.400", "count", indicator="unlisted", series="nhận", locator="10-15")
    part = figure("8.190", "count", indicator="unlisted", series="đúng hạn",
                  locator=f"{10 + gap}-{15 + gap}")  # fmt: skip
    rate = figure(share, "percent", "share", indicator="unlisted", series="đúng hạn", of=part.id,
                  locator=f"{30 + gap}-{35 + gap}")  # fmt: skip
    return whole, part, rate


def test_a_rate_is_held_against_the_two_counts_beside_it():
    # 8.190 of 8.400 is 97,5%.
    assert verdicts(check_share_beside_counts(table(*handled("97,5")))) == [
        ("ok", "share_beside_agrees")
    ]
    assert verdicts(check_share_beside_counts(table(*handled("95,7")))) == [
        ("review", "share_beside_differs")
    ]


def test_a_rate_far_off_or_a_count_far_away_is_left_alone():
    assert check_share_beside_counts(table(*handled("31,0"))) == []
    assert check_share_beside_counts(table(*handled("97,5", gap=600))) == []


def listed(rest, more="118,2"):
    total = figure("301,7", "bn_vnd", locator="0-5")
    return (
        total,
        figure("120,5", "bn_vnd", indicator="budget_revenue_land_use", locator="60-65",
               part_of=total.id),
        figure(more, "bn_vnd", indicator="budget_revenue_taxes_fees", locator="120-125"),
        figure(rest, "bn_vnd", indicator="unlisted", series="thu khác", locator="150-155"),
    )  # fmt: skip


def test_parts_listed_down_to_the_rest_are_added_up():
    assert verdicts(check_listed_parts(table(*listed("63,0")))) == [("ok", "parts_add_up")]
    (apart,) = check_listed_parts(table(*listed("53,0")))
    assert (apart.grade, apart.message) == ("review", "parts_below_total")
    assert "10,0 tỷ đồng" in str(apart.title("vi"))


def test_a_list_that_misses_by_much_is_another_list():
    assert check_listed_parts(table(*listed("5,0", "12,0"))) == []


def attained(source, **fields):
    level = figure("276", "bn_vnd", source=source, **fields)
    return level, figure("115,0", "percent", "plan_attainment", source=source, of=level.id)


def test_a_plan_named_once_is_named():
    first, rate = attained("report")
    again, same = attained("sheet")
    found = check_plan_is_named(table(first, rate, again, same))
    assert [len(one.observations) for one in found] == [2]
    assert str(found[0].sentence("vi")).count("115,0%") == 1
    named = figure("115,0", "percent", "plan_attainment", of=first.id, plan_level="province")
    assert check_plan_is_named(table(first, named, again, same)) == []
    plan = figure("240.000", "m_vnd", status="plan", plan_level="province", source="form")
    assert check_plan_is_named(table(first, rate, plan)) == []


def test_what_three_sources_print_alike_is_said_once():
    rows = [figure("276", "bn_vnd", source=name) for name in ("a", "b", "c")]
    (finding,) = check_sources(table(*rows))
    assert str(finding.sentence("vi")).count("276") == 1
    assert set(finding.observations) == {row.id for row in rows}


def test_plans_of_own_documents_are_held_against_each_other():
    plans = [figure(n, "bn_vnd", status="plan", source=s) for n, s in (("240", "a"), ("240", "b"))]
    assert verdicts(check_sources(table(*plans))) == [("ok", "sources_agree_plan")]
    other = figure("250", "bn_vnd", status="plan", source="c")
    assert verdicts(check_sources(table(*plans, other))) == [("review", "sources_differ_plan")]
    aim = figure("250", "bn_vnd", status="target", source="c")
    assert verdicts(check_sources(table(*plans, aim))) == [("ok", "sources_agree_plan")]


def test_findings_that_say_the_same_of_the_same_figures_are_one():
    rows = []
    for source in ("report", "sheet"):
        level = figure("2.240", "bn_vnd", source=source, indicator="total_social_investment")
        rows += [
            level,
            figure("97,4", "percent", "plan_attainment", source=source, of=level.id,
                   indicator="total_social_investment"),
        ]  # fmt: skip
    before = figure("2.000", "bn_vnd", period="2023", indicator="total_social_investment")
    found = [one for one in run_checks(table(*rows, before)) if "missed_plan" in one.message]
    assert len(found) == 1 and {row.id for row in rows} <= set(found[0].observations)


def test_an_inference_without_a_round_number_is_no_finding():
    level = figure("41", "count", indicator="unlisted", series="vụ")
    grown = figure("-4,7", "percent", "growth", indicator="unlisted", series="vụ", of=level.id)
    assert not [one for one in run_checks(table(level, grown)) if one.check == "implied"]
