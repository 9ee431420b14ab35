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
from hlanalysis.reading.table.units import Unit

PERCENTS = ("vs_plan_percent", "yoy_percent", "share_percent")
_PERCENT = Unit("percent")
_HINTS = {
    "error": "the cell shows an error; mend the formula and save the workbook",
    "formula": "the formula's result was never stored; open the workbook in Excel and save it",
    "range": "a range is not one number; enter one, or leave it as a remark",
    "bound": "a bound is not one number; enter one, or leave it as a remark",
    "approximate": "not an exact number; enter one, or leave it as a remark",
    "text": "not one number; enter one, or leave it as a remark",
    "date": "the number was turned into a date by Excel; type it again as a number",
    "separator": "the digits are grouped wrongly; type the number again",
}


def problems_of(sheet: str, entries: list[Entry], block: Block) -> list[Problem]:
    """Return the cells that are not one number."""
    return [
        Problem(sheet, address(entry.line.row, column), number.kind, number.found,
                _HINTS[number.kind])
        for entry in entries
        for column, number in entry.numbers.items()
        if number.state == "problem"
    ]


def settle_separators(sheet: str, entries: list[Entry], block: Block) -> list[Problem]:
    """Decide "." and "," where a cell alone does not; return what only convention decided."""
    problems = []
    for meaning in block.values:
        column = meaning.column
        cells = [e.numbers[column] for e in entries if column in e.numbers]
        if not any(cell.state == "open" for cell in cells):
            continue
        dot = settle_by_column(cells) or _by_stored(cells) or _by_sums(entries, column)
        if dot is None:
            problems.append(_leftover(sheet, entries, column))
        for entry in entries:
            if column in entry.numbers:
                entry.numbers[column] = settled(entry.numbers[column], dot or "group")
    return problems


def _by_stored(cells: list[Number]) -> Dot | None:
    """Decide by the numbers that Excel keeps as numbers in the same column."""
    stored = [c.value for c in cells if c.state == "number" and not c.mark and c.value]
    opens = [c for c in cells if c.state == "open" and c.value and c.other]
    if len(stored) < 2:
        return None
    sizes = sorted(abs(value) for value in stored)
    middle = sizes[len(sizes) // 2]
    for dot in ("group", "decimal"):
        values = [settled(cell, dot).value or Decimal(0) for cell in opens]  # type: ignore[arg-type]
        others = [settled(c, "decimal" if dot == "group" else "group").value for c in opens]
        near = all(middle / 60 < abs(v) < middle * 60 for v in values)
        far = all(not middle / 60 < abs(v or Decimal(0)) < middle * 60 for v in others)
        if near and far:
            return dot  # type: ignore[return-value]
    return None


def _by_sums(entries: list[Entry], column: int) -> Dot | None:
    """Decide by which reading makes parents the sum of their children."""
    hits: dict[str, int] = {}
    dots: tuple[Dot, Dot] = ("group", "decimal")
    for dot in dots:
        values = {
            position: number.value
            for position, entry in enumerate(entries)
            if column in entry.numbers
            and (number := settled(entry.numbers[column], dot)).value is not None
            and number.state == "number"
        }
        hits[dot] = _sums_that_hold(entries, values)
    if hits["group"] == hits["decimal"]:
        return None
    return "group" if hits["group"] > hits["decimal"] else "decimal"


def _sums_that_hold(entries: list[Entry], values: dict[int, Decimal | None]) -> int:
    children: dict[int, list[int]] = {}
    for position, entry in enumerate(entries):
        if entry.line.parent is not None and position in values and entry.line.code:
            children.setdefault(entry.line.parent, []).append(position)
    held = 0
    for parent, parts in children.items():
        whole = values.get(parent)
        if whole is None or len(parts) < 2:
            continue
        total = sum((values[part] or Decimal(0) for part in parts), Decimal(0))
        held += abs(whole - total) <= abs(whole) / 1000
    return held


def _leftover(sheet: str, entries: list[Entry], column: int) -> Problem:
    opened = [(e.line.row, e.numbers[column]) for e in entries
              if column in e.numbers and e.numbers[column].state == "open"]
    first, last = opened[0][0], opened[-1][0]
    where = address(first, column)
    if last != first:
        where += f":{address(last, column)}"
    sample = opened[0][1]
    return Problem(
        sheet, where, "separator", f"{sample.value} or {sample.other}",
        "read by the Vietnamese convention (dot groups, comma marks decimals); check the size",
    )


def scale_fractions(entries: list[Entry], block: Block) -> list[int]:
    """Turn fractions in percent columns into percents where the amounts beside prove it.

    Returns
    -------
    list of int
        The columns that were multiplied by 100.
    """
    verdicts = {
        meaning.column: _is_fraction(entries, block, meaning)
        for meaning in block.values
        if meaning.measure in PERCENTS
    }
    known = [verdict for verdict in verdicts.values() if verdict is not None]
    scaled = []
    for column, verdict in verdicts.items():
        if verdict is None:
            verdict = bool(known) and all(known) and _all_small(entries, column)
        if verdict:
            scaled.append(column)
            for entry in entries:
                number = entry.numbers.get(column)
                if number and number.value is not None and not number.percent:
                    entry.numbers[column] = replace(number, value=number.value * 100)
    return scaled


def _is_fraction(entries: list[Entry], block: Block, meaning: Meaning) -> bool | None:
    """Tell whether a column's bare numbers are fractions; None if nothing shows it."""
    base = "plan" if meaning.measure == "vs_plan_percent" else "previous_actual"
    above = [m.column for m in block.values if m.measure == "actual"]
    below = [m.column for m in block.values if m.measure == base]
    votes = []
    for entry in entries:
        number = entry.numbers.get(meaning.column)
        if number is None or number.state != "number" or number.percent or not number.value:
            continue
        for a in above:
            for b in below:
                vote = _vote(entry.numbers.get(a), entry.numbers.get(b), number.value)
                if vote is not None:
                    votes.append(vote)
    return sum(votes) * 2 > len(votes) if votes else None


def _vote(above: Number | None, below: Number | None, value: Decimal) -> bool | None:
    if above is None or below is None or not above.value or not below.value:
        return None
    ratio = above.value / below.value
    if abs(value - ratio) <= abs(ratio) / 50:
        return True
    return False if abs(value - 100 * ratio) <= abs(ratio) * 2 else None


def _all_small(entries: list[Entry], column: int) -> bool:
    values = [
        number.value
        for entry in entries
        if (number := entry.numbers.get(column)) and number.state == "number"
        and not number.percent and number.value is not None
    ]
    return bool(values) and all(abs(value) <= 5 for value in values)


def rows_of(
    sheet: str, table: str, entries: list[Entry], block: Block, table_unit: Unit | None
) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a block, in reading order, and the units that contradict each other."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for entry in entries:
        line = entry.line
        for meaning in block.values:
            number = entry.numbers.get(meaning.column)
            if number is None or number.value is None or number.state == "problem":
                continue
            where = address(line.row, meaning.column)
            unit, doubt = _unit(entry, meaning, number, table_unit)
            if doubt:
                problems.append(Problem(sheet, where, "unit", doubt, "check the unit of the row"))
            value = number.value * unit.factor if unit else number.value
            rows.append(
                Row(
                    table, line.code, line.label, line.level, meaning.period, meaning.measure,
                    meaning.series, value, unit.id if unit else "", f"{sheet}!{where}", line.path,
                )
            )
    return rows, problems


def _unit(
    entry: Entry, meaning: Meaning, number: Number, table_unit: Unit | None
) -> tuple[Unit | None, str]:
    """Return the unit of a number, nearest first: the cell, the row, the heading, the table."""
    if meaning.measure in PERCENTS:
        return _PERCENT, ""
    if number.unit is not None:
        return number.unit, ""
    row_unit = entry.unit
    if number.percent:
        clash = row_unit is not None and row_unit.id not in ("percent", "percentage_points")
        doubt = f"shown as a percent in a row of {row_unit.id}" if clash and row_unit else ""
        return (row_unit if row_unit and not clash else _PERCENT), doubt
    return row_unit or meaning.unit or entry.inherited or table_unit, ""
