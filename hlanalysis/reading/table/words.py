"""Words of headings, title lines and rows: the rule data compiled into patterns."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from hlanalysis.reading.folding import fold, lost_form
from hlanalysis.reading.rules import table

_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—−"})
# Two places for the tone mark are in use (thuỷ, thủy); after q the u is no vowel (quý).
_OLD_TONE = re.compile("(?<!q)(?:o[àáảãạ]|u[ỳýỷỹỵ])(?![a-zà-ỹ])|tỉ lệ")
_NEW_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "uỳ", "uý", "uỷ", "uỹ", "uỵ", "tỉ lệ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "ùy", "úy", "ủy", "ũy", "ụy", "tỷ lệ"],
        strict=True,
    )
)


def squeeze(text: str) -> str:
    r"""Return NFC text with every run of white space as one blank.

    Examples
    --------
    >>> squeeze("Dự toán\nnăm   2024 ")
    'Dự toán năm 2024'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def small(text: str) -> str:
    """Return squeezed text in small letters, with one kind of dash and one place of tone marks."""
    found = squeeze(text).lower().translate(_DASHES)
    return _OLD_TONE.sub(lambda match: _NEW_TONE[match.group()], found)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of the rule file in one state of the letters.

    Attributes
    ----------
    state : {"sound", "plain", "lost"}
        Letters as they should be; typed without marks; some dropped by a converter.
    """

    state: str

    def put(self, text: str) -> str:
        """Return text in the form that the phrases are compared in."""
        return small(text) if self.state == "sound" else fold(small(text))

    def same_length(self, text: str) -> str:
        """Return small letters in the form of the phrases, every letter in its place."""
        return text if self.state == "sound" else fold(text)

    def find(self, group: str, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, phrase) of the phrases of a group in text already `put`."""
        pattern = _pattern(self.state, group)
        return [(m.start(), m.end(), m.group()) for m in pattern.finditer(text)]

    def has(self, group: str, text: str) -> bool:
        """Tell whether a phrase of a group stands in text already `put`."""
        return _pattern(self.state, group).search(text) is not None

    def starts(self, group: str, text: str) -> bool:
        """Tell whether text already `put` begins with a phrase of a group."""
        return _pattern(self.state, group).match(text) is not None

    def is_role(self, role: str, text: str) -> bool:
        """Tell whether a whole heading names a role (label, unit, ...); bilingual ones count."""
        if self.is_whole(f"roles.{role}", text):
            return True
        return role == "label" and len(text) < 60 and self.starts("words.naming", self.put(text))

    def is_whole(self, group: str, text: str) -> bool:
        """Tell whether a whole text, or one of its languages, is a phrase of a group."""
        whole = _forms(self.state, group)
        return any(piece in whole for piece in self.pieces(text))

    def pieces(self, text: str) -> list[str]:
        """Return a heading and its parts by line, slash and dash, put and without trimmings."""
        lines = [text, *re.split(r"\n|\s[-–/]\s|/", text)]
        # Two languages in one heading, without a mark between them: "Chỉ tiêu Indicators".
        return [_trim(self.put(line)) for line in lines if line.strip()]


def without_within(text: str, words: Lexicon) -> str:
    """Return a label without the "Trong đó:" before it; one that says no more stays.

    Examples
    --------
    >>> without_within("Trong đó: Lúa", lexicon("sound"))
    'Lúa'
    """
    label = squeeze(text)
    for start, end, _ in words.find("rows.within", words.put(label)):
        rest = label[end:].lstrip(" :;,-–")
        if start == 0 and rest:
            return rest
    return text


def named_parts(series: str, words: Lexicon) -> list[str]:
    """Return the headings above a column that name something; "Trong đó" alone does not.

    Examples
    --------
    >>> named_parts("Trong đó - Xã Sơn Kim", lexicon("sound"))
    ['Xã Sơn Kim']
    """
    parts = [without_within(part, words) for part in series.split(" - ") if part]
    return [part for part in parts if not words.is_whole("rows.within", part)]


def _trim(text: str) -> str:
    return text.strip(" .:;,*()-").removesuffix("(1)").strip()


@cache
def lexicon(state: str) -> Lexicon:
    """Return the phrases for a state of the letters: "sound", "plain" or "lost"."""
    return Lexicon(state)


@cache
def _forms(state: str, group: str) -> frozenset[str]:
    section, name = group.split(".")
    phrases: list[str] = table("headers")[section][name]
    if state == "sound":
        return frozenset(small(phrase) for phrase in phrases)
    forms = {fold(small(phrase)) for phrase in phrases}
    if state == "lost":
        forms |= {lost for phrase in phrases if len(lost := lost_form(small(phrase))) > 3}
    return frozenset(forms)


@cache
def _pattern(state: str, group: str) -> re.Pattern[str]:
    words = sorted(_forms(state, group), key=len, reverse=True)
    return re.compile("|".join(_bounded(word) for word in words))


def _bounded(word: str) -> str:
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return before + re.escape(word) + after
