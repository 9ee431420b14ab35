"""Every relative figure against the levels it was computed from, wherever they were printed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import (
    LIVE,
    bases_of,
    coarsely,
    is_loose,
    levels_of,
    standing_for,
    unknown_tags,
)
from hlanalysis.checks.relations import (
    PLAN_KINDS,
    RELATABLE_KINDS,
    figure_from,
    is_difference,
)
from hlanalysis.checks.said import Claimed, During
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import Interval, Rule, evaluate
from hlanalysis.wording import Amount, Name, Quote, Range, Value, Where, printed_places

CHECK = "claims"
_RULES: tuple[tuple[Rule, Rule], ...] = (
    ("half_up", "half_up"),
    ("half_even", "half_even"),
    ("truncated", "truncated"),
    ("half_up", "truncated"),
)
"""How the levels and the relative figure may have been shortened. The last: levels rounded, and
the percentage cut off, as a spreadsheet cell without room does."""
_BARE = "unsaid"
"""The base of a difference that its source does not name."""
_COARSE = "coarse"
"""The levels are round numbers that stand for anything that rounds to them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A relative figure with the two levels behind it.

    Attributes
    ----------
    figure, level, base : Observation
    rule : str
        The first way of shortening under which the three agree; empty for none.
    far : bool
        Whether they agree only if "hơn 70" may mean far more than 70.
    """

    figure: Observation
    level: Observation
    base: Observation
    rule: str
    far: bool = False

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The three figures."""
        return self.figure, self.level, self.base

    @property
    def point(self) -> Fraction:
        """The figure recomputed from the levels as printed."""
        formula = figure_from(self.figure, self.level.unit)
        return formula(to_fraction(self.level.value), self.base.value_in(self.level.unit))

    @property
    def spread(self) -> Interval:
        """The figure recomputed from everything that the levels can stand for."""
        return _recomputed(self.figure, self.level, self.base, "half_up", near=True)


def check_claims(observations: Observations) -> list[Finding]:
    """Recompute every relative figure whose level and base are both printed somewhere.

    A share of plan, a growth or a share is a claim about two levels. Where both are known, the
    claim can be recomputed; rounding of all three figures is allowed for under every rule.
    """
    claims = [claim for row in observations if (claim := _claim(row, observations)) is not None]
    return [_finding(claim) for claim in claims]


def _claim(figure: Observation, observations: Observations) -> Claim | None:
    """Return the claim in its kindest reading: with the levels that fit best."""
    if figure.kind not in RELATABLE_KINDS or figure.status not in LIVE or figure.value_max:
        return None
    figure = _since_last_year(figure)
    claims = [
        assess(figure, level, base)
        for level in levels_of(figure, observations)
        for base in bases_of(figure, level, observations)
        if base.value
    ]
    order = [*(f"{a}/{b}" for a, b in _RULES), _COARSE, ""]
    return min(claims, key=lambda one: (one.far, order.index(one.rule)), default=None)


def _since_last_year(figure: Observation) -> Observation:
    """Return a bare difference ("giảm 0,87 điểm phần trăm") as one from the year before.

    The words beside it mostly say so; the finding names it as taken for granted.
    """
    bare = is_difference(figure) and not figure.base and not figure.base_period
    if not bare or not figure.when.is_full_year:
        return figure
    return dataclasses.replace(figure, base=_BARE, base_period=str(figure.when.back()))


def assess(figure: Observation, level: Observation, base: Observation) -> Claim:
    """Compare a relative figure with two levels under every rule."""
    fit = _fit(figure, level, base, near=True)
    if fit:
        return Claim(figure, level, base, fit)
    # What fits only if "hơn 70" may be far above 70 is worth a look.
    fit = _fit(figure, level, base, near=False)
    return Claim(figure, level, base, fit, far=bool(fit))


def _fit(figure: Observation, level: Observation, base: Observation, *, near: bool) -> str:
    """Return the first way of shortening under which the three agree, or nothing."""
    for of_levels, of_figure in _RULES:
        recomputed = _recomputed(figure, level, base, of_levels, near=near)
        if recomputed.overlaps(standing_for(figure, figure.unit, of_figure, near=near)):
            return f"{of_levels}/{of_figure}"
    formula = figure_from(figure, level.unit)
    recomputed = evaluate(formula, coarsely(level, level.unit), coarsely(base, level.unit))
    return _COARSE if recomputed.overlaps(standing_for(figure, figure.unit)) else ""


def _recomputed(
    figure: Observation, level: Observation, base: Observation, rule: Rule, *, near: bool
) -> Interval:
    formula = figure_from(figure, level.unit)
    return evaluate(
        formula,
        standing_for(level, level.unit, rule, near=near),
        standing_for(base, level.unit, rule, near=near),
    )


def _finding(claim: Claim) -> Finding:
    grade, message = _verdict(claim)
    figure = claim.figure
    values = _values(claim)
    if message == "claim_other_reading":
        other = _other_reading(claim)
        assert other is not None
        values["other"] = Claimed(other)
    return Finding(
        CHECK,
        grade,
        message,
        figure.place,
        figure.indicator,
        figure.period,
        tuple(dict.fromkeys(row.id for row in claim.rows)),
        values,
        values["printed"],
        values["recomputed"],
        values["allowed"],
        _assumptions(claim),
    )


def _verdict(claim: Claim) -> tuple[Grade, str]:
    if claim.far:
        return "review", "claim_far_bound"
    if claim.rule.startswith("half_up/half_up"):
        printed = claim.figure.interval("half_up")
        if any(map(is_loose, claim.rows)):
            return "ok", "claim_agrees_with_bound"
        exactly = claim.point in printed
        return ("ok", "claim_agrees") if exactly else ("explained", "claim_within_rounding")
    if claim.rule == _COARSE:
        return "explained", "claim_coarse"
    if claim.rule:
        cut = claim.rule.endswith("truncated")
        return "explained", "claim_cut_off" if cut else "claim_half_even"
    message = "claim_other_reading" if _other_reading(claim) else "claim_differs"
    return ("review" if _is_doubtful(claim) else "error"), message


def _is_doubtful(claim: Claim) -> bool:
    """Tell whether a mismatch may lie in the sources rather than in the claim."""
    rows = claim.rows
    levels = {row.status for row in (claim.level, claim.figure)}
    return (
        len({row.source for row in rows}) > 1
        or any(map(is_loose, rows))
        or len(levels) > 1
        or claim.figure.base == _BARE
        or bool(unknown_tags((claim.level, claim.base)))
    )


def _other_reading(claim: Claim) -> Observation | None:
    """Return the claim as it would fit: "đạt" for "tăng", points for percent, a slip of 1000."""
    for other in _readings(claim.figure, claim.level):
        if _fit(other, claim.level, claim.base, near=True) not in ("", _COARSE):
            return other
    return None


_SWAPS = {
    "plan_attainment": "plan_excess",
    "plan_excess": "plan_attainment",
    "growth": "index",
    "index": "growth",
}


def _readings(figure: Observation, level: Observation) -> list[Observation]:
    readings = []
    if figure.kind in _SWAPS and figure.unit in ("percent", "per_mille"):
        readings.append(dataclasses.replace(figure, kind=_SWAPS[figure.kind]))
    if figure.kind == "growth" and level.unit == "percent" and figure.unit == "percent":
        readings.append(dataclasses.replace(figure, unit="percentage_points"))
    if figure.kind == "growth" and figure.unit == "times":
        # "tăng 2 lần" is said of a doubling and of a tripling.
        more = Decimal(figure.value) + 1
        readings.append(dataclasses.replace(figure, value=more, written=str(more)))
    return readings


def _values(claim: Claim) -> dict[str, Value]:
    figure, cites = claim.figure, tuple(row.id for row in claim.rows)
    # Two more digits tell why 77,6352 prints as 77,64; where nothing fits one is enough.
    places = printed_places(figure) + (2 if claim.rule and not claim.far else 1)
    spread = claim.spread
    return {
        "name": Name(figure.indicator, figure.series),
        "place": Where(figure.place),
        "period": During(figure.when),
        "claim": Claimed(figure),
        "printed": Quote(figure, signed=figure.kind == "growth"),
        "level": Quote(claim.level),
        "base": Quote(claim.base),
        "recomputed": Amount(claim.point, figure.unit, places, cites=cites),
        "range": Range(spread, figure.unit, places, cites=cites),
        "allowed": Range(standing_for(figure, figure.unit), figure.unit, cites=(figure.id,)),
    }


def _assumptions(claim: Claim) -> tuple[str, ...]:
    found = []
    if claim.figure.kind in PLAN_KINDS and not claim.figure.when.is_full_year:
        found.append("plan_of_full_year")
    if any(map(is_loose, claim.rows)):
        found.append("bound_is_near")
    if claim.figure.kind in PLAN_KINDS and claim.base.plan_level != claim.figure.plan_level:
        found.append("same_plan_level")
    if claim.rule == _COARSE:
        found.append("round_numbers_rounded")
    if claim.figure.base == _BARE:
        found.append("base_is_last_year")
    return (*found, *unknown_tags((claim.level, claim.base)))
