"""Lines over periods, with bands behind them for a fan."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.endlabels import EndLabel, draw_labels, room_for
from hlanalysis.charts.forms import Band, Lines, LineSeries, Mark
from hlanalysis.charts.marks import arrow, extent, value_axis
from hlanalysis.charts.words import clean, value_text, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# So many points of one line can each carry their value.
FEW_POINTS = 8
# Inches that end labels may take at most.
WIDEST_LABEL = 3.4


def draw(canvas: Canvas, chart: Lines) -> None:
    """Draw the lines on the canvas."""
    places = positions(chart)
    values = [v for _, mark in chart.items() for v in (mark.value, mark.low, mark.high)]
    if all(value is None for value in values):
        canvas.write(canvas.box.left, canvas.box.top - 0.5, word("gap", canvas.lang))
        return
    limits = extent(values, zero=chart.from_zero)
    labels = _end_labels(canvas, chart, places)
    box = canvas.box.inside(left=_axis_room(canvas, chart, limits), bottom=0.4, top=0.2,
                            right=room_for(canvas, labels))  # fmt: skip
    axes = canvas.axes(box)
    low, high = limits
    pad = (high - low) * 0.06
    # Words above a peak need more room than the peak itself.
    crowned = has_values(chart) or any(is_special(m) for s in chart.series for m in s.marks)
    axes.set_ylim(low if low == 0 else low - pad, high + pad * (2.6 if crowned else 1))
    xs = list(places.values()) or [0.0]
    spare = 0.35 if len(set(xs)) == 1 else (max(xs) - min(xs)) * 0.03
    axes.set_xlim(min(xs) - spare, max(xs) + spare)
    value_axis(canvas, axes, chart.unit, signed=chart.signed)
    _period_axis(canvas, axes, places, box.width)
    for number, band in enumerate(chart.bands):
        _band(axes, band, places, number, len(chart.bands))
    for line in chart.series:
        _line(canvas, axes, chart, line, places)
    if chart.reference is not None and chart.reference.value is not None:
        axes.axhline(float(chart.reference.value), color=theme.style_of(chart.reference).edge,
                     linestyle=theme.DASH, linewidth=2, zorder=2)  # fmt: skip
    if low < 0 < high:
        axes.axhline(0, color=theme.QUIET, linewidth=1.2)
    left_out = draw_labels(canvas, axes, labels)
    if left_out:
        canvas.write(box.right, box.bottom - 0.42, word("more", canvas.lang).format(n=left_out),
                     across="right", up="top", colour=theme.QUIET)  # fmt: skip


def positions(chart: Lines) -> dict[str, float]:
    """Return where each period stands: years at their number, others one after another."""
    labels = chart.labels()
    if labels and all(label.isdecimal() for label in labels):
        return {label: float(label) for label in labels}
    return {label: float(index) for index, label in enumerate(labels)}


def _axis_room(canvas: Canvas, chart: Lines, limits: tuple[float, float]) -> float:
    from hlanalysis.charts.words import number_text

    texts = [number_text(round(end, 2), chart.unit, canvas.lang, signed=chart.signed)
             for end in limits]  # fmt: skip
    return max(map(canvas.width, texts)) + 0.18


def _period_axis(canvas: Canvas, axes: Axes, places: Mapping[str, float], width: float) -> None:
    """Write the periods under the plot: whole ticks, the last one always, thinned where crowded."""
    if not places:
        return
    labels, xs = list(places), list(places.values())
    span = max(max(xs) - min(xs), 1.0)
    widest = max(canvas.width(clean(label)) for label in labels) + 0.2
    gap = min((b - a for a, b in pairwise(xs)), default=1.0)
    every = max(1, int(widest / (gap / span * width * 0.94) + 0.999))
    kept = [index for index in range(len(xs)) if (len(xs) - 1 - index) % every == 0]
    axes.set_xticks([xs[index] for index in kept], [clean(labels[index]) for index in kept])
    axes.tick_params(axis="x", length=4, color=theme.RULE, pad=6)
    for text in axes.get_xticklabels():
        text.set_fontproperties(theme.font(theme.LABEL))
        text.set_color(theme.QUIET)
    axes.axhline(axes.get_ylim()[0], color=theme.RULE, linewidth=1.2, zorder=1)


def _band(axes: Axes, band: Band, places: Mapping[str, float], number: int, count: int) -> None:
    marks = [mark for mark in band.marks if mark.low is not None and mark.high is not None]
    axes.fill_between(
        [places[mark.label] for mark in marks], [float(mark.low or 0) for mark in marks],
        [float(mark.high or 0) for mark in marks], facecolor=band_fill(band, number, count),
        edgecolor="none", zorder=1.2 + number / 10,
    )  # fmt: skip


def band_fill(band: Band, number: int, count: int) -> str:
    """Return the fill of a band: paler the wider it is, opaque so that it prints alike."""
    import seaborn as sns

    steps = sns.light_palette(theme.FILL[band.role], n_colors=count + 3).as_hex()
    return str(steps[number + 1])


def _line(
    canvas: Canvas, axes: Axes, chart: Lines, line: LineSeries, places: Mapping[str, float]
) -> None:
    style = theme.style_of(Mark("", 0, line.role))
    xs = [places[mark.label] for mark in line.marks]
    ys = [float("nan") if mark.value is None else float(mark.value) for mark in line.marks]
    axes.plot(xs, ys, color=style.edge, linewidth=2.8 if line.role != "muted" else 1.8,
              linestyle=theme.DASH if line.dashed or style.dashed else "-", zorder=3,
              solid_capstyle="round", clip_on=False)  # fmt: skip
    for mark, x in zip(line.marks, xs, strict=True):
        # A projection has no points of its own, only a way.
        if mark.value is not None and (line.role != "scenario" or is_special(mark)):
            _point(axes, line, mark, x)
    told = [has_values(chart) or is_special(mark) for mark in line.marks]
    _values(canvas, axes, chart, line, [x if t else None for x, t in zip(xs, told, strict=True)])


def has_values(chart: Lines) -> bool:
    """Say whether each point carries its value: one line of few points."""
    return len(chart.series) == 1 and len(chart.series[0].marks) <= FEW_POINTS


def is_special(mark: Mark) -> bool:
    """Say whether a point needs words of its own: a bound, an estimate, an inferred value."""
    return mark.estimate or mark.inferred or mark.bound is not None


def _point(axes: Axes, line: LineSeries, mark: Mark, x: float) -> None:
    style = theme.style_of(Mark("", 0, line.role))
    hollow = is_special(mark)
    y = float(mark.value or 0)
    axes.plot([x], [y], marker="D" if mark.inferred else "o", markersize=8.5 if hollow else 7,
              markerfacecolor=theme.PAPER if hollow else style.edge, markeredgecolor=style.edge,
              markeredgewidth=2, linestyle="none", zorder=4, clip_on=False)  # fmt: skip
    if mark.bound:
        arrow(axes, x, y, 0, 26 if mark.bound == "over" else -26, style.ink)


def _values(
    canvas: Canvas, axes: Axes, chart: Lines, line: LineSeries, xs: list[float | None]
) -> None:
    """Write the value at each point that has a place; the last value stands at the end."""
    known = [(m, x) for m, x in zip(line.marks, xs, strict=True) if m.value is not None]
    low, high = axes.get_ylim()
    for mark, x in known[:-1]:
        if x is None:
            continue
        y = float(mark.value or 0)
        up = y < low + (high - low) * 0.9 and mark.bound != "under"
        away = 9 + (24 if mark.bound and (mark.bound == "over") == up else 0)
        text = value_text(mark, chart.unit, canvas.lang, chart.places, signed=chart.signed)
        canvas.label(
            axes, x, y, text, dy=away if up else -away, bold=True, across="center",
            colour=theme.INK[line.role], up="bottom" if up else "top", backed=True,
        )  # fmt: skip


def _end_labels(canvas: Canvas, chart: Lines, places: Mapping[str, float]) -> list[EndLabel]:
    labels = [_series_label(canvas, chart, line, places) for line in chart.series]
    for band in chart.bands:
        ends = [mark for mark in band.marks if mark.high is not None]
        if ends:
            labels.append(EndLabel(
                places[ends[-1].label], float(ends[-1].high or 0),
                canvas.wrap(band.name, WIDEST_LABEL), theme.INK[band.role], 1, False,
            ))  # fmt: skip
    reference = chart.reference
    if reference is not None and reference.value is not None:
        text = f"{reference.label} " + value_text(reference, chart.unit, canvas.lang, chart.places)
        labels.append(EndLabel(
            max(places.values(), default=0.0), float(reference.value),
            canvas.wrap(text, WIDEST_LABEL, bold=True), theme.INK[reference.role], 3,
        ))  # fmt: skip
    return [label for label in labels if label is not None]


def _series_label(
    canvas: Canvas, chart: Lines, line: LineSeries, places: Mapping[str, float]
) -> EndLabel | None:
    known = [mark for mark in line.marks if mark.value is not None]
    if not known:
        return None
    last = known[-1]
    text = value_text(last, chart.unit, canvas.lang, chart.places, signed=chart.signed)
    words = canvas.wrap(f"{line.name} {text}", WIDEST_LABEL, bold=line.role != "muted", lines=3)
    return EndLabel(
        places[last.label], float(last.value or 0), words, theme.INK[line.role],
        1 if line.role == "muted" else 2, line.role != "muted",
    )  # fmt: skip
