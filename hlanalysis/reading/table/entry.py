"""One data row with its cells read, and labels that go on in the next row."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hlanalysis.reading.table.line import Line
from hlanalysis.reading.table.numbers import Number
from hlanalysis.reading.table.sections import Section
from hlanalysis.reading.table.units import Unit
from hlanalysis.reading.table.words import Lexicon


@dataclass(slots=True)
class Entry:
    """One data row with its cells read.

    Attributes
    ----------
    line : Line
    unit : Unit or None
        The row's own unit, from its unit cell or its label.
    inherited : Unit or None
        The unit of the row that this one is part of.
    section : Section or None
        The block inside the table that this row belongs to ("Cơ cấu (%)").
    written : str
        The label with the unit in its brackets.
    plain : dict of int to Decimal
        Numbers that Excel stores as such, by column; most cells of most tables.
    odd : dict of int to Number
        What needs a second look: texts, percents, errors. Blank cells are in neither.
    dashed : tuple of int
        Columns whose cell prints "-", "x" or "...": nothing was reported, which is not zero.
    """

    line: Line
    unit: Unit | None = None
    inherited: Unit | None = None
    section: Section | None = None
    written: str = ""
    plain: dict[int, Decimal] = field(default_factory=dict)
    odd: dict[int, Number] = field(default_factory=dict)
    dashed: tuple[int, ...] = ()

    @property
    def own_unit(self) -> Unit | None:
        """The unit that this row, its block or its parent says; None for that of the table."""
        section = self.section.unit if self.section else None
        return self.unit or section or self.inherited


def goes_on(before: Entry, entry: Entry, words: Lexicon) -> bool:
    """Tell whether a row is the rest of the label above it, one of the two without numbers.

    "Thu từ doanh nghiệp nhà nước" over "do trung ương quản lý": small letter, no marker. A row
    that announces others ("Chia ra:", "Phân theo ngành") is no beginning of a label.
    """
    label = entry.line.label
    if entry.line.marker is not None or not label[:1].islower():
        return False
    if entry.line.filled == before.line.filled or not before.line.label[:1].isupper():
        return False
    return not (_announces(before.line.label, words) or _announces(label, words))


def _announces(label: str, words: Lexicon) -> bool:
    put = words.put(label)
    opens = words.starts("rows.within", put) or words.starts("rows.section", put)
    return opens or label.rstrip().endswith((":", ".", ";"))


def joined(before: Entry, entry: Entry) -> Entry:
    """Return two rows of one label as one, with the numbers of the row that has them."""
    whole = entry if entry.line.filled else before
    marker, indent = before.line.marker, before.line.indent
    whole.line.label, whole.written = (
        f"{before.line.label} {entry.line.label}",
        f"{before.written} {entry.written}",
    )
    whole.line.marker, whole.line.indent = marker, indent
    whole.unit = before.unit or entry.unit
    return whole
