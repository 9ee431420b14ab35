"""Reads Vietnamese local-government reports, checks their figures, and publishes them.

``import hlanalysis as hl`` and ``hl.open_project()`` is all that a notebook needs.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

# Names are fetched when first used, so that importing the package costs next to nothing.
_DOORS = {
    "Project": "hlanalysis.project",
    "open_project": "hlanalysis.project",
    "Given": "hlanalysis.metrics",
    "InputError": "hlanalysis.errors",
    "Period": "hlanalysis.periods",
    "Reported": "hlanalysis.reported",
    "compute": "hlanalysis.metrics",
    "explain": "hlanalysis.metrics",
    "format_number": "hlanalysis.numbers",
    "parse_number": "hlanalysis.numbers",
    "round_half_up": "hlanalysis.numbers",
}

__all__ = ["__version__", *sorted(_DOORS)]


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        return getattr(importlib.import_module(_DOORS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_DOORS})
