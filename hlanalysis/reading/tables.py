"""Tables of a workbook to tidy rows: found by their heading words, not by form numbers.

The steps, each in a module of :mod:`hlanalysis.reading.table`: the visible part of a sheet
(view), its heading rows (headers), the lines above them (titles), what each column holds
(columns, headings, measures), the data rows and their tree (lines, markers, hierarchy), the
numbers (numbers, values). What is not understood becomes a problem, never a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hlanalysis.bulk import without_collection
from hlanalysis.errors import InputError
from hlanalysis.grids import Workbook, address, column_letters
from hlanalysis.reading.folding import has_lost_letters, is_unmarked
from hlanalysis.reading.table.columns import Block, find_blocks
from hlanalysis.reading.table.comparisons import (
    scale_fractions,
    settle_compared,
    settle_comparisons,
    settle_growth,
)
from hlanalysis.reading.table.entry import Entry
from hlanalysis.reading.table.headers import Header
from hlanalysis.reading.table.headings import read_heading
from hlanalysis.reading.table.left_out import column_problems, hidden_parts
from hlanalysis.reading.table.lines import read_lines
from hlanalysis.reading.table.meaning import in_section, settle_counts
from hlanalysis.reading.table.periods import find_periods
from hlanalysis.reading.table.projects import take_whole_projects
from hlanalysis.reading.table.rows import Problem, Row, TableReading
from hlanalysis.reading.table.sections import section_of_title
from hlanalysis.reading.table.separators import settle_separators
from hlanalysis.reading.table.stretches import Stretch, stretches_of
from hlanalysis.reading.table.titles import Title
from hlanalysis.reading.table.turned import turn
from hlanalysis.reading.table.units import Unit
from hlanalysis.reading.table.values import (
    impossible_sizes,
    problems_of,
    repeated_codes,
    rows_of,
)
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon, lexicon, squeeze

_LETTERS = re.compile(r"[^\W\d_]+\s?")
_MOST_DASHES = 8

__all__ = ["Problem", "Row", "TableReading", "read_tables"]


def read_tables(workbook: Workbook, *, whole_projects: bool = False) -> TableReading:
    """Read every table of the visible sheets.

    Parameters
    ----------
    workbook : Workbook
        As :func:`hlanalysis.sources.workbooks.load_workbook` returns it.
    whole_projects : bool, optional
        Read columns such as "Tổng mức đầu tư" too, as rows of the measure "whole_project"; else
        they are problems.

    Returns
    -------
    TableReading
        Rows in reading order; problems name cells that are not one number, columns that nothing
        explains, and what is hidden; notes say what was assumed.

    Raises
    ------
    InputError
        If no visible sheet holds anything, or none holds a table heading.
    """
    reading = TableReading(notes=list(workbook.notes))
    looked_at: list[str] = []
    known = _Known()
    for sheet in workbook.sheets:
        if not sheet.visible:
            if sheet.rows:
                reading.problems.append(
                    Problem(
                        sheet.name,
                        "",
                        "hidden",
                        f"hidden sheet {sheet.name!r}",
                        "left out; unhide the sheet if it belongs to the workbook",
                    )
                )
            continue
        looked_at.append(sheet.name)
        with without_collection():
            _read_sheet(View(sheet), reading, known, whole_projects)
    if not reading.tables:
        raise _nothing_found(workbook, looked_at)
    return reading


@dataclass(slots=True)
class _Known:
    """What earlier tables of the workbook said, for tables that say it no more."""

    year: int | None = None
    plan_year: int | None = None
    title: Title | None = None


def _read_sheet(view: View, reading: TableReading, known: _Known, whole_projects: bool) -> None:
    words = _words_of(view)
    stretches = stretches_of(view, words)
    if stretches:
        reading.problems += hidden_parts(view)
    elif view.rows:
        reading.notes.append(f"sheet {view.name!r}: no table found on it")
    unit: Unit | None = None
    for stretch in stretches:
        _fill_from_known(view, stretch, reading, known, words)
        blocks = find_blocks(view, stretch.header, stretch.data, stretch.title, words)
        for block in blocks if whole_projects else ():
            take_whole_projects(block, stretch.header, words)
        if not any(block.values for block in blocks) and not any(b.unread for b in blocks):
            continue
        reading.tables += 1
        for block in blocks:
            unit = _read_block(view, stretch, block, unit, reading, words)


def _words_of(view: View) -> Lexicon:
    """Return the lexicon for the state of a sheet's letters."""
    sample: list[str] = []
    size = 0
    for text in view.texts():
        letters = "".join(_LETTERS.findall(text))
        sample.append(letters)  # numbers typed as text say nothing about the letters
        size += len(letters)
        if size > 20_000:
            break
    whole = " ".join(sample)
    if is_unmarked(whole):
        return lexicon("plain")
    return lexicon("lost" if has_lost_letters(whole) else "sound")


def _fill_from_known(
    view: View, stretch: Stretch, reading: TableReading, known: _Known, words: Lexicon
) -> None:
    """Give a table without a year that of the table before it, and say so."""
    title = stretch.title
    if title.year is None and title.plan_year is None and known.title is not None:
        if not _dates_itself(stretch.header, words, known.title.year):
            title.year, title.plan_year = known.title.year, known.title.plan_year
            title.part = title.part or known.title.part
            if title.year:
                reading.notes.append(
                    f"sheet {view.name!r}, row {stretch.header.top}: no year above the table; "
                    f"{title.year} taken from the table before"
                )
    elif title.year is not None:
        known.title = title


def _dates_itself(header: Header, words: Lexicon, known: int | None) -> bool:
    """Tell whether the headings of a table say the year of what was done or planned.

    A year before the known one in "Thực hiện năm 2021" dates that column, not the others.
    """
    headings = [read_heading(parts, words) for parts in header.parts.values()]
    years = [m.year for h in headings for p in h.parts for m in find_periods(p) if m.year]
    amounts = [h for h in headings if h.sort in ("plan", "actual")]
    undated = [h for h in amounts if h.period is None or h.period.year is None]
    earlier = known is not None and all(year < known for year in years)
    return bool(years) and not (undated and earlier)


def _dashes(sheet: str, entries: list[Entry]) -> list[str]:
    """Say which cells print a dash or x: nothing was reported there, which is not zero."""
    cells = [address(entry.line.row, column) for entry in entries for column in entry.dashed]
    if not cells:
        return []
    more = f" and {len(cells) - _MOST_DASHES} more" if len(cells) > _MOST_DASHES else ""
    where = ", ".join(cells[:_MOST_DASHES]) + more
    printed = 'the cell prints "-", "x" or dots'
    return [f"sheet {sheet!r}: nothing reported, which is not zero, in {where} ({printed})"]


def _read_block(
    view: View,
    stretch: Stretch,
    block: Block,
    unit_before: Unit | None,
    reading: TableReading,
    words: Lexicon,
) -> Unit | None:
    own_unit = stretch.title.unit_for(block.first, block.last)
    table_unit = own_unit or (None if _says_units(block) else unit_before)
    block.values = settle_counts(block.values, table_unit)
    section = section_of_title(stretch.title.lines, own_unit, words)
    if section is not None and block.unit is None:
        block.values = in_section(block.values, section)
    money = table_unit is not None and table_unit.id.endswith(("vnd", "usd"))
    entries, problems = read_lines(view, block, stretch.data, money, words)
    problems += problems_of(view.name, entries, money)
    problems += repeated_codes(view.name, entries, block)
    problems += settle_separators(view.name, entries, block)
    settle_compared(entries, block)
    scale_fractions(entries, block)
    for column in settle_comparisons(entries, block):
        reading.notes.append(
            f"sheet {view.name!r}, column {column_letters(column)}: growth rates, not ratios "
            "(0 is unchanged, not 100)"
        )
    if any(m.indicator and m.measure == "actual" for m in block.values) and not block.turned:
        reading.notes.append(
            f"sheet {view.name!r}, row {stretch.header.top}: columns that name no measure were "
            "read as what was in the period of the title"
        )
    settle_growth(entries, block)
    reading.notes += _dashes(view.name, entries)
    name = stretch.title.text or view.name
    if block.name:
        name = f"{name} / {squeeze(block.name)}"
    rows, doubts = rows_of(view.name, name, entries, block, table_unit)
    if block.turned:
        written = {entry.line.row: entry.written for entry in entries}
        parts = stretch.header.parts
        rows = turn(rows, written, block.values, parts, stretch.title, words)
    problems += doubts + impossible_sizes(rows) + column_problems(view, block, stretch, rows)
    if own_unit is None and table_unit and any(row.unit == table_unit.id for row in rows):
        reading.notes.append(
            f"sheet {view.name!r}, row {stretch.header.top}: no unit above the table; "
            f"{table_unit.id} taken from the table before"
        )
    reading.rows += rows
    reading.problems += problems
    return table_unit or unit_before


def _says_units(block: Block) -> bool:
    """Tell whether indicators across say their own units; none of the table before is meant."""
    return any(
        meaning.indicator and (meaning.unit or meaning.counted.unit) for meaning in block.values
    )


def _nothing_found(workbook: Workbook, looked_at: list[str]) -> InputError:
    name = workbook.path.replace("\\", "/").rsplit("/", 1)[-1]
    sheets = ", ".join(f"{sheet!r}" for sheet in looked_at) or "none is visible"
    if not any(sheet.rows for sheet in workbook.sheets):
        return InputError(
            name,
            f"no data: every sheet is empty ({sheets})",
            "a table with headings",
            "check that this is the right file",
        )
    return InputError(
        name,
        f"no table header found; sheets looked at: {sheets}",
        'a heading row such as "STT | Nội dung | Dự toán năm | Thực hiện"',
        "write headings above the columns, or add their words to reading/rules/headers.toml",
    )
