"""Figures for the tests of checks: short to write, and the real report and press."""

from __future__ import annotations

import itertools
from decimal import Decimal
from functools import cache
from pathlib import Path

from hlanalysis.gathering.published_rows import from_published
from hlanalysis.numbers import NumberFormatError, parse_number
from hlanalysis.observations import COLUMNS, Observation, Observations
from hlanalysis.periods import Period, base_period
from hlanalysis.sources.provenance import load_sidecar
from hlanalysis.sources.published import load_published

RAW = Path(__file__).parent.parent / "data" / "raw"
_numbers = itertools.count()
_BASES = {"plan_attainment": "plan", "plan_excess": "plan", "growth": "previous_year"}


def figure(written: str, unit: str, kind: str = "level", **fields: object) -> Observation:
    """One figure; what is not said is that of the town's revenue of 2024 in its own report."""
    base = str(fields.get("base", _BASES.get(kind, "")))
    period = str(fields.get("period", "2024"))
    measured = base_period(Period.parse(period), base) if base else None
    row = dict.fromkeys(COLUMNS, "") | {
        "id": f"f{next(_numbers)}",
        "place": "hong_linh",
        "indicator": "budget_revenue",
        "period": period,
        "kind": kind,
        "status": "actual",
        "base": base,
        "base_period": str(measured or ""),
        "value": _value(written),
        "value_max": None,
        "numerator": None,
        "denominator": None,
        "unit": unit,
        "territory": "hong_linh",
        "written": written,
        "source": "report",
        "locator": "0-1",
    }
    if "/" in written:
        k, n = map(Decimal, written.split("/"))
        row |= {"value": k, "numerator": k, "denominator": n}
    return Observation(**(row | fields))  # type: ignore[arg-type]


def _value(written: str) -> Decimal:
    try:
        return parse_number(written)
    except NumberFormatError:
        return Decimal(0)


def table(*rows: Observation) -> Observations:
    return Observations(rows)


@cache
def press() -> tuple[Observation, ...]:
    """The published figures of data/raw, as the project reads them."""
    source = load_sidecar(RAW / "observations.csv")
    return tuple(from_published(load_published(RAW / "observations.csv"), source))


def report() -> list[Observation]:
    """The 21 figures of the report of 2024, read by hand: checks do not depend on the reader."""

    def of(indicator: str, *args: str, **fields: object) -> Observation:
        return figure(*args, indicator=indicator, **fields)  # type: ignore[arg-type]

    documents = of("documents_issued", "7.439", "count", locator="10-15", id="documents")
    parts = [
        of(
            "documents_issued",
            written,
            "count",
            id=f"documents_{name}",
            series=name,
            part_of="documents",
            locator=f"{20 + at}-{25 + at}",
        )
        for at, (name, written) in enumerate(
            [
                ("decisions", "2.774"),
                ("notices", "300"),
                ("plans", "159"),
                ("letters", "3.002"),
                ("others", "1.204"),
            ]
        )
    ]
    return [
        of("framework_tasks", "51", "count", id="tasks_set"),
        documents,
        *parts,
        of("documents_received", "8.050", "count", series="from_above", id="received_above"),
        of("documents_received", "5.105", "count", series="from_local", id="received_local"),
        of("socio_targets_met", "14/17", "count", "ratio_count", id="targets"),
        of("framework_tasks", "50/51", "count", "ratio_count", id="tasks"),
        of("civilised_wards", "5/5", "count", "ratio_count", id="wards"),
        of("urban_type3_criteria_met", "55/63", "count", "ratio_count", id="criteria"),
        figure("222,044", "bn_vnd", id="revenue"),
        figure("77,64", "percent", "plan_excess", of="revenue", id="revenue_plan"),
        of("total_social_investment", "1.290", "bn_vnd", id="investment"),
        of(
            "total_social_investment",
            "80,63",
            "percent",
            "plan_attainment",
            of="investment",
            id="investment_plan",
        ),
        of(
            "total_social_investment",
            "3,37",
            "percent",
            "growth",
            of="investment",
            base="year:2023",
            id="investment_growth",
        ),
        of(
            "production_value",
            "7,15",
            "percent",
            "growth",
            base="",
            scope="main_sectors",
            id="production_growth",
        ),
        of("new_jobs", "1.067", "persons", id="jobs"),
        of("new_jobs", "25", "percent", "plan_excess", of="jobs", id="jobs_plan"),
    ]
