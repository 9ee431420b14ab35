"""What a share of plan hides: a lower plan, a fall on last year, a plan that nobody named."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.implied import implied_readings
from hlanalysis.checks.levels import (
    LIVE,
    about,
    alike,
    is_loose,
    is_single_level,
    levels_of,
    same_subject,
)
from hlanalysis.checks.plans import telling_candidate
from hlanalysis.checks.relations import PLAN_KINDS, relates
from hlanalysis.checks.said import Claimed, During, Inferred
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.wording import (
    Amount,
    Name,
    Quote,
    Value,
    Where,
    Words,
    percent,
    printed_places,
)

CHECK = "plan_aware"
_NOTABLE = Fraction(1, 100)
"""A change below one percent is no rise and no fall worth a sentence."""


@dataclass(frozen=True, slots=True)
class Result:
    """A full year's result with its share of plan."""

    level: Observation
    figure: Observation

    @property
    def beats_plan(self) -> bool:
        """Whether the report says that the plan was passed, by more than rounding."""
        return self.figure.interval().low > self._met

    @property
    def misses_plan(self) -> bool:
        """Whether the report says that the plan was missed, by more than rounding."""
        return self.figure.interval().high < self._met

    @property
    def _met(self) -> int:
        return 100 if self.figure.kind == "plan_attainment" else 0

    @property
    def values(self) -> dict[str, Value]:
        """What every sentence on it may say."""
        row = self.figure
        return {
            "name": Name(row.indicator, row.series),
            "subject": Name(row.indicator, row.series, lower=True),
            "place": Where(row.place),
            "period": During(row.when),
            "claim": Claimed(row),
            "printed": Quote(row),
            "level": Quote(self.level),
            "last_period": During(row.when.back()),
        }

    def finding(
        self,
        grade: Grade,
        message: str,
        rows: tuple[Observation, ...],
        values: dict[str, Value],
        weight: int,
        assumptions: tuple[str, ...] = (),
    ) -> Finding:
        """Return a finding on it."""
        ids = dict.fromkeys([self.level.id, self.figure.id, *(row.id for row in rows)])
        row = self.figure
        return Finding(
            CHECK,
            grade,
            message,
            row.place,
            row.indicator,
            row.period,
            tuple(ids),
            self.values | values,
            Quote(row),
            assumptions=assumptions,
            weight=weight,
        )


def results(observations: Observations) -> Iterator[Result]:
    """Yield every full year's result that a source measures against plan."""
    for figure in observations:
        of_plan = figure.kind in PLAN_KINDS and figure.unit == "percent" and not is_loose(figure)
        if not of_plan or figure.status not in LIVE or not figure.when.is_full_year:
            continue
        for level in levels_of(figure, observations)[:1]:
            if relates(level, figure):
                yield Result(level, figure)


def check_plan_against_past(observations: Observations) -> list[Finding]:
    """Set each result against the year before: a plan can be passed while the result falls.

    A share of plan says nothing of growth. Where last year's level is printed by any source, or
    the report prints a growth, the two readings of the same result are put side by side.
    """
    found = []
    for result in results(observations):
        last = _last_level(result, observations)
        if last is not None:
            found += _beside_last(result, last)
        else:
            found += _beside_growth(result, observations)
    return found


def _last_level(result: Result, observations: Observations) -> Observation | None:
    level = result.level
    rows = [
        row
        for row in about(observations, level.place, level.indicator)
        if is_single_level(row)
        and row.period == str(level.when.back())
        and row.status in LIVE
        and same_subject(row, level)
    ]
    return min(rows, key=lambda row: (is_loose(row), row.id), default=None)


def _beside_last(result: Result, last: Observation) -> list[Finding]:
    now, before = to_fraction(result.level.value), last.value_in(result.level.unit)
    change = now / before - 1
    fell = change < 0
    # "hơn 301" last year makes the fall at least as large, and a rise at most so.
    if abs(change) < _NOTABLE or (last.modifier == "under" and fell):
        return []
    if not (result.beats_plan if fell else result.misses_plan):
        return []
    bound = "_at_least" if last.modifier in ("over", "at_least") else ""
    if not fell and bound:
        return []
    message = ("beat_plan_yet_fell" if fell else "missed_plan_yet_grew") + bound
    cites = (result.level.id, last.id)
    values: dict[str, Value] = {
        "last": Quote(last),
        "change": Amount(percent(abs(change)), "percent", 1, cites=cites),
    }
    return [
        result.finding("review" if fell else "ok", message, (last,), values, 9, ("same_scope",))
    ]


def _growths(result: Result, observations: Observations) -> list[Observation]:
    """Return the growth on last year that the same source prints of the result."""
    return [
        row
        for row in about(observations, result.level.place, result.level.indicator)
        if row.kind == "growth"
        and row.source == result.figure.source
        and row.period == result.figure.period
        and row.base_period == str(result.figure.when.back())
        and same_subject(row, result.figure)
        and row.unit == "percent"
    ]


def _beside_growth(result: Result, observations: Observations) -> list[Finding]:
    growths = _growths(result, observations)
    for growth in growths:
        if not (result.misses_plan if growth.value > 0 else result.beats_plan):
            continue
        message = "missed_plan_yet_grew_said" if growth.value > 0 else "beat_plan_yet_fell_said"
        return [_ambition(result, growth, message)]
    return []


def _ambition(result: Result, growth: Observation, message: str) -> Finding:
    """Return the finding, with the rise over last year that the plan asked for."""
    attained, grown = to_fraction(result.figure.value) / 100, to_fraction(growth.value) / 100
    if result.figure.kind == "plan_excess":
        attained += 1
    asked = (1 + grown) / attained - 1
    cites = (result.figure.id, growth.id)
    values: dict[str, Value] = {
        "growth": Claimed(growth),
        "asked": Amount(percent(asked), "percent", 1, signed=True, inferred=True, cites=cites),
    }
    return result.finding("ok", message, (growth,), values, 6, ("same_scope",))


def check_plan_is_plausible(observations: Observations) -> list[Finding]:
    """Find shares of plan that would put the plan far above or below last year's level.

    A plan is set from the year before. One that asks for three times as much, or a third, more
    likely tells of a slip in the percentage, or of "đạt" written for "vượt".
    """
    found = []
    for result in results(observations):
        attained = to_fraction(result.figure.value) / 100
        attained += 1 if result.figure.kind == "plan_excess" else 0
        for grown, rows in _growth_factors(result, observations):
            # Written so that a share of plan of nought needs no division.
            if attained * _FARTHEST < grown or attained > grown * _FARTHEST:
                found.append(_implausible(result, grown, attained, rows))
                break
    return found


_FARTHEST = 3


def _growth_factors(
    result: Result, observations: Observations
) -> Iterator[tuple[Fraction, tuple[Observation, ...]]]:
    """Yield this year's level over last year's, as printed levels or a printed growth give it."""
    last = _last_level(result, observations)
    if last is not None and last.value and not is_loose(last):
        yield to_fraction(result.level.value) / last.value_in(result.level.unit), (last,)
    for growth in _growths(result, observations):
        yield 1 + to_fraction(growth.value) / 100, (growth,)


def _implausible(
    result: Result, grown: Fraction, attained: Fraction, rows: tuple[Observation, ...]
) -> Finding:
    cites = (result.level.id, result.figure.id, *(row.id for row in rows))
    asked: Value = Words("?")
    if attained > 0:
        asked = Amount(
            percent(grown / attained - 1), "percent", 0, signed=True, inferred=True, cites=cites
        )
    return result.finding("review", "plan_far_from_past", rows, {"asked": asked}, 7)


def check_lower_plan(observations: Observations) -> list[Finding]:
    """Split an overshoot into a better result and a lower plan.

    ln(result / plan) = ln(result / last plan) + ln(last plan / plan). The second part is what the
    lower plan gives away. Both plans must have one level and scope: known unlike ones are not
    compared, unknown ones only under that assumption.
    """
    found = []
    for result in results(observations):
        plan = _plan(result, observations)
        last = _last_plan(result, observations)
        if plan is not None and last is not None:
            found += _split(result, plan[0], last, plan[1])
    return found


def _plan(result: Result, observations: Observations) -> tuple[Fraction, bool] | None:
    """Return the year's plan: printed, or implied by a telling round number."""
    row = result.figure
    printed = [
        one
        for one in about(observations, row.place, row.indicator)
        if is_single_level(one)
        and one.status == "plan"
        and one.period == row.period
        and same_subject(one, row)
        and one.plan_level == row.plan_level
    ]
    if len(printed) == 1:
        return printed[0].value_in(result.level.unit), False
    candidate = telling_candidate(implied_readings(result.level, row))
    return None if candidate is None else (to_fraction(candidate.value), True)


def _last_plan(result: Result, observations: Observations) -> Observation | None:
    row = result.figure
    rows = [
        one
        for one in about(observations, row.place, row.indicator)
        if is_single_level(one)
        and one.status == "plan"
        and one.period == str(row.when.back())
        and same_subject(one, row)
        and alike(one.plan_level, row.plan_level)
        and not is_loose(one)
    ]
    return rows[0] if len(rows) == 1 else None


def _split(result: Result, plan: Fraction, last: Observation, inferred: bool) -> list[Finding]:
    outturn, before = to_fraction(result.level.value), last.value_in(result.level.unit)
    if not result.beats_plan or plan >= before or outturn <= plan:
        return []
    part = math.log(before / plan) / math.log(outturn / plan)
    cites = (result.level.id, result.figure.id, last.id)

    def share(value: Fraction | float, places: int = 1, *, signed: bool = False) -> Amount:
        return Amount(percent(value), "percent", places, signed, inferred, cites)

    places = 0 if plan.denominator == 1 else max(printed_places(last), 1)
    amount = Amount(plan, result.level.unit, places, inferred=inferred, cites=cites)
    values: dict[str, Value] = {
        "plan": Inferred(amount) if inferred else amount,
        "last_plan": Quote(last),
        "cut": share(abs(plan / before - 1), 2),
        "against_last": share(outturn / before - 1, 2, signed=True),
        "part": share(part),
    }
    known = bool(last.plan_level and last.plan_level == result.figure.plan_level)
    assumptions = () if known else ("same_plan_level",)
    message = "lower_plan" if part < 1 else "lower_plan_alone"
    return [
        result.finding(
            "review",
            message,
            (last,),
            values,
            8,
            (*assumptions, *(("plan_inferred",) if inferred else ())),
        )
    ]
