"""The door to reading prose: text in, statements out.

>>> reading = read_prose("Thu ngân sách đạt 222,044 tỷ đồng, tăng 77,64% so với kế hoạch.")
>>> [(s.kind, str(s.value), s.unit) for s in reading.statements]
[('level', '222.044', 'bn_vnd'), ('plan_excess', '77.64', 'percent')]
"""

from __future__ import annotations

import re

from hlanalysis.reading.drafts import Carried, Draft
from hlanalysis.reading.elision import inherit_bases, settle_open
from hlanalysis.reading.flat_rows import read_rows
from hlanalysis.reading.folding import fold, has_lost_letters, is_unmarked, to_nfc
from hlanalysis.reading.grammar import SentenceReader
from hlanalysis.reading.items import Item, Itemizer
from hlanalysis.reading.periods_in_text import document_period, period_ahead
from hlanalysis.reading.phrases import noun_phrase
from hlanalysis.reading.rules import patterns
from hlanalysis.reading.sentences import Sentence, sentences_with_digits
from hlanalysis.reading.statements import Reading, Statement

_HEAD = 1500
_HEADING = 160
_NUMBERED = re.compile("(?:phan )?(?:thu )?[a-z0-9]{1,5}(?:[.)]| *[:-])")
_PART = re.compile(r"(?<![a-z.] )(?<![a-z])(?:phan|muc|chuong) (?:thu )?[a-z0-9]{1,5}[.:]\s*\Z")
_LISTED = re.compile(r"[-+*•]|[0-9a-z]{1,2}[.)] ")
# "Phân theo ngành:", ", trong đó:" right above a list.
_PARTS_FOLLOW = re.compile(
    "(?<![a-z])(?:trong do|gom|bao gom|cu the|phan theo|chia theo|chia ra|phan ra|gom co|cu the la"
    r"|cu the nhu sau)(?![a-z])[^.;0-9]{0,60}:[^a-z0-9]*\Z"
)
_AIMS = re.compile("(?<![a-z])(?:phuong huong|dinh huong|nhiem vu|muc tieu|chi tieu|ke hoach)")
_NOTE_MARKS = frozenset("¹²³⁴⁵⁶⁷⁸⁹⁽")
_BULLETS = frozenset("-+*•–")
_BASE_WORDS = re.compile(r"(?:[^;.,)\n]|\n(?!\n))*")


def read_prose(text: str, *, doc_year: int | None = None, doc_period: str | None = None) -> Reading:
    """Read the figures that an official text states.

    Parameters
    ----------
    text : str
        Unicode text (legacy encodings are converted before); spans are given in its NFC form.
    doc_year : int, optional
        Year of the document; by default read from its first lines.
    doc_period : str, optional
        Period of the document (``2024``, ``2024-6M``, ...); by default read from its first lines.

    Returns
    -------
    Reading
        Statements in text order, and the numbers that were seen and not understood.
    """
    text = to_nfc(text)
    folded = fold(text)
    if doc_year is None and doc_period is None:
        doc_year, doc_period = document_period(folded[:_HEAD])
    if doc_year is None and doc_period:
        doc_year = int(doc_period[-4:] if len(doc_period) == 9 else doc_period[:4])
    reading = Reading()
    carried = Carried(doc_year, doc_period or (str(doc_year) if doc_year else None))
    itemizer = Itemizer(
        text, folded, patterns(has_lost_letters(text)), not is_unmarked(text), reading.unread
    )
    for sentence in sentences_with_digits(text):
        if sentence.new_paragraph:
            if text[sentence.start] in _NOTE_MARKS:
                carried.section_period = None  # a footnote is none of the last section's aims
            carried.forget()
        elif sentence.item and text[sentence.start] not in _BULLETS:
            carried.take_section()  # a heading "Mục tiêu ...:" holds for its list only
        if carried.parts_listed and not (sentence.item and _LISTED.match(folded, sentence.start)):
            carried.parts_listed, carried.total = False, None
        if sentence.item and not sentence.new_paragraph:
            _take_list(carried, folded, sentence.start)
        drafts = read_rows(text, folded, sentence.start, sentence.end, carried)
        if drafts is None:
            items = itemizer.items(sentence.start, sentence.end)
            if not any(item[0] == "fig" for item in items):
                _take_heading(carried, items, folded, sentence, begun=bool(reading.statements))
                continue
            reader = SentenceReader(items, text, folded, sentence.start, carried)
            drafts = reader.read()
            settle_open(drafts, carried, folded)
            inherit_bases(drafts)
            reading.unread += reader.unread
        for draft in drafts:
            draft.index = len(reading.statements)
            reading.statements.append(_statement(draft, text))
        if text[sentence.end - 1 : sentence.end] not in (":", ";") and not carried.parts_listed:
            carried.total = None
    reading.unread.sort(key=lambda item: item.span)
    return reading


def _take_list(carried: Carried, folded: str, start: int) -> None:
    """Let the lines of a list be components where the text right above announces them."""
    above = max(0, start - _HEADING)
    if folded[above:start].rstrip(" -+*").endswith(":") and carried.levels:
        if _PARTS_FOLLOW.search(folded, above, start):
            carried.total, carried.parts_listed = carried.levels[-1], True


def _take_heading(
    carried: Carried, items: list[Item], folded: str, sentence: Sentence, *, begun: bool
) -> None:
    """Read a line without figures as the heading of a section: of aims, or of results."""
    if sentence.end - sentence.start > _HEADING:
        return
    before = folded[max(0, sentence.start - 30) : sentence.start]
    if not sentence.item and not _PART.search(before):
        return
    whens = [item[3] for item in items if item[0] == "when"]
    found = [period_ahead(when, carried.year, carried.period) for when in whens]
    ahead = found[-1] if all(found) and found else None
    if ahead and not _AIMS.search(folded, sentence.start, sentence.end):
        return
    if ahead and not begun and not _NUMBERED.match(folded, sentence.start):
        return  # the title of a report announces its last part
    if whens:
        carried.section_period = ahead
        carried.take_section()


def _statement(draft: Draft, text: str) -> Statement:
    figure = draft.figure
    if draft.of is not None and draft.kind in ("growth", "index") and draft.base != "plan":
        draft.of.base_of_growth = draft.of.base_of_growth or draft.base
    ratio = figure.of_total is not None
    start, end = figure.start, figure.end
    of, part_of = draft.of, draft.part_of
    # By position, in the order of the fields: this runs for every figure.
    return Statement(
        noun_phrase(draft, text),
        draft.value,
        draft.unit,
        draft.kind,
        (start, end),
        text[start:end],
        draft.rule,
        figure.value if ratio else None,
        figure.of_total,
        draft.base,
        draft.period,
        draft.modifier,
        of.index if of is not None and of.index >= 0 else None,
        draft.status,
        figure.high,
        part_of.index if part_of is not None and part_of.index >= 0 else None,
        figure.per,
        figure.noun if draft.unit == "count" else None,
        draft.as_of,
        _base_text(draft, text) if draft.base_span is not None else None,
        draft.base_inherited,
    )


def _base_text(draft: Draft, text: str) -> str | None:
    if draft.base is None or draft.base_span is None:
        return None
    start, end = draft.base_span
    limit = start + 80 if end < 0 else min(end, start + 80)
    match = _BASE_WORDS.match(text, start, limit)
    return " ".join(match[0].split()) or None if match else None
