"""Answers about scenarios as text for people and as JSON for programs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang, format_number, parse_number
from hlanalysis.scenarios.cautions import cautions
from hlanalysis.scenarios.comparing import compare
from hlanalysis.scenarios.drawing import levers_behind
from hlanalysis.scenarios.fan import SHARES, Fan, Miss, fan, odds, past_misses_fan, probability
from hlanalysis.scenarios.goal import goal
from hlanalysis.scenarios.model import Model, unknown_name
from hlanalysis.scenarios.running import read_value, run
from hlanalysis.scenarios.sampling import sample
from hlanalysis.scenarios.sensitivity import read_stated, tornado
from hlanalysis.scenarios.specs import word
from hlanalysis.scenarios.units import read_unit
from hlanalysis.scenarios.workplace import Workplace

_WORDS = {
    "base": {"vi": "Cơ sở", "en": "Baseline"},
    "difference": {"vi": "Chênh lệch", "en": "Difference"},
    "scenario": {"vi": "Kịch bản", "en": "Scenario"},
    "of_which": {"vi": "trong đó", "en": "of which"},
    "assumptions": {
        "vi": "Kết quả chỉ đúng nếu các giả định đúng; giả định ghi trong tệp mô hình.",
        "en": "The results hold only if the assumptions do; the model file lists them.",
    },
    "changed": {"vi": "Khác với khi lưu", "en": "Changed since it was saved"},
    "skipped": {"vi": "Bỏ qua tệp kịch bản có lỗi", "en": "A faulty scenario file is left out"},
    "lever": {"vi": "Yếu tố", "en": "Lever"},
    "low": {"vi": "Thử thấp", "en": "Low tried"},
    "high": {"vi": "Thử cao", "en": "High tried"},
    "at_low": {"vi": "Kết quả khi thấp", "en": "Result at low"},
    "at_high": {"vi": "Kết quả khi cao", "en": "Result at high"},
    "swing": {"vi": "Biên độ", "en": "Swing"},
    "still": {"vi": "Không ảnh hưởng", "en": "No effect"},
    "year": {"vi": "Năm", "en": "Year"},
}


@dataclass(frozen=True)
class Report:
    """An answer: a title, a table of text, sentences below it, and the same as plain data."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str]
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_text(self) -> str:
        """Return the report for a terminal: first column left, the others right."""
        lines = [self.title, ""] if self.title else []
        if self.rows:
            table = [list(self.header), *map(list, self.rows)]
            widths = [max(len(row[k]) for row in table) for k in range(len(self.header))]
            for row in table:
                cells = [row[0].ljust(widths[0])]
                cells += [one.rjust(width) for one, width in zip(row[1:], widths[1:], strict=True)]
                lines.append("  ".join(cells).rstrip())
            lines.append("")
        return "\n".join([*lines, *self.notes]).rstrip()

    def _repr_markdown_(self) -> str:
        """Return the report for a notebook and the page made of it."""
        lines = [f"**{_cell(self.title)}**", ""] if self.title else []
        if self.rows:
            lines.append("| " + " | ".join(map(_cell, self.header)) + " |")
            lines.append("|" + " --- |" + " ---: |" * (len(self.header) - 1))
            lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in self.rows]
            lines.append("")
        return "\n\n".join(["\n".join(lines), *map(_cell, self.notes)]).strip()

    def as_json(self) -> str:
        """Return the data; numbers are plain, in the units that stand beside them."""
        return json.dumps(_plain(self.data), ensure_ascii=False, indent=2, allow_nan=False)


def _plain(value: Any) -> Any:
    """Return data as JSON can hold it: what cannot be computed is null."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _cell(text: str) -> str:
    """Return text that stands in Markdown as itself."""
    plain = re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", text.strip())
    return f"&emsp;{plain}" if text.startswith("    ") else plain


def _say(key: str, lang: Lang) -> str:
    return _WORDS[key][lang]


def label(model: Model, name: str, lang: Lang) -> str:
    """Return a variable's or lever's label with its unit."""
    key, _, year = name.partition("[")
    spec = model.variables.get(key) or model.levers[key]
    unit = spec.unit.name(lang)
    text = word(spec.label, lang, key) + (f" {year.rstrip(']')}" if year else "")
    return f"{text} ({unit})" if unit and unit not in text else text


def show(model: Model, name: str, value: float, lang: Lang, *, signed: bool = False) -> str:
    """Return a variable's value for a reader, without its unit."""
    return row_of(model, name, [value], lang, signed=signed)[0]


def row_of(
    model: Model, name: str, values: Sequence[float], lang: Lang, *, signed: bool = False
) -> list[str]:
    """Return values of a variable with the same decimals: none where all counts are whole."""
    spec = model.variables[name]
    finite = [one for one in values if math.isfinite(one)]
    whole = all(abs(one - round(one)) < 1e-9 * max(1.0, abs(one)) for one in finite)
    places = 0 if whole and spec.unit.places == 0 else spec.places
    return [
        format_number(one, places, lang=lang, signed=signed) if math.isfinite(one) else "–"
        for one in values
    ]


def _title(place: Workplace, scenario: str | None, changes: Mapping[str, Any]) -> str:
    base = _say("base", place.lang)
    title = place.scenario(scenario).say(place.lang) if scenario else base
    changed = ", ".join(f"{key} = {value}" for key, value in changes.items())
    return f"{title} ({changed})" if changed else title


def _notes(place: Workplace, *scenarios: str | None) -> list[str]:
    told = [one for name in scenarios for one in place.warnings(name)]
    notes = [f"{_say('changed', place.lang)}: {one}" for one in told]
    notes += cautions(place.model, place.lang)
    notes += [f"{_say('skipped', place.lang)}: {str(one).splitlines()[0]}" for one in place.faults]
    return [*notes, _say("assumptions", place.lang)]


def _target(model: Model, variable: str, text: str | float, lang: Lang) -> float:
    """Return a target in the variable's unit; a text with a unit is refused with the number."""
    match = re.fullmatch(r"\s*([-+]?\d[\d.,]*)\s*([^\d\s.,].*?)\s*", str(text))
    if not match or variable not in model.variables:
        return read_value("target", text)
    unit = model.variables[variable].unit
    if match[2] == "%" and unit.is_percent:
        return read_value("target", text)
    alone = ""
    try:
        given, value = read_unit(match[2]), parse_number(match[1])
        if given.dimension == unit.dimension:
            number = Fraction(value) * given.factor / unit.factor
            alone = f" ({format_number(float(f'{float(number):.12g}'), lang=lang)})"
    except ValueError:
        pass
    named = unit.name(lang) or "count or plain number"
    raise InputError(f"target '{text}'", f"give the number alone, in {named}{alone}")


def run_report(place: Workplace, scenario: str | None, changes: Mapping[str, Any]) -> Report:
    """Return every shown variable of one scenario, year by year."""
    place.choose(scenario)
    model, lang = place.model, place.lang
    settings = place.settings(scenario, changes)
    done = run(model, settings)
    names = [name for name, one in model.variables.items() if one.shown]
    rows = [[label(model, name, lang), *row_of(model, name, done[name], lang)] for name in names]
    data = {
        "model": model.name,
        "scenario": scenario,
        "years": list(model.years),
        "levers": done.levers(),
        "results": {
            name: {"unit": model.variables[name].unit.written, "values": done[name]}
            for name in model.variables
        },
        "warnings": place.warnings(scenario),
    }
    header = [_title(place, scenario, changes), *map(str, model.years)]
    return Report("", header, rows, _notes(place, scenario), data)


def compare_report(
    place: Workplace,
    scenario: str,
    base: str | None,
    changes: Mapping[str, Any],
    year: int | None,
) -> Report:
    """Return two scenarios in one year, with each lever's part of the difference."""
    place.choose(scenario, base)
    model, lang = place.model, place.lang
    when = _year(model, year)
    made = compare(model, place.settings(scenario, changes), place.settings(base, {}))
    rows = []
    for name in (name for name, one in model.variables.items() if one.shown):
        gap = made.difference(name, when)
        figures = (made.base.at(name, when), made.other.at(name, when))
        shown = row_of(model, name, [*figures, gap], lang)[:2]
        change = row_of(model, name, [gap, *figures], lang, signed=True)[0]
        rows.append([label(model, name, lang), *shown, change])
        parts = made.contributions[name, when]
        if abs(gap) > 1e-9 and len(made.levers) > 1:
            rows += [
                [f"    {_say('of_which', lang)} {label(model, lever, lang)}", "", "",
                 format_number(part, model.variables[name].places + 1, lang=lang, signed=True)]
                for lever, part in parts.items() if abs(part) > 1e-12
            ]  # fmt: skip
    left = place.scenario(base).say(lang) if base else _say("base", lang)
    header = [f"{when}", left, _title(place, scenario, changes), _say("difference", lang)]
    data = {
        "model": model.name, "scenario": scenario, "base": base, "year": when,
        "levers": list(made.levers), "method": made.method,
        "results": {
            name: {
                "unit": model.variables[name].unit.written,
                "base": made.base.at(name, when),
                "scenario": made.other.at(name, when),
                "difference": made.difference(name, when),
                "contributions": dict(made.contributions[name, when]),
            }
            for name in model.variables
        },
    }  # fmt: skip
    return Report("", header, rows, _notes(place, scenario, base), data)


def _year(model: Model, year: int | None) -> int:
    if year is None:
        return model.years[-1]
    if year not in model.years:
        raise InputError("year", str(year), f"{model.years[0]} to {model.years[-1]}")
    return year


def goal_report(
    place: Workplace,
    lever: str,
    variable: str,
    year: int,
    target: str | float,
    scenario: str | None,
    changes: Mapping[str, Any],
) -> Report:
    """Return every value of a lever that reaches a target."""
    place.choose(scenario)
    settings = place.settings(scenario, changes)
    value = _target(place.model, variable, target, place.lang)
    made = goal(place.model, lever, variable, year, value, settings=settings)
    data = {
        "model": place.model.name, "scenario": scenario, "lever": lever, "variable": variable,
        "year": year, "target": value, "unit": place.model.variables[variable].unit.written,
        "solutions": [{"low": one.low, "high": one.high} for one in made.solutions],
        "jumps": list(made.jumps), "reached": list(made.reached), "searched": list(made.searched),
    }  # fmt: skip
    return Report(made.say(place.lang), [], [], _notes(place, scenario), data)


def tornado_report(
    place: Workplace,
    variable: str,
    year: int | None,
    scenario: str | None,
    changes: Mapping[str, Any],
) -> Report:
    """Return swings by lever, the largest first."""
    place.choose(scenario)
    model, lang = place.model, place.lang
    when = _year(model, year)
    made = tornado(model, variable, when, settings=place.settings(scenario, changes))
    rows = [
        [
            label(model, one.lever, lang),
            format_number(one.low, 2, lang=lang),
            format_number(one.high, 2, lang=lang),
            show(model, variable, one.at_low, lang),
            show(model, variable, one.at_high, lang),
            show(model, variable, one.size, lang),
        ]
        for one in made.swings
        if one.size > 1e-9
    ]
    keys = ("lever", "low", "high", "at_low", "at_high", "swing")
    base = show(model, variable, made.base, lang)
    title = f"{label(model, variable, lang)}, {when}: {base}"
    swings = [
        {"lever": one.lever, "low": one.low, "high": one.high, "at_low": one.at_low,
         "at_high": one.at_high, "swing": one.size}
        for one in made.swings
    ]  # fmt: skip
    data = {"model": model.name, "scenario": scenario, "variable": variable, "year": when,
            "unit": model.variables[variable].unit.written, "base": made.base,
            "swings": swings}  # fmt: skip
    still = [label(model, one.lever, lang) for one in made.swings if not one.size > 1e-9]
    notes = [f"{_say('still', lang)}: {'; '.join(still)}."] if still else []
    notes += _notes(place, scenario)
    return Report(title, [_say(key, lang) for key in keys], rows, notes, data)


def fan_report(
    place: Workplace,
    variable: str,
    target: str | float | None,
    year: int | None,
    draws: int,
    seed: int,
    scenario: str | None,
    changes: Mapping[str, Any],
    *,
    from_past: bool = False,
) -> Report:
    """Return the fan of a variable, and the odds of a target.

    Raises
    ------
    InputError
        With `from_past`, while fewer than five comparable years are known.
    """
    place.choose(scenario)
    model, lang = place.model, place.lang
    if variable not in model.variables:
        raise unknown_name("fan", variable, list(model.variables), "variable")
    if from_past:
        return _past_report(place, variable, scenario, changes)
    settings = place.settings(scenario, changes)
    set_by_hand = {key.split("[")[0] for key in settings}
    matter = levers_behind(model, [variable]) - set_by_hand
    stated = {key: one for key, one in read_stated(model, None).items() if key in matter}
    if not stated:
        hint = "choose another variable, or state ranges for its levers in the model file"
        raise InputError("fan", f"no stated lever moves {variable}", "at least one", hint)
    made = sample(model, stated, keep=[variable], n=draws, seed=seed, settings=settings)
    bands = fan(made, variable)
    notes = [bands.note[lang]]
    data: dict[str, Any] = {
        "model": model.name, "scenario": scenario, "variable": variable, "basis": bands.basis,
        "seed": seed, "draws": draws,
        "stated": {key: one.say("vi") for key, one in stated.items()}, **_bands(bands),
    }  # fmt: skip
    if target is not None:
        when, value = _year(model, year), _target(model, variable, target, lang)
        share = probability(made, variable, when, value)
        named = format_number(value, lang=lang)
        reach = {"vi": f"Đạt từ {named} trở lên năm {when}", "en": f"At least {named} in {when}"}
        notes.insert(0, f"{reach[lang]}: {odds(share, lang)}.")
        data |= {"target": value, "year": when, "probability": share, "odds": odds(share, lang)}
    header, rows = _fan_header(model, variable, lang), _fan_rows(bands, model, lang)
    return Report("", header, rows, notes + _notes(place, scenario), data)


def _fan_header(model: Model, variable: str, lang: Lang) -> list[str]:
    return [label(model, variable, lang), "10%", "25%", "50%", "75%", "90%"]


def _fan_rows(bands: Fan, model: Model, lang: Lang) -> list[list[str]]:
    return [
        [str(one), *row_of(model, bands.name, [float(value) for value in column], lang)]
        for one, column in zip(bands.years, bands.bands.T, strict=True)
    ]


def _bands(bands: Fan) -> dict[str, Any]:
    names = [f"p{round(100 * share)}" for share in SHARES]
    rows = {name: row.tolist() for name, row in zip(names, bands.bands, strict=True)}
    return {"unit": bands.unit, "years": list(bands.years), "bands": rows}


def _past_report(
    place: Workplace, variable: str, scenario: str | None, changes: Mapping[str, Any]
) -> Report:
    model, lang = place.model, place.lang
    path = run(model, place.settings(scenario, changes))[variable]
    bands = past_misses_fan(model, variable, path, misses_of(place))
    data = {"model": model.name, "variable": variable, "basis": bands.basis, **_bands(bands)}
    return Report("", _fan_header(model, variable, lang), _fan_rows(bands, model, lang),
                  [bands.note[lang]], data)  # fmt: skip


def misses_of(place: Workplace, indicator: str = "budget_revenue") -> list[Miss]:
    """Return outturn over plan by full year, as the project's figures state it."""
    found = []
    kinds = ("plan_attainment", "plan_excess")
    for row in place.project.find(indicator, kind=kinds, series=""):
        if len(row.period) == 4 and row.value is not None:
            share = float(row.value) / 100
            ratio = share if row.kind == "plan_attainment" else 1 + share
            found.append(Miss(int(row.period), ratio, row.plan_level, row.territory, row.source))
    return found
