"""What a writer leaves out: bases named once for a whole list, percents that name no base.

"Elided base: the nearest earlier explicit base of the same family in the sentence, else a later
one, else that of the total a breakdown breaks down."
"""

from __future__ import annotations

from hlanalysis.reading.drafts import Carried, Draft
from hlanalysis.reading.figures import PEOPLE
from hlanalysis.reading.matching import same_activity, words_around

_DONG = {"vnd": 1, "k_vnd": 1e3, "m_vnd": 1e6, "bn_vnd": 1e9}
_REACH = 24  # figures; further off no reader would look for what was left out


def share_of_total(draft: Draft, part: Draft, levels: list[Draft]) -> bool:
    """Tell whether a percent is `part` over its total, up to rounding of its last digit."""
    percent = float(draft.value)
    decimals = len(str(draft.value).partition(".")[2])
    for total in (part.part_of, part.total, *levels[-4:]):
        if total is None or total is part or not total.value or not _same_scale(total, part):
            continue
        if total.status == "target" != part.status:
            continue  # over its plan it is no share
        share = _amount(part) / _amount(total) * 100
        if abs(share - percent) <= max(10.0**-decimals, 0.05):
            return True
    if part.figure.of_total:
        return abs(float(part.value) / float(part.figure.of_total) * 100 - percent) <= 0.6
    return False


def _same_scale(one: Draft, other: Draft) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= _DONG.keys()


def _amount(draft: Draft) -> float:
    """Return a value that compares over the scales of money: "3.482 triệu" of "276,35 tỷ"."""
    return float(draft.value) * _DONG.get(draft.unit, 1)


def settle_open(drafts: list[Draft], carried: Carried, folded: str) -> None:
    """Decide the percents that name no base, from the explicit ones of the same sentence."""
    explicit = [
        draft
        for draft in drafts
        if draft.kind in ("plan_attainment", "index") and not draft.base_inherited
    ]
    for position, draft in enumerate(drafts):
        if draft.rule != "open" or draft.kind:
            continue
        model = _model(drafts, position) or _model_before(draft, carried)
        chain = draft.of
        if _is_share_in_list(drafts, position):
            draft.kind, draft.rule = "share", "as_in_the_list"
        elif model is not None and (
            chain is None or chain.unit not in PEOPLE or _fits(draft, model)
        ):
            draft.kind, draft.rule = model.kind, "as_in_the_list"
            draft.base, draft.base_inherited = model.base, True
            for other in drafts:
                other.of = None if other.of is draft else other.of
        elif chain is None:
            draft.kind, draft.rule = "level", "stated_rate"
        elif chain.unit in PEOPLE:
            over = draft.value > 100
            draft.kind = "plan_attainment" if over else "share"
            draft.rule = "count_against_plan" if over else "restated_count"
        elif (
            draft.verb == "reach"
            or same_activity(chain, carried.measured, folded)
            or _fulfils(draft, chain, carried.levels, folded)
        ):
            draft.kind, draft.rule = "plan_attainment", "same_activity_against_plan"
        else:
            draft.kind, draft.rule = "share", "bracketed_share"
        if draft.kind == "plan_attainment":
            draft.base_inherited = True
            draft.base = "plan"
            if chain is not None and chain.is_measured:
                carried.measured.append(chain)
    if explicit:
        carried.models = explicit


def _is_share_in_list(drafts: list[Draft], position: int) -> bool:
    """Tell whether a percent without a verb stands where "chiếm N%" stood in the item before."""
    draft = drafts[position]
    if draft.verb != "none" or draft.of is None or draft.in_bracket or draft.subject:
        return False
    place = _place(drafts, position)
    return any(
        one.rule == "share"
        and one.of is not None
        and one.of.unit == draft.of.unit
        and _place(drafts, index) == place
        for index, one in enumerate(drafts[:position])
    )


def _fulfils(draft: Draft, done: Draft, levels: list[Draft], folded: str) -> bool:
    """Tell whether a percent is an amount over an earlier one of the same name: its plan."""
    own = words_around(done, folded)
    for level in levels[-12:]:
        if level in (done, done.part_of, done.total) or not level.value:
            continue
        if not _same_scale(level, done):
            continue
        percent = _amount(done) / _amount(level) * 100
        named = len(own & words_around(level, folded)) >= 2
        if named and abs(percent - float(draft.value)) <= 0.06:
            return True
    return False


def _model_before(draft: Draft, carried: Carried) -> Draft | None:
    """Return the model an earlier sentence gives: "đạt 79%, bằng 108%" under its total."""
    if draft.of is None:
        return None
    for model in carried.models:
        if model.verb_word == draft.verb_word and model.of and model.of.unit == draft.of.unit:
            return model
    return None


def _fits(draft: Draft, model: Draft) -> bool:
    return model.of is not None and model.of.unit == draft.of.unit if draft.of else True


def _model(drafts: list[Draft], position: int) -> Draft | None:
    """Return the explicit attainment or index whose place in its item is the same."""
    verb = drafts[position].verb_word
    place = _place(drafts, position)
    order = _nearest(position, len(drafts))
    candidates = [
        index
        for index in order
        if drafts[index].kind in ("plan_attainment", "index")
        and not drafts[index].base_inherited
        and drafts[index].rule != "plan_value"
    ]
    for index in candidates:
        if _same_word(drafts[index].verb_word, verb) and _place(drafts, index) == place:
            return drafts[index]
    for index in candidates:
        if _same_word(drafts[index].verb_word, verb) or (
            not verb and drafts[position].of is not None
        ):
            return drafts[index]
    return None


def _same_word(one: str, other: str) -> bool:
    """Tell whether two verbs end in one word: "mới đạt" is "đạt"."""
    return one.rpartition(" ")[2] == other.rpartition(" ")[2]


def _nearest(position: int, count: int) -> list[int]:
    """Return the places around one: first those before it, nearest first, then those after."""
    first, last = max(0, position - _REACH), min(count, position + _REACH)
    return [*range(position - 1, first - 1, -1), *range(position + 1, last)]


def _place(drafts: list[Draft], position: int) -> int:
    """Count the relatives between a percent and the figure it restates."""
    anchor, count = drafts[position].of, 0
    while position and drafts[position - 1] is not anchor and drafts[position - 1].of is anchor:
        position, count = position - 1, count + 1
    return count


def inherit_bases(drafts: list[Draft]) -> None:
    """Fill elided period bases."""
    for position, draft in enumerate(drafts):
        if not draft.inherits or draft.base is not None:
            continue
        base = _nearest_base(drafts, position)
        if base is None and draft.of is not None:
            base = _base_of_total(draft.of)
        if base is not None:
            draft.base, draft.base_inherited = base, True


def _nearest_base(drafts: list[Draft], position: int) -> str | None:
    for index in _nearest(position, len(drafts)):
        other = drafts[index]
        if other.base not in (None, "plan") and other.kind in ("growth", "index"):
            return other.base
        beside = index == position + 1 and other.rule == "other_time" and other.in_bracket
        if other.time_base is not None and (index < position or beside):
            return other.time_base  # "giảm 40,9% (cùng kỳ 315 ca)"
        if (
            index < position
            and other.rule == "from_level"
            and other.period
            and other.period != drafts[position].period
        ):
            return f"year:{other.period[:4]}" if len(other.period) == 4 else None
    return None


def _base_of_total(part: Draft) -> str | None:
    total = part.part_of or part.total
    seen = 0
    while total is not None and seen < 4:
        if total.base_of_growth is not None:
            return total.base_of_growth
        total, seen = total.part_of, seen + 1
    return None
