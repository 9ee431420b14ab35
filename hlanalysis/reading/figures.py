"""Figures as written, before anything is known about their meaning, and units by family."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

NUMBER = r"[0-9]++(?:[.,][0-9]++)*+"
# Ranges such as À-Ỹ hold small letters too: capitals are listed one by one.
CAPITALS = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper())
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+(?:,[0-9]+)?")
_DOT_SLIP = re.compile(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")
_COMMA_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
MEASURED = frozenset(
    "bn_vnd m_vnd k_vnd vnd usd m_usd bn_usd ha m2 m3 km2 tonnes quintals kg g kwh tonne_km".split()
)
MONEY = frozenset("bn_vnd m_vnd k_vnd vnd usd m_usd bn_usd".split())
PERCENT = frozenset(("percent", "percentage_points", "per_mille"))
PEOPLE = frozenset(("persons", "households", "visits", "count"))


class Figure:
    """One written number and its unit, before anything is known about its meaning.

    ``start`` to ``end`` is the number, ``stop`` is where its unit ends; `of_total` is the n of
    "k of n", `high` the upper end of a range, `planned` marks the plan in "done/plan".
    """

    unit: str | None = None
    high: Decimal | None = None
    of_total: Decimal | None = None
    per: str | None = None
    noun: str | None = None
    sign: str = ""
    scale: int = 1
    planned: bool = False

    def __init__(self, start: int, end: int, stop: int, value: Decimal) -> None:
        self.start, self.end, self.stop, self.value = start, end, stop, value


@dataclass(frozen=True, slots=True)
class NoFigure:
    """A number that is no figure; `doubt` means it belongs into the list of the unread."""

    why: str
    stop: int
    doubt: bool = False


@lru_cache(maxsize=8192)
def number_value(written: str) -> Decimal | None:
    """Return the exact value by the Vietnamese convention, or None where digits group wrongly.

    Examples
    --------
    >>> number_value("222,044"), number_value("1.290"), number_value("1.0023,4")
    (Decimal('222.044'), Decimal('1290'), None)
    """
    if _DECIMAL.fullmatch(written):
        return Decimal(written.replace(",", "."))
    if _GROUPED.fullmatch(written) and not (written[0] == "0" and len(written) > 3):
        return Decimal(written.replace(".", "").replace(",", "."))
    if _DOT_SLIP.fullmatch(written):
        return Decimal(written)
    if _COMMA_GROUPS.fullmatch(written):
        return Decimal(written.replace(",", ""))
    return None
