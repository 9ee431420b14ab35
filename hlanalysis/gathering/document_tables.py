"""Tables inside reports: read as tables, not as sentences.

A table of a .docx or .pdf is a grid like a sheet of a workbook, and the same rules read it. What
has been read so is blanked in the text that the reader of sentences gets, at unchanged offsets;
a table without a heading that anything explains stays in that text, a line a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hlanalysis.errors import InputError
from hlanalysis.grids import Box, Sheet, Workbook, address
from hlanalysis.periods import Period
from hlanalysis.reading.table.left_to_prose import as_lines, blank
from hlanalysis.reading.table.sections import is_number_like
from hlanalysis.reading.table.units import unit_line
from hlanalysis.reading.tables import Problem, Row, TableReading, read_tables
from hlanalysis.sources.documents import Document, DocumentTable

_MARKS = re.compile("[⁰¹²³⁴-⁹⁽⁾]+\\s*\\Z")
# Paragraphs above a table that can be its title and unit: short ones that are no sentences.
_TITLE_LINES, _TITLE_LENGTH = 4, 200
_SENTENCE = re.compile(r"[.;:!?…]\s*\Z")
_UNIT_LINE = 60  # characters; longer lines that declare a unit are titles with numbers of their own
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_NUMBER = re.compile(r"[\s'\"]*([+\-−–]?\s?\d[\d.,\u00a0\u2009\u202f ]*)")
_PERCENT = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{1,2}\s?%")
_DECIMAL = re.compile(r"[-–+]?\d{1,3}([.,])\d{1,2}")
_WHOLE = ("persons", "households", "visits", "count", "vnd")  # units without decimals
_READ = ("separator", "size", "unit", "column")  # problems of a number, not of its cell's words
_WORD = re.compile(r"[^\W\d_]{2}")
Span = tuple[int, int]
Spans = dict[tuple[int, int], Span]


@dataclass(slots=True)
class DocumentTables:
    """What the tables of a document say.

    Attributes
    ----------
    rows : list of Row
        As from a workbook; the sheet is named after the table's place ("table 2"), and the cell is
        the number's place in the document's text: ``813-816`` or ``p3:813-816``.
    problems : list of Problem
        One a cell.
    places : list of tuple of int
        Where each problem stands in the document's text.
    prose : str
        The document's text with the tables that were read blanked, as long as the text itself.
    """

    rows: list[Row]
    problems: list[Problem]
    places: list[Span]
    prose: str


def read_document_tables(document: Document, period: str = "") -> DocumentTables:
    """Read the tables of a document.

    Parameters
    ----------
    document : Document
    period : str, optional
        The period the document reports on, for columns that name none: a plan is then one of the
        whole year.

    Returns
    -------
    DocumentTables
    """
    found = DocumentTables([], [], [], document.text)
    edits: dict[int, str] = {}
    marks = {sign[1] for sign in _PERCENT.finditer(document.text)}
    for number, table in enumerate(document.tables, 1):
        titles = _titles(document, table)
        sheet, spans = _as_sheet(document, table, titles, f"table {number}")
        reading = _read(document, sheet)
        if not reading.rows:
            edits[table.start] = as_lines(document.text[table.start : table.end])
            continue
        # A number without a unit is no figure; the problems name it.
        known = (row for row in reading.rows if row.unit)
        found.rows += [_located(document, _dated(row, period), spans) for row in known]
        sentences, problems = _sentences(reading.problems, spans)
        for problem in problems:
            if _is_settled(problem, reading.rows, sheet, period, marks):
                continue
            for one in _by_cell(problem, reading.rows, sheet):
                found.problems.append(one)
                found.places.append(_place_of(one, document.text, table, spans))
        edits[table.start] = _blanked(document.text, table, sentences)
        edits |= {start: blank(text) for start, text in titles if _is_unit_line(text)}
    found.prose = _edited(document.text, edits)
    return found


def _as_sheet(
    document: Document, table: DocumentTable, titles: list[tuple[int, str]], name: str
) -> tuple[Sheet, Spans]:
    """Return a table as a sheet, short lines above it first, and where its cells stand."""
    sheet = Sheet(name)
    spans: Spans = {}
    lines = [*titles, *_lines(document.text, table.start, table.end)]
    above = len(lines) - document.text.count("\n", table.start, table.end) - 1
    for number, (start, text) in enumerate(lines, 1):
        at = start
        for column, cell in enumerate(text.split("\t"), 1):
            words = _MARKS.sub("", cell.strip())
            if words:
                begin = at + len(cell) - len(cell.lstrip())
                sheet.rows.setdefault(number, {})[column] = words
                spans[number, column] = (begin, begin + len(words))
            at += len(cell) + 1
    sheet.merged = [
        Box(top + above, left, bottom + above, right) for top, left, bottom, right in table.merged
    ]
    return sheet, spans


def _place_of(problem: Problem, text: str, table: DocumentTable, spans: Spans) -> Span:
    """Return where the cell stands that a problem names, of a range the first.

    One that names no filled cell stands at the first of its table.
    """
    named = _CELL.match(problem.cell)
    span = spans.get((int(named[2]), _column(named[1]))) if named else None
    if span is not None:
        return _number_in(text, span) if problem.kind in _READ else span
    inside = [one for one in spans.values() if one[0] >= table.start]
    return min(inside, default=(table.start, table.start))


def _number_in(text: str, span: Span) -> Span:
    """Return where the number of a cell stands, without "%" and unit; other cells whole."""
    found = _NUMBER.match(text, *span)
    if found is None:
        return span
    return found.start(1), found.start(1) + len(found[1].rstrip(" .,\u00a0\u2009\u202f"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _read(document: Document, sheet: Sheet) -> TableReading:
    """Read one table; what has no heading is read as nothing: sentences list its numbers."""
    try:
        return read_tables(Workbook(str(document.path), (sheet,)), whole_projects=True)
    except InputError:
        return TableReading()


def _is_settled(
    problem: Problem, rows: list[Row], sheet: Sheet, period: str, marks: set[str]
) -> bool:
    """Tell whether the document decides what its table alone leaves open.

    The document has a period. Numbers grouped by dots are so where every percent of the document
    or the table marks its decimals with a comma, and where they count people or things.
    """
    if problem.kind != "separator" or " or " not in problem.found:
        return problem.kind == "period" and bool(period)
    texts = (sheet.rows[row.row][row.column] for row in rows if row.unit == "percent")
    signs = marks | {sign[1] for text in texts if (sign := _DECIMAL.fullmatch(str(text)))}
    first, *last = _CELL.findall(problem.cell)
    column, top, bottom = _column(first[0]), int(first[1]), int((last or [first])[0][1])
    inside = [row for row in rows if row.column == column and top <= row.row <= bottom]
    whole = all(row.unit in _WHOLE and row.value == int(row.value) for row in inside)
    return signs == {","} or whole


def _sentences(problems: list[Problem], spans: Spans) -> tuple[list[Span], list[Problem]]:
    """Return the cells that hold words and numbers, for the reader of sentences, and the rest."""
    places = {address(*cell): span for cell, span in spans.items()}
    kept, sentences = [], []
    for one in problems:
        if one.kind == "text" and one.cell in places and _WORD.search(one.found):
            sentences.append(places[one.cell])
        else:
            kept.append(one)
    return sentences, kept


def _by_cell(problem: Problem, rows: list[Row], sheet: Sheet) -> list[Problem]:
    """Return a problem of a whole column as one of each number in it."""
    if problem.kind == "unit" and problem.found == "no unit":
        cells = [(row.row, row.column) for row in rows if not row.unit]
        hint = problem.hint
    elif problem.kind == "column" and (named := _CELL.match(problem.cell)):
        known = {(row.row, row.column) for row in rows}
        below = ((row, _column(named[1])) for row in sheet.rows if row > int(named[2]))
        cells = [cell for cell in sorted(below) if cell not in known]
        hint = f"{problem.found}: {problem.hint}"
    else:
        return [replace(problem, cell=cell.strip()) for cell in problem.cell.split(",")]
    values = [(cell, sheet.rows[cell[0]].get(cell[1])) for cell in cells]
    return [
        replace(problem, cell=address(*cell), found=str(value), hint=hint)
        for cell, value in values
        if isinstance(value, str) and is_number_like(value)
    ]


def _located(document: Document, row: Row, spans: Spans) -> Row:
    start, end = _number_in(document.text, spans[row.row, row.column])
    page = f"p{document.page_at(start)}:" if len(document.pages) > 1 else ""
    return row.with_more(locator=f"{page}{start}-{end}")


def _lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    lines = []
    for line in text[start:end].split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _titles(document: Document, table: DocumentTable) -> list[tuple[int, str]]:
    """Return the short paragraphs right above a table: its name, its unit."""
    titles: list[tuple[int, str]] = []
    for one in reversed([one for one in document.paragraphs if one.end <= table.start]):
        text = document.text[one.start : one.end]
        if one.kind != "text" or len(text) > _TITLE_LENGTH or len(titles) == _TITLE_LINES:
            break
        if _SENTENCE.search(text):
            break
        titles.append((one.start, text.replace("\n", " ").replace("\t", " ")))
    return titles[::-1]


def _is_unit_line(text: str) -> bool:
    """Tell whether a line above a table only declares its unit: "ĐVT: 1.000 đồng"."""
    return len(text) < _UNIT_LINE and unit_line(text) is not None


def _blanked(text: str, table: DocumentTable, sentences: list[Span]) -> str:
    """Return blanks for a table that was read, but for cells that are sentences."""
    parts, at = [], table.start
    for start, end in sorted(sentences):
        before = blank(text[at:start])
        parts += [before[:-1], "\n" if before else "", text[start:end]]
        at = end
    return "".join([*parts, blank(text[at : table.end])])


def _edited(text: str, edits: dict[int, str]) -> str:
    """Return a text with parts of it replaced, each by as many characters."""
    parts, at = [], 0
    for start, part in sorted(edits.items()):
        parts += [text[at:start], part]
        at = start + len(part)
    return "".join([*parts, text[at:]])


def _dated(row: Row, period: str) -> Row:
    """Give a row without a period that of the document."""
    if row.period or not period:
        return row
    whole_year = str(Period.parse(period).year) if row.measure == "plan" else period
    return row._replace(period=whole_year)
