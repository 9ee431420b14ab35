"""One function for each verb of the reports, to read a claim and to write one.

"Tăng 80% so với kế hoạch" and "đạt 80% kế hoạch" are different claims about the same two figures.
Each verb names one formula, the formula that turns it around, and the sign of its number; sentences
are written from the same formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from hlanalysis.errors import InputError
from hlanalysis.metrics.computed import Computed
from hlanalysis.metrics.growth import (
    growth_index,
    growth_rate,
    implied_previous,
    implied_previous_from_index,
)
from hlanalysis.metrics.plan import (
    implied_plan,
    implied_plan_from_attainment,
    plan_attainment,
    plan_excess,
)
from hlanalysis.numbers import Lang, format_number
from hlanalysis.texts import text

Base = Literal["plan", "previous"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a verb says of a figure and its base.

    Attributes
    ----------
    metric : callable
        Outturn and base in, the claimed rate out.
    turned : callable
        Outturn and rate in, the base out.
    sign : {1, -1}
        -1 where the verb carries the minus: "giảm 3%" is a growth of -3%.
    """

    metric: Callable[..., Any]
    turned: Callable[..., Any]
    sign: Literal[1, -1] = 1

    def base(self, level: Any, rate: Any) -> Any:
        """Return the base that the claim implies; the rate as the verb says it."""
        return self.turned(level, self.sign * rate)


CLAIMS: Mapping[tuple[str, Base], Claim] = {
    ("đạt", "plan"): Claim(plan_attainment, implied_plan_from_attainment),
    ("bằng", "plan"): Claim(plan_attainment, implied_plan_from_attainment),
    ("vượt", "plan"): Claim(plan_excess, implied_plan),
    ("tăng", "plan"): Claim(plan_excess, implied_plan),
    ("hụt", "plan"): Claim(plan_excess, implied_plan, -1),
    ("giảm", "plan"): Claim(plan_excess, implied_plan, -1),
    ("tăng", "previous"): Claim(growth_rate, implied_previous),
    ("giảm", "previous"): Claim(growth_rate, implied_previous, -1),
    ("bằng", "previous"): Claim(growth_index, implied_previous_from_index),
}
_SIGNED = {"plan_excess", "growth_rate"}
_BOUNDS = {"over": "over", "at_least": "at_least", "under": "under", "at_most": "at_most"}
_MIRRORED = {"over": "under", "at_least": "at_most", "under": "over", "at_most": "at_least"}


def claim(verb: str, base: Base) -> Claim:
    """Return the formula of a verb.

    Raises
    ------
    InputError
        If no verb says such a thing; those that do are named.

    Examples
    --------
    >>> round(claim("tăng", "plan").base(222.044, 0.7764), 1)
    125.0
    >>> round(claim("đạt", "plan").base(1290, 0.8063), 1)
    1599.9
    """
    if (verb, base) not in CLAIMS:
        known = ", ".join(sorted({one for one, of in CLAIMS if of == base}))
        raise InputError("claim", f"the verb «{verb}» against {base}", known or "plan or previous")
    return CLAIMS[verb, base]


def say_claim(computed: Computed, lang: Lang = "vi") -> str:
    """Return a computed rate as the reports put it: "vượt 77,6% kế hoạch".

    The verb follows the sign, and a bound keeps its side: at most -26.2% is "giảm ít nhất 26,2%".

    Parameters
    ----------
    computed : Computed
        Of `plan_excess`, `plan_attainment`, `growth_rate` or `growth_index`.
    lang : {"vi", "en"}

    Raises
    ------
    InputError
        If reports have no verb for the metric.

    Examples
    --------
    >>> from hlanalysis.metrics import compute
    >>> from hlanalysis.reported import Reported
    >>> print(say_claim(compute(plan_excess, outturn=Reported("222,044", "bn_vnd"),
    ...                         plan=Reported("125", "bn_vnd"))))
    vượt 77,6% kế hoạch
    """
    known = {one.metric.__name__ for one in CLAIMS.values()}
    if computed.metric not in known:
        raise InputError("say_claim", computed.metric, ", ".join(sorted(known)))
    down = computed.metric in _SIGNED and computed.shown < 0
    side = "" if computed.metric not in _SIGNED else "_down" if down else "_up"
    bound = (_MIRRORED if down else _BOUNDS).get(computed.bound, computed.bound)
    amount = f"{format_number(_size(computed, bound), computed.places, lang=lang)}%"
    if bound:
        amount = f"{text(f'metrics.{bound}', lang)} {amount}"
    return text(f"metrics.claims.{computed.metric}{side}", lang).format(amount=amount)


def _size(computed: Computed, bound: str) -> Fraction:
    """Return the size to print; a bound is rounded towards its own side."""
    step = Fraction(10) ** computed.places
    scaled = abs(computed.shown) * step
    if bound in ("over", "at_least"):
        return Fraction(scaled // 1) / step
    if bound in ("under", "at_most"):
        return Fraction(-(-scaled // 1)) / step
    return abs(computed.shown)
