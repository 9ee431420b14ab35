"""Swings of an outcome around its baseline, the widest lever on top."""

from __future__ import annotations

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.forms import Swing, Tornado
from hlanalysis.charts.marks import GAP, bar, extent, lay_rows, over_line, row_axes
from hlanalysis.charts.theme import Style
from hlanalysis.charts.words import clean, number_text, value_text


def draw(canvas: Canvas, chart: Tornado) -> None:
    """Draw a bar a lever; each end names the value tried and the outcome it gives."""
    swings = chart.ordered()
    base = float(chart.baseline.value or 0)
    canvas.box = canvas.box.inside(top=canvas.line_height() + 0.1)
    ends = [_ends(swing, chart, canvas) for swing in swings]
    widths = [[canvas.width(text, bold=True) for _, text in pair] for pair in ends]
    left = max((pair[0] for pair in widths), default=0.0) + 0.12
    right = max((pair[1] for pair in widths), default=0.0) + 0.12
    rows = lay_rows(canvas, [swing.label for swing in swings], share=0.26)
    limits = extent([base, *(value for pair in ends for value, _ in pair)], zero=False)
    for box, held in rows.panels:
        axes = row_axes(canvas, rows, box, held, limits, left, right)
        for row in held:
            _swing(canvas, axes, swings[row], ends[row], row, base, rows.thickness)
        axes.axvline(base, color=theme.QUIET, linewidth=2, zorder=3)
        text = f"{clean(chart.baseline.label)} " + value_text(
            chart.baseline, chart.unit, canvas.lang, chart.places
        )
        over_line(canvas, axes, base, text, theme.QUIET)


def _ends(swing: Swing, chart: Tornado, canvas: Canvas) -> list[tuple[float, str]]:
    """Return the lower and the higher outcome with their words."""
    pair = []
    for value, tried in ((swing.low, swing.low_tried), (swing.high, swing.high_tried)):
        number = number_text(value, chart.unit, canvas.lang, chart.places)
        pair.append((float(value), clean(tried), number))
    pair.sort(key=lambda one: one[0])
    (low, low_tried, low_text), (high, high_tried, high_text) = pair
    return [(low, f"{low_tried} → {low_text}"), (high, f"{high_tried} → {high_text}")]


def _swing(canvas: Canvas, axes: object, swing: Swing, ends: list[tuple[float, str]], row: int,
           base: float, thickness: float) -> None:  # fmt: skip
    from matplotlib.axes import Axes

    assert isinstance(axes, Axes)
    fill, pale = theme.FILL["scenario"], theme.PALE["scenario"]
    for value, low_end in ((float(swing.low), True), (float(swing.high), False)):
        face = pale if low_end else fill
        bar(axes, True, row, base, value, thickness, Style(face, fill, "", False, "", True))
    for (value, text), side in zip(ends, (-1, 1), strict=True):
        outer = min(value, base) if side < 0 else max(value, base)
        canvas.label(
            axes,
            outer,
            row,
            text,
            dx=side * GAP,
            bold=True,
            colour=theme.INK["scenario"],
            across="right" if side < 0 else "left",
        )
