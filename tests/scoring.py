"""Scores a reading against labelled passages: numbers, relations, false extractions.

A reading matches a labelled figure when their spans overlap and the amount and unit agree
(sign is judged with the relation). A relation is right when kind, signed value, base, the value
of the figure it qualifies and, for k of n, both numbers agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

LONGEST_SPAN = 80
Record = dict[str, Any]


@dataclass
class Score:
    """Counts over all passages; the three measures of the brief are properties."""

    gold: int = 0
    predicted: int = 0
    numbers: int = 0
    relations: int = 0
    traps: int = 0
    traps_hit: int = 0
    secondary: dict[str, list[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def number_f1(self) -> float:
        """F1 of number spotting."""
        return 2 * self.numbers / (self.predicted + self.gold)

    @property
    def relation_f1(self) -> float:
        """F1 of full relations."""
        return 2 * self.relations / (self.predicted + self.gold)

    def __str__(self) -> str:
        """Return the score in one line."""
        rest = ", ".join(f"{name} {right}/{seen}" for name, (right, seen) in self.secondary.items())
        return (
            f"figures {self.gold}, number F1 {self.number_f1:.4f}, "
            f"relation F1 {self.relation_f1:.4f}, false {self.traps_hit} of {self.traps}; {rest}"
        )


def score(passages: Iterable[Record], readings: dict[str, Record]) -> Score:
    """Score readings (by passage id; ``{"basis": ..., "figures": [...]}``)."""
    total = Score()
    for passage in passages:
        reading = readings.get(passage["id"], {"figures": []})
        _score_passage(total, passage, reading["figures"], reading.get("basis", "raw"))
    return total


def _span(item: Record, basis: str) -> list[int]:
    return item.get("span_unicode", item["span"]) if basis == "unicode" else item["span"]


def _overlap(first: list[int], second: list[int]) -> int:
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def _same(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first - second) <= 1e-6 * max(1.0, abs(first), abs(second))


def _matches(gold: list[Record], read: list[Record], basis: str) -> dict[int, int]:
    """Pair gold and read figures one to one, best pairs first, by augmenting paths."""
    candidates: list[list[int]] = []
    for wanted in gold:
        row = []
        for place, figure in enumerate(read):
            start, end = figure["span"]
            units = [wanted["unit"], *wanted.get("alt_unit", ())]
            if end - start > LONGEST_SPAN or figure["unit"] not in units:
                continue
            common = _overlap(_span(wanted, basis), figure["span"])
            if common and _same(abs(wanted["value"]), abs(figure["value"])):
                row.append((figure["kind"] != wanted["kind"], end - start - common, place))
        candidates.append([place for _, _, place in sorted(row)])
    owner: dict[int, int] = {}

    def place_in(index: int, seen: set[int]) -> bool:
        for place in candidates[index]:
            if place not in seen:
                seen.add(place)
                if place not in owner or place_in(owner[place], seen):
                    owner[place] = index
                    return True
        return False

    for index in range(len(gold)):
        place_in(index, set())
    return {index: place for place, index in owner.items()}


def _of_value(figures: list[Record], index: int | None) -> float | None:
    return None if index is None else abs(figures[index]["value"])


def _bases(wanted: Record) -> set[str | None]:
    bases = {wanted["base"], *wanted.get("alt_base", ())}
    period = wanted.get("period") or ""
    if (len(period) >= 4 and period[-4:].isdigit()) or period[:4].isdigit():
        year = int(period[-4:] if period[-4:].isdigit() else period[:4])
        same = {"previous_year", f"year:{year - 1}"}
        if bases & same:
            bases |= same
    return bases


def _relation_right(wanted: Record, gold: list[Record], figure: Record, read: list[Record]) -> bool:
    other_kind = figure["kind"] != wanted["kind"]
    if other_kind and figure["kind"] not in wanted.get("alt_kind", ()):
        return False
    if not _same(wanted["value"], figure["value"]):
        return False
    if wanted["kind"] == "ratio_count" and not (
        _same(wanted["numerator"], figure.get("numerator"))
        and _same(wanted["denominator"], figure.get("denominator"))
    ):
        return False
    if other_kind and figure["kind"] in ("plan_attainment", "plan_excess"):
        base_right = figure["base"] == "plan"
    elif other_kind and figure["kind"] in ("level", "share", "ratio_count"):
        base_right = figure["base"] is None
    else:
        base_right = figure["base"] in _bases(wanted)
    of_values = [_of_value(gold, index) for index in [wanted["of"], *wanted.get("alt_of", ())]]
    if other_kind:
        of_values.append(None)
    return base_right and any(_same(_of_value(read, figure["of"]), value) for value in of_values)


def _score_passage(total: Score, passage: Record, read: list[Record], basis: str) -> None:
    gold = passage["figures"]
    pairs = _matches(gold, read, basis)
    used = set(pairs.values())
    gold_spans = [_span(item, basis) for item in gold]
    neutral = [_span(item, basis) for item in passage.get("neutral", ())]
    soft = [_span(item, basis) for item in passage.get("must_not", ()) if item.get("kinds")]
    for place, figure in enumerate(read):
        beside = place not in used and not any(_overlap(figure["span"], s) for s in gold_spans)
        ignored = beside and (
            any(_overlap(figure["span"], span) for span in neutral)
            or (
                figure["kind"] != "ratio_count"
                and any(_overlap(figure["span"], span) for span in soft)
            )
        )
        total.predicted += not ignored
        if beside and not ignored:
            total.notes.append(f"{passage['id']} EXTRA {figure['written']!r} {figure['kind']}")
    total.gold += len(gold)
    total.numbers += len(pairs)
    for index, wanted in enumerate(gold):
        figure = read[pairs[index]] if index in pairs else None
        right = figure is not None and _relation_right(wanted, gold, figure, read)
        total.relations += right
        if figure is not None:
            for name in ("period", "modifier", "status"):
                count = total.secondary.setdefault(name, [0, 0])
                count[0] += figure.get(name) == wanted.get(name)
                count[1] += 1
        if not right:
            total.notes.append(_note(passage, index, figure))
    _count_traps(total, passage, read, used, gold_spans, basis)


def _note(passage: Record, index: int, figure: Record | None) -> str:
    wanted = passage["figures"][index]
    names = ("kind", "value", "unit", "base", "of")
    start = wanted["span"][0]
    text = passage.get("text_unicode") or passage["text"]
    around = " ".join(text[max(0, start - 45) : start + 30].split())
    want = [wanted[name] for name in names]
    got = [figure.get(name) for name in (*names, "rule")] if figure else "MISSED"
    return f"{passage['id']} #{index} {wanted['written']!r} want {want} got {got}  «{around}»"


def _count_traps(
    total: Score,
    passage: Record,
    read: list[Record],
    used: set[int],
    gold_spans: list[list[int]],
    basis: str,
) -> None:
    for trap in passage.get("must_not", ()):
        span, hit = _span(trap, basis), False
        for place, figure in enumerate(read):
            if place in used or not _overlap(figure["span"], span):
                continue
            if any(_overlap(figure["span"], other) for other in gold_spans):
                continue
            hit = hit or not trap.get("kinds") or figure["kind"] in trap["kinds"]
        total.traps += 1
        total.traps_hit += hit
        if hit:
            total.notes.append(f"{passage['id']} FALSE {trap['written']!r} ({trap['why']})")
