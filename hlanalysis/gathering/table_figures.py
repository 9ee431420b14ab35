"""Numbers of tables inside a document, as statements beside those of its sentences."""

from __future__ import annotations

from dataclasses import replace

from hlanalysis.gathering.document_tables import DocumentTables
from hlanalysis.reading.folding import fold
from hlanalysis.reading.statements import Reading, Statement, Unread
from hlanalysis.reading.table.rows import Row
from hlanalysis.reading.table.words import lexicon, named_parts, without_within
from hlanalysis.sources.documents import Document

Span = tuple[int, int]
# What a column measures -> kind, status, base.
_MEASURES: dict[str, tuple[str, str, str | None]] = {
    "plan": ("level", "target", None),
    "actual": ("level", "actual", None),
    "previous_actual": ("level", "actual", None),
    "vs_plan_percent": ("plan_attainment", "actual", "plan"),
    "yoy_percent": ("index", "actual", "same_period_last_year"),
    "share_percent": ("share", "actual", None),
    "whole_project": ("level", "actual", None),
}
_PERCENTS = ("vs_plan_percent", "yoy_percent", "share_percent")
# What a comparison is called where 0 means no change, not 100.
_CHANGES = {"index": "growth", "plan_attainment": "plan_excess"}


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
    levels: dict[tuple[str, int], int] = {}
    wholes: dict[tuple[str, int, str], int] = {}
    relative: list[tuple[int, tuple[str, int]]] = []
    unread = [*reading.unread]
    for row in tables.rows:
        span = _span(row)
        written = document.text[slice(*span)]
        if row.measure not in _MEASURES:
            reason = "a difference of two columns of its table, which say it already"
            unread.append(Unread(span, written, reason))
            continue
        statement = _statement(row, span, written)
        if row.measure == "actual":
            levels[row.sheet, row.row] = len(stated)
        elif row.measure in _PERCENTS:
            relative.append((len(stated), (row.sheet, row.row)))
        if statement.kind == "level":
            part_of = _whole_of(row, statement, wholes, stated)
            statement = replace(statement, part_of=part_of)
            for name in {row.code, row.label}:
                wholes[row.sheet, row.column, name] = len(stated)
        stated.append(statement)
    for index, cell in relative:
        stated[index] = replace(stated[index], of=levels.get(cell))
    for problem, place in zip(tables.problems, tables.places, strict=True):
        if problem.kind != "code":  # two rows of one code: no number is unread for it
            reason = f"{problem.kind}: {problem.hint}"
            unread.append(Unread(place, document.text[slice(*place)], reason))
    return Reading(_in_text_order(stated), sorted(unread, key=lambda one: one.span))


def _whole_of(
    row: Row,
    statement: Statement,
    wholes: dict[tuple[str, int, str], int],
    stated: list[Statement],
) -> int | None:
    """Return the place of the row that this row is a part of, in the same column and unit."""
    above = row.code.rpartition(".")[0]
    for name in (above, *reversed(row.label_path)):
        place = wholes.get((row.sheet, row.column, name)) if name else None
        if place is not None and stated[place].unit == statement.unit:
            return place
    return None


def _statement(row: Row, span: Span, written: str) -> Statement:
    kind, status, base = _MEASURES[row.measure]
    if kind == "level" and row.unit == "percent" and fold(row.label).startswith("toc do tang"):
        kind = "growth"
    if row.more.growth:
        kind = _CHANGES.get(kind, kind)
    if row.more.estimate and status == "actual":
        status = "estimate"
    return Statement(
        _phrase(row),
        row.value,
        row.unit,
        kind,
        span,
        written,
        "table_cell",
        base=row.more.base or base,
        period=row.period or None,
        status=status,
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
