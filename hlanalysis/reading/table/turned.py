"""Tables turned on their side: years, or plan and outturn, down; indicators across.

The rows are read as in any table; here each takes its period and measure from its own label,
and its name from the heading of the column.
"""

from __future__ import annotations

from hlanalysis.grids import CellValue
from hlanalysis.reading.table.headings import Heading, leftover, read_heading
from hlanalysis.reading.table.indicators import path_of
from hlanalysis.reading.table.meaning import Meaning
from hlanalysis.reading.table.measures import meanings
from hlanalysis.reading.table.periods import spell
from hlanalysis.reading.table.rows import Row
from hlanalysis.reading.table.titles import Title
from hlanalysis.reading.table.words import Lexicon

_AMOUNTS = ("plan", "actual", "previous_actual")


def time_of(value: CellValue | None) -> str:
    """Return the label of a row of a year: "2019" stored as a number is a label here."""
    if isinstance(value, float) and value.is_integer() and 1950 <= value <= 2100:
        return f"{value:.0f}"
    return value if isinstance(value, str) else ""


def is_time_label(value: CellValue | None, words: Lexicon) -> bool:
    """Tell whether a label is a period and nothing else: 2019, "Sơ bộ 2022", "KH năm 2025".

    Examples
    --------
    >>> from hlanalysis.reading.table.words import lexicon
    >>> [is_time_label(v, lexicon("sound")) for v in (2019.0, "Quý I", "Nam 2020", "Lúa 2019")]
    [True, True, True, False]
    """
    text = time_of(value)
    if not text or len(text) > 60 or leftover(text, words):
        return False
    heading = read_heading((text,), words)
    return heading.period is not None and heading.sort in ("year", "plan", "actual", "previous")


def turn(
    rows: list[Row],
    written: dict[int, str],
    values: list[Meaning],
    parts: dict[int, tuple[str, ...]],
    title: Title,
    words: Lexicon,
) -> list[Row]:
    """Return the rows of a turned table as those of a table that stands upright.

    Parameters
    ----------
    rows : list of Row
    written : dict of int to str
        The labels by row number.
    values : list of Meaning
        What the columns hold.
    parts : dict of int to tuple of str
        The headings by column.
    title : Title
    words : Lexicon
    """
    headings = {row: read_heading((label,), words) for row, label in written.items()}
    known = {m.column: m for m in meanings(headings, {}, title, words)[0]}
    across = any(meaning.indicator for meaning in values)
    found = []
    for row in rows:
        said = known.get(row.row)
        if said is not None:
            row = _turned(row, said, headings[row.row])
        if across:
            name = path_of(parts.get(row.column, ())) or row.label
            row = row._replace(label=name, series="", code="", level=1, label_path=())
        found.append(row)
    return found


def _turned(row: Row, said: Meaning, heading: Heading) -> Row:
    """Return a row with the period of its own label, and the measure where that says one."""
    period = said.period
    own = heading.period
    if own is not None and own.year is None and row.period:
        period = spell(own, int(row.period[:4]))
    measure, estimate = row.measure, row.more.estimate
    if measure in _AMOUNTS and (heading.sort != "year" or measure != "plan"):
        measure, estimate = said.measure, said.estimate
    return row._replace(period=period or row.period, measure=measure).with_more(estimate=estimate)
