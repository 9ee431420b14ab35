"""Start values that are observations: named by what they say, never copied into a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError

if TYPE_CHECKING:
    from hlanalysis.observations import Observations
    from hlanalysis.project import Project

KEYS = ("place", "indicator", "series", "period", "kind", "status", "base", "id")


@dataclass(frozen=True, slots=True)
class Observed:
    """A printed figure behind a start value or a lever's baseline.

    Attributes
    ----------
    value : float
        In `unit`.
    unit, written, id, source, modifier : str
        As in the tidy table; `source` is what a reader sees. `modifier` "over" means that the
        print only bounds the figure.
    """

    value: float
    unit: str
    written: str
    id: str = ""
    source: str = ""
    modifier: str = ""


Resolver = Callable[[Mapping[str, str]], Observed]


def name_of(key: Mapping[str, str]) -> str:
    """Return an observation's key as one line: `budget_revenue 2024 level actual`."""
    return " ".join(str(key[name]) for name in KEYS if key.get(name))


def from_mapping(known: Mapping[str, Observed | tuple[float, str]]) -> Resolver:
    """Return a resolver over figures given by hand, by the line that `name_of` prints.

    Examples
    --------
    >>> resolve = from_mapping({"budget_revenue 2024 level actual": (222.044, "bn_vnd")})
    >>> resolve({"indicator": "budget_revenue", "period": "2024", "kind": "level",
    ...          "status": "actual"}).value
    222.044
    """

    def resolve(key: Mapping[str, str]) -> Observed:
        name = name_of(key)
        if name not in known:
            from hlanalysis.scenarios.problems import nearest

            raise InputError(
                "start values", f"no figure '{name}'", "a known one", nearest(name, known)
            )
        one = known[name]
        if isinstance(one, Observed):
            return one
        return Observed(one[0], one[1], f"{one[0]:g}", source=name)

    return resolve


def from_project(project: Project) -> Resolver:
    """Return a resolver over the observations of an open project."""

    def resolve(key: Mapping[str, str]) -> Observed:
        wanted = {
            name: key[name] for name in KEYS if name in key and name not in ("indicator", "id")
        }
        if "id" in key:
            row: Any = project.observations.by_id(key["id"])
        else:
            row = project.figure(key["indicator"], **wanted)
        if row is None:
            raise _missing(key)
        origin = project.origin(row.source)
        parts = [origin.title or origin.publisher, origin.date]
        return _observed(row, ", ".join(part for part in parts if part))

    return resolve


def from_observations(rows: Observations) -> Resolver:
    """Return a resolver over a tidy table; a key must name exactly one row."""

    def resolve(key: Mapping[str, str]) -> Observed:
        wanted = {name: key[name] for name in KEYS if name in key}
        try:
            row = rows.one(**({"series": ""} | wanted))
        except LookupError as error:
            raise InputError(
                "start values", str(error), "one observation", "add place, kind, status or id"
            ) from error
        return _observed(row, row.source)

    return resolve


def _missing(key: Mapping[str, str]) -> InputError:
    hint = "put the document or table that states it into data/raw and build again"
    return InputError("start values", f"no observation {name_of(key)}", "one that is printed", hint)


def _observed(row: Any, source: str) -> Observed:
    return Observed(float(row.value), row.unit, row.written, row.id, source, row.modifier)
