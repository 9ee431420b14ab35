"""The closed lists of words that figures are tagged with, once for all who check them."""

from __future__ import annotations

KINDS = (
    "level",
    "growth",
    "plan_attainment",
    "plan_excess",
    "share",
    "ratio_count",
    "average_growth",
    "index",
)
STATUSES = ("actual", "estimate", "plan", "target")
MODIFIERS = ("", "over", "under", "about", "at_least", "at_most")
PLAN_LEVELS = ("", "province", "council", "adjusted")
VINTAGES = ("", "preliminary", "official", "final")
