"""The real project of thị xã Hồng Lĩnh, read once for all tests that need it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hlanalysis.gathering.processed import Processed, read_raw
from hlanalysis.numbers import Lang
from hlanalysis.project import Project

ROOT = Path(__file__).parent.parent


@cache
def processed() -> Processed:
    return read_raw(ROOT / "data" / "raw")


@cache
def town(lang: Lang = "vi") -> Project:
    return Project(ROOT, processed(), lang)
