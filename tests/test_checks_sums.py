from dataclasses import replace
from decimal import Decimal

import pytest
from checks_figures import figure, press, report, table
from hypothesis import given, settings
from hypothesis import strategies as st

from hlanalysis.checks.counts import (
    check_k_of_n,
    check_n_over_time,
    check_share_of_count,
    check_standstill,
)
from hlanalysis.checks.sums import (
    check_parts,
    check_parts_of_indicators,
    check_series_within_total,
    check_shares,
)
from hlanalysis.checks.tables import check_table_sums
from hlanalysis.numbers import format_number


def changed(name, written):
    value = Decimal(written.replace(".", ""))
    return [
        replace(row, written=written, value=value) if row.id == name else row for row in report()
    ]


def test_the_documents_of_the_report_add_up_in_the_order_of_the_text():
    (finding,) = check_parts(table(*report()))
    assert (finding.grade, finding.message) == ("ok", "parts_add_up")
    said = str(finding.sentence("vi"))
    assert "2.774 + 300 + 159 + 3.002 + 1.204 = 7.439" in said


@pytest.mark.parametrize(
    ("name", "written"),
    [("documents", "7.139"), ("documents", "7.339"), ("documents_letters", "3.302")],
)
def test_a_total_that_misses_one_part_is_still_a_contradiction(name, written):
    (finding,) = check_parts(table(*changed(name, written)))
    assert finding.grade == "error"


def test_a_list_that_names_only_a_part_is_no_contradiction():
    total = figure("1.500", "count", id="all", indicator="documents_issued")
    rows = [
        figure(n, "count", part_of="all", indicator="documents_issued", series=s)
        for n, s in (("700", "decisions"), ("233", "notices"))
    ]
    assert check_parts(table(total, *rows)) == []


def test_two_breakdowns_in_one_list_are_understood():
    total = figure("100", "count", id="all")
    parts = [figure(n, "count", part_of="all") for n in ("60", "40", "30", "70")]
    assert check_parts(table(total, *parts)) == []


def test_parts_that_were_rounded_explain_a_gap_of_their_last_digit():
    total = figure("10,1", "bn_vnd", id="all")
    parts = [figure(n, "bn_vnd", part_of="all") for n in ("3,3", "3,4", "3,3")]
    (finding,) = check_parts(table(total, *parts))
    assert (finding.grade, finding.message) == ("explained", "parts_add_up_rounded")


def test_one_part_cannot_exceed_its_total():
    total = figure("100", "bn_vnd", id="all")
    (finding,) = check_parts(table(total, figure("120", "bn_vnd", part_of="all")))
    assert (finding.grade, finding.message) == ("error", "part_above_total")


def test_a_series_cannot_exceed_its_indicator():
    whole = figure("100", "bn_vnd")
    part = figure("120", "bn_vnd", series="production_business")
    (finding,) = check_series_within_total(table(whole, part))
    assert finding.message == "part_above_total"


@settings(deadline=None)
@given(
    parts=st.lists(st.integers(1, 9999), min_size=2, max_size=6),
    at=st.integers(0, 5),
    shift=st.integers(1, 9),
    power=st.integers(0, 2),
)
def test_one_digit_off_in_an_exhaustive_list_is_always_caught(parts, at, shift, power):
    off = list(parts)
    off[at % len(parts)] += shift * 10**power
    total = figure(format_number(sum(parts)), "count", id="all")
    rows = [
        figure(format_number(n), "count", part_of="all", series=f"s{i}", locator=f"{i}-{i}")
        for i, n in enumerate(off[:-1])
    ]
    rest = figure(format_number(off[-1]), "count", part_of="all", series="others", locator="99-99")
    found = check_parts(table(total, *rows, rest))
    assert [one.grade for one in found] == ["error"]


def test_domestic_and_trade_revenue_of_2021_exceed_the_total_printed_beside_them():
    rows = [row for row in press() if row.place == "ha_tinh_province" and row.period == "2021-9M"]
    (finding,) = check_parts_of_indicators(table(*rows))
    assert (finding.grade, finding.message) == ("review", "parts_above_total")
    assert "10.347" in str(finding.sentence("vi"))


def test_round_hundreds_that_miss_the_total_by_22_are_explained():
    rows = [row for row in press() if row.place == "ha_tinh_province" and row.period == "2023"]
    found = check_parts_of_indicators(table(*rows))
    assert {(one.grade, one.message) for one in found} == {("explained", "parts_add_up_coarse")}


def test_shares_of_one_whole_give_a_hundred():
    rows = [
        row
        for row in press()
        if row.place == "hong_linh" and row.kind == "share" and row.period == "2014"
    ]
    (finding,) = check_shares(table(*rows))
    assert finding.message == "shares_add_up"


def test_shares_above_a_hundred_are_an_error_and_overlapping_ones_are_not():
    def share(written, series):
        return figure(written, "percent", "share", series=series)

    (finding,) = check_shares(table(share("60", "a"), share("55", "b")))
    assert finding.grade == "error"
    assert check_shares(table(share("60", "a"), share("40", "b"), share("90", "a_and_c"))) == []


def test_the_51_tasks_set_are_the_51_of_50_of_51():
    tasks = [row for row in report() if row.indicator == "framework_tasks"]
    (finding,) = check_k_of_n(table(*tasks))
    assert (finding.grade, finding.message) == ("ok", "n_stated_elsewhere")
    assert finding.values["share"].write("vi") == "98,04%"
    wrong = [replace(row, value=Decimal(41)) if row.id == "tasks_set" else row for row in tasks]
    (finding,) = check_k_of_n(table(*wrong))
    assert (finding.grade, finding.message) == ("error", "n_differs")


def test_more_met_than_there_are_is_an_error():
    (finding,) = check_k_of_n(table(figure("18/17", "count", "ratio_count")))
    assert finding.message == "k_above_n"


def test_a_list_of_targets_that_changed_is_not_compared():
    rows = [row for row in press() if row.place == "hong_linh" and row.period == "2023"]
    (finding,) = (
        one
        for one in check_n_over_time(table(*report(), *rows))
        if one.indicator == "socio_targets_met"
    )
    said = str(finding.sentence("vi"))
    assert "17 trên 21 (80,95%)" in said and "14 trên 17 (82,35%)" in said


def town_criteria(written="55/63"):
    own = figure(written, "count", "ratio_count", indicator="urban_type3_criteria_met", id="own")
    published = [row for row in press() if row.indicator == "urban_type3_criteria_met"]
    return table(own, *published)


def test_55_of_63_stands_still_over_three_dates():
    (finding,) = check_standstill(town_criteria())
    assert finding.message == "standstill"
    assert str(finding.title("vi")).endswith("đứng yên ở 55/63 qua 3 thời điểm")
    assert "cuối năm 2023, hết tháng 6/2024, cuối năm 2024" in str(finding.sentence("vi"))


def test_a_criterion_added_is_no_standstill_and_one_lost_is_told():
    assert check_standstill(town_criteria("56/63")) == []
    (finding,) = check_standstill(town_criteria("54/63"))
    assert finding.message == "fewer_than_before"


def cells(column, *rows):
    return [
        figure(
            written,
            "m_vnd",
            indicator="unlisted",
            series=f"dòng {code or 'tổng số'}",
            source="bieu94",
            locator=f"Bieu 94!{column}{line}",
            note=f"Thu NSNN / {code}" if code else "Thu NSNN",
        )
        for line, (code, written) in enumerate(rows, start=10)
    ]


def test_the_rows_of_a_table_add_up_level_by_level():
    rows = cells("D", ("A", "100"), ("A.I", "60"), ("A.I.1", "25"), ("A.I.2", "35"), ("A.II", "40"))
    (finding,) = check_table_sums(table(*rows))
    assert (finding.grade, finding.message) == ("ok", "table_sums_agree")
    assert finding.values["count"].write("vi") == "2"


def test_a_changed_digit_in_a_table_breaks_the_sum_of_its_column_only():
    good = cells("C", ("A", "100"), ("A.I", "60"), ("A.II", "40"))
    bad = cells("D", ("A", "100"), ("A.I", "80"), ("A.II", "40"))
    found = check_table_sums(table(*good, *bad))
    assert [(one.grade, one.message) for one in found] == [
        ("error", "parts_above_total"),
        ("ok", "table_sums_agree"),
    ]


def test_a_heading_without_a_number_breaks_down_the_grand_total():
    rows = cells("D", ("", "100"), ("A.1", "30"), ("A.2", "70"), ("B.1", "45"), ("B.2", "65"))
    found = check_table_sums(table(*rows))
    assert sorted(one.grade for one in found) == ["error", "ok"]


def test_the_percentage_beside_a_count_is_recomputed():
    count = figure("14/17", "count", "ratio_count", id="k")

    def verdict(written):
        (finding,) = check_share_of_count(table(count, figure(written, "percent", "share", of="k")))
        return finding.grade, finding.message

    assert verdict("82,35") == ("ok", "share_agrees")
    assert verdict("82,4") == ("ok", "share_agrees")
    assert verdict("82,3") == ("explained", "share_cut_off")
    assert verdict("83,35") == ("error", "share_differs")
