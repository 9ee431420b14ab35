"""Plain text files: UTF-8, UTF-16 and the 8-bit encodings of old Vietnamese Windows.

Of the text nothing is taken away but a byte order mark: an offset found here is an offset in the
file decoded, in NFC, with LF line ends.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from hlanalysis.errors import InputError
from hlanalysis.sources.documents import Document, DocumentTable, Page, Paragraph, unreadable
from hlanalysis.sources.encodings import to_unicode
from hlanalysis.sources.syllables import is_syllable

# A report is 25 KB and a yearbook a few MB; what is larger is no text that somebody wrote.
MAX_BYTES = 256 * 1024 * 1024
_SAMPLE = 200_000  # bytes that decide between 8-bit encodings
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?(?:[^\S\n]*\n[^\S\n]*\S(?:[^\n]*\S)?)*")
_SPECIAL_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
# What UTF-8 Vietnamese looks like after a program took it for windows-1252 and saved it again.
_TWICE_ENCODED = re.compile("á[º»][\u0080-\u00bf\u0152-\u2122]|Ä[‘\u0090ƒ]|Æ[°¡¯]")

# A letter that an encoding without it turned into a question mark: "T?ng thu ng?n s?ch".
_LOST = re.compile(r"(?<!\S)[^\W\d_]*(?:\?[^\W\d_]|\ufffd|\?\?[^\W\d_])[\w?\ufffd]*")
_WORDS = re.compile(r"[^\W\d_][\w?\ufffd]*")
_LOST_SHARE = 0.1  # of the words; so many are no slips


@dataclass(frozen=True, slots=True)
class PlainText:
    """The characters of a text file, how its bytes were read, and doubts about it."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()


def read_text_document(path: Path, name: str) -> Document:
    """Read a .txt file as a document; form feeds separate its pages."""
    plain = read_plain_text(path)
    decoded = to_unicode(plain.text)
    text = decoded.text
    notes = plain.notes
    if decoded.mixed:
        notes += (f"some paragraphs are in the {decoded.encoding.upper()} font encoding",)
    return Document(
        id=name,
        path=path,
        text=text,
        encoding=decoded.encoding,
        pages=_pages(text),
        paragraphs=tuple(Paragraph(*match.span()) for match in _PARAGRAPH.finditer(text)),
        basis="unicode" if len(text) != len(plain.text) else "raw",
        raw_text=plain.text,
        notes=notes,
        charset=plain.charset,
        tables=tuple(_tables(text)),
    )


def _tables(text: str) -> Iterator[DocumentTable]:
    """Yield the runs of lines with equally many tabs: tables pasted or saved as text."""
    if "\t" not in text:
        return
    at = 0
    for tabs, group in groupby(text.split("\n"), lambda line: line.count("\t")):
        lines = list(group)
        length = sum(map(len, lines)) + len(lines)
        if tabs >= 2 and len(lines) >= 3:
            yield DocumentTable(at, at + length - 1)
        at += length


def read_plain_text(path: Path) -> PlainText:
    """Read and decode a text file; NFC, LF line ends, nothing else changed.

    Raises
    ------
    InputError
        If the file cannot be read, is larger than `MAX_BYTES`, its bytes fit no encoding, or many
        of its letters were lost before ("T?ng thu").
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                str(path),
                f"{size / 2**20:.0f} MB of text",
                f"at most {MAX_BYTES // 2**20} MB",
                "split the file, or check that this is the right one",
            )
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    plain = _decode(path, data)
    text = plain.text.replace("\r\n", "\n").replace("\r", "\n")
    _check_letters(path, text)
    notes = plain.notes
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        notes += (f"letters were lost before the text was saved, the first on line {line}",)
    return PlainText(unicodedata.normalize("NFC", text), plain.charset, notes)


def _check_letters(path: Path, text: str) -> None:
    sample = text[:_SAMPLE]
    lost = list(_LOST.finditer(sample))
    if len(lost) < 3 or len(lost) < _LOST_SHARE * len(_WORDS.findall(sample)):
        return
    line = sample.count("\n", 0, lost[0].start()) + 1
    raise InputError(
        f"{path}, line {line}",
        f"{lost[0].group()!r} and {len(lost) - 1} more words have lost letters",
        "Vietnamese letters throughout",
        "the text was saved in an encoding that has no such letters: export it again, as UTF-8",
    )


def _decode(path: Path, data: bytes) -> PlainText:
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return PlainText(_strictly(path, data[len(mark) :], charset), charset)
    if b"\x00" in data[:_SAMPLE]:
        charset = _bare_utf16(data[:_SAMPLE])
        return PlainText(_strictly(path, data, charset), charset)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _bad_bytes(path, data, "utf-8", error) from error
        return _decode_8bit(data)
    if _TWICE_ENCODED.search(text[:_SAMPLE]):
        note = "the letters look like UTF-8 that a program took for windows-1252 and saved again"
        return PlainText(text, "utf-8", (note,))
    return PlainText(text, "utf-8")


def _strictly(path: Path, data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        raise _bad_bytes(path, data, charset, error) from error


def _bad_bytes(path: Path, data: bytes, charset: str, error: UnicodeDecodeError) -> InputError:
    line = data.count(b"\n", 0, error.start) + 1
    wrong = data[error.start : min(error.end, error.start + 4)].hex(" ")
    return InputError(
        f"{path}, line {line}",
        f"bytes {wrong} at offset {error.start} are no {charset.upper()}",
        f"{charset.upper()} throughout, as in the rest of the file",
        "the file was cut or two files were joined: export it again, as UTF-8",
    )


def _bare_utf16(sample: bytes) -> str:
    """Tell the byte order of UTF-16 without a mark: Latin letters have their zero byte high."""
    return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few bad bytes from an 8-bit text that only by chance holds a sequence."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(not char.isascii() for char in text) - bad
    return good > 10 * bad or (bad == 0 and good > 0)


def _decode_8bit(data: bytes) -> PlainText:
    """Choose between windows-1258 and windows-1252 (which also carries TCVN3 and VNI)."""
    western = _western(data)
    viet = _windows_1258(data)
    best = _share(to_unicode(western[:_SAMPLE]).text)
    if viet is not None and _share(viet[:_SAMPLE]) > best:
        return PlainText(viet, "windows-1258")
    if best >= 0.5:
        return PlainText(western, "windows-1252")
    note = "8-bit text in an encoding that is not known; read as windows-1252, letters may be wrong"
    return PlainText(western, "windows-1252", (note,))


def _western(data: bytes) -> str:
    """Decode windows-1252; its five unused bytes become the control characters of Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        latin = data.decode("latin-1")
        return latin.translate({code: _CP1252.get(code, chr(code)) for code in range(0x80, 0xA0)})


_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _windows_1258(data: bytes) -> str | None:
    try:
        return unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None


def _share(text: str) -> float:
    """Return the share of words with special letters that are Vietnamese syllables."""
    words = _SPECIAL_WORD.findall(text)
    return sum(map(is_syllable, words)) / len(words) if words else 1.0


def _pages(text: str) -> tuple[Page, ...]:
    """Cut at form feeds; the mark belongs to the page that it ends."""
    ends = [match.end() for match in re.finditer("\f", text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    starts = [0, *ends[:-1]]
    return tuple(
        Page(number, *span) for number, span in enumerate(zip(starts, ends, strict=True), 1)
    )
