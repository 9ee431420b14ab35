"""Load the catalogue's TOML tables once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError

_own: Path | None = None
_readers: list[Any] = []


@cache
def load_table(name: str) -> dict[str, dict[str, Any]]:
    """Return one catalogue file as a dictionary of tables, with the project's own entries."""
    text = resources.files("hlanalysis.catalog").joinpath(f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    own = None if _own is None else _own / f"{name}.toml"
    if own is not None and own.is_file():
        try:
            table |= tomllib.loads(own.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(str(own), f"cannot be read ({error})", "a TOML table") from error
    return table


def cached(reader: Any) -> Any:
    """Cache what a reader makes of the tables until another project is opened."""
    kept = cache(reader)
    _readers.append(kept)
    return kept


def use_project(root: Path) -> None:
    """Add the entries of a project's own ``catalog/`` folder: its places, its indicators."""
    global _own
    folder = root / "catalog"
    if folder == _own:
        return
    _own = folder
    load_table.cache_clear()
    for reader in _readers:
        reader.cache_clear()


def unknown(kind: str, name: str, known: Iterable[str]) -> KeyError:
    """Return the error for a name that the catalogue lacks, with the nearest that it has."""
    near = difflib.get_close_matches(name, list(known), n=3)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    return KeyError(f"the catalogue has no {kind} {name!r}.{hint}")
