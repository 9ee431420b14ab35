"""What a model is made of besides equations: levers, start values, variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hlanalysis.numbers import Lang
from hlanalysis.scenarios.units import ModelUnit

Words = Mapping[str, str]


def word(words: Words, lang: Lang, otherwise: str) -> str:
    """Return a text in the reader's language, or in the other one, or the name itself."""
    return words.get(lang) or words.get("vi") or words.get("en") or otherwise


@dataclass(frozen=True)
class LeverSpec:
    """Something the planner may change, and the bounds within which the model makes sense.

    Attributes
    ----------
    name : str
    unit : ModelUnit
        `value`, `low`, `high` and `step` are written in it.
    value : float or dict of int to float
        The baseline: one number, or one a year.
    source : str
        Where the baseline comes from; for an assumption, why this number.
    assumption : bool
        True unless an observation stands behind the baseline.
    group : str
        "main" levers come first; the others are folded away.
    observation : str
        Id or key of the observation behind the baseline.
    stated : str
        What the planner thinks possible, in words ("từ 80 đến 150, thường là 120"); empty if
        nobody said.
    """

    name: str
    unit: ModelUnit
    value: float | Mapping[int, float]
    low: float
    high: float
    step: float
    label: Words = field(default_factory=dict)
    source: str = ""
    assumption: bool = True
    group: str = "main"
    tex: str = ""
    observation: str = ""
    stated: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The years of a lever by year; none for a scalar lever."""
        return tuple(sorted(self.value)) if isinstance(self.value, Mapping) else ()


@dataclass(frozen=True)
class StartSpec:
    """A value before the first computed year, with its unit and its source."""

    name: str
    year: int
    unit: ModelUnit
    value: float
    source: str = ""
    assumption: bool = False
    observation: str = ""
    written: str = ""


@dataclass(frozen=True)
class VariableSpec:
    """How a computed variable is shown."""

    name: str
    unit: ModelUnit
    label: Words = field(default_factory=dict)
    tex: str = ""
    places: int = 1
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """One number a scenario sets: a scalar lever, or one year of a lever by year.

    `key` is what people write: ``tang_khac`` or ``dau_gia[2026]``.
    """

    key: str
    lever: LeverSpec
    year: int | None
    value: float

    def inside(self, written: float) -> float:
        """Return a written value as equations count it."""
        return self.lever.unit.inside(written)


def slots_of(lever: LeverSpec) -> list[Slot]:
    """Return the slots of a lever."""
    if isinstance(lever.value, Mapping):
        return [
            Slot(f"{lever.name}[{year}]", lever, year, float(lever.value[year]))
            for year in lever.years
        ]
    return [Slot(lever.name, lever, None, float(lever.value))]
