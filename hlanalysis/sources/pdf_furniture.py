"""Running heads, feet and page numbers: what repeats at the edge of pages is no text."""

from __future__ import annotations

import re
from collections import Counter

from hlanalysis.sources.pdf_rows import PageLayout, Row, rows_of

_MARGIN = 0.14  # share of the page height at head and foot where running lines stand
_MAX_RUNNING = 3  # lines of a running head or foot


def drop_furniture(pages: list[PageLayout]) -> list[str]:
    """Take running heads, feet and page numbers off all pages; return each once."""
    edges = [_edges(page) for page in pages]
    need = max(2, (len(pages) + 1) // 2)
    texts = Counter(key for page in edges for key in {_signature(row) for row in page})
    running = {key for key, count in texts.items() if count >= need and "#" != key}
    offset = _number_offset(edges, need)
    dropped: dict[str, None] = {}
    for index, (page, rows) in enumerate(zip(pages, edges, strict=True)):
        gone = [
            row for row in rows if _signature(row) in running or _number(row) == _at(index, offset)
        ]
        dropped |= {row.text: None for row in gone if _signature(row) in running}
        away = {id(segment) for row in gone for segment in row.segments}
        page.segments = [one for one in page.segments if id(one) not in away]
    return list(dropped)


def _edges(page: PageLayout) -> list[Row]:
    """Return the rows at the head and foot of a page that could be furniture."""
    edge = _MARGIN * page.height
    near = [one for one in page.segments if one.bottom > page.height - edge or one.top < edge]
    rows = [row for row in rows_of(near) if len(row.segments) <= 2]
    head = [row for row in rows if row.bottom > page.height - edge][:_MAX_RUNNING]
    foot = [row for row in rows if row.top < edge][-_MAX_RUNNING:]
    return head + foot


def _signature(row: Row) -> str:
    text = re.sub(r"\d+", "#", row.text.strip().lower())
    text = re.sub(r"\s+", " ", text.strip("-–— "))
    return "#" if text in ("#", "trang #", "page #", "#/#", "trang #/#", "") else text


def _number(row: Row) -> int | None:
    """Return the page number that a row is, if it is nothing else."""
    digits = re.search(r"\d{1,4}", row.text)
    return int(digits.group()) if digits and _signature(row) == "#" else None


def _number_offset(edges: list[list[Row]], need: int) -> int | None:
    """Return what printed page numbers are ahead of the page's place, if they keep step."""
    ahead = Counter(
        number - index
        for index, rows in enumerate(edges)
        for row in rows
        if (number := _number(row)) is not None
    )
    if len(edges) == 1:
        return 1 if ahead[1] else None
    found = ahead.most_common(1)
    return found[0][0] if found and found[0][1] >= need - 1 and found[0][1] >= 2 else None


def _at(index: int, offset: int | None) -> int:
    return -1 if offset is None else index + offset
