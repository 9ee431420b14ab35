"""The rules that every observation keeps, as a pandera schema."""

from __future__ import annotations

import re
from typing import Any

import pandera.pandas as pa
from pandera.errors import SchemaErrors

from hlanalysis.catalog import all_indicators, all_places
from hlanalysis.catalog.tables import cached, load_table
from hlanalysis.observations import COLUMNS, Observations
from hlanalysis.periods import Period
from hlanalysis.vocabulary import KINDS, MODIFIERS, PLAN_LEVELS, STATUSES, VINTAGES

_BASES = (
    r"|plan|same_period_last_year|previous_year|previous_month|start_of_year"
    r"|year:\d{4}|period:\d{4}-\d{4}"
)
_DATE = r"|\d{4}-\d{2}-\d{2}"


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def _each(test: Any, rule: str) -> pa.Check:
    return pa.Check(lambda column: column.map(test).astype(bool), error=rule)


def _one_of(allowed: Any, what: str) -> pa.Check:
    names = frozenset(allowed)
    return _each(lambda value: value in names, f"{what}: one of {', '.join(sorted(names))[:160]}")


def _text(pattern: str, what: str) -> pa.Check:
    return _each(lambda value: re.fullmatch(pattern, value) is not None, what)


@cached
def _schema() -> pa.DataFrameSchema:
    checks = {
        "place": _one_of(all_places(), "a place of the catalogue"),
        "indicator": _one_of([*all_indicators(), "unlisted"], "an indicator of the catalogue"),
        "period": _each(_is_period, "a period such as 2024 or 2024-6M"),
        "as_of": _text(_DATE, "a date such as 2024-12-20, or empty"),
        "kind": _one_of(KINDS, "a kind"),
        "status": _one_of(STATUSES, "a status"),
        "base": _text(_BASES, "a base such as plan or year:2023, or empty"),
        "unit": _one_of(load_table("units"), "a unit of the catalogue"),
        "modifier": _one_of(MODIFIERS, "a modifier"),
        "plan_level": _one_of(PLAN_LEVELS, "a plan level"),
        "vintage": _one_of(VINTAGES, "a vintage"),
        "written": _each(bool, "the printed characters"),
        "source": _each(bool, "a source"),
        "locator": _each(bool, "a place in its source"),
        "value": _each(lambda value: value is not None and value.is_finite(), "a finite number"),
    }
    columns = {name: pa.Column(object, checks.get(name), nullable=True) for name in COLUMNS}
    columns["id"] = pa.Column(object, unique=True)
    return pa.DataFrameSchema(columns, strict=True, ordered=True, checks=list(_across()))


def _across() -> Any:
    def rule(text: str, test: Any) -> pa.Check:
        return pa.Check(lambda frame: frame.apply(test, axis=1).astype(bool), error=text)

    plan_kinds = ("plan_attainment", "plan_excess")
    yield rule(
        "a figure against plan has the base plan",
        lambda r: (r["kind"] in plan_kinds) == (r["base"] == "plan"),
    )
    yield rule(
        "k of n has a numerator and a denominator",
        lambda r: (r["kind"] == "ratio_count") == (r["denominator"] is not None),
    )
    yield rule(
        "a range runs upwards",
        lambda r: r["value_max"] is None or r["value_max"] >= r["value"],
    )


def broken_rules(rows: Observations) -> list[str]:
    """Return one line per row and rule that it breaks, in the order of the table."""
    frame = rows.frame().astype(object)
    frame = frame.where(frame.notna(), None)
    ids = list(frame["id"])
    lines: list[str] = []
    if not len(frame):
        return lines
    try:
        _schema().validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        for case in cases.drop_duplicates(["index", "column", "check"]).itertuples():
            name = ids[int(case.index)] if case.index is not None else "table"
            found = (
                ""
                if case.column in (None, "DataFrameSchema")
                else f" {case.column}={case.failure_case!r}"
            )
            lines.append(f"{name}:{found} expected {case.check}")
    known = set(ids)
    for row in rows:
        for name in ("of", "part_of"):
            target = getattr(row, name)
            if target and target not in known:
                lines.append(f"{row.id}: {name}={target!r} expected the id of another figure")
    return sorted(set(lines))
