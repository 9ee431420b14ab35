"""Letters without marks: one character to one, so that offsets stay those of the NFC text.

Official texts lose diacritics, take old or new tone places, carry look-alike letters
(U+01A3 for ư in old PDFs, ð for đ), or drop whole letters of one Unicode block. Rules are
matched on folded text; where folding makes two words one (tăng, tặng), the rule data says
which spellings it denies and the original decides.
"""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKES = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "Ɖ": "d", "ƣ": "u", "Ƣ": "u"}
_SPACES = "\t\n\r\x0b\x0c\u00a0\u2002\u2003\u2007\u2008\u2009\u202f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"


def _folding_table() -> dict[int, str]:
    # Letters that stay are listed too: a missing key costs far more than a found one.
    table = {code: chr(code) for code in [*range(0x250), *range(0x2010, 0x2040)]}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1EA0, 0x1F00)]:
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(plain) == 1:
            table[code] = plain
    table.update({ord(letter): plain for letter, plain in _LOOK_ALIKES.items()})
    table.update({ord(space): " " for space in _SPACES})
    table.update({ord(dash): "-" for dash in _DASHES})
    return table


_TABLE = _folding_table()
# Every character outside these ranges may change under NFC; Vietnamese text has none of them.
_MAYBE_NOT_NFC = re.compile("[^\x00-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab]")
# Letters that some converters drop whole (precomposed with two marks, or a dot or hook).
_FRAGILE = re.compile("[\u1ea0-\u1eff]")
_MARKED = re.compile("[\u00c0-\u01b0\u1ea0-\u1eff]")
_MOST_FORMS = 16
# Syllables that lost their vowel ("đng", "tnh", "trng"): no word of sound text looks so.
_NO_VOWEL = re.compile(
    r"(?<![\w.,])(?:[bcdđghklmnrstvx]|ch|gh|kh|ngh?|nh|ph|qu|th|tr)(?:ng|nh)(?![\w.])"
)
# "ủất ủai": đ read through a wrong table; ủ stands before a vowel in no Vietnamese word but uỷ.
_WRONG_D = re.compile("(?<![a-zA-Z\u00c0-\u1eff])[ủỦ](?=[aăâeêioôơuưạấầẩậắặẹếềệịọốồộớờợụứừựòóáà])")


def to_nfc(text: str) -> str:
    """Return the NFC form (nearly free where the text already is NFC)."""
    if _MAYBE_NOT_NFC.search(text) is None:
        return text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return lower-case text without marks, one character for each character of `text`.

    Examples
    --------
    >>> fold("Tỷ ĐỒNG đầu tƣ")
    'ty dong dau tu'
    """
    if " ủ" in text or " Ủ" in text:
        text = _WRONG_D.sub("đ", text)
    return text.translate(_TABLE)


def lost_form(word: str) -> str:
    """Return the folded word as it looks after a converter dropped all its fragile letters."""
    return " ".join(fold(_FRAGILE.sub("", word)).split())


def lost_forms(word: str) -> set[str]:
    """Return the folded word as it looks after a converter dropped some of its fragile letters.

    Converters drop all of them, or only those that one font does not hold ("t đng, kế hoạch").

    Examples
    --------
    >>> sorted(lost_forms("kế hoạch"))
    ['k hoach', 'k hoch', 'ke hoach', 'ke hoch']
    """
    forms = [""]
    for letter in word:
        kept = [form + letter for form in forms]
        loses = _FRAGILE.match(letter) and len(forms) <= _MOST_FORMS // 2
        forms = kept + forms if loses else kept
    forms.append(_FRAGILE.sub("", word))
    return {" ".join(fold(form).split()) for form in forms}


def is_unmarked(text: str) -> bool:
    """Tell whether the text was typed without diacritics."""
    return len(_MARKED.findall(text, 0, 20_000)) * 50 < min(len(text), 20_000)


def has_lost_letters(text: str) -> bool:
    """Tell whether a converter dropped the letters of U+1EA0 to U+1EFF.

    In sound Vietnamese they are about half of all marked letters. Where only some are lost,
    syllables without a vowel tell it.
    """
    sample = text[:20_000]
    marked = len(_MARKED.findall(sample))
    if marked >= 12 and len(_FRAGILE.findall(sample)) * 12 < marked:
        return True
    return marked >= 12 and len(_NO_VOWEL.findall(sample)) >= 2
