"""Columns of percents, shares and differences: what of the columns beside them they compare."""

from __future__ import annotations

import re

from hlanalysis.reading.folding import fold
from hlanalysis.reading.table.headings import Heading
from hlanalysis.reading.table.meaning import Meaning, Years, running
from hlanalysis.reading.table.periods import spell
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.sections import says_change

_FORMULA = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*=\s*(.+)")
_RATIO = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*[/:÷]\s*\(?\s*(\d{1,2})")
_MINUS = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*[-–−]\s*\(?\s*(\d{1,2})")
_GROWS = re.compile(r"\btang\b|\bgrowth\b")  # what grows does so in time


def relative(
    column: int,
    heading: Heading,
    index: dict[int, str],
    found: dict[int, Meaning],
    years: Years,
    headings: dict[int, Heading],
) -> Meaning:
    """Return the meaning of a column of percents, shares or differences."""
    formula = _formula(column, index, found)
    above = formula[1] if formula else _nearest(column, found)
    period = spell(heading.period, years.current) if heading.period else ""
    if not period and above is not None:
        period = above.period
    if not period:
        period = running(heading, years)
    estimate = above is not None and above.estimate
    if heading.sort == "share":
        return Meaning(column, "share_percent", period, estimate=estimate)
    if heading.sort == "difference" or (
        formula and formula[0] == "-" and not _says_percent(heading)
    ):
        unit = heading.unit or (above.unit if above else None)
        return Meaning(column, "difference", period, unit=unit)
    measure, guessed = _percent_measure(heading, formula, found, years)
    if not guessed and not heading.percent:
        guessed = "no percent sign"
    return Meaning(
        column,
        measure,
        period,
        unit=heading.unit,
        guessed=guessed,
        percent=heading.percent,
        estimate=estimate,
        grows=says_change(" ".join(heading.parts)),
        base=_base_year(heading, measure, period),
    )


def _base_year(heading: Heading, measure: Measure, period: str) -> str:
    """Return the year that a whole year is compared with where the heading says it."""
    base = heading.base_period
    if measure != "yoy_percent" or base is None or base.form != "year" or base.year is None:
        return ""
    if heading.same_period or not period.isdecimal() or base.year >= int(period):
        return ""
    return f"year:{base.year}"


def _percent_measure(
    heading: Heading,
    formula: tuple[str, Meaning, Meaning] | None,
    found: dict[int, Meaning],
    years: Years,
) -> tuple[Measure, str]:
    if heading.base == "plan":
        # "DT 2026 so với DT 2025": a plan beside the plan before is no attainment.
        above, below = heading.period, heading.base_period
        later = above and below and above.year and below.year and above.year > below.year
        return ("yoy_percent" if later else "vs_plan_percent"), ""
    if heading.base in ("previous", "actual"):
        return "yoy_percent", ""
    base_year = heading.base_period.year if heading.base_period else None
    now = (heading.period.year if heading.period else None) or years.current
    if base_year is not None and now is not None and base_year < now:
        return "yoy_percent", ""
    if formula:
        of_plan = formula[2].measure == "plan"
        return ("vs_plan_percent" if of_plan else "yoy_percent"), "index row"
    measures = {m.measure for m in found.values()}
    if "previous_actual" in measures and _GROWS.search(fold(" ".join(heading.parts).lower())):
        return "yoy_percent", "neighbours"
    if "plan" in measures:
        return "vs_plan_percent", "neighbours"
    return "yoy_percent", "neighbours"


def _formula(
    column: int, index: dict[int, str], found: dict[int, Meaning]
) -> tuple[str, Meaning, Meaning] | None:
    """Return what the index row says a column is: ("/", above, below) or ("-", ...)."""
    match = _FORMULA.fullmatch(index.get(column, "").strip())
    if match is None:
        return None
    numbers = {}
    for other, text in index.items():
        first = re.match(r"\(?\s*(\d{1,2})", text.strip())
        if first and other in found:
            numbers[int(first[1])] = found[other]
    for sign, pattern in (("/", _RATIO), ("-", _MINUS)):
        parts = pattern.search(match[2])
        if parts and int(parts[1]) in numbers and int(parts[2]) in numbers:
            return sign, numbers[int(parts[1])], numbers[int(parts[2])]
    return None


def _nearest(column: int, found: dict[int, Meaning]) -> Meaning | None:
    """Return the actual column nearest on the left of a comparison, else any, else a plan."""
    for measures in (("actual",), ("plan",)):
        known = [m for m in found.values() if m.measure in measures]
        left = [m for m in known if m.column < column]
        if left or known:
            return max(left, key=lambda m: m.column) if left else known[0]
    return None


def _says_percent(heading: Heading) -> bool:
    return any("%" in part for part in heading.parts)
