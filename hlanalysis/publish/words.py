"""The words around the content of a page, in each language a page can have."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from hlanalysis.errors import InputError


@cache
def words(lang: str) -> dict[str, str]:
    """Return the words of a language.

    Raises
    ------
    InputError
        If there is no page in that language.
    """
    text = files("hlanalysis.publish").joinpath("words.toml").read_text(encoding="utf-8")
    languages = tomllib.loads(text)
    if lang not in languages:
        raise InputError(
            "page language", f"'{lang}'", f"one of {', '.join(languages)}",
            "set `lang` in the notebook's metadata.hlanalysis",
        )  # fmt: skip
    return dict(languages[lang])


def languages() -> tuple[str, ...]:
    """Return the languages a page can have, the main one first."""
    return ("vi", "en")
