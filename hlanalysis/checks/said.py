"""Values that only findings say: a claim with its verb, a list of figures, words from a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hlanalysis.checks.relations import PLAN_KINDS
from hlanalysis.numbers import Lang
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.texts import text
from hlanalysis.wording import Quote, Value, When


@dataclass(frozen=True, slots=True)
class Claimed(Quote):
    """A relative figure with its verb and its base: "đạt 80,63% kế hoạch"."""

    def write(self, lang: Lang) -> str:
        """Return the claim in the reader's language."""
        row = self.observation
        way = "down" if row.value < 0 else "up"
        key = f"findings.claimed.{row.kind}_{way}"
        # In slots classes the bare super() of a dataclass points at the class before its rebuild.
        figure = Quote.write(self, lang)
        return text(key, lang).format(figure=figure, base=_base(row, lang))


def _base(row: Observation, lang: Lang) -> str:
    if row.kind in PLAN_KINDS or not row.base_period:
        return text("findings.claimed.base_unnamed", lang)
    return When(Period.parse(row.base_period)).write(lang)


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values, one after another."""

    values: tuple[Value, ...]
    mark: str = "; "

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the observations behind all of them."""
        found = (name for one in self.values for name in getattr(one, "cites", ()))
        return tuple(dict.fromkeys(found))

    def write(self, lang: Lang) -> str:
        """Return them in order."""
        return self.mark.join(one.write(lang) for one in self.values)


def quotes(rows: Sequence[Observation], mark: str = "; ", *, bare: bool = False) -> Listed:
    """Return figures as they were printed, one after another; changes keep their sign."""
    said = (Quote(row, signed=row.kind == "growth", bare=bare) for row in rows)
    return Listed(tuple(said), mark)


@dataclass(frozen=True, slots=True)
class Told:
    """Words that a source's data give in both languages."""

    vi: str
    en: str

    def write(self, lang: Lang) -> str:
        """Return them in the reader's language."""
        return self.vi if lang == "vi" else self.en
