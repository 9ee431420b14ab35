"""Two moments, a line for each place, named on both sides."""

from __future__ import annotations

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.endlabels import EndLabel, draw_labels, room_for
from hlanalysis.charts.forms import Mark, Slope, SlopeLine
from hlanalysis.charts.marks import arrow, extent
from hlanalysis.charts.words import clean, value_text, word

# A name may take this much beside the lines before it is cut.
WIDEST_NAME = 3.6


def draw(canvas: Canvas, chart: Slope) -> None:
    """Draw the lines, muted ones behind, with name and value at either end."""
    sides = [_labels(canvas, chart, right) for right in (False, True)]
    left, right = (room_for(canvas, labels) for labels in sides)
    line = canvas.line_height()
    box = canvas.box.inside(left=left, right=right, top=line + 0.2, bottom=0.1)
    spare = max(box.width - 5.2, 0) / 2
    axes = canvas.axes(box.inside(left=spare, right=spare))
    low, high = extent([m.value for _, m in chart.items()], zero=False)
    axes.set_ylim(low - (high - low) * 0.04, high + (high - low) * 0.04)
    axes.set_xlim(0, 1)
    for at, title in ((0, chart.left), (1, chart.right)):
        axes.axvline(at, color=theme.RULE, linewidth=1.4, zorder=1)
        x = box.left + spare + at * (box.width - 2 * spare)
        canvas.write(x, canvas.box.top - line, clean(title), bold=True, colour=theme.QUIET,
                     across="center")  # fmt: skip
    for one in sorted(chart.lines, key=lambda one: one.role != "muted"):
        _line(axes, one)
    missing = max(draw_labels(canvas, axes, sides[0], right=False),
                  draw_labels(canvas, axes, sides[1]))  # fmt: skip
    if missing:
        canvas.write(box.left + box.width / 2, canvas.box.bottom - 0.12,
                     word("more", canvas.lang).format(n=missing), across="center",
                     colour=theme.QUIET)  # fmt: skip


def _line(axes: object, one: SlopeLine) -> None:
    from matplotlib.axes import Axes

    assert isinstance(axes, Axes)
    style = theme.style_of(Mark("", 0, one.role))
    ends = [(0, one.left), (1, one.right)]
    known = [(x, float(mark.value)) for x, mark in ends if mark.value is not None]
    front = one.role != "muted"
    axes.plot([x for x, _ in known], [y for _, y in known], color=style.edge, zorder=2 + front,
              linewidth=3.2 if front else 1.6, clip_on=False,
              linestyle=theme.DASH if style.dashed else "-")  # fmt: skip
    for x, mark in ends:
        if mark.value is None:
            continue
        hollow = bool(mark.estimate or mark.bound or mark.inferred)
        axes.plot(
            [x],
            [float(mark.value)],
            marker="D" if mark.inferred else "o",
            markersize=8,
            markerfacecolor=theme.PAPER if hollow else style.edge,
            linestyle="none",
            markeredgecolor=style.edge,
            markeredgewidth=2,
            zorder=4,
            clip_on=False,
        )
        if mark.bound:
            arrow(axes, x, float(mark.value), 0, 24 if mark.bound == "over" else -24, style.ink)


def _labels(canvas: Canvas, chart: Slope, right: bool) -> list[EndLabel]:
    labels = []
    for one in chart.lines:
        mark = one.right if right else one.left
        if mark.value is None:
            continue
        value = value_text(mark, chart.unit, canvas.lang, chart.places, signed=chart.signed)
        front = one.role != "muted"
        name = canvas.wrap(one.name, WIDEST_NAME - canvas.width(value, bold=front), bold=front,
                           lines=1)  # fmt: skip
        text = f"{value}  {name}" if right else f"{name}  {value}"
        labels.append(EndLabel(float(right), float(mark.value), text, theme.INK[one.role],
                               2 if front else 1, front))  # fmt: skip
    return labels
