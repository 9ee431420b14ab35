"""The last sheet: equations as written, start values, assumptions, scenarios and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hlanalysis.numbers import format_number
from hlanalysis.publish.workbook.scenario_words import sheet_word
from hlanalysis.scenarios.scenario_file import data_hash
from hlanalysis.scenarios.specs import word

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from hlanalysis.publish.workbook.scenario_sheets import ScenarioSheets


def write_about(sheets: ScenarioSheets, sheet: Worksheet) -> None:
    """Write what the numbers rest on."""
    lang, model = sheets.lang, sheets.model
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 1, 110)
    wrap = sheets.format(text_wrap=True, valign="top", quote_prefix=True)
    mono = sheets.format(text_wrap=True, valign="top", quote_prefix=True, font_name="Consolas")
    head = sheets.format(bold=True, bottom=1, font_size=12)
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
    for scenario in sheets.scenarios:
        told = f"{word(scenario.reason, lang, '')} ({scenario.author}, {scenario.date})"
        sources = [f"{key}: {word(one, lang, '')}" for key, one in scenario.sources.items()]
        lines.append((scenario.say(lang), "\n".join([told, *sources]), wrap))
    lines.append((sheet_word("notes", lang), "", head))
    lines += [("", word(one, lang, ""), wrap) for one in model.notes]
    lines.append((sheet_word("data", lang), data_hash(model), wrap))
    for row, (left, right, looks) in enumerate(lines):
        # Wrapped rows get their height here: not every program fits them by itsheets.
        lines_of_text = sum(1 + len(part) // 100 for part in right.split("\n"))
        sheet.set_row(row, 14.5 * max(lines_of_text, 1 + len(left) // 36))
        sheet.write_string(row, 0, left, looks if looks is head else wrap)
        sheet.write_string(row, 1, right, looks)
