"""Many places on one scale: a dot each, the ones that matter named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas, spread
from hlanalysis.charts.forms import Mark, Strip
from hlanalysis.charts.marks import extent, over_line, value_axis
from hlanalysis.charts.words import clean, value_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# One line of dots needs no more height; the rest would be empty.
TALLEST = 4.2


def draw(canvas: Canvas, chart: Strip) -> None:
    """Draw the dots on one line; names stand above it, tied to their dots."""
    line = canvas.line_height()
    box = canvas.box.inside(left=0.3, right=0.3, bottom=line + 0.2, top=line + 0.1)
    spare = max(box.height - TALLEST, 0) / 2
    box = box.inside(top=spare, bottom=spare)
    axes = canvas.axes(box)
    low, high = extent([mark.value for _, mark in chart.items()], zero=False)
    pad = (high - low) * 0.04
    axes.set_xlim(low - pad, high + pad)
    axes.set_ylim(-1, 1)
    value_axis(canvas, axes, chart.unit, upright=False, signed=chart.signed)
    axes.axhline(0, color=theme.RULE, linewidth=1.4, zorder=1)
    _dots(axes, chart)
    named = [mark for mark in chart.marks if mark.role != "muted" and mark.value is not None]
    _names(canvas, axes, chart, named)
    reference = chart.reference
    if reference is not None and reference.value is not None:
        style = theme.style_of(reference)
        level = float(reference.value)
        axes.axvline(level, color=style.edge, linestyle=theme.DASH, linewidth=2, zorder=1)
        text = value_text(reference, chart.unit, canvas.lang, chart.places, signed=chart.signed)
        over_line(canvas, axes, level, f"{clean(reference.label)} {text}", style.ink)


def _dots(axes: Axes, chart: Strip) -> None:
    """Draw the dots with seaborn, one call a look, without jitter: chance has no place here."""
    import seaborn as sns

    for mark in sorted(chart.marks, key=lambda mark: mark.role != "muted"):
        if mark.value is None:
            continue
        style = theme.style_of(mark)
        front = mark.role != "muted"
        sns.stripplot(
            x=[float(mark.value)], y=[0.0], orient="h", native_scale=True, jitter=False, ax=axes,
            size=15 if front else 11, color=style.face, edgecolor=style.edge if front else
            theme.FILL["other"], linewidth=1.6, zorder=4 if front else 2, clip_on=False,
            marker="D" if mark.inferred else "o",
        )  # fmt: skip
    axes.set_xlabel("")
    axes.set_ylabel("")
    axes.set_ylim(-1, 1)
    axes.set_yticks([])


def _names(canvas: Canvas, axes: Axes, chart: Strip, marks: list[Mark]) -> None:
    """Write names above the dots in steps, each no nearer to its neighbour than its width."""
    place, (low, high) = axes.get_position(), axes.get_xlim()
    texts = [
        f"{clean(mark.label)}\n"
        + value_text(mark, chart.unit, canvas.lang, chart.places, signed=chart.signed)
        for mark in marks
    ]
    widths = [canvas.width(text, bold=True) + 0.25 for text in texts]
    wished = [
        (place.x0 + place.width * (float(m.value or 0) - low) / (high - low)) * theme.WIDTH
        for m in marks
    ]
    steps = max(1, -(-int(sum(widths) * 10) // int(canvas.box.width * 8)))
    order = sorted(range(len(marks)), key=lambda index: wished[index])
    for step in range(steps):
        mine = order[step::steps]
        centres = spread([wished[i] for i in mine], [widths[i] for i in mine], canvas.box.left,
                         canvas.box.right)  # fmt: skip
        height = 0.22 + 0.26 * step
        for index, centre in zip(mine, centres, strict=True):
            x = low + (centre / theme.WIDTH - place.x0) / place.width * (high - low)
            ink = theme.INK[marks[index].role]
            axes.plot([float(marks[index].value or 0), x], [0.06, height],
                      color=ink, linewidth=1, linestyle=(0, (1, 2)), clip_on=False)  # fmt: skip
            canvas.label(axes, x, height, texts[index], dy=2, bold=True,
                         colour=ink, across="center", up="bottom",
                         backed=True)  # fmt: skip
