"""Bars in groups: the same few series side by side, label after label."""

from __future__ import annotations

from hlanalysis.charts import theme
from hlanalysis.charts.bars import lying_bar, reach
from hlanalysis.charts.canvas import Box, Canvas
from hlanalysis.charts.forms import Groups
from hlanalysis.charts.marks import LEAST_ROW, extent, lay_rows
from hlanalysis.charts.words import clean, value_text


def draw(canvas: Canvas, chart: Groups) -> None:
    """Draw the groups as lying bars; each bar names its series and value at its end.

    The first group carries the names of the series; where a group's marks differ in series from
    the first, every group carries them.
    """
    most = max((len(group.marks) for group in chart.groups), default=1)
    rows = lay_rows(
        canvas, [group.label for group in chart.groups], least=LEAST_ROW * (most + 0.35),
        tallest=0.62 * most + 0.3, bold=True,
    )  # fmt: skip
    marks = [mark for group in chart.groups for mark in group.marks]
    limits = extent(mark.value for mark in marks)
    texts = {
        id(mark): f"{value_text(mark, chart.unit, canvas.lang, chart.places, signed=chart.signed)}"
        f"  {clean(mark.label)}"
        for mark in marks
    }
    left = max((reach(canvas, m, texts[id(m)]) for m in marks if (m.value or 0) < 0), default=0.0)
    right = max((reach(canvas, m, texts[id(m)]) for m in marks if (m.value or 0) >= 0), default=0.1)
    for box, held in rows.panels:
        inner: Box = box.inside(left=rows.label_width + 0.14 + left, right=right)
        axes = canvas.axes(inner)
        axes.set_xlim(*limits)
        axes.set_ylim(held.stop - 0.5, held.start - 0.5)
        for row in held:
            middle = box.top - (row - held.start + 0.5) * rows.height
            canvas.write(box.left + rows.label_width, middle, rows.labels[row], bold=True,
                         across="right", up="center")  # fmt: skip
            step = 0.84 / most
            group = chart.groups[row].marks
            for number, mark in enumerate(group):
                at = row + (number - (len(group) - 1) / 2) * step
                lying_bar(canvas, axes, mark, texts[id(mark)], at, step * 0.8)
        axes.axvline(0, color=theme.QUIET, linewidth=1.2, zorder=3, clip_on=False)
