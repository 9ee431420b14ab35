"""Tables inside reports are read by the rules for workbooks, and only once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from docx_maker import cell, par, row, run, table, write_docx
from grid_maker import SOURCE
from pdf_maker import Sheet, write_pdf

from hlanalysis.gathering.document_tables import read_document_tables
from hlanalysis.gathering.table_figures import with_tables
from hlanalysis.gathering.table_rows import from_rows
from hlanalysis.reading.prose import read_prose
from hlanalysis.reading.table.rows import Row
from hlanalysis.sources.documents import load_document

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
    assert tables.prose == document.text.replace("\t", "\n")


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


def read_body(tmp_path, body, period="2024"):
    """Return the document, its tables and all that it states."""
    document = load_document(write_docx(tmp_path / "a.docx", body))
    tables = read_document_tables(document, period)
    reading = read_prose(tables.prose, doc_year=int(period[:4]), doc_period=period)
    return document, tables, with_tables(reading, document, tables)


def told(reading, *names):
    return [tuple(getattr(one, name) for name in names) for one in reading.statements]


def test_numbers_of_rows_are_no_figures_and_cells_are_lines_of_their_own(tmp_path):
    staff = table(
        row("TT", "Họ và tên", "Chức vụ"),
        row("1", "Lê Văn Cường", "Trưởng phòng"),
        row("2", "Hộ dân thuộc diện di dời", "Phòng Nội vụ"),
    )
    works = table(
        row("Công việc", "Kết quả trong năm"),
        row("Sửa chữa các tuyến đường liên thôn, kênh mương nội đồng", "Xong 14 km kênh"),
        row("Trồng cây", "Trồng 35 ha rừng"),
    )
    counted = table(row("1", "Nhà văn hóa", "Thôn Đông"), row("2", "Chợ", "Thôn Tây"))
    document, tables, read = read_body(tmp_path, staff + par("Tiếp") + works + par("") + counted)
    assert tables.rows == [] and len(tables.prose) == len(document.text)
    assert told(read, "written", "unit") == [("14", "km"), ("35", "ha")]
    assert read.statements[0].indicator_phrase == "Xong"
    assert read.unread == []


@pytest.mark.parametrize(
    ("heading", "cells", "kind", "base"),
    [
        ("Tốc độ tăng (%)", ("4,0", "-2,5"), "growth", "same_period_last_year"),
        ("Tăng, giảm so với năm 2023 (%)", ("4,0%", "-2,5%"), "growth", "year:2023"),
        ("So với năm 2023 (%)", ("104,0", "97,5"), "index", "year:2023"),
        ("Tăng, giảm (%)", ("104,0", "97,5"), "index", "same_period_last_year"),
    ],
)
def test_growth_is_no_ratio_whatever_the_heading(tmp_path, heading, cells, kind, base):
    body = par("Đơn vị: tỷ đồng") + table(
        row("Ngành", "Năm 2023", "Năm 2024", heading),
        row("Nông nghiệp", "500", "520", cells[0]),
        row("Dịch vụ", "800", "780", cells[1]),
    )
    _, tables, read = read_body(tmp_path, body)
    assert [one[1:] for one in told(read, "written", "kind", "base", "of")][2::3] == [
        (kind, base, 1),
        (kind, base, 4),
    ]
    assert read.statements[5].value == Decimal(cells[1].rstrip("%").replace(",", "."))
    kinds = {(one.kind, one.base) for one in from_rows(tables.rows, SOURCE)}
    assert kinds == {("level", ""), (kind, base)}


def test_growth_without_amounts_beside_it_is_told_by_heading_and_size(tmp_path):
    body = table(
        row("TT", "Chỉ tiêu", "ĐVT", "TH 2024", "Tăng, giảm so với KH (%)", "Tốc độ tăng (%)"),
        row("1", "Sản lượng thịt", "tấn", "820", "-1,5", "106,5"),
        row("2", "Sản lượng trứng", "tấn", "64", "2,4", "108,2"),
    )
    _, _, read = read_body(tmp_path, body)
    assert told(read, "kind", "value")[1:3] == [
        ("plan_excess", Decimal("-1.5")),
        ("index", Decimal("106.5")),
    ]


def test_the_cost_of_a_whole_project_is_a_level_and_an_unknown_column_is_listed(tmp_path):
    body = par("Đơn vị tính: triệu đồng") + table(
        row("TT", "Tên dự án", "Tổng mức đầu tư", "Hệ số", "Kế hoạch vốn 2024"),
        row("1", "Cầu Bến Đá", "31.250", "1,15", "9.400"),
        row("2", "Trạm y tế", "7.800", "1,20", "3.100"),
    )
    _, tables, read = read_body(tmp_path, body)
    assert told(read, "written", "unit", "kind", "status", "indicator_phrase")[:2] == [
        ("31.250", "m_vnd", "level", "actual", "Cầu Bến Đá - Tổng mức đầu tư"),
        ("9.400", "m_vnd", "level", "target", "Cầu Bến Đá"),
    ]
    listed = [(one.written, one.reason[:13]) for one in read.unread if "column" in one.reason]
    assert listed == [("1,15", "column: Hệ số"), ("1,20", "column: Hệ số")]
    names = {(one.indicator, one.series) for one in from_rows(tables.rows, SOURCE)}
    assert ("unlisted", "Tổng mức đầu tư / Cầu Bến Đá") in names
    only = table(row("TT", "Tên dự án", "Tổng mức đầu tư"), row("1", "Cầu Bến Đá", "31.250"))
    _, _, read = read_body(tmp_path, par("Đơn vị tính: triệu đồng") + only)
    assert told(read, "written", "unit", "kind") == [("31.250", "m_vnd", "level")]


def test_doubts_point_at_a_cell_and_are_none_where_the_document_decides(tmp_path):
    def body(percent):
        return table(
            row("TT", "Chỉ tiêu", "ĐVT", "KH 2024", "TH 2024", "So KH (%)"),
            row("1", "Sản lượng chè", "tấn", "12.300", "12.400", percent),
            row("2", "Sản lượng cam", "tấn", "15.600", "15.750", percent),
        )

    _, _, read = read_body(tmp_path, body("77"))
    assert [one.written for one in read.unread] == ["12.300", "12.400"]
    _, _, read = read_body(tmp_path, body("77,5"))
    assert read.unread == []
    _, _, read = read_body(tmp_path, body("77").replace("tấn", "con"))
    assert read.unread == [] and read.statements[0].value == 12300


def test_a_number_without_a_unit_is_listed_at_its_cell(tmp_path):
    body = table(
        row("TT", "Chỉ tiêu", "KH 2024", "TH 2024"),
        row("1", "Thu phí (triệu đồng)", "500", "520"),
        row("2", "Điều khác", "71", "72"),
    )
    _, _, read = read_body(tmp_path, body)
    assert told(read, "written") == [("500",), ("520",)]
    assert [one.written for one in read.unread] == ["71", "72"]


def test_the_span_of_a_cell_with_a_unit_is_that_of_its_number(tmp_path):
    body = table(
        row("TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"),
        row("1", "Thu phí", "12,5 tỷ đồng", "13 tỷ đồng"),
        row("2", "Tỷ lệ hộ nghèo", "2,5%", "-2,41 %"),
        row("3", "Trường học", "≥ 5 trường", "Sửa chữa 7 phòng học"),
    )
    document, _, read = read_body(tmp_path, body)
    expected = ["12,5", "13", "2,5", "-2,41", "7"]
    assert [document.text[slice(*one.span)] for one in read.statements] == expected
    assert [one.written for one in read.statements] == expected
    assert [one.written for one in read.unread] == ["≥ 5 trường"]


def test_an_estimate_covers_its_column_and_what_compares_with_it(tmp_path):
    body = par("Đơn vị: tỷ đồng") + table(
        row("Nội dung", "TH 2023", "Dự toán 2024", "Ước TH 2024", "So dự toán (%)"),
        row("Thu nội địa", "81,5", "90,5", "95,1", "105,1"),
    )
    _, tables, read = read_body(tmp_path, body)
    assert told(read, "status") == [("actual",), ("target",), ("estimate",), ("estimate",)]
    assert [one.measure for one in tables.rows[:3]] == ["previous_actual", "plan", "actual"]
    observed = [(one.status, one.vintage) for one in from_rows(tables.rows, SOURCE)]
    assert observed == [
        ("actual", ""),
        ("plan", ""),
        ("estimate", "preliminary"),
        ("estimate", "preliminary"),
    ]


def test_places_across_are_series_of_the_period(tmp_path):
    body = table(
        row("Chỉ tiêu", "ĐVT", "Xã Sơn Kim", "Phường Bắc Hồng", "Toàn thị xã"),
        row("Số hộ nghèo", "hộ", "12", "7", "19"),
        row("Diện tích ngô", "ha", "41,5", "8", "49,5"),
    )
    _, tables, read = read_body(tmp_path, body)
    assert told(read, "written", "unit", "period")[:3] == [
        ("12", "households", "2024"),
        ("7", "households", "2024"),
        ("19", "households", "2024"),
    ]
    assert [one.series for one in tables.rows[:3]] == [
        "Xã Sơn Kim",
        "Phường Bắc Hồng",
        "Toàn thị xã",
    ]
    assert len(read.statements) == 6 and read.unread == []
    seen = [(one.indicator, one.series) for one in from_rows(tables.rows, SOURCE)]
    assert len(set(seen)) == 6 and seen[2][1] == ""
    wide = cell("Trong đó", '<w:gridSpan w:val="2"/>')
    grouped = table(
        row("TT", "Chỉ tiêu", "ĐVT", "Tổng số", wide),
        row("", "", "", "", "Xã Sơn Kim", "Xã Sơn Tây"),
        row("1", "Diện tích ngô", "ha", "49", "41", "8"),
    )
    _, tables, read = read_body(tmp_path, grouped)
    assert told(read, "indicator_phrase")[1] == ("Diện tích ngô - Xã Sơn Kim",)
    assert [one.series for one in from_rows(tables.rows, SOURCE)] == [
        "Diện tích ngô / Tổng số",
        "Diện tích ngô / Xã Sơn Kim",
        "Diện tích ngô / Xã Sơn Tây",
    ]


def test_a_table_inside_a_cell_is_read_by_itself(tmp_path):
    inner = par("Số liệu theo bậc học") + table(
        row("Bậc học", "Số lớp (lớp)", "Số học sinh (học sinh)"),
        row("Mầm non", "64", "1.820"),
        row("Tiểu học", "90", "2.950"),
    )
    body = table(row("Nội dung", "Kết quả"), row("Quy mô", cell(inner + par(""))))
    _, _, read = read_body(tmp_path, par("Năm 2024") + body)
    assert told(read, "written", "unit") == [
        ("64", "count"),
        ("1.820", "persons"),
        ("90", "count"),
        ("2.950", "persons"),
    ]


def test_captions_and_unit_lines_state_nothing(tmp_path):
    body = (
        par("Bảng 1: Kết quả chăn nuôi")
        + par("Đơn vị tính: 1.000 đồng")
        + table(row("Nội dung", "Dự toán", "Thực hiện"), row("Thu phí", "5.400", "5.150"))
        + par("Hình 3: Cơ cấu kinh tế")
    )
    _, _, read = read_body(tmp_path, body)
    assert told(read, "written", "unit") == [("5.400", "k_vnd"), ("5.150", "k_vnd")]
    assert not [one for one in read.unread if not one.reason.startswith("separator")]


def test_trong_do_belongs_to_no_indicator(tmp_path):
    body = table(
        row("TT", "Chỉ tiêu", "ĐVT", "TH 2024"),
        row("1", "Diện tích gieo trồng", "ha", "410"),
        row("", "Trong đó: Lúa", "ha", "325"),
    )
    _, tables, read = read_body(tmp_path, body)
    assert tables.rows[1].label == "Trong đó: Lúa"
    assert told(read, "indicator_phrase") == [("Diện tích gieo trồng",), ("Lúa",)]
    assert from_rows(tables.rows, SOURCE)[1].series == "Diện tích gieo trồng / Lúa"


def test_rows_of_a_workbook_keep_their_tree_in_the_one_table():
    rows = [
        Row("t", "I", "Thu", 1, "2024", "actual", "", Decimal(90), "bn_vnd", "S", 4, 3),
        Row("t", "I", "Thu", 1, "2024", "vs_plan_percent", "", Decimal(90), "percent", "S", 4, 4),
        Row("t", "I.1", "Phí", 2, "2024", "actual", "", Decimal(8), "bn_vnd", "S", 5, 3, ("Thu",)),
        Row("t", "I.2", "Hộ", 2, "2024", "actual", "", Decimal(8), "households", "S", 6, 3),
    ]
    total, percent, part, other_unit = from_rows(rows, SOURCE)
    assert (percent.of, part.part_of) == (total.id, total.id)
    assert (total.part_of, other_unit.part_of) == ("", "")
