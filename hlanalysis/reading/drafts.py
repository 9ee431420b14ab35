"""A statement in the making, and what is carried from figure to figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hlanalysis.reading.figures import MEASURED, MONEY, Figure

if TYPE_CHECKING:
    from hlanalysis.reading.left import Left
    from hlanalysis.reading.rules import Unit


class Draft:
    """A figure whose meaning is being decided; defaults are those of the class."""

    kind: str = ""
    rule: str = ""
    verb: str = "none"
    verb_word: str = ""
    base: str | None = None
    base_span: tuple[int, int] | None = None
    base_inherited: bool = False
    inherits: bool = False
    of: Draft | None = None
    part_of: Draft | None = None
    status: str = "actual"
    modifier: str | None = None
    period: str | None = None
    as_of: str | None = None
    subject: tuple[int, int] | None = None
    named: Draft | None = None
    aspect: tuple[int, int] | None = None
    in_bracket: bool = False
    total: Draft | None = None
    base_of_growth: str | None = None
    time_base: str | None = None
    phrase: str | None = None
    index: int = -1

    def __init__(self, figure: Figure, unit: str, left: Left) -> None:
        self.figure, self.unit, self.value = figure, unit, figure.value
        self.verb, self.verb_word, self.subject = left.verb, left.verb_word, left.subject

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit in MONEY

    @property
    def is_measured(self) -> bool:
        """Whether it is money, an area, a weight or another measured amount."""
        return self.unit in MEASURED


@dataclass(slots=True)
class Carried:
    """What one sentence hands to the next."""

    year: int | None
    period: str | None
    chain: Draft | None = None
    rate: Draft | None = None
    total: Draft | None = None
    measured: list[Draft] = field(default_factory=list)
    target_lines: bool = False
    aim_period: str | None = None
    parts_listed: bool = False
    section_period: str | None = None
    levels: list[Draft] = field(default_factory=list)
    models: list[Draft] = field(default_factory=list)
    row_unit: Unit | None = None
    row_total: Draft | None = None

    def forget(self) -> None:
        """Start a new paragraph."""
        self.chain = self.rate = self.total = self.row_total = None
        self.levels.clear()
        self.models = []
        self.parts_listed = False
        self.take_section()

    def take_section(self) -> None:
        """Start what the section's heading announces: aims ("Phương hướng năm 2025") or results."""
        self.target_lines = self.section_period is not None
        self.aim_period = self.section_period


def opposite(sign: int, value: Decimal | None) -> Any:
    """Return `value` with the sign of a change."""
    return -value if sign < 0 and value is not None else value
