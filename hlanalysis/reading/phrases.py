"""The noun phrase that names an indicator, cut verbatim from the text."""

from __future__ import annotations

import re

from hlanalysis.reading.drafts import Draft

_LEADING = re.compile(
    r"(?:[\s\-+*•\"“”.:,;]+|(?:trong (?:đó|năm|kỳ|tháng)|có|đã|là|và|của|cho|được|với|toàn (?:huyện|tỉnh|xã|thị xã|"
    r"thành phố|phường)|trên địa bàn(?: (?:huyện|tỉnh|xã|thị xã))?|hiện|nâng|đưa|thực hiện|hoàn thành|riêng|về"
    r"|gồm|ước|tiếp nhận|công tác)\s)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s(?:cho|được|với|đã|là|có|của|và|trong|tại|ở|từ|trên|mới|chỉ|thêm|ước|thực hiện|năm|lên|khoảng|đến))+\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[^,;:.()\n0-9/%]*")
_COUNT_STOP = re.compile(
    r"\s(?:so với|trong đó|với|đạt (?!chuẩn|danh hiệu|yêu cầu|tiêu|và vượt)|bằng|tăng|giảm|vượt|chiếm|và (?=\d)|gồm|tại|ở|theo)\b",
    re.IGNORECASE,
)


def noun_phrase(draft: Draft, text: str) -> str:
    """Return the phrase that names what a draft measures.

    A relative figure takes that of the level it qualifies; a count is named by the noun after it.
    """
    seen = 0
    owner = draft
    while seen < 6 and (owner.of or owner.named) and not (
        owner.rule in ("speed_of_growth", "average_growth") and owner.subject
    ):
        owner, seen = owner.of or owner.named or owner, seen + 1
    before = _clean(text[slice(*owner.subject)]) if owner.subject else ""
    figure = owner.figure
    counted = owner.unit in ("count", "persons", "households", "visits") and figure.noun
    if counted and (figure.of_total is not None or not before):
        return _noun_after(owner, text) or before
    return before or (_noun_after(owner, text) if owner.figure.unit else "")


def _noun_after(draft: Draft, text: str) -> str:
    figure = draft.figure
    start = figure.end
    match = _AFTER.match(text, start, start + 90)
    if match is None:
        return figure.noun or ""
    phrase = _COUNT_STOP.split(match[0], maxsplit=1)[0]
    return " ".join(phrase.split()) or (figure.noun or "")


def _clean(phrase: str) -> str:
    phrase = _LEADING.sub("", " " + phrase, count=1)
    return _TRAILING.sub("", " ".join(phrase.split()))
