"""Layouts met in the wild: whose year a column has, blocks inside a table, odd last rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from grid_maker import PR, A, D, P, S, V, Y, read

from hlanalysis.reading.table.columns import name_series
from hlanalysis.reading.table.headings import default_measure, read_heading
from hlanalysis.reading.table.measures import meanings
from hlanalysis.reading.table.titles import Title, read_periods
from hlanalysis.reading.table.words import lexicon


def columns_of(title, columns):
    words = lexicon("sound")
    above = Title(title, measure=default_measure(title, words) if title else None)
    read_periods(above, [title], words)
    headings = {
        i: read_heading(tuple(p.strip() for p in c.split("|")), words)
        for i, c in enumerate(columns)
    }
    known, unread = meanings(headings, {}, above, words)
    return [(m.measure, m.period, m.series) for m in name_series(known, headings, words)], unread


# --- whose year -----------------------------------------------------------------------------

YEARS = [
    (
        "CHI NGÂN SÁCH XÃ QUÝ II NĂM 2023",
        ["Dự toán giao", "Thực hiện quý II", "Thực hiện quý II/2022", "% so DT"],
        [(P, "2023"), (A, "2023-Q2"), (PR, "2022-Q2"), (V, "2023-Q2")],
    ),
    (
        "KẾT QUẢ THU 6 THÁNG ĐẦU NĂM 2025",
        ["Thực hiện 6 tháng năm 2024", "Kế hoạch", "Ước thực hiện 6 tháng"],
        [(PR, "2024-6M"), (P, "2025"), (A, "2025-6M")],
    ),
    (
        "QUYẾT TOÁN CHI NĂM 2021",
        ["Quyết toán năm 2020", "Dự toán", "Quyết toán"],
        [(PR, "2020"), (P, "2021"), (A, "2021")],
    ),
    (
        "THU THÁNG 7 NĂM 2024",
        ["Dự toán", "Thực hiện tháng 7", "Lũy kế 7 tháng", "Lũy kế 7 tháng năm 2023"],
        [(P, "2024"), (A, "2024-M07"), (A, "2024-7M"), (PR, "2023-7M")],
    ),
    (
        "TÌNH HÌNH THỰC HIỆN NĂM 2024",
        ["TH năm 2022", "TH năm 2023", "Ước TH"],
        [(PR, "2022"), (PR, "2023"), (A, "2024")],
    ),
    (
        "DỰ TOÁN NĂM 2025",
        ["Thực hiện năm 2023", "Ước thực hiện", "Dự toán năm 2025"],
        [(PR, "2023"), (A, "2024"), (P, "2025")],
    ),
    ("KẾT QUẢ NĂM 2024", ["TH năm 2023", "Ước TH năm 2024"], [(PR, "2023"), (A, "2024")]),
    (
        "",
        ["Dự toán năm 2020", "Ước thực hiện", "Thực hiện năm 2019"],
        [(P, "2020"), (A, "2020"), (PR, "2019")],
    ),
    # and what must stay as it was: a run of years, spans, a title about a later plan
    ("SẢN LƯỢNG ĐẾN NĂM 2023", ["2021", "2022", "2023"], [(A, "2021"), (A, "2022"), (A, "2023")]),
    ("VỐN ĐẦU TƯ", ["2022", "Sơ bộ 2023"], [(A, "2022"), (A, "2023")]),
    (
        "GIÁ TRỊ SẢN XUẤT NĂM 2023",
        ["2019", "2020", "2021", "2022", "Sơ bộ 2023"],
        [(A, y) for y in ("2019", "2020", "2021", "2022", "2023")],
    ),
    (
        "KẾ HOẠCH NĂM 2026",
        ["TH 2024", "ƯTH 2025", "KH 2026"],
        [(PR, "2024"), (A, "2025"), (P, "2026")],
    ),
    (
        "CHỈ TIÊU",
        ["KH 2021-2025", "TH 2022", "TH 2023", "Ước 2021-2023"],
        [(P, "2021-2025"), (PR, "2022"), (A, "2023"), (A, "2021-2023")],
    ),
]


@pytest.mark.parametrize(("title", "columns", "expected"), YEARS)
def test_a_year_belongs_to_its_own_column(title, columns, expected):
    assert columns_of(title, columns)[0] == [(*one, "")[:3] for one in expected]


def test_a_second_table_takes_the_year_of_the_first_where_only_its_old_column_has_one(tmp_path):
    rows = read(
        tmp_path,
        [
            ["THU NGÂN SÁCH 9 THÁNG NĂM 2022"],
            ["ĐVT: tỷ đồng"],
            ["TT", "Nội dung", "Dự toán", "Thực hiện"],
            [1, "Thuế", 9, 7],
            ["CHI NGÂN SÁCH"],
            ["TT", "Nội dung", "Dự toán", "Thực hiện", "Thực hiện 9 tháng năm 2021"],
            [1, "Lương", 8, 6, 5],
        ],
    ).rows
    assert [(r.measure, r.period) for r in rows[2:]] == [
        (P, "2022"),
        (A, "2022-9M"),
        (PR, "2021-9M"),
    ]


# --- blocks inside a table ------------------------------------------------------------------


def said(reading):
    return [(r.label, r.measure, r.period, r.value, r.unit) for r in reading.rows]


YEARBOOK = [["Giá trị sản xuất công nghiệp"], [None, "2020", "Sơ bộ 2021"]]


def test_rows_without_numbers_that_declare_a_unit_change_it_for_the_rows_after_them(tmp_path):
    found = said(
        read(
            tmp_path,
            [
                *YEARBOOK,
                ["Tỷ đồng - Bill. dongs"],
                ["TỔNG SỐ", 200, 250],
                ["Khai khoáng", 50, 50],
                ["Tỷ trọng - Share (%)"],
                ["TỔNG SỐ", 100, 100],
                ["Khai khoáng", 25, 20],
                ["Chỉ số phát triển (Năm trước = 100)"],
                ["TỔNG SỐ", 104, 125],
                ["Khai khoáng", 99.5, 100],
                ["Triệu đồng"],
                ["TỔNG SỐ", 7, 8],
            ],
        )
    )
    assert [f[1:2] + f[3:] for f in found if f[0] == "TỔNG SỐ" and f[2] == "2021"] == [
        (A, 250, "bn_vnd"),
        (S, 100, "percent"),
        (Y, 125, "percent"),
        (A, 8, "m_vnd"),
    ]
    assert [f[1:2] + f[3:] for f in found if f[0] != "TỔNG SỐ" and f[2] == "2020"] == [
        (A, 50, "bn_vnd"),
        (S, 25, "percent"),
        (Y, Decimal("99.5"), "percent"),
    ]


@pytest.mark.parametrize("box", ["A6:C6", "B6:C6", None])
def test_a_block_may_be_announced_over_any_columns(tmp_path, box):
    announced = [None, "Cơ cấu (%)"] if box == "B6:C6" else ["Cơ cấu (%)"]
    reading = read(
        tmp_path,
        [
            *YEARBOOK,
            [None, "Tỷ đồng"],
            ["Xây lắp", 30, 40],
            ["Khác", 70, 60],
            announced,
            ["Xây lắp", 30, 40],
            ["Khác", 70, 60],
        ],
        [box] if box else [],
    )
    assert [(r.measure, r.unit, r.level) for r in reading.rows[4:]] == [(S, "percent", 1)] * 4
    assert {(r.measure, r.unit) for r in reading.rows[:4]} == {(A, "bn_vnd")}


def test_markers_start_over_in_each_block(tmp_path):
    rows = read(
        tmp_path,
        [
            ["VỐN (tỷ đồng)"],
            ["STT", "Nguồn", "2021", "2022", "2023"],
            ["I", "Vốn Nhà nước", 5, 6, 7],
            [1, "Vốn vay", 1, 2, 3],
            ["II", "Vốn khác", 8, 9, 9],
            [None, "Cơ cấu (%)"],
            ["I", "Vốn Nhà nước", 40, 40, 45],
            [1, "Vốn vay", 5, 6, 7],
        ],
    ).rows
    assert [(r.code, r.level, r.measure) for r in rows[::3]] == [
        ("I", 1, A),
        ("I.1", 2, A),
        ("II", 1, A),
        ("I", 1, S),
        ("I.1", 2, S),
    ]


def test_a_marked_row_without_numbers_speaks_for_its_parts_only(tmp_path):
    rows = read(
        tmp_path,
        [
            ["TỔNG SẢN PHẨM"],
            ["ĐVT: tỷ đồng"],
            ["TT", "Chỉ tiêu", "2021", "2022"],
            ["A", "Cơ cấu tổng sản phẩm (%)"],
            [1, "Nông nghiệp", 20, 19],
            [2, "Dịch vụ", 80, 81],
            ["B", "Vốn", 5, 6],
        ],
    ).rows
    assert [(r.code, r.measure, r.unit) for r in rows[::2]] == [
        ("A.1", S, "percent"),
        ("A.2", S, "percent"),
        ("B", A, "bn_vnd"),
    ]


def test_plans_and_dashes_keep_their_measure_and_the_next_number_its_unit(tmp_path):
    rows = read(
        tmp_path,
        [
            ["CHỈ TIÊU NĂM 2023"],
            ["ĐVT: tỷ đồng"],
            ["TT", "Chỉ tiêu", "KH 2023", "TH 2023"],
            [1, "Sản xuất", 10, 12],
            [None, "Cơ cấu (%)"],
            ["-", "Công nghiệp", 60, 61],
            ["-", "Dịch vụ", 40, 39],
            [2, "Thu", 3, 4],
        ],
    ).rows
    assert [(r.code, r.measure, r.unit) for r in rows[::2]] == [
        ("1", P, "bn_vnd"),
        ("1.-1", P, "percent"),
        ("1.-2", P, "percent"),
        ("2", P, "bn_vnd"),
    ]


@pytest.mark.parametrize(
    "label",
    ["Xã", "Lao động", "Phân theo ngành", "Chỉ số sản xuất (năm 2010 = 100)", "Cơ cấu lại nợ"],
)
def test_other_rows_without_numbers_change_nothing(tmp_path, label):
    rows = read(
        tmp_path,
        [
            ["THU (tỷ đồng)"],
            ["Nội dung", "2021", "2022"],
            ["Tổng", 9, 9],
            [label],
            ["Bình An", 3, 4],
        ],
    ).rows
    assert {(r.measure, r.unit) for r in rows} == {(A, "bn_vnd")}


# --- numbers at the end, brackets, percents of names, sizes -----------------------------------

MONEY = [["QUYẾT TOÁN NĂM 2020"], ["ĐVT: triệu đồng"], ["STT", "Nội dung", "Dự toán", "Quyết toán"]]


@pytest.mark.parametrize(
    ("last", "values"),
    [
        (("-75", "+80"), (-75, 80)),
        (("(1.250)", "(2.300)"), (-1250, -2300)),
        (("−4.500,5", None), (Decimal("-4500.5"),)),
        (("( 12.000.000 )", None), (-12000000,)),
    ],
)
def test_the_last_row_may_hold_only_signed_or_bracketed_texts(tmp_path, last, values):
    reading = read(
        tmp_path, [*MONEY, ["I", "Thu", "1.400.000", "1.500.000"], ["II", "Chênh lệch", *last]]
    )
    assert tuple(r.value for r in reading.rows[2:]) == values
    assert not [p for p in reading.problems if p.kind == "brackets"]


def test_brackets_that_may_be_a_footnote_mark_or_no_money_are_listed(tmp_path):
    reading = read(
        tmp_path,
        [
            *MONEY[:2],
            ["STT", "Nội dung", "Dự toán", "Quyết toán", "Tăng so dự toán (%)"],
            ["I", "Thu", 100, 95, "(5,0)"],
            ["II", "Chi", "(2)", 40, 3],
        ],
    )
    assert [r.value for r in reading.rows if r.cell in ("Sheet!C5", "Sheet!E4")] == [
        Decimal("-5.0"),
        -2,
    ]
    assert [(p.cell, p.kind) for p in reading.problems if p.cell == "C5"] == [("C5", "brackets")]


def test_words_in_a_marked_last_row_are_reported_and_the_next_title_is_not(tmp_path):
    reading = read(
        tmp_path,
        [
            *MONEY,
            ["I", "Thu", 10, 9],
            ["II", "Vay", "Chưa vay", "Không"],
            ["CHI NĂM 2021"],
            ["Phòng Tài chính", "Biểu 2"],
            ["STT", "Nội dung", "Dự toán"],
            ["I", "Chi", 7],
        ],
    )
    assert [p.cell for p in reading.problems if p.kind == "text"] == ["C5", "D5"]
    assert [r.period for r in reading.rows] == ["2020", "2020", "2021"]


@pytest.mark.parametrize(
    ("label", "value", "unit", "kept"),
    [
        ("Thuế hưởng theo tỷ lệ (%)", 500, "m_vnd", "Thuế hưởng theo tỷ lệ (%)"),
        ("Thu phân chia ngân sách các cấp (%)", 12, "m_vnd", "Thu phân chia ngân sách các cấp (%)"),
        ("Thu điều tiết (%)", "45.600.000", "m_vnd", "Thu điều tiết (%)"),
        ("Tốc độ tăng thu (%)", 12.5, "percent", "Tốc độ tăng thu"),
        ("Tỷ lệ nợ thuế (%)", 4, "percent", "Tỷ lệ nợ thuế"),
    ],
)
def test_a_per_cent_sign_after_a_name_is_a_unit_only_where_the_row_can_be_one(
    tmp_path, label, value, unit, kept
):
    rows = read(tmp_path, [*MONEY, [1, "Thu", 10, 9], [2, label, value, value]]).rows
    assert (rows[-1].label, rows[-1].unit) == (kept, unit)


def test_sizes_of_other_units_say_nothing_about_a_separator(tmp_path):
    reading = read(
        tmp_path,
        [
            ["CHỈ TIÊU"],
            ["TT", "Chỉ tiêu", "ĐVT", "TH 2021", "TH 2022"],
            [1, "Tỷ lệ che phủ", "%", 45, 46],
            [2, "Hộ nghèo", "%", 5, 4],
            [3, "Đô thị hóa", "%", 30, 31],
            [4, "Đàn lợn", "con", "61.500", 62000],
            [5, "Du khách", "lượt khách", "48.300", None],
        ],
    )
    assert [r.value for r in reading.rows if r.period == "2021"][3:] == [61500, 48300]
    assert [(p.cell, p.kind) for p in reading.problems] == [("D7", "separator")]


@pytest.mark.parametrize(
    "index",
    [
        ["a", "b", 1, 2],
        ["(a)", "(b)", "(1)", "(2)"],
        ["[1]", "[2]", "[3]", "[4]"],
        ["A", "B", "C", "D"],
        ["A", "B", "1", "2=1*1"],
    ],
)
def test_rows_that_number_the_columns_are_no_data(tmp_path, index):
    reading = read(tmp_path, [*MONEY, index, ["A", "Thu", 10, 9], ["I", "Thuế", 4, 5]])
    assert [(r.code, r.level, r.value) for r in reading.rows] == [
        ("A", 1, 10),
        ("A", 1, 9),
        ("A.I", 2, 4),
        ("A.I", 2, 5),
    ]
    assert not reading.problems


def test_a_row_of_small_markers_and_numbers_is_data(tmp_path):
    rows = read(tmp_path, [*MONEY, ["a", "Thuế", 1, 2], ["b", "Phí", 3, 4]]).rows
    assert [(r.code, r.value) for r in rows] == [("a", 1), ("a", 2), ("b", 3), ("b", 4)]


@pytest.mark.parametrize(
    "text",
    ["Chú thích: số thu năm 2019 là", "Nguồn: Chi cục Thuế, tổng số", "(*) Ghi chú: gồm cả vay"],
)
def test_a_remark_below_the_table_is_no_row_even_with_a_number(tmp_path, text):
    assert len(read(tmp_path, [*MONEY, [1, "Thu", 10, 9], [text, None, 95]]).rows) == 2


def test_a_row_named_nguon_thu_is_data(tmp_path):
    assert (
        len(read(tmp_path, [*MONEY, [1, "Thu", 10, 9], [None, "Nguồn thu khác", 95, 1]]).rows) == 4
    )


@pytest.mark.parametrize(
    ("unit", "known"), [("đồng VN", "vnd"), ("1000.000 đồng", "m_vnd"), ("Triệu đồng VN", "m_vnd")]
)
def test_two_more_spellings_of_the_unit(tmp_path, unit, known):
    assert (
        read(tmp_path, [["THU 2020"], [f"Đơn vị tính: {unit}"], MONEY[2], [1, "Thu", 10, 9]])
        .rows[0]
        .unit
        == known
    )


# --- headings and markers -------------------------------------------------------------------

MORE_HEADINGS = [
    (
        "THU THÁNG 5 NĂM 2022",
        ["Dự toán", "Thực hiện tháng 5", "Cộng dồn từ đầu năm"],
        [(P, "2022"), (A, "2022-M05"), (A, "2022-5M")],
        [],
    ),
    (
        "",
        ["KH năm 2024", "TH 6 tháng năm 2024", "Ước TH năm 2024", "6T/KH (%)", "Quý I/KH (%)"],
        [(P, "2024"), (A, "2024-6M"), (A, "2024"), (V, "2024-6M"), (V, "2024-Q1")],
        [],
    ),
    (
        "VỐN NĂM 2021",
        ["Kế hoạch vốn", "Giải ngân", "Kế hoạch còn lại", "Số chưa giải ngân"],
        [(P, "2021"), (A, "2021")],
        [2, 3],
    ),
    (
        "CHI NĂM 2021",
        ["Dự toán | Chi lương", "Dự toán | Còn lại"],
        [(P, "2021", "Chi lương"), (P, "2021", "Còn lại")],
        [],
    ),
]


@pytest.mark.parametrize(("title", "columns", "expected", "left_out"), MORE_HEADINGS)
def test_more_headings(title, columns, expected, left_out):
    assert columns_of(title, columns) == ([(*one, "")[:3] for one in expected], left_out)


@pytest.mark.parametrize(
    ("heading", "values", "measure", "unit"),
    [
        ("Tăng/giảm (%)", (10, 20), Y, "percent"),
        ("Chênh lệch", (10, 20), D, "m_vnd"),
        ("Chỉ số phát triển (năm trước=100)", (111.1, 112), Y, "percent"),
        ("Năm 2022 so với năm 2021", (50, 60), Y, "percent"),
    ],
)
def test_what_a_heading_says_stands_whatever_the_numbers_look_like(
    tmp_path, heading, values, measure, unit
):
    rows = read(
        tmp_path,
        [
            ["THU NĂM 2022 (triệu đồng)"],
            ["TT", "Nội dung", "TH 2021", "KH 2022", "TH 2022", heading],
            [1, "Thuế", 90, 90, 100, values[0]],
            [2, "Phí", 180, 180, 200, values[1]],
        ],
    ).rows
    assert {(r.measure, r.unit) for r in rows if r.cell[-2] == "F"} == {(measure, unit)}


def test_row_numbers_may_be_whole_paths(tmp_path):
    rows = read(
        tmp_path,
        [
            *MONEY[:2],
            ["STT", "Nội dung", "Dự toán"],
            ["A.", "Thu", 9],
            ["A.I", "Thu nội địa", 8],
            ["A.I.1", "Thuế", 5],
            ["A.I.2", "Phí", 3],
            ["A.II", "Vay", 1],
            ["B", "Chi", 7],
            ["B.I", "Lương", 7],
            ["B.I.a", "Xã", 4],
        ],
    ).rows
    assert [(r.code, r.level) for r in rows] == [
        ("A", 1),
        ("A.I", 2),
        ("A.I.1", 3),
        ("A.I.2", 3),
        ("A.II", 2),
        ("B", 1),
        ("B.I", 2),
        ("B.I.a", 3),
    ]


def test_a_code_that_two_rows_share_is_listed(tmp_path):
    reading = read(
        tmp_path,
        [
            *MONEY,
            ["I", "Thu", 9, 9],
            [1, "Thuế", 4, 4],
            [1, "Phí", 5, 5],
            ["II", "Vay", 1, 1],
            [1, "Tỉnh", 1, 1],
        ],
    )
    assert [(p.cell, p.found) for p in reading.problems if p.kind == "code"] == [
        ("A6", "I.1 in rows 5, 6")
    ]


@pytest.mark.parametrize(
    ("announced", "measure"),
    [
        ("Tốc độ phát triển (Năm trước = 100) - Growth index (%)", Y),
        ("Cơ cấu vốn theo ngành (%)", S),
        ("Tốc độ tăng so với năm trước (%)", Y),
    ],
)
@pytest.mark.parametrize("over", [True, False])
def test_other_words_may_stand_in_the_row_that_announces_a_block(
    tmp_path, announced, measure, over
):
    line = [None, announced] if over else [announced]
    rows = read(
        tmp_path,
        [
            ["VỐN (tỷ đồng)"],
            ["Ngành", "2021", "2022"],
            ["Xây lắp", 30, 40],
            line,
            ["Xây lắp", 103, 104],
        ],
    ).rows
    assert [(r.label, r.measure, r.unit) for r in rows[::2]] == [
        ("Xây lắp", A, "bn_vnd"),
        ("Xây lắp", measure, "percent"),
    ]


def test_a_name_with_a_unit_but_no_numbers_speaks_for_the_rows_after_it(tmp_path):
    rows = read(
        tmp_path,
        [
            ["NÔNG NGHIỆP"],
            ["Chỉ tiêu", "2021", "2022"],
            ["Diện tích (ha)"],
            ["Lúa", 30, 40],
            ["Ngô", 3, 4],
            ["Sản lượng (tấn)"],
            ["Lúa", 300, 400],
        ],
    ).rows
    assert [(r.label, r.unit, r.label_path) for r in rows[::2]] == [
        ("Lúa", "ha", ("Diện tích",)),
        ("Ngô", "ha", ("Diện tích",)),
        ("Lúa", "tonnes", ("Sản lượng",)),
    ]


def test_a_counted_unit_merged_under_the_years_is_that_of_all_until_the_next_block(tmp_path):
    rows = read(
        tmp_path,
        [
            ["Lao động"],
            [None, 2018, 2019],
            [None, "Nghìn người"],
            ["Nam", 50, 60],
            [None, "Cơ cấu (%)"],
            ["Nam", 50, 49],
        ],
        ["B3:C3", "B5:C5"],
    ).rows
    assert [(r.value, r.unit, r.measure, r.series) for r in rows[1:3]] == [
        (60000, "persons", A, ""),
        (50, "percent", S, ""),
    ]


def test_the_whole_year_stands_beside_a_part_of_it():
    found, _ = columns_of(
        "CHI NGÂN SÁCH 6 THÁNG NĂM 2021",
        ["Dự toán cả năm", "Thực hiện 6 tháng", "Ước cả năm", "Cả năm/DT (%)"],
    )
    assert found == [(P, "2021", ""), (A, "2021-6M", ""), (A, "2021", ""), (V, "2021", "")]
