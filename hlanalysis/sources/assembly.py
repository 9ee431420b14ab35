"""Putting a document's text together: paragraphs, table rows, notes and pages, with offsets.

Pieces come as they stand in the file, in whatever encoding; they are decoded when the whole is
known, so that a short paragraph is judged with its neighbours. Marks that we set ourselves
(footnote numbers) are kept out of the decoding, where ¹ would be a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from hlanalysis.sources.documents import (
    Document,
    DocumentTable,
    Page,
    Paragraph,
    ParagraphKind,
)
from hlanalysis.sources.encodings import Encoding, to_unicode

_SUPERSCRIPTS = str.maketrans("0123456789()[]", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾")
# Superscript digits travel through the decoding as private characters.
_HIDE = {ord(sign): 0xF700 + digit for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_SHOW = {chr(hidden): chr(sign) for sign, hidden in _HIDE.items()}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_NOT_ONE_LINE = re.compile(r"[^\S ]|  ")
_MARKS = re.compile("[\uf700-\uf709]")
_TO_CLEAN = re.compile("[\x00-\x08\x0a-\x1f\x7f\u2028\u2029]")
_BREAKS = re.compile(r"[^\S\n]*\n\s*")


def superscript(digits: str) -> str:
    """Return digits as superscript characters, which no reader takes for a part of a figure.

    Examples
    --------
    >>> superscript("12")
    '¹²'
    """
    return digits.translate(_SUPERSCRIPTS)


class Piece(NamedTuple):
    """A stretch of text with what its font says.

    Attributes
    ----------
    text : str
    legacy : {"tcvn3", "vni"} or None
        The encoding that the font stands for.
    capitals : bool
        The font shows small letters as capitals.
    fixed : bool
        Text of ours (marks, separators), not to be decoded.
    """

    text: str
    legacy: Encoding | None = None
    capitals: bool = False
    fixed: bool = False


class Cell(NamedTuple):
    """A cell of a table row.

    Attributes
    ----------
    pieces : list of Piece
    width : int
        Columns that it covers.
    goes_on : bool
        It is the lower part of a merged cell, whose text stands above.
    """

    pieces: list[Piece]
    width: int = 1
    goes_on: bool = False


_TAB = Piece("\t", fixed=True)


@dataclass(slots=True)
class _Block:
    pieces: list[Piece]
    kind: ParagraphKind
    after: str
    spans: tuple[tuple[int, bool], ...] = ()


class Assembly:
    """Collects paragraphs in reading order and makes a `Document` of them."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._page_ends: list[int] = []

    def paragraph(self, pieces: list[Piece], kind: str) -> None:
        """Add a paragraph; an empty one is left out, a blank line follows the others."""
        if any(piece.text.strip() for piece in pieces):
            self._blocks.append(_Block(pieces, kind, "\n\n"))  # type: ignore[arg-type]

    def row(self, cells: list[Cell]) -> None:
        """Add a table row: one line, a tab between columns."""
        pieces: list[Piece] = []
        for index, cell in enumerate(cells):
            if index:
                pieces.append(_TAB)
            for piece in cell.pieces:
                clean = not _NOT_ONE_LINE.search(piece.text)
                pieces.append(piece if clean else _on_one_line(piece))
            if cell.width > 1:
                pieces += [_TAB] * (cell.width - 1)
        if any(piece.text.strip() for piece in pieces):
            spans = tuple((cell.width, cell.goes_on) for cell in cells)
            self._blocks.append(_Block(pieces, "table", "\n", spans))

    def end_table(self) -> None:
        """End the table with a blank line."""
        if self._blocks and self._blocks[-1].kind == "table":
            self._blocks[-1].after = "\n\n"

    def end_page(self, *, even_empty: bool = False) -> None:
        """End the page after the paragraphs added so far."""
        if even_empty or len(self._blocks) > (self._page_ends[-1] if self._page_ends else 0):
            self._page_ends.append(len(self._blocks))

    def has_text(self) -> bool:
        """Tell whether any paragraph was added."""
        return bool(self._blocks)

    def plain(self) -> str:
        """Return the raw text."""
        return "\n".join("".join(piece.text for piece in one.pieces) for one in self._blocks)

    def document(self, path: Path, name: str, notes: list[str], charset: str) -> Document:
        """Decode everything and lay it out; the text ends with one line end."""
        if self._blocks:
            self._blocks[-1].after = "\n"
        texts, encodings = _decode(self._blocks)
        raw = texts
        if any(one != "unicode" for one in encodings):
            raw = [_clean("".join(piece.text for piece in one.pieces)) for one in self._blocks]
        starts, at = [], 0
        for text, block in zip(texts, self._blocks, strict=True):
            starts.append(at)
            at += len(text) + len(block.after)
        paragraphs = tuple(
            Paragraph(start, start + len(text), block.kind)
            for start, text, block in zip(starts, texts, self._blocks, strict=True)
        )
        whole = "".join(t + b.after for t, b in zip(texts, self._blocks, strict=True))
        raw_whole = "".join(t + b.after for t, b in zip(raw, self._blocks, strict=True))
        legacy = Counter(one for one in encodings if one != "unicode").most_common(1)
        return Document(
            id=name,
            path=path,
            text=whole,
            encoding=legacy[0][0] if legacy else "unicode",
            pages=self._pages([*starts, len(whole)]),
            paragraphs=paragraphs,
            basis="raw" if [*map(len, raw)] == [*map(len, texts)] else "unicode",
            raw_text=raw_whole,
            notes=tuple(notes),
            charset=charset,
            tables=tuple(self._tables(paragraphs)),
        )

    def _tables(self, paragraphs: tuple[Paragraph, ...]) -> Iterator[DocumentTable]:
        """Yield the tables: rows up to the one that a blank line follows."""
        first: int | None = None
        for index, block in enumerate(self._blocks):
            if not block.spans:
                first = None
                continue
            first = index if first is None else first
            following = self._blocks[index + 1 : index + 2]
            if block.after != "\n" or not following or not following[0].spans:
                merged = _merged([one.spans for one in self._blocks[first : index + 1]])
                yield DocumentTable(paragraphs[first].start, paragraphs[index].end, merged)
                first = None

    def _pages(self, starts: list[int]) -> tuple[Page, ...]:
        """Return the pages; one that ends with the text is closed by its own end."""
        ends = list(self._page_ends)
        if not ends or ends[-1] < len(self._blocks):
            ends.append(len(self._blocks))
        offsets = [0, *(starts[end] for end in ends)]
        return tuple(Page(number, *span) for number, span in enumerate(pairwise(offsets), 1))


def _merged(rows: list[tuple[tuple[int, bool], ...]]) -> tuple[tuple[int, int, int, int], ...]:
    """Return the boxes of merged cells: to the right by width, down while they go on."""
    boxes: dict[int, list[int]] = {}  # by left column, the box that the next row may go on with
    found: list[list[int]] = []
    for number, spans in enumerate(rows, 1):
        column = 1
        for width, goes_on in spans:
            above = boxes.get(column)
            if goes_on and above is not None and above[2] == number - 1:
                above[2] = number
            else:
                boxes[column] = [number, column, number, column + width - 1]
                found.append(boxes[column])
            column += width
    return tuple(
        (top, left, bottom, right)
        for top, left, bottom, right in found
        if bottom > top or right > left
    )


def _on_one_line(piece: Piece) -> Piece:
    return piece._replace(text=re.sub(r"\s+", " ", piece.text))


def _decode(blocks: list[_Block]) -> tuple[list[str], list[Encoding]]:
    """Decode the paragraphs: by font where a font says it, else all together."""
    texts: list[str] = [""] * len(blocks)
    encodings: list[Encoding] = ["unicode"] * len(blocks)
    together: list[int] = []
    for index, block in enumerate(blocks):
        if any([piece.legacy for piece in block.pieces]):  # a list: no generator to set up
            text, encodings[index] = _by_font(block.pieces)
            texts[index] = _finished(text)
        else:
            texts[index] = _clean("".join([_hidden(piece) for piece in block.pieces]))
            together.append(index)
    if together:
        # A paragraph may hold line breaks of its own; they wait while lines are paragraphs.
        lines = [texts[index].replace("\n", "\v") for index in together]
        decoded = to_unicode("\n".join(lines))
        finished = _finished(decoded.text).split("\n")
        for index, line in zip(together, finished, strict=True):
            texts[index] = line.replace("\v", "\n")
        encodings[together[0]] = decoded.encoding
    return texts, encodings


def _finished(text: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub(lambda mark: _SHOW[mark.group()], text))


def _by_font(pieces: list[Piece]) -> tuple[str, Encoding]:
    found: list[Encoding] = []
    parts = []
    for (legacy, capitals), group in groupby(pieces, lambda one: (one.legacy, one.capitals)):
        text = "".join(map(_hidden, group))
        decoded = to_unicode(text, hint=legacy, capitals=capitals)
        found.append(decoded.encoding)
        parts.append(decoded.text)
    legacy_found = [one for one in found if one != "unicode"]
    return _clean("".join(parts)), legacy_found[0] if legacy_found else "unicode"


def _hidden(piece: Piece) -> str:
    """Return a piece's text, marks of ours hidden from the decoding."""
    return piece.text.translate(_HIDE) if piece.fixed and not piece.text.isascii() else piece.text


def _clean(text: str) -> str:
    """Drop control characters that XML or a PDF let through, and trim around line breaks."""
    if not _TO_CLEAN.search(text):  # the usual case
        return text.strip(" ")
    return _BREAKS.sub("\n", _CONTROL.sub("", text)).strip(" \n\r")
