"""The words around the content of a page, in each language a page can have."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from hlanalysis.errors import InputError
from hlanalysis.texts import LANGUAGES, all_texts


@cache
def words(lang: str) -> MappingProxyType[str, str]:
    """Return the words of a page in one language, by their key in texts/LANG/page.toml.

    Raises
    ------
    InputError
        If there is no page in that language.
    """
    for known in LANGUAGES:
        if known == lang:
            texts = all_texts(known)
            return MappingProxyType(
                {
                    key.removeprefix("page."): said
                    for key, said in texts.items()
                    if key.startswith(("page.", "grades."))
                }
            )
    raise InputError(
        "page language",
        f"'{lang}'",
        f"one of {', '.join(LANGUAGES)}",
        "set `lang` in the notebook's metadata.hlanalysis",
    )
