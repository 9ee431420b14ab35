"""Average growth over several years, against the years and the levels that it averages."""

from __future__ import annotations

from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import (
    LIVE,
    about,
    is_loose,
    is_single_level,
    same_subject,
    standing_for,
)
from hlanalysis.checks.said import Claimed, Listed, quotes, values_of
from hlanalysis.numbers import round_half_up, to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import Interval, evaluate
from hlanalysis.wording import Amount, Quote, Range, Value

CHECK = "averages"


def check_average_growth(observations: Observations) -> list[Finding]:
    """Recompute a yearly average from all its years, or from its first and last level.

    Growth averages geometrically: +40% and -20% give 5.83% a year, not 10%. A printed average that
    fits only the plain mean of the rates is told so.
    """
    found = []
    for row in observations.find(kind="average_growth", unit="percent", status=LIVE):
        if row.when.form != "span" or row.value_max is not None:
            continue
        finding = _from_years(row, observations) or _from_levels(row, observations)
        if finding is not None:
            found.append(finding)
    return found


def _from_years(row: Observation, observations: Observations) -> Finding | None:
    years = _growths(row, observations)
    if years is None:
        return None
    factors = [_factor(one) for one in years]
    product = _product_of(factors)
    middle = _mean_rate(_product(*((one.low + one.high) / 2 for one in factors)), len(years))
    if product.overlaps(_power(row, len(years))):
        return _finding(row, years, middle, "ok", "average_agrees")
    plain = sum((to_fraction(one.value) for one in years), Fraction(0)) / len(years)
    if plain in standing_for(row, "percent"):
        return _finding(row, years, middle, "explained", "average_is_plain_mean")
    return _finding(row, years, middle, _doubt(row, years), "average_differs")


def _growths(row: Observation, observations: Observations) -> list[Observation] | None:
    """Return one printed growth for every year of the span, or None where one is missing."""
    first, last = row.when.year, row.when.last_year
    by_year: dict[int, Observation] = {}
    for one in about(observations, row.place, row.indicator):
        yearly = one.kind == "growth" and one.unit == "percent" and one.when.is_full_year
        if yearly and one.base_period == str(one.when.back()) and one.status in LIVE:
            if one.when.year in by_year and by_year[one.when.year].value != one.value:
                return None
            if same_subject(one, row):
                by_year[one.when.year] = one
    # "giai đoạn 2021-2025" counts its first year; "2020-2025" of a term starts from it.
    for start in (first, first + 1):
        if all(year in by_year for year in range(start, last + 1)) and last > start:
            return [by_year[year] for year in range(start, last + 1)]
    return None


def _from_levels(row: Observation, observations: Observations) -> Finding | None:
    first, last = row.when.year, row.when.last_year
    levels = {
        one.when.year: one
        for one in about(observations, row.place, row.indicator)
        if is_single_level(one)
        and one.when.is_full_year
        and one.status in LIVE
        and not is_loose(one)
        and same_subject(one, row)
        and one.value > 0
    }
    ends = [(levels[start], last - start) for start in (first, first - 1) if start in levels]
    if last not in levels or not ends:
        return None
    end = levels[last]
    for start, n in ends:
        ratio = evaluate(
            lambda high, low: high / low,
            standing_for(end, end.unit),
            standing_for(start, end.unit),
        )
        middle = _mean_rate(to_fraction(end.value) / start.value_in(end.unit), n)
        if ratio.overlaps(_power(row, n)):
            return _finding(row, [start, end], middle, "ok", "average_agrees")
    # At current prices and at constant ones the same levels give unlike averages.
    return _finding(row, [start, end], middle, "review", "average_differs")


def _factor(row: Observation) -> Interval:
    bounds = standing_for(row, "percent")
    return Interval(
        1 + bounds.low / 100, 1 + bounds.high / 100, bounds.low_closed, bounds.high_closed
    )


def _product(*values: Fraction) -> Fraction:
    result = Fraction(1)
    for value in values:
        result *= value
    return result


def _product_of(factors: list[Interval]) -> Interval:
    """Multiply intervals of positive factors: the product grows in each of them."""
    return Interval(
        _product(*(one.low for one in factors)),
        _product(*(one.high for one in factors)),
        all(one.low_closed for one in factors),
        all(one.high_closed for one in factors),
    )


def _power(row: Observation, n: int) -> Interval:
    factor = _factor(row)
    return Interval(factor.low**n, factor.high**n, factor.low_closed, factor.high_closed)


def _mean_rate(product: Fraction, n: int) -> Fraction:
    """Return the yearly rate, in percent, to six decimals: roots are not exact."""
    root = float(product) ** (1 / n) if product > 0 else 0.0
    return to_fraction(round_half_up((root - 1) * 100, 6))


def _doubt(row: Observation, others: list[Observation]) -> Grade:
    rows = [row, *others]
    sources = {one.source for one in rows}
    return "review" if len(sources) > 1 or any(map(is_loose, rows)) else "error"


def _finding(
    row: Observation, others: list[Observation], rate: Fraction, grade: Grade, message: str
) -> Finding:
    cites = (row.id, *(one.id for one in others))
    recomputed = Amount(rate, "percent", 2, signed=True, cites=cites[1:])
    values: dict[str, Value] = values_of(row) | {
        "claim": Claimed(row),
        "figures": Listed(tuple(quotes(others).values), ", "),
        "recomputed": recomputed,
    }
    return Finding(
        CHECK,
        grade,
        message,
        row.place,
        row.indicator,
        row.period,
        cites,
        values,
        Quote(row),
        recomputed,
        Range(standing_for(row, "percent"), "percent", cites=(row.id,)),
    )
