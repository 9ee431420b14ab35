"""Which levels a relative figure speaks of, and what a level that is only a bound can stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from weakref import WeakKeyDictionary

from hlanalysis.catalog import convert, unit
from hlanalysis.checks.relations import PLAN_KINDS, may_relate, period_of_base
from hlanalysis.numbers import NumberFormatError, read_number, to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import COUNTS, Interval, Rule

LIVE = ("actual", "estimate")
_FAR = 10**9
"""Stands for "without limit" in the interval of a bound: formulas are evaluated at its corners."""


def is_single_level(row: Observation) -> bool:
    """Tell whether a row is a level and one number."""
    return row.kind == "level" and row.value_max is None


def is_cell(row: Observation) -> bool:
    """Tell whether a figure stands in a cell of the project's own workbooks."""
    return "!" in row.locator and not row.source.startswith("pub-")


def alike(first: str, second: str) -> bool:
    """Tell whether two tags may mean the same: an empty tag is unknown, not unlike."""
    return not first or not second or first == second


def same_subject(first: Observation, second: Observation) -> bool:
    """Tell whether two figures are about the same thing, as far as their tags say."""
    return (
        (first.place, first.indicator, first.series, first.per)
        == (second.place, second.indicator, second.series, second.per)
        and alike(first.territory, second.territory)
        and alike(first.scope, second.scope)
        and alike(first.price_basis, second.price_basis)
    )


def unknown_tags(rows: Iterable[Observation]) -> tuple[str, ...]:
    """Return the assumptions under which figures combine though only some name their tag."""
    rows = list(rows)
    found = []
    for name in ("scope", "price_basis"):
        if len({getattr(row, name) for row in rows}) > 1:
            found.append(f"same_{name}")
    return tuple(found)


def levels_of(figure: Observation, observations: Observations) -> list[Observation]:
    """Return the levels that a relative figure may qualify, the likeliest source alone.

    The one it points at; else those of its own source for its period; else those of others.
    """
    if figure.of and figure.of in observations:
        level = observations.by_id(figure.of)
        return [level] if may_relate(level, figure) else []
    found = [
        row
        for row in _of_subject(figure, observations)
        if row.period == figure.period
        and row.as_of == figure.as_of
        and row.status in (LIVE if figure.status in LIVE else (figure.status,))
        and may_relate(row, figure)
    ]
    own = [row for row in found if row.source == figure.source]
    return own or found


def bases_of(
    figure: Observation, level: Observation, observations: Observations
) -> list[Observation]:
    """Return the printed levels that a relative figure may be measured against."""
    if figure.kind == "share":
        total = level.part_of
        return [observations.by_id(total)] if total and total in observations else []
    when = period_of_base(figure)
    if when is None:
        return []
    wanted = ("plan",) if figure.kind in PLAN_KINDS else LIVE
    found = [
        row
        for row in _of_subject(figure, observations)
        if row.period == str(when)
        and row.status in wanted
        and alike(row.plan_level, figure.plan_level)
        and unit(row.unit).dimension == unit(level.unit).dimension
        and row.id != level.id
    ]
    own = [row for row in found if row.source == figure.source]
    return own or found


def _of_subject(figure: Observation, observations: Observations) -> list[Observation]:
    rows = _index(observations).levels.get((figure.place, figure.indicator, figure.series), ())
    return [row for row in rows if same_subject(row, figure)]


class _Index:
    """Figures by what they are about: checks look them up thousands of times."""

    def __init__(self, observations: Observations) -> None:
        self.all: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        self.levels: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
        for row in observations:
            self.all[row.place, row.indicator].append(row)
            if is_single_level(row):
                self.levels[row.place, row.indicator, row.series].append(row)


_indexes: WeakKeyDictionary[Observations, _Index] = WeakKeyDictionary()


def _index(observations: Observations) -> _Index:
    index = _indexes.get(observations)
    if index is None:
        index = _indexes[observations] = _Index(observations)
    return index


def about(observations: Observations, place: str, *indicators: str) -> list[Observation]:
    """Return the figures on some indicators of one place; quick also in large tables."""
    found = _index(observations).all
    return [row for name in indicators for row in found.get((place, name), ())]


def standing_for(
    row: Observation,
    in_unit: str,
    rule: Rule = "half_up",
    *,
    near: bool = True,
    exact: bool | None = None,
) -> Interval:
    """Return what a level can stand for, in a unit.

    Parameters
    ----------
    row : Observation
    in_unit : str
    rule : {"half_up", "half_even", "truncated"}
    near : bool
        Read "hơn 70" as less than one unit of its last digit that is no zero above 70: officials
        round down to a good number. Otherwise as any value above.
    exact : bool, optional
        Passed on to `Observation.interval`.
    """
    if row.is_bound:
        low, high = _bounded(row, near)
        printed = Interval(low, high, True, True)
    elif row.modifier == "about":
        value, spread = to_fraction(row.value), _slack(row)
        printed = Interval(value - spread, value + spread)
    else:
        printed = row.interval(rule, exact=exact)
    factor = convert(1, row.unit, in_unit)
    return Interval(
        printed.low * factor, printed.high * factor, printed.low_closed, printed.high_closed
    )


def coarsely(row: Observation, in_unit: str) -> Interval:
    """Return what a level can stand for if its trailing zeros are rounding ("8.300 tỷ": ±50).

    Only amounts are read so; counts are exact, and a rate has no thousands. Nor is a number such as
    130 or 300, which reading so would loosen by more than one part in eighty.
    """
    factor, half = convert(1, row.unit, in_unit), _telling_step(row) / 2
    value = to_fraction(row.value)
    amount = row.unit not in COUNTS and unit(row.unit).dimension != "rate"
    if is_loose(row) or not amount or half * 80 > abs(value):
        return standing_for(row, in_unit)
    return Interval((value - half) * factor, (value + half) * factor, True, True)


def _bounded(row: Observation, near: bool) -> tuple[Fraction, Fraction]:
    value, step = to_fraction(row.value), _slack(row)
    if row.modifier in ("over", "at_least"):
        return value, value + step if near else abs(value) * _FAR
    return value - step if near else min(value / _FAR, value), value


def _slack(row: Observation) -> Fraction:
    """Return how far "hơn" and "gần" reach: never to half the number, so never to nought."""
    return min(_telling_step(row), abs(to_fraction(row.value)) / 2)


def _telling_step(row: Observation) -> Fraction:
    """Return one unit of the last printed digit that is no zero ("hơn 3.200": hundreds)."""
    try:
        number = read_number(row.written)
        value, step = abs(to_fraction(number.value)), to_fraction(number.step)
    except NumberFormatError:
        value, step = abs(to_fraction(row.value)), Fraction(1)
    if not value:
        return step
    scale = abs(to_fraction(row.value)) / value
    while value % (step * 10) == 0:
        step *= 10
    return step * scale


def is_loose(row: Observation) -> bool:
    """Tell whether a figure is a bound or an approximation."""
    return row.is_bound or row.modifier == "about"
