"""A rate beside the two counts it comes from: "nhận 21.846 hồ sơ, giải quyết 21.620 (98,97%)"."""

from __future__ import annotations

import re
from fractions import Fraction

from hlanalysis.checks.findings import Finding, Grade
from hlanalysis.checks.levels import is_loose, is_single_level
from hlanalysis.checks.said import values_of
from hlanalysis.numbers import to_fraction
from hlanalysis.observations import Observation, Observations
from hlanalysis.reported import COUNTS
from hlanalysis.wording import Amount, Quote, Range, Value, printed_places

_SPAN = re.compile(r"(?:p\d+:)?(\d+)-(\d+)")
_REACH = 120
"""Characters from the whole to its part: the same sentence, and close by."""
_NEAR = 5
"""Points within which a rate that does not fit is more likely a slip than a rate of something
else: 97,98 for 98,97."""


def check_share_beside_counts(observations: Observations) -> list[Finding]:
    """Recompute a share from its count and the larger count of one unit just before it.

    That the larger one is the whole is an inference from the order of the words: where the rate
    fits, this is told; where it misses by little, it wants a look; else nothing is said.
    """
    found = []
    for row in observations.find(kind="share", unit="percent"):
        count = observations.by_id(row.of) if row.of in observations else None
        if count is None or row.value_max or not is_single_level(count):
            continue
        whole = _whole_before(count, observations)
        if whole is not None and not any(map(is_loose, (row, count, whole))):
            found += _compare(row, count, whole)
    return found


def _whole_before(count: Observation, observations: Observations) -> Observation | None:
    start = _start(count)
    if start is None or count.unit not in COUNTS or not count.value:
        return None
    near = [
        (at, row)
        for row in observations.find(source=count.source, place=count.place, kind="level")
        if (at := _start(row)) is not None
        and 0 < start - at <= _REACH
        and (row.unit, row.period, row.status) == (count.unit, count.period, count.status)
        and is_single_level(row)
    ]
    nearest = max(near, key=lambda pair: pair[0], default=None)
    return nearest[1] if nearest and nearest[1].value > count.value else None


def _start(row: Observation) -> int | None:
    span = _SPAN.fullmatch(row.locator)
    return int(span[1]) if span else None


def _compare(row: Observation, count: Observation, whole: Observation) -> list[Finding]:
    true = to_fraction(count.value) / to_fraction(whole.value) * 100
    verdict = _verdict(row, true)
    if verdict is None:
        return []
    cites = (row.id, count.id, whole.id)
    values: dict[str, Value] = values_of(row) | {
        "part": Quote(count),
        "whole": Quote(whole),
        "said": Quote(row),
        "recomputed": Amount(true, "percent", printed_places(row) + 1, cites=cites[1:]),
    }
    allowed = Range(row.interval("half_up"), "percent", cites=(row.id,))
    return [
        Finding(
            "counts",
            *verdict,
            row.place,
            row.indicator,
            row.period,
            cites,
            values,
            values["said"],
            values["recomputed"],
            allowed,
            weight=2,
        )
    ]


def _verdict(row: Observation, true: Fraction) -> tuple[Grade, str] | None:
    if true in row.interval("half_up"):
        return "ok", "share_beside_agrees"
    if true in row.interval("truncated"):
        return "explained", "share_beside_cut_off"
    near = abs(true - to_fraction(row.value)) <= _NEAR
    return ("review", "share_beside_differs") if near else None
