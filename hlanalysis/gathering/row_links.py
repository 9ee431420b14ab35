"""What a row of a table is in the vocabulary of figures, and which other rows it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hlanalysis.catalog.indicators import fold
from hlanalysis.reading.table.rows import Row


class Meant(NamedTuple):
    """Kind, status and base of a number by what its column measures; no base is empty."""

    kind: str
    status: str
    base: str


_MEASURES: Mapping[str, Meant] = {
    "plan": Meant("level", "plan", ""),
    "actual": Meant("level", "actual", ""),
    "previous_actual": Meant("level", "actual", ""),
    "vs_plan_percent": Meant("plan_attainment", "actual", "plan"),
    "yoy_percent": Meant("index", "actual", "same_period_last_year"),
    "share_percent": Meant("share", "actual", ""),
    "whole_project": Meant("level", "actual", ""),
}
# What a comparison is called where 0 means no change, not 100.
_CHANGES = {"index": "growth", "plan_attainment": "plan_excess"}


def meant_by(row: Row) -> Meant | None:
    """Return what a number is; None for a difference, which repeats the levels beside it.

    Parameters
    ----------
    row : Row

    Returns
    -------
    Meant or None
    """
    meant = _MEASURES.get(row.measure)
    if meant is None:
        return None
    kind, status, base = meant
    if kind == "level" and row.unit == "percent" and fold(row.label).startswith("toc do tang"):
        kind = "growth"
    if row.more.growth:
        kind = _CHANGES.get(kind, kind)
    if row.more.estimate and status == "actual":
        status = "estimate"
    return Meant(kind, status, row.more.base or base)


def links(rows: Sequence[Row], meant: Sequence[Meant]) -> list[tuple[int | None, int | None]]:
    """Return for each row the place of the level it qualifies and of the total it is a part of.

    A percentage qualifies what was done in its row; a level is part of the nearest row above it
    in the tree that has a number of the same unit in its own column.

    Parameters
    ----------
    rows : sequence of Row
        Differences left out.
    meant : sequence of Meant
        Of each row.
    """
    done: dict[tuple[str, int], dict[str, int]] = {}
    for place, (row, one) in enumerate(zip(rows, meant, strict=True)):
        if row.measure == "actual" and one.kind == "level":
            done.setdefault((row.sheet, row.row), {})[row.series] = place
    found: list[tuple[int | None, int | None]] = []
    placed: dict[tuple[str, int, str], int] = {}
    for place, (row, one) in enumerate(zip(rows, meant, strict=True)):
        if one.kind != "level":
            beside = done.get((row.sheet, row.row), {})
            sole = next(iter(beside.values())) if len(beside) == 1 else None
            found.append((beside.get(row.series, sole), None))
            continue
        found.append((None, _total_above(row, rows, placed)))
        for name in {row.code, row.label}:
            placed[row.sheet, row.column, name] = place
    return found


def _total_above(
    row: Row, rows: Sequence[Row], placed: Mapping[tuple[str, int, str], int]
) -> int | None:
    above = row.code.rpartition(".")[0]
    for name in (above, *reversed(row.label_path)):
        total = placed.get((row.sheet, row.column, name)) if name else None
        if total is not None and rows[total].unit == row.unit:
            return total
    return None
