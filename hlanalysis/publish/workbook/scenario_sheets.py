"""Scenario sheets of a workbook: levers, live model, results with charts, equations and sources.

The formulas are printed from the same tree as every other runtime. Each comes with its right
value beside it, for previews and protected view show stored values only. Text is always written
as text: nothing a planner types into a title can become a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError
from hlanalysis.files import write_whole
from hlanalysis.numbers import Lang, format_number
from hlanalysis.publish.workbook.scenario_about import write_about
from hlanalysis.publish.workbook.scenario_cells import (
    HEAD,
    Formats,
    decimals_of,
    inside,
    inside_word,
    letters,
    model_rows,
    number_format,
    places_of,
    titles_of,
    year_columns,
)
from hlanalysis.publish.workbook.scenario_results import write_results
from hlanalysis.publish.workbook.scenario_words import sheet_word
from hlanalysis.scenarios.excel import ExcelPrinter
from hlanalysis.scenarios.model import Model
from hlanalysis.scenarios.running import Run, run
from hlanalysis.scenarios.scenario_file import Scenario
from hlanalysis.scenarios.specs import LeverSpec, Slot, word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# A spreadsheet stores the moment of making; ours must give the same bytes from the same inputs.
_MADE = datetime(2025, 1, 1)
_FIRST_LEVER = 7  # row (from 0) of the first lever on its sheet
_FIRST_SCENARIO = 3  # column of the first scenario


class ScenarioSheets:
    """Writes the sheets of one model into an open XlsxWriter workbook.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    model : Model
    scenarios : sequence of Scenario
        Columns of the lever sheet; the baseline and an editable column come first.
    lang : {"vi", "en"}
    chosen : str
        Name of the scenario that the switch stands on; the editable column if empty.
    cache : callable
        Changes a value before it is stored beside its formula; tests store wrong ones.
    """

    def __init__(
        self,
        book: Workbook,
        model: Model,
        scenarios: Sequence[Scenario],
        lang: Lang = "vi",
        chosen: str = "",
        cache: Callable[[float], float] = lambda value: value,
    ) -> None:
        self.book, self.model, self.lang, self.cache = book, model, lang, cache
        self.scenarios = [one for one in scenarios if one.levers]
        self.format = Formats(book)
        self.titles = titles_of(self.scenarios, lang)
        names = ["base", "own", *(one.name for one in self.scenarios)]
        if chosen and chosen not in names:
            raise InputError("workbook", f"unknown scenario '{chosen}'", ", ".join(names))
        self.chosen = names.index(chosen) if chosen else 0
        self._rows = {slot.key: _FIRST_LEVER + n for n, slot in enumerate(model.slots)}
        self.runs = [run(model), run(model), *(one.run(model) for one in self.scenarios)]
        self._lever_sheet = sheet_word("levers", lang)
        self.switch = sheet_word("switch_name", lang)
        while self.switch.casefold() in {name.casefold() for name in model.levers}:
            self.switch += "_x"
        self.columns = year_columns(model)

    def add(self) -> None:
        """Add all sheets."""
        result = self.book.add_worksheet(sheet_word("results", self.lang))
        levers = self.book.add_worksheet(self._lever_sheet)
        live = self.book.add_worksheet(sheet_word("model", self.lang))
        base = self.book.add_worksheet(sheet_word("baseline", self.lang))
        about = self.book.add_worksheet(sheet_word("equations", self.lang))
        self._write_levers(levers)
        self.write_model(live, self.runs[self.chosen], self._live_lever, self._live_cell)
        self.write_model(base, self.runs[0], *self.column_levers(0))
        write_results(self, result, live, base)
        write_about(self, about)
        for sheet in (result, levers, live, base, about):
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)

    # --- levers -----------------------------------------------------------------------------

    def _write_levers(self, sheet: Worksheet) -> None:
        count = len(self.titles)
        last = _FIRST_SCENARIO + count - 1
        text, bold = self.format(), self.format(bold=True)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 11)
        sheet.set_column(2, last, 15)
        sheet.set_column(last + 1, last + 2, 11)
        sheet.set_column(last + 3, last + 3, 70)
        title = word(self.model.title, self.lang, self.model.name)
        sheet.write_string(0, 0, title, self.format(bold=True, font_size=14))
        sheet.write_string(1, 0, sheet_word("how", self.lang), text)
        sheet.write_string(3, 0, sheet_word("switch", self.lang), bold)
        switch = self.format(bold=True, bg_color="#FFF2CC", border=1, text_wrap=True)
        sheet.merge_range(3, 2, 3, 4, "", switch)
        sheet.write_string(3, 2, self.titles[self.chosen], switch)
        heading = _FIRST_LEVER - 1
        titles = [f"${letters(c)}${heading + 1}" for c in (_FIRST_SCENARIO, last)]
        rule = {"validate": "list", "source": f"={':'.join(titles)}"}
        sheet.data_validation(3, 2, 3, 2, rule)
        self.book.define_name(self.switch, f"='{sheet.get_name()}'!$C$4")
        heads = [sheet_word(one, self.lang) for one in ("lever", "unit", "used")]
        heads += self.titles
        heads += [sheet_word(one, self.lang) for one in ("low", "high", "source")]
        wrap = self.format(bold=True, bottom=1, text_wrap=True, valign="bottom")
        for column, one in enumerate(heads):
            sheet.write_string(heading, column, one, wrap)
        for number, slot in enumerate(self.model.slots):
            self._write_slot(sheet, number, slot, last)
        sheet.freeze_panes(_FIRST_LEVER, _FIRST_SCENARIO)

    def _write_slot(self, sheet: Worksheet, number: int, slot: Slot, last: int) -> None:
        row, lever = _FIRST_LEVER + number, slot.lever
        form = number_format(lever.unit, places_of(lever))
        name = word(lever.label, self.lang, lever.name)
        label = name if slot.year is None else f"{name}, {slot.year}"
        sheet.write_string(row, 0, label, self.format())
        sheet.write_string(row, 1, lever.unit.name(self.lang), self.format())
        heading = _FIRST_LEVER
        first, final = letters(_FIRST_SCENARIO), letters(last)
        switch = self.switch
        formula = (
            f"=INDEX({first}{row + 1}:{final}{row + 1},"
            f"MATCH({switch},${first}${heading}:${final}${heading},0))"
        )
        stored = self.cache(self._shown(lever, self.runs[self.chosen].slots[number]))
        used = self.format(num_format=form, bold=True, bg_color="#E2EFDA", border=1)
        sheet.write_formula(row, 2, formula, used, stored)
        if slot.year is None:
            self.book.define_name(lever.name, f"='{sheet.get_name()}'!$C${row + 1}")
        low, high = (self._shown(lever, lever.unit.inside(one)) for one in (lever.low, lever.high))
        for column, done in enumerate(self.runs, _FIRST_SCENARIO):
            looks = {"num_format": form, "border": 1}
            if column == _FIRST_SCENARIO + 1:
                looks |= {"bg_color": "#FFF2CC", "locked": False}
            sheet.write_number(
                row, column, self._shown(lever, done.slots[number]), self.format(**looks)
            )
        sheet.data_validation(row, _FIRST_SCENARIO, row, last, self._validation(lever, low, high))
        sheet.write_number(row, last + 1, low, self.format(num_format=form))
        sheet.write_number(row, last + 2, high, self.format(num_format=form))
        note = self.format(quote_prefix=True, indent=1)
        first_year = slot.year is None or slot.year == lever.years[0]
        sheet.write_string(row, last + 3, lever.source if first_year else "", note)

    def _validation(self, lever: LeverSpec, low: float, high: float) -> dict[str, Any]:
        unit = lever.unit.name(self.lang)
        ends = [format_number(one, lang=self.lang) for one in (lever.low, lever.high)]
        said = sheet_word("between", self.lang).format(low=ends[0], high=ends[1], unit=unit)
        title = word(lever.label, self.lang, lever.name)
        return {
            "validate": "decimal", "criteria": "between", "minimum": low, "maximum": high,
            "input_title": title[:32], "input_message": said[:255],
            "error_title": sheet_word("refused", self.lang)[:32], "error_message": said[:255],
        }  # fmt: skip

    @staticmethod
    def _shown(lever: LeverSpec, inside: float) -> float:
        """Return a lever as its cell holds it: percent as a fraction under a % format."""
        return inside if lever.unit.is_percent else lever.unit.outside(inside)

    def _live_lever(self, name: str) -> str:
        return inside(name, self.model.levers[name].unit)

    def _live_cell(self, name: str, year: int) -> str:
        row = self._rows[f"{name}[{year}]"] + 1
        return inside(f"'{self._lever_sheet}'!$C${row}", self.model.levers[name].unit)

    def column_levers(self, scenario: int) -> tuple[Callable[[str], str], Callable[..., str]]:
        """Return references to one scenario's own column, past the switch."""
        column = letters(_FIRST_SCENARIO + scenario)

        def at(key: str, name: str) -> str:
            reference = f"'{self._lever_sheet}'!${column}${self._rows[key] + 1}"
            return inside(reference, self.model.levers[name].unit)

        return lambda name: at(name, name), lambda name, year: at(f"{name}[{year}]", name)

    # --- model ------------------------------------------------------------------------------

    def write_model(
        self,
        sheet: Worksheet,
        done: Run,
        lever_at: Callable[[str], str],
        lever_cell_at: Callable[[str, int], str],
    ) -> None:
        """Write one live copy of the model: a row a variable, a column a year."""
        model = self.model
        rows = model_rows(model)

        def cell_at(name: str, year: int) -> str:
            if name in model.levers:
                return lever_cell_at(name, year)
            return f"{letters(self.columns[year])}{rows[name] + 1}"

        printer = ExcelPrinter(
            lever_at, cell_at, lambda year: f"{letters(self.columns[year])}${HEAD + 1}"
        )
        self._model_frame(sheet, rows)
        for (name, year), start in model.starts.items():
            form = number_format(start.unit, decimals_of(start.value))
            plain = start.unit.is_percent or start.unit.factor == 1
            looks = self.format(num_format=form if plain else "General", font_color="#1F4E79")
            column = self.columns[year]
            sheet.write_number(rows[name], column, model.constants[name, year], looks)
            if start.source:
                sheet.write_comment(rows[name], column, start.source[:500], {"visible": False})
        for formula in model.formulas:
            stored = self.cache(done.by_cell[formula.name, formula.year])
            looks = self.format(num_format=self._model_format(formula.name))
            text = "=" + printer.bare(formula.value)
            if len(text) > 8000:
                found = f"{formula.name}: a formula of {len(text)} characters"
                raise InputError("workbook", found, "at most 8000", "cut the equation into several")
            sheet.write_formula(rows[formula.name], self.columns[formula.year], text, looks, stored)

    def _model_frame(self, sheet: Worksheet, rows: Mapping[str, int]) -> None:
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 11)
        sheet.set_column(3, 3 + len(self.columns), 11)
        sheet.write_string(0, 0, sheet_word("model_note", self.lang), self.format(italic=True))
        head = self.format(bold=True, bottom=1)
        for column, one in enumerate(("variable", "name", "unit")):
            sheet.write_string(HEAD, column, sheet_word(one, self.lang), head)
        for year, column in self.columns.items():
            sheet.write_number(HEAD, column, year, self.format(bold=True, bottom=1, num_format="0"))
        for name, row in rows.items():
            spec = self.model.variables.get(name)
            label = word(spec.label, self.lang, name) if spec else name
            sheet.write_string(row, 0, label, self.format(quote_prefix=True))
            sheet.write_string(row, 1, name, self.format())
            unit = inside_word(self.model.unit_of(name), self.lang)
            sheet.write_string(row, 2, unit, self.format())
        sheet.freeze_panes(HEAD + 1, 3)

    def _model_format(self, name: str) -> str:
        unit = self.model.unit_of(name)
        spec = self.model.variables.get(name)
        places = spec.places if spec else unit.places
        if not unit.is_percent and unit.factor != 1:
            return "General"
        return number_format(unit, places)


def scenario_workbook(
    path: Path,
    model: Model,
    scenarios: Sequence[Scenario],
    lang: Lang = "vi",
    chosen: str = "",
    cache: Callable[[float], float] = lambda value: value,
) -> Path:
    """Write a workbook that holds one model's scenario sheets and nothing else.

    Raises
    ------
    InputError
        If a scenario cannot be computed or the file cannot be written.
    """
    import xlsxwriter

    held = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(held, options)
    book.set_properties({"title": word(model.title, lang, model.name), "created": _MADE})
    ScenarioSheets(book, model, scenarios, lang, chosen, cache).add()
    book.close()
    write_whole(Path(path), held.getvalue())
    return Path(path)
