"""Sentences of official prose: where they end, though lines wrap and dots mean many things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CANDIDATE = re.compile(r"[.!?…][\"”)]{0,2}[ \t\u00a0]+|[ \t]*\n\s*")
_DIGIT = re.compile("[0-9]")
_SECTION_END = re.compile(r"(?:^|\n)[ \t\-+*•(]*[0-9IVX]{1,4}(?:\.[0-9]{1,2})*[.)]?\Z")
_SHORT_NAME = re.compile(
    r"(?:^|[ (/])(?:TP|Tp|TX|Tx|P|Q|H|T|TT|Tt|ThS|TS|GS|PGS|BS|đ/c|Đ/c|St|tr|Tr|v\.v)\Z"
)
_LISTED = re.compile(
    r"[\-+*•–¹²³⁴⁵]|(?!(?:19|20)[0-9]{2}[.)/])\(?[0-9IVX]{1,4}(?:\.[0-9]{1,2})*[.)/] "
    r"|[a-zđ][.)] "
)
_UNIT_WORD = re.compile(r"(?:USD|VND|VNĐ|KH|DT|CK)\b")
_LINE_ENDERS = frozenset(".;:!?…”)|")
_WRAPPED_WIDTH = 55
_LONGEST = 2500  # the longest sentence of the town's report has 986 characters


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with figures in it.

    Attributes
    ----------
    start, end : int
        Where it stands in the text.
    new_paragraph : bool
        A blank line stands between it and the sentence before.
    item : bool
        It is a line of a list (after a dash or a number) or a line of its own.
    """

    start: int
    end: int
    new_paragraph: bool
    item: bool


def sentences_with_digits(text: str) -> Iterator[Sentence]:
    """Yield the sentences of `text` that hold a digit, in order; linear in the text.

    What is longer than any sentence is cut, so that hostile text costs no more than other text.
    """
    for sentence in _sentences(text):
        while sentence.end - sentence.start > _LONGEST:
            cut = max(text.rfind("; ", sentence.start, sentence.start + _LONGEST), 0)
            cut = cut or text.rfind(" ", sentence.start, sentence.start + _LONGEST)
            cut = cut + 1 if cut > sentence.start else sentence.start + _LONGEST
            yield Sentence(sentence.start, cut, sentence.new_paragraph, sentence.item)
            sentence = Sentence(cut, sentence.end, False, False)
        yield sentence


def _sentences(text: str) -> Iterator[Sentence]:
    start, paragraph, item = 0, True, True
    has_digit = _DIGIT.search
    next_digit = has_digit(text)
    for match in _CANDIDATE.finditer(text):
        if next_digit is None:
            return
        if match.start() < start:
            continue
        at, after = match.span()
        line = "\n" in match[0]
        if not (_ends_line(text, start, at, after, match[0]) if line else _ends(text, at, after)):
            continue
        if next_digit.start() < after:
            if next_digit.start() < at:
                yield Sentence(start, at + (0 if line else 1), paragraph, item)
            next_digit = has_digit(text, after)
            paragraph = False
        blank = line and match[0].count("\n") > 1
        paragraph = paragraph or blank
        item = line
        start = after
    if next_digit is not None and start < len(text):
        yield Sentence(start, len(text), paragraph, item)


def _ends(text: str, at: int, after: int) -> bool:
    following = text[after : after + 1]
    if following.isdigit():
        if text[at - 1].isdigit():
            return text[at - 4 : at].isdigit() and not text[at - 5 : at - 4].isdigit()
        return True
    if not (following.isupper() or following in '“"(-+*•'):
        return False
    if text[max(0, at - 3) : at].islower() or text[at - 1] in "%)":
        return True  # three small letters are no abbreviation: most sentences end so
    head = text[max(0, at - 12) : at]
    return not (_SHORT_NAME.search(head) or _SECTION_END.search(head))


def _ends_line(text: str, start: int, at: int, after: int, gap: str) -> bool:
    if gap.count("\n") > 1 or after >= len(text):
        return True
    last = text[at - 1] if at else "\n"
    if last in _LINE_ENDERS and last != ")":
        return True
    following = text[after]
    if _LISTED.match(text, after):
        return not (following in "-–+" and text[after + 1 : after + 2].isdigit()) and not (
            last in ",-–"
            or (
                text[after + 1 : after + 2] == " "
                and following in "-–"
                and last.isdigit()
                and text[after + 2 : after + 3].isdigit()
            )
        )
    if last.isdigit() and following.isupper():
        return True
    line_start = text.rfind("\n", 0, at) + 1
    if _UNIT_WORD.match(text, after):
        return False
    return following.isupper() and at - line_start < _WRAPPED_WIDTH
