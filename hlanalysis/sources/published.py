"""Figures published elsewhere: a .csv of them, each with its own source, read exactly.

Every value is read as text and kept as an exact decimal. A row that cannot be right is an error
that names every such row and line at once; nothing is mended silently.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from hlanalysis.catalog import unit as find_unit
from hlanalysis.errors import InputError
from hlanalysis.periods import Period
from hlanalysis.sources.text import read_plain_text
from hlanalysis.vocabulary import KINDS, MODIFIERS, STATUSES

if TYPE_CHECKING:
    import _csv

_BASE = re.compile(
    r"|plan|same_period_last_year|previous_year|previous_month|start_of_year"
    r"|year:\d{4}|period:\d{4}-\d{4}"
)
_NEEDS_BASE = ("plan_attainment", "plan_excess")
_SHOWN_ERRORS = 20


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One published figure, as its row says; empty text where a field does not apply.

    Attributes
    ----------
    place, indicator, series : str
        What it is about, in ids of the catalogue.
    period, as_of : str
        The period it covers, and the date where it stops before the period's end.
    kind, status, base : str
        What it says, how sure its author is, and what it is measured against.
    value : Decimal
        In `unit`, signed for changes.
    written : str
        The value's characters in the file; trailing zeros are kept.
    unit, modifier : str
    source_url, source_date, publisher, note : str
        Where and when it was published, by whom, and what to know about it.
    line : int
        The line of the file on which the row starts; the header is line 1.
    """

    place: str
    indicator: str
    series: str
    period: str
    as_of: str
    kind: str
    status: str
    base: str
    value: Decimal
    written: str
    unit: str
    modifier: str
    source_url: str
    source_date: str
    publisher: str
    note: str
    line: int


COLUMNS = tuple(
    field.name for field in fields(PublishedFigure) if field.name not in ("written", "line")
)


def load_published(path: str | Path) -> list[PublishedFigure]:
    """Read a table of published figures.

    Parameters
    ----------
    path : str or Path
        CSV in UTF-8 with the columns of `COLUMNS`, in any order; ``value`` with a decimal point.

    Returns
    -------
    list of PublishedFigure
        In the order of the file.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing or unknown, or any row is wrong; all
        wrong rows are named with their lines.
    """
    path = Path(path)
    reader = csv.reader(io.StringIO(_text(path)), strict=True)
    header = next(reader, [])
    _check_header(path, header)
    figures: list[PublishedFigure] = []
    problems: list[str] = []
    for line, row in _rows(path, reader):
        if not any(cell.strip() for cell in row):
            continue
        wrong = _wrong_row(header, row)
        if wrong:
            problems.append(f"line {line}: {', '.join(wrong)}")
        else:
            figures.append(_figure(dict(zip(header, row, strict=True)), line))
    if problems:
        raise _all_at_once(path, problems)
    if not figures:
        raise InputError(str(path), "no rows below the header", "at least one published figure")
    return figures


def is_published_table(path: str | Path) -> bool:
    """Tell whether a text file is a table of published figures, by its header."""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        header = next(csv.reader([file.readline(4096)]), [])
    return {"indicator", "period", "value", "source_url"} <= set(header)


def _text(path: Path) -> str:
    if not path.is_file():
        raise InputError(str(path), "no such file", "a .csv of published figures")
    return read_plain_text(path).text


def _rows(path: Path, reader: _csv.Reader) -> list[tuple[int, list[str]]]:
    """Return the rows with the line each starts on (a note may hold line ends)."""
    rows, line = [], reader.line_num + 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{path}, line {line}", f"is no CSV ({error})", 'fields with commas in "quotes"'
        ) from error
    return rows


def _check_header(path: Path, header: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1})
    found = [
        f"{what} {', '.join(names)}"
        for what, names in (("missing", missing), ("unknown", unknown), ("twice", twice))
        if names
    ]
    if found:
        raise InputError(
            f"{path}, line 1",
            "columns " + "; ".join(found),
            ", ".join(COLUMNS),
            "name the columns so, in any order",
        )


def _figure(row: dict[str, str], line: int) -> PublishedFigure:
    written = row["value"].strip()
    return PublishedFigure(**(row | {"value": Decimal(written)}), written=written, line=line)  # type: ignore[arg-type]


def _wrong_row(header: list[str], row: list[str]) -> list[str]:
    """Return everything that is wrong with one row."""
    if len(row) != len(header):
        return [f"{len(row)} fields instead of {len(header)}"]
    values = dict(zip(header, row, strict=True))
    wrong = [
        f"{column} {values[column]!r} is not {what}"
        for column, (is_right, what) in _RULES.items()
        if not is_right(values[column])
    ]
    if values["kind"] in _NEEDS_BASE and values["base"] != "plan":
        wrong.append(f"kind {values['kind']} has base {values['base']!r} instead of 'plan'")
    if values["kind"] == "level" and values["base"]:
        wrong.append(f"kind level has base {values['base']!r} instead of none")
    return wrong


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    if not re.fullmatch(r"\s*[+-]?[0-9]+(?:\.[0-9]+)?\s*", text):
        return False
    try:
        Decimal(text.strip())
    except InvalidOperation:
        return False
    return True


def _is_unit(text: str) -> bool:
    try:
        find_unit(text)
    except (KeyError, ValueError, InputError):
        return False
    return True


def _is_date(text: str) -> bool:
    """Accept a year, a month or a day, and nothing where the source carries no date."""
    if not re.fullmatch(r"|\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
        return False
    try:
        date.fromisoformat(f"{text}{'-01-01'[len(text) - 4 :]}" if len(text) < 10 else text)
    except ValueError:
        return not text
    return True


def _one_of(names: tuple[str, ...]) -> tuple[Callable[[str], bool], str]:
    return names.__contains__, "one of " + ", ".join(filter(None, names))


_RULES: dict[str, tuple[Callable[[str], bool], str]] = {
    "place": (bool, "given"),
    "indicator": (bool, "given"),
    "period": (_is_period, "a period such as 2024 or 2024-6M"),
    "as_of": (_is_date, "a date such as 2024-12-20"),
    "kind": _one_of(KINDS),
    "status": _one_of(STATUSES),
    "base": (lambda text: _BASE.fullmatch(text) is not None, "a base such as plan or year:2023"),
    "value": (_is_number, "a number with a decimal point, such as 77.64"),
    "unit": (_is_unit, "a unit of the catalogue"),
    "modifier": _one_of(MODIFIERS),
    "source_url": (lambda text: re.match(r"https?://\S+\Z", text) is not None, "a web address"),
    "source_date": (_is_date, "a date such as 2024-12-20, 2024-12 or 2024"),
    "publisher": (bool, "given"),
}


def _all_at_once(path: Path, problems: list[str]) -> InputError:
    shown = "".join(f"\n  - {problem}" for problem in problems[:_SHOWN_ERRORS])
    more = len(problems) - _SHOWN_ERRORS
    rest = f"\n  and {more} more" if more > 0 else ""
    count = "1 row is wrong" if len(problems) == 1 else f"{len(problems)} rows are wrong"
    return InputError(str(path), f"{count}:{shown}{rest}\n")
