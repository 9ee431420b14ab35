"""Parts stacked on each other, named beside the last column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.endlabels import EndLabel, draw_labels, room_for
from hlanalysis.charts.forms import Mark, Stacked
from hlanalysis.charts.marks import bar, extent, lay_rows, row_axes
from hlanalysis.charts.theme import Style
from hlanalysis.charts.words import clean, number_text, value_text
from hlanalysis.numbers import to_fraction

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of one column, from `start` to `end`."""

    column: int
    part: int
    mark: Mark
    start: float
    end: float


def draw(canvas: Canvas, chart: Stacked) -> None:
    """Draw the stack upright, or lying where its columns' labels are long."""
    labels = chart.labels()
    slot = canvas.box.width * 0.72 / max(len(labels), 1)
    words = [word for label in labels for word in clean(label).split()]
    if chart.horizontal or max(map(canvas.width, words), default=0.0) > slot * 0.92:
        _lying(canvas, chart)
    else:
        _upright(canvas, chart)


def pieces(chart: Stacked) -> list[Piece]:
    """Return where each part begins and ends; negative parts go down from zero."""
    labels = chart.labels()
    up, down = [0.0] * len(labels), [0.0] * len(labels)
    found = []
    for number, part in enumerate(chart.parts):
        by_label = {mark.label: mark for mark in part.marks}
        for column, label in enumerate(labels):
            mark = by_label.get(label)
            if mark is None or mark.value is None:
                continue
            level = up if mark.value >= 0 else down
            start = level[column]
            level[column] += float(mark.value)
            found.append(Piece(column, number, mark, start, level[column]))
    return found


def fills(chart: Stacked) -> list[str]:
    """Return a fill for each part: its role's, and a dark-to-light ramp for parts without one."""
    plain = [index for index, part in enumerate(chart.parts) if part.role == "other"]
    ramp = dict(zip(plain, theme.ramp(len(plain)), strict=True))
    return [ramp.get(index, theme.FILL[part.role]) for index, part in enumerate(chart.parts)]


def totals(chart: Stacked, canvas: Canvas) -> list[str]:
    """Write the exact sum of each column; empty where a part is missing."""
    done = []
    for label in chart.labels():
        values = [m.value for part in chart.parts for m in part.marks if m.label == label]
        known = [to_fraction(value) for value in values if value is not None]
        whole = len(known) == len(chart.parts)
        done.append(
            number_text(sum(known), chart.unit, canvas.lang, _places(chart)) if whole else ""
        )
    return done


def _places(chart: Stacked) -> int | None:
    from hlanalysis.charts.marks import tick_places

    if chart.places is not None:
        return chart.places
    values = [float(m.value) for part in chart.parts for m in part.marks if m.value is not None]
    return min(tick_places(values), 1)


def _upright(canvas: Canvas, chart: Stacked) -> None:
    labels, found = chart.labels(), pieces(chart)
    names = _names(canvas, chart, found)
    line = canvas.line_height()
    slot = min((canvas.box.width - room_for(canvas, names)) / max(len(labels), 1), 2.4)
    wrapped = [canvas.wrap(label, slot * 0.94) for label in labels]
    deep = max((label.count("\n") + 1 for label in wrapped), default=1)
    box = canvas.box.inside(bottom=deep * line + 0.12, top=line + 0.08)
    spare = (box.width - room_for(canvas, names) - slot * len(labels)) / 2
    box = box.inside(left=spare, right=spare)
    axes = canvas.axes(type(box)(box.left, box.bottom, box.left + slot * len(labels), box.top))
    axes.set_xlim(-0.5, len(labels) - 0.5)
    axes.set_ylim(*extent([end for piece in found for end in (piece.start, piece.end)]))
    for piece in found:
        _piece(canvas, axes, chart, piece, lying=False, room=slot * 0.7)
    for column, label in enumerate(wrapped):
        canvas.write(box.left + slot * (column + 0.5), box.bottom - 0.1, label, across="center",
                     up="top")  # fmt: skip
    if chart.totals:
        for column, text in enumerate(totals(chart, canvas)):
            top = max((p.end for p in found if p.column == column), default=0.0)
            canvas.label(axes, column, max(top, 0.0), text, dy=4, bold=True, across="center",
                         up="bottom")  # fmt: skip
    axes.axhline(0, color=theme.QUIET, linewidth=1.2, zorder=3)
    draw_labels(canvas, axes, names)


def _names(canvas: Canvas, chart: Stacked, found: list[Piece]) -> list[EndLabel]:
    """Name each part at the middle of its last piece."""
    names = []
    for number, part in enumerate(chart.parts):
        mine = [piece for piece in found if piece.part == number]
        if mine:
            last = mine[-1]
            text = canvas.wrap(part.name, 3.2, bold=True, lines=3)
            ink = theme.TEXT if part.role == "other" else theme.INK[part.role]
            names.append(EndLabel(last.column + 0.35, (last.start + last.end) / 2, text, ink))
    return names


def _piece(
    canvas: Canvas, axes: Axes, chart: Stacked, piece: Piece, *, lying: bool, room: float
) -> None:
    """Draw a piece, with its value inside where it fits."""
    fill = fills(chart)[piece.part]
    style = theme.style_of(piece.mark, chart.parts[piece.part].role)
    hatch = "///" if piece.mark.inferred else ""
    edge = style.edge if piece.mark.estimate or piece.mark.inferred else theme.PAPER
    face = theme.pale(fill) if piece.mark.estimate else fill
    patch = bar(axes, lying, piece.column, piece.start, piece.end, 0.7,
                Style(face, edge, style.ink, False, hatch, True))  # fmt: skip
    patch.set_linewidth(1.6)
    text = value_text(piece.mark, chart.unit, canvas.lang, chart.places)
    place = axes.get_position()
    along = place.width * theme.WIDTH if lying else place.height * theme.HEIGHT
    low, high = axes.get_xlim() if lying else axes.get_ylim()
    length = abs(piece.end - piece.start) / abs(high - low) * along
    wide, tall = canvas.width(text, bold=True) + 0.08, canvas.line_height()
    if (length >= wide and room >= tall) if lying else (length >= tall and room >= wide):
        middle = (piece.start + piece.end) / 2
        x, y = (middle, piece.column) if lying else (piece.column, middle)
        canvas.label(axes, x, y, text, bold=True, across="center", colour=theme.ink_on(face))


def _lying(canvas: Canvas, chart: Stacked) -> None:
    """Draw rows; the parts are named in a line of keys above, as no end is common to all rows."""
    found = pieces(chart)
    _keys(canvas, chart)
    sums = totals(chart, canvas) if chart.totals else []
    rows = lay_rows(canvas, chart.labels())
    limits = extent([end for piece in found for end in (piece.start, piece.end)])
    right = max((canvas.width(text, bold=True) for text in sums), default=0.0) + 0.15
    for box, held in rows.panels:
        axes = row_axes(canvas, rows, box, held, limits, 0.0, right)
        for piece in found:
            if piece.column in held:
                _piece(canvas, axes, chart, piece, lying=True, room=rows.height * 0.7)
        for row in held if sums else ():
            top = max((p.end for p in found if p.column == row), default=0.0)
            canvas.label(axes, max(top, 0.0), row, sums[row], dx=6, bold=True)
        axes.axvline(0, color=theme.QUIET, linewidth=1.2, zorder=3)


def _keys(canvas: Canvas, chart: Stacked) -> None:
    from matplotlib.patches import Rectangle

    line, side = canvas.line_height(), 0.2
    x, top = canvas.box.left, canvas.box.top
    for part, fill in zip(chart.parts, fills(chart), strict=True):
        text = canvas.wrap(part.name, canvas.box.width - side - 0.2, lines=1)
        wide = side + 0.1 + canvas.width(text) + 0.35
        if x > canvas.box.left and x + wide - 0.35 > canvas.box.right:
            x, top = canvas.box.left, top - line
        canvas.figure.add_artist(Rectangle(
            (x / theme.WIDTH, (top - line * 0.85) / theme.HEIGHT), side / theme.WIDTH,
            side / theme.HEIGHT, facecolor=fill, edgecolor=theme.QUIET, linewidth=0.8,
        ))  # fmt: skip
        canvas.write(x + side + 0.1, top - line * 0.8, text)
        x += wide
    canvas.box = canvas.box.inside(top=canvas.box.top - top + line + 0.15)
