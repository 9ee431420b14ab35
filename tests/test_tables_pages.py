"""Titles, printed pages, seasons, labels over two rows, and separators that a row proves."""

from __future__ import annotations

import pytest
from grid_maker import PR, A, N, P, S, V, Y, read

# --- titles ---------------------------------------------------------------------------------


def test_a_merged_title_that_begins_like_a_heading_of_labels_is_a_title(tmp_path):
    reading = read(
        tmp_path,
        [
            ["DANH MỤC CÔNG TRÌNH VÀ KẾT QUẢ THANH TOÁN 6 THÁNG NĂM 2023", N, N, N, N, N],
            [N, N, N, N, N, "Đơn vị: 1000 đồng"],
            ["TT", "Danh mục công trình", "Kế hoạch vốn năm 2023", "Thanh toán", N, "Vướng mắc"],
            [N, N, "Tổng số", "Số vốn", "% so KH", N],
            [1, "Kênh Đông", 5000, 2500, 50, "Chậm bàn giao"],
        ],
        ["A1:F1", "D3:E3"],
    )
    assert [(r.period, r.measure, r.unit) for r in reading.rows] == [
        ("2023", P, "k_vnd"),
        ("2023-6M", A, "k_vnd"),
        ("2023-6M", V, "percent"),
    ]


STRUCTURE = [
    ("31. Cơ cấu lao động đang làm việc", "Đơn vị tính: %", S),
    ("Bảng 7: Tỷ trọng các ngành trong tổng sản phẩm", "ĐVT: %", S),
    ("32. Chỉ số phát triển vốn (năm trước = 100)", "ĐVT: %", Y),
    ("33. Tốc độ tăng dân số", "ĐVT: %", Y),
    ("34. Tỷ lệ lao động qua đào tạo", "ĐVT: %", A),
    ("35. Cơ cấu lao động", "ĐVT: nghìn người", A),
    ("36. Chỉ số giá tháng 12 (tháng 12 năm trước = 100)", "ĐVT: %", A),
]


@pytest.mark.parametrize(("title", "unit", "measure"), STRUCTURE)
def test_a_title_may_say_what_all_columns_are(tmp_path, title, unit, measure):
    grid = [[title], [N, N, unit], [N, 2015, 2016], ["TỔNG SỐ", 100, 100], ["Công nghiệp", 44, 45]]
    assert {row.measure for row in read(tmp_path, grid).rows} == {measure}


HEADING = ["STT", "Chỉ tiêu", "Năm 2011", "Năm 2012"]


@pytest.mark.parametrize("merged", [["A5:D5"], []])
def test_a_short_numbered_line_between_tables_is_a_title(tmp_path, merged):
    reading = read(
        tmp_path,
        [
            ["1. Cây lương thực, thực phẩm"],
            HEADING,
            [1, "Lúa (ha)", 50, 60],
            [2, "Ngô (ha)", 5, 6],
            ["2. Hoa"],
            HEADING,
            ["I", "Hoa các loại (ha)", 7, 8],
            [1, "Hoa cúc (ha)", 3, 4],
        ],
        merged,
    )
    assert [r.code for r in reading.rows] == ["1", "1", "2", "2", "I", "I", "I.1", "I.1"]


TOPS = [
    [["Trang 2"]],
    [[N, N, N, "ĐVT: triệu đồng"]],
    [["THU NGÂN SÁCH HUYỆN NĂM 2012"], [N, N, N, "ĐVT: triệu đồng"]],
    [["THU NGÂN SÁCH HUYỆN NĂM 2012 (tiếp theo)"]],
]


@pytest.mark.parametrize("top", TOPS, ids=str)
def test_the_heading_again_at_the_top_of_a_page_goes_on_with_the_table(tmp_path, top):
    reading = read(
        tmp_path,
        [
            ["THU NGÂN SÁCH HUYỆN NĂM 2012"],
            [N, N, N, "ĐVT: triệu đồng"],
            HEADING,
            ["I", "Thu nội địa", 50, 60],
            [1, "Thuế", 30, 40],
            ["II", "Thu bổ sung từ cấp trên"],
            *top,
            HEADING,
            [1, "Bổ sung cân đối", 7, 8],
        ],
    )
    assert [r.code for r in reading.rows][-1] == "II.1"
    assert {r.unit for r in reading.rows} == {"m_vnd"}


# --- seasons, plans of several years --------------------------------------------------------


def test_the_season_before_is_the_previous_one(tmp_path):
    reading = read(
        tmp_path,
        [
            ["SẢN XUẤT VỤ MÙA 2019-2020"],
            [
                *("TT", "Cây trồng", "ĐVT", "TH vụ mùa 2018-2019", "KH vụ mùa 2019-2020"),
                *("TH vụ mùa 2019-2020", "So cùng kỳ (%)"),
            ],
            [1, "Đậu", "ha", 50, 55, 54, 108],
        ],
    )
    assert [(r.measure, r.period) for r in reading.rows] == [
        (PR, "2018-2019"),
        (P, "2019-2020"),
        (A, "2019-2020"),
        (Y, "2019-2020"),
    ]


def test_each_year_of_the_plan_that_the_title_is_about_is_an_outturn(tmp_path):
    reading = read(
        tmp_path,
        [
            ["THỰC HIỆN KẾ HOẠCH 5 NĂM 2016-2020"],
            [
                *("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 5 năm 2016-2020"),
                *("Thực hiện các năm", N, "Ước TH năm 2020"),
            ],
            [N, N, N, N, "Năm 2018", "Năm 2019", N],
            [1, "Thu ngân sách", "tỷ đồng", 500, 90, 100, 120],
        ],
        ["E2:F2"],
    )
    assert [(r.measure, r.period) for r in reading.rows] == [
        (P, "2016-2020"),
        (A, "2018"),
        (A, "2019"),
        (A, "2020"),
    ]


def test_the_bare_years_of_a_yearbook_are_all_outturns(tmp_path):
    reading = read(
        tmp_path,
        [
            ["Sản lượng gỗ khai thác năm 2023"],
            [N, N, N, "ĐVT: m3"],
            ["Chỉ tiêu", "Năm - Year", N, N],
            [N, 2021, 2022, "Ước tính\nEst. 2023"],
            ["TỔNG SỐ", 4100, 4350, 4420],
            ["Rừng trồng", 4000, 4200, 4300],
        ],
        ["B3:D3"],
    )
    assert {r.measure for r in reading.rows} == {A}


# --- labels over two rows -------------------------------------------------------------------


def test_a_label_goes_on_in_the_next_row(tmp_path):
    reading = read(
        tmp_path,
        [
            ["CHI NGÂN SÁCH NĂM 2014"],
            ["ĐVT: triệu đồng"],
            ["STT", "Nội dung", "Dự toán", "Thực hiện"],
            [1, "Chi sự nghiệp giáo dục, đào tạo và", N, N],
            [N, "dạy nghề", 30, 31],
            [2, "Chi hoạt động của các cơ quan", 20, 21],
            [N, "quản lý nhà nước, đảng, đoàn thể", N, N],
            [3, "Chi bảo đảm xã hội", N, N],
            [N, "người có công", 5, 6],
            [N, "hộ nghèo", 7, 8],
            [4, "Chi khác", 9, 9],
            [N, "Trong đó: hỗ trợ xã", 2, 2],
        ],
    )
    assert [(r.code, r.label) for r in reading.rows[::2]] == [
        ("1", "Chi sự nghiệp giáo dục, đào tạo và dạy nghề"),
        ("2", "Chi hoạt động của các cơ quan quản lý nhà nước, đảng, đoàn thể"),
        ("", "người có công"),
        ("", "hộ nghèo"),
        ("4", "Chi khác"),
        ("", "Trong đó: hỗ trợ xã"),
    ]


# --- separators -----------------------------------------------------------------------------


def columns_of(reading, column):
    return [str(r.value) for r in reading.rows if r.column == column]


def test_a_difference_proves_its_separator(tmp_path):
    reading = read(
        tmp_path,
        [
            ["SỐ LƯỢT KHÁCH NĂM 2016"],
            ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2015", "Thực hiện 2016", "Tăng (+), giảm (-)"],
            [1, "Khách trong nước", "Lượt", "1,204,500", "1,310,000", "105,500"],
            [2, "Khách nước ngoài", "Lượt", "14,250", "12,100", "-2,150"],
        ],
    )
    assert columns_of(reading, 6) == ["105500", "-2150"]
    assert columns_of(reading, 5) == ["1310000", "12100"]
    assert [p for p in reading.problems if p.kind == "separator"] == []


def test_a_ratio_proves_the_separator_of_what_it_divides(tmp_path):
    reading = read(
        tmp_path,
        [
            ["THU NGÂN SÁCH NĂM 2016"],
            ["ĐVT: tỷ đồng"],
            ["TT", "Nội dung", "Dự toán", "Thực hiện", "TH/DT (%)"],
            [1, "Thu nội địa", 24, "24,750", "103.1"],
        ],
    )
    assert columns_of(reading, 4) == ["24.750"]
    reading = read(
        tmp_path,
        [
            ["THU NGÂN SÁCH NĂM 2016"],
            ["ĐVT: triệu đồng"],
            ["TT", "Nội dung", "Dự toán", "Thực hiện", "TH/DT (%)"],
            [1, "Thu nội địa", 24000, "24,750", "103.1"],
        ],
    )
    assert columns_of(reading, 4) == ["24750"]


def test_columns_typed_by_one_hand_share_their_separators(tmp_path):
    reading = read(
        tmp_path,
        [
            ["DÂN SỐ CÁC HUYỆN NĂM 2017"],
            ["TT", "Huyện", "Dân số (người)", "Số hộ"],
            [1, "Huyện A", "1,120,400", "3,120"],
            [2, "Huyện B", "95,300", "2,455"],
        ],
    )
    assert columns_of(reading, 4) == ["3120", "2455"]


# --- what is no number ----------------------------------------------------------------------


def test_dashes_are_told_apart_from_blanks_and_from_nought(tmp_path):
    reading = read(
        tmp_path,
        [
            ["THU NGÂN SÁCH NĂM 2024", N, N, "Đơn vị: triệu đồng"],
            ["TT", "Nội dung", "Dự toán", "Thực hiện"],
            [1, "Thu phí", 30, "-"],
            [2, "Thu phạt", N, 0],
            [3, "Thu khác", "x", 12],
        ],
    )
    assert [(r.cell, r.value) for r in reading.rows] == [
        ("Sheet!C3", 30),
        ("Sheet!D4", 0),
        ("Sheet!D5", 12),
    ]
    assert any("which is not zero, in D3, C5 (" in note for note in reading.notes)
    assert not reading.problems
