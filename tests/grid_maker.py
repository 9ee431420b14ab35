"""Small sheets typed as grids, and the source that rows of a test come from."""

from __future__ import annotations

from openpyxl import Workbook

from hlanalysis.reading.tables import TableReading, read_tables
from hlanalysis.sources.provenance import Source
from hlanalysis.sources.workbooks import load_workbook

# Measures by a letter, so that expected rows fit a line.
P, A, PR, V, Y, S, D = (
    "plan",
    "actual",
    "previous_actual",
    "vs_plan_percent",
    "yoy_percent",
    "share_percent",
    "difference",
)
N = None

SOURCE = Source(
    id="s",
    file="s.txt",
    sha256="0" * 64,
    producer="UBND",
    title="",
    date_published="2024",
    date_accessed="2024",
    right="",
    steps=(),
    place="hong_linh",
    period="2024",
)


def read(tmp_path, grid, merged=()) -> TableReading:
    """Return the reading of a sheet laid out as `grid`."""
    book = Workbook()
    for line in grid:
        book.active.append(line)
    for box in merged:
        book.active.merge_cells(box)
    book.save(tmp_path / "a.xlsx")
    return read_tables(load_workbook(tmp_path / "a.xlsx"))
