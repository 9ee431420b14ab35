"""What goes into a computation: printed figures, earlier results, assumptions, plain numbers.

A figure is anything with a value and a unit; an interval, an id, a source and tags are used where
they are there. Every argument is brought to the unit that its formula works in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hlanalysis.catalog import format_quantity, unit
from hlanalysis.errors import InputError
from hlanalysis.metrics.cards import Input
from hlanalysis.metrics.enclose import scaled
from hlanalysis.metrics.trace import symbol_latex, symbol_text
from hlanalysis.numbers import Lang, Number, format_number, parse_number, to_fraction
from hlanalysis.reported import Interval
from hlanalysis.texts import text

BOUNDS = ("over", "under", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Given:
    """A number that no source prints: an assumption of the author, or an inferred figure.

    Parameters
    ----------
    value : Decimal, Fraction, int, float or str
        A text is read the Vietnamese way.
    unit : str
        Canonical unit id; rates are given as printed (9, "percent").
    note : str
        Whose assumption it is, and why.
    interval : Interval, optional
        In the same unit.
    cites : tuple of str
        Ids of the observations it rests on.
    tags : mapping, optional
        Plan level, scope and so on, where they are known.

    Examples
    --------
    >>> Given("77,64", "percent", "phương án").value
    Fraction(1941, 25)
    """

    value: Any
    unit: str
    note: str = ""
    interval: Interval | None = None
    cites: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        value = parse_number(self.value) if isinstance(self.value, str) else self.value
        object.__setattr__(self, "value", to_fraction(value))


@dataclass(frozen=True, slots=True)
class Argument:
    """One figure in the place of one name of a formula.

    Attributes
    ----------
    key : str
        Name of the argument, with its index in a sequence (``parts[0]``).
    spec : Input
    index : int or None
    figure : object
        As it was given.
    value : Fraction
        In the unit of the formula.
    unit : str
        Unit of the formula; empty for a plain number.
    interval : Interval or None
        In the same unit; None where the figure is only a bound.
    factor : Fraction
        What turns the figure's own unit into the formula's.
    """

    key: str
    spec: Input
    index: int | None
    figure: Any
    value: Fraction
    unit: str
    interval: Interval | None
    factor: Fraction

    @property
    def symbol(self) -> str:
        """Symbol in plain text."""
        return symbol_text(self._numbered)

    @property
    def latex(self) -> str:
        """Symbol in LaTeX."""
        return symbol_latex(self._numbered)

    @property
    def _numbered(self) -> str:
        return self.spec.symbol if self.index is None else f"{self.spec.symbol}_{self.index + 1}"

    @property
    def is_plan(self) -> bool:
        """Whether it is a planned figure."""
        return self.spec.plan or getattr(self.figure, "status", "") in ("plan", "target")

    @property
    def bound(self) -> str:
        """Say "over", "under", "at_least", "at_most" or "about", or nothing."""
        return getattr(self.figure, "modifier", "") or getattr(self.figure, "bound", "")

    def write(self, lang: Lang) -> str:
        """Return the number as it stands in the formula, without the unit of a level."""
        if self.spec.kind == "rate":
            return format_quantity(
                self.value * 100, "percent", _places(self.value * 100), lang=lang
            )
        return format_number(self.value, _places(self.value), lang=lang)

    def write_full(self, lang: Lang) -> str:
        """Return the figure with its own unit, as it was printed or computed."""
        if hasattr(self.figure, "shown"):
            return self.figure.write(lang)
        own = getattr(self.figure, "unit", "")
        value = to_fraction(getattr(self.figure, "value", self.figure))
        places = _printed_places(self.figure, value)
        if not own:
            return self.write(lang)
        said = format_quantity(value, own, places, lang=lang)
        if self.bound:
            said = f"{text(f'modifiers.{self.bound}', lang)} {said}"
        return said


def argument(
    where: str, key: str, spec: Input, figure: Any, wanted: str, index: int | None = None
) -> Argument:
    """Bring a figure to the unit in which the formula works.

    Parameters
    ----------
    where : str
        The metric.
    wanted : str
        Unit of the levels; empty for rates and plain numbers.

    Raises
    ------
    InputError
        If the figure has no unit where one is needed, or measures something else, or is a range.
    """
    label = f"{where}: {key}"
    if getattr(figure, "value_max", None) is not None:
        raise InputError(label, "a range", "one number", "compute both ends, each with Given(...)")
    own = getattr(figure, "unit", "")
    value = to_fraction(getattr(figure, "value", figure))
    if not own:
        return _bare(label, key, spec, figure, value, index)
    factor = _factor(label, spec, own, wanted)
    interval = None if _is_bound(figure) else _interval(figure, value)
    return Argument(
        key,
        spec,
        index,
        figure,
        value * factor,
        wanted,
        None if interval is None else scaled(interval, factor),
        factor,
    )


def dimension_of(figure: Any) -> str:
    """Return what a figure measures, empty for a plain number."""
    own = getattr(figure, "unit", "")
    return "" if not own else "per" if "/" in own else unit(own).dimension


def write_amount(
    value: Number, unit_id: str, places: int | None, *, lang: Lang, signed: bool = False
) -> str:
    """Write a value with a unit, also one of two (``m_vnd/persons``) and the units of metrics."""
    if unit_id in ("years", "log_points"):
        number = format_number(value, places, lang=lang, signed=signed)
        return f"{number} {text(f'metrics.{unit_id}', lang)}"
    above, mark, below = unit_id.partition("/")
    said = format_quantity(value, above, places, lang=lang, signed=signed)
    if not mark:
        return said
    key = "metrics.per_head" if below == "persons" else "metrics.per"
    return text(key, lang).format(above=said, below=unit(below).name(lang))


def _bare(
    label: str, key: str, spec: Input, figure: Any, value: Fraction, index: int | None
) -> Argument:
    if spec.kind not in ("rate", "number"):
        raise InputError(
            label,
            f"the bare number {figure}",
            "a figure with a unit",
            f'write Given({figure}, "bn_vnd", "where it comes from")',
        )
    return Argument(key, spec, index, figure, value, "", Interval(value, value), Fraction(1))


def _factor(label: str, spec: Input, own: str, wanted: str) -> Fraction:
    if spec.kind == "number":
        return Fraction(1)
    if spec.kind == "rate":
        found = unit(own)
        if found.dimension not in ("rate", "rate_difference"):
            raise InputError(label, f"a figure in {own}", "a rate, such as percent")
        return found.factor
    if own == wanted:
        return Fraction(1)
    first, second = (unit(own), unit(wanted)) if "/" not in own + wanted else (None, None)
    if first is None or second is None or first.dimension != second.dimension:
        raise InputError(
            label,
            f"đơn vị tính (unit) {own} beside {wanted}",
            "units that measure the same thing",
            "check what the figure counts",
        )
    return first.factor / second.factor


def _is_bound(figure: Any) -> bool:
    return (getattr(figure, "modifier", "") or getattr(figure, "bound", "")) in BOUNDS


def _interval(figure: Any, value: Fraction) -> Interval | None:
    interval = getattr(figure, "interval", None)
    if callable(interval):
        interval = interval()
    if interval is None and not hasattr(figure, "shown"):
        return Interval(value, value)
    return interval


def _places(value: Fraction) -> int | None:
    return None if (10**6 * value).denominator == 1 else 4


def _printed_places(figure: Any, value: Fraction) -> int | None:
    own = getattr(figure, "value", None)
    if isinstance(own, Decimal):
        exponent = own.as_tuple().exponent
        return max(-exponent, 0) if isinstance(exponent, int) else None
    return _places(value)
