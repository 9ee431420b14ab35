"""A computed number that remembers how it came about.

``compute(plan_attainment, outturn=figure, plan=other)`` runs a metric over figures, checks that
they may be combined, and keeps formula, inputs, bounds and assumptions beside the value. A result
may be the input of another: its bounds then go back to the printed figures, so that a figure used
twice does not widen them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import unit
from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assume, Assumption, Tagged, check_alike, reasons
from hlanalysis.metrics.cards import CARDS, Card, card_of
from hlanalysis.metrics.enclose import enclose, scaled, slope_signs
from hlanalysis.metrics.figures import BOUNDS, Argument, argument, dimension_of, write_amount
from hlanalysis.metrics.refusals import check_computation
from hlanalysis.metrics.trace import Term, as_term, name, trace, write_text
from hlanalysis.numbers import Lang, to_fraction
from hlanalysis.reported import Interval
from hlanalysis.texts import text

if TYPE_CHECKING:
    from hlanalysis.metrics.explain import Explanation

_UNITS = {
    "rate": ("times", "percent"),
    "points": ("times", "percentage_points"),
    "ratio": ("times", "count"),
    "index": ("times", "count"),
    "years": ("years", "years"),
    "logs": ("log_points", "log_points"),
}
_UP = {"over": "over", "at_least": "at_least", "under": "under", "at_most": "at_most"}
_DOWN = {"over": "under", "at_least": "at_most", "under": "over", "at_most": "at_least"}


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """A value with everything that led to it.

    Attributes
    ----------
    metric : str
        Name of the formula; `card` is its card.
    value : Fraction
        Exact where the formula is rational; rates are fractions (0.7764).
    unit : str
        Unit of `value`; a rate is in ``times``.
    shown_unit : str
        Unit a reader sees (``percent``).
    inputs : tuple of Argument
    interval : Interval or None
        All values that the rounding of the printed figures allows, in `unit`; None where some
        figure is only a bound.
    bound : str
        "over", "under", "at_least" or "at_most" where the value only bounds the truth, "about"
        where some figure was printed as approximate.
    assumptions : tuple of Assumption
        Those of this step and of the results it rests on.
    term : Term
        The formula as it was executed, over the keys of `inputs`.
    deep : Term
        The same down to the printed figures, over the keys of `box`.
    box : mapping of str to Interval
    tags : mapping of str to str
        Tags that all inputs share.
    places : int
    """

    metric: str
    value: Fraction
    unit: str
    shown_unit: str
    inputs: tuple[Argument, ...]
    interval: Interval | None
    bound: str
    assumptions: tuple[Assumption, ...]
    term: Term
    deep: Term
    box: Mapping[str, Interval]
    tags: Mapping[str, str] = field(default_factory=dict)
    places: int = 1

    id = ""

    @property
    def card(self) -> Card:
        """What is known about the metric."""
        return CARDS[self.metric]

    @property
    def shown(self) -> Fraction:
        """The value in the unit a reader sees."""
        return self.value * self._factor

    @property
    def shown_interval(self) -> Interval | None:
        """The interval in the unit a reader sees."""
        return None if self.interval is None else scaled(self.interval, self._factor)

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of all printed figures it rests on, in reading order, each once."""
        found: list[str] = []
        for one in self.inputs:
            own = getattr(one.figure, "id", "")
            found += [own] if own else getattr(one.figure, "cites", ())
        return tuple(dict.fromkeys(found))

    @property
    def inferred(self) -> bool:
        """Whether it is a printed claim turned around (an implied plan)."""
        return self.metric.startswith("implied_")

    @property
    def grade(self) -> str:
        """``review`` where something was assumed, else ``ok``."""
        return "review" if self.assumptions else "ok"

    @property
    def formula(self) -> str:
        """The formula in symbols, on one line."""
        return write_text(self.term, {one.key: one.symbol for one in self.inputs})

    def write(self, lang: Lang = "vi") -> str:
        """Return the value with its unit; a bound is rounded so that it stays one."""
        said = write_amount(
            self._rounded, self.shown_unit, self.places, lang=lang, signed=self.card.signed
        )
        return f"{text(f'metrics.{self.bound}', lang)} {said}" if self.bound else said

    def source_line(self, lang: Lang = "vi") -> str:
        """Return what a reader is told of its origin."""
        return f"{text('metrics.computed', lang)}: {self.formula}"

    def explain(self, lang: Lang = "vi", **options: Any) -> Explanation:
        """Return how the number came about; see `hlanalysis.metrics.explain.explain`."""
        from hlanalysis.metrics.explain import explain

        return explain(self, lang, **options)

    @property
    def _factor(self) -> Fraction:
        if self.unit == self.shown_unit or self.shown_unit == "count":
            return Fraction(1)
        return Fraction(1) / unit(self.shown_unit).factor

    @property
    def _rounded(self) -> Fraction:
        step = Fraction(10) ** self.places
        if self.bound in ("over", "at_least"):
            return Fraction(self.shown * step // 1) / step
        if self.bound in ("under", "at_most"):
            return -Fraction(-self.shown * step // 1) / step
        return self.shown


def compute(
    metric: Callable[..., Any],
    *,
    assume: Assume = (),
    places: int | None = None,
    **inputs: Any,
) -> Computed:
    """Run a metric over figures and keep how the result came about.

    Parameters
    ----------
    metric : callable
        One of `hlanalysis.metrics`.
    assume : mapping of tag to reason, or tags
        What may be taken as alike where a source does not say: ``{"plan_level": "both ..."}``.
    places : int, optional
        Decimals a reader sees; those of the metric, if left out.
    **inputs : figures
        Observations, `Reported` figures, earlier results, `Given` assumptions, plain numbers for
        counts of years or months; sequences of them where the metric takes parts.

    Returns
    -------
    Computed

    Raises
    ------
    InputError
        If an argument is missing, units or tags are unlike, a tag is unknown and not assumed, or
        the metric refuses these figures.

    Examples
    --------
    >>> from hlanalysis.metrics import implied_plan
    >>> from hlanalysis.reported import Reported
    >>> plan = compute(implied_plan, outturn=Reported("222,044", "bn_vnd"),
    ...                excess=Reported("77,64", "percent"))
    >>> plan.write("en"), plan.formula, str(plan.interval)
    ('125.0 billion VND', 'A / (1 + r)', '(124.99282; 125.00042)')
    """
    card = card_of(metric)
    _check_names(card, inputs)
    arguments = _arguments(card, inputs)
    tagged = [
        Tagged(one.key, one.figure, one.is_plan) for one in arguments if _has_tags(one.figure)
    ]
    needed = check_alike(card.name, card.same, tagged, assume)
    noted = check_computation(card, arguments, reasons(assume))
    return _result(card, inputs, arguments, (*needed, *noted), tagged, places)


def _result(
    card: Card,
    inputs: Mapping[str, Any],
    arguments: tuple[Argument, ...],
    assumptions: tuple[Assumption, ...],
    tagged: list[Tagged],
    places: int | None,
) -> Computed:
    by_key = {one.key: one for one in arguments}
    value = to_fraction(card.function(**_shaped(inputs, lambda key: by_key[key].value)))
    term = trace(card.function, _shaped(inputs, name))
    box: dict[str, Interval] = {}
    leaves = {key: _leaf(one, box) for key, one in by_key.items()}
    deep = trace(card.function, _shaped(inputs, lambda key: leaves[key]))
    bound = _bound(card, term, arguments)
    interval = None if bound in BOUNDS else enclose(deep, box, card.name)
    own, shown, factor = _units(card, arguments)
    return Computed(
        card.name,
        value * factor,
        own,
        shown,
        arguments,
        None if interval is None else scaled(interval, factor),
        bound,
        _all_assumptions(arguments, assumptions),
        term,
        deep * factor if factor != 1 else deep,
        box,
        _shared_tags(tagged),
        card.places if places is None else places,
    )


def _check_names(card: Card, inputs: Mapping[str, Any]) -> None:
    if "reported" in card.not_for:
        raise InputError(card.name, "figures to explain", "plain numbers", card.not_for["reported"])
    if set(inputs) != set(card.inputs):
        raise InputError(
            card.name,
            f"the arguments {', '.join(inputs) or 'none'}",
            ", ".join(card.inputs),
        )


def _arguments(card: Card, inputs: Mapping[str, Any]) -> tuple[Argument, ...]:
    wanted = _wanted_units(card, inputs)
    found = []
    for key, spec in card.inputs.items():
        if spec.many:
            found += [
                argument(card.name, f"{key}[{index}]", spec, one, wanted[key], index)
                for index, one in enumerate(inputs[key])
            ]
        else:
            found.append(argument(card.name, key, spec, inputs[key], wanted[key]))
    return tuple(found)


def _wanted_units(card: Card, inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the unit in which each argument enters: levels share the unit of the first."""
    level = next(
        (
            getattr(one, "unit", "")
            for key, spec in card.inputs.items()
            if spec.kind == "level"
            for one in (inputs[key] if spec.many else [inputs[key]])
            if dimension_of(one)
        ),
        "",
    )
    if card.result == "per" and level and unit(level).dimension == "money_vnd":
        level = "m_vnd"
    units = {"level": level, "rate": "times", "number": "", "people": "persons", "area": "km2"}
    return {key: units[spec.kind] for key, spec in card.inputs.items()}


def _units(card: Card, arguments: tuple[Argument, ...]) -> tuple[str, str, Fraction]:
    """Return unit, unit shown, and what the formula's result is multiplied by."""
    if card.result in _UNITS:
        return (*_UNITS[card.result], Fraction(1))
    units = [one.unit for one in arguments if one.spec.kind not in ("rate", "number")]
    joined = "/".join(dict.fromkeys(units)) if card.result == "per" else units[0]
    return joined, joined, Fraction(1)


def _shaped(inputs: Mapping[str, Any], value_of: Callable[[str], Any]) -> dict[str, Any]:
    """Return the arguments of the formula, sequences kept, each figure replaced."""
    return {
        key: [value_of(f"{key}[{index}]") for index in range(len(one))]
        if isinstance(one, list | tuple)
        else value_of(key)
        for key, one in inputs.items()
    }


def _leaf(one: Argument, box: dict[str, Interval]) -> Term:
    """Return the term of an argument down to printed figures, and put those into the box."""
    if isinstance(one.figure, Computed):
        box.update(one.figure.box)
        return one.figure.deep * one.factor if one.factor != 1 else one.figure.deep
    if one.interval is None or one.interval.width == 0:
        return as_term(one.value)
    key = getattr(one.figure, "id", "") or f"{one.key}@{id(one.figure)}"
    box[key] = scaled(one.interval, 1 / one.factor)
    return name(key) * one.factor if one.factor != 1 else name(key)


def _bound(card: Card, term: Term, arguments: tuple[Argument, ...]) -> str:
    """Return on which side of the value the truth lies, given the sides of the inputs."""
    bounded = [one for one in arguments if one.bound in BOUNDS]
    if not bounded:
        return "about" if any(one.bound == "about" for one in arguments) else ""
    signs = slope_signs(term, {one.key: one.value for one in arguments})
    sides = {
        (_UP if signs[one.key] > 0 else _DOWN)[one.bound] for one in bounded if signs.get(one.key)
    }
    above, below = sides & {"over", "at_least"}, sides & {"under", "at_most"}
    if above and below:
        raise InputError(
            card.name,
            "bounds that pull both ways: "
            + ", ".join(f"{one.key} is {one.bound} {one.figure.value}" for one in bounded),
            "figures that bound the result from one side",
            "the result could be anything; show the figures side by side",
        )
    return next(iter(sorted(sides, key=lambda side: side in ("over", "under"))), "")


def _all_assumptions(
    arguments: Iterable[Argument], own: tuple[Assumption, ...]
) -> tuple[Assumption, ...]:
    earlier = [
        taken
        for one in arguments
        if isinstance(one.figure, Computed)
        for taken in one.figure.assumptions
    ]
    return tuple(dict.fromkeys([*earlier, *own]))


def _has_tags(figure: Any) -> bool:
    return bool(getattr(figure, "tags", None)) or hasattr(figure, "scope")


def _shared_tags(tagged: list[Tagged]) -> dict[str, str]:
    shared = {}
    for tag in ("place", "territory", "scope", "price_basis", "vintage", "indicator", "period"):
        values = {one.tag(tag) for one in tagged}
        if len(values) == 1 and (value := values.pop()):
            shared[tag] = value
    if shared:
        shared.setdefault("plan_level", "")
    return shared
