"""What reading returns: statements, and the numbers that were seen and not understood."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

Span = tuple[int, int]


@dataclass(slots=True)
class Statement:
    """One number that a text states, with its meaning.

    Attributes
    ----------
    indicator_phrase : str
        The noun phrase that names the indicator, verbatim.
    value : Decimal
        In the scale of `unit`; signed for changes.
    unit : str
        Canonical unit (``bn_vnd``, ``percent``, ``persons``, ``count``, ...).
    kind : str
        ``level``, ``growth``, ``plan_attainment``, ``plan_excess``, ``share``, ``ratio_count``,
        ``average_growth`` or ``index``.
    span : tuple of int
        Where the written number stands: [start, end) in the NFC text.
    written : str
        The characters of the span.
    rule : str
        Name of the rule in ``rules/relations.toml`` that decided the kind.
    of, part_of : int or None
        Index, in the same reading, of the statement this one qualifies or is a component of.
    """

    indicator_phrase: str
    value: Decimal
    unit: str
    kind: str
    span: Span
    written: str
    rule: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    base: str | None = None
    period: str | None = None
    modifier: str | None = None
    of: int | None = None
    status: str = "actual"
    value_max: Decimal | None = None
    part_of: int | None = None
    per: str | None = None
    counted: str | None = None
    as_of: str | None = None
    base_text: str | None = None
    base_inherited: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the fields as plain JSON values, core fields always, others where they apply."""
        record: dict[str, Any] = {}
        for name in FIELD_NAMES:
            value = getattr(self, name)
            if isinstance(value, Decimal):
                value = plain_number(value)
            if name in CORE_FIELDS or value not in (None, False):
                record[name] = list(value) if name == "span" else value
        return record


CORE_FIELDS = frozenset(
    ("indicator_phrase value unit kind numerator denominator base period modifier of span").split()
)
FIELD_NAMES = tuple(item.name for item in fields(Statement))


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that was seen and not understood, and why."""

    span: Span
    written: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Return the fields as plain JSON values."""
        return {"span": list(self.span), "written": self.written, "reason": self.reason}


@dataclass(slots=True)
class Reading:
    """All that was read in one text: statements in text order, and what stayed unread."""

    statements: list[Statement] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def plain_number(value: Decimal) -> int | float:
    """Return a JSON number: an int where the value is whole, else the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)
