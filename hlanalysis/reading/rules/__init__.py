"""The rule data of the prose reader, loaded once and compiled into patterns.

The TOML files beside this module say what official prose looks like; this module only
turns words into patterns. Nothing here knows what a figure means.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hlanalysis.reading.folding import fold, lost_forms

YEAR = "(?:19|20)[0-9]{2}"
MONTH = "(?:1[0-2]|0?[1-9])(?![0-9])"
MONTH_WORDS = (
    *"mot hai ba bon nam sau bay tam chin muoi".split(),
    "muoi mot",
    "muoi hai",
)


@lru_cache
def table(name: str) -> dict[str, Any]:
    """Return one rule file, e.g. ``table("cues")``."""
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word_pattern(words: set[str]) -> str:
    """Return a pattern that matches the longest of `words`, as a tree of shared beginnings."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: dict[str, Any]) -> str:
    if list(tree) == [""]:
        return ""
    arms = [_letter(letter) + _branches(below) for letter, below in sorted(tree.items()) if letter]
    body = arms[0] if len(arms) == 1 else f"(?:{'|'.join(arms)})"
    if "" not in tree:
        return body
    return f"(?:{body})?"


def _letter(letter: str) -> str:
    return " {1,3}" if letter == " " else re.escape(letter)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a folded unit word stands for."""

    id: str
    factor: int
    deny: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """What a folded cue word stands for."""

    kind: str
    value: str
    deny: frozenset[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything that is compiled for one state of the text (sound, or with lost letters)."""

    token: re.Pattern[str]
    token_kinds: tuple[str, ...]
    cue: re.Pattern[str]
    unit: re.Pattern[str]
    per: re.Pattern[str]
    units: dict[str, Unit]
    cues: dict[str, Cue]
    pers: dict[str, str]
    trap_deny: dict[str, frozenset[str]]
    sure_names: tuple[str, ...]
    lost: bool


def _forms(word: str, lost: bool) -> set[str]:
    forms = {fold(word)}
    if lost:
        forms |= {form for form in lost_forms(word) if len(form.replace(" ", "")) >= 2}
        if word == "hộ":
            forms.add("h")  # the one unit of a single letter that damaged text leaves
    return forms


def _spread(entries: list[dict[str, Any]], lost: bool, make: Any) -> dict[str, Any]:
    spread: dict[str, Any] = {}
    for entry in entries:
        for word in entry["words"]:
            for form in _forms(word, lost):
                # In damaged text "đt" is a lost đạt far more often than DT, dự toán.
                if form not in spread or (form == fold(word) and not (lost and 1 < len(form) <= 2)):
                    spread[form] = make(entry)
    return spread


def _unit(entry: dict[str, Any]) -> Unit:
    return Unit(entry["id"], entry.get("factor", 1), frozenset(entry.get("deny", ())))


def _cue(entry: dict[str, Any]) -> Cue:
    return Cue(entry["kind"], entry.get("value", ""), frozenset(entry.get("deny", ())))


SCALES = {"nghin": 1000, "ngan": 1000, "trieu": 1_000_000, "van": 10_000}


@lru_cache
def patterns(lost: bool = False) -> Patterns:
    """Return the compiled rules; with `lost`, words also match without their fragile letters."""
    units = _spread(table("units")["unit"], lost, _unit)
    pers = _spread(table("units")["per"], lost, lambda entry: entry["name"])
    cues = _spread(table("cues")["cue"], lost, _cue)
    unit_words = word_pattern(set(units))
    scales = "|".join([*SCALES, "triu"] if lost else SCALES) + "(?! ban)"
    # A lone digit behind a unit is a footnote mark: "88,46 điểm1,".
    boundary = "(?:(?<=[%‰])|(?![a-z0-9])|(?<=[a-z]{3})(?=[0-9](?![0-9a-z.,/][0-9a-z]|[0-9a-z%])))"
    unit = (
        rf" {{0,2}}(?:({unit_words}){boundary}|({scales}) {{1,2}}({unit_words}){boundary}"
        rf"|({scales})(?![a-z0-9]))"
    )
    token, token_kinds = _token_pattern(word_pattern(set(cues)), unit_words, scales)
    return Patterns(
        token=re.compile(token),
        token_kinds=token_kinds,
        cue=re.compile(rf"(?<![a-z0-9])({word_pattern(set(cues))})(?![a-z])"),
        unit=re.compile(unit),
        per=re.compile(rf" ?/ ?({word_pattern(set(pers))})(?![a-z0-9])"),
        units=units,
        cues=cues,
        pers=pers,
        trap_deny={word: frozenset(other) for word, other in table("traps")["deny"].items()},
        sure_names=tuple(fold(words) for words in table("traps")["sure"]["words"]),
        lost=lost,
    )


_FREQUENT = "tndckshlgpmvbqxaou"  # first letters of Vietnamese words, most frequent first


def _token_pattern(cue_words: str, unit_words: str, scales: str) -> tuple[str, tuple[str, ...]]:
    """Return the pattern of all tokens and what each of its groups stands for.

    Patterns that open with a letter are tried only where one of their openings stands, and are
    sorted by first letter: that is what makes one pass over the text cheap.
    """
    # "hỗ trợ" is no "hộ trợ", "giải ngân" no "giải ...".
    others = "ho tro|giai (?:ngan|quyet|phong|trinh)|ca (?:nam|nuoc|tinh|huyen)"
    no_unit = rf"(?! ?(?:(?:{scales}) )?(?!{others})(?:{unit_words})(?:(?<=[%‰])|(?![a-z0-9])))"
    more = r"(?:(?:, ?| va | - ?)[0-9]{1,2}[a-z]?(?![0-9.,/%]|[a-z]| [a-z]))*"
    nmonths = rf"(?:0?[1-9]|1[0-2]|{'|'.join(sorted(MONTH_WORDS, key=len, reverse=True))})"
    marks = {
        "{nmonths}": nmonths,
        "{month}": MONTH,
        "{year}": YEAR,
        "{unit}": no_unit,
        "{more}": more,
    }
    by_opening: dict[str, tuple[list[str], list[str]]] = {}
    gate: set[str] = set()
    for place, entries in enumerate((table("periods")["period"], table("traps")["trap"])):
        for entry in entries:
            pattern = _filled(entry["pattern"], marks)
            openings = _openings(entry["pattern"].replace("{nmonths}", nmonths))
            gate |= {opening.rstrip() for opening in openings if opening}
            for first in sorted({opening[:1] for opening in openings}):
                by_opening.setdefault(first, ([], []))[place].append(pattern)
    kinds, arms = [""], []
    order = ["", *_FREQUENT, *sorted(set(by_opening) - set(_FREQUENT) - {""})]
    for first in order:
        bunches = by_opening.get(first, ([], []))
        if not any(bunches):
            continue
        pieces = []
        for kind, bunch in zip(("when", "trap"), bunches, strict=True):
            if bunch:
                kinds.append(kind)
                pieces.append(f"({'|'.join(bunch)})")
        arms.append(f"(?={first or '[0-9(]'})(?:{'|'.join(pieces)})")
    kinds += ["cue", "number", "mark"]
    # One look behind settles most places of the text; numbers and marks need none.
    token = (
        rf"(?<![a-z0-9])(?:(?<![.,])(?:{arms[0]}|(?={word_pattern(gate)}(?![a-z]))(?:{'|'.join(arms[1:])}))"
        rf"|({cue_words})(?![a-z]))|([0-9]++(?:[.,][0-9]++)*+)|([,;:()/])"
    )
    return token, tuple(kinds)


_WORD_LIST = re.compile(r"\(\?:([a-z][a-z ]*(?:\|[a-z][a-z ]*){3,})\)")


def _filled(pattern: str, marks: dict[str, str]) -> str:
    """Put the marks in, and turn long lists of words into trees."""
    pattern = _WORD_LIST.sub(lambda match: f"(?:{word_pattern(set(match[1].split('|')))})", pattern)
    for mark, piece in marks.items():
        pattern = pattern.replace(mark, piece)
    return pattern


def _openings(pattern: str) -> set[str]:
    """Return the letters that a pattern can open with; "" where it can open with anything else.

    >>> sorted(_openings("(?:tren |so )?(?:ca|o)[0-9]"))
    ['ca', 'o', 'so ', 'tren ']
    """
    found: set[str] = set()
    for arm in _arms(pattern):
        literal = re.match("[a-z ]*(?![?*+{])", arm)
        text = literal[0] if literal else ""
        rest = arm[len(text) :]
        if text and rest[:1] in ("?", "*"):
            text, rest = text[:-1], rest
        if text:
            found.add(text)
        elif rest.startswith("(?:"):
            end = _group_end(rest)
            inner = _openings(rest[3 : end - 1])
            found |= {opening for opening in inner if opening}
            if rest[end : end + 1] in ("?", "*"):
                found |= _openings(rest[end + 1 :])
            elif "" in inner:
                found.add("")
        else:
            found.add("")
    return found


def _arms(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no group and no class."""
    arms, start = [], 0
    for place, depth, letter in _depths(pattern):
        if letter == "|" and depth == 0:
            arms.append(pattern[start:place])
            start = place + 1
    return [*arms, pattern[start:]]


def _group_end(pattern: str) -> int:
    """Return where the group that opens `pattern` ends."""
    return next(
        place + 1 for place, depth, letter in _depths(pattern) if letter == ")" and depth == 0
    )


def _depths(pattern: str) -> Iterator[tuple[int, int, str]]:
    """Yield (place, depth of groups, letter) of what is neither escaped nor in a class."""
    depth, skip, in_class = 0, False, False
    for place, letter in enumerate(pattern):
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif in_class:
            in_class = letter != "]"
        elif letter == "[":
            in_class = True
        else:
            depth += (letter == "(") - (letter == ")")
            yield place, depth, letter
