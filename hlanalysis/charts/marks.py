"""Pieces that several families share: a bar, a bound's arrow, rows with labels, ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Box, Canvas
from hlanalysis.charts.forms import Value
from hlanalysis.charts.theme import Style
from hlanalysis.charts.words import clean, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

# Points between a bar's end and its label, and the length of a bound's arrow.
GAP, ARROW = 6.0, 24.0
# Rows closer than this would touch; thicker bars than this look like blocks.
LEAST_ROW, THICKEST = 0.27, 0.62
# Labels that would be cut otherwise may take this part of the width.
WIDEST_SHARE = 0.47


def bar(
    axes: Axes, lying: bool, at: float, start: float, end: float, thickness: float, style: Style
) -> Rectangle:
    """Draw a bar from `start` to `end`, across `at`."""
    from matplotlib.patches import Rectangle

    low, length = min(start, end), abs(end - start)
    place = (low, at - thickness / 2) if lying else (at - thickness / 2, low)
    size = (length, thickness) if lying else (thickness, length)
    # The thin edge keeps a bar in sight that is too small for a face.
    patch = Rectangle(
        place, *size, facecolor=style.face, edgecolor=style.edge, hatch=style.hatch or None,
        linestyle=theme.DASH if style.dashed else "-", linewidth=1.8 if style.hollow else 0.8,
        clip_on=False, zorder=2,
    )  # fmt: skip
    axes.add_patch(patch)
    return patch


def arrow(axes: Axes, x: float, y: float, dx: float, dy: float, colour: str) -> None:
    """Draw an arrow from a point of the data, `dx` and `dy` points long."""
    axes.annotate(
        "", xy=(x, y), xytext=(dx, dy), textcoords="offset points", annotation_clip=False, zorder=4,
        arrowprops={"arrowstyle": "<|-", "color": colour, "linewidth": 2.2, "shrinkA": 0,
                    "shrinkB": 0, "mutation_scale": 16},
    )  # fmt: skip


def extent(values: Iterable[Value | None], *, zero: bool = True) -> tuple[float, float]:
    """Return the range that an axis must show; never of no length.

    Parameters
    ----------
    values : iterable of number or None
    zero : bool
        The axis must hold zero.
    """
    known = [float(value) for value in values if value is not None] + ([0.0] if zero else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low == high:
        low, high = (
            (low, low + 1.0) if zero else (low - abs(low or 1) / 20, low + abs(low or 1) / 20)
        )
    return low, high


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a horizontal chart, cut into panels side by side where they are many.

    Attributes
    ----------
    panels : list of (Box, range)
        Where each panel goes, label column included, and which rows it holds.
    height : float
        Inches a row.
    labels : list of str
        Wrapped to the label column.
    label_width : float
        Inches of the label column.
    left_out : int
        Rows for which there is no room.
    """

    panels: list[tuple[Box, range]]
    height: float
    labels: list[str]
    label_width: float
    left_out: int

    @property
    def thickness(self) -> float:
        """Thickness of a bar in rows."""
        return min(0.66, THICKEST / self.height)


def lay_rows(
    canvas: Canvas, labels: Sequence[str], *, tallest: float = 1.15, least: float = LEAST_ROW,
    share: float = 0.36, bold: bool = False,
) -> Rows:  # fmt: skip
    """Lay out rows in the canvas's box.

    Parameters
    ----------
    labels : sequence of str
    tallest, least : float
        Bounds of a row's height in inches.
    share : float
        At most this part of a panel's width goes to labels.
    """
    from hlanalysis.charts.words import word

    count, room = max(len(labels), 1), int(canvas.box.height / least)
    columns = min(-(-count // max(room, 1)), 3)
    if count > columns * room:
        note = word("more", canvas.lang)
        canvas.remark(note.format(n=count - columns * (room - 2)))
        room = int(canvas.box.height / least)
    shown = min(count, columns * room)
    per_panel = -(-shown // columns)
    height = min(tallest, canvas.box.height / per_panel)
    boxes = canvas.box.columns(columns)
    widest = max((canvas.width(clean(label), bold=bold) for label in labels), default=0.0)
    lines = max(int(height * 0.98 / canvas.line_height()), 1)
    # Rather a narrower plot than a name that is cut.
    for part in (share, max(share, WIDEST_SHARE)):
        width = min(widest, part * boxes[0].width) + 0.01
        wrapped = [canvas.wrap(one, width, bold=bold, lines=lines) for one in labels[:shown]]
        if not any(one.endswith("…") for one in wrapped):
            break
    width = max((canvas.width(label, bold=bold) for label in wrapped), default=0.0)
    panels = []
    for number, box in enumerate(boxes):
        rows = range(number * per_panel, min((number + 1) * per_panel, shown))
        spare = box.height - height * per_panel
        top = box.top - spare * (0.5 if columns == 1 else 0)
        panels.append((Box(box.left, top - height * max(len(rows), 1), box.right, top), rows))
    return Rows(panels, height, wrapped, width, count - shown)


def row_axes(canvas: Canvas, rows: Rows, box: Box, held: range, limits: tuple[float, float],
             left: float, right: float) -> Axes:  # fmt: skip
    """Return the axes of a panel with its row labels written; row i stands at y = i.

    Parameters
    ----------
    left, right : float
        Inches kept free on either side of the scale for value labels.
    """
    inner = box.inside(left=rows.label_width + 0.14 + left, right=right)
    axes = canvas.axes(inner)
    axes.set_xlim(*limits)
    axes.set_ylim(held.stop - 0.5, held.start - 0.5)
    for row in held:
        middle = box.top - (row - held.start + 0.5) * rows.height
        canvas.write(
            box.left + rows.label_width, middle, rows.labels[row], across="right", up="center"
        )
    return axes


def over_line(canvas: Canvas, axes: Axes, level: float, text: str, ink: str) -> None:
    """Name an upright line across the plot, just above it and inside the sheet."""
    place, (low, high) = axes.get_position(), axes.get_xlim()
    middle = (place.x0 + place.width * (level - low) / (high - low)) * theme.WIDTH
    half = canvas.width(text, bold=True) / 2
    middle = max(canvas.box.left + half, min(canvas.box.right - half, middle))
    canvas.write(middle, place.y1 * theme.HEIGHT + 0.08, text, bold=True, colour=ink,
                 across="center")  # fmt: skip


def value_axis(
    canvas: Canvas, axes: Axes, unit: str, *, upright: bool = True, signed: bool = False
) -> None:
    """Give a value axis a few round ticks in the reader's numbers, with faint lines."""
    from matplotlib.ticker import MaxNLocator

    axis = axes.yaxis if upright else axes.xaxis
    low, high = axes.get_ylim() if upright else axes.get_xlim()
    steps = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    inside = [float(step) for step in steps if low - 1e-9 <= step <= high + 1e-9 * abs(high)]
    axis.set_ticks(inside, tick_texts(inside, unit, canvas, signed))
    axis.set_tick_params(length=0, pad=6)
    for text in axis.get_ticklabels():
        text.set_fontproperties(theme.font(theme.LABEL))
        text.set_color(theme.QUIET)
    axis.grid(True, color=theme.RULE, linewidth=0.8)
    axes.set_axisbelow(True)


def tick_texts(ticks: Sequence[float], unit: str, canvas: Canvas, signed: bool) -> list[str]:
    """Write ticks with as many decimals as their step has."""
    places = tick_places(ticks)
    return [
        number_text(round(tick, places) + 0.0, unit, canvas.lang, places, signed=signed)
        for tick in ticks
    ]


def tick_places(ticks: Sequence[float]) -> int:
    """Return the decimals that tell ticks apart.

    Examples
    --------
    >>> tick_places([0, 50, 100]), tick_places([0, 2.5, 5]), tick_places([124.99, 125.0])
    (0, 1, 2)
    """
    for places in range(10):
        if all(abs(round(tick, places) - tick) < 1e-9 * max(1, abs(tick)) for tick in ticks):
            return places
    return 10
