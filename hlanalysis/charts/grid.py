"""A map of what is known: rows by columns, a sign and a colour for each state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.forms import Cell, Grid
from hlanalysis.charts.marks import WIDEST_SHARE, lay_rows
from hlanalysis.charts.words import clean, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# State: fill, ink, sign. Signs carry the meaning alone in grey print.
STATES: dict[str, tuple[str, str, str]] = {
    "reported": (theme.FILL["outturn"], theme.PAPER, "●"),
    "plan": (theme.PALE["plan"], theme.INK["plan"], "□"),
    "estimate": ("#BBD9EA", theme.INK["outturn"], "○"),
    "bound": ("#D9EAF3", theme.INK["outturn"], "≥"),
    "inferred": (theme.PALE["scenario"], theme.INK["scenario"], "∴"),
    "disputed": ("#F3C9A8", "#6B2F00", "≠"),
    "missing": (theme.PAPER, theme.QUIET, "–"),
}


# Inches: wider cells look lost, taller heads leave no room for the cells.
WIDEST_SLOT, TALLEST_HEAD = 2.3, 1.8


def draw(canvas: Canvas, chart: Grid) -> None:
    """Draw the grid, with a key of the states that occur below it."""
    cells = {(cell.row, cell.column): cell for cell in chart.cells}
    _key(canvas, [s for s in STATES if any(cell.state == s for cell in chart.cells)])
    heads = [clean(column) for column in chart.columns]
    wrapped, high = _heads(canvas, chart, heads)
    canvas.box = canvas.box.inside(top=high + 0.1)
    rows = lay_rows(canvas, list(chart.rows), tallest=0.75, share=0.34)
    for box, held in rows.panels:
        inner = box.inside(left=rows.label_width + 0.2)
        slot = min(inner.width / max(len(heads), 1), WIDEST_SLOT)
        axes = canvas.axes(type(inner)(inner.left, box.bottom, inner.left + slot * len(heads),
                                       box.top))  # fmt: skip
        mine = [[cells.get((chart.rows[row], column)) for column in chart.columns] for row in held]
        _heat(axes, mine)
        _cells(canvas, axes, mine, slot)
        for number, head in enumerate(wrapped or heads):
            if not wrapped:
                short = canvas.wrap(head, high, bold=True, lines=1)
                middle = inner.left + slot * (number + 0.5)
                canvas.write_up(middle, box.top + 0.07, short, theme.QUIET)
                continue
            canvas.write(inner.left + slot * (number + 0.5), box.top + 0.07, head, bold=True,
                         colour=theme.QUIET, across="center", up="bottom")  # fmt: skip
        for number, row in enumerate(held):
            middle = box.top - (number + 0.5) * rows.height
            canvas.write(inner.left - 0.12, middle, rows.labels[row], across="right", up="center")


def _heads(canvas: Canvas, chart: Grid, heads: list[str]) -> tuple[list[str], float]:
    """Return the heads wrapped to their columns and their height; none where they must stand."""
    columns = canvas.box.columns(-(-len(chart.rows) // max(int(canvas.box.height / 0.3), 1)) or 1)
    names = min(max(map(canvas.width, map(clean, chart.rows)), default=0.0),
                columns[0].width * WIDEST_SHARE)  # fmt: skip
    slot = min((columns[0].width - names - 0.2) / max(len(heads), 1), WIDEST_SLOT) * 0.96
    words = [one for head in heads for one in head.split()]
    wrapped = [canvas.wrap(head, slot, bold=True) for head in heads]
    deep = max((head.count("\n") + 1 for head in wrapped), default=1)
    if max((canvas.width(one, bold=True) for one in words), default=0.0) <= slot and deep <= 3:
        return wrapped, deep * canvas.line_height()
    return [], min(max(canvas.width(head, bold=True) for head in heads), TALLEST_HEAD)


def _heat(axes: Axes, cells: list[list[Cell | None]]) -> None:
    import seaborn as sns
    from matplotlib.colors import ListedColormap

    names = list(STATES)
    codes: Any = [[names.index(cell.state if cell else "missing") for cell in row] for row in cells]
    sns.heatmap(
        codes, ax=axes, cmap=ListedColormap([STATES[name][0] for name in names]), vmin=0,
        vmax=len(names) - 1, cbar=False, linewidths=2.5, linecolor=theme.PAPER,
        xticklabels=False, yticklabels=False,
    )  # fmt: skip
    axes.collections[0].set_rasterized(False)


def _cells(canvas: Canvas, axes: Axes, cells: list[list[Cell | None]], slot: float) -> None:
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            state = cell.state if cell else "missing"
            _, ink, sign = STATES[state]
            text = clean(cell.text) if cell and cell.text else sign
            if canvas.width(text, bold=True) > slot - 0.06:
                text = sign
            canvas.label(axes, column + 0.5, row + 0.5, text, bold=True, colour=ink,
                         across="center")  # fmt: skip


def _key(canvas: Canvas, states: list[str]) -> None:
    from matplotlib.patches import Rectangle

    line, side = canvas.line_height(), 0.26
    x, y = canvas.box.left, canvas.box.bottom + 0.05
    for state in states:
        fill, ink, sign = STATES[state]
        text = word(state, canvas.lang)
        canvas.figure.add_artist(Rectangle(
            (x / theme.WIDTH, y / theme.HEIGHT), side / theme.WIDTH, side / theme.HEIGHT,
            facecolor=fill, edgecolor=theme.QUIET, linewidth=0.8,
        ))  # fmt: skip
        canvas.write(x + side / 2, y + side / 2, sign, colour=ink, bold=True, across="center",
                     up="center")  # fmt: skip
        canvas.write(x + side + 0.1, y + side / 2, text, up="center")
        x += side + 0.1 + canvas.width(text) + 0.4
    if states:
        canvas.box = canvas.box.inside(bottom=line + 0.25)
