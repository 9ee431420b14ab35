"""Scenarios: one model in textbook equations, running in notebook, workbook and page.

>>> model = quick_model("x[t] = x[t-1] * (1 + g)", years=(2025, 2026),
...                     levers={"g": (10, "%", 0, 20)}, starts={"x": (2024, 100, "tỷ đồng")})
>>> [round(value, 6) for value in run(model)["x"]]
[110.0, 121.0]
"""

from __future__ import annotations

from hlanalysis.scenarios.model import Model, build_model
from hlanalysis.scenarios.problems import ModelError
from hlanalysis.scenarios.quick import quick_model
from hlanalysis.scenarios.running import Run, run

__all__ = ["Model", "ModelError", "Run", "build_model", "quick_model", "run"]
