"""Places that figures are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hlanalysis.catalog.indicators import fold
from hlanalysis.catalog.tables import cached, load_table, unknown
from hlanalysis.numbers import Lang


@dataclass(frozen=True, slots=True)
class Place:
    """A territory with a government, and the dates between which it is the same one.

    Attributes
    ----------
    id, vi, en, level : str
    within : str
        The unit above it, empty for a province.
    valid_from, valid_to : str
        ISO dates, empty where it began or ends outside the data.
    changed : tuple of str
        Dates from which its territory is another, though its name stays.
    """

    id: str
    vi: str
    en: str
    level: str
    within: str = ""
    valid_from: str = ""
    valid_to: str = ""
    changed: tuple[str, ...] = ()

    def name(self, lang: Lang) -> str:
        """Return the name a reader sees."""
        return self.vi if lang == "vi" else self.en


@cached
def all_places() -> Mapping[str, Place]:
    """Return every place of the catalogue by id."""
    return MappingProxyType(
        {
            name: Place(name, **{**row, "changed": tuple(row.get("changed", ()))})
            for name, row in load_table("places").items()
        }
    )


def place(name: str) -> Place:
    """Return a place by its id.

    Raises
    ------
    KeyError
        If the catalogue has no such place; the message names the nearest.
    """
    known = all_places()
    if name not in known:
        raise unknown("place", name, known)
    return known[name]


def find_place(text: str) -> str | None:
    """Return the id of the place whose name stands in a text, the longest name first.

    Examples
    --------
    >>> find_place("Ủy ban nhân dân thị xã Hồng Lĩnh")
    'hong_linh'
    """
    words = f" {fold(text)} "
    names = ((fold(one.vi), one.id) for one in all_places().values())
    found = [(len(key), name) for key, name in names if f" {key} " in words]
    return max(found)[1] if found else None
