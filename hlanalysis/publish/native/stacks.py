"""Native plans built from stacked pieces: stacks, waterfalls, ranges, tornados, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hlanalysis.charts import forms, theme
from hlanalysis.charts.alt import interval_bounds
from hlanalysis.charts.forms import Mark
from hlanalysis.charts.stacked import fills
from hlanalysis.charts.waterfall import Fall, falls
from hlanalysis.charts.words import clean, number_text, value_text, word
from hlanalysis.numbers import Lang, to_fraction
from hlanalysis.publish.native.plan import (
    NONE,
    Kind,
    Label,
    Look,
    Native,
    Series,
    look_of,
    number,
    number_pattern,
    pattern_of,
    tidy,
)

# A piece shorter than this part of the plot has no room for its value.
SHORT = 0.075


def stacked(chart: forms.Stacked, lang: Lang) -> Native:
    """Return parts on each other with a legend; totals stand on an unseen line on top."""
    labels = chart.labels()
    kind: Kind = "bar" if chart.horizontal else "column"
    tallest = max(abs(number(one) or 0) for one in _sums(chart, labels)) or 1.0
    made = []
    for part, fill in zip(chart.parts, fills(chart), strict=True):
        by_label = {mark.label: mark for mark in part.marks}
        marks = [by_label.get(label, Mark(label, None)) for label in labels]
        made.append(Series(
            clean(part.name), tuple(number(mark.value) for mark in marks),
            tuple(_part_look(mark, fill) for mark in marks),
            tuple(
                _inside(mark, chart, fill, lang)
                if abs(number(mark.value) or 0) > SHORT * tallest else None for mark in marks
            ), kind,
        ))  # fmt: skip
    if chart.totals:
        made.append(_totals(chart, labels, lang) if kind == "column" else
                    _told_totals(chart, labels, lang))  # fmt: skip
    return Native(tuple(map(clean, labels)), tuple(made), stacked=True, gap=45, legend=True,
                  reverse=kind == "bar")  # fmt: skip


def _part_look(mark: Mark, fill: str) -> Look:
    if mark.estimate:
        return Look(theme.pale(fill), fill, hollow=True)
    return Look(fill, theme.PAPER, hatched=mark.inferred)


def _inside(mark: Mark, chart: forms.Stacked, fill: str, lang: Lang) -> Label | None:
    if mark.value is None:
        return None
    ink = theme.TEXT if mark.estimate else theme.ink_on(fill)
    if mark.text:
        return Label(text=clean(mark.text), ink=ink, place="middle")
    said = value_text(mark, chart.unit, lang, chart.places)
    pattern = pattern_of(mark, chart.unit, lang, chart.places)
    return Label(pattern, said=said, ink=ink, place="middle")


def _sums(chart: forms.Stacked, labels: Sequence[str]) -> list[Fraction]:
    return [
        sum((to_fraction(mark.value) for part in chart.parts for mark in part.marks
             if mark.label == label and mark.value is not None), Fraction())
        for label in labels
    ]  # fmt: skip


def _totals(chart: forms.Stacked, labels: tuple[str, ...], lang: Lang) -> Series:
    """Write the sums where every part is known; half a sum would be no total."""
    sums: list[Fraction | None] = [
        one if _is_whole(chart, label) else None
        for one, label in zip(_sums(chart, labels), labels, strict=True)
    ]
    places = chart.places if chart.places is not None else _fewest(sums)
    pattern = number_pattern(0, chart.unit, lang, places)
    told = [
        None if one is None
        else Label(pattern, said=number_text(one, chart.unit, lang, places), place="above")
        for one in sums
    ]  # fmt: skip
    return Series(
        word("total", lang), tuple(map(number, sums)), (NONE,) * len(sums), tuple(told), "line"
    )


def _is_whole(chart: forms.Stacked, label: str) -> bool:
    found = [mark.value for part in chart.parts for mark in part.marks if mark.label == label]
    return len(found) == len(chart.parts) and None not in found


def _told_totals(chart: forms.Stacked, labels: tuple[str, ...], lang: Lang) -> Series:
    """Type the totals on an unseen last piece: lying bars go with no line."""
    sums = _totals(chart, labels, lang)
    largest = max((value for value in sums.values if value is not None), default=1.0)
    places = chart.places if chart.places is not None else 0 if all(
        value is None or value == int(value) for value in sums.values) else 1  # fmt: skip
    told = tuple(
        None if value is None
        else Label(text=number_text(value, chart.unit, lang, places), place="base")
        for value in sums.values
    )  # fmt: skip
    return Series(word("total", lang), (largest * 0.15,) * len(labels), sums.looks, told, "bar")


def _fewest(sums: list[Fraction | None]) -> int:
    return 0 if all(one is None or one.denominator == 1 for one in sums) else 1


def waterfall(chart: forms.Waterfall, lang: Lang) -> Native:
    """Return steps on a base nobody sees.

    Pieces above and below zero are series of their own. A tall piece carries its value inside; the
    value of a short one stands beyond it, on an unseen piece as long as itself. Both are number
    formats and follow edits, for the unseen piece's cell is a formula. Only a bar across zero, or
    one with words of its own, is typed.
    """
    bars = falls(chart)
    base = [tidy(_base(fall)) for fall in bars]
    above = [tidy(_above(fall)) for fall in bars]
    below = [tidy(_below(fall)) for fall in bars]
    looks = tuple(look_of(fall.mark, fall.role) for fall in bars)
    span = max(f.end for f in bars) - min(0.0, *(min(f.start, f.end) for f in bars)) or 1.0
    tall = [max(a, -b) > SHORT * span and not _told(fall.mark, a, b)
            for fall, a, b in zip(bars, above, below, strict=True)]  # fmt: skip
    inside = [_inside_label(fall, look, chart, lang) if fits else None
              for fall, look, fits in zip(bars, looks, tall, strict=True)]  # fmt: skip
    up = tuple(label if value else None for label, value in zip(inside, above, strict=True))
    down = tuple(None if value else label for label, value in zip(inside, above, strict=True))
    none = (None,) * len(bars)
    made = [
        Series(word("base", lang), tuple(base), (NONE,) * len(bars), none, "column"),
        Series(word("above", lang), tuple(above), looks, up, "column"),
    ]
    if any(below):
        made.append(Series(word("below", lang), tuple(below), looks, down, "column"))
    beyond = _beyond(bars, tall, above, below, chart, lang)
    return Native(
        tuple(clean(fall.mark.label) for fall in bars),
        (*made, *([beyond] if any(beyond.labels) else [])), stacked=True, gap=45,
    )  # fmt: skip


def _beyond(
    bars: list[Fall], tall: list[bool], above: list[float], below: list[float],
    chart: forms.Waterfall, lang: Lang,
) -> Series:  # fmt: skip
    """Return the unseen pieces that carry the values of short bars."""
    values: list[float | None] = []
    labels: list[Label | None] = []
    follows = []
    for index, (fall, fits) in enumerate(zip(bars, tall, strict=True)):
        down = above[index] == 0 and below[index] < 0
        if fits:
            values.append(None)
            labels.append(None)
            continue
        values.append(below[index] if down else above[index])
        if _told(fall.mark, above[index], below[index]):
            text = value_text(fall.mark, chart.unit, lang, chart.places, signed=fall.step)
            labels.append(Label(text=text, ink=theme.INK[fall.role], place="base"))
            continue
        labels.append(replace(_inside_label(fall, NONE, chart, lang), ink=theme.INK[fall.role],
                              place="base"))  # fmt: skip
        follows.append((index, 2 if down else 1))
    return Series(word("value", lang), tuple(values), (NONE,) * len(bars), tuple(labels), "column",
                  follows=tuple(follows))  # fmt: skip


def _told(mark: Mark, above: float, below: float) -> bool:
    """Say whether a number format cannot write the bar: typed words, or a bar across zero."""
    return bool(mark.text) or (above > 0 and below < 0)


def _base(fall: Fall) -> float:
    low, high = sorted((fall.start, fall.end))
    return low if low > 0 else high if high < 0 else 0.0


def _above(fall: Fall) -> float:
    low, high = sorted((fall.start, fall.end))
    return max(high, 0.0) - max(low, 0.0)


def _below(fall: Fall) -> float:
    low, high = sorted((fall.start, fall.end))
    return min(low, 0.0) - min(high, 0.0)


def _inside_label(fall: Fall, look: Look, chart: forms.Waterfall, lang: Lang) -> Label:
    """Write a value inside its piece; the piece's own value is its length, the sign the step's."""
    ink = theme.INK[fall.role] if look.hollow or look == NONE else theme.ink_on(look.fill)
    body = pattern_of(fall.mark, chart.unit, lang, chart.places)
    said = value_text(fall.mark, chart.unit, lang, chart.places, signed=fall.step)
    if not fall.step:
        return Label(body, said=said, ink=ink, place="inner")
    sign = '"+"' if (fall.mark.value or 0) > 0 else '"−"' if (fall.mark.value or 0) < 0 else ""
    return Label(f"{sign}{body};{sign}{body};{body}", said=said, ink=ink, place="middle")


def intervals(chart: forms.Intervals, lang: Lang) -> Native:
    """Return ranges as bars on an unseen base, their bounds and candidate in words."""
    marks = [*chart.marks, *([chart.reference] if chart.reference else [])]
    ends = [number(end) for mark in marks for end in (mark.low, mark.value, mark.high)]
    known = [end for end in ends if end is not None] or [0.0]
    spare = (max(known) - min(known)) * 0.08 or abs(max(known)) * 0.01 or 1.0
    low, high = min(known) - spare, max(known) + spare
    starts = [_start(mark, low) for mark in marks]
    lengths = [_end(mark, high) - start for mark, start in zip(marks, starts, strict=True)]
    least = (high - low) * 0.004
    told = tuple(
        Label(text=_range_text(mark, chart, lang), ink=theme.INK[mark.role], place="base")
        for mark in marks
    )
    none, count = (None,) * len(marks), len(marks)
    room = tidy((high - low) * 1.1)
    return Native(
        tuple(clean(mark.label) for mark in marks),
        (
            Series(word("base", lang), tuple(starts), (NONE,) * count, none, "bar"),
            Series(word("range", lang), tuple(tidy(max(length, least)) for length in lengths),
                   tuple(map(look_of, marks)), none, "bar"),
            Series(word("value", lang), (room,) * count, (NONE,) * count, told, "bar"),
        ),
        stacked=True, gap=110, low=low, high=high + room, reverse=True,
    )  # fmt: skip


def _start(mark: Mark, low: float) -> float:
    if mark.low is not None:
        return float(mark.low)
    return float(mark.value) if mark.value is not None and mark.high is None else low


def _end(mark: Mark, high: float) -> float:
    if mark.high is not None:
        return float(mark.high)
    return float(mark.value) if mark.value is not None and mark.low is None else high


def _range_text(mark: Mark, chart: forms.Intervals, lang: Lang) -> str:
    low, high = interval_bounds(mark, chart, lang)
    text = "" if mark.value is None else value_text(mark, chart.unit, lang)
    if not low and not high:
        return text
    left = f"{'(' if mark.low_open else '['}{low}" if low else "(−∞"
    right = f"{high}{')' if mark.high_open else ']'}" if high else "+∞)"
    return f"{left}; {right}" + (f" → {text}" if text else "")


def tornado(chart: forms.Tornado, lang: Lang) -> Native:
    """Return swings as two stacked pieces on either side of the baseline."""
    base = float(chart.baseline.value or 0)
    swings = chart.ordered()
    lows = [min(float(one.low), float(one.high), base) for one in swings]
    highs = [max(float(one.low), float(one.high), base) for one in swings]
    spare = (max([*highs, base]) - min([*lows, base])) * 0.45 or 1.0
    pale, full = (
        Look(theme.PALE["scenario"], theme.FILL["scenario"], hollow=True),
        Look(theme.FILL["scenario"], theme.FILL["scenario"]),
    )
    below = [tidy(base - low) for low in lows]
    above = [tidy(high - base) for high in highs]
    ink = theme.INK["scenario"]
    told = [_tornado_text(one, chart, lang) for one in swings]
    baseline = value_text(chart.baseline, chart.unit, lang, chart.places)
    count = len(swings) + 1
    left = (*(pale if one.low <= one.high else full for one in swings), NONE)
    right = (*(full if one.low <= one.high else pale for one in swings), NONE)
    lower = [Label(text=low, ink=ink, place="inner") for low, _ in told]
    upper = [Label(text=high, ink=ink, place="base") for _, high in told]
    none = (None,) * count
    return Native(
        (*(clean(one.label) for one in swings), clean(chart.baseline.label)),
        (
            Series(word("base", lang), (*lows, base), (NONE,) * count, (*lower, None), "bar"),
            Series(word("low", lang), (*below, 0.0), left, none, "bar"),
            Series(word("high", lang), (*above, 0.0), right, none, "bar"),
            Series(word("value", lang), (spare,) * count, (NONE,) * count,
                   (*upper, Label(text=baseline, ink=theme.QUIET, place="base")), "bar"),
        ),
        stacked=True, gap=60, low=min([*lows, base]) - spare, high=max([*highs, base]) + spare,
        reverse=True,
    )  # fmt: skip


def _tornado_text(one: forms.Swing, chart: forms.Tornado, lang: Lang) -> tuple[str, str]:
    pair = sorted([(float(one.low), one.low, one.low_tried), (float(one.high), one.high,
                   one.high_tried)], key=lambda end: end[0])  # fmt: skip
    texts = [
        f"{clean(tried)} → {number_text(value, chart.unit, lang, chart.places)}"
        for _, value, tried in pair
    ]
    return texts[0], texts[1]


def tiles(chart: forms.Tiles, lang: Lang) -> Native:
    """Return counts as parts of a full bar: met filled, not met hollow."""
    met, rest, filled, hollow = [], [], [], []
    told: list[Label | None] = []
    untold: list[Label | None] = []
    for tile in chart.tiles:
        whole = max(tile.total, 1)
        met.append(100 * tile.met / whole)
        rest.append(100 - met[-1])
        share = number_text(Fraction(100 * tile.met, whole), "percent", lang, 1)
        count = f"{number_text(tile.met, '', lang)}/{number_text(tile.total, '', lang)}"
        text = f"{count} · {share}"
        most = 2 * tile.met >= tile.total and tile.total > 0
        ink = theme.ink_on(theme.FILL[tile.role])
        told.append(Label(text=text, ink=ink, place="middle") if most else None)
        untold.append(None if most else Label(text=text, ink=theme.INK[tile.role], place="middle"))
        filled.append(Look(theme.FILL[tile.role], theme.FILL[tile.role]))
        hollow.append(Look(theme.PAPER, theme.FILL[tile.role], hollow=True))
    return Native(
        tuple(clean(tile.label) for tile in chart.tiles),
        (
            Series(word("met", lang), tuple(met), tuple(filled), tuple(told), "bar"),
            Series(word("unmet", lang), tuple(rest), tuple(hollow), tuple(untold), "bar"),
        ),
        stacked=True, gap=55, low=0, high=100, reverse=True,
    )  # fmt: skip
