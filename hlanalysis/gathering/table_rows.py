"""From the rows of workbooks and of tables in documents to rows of the tidy table."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hlanalysis.catalog import match_indicator
from hlanalysis.catalog.indicators import IndicatorMatch, fold
from hlanalysis.gathering.tidy import base_period_of, observation, territory_of
from hlanalysis.numbers import format_number
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.reading.table.indicator_headings import is_place
from hlanalysis.reading.table.words import lexicon, named_parts, without_within

if TYPE_CHECKING:
    from hlanalysis.reading.tables import Row
    from hlanalysis.sources.provenance import Source

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
    if row.more.growth:
        kind = _CHANGES.get(kind, kind)
    estimate = row.more.estimate and status == "actual"
    base = row.more.base or base
    return observation(
        place=source.place,
        indicator=match.indicator,
        series=match.series if match.indicator != "unlisted" else " / ".join(path),
        period=row.period,
        kind=kind,
        status="estimate" if estimate else status,
        base=base,
        base_period=base_period_of(period, base),
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
