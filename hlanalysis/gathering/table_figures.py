"""Numbers of tables inside a document, as statements beside those of its sentences."""

from __future__ import annotations

from dataclasses import replace

from hlanalysis.gathering.document_tables import DocumentTables
from hlanalysis.gathering.row_links import Meant, links, meant_by
from hlanalysis.reading.statements import Reading, Statement, Unread
from hlanalysis.reading.table.rows import Row
from hlanalysis.reading.table.words import lexicon, named_parts, without_within
from hlanalysis.sources.documents import Document

Span = tuple[int, int]


def with_tables(reading: Reading, document: Document, tables: DocumentTables) -> Reading:
    """Return a reading of sentences with the figures of the document's tables put in.

    Parameters
    ----------
    reading : Reading
        Of ``tables.prose``.
    document : Document
    tables : DocumentTables

    Returns
    -------
    Reading
        In text order; what the tables leave open is among the unread.
    """
    if not tables.rows and not tables.problems:
        return reading
    stated = [*reading.statements]
    unread = [*reading.unread]
    kept: list[Row] = []
    meanings: list[Meant] = []
    for row in tables.rows:
        meant = meant_by(row)
        if meant is None:
            span = _span(row)
            reason = "a difference of two columns of its table, which say it already"
            unread.append(Unread(span, document.text[slice(*span)], reason))
        else:
            kept.append(row)
            meanings.append(meant)
    first = len(stated)
    for row, meant, (of, part_of) in zip(kept, meanings, links(kept, meanings), strict=True):
        statement = _statement(row, meant, document.text)
        of, part_of = _after(first, of), _after(first, part_of)
        stated.append(replace(statement, of=of, part_of=part_of))
    for problem, place in zip(tables.problems, tables.places, strict=True):
        if problem.kind != "code":  # two rows of one code: no number is unread for it
            reason = f"{problem.kind}: {problem.hint}"
            unread.append(Unread(place, document.text[slice(*place)], reason))
    return Reading(_in_text_order(stated), sorted(unread, key=lambda one: one.span))


def _after(first: int, place: int | None) -> int | None:
    return None if place is None else first + place


def _statement(row: Row, meant: Meant, text: str) -> Statement:
    span = _span(row)
    return Statement(
        _phrase(row),
        row.value,
        row.unit,
        meant.kind,
        span,
        text[slice(*span)],
        "table_cell",
        base=meant.base or None,
        period=row.period or None,
        # Prose does not tell plans from aims either.
        status="target" if meant.status == "plan" else meant.status,
    )


def _phrase(row: Row) -> str:
    """Return what a row's number is of: its label, and what tells its column from the others."""
    words = lexicon("sound")
    return " - ".join([without_within(row.label, words), *named_parts(row.series, words)])


def _span(row: Row) -> Span:
    start, end = row.more.locator.rpartition(":")[2].split("-")
    return int(start), int(end)


def _in_text_order(stated: list[Statement]) -> list[Statement]:
    order = sorted(range(len(stated)), key=lambda place: stated[place].span)
    moved = {old: new for new, old in enumerate(order)}
    return [
        replace(
            stated[old],
            of=_moved(stated[old].of, moved),
            part_of=_moved(stated[old].part_of, moved),
        )
        for old in order
    ]


def _moved(place: int | None, moved: dict[int, int]) -> int | None:
    return None if place is None else moved[place]
