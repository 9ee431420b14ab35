"""More workbooks for the tests: traps of hierarchy, letters, numbers and layout."""

# fmt: off  (rows stand as they do in a sheet)
from __future__ import annotations

from openpyxl.styles import Alignment, Font
from workbook_cases import PREV, VS, YOY, A, P, case, merge, pct, put, rows

QUARTER = [("2024", P, "m_vnd"), ("2024-Q1", A, "m_vnd"), ("2024-Q1", VS, "percent")]
HEAD = [["STT", "NỘI DUNG", "DỰ TOÁN NĂM", "ƯỚC THỰC HIỆN QUÝ I", "SO SÁNH (%)"]]


def frame(ws, title, unit, lines, head=HEAD):
    put(ws, 1, [[title], [None, None, None, None, unit], *head, *lines])


@case(
    "letters_up_to_k_with_romans",
    rows(
        QUARTER,
        ("G", "Chi quốc phòng", 1, 10, 5, 50),
        ("H", "Chi bổ sung", 1, 30, 15, 50),
        ("H.I", "Bổ sung cân đối", 2, 20, 10, 50),
        ("H.II", "Bổ sung mục tiêu", 2, 10, 5, 50),
        ("I", "Chi trả nợ", 1, 40, 20, 50),
        ("I.I", "Trả lãi", 2, 10, 5, 50),
        ("I.II", "Trả gốc", 2, 30, 15, 50),
        ("K", "Chi chuyển nguồn", 1, 4, 2, 50),
        ("L", "Chi khác", 1, 6, 3, 50),
    ),
    held=True,
)
def _(wb):
    frame(
        wb.active,
        "CHI NGÂN SÁCH QUÝ I NĂM 2024",
        "Đơn vị: triệu đồng",
        [
            ["G", "Chi quốc phòng", 10, 5, 50],
            ["H", "Chi bổ sung", 30, 15, 50],
            ["I", "Bổ sung cân đối", 20, 10, 50],
            ["II", "Bổ sung mục tiêu", 10, 5, 50],
            ["I", "Chi trả nợ", 40, 20, 50],
            ["I", "Trả lãi", 10, 5, 50],
            ["II", "Trả gốc", 30, 15, 50],
            ["K", "Chi chuyển nguồn", 4, 2, 50],
            ["L", "Chi khác", 6, 3, 50],
        ],
    )


@case(
    "field_and_source_sections",
    rows(
        QUARTER,
        ("", "TỔNG CHI NGÂN SÁCH HUYỆN", 0, 1000, 250, 25),
        ("A", "CHI CÂN ĐỐI", 1, 900, 230, "25.56"),
        ("A.I", "Chi đầu tư phát triển", 2, 300, 60, 20),
        ("A.I.1", "Chi đầu tư cho các dự án", 3, 290, 60, "20.69"),
        ("A.I.1.-1", "Chi giáo dục - đào tạo và dạy nghề", 4, 90, 20, "22.22"),
        ("A.I.1.-2", "Chi khoa học và công nghệ", 4, None, None, None),
        ("A.I.1.-3", "Chi từ nguồn thu tiền sử dụng đất", 4, 200, 40, 20),
        ("A.I.1.-3.+1", "Đấu giá quyền sử dụng đất", 5, 150, 30, 20),
        ("A.I.1.-3.+2", "Giao đất không đấu giá", 5, 50, 10, 20),
        ("A.I.2", "Chi đầu tư phát triển khác", 3, 10, 0, 0),
        ("A.II", "Chi thường xuyên", 2, 580, 170, "29.31"),
        ("A.II.1", "Chi giáo dục - đào tạo và dạy nghề", 3, 300, 90, 30),
        ("A.II.2", "Chi sự nghiệp khác", 3, 280, 80, "28.57"),
        ("A.III", "Dự phòng ngân sách", 2, 20, None, None),
        ("B", "CHI TỪ NGUỒN BỔ SUNG CÓ MỤC TIÊU", 1, 100, 20, 20),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    frame(
        ws,
        "ƯỚC THỰC HIỆN CHI NGÂN SÁCH HUYỆN QUÝ I NĂM 2024",
        "Đơn vị: Triệu đổng",
        [
            [None, "TỔNG CHI NGÂN SÁCH HUYỆN", 1000, 250, 25],
            ["A", "CHI CÂN ĐỐI", 900, 230, 25.56],
            ["I", "Chi đầu tư phát triển", 300, 60, 20],
            ["1", "Chi đầu tư cho các dự án", 290, 60, 20.69],
            [None, "Trong đó: Chia theo lĩnh vực"],
            ["-", "Chi giáo dục - đào tạo và dạy nghề", 90, 20, 22.22],
            ["-", "Chi khoa học và công nghệ"],
            [None, "Trong đó: Chia theo nguồn vốn"],
            ["-", "Chi từ nguồn thu tiền sử dụng đất", 200, 40, 20],
            ["+", "Đấu giá quyền sử dụng đất", 150, 30, 20],
            ["+", "Giao đất không đấu giá", 50, 10, 20],
            ["2", "Chi đầu tư phát triển khác", 10, 0, 0],
            ["II", "Chi thường xuyên", 580, 170, 29.31],
            [None, "Trong đó:"],
            ["1", "Chi giáo dục - đào tạo và dạy nghề", 300, 90, 30],
            ["2", "Chi sự nghiệp khác", 280, 80, 28.57],
            ["III", "Dự phòng ngân sách", 20, "-", "-"],
            ["B", "CHI TỪ NGUỒN BỔ SUNG CÓ MỤC TIÊU", 100, 20, 20],
        ],
        [
            ["STT", "NỘI DUNG", "DỰ TOÁN NĂM", "ƯỚC THỰC HIỆN QUÝ I", "SO SÁNH ƯTH/DT (%)"],
            ["A", "B", "(1)", "(2)", "(3)=(2)/(1)"],
        ],
    )
    merge(ws, "A1:E1")


@case(
    "years_with_unit_column_and_label_markers",
    rows(
        [("2016", A, ""), ("2017", A, ""), ("2018", A, ""), ("2019", A, "")],
        ("1", ("Dân số trung bình", "persons"), 1, 1650000, 1670000, 1690000, 1800000),
        ("1.-1", ("Thành thị", "persons"), 2, 190000, 192500, 195000, 210000),
        ("1.-2", ("Nông thôn", "persons"), 2, 1460000, 1477500, 1495000, 1590000),
        ("2", ("GRDP bình quân đầu người", "usd"), 1, 1650, 1720, 2130, 2370),
        ("3", ("Tốc độ tăng trưởng", "percent"), 1, "10.4", "13.5", "16.01", "16.2"),
        ("4", ("Sản lượng thịt hơi", "tonnes"), 1, 210500, 214000, 220100, None),
    ),
    {("F10", "text")},
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["CHỈ TIÊU KINH TẾ - XÃ HỘI CHỦ YẾU GIAI ĐOẠN 2016-2019"],
            [],
            ["Chỉ tiêu", "ĐV tính", 2016, 2017, 2018, 2019],
            ["1. Dân số trung bình", "Nghìn người", 1650, 1670, 1690, 1800],
            ["- Thành thị", "Nghìn người", 190, 192.5, 195, 210],
            ["- Nông thôn", "Nghìn người", 1460, 1477.5, 1495, 1590],
            ["2. GRDP bình quân đầu người", "USD/người", 1650, 1720, 2130, 2370],
            ["3. Tốc độ tăng trưởng", "%", 10.4, 13.5, 16.01, 16.2],
            [],
            ["4. Sản lượng thịt hơi", "Nghìn tấn", 210.5, 214, 220.1, "chưa có số liệu"],
        ],
    )


@case(
    "numbers_as_texts",
    rows(
        [("2023", P, "vnd"), ("2023", A, "vnd"), ("2023", VS, "percent")],
        ("I", "Thu 100%", 1, 1250000000, 1312500000, 105),
        ("II", "Thu phân chia", 1, 850500000, 800000000, "94.06"),
        ("III", "Thu bổ sung", 1, 12000, None, None),
        ("IV", "Hoàn trả", 1, -5000, -4500, 90),
    ),
    {("D7", "text"), ("E7", "text")},
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["QUYẾT TOÁN THU NGÂN SÁCH XÃ NĂM 2023"],
            [None, None, None, None, "ĐVT: đồng"],
            ["STT", "Nội dung", "Dự toán", "Quyết toán", "Tỷ lệ (%)"],
            ["I", "Thu 100%", "1.250.000.000", " 1.312.500.000 ", "105"],
            ["II", "Thu phân chia", "850.500.000", "800 000 000", "94,06%"],
            [],
            ["III", "Thu bổ sung", "12.000", "#", "không có"],
            ["IV", "Hoàn trả", "-5.000", "−4.500", "90,0"],
        ],
    )


@case(
    "side_by_side_tables_with_gap",
    rows(
        [("2024", P, "m_vnd"), ("2024-6M", A, "m_vnd")],
        ("1", "Thuế", 1, 100, 55),
        ("2", "Phí", 1, 50, 20),
        ("2.a", "Phí trung ương", 2, 30, 10),
    )
    + rows(
        [("2024", P, "bn_vnd"), ("2024-6M", A, "bn_vnd")],
        ("1", "Đầu tư", 1, "1.5", "0.7"),
        ("2", "Thường xuyên", 1, "2.5", "1.2"),
        ("3", "Khác", 1, 0, 0),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["BÁO CÁO THU, CHI NGÂN SÁCH 6 THÁNG ĐẦU NĂM 2024"],
            [
                None,
                "Phần thu",
                None,
                "Đơn vị: triệu đồng",
                None,
                None,
                "Phần chi",
                None,
                "Đơn vị: tỷ đồng",
            ],
            [
                "TT",
                "Nội dung",
                "Dự toán",
                "Thực hiện",
                None,
                "TT",
                "Nội dung",
                "Dự toán",
                "Thực hiện",
            ],
            [1, "Thuế", 100, 55, None, 1, "Đầu tư", 1.5, 0.7],
            [2, "Phí", 50, 20, None, 2, "Thường xuyên", 2.5, 1.2],
            ["a)", "Phí trung ương", 30, 10, None, 3, "Khác", 0, 0],
        ],
    )


@case(
    "no_diacritics",
    rows(
        QUARTER,
        ("A", "TONG THU NSNN", 1, 900, 200, "22.2"),
        ("A.I", "Thu noi dia", 2, 900, 200, "22.2"),
        ("", "Trong do: tien su dung dat", 3, 300, 50, "16.7"),
        ("B", "THU BO SUNG", 1, 100, 25, 25),
    ),
    held=True,
)
def _(wb):
    frame(
        wb.active,
        "UOC THUC HIEN THU NGAN SACH QUY I NAM 2024",
        "Don vi: Trieu dong",
        [
            ["A", "TONG THU NSNN", 900, 200, 22.2],
            ["I", "Thu noi dia", 900, 200, 22.2],
            [None, "Trong do: tien su dung dat", 300, 50, 16.7],
            ["B", "THU BO SUNG", 100, 25, 25],
            [None, None, None, "TM. UY BAN NHAN DAN"],
        ],
        [["STT", "NOI DUNG", "DU TOAN NAM", "UOC THUC HIEN QUY I", "SO SANH UTH/DT (%)"]],
    )


@case(
    "lost_letters",
    rows(
        QUARTER,
        ("A", "TNG THU NGÂN SÁCH", 1, 900, 200, "22.2"),
        ("A.I", "Thu ni đa", 2, 900, 200, "22.2"),
        ("A.I.1", "Thuế t khu vc nhà nưc", 3, 300, 50, "16.7"),
        ("A.I.2", "L phí trưc b", 3, 600, 150, 25),
    ),
    held=True,
)
def _(wb):
    frame(
        wb.active,
        "ƯC THC HIN THU NGÂN SÁCH QUÝ I NĂM 2024",
        "Đơn v: Triu đng",
        [
            ["A", "TNG THU NGÂN SÁCH", 900, 200, 22.2],
            ["I", "Thu ni đa", 900, 200, 22.2],
            ["1", "Thuế t khu vc nhà nưc", 300, 50, 16.7],
            ["2", "L phí trưc b", 600, 150, 25],
        ],
        [["STT", "NI DUNG", "D TOÁN NĂM", "ƯC THC HIN QUÝ I", "SO SÁNH VI D TOÁN (%)"]],
    )


@case(
    "unlabelled_year_heading_by_heading_units",
    rows(
        [
            ("2022", PREV, "bn_vnd"),
            ("2023", A, "bn_vnd"),
            ("2023", YOY, "percent"),
            ("2023", "share_percent", "percent"),
        ],
        ("", "Tổng số", 0, 4000, 4400, 110, 100),
        ("I", "Nông, lâm nghiệp và thủy sản", 1, 1000, 1050, 105, "23.9"),
        ("I.1", "Nông nghiệp", 2, 800, 840, 105, "19.1"),
        ("II", "Công nghiệp và xây dựng", 1, 2000, 2250, "112.5", "51.1"),
        ("III", "Dịch vụ", 1, 1000, 1100, 110, 25),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["GIÁ TRỊ SẢN XUẤT THEO GIÁ HIỆN HÀNH"],
            [
                "STT",
                "Ngành",
                "Năm 2022 (tỷ đồng)",
                "Năm 2023 (tỷ đồng)",
                "Năm 2023 so với năm 2022 (%)",
                "Cơ cấu năm 2023 (%)",
            ],
            [None, "Tổng số", 4000, 4400, 110, 100],
            ["I", "Nông, lâm nghiệp và thủy sản", 1000, 1050, 105, 23.9],
            [1, "Nông nghiệp", 800, 840, 105, 19.1],
            ["II", "Công nghiệp và xây dựng", 2000, 2250, 112.5, 51.1],
            ["III", "Dịch vụ", 1000, 1100, 110, 25],
        ],
    )


@case(
    "marker_and_label_under_one_heading",
    rows(
        [
            ("2024", P, "m_vnd"),
            ("2024", A, "m_vnd"),
            ("2023", PREV, "m_vnd"),
            ("2024", VS, "percent"),
            ("2024", YOY, "percent"),
        ],
        ("", "TỔNG THU", 0, 5000, "5500.5", 4900, "110.01", "112.3"),
        ("I", "Thu nội địa", 1, 4000, 4400, 3900, 110, "112.8"),
        ("I.1", "Thuế ngoài quốc doanh", 2, 1500, 1600, 1400, "106.7", "114.3"),
        ("I.2", "Thu khác", 2, 2500, 2800, 2500, 112, 112),
        ("II", "Thu chuyển giao", 1, 1000, "1100.5", 1000, "110.05", "110.05"),
        ("", "TỔNG CHI", 0, 5000, 4800, 4500, 96, "106.7"),
        ("I", "Chi đầu tư", 1, 2000, 1900, 1800, 95, "105.6"),
        ("II", "Chi thường xuyên", 1, 3000, 2900, 2700, "96.7", "107.4"),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        2,
        [
            [None, "TỔNG HỢP THU, CHI NGÂN SÁCH NĂM 2024 (Đvt: Triệu đồng)"],
            [],
            [None, "Chỉ tiêu", None, "Năm 2024", None, "Thực hiện năm 2023", "So sánh (%)", None],
            [None, None, None, "DT HĐND giao", "Thực hiện", None, "TH/DT", "Cùng kỳ"],
            [None, "TỔNG THU", None, 5000, 5500.5, 4900, 110.01, 112.3],
            [None, "I", "Thu nội địa", 4000, 4400, 3900, 110, 112.8],
            [None, "1", "Thuế ngoài quốc doanh", 1500, 1600, 1400, 106.7, 114.3],
            [None, "2", "Thu khác", 2500, 2800, 2500, 112, 112],
            [None, "II", "Thu chuyển giao", 1000, 1100.5, 1000, 110.05, 110.05],
            [None, "TỔNG CHI", None, 5000, 4800, 4500, 96, 106.7],
            [None, "I", "Chi đầu tư", 2000, 1900, 1800, 95, 105.6],
            [None, "II", "Chi thường xuyên", 3000, 2900, 2700, 96.7, 107.4],
        ],
    )
    merge(ws, "B2:H2", "B4:C5", "D4:E4", "F4:F5", "G4:H4", "B6:C6", "B11:C11")


@case(
    "fractions_without_format",
    rows(
        [
            ("2024", P, "m_vnd"),
            ("2024-Q3", A, "m_vnd"),
            ("2024-Q3", VS, "percent"),
            ("2024-Q3", YOY, "percent"),
        ],
        ("A", "Tổng thu", 1, 1000, 750, 75, "98.5"),
        ("A.1", "Thuế", 2, 600, 480, 80, "101.5"),
        ("A.2", "Phí", 2, 400, 270, "67.5", 93),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["Ước thực hiện thu NSNN Quý III năm 2024"],
            [None] * 5 + ["ĐVT: triệu đồng"],
            [
                "STT",
                "Nội dung",
                "Dự toán năm",
                "Ước thực hiện Quý III",
                "So sánh ước thực hiện với",
                None,
            ],
            [None, None, None, None, "Dự toán năm (%)", "Cùng kỳ năm trước (%)"],
            ["A", "Tổng thu", 1000, 750, 0.75, 0.985],
            [1, "Thuế", 600, 480, 0.8, 1.015],
            [2, "Phí", 400, 270, 0.675, 0.93],
        ],
    )
    merge(ws, "E3:F3", "A3:A4")


@case(
    "yearbook_totals_by_indent_spaces",
    rows(
        [("2020", A, "m_vnd"), ("2021", A, "m_vnd"), ("2022", A, "m_vnd")],
        ("", "Tổng số", 0, 900, 1000, 1100),
        ("", "Vốn Nhà nước", 1, 400, 450, 500),
        ("", "Trung ương", 2, 100, 110, 120),
        ("", "Địa phương", 2, 300, 340, 380),
        ("", "Vốn ngoài Nhà nước", 1, 450, 500, 550),
        ("", "Đầu tư nước ngoài", 1, 50, 50, 50),
    ),
    held=True,
)
def _(wb):
    ws = wb.active
    put(
        ws,
        1,
        [
            ["Vốn đầu tư thực hiện trên địa bàn"],
            [None, None, None, "ĐVT: Tr.đồng"],
            ["Nguồn vốn", "2020", "2021", "Sơ bộ 2022"],
            ["Tổng số", 900, 1000, 1100],
            ["   Vốn Nhà nước", 400, 450, 500],
            ["      Trung ương", 100, 110, 120],
            ["      Địa phương", 300, 340, 380],
            ["   Vốn ngoài Nhà nước", 450, 500, 550],
            ["   Đầu tư nước ngoài", 50, 50, 50],
            ["Nguồn: Niên giám thống kê 2022"],
        ],
    )
    for cell in ws[4]:
        cell.font = Font(bold=True)
    ws["A1"].alignment = Alignment(horizontal="center")
    pct(ws, "F1:F2")
