"""Tables to tidy rows: the fixtures, workbooks of our own, and every rule by itself."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import raw_xlsx
import workbook_cases_more  # noqa: F401  (adds its cases to the lists)
import workbook_cases_third  # noqa: F401
from indicator_maker import make_indicators
from openpyxl import Workbook
from table_maker import make
from workbook_cases import CASES, HELD_OUT

from hlanalysis.grids import CellDate, Style
from hlanalysis.reading.table.columns import name_series
from hlanalysis.reading.table.headings import default_measure, read_heading
from hlanalysis.reading.table.marker_readings import marker_of_value, settle_letters
from hlanalysis.reading.table.markers import leading_marker, parse_marker
from hlanalysis.reading.table.measures import meanings
from hlanalysis.reading.table.numbers import read_cell
from hlanalysis.reading.table.periods import find_periods, spell
from hlanalysis.reading.table.titles import Title, read_periods
from hlanalysis.reading.table.units import Unit, bracket_unit, parse_unit, unit_line
from hlanalysis.reading.table.words import lexicon
from hlanalysis.reading.tables import read_tables
from hlanalysis.sources.workbooks import load_workbook

DATA = Path(__file__).parent / "data" / "workbooks"
FORMS = sorted((DATA / "forms").glob("*.xlsx"))


def difference(gold, found):
    """Return what is missing and what is extra, as readable lists."""
    gold, found = Counter(gold), Counter(found)
    return sorted((gold - found).elements(), key=str), sorted((found - gold).elements(), key=str)


# --- whole workbooks ------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_fixture_gives_its_gold_exactly(path):
    with open(path.with_suffix(".csv"), encoding="utf-8", newline="") as file:
        gold = [
            (
                r["code"],
                r["label"],
                int(r["level"]),
                r["period"],
                r["measure"],
                Decimal(r["value"]),
                r["unit"],
            )
            for r in csv.DictReader(file)
        ]
    rows = read_tables(load_workbook(path)).rows
    found = [(r.code, r.label, r.level, r.period, r.measure, r.value, r.unit) for r in rows]
    assert difference(gold, found) == ([], [])
    assert found == gold  # the order too


def test_there_are_five_fixtures():
    assert len(FORMS) == 5


def check(case, path):
    reading = read_tables(load_workbook(path))
    gold = [(*g[:6], Decimal(g[6]), g[7]) for g in case.gold]
    found = [
        (r.code, r.label, r.level, r.period, r.measure, r.series, r.value, r.unit)
        for r in reading.rows
    ]
    assert difference(gold, found) == ([], [])
    assert case.problems <= {(problem.cell, problem.kind) for problem in reading.problems}
    return reading


@pytest.mark.parametrize("name", [*CASES, *HELD_OUT])
def test_a_workbook_of_our_own_gives_the_rows_a_careful_reader_writes_down(name, tmp_path):
    book, case = Workbook(), {**CASES, **HELD_OUT}[name]
    case.fill(book)
    book.save(tmp_path / "a.xlsx")
    check(case, tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    "name", ["indicators_unit_column_half_year", "old_letters_by_font", "yearbook_indent_bilingual"]
)
def test_an_old_workbook_gives_the_same_rows(name):
    check(CASES[name], DATA / "old" / f"{name}.xls")


def test_hidden_things_are_left_out_and_said_so(tmp_path):
    book = Workbook()
    CASES["formulas_errors_hidden"].fill(book)
    book.save(tmp_path / "a.xlsx")
    reading = check(CASES["formulas_errors_hidden"], tmp_path / "a.xlsx")
    hidden = [(p.sheet, p.cell, p.found) for p in reading.problems if p.kind == "hidden"]
    assert hidden == [
        ("Quý 2", "8:8", "1 hidden rows"),
        ("Quý 2", "G:G", "1 hidden columns"),
        ("Nháp", "", "hidden sheet 'Nháp'"),
    ]
    assert not any(row.label in ("Dòng nháp", "Sai") for row in reading.rows)


def test_rows_know_their_table_cell_and_ancestors():
    reading = read_tables(load_workbook(FORMS[0]))
    row = next(row for row in reading.rows if row.code == "A.I.8.-4")
    assert row.table == "ƯỚC THỰC HIỆN THU NGÂN SÁCH NHÀ NƯỚC QUÝ I NĂM 2024"
    assert row.cell == "Bieu 94!C23"
    assert row.label_path == (
        "TỔNG THU NSNN TRÊN ĐỊA BÀN",
        "Thu nội địa",
        "Các khoản thu về nhà, đất",
    )


def test_a_table_of_many_rows_takes_work_in_proportion(tmp_path):
    """Function calls are counted: the same on every machine, busy or not."""
    import sys

    def calls(rows):
        text = "".join(raw_xlsx.line(i, f"Khoản {i}", f"<v>{i}</v>") for i in range(2, rows))
        book = load_workbook(
            raw_xlsx.write(tmp_path / "a.xlsx", raw_xlsx.cells(raw_xlsx.TABLE + text))
        )
        count = 0

        def tick(frame, event, argument):
            nonlocal count
            count += event == "call"

        sys.setprofile(tick)
        try:
            found = read_tables(book)
        finally:
            sys.setprofile(None)
        assert len(found.rows) == rows - 2
        return count

    assert calls(6_000) < 4 * calls(2_000)


# --- headings -------------------------------------------------------------------------------

P, A, PR, V, Y, S, D = (
    "plan",
    "actual",
    "previous_actual",
    "vs_plan_percent",
    "yoy_percent",
    "share_percent",
    "difference",
)
HEADINGS = [
    (
        "KẾT QUẢ THU NGÂN SÁCH 9 THÁNG NĂM 2024",
        [
            "Dự toán năm 2024",
            "Thực hiện 9 tháng 2024",
            "Thực hiện 9 tháng 2023",
            "% TH/DT",
            "% so cùng kỳ",
        ],
        [(P, "2024"), (A, "2024-9M"), (PR, "2023-9M"), (V, "2024-9M"), (Y, "2024-9M")],
    ),
    (
        "ƯỚC THỰC HIỆN CHI NĂM 2024",
        [
            "Dự toán TW giao",
            "Dự toán HĐND giao",
            "Ước TH cả năm",
            "So với DT TW giao (%)",
            "So với DT HĐND giao (%)",
            "So với năm 2023 (%)",
        ],
        [
            (P, "2024", "TW giao"),
            (P, "2024", "HĐND giao"),
            (A, "2024"),
            (V, "2024", "TW giao"),
            (V, "2024", "HĐND giao"),
            (Y, "2024"),
        ],
    ),
    (
        "",
        ["TH 2022", "KH 2023", "ƯTH 2023", "KH 2024", "KH 2024/ƯTH 2023 (%)"],
        [(PR, "2022"), (P, "2023"), (A, "2023"), (P, "2024"), (Y, "2024")],
    ),
    (
        "",
        ["Thực hiện 2021", "Thực hiện 2022", "Thực hiện 2023"],
        [(A, "2021"), (A, "2022"), (A, "2023")],
    ),
    ("", ["2022", "2023", "2023/2022 (%)"], [(PR, "2022"), (A, "2023"), (Y, "2023")]),
    (
        "SẢN LƯỢNG",
        ["Năm 2019", "Năm 2020", "Năm 2021", "Năm 2022", "Sơ bộ 2023"],
        [(A, "2019"), (A, "2020"), (A, "2021"), (A, "2022"), (A, "2023")],
    ),
    (
        "TÌNH HÌNH KTXH 6 THÁNG ĐẦU NĂM 2025",
        [
            "Kế hoạch",
            "Thực hiện",
            "Cùng kỳ năm trước",
            "Tỷ lệ hoàn thành KH (%)",
            "Tăng/giảm so cùng kỳ (%)",
        ],
        [(P, "2025"), (A, "2025-6M"), (PR, "2024-6M"), (V, "2025-6M"), (Y, "2025-6M")],
    ),
    (
        "CHI NGÂN SÁCH QUÝ III NĂM 2024",
        ["DT năm", "TH quý III", "Lũy kế 9 tháng", "Lũy kế so DT (%)", "Lũy kế so cùng kỳ (%)"],
        [(P, "2024"), (A, "2024-Q3"), (A, "2024-9M"), (V, "2024-9M"), (Y, "2024-9M")],
    ),
    (
        "QUYẾT TOÁN NĂM 2022",
        ["Dự toán", "Quyết toán", "So sánh | Tuyệt đối", "So sánh | Tương đối (%)"],
        [(P, "2022"), (A, "2022"), (D, "2022"), (V, "2022")],
    ),
    (
        "THU NGÂN SÁCH NĂM 2024",
        [
            "Dự toán | Tỉnh giao",
            "Dự toán | Huyện giao",
            "Thực hiện",
            "% so với | Tỉnh giao",
            "% so với | Huyện giao",
            "% so với | Cùng kỳ",
        ],
        [
            (P, "2024", "Tỉnh giao"),
            (P, "2024", "Huyện giao"),
            (A, "2024"),
            (V, "2024", "Tỉnh giao"),
            (V, "2024", "Huyện giao"),
            (Y, "2024"),
        ],
    ),
    (
        "GIÁ TRỊ SẢN XUẤT NĂM 2024",
        [
            "Giá trị (tỷ đồng) | 2023",
            "Giá trị (tỷ đồng) | 2024",
            "Cơ cấu (%) | 2023",
            "Cơ cấu (%) | 2024",
            "Tốc độ tăng (%)",
        ],
        [(PR, "2023"), (A, "2024"), (S, "2023"), (S, "2024"), (Y, "2024")],
    ),
    (
        "KẾ HOẠCH PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2025",
        [
            "Thực hiện năm 2023",
            "Năm 2024 | Kế hoạch",
            "Năm 2024 | Ước thực hiện",
            "Kế hoạch năm 2025",
            "So sánh (%) | ƯTH 2024/TH 2023",
            "So sánh (%) | ƯTH 2024/KH 2024",
            "So sánh (%) | KH 2025/ƯTH 2024",
        ],
        [
            (PR, "2023"),
            (P, "2024"),
            (A, "2024"),
            (P, "2025"),
            (Y, "2024"),
            (V, "2024"),
            (Y, "2025"),
        ],
    ),
    (
        "BÁO CÁO 6 THÁNG ĐẦU NĂM, ƯỚC CẢ NĂM 2024",
        ["KH năm 2024", "TH 6 tháng đầu năm 2024", "Ước TH cả năm 2024", "So với KH (%)"],
        [(P, "2024"), (A, "2024-6M"), (A, "2024"), (V, "2024")],
    ),
    (
        "TÌNH HÌNH THU, CHI NGÂN SÁCH THÁNG 8 NĂM 2024",
        ["Dự toán năm", "Thực hiện tháng 8", "Lũy kế từ đầu năm", "So với dự toán (%)"],
        [(P, "2024"), (A, "2024-M08"), (A, "2024-8M"), (V, "2024-8M")],
    ),
    (
        "DỰ TOÁN THU NGÂN SÁCH NĂM 2025",
        ["Tổng số", "NS cấp huyện", "NS cấp xã"],
        [(P, "2025", "Tổng số"), (P, "2025", "NS cấp huyện"), (P, "2025", "NS cấp xã")],
    ),
    (
        "",
        ["Ước thực hiện quý I/2024", "Thực hiện quý I/2023", "Quý I/2024 so với quý I/2023 (%)"],
        [(A, "2024-Q1"), (PR, "2023-Q1"), (Y, "2024-Q1")],
    ),
    (
        "THỰC HIỆN DỰ TOÁN THU NGÂN SÁCH 6 THÁNG NĂM 2024",
        [
            "DỰ TOÁN NĂM",
            "THỰC HIỆN 6 THÁNG",
            "SO SÁNH THỰC HIỆN VỚI (%) | DỰ TOÁN NĂM",
            "SO SÁNH THỰC HIỆN VỚI (%) | CÙNG KỲ NĂM TRƯỚC",
        ],
        [(P, "2024"), (A, "2024-6M"), (V, "2024-6M"), (Y, "2024-6M")],
    ),
    (
        "Năm 2024",
        ["Kế hoạch vốn", "Khối lượng thực hiện", "Giải ngân | Số tiền", "Giải ngân | Tỷ lệ (%)"],
        [(P, "2024"), (A, "2024"), (A, "2024", "Giải ngân"), (V, "2024")],
    ),
    (
        "BÁO CÁO NĂM 2023",
        ["Mục tiêu NQ năm 2023", "Kết quả thực hiện năm 2023", "Tỷ lệ đạt được (%)"],
        [(P, "2023"), (A, "2023"), (V, "2023")],
    ),
    (
        "",
        ["Chỉ tiêu NQ 2024", "Ước đạt 2024", "% đạt so với NQ"],
        [(P, "2024"), (A, "2024"), (V, "2024")],
    ),
    (
        "THU NSNN NĂM 2023",
        [
            "TH 2022",
            "DT 2023",
            "ƯTH 2023",
            "Tăng (+), giảm (-) | So với DT",
            "Tăng (+), giảm (-) | So với TH 2022",
        ],
        [
            (PR, "2022"),
            (P, "2023"),
            (A, "2023"),
            (D, "2023", "So với DT"),
            (D, "2023", "So với TH 2022"),
        ],
    ),
    (
        "GIAI ĐOẠN 2021-2025",
        ["Mục tiêu giai đoạn 2021-2025", "Thực hiện 2021", "Thực hiện 2022", "Ước TH 2023"],
        [(P, "2021-2025"), (PR, "2021"), (PR, "2022"), (A, "2023")],
    ),
    (
        "ƯỚC THỰC HIỆN QUÝ II NĂM 2023",
        ["Dự toán năm (1)", "Ước thực hiện (2)", "Tỷ lệ % (3=2/1)"],
        [(P, "2023"), (A, "2023-Q2"), (V, "2023-Q2")],
    ),
    (
        "BÁO CÁO THÁNG 9/2024",
        [
            "Kế hoạch năm",
            "Ước thực hiện tháng 9",
            "Ước thực hiện 9 tháng",
            "9 tháng so với KH năm (%)",
            "9 tháng so với cùng kỳ (%)",
            "Tháng 9 so với tháng trước (%)",
        ],
        [(P, "2024"), (A, "2024-M09"), (A, "2024-9M"), (V, "2024-9M"), (Y, "2024-9M")],
    ),
    (
        "KINH TẾ XÃ HỘI 2024",
        [
            "Kế hoạch | Năm 2024",
            "Thực hiện | Năm 2023",
            "Thực hiện | Năm 2024",
            "So sánh TH 2024 (%) | Kế hoạch",
            "So sánh TH 2024 (%) | Năm 2023",
        ],
        [(P, "2024"), (PR, "2023"), (A, "2024"), (V, "2024"), (Y, "2024")],
    ),
    (
        "NĂM 2025",
        ["Kế hoạch năm", "Thực hiện 10 tháng", "Ước TH năm", "Đạt (%) KH"],
        [(P, "2025"), (A, "2025-10M"), (A, "2025"), (V, "2025")],
    ),
    (
        "THU NGÂN SÁCH 6 THÁNG ĐẦU NĂM 2024",
        [
            "Dự toán giao đầu năm",
            "Số thực hiện",
            "Đạt tỷ lệ (%)",
            "Cùng kỳ 2023",
            "Tăng giảm so với cùng kỳ (%)",
        ],
        [(P, "2024"), (A, "2024-6M"), (V, "2024-6M"), (PR, "2023-6M"), (Y, "2024-6M")],
    ),
    (
        "Chi NSX quý 4/2024",
        ["Dự toán", "Ước TH quý 4", "Ước TH năm 2024", "Ước TH năm so DT(%)"],
        [(P, "2024"), (A, "2024-Q4"), (A, "2024"), (V, "2024")],
    ),
    (
        "VỐN ĐẦU TƯ THỰC HIỆN",
        [
            "Thực hiện năm 2021 (Tỷ đồng)",
            "Thực hiện năm 2022 (Tỷ đồng)",
            "Năm 2022 so với năm 2021 (%)",
        ],
        [(PR, "2021"), (A, "2022"), (Y, "2022")],
    ),
    (
        "QUYẾT TOÁN THU NSNN NĂM 2023",
        [
            "Dự toán | Tổng thu NSNN",
            "Dự toán | Thu NSĐP",
            "Quyết toán | Tổng thu NSNN",
            "Quyết toán | Thu NSĐP",
            "So sánh (%) | Tổng thu NSNN",
            "So sánh (%) | Thu NSĐP",
        ],
        [
            (P, "2023", "Tổng thu NSNN"),
            (P, "2023", "Thu NSĐP"),
            (A, "2023", "Tổng thu NSNN"),
            (A, "2023", "Thu NSĐP"),
            (V, "2023", "Tổng thu NSNN"),
            (V, "2023", "Thu NSĐP"),
        ],
    ),
    (
        "",
        ["Năm 2022", "Năm 2023", "Ước 2024", "KH 2025", "Tốc độ tăng BQ 2022-2024 (%)"],
        [(PR, "2022"), (PR, "2023"), (A, "2024"), (P, "2025")],
    ),
    (
        "ĐÁNH GIÁ THỰC HIỆN NĂM 2024",
        [
            "Chỉ tiêu Nghị quyết giao",
            "Kết quả thực hiện",
            "Tỷ lệ % thực hiện so với chỉ tiêu Nghị quyết",
        ],
        [(P, "2024"), (A, "2024"), (V, "2024")],
    ),
    (
        "DỰ TOÁN NĂM 2026",
        [
            "Dự toán năm 2025",
            "Ước TH 2025",
            "Dự toán năm 2026",
            "So sánh DT 2026 với (%) | DT 2025",
            "So sánh DT 2026 với (%) | ƯTH 2025",
        ],
        [(P, "2025"), (A, "2025"), (P, "2026"), (Y, "2026", "DT 2025"), (Y, "2026", "ƯTH 2025")],
    ),
    (
        "6 tháng 2024",
        [
            "Dự toán",
            "Thực hiện",
            "Thực hiện so với dự toán | Số tiền",
            "Thực hiện so với dự toán | Tỷ lệ %",
        ],
        [(P, "2024"), (A, "2024-6M"), (D, "2024-6M"), (V, "2024-6M")],
    ),
    (
        "Năm 2024",
        ["Thực hiện năm trước", "Kế hoạch năm nay", "Ước thực hiện", "UTH/KH", "UTH/TH năm trước"],
        [(PR, "2023"), (P, "2024"), (A, "2024"), (V, "2024"), (Y, "2024")],
    ),
    (
        "QUÝ I/2025",
        [
            "Chính thức quý I năm trước",
            "Ước tính quý I/2025",
            "Quý I/2025 so cùng kỳ năm trước (%)",
        ],
        [(PR, "2024-Q1"), (A, "2025-Q1"), (Y, "2025-Q1")],
    ),
    (
        "",
        [
            "Kế hoạch năm 2024",
            "Thực hiện đến 30/6/2024",
            "Thực hiện đến 31/12/2024",
            "Tỷ lệ giải ngân đến 31/12/2024",
        ],
        [(P, "2024"), (A, "2024-6M"), (A, "2024"), (V, "2024")],
    ),
]


@pytest.mark.parametrize(
    ("title", "columns", "expected"), HEADINGS, ids=lambda value: str(value)[:40]
)
def test_headings_of_a_table_are_understood_together(title, columns, expected):
    words = lexicon("sound")
    above = Title(title, measure=default_measure(title, words) if title else None)
    read_periods(above, [title], words)
    headings = {
        i: read_heading(tuple(part.strip() for part in column.split("|")), words)
        for i, column in enumerate(columns)
    }
    known, _ = meanings(headings, {}, above, words)
    found = [(m.measure, m.period, m.series) for m in name_series(known, headings, words)]
    assert found == [(*one, "")[:3] for one in expected]


def test_the_index_row_settles_what_a_comparison_is_made_with():
    words = lexicon("sound")
    texts = [
        "Thực hiện 2022",
        "Dự toán 2023",
        "Thực hiện 2023",
        "Tỷ lệ (%)",
        "Tỷ lệ (%)",
        "Chênh lệch",
    ]
    headings = {i: read_heading((text,), words) for i, text in enumerate(texts)}
    index = {0: "1", 1: "2", 2: "3", 3: "4=3/2", 4: "5=3/1*100", 5: "6=3-2"}
    known, _ = meanings(headings, index, Title(), words)
    assert [m.measure for m in known[3:]] == [V, Y, D]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("QUÝ I NĂM 2024", ["2024-Q1"]),
        ("6T/2024", ["2024-6M"]),
        ("03 tháng đầu năm 2026", ["2026-Q1"]),
        ("12 tháng năm 2023", ["2023"]),
        ("tháng 9/2024", ["2024-M09"]),
        ("Sơ bộ\nPrel. 2020", ["2020"]),
        ("Giải ngân đến 30/6/2024", ["2024-6M"]),
        ("đến 31/12/2024", ["2024"]),
        ("giai đoạn 2021-2025", ["2021-2025"]),
        ("năm học 2023 - 2024", ["2023-2024"]),
        ("ƯTH 2019/TH 2018", ["2019", "2018"]),
        ("2020/2019 (%)", ["2020", "2019"]),
        ("ngày 12 tháng 4 năm 2024", []),
        ("QUÝ (06 tháng, năm)", []),
        ("Quỹ 1", []),
        ("Quý ... năm ...", []),
        ("6 tháng cuối năm 2024", ["2024-H2"]),
        ("Quí 3 năm 2024", ["2024-Q3"]),
    ],
)
def test_periods_are_found(text, periods):
    assert [spell(mention) for mention in find_periods(text)] == periods


# --- units ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Triệu đồng", "m_vnd"),
        ("Triệu dồng", "m_vnd"),
        ("Tiệu đồng", "m_vnd"),
        ("Tr đồng", "m_vnd"),
        ("Triệu đổng", "m_vnd"),
        ("tr.đ", "m_vnd"),
        ("1.000.000 đồng", "m_vnd"),
        ("triệu đng", "m_vnd"),
        ("1.000 đồng", "k_vnd"),
        ("1000 đồng", "k_vnd"),
        ("ngàn đồng", "k_vnd"),
        ("Nghìn đ", "k_vnd"),
        ("đồng", "vnd"),
        ("VNĐ", "vnd"),
        ("tỷ đồng", "bn_vnd"),
        ("Tỉ đồng", "bn_vnd"),
        ("tỷ", "bn_vnd"),
        ("Tỷ đồng - Bill. dongs", "bn_vnd"),
        ("TRIEU DONG", "m_vnd"),
        ("Triệu USD", "m_usd"),
        ("Tr.USD", "m_usd"),
        ("%", "percent"),
        ("‰", "per_mille"),
        ("tạ/ha", "quintals"),
        ("Lao động", "persons"),
        ("Hộ", "households"),
        ("Triệu đồng/người/năm", "m_vnd"),
        ("Xã", "count"),
        ("triệu đồng, %", "m_vnd"),
    ],
)
def test_a_unit_is_known_in_all_its_spellings(text, unit):
    assert parse_unit(text, expected=True) == Unit(unit)


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("nghìn người", "persons", 1000),
        ("1000 con", "count", 1000),
        ("triệu kWh", "kwh", 10**6),
        ("nghìn lượt khách", "visits", 1000),
        ("1.000 tấn", "tonnes", 1000),
        ("nghìn USD", "usd", 1000),
    ],
)
def test_scale_words_are_multiplied_out(text, unit, factor):
    assert parse_unit(text, expected=True) == Unit(unit, factor)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Đơn vị tính: Triệu đồng", "m_vnd"),
        ("ĐVT: 1.000 đồng", "k_vnd"),
        ("(Đơn vị: tỷ đồng)", "bn_vnd"),
        ("CHI NGÂN SÁCH NĂM 2024\n(ĐVT: Triệu đồng)", "m_vnd"),
        ("Don vi tinh: dong", "vnd"),
        ("Đơn vị tính - Unit: Tỷ đồng - Bill. dongs", "bn_vnd"),
        ("Triệu đồng", "m_vnd"),
        ("ĐVT : %", "percent"),
    ],
)
def test_a_unit_line_declares_its_unit(text, unit):
    assert unit_line(text) == Unit(unit)


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị: UBND tỉnh Cao Bằng",
        "Đơn vị báo cáo: Phòng Tài chính",
        "Hội đồng nhân dân",
        "Trong đó: 90% NST",
        "Đơn vị tính:",
        "hoạt động",
        "Dự toán đồng bộ",
        "Đơn vị",
    ],
)
def test_what_is_no_unit_line_declares_nothing(text):
    assert unit_line(text) is None


@pytest.mark.parametrize(
    ("label", "unit", "rest"),
    [
        ("Thu nhập bình quân (triệu đồng/người)", "m_vnd", "Thu nhập bình quân"),
        ("Tỷ lệ hộ nghèo (%)", "percent", "Tỷ lệ hộ nghèo"),
        ("Tổng vốn (ĐVT: tỷ đồng)", "bn_vnd", "Tổng vốn"),
        ("Số hộ (hộ):", "households", "Số hộ:"),
    ],
)
def test_units_in_brackets_are_taken_off_labels(label, unit, rest):
    assert bracket_unit(label) == (Unit(unit), rest)


@pytest.mark.parametrize(
    "label", ["Tổng sản phẩm (GRDP)", "Thu viện trợ (nếu có)", "Thu khác (1)", "Vốn (A+B)"]
)
def test_other_brackets_stay_in_labels(label):
    assert bracket_unit(label) is None


# --- markers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sort", "code"),
    [
        ("A", "letter", "A"),
        ("IV", "roman", "IV"),
        ("1", "number", "1"),
        ("01", "number", "1"),
        ("2.", "number", "2"),
        ("1.10", "nested", "1.10"),
        ("a)", "small", "a"),
        ("(1)", "number", "1"),
        ("-", "dash", "-"),
        ("–", "dash", "-"),
        ("+", "plus", "+"),
        ("Đ", "letter", "Đ"),
        ("I/", "roman", "I"),
        ("ii", "small_roman", "ii"),
    ],
)
def test_markers_are_read(text, sort, code):
    marker = parse_marker(text)
    assert (marker.sort, marker.text) == (sort, code)


@pytest.mark.parametrize("text", ["Thu nội địa", "Tổng", "", "2024 kế hoạch", "x1", "IIII"])
def test_other_texts_are_no_markers(text):
    assert parse_marker(text) is None


@pytest.mark.parametrize(
    ("label", "code", "rest"),
    [
        ("I- Các khoản thu", "I", "Các khoản thu"),
        ("1. Chi đầu tư", "1", "Chi đầu tư"),
        ("- Bổ sung", "-", "Bổ sung"),
        ("+ Khác", "+", "Khác"),
        ("a) Lương", "a", "Lương"),
        ("1.2 Phí", "1.2", "Phí"),
        ("II. Chi", "II", "Chi"),
        ("A/ THU", "A", "THU"),
        ("-Phí", "-", "Phí"),
    ],
)
def test_markers_before_labels_are_taken_off(label, code, rest):
    marker, text = leading_marker(label)
    assert (marker.text, text) == (code, rest)


@pytest.mark.parametrize(
    "label",
    [
        "Chi khoa học",
        "1000 hộ nghèo",
        "Vốn vay",
        "I love",
        "3.500 ha lúa",
        "-5 độ",
        "A Lưới",
        "T.Ư hỗ trợ",
    ],
)
def test_labels_without_markers_stay_whole(label):
    assert leading_marker(label) is None


def test_row_numbers_that_excel_changed_are_rebuilt():
    def rebuilt(values):
        before = []
        for value in values:
            before.append(marker_of_value(value, before))
        return [marker.text for marker in before]

    tenths = [1.0, *(round(1 + n / 10, 1) for n in range(1, 10)), 1.1, 1.11, 1.12]
    assert rebuilt(tenths)[-4:] == ["1.9", "1.10", "1.11", "1.12"]
    dates = ["2", CellDate(2024, 1, 2), CellDate(2024, 2, 2), CellDate(2024, 2, 3)]
    assert rebuilt(dates) == ["2", "2.1", "2.2", "2.3"]


def test_an_i_is_a_letter_or_roman_by_what_stands_around_it():
    def sorts(text):
        return [m.sort for m in settle_letters([parse_marker(t) for t in text.split()])]

    assert sorts("A I 1 2 II B I II") == [
        "letter",
        "roman",
        "number",
        "number",
        "roman",
        "letter",
        "roman",
        "roman",
    ]
    assert sorts("G H I K") == ["letter"] * 4
    assert sorts("H I II K") == ["letter", "roman", "roman", "letter"]
    assert sorts("H I II I I II K")[3:5] == ["letter", "roman"]
    assert sorts("IV V VI") == ["roman"] * 3
    assert sorts("IX X XI") == ["roman"] * 3
    assert sorts("g h i k") == ["small"] * 4
    assert sorts("1 i ii iii")[1:] == ["small_roman"] * 3


# --- numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1.250.000", "1250000"),
        ("94,06%", "94.06"),
        ("800 000 000", "800000000"),
        ("−4.500,5", "-4500.5"),
        ("+6,0", "6.0"),
        ("7,599,800", "7599800"),
        ("28.709234", "28.709234"),
        ("12.345,6", "12345.6"),
        ("1,234.5", "1234.5"),
        (" 15 ", "15"),
        ("0,125", "0.125"),
    ],
)
def test_numbers_typed_as_text_are_read(value, number):
    found = read_cell(value, Style())
    assert (found.state, found.value) == ("number", Decimal(number))


@pytest.mark.parametrize("value", ["-", "–", " - ", "x", "X", "...", "…", "", None])
def test_printed_blanks_are_no_numbers_and_no_problems(value):
    assert read_cell(value, Style()).state == "blank"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("7,5-8,0", "range"),
        ("7,5 - 8,0", "range"),
        ("< 7,6", "bound"),
        ("Trên 4", "bound"),
        ("Khoảng 4", "approximate"),
        ("0,7% (còn 4,33%)", "text"),
        ("Đạt", "text"),
        ("1.0023,4", "separator"),
        ("tăng 7,4 - 8,4%", "range"),
        ("12*", "text"),
        (True, "text"),
        (float("nan"), "error"),
        (CellDate(2024, 1, 5), "date"),
    ],
)
def test_cells_that_are_not_one_number_are_problems(value, kind):
    found = read_cell(value, Style())
    assert (found.state, found.kind) == ("problem", kind)


def test_a_mark_before_three_digits_stays_open():
    for text, usual, other in (("125.000", "125000", "125.000"), ("24,023", "24.023", "24023")):
        found = read_cell(text, Style())
        assert found.state == "open"
        assert (found.value, found.other) == (Decimal(usual), Decimal(other))


def test_a_percent_format_multiplies_and_a_printed_sign_does_not():
    assert read_cell(0.2057, Style(2, True)).value == Decimal("20.57")
    assert read_cell("20,57%", Style(2, True)).value == Decimal("20.57")
    assert read_cell(1.0023, Style(2, True)).value == Decimal("100.23")


def test_numbers_as_text_do_not_make_a_sheet_look_unmarked(tmp_path):
    book = Workbook()
    sheet = book.active
    for line in (
        ["THU NĂM 2024 (triệu đồng)"],
        ["STT", "Nội dung", "Dự toán", "Số thu", "So DT (%)"],
    ):
        sheet.append(line)
    for number in range(40):
        sheet.append(
            [
                number + 1,
                "Thu",
                f"{10**12 + number:,}".replace(",", "."),
                "1.000.000.000.000",
                "100,0",
            ]
        )
    book.save(tmp_path / "a.xlsx")
    rows = read_tables(load_workbook(tmp_path / "a.xlsx")).rows
    assert {row.measure for row in rows} == {P, A, V}


def test_a_separator_that_only_convention_decides_is_flagged(tmp_path):
    book = Workbook()
    for line in (
        ["STT", "Nội dung", "Thực hiện năm 2023 (tỷ đồng)"],
        [1, "Thu", "24,023"],
        [2, "Chi", "1.290"],
    ):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    reading = read_tables(load_workbook(tmp_path / "a.xlsx"))
    assert [row.value for row in reading.rows] == [Decimal("24.023"), Decimal(1290)]
    assert [(p.cell, p.kind) for p in reading.problems] == [("C2:C3", "separator")]


@pytest.mark.parametrize("seed", range(120))
@pytest.mark.parametrize("maker", [make, make_indicators])
def test_a_table_drawn_at_random_gives_its_own_rows(maker, seed):
    made = maker(seed)
    rows = read_tables(made.workbook).rows
    found = [
        (r.code, r.label, r.level, r.period, r.measure, r.series, r.value, r.unit) for r in rows
    ]
    assert difference(made.gold, found) == ([], [])
