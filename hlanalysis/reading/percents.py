"""Percents that name no base: decided by what they restate, or left open for the whole sentence.

A count ("1.317 hộ, chiếm 10,11%"), an amount, a total, a group ("100% trẻ 5 tuổi"), a named rate.
"""

from __future__ import annotations

import re

from hlanalysis.reading import matching
from hlanalysis.reading.asides import AsideRules
from hlanalysis.reading.drafts import Draft
from hlanalysis.reading.elision import share_of_total
from hlanalysis.reading.figures import PEOPLE, PERCENT
from hlanalysis.reading.left import Left
from hlanalysis.reading.right import Right

_REACHES = re.compile(
    "(?<![a-z])(?:tai|o|cho|phu song|phu song toi|bao phu|bao phu toi|che phu|tiep can|trang bi)"
    r" (?:hon |gan |tren |khoang |duoc )?\Z"
)
_BY_DEADLINE = re.compile(r"(?<![a-z])(?:truoc han|dung han|qua han|tre han|tre hen) ?\Z")
# A whole that a percent is a share of, by its own name: "35,4% dư nợ ủy thác".
_A_WHOLE = re.compile(
    " *(?:tong (?:so|muc|von|thu|chi|du no|nguon|gia tri|san luong|dien tich)|du no|kim ngach) "
)
_SOLVED = re.compile("(?<![a-z])(?:lam ro|dieu tra|kham pha|triet pha) ")
_CASES = re.compile(" *(?:vu|vu viec|vu an)(?![a-z])")
_A_NUMBER = re.compile(" *(?:tong so|tong muc|so|tong|dan so) ")


class PercentRules(AsideRules):
    """Decides percents without a base; `KindRules` reads those that have one, and amounts."""

    text: str
    drafts: list[Draft]
    group_left: int
    sentence_struct: bool
    plan_colon: bool

    def _open_percent(self, draft: Draft, left: Left, right: Right) -> Draft:
        """Decide a percent that names no base by what it restates."""
        carried = self.carried
        if left.new_subject or (not self.drafts and (left.subject or left.topic)):
            carried.chain = None
            draft.subject = draft.subject or left.topic
        chain = carried.chain
        if right.noun_follows and self._reaches_a_group(draft, left, right):
            return self._settle(draft, "share", "percent_of_group")
        if left.rate:
            return self._settle(draft, "level", "named_rate")
        if self.plan_colon and left.verb == "reach":
            draft.of, draft.base, draft.base_inherited = chain, "plan", True
            return self._settle(draft, "plan_attainment", "same_activity_against_plan")
        if left.verb == "none" and self._same_rate(draft, left):
            return self._settle(draft, "level", "same_rate")
        if chain is not None and chain.unit not in PERCENT and self._is_part_of_number(right):
            draft.of = chain
            return self._settle(draft, "share", "share_of_number")
        if left.verb == "none" and left.subject and self._grows_as_well(draft, left):
            draft.inherits = True
            return self._settle(draft, "growth", "same_verb")
        if left.verb_word == "con lai" and self._splits_a_total(left):
            return self._settle(draft, "share", "share_of_parts")
        if left.verb == "none" and left.subject and self._splits_a_total(left):
            return self._settle(draft, "share", "share_of_parts")
        if self._goes_on_sharing(left):
            return self._settle(draft, "share", "share_of_number")
        if chain is None and right.noun and _A_WHOLE.match(self.folded, right.noun[0]):
            return self._settle(draft, "share", "share_of_number")
        outside = not draft.in_bracket or left.boundary != "("
        follows = right.noun_follows or (right.verb_follows and left.boundary in (";", None))
        if left.have and right.noun_follows and not left.rate:
            return self._settle(draft, "share", "percent_of_group")
        if left.verb == "none" and follows and left.subject is None and outside:
            if not left.bare_rate and not self.sentence_struct and not self.group_left:
                return self._settle(draft, "share", "percent_of_group")
        if self.sentence_struct and left.verb in ("none", "tolevel"):
            return self._settle(draft, "share", "structure")
        if chain is None:
            if left.subject is None and right.noun_follows and left.verb in ("none", "reach"):
                return self._settle(draft, "share", "percent_of_group")
            if left.verb == "tolevel":
                return self._settle(draft, "level", "end_level")
            draft.rule = "open"
            return draft
        chain = self._cases_of(chain)
        draft.of = chain
        if left.verb == "tolevel":
            draft.of = None
            return self._settle(draft, "level", "end_level")
        if chain.unit in PERCENT:
            draft.of = None
            if right.noun_follows and left.subject is None:
                return self._settle(draft, "share", "percent_of_group")
            draft.rule = "open"
            return draft
        if share_of_total(draft, chain, carried.levels):
            return self._settle(draft, "share", "share_by_arithmetic")
        draft.rule = "open"
        if left.bare_rate and chain.unit in PEOPLE and draft.value <= 100:
            return self._settle(draft, "share", "restated_count")
        return draft

    def _goes_on_sharing(self, left: Left) -> bool:
        """Tell whether a list of shares of one whole goes on: "hội A 35,4% dư nợ, hội B 38,1%"."""
        last = self.last
        return (
            left.verb == "none"
            and left.subject is not None
            and left.boundary in (",", ";", "and")
            and last is not None
            and last in self.drafts
            and last.rule == "share_of_number"
            and last.of is None
        )

    def _cases_of(self, chain: Draft) -> Draft:
        """Return the cases solved, where those arrested for them are counted last.

        "Làm rõ 158 vụ, 274 đối tượng, đạt tỷ lệ 84,9%".
        """
        if chain.unit not in PEOPLE or chain not in self.drafts:
            return chain
        place = self.drafts.index(chain)
        before = self.drafts[place - 1] if place else chain
        start = before.figure.start
        beside = chain.figure.start - before.figure.end < 20
        solved = beside and _SOLVED.search(self.folded, max(0, start - 40), start)
        return before if solved and _CASES.match(self.folded, before.figure.end) else chain

    def _reaches_a_group(self, draft: Draft, left: Left, right: Right) -> bool:
        """Tell whether a percent is the part of a group that is reached: "tại 100% chi bộ"."""
        if right.noun is None or draft.unit != "percent":
            return False
        start = draft.figure.start
        reached = _REACHES.search(self.folded, max(0, start - 24), start)
        if reached is None or (left.rate and "phu" in reached[0]):
            return False  # "tỷ lệ bao phủ 95% dân số" names a rate
        return matching.is_noun(self.folded, self.text, right.noun)

    def _same_rate(self, draft: Draft, left: Left) -> bool:
        """Tell whether a percent is the rate just given, of something else: "riêng X 98,5%"."""
        last = self.last
        return (
            (left.resp or left.part or self.group_left > 0)
            and last is not None
            and last in self.drafts
            and (last.kind, last.unit) == ("level", draft.unit)
            and last.rule in ("named_rate", "same_rate", "stated_rate")
        )

    def _grows_as_well(self, draft: Draft, left: Left) -> bool:
        """Tell whether a list of growths goes on: "NLTS tăng 3,5%, CN-XD 12%, TM-DV 13,2%"."""
        last = self.last
        return (
            left.boundary in (",", ";", "and")
            and last is not None
            and last in self.drafts
            and (last.kind, last.unit) == ("growth", draft.unit)
            and last.of is None
            and last.value > 0
            and last.subject is not None
        )

    def _is_part_of_number(self, right: Right) -> bool:
        """Tell whether what follows is a whole: "bằng 47,9% số tiền có điều kiện"."""
        return right.noun is not None and _A_NUMBER.match(self.folded, *right.noun) is not None

    def _splits_a_total(self, left: Left) -> bool:
        """Tell whether a total that is no rate is being split: "trong đó dân góp 27%"."""
        if left.subject and _BY_DEADLINE.search(self.folded, *left.subject):
            return True  # "hồ sơ trả trước hạn 68,9%, đúng hạn 30,6%"
        total = self.carried.total
        return total is not None and total.unit not in PERCENT and total.kind == "level"

    def _settle(self, draft: Draft, kind: str, rule: str) -> Draft:
        if rule == "end_level" and draft.subject is None:
            draft.named = self.last
        draft.kind, draft.rule = kind, rule
        return draft
