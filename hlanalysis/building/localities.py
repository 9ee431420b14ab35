"""Localities as people name them: the project's own, those of the catalogue, and new ones."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hlanalysis.catalog import all_places
from hlanalysis.catalog.indicators import fold
from hlanalysis.errors import InputError

# Word, level of the catalogue, English word; longer words before those that they begin with.
LEVELS = (
    ("thành phố", "district", "city"),
    ("thị trấn", "commune", "township"),
    ("thị xã", "district", "town"),
    ("tỉnh", "province", "province"),
    ("huyện", "district", "district"),
    ("quận", "district", "district"),
    ("phường", "commune", "ward"),
    ("xã", "commune", "commune"),
)
_OWN = Path("catalog") / "project.toml"
_CATALOG = Path("catalog") / "places.toml"


@dataclass(frozen=True, slots=True)
class Locality:
    """A locality with its catalogue id, and what a catalogue that lacks it must learn.

    Attributes
    ----------
    id : str
    entry : dict
        Its names and level; empty where the catalogue knows it.
    """

    id: str
    entry: dict[str, Any]


def own_place(root: Path) -> str:
    """Return the id of the project's own place: as `new` noted it, else that of most sources.

    Empty where neither says; an id that the catalogue lacks does not count.
    """
    noted = _read(root / _OWN).get("place", "")
    sidecars = sorted((root / "data" / "raw").rglob("*.source.toml"))
    counted = Counter(place for path in sidecars if (place := _read(path).get("place", "")))
    found = [noted, *(place for place, _ in counted.most_common(1))]
    return next((one for one in found if one in all_places()), "")


def _read(path: Path) -> dict[str, Any]:
    """Return a table; nothing where it cannot be read, which is told where it is needed."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def find_locality(name: str, own: str = "") -> Locality:
    """Return the locality of an id or a name; a new one where the catalogue does not know it.

    Parameters
    ----------
    name : str
        An id, a full name in any case, or the bare name of the project's own place.
    own : str
        Id of the project's own place.

    Raises
    ------
    ValueError
        If it is unknown and does not begin with its level.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    known = all_places()
    if name in known:
        return Locality(name, {})
    for one in known.values():
        if name.casefold() in (one.vi.casefold(), one.en.casefold()):
            return Locality(one.id, {})
    if own and name.casefold() == _bare(known[own].vi).casefold():
        return Locality(own, {})
    return new_locality(name)


def _bare(name: str) -> str:
    word = next((one[0] for one in LEVELS if name.casefold().startswith(one[0] + " ")), "")
    return name[len(word) :].strip()


def new_locality(name: str, *, level: str = "", english: str = "", chosen: str = "") -> Locality:
    """Describe a locality that the catalogue does not know, from its Vietnamese name.

    Raises
    ------
    ValueError
        If neither the name nor `level` tells its level, or no id can be made of it.
    """
    found = next((one for one in LEVELS if name.casefold().startswith(one[0] + " ")), None)
    if found is None and not level:
        raise ValueError("no level")
    word, of_word, kind = found or ("", level, level)
    proper = _spelled(name[len(word) :].strip())
    if not chosen:
        own = fold(proper).replace(" ", "_")
        chosen = own if own and own not in all_places() else f"{own}_{kind}"
    if not chosen[:1].isalpha() or chosen in all_places():
        raise ValueError("no id")
    entry = {
        "vi": f"{word} {proper}".strip(),
        "en": english or f"{proper} {kind}",
        "level": level or of_word,
    }
    return Locality(chosen, entry)


def _spelled(name: str) -> str:
    """Return a name in capitals as it is written in prose."""
    return " ".join(map(str.capitalize, name.split())) if name.isupper() else name


def learn(root: Path, one: Locality) -> tuple[str, dict[Path, str]]:
    """Return a locality's id, and the project's catalogue file where it must learn of it."""
    import tomli_w

    path = root / _CATALOG
    if not one.entry:
        return one.id, {}
    for known, row in _read(path).items():
        if row.get("vi", "").casefold() == one.entry["vi"].casefold():
            return known, {}
    before = path.read_text("utf-8").rstrip("\n") + "\n\n" if path.is_file() else ""
    return one.id, {path: before + tomli_w.dumps({one.id: one.entry})}


def starting_catalog(
    place: str | None, names: tuple[str | None, str | None], level: str | None
) -> dict[str, str]:
    """Return the catalogue files of a new project: which place is its own, and what it is.

    Raises
    ------
    InputError
        If the locality is neither known nor described.
    """
    import tomli_w

    if place is None and names[0] is None:
        return {}
    known = place is not None and place in all_places()
    one = Locality(place or "", {}) if known else _described(place, names, level)
    note = "# Địa phương của dự án, mã trong danh mục · the project's own place, its id\n"
    files = {_OWN.as_posix(): note + tomli_w.dumps({"place": one.id})}
    if one.entry:
        files[_CATALOG.as_posix()] = tomli_w.dumps({one.id: one.entry})
    return files


def _described(
    place: str | None, names: tuple[str | None, str | None], level: str | None
) -> Locality:
    if names[0] is None:
        raise InputError(
            f"--place {place}",
            "the catalogue does not know this locality",
            "its name too",
            "add --name-vi 'xã ...' (and --name-en)",
        )
    if place is None:
        named = names[0].casefold()
        known = next((one for one in all_places().values() if one.vi.casefold() == named), None)
        if known is not None:
            return Locality(known.id, {})
    try:
        return new_locality(names[0], level=level or "", english=names[1] or "", chosen=place or "")
    except ValueError as error:
        raise InputError(
            f"--name-vi {names[0]}",
            "does not tell what locality it is",
            "a name that begins with its level, such as 'huyện Can Lộc'",
            "write it in full, or give --place and --level too",
        ) from error
