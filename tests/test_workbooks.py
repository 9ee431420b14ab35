"""Workbooks from bytes to cells: what a file is, what is kept, and what is refused."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import io
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import raw_xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hlanalysis.errors import InputError
from hlanalysis.grids import CellDate, CellError, NoValue, Style, exact, parse_address
from hlanalysis.reading.tables import read_tables
from hlanalysis.sources.ole import OleError, OleFile
from hlanalysis.sources.sniffing import FileKind, sniff
from hlanalysis.sources.workbooks import load_workbook
from hlanalysis.sources.xlsx_styles import style_of_format

DATA = Path(__file__).parent / "data" / "workbooks"
BAD = DATA / "bad"
ROOT = Path(__file__).resolve().parents[1]


# --- what a file is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileKind.EMPTY),
        (b"  \n\t", FileKind.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3", FileKind.PDF),
        (b"\x00\x01junk\n%PDF-1.4", FileKind.PDF),
        (b"{\\rtf1\\ansi", FileKind.RTF),
        (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
        ("Năm;Thu\n2024;1\n2023;2\n".encode(), FileKind.CSV),
        ("Năm\tThu\n2024\t1\n".encode("utf-16"), FileKind.CSV),
        ("BÁO CÁO\n\nThu ngân sách đạt 222,044 tỷ đồng, tăng 77,64%.\n".encode(), FileKind.TEXT),
        ("Thu ng©n s¸ch ®¹t 4.215 triÖu ®ång".encode("latin-1"), FileKind.TEXT),
        ("Thu ngân sách".encode("utf-16-le"), FileKind.TEXT),
        (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", FileKind.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", FileKind.HTML),
        (
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
            FileKind.SPREADSHEET_XML,
        ),
        (b"<?xml version='1.0'?><a/>", FileKind.XML),
        (b"PK\x03\x04 cut short", FileKind.DAMAGED_ZIP),
        (bytes(range(256)) * 4, FileKind.BINARY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, FileKind.OLE),
    ],
)
def test_a_file_is_told_by_its_bytes(tmp_path, content, kind):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    assert sniff(path) is kind


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (["xl/workbook.xml"], FileKind.XLSX),
        (["xl\\workbook.xml"], FileKind.XLSX),
        (["xl/workbook.bin"], FileKind.XLSB),
        (["word/document.xml"], FileKind.DOCX),
        (["ppt/presentation.xml"], FileKind.PPTX),
        (["mimetype", "content.xml"], FileKind.ODS),
        (["a.txt"], FileKind.ZIP),
    ],
)
def test_zip_containers_are_told_apart_by_their_parts(tmp_path, parts, kind):
    path = tmp_path / "file.bin"
    with zipfile.ZipFile(path, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    assert sniff(path) is kind


def test_a_password_and_an_old_workbook_are_told_apart():
    assert sniff(BAD / "encrypted.xlsx") is FileKind.ENCRYPTED_OFFICE
    assert sniff(DATA / "old" / "yearbook_indent_bilingual.xls") is FileKind.XLS


def test_every_kind_has_a_description():
    assert all(kind.description for kind in FileKind)


# --- bad files ------------------------------------------------------------------------------

REFUSED = {
    "truncated.xlsx": "damaged or not a complete workbook",
    "no_header.xlsx": "no table header found; sheets looked at: 'Sheet1'",
    "encrypted.xlsx": "protected by a password",
    "billion_laughs.xlsx": "declares a document type",
    "billion_laughs_workbook.xlsx": "declares a document type",
    "empty_sheet.xlsx": "no data",
    "huge_dimension_declared.xlsx": "no table header found",
    "far_cell.xlsx": "no table header found",
    "last_row_one_value.xlsx": "no table header found",
    "csv_renamed.xlsx": "not an Excel file (looks like CSV text)",
    "html_renamed.xls": "looks like an HTML page",
    "zip_bomb.xlsx": "nothing was unpacked",
}
LOADED = {"xlsx_renamed.xls": 90, "error_cells.xlsx": 64, "style_without_name.xlsx": 90}


def test_every_bad_fixture_has_an_expectation():
    with open(BAD / "EXPECTED.csv", encoding="utf-8", newline="") as file:
        assert {row["file"] for row in csv.DictReader(file)} == {*REFUSED, *LOADED}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_its_reason(name):
    with pytest.raises(InputError) as caught:
        read_tables(load_workbook(BAD / name))
    assert REFUSED[name] in str(caught.value)
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize("name", LOADED)
def test_a_mendable_file_is_loaded(name):
    assert len(read_tables(load_workbook(BAD / name)).rows) == LOADED[name]


def test_error_cells_are_listed_and_never_numbers():
    reading = read_tables(load_workbook(BAD / "error_cells.xlsx"))
    assert {(p.cell, p.kind, p.found) for p in reading.problems} == {
        ("D8", "error", "#REF!"),
        ("F8", "error", "#DIV/0!"),
    }
    assert not {row.cell for row in reading.rows} & {"Biểu 93!D8", "Biểu 93!F8"}


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from hlanalysis.cli import main
sys.exit(main(["load", sys.argv[1]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of memory and time are set the POSIX way")
@pytest.mark.parametrize("name", [*REFUSED, *LOADED])
def test_no_bad_file_needs_more_than_ten_seconds_and_a_gigabyte(name):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(BAD / name)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        encoding="utf-8",
    )
    assert done.returncode == (2 if name in REFUSED else 0)
    assert "Traceback" not in done.stderr
    if name in REFUSED:
        assert done.stdout == ""
        assert done.stderr.startswith("hlanalysis load: ") and done.stderr.count("\n") == 1


def fails(path, words):
    with pytest.raises(InputError) as caught:
        read_tables(load_workbook(path))
    assert words in str(caught.value)


def test_a_file_that_is_not_there_or_no_file_is_said_plainly(tmp_path):
    fails(tmp_path / "none.xlsx", "cannot be opened")
    fails(tmp_path, "not a file")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "looks like an empty file"),
        (b"%PDF-1.7", "looks like a PDF document"),
        ("Báo cáo năm 2024".encode(), "looks like plain text"),
    ],
)
def test_other_kinds_are_named_with_a_hint(tmp_path, content, words):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    fails(path, words)


def test_a_word_document_under_the_name_of_a_workbook_is_named(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    fails(path, "looks like a Word document")


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + raw_xlsx.cells(""),
            "declares a document type",
        ),
        (raw_xlsx.cells("")[:-20], "not well-formed XML"),
        (raw_xlsx.cells('<row r="1"><c r="A1"><v>zwölf</v></c></row>'), "is stored as a number"),
        (raw_xlsx.cells('<row r="99999999"><c r="A1"><v>1</v></c></row>'), "has no row 99999999"),
        (raw_xlsx.cells('<row r="-4"><c r="A1"><v>1</v></c></row>'), "has no row -4"),
        (raw_xlsx.cells('<row r="1"><c r="ABCD1"><v>1</v></c></row>'), "has no column 'ABCD'"),
        (raw_xlsx.cells('<row r="1"><c r="Ä1"><v>1</v></c></row>'), "has no column"),
        ("<worksheet>" + "<a>" * 50_000, "not well-formed XML"),
        (raw_xlsx.cells(""), "no data"),
        ('<?xml version="1.0" encoding="x-none"?><a/>', "not well-formed XML"),
        (
            raw_xlsx.cells(f'<row r="1"><c r="A1"><v>{"9 " * 600_000}</v></c></row>'),
            "a text of more",
        ),
    ],
    ids=[
        "entity",
        "cut",
        "number",
        "row",
        "negative",
        "column",
        "letter",
        "deep",
        "empty",
        "encoding",
        "long",
    ],
)
def test_hostile_sheets_are_refused(tmp_path, sheet, words):
    fails(raw_xlsx.write(tmp_path / "a.xlsx", sheet), words)


def test_missing_parts_are_damage(tmp_path):
    path = raw_xlsx.write(tmp_path / "a.xlsx", raw_xlsx.cells(""))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    del parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    fails(path, "part xl/worksheets/sheet1.xml is missing")


def test_only_chart_sheets_is_said(tmp_path):
    rels = (
        f'<Relationships xmlns="{raw_xlsx.PACKAGE}"><Relationship Id="r1" '
        f'Type="{raw_xlsx.RELS}/chartsheet" Target="c.xml"/></Relationships>'
    )
    path = raw_xlsx.write(tmp_path / "a.xlsx", "<a/>")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = rels.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    fails(path, "no sheet with cells")


def test_a_lying_size_ends_in_damage_not_in_memory(tmp_path):
    path = raw_xlsx.write(tmp_path / "a.xlsx", raw_xlsx.cells(" " * 3_000_000))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", data, at + 24, 100)  # the declared uncompressed size
    path.write_bytes(data)
    fails(path, "damaged")


def test_a_protected_zip_part_is_named(tmp_path):
    path = raw_xlsx.write(tmp_path / "a.xlsx", raw_xlsx.cells(""))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    fails(path, "protected by a password")


def test_too_many_sheets_or_parts_are_refused(tmp_path):
    many = "".join(f'<sheet name="s{i}" sheetId="{i}"/>' for i in range(3000))
    book = f'<workbook xmlns="{raw_xlsx.MAIN}"><sheets>{many}</sheets></workbook>'
    fails(raw_xlsx.write(tmp_path / "a.xlsx", raw_xlsx.cells(""), xl__workbook=book), "3000 sheets")


def test_a_hundred_thousand_merged_ranges_cost_little(tmp_path):
    boxes = "".join(f'<mergeCell ref="A{i}:XFD1048576"/>' for i in range(1, 100_000))
    sheet = raw_xlsx.cells(raw_xlsx.TABLE + raw_xlsx.line(2, "Thu", "<v>5</v>")).replace(
        "</worksheet>", f"<mergeCells>{boxes}</mergeCells></worksheet>"
    )
    reading = read_tables(load_workbook(raw_xlsx.write(tmp_path / "a.xlsx", sheet)))
    assert [row.value for row in reading.rows] == [5]


def test_a_damaged_old_workbook_ends_in_one_message(tmp_path):
    whole = (DATA / "old" / "yearbook_indent_bilingual.xls").read_bytes()
    path = tmp_path / "a.xls"
    for size in (520, 1024, 3000, len(whole) - 600):
        path.write_bytes(whole[:size])
        with pytest.raises(InputError):
            load_workbook(path)


def test_a_chain_of_sectors_in_a_circle_is_found():
    data = bytearray((DATA / "old" / "yearbook_indent_bilingual.xls").read_bytes())
    first_table = struct.unpack_from("<I", data, 76)[0]
    for number in range(20):
        struct.pack_into("<I", data, (first_table + 1) * 512 + 4 * number, 0)
    with pytest.raises(OleError, match="circle"):
        OleFile(bytes(data)).stream("Workbook")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), min_size=1, max_size=20))
def test_random_damage_never_ends_in_another_error(tmp_path, changes):
    for source in (
        DATA / "forms" / "03_can_doi_6thang_2024_bieu93.xlsx",
        DATA / "old" / "formulas_errors_hidden.xls",
    ):
        data = bytearray(source.read_bytes())
        for at, value in changes:
            data[at % len(data)] = value
        path = tmp_path / "damaged.bin"
        path.write_bytes(data)
        try:
            read_tables(load_workbook(path))
        except InputError as error:
            assert "\n" not in str(error)


# --- what is kept ---------------------------------------------------------------------------


def test_the_reader_keeps_what_openpyxl_sees(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Nhãn", 1.5, 0.2057, -3, True, "x\ny"])
    sheet["C1"].number_format = "0.0%"
    sheet["A1"].alignment = openpyxl.styles.Alignment(indent=2)
    sheet["B1"].font = openpyxl.styles.Font(bold=True)
    sheet["A3"] = "=1+1"
    sheet.merge_cells("A5:C6")
    sheet.row_dimensions[7].hidden = True
    sheet["A7"] = "ẩn"
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("Ẩn").sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    first, second = load_workbook(tmp_path / "a.xlsx").sheets
    assert first.rows[1] == {1: "Nhãn", 2: 1.5, 3: 0.2057, 4: -3.0, 5: True, 6: "x\ny"}
    assert first.rows[3][1] == NoValue("1+1")
    assert first.style(1, 3) == Style(2, True)
    assert first.style(1, 1).indent == 2 and first.style(1, 2).bold
    assert (first.merged[0].bottom, first.merged[0].right) == (6, 3)
    assert first.row_is_hidden(7) and not first.row_is_hidden(6)
    assert first.column_is_hidden(6) and not first.column_is_hidden(5)
    assert first.visible and not second.visible


def test_cells_without_addresses_prefixes_and_odd_orders_are_read(tmp_path):
    sheet = (
        f'<x:worksheet xmlns:x="{raw_xlsx.MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        '<x:c t="str"><x:f>A1</x:f><x:v>chữ </x:v></x:c><x:c s="0" t="e" r="D1"><x:v>#N/A</x:v></x:c>'
        '<x:c t="b"><x:v>0</x:v></x:c></x:row>\n  <x:row><x:c r="B2">\n<x:v>2.5</x:v>\n</x:c>'
        '<x:c r="C2"><x:f>1+1</x:f><x:v/></x:c><x:c r="D2" t="str"><x:f>T(1)</x:f><x:v></x:v></x:c>'
        '<x:c r="E2" t="d"><x:v>2024-05-01</x:v></x:c><x:c r="F2" t="s"><x:v>9</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    found = load_workbook(raw_xlsx.write(tmp_path / "a.xlsx", sheet)).sheets[0].rows
    assert found[1] == {1: 1.0, 2: "chữ ", 4: CellError("#N/A"), 5: False}
    assert found[2][2] == 2.5 and found[2][3] == NoValue("1+1") and 4 not in found[2]
    assert found[2][5] == CellDate(2024, 5, 1)
    assert isinstance(found[2][6], CellError)  # a shared text that the file does not hold


def test_text_across_chunks_of_the_stream_stays_whole(tmp_path):
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>{100000 + i}.125</v></c></row>' for i in range(1, 20_001)
    )
    sheet = load_workbook(raw_xlsx.write(tmp_path / "a.xlsx", raw_xlsx.cells(rows))).sheets[0]
    assert all(sheet.rows[i][1] == 100000 + i + 0.125 for i in range(1, 20_001))


def test_text_after_the_cells_does_not_join_the_last_one(tmp_path):
    sheet = raw_xlsx.cells('<row r="1"><c r="A1"><v>5</v></c></row>').replace(
        "</worksheet>",
        "<headerFooter><oddHeader>&amp;L7 trang</oddHeader></headerFooter></worksheet>",
    )
    found = load_workbook(raw_xlsx.write(tmp_path / "a.xlsx", sheet)).sheets[0].rows
    assert found == {1: {1: 5.0}}


def test_xml_that_lies_about_its_encoding_is_read(tmp_path):
    sheet = '<?xml version="1.0" encoding="utf-16"?>' + raw_xlsx.cells(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Tỷ đồng</t></is></c></row>'
    )
    assert (
        load_workbook(raw_xlsx.write(tmp_path / "a.xlsx", sheet)).sheets[0].rows[1][1] == "Tỷ đồng"
    )


def test_a_rich_text_is_decoded_by_the_font_of_each_part(tmp_path):
    shared = (
        f'<sst xmlns="{raw_xlsx.MAIN}"><si><r><rPr><rFont val=".VnTime"/></rPr><t>Thu ng©n s¸ch</t></r>'
        '<r><rPr><rFont val="Arial"/></rPr><t xml:space="preserve"> năm ©</t></r></si></sst>'
    )
    path = raw_xlsx.write(
        tmp_path / "a.xlsx",
        raw_xlsx.cells('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        xl__sharedStrings=shared,
    )
    assert load_workbook(path).sheets[0].rows[1][1] == "Thu ngân sách năm ©"


@pytest.mark.parametrize(
    ("pattern", "style", "date"),
    [
        ("0.0%", Style(2, True), False),
        ('0.0"%"', Style(), False),
        ("0.0\\%", Style(), False),
        ("#,##0,", Style(-3), False),
        ("#,##0", Style(), False),
        ("[Red]0%;-0%", Style(2, True), False),
        ("dd/mm/yyyy", Style(), True),
        ("[h]:mm", Style(), True),
        ("General", Style(), False),
        ('_(* #,##0_);_(* (#,##0);_(* "-"_)', Style(), False),
    ],
)
def test_number_formats_say_what_they_do_to_numbers(pattern, style, date):
    assert style_of_format(pattern) == (style, date)


def test_stored_numbers_are_read_to_fifteen_digits():
    assert str(exact(24.460000000000001)) == "24.46"
    assert str(exact(0.1 + 0.2)) == "0.3"
    assert str(exact(1e22)) == "1E+22"
    assert str(exact(123456789012345.0)) == "123456789012345"


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_addresses_read_back(row, column):
    from hlanalysis.grids import address

    assert parse_address(address(row, column)) == (row, column)


# --- the command ----------------------------------------------------------------------------


def run_load(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hlanalysis", "load", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_load_prints_the_contract_columns_and_lists_problems(tmp_path):
    problems = tmp_path / "p.csv"
    done = run_load(str(DATA / "forms" / "04_chi_tieu_ktxh_2019.xlsx"), "--problems", str(problems))
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == [
        "table",
        "code",
        "label",
        "level",
        "period",
        "measure",
        "series",
        "value",
        "unit",
        "cell",
    ]
    assert rows[0]["value"] == "6.61" and rows[0]["cell"] == "Phụ lục 1!D8"
    listed = list(csv.DictReader(io.StringIO(problems.read_text("utf-8"))))
    assert [(p["cell"], p["kind"]) for p in listed] == [
        ("E8", "range"),
        ("E22", "bound"),
        ("E23", "bound"),
        ("E24", "text"),
        ("F24", "text"),
    ]
    assert "Phụ lục 1!E8: range: 7,5-8,0" in done.stderr


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_load_writes_json(form):
    import json

    done = run_load(str(DATA / "forms" / "05_von_dau_tu_theo_nguon_2020.xlsx"), "--format", form)
    rows = (
        json.loads(done.stdout)
        if form == "json"
        else [json.loads(line) for line in done.stdout.splitlines()]
    )
    assert len(rows) == 90 and rows[0]["label"] == "TỔNG SỐ" and rows[0]["value"] == "38032"


def test_load_writes_nothing_when_it_refuses(tmp_path):
    problems, output = tmp_path / "p.csv", tmp_path / "o.csv"
    done = run_load(str(BAD / "truncated.xlsx"), "--problems", str(problems), "-o", str(output))
    assert done.returncode == 2 and not problems.exists() and not output.exists()
