"""What a metric refuses although its arithmetic would go through, and what it only notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assumption, Tagged
from hlanalysis.metrics.cards import Card
from hlanalysis.metrics.figures import Argument
from hlanalysis.metrics.projection import check_may_be_drawn_out
from hlanalysis.periods import Period

PROXIES = frozenset({"production_value"})
"""Indicators of gross production value: never to be labelled GRDP."""


def check_computation(
    card: Card, arguments: Sequence[Argument], allowed: Mapping[str, str]
) -> tuple[Assumption, ...]:
    """Refuse figures whose periods or indicators do not fit the metric.

    An outturn may be held against the plan of another year if ``period`` is among the allowed
    assumptions; what is compared stands beside the result.

    Returns
    -------
    tuple of Assumption
        What is only noted beside the result.

    Raises
    ------
    InputError
    """
    by_key = {one.key: one for one in arguments}
    periods = {key: when for key, one in by_key.items() if (when := _period(one.figure))}
    across = _across_years(card, by_key, periods, allowed)
    if card.periods and not across:
        _PERIOD_RULES[card.periods](card.name, periods)
    if card.name in _OWN_RULES:
        _OWN_RULES[card.name](by_key, periods)
    return (*across, *_proxy(card, arguments), *_part_year(card, by_key, periods))


def _period(figure: Any) -> Period | None:
    written = Tagged("", figure, False).tag("period")
    return Period.parse(written) if written else None


def _part_of_year(when: Period) -> tuple[int, int]:
    first, last = when.months
    return first % 12, last - first


def _same(where: str, periods: Mapping[str, Period]) -> None:
    if len(set(periods.values())) > 1:
        raise _unlike_periods(where, periods, "one period")


def _same_months(where: str, periods: Mapping[str, Period]) -> None:
    if len({_part_of_year(when) for when in periods.values()}) > 1:
        raise _unlike_periods(where, periods, "the same months of the years compared")


def _same_year(where: str, periods: Mapping[str, Period]) -> None:
    if len({when.last_year for when in periods.values()}) > 1:
        raise _unlike_periods(where, periods, "an outturn and the plan of its own year")


def _unlike_periods(where: str, periods: Mapping[str, Period], expected: str) -> InputError:
    found = ", ".join(f"{key} is of {when.label('vi')} ({when})" for key, when in periods.items())
    hint = ""
    if "own year" in expected:
        hint = 'to hold it against another year\'s plan, write assume={"period": "why"}'
    return InputError(where, f"kỳ (period) differs: {found}", expected, hint)


_PERIOD_RULES: Mapping[str, Callable[[str, Mapping[str, Period]], None]] = {
    "same": _same,
    "same_months": _same_months,
    "same_year": _same_year,
}


def _cagr(by_key: Mapping[str, Argument], periods: Mapping[str, Period]) -> None:
    years = by_key["years"].value
    if {"last", "first"} <= set(periods):
        apart = periods["last"].last_year - periods["first"].last_year
        if years != apart:
            raise InputError(
                "cagr",
                f"years={years} from {periods['first']} to {periods['last']}",
                f"years={apart}: intervals after the base year, not points",
            )


def _straight_line(by_key: Mapping[str, Argument], periods: Mapping[str, Period]) -> None:
    figure = by_key["cumulative"].figure
    check_may_be_drawn_out(Tagged("", figure, False).tag("indicator") or "")


_OWN_RULES: Mapping[str, Callable[[Mapping[str, Argument], Mapping[str, Period]], None]] = {
    "cagr": _cagr,
    "straight_line_projection": _straight_line,
}


def _across_years(
    card: Card,
    by_key: Mapping[str, Argument],
    periods: Mapping[str, Period],
    allowed: Mapping[str, str],
) -> tuple[Assumption, ...]:
    years = {when.last_year for when in periods.values()}
    if card.periods != "same_year" or "period" not in allowed or len(years) < 2:
        return ()
    plans = [str(when) for key, when in periods.items() if by_key[key].is_plan]
    return (Assumption("other_year", ", ".join(plans), allowed["period"]),)


def _proxy(card: Card, arguments: Sequence[Argument]) -> tuple[Assumption, ...]:
    grdp = (one for one in arguments if "GRDP" in one.spec.en and one.spec.kind == "level")
    used = any(Tagged("", one.figure, False).tag("indicator") in PROXIES for one in grdp)
    return (Assumption("proxy"),) if used else ()


def _part_year(
    card: Card, by_key: Mapping[str, Argument], periods: Mapping[str, Period]
) -> tuple[Assumption, ...]:
    if card.periods != "same_year":
        return ()
    parts = [
        when for key, when in periods.items() if not by_key[key].is_plan and not when.is_full_year
    ]
    whole = any(by_key[key].is_plan and when.is_full_year for key, when in periods.items())
    return (Assumption("part_year", str(parts[0])),) if parts and whole else ()
