"""Tables whose columns are indicators: by commune, by year, turned on their side."""

from __future__ import annotations

from decimal import Decimal

import pytest
from grid_maker import PR, A, D, N, P, S, V, Y, read


def said(reading):
    """Return (label, series, period, measure, value, unit) of every row."""
    return [(r.label, r.series, r.period, r.measure, r.value, r.unit) for r in reading.rows]


# --- columns are indicators, rows are places ------------------------------------------------


def test_columns_without_measure_words_hold_what_was_in_the_period_of_the_title(tmp_path):
    reading = read(
        tmp_path,
        [
            ["KẾT QUẢ GIEO TRỒNG LẠC VỤ XUÂN 6 THÁNG ĐẦU NĂM 2024"],
            ["STT", "Phường", "Lạc", N, "Số hộ trồng"],
            [N, N, "Diện tích (ha)", "Sản lượng (tấn)", N],
            ["A", "B", 1, 2, 3],
            [1, "Đậu Liêu", 31.5, 80, 210],
            [2, "Nam Hồng", "-", "x", 0],
            [N, "Cộng", 31.5, 80, 210],
        ],
        ["C2:D2"],
    )
    period = "2024-6M"
    assert said(reading) == [
        ("Đậu Liêu", "Lạc - Diện tích", period, A, Decimal("31.5"), "ha"),
        ("Đậu Liêu", "Lạc - Sản lượng", period, A, Decimal(80), "tonnes"),
        ("Đậu Liêu", "Số hộ trồng", period, A, Decimal(210), "households"),
        ("Nam Hồng", "Số hộ trồng", period, A, Decimal(0), "households"),
        ("Cộng", "Lạc - Diện tích", period, A, Decimal("31.5"), "ha"),
        ("Cộng", "Lạc - Sản lượng", period, A, Decimal(80), "tonnes"),
        ("Cộng", "Số hộ trồng", period, A, Decimal(210), "households"),
    ]
    assert [r.level for r in reading.rows] == [1, 1, 1, 1, 0, 0, 0]
    assert reading.problems == []
    assert any("columns that name no measure" in note for note in reading.notes)


HEADED = [
    # heading of the labels, or none; what else shows that the row is a heading
    ["TT", "Địa phương", "Diện tích (ha)", "Sản lượng (tấn)"],
    ["TT", "Cơ sở", "Diện tích (ha)", "Sản lượng (tấn)"],
    [N, "Xã, phường", "Diện tích (ha)", "Sản lượng (tấn)"],
    [N, "Đơn vị", "Diện tích (ha)", "Sản lượng (tấn)"],
    [N, "Giống", "Diện tích (ha)", "Sản lượng (tấn)"],
    [N, N, "Diện tích (ha)", "Sản lượng (tấn)"],
]


@pytest.mark.parametrize("heading", HEADED, ids=lambda h: str(h[:2]))
def test_a_heading_of_indicators_is_known_by_what_stands_under_it(tmp_path, heading):
    marked = heading[0] is not None
    rows = [
        [1 if marked else N, "Kỳ Sơn", 12, 30],
        [2 if marked else N, "Kỳ Hợp", 8, 19],
    ]
    reading = read(tmp_path, [["SẢN XUẤT KHOAI NĂM 2021"], [], heading, *rows])
    assert [(r.label, r.series, r.value, r.unit) for r in reading.rows] == [
        ("Kỳ Sơn", "Diện tích", Decimal(12), "ha"),
        ("Kỳ Sơn", "Sản lượng", Decimal(30), "tonnes"),
        ("Kỳ Hợp", "Diện tích", Decimal(8), "ha"),
        ("Kỳ Hợp", "Sản lượng", Decimal(19), "tonnes"),
    ]


def test_a_row_of_units_under_the_headings_gives_them(tmp_path):
    reading = read(
        tmp_path,
        [
            ["CHĂN NUÔI NĂM 2020 PHÂN THEO HUYỆN"],
            ["STT", "Huyện", "Đàn hươu", "Nhung hươu", "Số hộ nuôi"],
            [N, N, "Con", "Kg", "Hộ"],
            [1, "Hương Khê", 450, 610.5, 90],
        ],
    )
    assert [(r.series, r.unit) for r in reading.rows] == [
        ("Đàn hươu - Con", "count"),
        ("Nhung hươu", "kg"),
        ("Số hộ nuôi - Hộ", "households"),
    ]


def test_the_unit_line_serves_money_and_neither_counts_nor_rates(tmp_path):
    reading = read(
        tmp_path,
        [
            ["HỖ TRỢ NHÀ Ở CHO HỘ NGHÈO NĂM 2022"],
            [N, N, N, N, "Đơn vị tính: Triệu đồng"],
            ["STT", "Xã", "Số hộ được hỗ trợ", "Kinh phí", "Trong đó", N, "Tỷ lệ hộ hoàn thành"],
            [N, N, N, N, "NS tỉnh", "NS xã", N],
            ["I", "Vùng trên", 10, 500, 300, 200, "90,5%"],
            [1, "Xã Thượng", 4, 200, 100, 100, 75],
        ],
        ["E3:F3"],
    )
    assert [(r.code, r.series, r.measure, r.value, r.unit) for r in reading.rows[:5]] == [
        ("I", "Số hộ được hỗ trợ", A, Decimal(10), "households"),
        ("I", "Kinh phí", A, Decimal(500), "m_vnd"),
        ("I", "Trong đó - NS tỉnh", A, Decimal(300), "m_vnd"),
        ("I", "Trong đó - NS xã", A, Decimal(200), "m_vnd"),
        ("I", "Tỷ lệ hộ hoàn thành", A, Decimal("90.5"), "percent"),
    ]
    assert reading.rows[-1].code == "I.1"


COLUMNS = [
    # heading of the third column, its measure and unit beside "Số hộ" and "Số khẩu"
    ("Tỷ lệ hộ cận nghèo (%)", A, "percent"),
    ("Tỷ suất sinh thô (‰)", A, "per_mille"),
    ("Tỷ lệ giảm nghèo (%)", A, "percent"),
    ("Số hộ nghèo giảm trong năm", A, "households"),
    ("Cơ cấu (%)", S, "percent"),
    ("So với năm 2018 (%)", Y, "percent"),
    ("Tốc độ tăng (%)", Y, "percent"),
    ("Tăng, giảm so với năm trước (hộ)", D, "households"),
    ("Số thiết chế văn hóa", A, "count"),
    ("Dân số trung bình (nghìn người)", A, "persons"),
]


@pytest.mark.parametrize(("heading", "measure", "unit"), COLUMNS)
def test_a_rate_is_a_level_and_a_comparison_is_none(tmp_path, heading, measure, unit):
    reading = read(
        tmp_path,
        [
            ["TÌNH HÌNH ĐỜI SỐNG NĂM 2019"],
            ["STT", "Thôn", "Số hộ", "Số khẩu", heading],
            [1, "Thôn Đông", 120, 410, 3.5],
            [2, "Thôn Tây", 90, 333, 4.5],
        ],
    )
    last = [r for r in reading.rows if r.column == 5]
    assert {(r.measure, r.unit, r.period) for r in last} == {(measure, unit, "2019")}


def test_a_title_of_a_plan_makes_indicators_planned(tmp_path):
    reading = read(
        tmp_path,
        [
            ["DỰ TOÁN BỔ SUNG CÓ MỤC TIÊU CHO TỪNG XÃ NĂM 2025"],
            ["ĐVT: 1.000 đồng"],
            ["STT", "Tên đơn vị", "Tổng số", "Bổ sung có mục tiêu", "Thu hưởng 100%"],
            ["A", "B", "1=2+3", 2, 3],
            [N, "TỔNG SỐ", 90, 60, 30],
            [1, "Xã Hạ", 90, 60, 30],
        ],
    )
    assert {(r.measure, r.period, r.unit) for r in reading.rows} == {(P, "2025", "k_vnd")}
    assert [r.series for r in reading.rows[:3]] == [
        "Tổng số",
        "Bổ sung có mục tiêu",
        "Thu hưởng 100%",
    ]


def test_plans_and_outturns_may_stand_under_indicators(tmp_path):
    reading = read(
        tmp_path,
        [
            ["GIẢM NGHÈO VÀ TRỒNG RỪNG 9 THÁNG NĂM 2023"],
            ["TT", "Xã", "Tỷ lệ hộ nghèo (%)", N, "Trồng rừng (ha)", N, N],
            [N, N, "KH", "TH", "KH", "TH", "% so KH"],
            [1, "Xã Lâm", 3.2, 3.1, 40, 30, 75],
        ],
        ["C2:D2", "E2:G2"],
    )
    assert [(r.measure, r.period, r.value, r.unit) for r in reading.rows] == [
        (P, "2023", Decimal("3.2"), "percent"),
        (A, "2023-9M", Decimal("3.1"), "percent"),
        (P, "2023", Decimal(40), "ha"),
        (A, "2023-9M", Decimal(30), "ha"),
        (V, "2023-9M", Decimal(75), "percent"),
    ]


def test_people_are_counted_beside_the_budget(tmp_path):
    reading = read(
        tmp_path,
        [
            ["THU NGÂN SÁCH XÃ NĂM 2023"],
            ["ĐVT: triệu đồng"],
            ["STT", "Xã", "Dự toán", "Thực hiện", "Tỷ lệ (%)", "Dân số (người)"],
            [1, "Xã Kim", 200, 190, 95, 4100],
        ],
    )
    assert [(r.measure, r.unit) for r in reading.rows] == [
        (P, "m_vnd"),
        (A, "m_vnd"),
        (V, "percent"),
        (A, "persons"),
    ]


def test_rates_kept_as_fractions_are_put_right_where_columns_prove_it(tmp_path):
    reading = read(
        tmp_path,
        [
            ["RÀ SOÁT HỘ NGHÈO NĂM 2024"],
            ["STT", "Khối phố", "Tổng số hộ", "Số hộ nghèo", "Tỷ lệ hộ nghèo (%)"],
            [1, "Khối 1", 400, 10, 0.025],
            [2, "Khối 2", 250, 15, 0.06],
        ],
    )
    assert [r.value for r in reading.rows if r.unit == "percent"] == [Decimal("2.5"), Decimal(6)]


def test_a_date_that_the_title_counts_to_is_the_period(tmp_path):
    grid = [
        ["DOANH NGHIỆP ĐANG HOẠT ĐỘNG TẠI THỜI ĐIỂM 31/12/2021"],
        ["STT", "Ngành", "Số doanh nghiệp", "Số lao động"],
        [1, "Xây dựng", 12, 340],
    ]
    assert {r.period for r in read(tmp_path, grid).rows} == {"2021"}
    grid[0] = ["DOANH NGHIỆP ĐANG HOẠT ĐỘNG TẠI THỜI ĐIỂM 30/6/2021"]
    assert {r.period for r in read(tmp_path, grid).rows} == {"2021-6M"}


def test_what_a_project_costs_in_all_is_no_outturn(tmp_path):
    reading = read(
        tmp_path,
        [
            ["DANH MỤC CÔNG TRÌNH NĂM 2024"],
            ["ĐVT: triệu đồng"],
            ["STT", "Tên công trình", "Năm hoàn thành", "Tổng mức đầu tư"],
            [1, "Cầu Mới", 2026, 900],
        ],
    )
    assert reading.rows == []
    assert [p.kind for p in reading.problems] == ["column"]


def test_rows_of_text_in_a_table_are_no_heading(tmp_path):
    reading = read(
        tmp_path,
        [
            ["CHI NGÂN SÁCH NĂM 2024", N, N, "ĐVT: triệu đồng"],
            ["STT", "Nội dung", "Dự toán", "Thực hiện", "Ghi chú"],
            [1, "Chi đầu tư", 50, 40, N],
            [2, "Chi khác", "x", "-", "chưa phân bổ"],
            [3, "Dự phòng", 5, 4, N],
        ],
    )
    assert [(r.code, r.label, r.measure) for r in reading.rows] == [
        ("1", "Chi đầu tư", P),
        ("1", "Chi đầu tư", A),
        ("3", "Dự phòng", P),
        ("3", "Dự phòng", A),
    ]


# --- turned on their side -------------------------------------------------------------------


def test_years_down_and_indicators_across_change_places(tmp_path):
    reading = read(
        tmp_path,
        [
            ["21. Dân số trung bình phân theo giới tính"],
            ["Đơn vị tính: Người"],
            [N, "Tổng số", "Chia theo giới tính", N],
            [N, N, "Nam", "Nữ"],
            [2016, 900, 440, 460],
            [2017, 910, 444, 466],
            ["Sơ bộ 2018", 925, 450, 475],
            ["Chỉ số phát triển (năm trước = 100) - %"],
            [2017, 101.1, 100.9, 101.3],
        ],
        ["C3:D3"],
    )
    assert said(reading)[6:12] == [
        ("Tổng số", "", "2018", A, Decimal(925), "persons"),
        ("Chia theo giới tính - Nam", "", "2018", A, Decimal(450), "persons"),
        ("Chia theo giới tính - Nữ", "", "2018", A, Decimal(475), "persons"),
        ("Tổng số", "", "2017", Y, Decimal("101.1"), "percent"),
        ("Chia theo giới tính - Nam", "", "2017", Y, Decimal("100.9"), "percent"),
        ("Chia theo giới tính - Nữ", "", "2017", Y, Decimal("101.3"), "percent"),
    ]
    assert reading.problems == []


def test_plan_and_outturn_may_stand_down_the_side(tmp_path):
    reading = read(
        tmp_path,
        [
            ["MỘT SỐ CHỈ TIÊU NĂM 2024"],
            ["Năm", "Thu ngân sách (tỷ đồng)", "Tỷ lệ hộ nghèo (%)"],
            ["Thực hiện 2023", 301, 2.4],
            ["Kế hoạch 2024", 125, 2.2],
            ["Ước thực hiện 2024", 222, 2.1],
        ],
    )
    assert said(reading)[::2] == [
        ("Thu ngân sách", "", "2023", PR, Decimal(301), "bn_vnd"),
        ("Thu ngân sách", "", "2024", P, Decimal(125), "bn_vnd"),
        ("Thu ngân sách", "", "2024", A, Decimal(222), "bn_vnd"),
    ]


def test_periods_down_the_side_date_columns_that_name_measures(tmp_path):
    reading = read(
        tmp_path,
        [
            ["GIẢI NGÂN NĂM 2022"],
            ["Đơn vị: tỷ đồng"],
            ["Kỳ", "Thực hiện", "Tỷ lệ so KH (%)"],
            ["Quý I", 20, 25],
            ["6 tháng", 45, 56],
            ["Cả năm", 80, 100],
        ],
    )
    assert [(r.label, r.period, r.measure) for r in reading.rows[::2]] == [
        ("Quý I", "2022-Q1", A),
        ("6 tháng", "2022-6M", A),
        ("Cả năm", "2022", A),
    ]
