"""Workbooks for the tests, third round: values like years, composite markers, odd frames."""

# fmt: off  (rows stand as they do in a sheet)
from __future__ import annotations

from openpyxl.styles import Font
from workbook_cases import PREV, VS, YOY, A, P, case, merge, put, rows


@case(
    "values_that_look_like_years",
    rows(
        [("2019", A, "bn_vnd"), ("2020", A, "bn_vnd"), ("2021", A, "bn_vnd")],
        ("", "Tổng số", 0, 4010, 4025, 4030),
        ("I", "Thu", 1, 2005, 2010, 2012),
        ("I.1", "Thu từ đất", 2, 2001, 2005, 2008),
        ("II", "Chi", 1, 2005, 2015, 2018),
        ("II.1", "Chi đầu tư", 2, 1999, 2004, 2010),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["Thu, chi ngân sách"],
            [None, None, None, None, "Tỷ đồng"],
            ["TT", "Chỉ tiêu", 2019, 2020, 2021],
            [None, "Tổng số", 4010, 4025, 4030],
            ["I", "Thu", 2005, 2010, 2012],
            [1, "Thu từ đất", 2001, 2005, 2008],
            ["II", "Chi", 2005, 2015, 2018],
            [1, "Chi đầu tư", 1999, 2004, 2010],
        ],
    )


@case(
    "composite_markers",
    rows(
        [("2023", P, "m_vnd"), ("2023", A, "m_vnd"), ("2023", VS, "percent")],
        ("A", "THU", 1, 100, 110, 110),
        ("A.I", "Thu nội địa", 2, 60, 66, 110),
        ("A.I.1", "Thuế", 3, 40, 44, 110),
        ("A.I.1.1", "Thuế GTGT", 4, 30, 33, 110),
        ("A.I.1.2", "Thuế TNDN", 4, 10, 11, 110),
        ("A.I.2", "Phí", 3, 20, 22, 110),
        ("A.II", "Thu khác", 2, 40, 44, 110),
        ("B", "CHI", 1, 50, 40, 80),
    ),
    held=True,
)
def _(wb):
    put(
        wb.active,
        1,
        [
            ["THU CHI NĂM 2023"],
            ["ĐVT: triệu đồng"],
            ["STT", "Nội dung", "DT giao", "Thực hiện", "Đạt %"],
            ["A", "THU", 100, 110, 110],
            ["I", "Thu nội địa", 60, 66, 110],
            ["I.1", "Thuế", 40, 44, 110],
            ["I.1.1", "Thuế GTGT", 30, 33, 110],
            ["I.1.2", "Thuế TNDN", 10, 11, 110],
            ["I.2", "Phí", 20, 22, 110],
            ["II", "Thu khác", 40, 44, 110],
            ["B", "CHI", 50, 40, 80],
        ],
    )


@case(
    "cover_sheet_and_period_in_sheet_name",
    rows(
        [
            ("2025", P, "m_vnd"),
            ("2025-Q1", A, "m_vnd"),
            ("2025-Q1", VS, "percent"),
            ("2025-Q1", YOY, "percent"),
        ],
        ("I", "Thu 100%", 1, 400, 100, 25, 105),
        ("II", "Thu phân chia", 1, 200, 50, 25, 98),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    ws.title = "Bìa"
    put(ws, 3, [[None, "UBND XÃ A"], [None, "HỒ SƠ CÔNG KHAI NGÂN SÁCH"]])
    ws = wb.create_sheet("Thu Quý I-2025")
    put(
        ws,
        1,
        [
            ["UBND XÃ A"],
            ["TỔNG HỢP THU NGÂN SÁCH"],
            ["Đơn vị tính: Triệu đồng"],
            ["STT", "NỘI DUNG", "DỰ TOÁN NĂM", "ƯỚC THỰC HIỆN", "SO SÁNH (%)", None],
            [None, None, None, None, "DỰ TOÁN", "CÙNG KỲ"],
            ["I", "Thu 100%", 400, 100, 25, 105],
            ["II", "Thu phân chia", 200, 50, 25, 98],
        ],
    )
    merge(ws, "E4:F4")


@case(
    "heading_over_years_and_measures",
    rows(
        [
            ("2023", PREV, ""),
            ("2024", P, ""),
            ("2024", A, ""),
            ("2024", VS, "percent"),
            ("2024", YOY, "percent"),
            ("2025", P, ""),
        ],
        ("1", ("Tổng thu ngân sách", "bn_vnd"), 1, 301, 125, "222.044", "177.64", "73.8", 180),
        ("", ("Trong đó: thu tiền đất", "bn_vnd"), 2, 180, 60, 120, 200, "66.7", 90),
        ("2", ("Dân số trung bình", "persons"), 1, 41500, 41600, 41720, "100.3", "100.5", 41900),
        ("3", ("Tỷ lệ thất nghiệp", "percent"), 1, "2.4", "2.3", "2.2", None, None, "2.1"),
        ("4", ("Số giường bệnh", "count"), 1, 120, 120, 120, 100, 100, 130),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["PHỤ LỤC SỐ 01"],
            ["CÁC CHỈ TIÊU CHỦ YẾU NĂM 2024 VÀ KẾ HOẠCH NĂM 2025"],
            [],
            [
                "TT",
                "Chỉ tiêu",
                "Đơn vị",
                "Thực hiện năm 2023",
                "Năm 2024",
                None,
                None,
                None,
                "Kế hoạch năm 2025",
                "Ghi chú",
            ],
            [None, None, None, None, "Kế hoạch", "Ước thực hiện", "So sánh (%)", None],
            [None, None, None, None, None, None, "So với KH", "So với năm 2023"],
            ["1", "Tổng thu ngân sách", "Tỷ đồng", 301, 125, 222.044, "177,64", "73,8", 180],
            [None, "Trong đó: thu tiền đất", "Tỷ đồng", 180, 60, 120, "200,0", "66,7", 90],
            ["2", "Dân số trung bình", "Người", 41500, 41600, 41720, "100,3", "100,5", 41900],
            ["3", "Tỷ lệ thất nghiệp", "%", 2.4, 2.3, 2.2, "-", "-", 2.1],
            ["4", "Số giường bệnh", "Giường", 120, 120, 120, 100, 100, 130],
        ],
    )
    merge(
        ws,
        "A2:J2",
        "A4:A6",
        "B4:B6",
        "C4:C6",
        "D4:D6",
        "E4:H4",
        "E5:E6",
        "F5:F6",
        "G5:H5",
        "I4:I6",
        "J4:J6",
    )


@case(
    "disbursement_until_a_date",
    rows(
        [("2024", P, "m_vnd"), ("2024-9M", A, "m_vnd"), ("2024-9M", VS, "percent")],
        ("", "TỔNG CỘNG", 0, 5200, 3900, 75),
        ("I", "Vốn ngân sách tỉnh", 1, 3200, 2600, "81.25"),
        ("I.1", "Dự án A", 2, 1200, 1100, "91.67"),
        ("I.2", "Dự án B", 2, 2000, 1500, 75),
        ("II", "Vốn ngân sách huyện", 1, 2000, 1300, 65),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["TÌNH HÌNH THỰC HIỆN VÀ GIẢI NGÂN KẾ HOẠCH VỐN ĐẦU TƯ CÔNG NĂM 2024"],
            ["(Số liệu đến ngày 30/9/2024)"],
            [None, None, None, "ĐVT: Triệu đồng"],
            [
                "STT",
                "Danh mục dự án",
                "Kế hoạch vốn giao năm 2024",
                "Lũy kế giải ngân đến hết tháng 9/2024",
                "Tỷ lệ giải ngân (%)",
            ],
            [None, "TỔNG CỘNG", 5200, 3900, 0.75],
            ["I", "Vốn ngân sách tỉnh", 3200, 2600, 0.8125],
            [1, "Dự án A", 1200, 1100, 0.9167],
            [2, "Dự án B", 2000, 1500, 0.75],
            ["II", "Vốn ngân sách huyện", 2000, 1300, 0.65],
        ],
    )
    for row in range(5, 10):
        ws.cell(row, 5).number_format = "0.00%"


@case(
    "sections_without_markers",
    rows(
        [("2022", PREV, ""), ("2023", P, ""), ("2023", A, "")],
        ("1", ("Giá trị sản xuất công nghiệp", "bn_vnd"), 1, 500, 550, 560),
        ("2", ("Diện tích lúa", "ha"), 1, 800, 800, 795),
        ("3", ("Tỷ lệ hộ nghèo", "percent"), 1, "3.2", "2.8", "2.7"),
        ("4", ("Số trường chuẩn quốc gia", "count"), 1, 12, 13, 13),
    ),
    {("E9", "bound")},
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["KẾT QUẢ THỰC HIỆN CHỈ TIÊU KT-XH NĂM 2023"],
            [],
            ["STT", "Chỉ tiêu", "ĐVT", "Thực hiện 2022", "NQ năm 2023", "Thực hiện 2023"],
            [None, "CHỈ TIÊU KINH TẾ"],
            ["1", "Giá trị sản xuất công nghiệp", "Tỷ đồng", 500, 550, 560],
            ["2", "Diện tích lúa", "Ha", 800, 800, 795],
            [None, "CHỈ TIÊU XÃ HỘI"],
            ["3", "Tỷ lệ hộ nghèo", "%", 3.2, 2.8, 2.7],
            [None, "Tỷ lệ tham gia BHYT", "%", None, "≥ 95", None],
            ["4", "Số trường chuẩn quốc gia", "Trường", 12, 13, 13],
        ],
    )
    for row in (4, 7):
        ws.cell(row, 2).font = Font(bold=True)


@case(
    "totals_at_the_end_and_in_brackets",
    rows(
        [("2024-6M", A, "vnd"), ("2023-6M", PREV, "vnd"), ("2024-6M", YOY, "percent")],
        ("1", "Thuế môn bài", 1, 12500000, 11000000, "113.64"),
        ("2", "Thuế nhà đất", 1, 45200000, 50000000, "90.4"),
        ("3", "Hoàn thuế", 1, -1200000, 0, None),
        ("", "Tổng cộng", 0, 56500000, 61000000, "92.62"),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["Báo cáo thu 6 tháng đầu năm 2024"],
            ["Đơn vị tính: đồng"],
            ["TT", "Khoản thu", "Số thu 6 tháng", "Cùng kỳ", "So sánh cùng kỳ (%)"],
            [1, "Thuế môn bài", 12500000, 11000000, 113.64],
            [2, "Thuế nhà đất", 45200000, 50000000, 90.4],
            [3, "Hoàn thuế", -1200000, 0, None],
            [None, "Tổng cộng", 56500000, 61000000, 92.62],
            [],
            [None, "Bằng chữ: Năm mươi sáu triệu năm trăm nghìn đồng"],
        ],
    )


@case(
    "spacer_columns_and_staggered_sheet",
    rows(
        [("2024", P, "m_vnd"), ("2024-9M", A, "m_vnd"), ("2024-9M", VS, "percent")],
        ("I", "Chi đầu tư", 1, 500, 250, 50),
        ("II", "Chi thường xuyên", 1, 900, 600, "66.7"),
        ("II.-1", "Lương", 2, 700, 500, "71.4"),
        ("II.-2", "Hoạt động", 2, 200, 100, 50),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        4,
        [
            ["THỰC HIỆN CHI NGÂN SÁCH QUÝ III VÀ 9 THÁNG NĂM 2024"],
            [None] * 6 + ["Triệu đồng"],
            [
                "STT",
                None,
                "Nội dung chi",
                None,
                "Dự toán",
                None,
                "Thực hiện 9 tháng",
                None,
                "Thực hiện/dự toán (%)",
            ],
            ["I", None, "Chi đầu tư", None, 500, None, 250, None, 50],
            ["II", None, "Chi thường xuyên", None, 900, None, 600, None, 66.7],
            [None, None, "- Lương", None, 700, None, 500, None, 71.4],
            [None, None, "- Hoạt động", None, 200, None, 100, None, 50],
        ],
        left=2,
    )
