"""Text files and Word documents become one text, with pages, paragraphs and honest notes."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from docx_maker import cell, font, mark, notes, par, row, run, table, write_docx
from test_encodings import as_tcvn3, as_vni

from hlanalysis.errors import InputError
from hlanalysis.sources.documents import load_document

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "data" / "raw" / "bao_cao_kiem_diem_ubnd_2024.txt"
TEXT = "Thu ngân sách đạt 48,215 tỷ đồng, bằng 96,4% dự toán.\n\nViệc làm mới: 1.240 người."
RAISED = '<w:vertAlign w:val="superscript"/>'


def written(folder: Path, data: bytes, name: str = "bao_cao.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# --- plain text --------------------------------------------------------------------------------


def test_nothing_is_taken_away_from_the_real_report():
    document = load_document(REPORT)
    assert document.text == REPORT.read_bytes().decode("utf-8")
    digest = hashlib.sha256(document.text.encode("utf-8")).hexdigest()
    assert digest == "9426dfe1cda15181e5532d45d9ce3d91a8dd8b8ced4b4891f7992fd40dc37e11"
    assert (document.id, document.encoding, document.basis) == (REPORT.stem, "unicode", "raw")
    start = document.text.index("222,044")
    inside = document.paragraphs[document.paragraph_at(start)]
    assert document.text[inside.start :].startswith("Tổng hợp đánh giá tình hình")
    assert document.page_at(start) == 1


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.replace("\n", "\r\n").encode("utf-8"), "utf-8"),
        (TEXT.replace("\n", "\r").encode("utf-8"), "utf-8"),
        (unicodedata.normalize("NFD", TEXT).encode("utf-8"), "utf-8"),
    ],
)
def test_every_unicode_form_gives_the_same_text(tmp_path, data, charset):
    document = load_document(written(tmp_path, data))
    assert (document.text, document.charset, document.encoding) == (TEXT, charset, "unicode")


def as_windows_1258(text: str) -> bytes:
    """Encode as old Vietnamese Windows did: base letters, tones as marks after them."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            letters = unicodedata.normalize("NFD", char)
            base = "".join(one for one in letters if one not in TONES)
            tone = "".join(one for one in letters if one in TONES)
            out += (unicodedata.normalize("NFC", base) + tone).encode("cp1258")
    return bytes(out)


TONES = "\u0300\u0301\u0303\u0309\u0323"


def test_windows_1258_is_told_from_western_bytes(tmp_path):
    document = load_document(written(tmp_path, as_windows_1258(TEXT)))
    assert (document.text, document.charset) == (TEXT, "windows-1258")


def test_legacy_font_text_in_8_bit_files(tmp_path):
    for encode, name in ((as_tcvn3, "tcvn3"), (as_vni, "vni")):
        data = encode(TEXT).encode("latin-1")
        document = load_document(written(tmp_path, data))
        assert (document.text, document.encoding) == (TEXT, name)
        assert document.raw_text == encode(TEXT)
        assert document.basis == ("raw" if name == "tcvn3" else "unicode")
        assert document.notes == ()


def test_western_text_keeps_its_letters_and_quotes(tmp_path):
    text = "“Recettes” : +12,5 % à l’été – café, 3 €"
    document = load_document(written(tmp_path, text.encode("cp1252")))
    assert document.text == text
    assert any("not known" in note for note in document.notes)


def test_a_mixed_file_says_so(tmp_path):
    data = (TEXT + "\n" + as_tcvn3("Tổng vốn đầu tư đạt 12 tỷ đồng")).encode("utf-8")
    document = load_document(written(tmp_path, data))
    assert document.text.endswith("Tổng vốn đầu tư đạt 12 tỷ đồng")
    assert document.notes == ("some paragraphs are in the TCVN3 font encoding",)


def test_letters_that_became_question_marks_are_refused(tmp_path):
    lost = TEXT.encode("ascii", errors="replace")
    with pytest.raises(InputError, match=r"words have lost letters.*UTF-8"):
        load_document(written(tmp_path, lost))


def test_a_question_without_a_space_behind_it_is_no_lost_letter(tmp_path):
    text = "Vì sao thu đạt thấp?Do sáu tháng đầu năm thu 12 tỷ đồng.\n" + TEXT
    assert load_document(written(tmp_path, text.encode())).notes == ()


def test_single_lost_letters_are_told(tmp_path):
    data = (TEXT + "\nThu đạt 12 t\ufffd đồng").encode()
    line = TEXT.count("\n") + 2
    note = f"letters were lost before the text was saved, the first on line {line}"
    assert load_document(written(tmp_path, data)).notes == (note,)


def test_form_feeds_are_pages(tmp_path):
    document = load_document(written(tmp_path, "một 1\fhai 2\fba 3".encode()))
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, "một 1\f"),
        (2, "hai 2\f"),
        (3, "ba 3"),
    ]
    assert document.page_at(document.text.index("2")) == 2


def test_paragraphs_of_a_text_are_blocks_between_blank_lines(tmp_path):
    document = load_document(written(tmp_path, b"  one\ntwo  \n \n\n three\n"))
    texts = [document.text[one.start : one.end] for one in document.paragraphs]
    assert texts == ["one\ntwo", "three"]


def test_twice_encoded_text_is_doubted_not_mended(tmp_path):
    twice = "tỷ đồng kế hoạch".encode().decode("latin-1").encode("utf-8")
    document = load_document(written(tmp_path, twice))
    assert any("windows-1252" in note for note in document.notes)


# --- Word --------------------------------------------------------------------------------------


def text_of(folder: Path, body: str, **parts: str) -> str:
    return load_document(write_docx(folder / "a.docx", body, **parts)).text


def test_paragraphs_stand_apart_and_breaks_stay_inside(tmp_path):
    body = par("Một") + par("Thu ", "<w:r><w:br/></w:r>", "đạt 5%") + par("   ")
    assert text_of(tmp_path, body) == "Một\n\nThu\nđạt 5%\n"


def test_footnotes_stand_at_the_end_with_raised_marks(tmp_path):
    body = par("vượt kế hoạch", mark(2), "; đạt 25%", mark(1), ".") + par("Hết.")
    document = load_document(
        write_docx(
            tmp_path / "a.docx", body, footnotes=notes("footnote", "Theo số liệu 7.", "Cho 1.067.")
        )
    )
    assert document.text == (
        "vượt kế hoạch¹; đạt 25%².\n\nHết.\n\n¹ Cho 1.067.\n\n² Theo số liệu 7.\n"
    )
    assert [one.kind for one in document.paragraphs] == ["text", "text", "footnote", "footnote"]


def test_endnotes_go_on_counting_and_a_missing_note_is_no_mark(tmp_path):
    body = par("a", mark(1), " b", mark(1, "endnote"), " c", mark(9))
    text = text_of(
        tmp_path, body, footnotes=notes("footnote", "F."), endnotes=notes("endnote", "E.")
    )
    assert text == "a¹ b² c\n\n¹ F.\n\n² E.\n"


def test_marks_typed_by_hand_and_exponents_do_not_glue_to_figures(tmp_path):
    body = par("đạt 25%", run("1", RAISED), " của 15 m", run("2", RAISED), run("(3)", RAISED))
    assert text_of(tmp_path, body) == "đạt 25%¹ của 15 m²⁽³⁾\n"


def test_tables_are_rows_of_cells_and_merged_cells_stand_once(tmp_path):
    wide = cell("Kế hoạch", '<w:gridSpan w:val="2"/>')
    down = cell("I", '<w:vMerge w:val="restart"/>')
    more = cell("x", "<w:vMerge/>")
    body = par("Bảng") + table(
        row("TT", wide, "Ghi chú"), row(down, "2023", "2024", ""), row(more, "1,5", "2,5", "giá")
    )
    document = load_document(write_docx(tmp_path / "a.docx", body + par("Sau")))
    assert document.text == (
        "Bảng\n\nTT\tKế hoạch\t\tGhi chú\nI\t2023\t2024\t\n\t1,5\t2,5\tgiá\n\nSau\n"
    )
    assert [one.kind for one in document.paragraphs] == ["text", "table", "table", "table", "text"]


def test_a_cell_of_several_paragraphs_or_a_list_in_a_frame_is_one_line(tmp_path):
    inner = table(row("a 1"), row("b 2")) + par("")
    body = table(row(cell(par("dòng 1") + par("dòng 2")), cell(inner)))
    assert text_of(tmp_path, body) == "dòng 1 dòng 2\ta 1; b 2\n"


def test_a_table_inside_a_cell_is_one_by_itself_after_the_table_that_holds_it(tmp_path):
    inner = par("Biểu con") + table(row("a", "1"), row("b", "2")) + par("")
    body = table(row("x", cell(inner)), row("y", "z")) + par("Sau")
    path = write_docx(tmp_path / "a.docx", body)
    document = load_document(path)
    assert document.text == "x\t\ny\tz\n\nBiểu con\n\na\t1\nb\t2\n\nSau\n"
    assert [document.text[one.start : one.end] for one in document.tables] == [
        "x\t\ny\tz",
        "a\t1\nb\t2",
    ]


def test_a_frame_around_a_table_keeps_the_order_of_the_page(tmp_path):
    inner = par("Biểu con") + table(row("a", "1"), row("b", "2")) + par("Nguồn")
    body = table(row("Đầu"), row(cell(inner)), row("Cuối"))
    expected = "Đầu\n\nBiểu con\n\na\t1\nb\t2\n\nNguồn\n\nCuối\n"
    assert text_of(tmp_path, body) == expected


def test_deleted_and_hidden_text_is_left_out_and_said(tmp_path):
    deleted = '<w:del w:id="1"><w:r><w:delText>99</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("12")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{run("55")}</w:moveFrom>'
    body = par("đạt ", deleted, inserted, moved, run(" bí mật 7", "<w:vanish/>"), " tỷ")
    shown = run(" hiện", '<w:vanish w:val="0"/>')
    document = load_document(write_docx(tmp_path / "a.docx", body + par("a", shown)))
    assert document.text == "đạt 12 tỷ\n\na hiện\n"
    assert document.notes == (
        "1 pieces of hidden text are left out",
        "2 tracked deletions are left out",
    )


def test_text_hidden_by_its_style_is_hidden(tmp_path):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = (
        f'<w:styles {w}><w:style w:type="character" w:styleId="A">'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    body = par("đạt 5", run(" 77", '<w:rStyle w:val="B"/>'))
    assert text_of(tmp_path, body, styles=styles) == "đạt 5\n"


def test_headers_and_footers_are_notes_not_text(tmp_path):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = load_document(
        write_docx(
            tmp_path / "a.docx",
            par("Nội dung 5"),
            header=f"<w:hdr {w}>{par('UBND huyện 2023')}</w:hdr>",
        )
    )
    assert document.text == "Nội dung 5\n"
    assert document.notes == ("headers and footers are left out: UBND huyện 2023",)


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path):
    inside = f"<w:txbxContent>{par('trong khung 8')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{inside}</mc:Choice>"
        f"<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    )
    body = par("trước", f"<w:r>{both}</w:r>", " sau") + par("cuối")
    assert text_of(tmp_path, body) == "trước sau\n\ntrong khung 8\n\ncuối\n"


def test_links_fields_and_controls_are_transparent(tmp_path):
    field = "".join(
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText>FORMULA 77</w:instrText></w:r>",
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run("12,5"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        )
    )
    control = f"<w:sdt><w:sdtContent>{par('trong ', field)}</w:sdtContent></w:sdt>"
    body = control + par(f"<w:hyperlink>{run('liên kết')}</w:hyperlink>")
    assert text_of(tmp_path, body) == "trong 12,5\n\nliên kết\n"


def test_legacy_fonts_are_decoded_run_by_run(tmp_path):
    old, capital = font(".VnTime"), font(".VnTimeH")
    body = par(
        run(as_tcvn3("Thu ngân sách đạt "), old),
        run("4.215"),
        run("\u00ad" + as_tcvn3("ớc 7 tri"), old),
        run(as_tcvn3("ệu"), old),
    ) + par(run(as_tcvn3("cộng hòa"), capital))
    document = load_document(write_docx(tmp_path / "a.docx", body))
    assert document.text == "Thu ngân sách đạt 4.215ước 7 triệu\n\nCỘNG HÒA\n"
    assert (document.encoding, document.basis) == ("tcvn3", "raw")


def test_a_font_name_left_over_on_unicode_text_harms_nothing(tmp_path):
    body = par(run("Hà Nam đạt 5 tỷ đồng", font(".VnTime"))) + par(run("Hà Nam", font("VNI-Times")))
    assert text_of(tmp_path, body) == "Hà Nam đạt 5 tỷ đồng\n\nHà Nam\n"


def test_vni_without_font_names_moves_offsets_and_says_so(tmp_path):
    body = "".join(par(as_vni(line)) for line in TEXT.split("\n\n"))
    document = load_document(write_docx(tmp_path / "a.docx", body))
    assert document.text == TEXT + "\n"
    assert (document.encoding, document.basis) == ("vni", "unicode")


def test_a_footnote_mark_in_tcvn3_text_is_not_the_letter_a(tmp_path):
    body = par(run(as_tcvn3("vượt kế hoạch"), font(".VnTime")), mark(1)) + par(
        run(as_tcvn3("số liệu đạt"), font(".VnTime"))
    )
    text = text_of(tmp_path, body, footnotes=notes("footnote", "Ghi chú 5."))
    assert text == "vượt kế hoạch¹\n\nsố liệu đạt\n\n¹ Ghi chú 5.\n"


def test_pages_as_word_last_laid_them_out(tmp_path):
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = par("một", mark(1)) + par("hai dở", turn, " dang") + par(turn, "ba") + par("bốn")
    document = load_document(
        write_docx(tmp_path / "a.docx", body, footnotes=notes("footnote", "Chú."))
    )
    pages = [document.text[page.start : page.end].split() for page in document.pages]
    assert pages == [["một¹", "hai", "dở", "dang", "¹", "Chú."], ["ba", "bốn"]]


def test_page_breaks_set_by_hand_count_where_word_left_no_others(tmp_path):
    turn = '<w:r><w:br w:type="page"/></w:r>'
    document = load_document(write_docx(tmp_path / "a.docx", par("một", turn) + par("hai")))
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_at(document.text.index("hai")) == 2


def test_strict_documents_are_read_too(tmp_path):
    path = write_docx(tmp_path / "a.docx", par("đạt 5"))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = path.read_bytes()
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {name: part.replace(old, strict.encode()) for name, part in parts.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert load_document(path).text == "đạt 5\n"


def test_paragraph_offsets_cut_out_their_text(tmp_path):
    body = par("một") + table(row("a", "1")) + par("hai", mark(1))
    document = load_document(
        write_docx(tmp_path / "a.docx", body, footnotes=notes("footnote", "ba"))
    )
    cut = [document.text[one.start : one.end] for one in document.paragraphs]
    assert cut == ["một", "a\t1", "hai¹", "¹ ba"]
    assert document.pages[-1].end == len(document.text)
    assert document.charset == "docx"


def test_a_document_under_a_wrong_name_is_read_by_its_bytes(tmp_path):
    path = write_docx(tmp_path / "bao_cao.txt", par("đạt 5"))
    assert load_document(path).text == "đạt 5\n"
