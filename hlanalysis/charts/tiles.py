"""Counts as squares: 14 of 17 are filled, the other three hollow."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.forms import Mark, Tile, Tiles
from hlanalysis.charts.marks import lay_rows
from hlanalysis.charts.words import number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# More squares than this are no longer counted by eye; a bar is drawn instead.
COUNTABLE = 120


def draw(canvas: Canvas, chart: Tiles) -> None:
    """Draw a row of squares for each count, with the count and its share at the end."""
    texts = [tile_text(tile, canvas) for tile in chart.tiles]
    rows = lay_rows(canvas, [tile.label for tile in chart.tiles], tallest=1.5, share=0.3)
    right = max((canvas.width(text, 16, True) for text in texts), default=0.0) + 0.2
    most = max((tile.total for tile in chart.tiles if tile.total <= COUNTABLE), default=1)
    for box, held in rows.panels:
        inner = box.inside(left=rows.label_width + 0.2, right=right)
        axes = canvas.axes(inner)
        axes.set_xlim(0, inner.width)
        axes.set_ylim(0, box.height)
        side, across = _square(inner.width, rows.height * 0.8, most)
        for row in held:
            tile = chart.tiles[row]
            middle = box.height - (row - held.start + 0.5) * rows.height
            canvas.write(box.left + rows.label_width, box.bottom + middle, rows.labels[row],
                         across="right", up="center")  # fmt: skip
            end = _draw_tile(axes, tile, middle, side, across, inner.width, rows.height)
            canvas.write(inner.left + end + 0.15, box.bottom + middle, texts[row], size=16,
                         bold=True, colour=theme.INK[tile.role], up="center")  # fmt: skip


def tile_text(tile: Tile, canvas: Canvas) -> str:
    """Write the count and its share: "14/17 · 82,4%"."""
    count = f"{number_text(tile.met, '', canvas.lang)}/{number_text(tile.total, '', canvas.lang)}"
    if not tile.total:
        return count
    share = number_text(Fraction(tile.met * 100, tile.total), "percent", canvas.lang, 1)
    return f"{count} · {share}"


def _square(width: float, height: float, most: int) -> tuple[float, int]:
    """Return the side of a square and how many stand in a line, as large as fits."""
    best = (0.0, 1)
    for lines in range(1, 9):
        across = -(-most // lines)
        best = max(best, (min(width / across, height / lines, 0.5), across))
    return best


def _draw_tile(axes: Axes, tile: Tile, middle: float, side: float, across: int, width: float,
               height: float) -> float:  # fmt: skip
    """Draw one count and return where it ends, in inches."""
    from matplotlib.patches import Rectangle

    met = theme.style_of(Mark("", 0, tile.role))
    if tile.total > COUNTABLE:
        tall = min(0.5, height * 0.6)
        length = width * min(tile.met / tile.total, 1)
        for start, long, face in ((0.0, width, theme.PAPER), (0.0, length, met.edge)):
            axes.add_patch(Rectangle((start, middle - tall / 2), long, tall, facecolor=face,
                                     edgecolor=met.edge, linewidth=1.5))  # fmt: skip
        return width
    lines = -(-tile.total // across)
    top = middle + lines * side / 2
    for index in range(tile.total):
        line, place = divmod(index, across)
        filled = index < tile.met
        axes.add_patch(Rectangle(
            (place * side + side * 0.08, top - (line + 1) * side + side * 0.08),
            side * 0.84, side * 0.84, facecolor=met.edge if filled else theme.PAPER,
            edgecolor=met.edge, linewidth=1.5, clip_on=False,
        ))  # fmt: skip
    return min(tile.total, across) * side
