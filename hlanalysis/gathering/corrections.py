"""Corrections of known errors: records beside the raw data, never edits of it.

``data/raw/corrections.csv`` holds one line a correction: which observation, what was expected to
stand there, what it should be, why, who confirmed it, and when. A correction whose reason has gone,
because the source was mended or its text moved, fails loudly instead of changing another figure.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from hlanalysis.errors import InputError
from hlanalysis.numbers import NumberFormatError, parse_number
from hlanalysis.observations import Observation, Observations

FILE_NAME = "corrections.csv"
_K_OF_N = re.compile(r"\s*(\S+)\s*/\s*(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Correction:
    """One known error and what to read instead.

    Attributes
    ----------
    observation : str
        Id of the figure, as `hlanalysis check` and the tidy table print it.
    expected : str
        The number that stands in the source today, as printed (``77,64``, ``14/17``).
    corrected : str
        The number to use instead, in the same unit and spelling.
    reason, confirmed_by, date : str
        Why; who confirmed it; the day, as 2025-01-31.
    line : int
        Its line in the file.
    """

    observation: str
    expected: str
    corrected: str
    reason: str
    confirmed_by: str
    date: str
    line: int

    @property
    def note(self) -> str:
        """What a reader is told beside the corrected figure."""
        return (
            f"Đính chính (corrected): {self.expected} → {self.corrected}; {self.reason} "
            f"({self.confirmed_by}, {self.date})"
        )


COLUMNS = tuple(item.name for item in dataclasses.fields(Correction) if item.name != "line")


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Read the corrections of a project.

    Parameters
    ----------
    path : Path
        CSV in UTF-8 with the columns of `COLUMNS`, in any order.

    Returns
    -------
    tuple of Correction

    Raises
    ------
    InputError
        If a column is missing or a line is not whole; every wrong line is named.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "a CSV file in UTF-8") from error
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise InputError(f"{path}, line 1", f"no column {', '.join(missing)}", ", ".join(COLUMNS))
    records = [(reader.line_num, row) for row in reader if any(_cells(row))]
    corrections = tuple(
        Correction(**{name: (row[name] or "").strip() for name in COLUMNS}, line=line)
        for line, row in records
    )
    _refuse(str(path), [problem for one in corrections for problem in _problems(one)])
    return corrections


def _cells(row: dict[str, str]) -> Iterable[str]:
    return (value.strip() for value in row.values() if isinstance(value, str))


def _problems(one: Correction) -> list[str]:
    empty = [name for name in COLUMNS if not getattr(one, name)]
    problems = [f"line {one.line}: {name} is empty" for name in empty]
    for name in ("expected", "corrected"):
        value = getattr(one, name)
        if value and _numbers(value) is None:
            problems.append(
                f"line {one.line}: {name} {value!r} is no number such as 77,64 or 14/17"
            )
    if one.date and not _is_day(one.date):
        problems.append(f"line {one.line}: date {one.date!r} is no day such as 2025-01-31")
    return problems


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _numbers(text: str) -> tuple[Decimal, ...] | None:
    """Return the value, or k and n of "k/n"; None for anything else."""
    pair = _K_OF_N.fullmatch(text)
    try:
        return tuple(map(parse_number, pair.groups())) if pair else (parse_number(text),)
    except NumberFormatError:
        return None


def _refuse(where: str, problems: Sequence[str], hint: str = "") -> None:
    if problems:
        count = "1 correction is" if len(problems) == 1 else f"{len(problems)} corrections are"
        listed = "".join(f"\n  - {problem}" for problem in problems)
        raise InputError(where, f"{count} wrong:{listed}\n", hint=hint)


def apply_corrections(
    observations: Observations,
    corrections: Iterable[Correction],
    where: str = FILE_NAME,
) -> Observations:
    """Return the figures with the corrections made.

    A corrected figure keeps its id and its printed characters; its value is the new one and its
    note says what was changed, why, and who confirmed it.

    Raises
    ------
    InputError
        If a correction names no figure, or one whose printed value is no longer the expected one,
        or a figure is corrected twice; every such correction is named and nothing is changed.
    """
    corrections = list(corrections)
    problems = [problem for one in corrections if (problem := _gone(one, observations))]
    twice = Counter(one.observation for one in corrections)
    problems += [f"{name} is corrected {n} times" for name, n in twice.items() if n > 1]
    _refuse(
        where,
        problems,
        "look the figure up in data/processed/observations.csv; take the line out if the source "
        "was mended, or write the id and the number that stand there now",
    )
    made = {one.observation: one for one in corrections}
    return Observations(
        _corrected(row, made[row.id]) if row.id in made else row for row in observations
    )


def _gone(one: Correction, observations: Observations) -> str:
    """Return why a correction cannot be made, or nothing."""
    if one.observation not in observations:
        return f"line {one.line}: no figure has the id {one.observation!r}"
    row = observations.by_id(one.observation)
    if not _stands(one.expected, row):
        return (
            f"line {one.line}: {row.id} is {row.written} {row.unit} ({row.source}, {row.locator}), "
            f"no longer {one.expected}"
        )
    shapes = {len(_numbers(text) or ()) for text in (one.expected, one.corrected)}
    if len(shapes) != 1:
        return f"line {one.line}: {one.expected} cannot become {one.corrected}"
    return ""


def _stands(expected: str, row: Observation) -> bool:
    if expected == row.written:
        return True
    numbers = _numbers(expected)
    if row.denominator is not None:
        return numbers == (row.value, row.denominator)
    return numbers is not None and numbers == _numbers(row.written)


def _corrected(row: Observation, one: Correction) -> Observation:
    numbers = _numbers(one.corrected)
    assert numbers is not None, "load_corrections checks the spelling"
    note = f"{row.note}; {one.note}" if row.note else one.note
    if row.denominator is not None and len(numbers) == 2:
        k, n = numbers
        return dataclasses.replace(row, value=k, numerator=k, denominator=n, note=note)
    return dataclasses.replace(row, value=numbers[0] * _scale(row), note=note)


def _scale(row: Observation) -> Decimal:
    """Return what the stored value is to the print: "58 nghìn" is 58000, "giảm 3,15%" is -3.15."""
    printed = _numbers(row.written)
    if printed is None or len(printed) != 1 or not printed[0]:
        return Decimal(1)
    return row.value / printed[0]
