"""From cells to rows: open separators settled, percents put right, units given."""

from __future__ import annotations

from decimal import Decimal

from hlanalysis.grids import address
from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.entry import Entry
from hlanalysis.reading.table.meaning import Meaning, in_section
from hlanalysis.reading.table.numbers import Number
from hlanalysis.reading.table.rows import NOTHING_MORE, More, Problem, Row
from hlanalysis.reading.table.sections import Section
from hlanalysis.reading.table.separators import PERCENTS
from hlanalysis.reading.table.units import Unit

_Column = tuple[Meaning, int, Unit | None, More]
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
            known[key] = [(m, m.column, _unit(entry, m, table_unit), _more(m)) for m in meanings]
        line, plain, odd = entry.line, entry.plain, entry.odd
        for meaning, column, unit, more in known[key]:
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
                    more,
                )
            )
        plain.clear()  # a sheet of a million cells need not be held twice
    return rows, problems


def _more(meaning: Meaning) -> More:
    if not (meaning.estimate or meaning.growth or meaning.base):
        return NOTHING_MORE
    return More("", meaning.estimate, meaning.growth, meaning.base)


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
    found = {section: in_section(block.values, section) for section in sections}
    return {section: values for section, values in found.items() if values is not block.values}


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
