from checks_figures import figure, press, report, table

from hlanalysis.checks.breaks import check_grdp_of_district, check_scope, check_territory
from hlanalysis.checks.over_time import (
    check_jumps,
    check_lost_figures,
    check_part_years,
    check_slips_of_thousand,
    check_suspected_breaks,
)
from hlanalysis.checks.sources import check_sources


def revenue(**more):
    rows = [
        row for row in press() if row.place == "hong_linh" and row.indicator == "budget_revenue"
    ]
    return table(*report(), *rows, *more.values())


def test_222044_billion_is_a_slip_of_a_thousand():
    assert check_slips_of_thousand(revenue()) == []
    slip = figure("222.044", "bn_vnd", source="other", id="slip")
    found = check_slips_of_thousand(revenue(slip=slip))
    assert [one.observations[0] for one in found] == ["slip"]
    assert found[0].grade == "error"


def test_the_same_amount_in_millions_is_no_slip():
    same = figure("222.044", "m_vnd", source="other")
    assert check_slips_of_thousand(revenue(same=same)) == []


def test_a_level_that_triples_in_a_year_wants_a_reason():
    rows = figure("100", "bn_vnd", period="2023"), figure("340", "bn_vnd")
    (finding,) = check_jumps(table(*rows))
    assert (finding.message, finding.values["ratio"].write("vi")) == ("jump_up", "3,4 lần")
    assert check_jumps(table(rows[0], figure("140", "bn_vnd"))) == []


def test_revenue_of_2018_below_2015_is_a_suspected_break():
    (finding,) = check_suspected_breaks(revenue())
    assert finding.period == "2018" and finding.values["fall"].write("vi") == "24,3%"
    assert "88,2 tỷ đồng" in str(finding.sentence("vi"))


def test_the_first_half_cannot_exceed_the_year():
    half = figure("70", "bn_vnd", period="2024-6M")
    (finding,) = check_part_years(table(half, figure("60", "bn_vnd")))
    assert (finding.grade, finding.message) == ("error", "part_year_above_year")


def test_more_than_70_of_222_is_at_least_a_third_and_not_drawn_out():
    (half,) = (one for one in check_part_years(revenue()) if one.period == "2024")
    assert half.values["share"].write("vi") == "ít nhất 31,5%"
    assert half.values["straight"].write("vi") == "140,0 tỷ đồng"


def test_population_of_a_half_year_is_no_part_of_the_years():
    rows = [
        figure("39.920", "persons", indicator="population"),
        figure("39.980", "persons", indicator="population", period="2024-6M"),
    ]
    assert check_part_years(table(*rows)) == []


def test_what_was_printed_in_july_and_not_in_december_is_listed():
    rows = [row for row in press() if row.place == "hong_linh" and row.period == "2024-6M"]
    (finding,) = check_lost_figures(table(*report(), *rows))
    said = str(finding.sentence("vi"))
    assert "giá trị sản xuất hơn 2.349 tỷ đồng" in said
    assert "thu ngân sách" not in said


def test_main_sectors_are_not_the_economy_and_not_grdp():
    (finding,) = check_scope(table(*report()))
    assert finding.message == "scope_is_not_grdp"
    assert "một số ngành kinh tế chủ yếu" in str(finding.title("vi"))


def test_grdp_of_a_district_is_questioned_and_of_a_province_is_not():
    growth = {"unit": "percent", "kind": "growth", "indicator": "grdp"}
    (finding,) = check_grdp_of_district(table(figure("8,1", **growth)))
    assert finding.message == "grdp_of_district"
    assert check_grdp_of_district(table(figure("8,1", place="ha_tinh_province", **growth))) == []


def test_the_two_new_wards_are_not_the_town():
    places = ("hong_linh", "bac_hong_linh_ward", "nam_hong_linh_ward")
    rows = [row for row in press() if row.place in places]
    (finding,) = check_territory(table(*rows))
    said = str(finding.sentence("vi"))
    assert finding.message == "territory_ended"
    assert "54.862 người so với 39.920 người" in said
    assert "87,52 km² so với 58,97 km²" in said


def province():
    return table(*(row for row in press() if row.place == "ha_tinh_province"))


def conflicts():
    found = (one for one in check_sources(province()) if one.message.endswith(("differ", "itself")))
    return {(one.indicator, one.period, one.printed.write("vi")) for one in found}


def test_the_known_conflicts_of_the_press_are_found():
    found = conflicts()
    assert {
        ("grdp", "2016", "-15,31%; -17,06%"),
        ("grdp", "2022", "+2,54%; +3,98%"),
        ("grdp_current", "2023", "gần 99.686 tỷ đồng; gần 102.500 tỷ đồng"),
        ("budget_revenue_domestic", "2021", "9.316 tỷ đồng; 8.494 tỷ đồng"),
        ("budget_revenue", "2020-6M", "6.481 tỷ đồng; 3.620 tỷ đồng"),
        ("budget_revenue", "2023", "gần 17.000 tỷ đồng; 17.422 tỷ đồng"),
        ("budget_revenue", "2022-9M", "+45%; +46%"),
        ("socio_targets_met", "2025", "23; 25"),
    } <= found


def test_growth_and_index_of_one_year_are_compared_as_one_thing():
    assert any(one[:2] == ("budget_revenue", "2023") and "97%" in one[2] for one in conflicts())


def test_shares_of_two_plans_in_one_source_are_no_conflict():
    rows = [row for row in press() if row.place == "can_loc" and row.kind == "plan_attainment"]
    assert check_sources(table(*rows)) == []


def test_two_sources_that_say_the_same_agree():
    rows = [row for row in press() if row.place == "thach_ha" and row.period == "2019"]
    (finding,) = check_sources(table(*rows))
    assert (finding.grade, finding.message) == ("ok", "sources_agree")


def test_two_rows_of_one_table_are_two_things():
    rows = [
        figure(n, "m_vnd", source="bieu", locator=f"B!D{i}", note="Chi / B.I")
        for i, n in enumerate(("455.710", "434.250"))
    ]
    assert check_sources(table(*rows)) == []
