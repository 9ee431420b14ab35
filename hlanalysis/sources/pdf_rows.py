"""What stands on a PDF page, before it is text: rows of segments, tables, blocks. Pure geometry.

Heights grow upwards from the lower left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from hlanalysis.sources.assembly import Cell
from hlanalysis.sources.pdf_lines import Segment


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
    """A ruled table: its box and its rows of cells."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[Cell, ...], ...]

    def texts(self) -> list[str]:
        """Return the texts of all cells."""
        return [piece.text for row in self.rows for cell in row for piece in cell.pieces]

    def holds(self, one: Segment) -> bool:
        """Tell whether a segment lies inside the table."""
        centre = (one.left + one.right) / 2
        return self.bottom < one.middle < self.top and self.left < centre < self.right


@dataclass(slots=True)
class Block:
    """A paragraph, a table or a note of a page, in reading order."""

    kind: str
    lines: list[str]
    # What decides whether the next column or page goes on with it: it ended in mid-sentence; it
    # began to the right of its column's edge, as first lines of paragraphs do.
    open_end: bool = False
    indented: bool = False
    rows: tuple[tuple[Cell, ...], ...] = ()  # of a table, instead of lines


@dataclass(slots=True)
class PageLayout:
    """What stands on one page."""

    height: float
    segments: list[Segment]
    tables: list[Table] = field(default_factory=list)
    # Where lines end on pages like this one: a page of short lines does not show it itself.
    right: float = 0.0
    # Level lines that bound no cells, as (height, left, right): one of them may part the notes.
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    # The last note of the page before ended in mid-sentence.
    note_goes_on: bool = False


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


def pitch_of(rows: list[Row]) -> float:
    """Return the usual distance from line to line."""
    steps = [a.bottom - b.bottom for a, b in pairwise(rows)]
    near = [step for step, row in zip(steps, rows, strict=False) if step < 2.2 * row.height]
    return median(near) if near else 0.0
