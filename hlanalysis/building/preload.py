"""Imports everything heavy that notebooks and charts use: what a warm start does beforehand.

Matplotlib's inline backend is not among it: it must find the kernel it belongs to. Nor is
anything that starts threads of its own when imported.
"""

from __future__ import annotations

import contextlib
from importlib import import_module

MODULES = (
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pandas",
    "seaborn",
    "xlsxwriter",
    "hlanalysis.charts.frame",
    "hlanalysis.charts.render",
    "hlanalysis.checks",
    "hlanalysis.telling.display",
    "hlanalysis.project",
    "hlanalysis.publish.downloads",
    "hlanalysis.publish.source_list",
    "hlanalysis.telling.quoting",
    "hlanalysis.telling.scenario_desk",
    "hlanalysis.scenarios.explorer",
    "hlanalysis.scenarios.workplace",
)

for name in MODULES:
    # What cannot be imported is missed by whoever needs it, with its own message.
    with contextlib.suppress(ImportError):
        import_module(name)

import_module("hlanalysis.themes").registry()
