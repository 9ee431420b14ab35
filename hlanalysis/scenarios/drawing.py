"""Many draws through the model: arrays of lever values in, kept cells out, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.careful import evaluate
from hlanalysis.scenarios.model import Key, Model
from hlanalysis.scenarios.numpy_code import NUMPY_NAMES, ArrayCode, array_code, needed_for
from hlanalysis.scenarios.scalar_code import compile_function
from hlanalysis.scenarios.unroll import cells_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# 16 384 draws of eight bytes: a handful of temporaries stay in the second-level cache. Part of
# what a seed means (each chunk has its own stream), so it does not change from run to run.
CHUNK = 16_384


class Engine:
    """The compiled model for one choice of drawn slots and kept cells.

    Parameters
    ----------
    model : Model
    drawn : tuple of str
        Keys of the slots that come as arrays.
    kept : tuple of (str, int)
        The cells wanted.
    base : tuple of float
        Every slot as equations count it; drawn ones are overlaid.
    """

    def __init__(
        self, model: Model, drawn: tuple[str, ...], kept: tuple[Key, ...], base: tuple[float, ...]
    ) -> None:
        self.model, self.drawn, self.kept = model, drawn, kept
        self._base = base
        slots = [model.slot_by_key[key] for key in drawn]
        self._scalars = [slot.lever.name for slot in slots if slot.year is None]
        self._cells = [(slot.lever.name, slot.year) for slot in slots if slot.year is not None]
        self._code, self._run = _compiled(model, tuple(self._scalars), tuple(self._cells), kept)
        self._numbers = self._constant_values()
        # Python's own min and max pass over NaN in silence: such models take the slow walk.
        self._doubtful = any(value != value for value in self._numbers.values())

    def _constant_values(self) -> dict[Any, float]:
        """Return everything the code asks for that is the same for all draws."""
        levers, cells = self.model.split(self._base)
        wanted = [key for key in self._code.given if key not in cells]
        if wanted:
            formulas = needed_for(self.model.formulas, wanted)
            cells = evaluate(formulas, levers, cells)
        known: dict[Any, float] = {name: float(levers[name]) for name in self._code.levers}
        known.update((key, float(cells[key])) for key in self._code.given)
        return known

    def fill(self, given: Mapping[str, Array], out: Any) -> None:
        """Compute one chunk.

        Parameters
        ----------
        given : mapping of str to ndarray
            Drawn slots as equations count them, all of one length.
        out : ndarray, shape (len(kept), n)
            Filled with the kept cells as equations count them; NaN where one cannot be computed.
        """
        arrays: dict[Any, Any] = {}
        for key in self.drawn:
            slot = self.model.slot_by_key[key]
            name = slot.lever.name if slot.year is None else (slot.lever.name, slot.year)
            arrays[name] = given[key]
        if self._doubtful:
            self._fill_carefully(arrays, out)
            return
        trouble: list[str] = []
        asked = (*self._code.levers, *self._code.given)
        values = [arrays[name] if name in arrays else self._numbers[name] for name in asked]
        try:
            with np.errstate(divide="call", over="call", invalid="call", under="ignore",
                             call=lambda kind, _: trouble.append(kind)):  # fmt: skip
                self._run(out, *values)
        except (ArithmeticError, ValueError):
            trouble.append("scalar")
        if trouble:
            self._fill_carefully(arrays, out)

    def _fill_carefully(self, arrays: Mapping[Any, Any], out: Any) -> None:
        levers, cells = self.model.split(self._base)
        levers.update((name, arrays[name]) for name in self._scalars)
        cells.update((key, arrays[key]) for key in self._cells)
        done = evaluate(needed_for(self.model.formulas, self.kept), levers, cells)
        for number, key in enumerate(self.kept):
            out[number] = done[key]


def _compiled(
    model: Model, scalars: tuple[str, ...], cells: tuple[Key, ...], kept: tuple[Key, ...]
) -> tuple[ArrayCode, Callable[..., None]]:
    """Return printed and compiled code, made once for a model and a question."""
    asked = (scalars, cells, kept)
    if asked not in model.compiled:
        code = array_code(model.formulas, scalars, cells, kept)
        model.compiled[asked] = code, compile_function(code.source, NUMPY_NAMES)
    made: tuple[ArrayCode, Callable[..., None]] = model.compiled[asked]
    return made


def evaluate_draws(
    model: Model,
    draws: Mapping[str, Array],
    keep: Sequence[Key],
    base: tuple[float, ...] | None = None,
) -> Array:
    """Compute kept cells for given lever values.

    Parameters
    ----------
    model : Model
    draws : mapping of str to ndarray, shape (n,)
        Written values by slot key; levers not named keep `base`.
    keep : sequence of (str, int)
        Cells to return.
    base : tuple of float, optional
        All slots as equations count them; the model's baseline if left out.

    Returns
    -------
    ndarray, shape (len(keep), n)
        In the variables' own units; NaN where a cell cannot be computed.
    """
    given = {
        key: model.slot_by_key[key].lever.unit.inside_array(values) for key, values in draws.items()
    }
    return evaluate_inside(model, given, keep, base)


def evaluate_inside(
    model: Model,
    given: Mapping[str, Array],
    keep: Sequence[Key],
    base: tuple[float, ...] | None = None,
) -> Array:
    """Compute kept cells, as `evaluate_draws`, for lever values as equations count them."""
    engine = Engine(model, tuple(given), tuple(keep), base or model.base)
    count = len(next(iter(given.values()))) if given else 1
    out = np.empty((len(keep), count))
    for start in range(0, count, CHUNK):
        piece = slice(start, min(start + CHUNK, count))
        engine.fill({key: values[piece] for key, values in given.items()}, out[:, piece])
        to_written(model, keep, out[:, piece])
    return out


def to_written(model: Model, keep: Iterable[Key], out: Any) -> None:
    """Turn rows of kept cells from the equations' units into the variables' own, in place."""
    for row, (name, _) in zip(out, keep, strict=True):
        up, down = model.unit_of(name).scale
        if down != 1:
            row *= down
        if up != 1:
            row /= up


def levers_behind(model: Model, names: Iterable[str]) -> set[str]:
    """Return the levers that some variables rest on, in any year."""
    kept = [(name, year) for name in names for year in model.years]
    behind: set[str] = set()
    for formula in needed_for(model.formulas, kept):
        for node in tree.walk(formula.value):
            if isinstance(node, tree.Lever):
                behind.add(node.name)
            behind.update(name for name, _ in cells_of(node) if name in model.levers)
    return behind
