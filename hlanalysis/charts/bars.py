"""Bars from zero, lying or upright, with the value at each end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.forms import Bars, Mark, Value
from hlanalysis.charts.marks import (
    ARROW,
    GAP,
    arrow,
    bar,
    extent,
    lay_rows,
    over_line,
    row_axes,
    value_axis,
)
from hlanalysis.charts.words import clean, value_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Upright bars wider apart than this look lost.
WIDEST_SLOT = 1.9


def draw(canvas: Canvas, chart: Bars) -> None:
    """Draw the bars on the canvas."""
    texts = [
        value_text(mark, chart.unit, canvas.lang, chart.places, signed=chart.signed)
        for mark in chart.marks
    ]
    if not chart.horizontal and (labels := upright_labels(canvas, chart)):
        _upright(canvas, chart, texts, labels)
    else:
        _lying(canvas, chart, texts)


def reach(canvas: Canvas, mark: Mark, text: str) -> float:
    """Return the inches that a value label takes beyond its bar's end."""
    arrow_room = ARROW if mark.bound else 0.0
    return canvas.width(text, bold=True) + (GAP + arrow_room) / 72 + 0.03


def _lying(canvas: Canvas, chart: Bars, texts: list[str]) -> None:
    if chart.reference is not None:
        canvas.box = canvas.box.inside(top=canvas.line_height() + 0.08)
    rows = lay_rows(canvas, [mark.label for mark in chart.marks])
    limits = extent([*(mark.value for mark in chart.marks), _value(chart.reference)])
    below = [(m, t) for m, t in zip(chart.marks, texts, strict=True) if (m.value or 0) < 0]
    above = [(m, t) for m, t in zip(chart.marks, texts, strict=True) if (m.value or 0) >= 0]
    left = max((reach(canvas, mark, text) for mark, text in below), default=0.0)
    right = max((reach(canvas, mark, text) for mark, text in above), default=0.1)
    for box, held in rows.panels:
        axes = row_axes(canvas, rows, box, held, limits, left, right)
        for row in held:
            mark = chart.marks[row]
            lying_bar(canvas, axes, mark, texts[row], row, rows.thickness)
        _zero_line(axes, lying=True)
        if chart.reference is not None and chart.reference.value is not None:
            level, style = float(chart.reference.value), theme.style_of(chart.reference)
            axes.axvline(level, color=style.edge, linestyle=theme.DASH, linewidth=2, zorder=3)
            over_line(canvas, axes, level, reference_text(canvas, chart), style.ink)


def lying_bar(
    canvas: Canvas, axes: Axes, mark: Mark, text: str, row: float, thickness: float
) -> None:
    """Draw one lying bar with its value."""
    style = theme.style_of(mark)
    end = float(mark.value or 0)
    side = -1 if end < 0 else 1
    if mark.value is None:
        canvas.label(axes, 0, row, text, dx=GAP, colour=theme.QUIET)
        return
    bar(axes, True, row, 0, end, thickness, style)
    away = GAP
    if mark.bound:
        outward = side if mark.bound == "over" else -side
        arrow(axes, end, row, outward * ARROW, 0, style.ink)
        away += ARROW if outward == side else 0
    canvas.label(axes, end, row, text, dx=side * away, bold=True, colour=style.ink, backed=True,
                 across="right" if side < 0 else "left")  # fmt: skip


def reference_text(canvas: Canvas, chart: Bars) -> str:
    """Return the words at the reference line: its name and value."""
    assert chart.reference is not None
    written = value_text(
        chart.reference, chart.unit, canvas.lang, chart.places, signed=chart.signed
    )
    return f"{clean(chart.reference.label)} {written}"


def upright_labels(canvas: Canvas, chart: Bars) -> list[str]:
    """Return the labels wrapped to their slots, or none where they do not fit upright."""
    count = max(len(chart.marks), 1)
    slot = min(canvas.box.width / count, WIDEST_SLOT)
    if all(clean(mark.label).isdecimal() for mark in chart.marks):
        return [clean(mark.label) for mark in chart.marks]
    words = [word for mark in chart.marks for word in clean(mark.label).split()]
    texts = [value_text(mark, chart.unit, canvas.lang, chart.places) for mark in chart.marks]
    if max(map(canvas.width, words), default=0.0) > slot * 0.92:
        return []
    if max((canvas.width(text, bold=True) for text in texts), default=0.0) > slot:
        return []
    wrapped = [canvas.wrap(mark.label, slot * 0.92) for mark in chart.marks]
    return wrapped if max(label.count("\n") for label in wrapped) < 4 else []


def _upright(canvas: Canvas, chart: Bars, texts: list[str], labels: list[str]) -> None:
    count = len(chart.marks)
    box = canvas.box
    slot = min(box.width / count, WIDEST_SLOT)
    crowded = max(canvas.width(text, bold=True) for text in texts) > slot * 0.98
    limits = extent([*(mark.value for mark in chart.marks), _value(chart.reference)])
    lines = max(label.count("\n") + 1 for label in labels)
    line = canvas.line_height()
    arrows = (ARROW + GAP) / 72 if any(mark.bound for mark in chart.marks) else 0.0
    low_room = line + 0.1 if limits[0] < 0 else 0.0
    inner = box.inside(bottom=lines * line + 0.12 + low_room, top=line + 0.1 + arrows)
    right = canvas.width(reference_text(canvas, chart), bold=True) + 0.1 if chart.reference else 0.0
    width = min(slot * count, inner.width - right - (0.9 if crowded else 0))
    start = inner.left + (0.9 if crowded else max((inner.width - width - right) / 2, 0))
    axes = canvas.axes(type(inner)(start, inner.bottom, start + width, inner.top))
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(*limits)
    if crowded:
        value_axis(canvas, axes, chart.unit, signed=chart.signed)
    told = _ends_and_extremes(chart.marks) if crowded else set(range(count))
    every = _every(canvas, labels, width / count)
    for index, mark in enumerate(chart.marks):
        text = texts[index] if index in told else ""
        _upright_bar(canvas, axes, index, mark, text, min(0.66, 1.05 / (width / count)))
        if index % every == (count - 1) % every:
            spot = start + width * (index + 0.5) / count
            canvas.write(
                spot, inner.bottom - low_room - 0.1, labels[index], across="center", up="top"
            )
    _zero_line(axes, lying=False)
    if chart.reference is not None and chart.reference.value is not None:
        style = theme.style_of(chart.reference)
        level = float(chart.reference.value)
        axes.axhline(level, color=style.edge, linestyle=theme.DASH, linewidth=2, zorder=3)
        canvas.label(axes, count - 0.5, level, reference_text(canvas, chart), dx=GAP, bold=True,
                     colour=style.ink)  # fmt: skip


def _upright_bar(
    canvas: Canvas, axes: Axes, at: int, mark: Mark, text: str, thickness: float
) -> None:
    style = theme.style_of(mark)
    if mark.value is None:
        canvas.label(axes, at, 0, "–", dy=GAP, across="center", up="bottom", colour=theme.QUIET)
        return
    end = float(mark.value)
    side = -1 if end < 0 else 1
    bar(axes, False, at, 0, end, thickness, style)
    away = GAP - 2
    if mark.bound:
        outward = side if mark.bound == "over" else -side
        arrow(axes, at, end, 0, outward * ARROW, style.ink)
        away += ARROW if outward == side else 0
    if text:
        canvas.label(axes, at, end, text, dy=side * away, across="center", bold=True, backed=True,
                     colour=style.ink, up="top" if side < 0 else "bottom")  # fmt: skip


def _ends_and_extremes(marks: tuple[Mark, ...]) -> set[int]:
    known = [index for index, mark in enumerate(marks) if mark.value is not None]
    if not known:
        return set()
    by_value = sorted(known, key=lambda index: float(marks[index].value or 0))
    wished = [known[-1], by_value[-1], known[0], by_value[0]]
    told: list[int] = []
    for index in wished:
        if all(abs(index - other) > 2 for other in told):
            told.append(index)
    return set(told)


def _every(canvas: Canvas, labels: list[str], slot: float) -> int:
    widest = max(canvas.width(label) for label in labels) + 0.12
    return max(1, -(-int(widest * 100) // int(slot * 100)))


def _zero_line(axes: Axes, lying: bool) -> None:
    draw_line = axes.axvline if lying else axes.axhline
    draw_line(0, color=theme.QUIET, linewidth=1.2, zorder=3, clip_on=False)


def _value(mark: Mark | None) -> Value | None:
    return None if mark is None else mark.value
