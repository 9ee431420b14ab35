"""Values that only findings say: a claim with its verb, a list of figures, words from a source."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from hlanalysis.checks.findings import Finding
from hlanalysis.checks.relations import PLAN_KINDS
from hlanalysis.numbers import Lang
from hlanalysis.observations import Observation
from hlanalysis.periods import Period
from hlanalysis.texts import has_text, text
from hlanalysis.wording import Amount, Name, Quote, Value, Where, marked


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
    return During(Period.parse(row.base_period)).write(lang)


@dataclass(frozen=True, slots=True)
class During:
    """A period as it stands inside a sentence: "năm 2024", "6 tháng 2024"."""

    period: Period

    def write(self, lang: Lang) -> str:
        """Return its label with the word for the year where the language wants it."""
        label = self.period.label(lang)
        key = f"findings.during.{self.period.form}"
        return text(key, lang).format(period=label) if has_text(key, lang) else label


@dataclass(frozen=True, slots=True)
class AtEnd:
    """The day on which a count was taken: the end of its period."""

    period: Period

    def write(self, lang: Lang) -> str:
        """Return "cuối năm 2023", "hết tháng 6/2024"."""
        last = self.period.months[1]
        if last % 12 == 11:
            return text("findings.at_end.year", lang).format(year=last // 12)
        month = Period(last // 12, "month", last % 12 + 1).label(lang)
        return text("findings.at_end.month", lang).format(month=month)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A computed number that is only a bound, because a figure behind it is one."""

    amount: Amount
    modifier: str

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the observations behind it."""
        return self.amount.cites

    @property
    def formula(self) -> str:
        """How it was computed."""
        return self.amount.formula

    def write(self, lang: Lang) -> str:
        """Return it with "ít nhất" or "nhiều nhất"."""
        said = self.amount.write(lang)
        return f"{text(f'modifiers.{self.modifier}', lang)} {said}" if self.modifier else said


@dataclass(frozen=True, slots=True)
class Inferred:
    """A number that no source prints, said to be so."""

    amount: Amount
    inferred: bool = True

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the observations behind it."""
        return self.amount.cites

    @property
    def formula(self) -> str:
        """How it was computed."""
        return self.amount.formula

    def write(self, lang: Lang) -> str:
        """Return it with "suy ra" beside it."""
        return f"{self.amount.write(lang)} ({text('findings.inferred', lang)})"


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of several findings, one after another."""

    findings: tuple[Finding, ...]
    name: Value

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the observations behind all of them."""
        found = (name for one in self.findings for name in one.observations)
        return tuple(dict.fromkeys(found))

    def marked(self, lang: Lang) -> str:
        """Return the words alone: the findings themselves stand elsewhere, with their numbers."""
        return html.escape(self.write(lang), quote=False)

    def write(self, lang: Lang) -> str:
        """Return them in order, without the name that all of them begin with."""
        own = self.name.write(lang)
        said = (str(one.title(lang)).removeprefix(own).lstrip(" :,") for one in self.findings)
        return "; ".join(said)


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

    def marked(self, lang: Lang) -> str:
        """Return them in order as HTML, each number with its own source."""
        return html.escape(self.mark, quote=False).join(marked(one, lang) for one in self.values)

    def write(self, lang: Lang) -> str:
        """Return them in order."""
        return self.mark.join(one.write(lang) for one in self.values)


def quotes(rows: Sequence[Observation], mark: str = "; ", *, bare: bool = False) -> Listed:
    """Return figures as they were printed, one after another; changes keep their sign."""
    said = (Quote(row, signed=row.kind == "growth", bare=bare) for row in rows)
    return Listed(tuple(said), mark)


def values_of(row: Observation) -> dict[str, Value]:
    """Return what nearly every finding says of its figure: name, place, period and print."""
    return {
        "name": Name(row.indicator, row.series),
        "place": Where(row.place),
        "period": During(row.when),
        "printed": Quote(row),
    }


@dataclass(frozen=True, slots=True)
class Told:
    """Words that a source's data give in both languages."""

    vi: str
    en: str

    def write(self, lang: Lang) -> str:
        """Return them in the reader's language."""
        return self.vi if lang == "vi" else self.en
