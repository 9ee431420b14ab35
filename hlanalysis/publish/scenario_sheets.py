"""Scenario sheets of a workbook: levers, live model, results with charts, equations and sources.

The formulas are printed from the same tree as every other runtime. Each comes with its right
value beside it, for previews and protected view show stored values only. Text is always written
as text: nothing a planner types into a title can become a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError
from hlanalysis.files import write_whole
from hlanalysis.numbers import Lang, format_number
from hlanalysis.publish.scenario_words import sheet_word
from hlanalysis.scenarios.excel import ExcelPrinter
from hlanalysis.scenarios.model import Key, Model
from hlanalysis.scenarios.running import Run, run
from hlanalysis.scenarios.scenario_file import Scenario, data_hash
from hlanalysis.scenarios.specs import LeverSpec, Slot, word
from hlanalysis.scenarios.units import ModelUnit

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# A spreadsheet stores the moment of making; ours must give the same bytes from the same inputs.
_MADE = datetime(2025, 1, 1)
_FIRST_LEVER = 7  # row (from 0) of the first lever on its sheet
_FIRST_SCENARIO = 3  # column of the first scenario
_HEAD = 3  # row of the years on the model sheets


@dataclass
class _Formats:
    """Cell formats, made once a workbook."""

    book: Any
    made: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def __call__(self, **looks: Any) -> Any:
        key = tuple(sorted(looks.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": "Arial", "font_size": 10, **looks})
        return self.made[key]


def number_format(unit: ModelUnit, places: int) -> str:
    """Return an Excel format; its separators follow the reader's own Windows."""
    tail = f".{'0' * places}" if places else ""
    if unit.is_percent:
        return f"0{tail}%"
    return f"#,##0{tail}"


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
        self.book, self.model, self.lang, self._cache = book, model, lang, cache
        self.scenarios = [one for one in scenarios if one.levers]
        self._format = _Formats(book)
        self._titles = _titles(self.scenarios, lang)
        names = ["base", "own", *(one.name for one in self.scenarios)]
        if chosen and chosen not in names:
            raise InputError("workbook", f"unknown scenario '{chosen}'", ", ".join(names))
        self._chosen = names.index(chosen) if chosen else 0
        self._rows = {slot.key: _FIRST_LEVER + n for n, slot in enumerate(model.slots)}
        self.runs = [run(model), run(model), *(one.run(model) for one in self.scenarios)]
        self._lever_sheet = sheet_word("levers", lang)
        self._switch = sheet_word("switch_name", lang)
        while self._switch.casefold() in {name.casefold() for name in model.levers}:
            self._switch += "_x"
        self._columns = _year_columns(model)

    def add(self) -> None:
        """Add all sheets."""
        result = self.book.add_worksheet(sheet_word("results", self.lang))
        levers = self.book.add_worksheet(self._lever_sheet)
        live = self.book.add_worksheet(sheet_word("model", self.lang))
        base = self.book.add_worksheet(sheet_word("baseline", self.lang))
        about = self.book.add_worksheet(sheet_word("equations", self.lang))
        self._write_levers(levers)
        self.write_model(live, self.runs[self._chosen], self._live_lever, self._live_cell)
        self.write_model(base, self.runs[0], *self._column_levers(0))
        self._write_results(result, live, base)
        self._write_about(about)
        for sheet in (result, levers, live, base, about):
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)

    # --- levers -----------------------------------------------------------------------------

    def _write_levers(self, sheet: Worksheet) -> None:
        count = len(self._titles)
        last = _FIRST_SCENARIO + count - 1
        text, bold = self._format(), self._format(bold=True)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 11)
        sheet.set_column(2, last, 15)
        sheet.set_column(last + 1, last + 2, 11)
        sheet.set_column(last + 3, last + 3, 70)
        title = word(self.model.title, self.lang, self.model.name)
        sheet.write_string(0, 0, title, self._format(bold=True, font_size=14))
        sheet.write_string(1, 0, sheet_word("how", self.lang), text)
        sheet.write_string(3, 0, sheet_word("switch", self.lang), bold)
        switch = self._format(bold=True, bg_color="#FFF2CC", border=1, text_wrap=True)
        sheet.merge_range(3, 2, 3, 4, "", switch)
        sheet.write_string(3, 2, self._titles[self._chosen], switch)
        heading = _FIRST_LEVER - 1
        titles = [f"${_letters(c)}${heading + 1}" for c in (_FIRST_SCENARIO, last)]
        rule = {"validate": "list", "source": f"={':'.join(titles)}"}
        sheet.data_validation(3, 2, 3, 2, rule)
        self.book.define_name(self._switch, f"='{sheet.get_name()}'!$C$4")
        heads = [sheet_word(one, self.lang) for one in ("lever", "unit", "used")]
        heads += self._titles
        heads += [sheet_word(one, self.lang) for one in ("low", "high", "source")]
        wrap = self._format(bold=True, bottom=1, text_wrap=True, valign="bottom")
        for column, one in enumerate(heads):
            sheet.write_string(heading, column, one, wrap)
        for number, slot in enumerate(self.model.slots):
            self._write_slot(sheet, number, slot, last)
        sheet.freeze_panes(_FIRST_LEVER, _FIRST_SCENARIO)

    def _write_slot(self, sheet: Worksheet, number: int, slot: Slot, last: int) -> None:
        row, lever = _FIRST_LEVER + number, slot.lever
        form = number_format(lever.unit, _places(lever))
        name = word(lever.label, self.lang, lever.name)
        label = name if slot.year is None else f"{name}, {slot.year}"
        sheet.write_string(row, 0, label, self._format())
        sheet.write_string(row, 1, lever.unit.name(self.lang), self._format())
        heading = _FIRST_LEVER
        first, final = _letters(_FIRST_SCENARIO), _letters(last)
        switch = self._switch
        formula = (
            f"=INDEX({first}{row + 1}:{final}{row + 1},"
            f"MATCH({switch},${first}${heading}:${final}${heading},0))"
        )
        stored = self._cache(self._shown(lever, self.runs[self._chosen].slots[number]))
        used = self._format(num_format=form, bold=True, bg_color="#E2EFDA", border=1)
        sheet.write_formula(row, 2, formula, used, stored)
        if slot.year is None:
            self.book.define_name(lever.name, f"='{sheet.get_name()}'!$C${row + 1}")
        low, high = (self._shown(lever, lever.unit.inside(one)) for one in (lever.low, lever.high))
        for column, done in enumerate(self.runs, _FIRST_SCENARIO):
            looks = {"num_format": form, "border": 1}
            if column == _FIRST_SCENARIO + 1:
                looks |= {"bg_color": "#FFF2CC", "locked": False}
            sheet.write_number(
                row, column, self._shown(lever, done.slots[number]), self._format(**looks)
            )
        sheet.data_validation(row, _FIRST_SCENARIO, row, last, self._validation(lever, low, high))
        sheet.write_number(row, last + 1, low, self._format(num_format=form))
        sheet.write_number(row, last + 2, high, self._format(num_format=form))
        note = self._format(quote_prefix=True, indent=1)
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
        return _inside(name, self.model.levers[name].unit)

    def _live_cell(self, name: str, year: int) -> str:
        row = self._rows[f"{name}[{year}]"] + 1
        return _inside(f"'{self._lever_sheet}'!$C${row}", self.model.levers[name].unit)

    def _column_levers(self, scenario: int) -> tuple[Callable[[str], str], Callable[..., str]]:
        """Return references to one scenario's own column, past the switch."""
        letters = _letters(_FIRST_SCENARIO + scenario)

        def at(key: str, name: str) -> str:
            reference = f"'{self._lever_sheet}'!${letters}${self._rows[key] + 1}"
            return _inside(reference, self.model.levers[name].unit)

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
            return f"{_letters(self._columns[year])}{rows[name] + 1}"

        printer = ExcelPrinter(
            lever_at, cell_at, lambda year: f"{_letters(self._columns[year])}${_HEAD + 1}"
        )
        self._model_frame(sheet, rows)
        for (name, year), start in model.starts.items():
            form = number_format(start.unit, _decimals(start.value))
            plain = start.unit.is_percent or start.unit.factor == 1
            looks = self._format(num_format=form if plain else "General", font_color="#1F4E79")
            column = self._columns[year]
            sheet.write_number(rows[name], column, model.constants[name, year], looks)
            if start.source:
                sheet.write_comment(rows[name], column, start.source[:500], {"visible": False})
        for formula in model.formulas:
            stored = self._cache(done.by_cell[formula.name, formula.year])
            looks = self._format(num_format=self._model_format(formula.name))
            text = "=" + printer.bare(formula.value)
            if len(text) > 8000:
                found = f"{formula.name}: a formula of {len(text)} characters"
                raise InputError("workbook", found, "at most 8000", "cut the equation into several")
            sheet.write_formula(
                rows[formula.name], self._columns[formula.year], text, looks, stored
            )

    def _model_frame(self, sheet: Worksheet, rows: Mapping[str, int]) -> None:
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 11)
        sheet.set_column(3, 3 + len(self._columns), 11)
        sheet.write_string(0, 0, sheet_word("model_note", self.lang), self._format(italic=True))
        head = self._format(bold=True, bottom=1)
        for column, one in enumerate(("variable", "name", "unit")):
            sheet.write_string(_HEAD, column, sheet_word(one, self.lang), head)
        for year, column in self._columns.items():
            sheet.write_number(
                _HEAD, column, year, self._format(bold=True, bottom=1, num_format="0")
            )
        for name, row in rows.items():
            spec = self.model.variables.get(name)
            label = word(spec.label, self.lang, name) if spec else name
            sheet.write_string(row, 0, label, self._format(quote_prefix=True))
            sheet.write_string(row, 1, name, self._format())
            unit = _inside_word(self.model.unit_of(name), self.lang)
            sheet.write_string(row, 2, unit, self._format())
        sheet.freeze_panes(_HEAD + 1, 3)

    def _model_format(self, name: str) -> str:
        unit = self.model.unit_of(name)
        spec = self.model.variables.get(name)
        places = spec.places if spec else unit.places
        if not unit.is_percent and unit.factor != 1:
            return "General"
        return number_format(unit, places)

    # --- results ----------------------------------------------------------------------------

    def _write_results(self, sheet: Worksheet, live: Worksheet, base: Worksheet) -> None:
        model, lang = self.model, self.lang
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, 2 + len(model.years), 11)
        title = word(model.title, lang, model.name)
        sheet.write_string(0, 0, title, self._format(bold=True, font_size=14))
        switch = self._switch
        shown = self._format(bold=True, font_color="#1F4E79")
        sheet.write_formula(1, 0, f"={switch}", shown, self._titles[self._chosen])
        sheet.write_string(2, 0, sheet_word("if_true", lang), self._format(italic=True))
        names = [name for name, one in model.variables.items() if one.shown]
        top = 4
        places: dict[tuple[str, str], int] = {}
        blocks = (("chosen", live, self.runs[self._chosen]), ("base", base, self.runs[0]))
        for block, source, done in blocks:
            self._block_head(sheet, top, block)
            for offset, name in enumerate(names, 1):
                places[block, name] = top + offset
                self._result_row(sheet, top + offset, name, source, done)
            top += len(names) + 2
        sheet.freeze_panes(5, 2)
        for number, name in enumerate(model.charts):
            self._chart(sheet, number, name, places)

    def _block_head(self, sheet: Worksheet, row: int, block: str) -> None:
        head = self._format(bold=True, bottom=1)
        if block == "chosen":
            switch = self._switch
            sheet.write_formula(row, 0, f"={switch}", head, self._titles[self._chosen])
        else:
            sheet.write_string(row, 0, self._titles[0], head)
        sheet.write_string(row, 1, sheet_word("unit", self.lang), head)
        for column, year in enumerate(self.model.years, 2):
            looks = self._format(bold=True, bottom=1, num_format="0")
            sheet.write_number(row, column, year, looks)

    def _result_row(
        self, sheet: Worksheet, row: int, name: str, source: Worksheet, done: Run
    ) -> None:
        spec = self.model.variables[name]
        rows = model_rows(self.model)
        label = word(spec.label, self.lang, name)
        sheet.write_string(row, 0, label, self._format(quote_prefix=True))
        sheet.write_string(row, 1, spec.unit.name(self.lang), self._format())
        looks = self._format(num_format=number_format(spec.unit, spec.places))
        for column, year in enumerate(self.model.years, 2):
            cell = f"'{source.get_name()}'!{_letters(self._columns[year])}{rows[name] + 1}"
            inside = done.by_cell[name, year]
            plain = spec.unit.is_percent or spec.unit.factor == 1
            formula = f"={cell}" if plain else f"={_outside(cell, spec.unit)}"
            stored = self._cache(inside if plain else spec.unit.outside(inside))
            sheet.write_formula(row, column, formula, looks, stored)

    def _chart(
        self, sheet: Worksheet, number: int, name: str, places: Mapping[tuple[str, str], int]
    ) -> None:
        spec = self.model.variables[name]
        sheet_name, last = sheet.get_name(), 1 + len(self.model.years)
        chart: Any = self.book.add_chart({"type": "line"})
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
        unit = spec.unit.name(self.lang)
        label = word(spec.label, self.lang, name)
        font = {"name": "Arial", "size": 12}
        chart.set_title({"name": f"{label} ({unit})" if unit else label, "name_font": font,
                         "overlay": False})  # fmt: skip
        chart.set_legend({"position": "bottom", "font": {"name": "Arial", "size": 10}})
        form = number_format(spec.unit, min(spec.places, 1))
        chart.set_y_axis({"num_format": form, "major_gridlines": {
            "visible": True, "line": {"color": "#D9D9D9"}}, "line": {"none": True}})  # fmt: skip
        chart.set_x_axis({"num_font": {"name": "Arial", "size": 10}})
        chart.set_size({"width": 560, "height": 320})
        row, column = 4 + 17 * (number // 2), 3 + len(self.model.years)
        alt = f"{label}: {self._titles[0]} – {sheet_word('switch', self.lang)}"
        shift = 580 * (number % 2)
        sheet.insert_chart(row, column, chart, {"description": alt, "x_offset": shift})

    # --- equations and sources ---------------------------------------------------------------

    def _write_about(self, sheet: Worksheet) -> None:
        lang, model = self.lang, self.model
        sheet.set_column(0, 0, 38)
        sheet.set_column(1, 1, 110)
        wrap = self._format(text_wrap=True, valign="top", quote_prefix=True)
        mono = self._format(text_wrap=True, valign="top", quote_prefix=True, font_name="Consolas")
        head = self._format(bold=True, bottom=1, font_size=12)
        lines: list[tuple[str, str, Any]] = [(sheet_word("equations", lang), "", head)]
        for one in model.equations:
            label = word(model.variables[one.name].label, lang, one.name)
            lines.append((label, one.text, mono))
        lines.append((sheet_word("starts", lang), "", head))
        for (name, year), start in model.starts.items():
            figure = f"{format_number(start.value, lang=lang)} {start.unit.name(lang)}".strip()
            lines.append((f"{name}[{year}]", f"{figure}. {start.source}", wrap))
        lines.append((sheet_word("assumptions", lang), "", head))
        for lever in model.levers.values():
            lines.append((word(lever.label, lang, lever.name), lever.source, wrap))
        lines.append((sheet_word("scenarios", lang), "", head))
        for scenario in self.scenarios:
            told = f"{word(scenario.reason, lang, '')} ({scenario.author}, {scenario.date})"
            sources = [f"{key}: {word(one, lang, '')}" for key, one in scenario.sources.items()]
            lines.append((scenario.say(lang), "\n".join([told, *sources]), wrap))
        lines.append((sheet_word("notes", lang), "", head))
        lines += [("", word(one, lang, ""), wrap) for one in model.notes]
        lines.append((sheet_word("data", lang), data_hash(model), wrap))
        for row, (left, right, looks) in enumerate(lines):
            # Wrapped rows get their height here: not every program fits them by itself.
            lines_of_text = sum(1 + len(part) // 100 for part in right.split("\n"))
            sheet.set_row(row, 14.5 * max(lines_of_text, 1 + len(left) // 36))
            sheet.write_string(row, 0, left, looks if looks is head else wrap)
            sheet.write_string(row, 1, right, looks)


def model_rows(model: Model) -> dict[str, int]:
    """Return the row of each name on a model sheet: variables, then names with starts alone."""
    names = [*model.variables, *dict.fromkeys(name for name, _ in model.starts)]
    return {name: _HEAD + 1 + n for n, name in enumerate(dict.fromkeys(names))}


def _year_columns(model: Model) -> dict[int, int]:
    """Return the column of each year: from the first start value on, without gaps."""
    first = min([model.years[0], *(year for _, year in model.starts)])
    return {year: 3 + n for n, year in enumerate(range(first, model.years[-1] + 1))}


def _titles(scenarios: Sequence[Scenario], lang: Lang) -> list[str]:
    """Return one title a column, no two alike: the switch finds a column by its title."""
    made = [sheet_word("baseline", lang), sheet_word("own", lang)]
    for one in scenarios:
        # MATCH takes * ? ~ for wildcards and gives up beyond 255 characters.
        title = one.say(lang).translate(str.maketrans("", "", "*?~"))[:100].strip() or one.name
        while title.casefold() in (known.casefold() for known in made):
            title += f" ({one.name})"
        made.append(title)
    return made


def _places(lever: LeverSpec) -> int:
    """Return the decimals that show every value of a lever's baseline, and one step of it."""
    values = lever.value.values() if isinstance(lever.value, Mapping) else [lever.value]
    return max(_decimals(value) for value in (*values, lever.step))


def _decimals(value: float) -> int:
    """Return how many decimals a value was written with, four at most."""
    return len(format_number(round(value, 4), lang="en").partition(".")[2])


def _inside(reference: str, unit: ModelUnit) -> str:
    """Return a lever's cell as equations count it."""
    up, down = unit.scale
    if unit.is_percent or (up, down) == (1, 1):
        return reference
    if down == 1:
        return f"({reference}*{up})"
    return f"({reference}/{down})" if up == 1 else f"({reference}/{down}*{up})"


def _outside(reference: str, unit: ModelUnit) -> str:
    up, down = unit.scale
    return f"{reference}*{down}" if up == 1 else f"{reference}*{down}/{up}"


def _inside_word(unit: ModelUnit, lang: Lang) -> str:
    from hlanalysis.scenarios.units import describe

    if unit.is_percent or unit.factor == 1:
        return unit.name(lang)
    return describe(unit.dimension)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


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


def cells_of_sheet(model: Model) -> dict[Key, str]:
    """Return the address of every computed cell on a model sheet."""
    rows, columns = model_rows(model), _year_columns(model)
    return {
        (name, year): f"{_letters(columns[year])}{rows[name] + 1}" for name, year in model.outputs
    }
