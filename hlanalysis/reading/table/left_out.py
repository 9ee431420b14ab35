"""What a reader must be told of a table: columns not understood, parts not shown."""

from __future__ import annotations

from hlanalysis.grids import address, column_letters
from hlanalysis.reading.table.columns import SAMPLE, Block
from hlanalysis.reading.table.rows import Problem, Row
from hlanalysis.reading.table.sections import is_number_like
from hlanalysis.reading.table.stretches import Stretch
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import squeeze


def column_problems(view: View, block: Block, stretch: Stretch, rows: list[Row]) -> list[Problem]:
    """Return the columns that nothing explains, and those without period or unit."""
    problems = []
    top = stretch.header.top
    for column in block.unread:
        if not _has_numbers(view, stretch.data, column):
            continue
        parts = stretch.header.parts.get(column, ())
        problems.append(
            Problem(
                view.name,
                f"{column_letters(column)}{top}",
                "column",
                squeeze(" / ".join(parts))[:80] or "no heading",
                "the heading names no measure; add its words to reading/rules/headers.toml",
            )
        )
    for meaning in block.values:
        where = f"{column_letters(meaning.column)}{top}"
        if meaning.measure == "whole_project":
            continue  # of no single year
        if not meaning.period and not (block.turned and all(row.period for row in rows)):
            problems.append(
                Problem(
                    view.name,
                    where,
                    "period",
                    "no year in heading or title",
                    "write the year into the title or the heading",
                )
            )
    without = [row for row in rows if not row.unit]
    if without:
        where = address(without[0].row, without[0].column)
        problems.append(
            Problem(
                view.name,
                f"{where} (and {len(without) - 1} more)",
                "unit",
                "no unit",
                'write "Đơn vị tính: ..." above the table or a unit into the row',
            )
        )
    return problems


def _has_numbers(view: View, data: list[int], column: int) -> bool:
    values = [view.value(row, column) for row in data[:SAMPLE]]
    return any(isinstance(v, float) or (isinstance(v, str) and is_number_like(v)) for v in values)


def hidden_parts(view: View) -> list[Problem]:
    """Return what is not shown: the reader must know that it was left out."""
    hint = "left out; unhide them if they belong to the table"
    problems = []
    if view.hidden_rows:
        where = _listed([f"{a}:{b}" for a, b in _runs(view.hidden_rows)])
        found = f"{len(view.hidden_rows)} hidden rows"
        problems.append(Problem(view.name, where, "hidden", found, hint))
    if view.hidden_columns:
        runs = _runs(view.hidden_columns)
        where = _listed([f"{column_letters(a)}:{column_letters(b)}" for a, b in runs])
        found = f"{len(view.hidden_columns)} hidden columns"
        problems.append(Problem(view.name, where, "hidden", found, hint))
    return problems


def _listed(places: list[str]) -> str:
    more = len(places) - 8
    return ", ".join(places[:8]) + (f" and {more} more" if more > 0 else "")


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return numbers as (first, last) of unbroken runs."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
