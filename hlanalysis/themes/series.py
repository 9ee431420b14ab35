"""Figures put beside each other: one unit for all, one figure a period, the best source of each."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import unit
from hlanalysis.charts.forms import Mark
from hlanalysis.charts.words import value_text
from hlanalysis.checks.said import Listed
from hlanalysis.numbers import Lang
from hlanalysis.observations import Observation
from hlanalysis.reported import Interval
from hlanalysis.themes import NotEnoughFiguresError
from hlanalysis.wording import Name, Quote, Value, Values, When, Where, Words, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

PLANNED = ("plan", "target")
_TELLING = 3
"""Digits that a converted number keeps: 352.180 million reads "352.2", 1.150 million "1.15"."""


def best(project: Project, rows: Iterable[Observation]) -> Observation | None:
    """Return the most authoritative of several figures on one thing and one period.

    The project's own documents go before the press, a full figure before a bound, a later source
    before an earlier one; of one day, the number that most of them print.
    """
    rows = list(rows)
    printed = Counter(_size(row) for row in rows)

    def trust(row: Observation) -> tuple[Any, ...]:
        origin = project.origin(row.source)
        own = origin.form != "published"
        return own, not row.is_bound, origin.date, printed[_size(row)], row.id

    return max(rows, key=trust, default=None)


def _size(row: Observation) -> tuple[str, Fraction]:
    """Return a value in the smallest unit of its dimension, so that units do not matter."""
    found = unit(row.unit)
    return found.dimension, Fraction(row.value) * found.factor


def alike(rows: Sequence[Observation], like: Observation) -> list[Observation]:
    """Return the figures that can stand on one axis with another: of its dimension."""
    wanted = unit(like.unit).dimension
    return [row for row in rows if unit(row.unit).dimension == wanted]


def one_a_period(project: Project, rows: Iterable[Observation]) -> list[Observation]:
    """Return one figure for each period and standing (planned, or achieved), oldest first."""
    groups: dict[tuple[Any, bool], list[Observation]] = {}
    for row in rows:
        groups.setdefault((row.when, row.status in PLANNED), []).append(row)
    kept = [best(project, group) for group in groups.values()]
    return sorted((row for row in kept if row), key=lambda row: (row.when, row.status in PLANNED))


def common_unit(rows: Sequence[Observation]) -> str:
    """Return the unit in which figures are put side by side: the largest that still reads well.

    That is the largest one printed in which their largest number is at least one.
    """
    by_size = sorted({row.unit for row in rows}, key=lambda name: unit(name).factor, reverse=True)
    for name in by_size:
        if any(abs(row.value_in(name)) >= 1 for row in rows):
            return name
    return by_size[-1]


def unit_subtitle(project: Project, key: str, name: str, **values: Value) -> str:
    """Return a subtitle that ends in the unit of its chart."""
    told = Words(unit(name).name(project.lang))
    return str(say(key, project.lang, {"unit": told, **values}))


def converted(row: Observation, target: str) -> Decimal:
    """Return a figure's value in another unit of its dimension, exactly."""
    value = row.value_in(target)
    return Decimal(value.numerator) / Decimal(value.denominator)


def in_unit(made: Mark, row: Observation, target: str, lang: Lang) -> Mark:
    """Return a mark with its value in another unit, labelled with as many digits as can be read."""
    value = converted(row, target)
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    places = max(unit(target).places, _TELLING - whole)
    exact = dataclasses.replace(made, value=value)
    return dataclasses.replace(exact, text=made.text or value_text(exact, target, lang, places))


def sources_apart(
    project: Project, kept: Sequence[Observation], rows: Sequence[Observation]
) -> str:
    """Say which other numbers sources print for the periods shown; empty where they agree."""
    told = []
    for one in kept:
        others = {_size(row): row for row in rows if _same_time(row, one) and _differ(row, one)}
        if others:
            values: Values = {
                "period": When(one.when),
                "others": Listed(tuple(Quote(row) for row in others.values())),
                "shown": Quote(one),
            }
            told.append(str(say("history.apart", project.lang, values)))
    return " ".join(told)


def _same_time(one: Observation, two: Observation) -> bool:
    return one.when == two.when and (one.status in PLANNED) == (two.status in PLANNED)


def _differ(one: Observation, two: Observation) -> bool:
    return not (one.is_bound or two.is_bound) and not _spread(one).overlaps(_spread(two))


def _spread(row: Observation) -> Interval:
    """Return what a figure can stand for, in the smallest unit of its dimension."""
    spread, factor = row.interval(), unit(row.unit).factor
    return dataclasses.replace(spread, low=spread.low * factor, high=spread.high * factor)


def too_few(
    project: Project, indicator: str, rows: Sequence[Observation], fewest: int, where: str = ""
) -> Exception:
    """Return why no series can be drawn: no figure at all, or of too few dates, which it names."""
    if not rows:
        place = Where(where or project.place)
        return NotEnoughFiguresError("no_figures", what=Name(indicator), place=place)
    dates = dict.fromkeys(row.when.label(project.lang) for row in rows)
    return NotEnoughFiguresError(
        "few_dates", what=Name(indicator), dates=Words(", ".join(dates)), fewest=Words(str(fewest))
    )
