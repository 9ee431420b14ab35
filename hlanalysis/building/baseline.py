"""What changed since the published figures: numbers that moved, came or went, and why.

The baseline in ``data/published`` is committed and moves only by ``hlanalysis accept``: a change
is measured against what readers were last given, not against the last build.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hlanalysis.errors import InputError
from hlanalysis.observations import Observation, Observations, load_observations, save_observations

FOLDER = "published"
Reason = Literal["moved", "corrected", "new", "gone"]
_MEANING = (
    "source", "place", "indicator", "series", "scope", "period", "as_of", "kind", "status", "base",
    "plan_level", "unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that is not what it was.

    Attributes
    ----------
    before, after : Observation or None
        None where the figure is new or gone.
    reason : {"moved", "corrected", "new", "gone"}
    """

    before: Observation | None
    after: Observation | None
    reason: Reason

    @property
    def row(self) -> Observation:
        """The figure as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None
        return found


def baseline_path(data: Path) -> Path:
    """Return where the published figures lie under the data folder."""
    return data / FOLDER / "observations.csv"


def load_baseline(data: Path) -> Observations | None:
    """Load the published figures, or None where nothing was accepted yet."""
    path = baseline_path(data)
    return load_observations(path) if path.is_file() else None


def accept(data: Path) -> tuple[int, list[FigureChange]]:
    """Take the processed figures as published; return their number and what moved.

    Raises
    ------
    InputError
        If nothing was built yet.
    """
    processed = data / "processed" / "observations.csv"
    if not processed.is_file():
        raise InputError(
            str(processed), "there are no processed figures", hint="run `hlanalysis build` first"
        )
    rows = load_observations(processed)
    before = load_baseline(data)
    save_observations(rows, baseline_path(data))
    return len(rows), changes(before, rows) if before is not None else []


def changes(before: Observations, after: Observations) -> list[FigureChange]:
    """Return what is not as it was, in the order of the table.

    Figures are matched by what they mean and where they were printed, so that a figure whose
    digits changed shows as moved, not as one gone and one new.
    """
    old, new = _by_meaning(before), _by_meaning(after)
    found: list[FigureChange] = []
    for key in dict.fromkeys([*new, *old]):
        found += _compare(old.get(key, []), new.get(key, []))
    return found


def _by_meaning(rows: Iterable[Observation]) -> dict[tuple[str, ...], list[Observation]]:
    grouped: dict[tuple[str, ...], list[Observation]] = {}
    for row in rows:
        grouped.setdefault(tuple(getattr(row, name) for name in _MEANING), []).append(row)
    return grouped


def _compare(old: list[Observation], new: list[Observation]) -> Iterable[FigureChange]:
    # Rows of one meaning are told apart by their place in the source; what is left pairs in order.
    values = [_said(row) for row in old]
    left_new = []
    for row in new:
        if _said(row) in values:
            values.remove(_said(row))
        else:
            left_new.append(row)
    left_old = [row for row in old if _take(values, _said(row))]
    for before, after in zip(left_old, left_new, strict=False):
        corrected = before.written == after.written
        yield FigureChange(before, after, "corrected" if corrected else "moved")
    yield from (FigureChange(None, row, "new") for row in left_new[len(left_old) :])
    yield from (FigureChange(row, None, "gone") for row in left_old[len(left_new) :])


def _said(row: Observation) -> tuple[object, ...]:
    return (row.value, row.value_max, row.denominator, row.modifier)


def _take(values: list[tuple[object, ...]], value: tuple[object, ...]) -> bool:
    if value in values:
        values.remove(value)
        return True
    return False
