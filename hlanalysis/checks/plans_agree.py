"""Plans that different reports imply, against each other: one plan, and the rule that fits it."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.implied import implied_base, implied_readings
from hlanalysis.checks.levels import alike, is_loose
from hlanalysis.checks.plans import Pair, allowed, pairs_without_base, places_of
from hlanalysis.checks.relations import PLAN_KINDS, figure_from
from hlanalysis.checks.said import Claimed, During
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observations
from hlanalysis.reported import Interval, RoundValue, Rule, roundest_in
from hlanalysis.wording import Amount, Name, Quote, Range, Said, Value, Where, percent


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
            key = (
                figure.place,
                figure.indicator,
                figure.series,
                str(implied_base(pair.level, figure).period),
            )
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
        misread = _misread(main, others) if near else None
        if misread is not None:
            return misread
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
            places_of(to_fraction(plan.value)),
            inferred=True,
            cites=cites,
        ),
        "recomputed": Amount(exact, main.figure.unit, 2, inferred=True, cites=cites),
        "chance": Amount(percent(plan.chance), "percent", 1, cites=cites),
    }


def _misread(main: Pair, others: list[Pair]) -> Finding | None:
    """Return a finding if the reports agree once "đạt" is read as "vượt", or the reverse."""
    swap = {"plan_attainment": "plan_excess", "plan_excess": "plan_attainment"}
    for wrong in (main, *others):
        if wrong.figure.unit != "percent":
            continue
        other = dataclasses.replace(wrong.figure, kind=swap[wrong.figure.kind])
        if not implied_readings(wrong.level, other):
            continue
        right = Pair(wrong.level, other)
        pairs = [right if pair is wrong else pair for pair in (main, *others)]
        if _common(pairs[0], pairs[1:], "half_up", near=True) is None:
            continue
        values = _group_values(main, others) | {
            "wrong": Claimed(wrong.figure),
            "right": Claimed(other),
            "range": Range(
                right.base("half_up", near=True),
                wrong.level.unit,
                1,
                cites=(wrong.level.id, wrong.figure.id),
            ),
        }
        return _group_finding("review", "plans_other_reading", main, others, values, near=True)
    return None


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
        "period": During(main.figure.when),
        "claim": Claimed(main.figure),
        "printed": Quote(main.figure),
        "level": Quote(main.level),
        "other_period": During(others[0].figure.when),
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
        allowed(main.figure),
        tuple(assumptions),
        weight=5,
    )


def check_plan_of_part(observations: Observations) -> list[Finding]:
    """Check that the plan implied for a part is not larger than the plan of the whole.

    Printed side by side in 2023: 3.455 is 56% of plan, and 2.357 of it is 29% of plan. The second
    would need a larger plan than the whole has.
    """
    pairs: dict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for pair in pairs_without_base(observations):
        figure = pair.figure
        if figure.kind in PLAN_KINDS and not is_loose(pair.level):
            key = (figure.place, figure.indicator, figure.period, figure.source, figure.per)
            pairs[key].append(pair)
    found = []
    for group in pairs.values():
        wholes = [pair for pair in group if not pair.figure.series]
        parts = [pair for pair in group if pair.figure.series]
        if len(wholes) == 1:
            most = wholes[0].base("half_up", near=True).high
            found += [
                _part_finding(wholes[0], part)
                for part in parts
                if part.base("truncated", near=True).low > most
            ]
    return found


def _part_finding(whole: Pair, part: Pair) -> Finding:
    values = _group_values(part, [whole])
    values["whole_name"] = Name(whole.figure.indicator, whole.figure.series, lower=True)
    values["range"] = Range(
        part.base("half_up", near=True), part.level.unit, 0, cites=(part.level.id, part.figure.id)
    )
    values["other_range"] = Range(
        whole.base("half_up", near=True),
        whole.level.unit,
        0,
        cites=(whole.level.id, whole.figure.id),
    )
    figure = part.figure
    return Finding(
        "plans",
        "error",
        "plan_of_part_above_whole",
        figure.place,
        figure.indicator,
        figure.period,
        _cites(part, [whole]),
        values,
        values["printed"],
        assumptions=("plan_of_full_year",),
    )
