"""What stands before a figure, back to the one before it: verb, base, subject, status, modifier.

The items of the zone are taken in order; each kind has one small handler. A boundary (a comma,
"và", a bracket) closes the clause: the verb and the subject before it are forgotten, the base and
what the sentence announced ("tỷ lệ", "tốc độ tăng") are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hlanalysis.reading.items import Item
from hlanalysis.reading.periods_in_text import base_of_words, period_ahead, read_when

Span = tuple[int, int]
VERBS = frozenset("up down exceed short reach share times tolevel".split())
BOUNDARIES = frozenset((",", ";", ":", "(", ")", "and", "but", "with", "part"))
_CONTEXT = frozenset(("(", ")", ";", ":", "part"))
_MODIFIERS = {"over": "over", "under": "under", "about": "about", "atleast": "at_least"}
# "trâu, bò", "nông, lâm, thủy sản": longer stretches before a comma are clauses of their own.
_LONGEST_LIST_MEMBER = 28
_BARE_RATES = frozenset("ty le|ti le|ty le dat|ti le dat|ty le la".split("|"))
_has_words = re.compile("[a-z]").search
# Who sets plans: "chỉ tiêu Quốc hội đề ra", "dự toán Bộ Tài chính giao".
_names_an_owner = re.compile(
    " *(?:hdnd|hoi dong nhan dan|ubnd|uy ban|bo|tinh|huyen|thi xa|thanh pho|tp|quan|xa|phuong|tw"
    "|trung uong|quoc hoi|chinh phu|dai hoi|dang bo|cap tren|nganh|so|cuc|tong cuc|bhxh|thu tuong"
    "|thanh uy|tinh uy|huyen uy|thi uy|dia phuong|ca)(?![a-z])"
).match


class Left:
    """What stands between the previous figure and this one.

    Defaults are those of the class: one is made for each figure, and most stay as they are.
    Those that start with an underscore serve only while the zone is read.
    """

    verb: str = "none"
    verb_word: str = ""
    verb_near: bool = True
    speed: int = 0
    mean: bool = False
    mean_near: bool = False
    avg: bool = False
    rate: bool = False
    bare_rate: bool = False
    struct: bool = False
    contrib: bool = False
    est: bool = False
    target: bool = False
    part: bool = False
    part_colon: bool = False
    resp: bool = False
    equiv: bool = False
    modifier: str | None = None
    modifier_word: str = ""
    base: str | None = None
    base_span: Span | None = None
    plan_named: bool = False
    plan_gap: bool = False
    other_time: str | None = None
    when: str | None = None
    from_: bool = False
    opened: int = 0
    closed: int = 0
    boundary: str | None = None
    semicolon: bool = False
    new_subject: bool = False
    subject: Span | None = None
    topic: Span | None = None
    be: bool = False
    assigned: bool = False
    have: bool = False
    given: bool = False
    context: bool = False
    aim_line: bool = False
    aim_period: str | None = None
    plan_colon: bool = False

    _tail: bool = False
    _tail_base: bool = False
    _versus: bool = False
    _plan_at: int = -1
    _verb_at: int = -1
    _plan_span: Span = (0, 0)
    _gap_after_plan: bool = False
    _gap_after_verb: bool = False
    _rate_start: int = -1
    _subject_start: int = -1
    _subject_end: int = -1
    _loose: Span | None = None
    _dated: bool = False
    _before_comma: Span | None = None
    _mean_span: Span | None = None
    _year: int | None = None
    _period: str | None = None

    # -- words that are no cue -----------------------------------------------------------------

    def gap(self, start: int, end: int, first: bool, folded: str) -> None:
        """Take words that no rule knows: they name something."""
        if self._versus and self.base is None:
            self.base, self._versus = "other", False
        if self.base == "plan" and self.base_span and start - self.base_span[1] <= 1:
            if _names_an_owner(folded, start):  # "so dự toán HĐND thị xã giao mới đạt 71%"
                self.base_span = (self.base_span[0], end)
                return
        if self._plan_at >= 0 and start - self._plan_span[1] <= 1:
            if _names_an_owner(folded, start):  # "(mục tiêu Đại hội 12%)"
                self._plan_span = (self._plan_span[0], end)
                return
        if self.bare_rate:
            self.bare_rate, self.rate = False, True
            self._open_subject(self._rate_start)
            self._subject_end = end
        if self.verb == "none":
            self._open_subject(start)
            self._subject_end = end
            if first:
                self.topic = (self._subject_start, end)
        else:
            self._gap_after_verb = True
        self._gap_after_plan = True
        self.modifier = None
        self.from_ = False

    def _open_subject(self, start: int) -> None:
        if self._subject_start < 0:
            self._subject_start = start

    def _name(self, start: int, end: int) -> None:
        self._open_subject(start)
        self._subject_end = end

    # -- one handler a kind --------------------------------------------------------------------

    def on_boundary(self, item: Item, items: list[Item], index: int) -> None:
        """Close the clause."""
        kind = item[0]
        if kind in _CONTEXT:
            self._note_boundary(kind)
        if kind != "and" or self.verb == "none" or self._gap_after_verb:
            self._close_subject(kind, items)
            self.verb, self.verb_word, self._gap_after_verb = "none", "", False
            self._subject_start = self._subject_end = -1
            if not (self.rate and kind in (",", "and")):
                self.rate = self.bare_rate = False
        self._plan_at = -1
        self.be = self.assigned = self.equiv = self.from_ = self._tail = False
        self.modifier = None
        if kind != ":":
            self.other_time = None  # "(kỳ trước: 84,12 điểm)" is still of that time
        self.boundary = kind

    def _note_boundary(self, kind: str) -> None:
        self.context = True
        if kind == "(":
            self.opened += 1
        elif kind == ")":
            self.closed += 1
        elif kind == ";":
            self.semicolon = True
        elif kind == "part":
            self.part = True
        elif self.part:
            self.part_colon = True

    def _close_subject(self, kind: str, items: list[Item]) -> None:
        length = self._subject_end - self._subject_start
        if kind == "," and self.semicolon and self._subject_start >= 0 and self.verb == "none":
            self._before_comma = (self._subject_start, self._subject_end)
        short = self._subject_start >= 0 and length <= _LONGEST_LIST_MEMBER
        listed = kind in (",", "and") and self.verb == "none" and not self._dated
        self._dated = False
        if short and not self._tail and listed:
            start = self._subject_start if self._loose is None else self._loose[0]
            self._loose = (start, self._subject_end)
        elif kind != ",":
            self._loose = None
        if kind == ":" and self._plan_at >= 0:
            plan = items[self._plan_at][3]
            self.plan_colon = plan.startswith(("kh", "ke hoach", "du toan", "dt"))
            self.target = self.target or plan.startswith("muc tieu")
        if kind == ":" and self.aim_period is not None:
            self.target = True  # "Phương hướng năm 2025: ..." in a report on 2024
        self.aim_line = self.aim_line or (kind == ":" and self.target)

    def on_verb(self, item: Item, items: list[Item], index: int) -> None:
        """Take a verb; the last one before the figure governs it."""
        kind, _, _, word = item
        if word == "con" and kind == "tolevel" and self.boundary is None:
            self._tail = False  # "còn" opens a clause of its own
        if not (kind == "reach" and self.verb == "exceed"):
            self.verb, self.verb_word = kind, word
        self._verb_at = index
        if word.endswith(" hon"):
            self._versus = True  # "cao hơn năm 2023": what follows is a base
        self._gap_after_verb = self.from_ = self.mean_near = False
        self.modifier = None

    def on_modifier(self, item: Item, items: list[Item], index: int) -> None:
        """Take "hơn", "gần", "khoảng": it counts only right before the figure."""
        self.modifier, self.modifier_word = _MODIFIERS[item[0]], item[3]

    def on_from(self, item: Item, items: list[Item], index: int) -> None:
        """Take "từ"."""
        self.from_ = True

    def on_versus(self, item: Item, items: list[Item], index: int) -> None:
        """Take "so với": a base follows."""
        self._versus = True

    def on_plan(self, item: Item, items: list[Item], index: int) -> None:
        """Take a plan: a base after "so với", else perhaps the subject."""
        if self._versus:
            self._set_base("plan", item)
        else:
            self._plan_at, self._plan_span = index, (item[1], item[2])
            self._gap_after_plan = False

    def on_basep(self, item: Item, items: list[Item], index: int) -> None:
        """Take "cùng kỳ", "năm trước": a base after "so với" or a change, else another time."""
        if self._versus or self.verb in ("up", "down", "times"):
            self._set_base(base_of_words(item[3], self._period), item)
        elif self.base is None:
            self.other_time = item[3]

    def on_when(self, item: Item, items: list[Item], index: int) -> None:
        """Take a time expression: a base after "so với", else the figure's own period."""
        _, start, end, phrase = item
        if self._versus:
            base = read_when(phrase, self._year, self._period).base(self._period)
            self._set_base(base or "other", item)
        elif self.base_span and start - self.base_span[1] <= 1:
            self.base_span = (self.base_span[0], end)
        else:
            self.when, self.context, self._dated = phrase, True, True
            self.aim_period = period_ahead(phrase, self._year, self._period) or self.aim_period
            if self._plan_at >= 0 and self._plan_at == index - 1:
                self._note_aim(items[index - 1][3], phrase)

    def _note_aim(self, plan: str, phrase: str) -> None:
        """Read "Mục tiêu năm 2025", "Kế hoạch năm 2026": what follows are no results."""
        period = read_when(phrase, self._year, self._period).period
        ahead = period and self._year and int(period[-4:] if len(period) == 9 else period[:4])
        if plan.startswith("muc tieu") or (ahead and self._year and ahead > self._year):
            self.target = True

    def on_otherbase(self, item: Item, items: list[Item], index: int) -> None:
        """Take a base that is neither plan nor period ("bình quân chung của tỉnh")."""
        if self._versus or self.verb in ("up", "down"):
            self.base, self._versus = "other", False

    def _set_base(self, base: str, item: Item) -> None:
        self.base, self.base_span, self._versus = base, (item[1], item[2]), False

    def on_speed(self, item: Item, items: list[Item], index: int) -> None:
        """Take "tốc độ tăng"; a bare "tăng trưởng" in a later clause is a verb."""
        bare = item[3] == "tang truong" and self._subject_start < 0
        if bare and not self._tail and self.boundary is not None:
            self.verb, self.verb_word, self._gap_after_verb = "up", item[3], False
            return
        self.speed = 1 if item[0] == "speed" else -1
        self._name(item[1], item[2])

    def on_mean(self, item: Item, items: list[Item], index: int) -> None:
        """Take "bình quân"."""
        self._mean_span = (item[1], item[2])
        self.mean, self.mean_near = True, self.verb != "none" and not self._gap_after_verb
        if self.verb == "none":
            self._name(item[1], item[2])

    def on_rate(self, item: Item, items: list[Item], index: int) -> None:
        """Take "tỷ lệ", which names a rate only with words behind it, or "công suất"."""
        if item[3] in _BARE_RATES:
            self.bare_rate, self._rate_start = True, item[1]
        else:
            self.rate = True
            self._name(item[1], item[2])
            self._gap_after_verb = self.verb != "none"

    def on_name(self, item: Item, items: list[Item], index: int) -> None:
        """Take a word or number that belongs to a name ("đô thị loại III", "đạt chuẩn")."""
        self.modifier, self.modifier_word = None, ""  # "trẻ em dưới 1 tuổi 12,5‰"
        if self.verb == "none":
            self._name(item[1], item[2])
        elif self.verb == "short":
            self._gap_after_verb = True  # "hụt thu tiền sử dụng đất 12,5 tỷ đồng"
        if self.bare_rate:
            self.bare_rate, self.rate = False, True
            if self._subject_start >= 0:
                self._subject_start = min(self._subject_start, self._rate_start)
        self.from_ = False

    def on_bracket(self, item: Item, items: list[Item], index: int) -> None:
        """Take a bracket without figures; "KH (%)" makes the plan a base."""
        if self._plan_at >= 0 and self._plan_at == index - 1 and item[3]:
            self.base, self.base_span, self._plan_at = "plan", self._plan_span, -1
        self.from_ = False

    def on_slash(self, item: Item, items: list[Item], index: int) -> None:
        """Take the slash of "47 triệu/KH 46 triệu"."""
        if items[index + 1][0] == "plan":
            self.boundary, self._tail = "/", False

    def on_flag(self, item: Item, items: list[Item], index: int) -> None:
        """Note a word that only has to be there (ước, trong đó, lần lượt, cơ cấu)."""
        if item[0] == "est" and self._versus:
            return  # "so với ước thực hiện năm 2024": the base is an estimate
        if (
            item[3] in ("duoc giao", "duoc phan bo")
            and self._plan_at < 0
            and not self._versus
            and self.base is None
        ):
            self.given = True  # "huyện được giao tuyển 168 công dân": what is to be done
        setattr(self, item[0], True)
        self.context = True

    def ignore(self, item: Item, items: list[Item], index: int) -> None:
        """Pass over words without a meaning of their own."""

    # -- the end -------------------------------------------------------------------------------

    def close(self) -> None:
        """Settle what depends on the whole zone."""
        self.verb_near = not self._gap_after_verb
        if self._plan_at >= 0:
            self._close_plan()
        if self._subject_start >= 0:
            if self._loose is not None and self._loose[0] < self._subject_start:
                self._subject_start = self._loose[0]
            self.subject = (self._subject_start, self._subject_end)
            # "..., bình quân tăng 12%/năm" goes on from what was said.
            self.new_subject = not self._tail and self.subject != self._mean_span
        changes = ("up", "down", "short")
        if self._gap_after_verb and self.verb in changes and not self._tail:
            self.new_subject = True
        if self._tail_base and self.subject is not None and self.base_span:
            stated = self.verb in ("none", "reach", "tolevel", "share")
            if stated and self.base_span[1] < self.subject[0] and self.base != "plan":
                self.base = self.base_span = None  # "..., so với năm 2023, tỷ lệ tổn thất còn 4%"
        if self.subject is None and self._before_comma and self.verb in ("exceed", "short"):
            # "; đáng kể nhất là thuế bảo vệ môi trường, hụt 18,3%"
            self.subject, self.new_subject = self._before_comma, True

    def _close_plan(self) -> None:
        """Read a plan without "so với": "vượt kế hoạch 5%", "đạt kế hoạch 98%", or a subject."""
        # "vượt kế hoạch 5%" passes it; "kế hoạch giảm 5,5%" says what it is.
        governed = self.verb in ("exceed", "up", "down", "short") and self._verb_at < self._plan_at
        reached = self.verb == "reach" and not self._gap_after_plan
        if self.base is None and (governed or reached):
            self.base, self.base_span = "plan", self._plan_span
        if not governed:
            self.plan_named = True
        self.plan_gap = self._gap_after_plan and not (self.be or self.assigned)


_Handler = Callable[[Left, Item, list[Item], int], None]
_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys(BOUNDARIES, Left.on_boundary),
    **dict.fromkeys(VERBS, Left.on_verb),
    **dict.fromkeys(_MODIFIERS, Left.on_modifier),
    **dict.fromkeys(("speed", "speeddown"), Left.on_speed),
    **dict.fromkeys(("noise", "skip"), Left.on_name),
    **dict.fromkeys(("fill", "to", "aspect", "orabove", "end"), Left.ignore),
    "from": Left.on_from,
    "versus": Left.on_versus,
    "plan": Left.on_plan,
    "basep": Left.on_basep,
    "when": Left.on_when,
    "otherbase": Left.on_otherbase,
    "mean": Left.on_mean,
    "rate": Left.on_rate,
    "bracket": Left.on_bracket,
    "/": Left.on_slash,
    **dict.fromkeys(
        ("est", "target", "resp", "equiv", "avg", "struct", "contrib", "be", "assigned"),
        Left.on_flag,
    ),
}


def look_left(
    items: list[Item],
    low: int,
    high: int,
    position: int,
    folded: str,
    first: bool,
    year: int | None,
    period: str | None,
) -> Left:
    """Read ``items[low:high]``, which stand before the figure ``items[high]``.

    Parameters
    ----------
    position : int
        Where the zone starts in the text.
    first : bool
        No figure of the sentence stands before.
    year, period : int or None, str or None
        The document's, for time expressions that name no year.
    """
    left = Left()
    left._year, left._period = year, period
    if not first:
        left._tail = left._tail_base = True
    item: Any = None
    for index in range(low, high):
        item = items[index]
        if item[1] - position > 1 and _has_words(folded, position, item[1]):
            left.gap(position, item[1], first, folded)
        _HANDLERS[item[0]](left, item, items, index)
        position = item[2]
    start = items[high][1]
    if start - position > 1 and _has_words(folded, position, start):
        left.gap(position, start, first, folded)
    elif item is not None and item[3] == "co":
        left.have = True
    left.close()
    return left
