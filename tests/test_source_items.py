"""Where a figure was printed: what a reader finds behind a number."""

from dataclasses import replace

import pytest
from town import town

from hlanalysis.gathering.tidy import Origin
from hlanalysis.telling.source_items import source_item


def item(lang="vi", **wanted):
    row = town(lang).figure("budget_revenue", kind="level", **wanted)
    return row, town(lang).source_item(row)


def test_a_figure_of_the_report_comes_with_its_sentence_and_its_section():
    _, found = item(period="2024", status="actual")
    assert found.sentence[found.start : found.end] == "222,044"
    assert found.locator.startswith("mục «3. Kết quả triển khai thực hiện Nghị quyết số 66/NQ-HĐND")
    assert found.publisher.startswith("Ủy ban nhân dân thị xã Hồng Lĩnh")
    assert found.date == "12/2024" and found.row == ()


def test_who_handed_a_report_over_is_no_place_in_it():
    _, found = item(period="2024", status="actual")
    assert "người dùng" not in found.locator
    handed = town().say("documents_read")._repr_mimebundle_()["text/html"]
    assert "người dùng của dự án" in handed


@pytest.mark.parametrize(
    ("lang", "heads", "value"),
    [
        ("vi", ["Kỳ", "Số in", "Chỉ tiêu", "Loại số", "Địa phương"], "hơn 301 tỷ đồng"),
        ("en", ["Period", "Printed", "Indicator", "Kind of figure", "Place"],
         "more than 301 billion VND"),
    ],
)  # fmt: skip
def test_a_figure_of_the_press_comes_with_its_row_address_and_line(lang, heads, value):
    row, found = item(lang, period="2023", status="actual")
    assert [head for head, _ in found.row] == heads
    assert found.row[found.marked][1] == value
    assert found.title.startswith("https://")
    assert row.locator.rpartition("!")[2].lstrip("I") in found.locator


def test_a_cell_of_a_workbook_is_named_with_its_sheet():
    row = replace(
        town().figure("budget_revenue", period="2023", kind="level", status="plan"),
        locator="'Biểu 58'!D12",
        note="Biểu 58 / A.I",
    )
    origin = Origin("b", "workbook", "Phòng Tài chính", "Biểu thu", "2024", "", "thu.xlsx")
    found = source_item(row, origin, {}, "vi")
    assert found.locator == "trang tính «Biểu 58», ô D12"
    assert found.sentence == "" and found.row[found.marked] == ("Số in", "192,5 tỷ đồng")


def test_a_page_goes_before_the_section():
    row = replace(town().figure("budget_revenue", period="2024", kind="level"), locator="p7:21-24")
    origin = Origin("b", "document", "UBND", "Báo cáo", "2024", "", "bao_cao.pdf")
    texts = {row.source: "1. Ngân sách\nThu đạt 222 tỷ đồng."}
    assert source_item(row, origin, texts, "vi").locator == "trang 7, mục «1. Ngân sách»"
