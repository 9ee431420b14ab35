"""Plans and last year's levels that figures imply, and the rounding rule that fits them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.implied import Implied, implied_readings
from hlanalysis.checks.levels import LIVE, alike, bases_of, is_loose, levels_of, standing_for
from hlanalysis.checks.relations import PLAN_KINDS, RELATABLE_KINDS, base_from, figure_from, relates
from hlanalysis.checks.said import Claimed
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import Interval, RoundValue, Rule, evaluate, roundest_in
from hlanalysis.wording import Amount, Name, Quote, Range, Said, Value, When, Where, percent

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
        pair = Pair(levels[0], figure)
        if pair.readings:
            yield pair


def check_implied_bases(observations: Observations) -> list[Finding]:
    """Say which plan or last year's level the printed figures imply, where none is printed.

    The plan itself is often left out of a report, yet the result and its share of plan leave room
    for few values. The roundest of them is likely the plan, and how likely is told.
    """
    pairs = pairs_without_base(observations)
    return [finding for pair in pairs if (finding := _implied_finding(pair)) is not None]


def telling_candidate(readings: list[Implied]) -> RoundValue | None:
    """Return the roundest candidate of all readings, if chance hardly explains one."""
    found = [one.candidate for one in readings if one.candidate is not None and one.is_telling]
    return max(found, key=lambda one: (one.step, -one.chance), default=None)


def _implied_finding(pair: Pair) -> Finding | None:
    readings = pair.readings
    first = readings[0]
    if first.bound or first.period is None:
        return None
    candidate = telling_candidate(readings)
    kind = "plan" if pair.figure.kind in PLAN_KINDS else "past"
    message = f"implied_{kind}_open"
    values = _values(pair, readings)
    if candidate is not None:
        message = f"implied_{kind}"
        fitting = [one for one in readings if one.fits(candidate.value)]
        if {(one.rule, one.exact) for one in fitting} >= {
            (rule, False) for rule in ("half_up", "half_even", "truncated")
        } and not any(one.exact and one.rule == "half_even" for one in fitting):
            message = f"implied_{kind}_two_readings"
        values |= _of_candidate(pair, candidate, fitting)
    elif _is_vague(readings):
        return None
    return Finding(
        CHECK,
        "ok",
        message,
        pair.figure.place,
        pair.figure.indicator,
        pair.figure.period,
        (pair.level.id, pair.figure.id),
        values,
        values["printed"],
        values.get("candidate"),
        values["range"],
        ("plan_of_full_year",) if kind == "plan" and not pair.figure.when.is_full_year else (),
    )


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
        "period": When(figure.when),
        "base_period": When(period),
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
        "candidate": fitting[0].amount()
        if fitting[0].candidate == candidate
        else Amount(candidate.value, level.unit, inferred=True, cites=cites),
        "chance": Amount(percent(candidate.chance), "percent", 2, cites=cites),
        "gap": Amount(gap, level.unit, _places(gap), inferred=True, cites=cites),
        "recomputed": Amount(
            formula(to_fraction(level.value), base), figure.unit, 4, inferred=True, cites=cites
        ),
    }


def _places(value: Fraction) -> int:
    """Decimals that write an exact difference of printed figures, at most three."""
    return next((n for n in range(3) if (value * 10**n).denominator == 1), 3)


def check_implied_plans_agree(observations: Observations) -> list[Finding]:
    """Compare the plans that different reports of one year imply, and infer how they rounded.

    The mid-year report and the year-end report are measured against one plan of the year. If no
    plan fits both, one of the figures is off or the plan was changed. If a round plan fits only
    when the percentage was cut off, it was most likely cut off.
    """
    groups: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for pair in pairs_without_base(observations):
        figure = pair.figure
        if figure.kind in PLAN_KINDS and figure.value_max is None:
            key = (figure.place, figure.indicator, figure.series, str(pair.readings[0].period))
            groups[key].append(pair)
    return [_compare(*_main_first(group)) for group in groups.values() if _is_comparable(group)]


def _is_comparable(group: list[Pair]) -> bool:
    periods = {pair.figure.period for pair in group}
    levels = {pair.figure.plan_level for pair in group}
    known = all(alike(one, two) for one in levels for two in levels)
    # Two shares of one result in one report are measured against two plans.
    return len(periods) == len(group) > 1 and known


def _main_first(group: list[Pair]) -> tuple[Pair, list[Pair]]:
    ordered = sorted(group, key=lambda pair: (is_loose(pair.level), pair.figure.when.months))
    full = [pair for pair in ordered if pair.figure.when.is_full_year]
    main = (full or ordered)[0]
    return main, [pair for pair in ordered if pair is not main]


def _compare(main: Pair, others: list[Pair]) -> Finding:
    for near in (True, False):
        fits = {
            rule: common
            for rule in ("half_up", "truncated")
            if (common := _common(main, others, rule, near=near)) is not None
        }
        if fits:
            return _agreement(main, others, fits, near=near)
    return _disagreement(main, others)


def _common(main: Pair, others: list[Pair], rule: Rule, *, near: bool) -> Interval | None:
    """Return the plans that fit the main pair under a rule and the others under any rule."""
    common: Interval | None = main.base(rule, near=near)
    for pair in others:
        if common is not None:
            common = _meet(
                common, _hull([pair.base(one, near=near) for one in ("half_up", "truncated")])
            )
    return common


def _hull(intervals: list[Interval]) -> Interval:
    low = min(intervals, key=lambda one: (one.low, not one.low_closed))
    high = max(intervals, key=lambda one: (one.high, one.high_closed))
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def _meet(one: Interval, two: Interval) -> Interval | None:
    if not one.overlaps(two):
        return None
    low = max((one, two), key=lambda side: (side.low, not side.low_closed))
    high = min((one, two), key=lambda side: (side.high, side.high_closed))
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def _agreement(main: Pair, others: list[Pair], fits: dict[str, Interval], *, near: bool) -> Finding:
    round_values = {rule: roundest_in(interval) for rule, interval in fits.items()}
    best = max(
        fits,
        key=lambda rule: (
            step.step if (step := round_values[rule]) is not None else 0,
            rule == "half_up",
        ),
    )
    candidate = round_values[best]
    values = _group_values(main, others)
    values["range"] = Range(fits[best], main.level.unit, cites=_cites(main, others))
    values["rule"] = Said(f"rules.{best}")
    grade: Grade = "ok"
    message = "plans_agree_open"
    if candidate is not None:
        values |= _round_plan(main, others, candidate)
        message = "plans_agree"
        usual = round_values.get("half_up")
        # A round plan under another rule speaks for that rule only if it is clearly rounder.
        if best != "half_up" and (usual is None or candidate.step >= 5 * usual.step):
            grade, message = "explained", "plan_if_cut_off"
    if not near:
        grade, message = "review", "plans_far_bound"
    return _group_finding(grade, message, main, others, values, near=near)


def _round_plan(main: Pair, others: list[Pair], plan: RoundValue) -> dict[str, Value]:
    cites = _cites(main, others)
    formula = figure_from(main.figure, main.level.unit)
    exact = formula(to_fraction(main.level.value), to_fraction(plan.value))
    return {
        "candidate": Amount(
            plan.value,
            main.level.unit,
            _places(to_fraction(plan.value)),
            inferred=True,
            cites=cites,
        ),
        "recomputed": Amount(exact, main.figure.unit, 2, inferred=True, cites=cites),
        "chance": Amount(percent(plan.chance), "percent", 1, cites=cites),
    }


def _disagreement(main: Pair, others: list[Pair]) -> Finding:
    values = _group_values(main, others)
    values["range"] = Range(
        main.base("half_up", near=False), main.level.unit, 1, cites=(main.level.id, main.figure.id)
    )
    values["other_range"] = Range(
        others[0].base("half_up", near=True),
        main.level.unit,
        1,
        cites=(others[0].level.id, others[0].figure.id),
    )
    return _group_finding("review", "plans_disagree", main, others, values, near=True)


def _group_values(main: Pair, others: list[Pair]) -> dict[str, Value]:
    return {
        "name": Name(main.figure.indicator, main.figure.series),
        "place": Where(main.figure.place),
        "period": When(main.figure.when),
        "claim": Claimed(main.figure),
        "printed": Quote(main.figure),
        "level": Quote(main.level),
        "other_period": When(others[0].figure.when),
        "other_level": Quote(others[0].level),
        "other_claim": Claimed(others[0].figure),
    }


def _cites(main: Pair, others: list[Pair]) -> tuple[str, ...]:
    return tuple(row.id for pair in (main, *others) for row in (pair.level, pair.figure))


def _group_finding(
    grade: Grade,
    message: str,
    main: Pair,
    others: list[Pair],
    values: dict[str, Value],
    *,
    near: bool,
) -> Finding:
    assumptions = ["plan_of_full_year", "plan_unchanged"]
    if near and any(is_loose(pair.level) for pair in (main, *others)):
        assumptions.append("bound_is_near")
    if {pair.figure.plan_level for pair in (main, *others)} != {main.figure.plan_level} or (
        not main.figure.plan_level
    ):
        assumptions.append("same_plan_level")
    return Finding(
        "plans",
        grade,
        message,
        main.figure.place,
        main.figure.indicator,
        main.figure.period,
        _cites(main, others),
        values,
        values["printed"],
        values.get("recomputed"),
        values["range"],
        tuple(assumptions),
        weight=5,
    )
