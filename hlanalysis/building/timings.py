"""How long each piece of work took last time, for the order and the time left.

Kept with this user's other caches: outputs and the project hold nothing that differs by machine.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from hlanalysis.errors import InputError
from hlanalysis.files import write_whole

_MOST = 500


def known_seconds() -> dict[str, float]:
    """Return the seconds that pieces of work took, by name; empty where nothing is known."""
    try:
        record = json.loads(_path().read_text("utf-8"))
        return {str(name): float(value) for name, value in record.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remember_seconds(seconds: Mapping[str, float]) -> None:
    """Remember how long pieces took; a home that cannot be written to is no matter."""
    rounded = {name: round(value, 1) for name, value in seconds.items()}
    record = dict([*(known_seconds() | rounded).items()][-_MOST:])
    try:
        write_whole(_path(), json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    except (InputError, OSError):
        return


def _path() -> Path:
    """Return where caches belong on this system."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "hlanalysis" / "seconds.json"
