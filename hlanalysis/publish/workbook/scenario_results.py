"""The results sheet: the scenario shown, the baseline below it, and charts that follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hlanalysis.publish.workbook.scenario_cells import letters, model_rows, number_format, outside
from hlanalysis.publish.workbook.scenario_words import sheet_word
from hlanalysis.scenarios.running import Run
from hlanalysis.scenarios.specs import word

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from hlanalysis.publish.workbook.scenario_sheets import ScenarioSheets


def write_results(
    sheets: ScenarioSheets, sheet: Worksheet, live: Worksheet, base: Worksheet
) -> None:
    """Write both blocks of results and the charts that compare them."""
    model, lang = sheets.model, sheets.lang
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2 + len(model.years), 11)
    title = word(model.title, lang, model.name)
    sheet.write_string(0, 0, title, sheets.format(bold=True, font_size=14))
    switch = sheets.switch
    shown = sheets.format(bold=True, font_color="#1F4E79")
    sheet.write_formula(1, 0, f"={switch}", shown, sheets.titles[sheets.chosen])
    sheet.write_string(2, 0, sheet_word("if_true", lang), sheets.format(italic=True))
    names = [name for name, one in model.variables.items() if one.shown]
    top = 4
    places: dict[tuple[str, str], int] = {}
    blocks = (("chosen", live, sheets.runs[sheets.chosen]), ("base", base, sheets.runs[0]))
    for block, source, done in blocks:
        _block_head(sheets, sheet, top, block)
        for offset, name in enumerate(names, 1):
            places[block, name] = top + offset
            _result_row(sheets, sheet, top + offset, name, source, done)
        top += len(names) + 2
    sheet.freeze_panes(5, 2)
    for number, name in enumerate(model.charts):
        _chart(sheets, sheet, number, name, places)


def _block_head(sheets: ScenarioSheets, sheet: Worksheet, row: int, block: str) -> None:
    head = sheets.format(bold=True, bottom=1)
    if block == "chosen":
        switch = sheets.switch
        sheet.write_formula(row, 0, f"={switch}", head, sheets.titles[sheets.chosen])
    else:
        sheet.write_string(row, 0, sheets.titles[0], head)
    sheet.write_string(row, 1, sheet_word("unit", sheets.lang), head)
    for column, year in enumerate(sheets.model.years, 2):
        looks = sheets.format(bold=True, bottom=1, num_format="0")
        sheet.write_number(row, column, year, looks)


def _result_row(
    sheets: ScenarioSheets, sheet: Worksheet, row: int, name: str, source: Worksheet, done: Run
) -> None:
    spec = sheets.model.variables[name]
    rows = model_rows(sheets.model)
    label = word(spec.label, sheets.lang, name)
    sheet.write_string(row, 0, label, sheets.format(quote_prefix=True))
    sheet.write_string(row, 1, spec.unit.name(sheets.lang), sheets.format())
    looks = sheets.format(num_format=number_format(spec.unit, spec.places))
    for column, year in enumerate(sheets.model.years, 2):
        cell = f"'{source.get_name()}'!{letters(sheets.columns[year])}{rows[name] + 1}"
        inside = done.by_cell[name, year]
        plain = spec.unit.is_percent or spec.unit.factor == 1
        formula = f"={cell}" if plain else f"={outside(cell, spec.unit)}"
        stored = sheets.cache(inside if plain else spec.unit.outside(inside))
        sheet.write_formula(row, column, formula, looks, stored)


def _chart(
    sheets: ScenarioSheets,
    sheet: Worksheet,
    number: int,
    name: str,
    places: Mapping[tuple[str, str], int],
) -> None:
    spec = sheets.model.variables[name]
    sheet_name, last = sheet.get_name(), 1 + len(sheets.model.years)
    chart: Any = sheets.book.add_chart({"type": "line"})
    looks = {
        "base": {"color": "#595959", "width": 2, "dash_type": "dash"},
        "chosen": {"color": "#CC79A7", "width": 3},
    }
    for block in ("base", "chosen"):
        row = places[block, name]
        head = row - [key for key in places if key[0] == block].index((block, name)) - 1
        chart.add_series({
            "name": [sheet_name, head, 0],
            "categories": [sheet_name, head, 2, head, last],
            "values": [sheet_name, row, 2, row, last],
            "line": looks[block],
            "marker": {"type": "circle", "size": 6, "fill": {"color": looks[block]["color"]},
                       "border": {"color": looks[block]["color"]}},
        })  # fmt: skip
    unit = spec.unit.name(sheets.lang)
    label = word(spec.label, sheets.lang, name)
    font = {"name": "Arial", "size": 12}
    chart.set_title({"name": f"{label} ({unit})" if unit else label, "name_font": font,
                     "overlay": False})  # fmt: skip
    chart.set_legend({"position": "bottom", "font": {"name": "Arial", "size": 10}})
    form = number_format(spec.unit, min(spec.places, 1))
    chart.set_y_axis({"num_format": form, "major_gridlines": {
        "visible": True, "line": {"color": "#D9D9D9"}}, "line": {"none": True}})  # fmt: skip
    chart.set_x_axis({"num_font": {"name": "Arial", "size": 10}})
    chart.set_size({"width": 560, "height": 320})
    row, column = 4 + 17 * (number // 2), 3 + len(sheets.model.years)
    alt = f"{label}: {sheets.titles[0]} – {sheet_word('switch', sheets.lang)}"
    shift = 580 * (number % 2)
    sheet.insert_chart(row, column, chart, {"description": alt, "x_offset": shift})
