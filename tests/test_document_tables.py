"""Tables inside reports are read by the rules for workbooks, and only once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from docx_maker import cell, par, row, run, table, write_docx
from pdf_maker import Sheet, write_pdf

from hlanalysis.gathering.document_tables import read_document_tables
from hlanalysis.gathering.table_figures import with_tables
from hlanalysis.gathering.tidy import from_rows
from hlanalysis.reading.prose import read_prose
from hlanalysis.reading.table.rows import Row
from hlanalysis.sources.documents import load_document
from hlanalysis.sources.provenance import Source

DATA = Path(__file__).parent / "data" / "documents"
RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize("name", ["bao_cao_son_binh.docx", "bao_cao_son_binh.pdf"])
def test_rows_of_a_report_say_the_same_in_word_and_pdf(name):
    document = load_document(DATA / name)
    tables = read_document_tables(document, "2023")
    said = [(one.label, one.measure, one.period, one.value, one.unit) for one in tables.rows]
    assert said == [
        ("Thu ngân sách", "plan", "2023", Decimal(300), "bn_vnd"),
        ("Thu ngân sách", "actual", "2023", Decimal("318.65"), "bn_vnd"),
        ("Việc làm mới", "plan", "2023", Decimal(1250), "persons"),
        ("Việc làm mới", "actual", "2023", Decimal(1325), "persons"),
        ("Tỷ lệ hộ nghèo", "plan", "2023", Decimal("4.2"), "percent"),
    ]
    for one in tables.rows:
        start, end = map(int, one.cell.split(":")[-1].split("-"))
        printed = document.text[start:end]
        assert Decimal(printed.replace(".", "").replace(",", ".")) == one.value
    assert tables.problems == []


def test_what_was_read_as_a_table_is_blank_for_the_reader_of_sentences():
    document = load_document(DATA / "bao_cao_son_binh.docx")
    tables = read_document_tables(document, "2023")
    assert len(tables.prose) == len(document.text)
    assert tables.prose.count("\n") == document.text.count("\n")
    assert "1.250" in document.text and "1.250" not in tables.prose
    for one in read_prose(tables.prose, doc_year=2023, doc_period="2023").statements:
        assert document.text[slice(*one.span)] == one.written


def test_a_table_without_a_heading_stays_in_the_text(tmp_path):
    body = par("Kính gửi.") + table(row("Nơi nhận: 5 bản", "CHỦ TỊCH"), row("Lưu", "Ký 7"))
    document = load_document(write_docx(tmp_path / "a.docx", body))
    tables = read_document_tables(document, "2023")
    assert tables.rows == []
    assert tables.prose == document.text


def test_merged_headings_titles_units_and_marks_are_understood(tmp_path):
    wide = cell("Năm 2024", '<w:gridSpan w:val="2"/>')
    tall = '<w:vMerge w:val="restart"/>'
    low = cell("", "<w:vMerge/>")
    body = (
        par("Thu ngân sách đạt kết quả khá.")
        + par("BIỂU TỔNG HỢP THU NGÂN SÁCH")
        + par("Đơn vị tính: triệu đồng")
        + table(
            row(cell("TT", tall), cell("Nội dung", tall), wide),
            row(low, low, "Dự toán", "Thực hiện"),
            row("I", "Thu nội địa", "12.500", "13.250"),
            row("1", "Thuế giá trị gia tăng", "2.500", cell(par("3.150", run("1", RAISED)))),
        )
    )
    document = load_document(write_docx(tmp_path / "a.docx", body))
    assert document.tables[0].merged == ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4))
    rows = read_document_tables(document).rows
    assert [(one.code, one.measure, one.period, one.value, one.unit) for one in rows] == [
        ("I", "plan", "2024", Decimal(12500), "m_vnd"),
        ("I", "actual", "2024", Decimal(13250), "m_vnd"),
        ("I.1", "plan", "2024", Decimal(2500), "m_vnd"),
        ("I.1", "actual", "2024", Decimal(3150), "m_vnd"),
    ]


def test_a_plan_in_a_part_year_report_is_one_of_the_year(tmp_path):
    body = table(
        row("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện"),
        row("1", "Thu ngân sách", "tỷ đồng", "300", "150,5"),
        row("2", "Việc làm mới", "người", "900", "410"),
    )
    document = load_document(write_docx(tmp_path / "a.docx", body))
    rows = read_document_tables(document, "2023-6M").rows
    assert {(one.measure, one.period) for one in rows} == {
        ("plan", "2023"),
        ("actual", "2023-6M"),
    }


def test_a_table_that_goes_on_over_the_page_is_one(tmp_path):
    def page(lines: list[tuple[str, str, str]], top: int) -> Sheet:
        sheet = Sheet().grid([72, 110, 300, 400], [top - 30 * n for n in range(len(lines) + 1)])
        for number, texts in enumerate(lines):
            for x, text in zip((76, 114, 304), texts, strict=True):
                sheet.text(x, top - 20 - 30 * number, text, 10)
        return sheet

    first = page(
        [("TT", "Chi tieu", "Thuc hien 2023"), ("1", "Thu ngan sach (trieu dong)", "12.500")], 160
    )
    second = page(
        [("2", "Chi ngan sach (trieu dong)", "11.250"), ("3", "Viec lam (nguoi)", "1.067")], 780
    )
    first.text(72, 700, "Noi dung bao cao")
    second.text(72, 300, "Het.")
    document = load_document(write_pdf(tmp_path / "a.pdf", first, second))
    (one,) = document.tables
    assert document.text[one.start : one.end].count("\n") == 3
    assert document.page_at(document.text.index("11.250")) == 2


def test_a_table_pasted_into_a_text_file_is_a_table(tmp_path):
    path = tmp_path / "a.txt"
    rows = [
        "TT\tChỉ tiêu\tNăm 2023",
        "1\tThu ngân sách (tỷ đồng)\t12,5",
        "2\tViệc làm (người)\t410",
    ]
    path.write_text("Mở đầu 5.\n\n" + "\n".join(rows) + "\nKết 7.\n", "utf-8")
    document = load_document(path)
    tables = read_document_tables(document, "2023")
    assert [one.value for one in tables.rows] == [Decimal("12.5"), Decimal(410)]
    assert document.text[slice(*map(int, tables.rows[0].cell.split("-")))] == "12,5"
    assert "Mở đầu 5." in tables.prose and "Kết 7." in tables.prose and "410" not in tables.prose


def test_rows_of_a_word_table_are_parts_of_the_rows_above_and_percents_of_what_was_done(tmp_path):
    body = par("Đơn vị tính: triệu đồng") + table(
        row("TT", "Nội dung", "Dự toán năm 2024", "Thực hiện năm 2024", "So dự toán (%)"),
        row("I", "Thu nội địa", "12.500", "13.250", "106,0"),
        row("1", "Thuế", "7.500", "8.150", "108,7"),
        row("", "Trong đó: thuế môn bài", "500", "450", "90,0"),
        row("2", "Phí, lệ phí", "5.000", "5.100", "102,0"),
    )
    document = load_document(write_docx(tmp_path / "a.docx", body))
    tables = read_document_tables(document)
    read = with_tables(read_prose(tables.prose), document, tables).statements

    def told(one):
        return None if one is None else read[one].written

    assert [(s.written, told(s.part_of)) for s in read if s.kind == "level"] == [
        ("12.500", None),
        ("13.250", None),
        ("7.500", "12.500"),
        ("8.150", "13.250"),
        ("500", "7.500"),
        ("450", "8.150"),
        ("5.000", "12.500"),
        ("5.100", "13.250"),
    ]
    assert [(s.written, told(s.of)) for s in read if s.kind == "plan_attainment"] == [
        ("106,0", "13.250"),
        ("108,7", "8.150"),
        ("90,0", "450"),
        ("102,0", "5.100"),
    ]


def test_rows_of_a_workbook_keep_their_tree_in_the_one_table():
    rows = [
        Row("t", "I", "Thu", 1, "2024", "actual", "", Decimal(90), "bn_vnd", "S", 4, 3),
        Row("t", "I", "Thu", 1, "2024", "vs_plan_percent", "", Decimal(90), "percent", "S", 4, 4),
        Row("t", "I.1", "Phí", 2, "2024", "actual", "", Decimal(8), "bn_vnd", "S", 5, 3, ("Thu",)),
        Row("t", "I.2", "Hộ", 2, "2024", "actual", "", Decimal(8), "households", "S", 6, 3),
    ]
    source = Source(
        id="s",
        file="s.xlsx",
        sha256="0" * 64,
        producer="UBND",
        title="",
        date_published="2024",
        date_accessed="2024",
        right="",
        steps=(),
        place="hong_linh",
        period="2024",
    )
    total, percent, part, other_unit = from_rows(rows, source)
    assert (percent.of, part.part_of) == (total.id, total.id)
    assert (total.part_of, other_unit.part_of) == ("", "")
