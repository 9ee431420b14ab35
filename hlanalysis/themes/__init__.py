"""Themes: from figures through metrics to exhibits and sentences.

The one place that knows indicators and charts. A theme is a module with functions marked
`exhibit` or `passage`; the project door finds them by name, so notebooks only name them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

MODULES = (
    "overview",
    "unread",
    "budget",
    "history",
    "investment",
    "halves",
    "growth",
    "targets",
    "people",
    "review",
    "benchmark",
    "outlook",
)


class NotEnoughFiguresError(LookupError):
    """An exhibit or passage cannot be made from the figures at hand; the message says why.

    Parameters
    ----------
    key : str
        Key under ``missing`` in the texts.
    **values : Value
        What fills its places.
    """

    def __init__(self, key: str, **values: Any) -> None:
        self.key, self.values = key, values
        super().__init__(key)


def exhibit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function of a project that returns an Exhibit."""
    function.role = "exhibit"  # type: ignore[attr-defined]
    return function


def passage(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function of a project that returns a sentence, table or list for a reader."""
    function.role = "passage"  # type: ignore[attr-defined]
    return function


@cache
def registry() -> Mapping[str, Callable[..., Any]]:
    """Return every exhibit and passage by its name, in the order of the themes."""
    found: dict[str, Callable[..., Any]] = {}
    for module in MODULES:
        for name, value in vars(importlib.import_module(f"hlanalysis.themes.{module}")).items():
            if hasattr(value, "role") and value.__module__.endswith(module):
                if name in found:
                    raise RuntimeError(f"two themes have a {name!r}")
                found[name] = value
    return MappingProxyType(found)
