"""From what documents, workbooks and published tables say to rows of the one tidy table."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import match_indicator, place
from hlanalysis.catalog.indicators import IndicatorMatch, fold
from hlanalysis.files import short_hash
from hlanalysis.numbers import format_number
from hlanalysis.observations import COLUMNS, Observation, observation_id
from hlanalysis.periods import Period, base_period
from hlanalysis.reading.table.indicator_headings import is_place
from hlanalysis.reading.table.words import lexicon, named_parts, without_within

if TYPE_CHECKING:
    from hlanalysis.reading.statements import Reading, Statement
    from hlanalysis.reading.tables import Row
    from hlanalysis.sources.documents import Document
    from hlanalysis.sources.provenance import Source
    from hlanalysis.sources.published import PublishedFigure

_BLANK: dict[str, Any] = dict.fromkeys(COLUMNS, "") | dict.fromkeys(
    ("value_max", "numerator", "denominator")
)
# Whose plan it is, by the words after "kế hoạch" or "dự toán"; folded, so OCR slips still match.
_PLAN_WORDS = (
    ("adjusted", ("dieu chinh", "bo sung")),
    ("province", ("tinh giao", "cap tren giao", "phap lenh", "trung uong giao")),
    ("council", ("hdnd", "hoi dong nhan dan", "huyen giao", "thi xa giao", "nghi quyet")),
)
_PLAN_STATUS_WORDS = ("ke hoach", "kh", "du toan", "dt", "giao")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures were printed, as a reader is told it.

    Attributes
    ----------
    id : str
        What `Observation.source` refers to.
    form : {"document", "workbook", "published"}
    publisher, title, date, address, file : str
    """

    id: str
    form: str
    publisher: str
    title: str
    date: str
    address: str
    file: str


def origin_of(source: Source, form: str) -> Origin:
    """Return the origin of the figures of one raw file."""
    address = source.address or source.handed_over_by
    return Origin(
        source.id, form, source.producer, source.title, source.date_published, address, source.file
    )


def published_origin(figure: PublishedFigure, file: str) -> Origin:
    """Return the origin of one published figure: the page it was printed on."""
    name = "pub-" + short_hash(figure.source_url, figure.source_date, length=8)
    return Origin(
        name, "published", figure.publisher, "", figure.source_date, figure.source_url, file
    )


def from_published(figures: Iterable[PublishedFigure], source: Source) -> list[Observation]:
    """Turn published figures into observations; their order in the file is their locator."""
    return [_from_published(figure, source) for figure in figures]


def _from_published(figure: PublishedFigure, source: Source) -> Observation:
    origin = published_origin(figure, source.file)
    period = Period.parse(figure.period)
    # The table holds plain decimals; what was printed was printed the Vietnamese way.
    written = format_number(figure.value)
    locator = f"{source.file}!{_VALUE_COLUMN}{figure.line}"
    return _observation(
        place=figure.place,
        indicator=figure.indicator,
        series=figure.series,
        period=figure.period,
        as_of=figure.as_of,
        kind=figure.kind,
        status=figure.status,
        base=figure.base,
        base_period=_base_period(period, figure.base),
        value=figure.value,
        unit=figure.unit,
        plan_level=plan_level_of(figure.note)
        if figure.base == "plan" or figure.status == "plan"
        else "",
        vintage="preliminary" if figure.status == "estimate" else "",
        scope=_scope_of(figure),
        territory=territory_of(figure.place, period),
        written=written,
        modifier=figure.modifier,
        source=origin.id,
        locator=locator,
        note=figure.note,
    )


def _scope_of(figure: PublishedFigure) -> str:
    """Return the part that a figure covers where its note says that it is only a part."""
    partial = "some main sectors" in figure.note.casefold()
    return "main_sectors" if partial and figure.indicator == "production_value" else ""


# The value's column when observations.csv is opened in a spreadsheet.
_VALUE_COLUMN = "I"


def from_reading(reading: Reading, document: Document, source: Source) -> list[Observation]:
    """Turn the statements of a document into observations.

    `of` and `part_of`, positions among the statements, become ids. A level whose time is not
    said is left out; the caller lists it.
    """
    matches = _matches(reading.statements, document.text)
    rows = [
        _from_statement(one, match, document, source)
        for one, match in zip(reading.statements, matches, strict=True)
    ]
    return [
        dataclasses.replace(row, of=_id_at(rows, one.of), part_of=_id_at(rows, one.part_of))
        for row, one in zip(rows, reading.statements, strict=True)
        if not is_undated(one)
    ]


def is_undated(one: Statement) -> bool:
    """Tell whether a figure is of an earlier time that is not said: "từ A lên B", "(kỳ trước: A)".

    Given the period of the report it would contradict B.
    """
    return one.period is None and one.rule in ("from_level", "other_time")


def _id_at(rows: Sequence[Observation], index: int | None) -> str:
    return "" if index is None else rows[index].id


_COUNTED = frozenset({"count", "persons", "households", "visits"})
_NOUN_END = re.compile(r"[;.:()\n\d]")


def _noun_after(one: Statement, text: str) -> str:
    """Return the words behind a count, up to the next number: they name what is counted."""
    if one.unit not in _COUNTED:
        return ""
    tail = text[one.span[1] : one.span[1] + 120]
    end = _NOUN_END.search(tail)
    return tail[: end.start()] if end else tail


def _matches(statements: Sequence[Statement], text: str) -> list[IndicatorMatch]:
    """Name each statement's indicator: a part by its total, a relative figure by its level."""
    found: dict[int, IndicatorMatch] = {}

    def match(index: int, depth: int = 0) -> IndicatorMatch:
        if index in found or depth > len(statements):
            return found.get(index, IndicatorMatch("unlisted"))
        one = statements[index]
        total = None if one.part_of is None else match(one.part_of, depth + 1)
        within = None if total is None or total.indicator == "unlisted" else total.indicator
        own = match_indicator(one.indicator_phrase, within=within)
        # "14/17 chỉ tiêu, nhóm chỉ tiêu đạt và vượt kế hoạch": the noun goes on past the phrase.
        own = own or match_indicator(_noun_after(one, text), within=within)
        if own is None and one.of is not None:
            own = match(one.of, depth + 1)
        found[index] = own or IndicatorMatch("unlisted", one.indicator_phrase)
        return found[index]

    return [match(index) for index in range(len(statements))]


def _from_statement(
    one: Statement, match: IndicatorMatch, document: Document, source: Source
) -> Observation:
    period = Period.parse(one.period or source.period)
    start, end = one.span
    page = f"p{document.page_at(start)}:" if len(document.pages) > 1 else ""
    own_place = source.place
    return _observation(
        place=own_place,
        indicator=match.indicator,
        series=match.series,
        period=str(period),
        as_of=one.as_of or "",
        kind=one.kind,
        status=_status(one),
        base=one.base or "",
        base_period=_base_period(period, one.base or ""),
        value=Decimal(one.value),
        value_max=_decimal(one.value_max),
        numerator=_decimal(one.numerator),
        denominator=_decimal(one.denominator),
        unit=one.unit,
        per=one.per or "",
        plan_level=plan_level_of(one.base_text or "") or source.plan_level,
        vintage="preliminary" if one.status == "estimate" else source.vintage,
        scope=match.scope,
        territory=territory_of(own_place, period),
        written=one.written,
        modifier=one.modifier or "",
        source=source.id,
        locator=f"{page}{start}-{end}",
        note=one.indicator_phrase if match.indicator == "unlisted" else "",
    )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _status(one: Statement) -> str:
    """Tell an assigned plan from an aspiration; the statements call both target."""
    if one.status != "target":
        return one.status or "actual"
    words = f" {fold(f'{one.base_text or chr(32)} {one.indicator_phrase}')} "
    return "plan" if any(f" {word} " in words for word in _PLAN_STATUS_WORDS) else "target"


def plan_level_of(words: str) -> str:
    """Return whose plan the words name: province, council, adjusted, or empty for unknown.

    Examples
    --------
    >>> plan_level_of("dự toán HĐND huyện giao"), plan_level_of("kế hoạch")
    ('council', '')
    >>> plan_level_of("Against the plan assigned by the province.")
    'province'
    """
    folded = f" {fold(words)} "
    for level, keys in _PLAN_WORDS:
        if any(f" {key} " in folded for key in keys):
            return level
    # Notes of published figures are in our own English words; "both" names no single level.
    if " both " in folded:
        return ""
    if "council" in folded:
        return "council"
    return "province" if "plan" in folded and "province" in folded else ""


def territory_of(name: str, period: Period) -> str:
    """Return the version of a place's territory that a period falls into.

    The place's own id while its bounds stayed the same; with the year of the change behind it
    once they moved.

    Examples
    --------
    >>> territory_of("thach_ha", Period(2024)), territory_of("thach_ha", Period(2025))
    ('thach_ha', 'thach_ha@2025')
    """
    changes = [day for day in place(name).changed if int(day[:4]) <= period.last_year]
    return f"{name}@{changes[-1][:4]}" if changes else name


def _base_period(period: Period, base: str) -> str:
    found = base_period(period, base) if base else None
    return str(found) if found else ""


def _observation(**values: Any) -> Observation:
    row = _BLANK | values
    row["id"] = observation_id(row["source"], row["locator"], row["kind"], row["written"])
    return Observation(**row)


_MEASURES: Mapping[str, tuple[str, str, str]] = {
    "plan": ("level", "plan", ""),
    "actual": ("level", "actual", ""),
    "previous_actual": ("level", "actual", ""),
    "vs_plan_percent": ("plan_attainment", "actual", "plan"),
    "yoy_percent": ("index", "actual", "same_period_last_year"),
    "share_percent": ("share", "actual", ""),
    "whole_project": ("level", "actual", ""),
}
# What a comparison is called where 0 means no change, not 100.
_CHANGES = {"index": "growth", "plan_attainment": "plan_excess"}


def from_rows(rows: Sequence[Row], source: Source) -> list[Observation]:
    """Turn the tidy rows of a workbook into observations.

    Absolute differences are left out: they repeat what the two levels beside them say. A row
    without unit or period is among the table's problems, and no figure. A percentage qualifies
    what was done in its row; a level is part of the row above it in the tree, in its own column.
    """
    whole = [row for row in rows if row.measure in _MEASURES and row.period and row.unit]
    figures = [_from_row(row, source) for row in whole]
    done = {
        (row.sheet, row.row, row.series): figure.id
        for row, figure in zip(whole, figures, strict=True)
        if row.measure == "actual"
    }
    placed: dict[tuple[str, int, str], Observation] = {}
    joined = []
    for row, figure in zip(whole, figures, strict=True):
        if figure.kind == "level":
            total = _total_above(row, figure, placed)
            for name in {row.code, row.label}:
                placed[row.sheet, row.column, name] = figure
            joined.append(dataclasses.replace(figure, part_of=total))
        else:
            of = done.get((row.sheet, row.row, row.series), "")
            joined.append(dataclasses.replace(figure, of=of))
    return joined


def _total_above(
    row: Row, figure: Observation, placed: Mapping[tuple[str, int, str], Observation]
) -> str:
    """Return the id of the nearest row above in the tree that has a number of the same unit."""
    above = row.code.rpartition(".")[0]
    for name in (above, *reversed(row.label_path)):
        total = placed.get((row.sheet, row.column, name)) if name else None
        if total is not None and total.unit == figure.unit:
            return total.id
    return ""


def _from_row(row: Row, source: Source) -> Observation:
    kind, status, base = _MEASURES[row.measure]
    path, match = _named(row)
    period = Period.parse(row.period)
    if kind == "level" and row.unit == "percent" and fold(row.label).startswith("toc do tang"):
        kind = "growth"
    if row.growth:
        kind = _CHANGES.get(kind, kind)
    estimate = row.estimate and status == "actual"
    base = row.base or base
    return _observation(
        place=source.place,
        indicator=match.indicator,
        series=match.series if match.indicator != "unlisted" else " / ".join(path),
        period=row.period,
        kind=kind,
        status="estimate" if estimate else status,
        base=base,
        base_period=_base_period(period, base),
        value=row.value,
        unit=row.unit,
        plan_level=source.plan_level if status == "plan" or base == "plan" else "",
        vintage="preliminary" if estimate else source.vintage,
        scope=match.scope,
        territory=territory_of(source.place, period),
        written=format_number(row.value),
        source=source.id,
        locator=row.cell,
        note=" / ".join(part for part in (row.table, row.series, row.code) if part),
    )


def _named(row: Row) -> tuple[list[str], IndicatorMatch]:
    """Return the words that name a number, outermost first, and the indicator that they name.

    A column of one place among several is a series of the row's; the cost of a whole project is
    no figure of the indicator that a year's outturn would be.
    """
    words = lexicon("sound")
    path = [without_within(label, words) for label in (*row.label_path, row.label)]
    if row.measure == "whole_project":
        return [row.series, *path], IndicatorMatch("unlisted")
    match = _match_path(path)
    across = named_parts(row.series, words)
    if across and is_place(across[-1], words) and not _is_whole(across[-1]):
        series = " / ".join(filter(None, (match.series, across[-1])))
        match = dataclasses.replace(match, series=series)
    return [*path, *across], match


def _is_whole(series: str) -> bool:
    """Tell whether a column's place is all of the others: "Toàn huyện", "Tổng số"."""
    return fold(series).startswith(("toan ", "tong ", "ca "))


def _match_path(path: Sequence[str]) -> IndicatorMatch:
    """Name a row: by its own label, else as a series of the nearest ancestor that is known."""
    own = match_indicator(path[-1])
    if own is not None:
        return own
    for label in reversed(path[:-1]):
        above = match_indicator(label)
        if above is not None:
            return match_indicator(path[-1], within=above.indicator) or IndicatorMatch("unlisted")
    return IndicatorMatch("unlisted")
