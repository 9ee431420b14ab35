"""What stands after a figure and belongs to it: base, period, aspect, "trở lên"."""

from __future__ import annotations

import re

from hlanalysis.reading.items import Item
from hlanalysis.reading.left import BOUNDARIES, VERBS, Span
from hlanalysis.reading.periods_in_text import base_of_words, read_when

_STOPS = BOUNDARIES | VERBS | {"end", "fig", "equiv", "speed", "est", "rate", "resp"}
_LONGEST_BRACKET = 40  # items
_has_words = re.compile("[a-z]").search


class Right:
    """What stands after a figure and belongs to it.

    ``next_item`` and ``position`` say where the zone of the next figure starts.
    """

    base: str | None = None
    base_span: Span | None = None
    when: str | None = None
    or_above: bool = False
    aspect: Span | None = None
    noun_follows: bool = False
    noun: Span | None = None
    verb_follows: bool = False
    second_base: str | None = None
    versus: bool = False
    next_item: int = 0
    position: int = 0


class RightReader:
    """Reads what follows one figure.

    Parameters
    ----------
    items : list of Item
        Of the whole sentence.
    folded : str
        The folded text.
    year, period : int or None, str or None
        The document's, for time expressions that name no year.
    """

    def __init__(
        self, items: list[Item], folded: str, year: int | None, period: str | None
    ) -> None:
        self.items, self.folded = items, folded
        self.year, self.period = year, period

    def read(self, index: int, relative: bool, verb: str, rated: bool) -> Right:
        """Read on from the figure ``items[index]``.

        `relative`: it may have a base; `rated`: it is a percent or a multiple, so that a plan
        right behind it is its base without "so với"; `verb` governs it.
        """
        items = self.items
        right = Right()
        position = items[index][2]
        right.next_item, right.position = index + 1, position
        if not relative and items[index + 1][0] in _STOPS:
            return right
        versus = gap = False
        cursor = index + 1
        while True:
            kind, start, end, word = items[cursor]
            if start - position > 1 and _has_words(self.folded, position, start):
                gap = True
                if cursor == index + 1:
                    right.noun_follows, right.noun = True, (position, start)
            if kind == "est" and versus and right.base is None:
                position, cursor = end, cursor + 1  # "so với ước thực hiện năm 2024"
                continue
            if kind in _STOPS:
                if kind == "(" and not versus and right.base is None and relative:
                    self._behind_bracket(cursor, right)
                elif (
                    kind == ")"
                    and relative
                    and right.base is None
                    and (items[cursor + 1][0] in ("versus", "basep"))
                ):
                    cursor, position = cursor + 1, end
                    continue
                if kind == "and" and relative and items[cursor + 1][0] == "skip":
                    # "tăng 1,2 điểm và 3 bậc so với năm 2022"
                    position, cursor = items[cursor + 1][2], cursor + 2
                    continue
                if kind in ("and", ",") and versus and right.base is not None:
                    cursor, position = self._second_base(cursor, position, right)
                right.verb_follows = kind == "reach" and cursor == index + 1
                break
            if kind == "versus":
                if relative:
                    versus = right.versus = True
                    gap = False
            elif kind == "plan":
                if relative and right.base is None and (versus or (rated and not gap)):
                    if self._plan_has_a_figure(cursor):
                        if items[cursor - 1][0] != "/":
                            right.base, right.base_span = "plan", (start, end)
                        break
                    right.base, right.base_span = "plan", (start, end)
            elif kind == "basep":
                if relative and right.base is None and (versus or not gap):
                    right.base = base_of_words(word, self.period)
                    right.base_span = (start, end)
            elif kind == "when":
                self._take_when(right, items[cursor], versus, gap, relative, verb, rated)
            elif kind == "otherbase":
                if versus and right.base is None:
                    right.base = "other"
            elif kind == "skip":
                gap = True
            elif kind == "orabove":
                right.or_above = right.or_above or not gap
            elif kind == "aspect" and relative:
                right.aspect = (end, self._segment_end(cursor + 1))
            position, cursor = end, cursor + 1
        if versus and right.base is None:
            right.base = "other"
        if right.base is not None or right.when or right.aspect or right.or_above:
            right.next_item, right.position = cursor, position
            if right.base == "plan" and right.base_span:
                right.base_span = (right.base_span[0], items[cursor][1])
        return right

    def _second_base(self, cursor: int, position: int, right: Right) -> tuple[int, int]:
        """Read "... và 105% so với kế hoạch và cùng kỳ": a base for each of two figures."""
        items = self.items
        follow = cursor + 1 + (items[cursor + 1][0] == "versus")
        if follow >= len(items) - 1 or items[follow + 1][0] in VERBS | {"fig"}:
            return cursor, position
        kind, start, end, word = items[follow]
        if start - items[cursor][2] > 8:
            return cursor, position
        if kind == "basep":
            right.second_base = base_of_words(word, self.period)
        elif kind == "plan":
            right.second_base = "plan"
        elif kind == "when":
            right.second_base = read_when(word, self.year, self.period).base(self.period)
        return (follow + 1, end) if right.second_base else (cursor, position)

    def _take_when(
        self,
        right: Right,
        item: Item,
        versus: bool,
        gap: bool,
        relative: bool,
        verb: str,
        rated: bool,
    ) -> None:
        _, start, end, phrase = item
        if right.base is None:
            if versus:
                when = read_when(phrase, self.year, self.period)
                right.base = when.base(self.period) or "other"
                right.base_span = (start, end)
            elif relative and not gap and (verb == "times" or (verb == "reach" and rated)):
                right.base = read_when(phrase, self.year, self.period).base(self.period)
                right.base_span = (start, end)
            elif not gap:
                right.when = phrase
        elif right.base == "same_period_last_year" and right.base_span:
            right.base_span = (right.base_span[0], end)

    def _plan_has_a_figure(self, cursor: int) -> bool:
        """Tell whether the plan's own figure follows: "/KH 46-47 triệu"."""
        follow = self.items[cursor + 1]
        return follow[0] == "fig" and follow[1] - self.items[cursor][2] <= 1

    def _behind_bracket(self, cursor: int, right: Right) -> None:
        """Look behind a bracket: "giảm 2,1% (giảm 34 tấn) so cùng kỳ" gives both one base."""
        items = self.items
        close = cursor + 1
        last = min(len(items) - 2, cursor + _LONGEST_BRACKET)
        while close < last and items[close][0] != ")":
            close += 1
        follow = close + 1
        if follow >= len(items) or items[close][0] != ")":
            return
        if items[follow][1] - items[close][2] > 1:
            return
        versus = items[follow][0] == "versus"
        kind, start, end, word = items[min(follow + versus, len(items) - 1)]
        if kind == "basep":
            right.base, right.base_span = base_of_words(word, self.period), (start, end)
        elif kind == "plan":
            right.base, right.base_span = "plan", (start, end)
        elif kind == "when" and versus:
            right.base = read_when(word, self.year, self.period).base(self.period)
            right.base_span = (start, end)

    def _segment_end(self, cursor: int) -> int:
        while self.items[cursor][0] not in _STOPS and self.items[cursor][0] != "versus":
            cursor += 1
        return self.items[cursor][1]
