"""From the lines drawn on a page to the cells of ruled tables. Pure geometry.

The lines span a grid of small fields. Fields with no line between them are one cell (so merged
cells come by themselves); what is open to the outside is none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_NEAR = 3.0  # points: lines this close are one, gaps this small are closed
_MAX_LINES = 400  # of one direction; a page of a yearbook has some 80

Span = tuple[float, float, float]  # position of a line, and from where to where it runs


class GridCell(NamedTuple):
    """A cell in a row of a table: its number, None where no lines close one.

    `goes_on` is true in the rows below the one where a merged cell begins.
    """

    cell: int | None
    width: int = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one page's ruled tables.

    Attributes
    ----------
    xs, ys : tuple of float
        Positions of the upright and the level lines, rising.
    cell_of : dict of (column, row) to int
        The cell in which a field between lines lies; fields outside tables are missing.
    table_of : dict of int to int
        The table to which a cell belongs.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cell_of: dict[tuple[int, int], int]
    table_of: dict[int, int]

    def at(self, x: float, y: float) -> int | None:
        """Return the cell in which a point lies."""
        return self.cell_of.get((bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1))

    def spans(self, y: float) -> bool:
        """Tell whether a height lies between the lowest and the highest level line."""
        return self.ys[0] < y < self.ys[-1]

    def tables(self) -> list[list[list[GridCell]]]:
        """Return each table as rows of cells, from its top."""
        corner: dict[int, tuple[int, int]] = {}
        for (column, row), cell in self.cell_of.items():
            left, top = corner.get(cell, (column, row))
            corner[cell] = (min(left, column), max(top, row))
        found: dict[int, list[int]] = {}
        for cell in corner:
            found.setdefault(self.table_of[cell], []).append(cell)
        return [self._rows(cells, corner) for cells in found.values() if len(cells) > 1]

    def _rows(self, cells: list[int], corner: dict[int, tuple[int, int]]) -> list[list[GridCell]]:
        """Lay out the cells of a table: a column or row counts where some cell begins."""
        columns = sorted({corner[cell][0] for cell in cells})
        tops = sorted({corner[cell][1] for cell in cells}, reverse=True)
        own = set(cells)
        rows = []
        for top in tops:
            row: list[GridCell] = []
            for column in columns:
                cell = self.cell_of.get((column, top))
                cell = cell if cell in own else None
                if row and cell is not None and row[-1].cell == cell:
                    row[-1] = row[-1]._replace(width=row[-1].width + 1)
                else:
                    goes_on = cell is not None and corner[cell][1] != top
                    row.append(GridCell(cell, 1, goes_on))
            rows.append(row)
        return rows

    def box(self, cells: Iterable[int]) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top of some cells together."""
        wanted = set(cells)
        fields = [field for field, cell in self.cell_of.items() if cell in wanted]
        columns, rows = [one[0] for one in fields], [one[1] for one in fields]
        return (
            self.xs[min(columns)],
            self.ys[min(rows)],
            self.xs[max(columns) + 1],
            self.ys[max(rows) + 1],
        )


def find_cells(level: list[Span], upright: list[Span]) -> Grid | None:
    """Find the cells that lines enclose.

    Parameters
    ----------
    level : list of (y, x from, x to)
        Horizontal lines, in any order and in pieces.
    upright : list of (x, y from, y to)
        Vertical lines.

    Returns
    -------
    Grid or None
        None if the lines enclose no two cells.
    """
    across, up = _merged(level), _merged(upright)
    xs, ys = tuple(sorted(up)), tuple(sorted(across))
    if len(xs) < 2 or len(ys) < 2 or len(xs) > _MAX_LINES or len(ys) > _MAX_LINES:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    floor = {
        (column, row)
        for row, y in enumerate(ys)
        for column in range(columns)
        if _covers(across[y], xs[column], xs[column + 1])
    }
    wall = {
        (column, row)
        for column, x in enumerate(xs)
        for row in range(rows)
        if _covers(up[x], ys[row], ys[row + 1])
    }
    return _grid(xs, ys, floor, wall)


def _grid(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    floor: set[tuple[int, int]],
    wall: set[tuple[int, int]],
) -> Grid | None:
    columns, rows = len(xs) - 1, len(ys) - 1
    fields = [(column, row) for column in range(columns) for row in range(rows)]
    outside = (-1, -1)
    cells, tables = _Sets(), _Sets()
    for column, row in fields:
        left = (column - 1, row) if column else outside
        below = (column, row - 1) if row else outside
        for other, drawn in ((left, (column, row) in wall), (below, (column, row) in floor)):
            if not drawn:
                cells.join((column, row), other)
            elif other != outside:
                tables.join((column, row), other)
        if column == columns - 1 and (columns, row) not in wall:
            cells.join((column, row), outside)
        if row == rows - 1 and (column, rows) not in floor:
            cells.join((column, row), outside)
    closed = [one for one in fields if cells.root(one) != cells.root(outside)]
    return _numbered(xs, ys, closed, cells, floor, wall) if len(closed) > 1 else None


def _numbered(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    closed: list[tuple[int, int]],
    cells: _Sets,
    floor: set[tuple[int, int]],
    wall: set[tuple[int, int]],
) -> Grid | None:
    """Give numbers to the closed cells, and to the tables that neighbours make up."""
    number: dict[tuple[int, int], int] = {}
    cell_of = {one: number.setdefault(cells.root(one), len(number)) for one in closed}
    tables = _Sets()
    for column, row in closed:
        for other in ((column - 1, row), (column, row - 1)):
            if other in cell_of:
                tables.join((cell_of[column, row], 0), (cell_of[other], 0))
    table_of = {cell: tables.root((cell, 0))[0] for cell in number.values()}
    return Grid(xs, ys, cell_of, table_of) if len(number) > 1 else None


class _Sets:
    """Sets of fields that belong together, merged step by step."""

    def __init__(self) -> None:
        self._parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(self, one: tuple[int, int]) -> tuple[int, int]:
        parent = self._parent
        while (up := parent.get(one, one)) != one:
            parent[one] = parent.get(up, up)
            one = up
        return one

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        self._parent[self.root(one)] = self.root(other)


def _merged(lines: list[Span]) -> dict[float, list[tuple[float, float]]]:
    """Put pieces of one line together: by position, then end to end."""
    merged: dict[float, list[tuple[float, float]]] = {}
    position = float("-inf")
    for at, low, high in sorted(lines):
        if at - position > _NEAR:
            position = at
        merged.setdefault(position, []).append((low, high))
    return {at: _joined(sorted(pieces)) for at, pieces in merged.items()}


def _joined(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined = [pieces[0]]
    for low, high in pieces[1:]:
        if low <= joined[-1][1] + _NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined


def _covers(pieces: list[tuple[float, float]], low: float, high: float) -> bool:
    return any(one <= low + _NEAR and other >= high - _NEAR for one, other in pieces)
