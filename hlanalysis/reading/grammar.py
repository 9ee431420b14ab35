"""The grammar of a clause: from a figure and its surroundings to what the figure means.

A sentence is read once, left to right. Each figure sees what stands before it (`Left`) and after
it (`Right`); the verb and the base decide its kind by ``rules/relations.toml``; a percent without
a base stays open and is decided by what it restates. The figure it qualifies is the one the
sentence is still talking about (the chain), unless a new subject came in.
"""

from __future__ import annotations

import re

from hlanalysis.reading import matching
from hlanalysis.reading.borrowed import BorrowedUnits
from hlanalysis.reading.drafts import Carried, Draft
from hlanalysis.reading.figures import MONEY, PEOPLE, PERCENT, Figure
from hlanalysis.reading.items import Item
from hlanalysis.reading.kinds import KindRules
from hlanalysis.reading.left import Left, look_left
from hlanalysis.reading.right import Right, RightReader

_OPENS_ESTIMATE = re.compile(
    "[^a-z0-9]{0,4}(?:uoc|du kien|uoc tinh|du uoc)(?: thuc hien)?(?: den)?(?: het)?(?: ca)? nam[ ,]"
)
_BRACKETED_YEAR = re.compile(r"\([a-z ]{0,14}((?:19|20)[0-9]{2})\)")
_CHANGES = frozenset(("up", "down", "exceed", "short", "times"))


class SentenceReader(BorrowedUnits, KindRules):
    """Reads one sentence's items into drafts.

    Parameters
    ----------
    items : list of Item
    text, folded : str
        The whole text and its folded form.
    start : int
        Where the sentence starts.
    carried : Carried
        What the sentences before handed on; updated.
    """

    def __init__(
        self, items: list[Item], text: str, folded: str, start: int, carried: Carried
    ) -> None:
        super().__init__(items, text, folded, carried)
        self.start = start
        self.part_whole_sentence = self.part_estimated = self.open_plan = False
        self.outer_total: Draft | None = None
        self.split: Draft | None = None
        self.receivers: list[Draft] = []
        self.target = carried.target_lines
        self.period = (carried.aim_period if self.target else None) or carried.period
        self.estimated = _OPENS_ESTIMATE.match(folded, start) is not None
        self.right_reader = RightReader(items, folded, carried.year, carried.period)

    def read(self) -> list[Draft]:
        """Return the drafts of the sentence, in order."""
        items = self.items
        low, position, first = 0, self.start, True
        for index, item in enumerate(items):
            if item[0] != "fig":
                continue
            figure: Figure = item[3]
            left = look_left(
                items,
                low,
                index,
                position,
                self.folded,
                first,
                self.carried.year,
                self.carried.period,
            )
            if left.context:
                self._take_context(left, index)
            self.plan_colon = self.plan_colon or left.plan_colon
            if left.boundary == "and" and left.verb == "none" and left.subject is None:
                self._same_verb(left, index)
            self.table_line = False
            unit = figure.unit
            if unit is None or items[index - 1][0] == "bracket":
                unit = self._unit(index, left)
            elif unit == "points" and self._are_sites(left):
                unit = "count"
            low, position = index + 1, item[2]
            if unit is None:
                self._leave(figure, "no unit and nothing counted")
                continue
            relative = unit in PERCENT or unit == "times" or left.verb in _CHANGES or left.from_
            relative = relative or self._lacks(figure)
            right = self.right_reader.read(
                index, relative, left.verb, unit in PERCENT or unit == "times"
            )
            bounded = right.or_above or left.modifier is not None
            if bounded and self._is_threshold(unit, left, right):
                self._leave(figure, "a bound on what was just counted: a condition, no result")
                continue
            low, position = right.next_item, right.position
            draft = self._decide(figure, unit, left, right, index)
            if draft is None:
                continue
            self._take_own_time(draft, left, right, index)
            first = False
            self.drafts.append(draft)
            self._carry_on(draft, left, right)
        return self.drafts

    def _take_own_time(self, draft: Draft, left: Left, right: Right, index: int) -> None:
        """Take the year in brackets behind a figure, else that of the figure it restates."""
        after = self.items[index + 1]
        if after[0] == "bracket":
            year = _BRACKETED_YEAR.match(self.folded, after[1], after[2])
            if year:
                draft.period = year[1]
                return
        if self._is_of_its_end(draft, left, right):
            draft.period = (draft.period or "")[5:]
        level = draft.of
        if level is not None and level in self.drafts and not left.when and not right.when:
            own = ("other_time", "plan_value", "average_growth")
            if draft.rule not in own and level.rule != "other_time":
                draft.period = level.period

    def _is_of_its_end(self, draft: Draft, left: Left, right: Right) -> bool:
        """Tell whether a figure of a report on several years is one of their end.

        Rates, incomes per head, counts of what is left and shares of a structure are; amounts
        that were made over the years are not.
        """
        term = self.carried.period
        if term is None or len(term) < 9 or draft.period != term or left.when or right.when:
            return False
        if int(term[5:]) - int(term[:4]) < 2 or draft.kind not in ("level", "share", "ratio_count"):
            return False
        return (
            draft.kind == "ratio_count"
            or draft.verb == "tolevel"
            or draft.rule in ("named_rate", "end_level", "structure")
            or "person" in (draft.figure.per or "")
        )

    # -- context -------------------------------------------------------------------------------

    def _take_context(self, left: Left, index: int) -> None:
        carried = self.carried
        for _ in range(left.closed):
            if self.outer:
                carried.chain = self.outer.pop()
        if left.opened > left.closed or (left.opened and left.boundary == "("):
            self.outer.append(carried.chain)
        if left.target:
            self.target = True
            # "Mục tiêu năm 2025: ..." heads the rest of its paragraph too.
            carried.target_lines = carried.target_lines or left.aim_line
            if left.aim_line:
                carried.aim_period = left.aim_period
        if left.semicolon and self.outer_total is not None:
            carried.total, self.outer_total = self.outer_total, None
        elif left.semicolon and not self.part_whole_sentence:
            carried.total = None
        if left.part:
            anchor = carried.chain or (carried.levels[-1] if carried.levels else None)
            if self.drafts and anchor not in self.drafts:
                anchor = None  # a growth without a level is broken down, not what stood before
            if carried.total is not None and self.part_whole_sentence and self.drafts:
                self.outer_total = carried.total
            if anchor is not None:
                carried.total = anchor
            elif self.drafts:
                carried.total = None
            self.part_estimated = (self.last is not None and self.last.status == "estimate") or (
                self.part_estimated and bool(self.outer)
            )
            whole = not self.drafts or left.part_colon
            self.part_whole_sentence = whole or self.outer_total is not None
        if left.boundary == ":" and not self.drafts and not left.part and carried.levels:
            if matching.lists_parts(self.folded, self.start, self.items[index][1]):
                carried.total, self.part_whole_sentence = carried.levels[-1], True
        if left.struct:
            self.sentence_struct = True
        if left.when and not left.opened:
            when = self._when(left.when)
            if when.as_of:
                self.as_of = when.as_of
            elif when.period:
                self.period = when.period
                if self.target and carried.aim_period and not left.aim_period:
                    self.target = carried.target_lines = left.target

    def _same_verb(self, left: Left, index: int) -> None:
        """Let "và" carry the verb: "tăng 5% về số vụ và 7% về số người"."""
        last, figure = self.last, self.items[index][3]
        if last is None or last.kind in ("level", "share"):
            return
        # "giảm 02 vụ và 3,1 ha so với cùng kỳ": two changes, one base
        compared = last.kind == "growth" and self.items[index + 1][0] in ("versus", "basep")
        amounts = not {last.unit, figure.unit} & (PERCENT | {None, "times"})
        if last.unit == figure.unit or (compared and amounts):
            left.verb, left.verb_word = last.verb, last.verb_word

    def _is_threshold(self, unit: str, left: Left, right: Right) -> bool:
        """Tell a condition on the things just counted: "05 dự án giải ngân dưới 30%"."""
        last = self.last
        bounded = right.or_above or (
            left.modifier_word in ("duoi", "tren", "hon")
            and (unit not in MONEY or matching.names_a_condition(self.folded, left.subject))
        )
        aimed = self.target or left.target or left.est
        first_rate = unit in PERCENT and last is None  # "Tốc độ tăng thu từ 9,5% trở lên"
        if right.or_above and not aimed and (unit in PEOPLE or (left.from_ and not first_rate)):
            return True  # "hỗ trợ từ 60 triệu đồng trở lên"
        if unit in MONEY and not aimed and left.modifier_word in ("khong qua", "toi da"):
            return True  # "hộ vay không quá 100 triệu đồng"
        if bounded and not left.speed and matching.names_a_group(self.folded, left.subject):
            return True
        return (
            bounded
            and left.boundary is None
            and last is not None
            and (last.unit in PEOPLE or last.figure.of_total is not None)
            and left.verb not in ("up", "down", "exceed")
        )

    # -- carrying ------------------------------------------------------------------------------

    def _carry_on(self, draft: Draft, left: Left, right: Right) -> None:
        carried = self.carried
        last = self.last
        if self.group_left:
            self._take_group(draft, left, last)
        elif (
            last is not None
            and draft.rule == "open"
            and left.verb == "none"
            and (left.boundary == "and" and left.subject is None and last.unit == draft.unit)
        ):
            draft.kind, draft.rule = last.kind, "same_verb"
        if draft.rule in ("growth", "decrease") and draft.unit in PERCENT and right.noun:
            if matching.is_noun(self.folded, self.text, right.noun):
                right.aspect = right.noun  # "giảm 15% lượng túi ni lông": the noun is what changed
        if right.second_base and last is not None:
            self._share_bases(last, draft, left, right)
        if right.aspect and not matching.names_a_measure(self.folded, right.aspect):
            draft.of = matching.level_of_aspect(right.aspect, carried.levels, self.folded)
        total = carried.total
        if draft.kind in ("level", "ratio_count"):
            if total is not None and total is not draft and matching.can_be_part(draft, total):
                draft.part_of = total
                if draft.status == "actual" and total.status != "actual":
                    draft.status = total.status
            draft.total = total
        elif draft.of is not None and draft.status == "actual":
            draft.status = draft.of.status
        aside = (draft.rule == "plan_value" and draft.named is not None) or (
            draft.rule == "other_time" and draft.in_bracket
        )
        if self.part_estimated and draft.status == "actual":
            draft.status = "estimate"
        if draft.kind in ("level", "ratio_count") and not aside:
            if self.open_plan and left.subject is None and draft.is_measured:
                carried.measured.append(draft)  # "so với kế hoạch đạt 57%, tương ứng 218 tỷ"
            self.open_plan = False
            if not self._receives(draft, left, last):
                carried.chain = draft
            carried.rate = draft if draft.unit in PERCENT else None
            carried.levels.append(draft)
            if len(carried.levels) > 60:
                del carried.levels[:30]
        elif draft.rule in ("speed_of_growth", "average_growth"):
            carried.chain = carried.rate = draft
        elif draft.kind == "share" and draft.of is None and draft.rule != "plan_value":
            carried.chain = carried.rate = draft
            carried.levels.append(draft)
        elif draft.rule == "open" and draft.of is None:
            carried.chain = carried.rate = draft
            carried.levels.append(draft)
        elif draft.kind in ("share", "plan_attainment") or draft.rule == "open":
            carried.rate = draft
        if draft.kind in ("plan_attainment", "plan_excess"):
            draft.base = "plan"
            self.open_plan = draft.of is None
            if draft.of is not None and draft.of.is_measured:
                carried.measured.append(draft.of)
                if len(carried.measured) > 40:
                    del carried.measured[:20]
        self.last = draft

    def _receives(self, draft: Draft, left: Left, last: Draft | None) -> bool:
        """Tell whether a count says who gets an amount: "24 tỷ đồng cho 6.042 hộ và 118 nhóm"."""
        if last is None or last not in self.drafts[:-1] or draft.unit not in PEOPLE:
            return False
        start = draft.figure.start
        given = last.is_money and self.folded[max(0, start - 5) : start].endswith("cho ")
        again = last in self.receivers and left.boundary == "and" and left.subject is None
        if given or again:
            self.receivers.append(draft)
        return given or again

    def _share_bases(self, first: Draft, second: Draft, left: Left, right: Right) -> None:
        """Give each of two percents its own base: "bằng 98% và 105% so với kế hoạch và cùng kỳ"."""
        alike = first.unit == second.unit and left.boundary in ("and", ",")
        if not alike or left.subject is not None or first.base_span is not None:
            return
        chain = self.carried.chain
        of = first.of or (chain if chain is not None and chain.kind == "level" else None)
        for draft, base in ((first, right.base), (second, right.second_base)):
            self._rebase(draft, base, first.verb, of)

    def _take_group(self, draft: Draft, left: Left, last: Draft | None) -> None:
        """Assign "lần lượt", "tương ứng" by position to the list they mirror."""
        self.group.append(draft)
        self.group_left -= 1
        years, listed_at = matching.years_listed(self.folded, self.group[0].figure.start)
        if len(years) == len(self.group) + self.group_left > 1:
            draft.period = years[len(self.group) - 1]
            opens = max(self.folded.rfind(mark, self.start, listed_at) for mark in ",;:.") + 1
            draft.subject = (max(opens, self.start), listed_at)
            if self.group_left == 0:
                self.group = []
            return
        if len(self.group) > 1:
            head = self.group[0]
            turned = {left.verb, head.verb} == {"up", "down"}
            draft.kind, draft.inherits = head.kind, head.inherits
            draft.base = draft.base or (None if head.base_inherited else head.base)
            draft.status, draft.period = head.status, head.period
            if not turned:
                draft.rule, draft.verb = head.rule, head.verb
                draft.value = -draft.value if head.value < 0 < draft.value else draft.value
        else:
            matching.mirror(self.group, self.group_left + 1, self.carried.levels, left)
        if self.group_left == 0:
            matching.close_group(self.group, self.carried.levels, self.folded)
            self.group = []
