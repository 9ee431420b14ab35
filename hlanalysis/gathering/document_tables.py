"""Tables inside reports: read as tables, not as sentences.

A table of a .docx or .pdf is a grid like a sheet of a workbook, and the same rules read it. What
has been read so is blanked in the text that the reader of sentences gets, at unchanged offsets;
a table without a heading that anything explains stays in that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hlanalysis.errors import InputError
from hlanalysis.grids import Box, Sheet, Workbook
from hlanalysis.periods import Period
from hlanalysis.reading.tables import Problem, Row, read_tables
from hlanalysis.sources.documents import Document, DocumentTable

_MARKS = re.compile("[⁰¹²³⁴-⁹⁽⁾]+\\s*\\Z")
# Paragraphs above a table that can be its title and unit: short ones that are no sentences.
_TITLE_LINES, _TITLE_LENGTH = 4, 200
_SENTENCE = re.compile(r"[.;:!?…]\s*\Z")
Span = tuple[int, int]


@dataclass(slots=True)
class DocumentTables:
    """What the tables of a document say.

    Attributes
    ----------
    rows : list of Row
        As from a workbook; the sheet is named after the table's place ("table 2"), and the cell is
        the number's place in the document's text: ``813-816`` or ``p3:813-816``.
    problems : list of Problem
    prose : str
        The document's text with the tables that were read blanked, as long as the text itself.
    """

    rows: list[Row]
    problems: list[Problem]
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
    found = DocumentTables([], [], document.text)
    for number, table in enumerate(document.tables, 1):
        sheet, spans = as_sheet(document, table, f"table {number}")
        try:
            reading = read_tables(Workbook(str(document.path), (sheet,)))
        except InputError:
            continue  # no heading: the reader of sentences lists its numbers
        if not reading.rows:
            continue
        # A number without a unit is no figure; the problems name it.
        known = (row for row in reading.rows if row.unit)
        found.rows += [_located(document, _dated(row, period), spans) for row in known]
        undated = ("period",) if period else ()
        found.problems += [one for one in reading.problems if one.kind not in undated]
        found.prose = _blanked(found.prose, table.start, table.end)
    return found


def as_sheet(
    document: Document, table: DocumentTable, name: str
) -> tuple[Sheet, dict[tuple[str, int, int], Span]]:
    """Return a table as a sheet, short lines above it first, and where its cells stand."""
    sheet = Sheet(name)
    spans: dict[tuple[str, int, int], Span] = {}
    lines = [*_titles(document, table), *_lines(document.text, table.start, table.end)]
    above = len(lines) - document.text.count("\n", table.start, table.end) - 1
    for number, (start, text) in enumerate(lines, 1):
        at = start
        for column, cell in enumerate(text.split("\t"), 1):
            words = _MARKS.sub("", cell.strip())
            if words:
                begin = at + len(cell) - len(cell.lstrip())
                sheet.rows.setdefault(number, {})[column] = words
                spans[name, number, column] = (begin, begin + len(words))
            at += len(cell) + 1
    sheet.merged = [
        Box(top + above, left, bottom + above, right) for top, left, bottom, right in table.merged
    ]
    return sheet, spans


def _located(document: Document, row: Row, spans: dict[tuple[str, int, int], Span]) -> Row:
    start, end = spans[row.sheet, row.row, row.column]
    page = f"p{document.page_at(start)}:" if len(document.pages) > 1 else ""
    return row._replace(locator=f"{page}{start}-{end}")


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


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _dated(row: Row, period: str) -> Row:
    """Give a row without a period that of the document."""
    if row.period or not period:
        return row
    whole_year = str(Period.parse(period).year) if row.measure == "plan" else period
    return row._replace(period=whole_year)
