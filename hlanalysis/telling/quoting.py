"""The printed sentence around a figure, for a reader who wants to see it for himself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hlanalysis.observations import Observation

_TEXT_LOCATOR = re.compile(r"(?:p(?P<page>\d+):)?(?P<start>\d+)-(?P<end>\d+)")
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n")
_LONGEST = 420


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text with one figure in it.

    Attributes
    ----------
    text : str
        One line; white space folded.
    start, end : int
        Where the figure stands in `text`; equal where it is not marked.
    """

    text: str
    start: int = 0
    end: int = 0


def span_of(locator: str) -> tuple[int, int] | None:
    """Return the characters a locator points to, or None if it points to a cell."""
    match = _TEXT_LOCATOR.fullmatch(locator)
    return (int(match["start"]), int(match["end"])) if match else None


def page_of(locator: str) -> str:
    """Return the page number in a locator, or an empty text."""
    match = _TEXT_LOCATOR.fullmatch(locator)
    return match["page"] or "" if match else ""


def passage_of(row: Observation, texts: dict[str, str]) -> Passage:
    """Return the sentence that states a figure, or what is known of its row."""
    span = span_of(row.locator)
    if span is None or row.source not in texts:
        return Passage(row.note)
    return passage_around(texts[row.source], *span)


def passage_around(text: str, start: int, end: int) -> Passage:
    """Return the sentence around some characters of a text.

    Examples
    --------
    >>> passage_around("Năm tốt. Thu đạt 222,044 tỷ đồng. Hết.", 17, 24).text
    'Thu đạt 222,044 tỷ đồng.'
    """
    whole = _sentence(text, start, end)
    first, last = _clip(text, *whole, start, end) if whole[1] - whole[0] > _LONGEST else whole
    before = _fold(text[first:start]).lstrip()
    figure, after = _fold(text[start:end]), _fold(text[end:last]).rstrip()
    head, tail = "… " if first > whole[0] else "", " …" if last < whole[1] else ""
    left = head + before
    return Passage(left + figure + after + tail, len(left), len(left) + len(figure))


def words_around(text: str, start: int, end: int, reach: int = 40) -> str:
    """Return some characters of a text with a few words before and after, on one line.

    Examples
    --------
    >>> words_around("Tỷ lệ hộ nghèo giảm từ 4,12% xuống còn 3,25%.", 23, 27, reach=12)
    '… giảm từ 4,12% xuống còn …'
    """
    first, last = _sentence(text, start, end)
    left = first if start - first <= reach else text.find(" ", start - reach, start) + 1 or start
    right = last if last - end <= reach else max(text.rfind(" ", end, end + reach), end)
    words = _fold(text[left:right]).strip()
    return ("… " if left > first else "") + words + (" …" if right < last else "")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    window = text[max(0, start - 2000) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(window)]
    first = start - len(window) + (ends[-1] if ends else 0)
    match = _SENTENCE_END.search(text, end)
    return first, match.end() if match else len(text)


def _clip(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    room = (_LONGEST - (end - start)) // 2
    if start - first > room:
        first = text.rfind(" ", first, start - room) + 1 or first
    if last - end > room:
        last = text.find(" ", end + room, last)
    return first, last


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)
