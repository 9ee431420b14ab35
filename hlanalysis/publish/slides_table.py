"""A grid as a native table: cells keep their sign and colour, and can be typed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hlanalysis.charts import theme
from hlanalysis.charts.forms import Grid
from hlanalysis.charts.grid import STATES
from hlanalysis.charts.words import clean, word
from hlanalysis.publish.slides_deck import EMU, Place

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit

# Rows of fourteen points need this much of the height; beyond, letters shrink to twelve and ten.
_ROW, _TALLEST = 0.36, 0.55


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
    """Put a grid on a slide as a table, its key in a line below; return its frame."""
    chart = exhibit.chart
    assert isinstance(chart, Grid)
    texts = grid_texts(chart)
    key = int(0.4 * EMU)
    height = min(int(_TALLEST * EMU) * len(texts), place.height - key)
    frame = slide.shapes.add_table(
        len(texts), len(texts[0]), place.left, place.top, place.width, height
    )
    table = frame.table
    first = int(place.width * 0.3)
    table.columns[0].width = first
    for column in list(table.columns)[1:]:
        column.width = (place.width - first) // max(len(texts[0]) - 1, 1)
    cells = {(cell.row, cell.column): cell for cell in chart.cells}
    size = 14 if height >= _ROW * EMU * len(texts) * 0.95 else 10
    for number, line in enumerate(texts):
        table.rows[number].height = height // len(texts)
        for column, text in enumerate(line):
            state = None
            if number and column:
                cell = cells.get((chart.rows[number - 1], chart.columns[column - 1]))
                state = cell.state if cell else "missing"
            _cell(table.cell(number, column), text, state, size, exhibit, column > 0)
    _key(slide, exhibit, Place(place.left, place.top + height, place.width, key))
    return frame


def _cell(cell: Any, text: str, state: str | None, size: int, exhibit: Exhibit,
          centred: bool) -> None:  # fmt: skip
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    from hlanalysis.publish.slides import _write

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
    from hlanalysis.publish.slides import _box

    assert isinstance(exhibit.chart, Grid)
    used = [s for s in STATES if any(cell.state == s for cell in exhibit.chart.cells)]
    text = "   ".join(f"{STATES[state][2]} {word(state, exhibit.lang)}" for state in used)
    if text:
        _box(slide, exhibit, "key", text, place, theme.LABEL)
