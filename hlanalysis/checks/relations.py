"""How a relative figure follows from two levels, and a level from the figure and the other one.

One formula for each kind and unit, in plain fractions: "đạt 80,63% kế hoạch" is level / plan,
"tăng 77,64% so với kế hoạch" is level / plan - 1, "vượt 45 người so với kế hoạch" is level - plan.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hlanalysis.catalog import convert, unit
from hlanalysis.observations import Observation
from hlanalysis.periods import Period, base_period

Formula = Callable[[Fraction, Fraction], Fraction]

RATIO_KINDS = frozenset({"plan_attainment", "index", "share"})
CHANGE_KINDS = frozenset({"plan_excess", "growth"})
PLAN_KINDS = frozenset({"plan_attainment", "plan_excess"})
RELATABLE_KINDS = RATIO_KINDS | CHANGE_KINDS
_RATE_UNITS = {"percent": Fraction(100), "per_mille": Fraction(1000), "times": Fraction(1)}


def relates(level: Observation, relative: Observation) -> bool:
    """Tell whether a relative figure and a level together determine the base.

    A ratio (percent, per mille, times) goes with any level; a difference needs the unit of the
    level ("tăng 2,4 triệu"), or points where the level is itself a rate.
    """
    if level.kind != "level" or relative.kind not in RELATABLE_KINDS:
        return False
    if relative.unit in _RATE_UNITS:
        # "giảm 2,1%" of a poverty rate may mean points: what it says of the base is unknown.
        return not (relative.kind in CHANGE_KINDS and _is_rate(level))
    return relative.kind in CHANGE_KINDS and _same_dimension(level, relative)


def may_relate(level: Observation, relative: Observation) -> bool:
    """Tell whether a relative figure may be a claim about a level, points or percent undecided."""
    change_of_rate = relative.kind in CHANGE_KINDS and relative.unit == "percent"
    return relates(level, relative) or (
        level.kind == "level" and change_of_rate and _is_rate(level)
    )


def is_difference(row: Observation) -> bool:
    """Tell whether a change is given in units or points, not as a rate: "giảm 05 vụ"."""
    return row.kind in CHANGE_KINDS and row.unit not in _RATE_UNITS


def _is_rate(row: Observation) -> bool:
    return unit(row.unit).dimension == "rate"


def _same_dimension(level: Observation, relative: Observation) -> bool:
    if relative.unit == "percentage_points":
        return level.unit == "percent"
    return unit(level.unit).dimension == unit(relative.unit).dimension


def figure_from(relative: Observation, unit_of_levels: str) -> Formula:
    """Return the formula that gives the relative figure, in its unit, from level and base."""
    scale = _RATE_UNITS.get(relative.unit)
    if scale is None:
        factor = _difference_factor(relative.unit, unit_of_levels)
        return lambda level, base: (level - base) / factor
    if relative.kind in RATIO_KINDS or relative.unit == "times":
        return lambda level, base: level / base * scale
    return lambda level, base: (level / base - 1) * scale


def base_from(relative: Observation, unit_of_levels: str) -> Formula:
    """Return the formula that gives the base from the level and the relative figure."""
    scale = _RATE_UNITS.get(relative.unit)
    if scale is None:
        factor = _difference_factor(relative.unit, unit_of_levels)
        return lambda level, figure: level - figure * factor
    if relative.kind in RATIO_KINDS or relative.unit == "times":
        return lambda level, figure: level / (figure / scale)
    return lambda level, figure: level / (1 + figure / scale)


def level_from(relative: Observation, unit_of_levels: str) -> Formula:
    """Return the formula that gives the level from the base and the relative figure."""
    scale = _RATE_UNITS.get(relative.unit)
    if scale is None:
        factor = _difference_factor(relative.unit, unit_of_levels)
        return lambda base, figure: base + figure * factor
    if relative.kind in RATIO_KINDS or relative.unit == "times":
        return lambda base, figure: base * figure / scale
    return lambda base, figure: base * (1 + figure / scale)


def _difference_factor(of_figure: str, of_levels: str) -> Fraction:
    if of_figure == "percentage_points":
        return Fraction(1)
    return convert(1, of_figure, of_levels)


def period_of_base(relative: Observation) -> Period | None:
    """Return the period of the level that a relative figure is measured against.

    A part-year figure against plan is measured against the plan of the whole year.
    """
    if relative.kind in PLAN_KINDS:
        named = relative.base_period
        return Period.parse(named) if named else _plan_period(relative.when)
    if relative.kind == "share":
        return relative.when
    if relative.base_period:
        return Period.parse(relative.base_period)
    return base_period(relative.when, relative.base)


def _plan_period(when: Period) -> Period:
    return when if when.form == "span" else when.full_year
