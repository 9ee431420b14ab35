"""The words around the content of a page, in each language a page can have."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

from hlanalysis.errors import InputError
from hlanalysis.texts import LANGUAGES, all_texts

_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|by|than|from|with|was|is|as|or|figure)\b", re.IGNORECASE)


def language_of(text: str) -> str:
    """Return "vi" or "en" where a text shows which of the two it is, else nothing.

    Examples
    --------
    >>> language_of("Thu ngân sách đạt 222,044 tỷ đồng"), language_of("Share of the plan")
    ('vi', 'en')
    >>> language_of("222,044")
    ''
    """
    if _VIETNAMESE.search(text):
        return "vi"
    return "en" if _ENGLISH.search(text) else ""


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
