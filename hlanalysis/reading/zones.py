"""What stands before and after a figure, up to its neighbours: verb, base, subject, status."""

from __future__ import annotations

import re

from hlanalysis.reading.items import Item
from hlanalysis.reading.periods_in_text import read_when

VERBS = frozenset("up down exceed short reach share times tolevel".split())
BOUNDARIES = frozenset((",", ";", ":", "(", ")", "and", "but", "with", "part"))
_STOPS_RIGHT = BOUNDARIES | VERBS | {"end", "fig", "equiv", "speed", "est", "rate", "resp"}
_has_words = re.compile("[a-z]").search
_CONTEXT = frozenset(("(", ")", ";", ":", "part"))
_MODIFIERS = {"over": "over", "under": "under", "about": "about", "atleast": "at_least"}
_QUIET = frozenset("fill noise bracket skip mean from to otherbase aspect orabove".split())
# "trâu, bò", "nông, lâm, thủy sản": longer stretches before a comma are clauses of their own.
_LONGEST_LIST_MEMBER = 28
_LONGEST_BRACKET = 40  # items
_NAMED_ALWAYS = frozenset("ty le|ti le|ty le dat|ti le dat|ty le la".split("|"))


class Left:
    """What stands between the previous figure and this one.

    Defaults are those of the class: one is made for each figure, and most stay as they are.
    """

    verb: str = "none"
    verb_word: str = ""
    verb_near: bool = True
    speed: int = 0
    mean: bool = False
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
    base_span: tuple[int, int] | None = None
    plan_named: bool = False
    other_time: str | None = None
    when: str | None = None
    from_: bool = False
    opened: int = 0
    closed: int = 0
    boundary: str | None = None
    semicolon: bool = False
    new_subject: bool = False
    subject: tuple[int, int] | None = None
    to: bool = False
    be: bool = False
    assigned: bool = False
    plan_gap: bool = False
    orabove: bool = False
    have: bool = False
    topic: tuple[int, int] | None = None
    context: bool = False


class Right:
    """What stands after a figure and belongs to it."""

    base: str | None = None
    base_span: tuple[int, int] | None = None
    when: str | None = None
    or_above: bool = False
    aspect: tuple[int, int] | None = None
    noun_follows: bool = False
    noun: tuple[int, int] | None = None
    verb_follows: bool = False
    next_item: int = 0
    position: int = 0


def look_left(
    items: list[Item], low: int, high: int, position: int, folded: str, first: bool,
    year: int | None, period: str | None,
) -> Left:
    """Read ``items[low:high]``, which stand before the figure ``items[high]``.

    `position` is where the zone starts in the text; `first` tells that no figure stands before.
    """
    left = Left()
    tail = not first
    versus = False
    plan_at = rate_start = -1
    plan_span = (0, 0)
    gap_after_plan = False
    subject_start = subject_end = -1
    loose: tuple[int, int] | None = None
    after_verb_gap = False
    adjacent_from = False
    for index in range(low, high + 1):
        kind, start, end, payload = items[index]
        if start - position > 1 and _has_words(folded, position, start):
            if versus and left.base is None:
                left.base = "other"
                versus = False
            if left.bare_rate:
                left.bare_rate, left.rate = False, True
                subject_start = rate_start if subject_start < 0 else subject_start
            if left.verb == "none":
                if subject_start < 0:
                    subject_start = position
                subject_end = start
                if first:
                    left.topic = (subject_start, subject_end)
            else:
                after_verb_gap = True
            gap_after_plan = True
            left.modifier = None
            adjacent_from = False
        if index == high:
            break
        position = end
        if kind in BOUNDARIES:
            left.context = left.context or kind in _CONTEXT
            if kind == "(":
                left.opened += 1
            elif kind == ")":
                left.closed += 1
            elif kind == ";":
                left.semicolon = True
            if kind == "part":
                left.part = True
            if kind == ":" and left.part:
                left.part_colon = True
            if not (kind == "and" and left.verb != "none" and not after_verb_gap):
                short = 0 <= subject_start and subject_end - subject_start <= _LONGEST_LIST_MEMBER
                if short and not tail and kind in (",", "and") and left.verb == "none":
                    loose = (subject_start if loose is None else loose[0], subject_end)
                elif kind != ",":
                    loose = None
                if kind == ":" and plan_at >= 0 and items[plan_at][3].startswith("muc tieu"):
                    left.target = left.context = True
                left.verb, left.verb_word = "none", ""
                after_verb_gap = False
                subject_start = subject_end = -1
                if not (kind in (",", "and") and left.rate):
                    left.rate = left.bare_rate = False
            plan_at = -1
            left.be = left.assigned = False
            left.other_time = None
            left.equiv = False
            tail = False
            left.boundary = kind
            left.modifier = None
            adjacent_from = False
        elif kind in VERBS:
            if kind == "tolevel" and payload == "con" and left.boundary is None and tail:
                tail = False
            if not (kind == "reach" and left.verb in ("exceed",)):
                left.verb, left.verb_word = kind, payload
            if payload.endswith(" hon"):
                versus, base_start = True, end
            after_verb_gap = False
            left.modifier = None
            adjacent_from = False
        elif kind in _MODIFIERS:
            left.modifier, left.modifier_word = _MODIFIERS[kind], payload
        elif kind == "from":
            adjacent_from = True
        elif kind == "versus":
            versus = True
            base_start = end
        elif kind == "plan":
            if versus:
                left.base, left.base_span, versus = "plan", (start, end), False
            else:
                plan_at, plan_span, gap_after_plan = index, (start, end), False
        elif kind == "basep":
            if versus or left.verb in ("up", "down", "times"):
                left.base, versus = _period_base(payload, period), False
                left.base_span = (start, end)
            elif left.base is None:
                left.other_time = payload
        elif kind == "when":
            when = read_when(payload, year, period)
            if versus:
                left.base, versus = when.base(period) or "other", False
                left.base_span = (start, end)
            elif left.base_span and start - left.base_span[1] <= 1:
                left.base_span = (left.base_span[0], end)
            else:
                left.when, left.context = payload, True
        elif kind == "otherbase":
            if versus or left.verb in ("up", "down"):
                left.base, versus = "other", False
        elif payload == "tang truong" and subject_start < 0 and not tail and not first:
            left.verb, left.verb_word, after_verb_gap = "up", payload, False
        elif kind == "speed" or kind == "speeddown":
            left.speed = 1 if kind == "speed" else -1
            if subject_start < 0:
                subject_start = start
            subject_end = end
        elif kind == "mean":
            left.mean = True
            if left.verb == "none":
                if subject_start < 0:
                    subject_start = start
                subject_end = end
        elif kind == "rate":
            if payload in _NAMED_ALWAYS:
                left.bare_rate, rate_start = True, start
            else:
                left.rate = True
                subject_start = start if subject_start < 0 else subject_start
                subject_end = end
                after_verb_gap = left.verb != "none"
        elif kind == "bracket" and plan_at == index - 1 and "%" in folded[start:end]:
            left.base, left.base_span, plan_at = "plan", plan_span, -1
        elif kind in ("noise", "skip", "bracket"):
            if left.verb == "none" and kind != "bracket":
                subject_start = start if subject_start < 0 else subject_start
                subject_end = end
            if left.bare_rate and kind != "bracket":
                left.bare_rate, left.rate = False, True
                subject_start = min(subject_start, rate_start)
            adjacent_from = False
        elif kind == "/":
            if items[index + 1][0] == "plan":
                left.boundary, tail = "/", False
        elif kind not in _QUIET:
            setattr(left, kind, True)
            left.context = True
    left.verb_near = not after_verb_gap
    left.have = high > low and items[high - 1][3] == "co" and position + 1 >= items[high][1]
    left.from_ = adjacent_from
    if plan_at >= 0:
        if left.verb in ("exceed", "up", "down", "short") and left.base is None:
            left.base, left.base_span = "plan", plan_span
        elif left.verb == "reach" and not gap_after_plan and left.base is None:
            left.base, left.base_span = "plan", plan_span
            left.plan_named = True
        else:
            left.plan_named = True
        left.plan_gap = gap_after_plan and not (left.be or left.assigned)
    if loose is not None and subject_start >= 0 and loose[0] < subject_start:
        subject_start = loose[0]
    if subject_start >= 0:
        left.subject = (subject_start, subject_end)
        left.new_subject = not tail
    if after_verb_gap and left.verb in ("up", "down") and not tail:
        left.new_subject = True
    return left




def _period_base(payload: str, period: str | None) -> str:
    if payload == "start_of_term" and period and len(period) == 9:
        first, last = int(period[:4]), int(period[5:])
        return f"year:{first if last - first == 5 else first - 1}"
    if payload not in ("previous_term", "start_of_term"):
        return payload
    if period and len(period) == 9:
        first, last = int(period[:4]), int(period[5:])
        length = last - first
        return f"period:{first - length - 1}-{first - 1}" if length == 4 else (
            f"period:{first - length}-{first}"
        )
    return "other"


def look_right(
    items: list[Item], index: int, position: int, folded: str, relative: bool, verb: str,
    percent: bool, year: int | None, period: str | None,
) -> Right:
    """Read what follows the figure ``items[index]`` and belongs to it."""
    right = Right()
    right.next_item, right.position = index + 1, position
    kind, start, _, _ = items[index + 1]
    if not relative and kind in _STOPS_RIGHT:
        return right
    versus = False
    gap = False
    cursor = index + 1
    base_start = position
    count = len(items)
    while cursor < count:
        kind, start, end, payload = items[cursor]
        if start - position > 1 and _has_words(folded, position, start):
            if cursor == index + 1:
                right.noun_follows = True
                right.noun = (position, start)
            gap = True
        if kind == "(" and right.base is None and not versus:
            cursor = _after_bracket(items, cursor, right, relative, period, year)
            break
        if kind == ")" and relative and cursor + 1 < count and right.base is None:
            if items[cursor + 1][0] == "versus" or items[cursor + 1][0] == "basep":
                cursor += 1
                position = end
                continue
        if kind in _STOPS_RIGHT:
            right.verb_follows = cursor == index + 1 and kind == "reach"
            break
        if kind == "skip":
            gap = True
        elif kind == "orabove":
            right.or_above = right.or_above or not gap
        elif kind == "aspect" and relative:
            right.aspect = (end, _segment_end(items, cursor + 1, len(folded)))
        elif kind == "versus" and relative:
            versus, base_start, gap = True, end, False
        elif kind == "plan" and relative:
            if right.base is None and (versus or (percent and not gap)):
                if cursor + 1 < count and items[cursor + 1][0] == "fig" and (
                    items[cursor + 1][1] - end <= 1
                ):
                    if items[cursor - 1][0] != "/":
                        right.base, right.base_span = "plan", (start, end)
                    break
                right.base, right.base_span = "plan", (start, end)
        elif kind == "basep" and relative:
            if right.base is None and (versus or not gap):
                right.base = _period_base(payload, period)
                right.base_span = (base_start if versus else start, end)
        elif kind == "otherbase" and versus:
            right.base = right.base or "other"
        elif kind == "when":
            if right.base is None and versus:
                right.base = read_when(payload, year, period).base(period) or "other"
                right.base_span = (start, end)
            elif right.base is None and relative and not gap and (
                verb == "times" or (verb == "reach" and percent)
            ):
                right.base = read_when(payload, year, period).base(period)
                right.base_span = (start, end)
            elif not gap and right.base is None:
                right.when = payload
            if right.base == "same_period_last_year" and right.base_span:
                right.base_span = (right.base_span[0], end)
        elif kind == "/" and cursor + 1 < count and items[cursor + 1][0] == "plan":
            pass
        position = end
        cursor += 1
    if versus and right.base is None:
        right.base = "other"
    if right.base is not None or right.when or right.aspect or right.or_above:
        right.next_item, right.position = cursor, position
        if right.base_span and right.base == "plan":
            stop = items[cursor][1] if cursor < count else None
            right.base_span = (right.base_span[0], stop if stop is not None else -1)
    return right


def _after_bracket(
    items: list[Item], cursor: int, right: Right, relative: bool, period: str | None,
    year: int | None,
) -> int:
    """Look behind a bracket: "giảm 2,1% (giảm 34 tấn) so cùng kỳ" gives both one base."""
    close = cursor + 1
    while close < min(len(items), cursor + _LONGEST_BRACKET) and items[close][0] != ")":
        close += 1
    follow = close + 1
    if close == len(items) or items[close][0] != ")":
        return cursor
    if relative and follow < len(items) and items[follow][1] - items[close][2] <= 1:
        if items[follow][0] == "versus" and follow + 1 < len(items):
            follow += 1
        kind, start, end, payload = items[follow]
        if kind == "basep":
            right.base, right.base_span = _period_base(payload, period), (start, end)
        elif kind == "plan":
            right.base, right.base_span = "plan", (start, end)
        elif kind == "when" and items[follow - 1][0] == "versus":
            right.base = read_when(payload, year, period).base(period)
            right.base_span = (start, end)
    return cursor


def _segment_end(items: list[Item], cursor: int, limit: int) -> int:
    while cursor < len(items):
        if items[cursor][0] in _STOPS_RIGHT or items[cursor][0] == "versus":
            return items[cursor][1]
        cursor += 1
    return limit
