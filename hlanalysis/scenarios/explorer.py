"""The explorer: one Vega spec printed from the model, alive without a kernel.

JupyterLab draws it offline with bound sliders, a list of scenarios and a box that takes 77,64;
the exported page uses the same spec and puts labelled controls of its own in front, which it
builds from what lies in ``usermeta.hlanalysis``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hlanalysis.numbers import Lang, format_number
from hlanalysis.scenarios.explorer_chart import axes, config, data, marks, scales
from hlanalysis.scenarios.javascript import _unscaled
from hlanalysis.scenarios.latex import latex_lines
from hlanalysis.scenarios.model import Model
from hlanalysis.scenarios.printer import cell_name
from hlanalysis.scenarios.running import Run, Settings, run, settings_by_slot, written_values
from hlanalysis.scenarios.scenario_file import Scenario
from hlanalysis.scenarios.specs import LeverSpec, word
from hlanalysis.scenarios.vega import slot_signal, vega_signals

MIME = "application/vnd.vega.v5+json"
LOCALES: dict[str, dict[str, Any]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
}
_WORDS = {
    "show": {"vi": "Xem", "en": "Show"},
    "scenario": {"vi": "Kịch bản", "en": "Scenario"},
    "base": {"vi": "Cơ sở", "en": "Baseline"},
    "which": {"vi": "Nhập số cho", "en": "Type a value for"},
    "typed": {"vi": "Số (ví dụ 77,64)", "en": "Value (such as 77.64)"},
}


@dataclass(frozen=True)
class Explorer:
    """The explorer of one model, as a notebook shows it.

    Attributes
    ----------
    model : Model
    scenarios : sequence of Scenario
        Entries of the list; the baseline comes first.
    lang : {"vi", "en"}
    settings : mapping
        Where the levers stand at first.
    """

    model: Model
    scenarios: Sequence[Scenario]
    lang: Lang = "vi"
    settings: Settings | None = None

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega spec."""
        return explorer_spec(self.model, self.scenarios, self.lang, self.settings)

    def still(self) -> str:
        """Return the first view as SVG, for readers without JavaScript."""
        import vl_convert

        drawing = vl_convert.vega_to_svg(self.spec, format_locale=LOCALES[self.lang])
        return str(drawing)

    def __repr__(self) -> str:
        done = run(self.model, self.settings or {})
        name, last = self.model.charts[0], self.model.years[-1]
        spec = self.model.variables[name]
        value = format_number(done.at(name, last), spec.places, lang=self.lang)
        label = word(spec.label, self.lang, name)
        return f"{word(self.model.title, self.lang, self.model.name)}: {label} {last} = {value}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Return the spec, a still picture and a line of text; never HTML, which would win."""
        return {MIME: self.spec, "image/svg+xml": self.still(), "text/plain": repr(self)}


def explorer_spec(
    model: Model,
    scenarios: Sequence[Scenario],
    lang: Lang = "vi",
    settings: Settings | None = None,
) -> dict[str, Any]:
    """Return the Vega spec of a model.

    Parameters
    ----------
    model : Model
    scenarios : sequence of Scenario
    lang : {"vi", "en"}
    settings : mapping, optional
        Where the levers stand at first; the baseline if left out.

    Returns
    -------
    dict
        A Vega spec (version 5 and 6) with bound inputs. ``usermeta.hlanalysis`` holds labels,
        bounds and presets for a page's own controls.
    """
    base = run(model)
    changed = [one.levers for one in scenarios if one.levers]
    presets = [written_values(model, levers) for levers in ({}, *changed)]
    first = written_values(model, settings or {})
    about = _about(model, scenarios, lang, base)
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "description": _description(model, lang),
        "usermeta": {
            "embedOptions": {
                "formatLocale": LOCALES[lang],
                "actions": False,
                "renderer": "svg",
            },
            "hlanalysis": about,
        },
        "width": 680,
        "height": 340,
        "padding": 8,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": config(),
        "signals": [
            *_choices(model, scenarios, lang),
            *_inputs(model, presets, first, lang),
            *vega_signals(model),
            *_paths(model, base),
            *_words_of_chart(model, lang),
        ],
        "data": [data(model)],
        "scales": scales(),
        "axes": axes(),
        "marks": marks(),
    }


def _description(model: Model, lang: Lang) -> str:
    labels = ", ".join(word(model.variables[name].label, lang, name) for name in model.charts)
    title = word(model.title, lang, model.name)
    years = f"{model.years[0]}-{model.years[-1]}"
    if lang == "vi":
        return f"{title}: {labels}, {years}; đường đậm là kịch bản, đường đứt là cơ sở."
    return f"{title}: {labels}, {years}; the solid line is the scenario, the dashed the baseline."


def _shown(model: Model) -> list[str]:
    """Return the variables one may look at: those of the charts first."""
    others = [name for name, one in model.variables.items() if one.shown]
    return list(dict.fromkeys([*model.charts, *others]))


def _about(model: Model, scenarios: Sequence[Scenario], lang: Lang, base: Run) -> dict[str, Any]:
    """Return what a page needs to build controls, table and link."""
    presets = [
        {"name": "base", "title": _WORDS["base"][lang], "reason": "", "values": {}},
        *(
            {
                "name": one.name,
                "title": one.say(lang),
                "reason": word(one.reason, lang, ""),
                "values": settings_by_slot(model, one.levers),
            }
            for one in scenarios
            if one.levers
        ),
    ]
    return {
        "kind": "explorer",
        "model": model.name,
        "title": word(model.title, lang, model.name),
        "years": list(model.years),
        "slots": {slot.key: slot_signal(model, slot.key) for slot in model.slots},
        "levers": [_lever(model, one, lang) for one in model.levers.values()],
        "variables": [_variable(model, name, lang, base) for name in _shown(model)],
        "presets": presets,
        "equations": latex_lines(model, lang),
        "notes": [word(one, lang, "") for one in model.notes],
    }


def _lever(model: Model, lever: LeverSpec, lang: Lang) -> dict[str, Any]:
    return {
        "name": lever.name,
        "label": word(lever.label, lang, lever.name),
        "unit": lever.unit.name(lang),
        "low": lever.low,
        "high": lever.high,
        "step": lever.step,
        "group": lever.group,
        "assumption": lever.assumption,
        "source": lever.source,
        "slots": [
            {"key": slot.key, "year": slot.year, "value": slot.value,
             "signal": slot_signal(model, slot.key)}
            for slot in model.slots if slot.lever is lever
        ],
    }  # fmt: skip


def _variable(model: Model, name: str, lang: Lang, base: Run) -> dict[str, Any]:
    spec = model.variables[name]
    return {
        "name": name,
        "label": word(spec.label, lang, name),
        "unit": spec.unit.name(lang),
        "places": spec.places,
        "base": base[name],
    }


def _choices(model: Model, scenarios: Sequence[Scenario], lang: Lang) -> list[dict[str, Any]]:
    """Return the lists: what to look at, which scenario, which lever to type for."""
    shown = _shown(model)
    labels = [word(model.variables[name].label, lang, name) for name in shown]
    titles = [_WORDS["base"][lang], *(one.say(lang) for one in scenarios if one.levers)]
    keys = [slot.key for slot in model.slots]
    names = [_slot_label(model, key, lang) for key in keys]
    return [
        {"name": "shown__variable", "value": shown[0],
         "bind": {"input": "select", "options": shown, "labels": labels,
                  "name": f"{_WORDS['show'][lang]}: "}},
        {"name": "chosen__scenario", "value": 0,
         "bind": {"input": "select", "options": list(range(len(titles))), "labels": titles,
                  "name": f"{_WORDS['scenario'][lang]}: "}},
        {"name": "typed__lever", "value": keys[0] if keys else "",
         "bind": {"input": "select", "options": keys, "labels": names,
                  "name": f"{_WORDS['which'][lang]}: "}},
        {"name": "typed__text", "value": "",
         "bind": {"input": "text", "name": f"{_WORDS['typed'][lang]}: ", "debounce": 300}},
        {"name": "typed__clean",
         "update": r"replace(replace(typed__text, regexp('[\\s%\\u00a0]', 'g'), ''), '−', '-')"},
        {"name": "typed__value", "update": _typed(lang)},
    ]  # fmt: skip


def _typed(lang: Lang) -> str:
    """Return the expression that reads a number as the reader writes it, NaN if it is none."""
    group, mark = (r"\\.", ",") if lang == "vi" else (",", r"\\.")
    text, sign = "typed__clean", "^[+-]?"
    grouped = rf"test(regexp('{sign}[1-9]\\d{{0,2}}({group}\\d{{3}})+({mark}\\d+)?$'), {text})"
    bare = rf"replace({text}, regexp('{group}', 'g'), '')"
    plain = rf"test(regexp('{sign}\\d+([.,]\\d+)?$'), {text})"
    slip = rf"test(regexp('{sign}\\d*[1-9]\\d*{group}\\d{{3}}$'), {text})"
    dotted = f"toNumber(replace({text}, ',', '.'))"
    return (
        f"{grouped} ? toNumber(replace({bare}, ',', '.')) : {plain} && !{slip} ? {dotted} : 0 / 0"
    )


def _slot_label(model: Model, key: str, lang: Lang) -> str:
    slot = model.slot_by_key[key]
    label = word(slot.lever.label, lang, slot.lever.name)
    return label if slot.year is None else f"{label}, {slot.year}"


def _inputs(
    model: Model,
    presets: Sequence[Mapping[str, float]],
    first: Mapping[str, float],
    lang: Lang,
) -> list[dict[str, Any]]:
    """Return one signal a slot, moved by its slider, the list of scenarios and the text box."""
    values = [[one[slot.key] for one in presets] for slot in model.slots]
    signals = []
    for slot, by_preset in zip(model.slots, values, strict=True):
        lever = slot.lever
        name = slot_signal(model, slot.key)
        key = json.dumps(slot.key, ensure_ascii=False)
        typed = f"clamp(typed__value, {lever.low!r}, {lever.high!r})"
        one: dict[str, Any] = {
            "name": name,
            "value": first[slot.key],
            "on": [
                {"events": {"signal": "chosen__scenario"},
                 "update": f"{json.dumps(by_preset)}[chosen__scenario]"},
                {"events": {"signal": "typed__value"},
                 "update": f"typed__lever == {key} && isFinite(typed__value) ? {typed} : {name}"},
            ],
        }  # fmt: skip
        if slot.year is None and lever.group == "main":
            unit = lever.unit.name(lang)
            label = word(lever.label, lang, lever.name) + (f" ({unit})" if unit else "")
            one["bind"] = {"input": "range", "min": lever.low, "max": lever.high,
                           "step": _slider_step(lever, by_preset),
                           "name": f"{label}: "}  # fmt: skip
        signals.append(one)
    return signals


def _slider_step(lever: LeverSpec, values: Sequence[float]) -> float:
    """Return a step that reaches every preset: a slider reads out what it can stand on."""
    for step in (lever.step, lever.step / 10, lever.step / 50, lever.step / 100):
        steps = [(value - lever.low) / step for value in values]
        if all(abs(one - round(one)) < 1e-9 for one in steps):
            return step
    return lever.step / 100


def _paths(model: Model, base: Run) -> list[dict[str, Any]]:
    """Return the results in the variables' own units, and the baseline to compare with."""
    live: list[str] = []
    still: dict[str, list[float]] = {}
    places: dict[str, int] = {}
    for name in _shown(model):
        spec = model.variables[name]
        up, down = spec.unit.scale
        cells = [_unscaled(cell_name(name, year), up, down) for year in model.years]
        live.append(f"{json.dumps(name, ensure_ascii=False)}: [{', '.join(cells)}]")
        still[name], places[name] = base[name], spec.places
    return [
        {"name": "live__paths", "update": f"{{{', '.join(live)}}}"},
        {"name": "base__paths", "value": still},
        {"name": "shown__places", "update": f"{_literal(places)}[shown__variable]"},
    ]


def _literal(value: Mapping[str, Any] | str) -> str:
    """Return an object as a Vega expression."""
    return json.dumps(value, ensure_ascii=False)


def _words_of_chart(model: Model, lang: Lang) -> list[dict[str, Any]]:
    labels = {slot.key: _slot_label(model, slot.key, lang) for slot in model.slots}
    slots = ", ".join(f"{_literal(key)}: {slot_signal(model, key)}" for key in labels)
    titles: dict[str, str] = {}
    for name in _shown(model):
        spec = model.variables[name]
        unit = spec.unit.name(lang)
        label = word(spec.label, lang, name)
        titles[name] = f"{label} ({unit})" if unit else label
    return [
        {"name": "shown__title", "update": f"{_literal(titles)}[shown__variable]"},
        {"name": "shown__format", "update": "',.' + shown__places + 'f'"},
        {"name": "typed__label", "update": f"{_literal(labels)}[typed__lever]"},
        {"name": "typed__now", "update": f"{{{slots}}}[typed__lever]"},
        {"name": "word__scenario", "value": _WORDS["scenario"][lang]},
        {"name": "word__base", "value": _WORDS["base"][lang]},
    ]
