"""From the rows of workbooks and of tables in documents to rows of the tidy table."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hlanalysis.catalog import match_indicator
from hlanalysis.catalog.indicators import IndicatorMatch, fold
from hlanalysis.gathering.row_links import Meant, links, meant_by
from hlanalysis.gathering.tidy import base_period_of, observation, territory_of
from hlanalysis.numbers import format_number
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reading.table.indicator_headings import is_place
from hlanalysis.reading.table.words import lexicon, named_parts, without_within

if TYPE_CHECKING:
    from hlanalysis.reading.tables import Row
    from hlanalysis.sources.provenance import Source


def from_rows(rows: Sequence[Row], source: Source) -> list[Observation]:
    """Turn the tidy rows of a workbook into observations.

    Absolute differences are left out: they repeat what the two levels beside them say. A row
    without unit or period is among the table's problems, and no figure. What a row qualifies or
    is a part of (`row_links`) becomes ids.
    """
    whole = [(row, meant_by(row)) for row in rows if row.period and row.unit]
    kept = [(row, meant) for row, meant in whole if meant is not None]
    figures = [_from_row(row, meant, source) for row, meant in kept]
    linked = links([row for row, _ in kept], [meant for _, meant in kept])
    return [
        dataclasses.replace(figure, of=_id(figures, of), part_of=_id(figures, part_of))
        for figure, (of, part_of) in zip(figures, linked, strict=True)
    ]


def _id(figures: Sequence[Observation], place: int | None) -> str:
    return "" if place is None else figures[place].id


def _from_row(row: Row, meant: Meant, source: Source) -> Observation:
    kind, status, base = meant
    path, match = _named(row)
    period = Period.parse(row.period)
    return observation(
        place=source.place,
        indicator=match.indicator,
        series=match.series if match.indicator != "unlisted" else " / ".join(path),
        period=row.period,
        kind=kind,
        status=status,
        base=base,
        base_period=base_period_of(period, base),
        value=row.value,
        unit=row.unit,
        plan_level=source.plan_level if status == "plan" or base == "plan" else "",
        vintage="preliminary" if status == "estimate" else source.vintage,
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
    above = (label for label in row.label_path if not _heads_a_section(label))
    path = [without_within(label, words) for label in (*above, row.label)]
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


def _heads_a_section(label: str) -> bool:
    """Tell whether a row only heads a section: "CHỈ TIÊU KINH TẾ", "Về xã hội"."""
    return fold(label).startswith(("chi tieu ", "cac chi tieu", "nhom chi tieu", "ve "))


def _match_path(path: Sequence[str]) -> IndicatorMatch:
    """Name a row: by its own label, else as a series of the nearest ancestor that is known."""
    own = match_indicator(path[-1])
    if own is not None:
        # A part is not its total: "Các khoản thu hưởng 100%" under "Thu được hưởng".
        same = any(match_indicator(label) == own for label in path[:-1])
        return own if not same else IndicatorMatch("unlisted", path[-1])
    for label in reversed(path[:-1]):
        above = match_indicator(label)
        if above is not None:
            return match_indicator(path[-1], within=above.indicator) or IndicatorMatch("unlisted")
    return IndicatorMatch("unlisted")
