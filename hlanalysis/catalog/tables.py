"""Load the catalogue's TOML tables once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def load_table(name: str) -> dict[str, dict[str, Any]]:
    """Return one catalogue file as a dictionary of tables."""
    text = resources.files("hlanalysis.catalog").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def unknown(kind: str, name: str, known: Iterable[str]) -> KeyError:
    """Return the error for a name that the catalogue lacks, with the nearest that it has."""
    near = difflib.get_close_matches(name, list(known), n=3)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    return KeyError(f"the catalogue has no {kind} {name!r}.{hint}")
