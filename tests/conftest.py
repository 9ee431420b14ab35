"""Markers for tests that need a real browser or a real LibreOffice.

Where such a program is missing its tests are skipped, and a line at the end says how many.
``HLANALYSIS_REQUIRE=browser,office`` turns the skip into a failure: CI never skips silently.
"""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# The same examples each run, and no clock: a busy machine must not fail a property.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

PROGRAMS = {
    "browser": ("chromium", "chromium-browser", "google-chrome"),
    "office": ("soffice", "libreoffice"),
}
_skipped: dict[str, int] = {}


def find_program(kind: str) -> str | None:
    return next((path for name in PROGRAMS[kind] if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    required = set(filter(None, os.environ.get("HLANALYSIS_REQUIRE", "").split(",")))
    if unknown := required - set(PROGRAMS):
        raise pytest.UsageError(f"HLANALYSIS_REQUIRE names {unknown}; known: {set(PROGRAMS)}")
    for kind in PROGRAMS:
        if find_program(kind):
            continue
        marked = [item for item in items if item.get_closest_marker(kind)]
        if marked and kind in required:
            raise pytest.UsageError(
                f"{len(marked)} {kind} tests cannot run: none of {PROGRAMS[kind]} is installed"
            )
        for item in marked:
            item.add_marker(pytest.mark.skip(reason=f"no {kind} on this machine"))
        if marked:
            _skipped[kind] = len(marked)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for kind, number in _skipped.items():
        terminalreporter.write_line(
            f"{number} {kind} tests skipped: install {' or '.join(PROGRAMS[kind])} to run them"
        )
