"""Markers in their context: what Excel made of "1.10", and whether "I" is a letter or Roman."""

from __future__ import annotations

import re

from hlanalysis.grids import CellDate
from hlanalysis.reading.table.markers import Marker, Sort, parse_marker


def marker_of_value(value: object, before: list[Marker]) -> Marker | None:
    """Return the marker that a cell of the marker column holds.

    Excel turns "1.1" into a number, "1.10" into 1.1 and "1/2" into a date; the markers before
    say which was meant.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        if value.is_integer() and 0 < value < 1000:
            return Marker("number", str(int(value)), int(value))
        text = f"{value:.15g}"
        return _rebuilt(text, before) if re.fullmatch(r"\d{1,2}\.\d{1,3}", text) else None
    if isinstance(value, CellDate):
        return _from_date(value, before)
    return parse_marker(value) if isinstance(value, str) else None


def _rebuilt(text: str, before: list[Marker]) -> Marker | None:
    """Return the marker of a number such as 1.1, which was 1.10 if it follows 1.9."""
    whole, _, tail = text.partition(".")
    last = next((m for m in reversed(before) if m.sort == "nested"), None)
    if last is not None and last.text.split(".")[0] == whole:
        expected = str(last.number + 1)
        if expected != tail and expected.rstrip("0") == tail:
            tail = expected
    return parse_marker(f"{whole}.{tail}")


def _from_date(value: CellDate, before: list[Marker]) -> Marker | None:
    """Return the marker of a date: 1.2 became 1 February or 2 January."""
    ways = [f"{value.day}.{value.month}", f"{value.month}.{value.day}"]
    last = next((m for m in reversed(before) if m.sort in ("nested", "number")), None)
    if last is not None:
        head = last.text.split(".")[0]
        wanted = f"{head}.{last.number + 1}" if last.sort == "nested" else f"{head}.1"
        if wanted in ways:
            return parse_marker(wanted)
        ways.sort(key=lambda way: way.split(".")[0] != head)
    return parse_marker(ways[0])


def settle_letters(markers: list[Marker | None]) -> list[Marker | None]:
    """Decide row by row whether "I", "V", "X" (and "i", "v", "x") are letters or Roman.

    An I after H is a letter if K, J, or nothing of its kind follows before a II does.
    """
    settled: list[Marker | None] = []
    for position, marker in enumerate(markers):
        if marker is None or not marker.maybe:
            settled.append(marker)
            continue
        letter: Sort = "letter" if marker.text.isupper() else "small"
        roman: Sort = "roman" if marker.text.isupper() else "small_roman"
        as_letter = _is_letter(marker, settled, markers[position + 1 :], letter, roman)
        settled.append(marker.read_as(letter if as_letter else roman))
    return settled


def _is_letter(
    marker: Marker,
    before: list[Marker | None],
    after: list[Marker | None],
    letter: Sort,
    roman: Sort,
) -> bool:
    place = marker.read_as(letter).number
    last_letter = next((m for m in reversed(before) if m and m.sort == letter), None)
    follows = last_letter is not None and last_letter.number == place - 1
    last_roman = _last_sibling_roman(before, roman, letter)
    if last_roman is not None and last_roman.number == marker.read_as(roman).number - 1:
        # IV then V: Roman, unless the letters call just as loudly (U then V).
        return follows and last_roman.number == 0
    if not follows:
        # A list of small letters that starts at "i" is Roman; one cannot start a letter list.
        return last_letter is not None and letter == "small" and place == last_letter.number + 2
    for one in after:
        if one is None:
            continue
        if one.sort == roman and not one.maybe and one.number == marker.read_as(roman).number + 1:
            return False
        if one.text == marker.text:
            return True  # the letter first, its own Roman I after it
        if one.sort == letter and one.number > place:
            return True
    return True


def _last_sibling_roman(before: list[Marker | None], roman: Sort, letter: Sort) -> Marker | None:
    """Return the Roman marker before, as long as no letter has started a new list since."""
    for one in reversed(before):
        if one is None:
            continue
        if one.sort == roman:
            return one
        if one.sort == letter:
            return None
    return None
