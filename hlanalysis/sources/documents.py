"""The door to documents: a raw .txt, .docx or .pdf becomes one text with pages and paragraphs.

What a file is, is told by its bytes (`sniffing`), not by its name. Offsets in everything that
follows are offsets in ``Document.text``; nothing here interprets what the text says.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hlanalysis.errors import InputError
from hlanalysis.sources.encodings import Encoding
from hlanalysis.sources.sniffing import FileKind, sniff

ParagraphKind = Literal["text", "table", "footnote", "endnote", "header", "footer"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number and the characters of the text that stand on it."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its characters in the text, without the line end, and what it is."""

    start: int
    end: int
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table: the lines of the text from start to end, a row each, cells parted by tabs.

    Attributes
    ----------
    start, end : int
        Its characters in the text, without the last line end.
    merged : tuple of (top, left, bottom, right)
        Merged cells, rows and columns counted from 1; their text stands at the upper left.
    """

    start: int
    end: int
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text.

    Attributes
    ----------
    id : str
        The stem of the file's name.
    path : Path
    text : str
        Unicode, NFC, LF line ends. Of a .txt file nothing is taken away, so offsets are those of
        the file itself.
    encoding : {"unicode", "tcvn3", "vni"}
        How the letters were written; legacy fonts are decoded in `text`.
    pages : tuple of Page
        In order, without gaps; a .docx has no pages of its own and is one.
    paragraphs : tuple of Paragraph
        In order; what lies between them is white space.
    basis : {"raw", "unicode"}
        "raw" where an offset in `text` is the same in `raw_text`, "unicode" where decoding moved
        offsets (VNI).
    raw_text : str
        The text before legacy letters were decoded.
    notes : tuple of str
        What a reader must know: parts left out, doubts about the encoding.
    charset : str
        How the bytes were read ("utf-8", "utf-16-le", "windows-1258"), or the format.
    tables : tuple of DocumentTable
        The tables of a .docx or .pdf, and lines of a .txt with equally many tabs.
    """

    id: str
    path: Path
    text: str
    encoding: Encoding
    pages: tuple[Page, ...]
    paragraphs: tuple[Paragraph, ...]
    basis: Literal["raw", "unicode"]
    raw_text: str
    notes: tuple[str, ...] = ()
    charset: str = "utf-8"
    tables: tuple[DocumentTable, ...] = ()

    def page_at(self, offset: int) -> int:
        """Return the number of the page on which a character of the text stands."""
        index = bisect_right([page.start for page in self.pages], offset) - 1
        return self.pages[max(index, 0)].number

    def paragraph_at(self, offset: int) -> int:
        """Return the index in `paragraphs` of the paragraph a character stands in or follows."""
        return max(bisect_right([one.start for one in self.paragraphs], offset) - 1, 0)


def load_document(path: str | Path) -> Document:
    """Read one document, whatever its name says it is.

    Parameters
    ----------
    path : str or Path
        A .txt (any encoding in use), .docx or .pdf with a text layer.

    Returns
    -------
    Document

    Raises
    ------
    InputError
        If there is no such file, it cannot be read, is empty, damaged, protected by a password,
        too large, a scan without text, or no document at all.
    """
    path = Path(path)
    kind = what_is(path)
    reader = _reader(kind)
    if reader is None:
        raise refusal(path, kind)
    return reader(path, document_id(path))


def document_id(path: Path) -> str:
    """Return the name under which figures of this document are listed: the file's stem in NFC."""
    return unicodedata.normalize("NFC", path.stem)


def what_is(path: Path) -> FileKind:
    """Sniff a file that a user named, with an error in the user's words if that fails."""
    if not path.exists():
        raise InputError(str(path), "no such file", "a document", "check the name and the folder")
    if path.is_dir():
        raise InputError(
            str(path), "is a folder", "one file", "name the documents in it one by one"
        )
    if not path.is_file():
        raise InputError(str(path), "is a device or a pipe", "a file", "copy the document first")
    try:
        return sniff(path)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> InputError:
    """Say that the system does not let us read a file."""
    reason = error.strerror or str(error)
    return InputError(
        str(path),
        f"cannot be read ({reason})",
        "a file that this account may read",
        "close it where it is open, or ask for the right to read it",
    )


def _reader(kind: FileKind) -> Callable[[Path, str], Document] | None:
    # Imported on demand: lxml and the PDF library are not paid for by those who read text.
    if kind in (FileKind.TEXT, FileKind.CSV):
        from hlanalysis.sources.text import read_text_document

        return read_text_document
    if kind is FileKind.DOCX:
        from hlanalysis.sources.docx import read_docx

        return read_docx
    if kind is FileKind.PDF:
        from hlanalysis.sources.pdf import read_pdf

        return read_pdf
    return None


_EXPECTED = "a .docx, a .pdf with a text layer, or a .txt"
_SAVE_AS = "open it in Word or LibreOffice and save it as .docx"
_HINTS = {
    FileKind.EMPTY: "copy or download the file again",
    FileKind.DAMAGED_ZIP: "the file was cut short or damaged: copy or download it again",
    FileKind.ENCRYPTED_OFFICE: "open it with its password and save a copy without one",
    FileKind.DOC: _SAVE_AS,
    FileKind.RTF: _SAVE_AS,
    FileKind.ODS: _SAVE_AS,
    FileKind.OLE: _SAVE_AS,
    FileKind.HTML: "open it in a browser and print it to a .pdf, or copy its text into a .txt",
    FileKind.IMAGE: "run optical character recognition (OCR) on it first and save a .pdf or .docx",
    FileKind.PPTX: "copy its text into a .docx",
    FileKind.XML: _SAVE_AS,
}
_WORKBOOKS = (FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.SPREADSHEET_XML)


def refusal(path: Path, kind: FileKind) -> InputError:
    """Say what a file is that is no document, and what to do with it."""
    if kind is FileKind.EMPTY:
        return InputError(str(path), "the file is empty", _EXPECTED, _HINTS[kind])
    hint = _HINTS.get(kind, "check that this is the right file")
    if kind in _WORKBOOKS:
        hint = "read workbooks with `hlanalysis load`"
    return InputError(str(path), f"this is {kind.description}", _EXPECTED, hint)
