"""Whose figure is it, against what, of which time: one short text for each way of saying it."""

from __future__ import annotations

import pytest

from hlanalysis.reading.prose import read_prose

# text -> (written, kind, base, written of the figure it qualifies) of each figure
QUALIFIES = [
    (
        "Thu phí 36 tỷ đồng, so dự toán HĐND thị xã giao mới đạt 72%, còn so với cùng kỳ giảm 5%.",
        [
            ("36", "level", None, None),
            ("72", "plan_attainment", "plan", "36"),
            ("5", "growth", "same_period_last_year", "36"),
        ],
    ),
    (
        "Tỷ lệ che phủ đạt 51,2%, cao hơn chỉ tiêu Đại hội đề ra 1,2 điểm %.",
        [("51,2", "level", None, None), ("1,2", "plan_excess", "plan", "51,2")],
    ),
    (
        "Khai thác 310 tấn, nuôi trồng 95 tấn, tương ứng tăng 4% và giảm 2,5% so với cùng kỳ.",
        [
            ("310", "level", None, None),
            ("95", "level", None, None),
            ("4", "growth", "same_period_last_year", "310"),
            ("2,5", "growth", "same_period_last_year", "95"),
        ],
    ),
    (
        "Tịch thu 12,4 m3 gỗ; xảy ra 06 vụ, thiệt hại 7,5 ha rừng, "
        "giảm 03 vụ và 2,2 ha so với cùng kỳ.",
        [
            ("12,4", "level", None, None),
            ("06", "level", None, None),
            ("7,5", "level", None, None),
            ("03", "growth", "same_period_last_year", "06"),
            ("2,2", "growth", "same_period_last_year", "7,5"),
        ],
    ),
    (
        "Giải ngân 18 tỷ đồng cho 420 hộ và 15 tổ vay vốn, đạt 96% kế hoạch.",
        [
            ("18", "level", None, None),
            ("420", "level", None, None),
            ("15", "level", None, None),
            ("96", "plan_attainment", "plan", "18"),
        ],
    ),
    (
        "Thu hồi 412 triệu đồng, bằng 63% số tiền phải thu.",
        [("412", "level", None, None), ("63", "share", None, "412")],
    ),
    (
        "Tai nạn xảy ra 31 vụ, làm 12 người chết; số người chết giảm 14,3% so với cùng kỳ.",
        [
            ("31", "level", None, None),
            ("12", "level", None, None),
            ("14,3", "growth", "same_period_last_year", "12"),
        ],
    ),
    (
        "Tạo việc làm cho 845 lao động, hoàn thành 105,6% kế hoạch.",
        [("845", "level", None, None), ("105,6", "plan_attainment", "plan", "845")],
    ),
    (
        "Thu từ đất 40 tỷ đồng, giảm 6 tỷ đồng (-13%) so với năm 2023.",
        [
            ("40", "level", None, None),
            ("6", "growth", "year:2023", "40"),
            ("-13", "growth", "year:2023", "40"),
        ],
    ),
    (
        "Huy động 64 tỷ đồng, trong đó ngân sách 45%, doanh nghiệp 35%, người dân 20%.",
        [
            ("64", "level", None, None),
            ("45", "share", None, None),
            ("35", "share", None, None),
            ("20", "share", None, None),
        ],
    ),
    (
        "Vốn đầu tư được giao 52 tỷ đồng. Đến nay vốn đầu tư giải ngân 39 tỷ đồng (75%).",
        [
            ("52", "level", None, None),
            ("39", "level", None, None),
            ("75", "plan_attainment", "plan", "39"),
        ],
    ),
    (
        "Thu hút 90 triệu USD, vượt xa mục tiêu đề ra là 75 triệu USD.",
        [("90", "level", None, None), ("75", "level", None, None)],
    ),
    (
        "Dịch vụ đóng góp 38,4% vào mức tăng trưởng chung.",
        [("38,4", "share", None, None)],
    ),
    (
        "Luồng xanh, vàng, đỏ lần lượt chiếm 61%, 33% và 6%.",
        [("61", "share", None, None), ("33", "share", None, None), ("6", "share", None, None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), QUALIFIES, ids=[text[:40] for text, _ in QUALIFIES])
def test_a_figure_qualifies_what_the_sentence_speaks_of(text, expected):
    read = read_prose(text, doc_year=2024, doc_period="2024").statements
    told = [
        (one.written, one.kind, one.base, None if one.of is None else read[one.of].written)
        for one in read
    ]
    assert told == expected


# text, period of the document -> (written, unit, period, status) of each figure
TIMES = [
    (
        "Tỷ lệ hộ nghèo từ 9,1% năm trước giảm xuống còn 7,4%.",
        "2024",
        [("9,1", "percent", "2023", "actual"), ("7,4", "percent", "2024", "actual")],
    ),
    (
        "Số hợp tác xã từ 14 lên 21 hợp tác xã.",
        "2024",
        [("14", "count", None, "actual"), ("21", "count", "2024", "actual")],
    ),
    (
        "Chi cho giáo dục từ 210 tỷ đồng (2021) lên 305 tỷ đồng (2025).",
        "2021-2025",
        [("210", "bn_vnd", "2021", "actual"), ("305", "bn_vnd", "2025", "actual")],
    ),
    (
        "Thu được 61 tỷ đồng, bằng 61% kế hoạch cả năm (100 tỷ đồng).",
        "2024-6M",
        [
            ("61", "bn_vnd", "2024-6M", "actual"),
            ("61", "percent", "2024-6M", "actual"),
            ("100", "bn_vnd", "2024", "target"),
        ],
    ),
    (
        "Diện tích nhà ở 27,4 m2/người, tăng 0,8 m2 so với cuối năm 2023 (26,6 m2).",
        "2024",
        [
            ("27,4", "m2", "2024", "actual"),
            ("0,8", "m2", "2024", "actual"),
            ("26,6", "m2", "2023", "actual"),
        ],
    ),
    (
        "Bán lẻ trong tháng đạt 95 tỷ đồng, lũy kế 10 tháng 890 tỷ đồng; ước cả năm 1.080 tỷ đồng.",
        "2024-10M",
        [
            ("95", "bn_vnd", "2024-M10", "actual"),
            ("890", "bn_vnd", "2024-10M", "actual"),
            ("1.080", "bn_vnd", "2024", "estimate"),
        ],
    ),
    (
        "Xã được giao tuyển 24 công dân nhập ngũ.",
        "2025",
        [("24", "persons", "2025", "target")],
    ),
]


@pytest.mark.parametrize(("text", "period", "expected"), TIMES, ids=[one[0][:40] for one in TIMES])
def test_a_figure_has_the_time_that_is_said_and_a_plan_that_of_the_year(text, period, expected):
    read = read_prose(text, doc_year=int(period[:4]), doc_period=period).statements
    assert [(one.written, one.unit, one.period, one.status) for one in read] == expected


COUNTED = [
    ("Kỷ luật 12 đảng viên: khiển trách 7, cảnh cáo 4, khai trừ 1.", [12, 7, 4, 1]),
    ("Huyện có 54 trường (công lập 49, ngoài công lập 5).", [54, 49, 5]),
    ("Công nhận 8 sản phẩm, nâng tổng số lên 37.", [8, 37]),
]


@pytest.mark.parametrize(("text", "values"), COUNTED, ids=[text[:30] for text, _ in COUNTED])
def test_a_bare_number_of_a_list_counts_what_the_whole_counts(text, values):
    read = read_prose(text, doc_year=2024).statements
    assert [int(one.value) for one in read] == values
    assert len({one.unit for one in read}) == 1


FLAT = """Chỉ tiêu; TH 9 tháng; So KH năm (%); So cùng kỳ (%)
1. Giá trị sản xuất (tỷ đồng) 2.140,5 74,1 108,2
- Khu vực trong nước 1.310 72,9 106,4
2. Phân bón   nghìn tấn   36,5   77,2   95,8
"""


def test_rows_of_a_flattened_table_take_markers_scales_and_the_unit_above():
    read = read_prose(FLAT, doc_year=2024, doc_period="2024-9M").statements
    rows = [(one.written, one.unit, one.kind) for one in read]
    assert rows == [
        ("2.140,5", "bn_vnd", "level"),
        ("74,1", "percent", "plan_attainment"),
        ("108,2", "percent", "index"),
        ("1.310", "bn_vnd", "level"),
        ("72,9", "percent", "plan_attainment"),
        ("106,4", "percent", "index"),
        ("36,5", "tonnes", "level"),
        ("77,2", "percent", "plan_attainment"),
        ("95,8", "percent", "index"),
    ]
    assert [one.of for one in read] == [None, 0, 0, None, 3, 3, None, 6, 6]
    assert (read[3].part_of, int(read[6].value)) == (0, 36500)


UNIT_ABOVE = """BIỂU 03 (đơn vị tính: triệu đồng)
Nội dung - DT năm - TH quý I - So DT (%) - So năm 2023 (%)
1. Thu nội địa 42.000 11.340 27 104,5
Trong đó: lệ phí trước bạ 6.000 1.830 30,5 98,7
phí, lệ phí khác 2.000 410 20,5 110
"""


def test_a_flattened_table_takes_its_unit_from_the_line_above_and_a_year_as_base():
    read = read_prose(UNIT_ABOVE, doc_year=2024, doc_period="2024-Q1").statements
    assert [one.written for one in read] == (
        "42.000 11.340 27 104,5 6.000 1.830 30,5 98,7 2.000 410 20,5 110".split()
    )
    assert {one.unit for one in read if one.kind == "level"} == {"m_vnd"}
    assert {one.base for one in read if one.kind == "index"} == {"year:2023"}
    assert [one.period for one in read[:2]] == ["2024", "2024-Q1"]
    assert read[5].part_of == 1


def test_figures_of_the_end_of_a_term_are_of_its_last_year():
    text = (
        "Nhiệm kỳ thu ngân sách 3.100 tỷ đồng, bình quân mỗi năm tăng 9%; tỷ lệ hộ nghèo còn 2,1%; "
        "thu nhập 71 triệu đồng/người/năm; 11/12 xã đạt chuẩn."
    )
    read = read_prose(text, doc_year=2025, doc_period="2020-2025").statements
    assert [(one.written, one.period) for one in read] == [
        ("3.100", "2020-2025"),
        ("9", "2020-2025"),
        ("2,1", "2025"),
        ("71", "2025"),
        ("11/12", "2025"),
    ]


def test_an_earlier_level_whose_time_nobody_says_has_no_period():
    read = read_prose("Điểm số đạt 81,2 điểm (kỳ trước: 79,4 điểm).", doc_year=2024).statements
    assert [(one.written, one.period) for one in read] == [("81,2", "2024"), ("79,4", None)]


HEADER_OF_YEARS = """Chỉ tiêu ĐVT TH 2023 KH 2024 Ước TH 2024 TH/KH (%) So cùng kỳ (%)
1. Bán lẻ tỷ đồng 1.905 2.300 2.346 102,0 123,1
"""


def test_a_flattened_table_of_years_compares_with_the_last_one_done():
    read = read_prose(HEADER_OF_YEARS, doc_year=2024, doc_period="2024").statements
    assert [(one.written, one.period, one.status) for one in read] == [
        ("1.905", "2023", "actual"),
        ("2.300", "2024", "target"),
        ("2.346", "2024", "estimate"),
        ("102,0", "2024", "estimate"),
        ("123,1", "2024", "estimate"),
    ]
    assert [one.of for one in read] == [None, None, None, 2, 2]


def test_what_a_plan_says_in_brackets_is_no_deviation_from_it():
    read = read_prose("Hộ nghèo giảm 3,1% (kế hoạch giảm 2,5%).", doc_year=2024).statements
    assert [(one.kind, float(one.value), one.status) for one in read] == [
        ("growth", -3.1, "actual"),
        ("growth", -2.5, "target"),
    ]


def test_a_list_of_growths_goes_on_without_its_verb():
    text = "Giá trị sản xuất tăng 8%, trong đó nông nghiệp tăng 3%, công nghiệp 11%, dịch vụ 9,5%."
    read = read_prose(text, doc_year=2024).statements
    assert {one.kind for one in read} == {"growth"}


def test_a_base_behind_a_comma_does_not_reach_the_next_subject():
    text = "Điện 58 triệu kWh, tăng 4% so với cùng kỳ, tỷ lệ tổn thất còn 4,1%."
    read = read_prose(text, doc_year=2024).statements
    assert [(one.kind, one.base) for one in read][-1] == ("level", None)
