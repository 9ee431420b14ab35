"""From cells to rows: open separators settled, percents put right, units given."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hlanalysis.grids import address
from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.lines import Entry
from hlanalysis.reading.table.measures import Meaning
from hlanalysis.reading.table.numbers import Dot, Number, settle_by_column, settled
from hlanalysis.reading.table.rows import Problem, Row
from hlanalysis.reading.table.sections import Section
from hlanalysis.reading.table.units import Unit

_Column = tuple[Meaning, int, Unit | None]
PERCENTS = ("vs_plan_percent", "yoy_percent", "share_percent")
_PERCENT = Unit("percent")
# No budget of Vietnam reaches it (the state's revenue of 2024 was about 2e15 dong): a larger
# amount stands under the wrong unit.
_LARGEST = {
    "vnd": Decimal(10) ** 16,
    "k_vnd": Decimal(10) ** 13,
    "m_vnd": Decimal(10) ** 10,
    "bn_vnd": Decimal(10) ** 7,
}
_HINTS = {
    "error": "the cell shows an error; mend the formula and save the workbook",
    "formula": "the formula's result was never stored; open the workbook in Excel and save it",
    "range": "a range is not one number; enter one, or leave it as a remark",
    "bound": "a bound is not one number; enter one, or leave it as a remark",
    "approximate": "not an exact number; enter one, or leave it as a remark",
    "text": "not one number; enter one, or leave it as a remark",
    "date": "the number was turned into a date by Excel; type it again as a number",
    "brackets": "read as negative, as accountants print it; check that it is no footnote mark",
    "separator": "the digits are grouped wrongly; type the number again",
}


def problems_of(sheet: str, entries: list[Entry], money: bool) -> list[Problem]:
    """Return the cells that are not one number; `money` tells that the table's unit is money."""
    return [
        Problem(
            sheet, address(entry.line.row, column), number.kind, number.found, _HINTS[number.kind]
        )
        for entry in entries
        for column, number in entry.odd.items()
        if number.state == "problem" or _is_doubtful(number, money)
    ]


def _is_doubtful(number: Number, money: bool) -> bool:
    """Tell whether brackets may be no minus: outside money, or around one small whole number."""
    if number.kind != "brackets" or number.value is None:
        return False
    return not money or (
        abs(number.value) < 10 and number.value == number.value.to_integral_value()
    )


def repeated_codes(sheet: str, entries: list[Entry], block: Block) -> list[Problem]:
    """Return the codes that several rows share: a code alone is then no key."""
    places: dict[tuple[object, str], list[int]] = {}
    for entry in entries:
        if entry.line.code and entry.line.filled:
            places.setdefault((entry.section, entry.line.code), []).append(entry.line.row)
    column = block.values[0].column if block.values else block.first
    return [
        Problem(
            sheet,
            address(rows[1], block.marker or column),
            "code",
            f"{code} in rows {', '.join(map(str, rows[:6]))}",
            "the rows are kept; tell them apart by label, or number them anew",
        )
        for (_, code), rows in places.items()
        if len(rows) > 1
    ]


def settle_separators(sheet: str, entries: list[Entry], block: Block) -> list[Problem]:
    """Decide "." and "," where a cell alone does not; return what only convention decided."""
    problems = []
    amounts = [m.column for m in block.values if m.measure not in PERCENTS]
    for meaning in block.values:
        column = meaning.column
        opened = [e for e in entries if column in e.odd and e.odd[column].state == "open"]
        if not opened:
            continue
        dot = settle_by_column([e.odd[column] for e in entries if column in e.odd])
        if dot is None:
            opened = _by_size(entries, opened, column, amounts)
            dot = _by_sums(entries, column) if opened else None
            if opened and dot is None:
                problems.append(_leftover(sheet, opened, column))
        for entry in opened:
            entry.odd[column] = settled(entry.odd[column], dot or "group")
    return problems


def _by_size(
    entries: list[Entry], opened: list[Entry], column: int, amounts: list[int]
) -> list[Entry]:
    """Settle what numbers of the same unit in the column, or the same row, decide; return the rest.

    Sizes of other units say nothing: 53.500 m3 stands under 31 %.
    """
    left = []
    by_unit: dict[Unit | None, list[Entry]] = {}
    for entry in entries:
        by_unit.setdefault(entry.own_unit, []).append(entry)
    dots: dict[Unit | None, Dot | None] = {}
    for entry in opened:
        unit = entry.own_unit
        if unit not in dots:
            alike = by_unit[unit]
            stored = [e.plain[column] for e in alike if e.plain.get(column)]
            dots[unit] = _by_stored([e.odd[column] for e in alike if column in e.odd], stored)
        dot = (_by_row(entry, column, amounts) if len(by_unit) > 1 else None) or dots[unit]
        if dot is None:
            left.append(entry)
        else:
            entry.odd[column] = settled(entry.odd[column], dot)
    return left


def _by_row(entry: Entry, column: int, amounts: list[int]) -> Dot | None:
    """Decide by the other amounts of the same row."""
    if column not in amounts:
        return None
    beside = [abs(entry.plain[c]) for c in amounts if c != column and entry.plain.get(c)]
    if not beside:
        return None
    dots: tuple[Dot, Dot] = ("group", "decimal")
    near = [
        dot
        for dot in dots
        if all(
            b / 20 < abs(settled(entry.odd[column], dot).value or Decimal(0)) < b * 20
            for b in beside
        )
    ]
    return near[0] if len(near) == 1 else None


def _by_stored(cells: list[Number], stored: list[Decimal]) -> Dot | None:
    """Decide by the numbers that Excel keeps as numbers in the same column."""
    opens = [c for c in cells if c.state == "open" and c.value and c.other]
    if len(stored) < 2:
        return None
    sizes = sorted(abs(value) for value in stored)
    middle = sizes[len(sizes) // 2]
    for dot in ("group", "decimal"):
        values = [settled(cell, dot).value or Decimal(0) for cell in opens]
        others = [settled(c, "decimal" if dot == "group" else "group").value for c in opens]
        near = all(middle / 60 < abs(v) < middle * 60 for v in values)
        far = all(not middle / 60 < abs(v or Decimal(0)) < middle * 60 for v in others)
        if near and far:
            return dot
    return None


def _by_sums(entries: list[Entry], column: int) -> Dot | None:
    """Decide by which reading makes parents the sum of their children."""
    hits: dict[str, int] = {}
    dots: tuple[Dot, Dot] = ("group", "decimal")
    for dot in dots:
        values = {
            position: value
            for position, entry in enumerate(entries)
            if (value := value_in(entry, column, dot)) is not None
        }
        hits[dot] = _sums_that_hold(entries, values)
    if hits["group"] == hits["decimal"]:
        return None
    return "group" if hits["group"] > hits["decimal"] else "decimal"


def value_in(entry: Entry, column: int, dot: Dot = "group") -> Decimal | None:
    """Return the number in a column, an open one read with the dot as given."""
    if column in entry.plain:
        return entry.plain[column]
    number = entry.odd.get(column)
    return settled(number, dot).value if number is not None else None


def _sums_that_hold(entries: list[Entry], values: dict[int, Decimal]) -> int:
    children: dict[int, list[int]] = {}
    for position, entry in enumerate(entries):
        if entry.line.parent is not None and position in values and entry.line.code:
            children.setdefault(entry.line.parent, []).append(position)
    held = 0
    for parent, parts in children.items():
        whole = values.get(parent)
        if whole is None or len(parts) < 2:
            continue
        total = sum((values[part] for part in parts), Decimal(0))
        held += abs(whole - total) <= abs(whole) / 1000
    return held


def _leftover(sheet: str, opened: list[Entry], column: int) -> Problem:
    first, last = opened[0].line.row, opened[-1].line.row
    where = address(first, column)
    if last != first:
        where += f":{address(last, column)}"
    sample = opened[0].odd[column]
    return Problem(
        sheet,
        where,
        "separator",
        f"{sample.value} or {sample.other}",
        "read by the Vietnamese convention (dot groups, comma marks decimals); check the size",
    )


def rows_of(
    sheet: str, table: str, entries: list[Entry], block: Block, table_unit: Unit | None
) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a block, in reading order, and the units that contradict each other."""
    rows: list[Row] = []
    problems: list[Problem] = []
    in_sections = _meanings_in_sections(entries, block)
    known: dict[tuple[Unit | None, Section | None, Unit | None], list[_Column]] = {}
    for entry in entries:
        key = entry.unit, entry.section, entry.inherited
        if key not in known:
            meanings = in_sections.get(entry.section, block.values)
            known[key] = [(m, m.column, _unit(entry, m, table_unit)) for m in meanings]
        line, plain, odd = entry.line, entry.plain, entry.odd
        for meaning, column, unit in known[key]:
            value = plain.get(column)
            if value is None:
                number = odd.get(column)
                if number is None or number.value is None or number.state == "problem":
                    continue
                value = number.value
                unit, doubt = _unit_of_odd(entry, meaning, number, unit)
                if doubt:
                    problems.append(_two_units(sheet, address(line.row, column), doubt))
            if unit is not None and unit.factor != 1:
                value *= unit.factor
            rows.append(
                Row(
                    table,
                    line.code,
                    line.label,
                    line.level,
                    meaning.period,
                    meaning.measure,
                    meaning.series,
                    value,
                    unit.id if unit else "",
                    sheet,
                    line.row,
                    column,
                    line.path,
                )
            )
        plain.clear()  # a sheet of a million cells need not be held twice
    return rows, problems


def _two_units(sheet: str, cell: str, doubt: str) -> Problem:
    return Problem(sheet, cell, "unit", doubt, "check the unit of the row")


def _unit(entry: Entry, meaning: Meaning, table_unit: Unit | None) -> Unit | None:
    """Return the unit of a plain number, nearest first: the row, the heading, the table."""
    if meaning.measure in PERCENTS:
        return _PERCENT
    section = entry.section.unit if entry.section else None
    return entry.unit or section or meaning.unit or entry.inherited or table_unit


def _meanings_in_sections(
    entries: list[Entry], block: Block
) -> dict[Section | None, list[Meaning]]:
    """Return what the columns mean inside each block; plans stay plans."""
    sections = {e.section for e in entries if e.section is not None and e.section.measure}
    if any(meaning.measure not in ("actual", "previous_actual") for meaning in block.values):
        return {}
    return {
        section: [replace(meaning, measure=section.measure) for meaning in block.values]
        for section in sections
        if section.measure is not None
    }


def _unit_of_odd(
    entry: Entry, meaning: Meaning, number: Number, unit: Unit | None
) -> tuple[Unit | None, str]:
    """Return the unit of a number whose cell itself may say it, and what contradicts it.

    `unit` is what a plain number in its place would have.
    """
    if meaning.measure in PERCENTS:
        return _PERCENT, ""
    if number.unit is not None:
        return number.unit, ""
    row_unit = entry.unit
    if not number.percent:
        return unit, ""
    if row_unit is None or row_unit.id in ("percent", "percentage_points"):
        return row_unit or _PERCENT, ""
    return _PERCENT, f"shown as a percent in a row of {row_unit.id}"


def impossible_sizes(rows: list[Row]) -> list[Problem]:
    """Return the amounts that are too large for their unit; they are flagged, not changed."""
    return [
        Problem(
            row.sheet,
            address(row.row, row.column),
            "size",
            f"{row.value:f} {row.unit}",
            "more than any budget holds; check the unit above the table",
        )
        for row in rows
        if row.unit in _LARGEST and abs(row.value) > _LARGEST[row.unit]
    ]
