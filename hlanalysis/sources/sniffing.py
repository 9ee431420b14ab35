"""What a file is, told by its bytes and never by its name.

Offices send zips named .xls, HTML pages named .xls and semicolon text named .xlsx; a
password turns an .xlsx into the same container that an old .xls lives in. Every reader
asks here first, so that the right reader opens the file, or the user is told what it is.
"""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

HEAD = 65536  # enough for every signature, and for a fair look at text
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_SCAN_LIMIT = 256 * 1024 * 1024  # an OLE file larger than this is no office document of ours


class FileKind(StrEnum):
    """The kinds of file that this project tells apart."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    DOCX = "docx"
    PPTX = "pptx"
    ZIP = "zip"
    DAMAGED_ZIP = "damaged_zip"
    XLS = "xls"
    DOC = "doc"
    ENCRYPTED_OFFICE = "encrypted_office"
    OLE = "ole"
    HTML = "html"
    SPREADSHEET_XML = "spreadsheet_xml"
    XML = "xml"
    PDF = "pdf"
    RTF = "rtf"
    IMAGE = "image"
    CSV = "csv"
    TEXT = "text"
    EMPTY = "empty"
    BINARY = "binary"

    @property
    def description(self) -> str:
        """What the file is, in words that fit after "looks like"."""
        return _DESCRIPTIONS[self]


_DESCRIPTIONS = {
    FileKind.XLSX: "an Excel workbook (.xlsx)",
    FileKind.XLSB: "a binary Excel workbook (.xlsb)",
    FileKind.ODS: "an OpenDocument file",
    FileKind.DOCX: "a Word document (.docx)",
    FileKind.PPTX: "a PowerPoint presentation (.pptx)",
    FileKind.ZIP: "a zip archive",
    FileKind.DAMAGED_ZIP: "a damaged or incomplete zip container (.xlsx, .docx)",
    FileKind.XLS: "an old Excel workbook (.xls)",
    FileKind.DOC: "an old Word document (.doc)",
    FileKind.ENCRYPTED_OFFICE: "an Office file protected by a password",
    FileKind.OLE: "an old Office container of an unknown kind",
    FileKind.HTML: "an HTML page",
    FileKind.SPREADSHEET_XML: "an Excel 2003 XML spreadsheet",
    FileKind.XML: "an XML file",
    FileKind.PDF: "a PDF document",
    FileKind.RTF: "an RTF document",
    FileKind.IMAGE: "an image",
    FileKind.CSV: "CSV text",
    FileKind.TEXT: "plain text",
    FileKind.EMPTY: "an empty file",
    FileKind.BINARY: "binary data of an unknown kind",
}

_SIGNATURES = (
    (b"%PDF-", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"II*\x00", FileKind.IMAGE),
    (b"MM\x00*", FileKind.IMAGE),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BIFF_START = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_CONTROLS = [code for code in range(1, 32) if code not in (9, 10, 12, 13)]
_HTML_MARK = re.compile(r"<\s*(!doctype\s+html|html|head|body|table|tr|meta|div)\b", re.I)


def sniff(path: str | Path) -> FileKind:
    """Return what the file at `path` is, judged by its bytes.

    Parameters
    ----------
    path : str or Path
        An existing file; its name and extension are not looked at.

    Returns
    -------
    FileKind
        A string enum; ``kind.description`` is the kind in words for a message.

    Raises
    ------
    OSError
        If the file cannot be opened.
    """
    with open(path, "rb") as file:
        head = file.read(HEAD)
    if not head:
        return FileKind.EMPTY
    if head.startswith(b"PK"):
        return _zip_kind(Path(path))
    if head.startswith(OLE_SIGNATURE):
        return _ole_kind(Path(path))
    # A PDF may carry a few bytes of rubbish before its mark (readers allow 1024).
    if b"%PDF-" in head[:1024] and not head.lstrip().startswith(b"<"):
        return FileKind.PDF
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if _BIFF_START.match(head):
        return FileKind.XLS  # a bare BIFF stream, as some web systems write
    return _text_kind(head)


def _zip_kind(path: Path) -> FileKind:
    """Tell the zip containers apart by the parts that they must hold."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return FileKind.DAMAGED_ZIP
    for part, kind in (
        ("xl/workbook.bin", FileKind.XLSB),
        ("word/document.xml", FileKind.DOCX),
        ("ppt/presentation.xml", FileKind.PPTX),
    ):
        if part in names:
            return kind
    if any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    if any(name.startswith("word/") for name in names):
        return FileKind.DOCX
    if "content.xml" in names and "mimetype" in names:
        return FileKind.ODS
    return FileKind.ZIP


def _ole_kind(path: Path) -> FileKind:
    """Tell the OLE containers apart by the names of their streams."""
    with open(path, "rb") as file:
        data = file.read(OLE_SCAN_LIMIT)
    for name, kind in (
        ("EncryptedPackage", FileKind.ENCRYPTED_OFFICE),
        ("EncryptionInfo", FileKind.ENCRYPTED_OFFICE),
        ("Workbook", FileKind.XLS),
        ("Book", FileKind.XLS),
        ("WordDocument", FileKind.DOC),
    ):
        if _has_ole_stream(data, name):
            return kind
    return FileKind.OLE


def _has_ole_stream(data: bytes, name: str) -> bool:
    """Tell whether a directory entry of this name stands where entries stand.

    An entry is 128 bytes, begins with the name in UTF-16 and holds the name's length in
    bytes (with its closing zero) at offset 64; text that merely mentions the name does not.
    """
    pattern = name.encode("utf-16-le") + b"\x00\x00"
    at = data.find(pattern)
    while at >= 0:
        length = int.from_bytes(data[at + 64 : at + 66], "little")
        if at % 128 == 0 and length == len(pattern):
            return True
        at = data.find(pattern, at + 1)
    return False


def _text_kind(head: bytes) -> FileKind:
    text = _as_text(head)
    if text is None:
        return FileKind.BINARY
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        return FileKind.EMPTY if len(head) < HEAD else FileKind.TEXT
    if _HTML_MARK.match(start):
        return FileKind.HTML
    if start.startswith(("<?xml", "<!--", "<?mso")):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start:
            return FileKind.SPREADSHEET_XML
        return FileKind.HTML if _HTML_MARK.search(start[:4096]) else FileKind.XML
    return FileKind.CSV if _looks_like_csv(start) else FileKind.TEXT


def _as_text(head: bytes) -> str | None:
    """Decode the head well enough to look at it, or return None for binary data."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, errors="replace")
    if b"\x00" in head:
        return _as_bare_utf16(head)
    # Legacy Vietnamese is 8-bit Latin-1; control bytes other than white space mean binary.
    controls = sum(head.count(bytes([code])) for code in _CONTROLS)
    if controls > len(head) // 100:
        return None
    return head.decode("utf-8", errors="replace") if _is_utf8(head) else head.decode("latin-1")


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # a character cut by the end of the head
    return True


def _as_bare_utf16(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head.decode(encoding, errors="replace")
    # Half of the bytes of mostly Latin text are zero on one side only.
    if max(even, odd) < len(head) // 8 or min(even, odd) > len(head) // 50:
        return None
    return text


def _looks_like_csv(text: str) -> bool:
    """Tell a delimited table from prose: the same delimiter, equally often, line after line."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if len(text) >= HEAD // 2 and len(lines) > 1:
        lines = lines[:-1]
    for delimiter in (";", "\t", "|", ","):
        counts = [line.count(delimiter) for line in lines]
        if not counts or not counts[0]:
            continue
        same = sum(count == counts[0] for count in counts)
        enough = 2 if delimiter != "," else 3
        if len(lines) >= enough and same >= 0.8 * len(lines):
            return True
    return False
