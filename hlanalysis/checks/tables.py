"""Sums inside a table: each column's numbered rows against the row that they break down."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from hlanalysis.catalog import unit
from hlanalysis.catalog.indicators import fold
from hlanalysis.checks.findings import Finding
from hlanalysis.checks.levels import is_cell, is_single_level, standing_for
from hlanalysis.checks.sums import one_digit_off, some_add_up, sum_finding
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import Interval
from hlanalysis.wording import Amount, Value, Where, Words

CHECK = "tables"
_CODE = re.compile(r"[A-ZĐ\d]{1,5}(\.-?[A-Za-zĐđ\d]{1,5})*")
_CELL = re.compile(r"(?P<sheet>.*)!\$?(?P<column>[A-Z]+)\$?(?P<row>\d+)")
_MOST = 8
"""Mismatches told of one source; a table read under the wrong unit breaks every sum at once."""


def check_table_sums(observations: Observations) -> list[Finding]:
    """Add up the numbered rows under each row of a table, column by column.

    "A.I.1, A.I.2, ..." break down "A.I"; where a heading such as "Phân theo nguồn vốn" has no
    number of its own, its rows break down the grand total of the table. A sum above its total is a
    contradiction; below it, only a gap of one changed digit is told, since "trong đó" lists a part.
    """
    agreed: dict[str, list[tuple[Observation, list[Observation]]]] = defaultdict(list)
    apart: dict[str, list[Finding]] = defaultdict(list)
    for total, parts in _breakdowns(observations):
        added = sum((row.value_in(total.unit) for row in parts), Fraction(0))
        spread = _spread(parts, total.unit)
        whole = standing_for(total, total.unit)
        if spread.overlaps(whole):
            agreed[total.source].append((total, parts))
            continue
        finding = _mismatch(total, parts, added, spread, whole)
        if finding is not None:
            apart[total.source].append(finding)
    told = [finding for group in apart.values() for finding in group[:_MOST]]
    return [*told, *(_agreement(source, sums) for source, sums in agreed.items())]


def _mismatch(
    total: Observation,
    parts: list[Observation],
    added: Fraction,
    spread: Interval,
    whole: Interval,
) -> Finding | None:
    dashes = any(".-" in _code(row) for row in parts)
    if spread.low > whole.high:
        # Rows under a dash may name the same money twice ("trong đó", by source and by use).
        if some_add_up(parts, whole, total.unit):
            return None
        grade = "review" if dashes else "error"
        return sum_finding(total, parts, added, spread, grade, "parts_above_total")  # type: ignore[arg-type]
    if len(parts) > 2 and not dashes and one_digit_off(to_fraction(total.value) - added, total):
        return sum_finding(total, parts, added, spread, "review", "parts_below_total")
    return None


def _spread(parts: list[Observation], in_unit: str) -> Interval:
    """Return the sum of intervals; ends stay closed only if all are."""
    spreads = [standing_for(row, in_unit) for row in parts]
    return Interval(
        sum((one.low for one in spreads), Fraction(0)),
        sum((one.high for one in spreads), Fraction(0)),
        all(one.low_closed for one in spreads),
        all(one.high_closed for one in spreads),
    )


def _breakdowns(observations: Observations) -> Iterator[tuple[Observation, list[Observation]]]:
    """Yield each total of a column with the rows right under it, two or more."""
    for column in _columns(observations).values():
        by_code: dict[str, list[Observation]] = defaultdict(list)
        for row in column:
            by_code[_code(row)].append(row)
        children: dict[str, list[Observation]] = defaultdict(list)
        for code, rows in by_code.items():
            if "." in code and len(rows) == 1:
                children[code.rpartition(".")[0]].append(rows[0])
        grand = _grand_total(column, by_code)
        for parent, parts in children.items():
            totals = by_code.get(parent, [])
            # A heading without a number breaks down the grand total of its table.
            total = totals[0] if len(totals) == 1 else None if totals else grand
            parts = [row for row in parts if total is not None and _same_dimension(row, total)]
            if total is not None and len(parts) > 1:
                yield total, parts


def _columns(observations: Observations) -> dict[tuple[str, ...], list[Observation]]:
    columns: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observations.find(kind="level"):
        cell = _CELL.fullmatch(row.locator)
        if cell is None or not is_cell(row) or not is_single_level(row):
            continue
        if unit(row.unit).dimension != "rate":
            table = row.note.partition(" / ")[0]
            key = (row.source, cell["sheet"], cell["column"], table, row.period, row.status)
            columns[key].append(row)
    for rows in columns.values():
        rows.sort(key=_line)
    return columns


def _line(row: Observation) -> int:
    cell = _CELL.fullmatch(row.locator)
    return int(cell["row"]) if cell else 0


def _code(row: Observation) -> str:
    """Return the path of row markers that the reader of tables keeps in the note."""
    last = row.note.rpartition(" / ")[2]
    return last if _CODE.fullmatch(last) else ""


def _grand_total(
    column: list[Observation], by_code: dict[str, list[Observation]]
) -> Observation | None:
    unmarked = by_code.get("", [])
    if not unmarked or unmarked[0] is not column[0]:
        return None
    first = unmarked[0]
    named = first.indicator != "unlisted" or "tong" in fold(first.series).split()
    return first if named else None


def _same_dimension(part: Observation, total: Observation) -> bool:
    return unit(part.unit).dimension == unit(total.unit).dimension


def _agreement(source: str, sums: list[tuple[Observation, list[Observation]]]) -> Finding:
    first = sums[0][0]
    ids = tuple(dict.fromkeys(row.id for total, parts in sums for row in (total, *parts)))
    values: dict[str, Value] = {
        "place": Where(first.place),
        "count": Amount(len(sums), "count", 0),
        "source": Words(source),
    }
    return Finding(CHECK, "ok", "table_sums_agree", first.place, "", first.period, ids, values)
