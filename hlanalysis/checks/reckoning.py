"""How the numbers of a finding came about, in the reader's words, with the figures put in.

A finding's computed values carry no words of their own. Here each of them gets the text under
``formulas`` that fits best: that of its check, message, name and kind of claim first, and then ever
more general ones. A text may name the other values of the finding: "{level} / {base}".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from hlanalysis.checks.relations import is_difference
from hlanalysis.numbers import Lang
from hlanalysis.texts import has_text, places_in, text
from hlanalysis.wording import Amount, Quote, Range, Value

if TYPE_CHECKING:
    from hlanalysis.checks.findings import Finding

FALLBACK = "formulas.any.other"


def told(finding: Finding, name: str, value: Value | None, lang: Lang) -> Value | None:
    """Return a value of a finding with the words that tell how it was computed.

    Parameters
    ----------
    finding : Finding
    name : str
        What the value is called among the finding's values; "printed", "recomputed" and "allowed"
        for those that stand below its sentence.
    value : Value or None
    lang : {"vi", "en"}

    Returns
    -------
    Value or None
        The same value where it was printed, or already tells how it came about.
    """
    return None if value is None else _told(value, how(finding, name, lang))


def all_told(finding: Finding, lang: Lang) -> dict[str, Value]:
    """Return all values of a finding, each with the words that tell how it was computed."""
    return {name: _told(value, how(finding, name, lang)) for name, value in finding.values.items()}


def how(finding: Finding, name: str, lang: Lang) -> str:
    """Return how a value of a finding is computed, with the other values put in."""
    for key in _keys(finding, name):
        if has_text(key, lang) and set(places_in(text(key, lang))) <= set(finding.values):
            return text(key, lang).format_map(_Written(finding.values, lang))
    return text(FALLBACK, lang)


def _keys(finding: Finding, name: str) -> Iterator[str]:
    """Yield the keys under which the text may stand, the most special first."""
    kind = _kind(finding.values)
    for part in (f"{finding.message}_{name}", name):
        if kind:
            yield f"formulas.{finding.check}.{part}_{kind}"
        yield f"formulas.{finding.check}.{part}"
    yield f"formulas.any.{name}"


def _kind(values: Mapping[str, Value]) -> str:
    claim = values.get("claim")
    if not isinstance(claim, Quote):
        return ""
    return "difference" if is_difference(claim.observation) else claim.observation.kind


class _Written(dict[str, str]):
    """The values of a finding as words, written only when a text asks for them."""

    def __init__(self, values: Mapping[str, Value], lang: Lang) -> None:
        super().__init__()
        self._values, self._lang = values, lang

    def __missing__(self, name: str) -> str:
        value = self._values[name]
        if isinstance(value, Quote) and not name.endswith("claim"):
            # In a formula the number alone: no verb before it, and no plus behind another plus.
            row = value.observation
            return Quote(row, signed=row.value < 0).write(self._lang)
        # Whoever opens the formula wants to know which ends belong to the interval.
        return value.exact(self._lang) if isinstance(value, Range) else value.write(self._lang)


def _told(value: Any, words: str) -> Any:
    if isinstance(value, Amount | Range):
        known = value.formula or not value.cites or getattr(value, "printed", False)
        return value if known else dataclasses.replace(value, formula=words)
    if isinstance(value, Quote) or not dataclasses.is_dataclass(value):
        return value
    # Values that hold others: a bound of an amount, a list of figures.
    if hasattr(value, "amount"):
        return dataclasses.replace(value, amount=_told(value.amount, words))  # type: ignore[type-var]
    if hasattr(value, "values") and hasattr(value, "mark"):
        inner = tuple(_told(one, words) for one in value.values)
        return dataclasses.replace(value, values=inner)  # type: ignore[type-var]
    return value
