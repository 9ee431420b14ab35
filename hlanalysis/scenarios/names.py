"""Names that mean the same in every place a model is printed to.

A name goes to Python, JavaScript, Vega and Excel unchanged. Some of them would read `thu2025` as
the cell in column THU, `E` as 2.718, or `GDP` and `gdp` as one name, and compute something else
without a word. Such names are refused here, once.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable

FUNCTIONS = ("min", "max", "round", "abs", "exp", "log", "sqrt", "sum", "mean")
_LONGEST = 60
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]+)")
_ROW_COLUMN = re.compile(r"[rR][0-9]*|[cC][0-9]*|[rR][0-9]*[cC][0-9]*")
_VEGA_CONSTANTS = frozenset(
    "E PI LN2 LN10 LOG2E LOG10E SQRT1_2 SQRT2 MAX_VALUE MIN_VALUE NaN Infinity undefined null "
    "datum event item group parent".split()
)
# Every JavaScript object answers to these; Vega then finds its own in place of the planner's.
_OBJECT_WORDS = frozenset(
    "constructor toString toLocaleString valueOf hasOwnProperty isPrototypeOf "
    "propertyIsEnumerable".split()
)
_WORDS = frozenset({"true", "false", "and", "or", "not", "if", "else"})


def clean(name: str) -> str:
    """Return a name in the one spelling used everywhere (NFKC, as Python itself reads names).

    Examples
    --------
    >>> clean("ta\u0306ng_thu") == "tăng_thu"
    True
    """
    return unicodedata.normalize("NFKC", name)


def fault_of(name: str) -> tuple[str, str] | None:
    """Return what is wrong with a name and what to do, or None if it is good everywhere.

    Examples
    --------
    >>> fault_of("thu2025")
    ('a spreadsheet reads it as the cell THU2025', 'write thu_2025')
    >>> fault_of("thu_dat") is None
    True
    """
    return _spelling_fault(name) or _reserved_fault(name) or _spreadsheet_fault(name)


def _spelling_fault(name: str) -> tuple[str, str] | None:
    if not name.isidentifier() or not name[:1].isalpha():
        return (
            "a name is letters, digits and single underscores, and starts with a letter",
            "write for example thu_dat",
        )
    if "__" in name or name.endswith("_"):
        return ("double and final underscores are kept for printed code", "use single underscores")
    if len(name) > _LONGEST:
        return (f"it has {len(name)} characters; {_LONGEST} is the most", "choose a shorter name")
    return None


def _reserved_fault(name: str) -> tuple[str, str] | None:
    if name == "t":
        return ("t is the year", "choose another name")
    if name in FUNCTIONS:
        return (f"{name} is a function", "choose another name")
    if keyword.iskeyword(name) or name.casefold() in _WORDS:
        return ("it is a word of the language", "choose another name")
    if name in _OBJECT_WORDS:
        return ("every object of a page has something of this name", "choose another name")
    if name in _VEGA_CONSTANTS:
        return (f"the explorer reads {name} as a constant of its own", "write a longer name")
    return None


def _spreadsheet_fault(name: str) -> tuple[str, str] | None:
    if _ROW_COLUMN.fullmatch(name):
        return ("a spreadsheet reads it as a row or column address", "write a longer name")
    match = _CELL.fullmatch(name)
    if match and _column_number(match[1]) <= 16384 and 1 <= int(match[2][:8]) <= 1048576:
        return (
            f"a spreadsheet reads it as the cell {name.upper()}",
            f"write {match[1]}_{match[2]}",
        )
    return None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def same_when_folded(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of names that differ only in capital letters.

    Examples
    --------
    >>> same_when_folded(["GDP", "von", "gdp"])
    [('GDP', 'gdp')]
    """
    seen: dict[str, str] = {}
    pairs = []
    for name in names:
        first = seen.setdefault(name.casefold(), name)
        if first != name:
            pairs.append((first, name))
    return pairs
