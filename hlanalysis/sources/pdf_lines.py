"""The characters of a PDF page as segments: stretches of one line, with their box and size.

The PDF library gives text in the order in which it was drawn and breaks it at every raised mark.
Here only a few characters of each stretch are measured, which is what keeps reading fast: the
ends, the letters beside wide gaps, and the last digit of each number, because a footnote mark
set after a figure ("25%¹") differs from it by size alone.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hlanalysis.sources.assembly import superscript

# The library puts U+0002 for a hyphen at a line end, and goes on without the line end.
_FRAGMENT = re.compile("[^\r\n\x02]+\x02?")
_WORD = re.compile(r"[^\W\d_]{4,12}")
_SAMPLED = 8  # words of a page that are looked at to tell how its fonts measure letters
_DIGITS = re.compile(r"[0-9]+")
_ODD = re.compile("[\x00\xa0\ufffe]")
_MORE = re.compile("[\ufb00-\ufb04\x02]")
_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
# A gap wider than this many line heights parts columns; justified words come to half of it.
_WIDE = 1.6
_SMALL, _RAISED = 0.82, 0.12
_ONE_TO_ONE = {0xFFFE: "\x02", 0xA0: " ", 0x00: " "}
_LATER = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0x02: "\u00ad"}

Box = tuple[float, float, float, float]  # left, bottom, right, top, from the lower left corner


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text on one line, without wide gaps.

    Attributes
    ----------
    text : str
        Raised digits are superscript characters.
    left, bottom, right, top : float
        Its box in points, as the page is shown.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """The height of its line."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2


class PageText:
    """The characters of one page, measured on demand.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    """

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self._textpage = page.get_textpage()
        self._handle = self._textpage.raw
        self._measure = raw.FPDFText_GetLooseCharBox
        self._rect = raw.FS_RECTF()
        self._at = ctypes.byref(self._rect)
        self.width, self.height = page.get_size()
        self._turn = page.get_rotation() // 90
        self.text = self._read(raw)
        self._em: EmBox | None = None
        if not self._turn and self._is_tight(raw):
            self._em = EmBox(self._handle, raw)

    def close(self) -> None:
        """Give the page's memory back."""
        self._textpage.close()

    def _read(self, raw: Any) -> str:
        """Return the characters so that index i is the library's character i."""
        count = raw.FPDFText_CountChars(self._handle)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self._handle, 0, count, buffer) - 1
        if written == count:
            text = bytes(memoryview(buffer)[:count]).decode("utf-16-le", errors="replace")
            if len(text) == count:
                return text.translate(_ONE_TO_ONE) if _ODD.search(text) else text
        points = (raw.FPDFText_GetUnicode(self._handle, index) for index in range(count))
        whole = "".join(chr(one) if 0 < one < 0xD800 or 0xE000 <= one else " " for one in points)
        return whole.translate(_ONE_TO_ONE)

    def box(self, index: int) -> Box:
        """Return the box of a character, as the page is shown."""
        self._measure(self._handle, index, self._at)
        rect = self._rect
        if self._em is not None:
            bottom, top = self._em.of(index)
            return rect.left, bottom, rect.right, top
        if not self._turn:
            return rect.left, rect.bottom, rect.right, rect.top
        return self.turned(rect.left, rect.bottom, rect.right, rect.top)

    def _is_tight(self, raw: Any) -> bool:
        """Tell whether boxes hug the shapes of letters, so that "g" reaches lower than "3".

        So they do where a font says no line height, as those that LibreOffice embeds often do;
        a digit beside such letters would look raised.
        """
        words = list(_WORD.finditer(self.text))
        for match in words[:: max(1, len(words) // _SAMPLED)]:
            heights = set()
            for index in range(*match.span()):
                self._measure(self._handle, index, self._at)
                size = raw.FPDFText_GetFontSize(self._handle, index) or 1.0
                heights.add(round((self._rect.top - self._rect.bottom) / size, 2))
            if len(heights) > 1 and max(heights) > 1.06 * min(heights):
                return True
        return False

    def turned(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the page as the page is shown: scanners and landscape pages turn it."""
        if self._turn == 1:  # clockwise by 90 degrees
            return bottom, self.height - right, top, self.height - left
        if self._turn == 2:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self._turn == 3:
            return self.width - top, left, self.width - bottom, right
        return left, bottom, right, top

    def segments(self) -> list[Segment]:
        """Return the text in the order in which it was drawn, raised marks told apart."""
        lines: list[list[Fragment]] = []
        for fragment in self.fragments:
            if lines and _continues(lines[-1][-1], fragment):
                lines[-1].append(fragment)
            else:
                lines.append([fragment])
        return [self._segment(line) for line in lines]

    @cached_property
    def fragments(self) -> list[Fragment]:
        """The stretches between line ends and wide gaps, in the order drawn."""
        return list(self._fragments())

    def _fragments(self) -> Iterator[Fragment]:
        for match in _FRAGMENT.finditer(self.text):
            start, end = match.span()
            piece = match.group()
            start += len(piece) - len(piece.lstrip())
            end -= len(piece) - len(piece.rstrip())
            if start < end:
                yield from self._cut(start, end)

    def _cut(self, start: int, end: int) -> Iterator[Fragment]:
        """Cut a stretch where a gap is wide: columns and cells stand there."""
        first, last = self.box(start), self.box(end - 1)
        tallest = max((first, self.box((start + end) // 2), last), key=_tallness)
        height = max(_tallness(tallest), 1.0)
        # Only where letters are set wider than letters are can there be a wide gap.
        if (last[2] - first[0]) > 0.42 * height * (end - start):
            for gap in _GAP.finditer(self.text, start, end):
                before, after = self.box(gap.start() - 1), self.box(gap.end())
                if after[0] - before[2] > _WIDE * height:
                    left = max((first, before), key=_tallness)
                    yield Fragment(start, gap.start(), first[0], before[2], left[1], left[3])
                    start, first = gap.end(), after
            tallest = max((first, last), key=_tallness) if first[0] > tallest[0] else tallest
        yield Fragment(start, end, first[0], last[2], tallest[1], tallest[3])

    def _segment(self, line: list[Fragment]) -> Segment:
        widest = max(line, key=lambda one: (one.top - one.bottom) * min(one.end - one.start, 4))
        parts = []
        for index, one in enumerate(line):
            if index and one.left - line[index - 1].right > 0.08 * (widest.top - widest.bottom):
                parts.append(" ")
            parts.append(self.marked(one.start, one.end, widest.bottom, widest.top))
        return Segment("".join(parts), line[0].left, widest.bottom, line[-1].right, widest.top)

    def marked(self, start: int, end: int, bottom: float, top: float) -> str:
        """Return a stretch with its small raised digits as superscript characters."""
        pieces, at = [], start
        for match in _DIGITS.finditer(self.text, start, end):
            first = match.end()
            while first > match.start() and self._is_raised(first - 1, bottom, top):
                first -= 1
            pieces += [self.text[at:first], superscript(self.text[first : match.end()])]
            at = match.end()
        pieces.append(self.text[at:end])
        text = "".join(pieces)
        return text.translate(_LATER) if _MORE.search(text) else text

    def _is_raised(self, index: int, bottom: float, top: float) -> bool:
        box, height = self.box(index), top - bottom
        return box[3] - box[1] < _SMALL * height and box[1] - bottom > _RAISED * height


class EmBox:
    """Where a character's line lies, from its origin and the size of its font.

    Parameters
    ----------
    handle : text page of the library
    raw : module pypdfium2.raw
    """

    # Ascent and descent of the Times family, in parts of the font's size.
    ASCENT, DESCENT = 0.891, 0.216

    def __init__(self, handle: Any, raw: Any) -> None:
        self._handle, self._raw = handle, raw
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix = raw.FS_MATRIX()

    def of(self, index: int) -> tuple[float, float]:
        """Return the lower and upper edge of a character's line."""
        raw = self._raw
        raw.FPDFText_GetCharOrigin(self._handle, index, *self._at)
        size = raw.FPDFText_GetFontSize(self._handle, index)
        if raw.FPDFText_GetMatrix(self._handle, index, ctypes.byref(self._matrix)):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        return self._y.value - self.DESCENT * size, self._y.value + self.ASCENT * size


def _tallness(box: Box) -> float:
    return box[3] - box[1]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters start to end of the page, between their left and right end on one level."""

    start: int
    end: int
    left: float
    right: float
    bottom: float
    top: float


def _continues(before: Fragment, after: Fragment) -> bool:
    """Tell whether a stretch goes on the line of the one drawn before it."""
    overlap = min(before.top, after.top) - max(before.bottom, after.bottom)
    smaller = min(before.top - before.bottom, after.top - after.bottom)
    larger = max(before.top - before.bottom, after.top - after.bottom)
    gap = after.left - before.right
    return overlap > 0.5 * smaller and -0.4 * larger < gap < _WIDE * larger
