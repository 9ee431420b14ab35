"""What the numbers of one column are, and the years that columns without their own belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hlanalysis.reading.table.counted import Counted
from hlanalysis.reading.table.headings import Heading
from hlanalysis.reading.table.periods import Mention, spell
from hlanalysis.reading.table.rows import Measure
from hlanalysis.reading.table.sections import Section
from hlanalysis.reading.table.units import Unit

_NOTHING_COUNTED = Counted()


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
    counted : Counted
        What the heading counts, where it says no unit.
    indicator : bool
        The column's words name what is measured, not only which part of the row's.
    estimate : bool
        The outturn is an estimate, or what is compared is.
    grows : bool
        The heading of a comparison speaks of a change: "Tốc độ tăng (%)".
    growth : bool
        The numbers of a comparison are changes (4.2), not ratios (104.2).
    base : str
        ``year:2020`` where the heading names the year compared with.
    undated : bool
        The heading of a comparison does not say which period is compared.
    spare : str
        What would name a comparison's series if another turned out alike.
    """

    column: int
    measure: Measure
    period: str
    series: str = ""
    unit: Unit | None = None
    guessed: str = ""
    percent: bool = False
    counted: Counted = _NOTHING_COUNTED
    indicator: bool = False
    estimate: bool = False
    grows: bool = False
    growth: bool = False
    base: str = ""
    undated: bool = False
    spare: str = ""


@dataclass(slots=True)
class Years:
    """The years and the part of a year that columns without their own belong to."""

    current: int | None
    plan: int | None
    part: Mention | None
    only_years: bool
    span: Mention | None = None  # years together, as the title says them
    season: int | None = None  # the last year of the season that the columns lead up to


def running(heading: Heading, years: Years) -> str:
    """Return the period that the table is about; "lũy kế" counts it from January."""
    part = years.part
    if part is None:
        return year_text(years.current) or spanned(years)
    if heading.cumulative and part.form in ("month", "quarter"):
        months = part.number * (3 if part.form == "quarter" else 1)
        part = replace(part, form="months", number=months)
    return spell(part, years.current)


def spanned(years: Years) -> str:
    """Return the years together that a title without a single year is about, "" for none."""
    return spell(years.span) if years.span is not None else ""


def year_text(year: int | None) -> str:
    """Return a year as a period, "" for none."""
    return "" if year is None else str(year)


def settle_counts(values: list[Meaning], table_unit: Unit | None) -> list[Meaning]:
    """Give columns that count something their unit, unless the table says it better.

    "Số hộ" under "Đơn vị: triệu đồng" is households; "Số lao động" under "Đơn vị: nghìn người"
    is in thousands; what a heading only suggests stands where the table is silent.
    """
    settled = []
    for meaning in values:
        sure = meaning.counted.unit
        if sure is not None and table_unit is not None and sure.id == table_unit.id:
            sure = None
        unit = sure or (meaning.counted.likely if table_unit is None else None)
        settled.append(replace(meaning, unit=meaning.unit or unit))
    return settled


def in_section(values: list[Meaning], section: Section) -> list[Meaning]:
    """Return what columns of amounts mean under "Cơ cấu (%)"; plans and comparisons stay."""
    measure = section.measure
    if measure is None or any(m.measure not in ("actual", "previous_actual") for m in values):
        return values
    return [
        replace(meaning, measure=measure, unit=section.unit, growth=section.growth)
        for meaning in values
    ]
