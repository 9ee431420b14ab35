"""Computed numbers as sentences say them: each remembers its formula, its inputs, its assumptions.

A theme writes `reckon(project, metric, ...)`; what comes back stands in a sentence or a table, and
whoever clicks it reads the formula with the numbers put in. Figures whose tags no source gives are
put together under assumptions that stand with the number.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hlanalysis.checks.implied import Implied
from hlanalysis.errors import InputError
from hlanalysis.metrics.alike import Assumption
from hlanalysis.metrics.claims import say_claim
from hlanalysis.metrics.computed import Computed, compute
from hlanalysis.metrics.explain import in_one_line
from hlanalysis.metrics.figures import Given, write_amount
from hlanalysis.numbers import Lang, format_number
from hlanalysis.observations import Observation
from hlanalysis.texts import has_text, text
from hlanalysis.themes import NotEnoughFiguresError
from hlanalysis.wording import Amount, Quote, Range, Sentence, Value, Words, join, say

if TYPE_CHECKING:
    from hlanalysis.project import Project

UNKNOWN = ("territory", "scope", "price_basis", "vintage", "plan_level")
"""Tags that press and reports leave out; an unlike one is refused all the same."""
_LOWER, _UPPER = ("over", "at_least"), ("under", "at_most")


@dataclass(frozen=True, slots=True)
class InferredPlan(Given):
    """A plan that no source prints: the roundest number that the printed figures allow."""

    status: str = "plan"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A computed number in a sentence.

    Attributes
    ----------
    made : Computed
    lang : {"vi", "en"}
    places : int
    size : bool
        Without its sign: the words around it say which way.
    signed : bool
        With a plus where it is positive.
    claim : bool
        As the reports put it, with its verb: "vượt 15,35% kế hoạch".
    """

    made: Computed
    lang: Lang
    places: int
    size: bool = False
    signed: bool = False
    claim: bool = False

    @property
    def value(self) -> Fraction:
        """The number in the unit that a reader sees."""
        return self.made.shown

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the printed figures it rests on."""
        return self.made.cites

    @property
    def inferred(self) -> bool:
        """Whether an input of it was inferred."""
        return self.made.inferred or any(_is_inferred(one.figure) for one in self.made.inputs)

    @property
    def formula(self) -> str:
        """Formula, inputs, interval and assumptions, in the language of the page."""
        return in_one_line(self.made, self.lang)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted, in the language of the page."""
        said = (_assumption(one, self.lang) for one in self.made.assumptions)
        return tuple(dict.fromkeys(said))

    def write(self, lang: Lang) -> str:
        """Return the number with its unit; a bound is rounded so that it stays one."""
        made = dataclasses.replace(self.made, places=self.places)
        if self.claim:
            return say_claim(made, lang)
        turned = self.size and made.shown < 0
        bound = made.bound
        if turned and bound in (*_LOWER, *_UPPER):
            bound = {"over": "under", "at_least": "at_most"}.get(bound, "at_least")
        # "hơn 301" bounds a fall from it only from one side, and not strictly.
        bound = "at_least" if bound in _LOWER else "at_most" if bound in _UPPER else bound
        said = _written(_rounded(abs(made.shown) if self.size else made.shown, bound, self.places),
                        made.shown_unit, self.places, lang, self.signed)  # fmt: skip
        return f"{text(f'metrics.{bound}', lang)} {said}" if bound else said


def _assumption(taken: Assumption, lang: Lang) -> str:
    key = f"words.assume_{taken.tag}"
    return text(key, lang) if has_text(key, lang) else taken.write(lang)


def _rounded(value: Fraction, bound: str, places: int) -> Fraction:
    step = Fraction(10) ** places
    if bound == "at_least":
        return Fraction(value * step // 1) / step
    if bound == "at_most":
        return Fraction(-(-value * step // 1)) / step
    return value


def _written(value: Fraction, unit: str, places: int, lang: Lang, signed: bool) -> str:
    if unit == "years":
        return format_number(value, places, lang=lang, signed=signed)
    return write_amount(value, unit, places, lang=lang, signed=signed)


def _is_inferred(figure: Any) -> bool:
    if isinstance(figure, Computed):
        return figure.inferred or any(_is_inferred(one.figure) for one in figure.inputs)
    return isinstance(figure, InferredPlan)


def put_together(metric: Callable[..., Any], *, across: bool = False, **inputs: Any) -> Computed:
    """Run a metric over figures under the assumptions that their sources make necessary.

    Raises
    ------
    NotEnoughFiguresError
        If the figures are unlike, so that nothing may be computed from them.
    """
    assume = (*UNKNOWN, "period") if across else UNKNOWN
    try:
        return compute(metric, assume=assume, **inputs)
    except (InputError, ZeroDivisionError) as error:
        found = getattr(error, "found", str(error))
        raise NotEnoughFiguresError("unlike", reason=Words(found)) from error


def reckon(
    project: Project,
    metric: Callable[..., Any],
    *,
    places: int | None = None,
    size: bool = False,
    signed: bool = False,
    claim: bool = False,
    across: bool = False,
    **inputs: Any,
) -> Reckoned:
    """Compute a number that a sentence can say.

    Parameters
    ----------
    metric : callable
        One of `hlanalysis.metrics`.
    places : int, optional
        Decimals; those of the metric if left out.
    size, signed, claim : bool
        See `Reckoned`.
    across : bool
        Let an outturn be held against the plan of another year, and say so.
    **inputs : figures

    Raises
    ------
    NotEnoughFiguresError
        If the figures are unlike.
    """
    made = put_together(metric, across=across, **inputs)
    shown = made.card.places if places is None else places
    return Reckoned(made, project.lang, shown, size, signed, claim)


class _Undated:
    """A printed figure that a formula sets beside those of other periods on purpose."""

    period = ""

    def __init__(self, row: Observation) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def undated(figure: Observation | Computed) -> Any:
    """Return a figure without its period: half a year beside the whole of which it is a part."""
    if isinstance(figure, Computed):
        tags = {name: value for name, value in figure.tags.items() if name != "period"}
        return dataclasses.replace(figure, tags=tags)
    return _Undated(figure)


def plan_of(project: Project, implied: Implied) -> InferredPlan:
    """Return an implied plan as an input of a formula: inferred, with its interval."""
    row = implied.level
    tags = {
        "place": row.place,
        "territory": row.territory,
        "indicator": row.indicator,
        "period": str(implied.period or row.period),
        "scope": row.scope,
        "price_basis": row.price_basis,
        "plan_level": implied.relative.plan_level,
    }
    return InferredPlan(
        implied.amount().value,
        implied.unit,
        text("formulas.reading.input_inferred", project.lang).format(
            note=_reading(project, implied, "given")
        ),
        implied.interval if implied.candidate is None or not implied.bound else None,
        implied.cites,
        tags,
    )


def amount_of(project: Project, implied: Implied) -> Amount:
    """Return an implied base for a sentence, with the words that tell how it was inferred."""
    key = "candidate" if implied.candidate is not None else "given_middle"
    return dataclasses.replace(implied.amount(), formula=_reading(project, implied, key))


def range_of(project: Project, implied: Implied, places: int | None = None) -> Range:
    """Return the interval of an implied base, with the words that tell how it was inferred."""
    key = "range_exact" if implied.exact else "range"
    told = _reading(project, implied, key)
    return Range(implied.interval, implied.unit, places, implied.cites, told)


def chance_of(project: Project, implied: Implied) -> Amount:
    """Return how easily chance would put so round a number into the interval."""
    found = implied.candidate
    share = found.chance if found else Fraction(1)
    told = _reading(project, implied, "chance") if found else ""
    return Amount(share * 100, "percent", 2, inferred=True, cites=implied.cites, formula=told)


def _reading(project: Project, implied: Implied, key: str) -> str:
    lang, row = project.lang, implied.relative
    level = Quote(implied.level).write(lang)
    relative = Quote(row, signed=row.value < 0).write(lang)
    formula = text(f"formulas.reading.{row.kind}", lang).format(level=level, relative=relative)
    found = implied.candidate
    return text(f"formulas.reading.{key}", lang).format(
        formula=formula,
        level=level,
        relative=relative,
        rule=text(f"rules.{implied.rule}", lang),
        range=implied.range().exact(lang),
        candidate=implied.amount().write(lang),
        step=format_number(found.step, lang=lang) if found else "",
    )


def reckoned_in(sentence: Sentence) -> list[Value]:
    """Return the computed and inferred numbers of a sentence, in reading order."""
    return [
        part
        for part in sentence.parts
        if not isinstance(part, str | Quote) and getattr(part, "formula", None)
    ]


def with_assumptions(sentence: Sentence, *values: Reckoned) -> Sentence:
    """Return a sentence with what its numbers take for granted, once, behind it."""
    taken = list(dict.fromkeys(said for one in values for said in one.assumptions))
    if not taken:
        return sentence
    told = say("words.assuming", sentence.lang, {"what": Words("; ".join(taken))})
    return join((sentence, told), sentence.lang)


def told_by(
    project: Project, tellers: Iterable[Callable[[Project], Sentence]]
) -> Iterator[Sentence]:
    """Yield what the figures at hand allow to be told; what they do not is left out."""
    for tell in tellers:
        try:
            yield tell(project)
        except NotEnoughFiguresError:
            continue


def counted(row: Observation) -> tuple[Given, Given]:
    """Return the two numbers of a printed "14/17" as figures, each citing it."""
    tags = {"place": row.place, "period": row.period, "indicator": row.indicator}
    return tuple(
        Given(value, "count", cites=(row.id,), tags=tags)
        for value in (row.numerator if row.numerator is not None else row.value, row.denominator)
    )  # type: ignore[return-value]
