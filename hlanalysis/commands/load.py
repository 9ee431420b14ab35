"""`hlanalysis load`: a workbook as tidy rows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hlanalysis.reading.tables import Problem, Row, TableReading

HELP = "workbooks as tidy rows"
COLUMNS = (
    "table",
    "code",
    "label",
    "level",
    "period",
    "measure",
    "series",
    "value",
    "unit",
    "cell",
)
PROBLEM_COLUMNS = ("sheet", "cell", "kind", "found", "hint")
_BUFFER = 1 << 16
SHOWN_PROBLEMS = 200  # on stderr; --problems lists all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook (.xlsx, .xls)")
    parser.add_argument(
        "--format", choices=("csv", "json", "jsonl"), default="csv", help="default: csv"
    )
    parser.add_argument(
        "--problems",
        type=Path,
        metavar="FILE",
        help="write cells that are not one number, and what was left out, to this CSV file",
    )
    parser.add_argument(
        "--output", "-o", type=Path, metavar="FILE", help="write the rows here, not to the screen"
    )


def run(args: argparse.Namespace) -> int:
    """Read the workbook, print its rows, say what could not be read.

    Returns
    -------
    int
        0, also when cells could not be read.

    Raises
    ------
    InputError
        If the file is no workbook, or holds no table.
    """
    from hlanalysis.files import write_whole
    from hlanalysis.reading.tables import read_tables
    from hlanalysis.sources.workbooks import load_workbook

    reading = read_tables(load_workbook(args.file))
    lines = _WRITERS[args.format](reading.rows)
    if args.problems is not None:
        write_whole(args.problems, problems_csv(reading.problems))
    if args.output is not None:
        write_whole(args.output, "".join(lines))
    else:
        sys.stdout.writelines(lines)
    _report(reading, args.file.name, args.problems)
    return 0


def record(row: Row) -> dict[str, str | int]:
    """Return one row as the fields of the contract, numbers written in full."""
    return dict(zip(COLUMNS, _fields(row), strict=True))


def _fields(row: Row) -> tuple[str | int, ...]:
    """Return the fields of the contract, in the order of `COLUMNS`."""
    value = f"{row.value.normalize():f}" if row.value else "0"
    head = row.table, row.code, row.label, row.level, row.period, row.measure, row.series
    return *head, value, row.unit, row.cell


def rows_csv(rows: list[Row]) -> str:
    """Return the rows as CSV text with a heading line."""
    return "".join(_csv_rows(rows))


def problems_csv(problems: list[Problem]) -> str:
    """Return the problems as CSV text with a heading line."""
    records = ((p.sheet, p.cell, p.kind, p.found, p.hint) for p in problems)
    return "".join(_csv(PROBLEM_COLUMNS, records))


def _csv(columns: tuple[str, ...], records: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield CSV lines one by one: a million rows need not be held twice."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow(record)
        if out.tell() > _BUFFER:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _csv_rows(rows: list[Row]) -> Iterator[str]:
    return _csv(COLUMNS, map(_fields, rows))


def _json(rows: list[Row]) -> Iterator[str]:
    yield from _json_lines(rows, "[\n", ",\n", "\n]\n")


def _jsonl(rows: list[Row]) -> Iterator[str]:
    yield from _json_lines(rows, "", "\n", "\n" if rows else "")


def _json_lines(rows: list[Row], start: str, between: str, end: str) -> Iterator[str]:
    import json

    yield start
    for position, row in enumerate(rows):
        yield (between if position else "") + json.dumps(record(row), ensure_ascii=False)
    yield end


_WRITERS: dict[str, Callable[[list[Row]], Iterator[str]]] = {
    "csv": _csv_rows,
    "json": _json,
    "jsonl": _jsonl,
}


def _report(reading: TableReading, name: str, listed: Path | None) -> None:
    """Say on stderr what was found and what was not read."""
    say = sys.stderr.write
    say(f"{name}: {len(reading.rows)} rows from {reading.tables} table(s)")
    say(f", {len(reading.problems)} problem(s)\n" if reading.problems else "\n")
    for problem in reading.problems[:SHOWN_PROBLEMS]:
        where = f"{problem.sheet}!{problem.cell}" if problem.cell else problem.sheet
        say(f"  {where}: {problem.kind}: {problem.found} ({problem.hint})\n")
    if len(reading.problems) > SHOWN_PROBLEMS:
        more = len(reading.problems) - SHOWN_PROBLEMS
        where = f"see {listed}" if listed else "list them with --problems FILE"
        say(f"  and {more} more; {where}\n")
    for note in reading.notes:
        say(f"  note: {note}\n")
