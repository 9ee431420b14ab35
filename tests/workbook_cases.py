"""Workbooks made for the tests, laid out like those of offices, each with its rows by hand.

A case is a function that fills an openpyxl workbook, and the rows that a careful reader would
write down. Gold rows: (code, label, level) and the numbers under `columns`, None where the cell
holds no number. The figures are invented.
"""

# ruff: noqa: E501
# fmt: off  (rows stand as they do in a sheet)
from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font


@dataclass
class Case:
    """One workbook and the rows that stand in it."""

    name: str
    fill: Callable[[Workbook], None]
    gold: list[tuple] = field(default_factory=list)
    problems: set[tuple[str, str]] = field(default_factory=set)  # (cell, kind) that must be listed


CASES: dict[str, Case] = {}
HELD_OUT: dict[str, Case] = {}


def case(name: str, gold: list[tuple], problems: Iterable[tuple[str, str]] = (), *, held=False):
    def register(fill):
        (HELD_OUT if held else CASES)[name] = Case(name, fill, gold, set(problems))
        return fill

    return register


def rows(columns: list[tuple], *lines: tuple) -> list[tuple]:
    """Spread lines over columns of (period, measure, unit[, series])."""
    found = []
    for code, label, level, *values in lines:
        unit_of_row = None
        if isinstance(label, tuple):
            label, unit_of_row = label
        assert len(values) == len(columns), (label, values)
        for (period, measure, unit, *series), value in zip(columns, values, strict=True):
            if value is not None:
                percent = measure.endswith("_percent")
                used = unit if percent or unit_of_row is None else unit_of_row
                found.append(
                    (
                        code,
                        label,
                        level,
                        period,
                        measure,
                        series[0] if series else "",
                        str(value),
                        used,
                    )
                )
    return found


def put(ws, start: int, lines: list[list], left: int = 1) -> None:
    for r, line in enumerate(lines):
        for c, value in enumerate(line):
            if value is not None:
                ws.cell(start + r, left + c, value)


def merge(ws, *ranges: str) -> None:
    for one in ranges:
        ws.merge_cells(one)


def pct(ws, box: str, pattern: str = "0.0%") -> None:
    for line in ws[box]:
        for cell in line:
            cell.number_format = pattern


# --- communes -------------------------------------------------------------------------------

P, A, PREV, VS, YOY = "plan", "actual", "previous_actual", "vs_plan_percent", "yoy_percent"


@case(
    "commune_113_side_by_side",
    rows(
        [("2025", P, "vnd"), ("2025-6M", A, "vnd"), ("2025-6M", VS, "percent")],
        ("", "Tổng số thu", 0, 8450000000, 5120500000, "60.6"),
        ("I", "Các khoản thu xã hưởng 100%", 1, 350000000, 212500000, "60.7"),
        ("II", "Các khoản thu phân chia theo tỷ lệ (1)", 1, 1100000000, 708000000, "64.4"),
        ("III", "Thu bổ sung", 1, 7000000000, 4200000000, 60),
        ("III.-1", "Bổ sung cân đối", 2, 5500000000, 2750000000, 50),
        ("III.-2", "Bổ sung có mục tiêu", 2, 1500000000, 1450000000, "96.7"),
        ("IV", "Thu chuyển nguồn", 1, None, 0, None),
    )
    + rows(
        [("2025", P, "vnd"), ("2025-6M", A, "vnd"), ("2025-6M", VS, "percent")],
        ("", "Tổng số chi", 0, 8450000000, 4011250000, "47.5"),
        ("I", "Chi đầu tư phát triển", 1, 1400000000, 650000000, "46.4"),
        ("II", "Chi thường xuyên", 1, 6880000000, 3361250000, "48.9"),
        ("III", "Dự phòng", 1, 170000000, None, None),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "113"
    put(ws, 1, [["UBND XÃ ĐỨC HẢI", None, None, None, None, None, None, "Biểu số 113/CK TC-NSNN"]])
    put(
        ws,
        3,
        [
            ["CÂN ĐỐI NGÂN SÁCH XÃ 6 THÁNG NĂM 2025"],
            ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 10/7/2025 của UBND xã)"],
            [None] * 7 + ["Đơn vị: đồng"],
            [
                "NỘI DUNG THU",
                "DỰ TOÁN",
                "THỰC HIỆN",
                "SO SÁNH (%)",
                "NỘI DUNG CHI",
                "DỰ TOÁN",
                "THỰC HIỆN",
                "SO SÁNH (%)",
            ],
            ["A", 1, 2, "3=2/1", "B", 4, 5, "6=5/4"],
            [
                "Tổng số thu",
                8450000000,
                5120500000,
                60.6,
                "Tổng số chi",
                8450000000,
                4011250000,
                47.5,
            ],
            [
                "I- Các khoản thu xã hưởng 100%",
                350000000,
                212500000,
                60.7,
                "I- Chi đầu tư phát triển",
                1400000000,
                650000000,
                46.4,
            ],
            [
                "II- Các khoản thu phân chia theo tỷ lệ (1)",
                1100000000,
                708000000,
                64.4,
                "II- Chi thường xuyên",
                6880000000,
                3361250000,
                48.9,
            ],
            ["III- Thu bổ sung", 7000000000, 4200000000, 60, "III- Dự phòng", 170000000, "-", "x"],
            ["- Bổ sung cân đối", 5500000000, 2750000000, 50],
            ["- Bổ sung có mục tiêu", 1500000000, 1450000000, 96.7],
            ["IV- Thu chuyển nguồn", None, 0],
        ],
    )
    put(
        ws,
        16,
        [
            [None, None, None, None, None, "Ngày 10 tháng 7 năm 2025"],
            ["Kế toán trưởng", None, None, None, None, "TM. UBND XÃ"],
            ["(Ký, họ tên)", None, None, None, None, "CHỦ TỊCH"],
        ],
    )
    merge(ws, "A3:H3", "A4:H4")


@case(
    "commune_114_two_series",
    rows(
        [
            ("2024", P, "k_vnd", "Thu NSNN"),
            ("2024", P, "k_vnd", "Thu NSX"),
            ("2024-9M", A, "k_vnd", "Thu NSNN"),
            ("2024-9M", A, "k_vnd", "Thu NSX"),
            ("2024-9M", VS, "percent", "Thu NSNN"),
            ("2024-9M", VS, "percent", "Thu NSX"),
        ],
        ("", "TỔNG THU", 0, 5210000, 4180500, 4322150, 3510400, "82.96", "83.97"),
        ("I", "Các khoản thu 100%", 1, 210000, 210000, 188200, 188200, "89.62", "89.62"),
        ("I.1", "Phí, lệ phí", 2, 45000, 45000, 39700, 39700, "88.22", "88.22"),
        ("I.2", "Thu từ quỹ đất công ích và đất công", 2, 165000, 165000, 148500, 148500, 90, 90),
        (
            "II",
            "Các khoản thu phân chia theo tỷ lệ phần trăm",
            1,
            2000000,
            970500,
            1633950,
            822200,
            "81.7",
            "84.72",
        ),
        ("II.1", "Thuế sử dụng đất phi nông nghiệp", 2, None, None, 12500, 8750, None, None),
        (
            "III",
            "Thu bổ sung từ ngân sách cấp trên",
            1,
            3000000,
            3000000,
            2500000,
            2500000,
            "83.33",
            "83.33",
        ),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "Thu NSX"
    put(
        ws,
        1,
        [
            ["UBND phường Tân Lập", None, None, None, None, None, None, "Biểu số 114/CK TC-NSNN"],
            [],
            ["ƯỚC THỰC HIỆN THU NGÂN SÁCH PHƯỜNG 9 THÁNG NĂM 2024"],
            [None, None, None, None, None, None, "ĐVT: 1.000 đồng"],
            [
                "STT",
                "NỘI DUNG",
                "DỰ TOÁN NĂM",
                None,
                "ƯỚC THỰC HIỆN 9 THÁNG",
                None,
                "SO SÁNH (%)",
                None,
            ],
            [None, None, "THU NSNN", "THU NSX", "THU NSNN", "THU NSX", "THU NSNN", "THU NSX"],
            ["A", "B", 1, 2, 3, 4, "5=3/1", "6=4/2"],
            [None, "TỔNG THU", 5210000, 4180500, 4322150, 3510400, 82.96, 83.97],
            ["I", "Các khoản thu 100%", 210000, 210000, 188200, 188200, 89.62, 89.62],
            [1, "Phí, lệ phí", 45000, 45000, 39700, 39700, 88.22, 88.22],
            [2, "Thu từ quỹ đất công ích và đất công", 165000, 165000, 148500, 148500, 90, 90],
            [
                "II",
                "Các khoản thu phân chia theo tỷ lệ phần trăm",
                2000000,
                970500,
                1633950,
                822200,
                81.7,
                84.72,
            ],
            [1, "Thuế sử dụng đất phi nông nghiệp", None, None, 12500, 8750, "-", "-"],
            [
                "III",
                "Thu bổ sung từ ngân sách cấp trên",
                3000000,
                3000000,
                2500000,
                2500000,
                83.33,
                83.33,
            ],
        ],
    )
    for cell in ("C6", "D6", "E6", "F6", "G6", "H6"):
        ws[cell] = ws[cell].value.replace("THU NS", "Thu NS")
    merge(ws, "A3:H3", "G4:H4", "C5:D5", "E5:F5", "G5:H5", "A5:A6", "B5:B6")


@case(
    "commune_115_three_rows",
    rows(
        [
            ("2024", P, "m_vnd", "Tổng số"),
            ("2024", P, "m_vnd", "ĐTPT"),
            ("2024", P, "m_vnd", "TX"),
            ("2024-Q1", A, "m_vnd", "Tổng số"),
            ("2024-Q1", A, "m_vnd", "ĐTPT"),
            ("2024-Q1", A, "m_vnd", "TX"),
            ("2024-Q1", VS, "percent", "Tổng số"),
            ("2024-Q1", VS, "percent", "ĐTPT"),
            ("2024-Q1", VS, "percent", "TX"),
        ],
        ("", "TỔNG CHI", 0, 9120, 2000, 7120, 1845, 120, 1725, "20.2", 6, "24.2"),
        (
            "1",
            "Chi dân quân tự vệ, an ninh trật tự",
            1,
            820,
            None,
            820,
            210,
            None,
            210,
            "25.6",
            None,
            "25.6",
        ),
        ("2", "Chi sự nghiệp giáo dục", 1, 300, 250, 50, 12, 0, 12, 4, 0, 24),
        ("3", "Chi sự nghiệp kinh tế", 1, 2000, 1750, 250, 170, 120, 50, "8.5", "6.9", 20),
        ("3.-1", "Giao thông", 2, 1750, 1750, None, 120, 120, None, "6.9", "6.9", None),
        (
            "4",
            "Chi quản lý nhà nước, Đảng, đoàn thể",
            1,
            6000,
            None,
            6000,
            1453,
            None,
            1453,
            "24.2",
            None,
            "24.2",
        ),
    ),
    {("D9", "text")},
)
def _(wb):
    ws = wb.active
    ws.title = "115 CK"
    put(
        ws,
        1,
        [
            ["ƯỚC THỰC HIỆN CHI NGÂN SÁCH XÃ QUÝ I NĂM 2024"],
            [None] * 10 + ["Đơn vị tính: Tr đồng"],
            [
                "STT",
                "Nội dung",
                "Dự toán năm 2024",
                None,
                None,
                "Ước thực hiện quý I/2024",
                None,
                None,
                "So sánh (%)",
                None,
                None,
            ],
            [
                None,
                None,
                "Tổng số",
                "Trong đó",
                None,
                "Tổng số",
                "Trong đó",
                None,
                "Tổng số",
                "Trong đó",
                None,
            ],
            [None, None, None, "ĐTPT", "TX", None, "ĐTPT", "TX", None, "ĐTPT", "TX"],
            ["A", "B", "1=2+3", "2", "3", "4=5+6", "5", "6", "7=4/1", "8=5/2", "9=6/3"],
            [None, "TỔNG CHI", 9120, 2000, 7120, 1845, 120, 1725, 20.2, 6, 24.2],
            [
                "1.",
                "Chi dân quân tự vệ, an ninh trật tự",
                820,
                None,
                820,
                210,
                None,
                210,
                25.6,
                None,
                25.6,
            ],
            ["2.", "Chi sự nghiệp giáo dục", 300, "250 (dự kiến)", 50, 12, 0, 12, 4, 0, 24],
            ["3.", "Chi sự nghiệp kinh tế", 2000, 1750, 250, 170, 120, 50, 8.5, 6.9, 20],
            ["-", "Giao thông", 1750, 1750, "x", 120, 120, "x", 6.9, 6.9, "x"],
            [
                "4.",
                "Chi quản lý nhà nước, Đảng, đoàn thể",
                6000,
                None,
                6000,
                1453,
                None,
                1453,
                24.2,
                None,
                24.2,
            ],
        ],
    )
    merge(
        ws,
        "A1:K1",
        "A3:A5",
        "B3:B5",
        "C3:E3",
        "F3:H3",
        "I3:K3",
        "C4:C5",
        "F4:F5",
        "I4:I5",
        "D4:E4",
        "G4:H4",
        "J4:K4",
    )


CASES["commune_115_three_rows"].gold.remove(
    ("2", "Chi sự nghiệp giáo dục", 1, "2024", P, "ĐTPT", "250", "m_vnd")
)


# --- provinces and districts ----------------------------------------------------------------


@case(
    "province_60_letters_and_roman",
    rows(
        [
            ("2023", P, "bn_vnd"),
            ("2023-9M", A, "bn_vnd"),
            ("2023-9M", VS, "percent"),
            ("2023-9M", YOY, "percent"),
        ],
        ("A", "TỔNG THU NSNN TRÊN ĐỊA BÀN", 1, "19500.5", 13650, 70, "95.5"),
        ("A.I", "Thu nội địa", 2, 17000, 11900, 70, "94.1"),
        ("A.I.1", "Thu từ khu vực DNNN", 3, 5000, 3600, 72, "98.2"),
        ("A.I.1.1", "Trung ương quản lý", 4, 3200, 2400, 75, 99),
        ("A.I.1.2", "Địa phương quản lý", 4, 1800, 1200, "66.7", "96.5"),
        ("A.I.2", "Thu từ khu vực FDI", 3, 12000, 8300, "69.2", 92),
        ("A.I.2.1", "Khu công nghiệp 1", 4, 100, 10, 10, 90),
        ("A.I.2.2", "Khu công nghiệp 2", 4, 100, 20, 20, 90),
        ("A.I.2.3", "Khu công nghiệp 3", 4, 100, 30, 30, 90),
        ("A.I.2.4", "Khu công nghiệp 4", 4, 100, 40, 40, 90),
        ("A.I.2.5", "Khu công nghiệp 5", 4, 100, 50, 50, 90),
        ("A.I.2.6", "Khu công nghiệp 6", 4, 100, 60, 60, 90),
        ("A.I.2.7", "Khu công nghiệp 7", 4, 100, 70, 70, 90),
        ("A.I.2.8", "Khu công nghiệp 8", 4, 100, 80, 80, 90),
        ("A.I.2.9", "Khu công nghiệp 9", 4, 100, 90, 90, 90),
        ("A.I.2.10", "Khu công nghiệp 10", 4, 11100, 7850, "70.7", 92),
        ("A.II", "Thu dầu thô", 2, None, 50, None, 110),
        ("A.III", "Thu từ hoạt động xuất, nhập khẩu", 2, "2500.5", 1700, 68, "104.3"),
        ("B", "THU NGÂN SÁCH ĐỊA PHƯƠNG ĐƯỢC HƯỞNG", 1, 15000, 10600, "70.7", 93),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "60 CK"
    lines = [
        ["UBND TỈNH B", None, None, None, None, "Biểu số 60/CK-NSNN"],
        ["ƯỚC THỰC HIỆN THU NGÂN SÁCH NHÀ NƯỚC 9 THÁNG NĂM 2023"],
        [None, None, None, None, None, "Đơn vị: tỷ đồng"],
        [
            "STT",
            "NỘI DUNG",
            "DỰ TOÁN NĂM",
            "ƯỚC THỰC HIỆN QUÝ (06 THÁNG, NĂM)",
            "SO SÁNH ƯỚC THỰC HIỆN VỚI (%)",
            None,
        ],
        [None, None, None, None, "DỰ TOÁN NĂM", "CÙNG KỲ NĂM TRƯỚC"],
        ["A", "B", 1, 2, "3=2/1", 4],
        ["A", "TỔNG THU NSNN TRÊN ĐỊA BÀN", 19500.5, 13650, 70, 95.5],
        ["I", "Thu nội địa", 17000, 11900, 70, 94.1],
        [1, "Thu từ khu vực DNNN", 5000, 3600, 72, 98.2],
        [1.1, "Trung ương quản lý", 3200, 2400, 75, 99],
        [1.2, "Địa phương quản lý", 1800, 1200, 66.7, 96.5],
        [2, "Thu từ khu vực FDI", 12000, 8300, 69.2, 92],
    ]
    lines += [
        [round(2 + n / 10, 1), f"Khu công nghiệp {n}", 100, 10 * n, 10 * n, 90]
        for n in range(1, 10)
    ]
    lines += [
        [2.1, "Khu công nghiệp 10", 11100, 7850, 70.7, 92],
        ["II", "Thu dầu thô", "-", 50, "-", 110],
        ["III", "Thu từ hoạt động xuất, nhập khẩu", 2500.5, 1700, 68, 104.3],
        ["B", "THU NGÂN SÁCH ĐỊA PHƯƠNG ĐƯỢC HƯỞNG", 15000, 10600, 70.7, 93],
    ]
    put(ws, 1, lines)
    merge(ws, "A2:F2", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4")


@case(
    "estimate_with_differences",
    rows(
        [
            ("2024", P, "m_vnd"),
            ("2024", A, "m_vnd"),
            ("2025", P, "m_vnd"),
            ("2025", "difference", "m_vnd"),
            ("2025", YOY, "percent"),
        ],
        ("A", "TỔNG CHI NGÂN SÁCH", 1, 81200, 84100, 90500, 6400, "107.6"),
        ("A.I", "Chi đầu tư phát triển", 2, 21000, 23500, 25000, 1500, "106.4"),
        ("A.II", "Chi thường xuyên", 2, 58600, 60600, 63900, 3300, "105.4"),
        ("", "Trong đó: chi tạo nguồn cải cách tiền lương", 3, None, None, 1200, 1200, None),
        ("A.III", "Dự phòng ngân sách", 2, 1600, 0, 1600, 1600, None),
        ("B", "BỘI THU", 1, -500, -250, -300, -50, 120),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "DT 2025"
    put(
        ws,
        2,
        [
            ["DỰ TOÁN CHI NGÂN SÁCH NĂM 2025"],
            [None, None, None, None, None, "Đơn vị", "Triệu đồng"],
            [
                "TT",
                "Chỉ tiêu",
                "Dự toán năm 2024",
                "Ước thực hiện năm 2024",
                "Dự toán năm 2025",
                "So sánh DT 2025 với ước TH 2024",
                None,
            ],
            [None, None, None, None, None, "Tuyệt đối", "Tương đối (%)"],
            ["A", "B", "1", "2", "3", "4=3-2", "5=3/2"],
            ["A", "TỔNG CHI NGÂN SÁCH", 81200, 84100, 90500, 6400, 107.6],
            ["I", "Chi đầu tư phát triển", 21000, 23500, 25000, 1500, 106.4],
            ["II", "Chi thường xuyên", 58600, 60600, 63900, 3300, 105.4],
            [None, "Trong đó: chi tạo nguồn cải cách tiền lương", None, None, 1200, 1200, None],
            ["III", "Dự phòng ngân sách", 1600, 0, 1600, 1600, None],
            ["B", "BỘI THU", -500, -250, -300, -50, 120],
        ],
    )
    merge(ws, "A2:G2", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "F4:G4")


@case(
    "two_tables_two_units",
    rows(
        [("2022", P, "m_vnd"), ("2022", A, "m_vnd"), ("2022", VS, "percent")],
        ("I", "Thu cân đối", 1, 4200, 4410, 105),
        ("I.1", "Thu nội địa", 2, 4000, 4180, "104.5"),
        ("II", "Thu viện trợ", 1, 0, 12, None),
    )
    + rows(
        [("2022", P, "bn_vnd"), ("2022", A, "bn_vnd"), ("2022", VS, "percent")],
        ("I", "Chi đầu tư", 1, "1.5", "1.35", 90),
        ("II", "Chi thường xuyên", 1, "2.4", "2.42", "100.8"),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "Tổng hợp"
    put(
        ws,
        1,
        [
            ["QUYẾT TOÁN NGÂN SÁCH NĂM 2022"],
            ["1. Phần thu", None, None, "ĐVT: Triệu dồng"],
            ["STT", "Nội dung thu", "Dự toán", "Quyết toán", "QT/DT (%)"],
            ["I", "Thu cân đối", 4200, 4410, 105],
            ["1", "Thu nội địa", 4000, 4180, 104.5],
            ["II", "Thu viện trợ", 0, 12, None],
            [],
            ["2. Phần chi", None, None, "ĐVT: Tỷ đồng"],
            ["STT", "Nội dung chi", "Dự toán", "Quyết toán", "QT/DT (%)"],
            ["I", "Chi đầu tư", 1.5, 1.35, 90],
            ["II", "Chi thường xuyên", 2.4, 2.42, 100.8],
            [None, "Ghi chú: số liệu được làm tròn, tạm ứng 120 triệu đồng"],
        ],
    )


@case(
    "formulas_errors_hidden",
    rows(
        [
            ("2024", P, "vnd"),
            ("2024-Q2", A, "vnd"),
            ("2023-Q2", PREV, "vnd"),
            ("2024-Q2", YOY, "percent"),
        ],
        ("A", "Thu trong cân đối", 1, 1000000, 250000, 200000, None),
        ("A.1", "Thuế", 2, None, 200000, 160000, 125),
        ("A.2", "Phí", 2, 300000, 50000, 40000, 125),
        ("B", "Thu ngoài cân đối", 1, 5000, 1000, 0, None),
    ),
    {("C6", "formula"), ("F5", "error"), ("8:8", "hidden"), ("G:G", "hidden"), ("", "hidden")},
)
def _(wb):
    ws = wb.active
    ws.title = "Quý 2"
    put(
        ws,
        1,
        [
            ["BÁO CÁO THU NGÂN SÁCH QUÝ II NĂM 2024"],
            ["Đơn vị tính: đồng Việt Nam"],
            [
                "Mục",
                "Chỉ tiêu",
                "DT năm",
                "TH quý II",
                "Thực hiện cùng kỳ năm 2023",
                "% so cùng kỳ",
                "Mã KB",
            ],
            ["A", "B", 1, 2, 3, "4=2/3", 5],
            ["A", "Thu trong cân đối", 1000000, 250000, 200000, "#DIV/0!", 11],
            [1, "Thuế", "=700000", 200000, 160000, 125, 12],
            [2, "Phí", 300000, 50000, 40000, 125, 13],
            [3, "Dòng nháp", 999, 999, 999, 999, 14],
            ["B", "Thu ngoài cân đối", 5000, 1000, 0, "x", 15],
        ],
    )
    ws["F5"].data_type = "e"
    ws.row_dimensions[8].hidden = True
    ws.column_dimensions["G"].hidden = True
    other = wb.create_sheet("Nháp")
    put(other, 1, [["STT", "Nội dung", "Dự toán năm 2024", "Thực hiện"], [1, "Sai", 1, 1]])
    other.sheet_state = "hidden"


# --- indicators -----------------------------------------------------------------------------


@case(
    "indicators_unit_in_label",
    rows(
        [
            ("2023", PREV, ""),
            ("2024", P, ""),
            ("2024", A, ""),
            ("2024", VS, "percent"),
            ("2024", YOY, "percent"),
        ],
        ("I.1", ("Tổng giá trị sản xuất", "bn_vnd"), 2, 4105, 4400, 4398, "99.95", "107.14"),
        ("I.1.-1", ("Nông, lâm, thủy sản", "bn_vnd"), 3, 605, None, 610, None, "100.83"),
        (
            "I.2",
            ("Thu nhập bình quân đầu người", "m_vnd"),
            2,
            "55.2",
            60,
            "60.5",
            "100.83",
            "109.6",
        ),
        ("I.3", ("Tỷ lệ đô thị hóa", "percent"), 2, "38.5", "39.2", "39.2", None, None),
        ("I.4", ("Sản lượng lương thực", "tonnes"), 2, 12400, 12500, 12350, "98.8", "99.6"),
        (
            "II.5",
            ("Số lao động được giải quyết việc làm", "persons"),
            2,
            1010,
            1050,
            1067,
            "101.62",
            "105.64",
        ),
        (
            "II.6",
            ("Tỷ lệ hộ nghèo theo chuẩn đa chiều", "percent"),
            2,
            "2.15",
            None,
            "1.9",
            None,
            None,
        ),
        ("II.7", ("Mức giảm tỷ lệ sinh", "per_mille"), 2, "0.2", "0.2", None, None, None),
    ),
    {("D12", "bound"), ("E13", "approximate")},
)
def _(wb):
    ws = wb.active
    ws.title = "Chỉ tiêu"
    put(
        ws,
        1,
        [
            ["BIỂU TỔNG HỢP CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2024"],
            [],
            [
                "Số TT",
                "Chỉ tiêu chủ yếu",
                "Thực hiện năm 2023",
                "Kế hoạch năm 2024",
                "Ước thực hiện năm 2024",
                "% so KH",
                "% so với năm 2023",
                "Ghi chú",
            ],
            ["I", "Về kinh tế"],
            [1, "Tổng giá trị sản xuất (tỷ đồng)", 4105, 4400, 4398, 99.95, 107.14, "Không đạt"],
            ["-", "Nông, lâm, thủy sản (tỷ đồng)", 605, None, 610, None, 100.83],
            [
                2,
                "Thu nhập bình quân đầu người (triệu đồng/người/năm)",
                55.2,
                60,
                60.5,
                100.83,
                109.6,
                "Vượt",
            ],
            [3, "Tỷ lệ đô thị hóa (%)", "38,5", "39,2", "39,2"],
            [4, "Sản lượng lương thực (nghìn tấn)", 12.4, 12.5, 12.35, 98.8, 99.6],
            ["II", "Về xã hội"],
            [
                5,
                "Số lao động được giải quyết việc làm (người)",
                "1.010",
                "1.050",
                "1.067",
                "101,62",
                "105,64",
            ],
            [6, "Tỷ lệ hộ nghèo theo chuẩn đa chiều (%)", 2.15, "< 2,0", 1.9, None, None, "Đạt"],
            [7, "Mức giảm tỷ lệ sinh (‰)", 0.2, 0.2, "Khoảng 0,2"],
        ],
    )
    merge(ws, "A1:H1")


@case(
    "indicators_unit_column_half_year",
    rows(
        [
            ("2023-6M", PREV, ""),
            ("2024", P, ""),
            ("2024-6M", A, ""),
            ("2024-6M", VS, "percent"),
            ("2024-6M", YOY, "percent"),
        ],
        (
            "A.1",
            ("Thu ngân sách trên địa bàn", "bn_vnd"),
            2,
            "98.45",
            "192.5",
            "101.2",
            "52.57",
            "102.79",
        ),
        ("", ("Trong đó: tiền sử dụng đất", "bn_vnd"), 3, 40, 85, "38.5", "45.29", "96.25"),
        ("A.2", ("Diện tích gieo trồng", "ha"), 2, 1250, 2500, 1248, "49.92", "99.84"),
        ("A.2.a", ("Lúa", "ha"), 3, 1000, 2000, 998, "49.9", "99.8"),
        ("A.2.b", ("Ngô", "ha"), 3, 250, 500, 250, 50, 100),
        ("A.3", ("Năng suất lúa", "quintals"), 2, "55.5", 56, "57.25", "102.23", "103.15"),
        ("B.1", ("Khách du lịch", "visits"), 2, 120000, 260000, 131500, "50.58", "109.58"),
        ("B.2", ("Tỷ lệ bao phủ bảo hiểm y tế", "percent"), 2, "95.1", "95.5", "95.3", None, None),
        ("B.3", ("Doanh nghiệp thành lập mới", "count"), 2, 30, 70, 35, 50, "116.67"),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "PL1"
    put(
        ws,
        1,
        [
            ["PHỤ LỤC"],
            ["KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU 6 THÁNG ĐẦU NĂM 2024"],
            [
                "STT\nNo.",
                "CHỈ TIÊU\nIndicators",
                "ĐƠN VỊ TÍNH\nUnit",
                "Cùng kỳ\nnăm 2023",
                "Kế hoạch\nnăm 2024",
                "Thực hiện 6 tháng\nnăm 2024",
                "So sánh (%)",
                None,
            ],
            [None, None, None, None, None, None, "TH/KH", "Cùng kỳ"],
            ["A", "KINH TẾ"],
            [1, "Thu ngân sách trên địa bàn", "Tỷ đồng", 98.45, 192.5, 101.2, 0.5257, 1.0279],
            [None, "Trong đó: tiền sử dụng đất", "Tỷ đồng", 40, 85, 38.5, 0.4529, 0.9625],
            [2, "Diện tích gieo trồng", "ha", 1250, 2500, 1248, 0.4992, 0.9984],
            ["a", "Lúa", None, 1000, 2000, 998, 0.499, 0.998],
            ["b", "Ngô", "nt", 250, 500, 250, 0.5, 1],
            [3, "Năng suất lúa", "Tạ/ha", 55.5, 56, 57.25, 1.0223, 1.0315],
            ["B", "XÃ HỘI"],
            [1, "Khách du lịch", "Nghìn lượt khách", 120, 260, 131.5, 0.5058, 1.0958],
            [2, "Tỷ lệ bao phủ bảo hiểm y tế", "%", 0.951, 0.955, 0.953, None, None],
            [3, "Doanh nghiệp thành lập mới", "DN", 30, 70, 35, 0.5, 1.1667],
        ],
    )
    pct(ws, "G6:H15", "0.00%")
    pct(ws, "D14:F14")
    merge(ws, "A2:H2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:H3")


# --- investment, yearbooks ------------------------------------------------------------------


@case(
    "yearbook_indent_bilingual",
    rows(
        [
            ("2018", A, "bn_vnd"),
            ("2019", A, "bn_vnd"),
            ("2020", A, "bn_vnd"),
            ("2021", A, "bn_vnd"),
        ],
        ("", "TỔNG SỐ - TOTAL", 0, "10250.4", "11300.5", "12010.2", "12500.3"),
        ("", "Vốn khu vực Nhà nước State sector", 2, "4100.2", "4300.5", "4510.2", "4600.1"),
        ("", "Vốn ngân sách Nhà nước State budget", 3, "3000.1", "3200.3", "3300.1", "3400"),
        ("", "Vốn vay Loan", 3, "1100.1", "1100.2", "1210.1", "1200.1"),
        ("", "Vốn khu vực ngoài Nhà nước Non-state sector", 2, "6150.2", 7000, 7500, "7900.2"),
        ("", "Xây dựng cơ bản Capital construction", 2, "9000.4", "9900.5", "10500.2", "11000.3"),
        ("", "Khác Others", 2, 1250, 1400, 1510, 1500),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "NGTK"
    put(
        ws,
        1,
        [
            [
                "65. Vốn đầu tư thực hiện trên địa bàn theo giá hiện hành\nInvestment at current prices"
            ],
            [None, None, None, "Đơn vị tính: Tỷ đồng - Unit: Bill. dongs"],
            [],
            [None, 2018, 2019, 2020, "Sơ bộ\nPrel. 2021"],
            [],
            ["TỔNG SỐ - TOTAL", "10.250,4", "11.300,5", "12.010,2", "12.500,3"],
            ["Phân theo nguồn vốn\nBy source"],
            ["Vốn khu vực Nhà nước\nState sector", "4.100,2", "4.300,5", "4.510,2", "4.600,1"],
            ["Vốn ngân sách Nhà nước\nState budget", "3.000,1", "3.200,3", "3.300,1", "3.400,0"],
            ["Vốn vay\nLoan", "1.100,1", "1.100,2", "1.210,1", "1.200,1"],
            [
                "Vốn khu vực ngoài Nhà nước\nNon-state sector",
                "6.150,2",
                "7.000,0",
                "7.500,0",
                "7.900,2",
            ],
            ["Phân theo khoản mục\nBy item"],
            ["Xây dựng cơ bản\nCapital construction", "9.000,4", "9.900,5", "10.500,2", "11.000,3"],
            ["Khác\nOthers", "1.250,0", "1.400", "1.510,0", "1.500,0"],
        ],
    )
    for row, indent in ((8, 1), (9, 2), (10, 2), (11, 1), (13, 1), (14, 1)):
        ws.cell(row, 1).alignment = Alignment(indent=indent)


@case(
    "monthly_investment",
    rows(
        [
            ("2024", P, "bn_vnd"),
            ("2024-M09", A, "bn_vnd"),
            ("2024-9M", A, "bn_vnd"),
            ("2024-9M", VS, "percent"),
            ("2024-9M", YOY, "percent"),
        ],
        ("", "TỔNG SỐ", 0, 1600, 121, 905, "56.56", "103.1"),
        ("1", "Vốn ngân sách nhà nước cấp tỉnh", 1, 900, 70, 520, "57.78", "104.2"),
        ("1.-1", "Vốn cân đối ngân sách tỉnh", 2, 600, 45, 360, 60, 105),
        ("", "Trong đó: thu từ quỹ sử dụng đất", 3, 200, 15, 110, 55, "98.5"),
        ("1.-2", "Vốn trung ương hỗ trợ theo mục tiêu", 2, 300, 25, 160, "53.33", "102.5"),
        ("2", "Vốn ngân sách nhà nước cấp huyện", 1, 700, 51, 385, 55, "101.7"),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "VĐT tháng 9"
    put(
        ws,
        1,
        [
            ["VỐN ĐẦU TƯ THỰC HIỆN TỪ NGUỒN NGÂN SÁCH NHÀ NƯỚC THÁNG 9 VÀ 9 THÁNG NĂM 2024"],
            [None, None, None, None, None, "(Đơn vị tính: tỷ đồng)"],
            [
                "TT",
                "Nguồn vốn",
                "Kế hoạch năm 2024",
                "Ước TH tháng 9/2024",
                "Lũy kế 9 tháng năm 2024",
                "Lũy kế so với (%)",
                None,
            ],
            [None, None, None, None, None, "KH năm", "Cùng kỳ"],
            [None, "TỔNG SỐ", 1600, 121, 905, 56.56, 103.1],
            [1, "Vốn ngân sách nhà nước cấp tỉnh", 900, 70, 520, 57.78, 104.2],
            ["-", "Vốn cân đối ngân sách tỉnh", 600, 45, 360, 60, 105],
            [None, "Trong đó: thu từ quỹ sử dụng đất", 200, 15, 110, 55, 98.5],
            ["-", "Vốn trung ương hỗ trợ theo mục tiêu", 300, 25, 160, 53.33, 102.5],
            [2, "Vốn ngân sách nhà nước cấp huyện", 700, 51, 385, 55, 101.7],
            [],
            ["Nguồn: Chi cục Thống kê"],
        ],
    )
    merge(ws, "A1:G1", "F3:G3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4")


# --- letters --------------------------------------------------------------------------------


@case(
    "old_letters_by_font",
    rows(
        [("2009", P, "m_vnd"), ("2009", A, "m_vnd"), ("2009", VS, "percent")],
        ("I", "Thu nội địa", 1, 12500, 13100, "104.8"),
        ("I.1", "Thuế giá trị gia tăng", 2, 8000, 8400, 105),
        ("II", "Thu bổ sung", 1, 30000, 30000, 100),
    )
    + rows(
        [("2009", P, "m_vnd"), ("2009", A, "m_vnd"), ("2009", VS, "percent")],
        ("I", "Chi đầu tư", 1, 10000, 9000, 90),
        ("II", "Chi thường xuyên", 1, 25000, 25500, 102),
    )
    + rows(
        [("2009", P, "m_vnd"), ("2009", A, "m_vnd")],
        ("1", "Phương tiện, đầu tư", 1, 100, 120),
        ("2", "Triệu đồng không đổi", 1, 50, 0),
    ),
)
def _(wb):
    tcvn3 = {
        "TH¤NG B¸O THU NG¢N S¸CH N¡M 2009": 1,
        "§¬n vÞ tÝnh: TriÖu ®ång": 2,
    }
    ws = wb.active
    ws.title = "Thu"
    put(
        ws,
        1,
        [
            [next(iter(tcvn3))],
            [None, None, None, list(tcvn3)[1]],
            ["STT", "Néi dung", "Dù to¸n", "Thùc hiÖn", "TH/DT (%)"],
            ["I", "Thu néi ®Þa", 12500, 13100, 104.8],
            [1, "ThuÕ gi¸ trÞ gia t¨ng", 8000, 8400, 105],
            ["II", "Thu bæ sung", 30000, 30000, 100],
        ],
    )
    for line in ws.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.font = Font(name=".VnTime")
    vni = wb.create_sheet("Chi")
    put(
        vni,
        1,
        [
            ["CHI NGAÂN SAÙCH NAÊM 2009"],
            [None, None, None, "Ñôn vò tính: Trieäu ñoàng"],
            ["STT", "Noäi dung", "Döï toaùn", "Thöïc hieän", "TH/DT (%)"],
            ["I", "Chi ñaàu tö", 10000, 9000, 90],
            ["II", "Chi thöôøng xuyeân", 25000, 25500, 102],
        ],
    )
    for line in vni.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.font = Font(name="VNI-Times")
    nfd = wb.create_sheet(unicodedata.normalize("NFD", "Số khác"))
    put(
        nfd,
        1,
        [
            ["MUA SẮM NĂM 2009"],
            [None, None, "Đơn vị: Triệu đồng"],
            ["STT", "Nội dung", "Kế hoạch", "Thực hiện"],
            [1, "Phƣơng tiện, đầu tƣ", 100, 120],
            [2, "Triệu đồng không đổi", 50, 0],
        ],
    )
    for line in nfd.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.value = unicodedata.normalize("NFD", cell.value)


@case(
    "separators_by_column_and_sums",
    rows(
        [("2021", A, "bn_vnd"), ("2022", A, "bn_vnd"), ("2023", A, "bn_vnd")],
        ("A", "Tổng thu", 1, "1500.5", "1290", "24.523"),
        ("A.1", "Thu nội địa", 2, "1200.25", "950", "20.4"),
        ("A.2", "Thu hải quan", 2, "300.25", "340", "4.123"),
    ),
)
def _(wb):
    ws = wb.active
    ws.title = "Số liệu"
    put(
        ws,
        1,
        [
            ["THU NGÂN SÁCH GIAI ĐOẠN 2021-2023"],
            [None, None, None, "ĐVT: Tỷ đồng"],
            ["STT", "Nội dung", "Năm 2021", "Năm 2022", "Năm 2023"],
            ["A", "Tổng thu", "1.500,500", "1,290", "24,523"],
            [1, "Thu nội địa", "1.200,25", "950", "20,4"],
            [2, "Thu hải quan", "300,250", "340", "4,123"],
        ],
    )


# --- held out -------------------------------------------------------------------------------


@case(
    "province_59_repeated_heading",
    rows(
        [
            ("2025", P, "m_vnd"),
            ("2025-6M", A, "m_vnd"),
            ("2025-6M", VS, "percent"),
            ("2025-6M", YOY, "percent"),
        ],
        ("A", "TỔNG NGUỒN THU NSĐP", 1, 1250000, 700000, 56, "101.5"),
        ("A.I", "Thu cân đối NSNN", 2, 800000, 450000, "56.25", "99.8"),
        ("A.I.1", "Thu nội địa", 3, 800000, 448000, 56, "99.5"),
        ("A.I.2", "Thu viện trợ", 3, 0, 2000, None, None),
        ("A.II", "Thu chuyển nguồn", 2, 450000, 250000, "55.56", "104.7"),
        ("B", "TỔNG CHI NSĐP", 1, 1250000, 560000, "44.8", "98.3"),
        ("B.I", "Chi cân đối NSĐP", 2, 1000000, 500000, 50, 99),
        ("B.I.1", "Chi đầu tư phát triển", 3, 300000, 100000, "33.33", "88.5"),
        ("B.II", "Chi từ nguồn bổ sung", 2, 250000, 60000, 24, "92.7"),
        ("C", "BỘI CHI NSĐP/BỘI THU NSĐP", 1, 0, 140000, None, None),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    ws.title = "B59"
    head = [
        [
            "Số\nTT",
            "Nội dung",
            "Dự toán năm",
            "Ước thực hiện 06 tháng",
            "So sánh ước thực hiện với (%)",
            None,
        ],
        [None, None, None, None, "Dự toán năm", "Cùng kỳ năm trước"],
        ["A", "B", 1, 2, "3=2/1", 4],
    ]
    put(
        ws,
        1,
        [
            ["ỦY BAN NHÂN DÂN TỈNH C", None, None, None, None, "Biểu số 59/CK-NSNN"],
            ["CÂN ĐỐI NGÂN SÁCH ĐỊA PHƯƠNG 06 THÁNG ĐẦU NĂM 2025"],
            ["(Kèm theo Công văn số 45/UBND-TH ngày 05/7/2025)"],
            [None, None, None, None, None, "Đơn vị: Tiệu đồng"],
            *head,
            ["A", "TỔNG NGUỒN THU NSĐP", 1250000, 700000, 0.56, 1.015],
            ["I", "Thu cân đối NSNN", 800000, 450000, 0.5625, 0.998],
            ["1", "Thu nội địa", 800000, 448000, 0.56, 0.995],
            ["2", "Thu viện trợ", 0, 2000, "-", "-"],
            ["II", "Thu chuyển nguồn", 450000, 250000, 0.5556, 1.047],
            *head,
            ["B", "TỔNG CHI NSĐP", 1250000, 560000, 0.448, 0.983],
            ["I", "Chi cân đối NSĐP", 1000000, 500000, 0.5, 0.99],
            ["1", "Chi đầu tư phát triển", 300000, 100000, 0.3333, 0.885],
            ["II", "Chi từ nguồn bổ sung", 250000, 60000, 0.24, 0.927],
            ["C", "BỘI CHI NSĐP/BỘI THU NSĐP", 0, 140000, None, None],
            [],
            [None, "Người lập biểu", None, "C, ngày 05 tháng 7 năm 2025"],
            [None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        ],
    )
    pct(ws, "E8:F21")
    merge(
        ws,
        "A2:F2",
        "A3:F3",
        "E5:F5",
        "A5:A6",
        "B5:B6",
        "C5:C6",
        "D5:D6",
        "E13:F13",
        "A13:A14",
        "B13:B14",
        "C13:C14",
        "D13:D14",
    )


@case(
    "targets_with_sections_and_nested_numbers",
    rows(
        [("2021", PREV, ""), ("2022", P, ""), ("2022", A, ""), ("2022", VS, "percent")],
        ("A.1", ("Giá trị sản xuất", "bn_vnd"), 2, 5100, 5600, 5650, "100.9"),
        ("A.1.1", ("Công nghiệp", "bn_vnd"), 3, 2100, 2350, 2400, "102.1"),
        ("A.1.2", ("Dịch vụ", "bn_vnd"), 3, 3000, 3250, 3250, 100),
        ("A.2", ("Cơ cấu kinh tế: nông nghiệp", "percent"), 2, "12.5", 12, "11.8", None),
        ("A.3", ("Giá trị sản phẩm trên 1 ha đất", "m_vnd"), 2, 95, 100, 102, 102),
        ("B.4", ("Tạo việc làm mới", "persons"), 2, 1500, 1600, 1650, "103.1"),
        ("B.5", ("Số giường bệnh/vạn dân", "count"), 2, 24, 25, 25, 100),
        ("C.6", ("Tỷ lệ che phủ rừng", "percent"), 2, "42.1", 42, "42.05", None),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    ws.title = "Phu luc 2"
    put(
        ws,
        2,
        [
            [None, "TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU NGHỊ QUYẾT HĐND NĂM 2022"],
            [],
            [
                None,
                "TT",
                "Tên chỉ tiêu",
                "ĐVT",
                "Năm 2021",
                "Năm 2022",
                None,
                "Tỷ lệ TH/NQ (%)",
                "Đánh giá",
            ],
            [None, None, None, None, "Thực hiện", "NQ HĐND", "Ước TH", None, None],
            [None, "A", "Các chỉ tiêu kinh tế"],
            [None, "1", "Giá trị sản xuất", "Tỷ đồng", 5100, 5600, 5650, 100.9, "Đạt"],
            [None, "1.1", "Công nghiệp", '"', 2100, 2350, 2400, 102.1, "Đạt"],
            [None, "1.2", "Dịch vụ", '"', 3000, 3250, 3250, 100, "Đạt"],
            [None, "2", "Cơ cấu kinh tế: nông nghiệp", "%", 12.5, 12, 11.8, None, "Đạt"],
            [None, "3", "Giá trị sản phẩm trên 1 ha đất", "Trđ/ha", 95, 100, 102, 102, "Vượt"],
            [None, "B", "Các chỉ tiêu xã hội"],
            [None, "4", "Tạo việc làm mới", "Lao động", 1500, 1600, 1650, 103.1, "Vượt"],
            [None, "5", "Số giường bệnh/vạn dân", "Giường", 24, 25, 25, 100, "Đạt"],
            [None, "C", "Các chỉ tiêu môi trường"],
            [None, "6", "Tỷ lệ che phủ rừng", "%", 42.1, 42, 42.05, None, "Đạt"],
        ],
    )
    merge(ws, "B2:I2", "B4:B5", "C4:C5", "D4:D5", "F4:G4", "H4:H5", "I4:I5")


@case(
    "commune_115_without_merges",
    rows(
        [
            ("2025", P, "m_vnd", "Tổng số"),
            ("2025", P, "m_vnd", "XDCB"),
            ("2025", P, "m_vnd", "Thường xuyên"),
            ("2025-Q3", A, "m_vnd", "Tổng số"),
            ("2025-Q3", A, "m_vnd", "XDCB"),
            ("2025-Q3", A, "m_vnd", "Thường xuyên"),
        ],
        ("A", "Chi cân đối", 1, 9000, 2000, 7000, 2300, 500, 1800),
        ("A.I", "Chi đầu tư", 2, 2000, 2000, None, 500, 500, None),
        ("A.II", "Chi thường xuyên", 2, 7000, None, 7000, 1800, None, 1800),
        ("A.II.1", "Chi giáo dục", 3, 100, None, 100, 20, None, 20),
        ("A.II.1.-1", "Lương", 4, 80, None, 80, 16, None, 16),
        ("A.II.1.-2", "Khác", 4, 20, None, 20, 4, None, 4),
        ("B", "Chi chuyển nguồn", 1, None, None, None, 0, 0, 0),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    ws.title = "chi"
    put(
        ws,
        1,
        [
            ["TÌNH HÌNH THỰC HIỆN DỰ TOÁN CHI NGÂN SÁCH XÃ QUÝ III NĂM 2025"],
            ["ĐVT: triệu đồng"],
            ["STT", "Nội dung chi", "Dự toán năm", None, None, "Thực hiện quý III", None, None],
            [None, None, "Tổng số", "XDCB", "Thường xuyên", "Tổng số", "XDCB", "Thường xuyên"],
            ["A", "Chi cân đối", 9000, 2000, 7000, 2300, 500, 1800],
            ["I", "Chi đầu tư", 2000, 2000, "x", 500, 500, "x"],
            ["II", "Chi thường xuyên", 7000, "x", 7000, 1800, "x", 1800],
            [1, "Chi giáo dục", 100, None, 100, 20, None, 20],
            [None, "- Lương", 80, None, 80, 16, None, 16],
            [None, "- Khác", 20, None, 20, 4, None, 4],
            ["B", "Chi chuyển nguồn", "-", "-", "-", 0, 0, 0],
        ],
    )


@case(
    "yearbook_staggered_labels",
    rows(
        [("2015", A, "m_vnd"), ("2016", A, "m_vnd"), ("2017", A, "m_vnd")],
        ("", "Tổng số", 0, 5000, 5500, 6050),
        ("", "Vốn Nhà nước", 2, 2000, 2100, 2200),
        ("", "Ngân sách", 3, 1500, 1600, 1700),
        ("", "Vay", 3, 500, 500, 500),
        ("", "Vốn ngoài Nhà nước", 2, 3000, 3400, 3850),
        ("", "Vốn đầu tư XDCB", 2, 4000, 4300, 4800),
        ("", "Vốn khác", 2, 1000, 1200, 1250),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    ws.title = "Von"
    put(
        ws,
        1,
        [
            ["Vốn đầu tư thực hiện trên địa bàn huyện phân theo nguồn vốn"],
            [None] * 4 + ["Triệu đồng"],
            ["Chỉ tiêu", None, None, "Năm 2015", "Năm 2016", "Năm 2017"],
            ["Tổng số", None, None, 5000, 5500, 6050],
            ["Phân theo nguồn vốn"],
            [None, "Vốn Nhà nước", None, 2000, 2100, 2200],
            [None, None, "Ngân sách", 1500, 1600, 1700],
            [None, None, "Vay", 500, 500, 500],
            [None, "Vốn ngoài Nhà nước", None, 3000, 3400, 3850],
            ["Phân theo khoản mục"],
            [None, "Vốn đầu tư XDCB", None, 4000, 4300, 4800],
            [None, "Vốn khác", None, 1000, 1200, 1250],
        ],
    )
    merge(ws, "A1:F1", "A3:C3")


@case(
    "side_by_side_with_numbers",
    rows(
        [("2023", P, "m_vnd"), ("2023", A, "m_vnd"), ("2023", VS, "percent")],
        ("", "TỔNG THU NGÂN SÁCH XÃ", 0, "7500.5", 8010, "106.8"),
        ("A", "Thu trong cân đối", 1, 7000, 7500, "107.1"),
        ("A.I", "Thu xã hưởng 100%", 2, 500, 650, 130),
        ("", "Trong đó: thu đấu giá đất công", 3, 100, 250, 250),
        ("A.II", "Thu bổ sung cân đối", 2, 6500, 6850, "105.4"),
        ("B", "Thu kết dư", 1, "500.5", 510, "101.9"),
    )
    + rows(
        [("2023", P, "m_vnd"), ("2023", A, "m_vnd"), ("2023", VS, "percent")],
        ("", "TỔNG CHI NGÂN SÁCH XÃ", 0, "7500.5", "7805.25", "104.1"),
        ("1", "Chi đầu tư", 1, 1500, 1700, "113.3"),
        ("2", "Chi thường xuyên", 1, "5900.5", "6105.25", "103.5"),
        ("3", "Chi chuyển nguồn", 1, 100, 0, 0),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    ws.title = "116"
    put(
        ws,
        1,
        [
            ["CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH XÃ NĂM 2023"],
            [
                None,
                None,
                None,
                None,
                "Đơn vị: 1.000.000 đồng",
                None,
                None,
                None,
                None,
                "Đơn vị: 1.000.000 đồng",
            ],
            [
                "STT",
                "Phần thu",
                "Dự toán",
                "Quyết toán",
                "So sánh QT/DT (%)",
                "STT",
                "Phần chi",
                "Dự toán",
                "Quyết toán",
                "So sánh QT/DT (%)",
            ],
            [
                None,
                "TỔNG THU NGÂN SÁCH XÃ",
                7500.5,
                8010,
                106.8,
                None,
                "TỔNG CHI NGÂN SÁCH XÃ",
                7500.5,
                7805.25,
                104.1,
            ],
            ["A", "Thu trong cân đối", 7000, 7500, 107.1, 1, "Chi đầu tư", 1500, 1700, 113.3],
            [
                "I",
                "Thu xã hưởng 100%",
                500,
                650,
                130,
                2,
                "Chi thường xuyên",
                5900.5,
                6105.25,
                103.5,
            ],
            [
                None,
                "Trong đó: thu đấu giá đất công",
                100,
                250,
                250,
                3,
                "Chi chuyển nguồn",
                100,
                0,
                0,
            ],
            ["II", "Thu bổ sung cân đối", 6500, 6850, 105.4],
            ["B", "Thu kết dư", 500.5, 510, 101.9],
            [None, "Kế toán ngân sách", None, None, None, None, None, "Chủ tịch UBND xã"],
        ],
    )


@case(
    "projects_three_heading_rows",
    rows(
        [("2024", P, "m_vnd"), ("2024-9M", A, "m_vnd"), ("2024-9M", VS, "percent")],
        ("", "TỔNG CỘNG", 0, 15200, 9800, "64.47"),
        ("A", "Ngân sách tỉnh", 1, 9200, 6800, "73.91"),
        ("A.1", "Đường giao thông liên xã", 2, 5200, 4800, "92.31"),
        ("A.2", "Trường THCS", 2, 4000, 2000, 50),
        ("B", "Ngân sách huyện", 1, 6000, 3000, 50),
        ("B.1", "Nhà văn hóa", 2, 6000, 3000, 50),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    ws.title = "Giải ngân"
    put(
        ws,
        1,
        [
            ["TÌNH HÌNH GIẢI NGÂN VỐN ĐẦU TƯ CÔNG ĐẾN 30/9/2024"],
            [None] * 9 + ["Đơn vị tính: Triệu đồng"],
            [
                "STT",
                "Tên dự án",
                "Địa điểm XD",
                "Thời gian KC-HT",
                "Quyết định đầu tư",
                None,
                None,
                "Kế hoạch vốn năm 2024",
                "Giải ngân đến 30/9/2024",
                "Tỷ lệ giải ngân (%)",
                "Ghi chú",
            ],
            [None, None, None, None, "Số QĐ; ngày, tháng, năm", "TMĐT", None],
            [None, None, None, None, None, "Tổng số", "Trong đó NSNN"],
            [None, "TỔNG CỘNG", None, None, None, 52000, 40000, 15200, 9800, 64.47],
            ["A", "Ngân sách tỉnh", None, None, None, 30000, 25000, 9200, 6800, 73.91],
            [
                1,
                "Đường giao thông liên xã",
                "Xã A",
                "2023-2025",
                "12/QĐ-UBND, 01/02/2023",
                18000,
                15000,
                5200,
                4800,
                92.31,
            ],
            [
                2,
                "Trường THCS",
                "Xã B",
                "2024-2025",
                "45/QĐ-UBND, 11/12/2023",
                12000,
                10000,
                4000,
                2000,
                50,
            ],
            ["B", "Ngân sách huyện", None, None, None, 22000, 15000, 6000, 3000, 50],
            [
                1,
                "Nhà văn hóa",
                "TT C",
                "2022-2024",
                "7/QĐ-UBND, 05/01/2022",
                22000,
                15000,
                6000,
                3000,
                50,
                "Chậm",
            ],
        ],
    )
    merge(
        ws,
        "A1:K1",
        "A3:A5",
        "B3:B5",
        "C3:C5",
        "D3:D5",
        "E3:G3",
        "E4:E5",
        "F4:G4",
        "H3:H5",
        "I3:I5",
        "J3:J5",
        "K3:K5",
    )
