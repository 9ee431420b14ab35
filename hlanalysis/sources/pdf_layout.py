"""From segments on pages to paragraphs in reading order: columns, notes, joined lines.

Pure geometry: nothing here knows the PDF library. Heights grow upwards from the lower left corner.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median, median_high

from hlanalysis.sources.assembly import superscript
from hlanalysis.sources.pdf_lines import Segment
from hlanalysis.sources.syllables import is_syllable

_ITEM = re.compile(
    r"[-–+•*●○▪]\s*\S|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s*\D|[IVX]{1,5}[.)]\s|[A-Za-zđĐ][.)]\s|[⁰¹²³⁴-⁹⁽]"
)
_ENDED = re.compile(r"[.;:!?…”\"][)⁰¹²³⁴-⁹⁾]*\Z")
_NOTE = re.compile(r"⁽?[⁰¹²³⁴-⁹]+⁾?\s*\S")
_PLAIN_NOTE = re.compile(r"([0-9]{1,3})[.)]?\s+[^\W\d_]")
_MARK = re.compile(r"(?<=\S)(?<!\bm)(?<!\bkm)(?<!\bcm)(?<![⁰¹²³⁴-⁹])([⁰¹²³⁴-⁹]{1,3})")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LETTERS_HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


class Row:
    """Segments that stand side by side, from left to right.

    Attributes
    ----------
    segments : tuple of Segment
    left, bottom, right, top, height : float
        The box around them, and the height of the tallest.
    text : str
        The segments with a tab between them.
    """

    __slots__ = ("bottom", "height", "left", "right", "segments", "text", "top")

    def __init__(self, segments: list[Segment]) -> None:
        self.segments = tuple(sorted(segments, key=lambda one: one.left))
        self.left = self.segments[0].left
        self.right = max(one.right for one in segments)
        self.bottom = min(one.bottom for one in segments)
        self.top = max(one.top for one in segments)
        self.height = max(one.top - one.bottom for one in segments)
        self.text = "\t".join(one.text for one in self.segments)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its box and its rows, one text a column."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]

    def holds(self, one: Segment) -> bool:
        """Tell whether a segment lies inside the table."""
        centre = (one.left + one.right) / 2
        return self.bottom < one.middle < self.top and self.left < centre < self.right


@dataclass(slots=True)
class Block:
    """A paragraph, a table or a note of a page, in reading order."""

    kind: str
    lines: list[str]
    # What decides whether the next page goes on with it.
    open_end: bool = False


@dataclass(slots=True)
class PageLayout:
    """What stands on one page."""

    height: float
    segments: list[Segment]
    tables: list[Table] = field(default_factory=list)
    # Where lines end on pages like this one: a page of short lines does not show it itself.
    right: float = 0.0


# --- reading order ---------------------------------------------------------------------------


def rows_of(segments: list[Segment]) -> list[Row]:
    """Group segments that stand side by side, from the head of the page to its foot."""
    rows: list[list[Segment]] = []
    for one in sorted(segments, key=lambda segment: (-segment.middle, segment.left)):
        last = rows[-1][0] if rows else None
        if last and abs(last.middle - one.middle) < 0.4 * min(last.height, one.height):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [Row(row) for row in rows]


def columns(segments: list[Segment], depth: int = 0) -> list[list[Segment]]:
    """Cut segments into groups to be read one after the other.

    Two groups stand side by side if a clear strip parts them and each side holds several long
    lines: short pieces side by side are cells of a table, read across.
    """
    if len(segments) < 8 or depth > 4:
        return [segments]
    gutter = _gutter(segments)
    if gutter is None:
        return [segments]
    left: list[Segment] = []
    right: list[Segment] = []
    across: list[Segment] = []
    for one in segments:
        side = left if one.right <= gutter else right if one.left >= gutter else across
        side.append(one)
    groups: list[list[Segment]] = []
    bounds = sorted((one.middle for one in across), reverse=True)
    for band in range(len(bounds) + 1):
        above = bounds[band - 1] if band else float("inf")
        below = bounds[band] if band < len(bounds) else float("-inf")
        for side in (left, right):
            inside = [one for one in side if below < one.middle < above]
            if inside:
                groups += columns(inside, depth + 1)
        groups += [[one] for one in across if one.middle == below]
    return _merge_across(groups, across)


def _merge_across(groups: list[list[Segment]], across: list[Segment]) -> list[list[Segment]]:
    """Put consecutive full-width lines back together, so that they join to paragraphs."""
    wide = {id(one) for one in across}
    merged: list[list[Segment]] = []
    for group in groups:
        is_wide = id(group[0]) in wide
        if merged and is_wide and id(merged[-1][0]) in wide:
            merged[-1] += group
        else:
            merged.append(list(group))
    return merged


def _gutter(segments: list[Segment]) -> float | None:
    """Return where a strip parts two columns of prose, or None."""
    low, high = min(one.left for one in segments), max(one.right for one in segments)
    width = high - low
    long = [one for one in segments if one.right - one.left > 0.22 * width]
    starts = Counter(round(one.left) for one in long if one.left > low + 0.2 * width)
    for start, count in starts.most_common(3):
        if count < 3:
            break
        gutter = start - 1.5
        left = [one for one in long if one.right <= gutter]
        right = [one for one in long if one.left >= gutter]
        if min(len(left), len(right)) >= 4 and _side_by_side(left, right):
            return gutter
    return None


def _side_by_side(left: list[Segment], right: list[Segment]) -> bool:
    """Tell whether two groups overlap in height and hold mostly words, not figures."""
    overlap = min(max(one.top for one in left), max(one.top for one in right)) - max(
        min(one.bottom for one in left), min(one.bottom for one in right)
    )
    text = "".join(one.text for one in right)
    words = sum(char.isalpha() or char == " " for char in text)
    return overlap > 2.5 * left[0].height and words > 0.7 * len(text)


def set_right_edges(pages: list[PageLayout]) -> None:
    """Tell every page where lines usually end on pages of its height."""
    ends: dict[float, list[float]] = {}
    for page in pages:
        if page.segments:
            ends.setdefault(page.height, []).append(max(one.right for one in page.segments))
    for page in pages:
        page.right = median_high(ends[page.height]) if page.segments else 0.0


# --- paragraphs ------------------------------------------------------------------------------


def blocks_of(page: PageLayout) -> list[Block]:
    """Return the paragraphs, tables and notes of a page in reading order."""
    blocks: list[Block] = []
    _raise_marks(page)
    for part in _between_tables(page):
        if isinstance(part, Table):
            blocks.append(Block("table", ["\t".join(row) for row in part.rows]))
            continue
        groups = columns(part)
        right = page.right if len(groups) == 1 else 0.0
        for group in groups:
            following = _paragraphs(rows_of(group), 0.6 * page.height, right)
            join_pages(blocks, following)
            blocks += following
    notes = [one for one in blocks if one.kind == "footnote"]
    return [one for one in blocks if one.kind != "footnote"] + notes


def _between_tables(page: PageLayout) -> list[list[Segment] | Table]:
    parts: list[list[Segment] | Table] = []
    rest = list(page.segments)
    for table in sorted(page.tables, key=lambda one: -one.top):
        parts.append([one for one in rest if one.middle > table.top])
        parts.append(table)
        rest = [one for one in rest if one.middle <= table.top]
    parts.append(rest)
    return [part for part in parts if part]


def _marks(page: PageLayout) -> frozenset[str]:
    """Return the footnote marks that stand in the text of a page; exponents (m², km²) are none."""
    found = (mark for one in page.segments for mark in _MARK.findall(one.text))
    tables = (mark for one in page.tables for row in one.rows for mark in _MARK.findall(str(row)))
    return frozenset(mark.translate(_LOWERED) for mark in [*found, *tables])


def _paragraphs(rows: list[Row], low: float, right: float) -> list[Block]:
    """Join the lines of one column to paragraphs."""
    blocks: list[Block] = []
    edges = _edges_of(rows, right)
    pitch = _pitch(rows)
    body = median(row.height for row in rows)
    in_notes = False
    for index, row in enumerate(rows):
        before = rows[index - 1] if index else None
        if _NOTE.match(row.text):
            in_notes = row.top < low or row.height < 0.93 * body
        elif in_notes and before is not None and _is_text_again(before, row, pitch):
            in_notes = False
        kind = "footnote" if in_notes else "table" if len(row.segments) > 2 else "text"
        if before is not None and blocks[-1].kind == kind == "table":
            blocks[-1].lines.append(row.text)
        elif before is not None and blocks[-1].kind == kind and _goes_on(before, row, edges, pitch):
            blocks[-1].lines[-1] = join_lines(blocks[-1].lines[-1], row.text)
        else:
            blocks.append(Block(kind, [row.text]))
        blocks[-1].open_end = _is_open(row, edges)
    return blocks


def _is_open(row: Row, edges: tuple[float, float]) -> bool:
    """Tell whether a sentence may go on in the next column or page."""
    return len(row.segments) == 1 and _is_full(row, "", edges) and not _ENDED.search(row.text)


def _edges_of(rows: list[Row], right: float) -> tuple[float, float]:
    """Return the left and right edge of a column of lines."""
    single = [row for row in rows if len(row.segments) == 1] or rows
    return min(row.left for row in single), max([right, *(row.right for row in single)])


def _pitch(rows: list[Row]) -> float:
    """Return the usual distance from line to line."""
    steps = [a.bottom - b.bottom for a, b in pairwise(rows)]
    near = [step for step, row in zip(steps, rows, strict=False) if step < 2.2 * row.height]
    return median(near) if near else 0.0


def _raise_marks(page: PageLayout) -> None:
    """Raise the mark of a note that some writers print at full size before its text.

    Such a note stands low on the page, apart from the text above it or below another note, and
    its number is that of a raised mark on the page.
    """
    marks = _marks(page)
    if not marks:
        return
    rows = rows_of(page.segments)
    pitch = _pitch(rows)
    for index, (before, row) in enumerate(pairwise(rows), 1):
        one = row.segments[0]
        found = _PLAIN_NOTE.match(one.text)
        if not found or found.group(1) not in marks or index < 0.4 * len(rows):
            continue
        if before.bottom - row.bottom > 1.35 * pitch or _NOTE.match(before.text):
            text = superscript(found.group(1)) + one.text[found.end(1) :]
            raised = replace(one, text=text)
            rows[index] = Row([raised, *row.segments[1:]])
            page.segments[page.segments.index(one)] = raised


def _is_text_again(before: Row, row: Row, pitch: float) -> bool:
    """Tell whether the notes are over: larger letters, or a wide gap."""
    return row.height > 1.06 * before.height or before.bottom - row.bottom > 2.2 * pitch


def _goes_on(before: Row, row: Row, edges: tuple[float, float], pitch: float) -> bool:
    """Tell whether a line goes on with the sentence of the line above it."""
    if len(before.segments) > 1 or len(row.segments) > 1:
        return False
    size = max(before.height, row.height)
    if abs(before.height - row.height) > 0.18 * size:
        return False
    step = before.bottom - row.bottom
    if step > max(1.32 * pitch, 1.05 * size) or step < 0:
        return False
    ended = _ENDED.search(before.text) is not None
    if _ITEM.match(row.text) and (ended or row.left > edges[0] + 0.5 * size):
        return False
    if ended and row.left > edges[0] + 0.8 * size:
        return False
    return _is_full(before, row.text, edges)


def _is_full(row: Row, following: str, edges: tuple[float, float]) -> bool:
    """Tell whether a line broke because the next word had no room."""
    letter = (row.right - row.left) / max(len(row.text), 1)
    word = following.split(" ", 1)[0] if following else "nghiêng"
    return row.right + letter * (len(word) + 1) >= edges[1] - 0.25 * row.height


def join_lines(before: str, after: str) -> str:
    """Join two lines of a paragraph: a space between them, a broken word mended.

    A hyphen between two Vietnamese syllables is one of the text ("Quảng Trị-Huế"), and so is one
    after a figure; only between parts of a foreign word does it go.

    Examples
    --------
    >>> join_lines("đạt 12,5", "tỷ đồng"), join_lines("invest-", "ment")
    ('đạt 12,5 tỷ đồng', 'investment')
    >>> join_lines("giai đoạn 2021-", "2025")
    'giai đoạn 2021-2025'
    """
    if not before.endswith(("-", "\u00ad")) or before[-2:-1].isspace():
        return f"{before} {after}"
    head, first = _LETTERS_HYPHEN.search(before), _FIRST_WORD.match(after)
    if head and first and first.group().islower():
        both = is_syllable(head.group(1)) and is_syllable(first.group())
        return before[:-1] + ("-" if both else "") + after
    return before[:-1] + "-" + after


def join_pages(blocks: list[Block], following: list[Block]) -> None:
    """Let the paragraph that runs over the end of a page go on: number and unit must meet."""
    last = next((one for one in reversed(blocks) if one.kind != "footnote"), None)
    if last is None or not following or not last.open_end:
        return
    first = following[0]
    starts_low = first.lines[0][:1].islower() or first.lines[0][:1].isdigit()
    if first.kind == last.kind == "text" and starts_low and not _ITEM.match(first.lines[0]):
        last.lines[-1] = join_lines(last.lines[-1], first.lines[0])
        last.lines += first.lines[1:]
        last.open_end = first.open_end
        del following[0]
