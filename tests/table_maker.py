"""Tables drawn at random in the layouts of offices, with the rows that they must give.

A drawn table knows its own rows, because the layout is chosen after the figures: the same tree
of figures may be shown with or without merged cells, markers in a column or before the labels,
percents as text, as fractions or as numbers, blank rows, sign-off lines.
"""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from hlanalysis.grids import Box, Sheet, Style, Workbook

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
LETTERS = ["A", "B", "C", "D", "Đ", "E", "G", "H", "I", "K"]
SMALL = ["a", "b", "c", "d", "đ", "e", "g", "h"]
SCHEMES = ["A I 1 -", "A I 1 a", "A 1 -", "I 1 -", "I 1 a -", "1 -", "1 a", "I 1 1.1", "1 1.1 1.1.1", "A I 1 1.1"]
UNITS = {
    "m_vnd": ["Đơn vị: Triệu đồng", "ĐVT: triệu đồng", "Đơn vị tính: Tr.đồng", "(Đơn vị: 1.000.000 đồng)", "Đơn vị: Triệu dồng"],
    "k_vnd": ["Đơn vị: 1.000 đồng", "ĐVT: nghìn đồng", "Đơn vị tính: 1000 đ"],
    "vnd": ["Đơn vị: đồng", "ĐVT: Đồng", "Đơn vị tính: VNĐ"],
    "bn_vnd": ["Đơn vị: tỷ đồng", "Đơn vị tính: Tỷ đồng", "ĐVT: tỉ đồng"],
}
WORDS = (
    "Thu từ khu vực doanh nghiệp|Thuế thu nhập cá nhân|Lệ phí trước bạ|Thu phí, lệ phí|Thu khác ngân sách|Chi giáo dục - đào tạo|"
    "Chi sự nghiệp kinh tế|Chi quản lý nhà nước|Chi bảo đảm xã hội|Dự phòng ngân sách|Thu tiền sử dụng đất|Các khoản thu hưởng 100%|"
    "Thu bổ sung từ ngân sách cấp trên|Chi đầu tư xây dựng cơ bản|Vốn vay|Chi thường xuyên khác|Thu kết dư năm trước|Thu viện trợ (nếu có)|"
    "Chi từ nguồn năm 2023 chuyển sang|Hỗ trợ 50% kinh phí|Thuế bảo vệ môi trường|Tiền cho thuê đất, thuê mặt nước|Chi khoa học và công nghệ"
).split("|")
PERIODS = {
    "2024-Q1": ["QUÝ I NĂM 2024", "QUÝ 1/2024", "03 THÁNG ĐẦU NĂM 2024"],
    "2024-6M": ["6 THÁNG ĐẦU NĂM 2024", "06 THÁNG NĂM 2024", "6 THÁNG NĂM 2024"],
    "2024-9M": ["9 THÁNG NĂM 2024", "09 THÁNG ĐẦU NĂM 2024"],
    "2024-Q3": ["QUÝ III NĂM 2024", "QUÝ III/2024"],
    "2024": ["NĂM 2024", "CẢ NĂM 2024"],
}


@dataclass
class Column:
    """A value column: heading texts top to bottom, meaning, and how it is computed."""

    parts: tuple[str, ...]
    measure: str
    period: str
    series: str = ""
    index: str = ""

    @property
    def percent(self) -> bool:
        return self.measure.endswith("percent")


@dataclass
class Made:
    """A workbook and the rows it must give."""

    workbook: Workbook
    gold: list[tuple]
    notes: list[str] = field(default_factory=list)


def column_sets(draw: random.Random, period: str, text: str) -> list[Column]:
    """Return one of the usual sets of columns for a period."""
    year, part = period[:4], period[4:]
    before = f"{int(year) - 1}{part}"
    short = {"2024-Q1": "quý I", "2024-6M": "6 tháng", "2024-9M": "9 tháng", "2024-Q3": "quý III", "2024": "năm"}[period]
    up = draw.choice([str.upper, str, str.capitalize])
    p, a, pr, vs, yoy = "plan", "actual", "previous_actual", "vs_plan_percent", "yoy_percent"
    sets = [
        [Column((up("Dự toán năm"),), p, year), Column((up(f"Ước thực hiện {short}"),), a, period),
         Column((up("So sánh ước thực hiện với (%)"), up("Dự toán năm")), vs, period),
         Column((up("So sánh ước thực hiện với (%)"), up("Cùng kỳ năm trước")), yoy, period)],
        [Column((up("Kế hoạch năm 2024"),), p, year), Column((up("Thực hiện"),), a, period),
         Column((up("Cùng kỳ năm trước"),), pr, before), Column((up("TH/KH (%)"),), vs, period),
         Column((up("% so cùng kỳ"),), yoy, period)],
        [Column((up("Dự toán"), up("Tổng số")), p, year, up("Tổng số")), Column((up("Dự toán"), "ĐTPT"), p, year, "ĐTPT"),
         Column((up("Dự toán"), "TX"), p, year, "TX"), Column((up("Thực hiện"), up("Tổng số")), a, period, up("Tổng số")),
         Column((up("Thực hiện"), "ĐTPT"), a, period, "ĐTPT"), Column((up("Thực hiện"), "TX"), a, period, "TX")],
        [Column((up("Dự toán năm 2024"), up("Thu NSNN")), p, year, up("Thu NSNN")), Column((up("Dự toán năm 2024"), up("Thu NSX")), p, year, up("Thu NSX")),
         Column((up("Thực hiện"), up("Thu NSNN")), a, period, up("Thu NSNN")), Column((up("Thực hiện"), up("Thu NSX")), a, period, up("Thu NSX")),
         Column((up("So sánh (%)"), up("Thu NSNN")), vs, period, up("Thu NSNN")), Column((up("So sánh (%)"), up("Thu NSX")), vs, period, up("Thu NSX"))],
        [Column((up("DT giao"),), p, year), Column((up("Kết quả thực hiện"),), a, period), Column((up("Tỷ lệ (%)"),), vs, period)],
        [Column((up("Dự toán"),), p, year), Column((up("Quyết toán"),), a, period),
         Column((up("So sánh"), up("Tuyệt đối")), "difference", period), Column((up("So sánh"), up("Tương đối (%)")), vs, period)],
    ]
    years = [Column((f"Năm {y}",) if draw.random() < 0.5 else (str(y),), a, str(y)) for y in (2019, 2020, 2021, 2022)]
    if draw.random() < 0.3:
        years[-1] = Column(("Sơ bộ 2022",), a, "2022")
    if draw.random() < 0.4:
        years = [Column((up("Thực hiện các năm"), *c.parts), c.measure, c.period) for c in years]
    return draw.choice([*sets, years])


def tree(draw: random.Random, scheme: list[str]) -> list[tuple[str, str, str, int]]:
    """Return rows (marker shown, code, label, level) of a random tree."""
    found: list[tuple[str, str, str, int]] = []

    def name(depth: int, place: int, above: str) -> str:
        kind = scheme[depth]
        if kind == "A":
            return LETTERS[place]
        if kind == "I":
            return ROMAN[place]
        if kind == "a":
            return SMALL[place]
        if "." in kind:
            return f"{above}.{place + 1}"
        return "-" if kind == "-" else str(place + 1)

    def grow(depth: int, code: str, above: str) -> None:
        for place in range(draw.randint(1, 3) if depth else draw.randint(2, 4)):
            own = name(depth, place, above)
            if own == "-":
                full = f"{code}.-{place + 1}" if code else f"-{place + 1}"
            elif "." in scheme[depth]:
                full = f"{code}.{place + 1}"
            else:
                full = f"{code}.{own}" if code else own
            found.append((own, full, draw.choice(WORDS), depth + 1))
            if own != "-" and draw.random() < 0.15:
                found.append(("", "", "Trong đó: " + draw.choice(WORDS).lower(), depth + 2))
            if depth + 1 < len(scheme) and own != "-" and draw.random() < 0.7:
                grow(depth + 1, full, own)

    grow(0, "", "")
    return found


def make(seed: int) -> Made:
    """Draw one workbook."""
    draw = random.Random(seed)
    period = draw.choice(list(PERIODS))
    text = draw.choice(PERIODS[period])
    columns = column_sets(draw, period, text)
    scheme = draw.choice(SCHEMES).split()
    lines = tree(draw, scheme)
    if draw.random() < 0.5:
        lines.insert(0, ("", "", draw.choice(["TỔNG SỐ", "TỔNG CỘNG", "TỔNG THU NGÂN SÁCH"]), 0))
    unit = draw.choice(list(UNITS))
    sheet = Sheet(draw.choice(["Bieu 1", "Thu", "95 CK", "Sheet1"]))
    left = draw.choice([1, 1, 1, 2])
    in_label = draw.random() < 0.25 and "1.1" not in scheme
    label = left if in_label else left + 1
    first = label + 1
    width = first + len(columns) - 1
    row = draw.choice([1, 1, 2, 3])
    put(sheet, row, left, "UBND HUYỆN A")
    put(sheet, row, width, f"Biểu số {draw.randint(1, 120)}/CK-NSNN")
    row += draw.choice([1, 2])
    put(sheet, row, left, f"ƯỚC THỰC HIỆN THU NGÂN SÁCH {text}")
    if draw.random() < 0.7:
        sheet.merged.append(Box(row, left, row, width))
    row += 1
    if draw.random() < 0.6:
        put(sheet, row, left, "(Kèm theo Báo cáo số 15/BC-UBND ngày 12 tháng 4 năm 2025 của UBND huyện A)")
        row += draw.choice([1, 2])
    put(sheet, row, draw.choice([width, width - 1, first]), draw.choice(UNITS[unit]))
    row += 1
    row = heading(draw, sheet, row, left, label, first, columns, in_label)
    gold = body(draw, sheet, row, left, label, first, columns, lines, unit, in_label)
    end = max(sheet.rows) + draw.choice([1, 2])
    if draw.random() < 0.7:
        put(sheet, end, width - 1, "Huyện A, ngày 12 tháng 4 năm 2024")
        put(sheet, end + 1, label, "NGƯỜI LẬP BIỂU")
        put(sheet, end + 1, width - 1, "TM. ỦY BAN NHÂN DÂN")
        put(sheet, end + 2, width - 1, "CHỦ TỊCH")
    elif draw.random() < 0.5:
        put(sheet, end, left, "Ghi chú: chưa gồm 1.250 triệu đồng tạm ứng.")
    return Made(Workbook(f"made_{seed}.xlsx", (sheet,)), gold)


def put(sheet: Sheet, row: int, column: int, value: object) -> None:
    if value is not None:
        sheet.rows.setdefault(row, {})[column] = float(value) if isinstance(value, int) else value


def heading(
    draw: random.Random, sheet: Sheet, row: int, left: int, label: int, first: int,
    columns: list[Column], in_label: bool,
) -> int:
    depth = max(len(column.parts) for column in columns)
    merged = draw.random() < 0.7
    if not in_label:
        put(sheet, row, left, draw.choice(["STT", "TT", "Số TT", "STT\nNo."]))
    put(sheet, row, label, draw.choice(["NỘI DUNG", "Chỉ tiêu", "Nội dung", "CHỈ TIÊU"]))
    if merged and depth > 1:
        for column in {left, label}:
            sheet.merged.append(Box(row, column, row + depth - 1, column))
    start = 0
    while start < len(columns):
        stop = start + 1
        while stop < len(columns) and len(columns[start].parts) > 1 and columns[stop].parts[0] == columns[start].parts[0]:
            stop += 1
        top = columns[start].parts[0]
        put(sheet, row, first + start, float(top) if top.isdecimal() else top)
        if len(columns[start].parts) == 1:
            if merged and depth > 1:
                sheet.merged.append(Box(row, first + start, row + depth - 1, first + start))
        else:
            if stop - start > 1 and merged:
                sheet.merged.append(Box(row, first + start, row, first + stop - 1))
            for column in range(start, stop):
                leaf = columns[column].parts[1]
                put(sheet, row + 1, first + column, float(leaf) if leaf.isdecimal() else leaf)
        start = stop
    row += depth
    if draw.random() < 0.5:
        put(sheet, row, left, "A")
        if not in_label:
            put(sheet, row, label, "B")
        for place in range(len(columns)):
            put(sheet, row, first + place, place + 1)
        row += 1
    return row


def body(
    draw: random.Random, sheet: Sheet, row: int, left: int, label: int, first: int,
    columns: list[Column], lines: list[tuple[str, str, str, int]], unit: str, in_label: bool,
) -> list[tuple]:
    gold = []
    shown = draw.choice(["number", "format", "text"])
    numbers_as_text = draw.random() < 0.15
    typed = draw.random() < 0.6
    suffix = draw.choice(["", "", ".", ")"])
    spaces = draw.random() < 0.3
    for marker, code, words, level in lines:
        if in_label:
            sign = f"{marker}. " if marker and marker != "-" else "- " if marker else ""
            put(sheet, row, label, sign + words)
        else:
            if marker:
                number = typed and marker.isdecimal()
                put(sheet, row, left, int(marker) if number else marker + (suffix if marker != "-" else ""))
            put(sheet, row, label, ("   " * level if spaces else "") + words)
        for place, column in enumerate(columns):
            value = cell(draw, sheet, row, first + place, column, shown, numbers_as_text)
            if value is not None:
                gold.append((code, words, level, column.period, column.measure, column.series, value,
                             "percent" if column.percent else unit))
        row += 1
        if draw.random() < 0.05:
            row += 1
    return gold


def cell(
    draw: random.Random, sheet: Sheet, row: int, column: int, meaning: Column, shown: str, as_text: bool
) -> Decimal | None:
    """Fill one cell; return the value it must give, None for none."""
    lot = draw.random()
    if lot < 0.08:
        put(sheet, row, column, draw.choice(["-", "x", "–", "X"]))
        return None
    if lot < 0.16:
        return None
    if meaning.percent:
        value = Decimal(draw.randint(100, 25000)).scaleb(-2)
        if shown == "format":
            put(sheet, row, column, float(value / 100))
            sheet.styles.setdefault(row, {})[column] = Style(2, True)
        elif shown == "text":
            put(sheet, row, column, str(value).replace(".", ",") + draw.choice(["", "%"]))
        else:
            put(sheet, row, column, float(value))
        return value
    value = Decimal(draw.choice([0, draw.randint(1, 999), draw.randint(1000, 5_000_000)]))
    if as_text:
        put(sheet, row, column, f"{value:,}".replace(",", "."))
    else:
        put(sheet, row, column, float(value))
    return value
