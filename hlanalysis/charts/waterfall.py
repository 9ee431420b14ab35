"""From a start to an end by steps: up in the colour of surplus, down in that of shortfall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.forms import Mark, Role, Waterfall
from hlanalysis.charts.marks import ARROW, GAP, arrow, bar, extent, lay_rows, row_axes
from hlanalysis.charts.words import clean, value_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class Fall:
    """One bar of the waterfall: from `start` to `end`, a whole level or a step."""

    mark: Mark
    start: float
    end: float
    role: Role
    step: bool


def draw(canvas: Canvas, chart: Waterfall) -> None:
    """Draw the waterfall upright, or lying where labels are long or steps are many."""
    bars = falls(chart)
    texts = [
        value_text(fall.mark, chart.unit, canvas.lang, chart.places, signed=fall.step)
        for fall in bars
    ]
    slot = min(canvas.box.width / len(bars), 2.4)
    words = [word for fall in bars for word in clean(fall.mark.label).split()]
    widest = max([canvas.width(word) for word in words]
                 + [canvas.width(text, bold=True) for text in texts])  # fmt: skip
    labels = [canvas.wrap(fall.mark.label, slot * 0.94) for fall in bars]
    if widest <= slot * 0.94 and max(label.count("\n") for label in labels) < 4:
        _upright(canvas, bars, texts, labels, slot)
    else:
        _lying(canvas, bars, texts)


def falls(chart: Waterfall) -> list[Fall]:
    """Return the bars in order, with the level each begins and ends at."""
    assert chart.start.value is not None and chart.end.value is not None
    level = float(chart.start.value)
    bars = [Fall(chart.start, 0.0, level, chart.start.role, False)]
    for mark in chart.steps:
        assert mark.value is not None
        after = level + float(mark.value)
        bars.append(Fall(mark, level, after, step_role(mark), True))
        level = after
    return [*bars, Fall(chart.end, 0.0, float(chart.end.value), chart.end.role, False)]


def step_role(mark: Mark) -> Role:
    """Return the colour of a step: by its sign, unless the mark asks for another."""
    if mark.role not in ("outturn", "other"):
        return mark.role
    return "surplus" if (mark.value or 0) >= 0 else "shortfall"


def _upright(
    canvas: Canvas, bars: list[Fall], texts: list[str], labels: list[str], slot: float
) -> None:
    line = canvas.line_height()
    deep = max(label.count("\n") + 1 for label in labels)
    limits = extent([end for fall in bars for end in (fall.start, fall.end)])
    low_room = line if any(max(f.start, f.end) <= 0 for f in bars) else 0.0
    arrows = ARROW / 72 if any(fall.mark.bound for fall in bars) else 0.0
    box = canvas.box.inside(bottom=deep * line + 0.14 + low_room, top=line + 0.08 + arrows)
    left = box.left + (box.width - slot * len(bars)) / 2
    axes = canvas.axes(type(box)(left, box.bottom, left + slot * len(bars), box.top))
    axes.set_xlim(-0.5, len(bars) - 0.5)
    axes.set_ylim(*limits)
    for index, fall in enumerate(bars):
        style = theme.style_of(fall.mark, fall.role)
        bar(axes, False, index, fall.start, fall.end, 0.66, style)
        top = max(fall.start, fall.end)
        below = top <= 0
        away = 0.0
        if fall.mark.bound:
            over = (fall.mark.bound == "over") != below
            arrow(axes, index, fall.end, 0, ARROW if over else -ARROW, style.ink)
            away = ARROW if fall.mark.bound == "over" else 0.0
        canvas.label(axes, index, min(fall.start, fall.end) if below else top, texts[index],
                     dy=-GAP - away if below else GAP - 2 + away, bold=True,
                     colour=style.ink, across="center",
                     up="top" if below else "bottom")  # fmt: skip
        canvas.write(left + slot * (index + 0.5), box.bottom - low_room - 0.1, labels[index],
                     across="center", up="top")  # fmt: skip
    _connect(axes, bars, lying=False)
    axes.axhline(0, color=theme.QUIET, linewidth=1.2, zorder=3)


def _lying(canvas: Canvas, bars: list[Fall], texts: list[str]) -> None:
    rows = lay_rows(canvas, [fall.mark.label for fall in bars], tallest=0.9)
    limits = extent([end for fall in bars for end in (fall.start, fall.end)])
    widths = [canvas.width(text, bold=True) + 0.15 for text in texts]
    left = max((w for w, f in zip(widths, bars, strict=True) if max(f.start, f.end) <= 0),
               default=0.0)  # fmt: skip
    for box, held in rows.panels:
        axes = row_axes(canvas, rows, box, held, limits, left, max(widths))
        for row in held:
            fall = bars[row]
            style = theme.style_of(fall.mark, fall.role)
            bar(axes, True, row, fall.start, fall.end, rows.thickness, style)
            before = max(fall.start, fall.end) <= 0
            canvas.label(axes, min(fall.start, fall.end) if before else max(fall.start, fall.end),
                         row, texts[row], dx=-GAP if before else GAP, bold=True, colour=style.ink,
                         across="right" if before else "left")  # fmt: skip
        _connect(axes, bars, lying=True, held=held)
        axes.axvline(0, color=theme.QUIET, linewidth=1.2, zorder=3)


def _connect(axes: Axes, bars: list[Fall], *, lying: bool, held: range | None = None) -> None:
    """Tie each bar's end to the next bar's beginning."""
    for index, fall in enumerate(bars[:-1]):
        if held is not None and (index not in held or index + 1 not in held):
            continue
        along, level = [index + 0.33, index + 0.67], [fall.end, fall.end]
        xs, ys = (level, along) if lying else (along, level)
        axes.plot(xs, ys, color=theme.QUIET, linewidth=1, linestyle=(0, (1, 1.5)), zorder=1)
