"""From segments on pages to paragraphs in reading order: columns, notes, joined lines.

Pure geometry: nothing here knows the PDF library. Heights grow upwards from the lower left corner.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from statistics import median, median_high

from hlanalysis.sources.pdf_lines import Segment
from hlanalysis.sources.pdf_notes import (
    ITEM,
    NOTE,
    is_text_again,
    notes_below,
    raise_marks,
    with_raised_marks,
)
from hlanalysis.sources.pdf_rows import Block, PageLayout, Row, Table, pitch_of, rows_of
from hlanalysis.sources.syllables import is_syllable

_ENDED = re.compile(r"[.;:!?…”\"][)⁰¹²³⁴-⁹⁾]*\Z")
_LETTERS_HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad]\Z")
_LEGACY_LETTER = re.compile("[\u00a8-\u00be\u00c6-\u00fe]")
_MODERN_LETTER = re.compile("[ĂăĐđƠ-ơƯưẠ-ỹ]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


# --- reading order ---------------------------------------------------------------------------


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
    # Full-width lines cut the columns into bands; what stands beside one comes after it.
    heights = sorted({one.middle for one in across})
    bands: dict[int, tuple[list[Segment], list[Segment], list[Segment]]] = {}
    for place, side in enumerate((across, left, right)):
        for one in side:
            band = len(heights) - bisect_left(heights, one.middle)
            bands.setdefault(band, ([], [], []))[place].append(one)
    groups: list[list[Segment]] = []
    for _, (wide, *sides) in sorted(bands.items()):
        groups += [wide] if wide else []
        for side in sides:
            groups += columns(side, depth + 1) if side else []
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
    """Return the paragraphs, tables and notes of a page in reading order, notes last."""
    raise_marks(page)
    below = notes_below(page)
    notes = with_raised_marks([one for one in page.segments if one.middle < below])
    page.segments = [one for one in page.segments if one.middle >= below]
    blocks: list[Block] = []
    for part in _between_tables(page):
        if isinstance(part, Table):
            blocks.append(Block("table", [], rows=part.rows))
            continue
        groups = columns(part)
        right = page.right if len(groups) == 1 else 0.0
        for group in groups:
            following = _paragraphs(rows_of(group), 0.6 * page.height, right)
            join_pages(blocks, following)
            blocks += following
    found = [one for one in blocks if one.kind == "footnote"]
    found += _paragraphs(rows_of(notes), below, page.right, in_notes=True) if notes else []
    return [one for one in blocks if one.kind != "footnote"] + found


def _between_tables(page: PageLayout) -> list[list[Segment] | Table]:
    parts: list[list[Segment] | Table] = []
    rest = list(page.segments)
    for table in sorted(page.tables, key=lambda one: -one.top):
        parts.append([one for one in rest if one.middle > table.top])
        parts.append(table)
        rest = [one for one in rest if one.middle <= table.top]
    parts.append(rest)
    return [part for part in parts if part]


def _paragraphs(
    rows: list[Row], low: float, right: float, *, in_notes: bool = False
) -> list[Block]:
    """Join the lines of one column to paragraphs."""
    blocks: list[Block] = []
    edges = _edges_of(rows, right)
    pitch = pitch_of(rows)
    body = median(row.height for row in rows)
    below_rule = in_notes
    for index, row in enumerate(rows):
        before = rows[index - 1] if index else None
        if NOTE.match(row.text):
            in_notes = below_rule or row.top < low or row.height < 0.93 * body
        elif (
            in_notes and not below_rule and before is not None and is_text_again(before, row, pitch)
        ):
            in_notes = False
        kind = "footnote" if in_notes else "table" if len(row.segments) > 2 else "text"
        if before is not None and blocks[-1].kind == kind == "table":
            blocks[-1].lines.append(row.text)
        elif before is not None and blocks[-1].kind == kind and _goes_on(before, row, edges, pitch):
            blocks[-1].lines[-1] = join_lines(blocks[-1].lines[-1], row.text)
        else:
            indented = row.left > edges[0] + 0.8 * row.height
            blocks.append(Block(kind, [row.text], indented=indented))
        blocks[-1].open_end = _is_open(row, edges)
    return blocks


def _is_open(row: Row, edges: tuple[float, float]) -> bool:
    """Tell whether a sentence may go on in the next column or page."""
    return len(row.segments) == 1 and _is_full(row, "", edges) and not _ENDED.search(row.text)


def _edges_of(rows: list[Row], right: float) -> tuple[float, float]:
    """Return the left and right edge of a column of lines."""
    single = [row for row in rows if len(row.segments) == 1] or rows
    return min(row.left for row in single), max([right, *(row.right for row in single)])


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
    if ITEM.match(row.text) and (ended or row.left > edges[0] + 0.5 * size):
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
    if head and _LEGACY_LETTER.search(before[:-1]) and not _MODERN_LETTER.search(before):
        return f"{before} {after}"  # TCVN3: the hyphen is the letter ư, and no word is broken
    if head and first and first.group().islower():
        both = is_syllable(head.group(1)) and is_syllable(first.group())
        return before[:-1] + ("-" if both else "") + after
    return before[:-1] + "-" + after


def join_pages(blocks: list[Block], following: list[Block]) -> None:
    """Let what runs over the end of a column or page go on: number and unit must meet."""
    for kind in ("text", "footnote"):
        last = next((one for one in reversed(blocks) if _is_of(one, kind)), None)
        first = next((one for one in following if _is_of(one, kind)), None)
        if last is None or first is None or last.kind != kind or first.kind != kind:
            continue
        if last.open_end and _may_go_on(last, first):
            last.lines[-1] = join_lines(last.lines[-1], first.lines[0])
            last.lines += first.lines[1:]
            last.open_end = first.open_end
            following.remove(first)


def _is_of(block: Block, kind: str) -> bool:
    return (block.kind == "footnote") == (kind == "footnote")


def _may_go_on(last: Block, first: Block) -> bool:
    """Tell whether a paragraph can be the rest of another: a small letter, or no first line."""
    start = first.lines[0]
    if ITEM.match(start) or NOTE.match(start):
        return False
    low = start[:1].islower() or start[:1].isdigit()
    return low or (last.indented and not first.indented) or first.kind == "footnote"
