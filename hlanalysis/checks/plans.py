"""Plans and last year's levels that figures imply, and the rounding rule that fits them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.implied import GOOD_EVIDENCE, Implied, implied_base, implied_readings
from hlanalysis.checks.levels import LIVE, bases_of, is_cell, levels_of, standing_for
from hlanalysis.checks.relations import PLAN_KINDS, RELATABLE_KINDS, base_from, figure_from, relates
from hlanalysis.checks.said import Claimed, During
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import RULES, Interval, RoundValue, Rule, evaluate
from hlanalysis.wording import Amount, Name, Quote, Range, Value, Where, percent

CHECK = "implied"


@dataclass(frozen=True, slots=True)
class Pair:
    """A level and a relative figure that together imply a base."""

    level: Observation
    figure: Observation

    @property
    def readings(self) -> list[Implied]:
        """The base under every reading of the digits."""
        return implied_readings(self.level, self.figure)

    def base(self, rule: Rule, *, near: bool) -> Interval:
        """Return the base, a bound such as "hơn 70" read as near or as without limit."""
        return evaluate(
            base_from(self.figure, self.level.unit),
            standing_for(self.level, self.level.unit, rule, near=near),
            standing_for(self.figure, self.figure.unit, rule, near=near),
        )


def pairs_without_base(observations: Observations) -> Iterator[Pair]:
    """Yield every level with a relative figure whose base no source prints."""
    for figure in observations:
        if figure.kind not in RELATABLE_KINDS - {"share"} or figure.status not in LIVE:
            continue
        levels = [row for row in levels_of(figure, observations) if relates(row, figure)]
        if len(levels) != 1 or bases_of(figure, levels[0], observations):
            continue
        try:
            implied_base(levels[0], figure)
        except ValueError:
            continue
        yield Pair(levels[0], figure)


def check_implied_bases(observations: Observations) -> list[Finding]:
    """Say which plan or last year's level the printed figures imply, where none is printed.

    The plan itself is often left out of a report, yet the result and its share of plan leave room
    for few values. The roundest of them is likely the plan, and how likely is told.
    """
    pairs = pairs_without_base(observations)
    return [finding for pair in pairs if (finding := _implied_finding(pair)) is not None]


def telling_candidate(readings: list[Implied]) -> RoundValue | None:
    """Return the roundest candidate of all readings, if chance hardly explains one."""
    found = [
        one.candidate
        for one in readings
        # Each reading is one more try at finding a round number.
        if one.candidate is not None and one.candidate.chance * len(readings) < GOOD_EVIDENCE
    ]
    return max(found, key=lambda one: (one.step, -one.chance), default=None)


def _implied_finding(pair: Pair) -> Finding | None:
    of_plan = pair.figure.kind in PLAN_KINDS
    # Elsewhere than in the project's own reports only a telling plan is worth a sentence.
    own_report = not pair.figure.source.startswith("pub-") and not is_cell(pair.figure)
    if not (of_plan or own_report):
        return None
    readings = pair.readings
    first = readings[0]
    if first.bound or first.period is None:
        return None
    # Results are no round numbers, so roundness is evidence of a plan only.
    candidate = telling_candidate(readings) if of_plan else None
    values = _values(pair, readings)
    grade: Grade = "ok"
    message = "implied_plan_open" if of_plan else "implied_past_open"
    if candidate is not None:
        fitting = [one for one in readings if one.fits(candidate.value)]
        message = _message(fitting)
        grade = "explained" if message == "implied_plan_if_cut_off" else "ok"
        values |= _of_candidate(pair, candidate, fitting)
        if message == "implied_plan_if_cut_off":
            values["recomputed"] = _cut_off(pair, candidate, fitting[0].exact)
    elif not own_report or _is_vague(readings):
        return None
    return Finding(
        CHECK,
        grade,
        message,
        pair.figure.place,
        pair.figure.indicator,
        pair.figure.period,
        (pair.level.id, pair.figure.id),
        values,
        values["printed"],
        values.get("recomputed"),
        allowed(pair.figure),
        ("plan_of_full_year",) if of_plan and not pair.figure.when.is_full_year else (),
    )


def _message(fitting: list[Implied]) -> str:
    """Return what to say of a round plan, by the readings that it fits."""
    fits = {(one.rule, one.exact) for one in fitting}
    if not any(rule == "half_up" for rule, _ in fits):
        cut = any(rule == "truncated" for rule, _ in fits)
        return "implied_plan_if_cut_off" if cut else "implied_plan"
    loose = {(rule, False) for rule in RULES}
    only_half_up = ("half_up", True) in fits and ("half_even", True) not in fits
    return "implied_plan_two_readings" if loose <= fits and only_half_up else "implied_plan"


def _cut_off(pair: Pair, plan: RoundValue, exact: bool) -> Range:
    """Return the ratio to the round plan, from every level that cutting off prints so."""
    base = to_fraction(plan.value)
    levels = pair.level.interval("truncated", exact=exact)
    formula = figure_from(pair.figure, pair.level.unit)
    cites = (pair.level.id, pair.figure.id)
    return Range(evaluate(lambda level: formula(level, base), levels), pair.figure.unit, 4, cites)


def allowed(figure: Observation) -> Range:
    """Return what the printed figure can stand for."""
    return Range(standing_for(figure, figure.unit), figure.unit, cites=(figure.id,))


def _is_vague(readings: list[Implied]) -> bool:
    """Tell whether the base is known to less than one part in a hundred."""
    widest = max(readings, key=lambda one: one.interval.width).interval
    return widest.width * 100 > abs(widest.low)


def _values(pair: Pair, readings: list[Implied]) -> dict[str, Value]:
    figure, level = pair.figure, pair.level
    loose = next((one for one in readings if not one.exact), readings[0])
    period = readings[0].period
    assert period is not None
    return {
        "name": Name(figure.indicator, figure.series),
        "place": Where(figure.place),
        "period": During(figure.when),
        "base_period": During(period),
        "claim": Claimed(figure),
        "printed": Quote(figure, signed=figure.kind == "growth"),
        "level": Quote(level),
        "range": loose.range(),
        "exact_range": readings[0].range(),
    }


def _of_candidate(pair: Pair, candidate: RoundValue, fitting: list[Implied]) -> dict[str, Value]:
    figure, level = pair.figure, pair.level
    cites = (level.id, figure.id)
    base = to_fraction(candidate.value)
    formula = figure_from(figure, level.unit)
    gap = abs(to_fraction(level.value) - base)
    return {
        "candidate": Amount(base, level.unit, places_of(base), inferred=True, cites=cites),
        "fitting_range": fitting[0].range(),
        "chance": Amount(percent(candidate.chance), "percent", 2, cites=cites),
        "gap": Amount(gap, level.unit, places_of(gap), inferred=True, cites=cites),
        "recomputed": Amount(
            formula(to_fraction(level.value), base), figure.unit, 4, inferred=True, cites=cites
        ),
    }


def places_of(value: Fraction) -> int:
    """Decimals that write an exact difference of printed figures, at most three."""
    return next((n for n in range(3) if (value * 10**n).denominator == 1), 3)
