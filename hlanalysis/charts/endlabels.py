"""Labels at the ends of lines: in the colour of their line, moved apart, tied by a thin leader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Inches between the plot and its labels; the leaders run there.
GUTTER = 0.3


@dataclass(frozen=True, slots=True)
class EndLabel:
    """What stands at the end of a line.

    Attributes
    ----------
    x, y : float
        Where the line ends, in data.
    text : str
        Already wrapped.
    ink : str
    weight : int
        Where there is no room for all, the heavier ones stay.
    """

    x: float
    y: float
    text: str
    ink: str
    weight: int = 1
    bold: bool = True


def room_for(canvas: Canvas, labels: Sequence[EndLabel]) -> float:
    """Return the inches that the labels take beside the plot, gutter included."""
    widest = max((canvas.width(one.text, bold=one.bold) for one in labels), default=0.0)
    return widest + GUTTER + 0.05 if labels else 0.1


def draw_labels(
    canvas: Canvas, axes: Axes, labels: Sequence[EndLabel], *, right: bool = True
) -> int:
    """Write the labels beside the plot and return how many found no room."""
    place = axes.get_position()
    bottom, top = place.y0 * theme.HEIGHT - 0.1, place.y1 * theme.HEIGHT + 0.1
    kept = _kept(canvas, labels, top - bottom)
    low, high = axes.get_ylim()
    left, width = axes.get_xlim()[0], axes.get_xlim()[1] - axes.get_xlim()[0]
    wished = [
        (place.y0 + place.height * (one.y - low) / (high - low)) * theme.HEIGHT for one in kept
    ]
    heights = [_height(canvas, one) for one in kept]
    centres = spread(wished, heights, bottom, top)
    edge = (place.x1 if right else place.x0) * theme.WIDTH
    side = 1 if right else -1
    for one, wish, centre in zip(kept, wished, centres, strict=True):
        start = (place.x0 + place.width * (one.x - left) / width) * theme.WIDTH
        _leader(canvas, start + side * 0.09, wish, edge + side * (GUTTER - 0.07), centre, one.ink)
        canvas.write(
            edge + side * GUTTER, centre, one.text, bold=one.bold, colour=one.ink,
            across="left" if right else "right", up="center",
        )  # fmt: skip
    return len(labels) - len(kept)


def _kept(canvas: Canvas, labels: Sequence[EndLabel], room: float) -> list[EndLabel]:
    kept: list[EndLabel] = []
    for one in sorted(labels, key=lambda label: -label.weight):
        if sum(_height(canvas, other) for other in (*kept, one)) <= room:
            kept.append(one)
    return kept


def _height(canvas: Canvas, one: EndLabel) -> float:
    return (one.text.count("\n") + 1) * canvas.line_height() + 0.02


def _leader(canvas: Canvas, x: float, y: float, to_x: float, to_y: float, ink: str) -> None:
    """Tie a label to its line where it had to move or the line ends early."""
    from matplotlib.lines import Line2D

    if abs(to_y - y) < 0.06 and to_x - x < GUTTER:
        return
    canvas.figure.add_artist(
        Line2D([x / theme.WIDTH, to_x / theme.WIDTH], [y / theme.HEIGHT, to_y / theme.HEIGHT],
               color=ink, linewidth=0.9, linestyle=(0, (1, 2)))
    )  # fmt: skip
