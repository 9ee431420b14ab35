import pytest

from hlanalysis.catalog import (
    all_indicators,
    all_places,
    convert,
    find_indicator,
    find_place,
    format_quantity,
    indicator,
    match_indicator,
    place,
    unit,
)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Tổng thu ngân sách nhà nước trên địa bàn", "budget_revenue"),
        ("thu NSNN trên địa bàn thị xã", "budget_revenue"),
        ("tổng vốn đầu tư toàn xã hội", "total_social_investment"),
        ("Tỷ lệ hộ cận nghèo", "near_poverty_rate"),
        ("tỷ lệ hộ nghèo đa chiều", "poverty_rate"),
        ("thu tiền sử dụng đất", "budget_revenue_land_use"),
        ("GRDP bình quân đầu người", "grdp_per_capita"),
        ("tong thu ngan sach", "budget_revenue"),
        ("cây xanh đô thị", None),
        ("", None),
    ],
)
def test_a_phrase_finds_its_indicator(phrase, name):
    assert find_indicator(phrase) == name


def test_a_part_is_named_within_its_total():
    assert match_indicator("kế hoạch") is None
    assert match_indicator("kế hoạch", within="documents_issued").series == "plans"


def test_some_main_sectors_are_a_scope_not_the_whole():
    phrase = "Tốc độ tăng giá trị sản xuất một số ngành kinh tế chủ yếu"
    assert match_indicator(phrase).scope == "main_sectors"
    assert match_indicator("giá trị sản xuất").scope == ""


def test_every_entry_speaks_both_languages_and_names_a_known_unit():
    for one in all_indicators().values():
        assert one.vi and one.en and unit(one.unit)
    for one in all_places().values():
        assert one.vi and one.en
        assert not one.within or place(one.within)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(KeyError, match="budget_revenue"):
        indicator("budget_revenu")


def test_units_convert_exactly_and_only_among_their_like():
    assert convert(222044, "m_vnd", "bn_vnd") * 1000 == 222044
    with pytest.raises(ValueError, match=r"bn_vnd .* percent"):
        convert(1, "bn_vnd", "percent")
    with pytest.raises(ValueError, match="percentage_points"):
        convert(1, "percent", "percentage_points")


def test_quantities_are_written_the_readers_way():
    assert format_quantity(1290, "bn_vnd", lang="en") == "1,290 billion VND"
    assert format_quantity(0.65, "percentage_points", signed=True) == "+0,65 điểm %"
    assert format_quantity(7439, "count") == "7.439"


def test_a_place_is_found_by_its_longest_name():
    assert find_place("UBND phường Bắc Hồng Lĩnh") == "bac_hong_linh_ward"
    assert find_place("nowhere") is None
