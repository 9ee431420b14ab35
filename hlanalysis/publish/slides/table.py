"""A grid as a native table: cells keep their sign and colour, and can be typed over."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from hlanalysis.charts import theme
from hlanalysis.charts.forms import Grid
from hlanalysis.charts.grid import STATES
from hlanalysis.charts.words import clean, word
from hlanalysis.publish.slides.layout import EMU, Place

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit

# Inches: taller rows look lost.
_TALLEST = 0.55


def grid_texts(chart: Grid) -> list[list[str]]:
    """Return the words of the table, heads first."""
    cells = {(cell.row, cell.column): cell for cell in chart.cells}
    lines = [["", *map(clean, chart.columns)]]
    for row in chart.rows:
        line = [clean(row)]
        for column in chart.columns:
            cell = cells.get((row, column))
            sign = STATES[cell.state if cell else "missing"][2]
            line.append(clean(cell.text) if cell and cell.text else sign)
        lines.append(line)
    return lines


def add_grid(slide: Any, exhibit: Exhibit, place: Place) -> Any:
    """Put a grid on a slide as a table, its key in a line above; return its frame."""
    chart = exhibit.chart
    assert isinstance(chart, Grid)
    texts = grid_texts(chart)
    key = int(0.4 * EMU)
    first = int(place.width * 0.34)
    size, heights = _rows(texts, first / EMU, (place.height - key) / EMU)
    _key(slide, exhibit, Place(place.left, place.top, place.width, key))
    frame = slide.shapes.add_table(
        len(texts), len(texts[0]), place.left, place.top + key, place.width, sum(heights)
    )
    table = frame.table
    table.columns[0].width = first
    for column in list(table.columns)[1:]:
        column.width = (place.width - first) // max(len(texts[0]) - 1, 1)
    cells = {(cell.row, cell.column): cell for cell in chart.cells}
    for number, line in enumerate(texts):
        table.rows[number].height = heights[number]
        for column, text in enumerate(line):
            state = None
            if number and column:
                cell = cells.get((chart.rows[number - 1], chart.columns[column - 1]))
                state = cell.state if cell else "missing"
            _cell(table.cell(number, column), text, state, size, exhibit, column > 0)
    return frame


def _rows(texts: list[list[str]], first: float, room: float) -> tuple[int, list[int]]:
    """Return the size of letters and the height of each row, as large as fits the room."""
    from hlanalysis.publish.slides.deck import text_width

    for size in (14, 12, 11, 10, 9):
        lines = [max(1, ceil(text_width(line[0], size, False) / (first - 0.25))) for line in texts]
        heights = [one * size * 1.2 / 72 + 0.07 for one in lines]
        if sum(heights) <= room:
            break
    spare = max(min((room - sum(heights)) / len(heights), _TALLEST - min(heights)), 0.0)
    return size, [int((one + spare) * EMU) for one in heights]


def _cell(cell: Any, text: str, state: str | None, size: int, exhibit: Exhibit,
          centred: bool) -> None:  # fmt: skip
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    from hlanalysis.publish.slides.deck import _write

    fill, ink, _ = STATES[state] if state else (theme.PAPER, theme.TEXT, "")
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(fill.lstrip("#"))
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = int(0.02 * EMU)
    _write(cell.text_frame, text, exhibit.lang)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), centred
            run.font.color.rgb = RGBColor.from_string(ink.lstrip("#"))


def _key(slide: Any, exhibit: Exhibit, place: Place) -> None:
    from hlanalysis.publish.slides.deck import _box

    assert isinstance(exhibit.chart, Grid)
    used = [s for s in STATES if any(cell.state == s for cell in exhibit.chart.cells)]
    text = "   ".join(f"{STATES[state][2]} {word(state, exhibit.lang)}" for state in used)
    if text:
        _box(slide, exhibit, "key", text, place, theme.LABEL)
