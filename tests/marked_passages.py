"""Our own labelled passages: from text with marks to the gold format of dev.jsonl.

A passage is a text with marks in it. ``{45,2|l bn}`` is a figure: kind, unit and what else
applies; ``{2024!year}`` must not come out; ``{02?rank_change}`` is defensible either way.

    kinds   l level, g growth, pa plan_attainment, pe plan_excess, s share, r ratio_count,
            ag average_growth, i index
    <2      it qualifies the second figure before it
    -       first: it qualifies none; later: the change is a decrease
    cy py pm sy y2023 p2016-2020   the base: same period, previous year, previous month,
            start of year, a year, a period of years
    est tgt over under about al    status and modifier; x1e3 a scale word; P2025 another period
    altk= altu= alto= altb= alts   readings that are as good
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

KINDS = {
    "l": "level",
    "g": "growth",
    "pa": "plan_attainment",
    "pe": "plan_excess",
    "s": "share",
    "r": "ratio_count",
    "ag": "average_growth",
    "i": "index",
}
UNITS = {
    "%": "percent",
    "pp": "percentage_points",
    "pm": "per_mille",
    "bn": "bn_vnd",
    "m": "m_vnd",
    "k": "k_vnd",
    "d": "vnd",
    "x": "times",
    "p": "persons",
    "hh": "households",
    "v": "visits",
    "c": "count",
    "t": "tonnes",
    "q": "quintals",
    "pt": "points",
    "musd": "m_usd",
    "busd": "bn_usd",
    "tkm": "tonne_km",
}
BASES = {
    "cy": "same_period_last_year",
    "py": "previous_year",
    "pm": "previous_month",
    "sy": "start_of_year",
}
MODIFIERS = {"over": "over", "under": "under", "about": "about", "al": "at_least"}
MARK = re.compile(r"\{([^{}|!?]+)([|!?])([^{}]*)\}")
LEGACY = Path(__file__).parent / "data" / "prose" / "legacy_letters.csv"


def passages(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the passages of a marked file in the gold format."""
    for block in path.read_text(encoding="utf-8").split("=== ")[1:]:
        head, body = block.split("\n", 1)
        fields = [field.strip() for field in head.split("|")]
        yield _passage(fields, body.strip("\n"))


def _passage(fields: list[str], marked: str) -> dict[str, Any]:
    form = fields[5] if len(fields) > 5 else ""
    record: dict[str, Any] = {
        "id": fields[0],
        "topic": fields[1],
        "tags": fields[2].split(","),
        "doc_year": int(fields[3]),
        "doc_period": fields[4],
        "figures": [],
        "must_not": [],
        "neutral": [],
    }
    text, end = "", 0
    for mark in MARK.finditer(marked):
        text += marked[end : mark.start()]
        span = [len(text), len(text) + len(mark[1])]
        text, end = text + mark[1], mark.end()
        _label(record, mark, span)
    record["text"] = text + marked[end:]
    return _in_form(record, form)


def _label(record: dict[str, Any], mark: re.Match[str], span: list[int]) -> None:
    item: dict[str, Any] = {"span": span, "written": mark[1]}
    if mark[2] == "|":
        record["figures"].append(_figure(item, mark[3].split(), record))
        return
    why, _, kinds = mark[3].partition(":")
    item["why"] = why
    if kinds:
        item["kinds"] = kinds.split(",")
    record["must_not" if mark[2] == "!" else "neutral"].append(item)


def _figure(item: dict[str, Any], spec: list[str], record: dict[str, Any]) -> dict[str, Any]:
    kind, unit, *rest = spec
    place = len(record["figures"])
    figure = item | {
        "kind": KINDS[kind],
        "unit": UNITS.get(unit, unit),
        "base": None,
        "of": None,
        "period": record["doc_period"],
        "modifier": None,
        "status": "actual",
        "numerator": None,
        "denominator": None,
    }
    value = _value(item["written"])
    for position, word in enumerate(rest):
        if word == "." or (word == "-" and position == 0):
            continue
        if word.startswith("<"):
            figure["of"] = place - int(word[1:])
        elif word == "-":
            value = -value
        elif word in BASES:
            figure["base"] = BASES[word]
        elif re.fullmatch(r"y\d{4}", word):
            figure["base"] = f"year:{word[1:]}"
        elif re.fullmatch(r"p\d{4}-\d{4}", word):
            figure["base"] = f"period:{word[1:]}"
        elif word in MODIFIERS:
            figure["modifier"] = MODIFIERS[word]
        elif word in ("est", "tgt"):
            figure["status"] = {"est": "estimate", "tgt": "target"}[word]
        elif word.startswith("x1e"):
            value *= 10 ** int(word[3:])
        elif word.startswith("P"):
            figure["period"] = word[1:]
        elif word.startswith("hi="):
            figure["value_max"] = float(word[3:])
        else:
            _alternative(figure, word, place)
    if kind in ("pa", "pe"):
        figure["base"] = "plan"
    if kind == "r":
        figure["numerator"], figure["denominator"] = _pair(item["written"])
        value = Decimal(str(figure["numerator"]))
    figure["value"] = float(value)
    return figure


def _alternative(figure: dict[str, Any], word: str, place: int) -> None:
    name, _, value = word.partition("=")
    if name == "alts":
        figure["alt_kind"] = ["share", "level"]
    elif name == "altk":
        figure["alt_kind"] = [value]
    elif name == "altu":
        figure["alt_unit"] = [value]
    elif name == "altb":
        figure["alt_base"] = [None if value == "none" else BASES.get(value, value)]
    elif name == "alto":
        figure["alt_of"] = [None if value == "none" else place - int(value[1:])]
    else:
        raise ValueError(f"{figure['written']}: unknown mark {word!r}")


def _value(written: str) -> Decimal:
    joined = re.sub(r"(?<=[\d.,]) (?=[\d.,])", "", written)  # "4. 870", "6.3 15"
    first = re.split(r"\s-\s|/|[a-zà-ỹ]", joined)[0]
    return Decimal(first.strip().lstrip("+-").replace(".", "").replace(",", "."))


def _pair(written: str) -> tuple[float, float]:
    numbers = re.findall(r"\d+(?:[.,]\d+)*", written)
    return float(_value(numbers[0])), float(_value(numbers[1]))


def _in_form(record: dict[str, Any], form: str) -> dict[str, Any]:
    """Write the passage the way its tag says: decomposed, legacy, damaged."""
    text = record["text"]
    if form == "nfd":
        record["text"] = unicodedata.normalize("NFD", text)
    elif form == "ua3":
        record["text"] = text.replace("ư", "\u01a3")
    elif form in ("tcvn3", "vni"):
        _to_legacy(record, form)
    elif form == "lost":
        _drop_letters(record)
    return record


def _to_legacy(record: dict[str, Any], form: str) -> None:
    with LEGACY.open(encoding="utf-8", newline="") as handle:
        letters = {
            row["unicode"]: row["legacy"]
            for row in csv.DictReader(handle)
            if row["encoding"] == form
        }
    text = record["text_unicode"] = record["text"]
    raw, starts = "", []
    for letter in text:
        starts.append(len(raw))
        small = letters.get(letter) or letters.get(letter.lower(), letter)
        raw += small if letter.isascii() or not letter.isupper() else letters.get(letter, small)
    starts.append(len(raw))
    record["text"] = raw
    _move(record, starts, keep="span_unicode" if form == "vni" else None)


def _drop_letters(record: dict[str, Any]) -> None:
    raw, starts = "", []
    for letter in record["text"]:
        starts.append(len(raw))
        raw += "" if "\u1ea0" <= letter <= "\u1eff" else letter
    starts.append(len(raw))
    record["text"] = raw
    _move(record, starts, keep=None)


def _move(record: dict[str, Any], starts: list[int], keep: str | None) -> None:
    for item in [*record["figures"], *record["must_not"], *record["neutral"]]:
        if keep:
            item[keep] = item["span"]
        item["span"] = [starts[item["span"][0]], starts[item["span"][1] - 1] + 1]
