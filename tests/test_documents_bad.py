"""What is no readable document gets one clear error, quickly and in little memory."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from docx_maker import W, docx_bytes, par, zip_bytes
from pdf_maker import Sheet, pdf_bytes

from hlanalysis.errors import InputError
from hlanalysis.sources import documents, docx, pdf, text
from hlanalysis.sources.documents import load_document

GOOD_DOCX = docx_bytes(par("đạt 5 tỷ đồng"))
GOOD_PDF = pdf_bytes(Sheet().text(72, 700, "dat 5 ty dong"))
BILLION = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + f"]><w:document {W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)
FETCHING = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    f"<w:document {W}><w:body>{par('a')}</w:body></w:document>"
)


def zipped(document: str | bytes) -> bytes:
    return zip_bytes({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def spoilt(data: bytes) -> bytes:
    """Overwrite some packed bytes of the main part."""
    at = data.index(b"word/document.xml") + len("word/document.xml") + 5
    return data[:at] + b"\xff" * 25 + data[at + 25 :]


def ole(stream: str) -> bytes:
    """Return the head of an OLE container with a directory entry of this name."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little")
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry).ljust(1024, b"\0")


def locked_pdf() -> bytes:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<30313233343536373839303132333435> <30313233343536373839303132333435>] "
    )
    return GOOD_PDF.replace(b"trailer << ", b"trailer << " + lock)


def deep(depth: int) -> str:
    inner = par("đáy 1")
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    return inner


BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "the file is empty"),
    "white space": ("a.txt", b" \n\n\t ", "the file is empty"),
    "binary": ("a.txt", bytes(range(256)) * 40, "binary data"),
    "picture": ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "an image.*OCR"),
    "cut utf-8": ("a.txt", ("đồng " * 50 + "ồ").encode()[:-1], "line 1: bytes .* are no UTF-8"),
    "joined encodings": (
        "a.txt",
        ("tỷ đồng\n" * 40).encode() + "đạt".encode("utf-16-le").replace(b"\0", b"\xff"),
        "line 41: bytes .* are no UTF-8",
    ),
    "cut utf-16": ("a.txt", "đồng".encode("utf-16")[:-1], "no UTF-16-LE"),
    "html as docx": ("a.docx", b"<!DOCTYPE html><html><body>5</body></html>", "an HTML page"),
    "xlsx as docx": (
        "a.docx",
        zip_bytes({"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"}),
        "an Excel workbook.*hlanalysis load",
    ),
    "some zip": ("a.docx", zip_bytes({"a.txt": "a"}), "a zip archive"),
    "old word": ("a.doc", ole("WordDocument"), "an old Word document.*save it as .docx"),
    "rtf": ("a.doc", rb"{\rtf1\ansi 5}", "an RTF document.*save it as .docx"),
    "locked docx": ("a.docx", ole("EncryptedPackage"), "protected by a password"),
    "cut docx": ("a.docx", GOOD_DOCX[: len(GOOD_DOCX) // 2], "damaged"),
    "docx with a spoilt part": ("a.docx", spoilt(GOOD_DOCX), "damaged"),
    "docx without its main part": (
        "a.docx",
        zip_bytes({"word/styles.xml": "<a/>"}),
        "word/document.xml is missing",
    ),
    "docx with broken xml": ("a.docx", zipped("<w:document><w:body>"), "not well-formed"),
    "docx without text": ("a.docx", docx_bytes(par("")), "holds no text.*OCR"),
    "entity bomb": ("a.docx", zipped(BILLION), "document type"),
    "entity bomb in utf-16": (
        "a.docx",
        zipped(BILLION.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")),
        "document type",
    ),
    "entity that fetches": ("a.docx", zipped(FETCHING), "document type"),
    "zip bomb": ("a.docx", zipped(b" " * (80 << 20)), "too much to be an office file"),
    "tables nested without end": ("a.docx", docx_bytes(deep(70)), "deep"),
    "cut pdf": ("a.pdf", GOOD_PDF[: len(GOOD_PDF) * 2 // 3], "the PDF is damaged"),
    "pdf of rubbish": ("a.pdf", b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF", "the PDF is damaged"),
    "locked pdf": ("a.pdf", locked_pdf(), "the PDF is protected by a password"),
    "scan": ("a.pdf", pdf_bytes(*[Sheet().image()] * 3), "3 pages without a text layer.*OCR"),
    "stamped scan": (
        "a.pdf",
        pdf_bytes(*[Sheet().image().text(280, 20, "1", 9)] * 2, Sheet().image()),
        "without a text layer.*OCR",
    ),
    "blank pdf": ("a.pdf", pdf_bytes(Sheet()), "without a text layer"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_documents_get_one_clear_error(tmp_path, what):
    name, data, expected = BAD[what]
    path = tmp_path / name
    path.write_bytes(data)
    start = time.monotonic()
    with pytest.raises(InputError, match=f"(?s){expected}") as caught:
        load_document(path)
    assert time.monotonic() - start < 30
    message = str(caught.value)
    assert name in message
    assert "expected" in message and "Hint: " in message
    assert len(message) < 600 and "\n" not in message


def test_bombs_are_refused_in_little_memory(tmp_path):
    for what in ("entity bomb", "zip bomb", "entity that fetches"):
        path = tmp_path / "bomb.docx"
        path.write_bytes(BAD[what][1])
        tracemalloc.start()
        with pytest.raises(InputError):
            load_document(path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 20 << 20, what


def test_a_missing_file_a_folder_and_a_device_are_named(tmp_path):
    for path, expected in (
        (tmp_path / "không có.docx", "no such file"),
        (tmp_path, "is a folder"),
        (Path(os.devnull), "is a device"),
    ):
        if os.name == "nt" and path == Path(os.devnull):
            continue
        with pytest.raises(InputError, match=expected):
            load_document(path)


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf"])
def test_a_file_we_may_not_read_is_named(tmp_path, monkeypatch, name):
    path = tmp_path / name
    path.write_bytes(b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # chmod does not stop the administrator, under whom tests often run.
    monkeypatch.setattr(documents, "sniff", refuse)
    with pytest.raises(InputError, match="cannot be read \\(Permission denied\\)"):
        load_document(path)


@pytest.mark.parametrize(
    ("name", "data", "module", "limit", "value", "expected"),
    [
        ("a.txt", b"5 " * 100, text, "MAX_BYTES", 50, "MB of text"),
        ("a.docx", GOOD_DOCX, docx, "MAX_XML", 50, "at most 0 MB of XML"),
        ("a.pdf", GOOD_PDF, pdf, "MAX_BYTES", 50, "MB; expected at most"),
        ("a.pdf", GOOD_PDF, pdf, "MAX_CHARACTERS", 5, "page 1: .* characters on one page"),
        ("a.pdf", pdf_bytes(Sheet(), Sheet()), pdf, "MAX_PAGES", 1, "2 pages"),
    ],
)
def test_sizes_are_capped(tmp_path, monkeypatch, name, data, module, limit, value, expected):
    path = tmp_path / name
    path.write_bytes(data)
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(InputError, match=expected):
        load_document(path)


def test_hostile_text_takes_linear_time(tmp_path):
    # Long runs of what the patterns of detection and paragraphs look for, never completed.
    for piece in (b"\xa8\xb8\xb9", b" \n", b"a\xf9", b"\t ", b"A \xb5 ", b"-\xad"):
        seconds = []
        for count in (20_000, 80_000):
            path = tmp_path / "a.txt"
            path.write_bytes(b"x" + piece * count)
            start = time.process_time()
            load_document(path)
            seconds.append(time.process_time() - start)
        assert seconds[1] < 12 * max(seconds[0], 0.15), piece


def test_a_good_pdf_with_rubbish_before_and_after_is_read(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD_PDF + b"\0" * 3000)
    assert load_document(path).text == "dat 5 ty dong\n"
