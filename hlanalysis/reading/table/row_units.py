"""Units of rows: from the unit column, from the row above, from the row they are part of."""

from __future__ import annotations

import re

from hlanalysis.grids import address
from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.entry import Entry
from hlanalysis.reading.table.rows import Problem
from hlanalysis.reading.table.units import Unit, parse_unit
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import squeeze

_DITTO = re.compile(r"[\"”″'`’]{1,2}|-?\s*nt\s*-?|//|như trên", re.I)


def spread_units(entries: list[Entry], money: bool) -> None:
    """Give rows the unit in the brackets of the row that they are part of."""
    for entry in entries:
        parent = entry.line.parent
        if entry.unit is None and entry.inherited is None and parent is not None:
            above = entries[parent]
            if not above.line.filled or not money:
                entry.inherited = above.unit or above.inherited


def read_units(view: View, block: Block, entries: list[Entry]) -> list[Problem]:
    """Give rows the units of the unit column; blank cells take that of the row above them."""
    problems: list[Problem] = []
    if block.unit is None:
        return problems
    last: Unit | None = None
    by_position: list[Unit | None] = []
    for entry in entries:
        text = view.text(entry.line.row, block.unit)
        unit = entry.unit
        if text and _DITTO.fullmatch(text):
            unit = unit or last
        elif text and not re.fullmatch(r"[-–—.]+", text):
            unit = parse_unit(text, expected=True) or unit
            if unit is None:
                unit, problem = _unknown_unit(view, block.unit, entry, text)
                problems.append(problem)
        entry.unit = unit
        parent = entry.line.parent
        while unit is None and parent is not None:
            unit = by_position[parent]
            parent = entries[parent].line.parent
        entry.inherited = unit
        by_position.append(unit)
        last = entry.unit or last
    return problems


def _unknown_unit(view: View, column: int, entry: Entry, text: str) -> tuple[Unit | None, Problem]:
    """Return "count" for a noun that is in no list: what can be counted is counted."""
    noun = re.fullmatch(r"[^\W\d_]+(?:[\s-][^\W\d_]+){0,4}(?:\s*/.*)?", squeeze(text))
    hint = "taken as a count; " if noun else ""
    problem = Problem(
        view.name,
        address(entry.line.row, column),
        "unit",
        text[:80],
        f"{hint}add this unit to reading/rules/cell_units.toml",
    )
    return (Unit("count") if noun else None), problem
