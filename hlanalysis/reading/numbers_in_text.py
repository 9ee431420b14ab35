"""Numbers of a text: their shape, stray spaces in them, ranges, k of n, done and plan."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from hlanalysis.reading.figures import (
    CAPITALS,
    MEASURED,
    NUMBER,
    PEOPLE,
    PERCENT,
    Figure,
    NoFigure,
    number_value,
)
from hlanalysis.reading.folding import fold
from hlanalysis.reading.rules import table
from hlanalysis.reading.units_in_text import UnitReader

_RANGE = re.compile(rf" ?- ?({NUMBER})")
_TO_RANGE = re.compile(rf" den ({NUMBER})")
_PAIR = re.compile(rf" ?/ ?({NUMBER})(?![0-9/])")
_OUT_OF = re.compile(
    rf" (?:tren tong so|tren|trong tong so|trong so|/ ?tong so) (?:co )?({NUMBER})"
)
_NOUN_OUT_OF = re.compile(rf" [a-z]+(?: [a-z]+){{0,3}}? (?:tren tong so|trong tong so) ({NUMBER})")
_SPLIT_GROUP = re.compile(r"(?:\. | \.)([0-9]{3}(?:,[0-9]{1,2}(?![0-9]))?)(?![0-9.]|,[0-9])")
_SPLIT_IN_GROUP = re.compile(" ([0-9]{1,2})(?:,[0-9]{1,2})?(?![0-9.,/])")
# "số vụ 22/27": this year and last year as often as a part of a whole.
_CASES = re.compile(r"(?<![a-z])so (?:vu|ca|nguoi chet|nguoi bi thuong|truong hop)[a-z ]*:? ?\Z")
_DAYS = re.compile(" ngay(?! [0-9]|[a-z/])")
_SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONE_DIGIT = re.compile(" [0-9],[0-9]{1,2}(?=%)")
_SPLIT_DECIMAL = re.compile(r"(?:, | ,)([0-9]{1,2})(?![0-9.,/])")
_PROPER_NAME = re.compile(rf"[a-zà-ỹđ] (?:[{CAPITALS}][a-zà-ỹđ]+ )+\Z")
_DIGITS_AFTER_GAP = re.compile(" [0-9][0-9.,]*+(?<![.,])")
_NUMBERED = re.compile(r"([^\W\d_]+) (?:số|so) \Z", re.IGNORECASE)
_LETTER = "a letter among the digits"
_SLIP = re.compile("[lo][0-9.,]*[0-9]")
_SPLITS = frozenset((".", ","))
_WORDS_SLASH = re.compile(r" ?([a-z]+(?: [a-z]+){0,3}) ?/ ?")
_GLUED_CUES = frozenset(
    "tang giam dat bang tren hon gan khoang la con duoc chiem vuot kh uoc co duoi dt gap".split()
)


@lru_cache(maxsize=1)
def _counted_after_so() -> frozenset[str]:
    return frozenset(fold(word) for word in table("traps")["counted_after_so"]["words"])


class NumberReader(UnitReader):
    """Reads the numbers of one text: each becomes figures, or a reason why it is none."""

    def read(self, start: int, end: int, after_from: bool, listed: bool) -> list[Figure] | NoFigure:
        """Read the number at [start, end).

        `after_from`: the word before is "từ"; `listed`: "lần lượt" stands before.
        """
        folded = self.folded
        before = folded[start - 1] if start else " "
        if before != " ":
            why = self._glued(start, end, before)
            if why:
                return NoFigure(why, end, doubt=why == _LETTER)
        elif self._opens_a_line(start) and self._is_section(start, end):
            return NoFigure("section_number", end)
        after = folded[end : end + 1]
        if after == "%":
            return self._percent(start, end, before)
        if after in _SPLITS or (after == " " and folded[end + 1 : end + 2] in _SPLITS):
            end = self._joined_end(start, end, listed)
        elif after == " " and "0" <= folded[end + 1 : end + 2] <= "9":
            beside = self._beside_another(start, end)
            if beside is not None:
                return beside
            end = self._end_in_group(start, end)
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
        if after in _SUPERSCRIPTS and (noted := self._noted(start, end, value)):
            return [noted]
        figure = Figure(start, end, end, value)
        self._take_unit(figure)
        if figure.unit is None and folded[end : end + 1].isalpha():
            slip = _SLIP.match(folded, end)
            if slip:
                return NoFigure(_LETTER, slip.end(), doubt=True)
            if self.text[end].isupper() or not folded[end + 1 : end + 2].isalpha():
                return NoFigure("name", end)
        second = self._pair(figure)
        if second is not None:
            return second
        self._take_range(figure, after_from)
        if figure.unit is None:
            if self._is_year(figure):
                return NoFigure("year", end)
            if "," in written and _DAYS.match(folded, end):
                figure.unit, figure.stop = "days", end + 5  # "tăng 0,12 ngày": no duration
            else:
                self._take_noun(figure)
            if self._ends_a_name(start, end) or self._is_numbered(start, end):
                return NoFigure("name", end)
        return [self._signed(figure, before)]

    def _noted(self, start: int, end: int, value: Decimal) -> Figure | None:
        """Read a number with a footnote mark before its unit: "1.067³ lao động"."""
        stop = end
        while self.folded[stop : stop + 1] in _SUPERSCRIPTS:
            stop += 1
        figure = Figure(start, stop, stop, value)
        self._take_unit(figure)
        if figure.unit is None and not self._is_year(Figure(start, end, end, value)):
            self._take_noun(figure)
        figure.end = end
        return figure if figure.unit else None

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
        if before in "([" and self._is_typed_mark(start, end):
            return "footnote_marker"
        if not before.isalnum():
            return "section_number" if before == "(" and self._is_section(start, end) else None
        word_start = start
        while word_start and self.folded[word_start - 1].isalpha():
            word_start -= 1
        word = self.folded[word_start:start]
        if word in ("l", "o") and "," in self.folded[start:end]:
            return _LETTER
        if word in _GLUED_CUES and self._unit_match(self.folded, end):
            return None
        return "footnote_marker" if len(word) > 2 else "name"

    def _is_typed_mark(self, start: int, end: int) -> bool:
        """Tell whether brackets hold a note's mark, typed right behind a word: "tỷ đồng(3)"."""
        word = self.folded[start - 2 : start - 1]
        return (
            end - start <= 2
            and (word.isalpha() or word == "%")
            and (self.folded[end : end + 1] in (")", "]"))
        )

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
        # A number alone on its line: of a page, unless the cell above names a unit.
        alone = tail == "" or tail[0] == "\n"
        return alone and end - start <= 3 and self.text[start - 2 : start - 1] != ")"

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

    def _end_in_group(self, start: int, end: int) -> int:
        """Return the end with the rest of a group of three that a space cut ("1.1 47 tỷ")."""
        tail = self.folded[start:end].rpartition(".")[2]
        rest = _SPLIT_IN_GROUP.match(self.folded, end)
        if rest is None or len(tail) + len(rest[1]) != 3 or len(tail) == end - start:
            return end
        if self._opens_a_line(start) or not self._measured_at(rest.end()):
            return end
        return rest.end()

    def _beside_another(self, start: int, end: int) -> NoFigure | None:
        """Tell "9 6,5%": one percent cut in two, or a number and a percent; nobody can say."""
        if end - start == 1 and (pair := _LONE_DIGIT.match(self.folded, end)):
            return NoFigure("two numbers side by side, or one cut in two", pair.end(), doubt=True)
        return None

    def _ends_a_name(self, start: int, end: int) -> bool:
        """Tell whether a small number ends a proper name ("cầu Suối Rạc 2 lưu thông")."""
        if end - start > 2 or self.folded[start] == "0" or not self.trust_marks:
            return False
        return _PROPER_NAME.search(self.text, max(0, start - 28), start) is not None

    def _is_numbered(self, start: int, end: int) -> bool:
        """Tell whether "số" and a small number name a thing: "trạm bơm số 2", "HTX số 1"."""
        if (
            end - start > 2
            or self.folded[start] == "0"
            or not self.folded.endswith("so ", 0, start)
        ):
            return False
        match = _NUMBERED.search(self.text, max(0, start - 24), start)
        return match is not None and fold(match[1]) not in _counted_after_so()

    def _is_year(self, figure: Figure) -> bool:
        written = self.folded[figure.start : figure.end]
        return len(written) == 4 and written.isdigit() and "1945" <= written <= "2060"

    def _signed(self, figure: Figure, before: str) -> Figure:
        start = figure.start
        if before in "+-" and start >= 1 and not self.folded[start - 2 : start - 1].isalnum():
            figure.sign = before
            figure.start = start - 1
        return figure

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
        if folded.find("/", first.end, limit) < 0 and not (
            folded.startswith((" tren ", " trong "), first.end)
            or folded.find(" tong so ", first.end, limit) >= 0
        ):
            return None
        slash = _PAIR.match(folded, first.end) or (
            _PAIR.match(folded, first.stop) if first.stop > first.end else None
        )
        first_noun = folded[first.end : slash.start()].strip() if slash else ""
        if slash is None and (first.unit is None or first.unit in PEOPLE):
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
        before = max(0, first.start - 60)
        if second.unit is None and _CASES.search(self.folded, before, first.start):
            return NoFigure("a pair of counts: a part, or this year and last", second.end, True)
        if unit is None:
            if second.value <= 12 and first.value <= 31:
                return NoFigure("a date or a pair, nothing counted", second.end, doubt=True)
            unit = "count"
        pair = Figure(first.start, second.end, max(second.stop, first.stop), first.value)
        pair.unit, pair.of_total = unit, second.value
        pair.noun, pair.per = second.noun or first.noun, second.per
        return [pair]
