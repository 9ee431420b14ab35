"""Footnotes of a PDF page: where they begin, and their marks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median

from hlanalysis.sources.assembly import superscript
from hlanalysis.sources.pdf_lines import Segment
from hlanalysis.sources.pdf_rows import PageLayout, Row, pitch_of, rows_of

NOTE = re.compile(r"⁽?[⁰¹²³⁴-⁹]+⁾?\s*\S")
_PLAIN_NOTE = re.compile(r"([0-9]{1,3})[.)]?\s+[^\W\d_]")
_MARK = re.compile(r"(?<=\S)(?<!\bm)(?<!\bkm)(?<!\bcm)(?<![⁰¹²³⁴-⁹])([⁰¹²³⁴-⁹]{1,3})")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# How a list item, a numbered heading or a note begins.
ITEM = re.compile(
    r"[-–+•*●○▪]\s*\S|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s*\D|[IVX]{1,5}[.)]\s|[A-Za-zđĐ][.)]\s|[⁰¹²³⁴-⁹⁽]"
)


def notes_below(page: PageLayout) -> float:
    """Return the height below which notes stand, parted by a short rule; 0 if there is none.

    The rule begins where lines begin and is much shorter than they are; what stands below it is
    no larger than the text, and holds a note that begins with its mark unless it is what a note
    of the page before goes on with.
    """
    if not page.segments:
        return 0.0
    left = min(one.left for one in page.segments)
    width = max(one.right for one in page.segments) - left
    size = median(one.height for one in page.segments)
    for height, start, end in sorted(page.rules):
        below = [one for one in page.segments if one.middle < height]
        short = 0.12 * width < end - start < 0.55 * width and abs(start - left) < 0.06 * width
        if not short or not below or len(below) > 0.7 * len(page.segments):
            continue
        tallest = max(one.height for one in below)
        marked = any(NOTE.match(one.text) for one in below)
        # Below a rule, in smaller letters, a plain "1 Trong đó ..." is a note as well.
        plain = tallest < 0.93 * size and any(_PLAIN_NOTE.match(one.text) for one in below)
        if tallest <= 1.05 * size and (marked or plain or page.note_goes_on):
            return height
    return _rest_of_note_below(page, left) if page.note_goes_on else 0.0


def _rest_of_note_below(page: PageLayout, left: float) -> float:
    """Return the height below which the rest of the last page's note stands, 0 if nowhere.

    Without a rule it shows by a wide gap low on the page and a first line that is no new
    paragraph: it begins at the edge, without a mark of its own.
    """
    rows = rows_of(page.segments)
    pitch = pitch_of(rows)
    for before, row in reversed(list(pairwise(rows))):
        apart = before.bottom - row.bottom > 1.5 * pitch
        if apart and row.top < 0.6 * page.height:
            at_edge = row.left < left + 0.5 * row.height and not ITEM.match(row.text)
            return (before.bottom + row.top) / 2 if at_edge else 0.0
    return 0.0


def _marks(page: PageLayout) -> frozenset[str]:
    """Return the footnote marks that stand in the text of a page; exponents (m², km²) are none."""
    found = (mark for one in page.segments for mark in _MARK.findall(one.text))
    tables = (mark for one in page.tables for text in one.texts() for mark in _MARK.findall(text))
    return frozenset(mark.translate(_LOWERED) for mark in [*found, *tables])


def raise_marks(page: PageLayout) -> None:
    """Raise the mark of a note that some writers print at full size before its text.

    Such a note stands low on the page, apart from the text above it or below another note, and
    its number is that of a raised mark on the page.
    """
    marks = _marks(page)
    if not marks:
        return
    rows = rows_of(page.segments)
    pitch = pitch_of(rows)
    for index, (before, row) in enumerate(pairwise(rows), 1):
        one = row.segments[0]
        found = _PLAIN_NOTE.match(one.text)
        if not found or found.group(1) not in marks or index < 0.4 * len(rows):
            continue
        if before.bottom - row.bottom > 1.35 * pitch or NOTE.match(before.text):
            raised = _raised(one)
            rows[index] = Row([raised, *row.segments[1:]])
            page.segments[page.segments.index(one)] = raised


def with_raised_marks(notes: list[Segment]) -> list[Segment]:
    """Return notes below a rule whose marks are plain digits with these raised.

    The first line begins with a mark, later notes with the next number at the same edge; any
    other number at a line's beginning is one of the text.
    """
    if not notes or any(NOTE.match(one.text) for one in notes):
        return notes
    raised = []
    wanted, left = None, min(one.left for one in notes)
    for one in sorted(notes, key=lambda segment: (-segment.middle, segment.left)):
        found = _PLAIN_NOTE.match(one.text)
        if found and wanted in (None, int(found.group(1))) and one.left - left < one.height:
            wanted = int(found.group(1)) + 1
            one = _raised(one)
        raised.append(one)
    return raised


def _raised(one: Segment) -> Segment:
    found = _PLAIN_NOTE.match(one.text)
    assert found is not None
    return replace(one, text=superscript(found.group(1)) + one.text[found.end(1) :])


def is_text_again(before: Row, row: Row, pitch: float) -> bool:
    """Tell whether the notes are over: larger letters, or a wide gap."""
    return row.height > 1.06 * before.height or before.bottom - row.bottom > 2.2 * pitch
