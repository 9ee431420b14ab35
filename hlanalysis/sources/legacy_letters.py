"""The letters of TCVN3 and VNI, and how a line typed in them is spelled in Unicode."""

from __future__ import annotations

import csv
import re
from array import array
from functools import cache
from pathlib import Path

from hlanalysis.sources.syllables import is_syllable


@cache
def _letters() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {"tcvn3": {}, "vni": {}}
    path = Path(__file__).with_name("legacy_letters.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            points = row["legacy_code_points"].split()
            legacy = "".join(chr(int(point[2:], 16)) for point in points)
            tables[row["encoding"]][legacy] = row["unicode"]
    return tables


@cache
def tcvn3_table() -> dict[int, str]:
    """Return the TCVN3 table as `str.translate` takes it: one character to one."""
    return {ord(legacy): letter for legacy, letter in _letters()["tcvn3"].items()}


@cache
def vni_table() -> dict[str, str]:
    """Return the VNI table with capitals: the first character says which case is meant."""
    table = dict(_letters()["vni"])
    for legacy, letter in _letters()["vni"].items():
        first, rest = legacy[0], legacy[1:]
        table.setdefault(first + rest.upper(), letter)
        table.setdefault(first.upper() + rest, letter.upper())
        table.setdefault(first.upper() + rest.upper(), letter.upper())
    return table


@cache
def vni_pattern() -> re.Pattern[str]:
    """Return the pattern of everything that VNI writes otherwise than Unicode."""
    written = sorted(vni_table(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, written)))


def decode_line(line: str, encoding: str) -> tuple[str, array[int] | None]:
    """Return a line in Unicode, and its offsets unless it is one character to one."""
    if encoding == "unicode" or line.isascii():
        return line, None
    if encoding == "tcvn3":
        text = line.translate(tcvn3_table())
        text = _HYPHENED.sub(_horned, text) if "-" in text else text
        return restore_capitals(text, line), None
    return _decode_vni(line)


_HYPHENED = re.compile(r"(?<![^\W_])[^\W\d_]*-[^\W\d_]*(?![^\W_])")


def _horned(match: re.Match[str]) -> str:
    """Put back the ư that PDF fonts and cleaners turn from a soft into a plain hyphen.

    "đ-ợc" is "được", for its parts are no syllables; "Tây-Bắc" keeps its hyphen.
    """
    word = match.group()
    parts = [part for part in word.split("-") if part]
    whole = word.replace("-", "ư")
    if parts and is_syllable(whole) and not all(len(p) > 1 and is_syllable(p) for p in parts):
        return whole
    return word


def _decode_vni(line: str) -> tuple[str, array[int]]:
    table, pieces, starts, at = vni_table(), [], array("L"), 0
    for match in vni_pattern().finditer(line):
        pieces.append(line[at : match.start()])
        starts.extend(range(at, match.start() + 1))
        pieces.append(table[match.group()])
        at = match.end()
    pieces.append(line[at:])
    starts.extend(range(at, len(line)))
    return "".join(pieces), starts


# TCVN3 has capital codes for Ă Â Đ Ê Ô Ơ Ư only: "TOÁN" is typed with the small á.
_DECODED_WORD = re.compile(r"[^\W\d_]+")
_NO_SMALL_LETTER = re.compile(
    "(?<![A-Za-z\u00a1-\u00fe])[A-Z]*[\u00a8-\u00fe][A-Z\u00a1-\u00fe]*(?![A-Za-z\u00a1-\u00fe])"
)


def restore_capitals(text: str, raw: str) -> str:
    """Put in capitals the words whose plain letters are all capitals: "Dự TOáN" is "DỰ TOÁN"."""
    if not _NO_SMALL_LETTER.search(raw):
        return text
    words = list(_DECODED_WORD.finditer(text))
    cases = [_case(match.group(), raw[match.start() : match.end()]) for match in words]
    pieces, at = [], 0
    for match, capital in zip(words, _capital(cases), strict=True):
        if capital and not match.group().isupper():
            pieces += [text[at : match.start()], match.group().upper()]
            at = match.end()
    pieces.append(text[at:])
    return "".join(pieces)


def _case(word: str, raw: str) -> str:
    """Return "capital", "small", "open" (too short to tell) or "other" (an abbreviation)."""
    plain = [letter for letter in raw if letter.isascii()]
    if any(letter.islower() for letter in plain):
        return "small"
    if not is_syllable(word, damaged=True):
        return "capital" if len(plain) > 1 and not raw.isascii() else "other"
    return "capital" if len(plain) > 1 else "open"


def _capital(cases: list[str]) -> list[bool]:
    """Tell of each word whether it is in capitals; a short one is if its neighbours are."""
    before = _last_shown(cases)
    after = _last_shown(cases[::-1])[::-1]
    near = zip(cases, before, after, strict=True)
    return [
        case == "capital"
        or (case == "open" and "capital" in (one, other) and "small" not in (one, other))
        for case, one, other in near
    ]


def _last_shown(cases: list[str]) -> list[str]:
    """Return for each word the case of the nearest earlier word that shows one."""
    shown, last = [], ""
    for case in cases:
        shown.append(last)
        last = case if case in ("capital", "small") else last
    return shown
