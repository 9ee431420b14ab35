"""In which language a command speaks at the terminal."""

from __future__ import annotations

import locale
import os

from hlanalysis.numbers import Lang

_ASKED = "HLANALYSIS_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def spoken_lang(asked: str | None = None) -> Lang:
    """Return the language asked for, else of HLANALYSIS_LANG, else of the system.

    Vietnamese where one of them says so, else English; the first that says anything decides.

    Examples
    --------
    >>> spoken_lang("vi")
    'vi'
    """
    chosen = asked if asked in ("vi", "en") else lang_of_variable() or _system()
    return "vi" if chosen.casefold().startswith("vi") else "en"


def lang_of_variable() -> str:
    """Return the language that HLANALYSIS_LANG names; empty where it names neither."""
    said = os.environ.get(_ASKED, "").casefold()[:2]
    return said if said in ("vi", "en") else ""


def _system() -> str:
    """Return the system's language: `vi_VN.UTF-8`, or Windows' `Vietnamese_Vietnam`."""
    said = next((value for name in _LOCALE if (value := os.environ.get(name))), None)
    return said or locale.getlocale()[0] or ""
