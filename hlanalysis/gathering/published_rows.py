"""From published figures to rows of the tidy table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hlanalysis.gathering.tidy import (
    base_period_of,
    observation,
    plan_level_of,
    published_origin,
    territory_of,
)
from hlanalysis.numbers import format_number
from hlanalysis.observations import Observation
from hlanalysis.periods import Period

if TYPE_CHECKING:
    from hlanalysis.sources.provenance import Source
    from hlanalysis.sources.published import PublishedFigure

# The value's column when observations.csv is opened in a spreadsheet.
_VALUE_COLUMN = "I"


def from_published(figures: Iterable[PublishedFigure], source: Source) -> list[Observation]:
    """Turn published figures into observations; their order in the file is their locator."""
    return [_from_published(figure, source) for figure in figures]


def _from_published(figure: PublishedFigure, source: Source) -> Observation:
    origin = published_origin(figure, source.file)
    period = Period.parse(figure.period)
    # The table holds plain decimals; what was printed was printed the Vietnamese way.
    written = format_number(figure.value)
    locator = f"{source.file}!{_VALUE_COLUMN}{figure.line}"
    return observation(
        place=figure.place,
        indicator=figure.indicator,
        series=figure.series,
        period=figure.period,
        as_of=figure.as_of,
        kind=figure.kind,
        status=figure.status,
        base=figure.base,
        base_period=base_period_of(period, figure.base),
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
