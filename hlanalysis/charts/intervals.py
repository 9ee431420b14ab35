"""What a figure can be: ranges, with the roundest candidate marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.alt import interval_bounds
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.forms import Intervals, Mark
from hlanalysis.charts.marks import (
    arrow,
    extent,
    lay_rows,
    over_line,
    row_axes,
    value_axis,
)
from hlanalysis.charts.words import clean, value_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Points from a bound to its number.
AWAY = 11.0


def draw(canvas: Canvas, chart: Intervals) -> None:
    """Draw a range a row: open ends hollow, closed ends filled, candidate as a diamond."""
    line = canvas.line_height()
    canvas.box = canvas.box.inside(bottom=line + 0.12, top=line + 0.1 if chart.reference else 0.0)
    rows = lay_rows(canvas, [mark.label for mark in chart.marks], tallest=1.3, least=0.62)
    low, high = extent([v for _, m in chart.items() for v in (m.low, m.value, m.high)], zero=False)
    pad = (high - low) * 0.03
    bounds = [bounds_text(mark, chart, canvas) for mark in chart.marks]
    left = max((canvas.width(text[0]) for text in bounds), default=0.0) + AWAY / 72
    right = max((canvas.width(text[1]) for text in bounds), default=0.0) + AWAY / 72
    for box, held in rows.panels:
        axes = row_axes(canvas, rows, box, held, (low - pad, high + pad), left, right)
        value_axis(canvas, axes, chart.unit, upright=False)
        for row in held:
            _interval(canvas, axes, chart, chart.marks[row], row, bounds[row])
        if chart.reference is not None and chart.reference.value is not None:
            _reference(canvas, axes, chart)


def bounds_text(mark: Mark, chart: Intervals, canvas: Canvas) -> tuple[str, str]:
    """Write the two bounds with their brackets: ("(124,993", "125,0004)")."""
    low, high = interval_bounds(mark, chart, canvas.lang)
    return (
        f"{'(' if mark.low_open else '['}{low}" if low else "",
        f"{high}{')' if mark.high_open else ']'}" if high else "",
    )


def _interval(canvas: Canvas, axes: Axes, chart: Intervals, mark: Mark, row: int,
              texts: tuple[str, str]) -> None:  # fmt: skip
    style = theme.style_of(mark)
    low, high = axes.get_xlim()
    start = low if mark.low is None else float(mark.low)
    end = high if mark.high is None else float(mark.high)
    axes.plot(
        [start, end],
        [row, row],
        color=style.edge,
        linewidth=7,
        zorder=2,
        solid_capstyle="butt",
        linestyle=(0, (1.2, 0.6)) if mark.inferred else "-",
    )
    for value, is_open, text, side in (
        (mark.low, mark.low_open, texts[0], -1), (mark.high, mark.high_open, texts[1], 1),
    ):  # fmt: skip
        if value is None:
            arrow(axes, start if side < 0 else end, row, side * 22, 0, style.ink)
            continue
        axes.plot([float(value)], [row], marker="o", markersize=10, markeredgewidth=2.4,
                  markerfacecolor=theme.PAPER if is_open else style.edge, linestyle="none",
                  markeredgecolor=style.edge, zorder=3, clip_on=False)  # fmt: skip
        canvas.label(axes, float(value), row, text, dx=side * AWAY, colour=style.ink,
                     across="left" if side > 0 else "right", backed=True)  # fmt: skip
    if mark.value is not None:
        axes.plot([float(mark.value)], [row], marker="D", markersize=11, linestyle="none",
                  markerfacecolor=style.ink, markeredgecolor=theme.PAPER, zorder=5,
                  clip_on=False)  # fmt: skip
        text = value_text(mark, chart.unit, canvas.lang)
        canvas.label(axes, float(mark.value), row, text, dy=10, bold=True, colour=style.ink,
                     across="center", up="bottom", backed=True)  # fmt: skip


def _reference(canvas: Canvas, axes: Axes, chart: Intervals) -> None:
    reference = chart.reference
    assert reference is not None and reference.value is not None
    style = theme.style_of(reference)
    axes.axvline(float(reference.value), color=style.edge, linestyle=theme.DASH, linewidth=2)
    text = f"{clean(reference.label)} {value_text(reference, chart.unit, canvas.lang)}"
    over_line(canvas, axes, float(reference.value), text, style.ink)
