"""What stands above a table: its title, its period, its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hlanalysis.grids import CellValue
from hlanalysis.reading.folding import fold
from hlanalysis.reading.table.headings import default_measure
from hlanalysis.reading.table.periods import Mention, best_part, find_periods
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.units import (
    NOUNS,
    Unit,
    bracket_unit,
    is_unit_label,
    parse_unit,
    unit_line,
)
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon, small, squeeze

_DASHED_SIGN = re.compile(r"\s[-–]\s*([%‰])\s*$")  # "Chỉ số phát triển - %"
_SNAPSHOT = re.compile(
    r"(?:thoi diem|tinh den|co den)\D{0,20}?"
    r"([0-3]?\d)\s*[/.-]\s*([01]?\d)\s*[/.-]\s*((?:19|20)\d\d)"
)
_MONTH_END, _YEAR_END = 28, 12
_UNIT_LINE = 40  # characters; longer lines are titles that close with a unit


@dataclass(slots=True)
class Title:
    """The lines above a table.

    Attributes
    ----------
    text : str
        The title, "" where there is none.
    part : Mention or None
        The part of the year that the title is about (quarter, months).
    year : int or None
        The year of what was done, as far as the title says.
    plan_year : int or None
        The year of what is planned.
    span : Mention or None
        Years together (2021-2025).
    measure : Measure or None
        For columns that name no measure.
    units : list of (column, Unit)
        Unit lines by where they stand.
    lines : list of str
        Every line that may be part of the title.
    """

    text: str = ""
    part: Mention | None = None
    year: int | None = None
    plan_year: int | None = None
    span: Mention | None = None
    measure: Measure | None = None
    units: list[tuple[int, Unit]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def unit_for(self, first: int, last: int) -> Unit | None:
        """Return the unit of the columns from `first` to `last`; the only one serves all."""
        inside = [unit for column, unit in self.units if first <= column <= last]
        if inside:
            return inside[-1]
        kinds = {unit for _, unit in self.units}
        return kinds.pop() if len(kinds) == 1 else None


def read_title(view: View, rows: list[int], words: Lexicon) -> Title:
    """Read the lines above a table.

    Parameters
    ----------
    view : View
    rows : list of int
        The rows between the table before and the heading of this one.
    words : Lexicon
    """
    title = Title()
    lines: list[str] = []
    for row in rows:
        cells = view.cells(row)
        for position, (column, value) in enumerate(cells):
            following = cells[position + 1][1] if position + 1 < len(cells) else None
            unit = _unit_of(value, following)
            if unit is not None:
                title.units.append((column, unit))
            if isinstance(value, str) and _is_title_line(value, unit, words):
                lines.append(squeeze(value))
    title.text, title.lines = _main_line(lines), lines
    read_periods(title, lines, words)
    if title.year is None and title.plan_year is None and title.span is None:
        read_snapshot(title, lines)
    if title.year is None and title.plan_year is None and title.span is None:
        read_periods(title, [*lines, view.name.replace("_", " ")], words)
    if title.text:
        title.measure = default_measure(" ".join(lines), words)
    return title


def _unit_of(value: CellValue, following: CellValue | None) -> Unit | None:
    """Return the unit that a cell above a table declares, alone, with its neighbour, or at its end.

    "Cơ cấu thu ngân sách (%)" closes with a unit; a noun in brackets there is none.
    """
    if not isinstance(value, str):
        return None
    dashed = _DASHED_SIGN.search(value)
    if dashed:
        return parse_unit(dashed[1])
    closing = bracket_unit(value) if value.rstrip().endswith((")", "]")) else None
    if closing is not None and closing[0].id not in NOUNS:
        return closing[0]
    if is_unit_label(value) and isinstance(following, str):
        return parse_unit(following, expected=True)
    return unit_line(value)


def _is_title_line(text: str, unit: Unit | None, words: Lexicon) -> bool:
    put = words.put(text)
    if words.has("titles.skip", put):
        return False
    if unit is not None and len(squeeze(text)) < _UNIT_LINE and not find_periods(text):
        return False
    return not is_unit_label(text)


def _main_line(lines: list[str]) -> str:
    """Return the line that names the table: the longest in capitals, else the longest."""
    good = [line for line in lines if len(line) > 8 and not line.startswith("(")]
    capitals = [line for line in good if line.isupper()]
    return max(capitals or good, key=len, default="")


def read_periods(title: Title, lines: list[str], words: Lexicon) -> None:
    """Find the years and the part of a year that title lines speak of; changes `title`."""
    mentions = []
    for line in lines:
        put = words.put(line)
        for mention in find_periods(line, dates=False):
            mentions.append((mention, _said_of(put[: mention.start], words)))
    title.part = best_part([mention for mention, _ in mentions])
    if title.part and title.part.form in ("month", "quarter"):
        if any("cả năm" in line.lower() for line in lines):
            title.part = None  # "tháng 12 và cả năm 2024" is about the year
    title.span = next((m for m, _ in mentions if m.form == "span"), None)
    done = [m.year for m, of in mentions if of == "actual" and m.year and m.form != "span"]
    planned = [m.year for m, of in mentions if of == "plan" and m.year and m.form != "span"]
    plain = [m.year for m, of in mentions if not of and m.year and m.form != "span"]
    title.year = next(iter(done or plain), None)
    title.plan_year = next(iter(planned or plain), None)


def read_snapshot(title: Title, lines: list[str]) -> None:
    """Take the year of "tại thời điểm 31/12/2022" where a title says no other; changes `title`.

    A date in a title is mostly that of the report; only one that counts something is read.
    """
    for line in lines:
        match = _SNAPSHOT.search(fold(small(line)))
        if match is None:
            continue
        month, year = int(match[2]), int(match[3])
        title.year = title.plan_year = year
        if int(match[1]) >= _MONTH_END and month < _YEAR_END:
            title.part = Mention("months", year, month, 0, 0)
        return


def _said_of(before: str, words: Lexicon) -> str:
    """Return what the period after these words is a period of: the nearest measure word."""
    plans = [end for _, end, _ in words.find("titles.plan", before)]
    actuals = [end for _, end, _ in words.find("titles.actual", before)]
    if not plans and not actuals:
        return ""
    if plans and actuals and _joined(before, max(actuals), max(plans)):
        return "actual"
    return "plan" if max(plans, default=-1) > max(actuals, default=-1) else "actual"


def _joined(before: str, actual: int, plan: int) -> bool:
    """Tell whether "thực hiện" and "kế hoạch" are one phrase: "kết quả thực hiện kế hoạch"."""
    return 0 < plan - actual < 12 and "," not in before[actual:plan]
