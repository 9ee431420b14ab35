"""Whether "." and "," group digits or mark decimals, where a cell alone does not tell.

In this order: marks in the same column, what the numbers of the same row add up to, sizes of
stored numbers, parents as sums of their children, the way the other columns are typed. What
only the Vietnamese convention decides is listed.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hlanalysis.grids import address
from hlanalysis.reading.table.columns import Block
from hlanalysis.reading.table.entry import Entry
from hlanalysis.reading.table.meaning import Meaning
from hlanalysis.reading.table.numbers import Dot, Number, settle_by_column, settled
from hlanalysis.reading.table.rows import Problem
from hlanalysis.reading.table.units import Unit

PERCENTS = ("vs_plan_percent", "yoy_percent", "share_percent")
_ROUNDED = Decimal("0.06")  # a per cent printed with one decimal
_DOTS: tuple[Dot, Dot] = ("group", "decimal")


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
            dot = _by_arithmetic(opened, meaning, block)
        if dot is None:
            opened = _by_size(entries, opened, column, amounts)
            dot = _by_sums(entries, column) or _by_table(entries, amounts) if opened else None
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
        if unit not in _DOTS:
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
    near = [
        dot
        for dot in _DOTS
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
    for dot in _DOTS:
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


def _by_arithmetic(opened: list[Entry], meaning: Meaning, block: Block) -> Dot | None:
    """Decide by what the row computes: a difference, a ratio to the plan or the year before."""
    hits: Counter[Dot] = Counter()
    for entry in opened:
        for dot in _DOTS:
            value = settled(entry.odd[meaning.column], dot).value
            hits[dot] += value is not None and _fits(value, entry, meaning, block)
    if hits["group"] == hits["decimal"]:
        return None
    return "group" if hits["group"] > hits["decimal"] else "decimal"


def _fits(value: Decimal, entry: Entry, meaning: Meaning, block: Block) -> bool:
    """Tell whether a reading of a cell agrees with the numbers beside it."""
    known = {
        m.column: (m.measure, number)
        for m in block.values
        if m.column != meaning.column and (number := _certain(entry, m.column)) is not None
    }
    amounts = [n for measure, n in known.values() if measure not in (*PERCENTS, "difference")]
    if meaning.measure == "difference":
        return any(_near(value, a - b) for a in amounts for b in amounts if a != b)
    differences = [n for measure, n in known.values() if measure == "difference" and n]
    percents = [n for measure, n in known.values() if measure in PERCENTS[:2] and n]
    return any(
        any(_near(abs(value - other), abs(one)) for one in differences)
        or any(_near(value / other * 100, one) for one in percents)
        or (bool(value) and any(_near(other / value * 100, one) for one in percents))
        for other in amounts
        if other
    )


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) / 1000 + (abs(other) < 1000) * _ROUNDED


def _certain(entry: Entry, column: int) -> Decimal | None:
    """Return a number that reads one way only."""
    if column in entry.plain:
        return entry.plain[column]
    number = entry.odd.get(column)
    return number.value if number is not None and number.state == "number" else None


def _by_table(entries: list[Entry], amounts: list[int]) -> Dot | None:
    """Decide by the other columns of amounts: one hand typed them all."""
    return settle_by_column([e.odd[c] for e in entries for c in amounts if c in e.odd])
