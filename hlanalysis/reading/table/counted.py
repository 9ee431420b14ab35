"""Units that headings name by what they count: "Số hộ" is households, "Dân số" persons."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hlanalysis.reading.table.units import NOUNS, Unit, counted_noun, parse_unit
from hlanalysis.reading.table.words import Lexicon

_NUMBER_OF = re.compile(
    r"(?:tổng\s+)?(?:số\s+lượng|số)\s+(?=\w)|(?:tong\s+)?(?:so\s+luong|so)\s+(?=\w)"
)
_POPULATION = re.compile(r"(?:tổng\s+)?dân số\b|(?:tong\s+)?dan so\b")
_PERSONS = Unit("persons")
_LIVING = ("persons", "households", "visits")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a heading counts.

    Attributes
    ----------
    unit : Unit or None
        Said outright ("Số hộ nghèo"): stands against a unit line above the table.
    likely : Unit or None
        Only where nothing else says a unit ("Hộ nghèo" over "Tổng số").
    """

    unit: Unit | None = None
    likely: Unit | None = None


def counted(parts: tuple[str, ...], words: Lexicon) -> Counted:
    """Return what the heading of a column counts, its lowest text first.

    Examples
    --------
    >>> from hlanalysis.reading.table.words import lexicon
    >>> counted(("Hộ nghèo", "Số người"), lexicon("sound")).unit
    Unit(id='persons', factor=1)
    >>> counted(("Hộ nghèo", "Tổng số"), lexicon("sound")).likely
    Unit(id='households', factor=1)
    >>> counted(("Thu ngân sách", "Số huyện giao"), lexicon("sound"))
    Counted(unit=None, likely=None)
    """
    put = [_without_within(words.put(part), words) for part in parts]
    if not put:
        return Counted()
    own = _outright(put[-1], words)
    if own is not None:
        return Counted(own)
    for text in reversed(put):
        if words.starts("words.quantity", text):
            return Counted()  # "Kinh phí" under "Hộ nghèo" is no number of households
        likely = _outright(text, words) or _living(text) or _number_of_things(text, words)
        if likely is not None:
            return Counted(None, likely)
    return Counted()


def _without_within(put: str, words: Lexicon) -> str:
    """Return a text without the "Trong đó:" before it."""
    for start, end, _ in words.find("rows.within", put):
        if start == 0 and put[end:].strip(" :-"):
            return put[end:].lstrip(" :-")
    return put


def _outright(put: str, words: Lexicon) -> Unit | None:
    if _POPULATION.match(put):
        return _PERSONS
    match = _NUMBER_OF.match(put)
    if match is None or words.starts("words.giver", put[match.end() :]):
        return None
    return counted_noun(put[match.end() :])


def _living(put: str) -> Unit | None:
    """Return the unit of "Hộ nghèo", "Học sinh"; of things only where nothing else is said."""
    found = counted_noun(put)
    if found is not None and found.id in _LIVING:
        return found
    whole = parse_unit(put, expected=True)
    return whole if whole is not None and whole.id in NOUNS else None


def _number_of_things(put: str, words: Lexicon) -> Unit | None:
    """Take "Số thiết chế văn hóa" for a count: what stands after "số" is counted."""
    match = _NUMBER_OF.match(put)
    if match is None:
        return None
    rest = put[match.end() :]
    if any(
        words.starts(f"words.{group}", rest) for group in ("quantity", "plan", "giver", "actual")
    ):
        return None
    return Unit("count")
