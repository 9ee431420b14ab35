"""How many comparable years a method needs, and a plain refusal where there are fewer.

Each minimum carries its reason. A year is comparable if it has the same place, scope, territory,
price basis and level of plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.metrics.arithmetic import log, total


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least history of a method.

    Attributes
    ----------
    years : int
    why : str
    instead : str
        What can be shown with less.
    """

    years: int
    why: str
    instead: str


MINIMUM: Mapping[str, Minimum] = {
    "average_growth": Minimum(
        2, "an average of one year is that year's growth", "the growth of the one year"
    ),
    "pefa_pi31": Minimum(
        3, "PEFA scores two years out of three", "the attainment of each year, without a score"
    ),
    "pefa_pi32": Minimum(
        3, "PEFA scores two years out of three", "the variance of each year, without a score"
    ),
    "icor_span": Minimum(
        3, "one year's ICOR jumps; three to five years together are read", "the sums it rests on"
    ),
    "seasonal_profile": Minimum(
        3, "a usual share needs a spread to be usual", "the cumulative figure and the pace required"
    ),
    "past_errors": Minimum(
        5, "a fan of past misses from fewer points is a guess", "the misses one by one"
    ),
    "elasticity": Minimum(
        8, "a slope through fewer cleaned years says little", "the buoyancy of each year"
    ),
}


def check_history(method: str, years: Iterable[int], *, about: str = "") -> tuple[int, ...]:
    """Refuse a method that has too few comparable years.

    Parameters
    ----------
    method : str
        A key of `MINIMUM`.
    years : iterable of int
        The comparable years in hand.
    about : str, optional
        What they are years of.

    Returns
    -------
    tuple of int
        The years, in order.

    Raises
    ------
    InputError
        Naming the years in hand, how many are needed, why, and what can be shown instead.

    Examples
    --------
    >>> check_history("pefa_pi31", [2022, 2024, 2023])
    (2022, 2023, 2024)
    """
    found = tuple(sorted(set(years)))
    least = MINIMUM[method]
    if len(found) >= least.years:
        return found
    listed = ", ".join(map(str, found)) or "none"
    raise InputError(
        f"{method}{f' of {about}' if about else ''}",
        f"{len(found)} comparable years ({listed})",
        f"at least {least.years}: {least.why}",
        f"find {least.years - len(found)} more comparable years, or show {least.instead}",
    )


def icor_span(investments: Mapping[int, Any], outputs: Mapping[int, Any]) -> Any:
    """Return the ICOR of several years together (ICOR giai đoạn).

    Sum of V over the years / (G of the last year - G of the year before the first). [ratio]

    Parameters
    ----------
    investments : mapping of year to level
    outputs : mapping of year to level
        At the same prices, with the year before the first investment.

    Raises
    ------
    InputError
        If there are fewer than three years, a year is missing, or output did not grow.

    References
    ----------
    Từ điển thống kê, "Hiệu quả sử dụng vốn đầu tư (ICOR)", vienthongke.vn/tudienthongke.

    Examples
    --------
    >>> icor_span({2021: 300, 2022: 360, 2023: 330}, {2020: 840, 2021: 900, 2022: 960, 2023: 1020})
    5.5
    """
    years = check_history("icor_span", investments)
    check_unbroken("icor_span", years)
    missing = {years[0] - 1, years[-1]} - set(outputs)
    if missing:
        raise InputError("icor_span", f"no output of {sorted(missing)}", "output at both ends")
    added = outputs[years[-1]] - outputs[years[0] - 1]
    if added <= 0:
        raise InputError("icor_span", "output that did not grow", "", "the ratio means nothing")
    return total(investments[year] for year in years) / added


def elasticity(revenues: Mapping[int, Any], bases: Mapping[int, Any], *, cleaned: str) -> Any:
    """Return the elasticity of revenue to its base (độ co giãn), from a cleaned series.

    Slope of ln R on ln B by least squares. [ratio]

    Parameters
    ----------
    revenues, bases : mapping of year to level
    cleaned : str
        How the effects of changed rates and bases were taken out; without that it is buoyancy.

    Raises
    ------
    InputError
        If there are fewer than eight years, a year is missing, the years differ, or nothing is
        said of the cleaning.

    Examples
    --------
    >>> base = {year: 100 * 1.08 ** (year - 2015) for year in range(2015, 2024)}
    >>> revenue = {year: value ** 1.2 for year, value in base.items()}
    >>> round(elasticity(revenue, base, cleaned="rates of 2015 throughout"), 6)
    1.2
    """
    years = check_history("elasticity", revenues)
    check_unbroken("elasticity", years)
    if set(revenues) != set(bases):
        apart = sorted(set(revenues) ^ set(bases))
        raise InputError("elasticity", f"years {apart} in one series only", "the same years")
    if not cleaned.strip():
        raise InputError(
            "elasticity",
            "a series that nobody cleaned",
            "revenue without the effects of changed rates and bases",
            "use buoyancy, which includes them",
        )
    x = [log(bases[year]) for year in years]
    y = [log(revenues[year]) for year in years]
    middle, level = total(x) / len(x), total(y) / len(y)
    spread = total((one - middle) ** 2 for one in x)
    if not spread:
        raise InputError("elasticity", "a base that never moved", "a base that changes")
    return total((a - middle) * (b - level) for a, b in zip(x, y, strict=True)) / spread


def check_unbroken(where: str, years: Iterable[int]) -> None:
    """Refuse a series with a year missing inside.

    Raises
    ------
    InputError
    """
    found = sorted(years)
    missing = sorted(set(range(found[0], found[-1] + 1)) - set(found))
    if missing:
        raise InputError(
            where,
            f"years {missing} are missing between {found[0]} and {found[-1]}",
            "every year",
            "use the years after the gap, or find the missing ones",
        )
