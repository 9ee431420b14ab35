"""What a planner reads, in Vietnamese and English, apart from the code that computes it.

``vi/`` and ``en/`` hold the same keys; a test holds them together. A file lends its name to its
keys (``findings.toml`` holds ``findings.*``), except ``common.toml``. A text may have places for
values in braces: ``{revenue}``.
"""

from __future__ import annotations

import string
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from hlanalysis.numbers import Lang

LANGUAGES: tuple[Lang, ...] = ("vi", "en")


@cache
def _load(lang: Lang) -> dict[str, Any]:
    texts: dict[str, Any] = {}
    for file in resources.files("hlanalysis.texts").joinpath(lang).iterdir():
        name = file.name.removesuffix(".toml")
        if name != file.name:
            table = tomllib.loads(file.read_text("utf-8"))
            texts |= table if name == "common" else {name: table}
    return texts


@cache
def all_texts(lang: Lang) -> dict[str, str]:
    """Return every text of a language by its dotted key."""
    return dict(_flat(_load(lang), ""))


def _flat(table: dict[str, Any], before: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{before}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, value)]
    return found


def text(key: str, lang: Lang) -> str:
    """Return one text.

    Raises
    ------
    KeyError
        If the language has no such text.
    """
    texts = all_texts(lang)
    if key not in texts:
        raise KeyError(f"the texts in {lang} have no {key!r}")
    return texts[key]


def has_text(key: str, lang: Lang = "vi") -> bool:
    """Tell whether there is a text under a key."""
    return key in all_texts(lang)


def places_in(template: str) -> list[str]:
    """Return the names of the places for values, in the order they are read.

    Examples
    --------
    >>> places_in("{revenue} vượt {excess} kế hoạch")
    ['revenue', 'excess']
    """
    return [name for _, name, _, _ in string.Formatter().parse(template) if name]
