"""The headings of one table taken together: measure, period and unit of every value column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hlanalysis.reading.folding import fold
from hlanalysis.reading.table.headings import Heading
from hlanalysis.reading.table.periods import Mention, spell
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.titles import Title
from hlanalysis.reading.table.units import Unit
from hlanalysis.reading.table.words import Lexicon

_FORMULA = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*=\s*(.+)")
_RATIO = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*[/:÷]\s*\(?\s*(\d{1,2})")
_MINUS = re.compile(r"\(?\s*(\d{1,2})\s*\)?\s*[-–−]\s*\(?\s*(\d{1,2})")
_GROWS = re.compile(r"\btang\b|\bgrowth\b")  # what grows does so in time
_AMOUNTS = ("plan", "actual", "previous_actual")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the numbers of one column are.

    Attributes
    ----------
    column : int
    measure : Measure
    period : str
        "" where neither heading nor title says it.
    series : str
    unit : Unit or None
        A unit in the heading; row and table units are elsewhere.
    guessed : str
        How the measure was found where the heading does not say it; "" where it does.
    percent : bool
        The heading shows a per cent sign.
    """

    column: int
    measure: Measure
    period: str
    series: str = ""
    unit: Unit | None = None
    guessed: str = ""
    percent: bool = False


@dataclass(slots=True)
class _Years:
    """The years and the part of a year that columns without their own belong to."""

    current: int | None
    plan: int | None
    part: Mention | None
    only_years: bool


def meanings(
    headings: dict[int, Heading], index: dict[int, str], title: Title, words: Lexicon
) -> tuple[list[Meaning], list[int]]:
    """Return the meaning of every value column, and the columns that nothing explains.

    Parameters
    ----------
    headings : dict of int to Heading
        By column, left to right.
    index : dict of int to str
        The index row: "1", "2", "3=2/1".
    title : Title
    words : Lexicon
    """
    years = _years(headings, title)
    found: dict[int, Meaning] = {}
    unread: list[int] = []
    last_measure: tuple[Measure, str] | None = None
    no_amounts = not any(
        h.sort in ("plan", "actual", "previous", "year") for h in headings.values()
    )
    for column, heading in headings.items():
        if heading.sort in ("compare", "share", "difference"):
            continue
        measure = _amount_measure(heading, years)
        guessed = ""
        if measure is None and last_measure and _is_within(heading, words):
            found[column] = Meaning(
                column, last_measure[0], last_measure[1], unit=heading.unit, guessed="group"
            )
            continue
        if measure is None and no_amounts:
            measure, guessed = title.measure, "title"
        if measure is None or heading.sort == "other":
            unread.append(column)
            continue
        period = _amount_period(heading, measure, years, found)
        last_measure = (measure, period)
        found[column] = Meaning(column, measure, period, unit=heading.unit, guessed=guessed)
    for column, heading in headings.items():
        if heading.sort in ("compare", "share", "difference"):
            found[column] = _relative(column, heading, index, found, years, headings)
    return [found[column] for column in sorted(found)], unread


def _years(headings: dict[int, Heading], title: Title) -> _Years:
    amounts = [h for h in headings.values() if h.sort in ("actual", "year")]
    dated = [h for h in amounts if h.period and h.period.year and h.period.form != "span"]
    done = [h.period.year for h in dated if h.period and h.period.year]
    planned = [
        h.period.year for h in headings.values() if h.sort == "plan" and h.period and h.period.year
    ]
    estimated = [h.period.year for h in dated if h.estimate and h.period and h.period.year]
    undated = any(h.sort == "actual" and not (h.period and h.period.year) for h in amounts)
    if undated and done:
        current = _year_of_undated(done, planned, title)
    else:
        current = _current_year(done, planned, estimated, title)
    plan = _plan_year(planned, current, title)
    return _Years(current, plan, title.part, _only_years(headings, amounts, undated, title))


def _only_years(
    headings: dict[int, Heading], amounts: list[Heading], undated: bool, title: Title
) -> bool:
    """Tell whether the columns are a run of years: each of them is then an actual."""
    sorts = {h.sort for h in headings.values()}
    dated = [h for h in amounts if h.period and h.period.year]
    if sorts & {"plan", "previous"} or not dated or (undated and title.year):
        return False
    distinct = {spell(h.period) for h in dated if h.period}
    if sorts & {"compare", "difference"} and len(distinct) <= 2:
        return False
    return not _about_the_last(dated, title)


def _about_the_last(dated: list[Heading], title: Title) -> bool:
    """Tell whether a title speaks of the last of two or three years; the others led up to it."""
    years = {h.period.year for h in dated if h.period}
    if title.year is None or title.span is not None or not 2 <= len(years) <= 3:
        return False
    if title.year != max(year for year in years if year):
        return False
    return len(years) == 2 or any(h.estimate for h in dated)


def _year_of_undated(done: list[int], planned: list[int], title: Title) -> int | None:
    """Return the year of an actual column without one: the title's, never its neighbour's."""
    if title.year:
        return title.year
    if planned and max(planned) >= max(done):
        # "Thực hiện 2023, Ước thực hiện, Dự toán 2025": the estimate fills the year between.
        return max(planned) - 1 if max(planned) == max(done) + 2 else max(planned)
    return max(done)


def _current_year(
    done: list[int], planned: list[int], estimated: list[int], title: Title
) -> int | None:
    """Return the year that "actual" means; earlier years are the ones before."""
    if done:
        last = max(done)
        if planned and last < min(planned) and last not in (title.year, *estimated):
            return min(planned)
        return last
    return title.year or (min(planned) if planned else title.plan_year)


def _plan_year(planned: list[int], current: int | None, title: Title) -> int | None:
    if title.plan_year and (current is None or not planned):
        return title.plan_year
    return current


def _amount_measure(heading: Heading, years: _Years) -> Measure | None:
    if heading.sort == "plan":
        return "plan"
    if heading.sort == "previous":
        return "previous_actual"
    if heading.sort not in ("actual", "year"):
        return None
    if years.only_years or heading.period is None or heading.period.year is None:
        return "actual"
    last = heading.period.number if heading.period.form == "span" else heading.period.year
    earlier = years.current is not None and last < years.current
    return "previous_actual" if earlier else "actual"


def _amount_period(
    heading: Heading, measure: Measure, years: _Years, found: dict[int, Meaning]
) -> str:
    own = heading.period
    if heading.sort == "previous":
        return _period_before(heading, years, found)
    if own is not None and own.form == "span":
        return spell(own)
    if measure == "plan":
        before = heading.year_before and own is None
        year = years.plan - 1 if before and years.plan else years.plan
        return spell(own, year) if own else _year(year)
    if own is not None:
        return spell(own, years.current)
    return _running(heading, years)


def _running(heading: Heading, years: _Years) -> str:
    """Return the period that the table is about; "lũy kế" counts it from January."""
    part = years.part
    if part is None:
        return _year(years.current)
    if heading.cumulative and part.form in ("month", "quarter"):
        months = part.number * (3 if part.form == "quarter" else 1)
        part = replace(part, form="months", number=months)
    return spell(part, years.current)


def _period_before(heading: Heading, years: _Years, found: dict[int, Meaning]) -> str:
    """Return the period of a "cùng kỳ" or "năm trước" column."""
    own = heading.period
    year = own.year if own and own.year else (years.current - 1 if years.current else None)
    if own is not None and own.form != "year":
        return spell(own, year)
    if not heading.same_period or year is None:
        return _year(year)
    now = next((m.period for m in reversed(found.values()) if m.measure == "actual"), "")
    if now:
        return f"{year}{now[4:]}" if not re.fullmatch(r"\d{4}-\d{4}", now) else ""
    return spell(replace(years.part, year=year)) if years.part else _year(year)


def _relative(
    column: int,
    heading: Heading,
    index: dict[int, str],
    found: dict[int, Meaning],
    years: _Years,
    headings: dict[int, Heading],
) -> Meaning:
    """Return the meaning of a column of percents, shares or differences."""
    formula = _formula(column, index, found)
    above = formula[1] if formula else _nearest(column, found)
    period = spell(heading.period, years.current) if heading.period else ""
    if not period and above is not None:
        period = above.period
    if not period:
        period = _running(heading, years)
    if heading.sort == "share":
        return Meaning(column, "share_percent", period)
    if heading.sort == "difference" or (
        formula and formula[0] == "-" and not _says_percent(heading)
    ):
        unit = heading.unit or (above.unit if above else None)
        return Meaning(column, "difference", period, unit=unit)
    measure, guessed = _percent_measure(heading, formula, found, years)
    if not guessed and not heading.percent:
        guessed = "no percent sign"
    return Meaning(
        column, measure, period, unit=heading.unit, guessed=guessed, percent=heading.percent
    )


def _percent_measure(
    heading: Heading,
    formula: tuple[str, Meaning, Meaning] | None,
    found: dict[int, Meaning],
    years: _Years,
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


def _is_within(heading: Heading, words: Lexicon) -> bool:
    return any(words.starts("rows.within", words.put(part)) for part in heading.parts)


def _year(year: int | None) -> str:
    return "" if year is None else str(year)
