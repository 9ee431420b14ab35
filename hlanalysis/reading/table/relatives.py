"""Columns of percents, shares and differences: what of the columns beside them they compare."""

from __future__ import annotations

import re

from hlanalysis.reading.folding import fold
from hlanalysis.reading.table.headings import Heading
from hlanalysis.reading.table.meaning import Meaning, Years, running
from hlanalysis.reading.table.periods import find_periods, spell
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.sections import says_change

_AMOUNTS = ("plan", "actual", "previous_actual")
_FORMULA = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*=\s*(.+)")
_RATIO = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*[/:÷]\s*\(?\s*(\d{1,2})")
_MINUS = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*[-–−]\s*\(?\s*(\d{1,2})")
_RATE_OF_GROWTH = re.compile(r"\btoc do (?:tang|giam|phat trien)|\btang truong\b|\bgrowth\b")
_ATTAINS = re.compile(r"\bdat\b|\bhoan thanh\b|\bthuc hien\b|\bgiai ngan\b|\bquyet toan\b")
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
    ahead = None if formula or heading.period else _plan_ahead(column, heading, found)
    above = formula[1] if formula else ahead or _nearest(column, found)
    undated = formula is None and heading.period is None
    period = spell(heading.period, years.current) if heading.period else ""
    if period.isdecimal() and not find_periods(heading.parts[-1]):
        period = _within_year(period, column, found)
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
        return Meaning(column, "difference", period, unit=unit, undated=undated)
    measure, guessed = _percent_measure(heading, formula, found, years)
    if ahead is not None:
        measure = "yoy_percent"
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
        undated=undated,
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
    if _RATE_OF_GROWTH.search(fold(" ".join(heading.parts).lower())):
        return "yoy_percent", ""
    if formula:
        # A plan beside the plan before is no attainment.
        of_plan = formula[2].measure == "plan" and not is_ahead(formula[1], formula[2])
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


def _within_year(year: str, column: int, found: dict[int, Meaning]) -> str:
    """Return the part of a year that was done on the left of a comparison under that year.

    "Dự toán năm 2024" may stand over "Cả năm", "TH 6 tháng" and "Tỷ lệ (%)".
    """
    done = [m for m in found.values() if m.measure == "actual" and m.column < column]
    last = max(done, key=lambda m: m.column, default=None)
    return last.period if last is not None and last.period[:4] == year else year


def is_ahead(above: Meaning, below: Meaning) -> bool:
    """Tell whether a plan is for a later year than what it is compared with."""
    years = above.period[:4], below.period[:4]
    return above.measure == "plan" and all(years) and years[0] > years[1]


def _plan_ahead(column: int, heading: Heading, found: dict[int, Meaning]) -> Meaning | None:
    """Return the plan of the next year on the left, if the heading leaves open that it compares.

    "DT 2024 | ƯTH 2024 | DT 2025 | So sánh": the last column is set against those before.
    """
    if heading.sort == "share" or heading.base == "plan" or heading.same_period:
        return None
    if heading.base == "" and _ATTAINS.search(fold(" ".join(heading.parts).lower())):
        return None
    left = [m for m in found.values() if m.column < column and m.measure in _AMOUNTS]
    done = [m for m in found.values() if m.measure in ("actual", "previous_actual")]
    if heading.base == "previous" and len({m.period for m in done}) > 1:
        return None
    last = max(left, key=lambda m: m.column, default=None)
    if last is None or not any(is_ahead(last, m) for m in left):
        return None
    base = heading.base_period.year if heading.base_period else None
    if base is not None and last.period[:4] <= str(base):
        return None
    return last if all(is_ahead(last, m) for m in done) else None


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
