"""Layouts met in the wild: whose year a column has, blocks inside a table, odd last rows."""

# ruff: noqa: E501
from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import Workbook

from hlanalysis.reading.table.columns import name_series
from hlanalysis.reading.table.headings import default_measure, read_heading
from hlanalysis.reading.table.measures import meanings
from hlanalysis.reading.table.titles import Title, read_periods
from hlanalysis.reading.table.words import lexicon
from hlanalysis.reading.tables import read_tables
from hlanalysis.sources.workbooks import load_workbook

P, A, PR, V, Y, S, D = (
    "plan", "actual", "previous_actual", "vs_plan_percent", "yoy_percent", "share_percent", "difference",
)


def read(tmp_path, grid, merged=()):
    """Return the reading of a sheet laid out as `grid`."""
    book = Workbook()
    for line in grid:
        book.active.append(line)
    for box in merged:
        book.active.merge_cells(box)
    book.save(tmp_path / "a.xlsx")
    return read_tables(load_workbook(tmp_path / "a.xlsx"))


def columns_of(title, columns):
    words = lexicon("sound")
    above = Title(title, measure=default_measure(title, words) if title else None)
    read_periods(above, [title], words)
    headings = {i: read_heading(tuple(p.strip() for p in c.split("|")), words) for i, c in enumerate(columns)}
    known, unread = meanings(headings, {}, above, words)
    return [(m.measure, m.period, m.series) for m in name_series(known, headings, words)], unread


# --- whose year -----------------------------------------------------------------------------

YEARS = [
("CHI NGÂN SÁCH XÃ QUÝ II NĂM 2023", ["Dự toán giao", "Thực hiện quý II", "Thực hiện quý II/2022", "% so DT"],
 [(P, "2023"), (A, "2023-Q2"), (PR, "2022-Q2"), (V, "2023-Q2")]),
("KẾT QUẢ THU 6 THÁNG ĐẦU NĂM 2025", ["Thực hiện 6 tháng năm 2024", "Kế hoạch", "Ước thực hiện 6 tháng"],
 [(PR, "2024-6M"), (P, "2025"), (A, "2025-6M")]),
("QUYẾT TOÁN CHI NĂM 2021", ["Quyết toán năm 2020", "Dự toán", "Quyết toán"], [(PR, "2020"), (P, "2021"), (A, "2021")]),
("THU THÁNG 7 NĂM 2024", ["Dự toán", "Thực hiện tháng 7", "Lũy kế 7 tháng", "Lũy kế 7 tháng năm 2023"],
 [(P, "2024"), (A, "2024-M07"), (A, "2024-7M"), (PR, "2023-7M")]),
("TÌNH HÌNH THỰC HIỆN NĂM 2024", ["TH năm 2022", "TH năm 2023", "Ước TH"], [(PR, "2022"), (PR, "2023"), (A, "2024")]),
("DỰ TOÁN NĂM 2025", ["Thực hiện năm 2023", "Ước thực hiện", "Dự toán năm 2025"], [(PR, "2023"), (A, "2024"), (P, "2025")]),
("KẾT QUẢ NĂM 2024", ["TH năm 2023", "Ước TH năm 2024"], [(PR, "2023"), (A, "2024")]),
("", ["Dự toán năm 2020", "Ước thực hiện", "Thực hiện năm 2019"], [(P, "2020"), (A, "2020"), (PR, "2019")]),
# and what must stay as it was: a run of years, spans, a title about a later plan
("SẢN LƯỢNG ĐẾN NĂM 2023", ["2021", "2022", "2023"], [(A, "2021"), (A, "2022"), (A, "2023")]),
("VỐN ĐẦU TƯ", ["2022", "Sơ bộ 2023"], [(A, "2022"), (A, "2023")]),
("GIÁ TRỊ SẢN XUẤT NĂM 2023", ["2019", "2020", "2021", "2022", "Sơ bộ 2023"], [(A, y) for y in ("2019", "2020", "2021", "2022", "2023")]),
("KẾ HOẠCH NĂM 2026", ["TH 2024", "ƯTH 2025", "KH 2026"], [(PR, "2024"), (A, "2025"), (P, "2026")]),
("CHỈ TIÊU", ["KH 2021-2025", "TH 2022", "TH 2023", "Ước 2021-2023"], [(P, "2021-2025"), (PR, "2022"), (A, "2023"), (A, "2021-2023")]),
]


@pytest.mark.parametrize(("title", "columns", "expected"), YEARS)
def test_a_year_belongs_to_its_own_column(title, columns, expected):
    assert columns_of(title, columns)[0] == [(*one, "")[:3] for one in expected]


def test_a_second_table_takes_the_year_of_the_first_where_only_its_old_column_has_one(tmp_path):
    rows = read(tmp_path, [
        ["THU NGÂN SÁCH 9 THÁNG NĂM 2022"], ["ĐVT: tỷ đồng"], ["TT", "Nội dung", "Dự toán", "Thực hiện"],
        [1, "Thuế", 9, 7], ["CHI NGÂN SÁCH"], ["TT", "Nội dung", "Dự toán", "Thực hiện", "Thực hiện 9 tháng năm 2021"],
        [1, "Lương", 8, 6, 5],
    ]).rows
    assert [(r.measure, r.period) for r in rows[2:]] == [(P, "2022"), (A, "2022-9M"), (PR, "2021-9M")]
