"""Two scenarios side by side: how they differ, and which lever brings how much of it.

Levers work together (land receipts that slip matter more where land is dear), so no order of
changing them is the right one. Each lever's share is its average over all orders (Shapley): the
shares do not depend on how the levers are listed, and they add up to the difference exactly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hlanalysis.errors import InputError
from hlanalysis.scenarios.drawing import evaluate_inside
from hlanalysis.scenarios.model import Key, Model
from hlanalysis.scenarios.running import Run, Settings, run
from hlanalysis.scenarios.sampling import kept_cells

if TYPE_CHECKING:
    import pandas as pd

# 2**14 runs of a small model take a few tens of milliseconds; more levers share by two orders.
MOST_SHARED = 14


@dataclass(frozen=True)
class Comparison:
    """How one scenario differs from another.

    Attributes
    ----------
    base, other : Run
    levers : tuple of str
        The levers in which they differ.
    contributions : dict of (str, int) to dict of str to float
        By variable and year: each lever's part of `other - base`, in the variable's unit.
    method : str
        "all orders", or "two orders" where very many levers differ.
    """

    base: Run
    other: Run
    levers: tuple[str, ...]
    contributions: Mapping[Key, Mapping[str, float]]
    method: str

    def difference(self, name: str, year: int) -> float:
        """Return other minus base, in the variable's unit: the sum of the levers' shares.

        Where no share is fine enough to hold the last bit of the subtraction, the sum stands.
        """
        if (name, year) in self.contributions and self.levers:
            return math.fsum(self.contributions[name, year].values())
        return self.other.at(name, year) - self.base.at(name, year)

    def table(self, year: int) -> pd.DataFrame:
        """Return base, other, difference and contributions of every variable in one year."""
        import pandas as pd

        rows = {
            name: {
                "base": self.base.at(name, year),
                "other": self.other.at(name, year),
                "difference": self.difference(name, year),
                **self.contributions[name, year],
            }
            for name in self.base.model.variables
        }
        return pd.DataFrame.from_dict(rows, orient="index")


def compare(
    model: Model, other: Settings, base: Settings | None = None, names: Sequence[str] | None = None
) -> Comparison:
    """Compare a scenario with the baseline or with another scenario.

    Parameters
    ----------
    model : Model
    other, base : mapping
        Settings of the two scenarios; `base` is the model's baseline if left out.
    names : sequence of str, optional
        Variables to explain; all of them if left out.

    Returns
    -------
    Comparison
        For each variable and year the contributions add up to the difference exactly.
    """
    first, second = run(model, base or {}), run(model, other)
    changed: dict[str, list[int]] = {}
    for number, slot in enumerate(model.slots):
        if first.slots[number] != second.slots[number]:
            changed.setdefault(slot.lever.name, []).append(number)
    levers = tuple(changed)
    keep = kept_cells(model, names or list(model.variables))
    few = len(levers) <= MOST_SHARED
    shares = (_all_orders if few else _two_orders)(model, first, second, changed, keep)
    if not np.isfinite(shares).all():
        raise InputError(
            "compare",
            f"the model cannot be computed with only some of {', '.join(levers)} changed",
            "levers that can be changed one by one",
            "compare two scenarios that differ in fewer levers",
        )
    made = {
        key: _exact(dict(zip(levers, row.tolist(), strict=True)), second.at(*key) - first.at(*key))
        for key, row in zip(keep, shares, strict=True)
    }
    return Comparison(first, second, levers, made, "all orders" if few else "two orders")


def _mixtures(
    model: Model, first: Run, second: Run, changed: Mapping[str, list[int]], taken: Any, keep: Any
) -> Any:
    """Run mixtures: column m takes lever i from the second scenario where taken[i, m]."""
    given = {
        model.slots[number].key: np.where(taken[i], second.slots[number], first.slots[number])
        for i, numbers in enumerate(changed.values())
        for number in numbers
    }
    return evaluate_inside(model, given, keep, first.slots)


def _all_orders(
    model: Model, first: Run, second: Run, changed: Mapping[str, list[int]], keep: list[Key]
) -> Any:
    count = len(changed)
    if count == 0:
        return np.zeros((len(keep), 0))
    masks = np.arange(1 << count)
    taken = (masks[None, :] >> np.arange(count)[:, None] & 1).astype(bool)
    results = _mixtures(model, first, second, changed, taken, keep)
    sizes = taken.sum(axis=0)
    weight = np.array(
        [math.factorial(s) * math.factorial(count - s - 1) for s in range(count)]
    ) / math.factorial(count)
    shares = np.empty((len(keep), count))
    for i in range(count):
        without = masks[~taken[i]]
        gain = results[:, without | (1 << i)] - results[:, without]
        shares[:, i] = gain @ weight[sizes[without]]
    return shares


def _two_orders(
    model: Model, first: Run, second: Run, changed: Mapping[str, list[int]], keep: list[Key]
) -> Any:
    count = len(changed)
    steps = np.arange(count + 1)[None, :] > np.arange(count)[:, None]
    forward = np.diff(_mixtures(model, first, second, changed, steps, keep), axis=1)
    backward = np.diff(_mixtures(model, first, second, changed, steps[::-1], keep), axis=1)
    return (forward + backward[:, ::-1]) / 2


def _exact(shares: dict[str, float], difference: float) -> dict[str, float]:
    """Put what rounding left over (1e-16 of the whole) where it fits, on the largest share first.

    A share of 9 cannot hold a correction of 1e-16; a smaller one can.
    """
    for name in sorted(shares, key=lambda name: -abs(shares[name])):
        left = math.fsum([difference, *(-value for value in shares.values())])
        if left == 0 or shares[name] == 0:
            break
        shares[name] += left
    return shares
