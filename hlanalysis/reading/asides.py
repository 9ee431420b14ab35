"""Figures beside the ones a sentence is about: plans ("(kế hoạch 9,5%)") and other times.

"(cùng kỳ 45 vụ)", "KH: 150; TH: 96": the same indicator, but no result of this period.
"""

from __future__ import annotations

from functools import lru_cache

from hlanalysis.reading.drafts import Carried, Draft, opposite
from hlanalysis.reading.figures import MONEY, PERCENT
from hlanalysis.reading.items import Item
from hlanalysis.reading.left import Left
from hlanalysis.reading.right import Right
from hlanalysis.reading.rules import table


@lru_cache(maxsize=1)
def relations() -> dict[tuple[str, str], tuple[str, str, int]]:
    """(verb, base family) -> (kind, name of the rule, sign)."""
    found = {}
    for rule in table("relations")["relation"]:
        for verb in rule["verbs"]:
            for base in rule["bases"]:
                found[verb, base] = (rule["kind"], rule["name"], rule.get("sign", 1))
    return found


class AsideRules:
    """Reads plan values and figures of other times; `KindRules` reads the rest."""

    items: list[Item]
    folded: str
    carried: Carried
    last: Draft | None
    target: bool

    def _is_plan_value(self, draft: Draft, left: Left, right: Right) -> bool:
        if left.base == "plan" or right.base is not None:
            return False
        if draft.unit in PERCENT and right.noun_follows:
            return False
        if left.verb in ("up", "down"):
            return left.boundary == "("  # "(kế hoạch giảm 5,5%)"
        if left.verb in ("none", "tolevel"):
            return not left.plan_gap or (draft.unit in MONEY and self._plan_is_subject(left))
        return left.verb == "reach" and left.boundary in ("(", "/", None) and bool(self.target)

    def _is_bracketed_plan(self, index: int, left: Left) -> bool:
        """Tell whether a bracket gives the plan just named: "so với chỉ tiêu (95%)"."""
        if index < 2 or left.verb != "none" or left.subject is not None:
            return False
        bracket, place = self.items[index - 1], index - 2
        while place > 0 and self.items[place][0] in ("assigned", "when", "fill"):
            place -= 1  # "so với chỉ tiêu giao (60%)", "kế hoạch cả năm (90 người)"
        before = self.items[place]
        apart = bracket[1] - self.items[index - 2][2]
        return bracket[0] == "(" and before[0] == "plan" and apart <= 1

    def _is_plan_passed(self, draft: Draft, left: Left) -> bool:
        """Tell whether a verb passes a plan whose figure follows: "vượt mục tiêu là 45%"."""
        start = draft.figure.start
        return left.verb == "exceed" and self.folded[max(0, start - 4) : start].strip() == "la"

    def _is_other_time(self, draft: Draft, left: Left, index: int) -> bool:
        """Tell whether a figure is one of another time, by its words or by those before it."""
        if left.other_time:
            return True
        last = self.last
        if last is None or not draft.in_bracket or left.subject is not None:
            return False
        if left.boundary in (",", ";"):  # "(cùng kỳ tăng 8,65%, năm 2022 tăng 7,9%)"
            return last.rule == "other_time" and left.when is not None
        # "cao hơn 0,23 điểm % so với cuối năm trước (0,88%)"
        points = draft.unit in PERCENT and last.unit == "percentage_points"
        amounts = draft.unit not in PERCENT and draft.unit == last.unit
        return (
            left.boundary == "("
            and left.verb == "none"
            and (points or amounts)
            and last.base not in (None, "plan")
            and self.items[index - 2][0] in ("basep", "when")
        )

    def _plan_is_subject(self, left: Left) -> bool:
        return left.subject is None or left.boundary == "(" or left.when is not None

    def _plan_value(self, draft: Draft, left: Left) -> Draft:
        """Read a plan's own figure: same indicator, no result."""
        draft.status, draft.rule, draft.base, draft.base_span = "target", "plan_value", None, None
        last = self.last
        draft.kind = "level"
        if draft.period == self.carried.period:
            draft.period = whole_year(draft.period)
        if last is not None and last.unit != draft.unit and last.of is not None:
            # "128 nghìn lượt khách, bằng 107,1% kế hoạch (120 nghìn lượt)"
            last = last.of if last.of.unit == draft.unit else last
        same = last is not None and (last.unit == draft.unit or draft.figure.unit is None)
        if same and last is not None and (draft.in_bracket or left.subject is None):
            draft.named = last
            if last.kind in ("growth", "share", "average_growth") and draft.unit in PERCENT:
                draft.kind = last.kind
        if draft.figure.per == "year" and draft.unit in PERCENT:
            draft.kind = "average_growth"  # "so với nghị quyết (9%/năm)"
        elif left.speed and draft.unit in PERCENT and left.verb != "exceed":
            draft.kind = "growth"
        elif left.verb in ("up", "down"):
            draft.kind = "growth"
            draft.value = opposite(-1 if left.verb == "down" else 1, draft.value)
        return draft

    def _other_time(self, draft: Draft, left: Left) -> Draft:
        """Read a figure of another time: "(năm trước tăng 6,35%)", "(cùng kỳ 45 vụ)"."""
        draft.rule = "other_time"
        kind, _, sign = relations()[left.verb, "none"]
        last = self.last
        like = last is not None and last.unit == draft.unit
        rate = last.of if last is not None and last.unit == "percentage_points" else None
        if rate is not None:
            last, like = rate, rate.unit == draft.unit
        draft.kind = kind or (last.kind if last is not None and like else "") or "level"
        if draft.kind in ("growth", "plan_excess") and left.verb == "none":
            draft.kind = "growth" if draft.unit in PERCENT else "level"
        if draft.unit not in PERCENT | {"times"} and left.verb not in ("up", "down"):
            draft.kind = "level"
        draft.value = opposite(sign, draft.value)
        draft.named, draft.status = last, "actual"
        if left.other_time in ("same_period_last_year", "previous_year"):
            draft.time_base = left.other_time
        if self.last is not None and not left.other_time and left.boundary == "(":
            draft.period = period_of_base(self.last.base, draft.period)
        elif left.other_time == "previous_term" and len(draft.period or "") < 9:
            draft.period = None  # "(kỳ trước: 84,12 điểm)" is no term: nobody says when it was
        elif left.other_time == "same_period_last_year":
            draft.period = a_year_before(self.carried.period)
        elif left.other_time == "start_of_year" and not draft.in_bracket:
            draft.period = period_of_base(left.other_time, draft.period)
        elif left.when is None:
            draft.period = a_year_before(draft.period)
        return draft


def whole_year(period: str | None) -> str | None:
    """Return the year of a part of it; years and ranges stay."""
    return period[:4] if period is not None and len(period) in (7, 8) else period


def period_of_base(base: str | None, period: str | None) -> str | None:
    """Return the time that a base stands for, seen from `period`."""
    if base is None or period is None:
        return None
    if base.startswith(("year:", "period:")):
        return base.partition(":")[2]
    if base in ("previous_year", "start_of_year"):
        return str(int(period[:4]) - 1)
    return a_year_before(period) if base == "same_period_last_year" else None


def a_year_before(period: str | None) -> str | None:
    """Return the same period a year earlier; a range of years stays."""
    if period is None or len(period) == 9:
        return period
    return f"{int(period[:4]) - 1}{period[4:]}"
