"""Whose figure is it: lists read by position, aspects ("về vốn"), changes in the same unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from hlanalysis.reading.drafts import Draft
from hlanalysis.reading.figures import MONEY, PEOPLE, PERCENT
from hlanalysis.reading.folding import fold
from hlanalysis.reading.items import Item
from hlanalysis.reading.rules import YEAR, table

if TYPE_CHECKING:
    from hlanalysis.reading.left import Left

_WORD = re.compile("[a-z]+")
_LONGEST_LIST = 12
_DULL = frozenset(
    "so tong muc va ve cua cac trong do la dat voi cho toan tren dia ban duoc moi".split()
)
# Words that count people and things without naming them.
_COUNTERS = frozenset("nguoi em chau dong chi vu ca ho con truong hop doi tuong luot cai".split())
_INCIDENT = re.compile(" ?(?:vu|ca|nguoi chet|nguoi bi thuong|truong hop vi pham)(?![a-z])")
_NUMBER_OF = re.compile(
    " *(?:(?:nang|dua|giam|tang|hien|ca|va) )?(?:tong so|so luong|so|s)(?![a-z])"
    "(?: ([a-z]+(?: [a-z]+)*))?"
)
_NAMES = re.compile("[,;] ?| va | & ")
_END = re.compile("[,;:.()/0-9]")
_CONDITION = re.compile(
    "yeu cau|quy dinh|dieu kien|thu nhap|doanh thu|quy mo|cong suat|dien tich|muc |von dieu le"
    "|no |lai "
)
_GROUP = re.compile("(?<![a-z])(?:cac|nhung|doi voi) ")
_NO_NOUNS = frozenset(table("units")["not_a_noun"]["words"]) | frozenset(
    "nhờ vì bởi khá so do như giá nếu mà đồng tương".split()
)
_PARTS = re.compile(
    "(?<![a-z])(?:cac|mot so|nhung) (?:khoan|nguon|nganh|linh vuc|san pham|loai)[^:]*:"
)
_YEAR = re.compile(YEAR)
_YEARS_LISTED = re.compile(
    rf"(?:cac )?nam ((?:{YEAR})(?:(?: ?, ?| va |, va )(?:nam )?{YEAR})+)[^0-9.;]{{0,40}}"
    r"(?:lan luot|tuong ung)[a-z ]*\Z"
)
_BRACKET = re.compile(r"\( ?([^()]{1,16}) ?\) ?:? ?\Z")


@lru_cache(maxsize=1)
def _units_by_word() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in table("units")["unit"]:
        for word in entry["words"]:
            found.setdefault(fold(word), entry["id"])
    return found


def unit_in_bracket(folded: str, start: int) -> str | None:
    """Return the unit written in brackets before a number: "So cùng kỳ (%) 143,2"."""
    if ")" not in folded[max(0, start - 3) : start]:
        return None
    match = _BRACKET.search(folded, max(0, start - 24), start)
    return _units_by_word().get(match[1].strip()) if match else None


def unit_of_bracket(folded: str, item: Item) -> str | None:
    """Return the unit that a bracket without figures names: "Đàn lợn (con): 29.640"."""
    return _units_by_word().get(folded[item[1] + 1 : item[2] - 1].strip())


def lists_parts(folded: str, start: int, end: int) -> bool:
    """Tell whether a heading announces parts: "Các khoản thu đạt khá: ..."."""
    return _PARTS.search(folded, start, end) is not None


def names_a_condition(folded: str, span: tuple[int, int] | None) -> bool:
    """Tell whether words before an amount make it a condition ("doanh thu trên 10 tỷ đồng")."""
    return span is not None and _CONDITION.search(folded, *span) is not None


def unit_before(folded: str, start: int) -> str | None:
    """Return the unit whose words stand right before a number: "Thu ngân sách tỷ đồng 320"."""
    words = folded[max(0, start - 24) : start].replace("(", " ").replace(")", " ").split()
    for count in (3, 2, 1):
        unit = _units_by_word().get(" ".join(words[-count:])) if len(words) >= count else None
        if unit is not None and (unit != "persons" or words[-1] in ("nguoi", "hs")):
            return unit
    return None


def unit_of_number(folded: str, span: tuple[int, int], chain: Draft | None) -> str | None:
    """Return the unit that "số ..." names: "số bác sĩ/vạn dân đạt 10,4", "tổng số lên 243"."""
    named = _NUMBER_OF.match(folded, *span)
    if named is None:
        return None
    words = (named[1] or "").split()
    for count in range(min(3, len(words)), 0, -1):
        unit = _units_by_word().get(" ".join(words[:count]))
        if unit is not None:
            return unit if unit in PEOPLE else None
    if not words and chain is not None and chain.unit in PEOPLE:
        return chain.unit
    return "count"


def names_a_group(folded: str, span: tuple[int, int] | None) -> bool:
    """Tell whether words before a bound make it a condition ("các dự án giải ngân dưới 30%")."""
    return span is not None and _GROUP.search(folded, *span) is not None


def words_around(draft: Draft, folded: str) -> set[str]:
    """Return the content words that name a level: its subject and what follows the number."""
    start, stop = draft.subject or (draft.figure.start, draft.figure.start)
    words = _WORD.findall(folded[start:stop]) + _WORD.findall(_words_after(draft, folded))
    return set(words) - _DULL


def _words_after(draft: Draft, folded: str) -> str:
    end = draft.figure.end
    return _END.split(folded[end : end + 60], maxsplit=1)[0]


def is_noun(folded: str, text: str, span: tuple[int, int]) -> bool:
    """Tell whether the words of a span open with a noun, not with "do", "nhờ", "trên địa bàn"."""
    first = text[slice(*span)].split(maxsplit=1)[0].lower()
    return first not in _NO_NOUNS


def names_a_measure(folded: str, span: tuple[int, int]) -> bool:
    """Tell whether an aspect says how it is measured, not what: "về số tuyệt đối"."""
    return folded[slice(*span)].strip(" .;,") in (
        "so tuyet doi",
        "tuyet doi",
        "gia tri",
        "quy mo",
        "luong",
    )


def level_of_aspect(span: tuple[int, int], levels: list[Draft], folded: str) -> Draft | None:
    """Return the level that an aspect names: "tăng 8,5% về số doanh nghiệp"."""
    wanted = set(_WORD.findall(folded[span[0] : span[1]])) - _DULL
    best, best_score = None, 0
    for level in reversed(levels[-8:]):
        score = len(wanted & words_around(level, folded))
        if score > best_score:
            best, best_score = level, score
    return best


def level_of_subject(draft: Draft, drafts: list[Draft], folded: str) -> Draft | None:
    """Return the level of the same sentence that a change names: "số người chết giảm 10,3%"."""
    assert draft.subject is not None
    wanted = [word for word in _WORD.findall(folded[slice(*draft.subject)]) if word not in _DULL]
    best, best_score = None, 0
    for level in reversed(drafts):
        if level.kind not in ("level", "ratio_count") or level.unit in PERCENT:
            continue
        around = words_around(level, folded)
        score = sum(word in around for word in wanted)
        capital = wanted[:1] == ["von"] and level.is_money  # "số vốn 96 tỷ", then "vốn đăng ký"
        enough = capital or score * 5 >= len(wanted) * 3
        if wanted and wanted[0] in around and score > best_score and enough:
            best, best_score = level, score
    return best


def is_incident(draft: Draft, folded: str) -> bool:
    """Tell whether a count is one of crimes, accidents or their victims."""
    end = draft.figure.end
    return _INCIDENT.match(folded, end) is not None


def level_of_change(
    draft: Draft, levels: list[Draft], folded: str, named: bool, chain: Draft | None
) -> Draft | None:
    """Return the level whose change an absolute change is, by unit and by words.

    `named`: the change has a subject of its own, so some word must agree; `chain` is what the
    sentence speaks of: it needs no more than a like unit where the words only count.
    """
    after = _words_after(draft, folded).split(" so voi")[0]
    wanted = set(_WORD.findall(after)) - _DULL
    if not named and wanted <= _COUNTERS and chain is not None and chain.status != "target":
        if chain.unit == draft.unit:
            return chain
    if named and draft.subject:
        wanted |= set(_WORD.findall(folded[slice(*draft.subject)])) - _DULL
    # A change with a subject of its own needs more than one common word by chance.
    best, best_score = None, min(1, len(wanted) - 1) if named else 0
    for level in reversed(levels[-8:]):
        if level.unit != draft.unit or (level.status == "target" != draft.status):
            continue
        score = len(wanted & words_around(level, folded))
        if score > best_score:
            best, best_score = level, score
    return best


def unit_of_list(items: list[Item], index: int) -> str | None:
    """Return the unit that the members of a list share: "52, 53 và 61 ha"."""
    for _ in range(_LONGEST_LIST):
        if index + 2 >= len(items) or items[index + 1][0] not in (",", "and", ";"):
            return None
        follow = items[index + 2]
        if follow[0] != "fig" or follow[1] - items[index + 1][2] > 1:
            return None
        if follow[3].unit:
            return str(follow[3].unit)
        index += 2
    return None


def years_listed(folded: str, start: int) -> tuple[list[str], int]:
    """Return the years of a list before a number, and where it stands.

    As in "năm 2023, 2024 lần lượt là 5,2% và 6,1%".
    """
    match = _YEARS_LISTED.search(folded, max(0, start - 100), start)
    return (_YEAR.findall(match[1]), match.start()) if match else ([], start)


def group_size(items: list[Item], index: int) -> int:
    """Count the figures of a list that starts at ``items[index]``: "7,7% và 5,9%"."""
    size, cursor = 1, index
    while size < _LONGEST_LIST and cursor + 2 < len(items):
        follow = cursor + 2
        if items[follow - 1][0] not in (",", "and", ";"):
            break
        if items[follow][0] in ("up", "down") and follow + 1 < len(items):
            follow += 1  # "tương ứng tăng 8,2% và giảm 3,1%"
        if items[follow][0] != "fig" or items[follow][1] - items[follow - 1][2] > 1:
            break
        size, cursor = size + 1, follow
    return size


def same_activity(part: Draft, measured: list[Draft], folded: str) -> bool:
    """Tell whether an amount belongs to an activity that the text measures against a plan."""
    own = words_around(part, folded)
    for level in reversed(measured[-12:]):
        if level is part.part_of or level is part.total or own & words_around(level, folded):
            return True
    return False


def can_be_part(part: Draft, total: Draft) -> bool:
    """Tell whether `part` may be a component of `total`: like units, not larger."""
    if part.unit in PERCENT or part.status == "target" != total.status:
        return False
    if part.unit == total.unit:
        return part.value <= total.value
    return part.unit in MONEY and total.unit in MONEY


def mirror(group: list[Draft], size: int, levels: list[Draft], left: Left) -> None:
    """Give the head of a list the kind of what it mirrors, where it has no verb of its own."""
    head = group[0]
    if size < 2 or (head.rule not in ("open", "structure") and head.kind != "level"):
        return
    like = [level for level in levels if level.unit == head.unit][-size:]
    if len(like) == size and left.verb == "none":
        head.kind, head.rule = like[0].kind, "respectively"


def _named_targets(
    group: list[Draft], levels: list[Draft], folded: str
) -> list[Draft | None] | None:
    """Return the levels that the names before a list point at, None where it has no names.

    "luồng xanh, vàng, đỏ lần lượt chiếm 66%, 29% và 5%": three names, no levels.
    """
    span = group[0].subject
    names = _NAMES.split(folded[slice(*span)]) if span else []
    if len(names) != len(group):
        return None
    found: list[Draft | None] = []
    for name in names:
        wanted = set(_WORD.findall(name)) - _DULL
        like = [level for level in levels[-8:] if wanted & words_around(level, folded)]
        whole = group[0].kind == "share" or group[0].rule == "open"
        found.append(like[-1] if like and not whole else None)
    return found


def close_group(group: list[Draft], levels: list[Draft], folded: str) -> None:
    """Point each member of a list at the member of the list it mirrors."""
    if len(group) < 2:
        return
    base = group[-1].base
    averages = group[0].kind == "average_growth"
    levels_only = group[0].kind in ("level", "ratio_count") or group[0].rule == "respectively"
    relative = not averages and not levels_only
    named = _named_targets(group, levels, folded) if relative else None
    if named is not None:
        for draft, level in zip(group, named, strict=True):
            draft.of = level
        return
    targets = [level for level in levels if level not in group][-len(group) :]
    for draft, target in zip(group, targets if len(targets) == len(group) else group, strict=True):
        if base is not None and draft.base is None:
            draft.base = base
            draft.kind = group[-1].kind if draft.rule == "open" else draft.kind
        draft.subject = target.subject
        if relative:
            draft.of = target if target is not draft else None
        else:
            draft.of = None
