"""Numbers with what is written around them: unit, range, k of n, split digits, sign.

A number becomes a Figure (possibly two: done / plan), or a reason why it is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hlanalysis.reading.folding import fold
from hlanalysis.reading.rules import SCALES, Patterns, Unit, table

NUMBER = r"[0-9]++(?:[.,][0-9]++)*+"
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+(?:,[0-9]+)?")
_DOT_SLIP = re.compile(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")
_COMMA_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
_RANGE = re.compile(rf" ?- ?({NUMBER})")
_TO_RANGE = re.compile(rf" den ({NUMBER})")
_PAIR = re.compile(rf" ?/ ?({NUMBER})(?![0-9/])")
_OUT_OF = re.compile(
    rf" (?:tren tong so|tren|trong tong so|trong so|/ ?tong so) (?:co )?({NUMBER})"
)
_NOUN_OUT_OF = re.compile(
    rf" [a-z]+(?: [a-z]+){{0,3}}? (?:tren tong so|trong tong so) ({NUMBER})"
)
_SPLIT_GROUP = re.compile(r"(?:\. | \.)([0-9]{3})(?![0-9.]|,[0-9]{3})")
_SPLIT_DECIMAL = re.compile(r"(?:, | ,)([0-9]{1,2})(?![0-9.,/])")
_BASE_AFTER = re.compile(" (?:voi|cung|nam|dau|ke hoach|kh|ck)(?![a-z])")
_PROPER_NAME = re.compile(r"[a-zà-ỹđ] (?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+ )+\Z")
_DIGITS_AFTER_GAP = re.compile(" [0-9][0-9.,]*+(?<![.,])")
_SPLITS = frozenset((".", ","))
_WORD = re.compile(r" {0,2}([a-z]+)")
_WORDS_SLASH = re.compile(r" ?([a-z]+(?: [a-z]+){0,3}) ?/ ?")
_LINE_START = re.compile(r"(?:^|\n)[ \t\-+*•(]*\Z")
_GLUED_CUES = frozenset(
    "tang giam dat bang tren hon gan khoang la con duoc chiem vuot kh uoc co duoi dt gap".split()
)
MEASURED = frozenset(
    ("bn_vnd m_vnd k_vnd vnd usd m_usd bn_usd ha m2 m3 km2 tonnes quintals kg g kwh tonne_km").split()
)
MONEY = frozenset("bn_vnd m_vnd k_vnd vnd usd m_usd bn_usd".split())
PERCENT = frozenset(("percent", "percentage_points", "per_mille"))
PEOPLE = frozenset(("persons", "households", "visits", "count"))


@lru_cache(maxsize=1)
def _not_nouns() -> tuple[frozenset[str], frozenset[str]]:
    words = table("units")["not_a_noun"]["words"]
    return frozenset(fold(word) for word in words), frozenset(words)


class Figure:
    """One written number and its unit, before anything is known about its meaning.

    ``start`` to ``end`` is the number, ``stop`` is where its unit ends; `of_total` is the n of
    "k of n", `high` the upper end of a range, `planned` marks the plan in "done/plan".
    """

    unit: str | None = None
    high: Decimal | None = None
    of_total: Decimal | None = None
    per: str | None = None
    noun: str | None = None
    sign: str = ""
    scale: int = 1
    planned: bool = False

    def __init__(self, start: int, end: int, stop: int, value: Decimal) -> None:
        self.start, self.end, self.stop, self.value = start, end, stop, value


@dataclass(frozen=True, slots=True)
class NoFigure:
    """A number that is no figure; `doubt` means it belongs into the list of the unread."""

    why: str
    stop: int
    doubt: bool = False


@lru_cache(maxsize=8192)
def number_value(written: str) -> Decimal | None:
    """Return the exact value by the Vietnamese convention, or None where digits group wrongly.

    Examples
    --------
    >>> number_value("222,044"), number_value("1.290"), number_value("1.0023,4")
    (Decimal('222.044'), Decimal('1290'), None)
    """
    if _DECIMAL.fullmatch(written):
        return Decimal(written.replace(",", "."))
    if _GROUPED.fullmatch(written) and not (written[0] == "0" and len(written) > 3):
        return Decimal(written.replace(".", "").replace(",", "."))
    if _DOT_SLIP.fullmatch(written):
        return Decimal(written)
    if _COMMA_GROUPS.fullmatch(written):
        return Decimal(written.replace(",", ""))
    return None


class NumberReader:
    """Reads the numbers of one text.

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

    def read(self, start: int, end: int, after_from: bool, listed: bool) -> list[Figure] | NoFigure:
        """Read the number at [start, end).

        `after_from`: the word before is "từ"; `listed`: "lần lượt" stands before.
        """
        folded = self.folded
        before = folded[start - 1] if start else " "
        if before != " ":
            why = self._glued(start, end, before)
            if why:
                return NoFigure(why, end)
        elif self._opens_a_line(start) and self._is_section(start, end):
            return NoFigure("section_number", end)
        after = folded[end : end + 1]
        if after == "%":
            return self._percent(start, end, before)
        if after in _SPLITS or (after == " " and folded[end + 1 : end + 2] in _SPLITS):
            end = self._joined_end(start, end, listed)
        written = folded[start:end]
        if " " in written:
            written = written.replace(" ", "")
        if written == "0":
            gap = _DIGITS_AFTER_GAP.match(folded, end)
            if gap:
                return NoFigure("digits grouped wrongly", gap.end(), doubt=True)
        value = number_value(written)
        if value is None:
            return NoFigure("digits grouped wrongly", end, doubt=True)
        figure = Figure(start, end, end, value)
        self._take_unit(figure)
        if figure.unit is None and folded[end : end + 1].isalpha():
            if self.text[end].isupper() or not folded[end + 1 : end + 2].isalpha():
                return NoFigure("name", end)
        second = self._pair(figure)
        if second is not None:
            return second
        self._take_range(figure, after_from)
        if figure.unit is None:
            if self._is_year(figure):
                return NoFigure("year", end)
            self._take_noun(figure)
            if self._ends_a_name(start, end):
                return NoFigure("name", end)
        return [self._signed(figure, before)]

    def _percent(self, start: int, end: int, before: str) -> list[Figure] | NoFigure:
        """Read the most frequent figure of all without looking for what it cannot be."""
        value = number_value(self.folded[start:end])
        if value is None:
            return NoFigure("digits grouped wrongly", end, doubt=True)
        figure = Figure(start, end, end + 1, value)
        figure.unit = "percent"
        self._take_per(figure)
        self._take_range(figure, False)
        return [self._signed(figure, before)] if before != " " else [figure]

    def _opens_a_line(self, start: int) -> bool:
        line = self.text[max(0, start - 3) : start]
        return "\n" in line or start < 4

    # -- shape ---------------------------------------------------------------------------------

    def _glued(self, start: int, end: int, before: str) -> str | None:
        if before in "%²³¹":
            return "footnote_marker"
        if before in "-.+" and start > 1:
            letter = self.text[start - 2]
            return "name" if letter.isalpha() and letter.isupper() else None
        if not before.isalnum():
            return "section_number" if before == "(" and self._is_section(start, end) else None
        word_start = start
        while word_start and self.folded[word_start - 1].isalpha():
            word_start -= 1
        word = self.folded[word_start:start]
        if word in _GLUED_CUES and self._unit_match(self.folded, end):
            return None
        return "footnote_marker" if len(word) > 2 else "name"

    def _is_section(self, start: int, end: int) -> bool:
        line = self.text.rfind("\n", max(0, start - 6), start) + 1
        if (line == 0 and start > 4) or self.text[line:start].strip(" \t-+*•("):
            return False
        tail = self.text[end : end + 2]
        split = _SPLIT_GROUP.match(self.folded, end)
        if split and self._measured_at(split.end()):
            return False
        if tail[:1] == " " and tail[1:].isalpha() and tail[1:].isupper() and end - start <= 2:
            return True
        if tail[:1] in (".", ")", "/") and (len(tail) < 2 or tail[1] in " \n\t"):
            return "," not in self.folded[start:end]
        return tail == "" or tail[0] == "\n"

    def _joined_end(self, start: int, end: int, listed: bool) -> int:
        """Return the end with digits that a stray space split off ("4. 870", "96, 5%")."""
        folded, written = self.folded, self.folded[start:end]
        if len(written) <= 3 and written[0] != "0":
            split = _SPLIT_GROUP.match(folded, end)
            if split:
                return split.end()
        if "," not in written and not listed and folded[start - 2 : start] != ", ":
            split = _SPLIT_DECIMAL.match(folded, end)
            if split:
                if self._measured_at(split.end()):
                    return split.end()
        return end

    def _ends_a_name(self, start: int, end: int) -> bool:
        """Tell whether a small number ends a proper name ("cầu Suối Rạc 2 lưu thông")."""
        if end - start > 2 or self.folded[start] == "0" or not self.trust_marks:
            return False
        return _PROPER_NAME.search(self.text, max(0, start - 28), start) is not None

    def _is_year(self, figure: Figure) -> bool:
        written = self.folded[figure.start : figure.end]
        return len(written) == 4 and written.isdigit() and "1945" <= written <= "2060"

    def _signed(self, figure: Figure, before: str) -> Figure:
        start = figure.start
        if before in "+-" and start >= 1 and not self.folded[start - 2 : start - 1].isalnum():
            figure.sign = before
            figure.start = start - 1
        return figure

    # -- unit ----------------------------------------------------------------------------------

    def _unit_of(self, match: re.Match[str]) -> Unit | None:
        group = 1 if match[1] is not None else 3
        word = match[group]
        if word is None:
            return None
        unit = self._units.get(word) or self._units[" ".join(word.split())]
        if word == "ho so" and not self.trust_marks and _BASE_AFTER.match(self.folded, match.end()):
            return self._units["ho"]  # "giảm 12 hộ so với": the "so" belongs to the base
        if unit.deny and self.trust_marks:
            if self.text[match.start(group) : match.end(group)].lower() in unit.deny:
                return self._units["ho"] if word == "ho so" else None
        return unit

    def _measured_at(self, position: int) -> bool:
        match = self._unit_match(self.folded, position)
        unit = self._unit_of(match) if match else None
        return unit is not None and unit.id in MEASURED | PERCENT | {"km", "points", "times"}

    def _take_unit(self, figure: Figure) -> None:
        match = self._unit_match(self.folded, figure.end)
        if match is None:
            return
        scale = match[2] or match[4]
        if scale == "van" and self.trust_marks and "văn" in self.text[match.start() : match.end()].lower():
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
        if unit.id == "vnd" and factor == 1 and figure.value < 100:
            return  # "11 vàng, 8 bạc, 12 đồng" are medals
        figure.unit, figure.stop = unit.id, match.end()
        if unit is self._units["ho"] and self.folded[match.end() - 3 : match.end()] == " so":
            figure.stop -= 3
        factor *= unit.factor
        if factor != 1:
            figure.value *= factor
            figure.scale = factor
        if unit.id in PEOPLE:
            figure.noun = self.text[match.start(3 if scale else 1) : match.end()]
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
        pers = []
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
        if match is None or (len(match[1]) < 2 and not self.lost):
            return False
        word_start = match.start(1)
        if self._is_no_noun(match[1], word_start, match.end()):
            return False
        if self.text[word_start].isupper() and "\n" in self.text[figure.stop : word_start]:
            return False
        figure.unit, figure.stop = "count", match.end()
        figure.noun = self.text[word_start : match.end()]
        slash = _WORDS_SLASH.match(self.folded, figure.end)
        if slash:
            per = self._per_match(self.folded, slash.end(1))
            if per:
                figure.stop = slash.end(1)
                self._take_per(figure)
        return True

    def _is_no_noun(self, word: str, start: int, end: int) -> bool:
        plain, marked = _not_nouns()
        if not self.trust_marks:
            return word in plain and self.folded[end : end + 5] not in (" so v", " quan")
        return self.text[start:end].lower() in marked

    # -- two numbers in one --------------------------------------------------------------------

    def _take_range(self, figure: Figure, after_from: bool) -> None:
        folded = self.folded
        if not after_from and "-" not in folded[figure.end : figure.stop + 3]:
            return
        match = _RANGE.match(folded, figure.end) or (
            _RANGE.match(folded, figure.stop) if figure.unit else None
        )
        if match is None and after_from and figure.unit is None:
            match = _TO_RANGE.match(folded, figure.end)
        if match is None:
            return
        high = number_value(match[1])
        if high is None:
            return
        upper = Figure(match.start(1), match.end(1), match.end(1), high)
        self._take_unit(upper)
        if upper.unit is None:
            self._take_noun(upper)
        if upper.unit is None or (figure.unit and figure.unit != upper.unit):
            return
        if figure.unit is None:
            figure.value *= upper.scale
        if upper.value <= figure.value:
            return
        figure.high, figure.end, figure.stop = upper.value, upper.end, upper.stop
        figure.unit, figure.per, figure.noun = upper.unit, upper.per, upper.noun

    def _pair(self, first: Figure) -> list[Figure] | NoFigure | None:
        """Read "k/n", "k trên tổng số n", "done/plan", or tell that two numbers are a pair."""
        folded = self.folded
        limit = first.end + 48
        find = folded.find
        if find("/", first.end, limit) < 0 and find(" tr", first.end, limit) < 0:
            return None
        slash = _PAIR.match(folded, first.end) or (
            _PAIR.match(folded, first.stop) if first.stop > first.end else None
        )
        first_noun = folded[first.end : slash.start()].strip() if slash else ""
        if slash is None and first.unit in (None, "count"):
            words = _WORDS_SLASH.match(folded, first.end)
            slash = _PAIR.match(folded, words.end(1)) if words else None
            first_noun = words[1] if words else ""
        out_of = None
        if slash is None:
            out_of = _OUT_OF.match(folded, first.end) or _NOUN_OUT_OF.match(folded, first.end)
            if out_of is None:
                return None
        match = slash or out_of
        assert match is not None
        total = number_value(match[1])
        if total is None:
            return NoFigure("digits grouped wrongly", match.end(), doubt=True)
        second = Figure(match.start(1), match.end(1), match.end(1), total)
        self._take_unit(second)
        if second.unit is None:
            self._take_noun(second)
        if slash is not None:
            return self._slash_pair(first, second, first_noun)
        return self._count_pair(first, second)

    def _slash_pair(
        self, first: Figure, second: Figure, first_noun: str
    ) -> list[Figure] | NoFigure | None:
        unit = first.unit if first.unit not in (None, "count") else second.unit
        if unit in PERCENT:
            return NoFigure("two rates in one, whose is not said", second.stop, doubt=True)
        if unit in MEASURED:
            first.unit = first.unit or unit
            second.unit = second.unit if second.unit in MEASURED else first.unit
            second.planned = True
            return [first, second]
        if first_noun and second.noun and second.unit in PEOPLE:
            if not first_noun.startswith(fold(second.noun)):
                return None  # "140 lượt/163 lượt người", "41 vụ/58 đối tượng": two measures
        return self._count_pair(first, second)

    def _count_pair(self, first: Figure, second: Figure) -> list[Figure] | NoFigure:
        if first.value > second.value:
            return NoFigure("pair, the first above the second", second.stop, doubt=True)
        unit = second.unit or first.unit
        if unit is None:
            if second.value <= 12 and first.value <= 31:
                return NoFigure("a date or a pair, nothing counted", second.end, doubt=True)
            unit = "count"
        pair = Figure(first.start, second.end, max(second.stop, first.stop), first.value)
        pair.unit, pair.of_total = unit, second.value
        pair.noun, pair.per = second.noun or first.noun, second.per
        return [pair]
