"""Findings: what a check says of one or more figures. They accuse nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from hlanalysis.checks.reckoning import all_told, told
from hlanalysis.files import short_hash
from hlanalysis.numbers import Lang
from hlanalysis.wording import Sentence, Value, say

Grade = Literal["error", "review", "explained", "ok"]
GRADES: tuple[Grade, ...] = ("error", "review", "explained", "ok")
"""Worst first: the order in which a reader should meet them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's verdict on the figures it rests on.

    Attributes
    ----------
    check : str
        The check that says so.
    grade : {"error", "review", "explained", "ok"}
        ``error``: the figures contradict each other under every rounding rule. ``review``: a
        colleague should look. ``explained``: they agree once rounding or truncation is allowed
        for. ``ok``: they agree.
    message : str
        Key under ``findings`` in the texts: a title ``<message>.title`` and a sentence
        ``<message>.sentence``.
    place, indicator, period : str
    observations : tuple of str
        Ids of the figures it rests on.
    values : mapping of str to Value
        What fills the places of its texts.
    printed, recomputed, allowed : Value, optional
        The printed number, what the other figures give, and the interval allowed by rounding.
    assumptions : tuple of str
        Keys under ``assumptions`` in the texts: what the verdict takes for granted.
    weight : int
        Among findings of one grade the heavier come first: headline figures before details.
    """

    check: str
    grade: Grade
    message: str
    place: str
    indicator: str
    period: str
    observations: tuple[str, ...]
    values: Mapping[str, Value] = field(default_factory=dict)
    printed: Value | None = None
    recomputed: Value | None = None
    allowed: Value | None = None
    assumptions: tuple[str, ...] = ()
    weight: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    @property
    def id(self) -> str:
        """A short stable name."""
        return short_hash(self.check, self.message, *self.observations)

    def title(self, lang: Lang) -> Sentence:
        """Return the finding in a few words."""
        return say(f"findings.{self.message}.title", lang, self._told(lang))

    def sentence(self, lang: Lang) -> Sentence:
        """Return the finding in one or two sentences that a colleague can agree with or dispute."""
        return say(f"findings.{self.message}.sentence", lang, self._told(lang))

    def evidence(self, lang: Lang) -> dict[str, Value]:
        """Return the printed, the recomputed and the allowed number, as far as there are any."""
        pairs = {"printed": self.printed, "recomputed": self.recomputed, "allowed": self.allowed}
        said = {name: told(self, name, value, lang) for name, value in pairs.items()}
        return {name: value for name, value in said.items() if value is not None}

    def _told(self, lang: Lang) -> dict[str, Value]:
        """Return the values, each with the words that tell how it was computed."""
        return all_told(self, lang)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Order findings by grade, then weight, then a fixed order of their subjects."""
    return sorted(
        findings,
        key=lambda one: (
            GRADES.index(one.grade),
            -one.weight,
            one.place,
            one.indicator,
            one.period,
            one.check,
            one.id,
        ),
    )
