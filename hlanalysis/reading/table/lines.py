"""The data rows of a block: labels, markers, units and numbers, row by row."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from hlanalysis.grids import PLAIN, address, exact
from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.entry import Entry, goes_on, joined
from hlanalysis.reading.table.hierarchy import grow, starts_over
from hlanalysis.reading.table.line import Line
from hlanalysis.reading.table.marker_readings import marker_of_value, settle_letters
from hlanalysis.reading.table.markers import Marker, leading_marker, parse_marker
from hlanalysis.reading.table.numbers import read_cell
from hlanalysis.reading.table.row_units import read_units, spread_units
from hlanalysis.reading.table.rows import Problem
from hlanalysis.reading.table.sections import Section, is_number_like, read_section
from hlanalysis.reading.table.turned import time_of
from hlanalysis.reading.table.units import NOUNS, Unit, bracket_unit
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon, squeeze

_BY_PERCENT = re.compile(r"(?i)phân chia|(?:theo|hưởng) (?:tỷ|tỉ) lệ(?: phần trăm)?\W*$")
_MOST_PERCENT = 1000  # no share, ratio or growth of a budget row is larger
_DATE_LINE = re.compile(r"ngày\s*[\d….]*\s*tháng\s*[\d….]*\s*năm", re.I)


def ends_table(view: View, row: int, value_columns: set[int], words: Lexicon) -> bool:
    """Tell whether a row is past the table: a remark, a source, a sign-off."""
    cells = view.cells(row)
    if cells and isinstance(cells[0][1], str) and _is_footnote(cells[0][1], words):
        return True
    for column, value in cells:
        if column in value_columns and not isinstance(value, str):
            return False
    texts = [value for _, value in cells if isinstance(value, str)]
    return any(
        words.starts("rows.end", words.put(text)) or _DATE_LINE.search(squeeze(text))
        for text in texts
    )


def _is_footnote(text: str, words: Lexicon) -> bool:
    """Tell whether a row's first cell begins a remark or names a source, numbers or not."""
    return words.starts("rows.footnote", words.put(text).lstrip("*() "))


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
    starts: list[tuple[int, Section]] = []  # where blocks inside the table begin
    for position, row in enumerate(data):
        section = _section_of(view, block, row, words)
        if section is not None:
            starts.append((len(entries), section))
            continue
        entry = _entry(view, block, row, before, money)
        if entry is None:
            problems += _unlabelled(view, block, row)
            continue
        at_start = bool(starts) and starts[-1][0] == len(entries)
        if entries and not at_start and goes_on(entries[-1], entry, words):
            if not _starts_small(view, block, data[position + 1 : position + 2]):
                entries[-1] = joined(entries[-1], entry)
                continue
        if entry.line.marker is not None:
            before.append(entry.line.marker)
        entries.append(entry)
    lines = [entry.line for entry in entries]
    for line, marker in zip(lines, settle_letters([li.marker for li in lines]), strict=True):
        line.marker = marker
    cuts = [start for start, _ in starts if starts_over(lines, start)]
    for first, last in pairwise([0, *cuts, len(lines)]):
        grow(lines, words, first, last)
    problems += read_units(view, block, entries)
    spread_units(entries, money)
    _spread_sections(entries, starts, cuts)
    _spread_named_sections(entries, block, words)
    return entries, problems


def _starts_small(view: View, block: Block, rows: list[int]) -> bool:
    """Tell whether the next row begins with a small letter too: "nam", "nữ" are a list."""
    return any(_label(view, block, row)[0].lstrip()[:1].islower() for row in rows)


def _section_of(view: View, block: Block, row: int, words: Lexicon) -> Section | None:
    """Return the block that a row without numbers and marker opens, None for other rows."""
    if block.unit is not None:
        return None  # every row says its own unit
    cells = view.sheet.rows[row]
    if any(type(cells.get(meaning.column)) is float for meaning in block.values):
        return None
    inside = [(c, v) for c, v in view.cells(row) if block.first <= c <= block.last]
    texts = [value for _, value in inside if isinstance(value, str)]
    if not 1 <= len(inside) <= 2 or len(texts) < len(inside) or any(map(is_number_like, texts)):
        return None
    if _is_marked(texts):
        return None
    found = [read_section(text, words) for text in texts]
    said = next((one for one in found if one is not None), None)
    if said is None or None in found:
        return None
    # Over the numbers it names no row; before them only shares, growth and bare units do so.
    over = inside[0][0] > max(block.labels)
    return said if over or said.whole or said.measure is not None else None


def _is_marked(texts: list[str]) -> bool:
    """Tell whether a row is numbered: it is then a row of the tree, whatever it declares."""
    if len(texts) > 1 and parse_marker(texts[0]) is not None:
        return True
    return leading_marker(squeeze(texts[0])) is not None


def _spread_sections(
    entries: list[Entry], starts: list[tuple[int, Section]], cuts: list[int]
) -> None:
    """Give rows the block that they stand in; one inside the tree ends with its level."""
    for index, (start, section) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(entries)
        for position in range(start, end):
            line = entries[position].line
            if start not in cuts and position > start and _leaves(entries[start].line, line):
                break
            entries[position].section = section


def _leaves(first: Line, line: Line) -> bool:
    if line.level < first.level:
        return True
    marked = line.marker is not None and line.marker.sort not in ("dash", "plus")
    return marked and (first.marker is None or first.marker.sort in ("dash", "plus"))


def _spread_named_sections(entries: list[Entry], block: Block, words: Lexicon) -> None:
    """Let "B. Cơ cấu vốn (%)", a row of the tree without numbers, speak for its parts."""
    if block.unit is not None:
        return
    declared: dict[int, Section] = {}
    for position, entry in enumerate(entries):
        parent = entry.line.parent
        if parent in declared and entry.section is None:
            entry.section = declared[parent]
        section = read_section(entry.written, words) if not entry.line.filled else None
        if section is not None and section.measure is not None:
            declared[position] = section
        elif parent in declared:
            declared[position] = declared[parent]


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
    unit, short = _unit_in_label(text, money)
    entry = Entry(Line(row, short, marker, indent, False, style.bold), unit, written=text)
    entry.line.filled = _read_cells(view, block, row, entry)
    if not entry.line.filled and unit is not None:
        entry.line.bold = True  # "Sản lượng (nghìn tấn)" without numbers heads the rows after it
    if money and block.unit is None and _names_a_percent(entry):
        entry.unit, entry.line.label = None, text
    return entry


def _names_a_percent(entry: Entry) -> bool:
    """Tell whether "(%)" in a money table belongs to the name: "phân chia theo tỷ lệ (%)".

    So it does after "theo tỷ lệ", and where the row's amounts are too large for percents.
    """
    if entry.unit is None or entry.unit.id != "percent":
        return False
    if _BY_PERCENT.search(entry.line.label):
        return True
    odd = [n.value for n in entry.odd.values() if n.value is not None and not n.percent]
    return any(abs(value) > _MOST_PERCENT for value in [*entry.plain.values(), *odd])


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
        elif isinstance(value, str) and value.strip():
            entry.dashed += (column,)
    return filled


def _label(view: View, block: Block, row: int) -> tuple[str, int]:
    """Return a row's label and its column: the first text in the label columns."""
    for column in block.labels:
        value = view.value(row, column)
        if isinstance(value, str):
            return value, column
        if block.turned and value is not None:
            return time_of(value), column
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
