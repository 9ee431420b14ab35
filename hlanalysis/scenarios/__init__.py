"""Scenarios: one model in textbook equations, running in notebook, workbook and page.

>>> model = quick_model("x[t] = x[t-1] * (1 + g)", years=(2025, 2026),
...                     levers={"g": (10, "%", 0, 20)}, starts={"x": (2024, 100, "tỷ đồng")})
>>> [round(value, 6) for value in run(model)["x"]]
[110.0, 121.0]
"""

from __future__ import annotations

import importlib
from typing import Any

from hlanalysis.scenarios.model import Model, build_model
from hlanalysis.scenarios.problems import ModelError
from hlanalysis.scenarios.quick import quick_model
from hlanalysis.scenarios.running import Run, run

# Fetched when first used: a model that only runs needs none of them. `goal.goal`, `fan.fan` and
# `latex.latex` keep their modules in front: a name cannot be both.
_DOORS = {
    "Explorer": "explorer",
    "Workplace": "workplace",
    "compare": "comparing",
    "load_model": "model_file",
    "load_scenario": "scenario_file",
    "load_scenarios": "scenario_file",
    "odds": "fan",
    "probability": "fan",
    "sample": "sampling",
    "save_scenario": "scenario_file",
    "sobol": "sensitivity",
    "tornado": "sensitivity",
}

__all__ = ["Model", "ModelError", "Run", "build_model", "quick_model", "run"]


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        return getattr(importlib.import_module(f"{__name__}.{_DOORS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
