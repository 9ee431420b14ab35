"""The noun phrase that names an indicator, cut verbatim from the text."""

from __future__ import annotations

import re

from hlanalysis.reading.drafts import Draft
from hlanalysis.reading.figures import CAPITALS, PEOPLE

_OPENERS = (
    r"(?:[\s\-+*•\"“”.:,;¹²³⁴⁵]+|(?:trong (?:đó|năm|kỳ|tháng)|có|đã|là|và|của|cho|được|với"
    r"|toàn (?:huyện|tỉnh|xã|thị xã|thành phố|phường)|trên địa bàn(?: (?:huyện|tỉnh|xã|thị xã))?"
    r"|hiện|nâng|đưa|thực hiện|hoàn thành|riêng|về|gồm|ước|tiếp nhận|công tác)\s)*+"
)
# Only behind one of these words is there anything to strip: most phrases need no pattern.
_OPENING_WORDS = frozenset(
    "trong có đã là và của cho được với toàn trên hiện nâng đưa thực hoàn riêng về gồm ước tiếp "
    "công ubnd hđnd huyện thị thành tỉnh xã phường".split()
)
_DULL_END = frozenset(
    "cho được với đã là có của và trong tại ở từ trên mới chỉ thêm ước hiện năm lên khoảng "
    "đến".split()
)
# A place that acts ("huyện Mường Tà giải quyết ...") is no part of the indicator.
_LEADING = re.compile(
    _OPENERS
    + r"(?:(?-i:(?:UBND |HĐND )?(?:huyện|thị xã|thành phố|tỉnh|xã|phường|thị trấn)"
    + r"(?: ["
    + CAPITALS
    + r"]\w*)+ )"
    + _OPENERS
    + ")?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[^,;:.()\n0-9/%]*")
_COUNT_STOP = re.compile(
    r"(?<!đạt và)\s(?:so với|trong đó|với|đạt (?!chuẩn|danh hiệu|yêu cầu|tiêu|và vượt)|bằng|tăng"
    r"|giảm|vượt|chiếm|và (?=\d)|gồm|tại|ở|theo)\b",
    re.IGNORECASE,
)


def noun_phrase(draft: Draft, text: str) -> str:
    """Return the phrase that names what a draft measures.

    A relative figure takes that of the level it qualifies; a count is named by the noun after it.
    """
    seen = 0
    owner = draft
    while (
        seen < 6
        and (owner.of or owner.named)
        and not (owner.rule in ("speed_of_growth", "average_growth") and owner.subject)
    ):
        owner, seen = owner.of or owner.named or owner, seen + 1
    if owner.phrase is None:
        owner.phrase = _own_phrase(owner, text)
    return owner.phrase


def _own_phrase(owner: Draft, text: str) -> str:
    before = _clean(text[slice(*owner.subject)]) if owner.subject else ""
    if owner.unit not in PEOPLE or owner.figure.noun is None:
        return before
    after = _clean(_noun_after(owner, text))
    if owner.figure.of_total is not None or not before:
        return after or before
    # "17.093 hồ sơ" says less than what stands before; "7.439 văn bản các loại" says more.
    telling = owner.unit == "count" and len(after.split()) > len(owner.figure.noun.split())
    return after if telling else before


def _noun_after(draft: Draft, text: str) -> str:
    figure = draft.figure
    start = figure.end
    if figure.noun and figure.scale > 1:
        start = max(start, text.find(figure.noun, start, start + 40))
    match = _AFTER.match(text, start, start + 90)
    if match is None:
        return figure.noun or ""
    words = match[0]
    if text[match.end() : match.end() + 2] == ", ":
        words += _repeated(text, match.end(), words)
    phrase = _COUNT_STOP.split(words, maxsplit=1)[0]
    return " ".join(phrase.split()) or (figure.noun or "")


def _repeated(text: str, comma: int, words: str) -> str:
    """Return what follows a comma where it names the same thing: "chỉ tiêu, nhóm chỉ tiêu đạt"."""
    noun = " ".join(words.split()[:2])
    after = _AFTER.match(text, comma + 2, comma + 60)
    if len(noun) < 4 or after is None or noun not in " ".join(after[0].split()[:4]):
        return ""
    return text[comma : after.end()]


def _clean(phrase: str) -> str:
    words = phrase.split()
    if not words:
        return ""
    if words[0].lower() in _OPENING_WORDS or not words[0][0].isalpha():
        words = phrase[_LEADING.match(phrase).end() :].split()  # type: ignore[union-attr]
    while len(words) > 1 and words[-1].lower() in _DULL_END:
        words.pop()
    return " ".join(words)
