"""The headings of one table taken together: measure, period and unit of every value column."""

from __future__ import annotations

import re
from dataclasses import replace

from hlanalysis.reading.table.counted import Counted, counted
from hlanalysis.reading.table.headings import Heading
from hlanalysis.reading.table.indicators import (
    is_indicator,
    is_indicator_table,
    is_named_rate,
    is_of_a_period,
    path_of,
    unit_of_rate,
)
from hlanalysis.reading.table.meaning import Meaning, Years, running, spanned, year_text
from hlanalysis.reading.table.periods import Mention, spell
from hlanalysis.reading.table.relatives import relative
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.titles import Title
from hlanalysis.reading.table.units import NOUNS
from hlanalysis.reading.table.words import Lexicon

_BARE_YEAR = re.compile(r"(?i)(?:năm\s*|nam\s*)?(?:19|20)\d\d")
_SEVERAL = 2  # years from the first to the last; a season or school year has one


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
    indicators = _indicators(headings, words)
    for column, heading in headings.items():
        if column in indicators:
            found[column] = _indicator(column, heading, title, years, words)
            continue
        if heading.sort in ("compare", "share", "difference"):
            continue
        measure = _amount_measure(heading, years)
        if measure is None and last_measure and _is_within(heading, words):
            found[column] = Meaning(
                column, last_measure[0], last_measure[1], unit=heading.unit, guessed="group"
            )
            continue
        if measure is None or heading.sort == "other":
            unread.append(column)
            continue
        period = _amount_period(heading, measure, years, found)
        last_measure = (measure, period)
        number = Counted() if heading.unit else counted(heading.parts, words)
        done = measure in ("actual", "previous_actual")
        found[column] = Meaning(
            column,
            measure,
            period,
            unit=heading.unit,
            counted=number,
            estimate=done and heading.estimate,
        )
    for column, heading in headings.items():
        if column not in found and heading.sort in ("compare", "share", "difference"):
            found[column] = relative(column, heading, index, found, years, headings)
    return [found[column] for column in sorted(found)], unread


def _indicators(headings: dict[int, Heading], words: Lexicon) -> set[int]:
    """Return the columns whose headings name what is measured and leave the measure open.

    Among plans and outturns only named rates and counts of people and things do so.
    """
    if is_indicator_table(headings):
        return {
            column
            for column, heading in headings.items()
            if (heading.sort == "" and is_of_a_period(heading, words))
            or is_indicator(heading, words)
        }
    return {
        column
        for column, heading in headings.items()
        if is_named_rate(heading, words) or (heading.sort == "" and _counts(heading, words))
    }


def _counts(heading: Heading, words: Lexicon) -> bool:
    """Tell whether a heading counts people or things: "Dân số (người)" beside the budget."""
    if heading.unit is not None:
        return heading.unit.id in NOUNS
    return counted(heading.parts, words).unit is not None


def _indicator(
    column: int, heading: Heading, title: Title, years: Years, words: Lexicon
) -> Meaning:
    measure: Measure = title.measure or "actual"
    unit = unit_of_rate(heading, words) if heading.sort else heading.unit
    period = running(heading, years)
    if measure == "plan":
        period = year_text(years.plan) or spanned(years)
    number = Counted() if unit else counted(heading.parts, words)
    series = path_of(heading.parts)
    return Meaning(column, measure, period, series, unit, "title", counted=number, indicator=True)


def _years(headings: dict[int, Heading], title: Title) -> Years:
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
    only_years = _only_years(headings, amounts, undated, title)
    season = None if done else _last_season(headings, title)
    return Years(current, plan, title.part, only_years, title.span, season)


def _last_season(headings: dict[int, Heading], title: Title) -> int | None:
    """Return the last year of the season, school year or plan that the columns lead up to."""
    spans = [h for h in headings.values() if h.period and h.period.form == "span"]
    done = [h.period.number for h in spans if h.period and h.sort in ("actual", "year")]
    planned = [h.period.number for h in spans if h.period and h.sort == "plan"]
    known = [h.period.number for h in spans if h.period and h.estimate]
    if title.span is not None:
        known.append(title.span.number)
    if done and planned and max(done) < min(planned) and max(done) not in known:
        return min(planned)  # "TH vụ 2022-2023 | KH vụ 2023-2024": done before what is planned
    return max(done, default=None)


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
    if all(_is_bare_year(h) for h in dated if not h.estimate) and any(h.estimate for h in dated):
        return False  # a yearbook: "2021 | 2022 | Ước tính 2023", nothing but years
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


def _amount_measure(heading: Heading, years: Years) -> Measure | None:
    if heading.sort == "plan":
        return "plan"
    if heading.sort == "previous":
        return "previous_actual"
    if heading.sort not in ("actual", "year"):
        return None
    if years.only_years or heading.period is None or heading.period.year is None:
        return "actual"
    if heading.period.form == "span":
        last, current = heading.period.number, years.season or years.current
    else:
        last, current = heading.period.year, years.current
    if _covers(years.span, heading.period.year) and _is_year_in_group(heading):
        return "actual"  # "Thực hiện các năm" over each year of the plan that the title is about
    return "previous_actual" if current is not None and last < current else "actual"


def _is_bare_year(heading: Heading) -> bool:
    return bool(_BARE_YEAR.fullmatch(heading.parts[-1].strip()))


def _is_year_in_group(heading: Heading) -> bool:
    return len(heading.parts) > 1 and _is_bare_year(heading)


def _covers(span: Mention | None, year: int) -> bool:
    """Tell whether a year is one of those that a plan of several years is about."""
    if span is None or span.year is None or span.number - span.year < _SEVERAL:
        return False
    return span.year <= year <= span.number


def _amount_period(
    heading: Heading, measure: Measure, years: Years, found: dict[int, Meaning]
) -> str:
    own = heading.period
    if heading.sort == "previous":
        return _period_before(heading, years, found)
    if own is not None and own.form == "span":
        return spell(own)
    if measure == "plan":
        before = heading.year_before and own is None
        year = years.plan - 1 if before and years.plan else years.plan
        return spell(own, year) if own else year_text(year) or spanned(years)
    if own is not None:
        return spell(own, years.current)
    return running(heading, years)


def _period_before(heading: Heading, years: Years, found: dict[int, Meaning]) -> str:
    """Return the period of a "cùng kỳ" or "năm trước" column."""
    own = heading.period
    year = own.year if own and own.year else (years.current - 1 if years.current else None)
    if own is not None and own.form != "year":
        return spell(own, year)
    if not heading.same_period or year is None:
        return year_text(year)
    now = next((m.period for m in reversed(found.values()) if m.measure == "actual"), "")
    if now:
        return f"{year}{now[4:]}" if not re.fullmatch(r"\d{4}-\d{4}", now) else ""
    return spell(replace(years.part, year=year)) if years.part else year_text(year)


def _is_within(heading: Heading, words: Lexicon) -> bool:
    return any(words.starts("rows.within", words.put(part)) for part in heading.parts)
