"""The one tidy table: its columns, validation, load and save.

One row is one printed figure with its meaning and the place where it was printed. Values are exact
decimals in the printed unit (77.64 percent); `written` keeps the printed characters.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.catalog import convert
from hlanalysis.errors import InputError
from hlanalysis.files import short_hash, write_whole
from hlanalysis.numbers import NumberFormatError, parse_number, to_fraction
from hlanalysis.periods import Period
from hlanalysis.reported import Interval, Reported, Rule

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Observation:
    """One printed figure. The fields are the columns of the table, in order.

    Attributes
    ----------
    id : str
        Short hash of source, locator, kind and written; findings and corrections refer to it.
    place, indicator, series : str
        What it is about. An indicator that the catalogue does not know is ``unlisted``, and
        `series` then holds the phrase of the report.
    period, as_of : str
        The period it covers, and the date where it stops before the period's end.
    kind, status, base, base_period : str
        What it says, how sure its author is, and what it is measured against.
    value, value_max : Decimal
        In the printed unit; `value_max` is the upper end of a range.
    numerator, denominator : Decimal
        Of "k of n".
    unit, per : str
    of, part_of : str
        Ids of the figure it qualifies and of the total it is a part of.
    plan_level, vintage, price_basis, scope, territory : str
        Tags that must be alike before figures are combined; empty means unknown.
    written, modifier : str
        The printed characters; "over" for "hơn", and so on.
    source, locator, note : str
        Where it was printed.
    """

    id: str
    place: str
    indicator: str
    series: str
    period: str
    as_of: str
    kind: str
    status: str
    base: str
    base_period: str
    value: Decimal
    value_max: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit: str
    per: str
    of: str
    part_of: str
    plan_level: str
    vintage: str
    price_basis: str
    scope: str
    territory: str
    written: str
    modifier: str
    source: str
    locator: str
    note: str

    @property
    def when(self) -> Period:
        """The period, parsed."""
        return Period.parse(self.period)

    @property
    def is_bound(self) -> bool:
        """Whether the print only bounds the figure ("hơn 301", "gần 17.000")."""
        return self.modifier in ("over", "under", "at_least", "at_most")

    def interval(self, rule: Rule = "half_up", *, exact: bool | None = None) -> Interval:
        """Return all values, in the printed unit, that print as this figure under a rule.

        A bound ("hơn 301") is taken at the printed number: the caller asks `is_bound`.
        """
        try:
            reported = Reported(self.written, self.unit, rule, exact)
            printed = parse_number(self.written)
            bounds = reported.interval
        except NumberFormatError:
            top = self.value if self.value_max is None else self.value_max
            return Interval(to_fraction(self.value), to_fraction(top))
        if not printed:
            return bounds
        # "58 nghìn con" is stored as 58000 and "giảm 3,15%" as -3.15: the print scales with it.
        factor = to_fraction(self.value) / to_fraction(printed)
        low, high = bounds.low * abs(factor), bounds.high * abs(factor)
        scaled = Interval(low, high, bounds.low_closed, bounds.high_closed)
        return -scaled if factor < 0 else scaled

    def value_in(self, unit: str) -> Fraction:
        """Return the value in another unit of the same dimension, exactly."""
        return convert(self.value, self.unit, unit)


COLUMNS = tuple(field.name for field in fields(Observation))
_DECIMALS = frozenset({"value", "value_max", "numerator", "denominator"})


def observation_id(source: str, locator: str, kind: str, written: str) -> str:
    """Return the short stable name of a printed figure."""
    return short_hash(source, locator, kind, written)


class Observations(Sequence[Observation]):
    """All figures of a project, in a fixed order, with look-ups by meaning.

    Parameters
    ----------
    rows : iterable of Observation
    """

    def __init__(self, rows: Iterable[Observation]) -> None:
        self._rows = tuple(sorted(rows, key=_order))
        self._by_id = {row.id: row for row in self._rows}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def by_id(self, name: str) -> Observation:
        """Return the figure with an id.

        Raises
        ------
        KeyError
            If there is none.
        """
        if name not in self._by_id:
            raise KeyError(f"no observation has the id {name!r}")
        return self._by_id[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_id

    def find(self, **wanted: str | tuple[str, ...]) -> list[Observation]:
        """Return the figures whose fields have the wanted values; a tuple means any of them.

        Examples
        --------
        >>> Observations([]).find(indicator="budget_revenue", kind=("level", "growth"))
        []
        """
        tests: list[Callable[[Observation], bool]] = [
            _wants(name, value) for name, value in wanted.items()
        ]
        return [row for row in self._rows if all(test(row) for test in tests)]

    def one(self, **wanted: str | tuple[str, ...]) -> Observation:
        """Return the one figure that `find` finds.

        Raises
        ------
        LookupError
            If there is none, or more than one; the message lists them.
        """
        found = self.find(**wanted)
        if len(found) == 1:
            return found[0]
        asked = ", ".join(f"{name}={value!r}" for name, value in wanted.items())
        if not found:
            raise LookupError(f"no observation has {asked}")
        listed = ", ".join(f"{row.id} ({row.written} {row.unit}, {row.source})" for row in found)
        raise LookupError(f"{len(found)} observations have {asked}: {listed}")

    def frame(self) -> pd.DataFrame:
        """Return the table as a data frame; values stay exact decimals."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self._rows], columns=list(COLUMNS))


def _wants(name: str, value: str | tuple[str, ...]) -> Callable[[Observation], bool]:
    if name not in COLUMNS:
        raise TypeError(f"observations have no column {name!r}; they have {', '.join(COLUMNS)}")
    allowed = value if isinstance(value, tuple) else (value,)
    return lambda row: getattr(row, name) in allowed


def _order(row: Observation) -> tuple[Any, ...]:
    key = (row.place, row.indicator, row.series)
    return (*key, _when(row), row.kind, row.source, row.locator, row.id)


def _when(row: Observation) -> Period:
    """Return the period; a row without a good one comes first, for `validate` to name."""
    try:
        return row.when
    except ValueError:
        return Period(0)


def save_observations(rows: Observations, path: Path) -> bool:
    """Write the table as CSV (UTF-8, LF), byte for byte the same for the same figures."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in COLUMNS])
    return write_whole(path, text.getvalue())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else value


def load_observations(path: Path, *, trusted: bool = False) -> Observations:
    """Load and validate a saved table.

    Parameters
    ----------
    path : Path
    trusted : bool
        Skip validation: the caller knows by its checksum that we wrote and checked this file.

    Raises
    ------
    InputError
        If a column is missing or rows break the rules; every offending row is named.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise InputError(str(path), f"no column {', '.join(missing)}", ", ".join(COLUMNS))
        records = list(reader)
    rows, problems = [], []
    for line, record in enumerate(records, start=2):
        try:
            rows.append(_from_text(record))
        except InvalidOperation:
            problems.append(f"line {line}: a value that is no number")
    _refuse(str(path), problems)
    return Observations(rows) if trusted else validate(Observations(rows), str(path))


def _from_text(record: dict[str, str]) -> Observation:
    return Observation(
        **{
            name: (Decimal(record[name]) if record[name] else None)
            if name in _DECIMALS
            else record[name]
            for name in COLUMNS
        }  # type: ignore[arg-type]
    )


def _refuse(where: str, problems: Sequence[str]) -> None:
    if problems:
        raise InputError(
            where,
            f"{len(problems)} rows break the rules of the table:\n  "
            + "\n  ".join(problems)
            + "\n",
            hint="correct these figures in their source, or take the rows out",
        )


def validate(rows: Observations, where: str = "observations") -> Observations:
    """Check every row against the schema and name all offenders at once.

    Raises
    ------
    InputError
        With one line per offending row: its id, the column, what stands there, what may.
    """
    from hlanalysis.observation_schema import broken_rules

    _refuse(where, broken_rules(rows))
    return rows
