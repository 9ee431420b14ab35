"""Old Vietnamese font encodings (TCVN3 and VNI) to Unicode, with offsets kept.

Text typed for fonts such as .VnTime or VNI-Times holds Latin-1 characters that only look
Vietnamese in that font: TCVN3 writes one character a letter, VNI a vowel and a mark. Nothing may
clean the text before it is decoded: the letter ư of TCVN3 is the soft hyphen, and its ạ ẵ ắ are
the signs ¹ ½ ¾ that NFKC turns into digits.

Which encoding a paragraph is in is decided by reading it each way and counting how many words
with special letters come out as Vietnamese syllables. A paragraph that could be either
follows its neighbours; plain Unicode wins every other tie.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from hlanalysis.sources.legacy_letters import (
    decode_line,
    tcvn3_table,
    vni_pattern,
    vni_table,
)
from hlanalysis.sources.syllables import is_syllable

Encoding = Literal["unicode", "tcvn3", "vni"]

# Letters that no legacy text holds: where one stands, the paragraph is Unicode.
_MODERN = re.compile("[ĂăĐđĨĩŨũƠ-ơƢƣƯưẠ-ỹ]")
_WORD = re.compile("[A-Za-z\u00a1-\u00fe]+")
_ENOUGH_WORDS = 400  # words with special letters looked at in one paragraph; more changes nothing
# Shares of such words that are syllables: enough alone, and enough where the neighbours agree.
_CLEAR, _LIKELY = 0.7, 0.5

# Shapes that one word alone gives away, because neither Vietnamese nor another language has them:
# a sign between letters, "đ" as a sign before a syllable, a capital letter after a small one.
_TCVN3_SHAPE = re.compile(
    "[A-Za-z][\u00a1-\u00ae\u00b5-\u00be][a-z]|[a-z][\u00a8-\u00ae\u00b6\u00b8\u00bb-\u00be]\\Z"
    "|\\A[®§][a-z\u00a1-\u00fe]{2}|[a-z][\u00c6-\u00de]"
)
_VNI_SHAPE = re.compile("(?i)[aeo][åä]|[aeouyôö]û|\\Añ[aeouyôö][\u00e0-\u00fc]")

# Frequent syllables of official texts: they settle a short line that reads both ways.
_FREQUENT = frozenset(
    """
    và của các có là được cho với trong năm tháng đầu đạt so kế hoạch tỷ đồng triệu nghìn thu chi
    ngân sách nhà nước tổng số bộ hộ xã thị trấn huyện tỉnh thành phố phường ban hành báo cáo công
    tác kinh tế hội vốn tư giá trị tăng giảm bằng cùng kỳ trên địa bàn thực hiện dự toán nông
    nghiệp dịch vụ thương mại sản lượng xuất lúa diện tích tấn người lao động giáo dục y văn hóa
    quyết định nghị nhiệm chỉ tiêu đơn vị tính phát triển độ quản lý kết quả sử dụng đất phí lệ
    tiền khoản nguồn bổ sung cân đối cấp trường học chủ tịch ủy nhân dân đảng cộng hòa việt nam
    độc lập tự do hạnh phúc tình hình một hai những không tại đến từ để theo về mới khác
    """.split()
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text in Unicode and where each of its characters stood before.

    Attributes
    ----------
    text : str
        Unicode, NFC.
    encoding : {"unicode", "tcvn3", "vni"}
        How the text was written; where a text mixes, the legacy encoding of most characters.
    starts : sequence of int, shape (len(text) + 1,)
        ``starts[i]`` is the offset in ``NFC(raw)`` where character ``i`` began; the last entry is
        the length of the raw text, so that an end offset can be looked up too.
    mixed : bool
        Some paragraphs are in another encoding than the rest.
    """

    text: str
    encoding: Encoding
    starts: Sequence[int]
    mixed: bool = False

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of the characters from ``start`` up to ``end``."""
        return self.starts[start], self.starts[end]


def to_unicode(text: str, *, hint: Encoding | None = None, capitals: bool = False) -> Decoded:
    """Turn a text into Unicode, whichever way it was written, paragraph by paragraph.

    Parameters
    ----------
    text : str
        Raw text, untouched: no cleaning, no NFKC. Cells of one sheet are best joined by line
        ends, so that short cells are decided together.
    hint : {"unicode", "tcvn3", "vni"}, optional
        What the font says; used where a paragraph alone could be read both ways.
    capitals : bool, optional
        The font shows small letters as capitals (.VnTimeH): return capitals.

    Returns
    -------
    Decoded

    Examples
    --------
    >>> to_unicode("Thu ng©n s¸ch ®¹t 4.215 triÖu ®ång").text
    'Thu ngân sách đạt 4.215 triệu đồng'
    >>> decoded = to_unicode("ñaït 4.215 trieäu ñoàng")
    >>> decoded.text, decoded.encoding, decoded.raw_span(4, 9)
    ('đạt 4.215 triệu đồng', 'vni', (5, 10))
    """
    raw = unicodedata.normalize("NFC", text)
    if raw.isascii():
        return Decoded(raw.upper() if capitals else raw, "unicode", range(len(raw) + 1))
    lines = raw.split("\n")
    found = _settle([_judge(line) for line in lines], hint)
    decoded = _join(lines, found)
    if capitals:
        return Decoded(decoded.text.upper(), decoded.encoding, decoded.starts, decoded.mixed)
    return decoded


def detect(texts: Iterable[str]) -> Encoding:
    """Return the encoding of a group of short texts (cells, labels) judged together."""
    return to_unicode("\n".join(texts)).encoding


def decode(text: str, encoding: Encoding) -> Decoded:
    """Decode a text whose encoding is known, for example by its font."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    return _join(lines, [encoding] * len(lines))


@lru_cache(maxsize=256)
def encoding_of_font(font: str | None) -> Encoding | None:
    """Return the encoding a font name stands for, or None if the name says nothing.

    Examples
    --------
    >>> encoding_of_font(".VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Arial")
    ('tcvn3', 'vni', None)
    """
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith("vni") else None


@lru_cache(maxsize=256)
def font_shows_capitals(font: str | None) -> bool:
    """Tell whether a legacy font draws small letters as capitals (.VnTimeH, .VnArialH)."""
    name = (font or "").strip()
    return name.lower().startswith(".vn") and name.endswith("H")


def mend_look_alikes(text: str) -> str:
    """Replace ƣ and Ƣ, which old PDF fonts put for ư and Ư; no offset moves."""
    return text.translate({0x01A2: "Ư", 0x01A3: "ư"})


# --- deciding -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one paragraph shows: its encoding, or None with the legacy ones it could be."""

    encoding: Encoding | None
    could_be: tuple[Encoding, ...] = ("tcvn3", "vni")


_SILENT = _Verdict(None)
_UNICODE = _Verdict("unicode")


def _judge(line: str) -> _Verdict:
    if line.isascii():
        return _SILENT
    if _MODERN.search(line):
        return _UNICODE
    special, plain = _words(line)
    if not special:
        return _SILENT
    scores = {name: _score(special, name) for name in ("tcvn3", "vni", "unicode")}
    legacy: Encoding = "vni" if scores["vni"] > scores["tcvn3"] else "tcvn3"
    valid, other = scores[legacy], scores["unicode"]
    if other[0] > valid[0] or valid[0] < _LIKELY * len(special) or _foreign(plain):
        return _UNICODE
    if other[0] == valid[0] and other[1] > valid[1]:
        return _UNICODE
    if scores["tcvn3"] == scores["vni"]:
        return _SILENT
    if other[0] == valid[0]:
        return _Verdict(legacy if valid[1] > other[1] + 1 else None, (legacy,))
    sure = valid[0] >= _CLEAR * len(special)
    return _Verdict(legacy if sure and _telling(special, legacy) else None, (legacy,))


def _words(line: str) -> tuple[list[str], list[str]]:
    """Return the words with special letters, and the plain ones in small letters."""
    special: list[str] = []
    plain: list[str] = []
    for match in _WORD.finditer(line):
        word = match.group()
        if word.isascii():
            if len(word) > 1 and not word.isupper():
                plain.append(word)
        elif len(word) > 1:
            special.append(word)
            if len(special) == _ENOUGH_WORDS:
                break
    return special, plain


def _score(words: list[str], encoding: Encoding) -> tuple[int, int]:
    """Count the words that read as syllables in an encoding, and the frequent ones of them."""
    read = [_reading(word, encoding) for word in words]
    return sum(word is not None for word in read), sum(word in _FREQUENT for word in read)


@lru_cache(maxsize=1 << 15)
def _reading(word: str, encoding: Encoding) -> str | None:
    if encoding == "tcvn3":
        read = word.translate(tcvn3_table())
    elif encoding == "vni":
        read = vni_pattern().sub(lambda match: vni_table()[match.group()], word)
    else:
        read = word.strip("\u00a1-\u00bf×÷")
    return read.lower() if is_syllable(read, damaged=encoding == "tcvn3") else None


def _foreign(plain: list[str]) -> bool:
    """Tell whether the words without special letters are those of another language."""
    if len(plain) < 3:
        return False
    return sum(map(is_syllable, plain)) < _LIKELY * len(plain)


def _telling(words: list[str], encoding: Encoding) -> bool:
    """Tell whether the evidence is more than one word that could be chance."""
    right = {word for word in words if _reading(word, encoding) is not None}
    shape = _TCVN3_SHAPE if encoding == "tcvn3" else _VNI_SHAPE
    return len(right) > 1 or any(shape.search(word) for word in right)


def _settle(verdicts: list[_Verdict], hint: Encoding | None) -> list[Encoding]:
    """Give every paragraph an encoding: its own, else its neighbours', else Unicode."""
    after: list[Encoding | None] = [None] * len(verdicts)
    following: Encoding | None = None
    for index in range(len(verdicts) - 1, -1, -1):
        after[index] = following
        following = verdicts[index].encoding or following
    settled: list[Encoding] = []
    before: Encoding | None = None
    for verdict, later in zip(verdicts, after, strict=True):
        settled.append(verdict.encoding or _by_company(verdict, hint, before or later))
        before = verdict.encoding or before
    return settled


def _by_company(verdict: _Verdict, hint: Encoding | None, company: Encoding | None) -> Encoding:
    believed = hint or company or "unicode"
    return believed if believed in verdict.could_be else "unicode"


# --- decoding -------------------------------------------------------------------------------


def _join(lines: list[str], encodings: list[Encoding]) -> Decoded:
    if all(name == "unicode" for name in encodings):
        text = "\n".join(lines)
        return Decoded(text, "unicode", range(len(text) + 1))
    parts = [decode_line(line, name) for line, name in zip(lines, encodings, strict=True)]
    text = "\n".join(part for part, _ in parts)
    starts: Sequence[int] = range(len(text) + 1)
    if any(offsets is not None for _, offsets in parts):
        starts = _offsets(lines, [offsets for _, offsets in parts])
    return Decoded(text, *_summary(lines, encodings, starts))


def _summary(
    lines: list[str], encodings: list[Encoding], starts: Sequence[int]
) -> tuple[Encoding, Sequence[int], bool]:
    sizes: dict[Encoding, int] = {"unicode": 0, "tcvn3": 0, "vni": 0}
    for line, name in zip(lines, encodings, strict=True):
        sizes[name] += 0 if line.isascii() else len(line)
    most: Encoding = "vni" if sizes["vni"] > sizes["tcvn3"] else "tcvn3"
    return most, starts, sum(size > 0 for size in sizes.values()) > 1


def _offsets(lines: list[str], offsets: list[array[int] | None]) -> array[int]:
    """Lay the offsets of the lines end to end, with one for each line end and one for the end."""
    starts = array("L")
    at = 0
    for line, own in zip(lines, offsets, strict=True):
        starts.extend(range(at, at + len(line)) if own is None else (at + one for one in own))
        at += len(line) + 1
        starts.append(at - 1)
    return starts
