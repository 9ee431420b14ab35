"""One row of a table on its way into the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from hlanalysis.reading.table.markers import Marker


@dataclass(slots=True)
class Line:
    """One row of a table on its way into the tree.

    Attributes
    ----------
    row : int
    label : str
        Without its marker.
    marker : Marker or None
    indent : int
        Steps to the right: cell indentation, leading blanks, staggered columns.
    filled : bool
        It has numbers, or cells that stand for them.
    bold : bool
    code, level, path : str, int, tuple of str
        Filled in by :func:`grow`.
    parent : int or None
        Position of the row that this one is part of.
    """

    row: int
    label: str
    marker: Marker | None
    indent: int = 0
    filled: bool = True
    bold: bool = False
    code: str = ""
    level: int = 0
    path: tuple[str, ...] = ()
    parent: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
