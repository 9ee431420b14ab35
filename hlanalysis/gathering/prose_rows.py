"""From the statements of documents to rows of the tidy table."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import match_indicator
from hlanalysis.catalog.indicators import IndicatorMatch, fold
from hlanalysis.gathering.tidy import base_period_of, observation, plan_level_of, territory_of
from hlanalysis.gathering.whose import other_place
from hlanalysis.observations import Observation
from hlanalysis.periods import Period

if TYPE_CHECKING:
    from hlanalysis.reading.statements import Reading, Statement
    from hlanalysis.sources.documents import Document
    from hlanalysis.sources.provenance import Source

_PLAN_STATUS_WORDS = ("ke hoach", "kh", "du toan", "dt", "giao")
_COUNTED = frozenset({"count", "persons", "households", "visits"})
_NOUN_END = re.compile(r"[;.:()\n\d]")


def from_reading(reading: Reading, document: Document, source: Source) -> list[Observation]:
    """Turn the statements of a document into observations.

    `of` and `part_of`, positions among the statements, become ids. A level whose time is not
    said is left out; the caller lists it.
    """
    matches = _matches(reading.statements, document.text, source.place)
    rows = [
        _from_statement(one, match, document, source)
        for one, match in zip(reading.statements, matches, strict=True)
    ]
    ids: dict[int | None, str] = {None: ""}
    for place_, (row, one) in enumerate(zip(rows, reading.statements, strict=True)):
        ids[place_] = "" if is_undated(one) else row.id
    return [
        dataclasses.replace(row, of=ids[one.of], part_of=ids[one.part_of])
        for row, one in zip(rows, reading.statements, strict=True)
        if not is_undated(one)
    ]


def is_undated(one: Statement) -> bool:
    """Tell whether a figure is of an earlier time that is not said: "từ A lên B", "(kỳ trước: A)".

    Given the period of the report it would contradict B.
    """
    return one.period is None and one.rule in ("from_level", "other_time")


def _noun_after(one: Statement, text: str) -> str:
    """Return the words behind a count, up to the next number: they name what is counted."""
    if one.unit not in _COUNTED:
        return ""
    tail = text[one.span[1] : one.span[1] + 120]
    end = _NOUN_END.search(tail)
    return tail[: end.start()] if end else tail


def _matches(statements: Sequence[Statement], text: str, place_: str) -> list[IndicatorMatch]:
    """Name each statement's indicator: a part by its total, a relative figure by its level.

    What the report says of another place than its own keeps its words and that place's name.
    """
    found: dict[int, IndicatorMatch] = {}
    for index, one in enumerate(statements):
        after = statements[index - 1].span[1] if index else 0
        elsewhere = other_place(text, after, one.span[0], place_)
        if elsewhere and one.of is None:
            words = f"{one.indicator_phrase} ({elsewhere})".strip()
            found[index] = IndicatorMatch("unlisted", words)

    def match(index: int, depth: int = 0) -> IndicatorMatch:
        if index in found or depth > len(statements):
            return found.get(index, IndicatorMatch("unlisted"))
        one = statements[index]
        total = None if one.part_of is None else match(one.part_of, depth + 1)
        within = None if total is None or total.indicator == "unlisted" else total.indicator
        own = match_indicator(one.indicator_phrase, within=within)
        # "14/17 chỉ tiêu, nhóm chỉ tiêu đạt và vượt kế hoạch": the noun goes on past the phrase.
        own = own or match_indicator(_noun_after(one, text), within=within)
        if own is None and one.of is not None:
            own = match(one.of, depth + 1)
        if one.of is not None and (level := match(one.of, depth + 1)).indicator == "unlisted":
            own = level  # of another place, or of nothing that the catalogue knows
        found[index] = own or IndicatorMatch("unlisted", one.indicator_phrase)
        return found[index]

    return [match(index) for index in range(len(statements))]


def _from_statement(
    one: Statement, match: IndicatorMatch, document: Document, source: Source
) -> Observation:
    period = Period.parse(one.period or source.period)
    start, end = one.span
    page = f"p{document.page_at(start)}:" if len(document.pages) > 1 else ""
    own_place = source.place
    return observation(
        place=own_place,
        indicator=match.indicator,
        series=match.series,
        period=str(period),
        as_of=one.as_of or "",
        kind=one.kind,
        status=_status(one),
        base=one.base or "",
        base_period=base_period_of(period, one.base or ""),
        value=Decimal(one.value),
        value_max=_decimal(one.value_max),
        numerator=_decimal(one.numerator),
        denominator=_decimal(one.denominator),
        unit=one.unit,
        per=one.per or "",
        plan_level=plan_level_of(one.base_text or "") or source.plan_level,
        vintage="preliminary" if one.status == "estimate" else source.vintage,
        scope=match.scope,
        territory=territory_of(own_place, period),
        written=one.written,
        modifier=_modifier(one, document.text),
        source=source.id,
        locator=f"{page}{start}-{end}",
        note=one.indicator_phrase if match.indicator == "unlisted" else "",
    )


def _modifier(one: Statement, text: str) -> str:
    """Tell "dưới 2,6%", a bound, from "gần 2,6%", a rounding up; statements call both under."""
    before = fold(text[max(0, one.span[0] - 16) : one.span[0]]).rstrip()
    if one.modifier == "under" and before.endswith(("duoi", "khong qua", "toi da")):
        return "at_most"
    return one.modifier or ""


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _status(one: Statement) -> str:
    """Tell an assigned plan from an aspiration; the statements call both target."""
    if one.status != "target":
        return one.status or "actual"
    words = f" {fold(f'{one.base_text or chr(32)} {one.indicator_phrase}')} "
    return "plan" if any(f" {word} " in words for word in _PLAN_STATUS_WORDS) else "target"
