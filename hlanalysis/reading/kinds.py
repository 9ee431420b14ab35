"""The kind of a figure: from its verb and base to what it states.

The verb and the family of the base decide by ``rules/relations.toml``; a percent that names no
base stays open and is decided by what it restates (a count, an amount, a total), or by
``elision.py`` from the rest of the sentence.
"""

from __future__ import annotations

from hlanalysis.reading import matching
from hlanalysis.reading.asides import period_of_base, relations
from hlanalysis.reading.drafts import Carried, Draft, opposite
from hlanalysis.reading.figures import MONEY, PEOPLE, PERCENT, Figure
from hlanalysis.reading.items import Item
from hlanalysis.reading.left import Left
from hlanalysis.reading.percents import PercentRules
from hlanalysis.reading.periods_in_text import When, read_when
from hlanalysis.reading.right import Right
from hlanalysis.reading.statements import Unread


class KindRules(PercentRules):
    """Decides kinds; `SentenceReader` adds the walk over the sentence.

    Parameters
    ----------
    items : list of Item
        Of one sentence.
    text, folded : str
        The whole text and its folded form.
    carried : Carried
        What the sentences before handed on.
    """

    def __init__(self, items: list[Item], text: str, folded: str, carried: Carried) -> None:
        self.items, self.text, self.folded, self.carried = items, text, folded, carried
        self.drafts: list[Draft] = []
        self.unread: list[Unread] = []
        self.period: str | None = carried.period
        self.as_of: str | None = None
        self.target = self.estimated = False
        self.outer: list[Draft | None] = []
        self.group: list[Draft] = []
        self.group_left = 0
        self.last: Draft | None = None
        self.sentence_struct = False
        self.table_line = self.plan_colon = False

    def _decide(
        self, figure: Figure, unit: str, left: Left, right: Right, index: int
    ) -> Draft | None:
        draft = Draft(figure, unit, left)
        draft.modifier = "at_least" if right.or_above else left.modifier
        draft.aspect = right.aspect
        draft.in_bracket = bool(self.outer)
        if left.est or self.target or self.estimated:
            self._take_status(draft, left)
        elif left.given and left.verb == "none":
            draft.status = "target"
        elif left.when and left.boundary == "," and self._continues_estimate(unit, left):
            draft.status = "estimate"
        elif draft.in_bracket and left.verb == "none":
            whole = self.outer[-1]  # "được giao 148 triệu đồng (vốn đầu tư 86 triệu đồng, ...)"
            if whole is not None and whole.status == "target" and whole.unit == unit:
                draft.status = "target"
        draft.period, draft.as_of = self.period, self.as_of
        if right.when or left.opened:
            self._take_period(draft, left, right)
        if figure.of_total is not None:
            return self._ratio(draft, left)
        if left.resp:
            self._starts_group(index)
        base = right.base if right.base is not None else left.base
        draft.base_span = right.base_span if right.base is not None else left.base_span
        if base == "other":
            if unit in PERCENT and left.verb in ("up", "down") and left.base == "other":
                self._leave(figure, "a gap to something that is no period and no plan")
                return None
            draft.base, base = None, "other"
        else:
            draft.base = base
        headed = left.plan_colon and left.boundary == ":" and left.subject is None
        named = left.plan_named and self._is_plan_value(draft, left, right)
        if (
            figure.planned
            or named
            or (headed and left.verb == "none")
            or (left.boundary == "(" and self._is_bracketed_plan(index, left))
            or (left.base == "plan" and self._is_plan_passed(draft, left))
        ):
            return self._plan_value(draft, left)
        if draft.base is None and not right.base and self._is_other_time(draft, left, index):
            return self._other_time(draft, left)
        if unit in PERCENT or unit == "times":
            return self._rate(draft, left, right, base)
        return self._amount(draft, left, right, base)

    def _take_status(self, draft: Draft, left: Left) -> None:
        if left.est or self.estimated:
            draft.status = "estimate"
        elif self.target:
            draft.status = "target"

    def _continues_estimate(self, unit: str, left: Left) -> bool:
        """Tell "tháng 5 ước 172 tỷ đồng, 5 tháng 845 tỷ đồng": the sum is an estimate too."""
        chain = self.carried.chain
        return (
            chain is not None
            and chain.status == "estimate"
            and chain.unit == unit
            and chain in self.drafts
            and left.subject is None
            and left.verb == "none"
        )

    def _take_period(self, draft: Draft, left: Left, right: Right) -> None:
        phrase = right.when or (left.when if left.opened else None)
        if phrase:
            when = self._when(phrase)
            draft.period = when.period or draft.period
            draft.as_of = when.as_of or draft.as_of

    def _ratio(self, draft: Draft, left: Left) -> Draft | None:
        last = self.last
        if draft.in_bracket and left.boundary == "(" and left.subject is None and last is not None:
            repeated = last.value == draft.value and matching.is_incident(last, self.folded)
            if last.kind == "growth" or last.verb in ("up", "down") or repeated:
                self._leave(draft.figure, "a pair beside a change: this year and last year")
                return None
        draft.kind, draft.rule = "ratio_count", "k_of_n"
        return draft

    def _rate(self, draft: Draft, left: Left, right: Right, base: str | None) -> Draft | None:
        family = "plan" if base == "plan" else "period" if base else "none"
        verb = left.verb
        if draft.figure.sign:
            return self._signed_change(draft)
        if left.contrib and family == "none" and left.verb == "none":
            share = draft.unit == "percent"  # "đóng góp 47,2% vào tăng trưởng"
            draft.kind, draft.rule = "share" if share else "level", "contribution"
            return draft
        if draft.unit == "times":
            verb = "times"
        speed = left.speed if verb not in ("up", "down", "exceed", "share") else 0
        if self._restates_change(draft, left):
            return draft
        if (
            family != "plan"
            and self._is_average(left, draft, speed)
            and (base is None or left.avg or draft.figure.per == "year" or speed)
        ):
            return self._average(draft, left, speed)
        if speed and family != "plan":
            draft.kind, draft.rule = "growth", "speed_of_growth"
            draft.value = opposite(speed, draft.value)
            self._attach(draft, left, new=True)
            return draft
        if self._opens_a_path(draft, left, right):
            return self._from_level(draft, right)
        if (
            verb in ("up", "down")
            and left.equiv is False
            and not left.verb_near
            and (draft.unit == "percent" and left.rate and family == "none" and verb == "none")
        ):
            verb = "none"
        kind, draft.rule, sign = relations()[verb, family]
        draft.value = opposite(sign, draft.value)
        if kind == "growth" and draft.figure.high is not None:
            draft.figure.high = opposite(sign, draft.figure.high)
        draft.kind = kind
        if base == "other" and kind == "index":
            named = left.rate or left.bare_rate
            return self._settle(
                draft, "level" if named else "share", "named_rate" if named else "share_of_other"
            )
        if self.table_line and family == "none" and verb in ("none", "reach"):
            return self._settle(draft, "level", "table_line")
        if draft.kind:
            draft.inherits = draft.kind in ("growth", "index") and base is None
            self._attach(draft, left)
            return draft
        return self._open_percent(draft, left, right)

    def _opens_a_path(self, draft: Draft, left: Left, right: Right) -> bool:
        """Tell whether a figure is the A of "từ A lên B", not "từ A trở lên" nor a change."""
        if not left.from_ or draft.figure.high is not None or right.or_above:
            return False
        return right.base is None or (right.base != "plan" and not right.versus)

    def _from_level(self, draft: Draft, right: Right) -> Draft:
        """Read the first of "từ 86,2% năm học trước lên 89,7%", with the time it had then."""
        draft.kind, draft.rule, draft.base = "level", "from_level", None
        if not right.when:
            draft.period = None  # when the path began is not said
        if right.base in ("same_period_last_year", "previous_year"):
            draft.time_base = right.base
            draft.period = period_of_base(right.base, self.period)
        elif right.base is not None and right.base.startswith("year:"):
            draft.period = right.base[5:]
        return draft

    def _rebase(self, draft: Draft, base: str | None, verb: str, of: Draft | None) -> None:
        """Decide the kind of a percent again, once its own base is known."""
        kind, rule, sign = relations()[verb, "plan" if base == "plan" else "period"]
        draft.kind, draft.rule, draft.base, draft.inherits = kind, rule, base, False
        draft.of = draft.of or of
        draft.value = opposite(sign, abs(draft.value))

    def _restates_change(self, draft: Draft, left: Left) -> bool:
        """Read "tăng 190 tỷ đồng (12,5%)", "giảm 7 vụ (tỷ lệ giảm 12,7%)"."""
        last = self.last
        beside = left.equiv or (
            left.boundary == "("
            and (left.subject is None or bool(left.speed))
            and (left.verb == "none" or bool(left.speed))
        )
        if not beside or last is None or last.kind not in ("growth", "plan_excess"):
            return False
        if last.unit in PERCENT or left.other_time or left.plan_named:
            return False
        draft.kind, draft.rule = last.kind, "change_restated"
        draft.value = opposite(-1 if last.value < 0 else 1, draft.value)
        draft.of, draft.inherits = last.of, True
        draft.base = draft.base or last.base
        return True

    def _signed_change(self, draft: Draft) -> Draft:
        draft.kind, draft.rule, draft.inherits = "growth", "signed_change", draft.base is None
        draft.value = opposite(-1 if draft.figure.sign == "-" else 1, draft.value)
        last, beside = self.last, draft.in_bracket and draft.subject is None
        restates = beside and last is not None and last.kind == "growth"
        draft.of = last.of if restates and last is not None and last.of else self.carried.chain
        return draft

    def _is_average(self, left: Left, draft: Draft, speed: int) -> bool:
        if not (left.verb in ("up", "down") or speed):
            return False
        per_year = draft.figure.per == "year"
        return per_year or left.avg or (left.mean and (bool(speed) or self._mean_beside(left)))

    def _mean_beside(self, left: Left) -> bool:
        if left.mean_near:
            return True
        return left.subject is None or (left.boundary is None and left.verb_near)

    def _average(self, draft: Draft, left: Left, speed: int) -> Draft:
        draft.kind, draft.rule = "average_growth", "average_growth"
        draft.value = opposite(-1 if left.verb == "down" or speed < 0 else 1, draft.value)
        draft.base = None if draft.base == "plan" else draft.base
        term = self.carried.period or ""
        if len(term) == 9 and not left.when and draft.period in (None, term[:4], term[5:]):
            draft.period, draft.status = term, "target" if self.target else "actual"
        self._attach(draft, left, new=not self._continues_from(left))
        return draft

    def _continues_from(self, left: Left) -> bool:
        """Tell whether an average change goes on from the level that ends the same path."""
        chain = self.carried.chain
        return (
            not left.new_subject
            and left.speed == 0
            and chain is not None
            and chain in self.drafts
            and chain.kind == "level"
        )

    # -- amounts -------------------------------------------------------------------------------

    def _amount(self, draft: Draft, left: Left, right: Right, base: str | None) -> Draft:
        last = self.last
        verb = left.verb
        if draft.figure.sign:
            return self._signed_change(draft)
        if (
            (left.equiv or (left.boundary == "(" and left.resp))
            and last is not None
            and (last.kind == "growth" and last.unit in PERCENT | {"times"} and verb == "none")
        ):
            draft.kind, draft.rule, draft.inherits = "growth", "change_restated", True
            draft.value = opposite(-1 if last.value < 0 else 1, draft.value)
            draft.of, draft.base = last.of, draft.base or last.base
            return draft
        near = left.verb_near
        if verb in ("none", "tolevel") and base == "plan" and self._lacks(draft.figure):
            verb = "short"
        changed = verb in ("exceed", "short") or (
            verb in ("up", "down") and near and not (left.from_ and draft.figure.high is None)
        )
        if not changed:
            if self._opens_a_path(draft, left, right):
                self._from_level(draft, right)
            return self._level(draft, left)
        family = "plan" if base == "plan" else "period" if base else "none"
        draft.kind, draft.rule, sign = relations()[verb, family]
        if (
            draft.kind == "growth"
            and self._is_average(left, draft, 0)
            and (draft.figure.per == "year" or left.avg)
        ):
            draft.kind, draft.rule = "average_growth", "average_growth"
        draft.value = opposite(sign, draft.value)
        if draft.figure.high is not None:
            draft.figure.high = opposite(sign, draft.figure.high)
        draft.inherits = draft.kind == "growth" and base is None
        self._attach(draft, left)
        if (
            left.boundary == "("
            and left.subject is None
            and last is not None
            and (last.rule in ("growth", "decrease") and last.of is None and last.unit in PERCENT)
        ):
            return draft  # "đàn bò giảm 2,1% (giảm 34 con)" tells no level
        if draft.of is None or draft.of.unit != draft.unit or len(self.drafts) > 1:
            match = matching.level_of_change(
                draft, self.carried.levels, self.folded, left.new_subject, self.carried.chain
            )
            like = draft.of is not None and (
                draft.of.unit == draft.unit
                or {draft.of.unit, draft.unit} <= PEOPLE
                or {draft.of.unit, draft.unit} <= MONEY
            )
            draft.of = match or (draft.of if like else None)
            if match is not None and not left.new_subject and match in self.drafts:
                self.carried.chain = match  # what follows still speaks of it
        return draft

    def _lacks(self, figure: Figure) -> bool:
        """Tell "còn thiếu 1.690 người so với kế hoạch": without the plan it is a need."""
        start = figure.start
        return self.folded[max(0, start - 7) : start].rstrip().endswith("thieu")

    def _level(self, draft: Draft, left: Left) -> Draft:
        draft.kind, draft.rule = "level", draft.rule or "amount"
        last = self.last
        if left.subject is None and last is not None and (left.verb == "tolevel" or left.from_):
            draft.named = last
        if left.subject is None and not self.drafts:
            draft.subject = left.topic  # "Chỉ số PCI xếp thứ 12/63, đạt 67,89 điểm"
        chain = self.carried.chain
        if left.subject is None and left.when and chain in self.drafts and chain is not None:
            if chain.unit == draft.unit:
                draft.named = chain  # "tháng 9 đạt 456 tỷ đồng; tính chung 9 tháng 4.012 tỷ đồng"
        draft.base = draft.base_span = None
        return draft

    def _attach(self, draft: Draft, left: Left, new: bool = False) -> None:
        """Point a relative figure at the figure the sentence is still talking about."""
        carried = self.carried
        if left.new_subject or (not self.drafts and (left.subject or left.topic)):
            carried.chain = carried.rate = None
            draft.subject = draft.subject or left.topic
        if new:
            return
        chain = carried.chain
        if chain is not None and self._is_of_another_time(draft, chain, left):
            chain = None
        if chain is None and left.new_subject and draft.subject and self.drafts:
            chain = matching.level_of_subject(draft, self.drafts, self.folded)
        if draft.unit == "percentage_points" and carried.rate is not None:
            draft.of = carried.rate if carried.rate.unit in PERCENT else chain
        else:
            draft.of = chain

    def _is_of_another_time(self, draft: Draft, chain: Draft, left: Left) -> bool:
        """Tell whether a clause names months or a year of its own that no level here is of.

        "giải ngân 38,6 tỷ đồng ...; dự kiến 6 tháng đạt 45 - 50% kế hoạch".
        """
        if left.when is None or left.subject is not None or draft.kind == "growth":
            return False
        reads = self._when(left.when).reads
        return reads != "date" and draft.period is not None and draft.period != chain.period

    def _starts_group(self, index: int) -> None:
        self.group_left = matching.group_size(self.items, index)
        self.group = []

    def _when(self, phrase: str) -> When:
        return read_when(phrase, self.carried.year, self.carried.period)

    def _leave(self, figure: Figure, reason: str) -> None:
        span = (figure.start, figure.end)
        self.unread.append(Unread(span, self.text[figure.start : figure.end], reason))
