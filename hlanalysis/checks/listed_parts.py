"""Parts that a sentence lists after a total and closes with "khác", not all of them tied to it."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction

from hlanalysis.catalog import unit
from hlanalysis.checks.findings import Finding
from hlanalysis.checks.levels import is_loose, is_single_level
from hlanalysis.checks.sums import is_rest, spread_of, sum_finding
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations

_SPAN = re.compile(r"(?:p\d+:)?(\d+)-(\d+)")
_REACH = 400
"""Characters from a total to the last part of its list: a long sentence, not a paragraph."""
_NEAR = Fraction(1, 10)
"""A gap beyond a tenth more likely means that the list was understood wrongly."""


def check_listed_parts(observations: Observations) -> list[Finding]:
    """Add up "trong đó A; B; thu khác C" where only some of the parts are known as parts.

    The list is read off the order of the text: levels of one unit and period from the total to the
    part called "khác". That they add up is told; a small gap wants a look, a large one is left
    alone, since the list may be another one.
    """
    lines: dict[tuple[str, ...], list[tuple[int, Observation]]] = defaultdict(list)
    for row in observations.find(kind="level"):
        span = _SPAN.fullmatch(row.locator)
        if span and is_single_level(row) and not row.source.startswith("pub-"):
            key = (row.place, row.source, row.period, row.status, unit(row.unit).dimension)
            lines[key].append((int(span[1]), row))
    found = []
    for line in lines.values():
        line.sort(key=lambda pair: (pair[0], pair[1].id))
        found += _lists(line)
    return found


def _lists(line: list[tuple[int, Observation]]) -> list[Finding]:
    found = []
    for index, (start, total) in enumerate(line):
        after = [row for at, row in line[index + 1 :] if at - start <= _REACH]
        last = next((number for number, row in enumerate(after) if is_rest(row)), None)
        if last is None or last == 0:
            continue
        parts = after[: last + 1]
        tied = [row for row in parts if row.part_of == total.id]
        loose = [row for row in parts if not row.part_of]
        # With every part tied the sum is checked already; with none there is no list to go by.
        if tied and loose and len(tied) + len(loose) == len(parts):
            found += _added(total, parts)
    return found


def _added(total: Observation, parts: list[Observation]) -> list[Finding]:
    if any(map(is_loose, (total, *parts))):
        return []
    added = sum((row.value_in(total.unit) for row in parts), Fraction(0))
    gap = added - to_fraction(total.value)
    spread = spread_of(parts, total.unit)
    if spread.overlaps(total.interval()):
        grade, message = (
            ("ok", "parts_add_up") if not gap else ("explained", "parts_add_up_rounded")
        )
        return [sum_finding(total, parts, added, spread, grade, message)]  # type: ignore[arg-type]
    if abs(gap) > _NEAR * to_fraction(total.value):
        return []
    message = "parts_above_total" if gap > 0 else "parts_below_total"
    return [sum_finding(total, parts, added, spread, "review", message)]
