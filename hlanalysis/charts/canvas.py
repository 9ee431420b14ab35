"""The sheet a chart is drawn on: title, subtitle, note and source around a measured middle.

Everything is placed in inches and every text is measured before it is placed, so that nothing is
cut, shrunk below the smallest size or written over something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hlanalysis.charts import theme
from hlanalysis.charts.words import clean, word
from hlanalysis.numbers import Lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Height of a line of text for its size: DejaVu with Vietnamese accents on capitals.
LEADING = 1.28
# Below this height a plot says nothing; titles give way before.
SMALLEST_PLOT = 2.6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the sheet in inches from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Inches from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Inches from bottom to top."""
        return self.top - self.bottom

    def inside(self, left: float = 0, bottom: float = 0, right: float = 0, top: float = 0) -> Box:
        """Return the box without a margin on each side."""
        return Box(self.left + left, self.bottom + bottom, self.right - right, self.top - top)

    def columns(self, count: int, gap: float = 0.45) -> list[Box]:
        """Return the box cut into columns of equal width."""
        width = (self.width - gap * (count - 1)) / count
        lefts = [self.left + index * (width + gap) for index in range(count)]
        return [Box(left, self.bottom, left + width, self.top) for left in lefts]


class Canvas:
    """A figure of slide size with its words around an empty box.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    box : Box
        Where the plot goes.
    lang : {"vi", "en"}
    """

    def __init__(
        self, *, finding: str, subtitle: str, source: str, lang: Lang, note: str = ""
    ) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.lang = lang
        self.figure = Figure(figsize=(theme.WIDTH, theme.HEIGHT), dpi=theme.DPI)
        self.figure.set_facecolor(theme.PAPER)
        self._renderer: Any = FigureCanvasAgg(self.figure).get_renderer()
        margin = theme.MARGIN
        self.box = Box(margin, 0.3, theme.WIDTH - margin, theme.HEIGHT - 0.38)
        self._foot(source, note)
        self._head(finding, subtitle)
        self.box = self.box.inside(bottom=0.16, top=0.22)

    def width(self, text: str, size: float = theme.LABEL, bold: bool = False) -> float:
        """Return the width of a text in inches; of the widest line if it has several."""
        return max(self._line_width(line, size, bold) for line in text.split("\n"))

    def _line_width(self, line: str, size: float, bold: bool) -> float:
        found = self._renderer.get_text_width_height_descent(line, theme.font(size, bold), False)
        return float(found[0]) / theme.DPI

    @staticmethod
    def line_height(size: float = theme.LABEL) -> float:
        """Return the height of a line in inches."""
        return size * LEADING / 72

    def wrap(
        self, text: str, width: float, size: float = theme.LABEL, bold: bool = False, lines: int = 0
    ) -> str:
        """Return the text broken into lines no wider than `width` inches.

        Parameters
        ----------
        lines : int
            At most so many; the last one then ends in an ellipsis. 0 means all that it takes.
        """
        done: list[str] = []
        for token in clean(text).split(" "):
            joined = f"{done[-1]} {token}" if done else token
            if done and self._line_width(joined, size, bold) <= width:
                done[-1] = joined
            else:
                done += self._broken(token, width, size, bold)
        if lines and len(done) > lines:
            done = done[:lines]
            while done[-1] and self._line_width(done[-1] + "…", size, bold) > width:
                done[-1] = done[-1][:-1]
            done[-1] = done[-1].rstrip() + "…"
        return "\n".join(done)

    def _broken(self, token: str, width: float, size: float, bold: bool) -> list[str]:
        """Cut a word that is wider than a line."""
        pieces = [""]
        for letter in token:
            if pieces[-1] and self._line_width(pieces[-1] + letter, size, bold) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def write(
        self, x: float, y: float, text: str, *, size: float = theme.LABEL, bold: bool = False,
        colour: str = theme.TEXT, across: str = "left", up: str = "baseline",
    ) -> None:  # fmt: skip
        """Write at a place of the sheet, in inches; `up` says what of the text stands there."""
        for line, rise in _baselines(text, size, up):
            self.figure.text(
                x / theme.WIDTH, (y + rise / 72) / theme.HEIGHT, line, color=colour, ha=across,
                va="baseline", fontproperties=theme.font(size, bold), parse_math=False,
            )  # fmt: skip

    def write_up(self, x: float, y: float, text: str, colour: str = theme.TEXT) -> None:
        """Write in bold from the bottom up, centred on `x`, beginning at `y`."""
        self.figure.text(
            x / theme.WIDTH, y / theme.HEIGHT, text, color=colour, rotation=90, ha="center",
            va="bottom", fontproperties=theme.font(theme.LABEL, True), parse_math=False,
        )  # fmt: skip

    def axes(self, box: Box) -> Axes:
        """Return empty axes that fill a box: no frame, no ticks."""
        axes = self.figure.add_axes(
            (
                box.left / theme.WIDTH, box.bottom / theme.HEIGHT,
                box.width / theme.WIDTH, box.height / theme.HEIGHT,
            )
        )  # fmt: skip
        axes.set_facecolor("none")
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_xticks([])
        axes.set_yticks([])
        return axes

    def label(
        self, axes: Axes, x: float, y: float, text: str, *, dx: float = 0, dy: float = 0,
        size: float = theme.LABEL, bold: bool = False, colour: str = theme.TEXT,
        across: str = "left", up: str = "center", backed: bool = False,
    ) -> None:  # fmt: skip
        """Write beside a point of the data, `dx` and `dy` points away.

        Parameters
        ----------
        backed : bool
            Put paper behind the letters, so that no line crosses them.
        """
        paper = {"facecolor": theme.PAPER, "edgecolor": "none", "pad": 1.0} if backed else None
        for line, rise in _baselines(text, size, up):
            axes.annotate(
                line, (x, y), xytext=(dx, dy + rise), textcoords="offset points", color=colour,
                annotation_clip=False, fontproperties=theme.font(size, bold), ha=across,
                va="baseline", parse_math=False, bbox=paper, zorder=5,
            )  # fmt: skip

    def _head(self, finding: str, subtitle: str) -> None:
        size, title = self._title(finding)
        self._block(title, size, bold=True)
        if subtitle.strip():
            self.box = self.box.inside(top=0.06)
            wrapped = self.wrap(subtitle, self.box.width, theme.SUBTITLE)
            self._block(wrapped, theme.SUBTITLE, colour=theme.QUIET)

    def _title(self, finding: str) -> tuple[float, str]:
        for size in (theme.TITLE, 22.0, 20.0, 18.0, 16.0):
            title = self.wrap(finding, self.box.width, size, bold=True)
            if (title.count("\n") + 1) * size <= 2 * theme.TITLE:
                break
        return size, title

    def _block(self, text: str, size: float, bold: bool = False, colour: str = theme.TEXT) -> None:
        """Write lines at the top of the box and take their height off it."""
        for line in text.split("\n"):
            top = self.box.top - 0.1 * size / 72
            self.write(self.box.left, top, line, size=size, bold=bold, colour=colour, up="top")
            self.box = self.box.inside(top=self.line_height(size))

    def _foot(self, source: str, note: str) -> None:
        lead = f"{word('source', self.lang)}: "
        text = clean(source)
        text = text if text.casefold().startswith(lead.strip().casefold()) else lead + text
        self._bottom(self.wrap(text, self.box.width, theme.SOURCE), theme.SOURCE)
        if note.strip():
            self.box = self.box.inside(bottom=0.05)
            self._bottom(self.wrap(note, self.box.width, theme.LABEL), theme.LABEL)

    def _bottom(self, text: str, size: float) -> None:
        for line in reversed(text.split("\n")):
            self.write(self.box.left, self.box.bottom, line, size=size, colour=theme.QUIET)
            self.box = self.box.inside(bottom=self.line_height(size))

    def remark(self, text: str) -> None:
        """Write a line of the chart's own at the bottom of the box."""
        self._bottom(self.wrap(text, self.box.width, theme.LABEL), theme.LABEL)
        self.box = self.box.inside(bottom=0.08)


def _baselines(text: str, size: float, up: str) -> list[tuple[str, float]]:
    """Return each line with its baseline in points above the place of the text.

    By the font's size alone: matplotlib goes by the ink, and "Khác" would stand lower than "Huế".
    """
    lines = text.split("\n")
    pitch = LEADING * size
    first = {
        "top": -0.95 * size,
        "center": -0.36 * size + (len(lines) - 1) / 2 * pitch,
        "bottom": 0.24 * size + (len(lines) - 1) * pitch,
        "baseline": 0.0,
    }[up]
    return [(line, first - number * pitch) for number, line in enumerate(lines)]


def spread(
    places: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Return places moved as little as needed so that labels do not overlap.

    Parameters
    ----------
    places : sequence of float
        Wished centres.
    heights : sequence of float
        Height of each label.
    low, high : float
        The labels stay between these where they fit.

    Returns
    -------
    list of float
        Centres in the order given.

    Examples
    --------
    >>> spread([1.0, 1.1, 5.0], [1.0, 1.0, 1.0], 0.0, 6.0)
    [0.55, 1.55, 5.0]
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    # Neighbours that touch form a block that moves as one to the mean of its wishes.
    blocks: list[tuple[float, list[int]]] = []
    for index in order:
        block = [index]
        centre = _inside(places[index], heights[index], low, high)
        while blocks and _top(blocks[-1], heights) > centre - _size(block, heights) / 2:
            block = blocks.pop()[1] + block
            centre = _inside(_mean_wish(block, places, heights), _size(block, heights), low, high)
        blocks.append((centre, block))
    done = [0.0] * len(places)
    for centre, block in blocks:
        edge = centre - _size(block, heights) / 2
        for index in block:
            done[index] = round(edge + heights[index] / 2, 9)
            edge += heights[index]
    return done


def _size(block: Sequence[int], heights: Sequence[float]) -> float:
    return sum(heights[index] for index in block)


def _top(block: tuple[float, list[int]], heights: Sequence[float]) -> float:
    return block[0] + _size(block[1], heights) / 2 - 1e-9


def _mean_wish(block: list[int], places: Sequence[float], heights: Sequence[float]) -> float:
    total, offset, wish = _size(block, heights), 0.0, 0.0
    for index in block:
        wish += places[index] - (offset + heights[index] / 2)
        offset += heights[index]
    return wish / len(block) + total / 2


def _inside(centre: float, size: float, low: float, high: float) -> float:
    return (
        max(low + size / 2, min(high - size / 2, centre))
        if size <= high - low
        else ((low + high) / 2)
    )
