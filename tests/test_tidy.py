"""From statements and rows to observations: whose figure, which indicator, which time."""

from __future__ import annotations

from decimal import Decimal

import pytest
from grid_maker import SOURCE

from hlanalysis.gathering.prose_rows import from_reading
from hlanalysis.gathering.table_rows import from_rows
from hlanalysis.gathering.whose import other_place
from hlanalysis.reading.prose import read_prose
from hlanalysis.reading.table.rows import Row
from hlanalysis.sources.documents import load_document


def observed(tmp_path, text):
    path = tmp_path / "s.txt"
    path.write_text(text, encoding="utf-8")
    document = load_document(path)
    reading = read_prose(document.text, doc_year=2024, doc_period="2024")
    return from_reading(reading, document, SOURCE)


def test_a_commune_s_figure_is_not_the_town_s(tmp_path):
    rows = observed(
        tmp_path,
        "Thị xã Hồng Lĩnh thu ngân sách trên địa bàn đạt 222 tỷ đồng.\n\n"
        "Riêng xã Thuận Lộc thu ngân sách trên địa bàn đạt 14,6 tỷ đồng, bằng 121,7% dự toán.",
    )
    town, commune, attainment = rows
    assert (town.indicator, town.series) == ("budget_revenue", "")
    assert commune.indicator == attainment.indicator == "unlisted"
    assert commune.series == attainment.series == "thu ngân sách trên địa bàn (xã Thuận Lộc)"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Riêng phường Đậu Liêu đạt ", "phường Đậu Liêu"),
        ("Phường Đậu Liêu đạt 3 tỷ đồng; toàn thị xã đạt ", ""),
        ("Toàn thị xã có 12 xã đạt ", ""),
        ("So với huyện Can Lộc thì đạt ", "huyện Can Lộc"),
        ("UBND thị xã Hồng Lĩnh thu được ", ""),
    ],
)
def test_the_nearest_place_of_the_clause_is_whose_figure_it_is(text, named):
    assert other_place(text + "9 tỷ đồng", 0, len(text), "hong_linh") == named


def test_a_bound_from_below_is_no_rounding_up(tmp_path):
    below, nearly = observed(tmp_path, "Tỷ lệ hộ nghèo dưới 2,6%. Tỷ lệ thất nghiệp gần 3%.")
    assert (below.modifier, nearly.modifier) == ("at_most", "under")


def test_an_earlier_level_whose_time_nobody_says_is_no_observation(tmp_path):
    rows = observed(tmp_path, "Tỷ lệ hộ nghèo từ 5,1% giảm xuống còn 4,2%, giảm 0,9%.")
    assert [row.written for row in rows] == ["4,2", "0,9"]
    assert rows[1].of == rows[0].id


def test_a_part_is_not_named_as_its_total_and_section_headings_are_no_part_of_a_name():
    def row(code, label, line, path):
        values = ("t", code, label, 1, "2024", "actual", "", Decimal(9), "bn_vnd", "S", line, 3)
        return Row(*values, path)

    total, part, fish = from_rows(
        [
            row("B", "Thu ngân sách trên địa bàn", 4, ()),
            row("B.1", "Thu ngân sách trên địa bàn hưởng 100%", 5, ("Thu ngân sách trên địa bàn",)),
            row("A.1", "Sản lượng rong biển", 6, ("CHỈ TIÊU KINH TẾ",)),
        ],
        SOURCE,
    )
    assert total.indicator == "budget_revenue"
    assert part.indicator == "unlisted"
    assert (fish.indicator, fish.series) == ("unlisted", "Sản lượng rong biển")


def test_a_row_of_growth_is_no_growth_of_itself_and_a_percent_of_the_level_in_its_row():
    def row(measure, value, unit, label, line, column, series=""):
        where = ("S", line, column)
        return Row("t", "", label, 1, "2024", measure, series, Decimal(value), unit, *where)

    growth, level, done = from_rows(
        [
            row("actual", "7.4", "percent", "Tốc độ tăng giá trị sản xuất", 4, 3),
            row("actual", "90", "bn_vnd", "Thu phí", 5, 3, "Số tiền"),
            row("vs_plan_percent", "102", "percent", "Thu phí", 5, 4),
        ],
        SOURCE,
    )
    assert (growth.kind, growth.of) == ("growth", "")
    assert done.of == level.id
