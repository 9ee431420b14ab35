"""Native plans of lines: series, fans and slopes, with names at the ends of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hlanalysis.charts import forms, theme
from hlanalysis.charts.canvas import spread
from hlanalysis.charts.forms import Mark
from hlanalysis.charts.lines import band_fill, is_special
from hlanalysis.charts.marks import tick_places
from hlanalysis.charts.words import clean, word
from hlanalysis.numbers import Lang
from hlanalysis.publish.native.plan import (
    NONE,
    Label,
    Look,
    Native,
    Series,
    label_of,
    number,
    number_pattern,
    tidy,
)

# Part of a chart's height that a line of 14 pt takes, and of its width that end labels may take.
LINE, RIGHT = 0.055, 0.26
# Years are filled in between the first and the last, so that distances are true; not for ever.
LONGEST = 80


def lines(chart: forms.Lines, lang: Lang) -> Native:
    """Lines over areas; bands are stacked on an unseen base, the widest outside."""
    labels = _periods(chart.labels())
    low, high, step = _limits(chart)
    bands = _bands(chart, labels, lang)
    made = [_line(one, labels, chart, lang) for one in chart.series]
    made += [_band_name(band, labels) for band in chart.bands if band.marks]
    if chart.reference is not None and chart.reference.value is not None:
        made.append(_level(chart.reference, labels, chart, lang))
    made = _apart(made, low, high)
    return Native(
        tuple(map(clean, labels)), (*bands, *made), stacked=True, low=low, high=high, step=step,
        axis=True, pattern=_axis_pattern(chart, lang, step), right=RIGHT,
    )  # fmt: skip


def _periods(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the periods with missing years filled in."""
    if labels and all(label.isdecimal() for label in labels):
        first, last = int(labels[0]), int(labels[-1])
        if last - first <= LONGEST:
            return tuple(str(year) for year in range(first, last + 1))
    return labels


def _limits(chart: forms.Lines) -> tuple[float, float, float]:
    """Return round ends of the value axis that hold every value, and its step."""
    from matplotlib.ticker import MaxNLocator

    values = [number(v) for _, mark in chart.items() for v in (mark.value, mark.low, mark.high)]
    known = [value for value in values if value is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    if chart.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1.0
    ticks = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return float(ticks[0]), float(ticks[-1]), float(ticks[1] - ticks[0])


def _axis_pattern(chart: forms.Lines, lang: Lang, step: float) -> str:
    return number_pattern(0, chart.unit, lang, tick_places([step]), signed=chart.signed)


def _line(one: forms.LineSeries, labels: Sequence[str], chart: forms.Lines, lang: Lang) -> Series:
    by_label = {mark.label: mark for mark in one.marks}
    marks = [by_label.get(label, Mark(label, None, one.role)) for label in labels]
    style = theme.style_of(Mark("", 0, one.role))
    dashed = one.dashed or style.dashed
    looks = tuple(
        Look(theme.PAPER if is_special(mark) else style.edge, style.edge, dashed,
             hollow=is_special(mark)) for mark in marks
    )  # fmt: skip
    known = [index for index, mark in enumerate(marks) if mark.value is not None]
    told: list[Label | None] = [None] * len(marks)
    for index in known:
        last = index == known[-1]
        if last or is_special(marks[index]):
            place = "above" if not last else "right" if index == len(marks) - 1 else "below"
            told[index] = label_of(
                marks[index], chart.unit, lang, chart.places, signed=chart.signed, role=one.role,
                series=last, bold=one.role != "muted", place=place,
            )  # fmt: skip
    return Series(
        clean(one.name), tuple(number(mark.value) for mark in marks), looks, tuple(told), "line",
        1.5 if one.role == "muted" else 2.75, one.role != "scenario",
    )  # fmt: skip


def _level(mark: Mark, labels: Sequence[str], chart: forms.Lines, lang: Lang) -> Series:
    """Draw a level to reach as a dashed line from side to side."""
    told: list[Label | None] = [None] * len(labels)
    told[-1] = label_of(mark, chart.unit, lang, chart.places, series=True, place="right")
    look = Look("", theme.FILL[mark.role], True)
    value = number(mark.value)
    return Series(clean(mark.label), (value,) * len(labels), (look,) * len(labels), tuple(told),
                  "line", 2.0)  # fmt: skip


def _band_name(band: forms.Band, labels: Sequence[str]) -> Series:
    """Name a band at its upper edge, on a line nobody sees."""
    last = band.marks[-1]
    at = labels.index(last.label)
    told: list[Label | None] = [None] * len(labels)
    told[at] = Label(text=clean(band.name), ink=theme.INK[band.role], bold=False, place="right")
    values = [None if index != at else number(last.high) for index in range(len(labels))]
    return Series(clean(band.name), tuple(values), (NONE,) * len(labels), tuple(told), "line")


def _bands(chart: forms.Lines, labels: Sequence[str], lang: Lang) -> list[Series]:
    """Return the base and the steps between the edges of the bands, from below."""
    edges = []
    for number_, band in enumerate(chart.bands):
        by_label = {mark.label: mark for mark in band.marks}
        fill = band_fill(band, number_, len(chart.bands))
        low = [_edge(by_label.get(label), "low") for label in labels]
        high = [_edge(by_label.get(label), "high") for label in labels]
        edges.append((clean(band.name), fill, low, high))
    if not edges:
        return []
    steps = [(f"{name} ↓", fill, low) for name, fill, low, _ in edges]
    inner = [(name, fill, high) for name, fill, _, high in reversed(edges)]
    base = _filled(steps[0][2])
    made = [Series(word("base", lang), tuple(base), (NONE,) * len(labels), (None,) * len(labels),
                   "area")]  # fmt: skip
    under = base
    # From below: the outer band up to the inner one's edge, the inner band, the outer one again.
    tops = [low for _, _, low in steps[1:]] + [high for _, _, high in inner]
    names = [name for name, _, _ in steps[:-1]] + [name for name, _, _ in inner]
    looks = [fill for _, fill, _ in steps[:-1]] + [fill for _, fill, _ in inner]
    for name, fill, top in zip(names, looks, tops, strict=True):
        filled = [under[i] if value is None else value for i, value in enumerate(top)]
        heights = tuple(tidy(max(t - u, 0.0)) for t, u in zip(filled, under, strict=True))
        made.append(Series(name, heights, (Look(fill, ""),) * len(labels), (None,) * len(labels),
                           "area"))  # fmt: skip
        under = [max(t, u) for t, u in zip(filled, under, strict=True)]
    return made


def _edge(mark: Mark | None, name: str) -> float | None:
    return None if mark is None else number(getattr(mark, name))


def _filled(values: list[float | None]) -> list[float]:
    """Carry the nearest known edge outwards: an area cannot have gaps, only no height."""
    known = [value for value in values if value is not None]
    last, done = (known[0] if known else 0.0), []
    for value in values:
        last = last if value is None else value
        done.append(last)
    return done


def _apart(made: list[Series], low: float, high: float) -> list[Series]:
    """Move the names at the ends of lines apart where they would cover each other."""
    ends = []
    for number_, one in enumerate(made):
        last = max(
            (i for i, label in enumerate(one.labels) if label and label.place == "right"),
            default=-1,
        )
        if last >= 0:
            ends.append((number_, last, float(one.values[last] or 0)))
    if not ends:
        return made
    wished = [0.9 * (value - low) / (high - low) for _, _, value in ends]
    placed = spread(wished, [LINE] * len(ends), 0.0, max(1.0, LINE * len(ends)))
    moved = list(made)
    for (number_, last, _), wish, place in zip(ends, wished, placed, strict=True):
        if abs(place - wish) > 0.002:
            labels = list(moved[number_].labels)
            label = labels[last]
            assert label is not None
            labels[last] = replace(label, shift=wish - place)
            moved[number_] = replace(moved[number_], labels=tuple(labels))
    return moved


def slope(chart: forms.Slope, lang: Lang) -> Native:
    """Two categories, a line a place; names and values at both ends, moved apart."""
    values = [number(mark.value) for _, mark in chart.items()]
    known = [value for value in values if value is not None] or [0.0, 1.0]
    spare = (max(known) - min(known)) * 0.06 or abs(known[0]) * 0.05 or 1.0
    low, high = min(known) - spare, max(known) + spare
    made = [_slope_line(one, chart, lang) for one in sorted(
        chart.lines, key=lambda one: one.role != "muted")]  # fmt: skip
    for side in (0, 1):
        made = _sides_apart(made, side, low, high)
    return Native((clean(chart.left), clean(chart.right)), tuple(made), low=low, high=high,
                  right=0.3, left=0.3)  # fmt: skip


def _slope_line(one: forms.SlopeLine, chart: forms.Slope, lang: Lang) -> Series:
    style = theme.style_of(Mark("", 0, one.role))
    marks = (one.left, one.right)
    told = tuple(
        None if mark.value is None else label_of(
            mark, chart.unit, lang, chart.places, signed=chart.signed, role=one.role, series=True,
            bold=one.role != "muted", place=side,
        )
        for mark, side in zip(marks, ("left", "right"), strict=True)
    )  # fmt: skip
    looks = tuple(
        Look(theme.PAPER if is_special(mark) else style.edge, style.edge, style.dashed,
             hollow=is_special(mark)) for mark in marks
    )  # fmt: skip
    return Series(clean(one.name), (number(one.left.value), number(one.right.value)), looks, told,
                  "line", 1.5 if one.role == "muted" else 3.25, True)  # fmt: skip


def _sides_apart(made: list[Series], side: int, low: float, high: float) -> list[Series]:
    at = [i for i, one in enumerate(made) if one.labels[side] is not None]
    wished = [0.9 * (float(made[i].values[side] or 0) - low) / (high - low) for i in at]
    placed = spread(wished, [LINE] * len(at), 0.02, max(1.0, LINE * len(at)))
    moved = list(made)
    for i, wish, place in zip(at, wished, placed, strict=True):
        labels = list(moved[i].labels)
        label = labels[side]
        assert label is not None
        labels[side] = replace(label, shift=wish - place)
        moved[i] = replace(moved[i], labels=tuple(labels))
    return moved
