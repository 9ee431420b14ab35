"""The data rows of a block: labels, markers, units and numbers, row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from hlanalysis.grids import PLAIN, address, exact
from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.hierarchy import grow
from hlanalysis.reading.table.line import Line
from hlanalysis.reading.table.marker_readings import marker_of_value, settle_letters
from hlanalysis.reading.table.markers import Marker, leading_marker
from hlanalysis.reading.table.numbers import Number, read_cell
from hlanalysis.reading.table.rows import Problem
from hlanalysis.reading.table.units import NOUNS, Unit, bracket_unit, parse_unit
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon, squeeze

_DITTO = re.compile(r"[\"”″'`’]{1,2}|-?\s*nt\s*-?|//|như trên", re.I)
_DATE_LINE = re.compile(r"ngày\s*[\d….]*\s*tháng\s*[\d….]*\s*năm", re.I)


@dataclass(slots=True)
class Entry:
    """One data row with its cells read.

    Attributes
    ----------
    line : Line
    unit : Unit or None
        The row's own unit, from its unit cell or its label.
    inherited : Unit or None
        The unit of the row that this one is part of.
    plain : dict of int to Decimal
        Numbers that Excel stores as such, by column; most cells of most tables.
    odd : dict of int to Number
        What needs a second look: texts, percents, errors. Blank cells are in neither.
    """

    line: Line
    unit: Unit | None = None
    inherited: Unit | None = None
    plain: dict[int, Decimal] = field(default_factory=dict)
    odd: dict[int, Number] = field(default_factory=dict)


def ends_table(view: View, row: int, value_columns: set[int], words: Lexicon) -> bool:
    """Tell whether a row is past the table: a remark, a source, a sign-off."""
    cells = view.cells(row)
    for column, value in cells:
        if column in value_columns and not isinstance(value, str):
            return False
    texts = [value for _, value in cells if isinstance(value, str)]
    return any(
        words.starts("rows.end", words.put(text)) or _DATE_LINE.search(squeeze(text))
        for text in texts
    )


def read_lines(
    view: View, block: Block, data: list[int], money: bool, words: Lexicon
) -> tuple[list[Entry], list[Problem]]:
    """Read the data rows of a block.

    Parameters
    ----------
    view : View
    block : Block
    data : list of int
        The rows between heading and end.
    money : bool
        The table's unit is money: a noun in brackets after a label is then no unit.
    words : Lexicon

    Returns
    -------
    list of Entry
        With codes, levels and ancestors.
    list of Problem
        Numbers without a label, units that are not known.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    before: list[Marker] = []
    for row in data:
        entry = _entry(view, block, row, before, money)
        if entry is None:
            problems += _unlabelled(view, block, row)
            continue
        if entry.line.marker is not None:
            before.append(entry.line.marker)
        entries.append(entry)
    lines = [entry.line for entry in entries]
    for line, marker in zip(lines, settle_letters([li.marker for li in lines]), strict=True):
        line.marker = marker
    grow(lines, words)
    problems += _read_units(view, block, entries)
    return entries, problems


def _entry(view: View, block: Block, row: int, before: list[Marker], money: bool) -> Entry | None:
    label, column = _label(view, block, row)
    marker = None
    if block.marker is not None:
        value = view.value(row, block.marker)
        marker = marker_of_value(value, before)
        if not label and marker is None and isinstance(value, str):
            label, column = value, block.marker
    if not label.strip():
        return None
    style = view.style(row, column)
    indent = 3 * style.indent + len(label) - len(label.lstrip()) + 100 * _offset(block, column)
    text = squeeze(label)
    inside = leading_marker(text)
    if inside is not None and (marker is None or inside[0].sort == marker.sort):
        if marker is None:
            marker = inside[0]
        text = inside[1]
    unit, text = _unit_in_label(text, money)
    entry = Entry(Line(row, text, marker, indent, False, style.bold), unit)
    entry.line.filled = _read_cells(view, block, row, entry)
    return entry


def _read_cells(view: View, block: Block, row: int, entry: Entry) -> bool:
    """Read the value cells of a row; tell whether any of them is filled."""
    cells = view.sheet.rows[row]
    styles = view.sheet.styles.get(row, {})
    filled = False
    for meaning in block.values:
        column = meaning.column
        value = cells.get(column)
        if value is None:
            continue
        filled = True
        style = styles.get(column, PLAIN)
        if not style.scale and type(value) is float and -1e300 < value < 1e300:
            entry.plain[column] = exact(value)
            continue
        number = read_cell(value, style)
        if number.state == "number" and not number.percent and type(value) is float:
            entry.plain[column] = number.value or Decimal(0)
        elif number.state != "blank":
            entry.odd[column] = number
    return filled


def _label(view: View, block: Block, row: int) -> tuple[str, int]:
    """Return a row's label and its column: the first text in the label columns."""
    for column in block.labels:
        value = view.value(row, column)
        if isinstance(value, str):
            return value, column
    return "", block.labels[0]


def _offset(block: Block, column: int) -> int:
    return block.labels.index(column) if column in block.labels else 0


def _unit_in_label(text: str, money: bool) -> tuple[Unit | None, str]:
    found = bracket_unit(text)
    if found is None or (money and found[0].id in NOUNS):
        return None, text
    return found if found[1] else (None, text)


def _unlabelled(view: View, block: Block, row: int) -> list[Problem]:
    found = [
        (meaning.column, number)
        for meaning in block.values
        if (
            number := read_cell(view.value(row, meaning.column), view.style(row, meaning.column))
        ).state
        in ("number", "open")
    ]
    if not found:
        return []
    cells = ", ".join(address(row, column) for column, _ in found)
    return [
        Problem(
            view.name,
            cells,
            "label",
            ", ".join(str(n.value) for _, n in found)[:80],
            "these numbers stand in a row without a label; write one",
        )
    ]


def _read_units(view: View, block: Block, entries: list[Entry]) -> list[Problem]:
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
