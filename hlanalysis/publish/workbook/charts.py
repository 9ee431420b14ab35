"""Exhibits on a sheet: the numbers in cells, and beside them a native chart that reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hlanalysis.charts import theme
from hlanalysis.charts.forms import Grid
from hlanalysis.charts.words import clean
from hlanalysis.publish.native.plan import NONE, Label, Look, Native, Series, native
from hlanalysis.publish.workbook.book import lines_of

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit
    from hlanalysis.publish.workbook.book import Book

_PLACES = {
    "end": "outside_end", "middle": "center", "inner": "inside_end", "base": "inside_base",
    "right": "right", "left": "left", "above": "above", "below": "below",
}  # fmt: skip
# Rows that a chart of this height covers, and the columns kept for the numbers beside it.
_HEIGHT, _WIDTH, _ROWS = 400, 860, 21
# Widths of the columns in characters, and over how many columns words run.
_FIRST, _OTHER, _ACROSS = 34, 13, 7

# With more lines than these their names would cover each other.
CROWDED = 8


def write_charts(book: Book, exhibits: Sequence[Exhibit]) -> None:
    """Write the chart sheet: a block an exhibit, each on a printed page of its own."""
    sheet = book.sheet("charts")
    sheet.set_landscape()
    sheet.set_column(0, 0, _FIRST)
    sheet.set_column(1, 30, _OTHER)
    row, breaks = 0, []
    for exhibit in exhibits:
        _words(book, sheet, row, exhibit.finding, bold=True, font_size=13)
        _words(book, sheet, row + 1, exhibit.subtitle, font_color=theme.QUIET)
        plan = native(exhibit.chart, exhibit.lang)
        if plan is None:
            end = _grid(book, sheet, exhibit, row + 3)
        else:
            end = _block(book, sheet, exhibit, plan, row + 3)
        for line in (exhibit.note, exhibit.source):
            if line.strip():
                _words(book, sheet, end, line, font_size=9, font_color=theme.QUIET)
                end += 1
        row = end + 2
        breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])


def _grid(book: Book, sheet: Any, exhibit: Exhibit, row: int) -> int:
    from hlanalysis.charts.grid import STATES
    from hlanalysis.publish.slides.table import grid_texts

    chart = exhibit.chart
    assert isinstance(chart, Grid)
    states = {(cell.row, cell.column): cell.state for cell in chart.cells}
    for number, line in enumerate(grid_texts(chart)):
        for column, text in enumerate(line):
            looks: dict[str, Any] = {"bold": number == 0, "text_wrap": column == 0}
            if number and column:
                key = chart.rows[number - 1], chart.columns[column - 1]
                fill, ink, _ = STATES[states.get(key, "missing")]
                looks = {"bg_color": fill, "font_color": ink, "align": "center", "bold": True}
            sheet.write_string(row + number, column, *book.text(text, **looks))
        book.fit(sheet, row + number, [(line[0], _FIRST)])
    return row + len(chart.rows) + 2


def _words(book: Book, sheet: Any, row: int, text: str, **looks: Any) -> None:
    """Write a line across the width of the chart."""
    plain, style = book.text(text, text_wrap=True, **looks)
    sheet.merge_range(row, 0, row, _ACROSS, "", style)
    sheet.write_string(row, 0, plain, style)
    width = (_FIRST + _OTHER * _ACROSS) * 10 / looks.get("font_size", 10)
    book.fit(sheet, row, [(plain, width * 0.92)])
    if looks.get("bold"):
        sheet.set_row(row, 18.0 * lines_of(plain, width * 0.85))


@dataclass(frozen=True, slots=True)
class Block:
    """Where the numbers of an exhibit stand: series in columns, or in rows where they are many."""

    row: int
    plan: Native

    @property
    def across(self) -> bool:
        """Whether each series has a row of its own."""
        return len(self.plan.series) > max(len(self.plan.categories), 6)

    def cell(self, point: int, series: int) -> tuple[int, int]:
        """Return row and column of a value."""
        if self.across:
            return self.row + 1 + series, 1 + point
        return self.row + 1 + point, 1 + series

    def category(self, point: int) -> tuple[int, int]:
        """Return row and column of a category."""
        return (self.row, 1 + point) if self.across else (self.row + 1 + point, 0)

    def head(self, series: int) -> tuple[int, int]:
        """Return row and column of a series' name."""
        return (self.row + 1 + series, 0) if self.across else (self.row, 1 + series)

    @property
    def end(self) -> int:
        """Row below the numbers."""
        return self.row + 1 + len(self.plan.series if self.across else self.plan.categories)


def _block(book: Book, sheet: Any, exhibit: Exhibit, plan: Native, row: int) -> int:
    """Write the numbers of one exhibit and its chart; return the row below both."""
    block = Block(row, plan)
    for number, one in enumerate(plan.series):
        sheet.write_string(*block.head(number), *book.text(one.name, bold=True, text_wrap=True))
        for index in range(len(plan.categories)):
            _point(book, sheet, block, number, one, index)
    for index, category in enumerate(plan.categories):
        sheet.write_string(*block.category(index), *book.text(category, text_wrap=True))
    across = plan.categories if block.across else [one.name for one in plan.series]
    down = [one.name for one in plan.series] if block.across else plan.categories
    book.fit(sheet, row, ((name, _OTHER) for name in across))
    for number, name in enumerate(down, row + 1):
        book.fit(sheet, number, [(name, _FIRST)])
    chart = _chart(book, sheet, block)
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    start = block.end + 1
    sheet.insert_chart(start, 0, chart, {"description": clean(exhibit.alt), "object_position": 1})
    return start + _ROWS


def _point(book: Book, sheet: Any, block: Block, number: int, one: Series, index: int) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    value, follows = one.values[index], dict(one.follows)
    looks = book.looks(num_format="#,##0.###;-#,##0.###;0")
    if value is not None and index in follows:
        formula = f"={xl_rowcol_to_cell(*block.cell(index, follows[index]))}"
        sheet.write_formula(*block.cell(index, number), formula, looks, value)
    elif value is not None:
        sheet.write_number(*block.cell(index, number), value, looks)


def _chart(book: Book, sheet: Any, block: Block) -> Any:
    plan = block.plan
    made = []
    for kind in dict.fromkeys(one.kind for one in plan.series):
        options: dict[str, str] = {"type": kind}
        if plan.stacked and kind != "line":
            options["subtype"] = "stacked"
        chart = book.book.add_chart(options)
        for number, one in enumerate(plan.series):
            if one.kind == kind:
                shown = _unlabelled(one) if len(plan.series) > CROWDED else one
                chart.add_series(_series(sheet.get_name(), block, shown, number))
        made.append(chart)
    chart = made[0]
    for other in made[1:]:
        chart.combine(other)
    chart.set_title({"none": True})
    _axes(chart, plan)
    return chart


def _unlabelled(one: Series) -> Series:
    """Take the names off lines that step back: Excel does not move labels apart."""
    if one.kind != "line" or one.thick > 2:
        return one
    return replace(one, labels=(None,) * len(one.labels))


def _series(name: str, block: Block, one: Series, number: int) -> dict[str, Any]:
    last = len(block.plan.categories) - 1
    first = next((look for look in one.looks if look != NONE), NONE)
    made: dict[str, Any] = {
        "name": [name, *block.head(number)],
        "categories": [name, *block.category(0), *block.category(last)],
        "values": [name, *block.cell(0, number), *block.cell(last, number)],
        "gap": block.plan.gap, "overlap": 100 if block.plan.stacked else -8,
    }  # fmt: skip
    if one.kind == "line":
        made["line"] = _line(first, one.thick)
        made["marker"] = _marker(one, first)
    else:
        made |= _area(first)
    if one.kind in ("bar", "column") and any(look != first for look in one.looks):
        made["points"] = [None if look == first else _area(look) for look in one.looks]
    if any(one.labels):
        made["data_labels"] = _labels(one)
    return made


def _labels(one: Series) -> dict[str, Any]:
    """Write labels as the number format that most points share, the others as words.

    XlsxWriter has one format a series, and not every program reads labels from cells.
    """
    told = [label for label in one.labels if label is not None]
    patterns = Counter(label.pattern for label in told if not (label.text or label.series))
    shared = patterns.most_common(1)[0][0] if patterns else ""
    custom = [
        {"delete": True} if label is None else _custom(one, label, label.pattern == shared)
        for label in one.labels
    ]
    made = {"value": True, "position": _PLACES[told[-1].place], "custom": custom}
    return made | ({"num_format": shared} if shared else {})


def _custom(one: Series, label: Label, follows: bool) -> dict[str, Any]:
    letters = {"color": label.ink, "bold": label.bold, "size": 10}
    if follows and not (label.text or label.series):
        return {"font": letters}
    said = label.text or label.said
    return {"value": f"{one.name} {said}" if label.series else said, "font": letters}


def _area(look: Look) -> dict[str, Any]:
    if look == NONE:
        return {"fill": {"none": True}, "border": {"none": True}}
    border: dict[str, Any] = {"none": True}
    if look.edge:
        dash = "dash" if look.dashed else "solid"
        border = {"color": look.edge, "width": 1.5, "dash_type": dash}
    if look.hatched:
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": look.edge, "bg_color": look.fill}
        return {"pattern": pattern, "border": border}
    return {"fill": {"color": look.fill}, "border": border}


def _line(look: Look, thick: float) -> dict[str, Any]:
    if look == NONE:
        return {"none": True}
    return {"color": look.edge, "width": thick, "dash_type": "dash" if look.dashed else "solid"}


def _marker(one: Series, look: Look) -> dict[str, Any]:
    if look == NONE or not one.markers:
        return {"type": "none"}
    return {"type": "circle", "size": 6, "fill": {"color": look.edge},
            "border": {"color": look.edge}}  # fmt: skip


def _axes(chart: Any, plan: Native) -> None:
    letters = {"size": 10, "color": theme.TEXT}
    lying = any(one.kind == "bar" for one in plan.series)
    names = {
        "reverse": plan.reverse, "num_font": letters, "label_position": "low",
        "major_tick_mark": "none", "line": {"color": theme.QUIET},
    }  # fmt: skip
    values: dict[str, Any] = {
        "visible": plan.axis, "num_font": letters, "num_format": plan.pattern,
        "major_gridlines": {"visible": plan.axis, "line": {"color": theme.RULE}},
        "major_tick_mark": "none", "line": {"none": True},
    }  # fmt: skip
    ends = (("min", plan.low), ("max", plan.high), ("major_unit", plan.step))
    values |= {name: value for name, value in ends if value is not None}
    if plan.left or any(one.kind == "area" for one in plan.series):
        names["position_axis"] = "on_tick"
    # XlsxWriter names the axes of lying bars by where they stand.
    across, up = (values, names) if lying else (names, values)
    chart.set_x_axis(across)
    chart.set_y_axis(up)
    chart.show_blanks_as("gap")
    if plan.left or plan.right:
        box = {"x": max(plan.left, 0.26 if lying else 0.08), "y": 0.04, "height": 0.84}
        box["width"] = 1 - box["x"] - max(plan.right, 0.03)
        chart.set_plotarea({"layout": box})
    unseen = [i for i, one in enumerate(plan.series) if all(look == NONE for look in one.looks)]
    if plan.legend:
        chart.set_legend({"position": "right", "font": letters, "delete_series": unseen})
    else:
        chart.set_legend({"none": True})
