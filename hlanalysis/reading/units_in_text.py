"""The unit of a number: what is written behind it, per what, or the noun that is counted."""

from __future__ import annotations

import re
from functools import lru_cache

from hlanalysis.reading.figures import MEASURED, PEOPLE, PERCENT, Figure
from hlanalysis.reading.folding import fold
from hlanalysis.reading.rules import SCALES, Patterns, Unit, table

_WORD = re.compile(r" {0,2}([a-z]+)")
_WORDS_SLASH = re.compile(r" ?([a-z]+(?: [a-z]+){0,3}) ?/ ?")
_BASE_AFTER = re.compile(" (?:voi|cung|nam|dau|ke hoach|kh|ck)(?![a-z])")


@lru_cache(maxsize=1)
def _not_nouns() -> tuple[frozenset[str], frozenset[str]]:
    words = table("units")["not_a_noun"]["words"]
    return frozenset(fold(word) for word in words), frozenset(words)


class UnitReader:
    """Reads the units of one text's numbers.

    Parameters
    ----------
    text, folded : str
        The NFC text and its folded form, equally long.
    patterns : Patterns
        Compiled rules.
    trust_marks : bool
        False where the text has no diacritics, so that none can deny a word.
    """

    def __init__(self, text: str, folded: str, patterns: Patterns, trust_marks: bool) -> None:
        self.text, self.folded = text, folded
        self.trust_marks, self.lost = trust_marks, patterns.lost
        self._unit_match = patterns.unit.match
        self._per_match = patterns.per.match
        self._units, self._pers = patterns.units, patterns.pers

    def _unit_of(self, match: re.Match[str]) -> Unit | None:
        group = 1 if match[1] is not None else 3
        word = match[group]
        if word is None:
            return None
        unit = self._units.get(word) or self._units[" ".join(word.split())]
        if self._ends_in_so(word) and _BASE_AFTER.match(self.folded, match.end()):
            return self._units["ho"]  # "giảm 12 hộ so với": the "so" belongs to the base
        if unit.deny and self.trust_marks:
            if self.text[match.start(group) : match.end(group)].lower() in unit.deny:
                return self._units["ho"] if word == "ho so" else None
        return unit

    def _ends_in_so(self, word: str) -> bool:
        """Tell whether "hồ sơ" may be "hộ" and the "so" of "so với", for want of marks."""
        if word == "ho so":
            return not self.trust_marks
        return self.lost and word == "h so"

    def _measured_at(self, position: int) -> bool:
        match = self._unit_match(self.folded, position)
        unit = self._unit_of(match) if match else None
        return unit is not None and unit.id in MEASURED | PERCENT | {"km", "points", "times"}

    def _take_unit(self, figure: Figure) -> None:
        match = self._unit_match(self.folded, figure.end)
        if match is None:
            return
        scale = match[2] or match[4]
        if scale == "van" and self.trust_marks:
            if "văn" in self.text[match.start() : match.end()].lower():
                return
        factor = SCALES.get(scale, 1_000_000) if scale else 1
        if match[4] is not None:
            self._take_scale(figure, match.end(4), factor)
            return
        unit = self._unit_of(match)
        if unit is None:
            if scale:
                self._take_scale(figure, match.end(2), factor)
            return
        if unit.id == "times" and self.folded.startswith(" luot", match.end()):
            return  # "năm 2023 lần lượt là"
        if unit.id == "vnd" and factor == 1 and figure.value < 100:
            return  # "11 vàng, 8 bạc, 12 đồng" are medals
        figure.unit, figure.stop = unit.id, match.end()
        if unit.id == "households" and self.folded[match.end() - 3 : match.end()] == " so":
            figure.stop -= 3
        factor *= unit.factor
        if factor != 1:
            figure.value *= factor
            figure.scale = factor
        if unit.id in PEOPLE:
            figure.noun = self.text[match.start(3 if scale else 1) : match.end()]
            self._take_per_of_words(figure)
        self._take_per(figure)

    def _take_scale(self, figure: Figure, stop: int, factor: int) -> None:
        """Take "triệu" or "nghìn" before a plain noun, or before nothing: then it is money."""
        figure.scale, figure.stop = factor, stop
        if not self._take_noun(figure):
            figure.unit = "m_vnd" if factor == 1_000_000 else "count"
        if figure.unit == "m_vnd":
            figure.scale = 1
        else:
            figure.value *= factor

    def _take_per(self, figure: Figure) -> None:
        if "/" not in self.folded[figure.stop : figure.stop + 2]:
            return
        pers: list[str] = []
        match = self._per_match(self.folded, figure.stop)
        while match and len(pers) < 2:
            word = match[1]
            pers.append(self._pers.get(word) or self._pers[" ".join(word.split())])
            figure.stop = match.end()
            match = self._per_match(self.folded, figure.stop)
        if pers:
            figure.per = "/".join(pers)

    def _take_noun(self, figure: Figure) -> bool:
        """Take the noun after a bare number: what is counted."""
        match = _WORD.match(self.folded, figure.stop)
        if match is None:
            return False
        if len(match[1]) < 2 and not self.lost and self.text[match.start(1)] not in "ổô":
            return False  # "12 ổ dịch" is counted, "5 o" is a slip
        word_start = match.start(1)
        if self._is_no_noun(match[1], word_start, match.end()):
            return False
        if self.text[word_start].isupper() and "\n" in self.text[figure.stop : word_start]:
            return False
        figure.unit, figure.stop = "count", match.end()
        figure.noun = self.text[word_start : match.end()]
        self._take_per_of_words(figure)
        return True

    def _take_per_of_words(self, figure: Figure) -> None:
        """Take what a noun of several words is counted per: "31,2 giường bệnh/10.000 dân"."""
        if "/" not in self.folded[figure.end : figure.end + 40]:
            return
        slash = _WORDS_SLASH.match(self.folded, figure.end)
        if slash and self._per_match(self.folded, slash.end(1)):
            figure.stop = slash.end(1)
            self._take_per(figure)

    def _is_no_noun(self, word: str, start: int, end: int) -> bool:
        plain, marked = _not_nouns()
        if not self.trust_marks:
            return word in plain and self.folded[end : end + 5] not in (" so v", " quan")
        return self.text[start:end].lower() in marked
