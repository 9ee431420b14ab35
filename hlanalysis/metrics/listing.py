"""The table of all metrics: what each is, who defined it, and what it can be fed.

``python -m hlanalysis.metrics.listing > docs/metrics.md`` writes the page; a test runs every metric
on every kind of argument and holds the page to what happened.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from hlanalysis.metrics import metrics
from hlanalysis.metrics.cards import SOURCES, Card
from hlanalysis.metrics.history import MINIMUM
from hlanalysis.metrics.trace import name, symbol_text, trace, write_text

KINDS: Mapping[str, str] = {
    "float": "float",
    "fraction": "Fraction",
    "decimal": "Decimal",
    "array": "NumPy array",
    "pandas": "pandas Series",
    "polars": "Polars expression",
    "narwhals": "Narwhals on pandas",
    "duckdb": "Narwhals on DuckDB",
    "reported": "Reported bounds",
}
SUBJECTS = (
    "plan",
    "growth",
    "structure",
    "investment",
    "budget",
    "pefa",
    "projection",
    "uncertainty",
)
_RESULTS = {
    "rate": "fraction, shown as %",
    "points": "fraction, shown as points",
    "level": "unit of the inputs",
    "ratio": "ratio",
    "index": "0 to 1",
    "years": "years",
    "logs": "log points",
    "per": "unit of the first per unit of the second",
    "letter": "A to D",
}
_HEAD = """\
# Metrics

Written by `python -m hlanalysis.metrics.listing`; a test runs every metric on every kind of
argument and compares.

Formulas take and return fractions (0.7764, not 77.64) and validate nothing, so one function serves
all kinds of arguments. `bounds(metric, ...)` gives the interval that printed figures allow;
`compute(metric, ...)` takes observations, refuses unlike ones and remembers its inputs;
`explain(...)` leads the result back to them. `hlanalysis.metrics.tables` has the forms for whole
tables (attainment, growth, average growth, contribution, share; PEFA scores and past misses).
Exact numbers stay exact; a root or logarithm of them has 50 digits, and its bounds are rounded
outwards to 15.
"""


def formula_of(card: Card) -> str:
    """Return the formula in symbols, as it is executed, with two entries where it takes many."""
    if "reported" in card.not_for and card.result != "level":
        return "see its docstring"
    arguments: dict[str, Any] = {}
    words: dict[str, str] = {}
    for key, spec in card.inputs.items():
        symbols = [f"{spec.symbol}_{index}" for index in (1, 2)] if spec.many else [spec.symbol]
        keys = [f"{key}{index}" for index in range(len(symbols))]
        words |= dict(zip(keys, map(symbol_text, symbols), strict=True))
        terms = [name(one) for one in keys]
        arguments[key] = terms if spec.many else terms[0]
    return write_text(trace(card.function, arguments), words, "en")


def ordered_cards() -> list[Card]:
    """Return all cards, subject by subject."""
    cards = metrics().values()
    return sorted(cards, key=lambda card: SUBJECTS.index(card.function.__module__.split(".")[-1]))


def write_listing() -> str:
    """Return the page."""
    cards = ordered_cards()
    lines = [_HEAD, "## What each metric is\n"]
    lines += ["| Metric | Tiếng Việt | Formula | Result | Source |", "|---|---|---|---|---|"]
    lines += [_definition(card) for card in cards]
    lines += ["\n## What each metric takes\n"]
    lines += [f"| Metric | {' | '.join(KINDS.values())} |", "|---" * (len(KINDS) + 1) + "|"]
    lines += [_row(card) for card in cards]
    reasons = dict.fromkeys(reason for card in cards for reason in card.not_for.values())
    lines += ["", *(f"{_mark(reasons, reason)} {reason}." + "  " for reason in reasons)]
    lines += [
        "\n## How many comparable years a method needs\n",
        "| Method | Years | Why | Instead |",
    ]
    lines += ["|---|---|---|---|"]
    lines += [
        f"| `{method}` | {least.years} | {least.why} | {least.instead} |"
        for method, least in MINIMUM.items()
    ]
    lines += ["\n## Sources\n"]
    used = dict.fromkeys(source for card in cards for source in card.sources)
    lines += [f"- `{source}`: {SOURCES[source].write('en')}" for source in used]
    return "\n".join(lines) + "\n"


def _definition(card: Card) -> str:
    formula = formula_of(card).replace("|", "\\|")
    sources = ", ".join(f"`{source}`" for source in card.sources)
    return f"| `{card.name}` | {card.vi} | {formula} | {_RESULTS[card.result]} | {sources} |"


def _row(card: Card) -> str:
    reasons = dict.fromkeys(reason for one in metrics().values() for reason in one.not_for.values())
    cells = [
        f"no {_mark(reasons, card.not_for[kind])}" if kind in card.not_for else "yes"
        for kind in KINDS
    ]
    return f"| `{card.name}` | {' | '.join(cells)} |"


def _mark(reasons: Mapping[str, None], reason: str) -> str:
    return f"({list(reasons).index(reason) + 1})"


if __name__ == "__main__":
    sys.stdout.write(write_listing())
