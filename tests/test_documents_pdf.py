"""PDF pages: reading order, joined lines, marks apart, tables, furniture, turned pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_maker import Sheet, write_pdf
from test_encodings import as_tcvn3

from hlanalysis.sources.documents import Document, load_document
from hlanalysis.sources.pdf_layout import blocks_of, join_lines
from hlanalysis.sources.pdf_lines import Segment
from hlanalysis.sources.pdf_rows import PageLayout
from hlanalysis.sources.pdf_rules import find_cells

DATA = Path(__file__).parent / "data" / "documents"
LINE = "thu tren dia ban dat ket qua kha va cao hon nhieu so voi nam {} nen"


def read(folder: Path, *pages: Sheet) -> Document:
    return load_document(write_pdf(folder / "a.pdf", *pages))


def lines(sheet: Sheet, *texts: str, x: float = 72, y: float = 700, size: float = 12) -> Sheet:
    for number, text in enumerate(texts):
        sheet.text(x, y - 1.3 * size * number, text, size)
    return sheet


# --- a report printed by a word processor ------------------------------------------------------


def test_a_report_printed_from_word_reads_as_its_docx():
    pdf = load_document(DATA / "bao_cao_son_binh.pdf")
    docx = load_document(DATA / "bao_cao_son_binh.docx")

    def without_notes(document: Document) -> list[str]:
        kept = (one for one in document.paragraphs if one.kind != "footnote")
        return " ".join(document.text[one.start : one.end] for one in kept).split()

    def notes(document: Document) -> list[str]:
        kept = (one for one in document.paragraphs if one.kind == "footnote")
        return [document.text[one.start : one.end] for one in kept]

    assert without_notes(pdf) == without_notes(docx)
    assert notes(pdf) == notes(docx)
    assert [page.number for page in pdf.pages] == [1, 2, 3]
    assert pdf.notes[0].startswith("running heads and feet are left out: Báo cáo năm 2023")


def test_its_figures_and_marks_stay_apart():
    document = load_document(DATA / "bao_cao_son_binh.pdf")
    assert "đạt 25%¹ kế hoạch; rừng trồng mới 15 m²." in document.text
    assert "\n3\tTỷ lệ hộ nghèo (%)\t4,2²\t\n" in document.text
    where = document.text.index("Chuẩn nghèo")
    assert document.page_at(where) == 2
    assert document.paragraphs[document.paragraph_at(where)].kind == "footnote"


# --- marks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scaled", [False, True])
def test_a_raised_mark_never_glues_to_a_figure(tmp_path, scaled):
    sheet = Sheet()
    write = sheet.scaled if scaled else sheet.text
    write(72, 700, "dat 1.067", 12)
    write(122.7, 704.5, "2", 7)
    write(128, 700, "nguoi, vuot 25%", 12)
    write(213, 704.5, "13", 7)
    write(224, 700, "KH", 12)
    assert read(tmp_path, sheet).text == "dat 1.067² nguoi, vuot 25%¹³ KH\n"


def test_a_lowered_digit_is_no_mark(tmp_path):
    sheet = Sheet().text(72, 700, "CO", 12).text(90.1, 698, "2", 7).text(95, 700, "giam 5%", 12)
    assert read(tmp_path, sheet).text == "CO2 giam 5%\n"


def test_notes_at_the_foot_are_footnotes_also_when_their_mark_is_not_raised(tmp_path):
    sheet = lines(Sheet(), LINE.format(2020), LINE.format(2021) + " vuot KH")
    sheet.text(72 + 420, 688, "1", 7)
    sheet.text(72, 80, "1 Giai quyet 1.067 nguoi.", 10)
    document = read(tmp_path, sheet)
    assert document.text.endswith("\n\n¹ Giai quyet 1.067 nguoi.\n")
    assert document.paragraphs[-1].kind == "footnote"


def test_a_note_below_a_rule_does_not_cut_the_sentence_that_runs_over_the_page(tmp_path):
    first = lines(Sheet(), *[LINE.format(2000 + n) for n in range(5)], "va " + LINE.format("12,5"))
    first.line(72, 110, 210, 110).text(72, 94, "1 Trong do thu noi dia 210,5 ty.", 10)
    second = lines(Sheet(), "ty dong, vuot ke hoach.", "Het.")
    document = read(tmp_path, first, second)
    assert "12,5 nen ty dong, vuot ke hoach." in document.text
    assert [one.kind for one in document.paragraphs] == ["text", "footnote", "text"]


def test_a_note_does_not_cut_a_table_that_goes_on_over_the_page(tmp_path):
    xs = [60, 100, 260, 400]

    def part(rows, top):
        sheet = Sheet().grid(xs, [top - 30 * n for n in range(len(rows) + 1)])
        for number, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                sheet.text(x + 5, top - 30 * number - 20, text)
        return sheet

    first = part([["TT", "Chi tieu", "Thuc hien"], ["1", "Lua", "410"]], 300)
    first.line(60, 110, 200, 110).text(60, 94, "1 Trong do lua lai 120 tan.", 10)
    for line in range(6):
        first.text(60, 700 - 18 * line, "Nam 2024 nhan dan trong lua va cac cay trong khac.")
    second = part([["2", "Ngo", "95"], ["3", "Lac", "37"]], 780)
    document = read(tmp_path, first, second)
    assert len(document.tables) == 1
    assert "1\tLua\t410\n2\tNgo\t95\n3\tLac\t37" in document.text
    assert document.paragraphs[-1].kind == "footnote"


def test_fonts_whose_boxes_hug_the_letters_raise_no_digit():
    """LibreOffice embeds such fonts: beside "g" and "ệ" an ordinary digit would look raised."""
    text = load_document(DATA / "tight_font.pdf").text
    assert "Tỷ lệ hộ nghèo giảm còn 4,27%." in text
    assert "được 1.245 tỷ đồng¹, đạt 72,4% kế hoạch" in text


def test_a_number_that_a_narrow_cell_breaks_is_whole(tmp_path):
    sheet = Sheet().grid([60, 160, 208, 300], [600, 640, 680])
    for x, y, text in ((70, 650, "Chi tieu"), (163, 650, "ha"), (212, 650, "Ghi chu")):
        sheet.text(x, y, text)
    sheet.text(70, 620, "Dien tich").text(163, 624, "12.485,").text(163, 608, "6")
    sheet.text(212, 624, "Tr.don").text(212, 608, "g")
    text = read(tmp_path, sheet).text
    assert "Dien tich\t12.485,6\tTr.dong" in text


def test_a_numbered_item_low_on_the_page_is_no_note(tmp_path):
    sheet = lines(Sheet(), LINE.format(2020), "Tong quan.")
    sheet.text(72, 80, "2 Giai quyet viec lam.", 12)
    assert read(tmp_path, sheet).paragraphs[-1].kind == "text"


# --- lines to paragraphs -----------------------------------------------------------------------


def test_lines_of_a_paragraph_join_so_that_number_and_unit_meet(tmp_path):
    sheet = lines(
        Sheet(),
        LINE.format("2020 dat 12,5"),
        "ty dong, tang 7% so voi cung ky; van hoa va giao duc deu tien bo ro ret nhe",
        "trong nam.",
    )
    assert "dat 12,5 nen ty dong, tang" in read(tmp_path, sheet).text
    assert read(tmp_path, sheet).text.count("\n") == 1


def test_short_lines_and_items_stay_apart(tmp_path):
    sheet = lines(Sheet(), "BAO CAO", "Ket qua nam 2023", "- " + LINE.format(2020) + ".")
    lines(sheet, "- Thu ngan sach 5 ty.", "2. Chi ngan sach 7 ty.", y=700 - 3 * 15.6)
    assert read(tmp_path, sheet).text.split("\n\n") == [
        "BAO CAO",
        "Ket qua nam 2023",
        "- " + LINE.format(2020) + ".",
        "- Thu ngan sach 5 ty.",
        "2. Chi ngan sach 7 ty.\n",
    ]


def test_a_paragraph_goes_on_over_the_page(tmp_path):
    first = lines(Sheet(), *[LINE.format(2000 + n) for n in range(5)], "va " + LINE.format("12,5"))
    second = lines(Sheet(), "ty dong, vuot ke hoach.", "Het.")
    document = read(tmp_path, first, second)
    assert "12,5 nen ty dong, vuot ke hoach." in document.text
    assert document.page_at(document.text.index("Het.")) == 2


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("giai đoạn 2021-", "2025", "giai đoạn 2021-2025"),
        ("Quảng Trị-", "Huế", "Quảng Trị-Huế"),
        ("cơ-", "chế", "cơ-chế"),
        ("develop-", "ment", "development"),
        ("kinh tế -", "xã hội", "kinh tế - xã hội"),
        ("đạt 12,5", "tỷ", "đạt 12,5 tỷ"),
        ("invest\u00ad", "ment", "investment"),
    ],
)
def test_hyphens_at_line_ends(before, after, joined):
    assert join_lines(before, after) == joined


def test_a_legacy_font_in_a_pdf_keeps_its_letter_at_line_ends(tmp_path):
    """The PDF library gives the soft hyphen, which is ư in TCVN3, as a plain hyphen."""
    first = as_tcvn3("Tổng vốn đầu tư toàn xã hội đạt 1.240 tỷ đồng, trong đó vốn đầu tư")
    second = as_tcvn3("phát triển 37,5 tỷ đồng; chương trình nước sạch được mở rộng.")
    document = read(tmp_path, lines(Sheet(), first, second))
    assert document.encoding == "tcvn3"
    assert "trong đó vốn đầu tư phát triển 37,5 tỷ đồng; chương trình nước" in document.text


def test_words_broken_at_line_ends_are_mended_and_columns_kept(tmp_path):
    sheet = lines(Sheet(), "the plan of the town foresees a rise of public invest-", "ment by 5 bn")
    assert read(tmp_path, sheet).text == (
        "the plan of the town foresees a rise of public investment by 5 bn\n"
    )


# --- columns, furniture, tables ----------------------------------------------------------------


def two_columns(sheet: Sheet, drawn_across: bool) -> Sheet:
    left = [f"cot trai dong {n} noi ve thu ngan sach" for n in range(8)]
    right = [f"cot phai dong {n} noi ve viec lam moi" for n in range(8)]
    if drawn_across:
        for n in range(8):
            sheet.text(72, 650 - 16 * n, left[n]).text(320, 650 - 16 * n, right[n])
    else:
        lines(sheet, *left, y=650, size=12)
        lines(sheet, *right, x=320, y=650, size=12)
    return sheet


@pytest.mark.parametrize("drawn_across", [False, True])
def test_columns_are_read_one_after_the_other(tmp_path, drawn_across):
    sheet = Sheet().text(72, 700, "TIEU DE CHAY NGANG CA HAI COT CUA TRANG GIAY NAY")
    text = read(tmp_path, two_columns(sheet, drawn_across)).text
    order = [text.index(f"cot trai dong {n}") for n in range(8)]
    order += [text.index(f"cot phai dong {n}") for n in range(8)]
    assert text.startswith("TIEU DE")
    assert order == sorted(order)


def test_figures_side_by_side_are_rows_not_columns(tmp_path):
    sheet = Sheet()
    for n in range(6):
        y = 650 - 16 * n
        sheet.text(72, y, f"Chi tieu so {n}").text(300, y, f"{n}1,5").text(400, y, f"{n}2,5")
    document = read(tmp_path, sheet)
    assert document.text.startswith("Chi tieu so 0\t01,5\t02,5\nChi tieu so 1\t11,5\t12,5\n")
    assert {one.kind for one in document.paragraphs} == {"table"}


def numbered(number: int, total: int = 4) -> Sheet:
    sheet = lines(Sheet(), LINE.format(2000 + number), f"Trang nay noi ve {number}0 xa.")
    sheet.text(72, 800, "BAO CAO NAM 2023 CUA HUYEN", 10)
    return sheet.text(290, 30, f"Trang {number}/{total}", 10)


def test_running_heads_and_page_numbers_are_left_out(tmp_path):
    document = read(tmp_path, *(numbered(n) for n in range(1, 5)))
    assert "BAO CAO NAM" not in document.text
    assert "Trang 2/4" not in document.text
    assert "noi ve 20 xa" in document.text
    assert document.notes == ("running heads and feet are left out: BAO CAO NAM 2023 CUA HUYEN",)
    assert len(document.pages) == 4


def test_a_lone_number_that_keeps_no_step_is_kept(tmp_path):
    pages = [
        lines(Sheet(), LINE.format(n), "va con lai la").text(72, 60, f"{n * 37}") for n in (3, 5)
    ]
    text = read(tmp_path, *pages).text
    assert "111" in text
    assert "185" in text


def ruled(sheet: Sheet) -> Sheet:
    sheet.grid([72, 120, 300, 400, 500], [500, 530, 560])
    sheet.line(72, 590, 500, 590).line(72, 560, 72, 590).line(500, 560, 500, 590)
    sheet.line(120, 560, 120, 590).line(300, 560, 300, 590)
    for x, y, text in (
        (76, 570, "TT"), (124, 570, "Chi tieu"), (304, 570, "Nam 2023"),
        (76, 540, "1"), (124, 540, "Thu ngan sach"), (304, 540, "300"), (404, 540, "318,65"),
        (76, 510, "2"), (124, 516, "Viec lam moi"), (124, 503, "(nguoi)"), (304, 510, "1.250"),
    ):  # fmt: skip
        sheet.text(x, y, text, 10)
    sheet.text(404, 510, "1.325", 10)
    return sheet.text(431, 514, "1", 6)


def test_ruled_tables_keep_merged_cells_and_marks(tmp_path):
    sheet = ruled(Sheet().text(72, 700, "Bang 1."))
    sheet.text(72, 400, "Sau bang.")
    document = read(tmp_path, sheet)
    assert document.text == (
        "Bang 1.\n\nTT\tChi tieu\tNam 2023\t\n1\tThu ngan sach\t300\t318,65\n"
        "2\tViec lam moi (nguoi)\t1.250\t1.325¹\n\nSau bang.\n"
    )


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_pages_are_read_as_they_are_shown(tmp_path, turned):
    sheet = Sheet(turned=turned)
    for number, text in enumerate(["dong dau 1", "dong hai 2", "dong ba 3"]):
        x, y = 100, 500 - 20 * number  # as the page is shown
        matrix = {
            90: f"0 1 -1 0 {595 - y} {x}",
            180: f"-1 0 0 -1 {595 - x} {842 - y}",
            270: f"0 -1 1 0 {y} {842 - x}",
        }[turned]
        sheet.operators.append(f"BT /F1 12 Tf {matrix} Tm ({text}) Tj ET")
    assert read(tmp_path, sheet).text.split() == "dong dau 1 dong hai 2 dong ba 3".split()


def test_a_page_without_text_among_others_is_named(tmp_path):
    pages = [numbered(1), Sheet().image(), numbered(3)]
    document = read(tmp_path, *pages)
    assert document.notes[0] == "pages without a text layer (scans?) are missing: 2"
    assert len(document.pages) == 3


# --- the cells between lines, as pure geometry -------------------------------------------------


def test_lines_in_pieces_bound_cells_and_open_ones_are_none():
    level = [(0, 0, 50), (0, 51, 100), (20, 0, 100), (40, 0, 100), (60, 0, 100)]
    upright = [(0, 0, 40), (50, 0, 40), (100.5, 0, 21), (100, 20, 40)]
    grid = find_cells(level, upright)
    assert grid is not None
    assert [len(row) for row in grid.tables()[0]] == [2, 2]
    assert grid.at(25, 10) != grid.at(75, 10) != grid.at(75, 30)
    assert grid.at(25, 50) is None, "the field above has no walls"
    assert find_cells(level[:1], upright) is None


def test_two_tables_on_a_page_stay_two():
    level = [(y, 0, 100) for y in (0, 10, 20)] + [(y, 0, 100) for y in (60, 70, 80)]
    upright = [(x, low, low + 20) for x in (0, 40, 100) for low in (0, 60)]
    grid = find_cells(level, upright)
    assert grid is not None
    assert [[len(row) for row in one] for one in grid.tables()] == [[2, 2], [2, 2]]


# --- nothing is lost ---------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(40, 500), st.integers(40, 800), st.integers(10, 400)),
        min_size=1,
        max_size=60,
    )
)
def test_every_segment_is_read_once_however_pages_are_laid_out(places):
    segments = [
        Segment(f"w{index}", x, y, min(x + wide, 590), y + 12)
        for index, (x, y, wide) in enumerate(places)
    ]
    blocks = blocks_of(PageLayout(842, segments))
    words = [word for one in blocks for line in one.lines for word in line.split()]
    assert sorted(words) == sorted(f"w{index}" for index in range(len(places)))


def test_the_real_report_printed_to_pdf_keeps_every_word_and_note():
    """The 2024 report, set by a word processor: notes run over pages, sentences do too."""
    pdf = load_document(DATA / "bao_cao_ubnd_2024.pdf")
    plain = load_document(Path(__file__).parents[1] / "data/raw/bao_cao_kiem_diem_ubnd_2024.txt")
    note = re.compile(r"[¹²³]\s.*")
    lines = [line for line in plain.text.split("\n") if line.strip()]
    expected = [line for line in lines if not note.fullmatch(line)]
    found = [one for one in pdf.paragraphs if one.kind == "text"]
    text = " ".join(pdf.text[one.start : one.end] for one in found)
    assert text.split() == " ".join(expected).split()
    feet = [pdf.text[one.start : one.end] for one in pdf.paragraphs if one.kind == "footnote"]
    assert feet == [line for line in lines if note.fullmatch(line)]
    assert pdf.page_at(pdf.text.index("222,044")) == 3
