"""Indicator tables drawn at random, a unit in every row, with the rows that they must give."""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

import random
from decimal import Decimal

from table_maker import Made, put

from hlanalysis.grids import Sheet, Style, Workbook

INDICATORS = [
    ("Tốc độ tăng trưởng kinh tế", "percent", 1, ["%"]), ("Tổng giá trị sản xuất", "bn_vnd", 1, ["Tỷ đồng", "tỷ đồng", "Tỷ.đ"]),
    ("Thu ngân sách trên địa bàn", "m_vnd", 1, ["Triệu đồng", "Tr.đồng", "trđ"]), ("Diện tích gieo trồng lúa", "ha", 1, ["ha", "Ha"]),
    ("Thu nhập bình quân đầu người", "m_vnd", 1, ["Triệu đồng/người", "Trđ/người/năm"]), ("Dân số trung bình", "persons", 1000, ["Nghìn người", "1.000 người"]),
    ("Sản lượng lương thực có hạt", "tonnes", 1, ["Tấn", "tấn"]), ("Sản lượng thịt hơi", "tonnes", 1000, ["Nghìn tấn", "1000 tấn", "ngàn tấn"]),
    ("Số lao động được tạo việc làm", "persons", 1, ["Người", "Lao động", "người"]), ("Tỷ lệ hộ nghèo", "percent", 1, ["%"]),
    ("Tỷ suất sinh thô", "per_mille", 1, ["‰"]), ("Khách du lịch đến địa bàn", "visits", 1, ["Lượt", "Lượt khách", "lượt người"]),
    ("Xã đạt chuẩn nông thôn mới", "count", 1, ["Xã", "xã"]), ("Số giường bệnh", "count", 1, ["Giường", "giường"]),
    ("Kim ngạch xuất khẩu", "m_usd", 1, ["Triệu USD", "Tr.USD"]), ("Năng suất lúa cả năm", "quintals", 1, ["Tạ/ha", "tạ/ha"]),
    ("Hộ gia đình văn hóa", "households", 1, ["Hộ", "hộ"]), ("Điện thương phẩm", "kwh", 10**6, ["Triệu kWh", "triệu Kwh"]),
]
PARTS = {"": ("NĂM 2024", "năm"), "-6M": ("6 THÁNG ĐẦU NĂM 2024", "6 tháng"), "-9M": ("9 THÁNG NĂM 2024", "9 tháng")}
NOT_ONE_NUMBER = ["7,5-8,0", "< 7", "Khoảng 5", "Đạt", "-", None]


def columns_of(draw: random.Random, part: str) -> list[tuple[str, str, str]]:
    """Return (heading, measure, period) of the value columns."""
    short, now, before = PARTS[part][1], f"2024{part}", f"2023{part}"
    return draw.choice([
        [(f"TH {short} 2023", "previous_actual", before), ("KH năm 2024", "plan", "2024"),
         (f"ƯTH {short} 2024", "actual", now), ("ƯTH/KH (%)", "vs_plan_percent", now)],
        [("Kế hoạch\nnăm 2024", "plan", "2024"), (f"Ước thực hiện\n{short}", "actual", now), ("Cùng kỳ\nnăm trước", "previous_actual", before),
         ("% so với KH", "vs_plan_percent", now), ("% so với cùng kỳ", "yoy_percent", now)],
        [("Mục tiêu Nghị quyết", "plan", "2024"), ("Kết quả thực hiện", "actual", now), ("Tỷ lệ hoàn thành (%)", "vs_plan_percent", now)],
    ])


class _Table:
    """One table while it is drawn."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.sheet = Sheet("KTXH")
        self.gold: list[tuple] = []
        self.part = self.draw.choice(list(PARTS))
        self.columns = columns_of(self.draw, self.part)
        self.in_column = self.draw.random() < 0.6
        self.note = self.draw.random() < 0.5
        self.first = 4 if self.in_column else 3
        self.row = 1

    def head(self) -> None:
        draw = self.draw
        put(self.sheet, 1, 1, "PHỤ LỤC")
        put(self.sheet, 2, 1, draw.choice(["TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI ", "BIỂU TỔNG HỢP CHỈ TIÊU "]) + PARTS[self.part][0])
        heads = [draw.choice(["STT", "TT"]), draw.choice(["Chỉ tiêu", "CHỈ TIÊU", "Tên chỉ tiêu", "Chỉ tiêu chủ yếu"])]
        heads += [draw.choice(["ĐVT", "Đơn vị tính", "Đơn vị", "ĐV tính"])] if self.in_column else []
        heads += [heading for heading, _, _ in self.columns] + (["Ghi chú"] if self.note else [])
        for place, text in enumerate(heads):
            put(self.sheet, 4, place + 1, text)
        self.row = 5

    def line(self, marker: object, label: str, code: str, level: int, unit: str, factor: int, written: str) -> None:
        put(self.sheet, self.row, 1, marker)
        put(self.sheet, self.row, 2, label if self.in_column else f"{label} ({written})")
        if self.in_column:
            put(self.sheet, self.row, 3, written)
        for place, (_, measure, period) in enumerate(self.columns):
            column = self.first + place
            if measure.endswith("percent"):
                value, used = self.percent(column, unit), "percent"
            else:
                value, used = self.amount(column, unit), unit
            if value is not None:
                scale = 1 if measure.endswith("percent") else factor
                self.gold.append((code, label, level, period, measure, "", value * scale, used))
        if self.note:
            put(self.sheet, self.row, self.first + len(self.columns), self.draw.choice(["Đạt", "Vượt", "Không đạt", None]))
        self.row += 1

    def percent(self, column: int, unit: str) -> Decimal | None:
        if unit in ("percent", "per_mille") or self.draw.random() < 0.15:
            put(self.sheet, self.row, column, self.draw.choice([None, "-", "x"]))
            return None
        value = Decimal(self.draw.randint(500, 20000)).scaleb(-2)
        shown = self.draw.choice(["number", "text", "format"])
        if shown == "text":
            put(self.sheet, self.row, column, str(value).replace(".", ",") + "%")
        elif shown == "format":
            put(self.sheet, self.row, column, float(value / 100))
            self.sheet.styles.setdefault(self.row, {})[column] = Style(2, True)
        else:
            put(self.sheet, self.row, column, float(value))
        return value

    def amount(self, column: int, unit: str) -> Decimal | None:
        lot = self.draw.random()
        if lot < 0.08:
            put(self.sheet, self.row, column, self.draw.choice(NOT_ONE_NUMBER))
            return None
        whole = Decimal(self.draw.randint(1, 9999))
        value = whole / 10 if unit == "percent" or lot > 0.7 else whole
        if lot < 0.25 and value != value.to_integral_value():
            put(self.sheet, self.row, column, str(value).replace(".", ","))
        elif unit == "percent" and lot < 0.4:
            put(self.sheet, self.row, column, float(value / 100))
            self.sheet.styles.setdefault(self.row, {})[column] = Style(2, True)
        else:
            put(self.sheet, self.row, column, float(value))
        return value


def make_indicators(seed: int) -> Made:
    """Draw one workbook."""
    table = _Table(seed)
    draw = table.draw
    table.head()
    sections = draw.choice([["I", "II", "III"], ["A", "B", "C"], []])
    runs_on, number = draw.random() < 0.5, 0
    left = INDICATORS[:]
    draw.shuffle(left)
    for section in sections or [""]:
        if section:
            put(table.sheet, table.row, 1, section)
            put(table.sheet, table.row, 2, draw.choice(["Kinh tế", "Xã hội", "Môi trường"]))
            table.row += 1
        number = number if runs_on else 0
        for _ in range(draw.randint(2, 5)):
            label, unit, factor, spellings = left.pop()
            number += 1
            code, level = (f"{section}.{number}", 2) if section else (str(number), 1)
            table.line(number if draw.random() < 0.7 else str(number), label, code, level, unit, factor, draw.choice(spellings))
            if draw.random() < 0.3:
                if draw.random() < 0.4:
                    put(table.sheet, table.row, 2, draw.choice(["Trong đó:", "Tr.đó:"]))
                    table.row += 1
                for place in range(draw.randint(1, 3)):
                    words = draw.choice(["Nông nghiệp", "Công nghiệp - xây dựng", "Dịch vụ", "Khu vực nông thôn"])
                    table.line("-", words, f"{code}.-{place + 1}", level + 1, unit, factor, draw.choice(spellings))
    if draw.random() < 0.5:
        put(table.sheet, table.row + 1, 1, "Ghi chú: số liệu ước tính đến 30/6/2024.")
    return Made(Workbook(f"indicators_{seed}.xlsx", (table.sheet,)), table.gold)
