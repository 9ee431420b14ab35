"""Fans of what may come, and odds in words. There are two kinds, and they are never mixed.

A *stated* fan spreads what the planner said of the levers: it holds "if these assumptions hold".
A *past-misses* fan spreads how far outturns lay from plans in earlier years: it needs years of the
same plan level and territory, and with fewer than five of them it is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang, format_number
from hlanalysis.scenarios.model import Model
from hlanalysis.scenarios.sampling import Sample
from hlanalysis.scenarios.specs import word

if TYPE_CHECKING:
    import pandas as pd

SHARES = (0.10, 0.25, 0.50, 0.75, 0.90)
FEWEST_YEARS = 5
Basis = Literal["stated", "past_misses"]


@dataclass(frozen=True)
class Fan:
    """Bands of a variable over the years: half and eight tenths of the draws.

    Attributes
    ----------
    name, unit : str
    years : tuple of int
    bands : ndarray, shape (5, n_years)
        The 10%, 25%, 50%, 75% and 90% points, in the variable's unit.
    basis : {"stated", "past_misses"}
        What spreads the fan.
    note : dict of str to str
        One sentence for the reader, by language.
    """

    name: str
    unit: str
    years: tuple[int, ...]
    bands: Any
    basis: Basis
    note: Mapping[str, str]

    def table(self) -> pd.DataFrame:
        """Return one row a year, with columns p10, p25, p50, p75 and p90."""
        import pandas as pd

        columns = [f"p{round(100 * share)}" for share in SHARES]
        return pd.DataFrame(self.bands.T, index=pd.Index(self.years, name="year"), columns=columns)


def fan(sample: Sample, name: str) -> Fan:
    """Return the fan of a variable if the stated assumptions hold.

    Raises
    ------
    InputError
        If the variable was not kept, or cannot be computed in some draws.
    """
    bands = np.quantile(sample.paths(name), SHARES, axis=-1)
    if np.isnan(bands).any():
        share = format_number(100 * sample.not_computed(name), 2)
        raise InputError(
            f"fan of {name}",
            f"it cannot be computed in {share}% of the draws",
            "levers that always give a result",
            "narrow the stated ranges",
        )
    said_vi, said_en = _stated(sample, "vi"), _stated(sample, "en")
    count = sample.draws
    note = {
        "vi": f"Nếu các giả định này đúng ({said_vi}); {format_number(count)} lần tính thử, "
        f"hạt giống {sample.seed}. Dải đậm: 5 trên 10 lần; dải nhạt: 8 trên 10 lần.",
        "en": f"If these assumptions hold ({said_en}); {format_number(count, lang='en')} draws, "
        f"seed {sample.seed}. Dark band: 5 of 10 draws; light band: 8 of 10.",
    }
    unit = sample.model.variables[name].unit.written
    return Fan(name, unit, sample.model.years, bands, "stated", note)


def _stated(sample: Sample, lang: Lang) -> str:
    """Return what was drawn, lever by lever, in the planner's words."""
    parts = []
    for key, one in sample.stated.items():
        name, _, year = key.partition("[")
        label = word(sample.model.levers[name].label, lang, name)
        when = f" {year.rstrip(']')}" if year else ""
        unit = sample.model.levers[name].unit.name(lang)
        parts.append(f"{label}{when}: {one.say(lang)}{'' if unit in ('', '%') else ' '}{unit}")
    return "; ".join(parts)


def probability(
    sample: Sample, name: str, year: int, target: float, *, above: bool = True
) -> float:
    """Return the share of draws that reach a target (with the tolerance of all comparisons).

    Raises
    ------
    InputError
        If the variable was not kept or cannot be computed in some draws.
    """
    values = sample.at(name, year)
    if np.isnan(values).any():
        raise InputError(f"odds of {name}", "it cannot be computed in some draws", "all draws")
    unit = sample.model.variables[name].unit
    slack = 1e-9 / float(unit.factor)
    reached = values >= target - slack if above else values <= target + slack
    return float(reached.mean())


def odds(share: float, lang: Lang = "vi") -> str:
    """Return a probability as a planner says it, in tenths, never finer.

    Examples
    --------
    >>> odds(0.818), odds(0.02), odds(1.0)
    ('khoảng 8 trên 10 lần', 'dưới 1 trên 20 lần', 'hơn 19 trên 20 lần')
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no probability; expected 0 to 1")
    if share < 0.05:
        return "dưới 1 trên 20 lần" if lang == "vi" else "less than 1 time in 20"
    if share > 0.95:
        return "hơn 19 trên 20 lần" if lang == "vi" else "more than 19 times in 20"
    tenths = min(9, max(1, math.floor(10 * share + 0.5)))
    return f"khoảng {tenths} trên 10 lần" if lang == "vi" else f"about {tenths} times in 10"


@dataclass(frozen=True, slots=True)
class Miss:
    """One past year: outturn over plan, and what makes it comparable with others."""

    year: int
    ratio: float
    plan_level: str = ""
    territory: str = ""
    source: str = ""


def past_misses(misses: Iterable[Miss], what: str = "budget revenue") -> list[Miss]:
    """Return the largest set of comparable years, or refuse with what is there.

    Parameters
    ----------
    misses : iterable of Miss
    what : str
        The series' name, for the message.

    Raises
    ------
    InputError
        Below five years of one plan level and one territory; the message lists those there are.
    """
    groups: dict[tuple[str, str], list[Miss]] = {}
    everything = sorted(misses, key=lambda one: one.year)
    for one in everything:
        groups.setdefault((one.plan_level, one.territory), []).append(one)
    # Years whose plan level nobody named cannot vouch for each other: unknown is not alike.
    named = {key: years for key, years in groups.items() if key[0]}
    best: Sequence[Miss] = max(named.values(), key=len, default=[])
    if len({one.year for one in best}) < FEWEST_YEARS:
        have = ", ".join(
            f"{one.year} ({format_number(100 * one.ratio, 1)}% of the plan, "
            f"{one.plan_level or 'plan level not said'})"
            for one in everything
        )
        raise InputError(
            f"fan from past misses of {what}",
            f"{len({one.year for one in best})} comparable years; known are {have or 'none'}",
            f"at least {FEWEST_YEARS} years of one plan level and one territory",
            "enter plans and outturns of more years with their plan level, or draw the fan of "
            "stated assumptions, which says that it holds only if they do",
        )
    return list(best)


def past_misses_fan(model: Model, name: str, path: Sequence[float], misses: Iterable[Miss]) -> Fan:
    """Return a path spread by how far outturns lay from plans before.

    Parameters
    ----------
    path : sequence of float
        The plan's path over the model's years, in the variable's unit.

    Raises
    ------
    InputError
        With fewer than five comparable years.
    """
    known = past_misses(misses, name)
    spread = np.quantile([math.log(one.ratio) for one in known], SHARES)
    bands = np.exp(spread)[:, None] * np.asarray(path, dtype=float)[None, :]
    years = ", ".join(str(one.year) for one in known)
    note = {
        "vi": f"Theo mức chênh giữa thực hiện và kế hoạch các năm {years} ({known[0].plan_level}).",
        "en": f"By how far outturns lay from plans in {years} ({known[0].plan_level}).",
    }
    unit = model.variables[name].unit.written
    return Fan(name, unit, model.years, bands, "past_misses", note)
