"""What comparison columns compare, and years that name a source of capital instead of a period."""

from __future__ import annotations

from decimal import Decimal

import pytest
from grid_maker import read

from hlanalysis.reading.table.headings import leftover, read_heading
from hlanalysis.reading.table.words import lexicon

ROWS = [
    ("I", "Thu từ đất", 320, 410, 380),
    ("II", "Thu phí, lệ phí", 95, 101, 116),
    ("III", "Thu xổ số kiến thiết", 47, 52, 61),
    ("IV", "Thu viện trợ", 12, 9, 10),
]


def of_column(reading, column):
    return [row for row in reading.rows if row.column == column]


def said(reading, column):
    found = {(r.measure, r.period, r.series) for r in of_column(reading, column)}
    assert len(found) == 1, found
    return found.pop()


def form(tmp_path, last, compute, title="CÂN ĐỐI NGÂN SÁCH HUYỆN NĂM 2026"):
    """Return a reading of plan, estimate, next plan and one column that sets some of them."""
    top, *below = last if isinstance(last, tuple) else (last,)
    heads = ["STT", "Nội dung", "Dự toán năm 2025", "Ước thực hiện năm 2025", "Dự toán năm 2026"]
    grid = [[title], [None, None, None, None, "Đơn vị: triệu đồng"], [*heads, top]]
    if below:
        grid.append([None] * 5 + below)
    merged = [f"{c}3:{c}4" for c in "ABCDE"] if below else []
    grid += [[*row, compute(*row[2:])] for row in ROWS]
    return read(tmp_path, grid, merged)


@pytest.mark.parametrize(
    "heading",
    [
        ("So sánh", "Tương đối (%)"),
        ("So sánh (3)", "Tương đối (%)"),
        "So sánh với ƯTH 2025 (%)",
        "DT 2026/ƯTH 2025 (%)",
        ("Dự toán năm 2026 so với", "ƯTH 2025 (%)"),
        ("Dự toán năm 2026 so với", "Ước thực hiện năm 2025 (%)"),
        "Tỷ lệ (%)",
        "So sánh",
    ],
)
@pytest.mark.parametrize("times", [1, 100])
def test_the_plan_of_the_next_year_against_the_estimate(tmp_path, heading, times):
    reading = form(tmp_path, heading, lambda _, done, plan: round(times * plan / done, 4))
    assert said(reading, 6) == ("yoy_percent", "2026", "")
    assert abs(of_column(reading, 6)[0].value - Decimal("92.68")) < Decimal("0.01")
    assert said(reading, 4) == ("actual", "2025", "")


@pytest.mark.parametrize(
    "heading",
    [
        ("So sánh", "Tuyệt đối"),
        ("So sánh", "Tăng (+), giảm (-)"),
        "Tăng (+), giảm (-)",
        ("So sánh với ƯTH 2025", "Tuyệt đối"),
        "So sánh",
    ],
)
def test_the_plan_of_the_next_year_less_the_estimate(tmp_path, heading):
    reading = form(tmp_path, heading, lambda _, done, plan: plan - done)
    assert said(reading, 6) == ("difference", "2026", "")
    assert {row.unit for row in of_column(reading, 6)} == {"m_vnd"}


@pytest.mark.parametrize("heading", ["So sánh với DT 2025 (%)", "So với dự toán (%)", "Tỷ lệ (%)"])
def test_the_plan_against_the_plan_before_is_no_attainment(tmp_path, heading):
    reading = form(tmp_path, heading, lambda before, _, plan: round(100 * plan / before, 2))
    assert said(reading, 6) == ("yoy_percent", "2026", "")


@pytest.mark.parametrize(
    "heading", ["So sánh (%)", "So với dự toán (%)", "Tỷ lệ (%)", "Đạt (%)", "ƯTH/DT 2025 (%)"]
)
def test_the_outturn_against_its_own_plan_after_the_next_plan(tmp_path, heading):
    reading = form(tmp_path, heading, lambda before, done, _: round(100 * done / before, 1))
    assert said(reading, 6) == ("vs_plan_percent", "2025", "")


def test_without_numbers_to_settle_it_the_last_column_is_compared(tmp_path):
    reading = form(tmp_path, "So sánh (%)", lambda *_: 77)
    assert said(reading, 6) == ("yoy_percent", "2026", "")
    reading = form(tmp_path, "Ước TH đạt (%)", lambda *_: 77)
    assert said(reading, 6) == ("vs_plan_percent", "2025", "")


def of_two(tmp_path, heads, *compute):
    grid = [
        ["CÂN ĐỐI NGÂN SÁCH HUYỆN NĂM 2026"],
        ["Đơn vị: triệu đồng"],
        ["STT", "Nội dung", "Dự toán năm 2025", "Ước TH năm 2025", "Dự toán năm 2026", *heads],
        *[[*row, *(one(*row[2:]) for one in compute)] for row in ROWS],
    ]
    reading = read(tmp_path, grid)
    return said(reading, 6), said(reading, 7)


def test_series_follow_what_the_columns_turn_out_to_be(tmp_path):
    def less(_, done, plan):
        return plan - done

    def of_estimate(_, done, plan):
        return round(100 * plan / done, 2)

    def of_plan(before, _, plan):
        return round(100 * plan / before, 2)

    apart = of_two(tmp_path, ["Tăng, giảm", "DT 2026/ƯTH 2025 (%)"], less, of_estimate)
    assert apart == (("difference", "2026", ""), ("yoy_percent", "2026", ""))
    alike = of_two(tmp_path, ["So với DT (%)", "So với ƯTH (%)"], of_plan, of_estimate)
    assert alike == (
        ("yoy_percent", "2026", "So với DT (%)"),
        ("yoy_percent", "2026", "So với ƯTH (%)"),
    )


def test_index_row_of_two_plans(tmp_path):
    grid = [
        ["DỰ TOÁN CHI NĂM 2026"],
        [None, None, None, None, "Đơn vị: triệu đồng"],
        ["STT", "Nội dung", "Dự toán 2025", "Dự toán 2026", "So sánh (%)"],
        ["A", "B", "1", "2", "3=2/1"],
        *[[*row[:3], row[4], round(100 * row[4] / row[2], 1)] for row in ROWS],
    ]
    assert said(read(tmp_path, grid), 5) == ("yoy_percent", "2026", "")


@pytest.mark.parametrize("heading", ["Tốc độ tăng (%)", "Tốc độ tăng trưởng (%)"])
def test_growth_is_no_attainment(tmp_path, heading):
    reading = form(tmp_path, heading, lambda _, done, plan: round(100 * plan / done - 100, 2))
    assert said(reading, 6) == ("yoy_percent", "2026", "")
    assert all(row.more.growth for row in of_column(reading, 6))


def test_growth_beside_a_plan_and_an_outturn(tmp_path):
    grid = [
        ["CHỈ TIÊU KINH TẾ NĂM 2025"],
        ["STT", "Chỉ tiêu", "Đơn vị tính", "TH 2024", "MT 2025", "TH 2025", "Tốc độ tăng (%)"],
        [1, "Sản lượng cá", "tấn", 400, 430, 440, 10.0],
        [2, "Sản lượng tôm", "tấn", 200, 210, 215, 7.5],
    ]
    reading = read(tmp_path, grid)
    assert said(reading, 5) == ("plan", "2025", "")
    assert said(reading, 7) == ("yoy_percent", "2025", "")
    assert all(row.more.growth for row in of_column(reading, 7))


def test_mt_is_a_target_only_alone():
    words = lexicon("sound")
    assert read_heading(("MT năm 2025",), words).sort == "plan"
    assert read_heading(("TH/MT (%)",), words).base == "plan"
    assert read_heading(("Sự nghiệp MT",), words).sort == ""


@pytest.mark.parametrize(
    "heading",
    [
        "So với QT 2018 (%)\nCompared to 2018 (%)",
        "So với QT 2018 (%) Compared with 2018 (%)",
        "So với năm 2018 (%) / Compared to 2018 (%)",
        "So với QT 2018 (%)",
    ],
)
def test_a_heading_said_again_in_english(tmp_path, heading):
    grid = [
        ["QUYẾT TOÁN CHI NĂM 2019"],
        ["Đơn vị: tỷ đồng"],
        ["STT\nNo", "Nội dung\nItems", "Dự toán\nPlan", "Quyết toán\nFinal accounts", heading],
        ["I", "Chi đầu tư - Investment", 52, 49, 104.3],
        ["II", "Chi trả nợ - Debt service", 30, 31, 99.1],
    ]
    assert said(read(tmp_path, grid), 5) == ("yoy_percent", "2019", "")


@pytest.mark.parametrize("heading", ["Đạt (%)", "Tỷ lệ (%)", "So sánh (%)", "Đạt tỷ lệ %"])
def test_the_year_over_a_percent(tmp_path, heading):
    leaves = ["Kế hoạch", "Thực hiện", heading]
    grid = [
        ["KẾT QUẢ THU HỢP TÁC XÃ"],
        ["Đơn vị: triệu đồng"],
        ["STT", "Nội dung", "Năm 2021", None, None, "Năm 2022", None, None],
        [None, None, *leaves, *leaves],
        [1, "Thu bán hàng", 50, 55, 110, 60, 63, 105],
        [2, "Thu dịch vụ", 20, 18, 90, 22, 22, 100],
    ]
    reading = read(tmp_path, grid, ["A3:A4", "B3:B4", "C3:E3", "F3:H3"])
    assert said(reading, 5) == ("vs_plan_percent", "2021", "")
    assert said(reading, 8) == ("vs_plan_percent", "2022", "")


def test_the_year_over_a_percent_of_its_first_months(tmp_path):
    grid = [
        ["TÌNH HÌNH THU 6 THÁNG ĐẦU NĂM 2022"],
        ["Đơn vị: triệu đồng"],
        ["STT", "Nội dung", "Dự toán năm 2022", None, None],
        [None, None, "Giao", "Thực hiện 6 tháng", "Tỷ lệ (%)"],
        [1, "Thu bán hàng", 50, 24, 48],
        [2, "Thu dịch vụ", 20, 11, 55],
    ]
    reading = read(tmp_path, grid, ["A3:A4", "B3:B4", "C3:E3"])
    assert said(reading, 5) == ("vs_plan_percent", "2022-6M", "")


CAPITAL = [
    ["GIẢI NGÂN VỐN ĐẦU TƯ CÔNG NĂM 2022"],
    ["(Đến hết tháng 10/2022)"],
    [None, None, None, None, "Đơn vị: tỷ đồng"],
]
OWNERS = [("Ban Quản lý khu kinh tế", 30, 250, 21, 140), ("Sở Giao thông", 12, 90, 11, 77)]


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize(
    "carried", ["Vốn năm 2021 kéo dài", "Vốn năm 2021 chuyển sang", "KHV 2021 kéo dài sang 2022"]
)
@pytest.mark.parametrize("group", ["Lũy kế giải ngân", "Giải ngân đến 31/10/2022"])
def test_capital_of_another_year_is_a_series(tmp_path, marked, carried, group):
    grid = [
        *CAPITAL,
        ["STT", "Chủ đầu tư", "Kế hoạch vốn", None, group, None],
        [None, None, carried, "Năm 2022", carried, "Vốn năm 2022"],
        *[[i, *row] for i, row in enumerate(OWNERS, 1)],
    ]
    grid = grid if marked else [*grid[:3], *[line[1:] for line in grid[3:]]]
    edge = ["A4:A5", "B4:B5", "C4:D4", "E4:F4"] if marked else ["A4:A5", "B4:C4", "D4:E4"]
    reading = read(tmp_path, grid, edge)
    first = 3 if marked else 2
    assert said(reading, first) == ("plan", "2022", carried)
    assert said(reading, first + 1) == ("plan", "2022", "")
    assert said(reading, first + 2) == ("actual", "2022-10M", carried)
    assert said(reading, first + 3) == ("actual", "2022-10M", "Vốn năm 2022")
    assert {row.label for row in reading.rows} == {row[0] for row in OWNERS}


def test_an_owner_beside_its_projects_is_no_label(tmp_path):
    grid = [
        *CAPITAL,
        ["STT", "Tên dự án", "Chủ đầu tư", "Kế hoạch vốn", "Giải ngân"],
        [1, "Cầu Bến Trại", "Sở Giao thông", 12, 9],
        [2, "Đường ven đê", "UBND huyện", 8, 8],
    ]
    assert {row.label for row in read(tmp_path, grid).rows} == {"Cầu Bến Trại", "Đường ven đê"}


def test_what_is_left_of_a_heading_keeps_its_letters():
    assert leftover("Vốn năm 2021 kéo dài", lexicon("sound")) == "Vốn năm 2021 kéo dài"
    assert leftover("Thực hiện 2021 vốn vay", lexicon("sound")) == "vốn vay"
