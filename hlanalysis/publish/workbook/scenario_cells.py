"""Addresses, formats and units that the scenario sheets share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hlanalysis.numbers import Lang, format_number
from hlanalysis.publish.workbook.scenario_words import sheet_word
from hlanalysis.scenarios.model import Key, Model
from hlanalysis.scenarios.scenario_file import Scenario
from hlanalysis.scenarios.specs import LeverSpec
from hlanalysis.scenarios.units import ModelUnit, describe

HEAD = 3  # row of the years on the model sheets


@dataclass
class Formats:
    """Cell formats, made once a workbook."""

    book: Any
    made: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def __call__(self, **looks: Any) -> Any:
        """Return the format with these looks."""
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


def model_rows(model: Model) -> dict[str, int]:
    """Return the row of each name on a model sheet: variables, then names with starts alone."""
    names = [*model.variables, *dict.fromkeys(name for name, _ in model.starts)]
    return {name: HEAD + 1 + n for n, name in enumerate(dict.fromkeys(names))}


def year_columns(model: Model) -> dict[int, int]:
    """Return the column of each year: from the first start value on, without gaps."""
    first = min([model.years[0], *(year for _, year in model.starts)])
    return {year: 3 + n for n, year in enumerate(range(first, model.years[-1] + 1))}


def titles_of(scenarios: Sequence[Scenario], lang: Lang) -> list[str]:
    """Return one title a column, no two alike: the switch finds a column by its title."""
    made = [sheet_word("baseline", lang), sheet_word("own", lang)]
    for one in scenarios:
        # MATCH takes * ? ~ for wildcards and gives up beyond 255 characters.
        title = one.say(lang).translate(str.maketrans("", "", "*?~"))[:100].strip() or one.name
        while title.casefold() in (known.casefold() for known in made):
            title += f" ({one.name})"
        made.append(title)
    return made


def places_of(lever: LeverSpec) -> int:
    """Return the decimals that show every value of a lever's baseline, and one step of it."""
    values = lever.value.values() if isinstance(lever.value, Mapping) else [lever.value]
    return max(decimals_of(value) for value in (*values, lever.step))


def decimals_of(value: float) -> int:
    """Return how many decimals a value was written with, four at most."""
    return len(format_number(round(value, 4), lang="en").partition(".")[2])


def inside(reference: str, unit: ModelUnit) -> str:
    """Return a lever's cell as equations count it."""
    up, down = unit.scale
    if unit.is_percent or (up, down) == (1, 1):
        return reference
    if down == 1:
        return f"({reference}*{up})"
    return f"({reference}/{down})" if up == 1 else f"({reference}/{down}*{up})"


def outside(reference: str, unit: ModelUnit) -> str:
    """Return a cell of the model in the unit its variable is shown in."""
    up, down = unit.scale
    return f"{reference}*{down}" if up == 1 else f"{reference}*{down}/{up}"


def inside_word(unit: ModelUnit, lang: Lang) -> str:
    """Return the unit that equations count in, in words."""
    if unit.is_percent or unit.factor == 1:
        return unit.name(lang)
    return describe(unit.dimension)


def letters(column: int) -> str:
    """Return a column's letters."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def cells_of_sheet(model: Model) -> dict[Key, str]:
    """Return the address of every computed cell on a model sheet."""
    rows, columns = model_rows(model), year_columns(model)
    return {
        (name, year): f"{letters(columns[year])}{rows[name] + 1}" for name, year in model.outputs
    }
