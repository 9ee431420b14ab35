"""How the explorer draws: two lines, labels at the years, the reader's own number format."""

from __future__ import annotations

from typing import Any

from hlanalysis.scenarios.model import Model

FONT = "Segoe UI, Noto Sans, Arial, DejaVu Sans, sans-serif"
SCENARIO_COLOUR, BASE_COLOUR, INK, QUIET = "#CC79A7", "#595959", "#1b1f23", "#53595f"
# Text on white needs more contrast than a line does: the scenario's colour, darkened.
SCENARIO_TEXT = "#9c3f72"


def _rounded(value: str) -> str:
    """Return the house rounding of a value before it is written: d3 alone gives 1.00 for 1.005."""
    size = f"floor(abs({value}) * pow(10, shown__places) * (1 + 4e-16) + 0.5)"
    return f"(({value}) < 0 ? -1 : 1) * {size} / pow(10, shown__places)"


def _written(value: str) -> str:
    return f"isFinite({value}) ? format({_rounded(value)}, shown__format) : '–'"


def data(model: Model) -> dict[str, Any]:
    """Return the rows of the chart, one a year, with live and baseline values."""

    def formula(name: str, text: str) -> dict[str, Any]:
        return {"type": "formula", "as": name, "expr": text}

    return {
        "name": "years",
        "values": [{"year": str(year), "i": i} for i, year in enumerate(model.years)],
        "transform": [
            formula("value", "live__paths[shown__variable][datum.i]"),
            formula("base", "base__paths[shown__variable][datum.i]"),
            formula("written", _written("datum.value")),
            formula("base_written", _written("datum.base")),
            # The axis spans drawn values: an extent of nothing but NaN would be infinite.
            formula("drawn", "isFinite(datum.value) ? datum.value : datum.base"),
            formula("above", "datum.value >= datum.base"),
            formula("same", "datum.written == datum.base_written"),
            formula("last", f"datum.i == {len(model.years) - 1}"),
        ],
    }


def scales() -> list[dict[str, Any]]:
    """Return the scales of the chart."""
    return [
        {"name": "x", "type": "point", "range": "width", "padding": 0.4,
         "domain": {"data": "years", "field": "year"}},
        {"name": "y", "type": "linear", "range": "height", "nice": True, "zero": False,
         "padding": 14, "domain": {"data": "years", "fields": ["drawn", "base"]}},
    ]  # fmt: skip


def axes() -> list[dict[str, Any]]:
    """Return the axes of the chart."""
    return [
        {"orient": "bottom", "scale": "x", "aria": False, "ticks": False, "labelPadding": 8},
        {"orient": "left", "scale": "y", "aria": False, "tickCount": 5, "grid": True,
         "domain": False, "ticks": False,
         "format": {"signal": "shown__places > 0 ? ',.1~f' : ',.0f'"}},
    ]  # fmt: skip


def marks() -> list[dict[str, Any]]:
    """Return title, lines, points and labels; the table beside it is what a screen reader reads."""
    x = {"scale": "x", "field": "year"}

    def path(field: str, colour: str, dash: list[int], width: int) -> dict[str, Any]:
        look = {"x": x, "y": {"scale": "y", "field": field}, "stroke": {"value": colour},
                "strokeWidth": {"value": width}, "strokeDash": {"value": dash},
                "defined": {"signal": f"isFinite(datum.{field})"}}  # fmt: skip
        return {
            "type": "line",
            "aria": False,
            "from": {"data": "years"},
            "encode": {"update": look},
        }

    return [
        {"type": "text", "aria": False, "encode": {"update": {
            "x": {"value": 0}, "y": {"value": -14}, "text": {"signal": "shown__title"},
            "fontSize": {"value": 15}, "fontWeight": {"value": "bold"},
            "fill": {"value": INK}, "align": {"value": "left"}}}},
        # Sliders read out in steps; the value just typed stands here as it was meant.
        {"type": "text", "aria": False, "encode": {"update": {
            "x": {"signal": "width"}, "y": {"value": -14}, "align": {"value": "right"},
            "text": {"signal": "typed__text == '' ? '' : typed__label + ': ' + "
                               "replace(format(typed__now, ',.6~f'), '−', '-')"},
            "fontSize": {"value": 12}, "fill": {"value": QUIET}}}},
        path("base", BASE_COLOUR, [6, 4], 2),
        path("value", SCENARIO_COLOUR, [], 3),
        {"type": "symbol", "aria": False, "from": {"data": "years"}, "encode": {"update": {
            "x": x, "y": {"scale": "y", "field": "value"}, "size": {"value": 70},
            "fill": {"value": SCENARIO_COLOUR}, "stroke": {"value": "white"},
            "opacity": {"signal": "isFinite(datum.value) ? 1 : 0"},
            "tooltip": {"signal": "datum.year + ': ' + datum.written + ' (' + word__base + ' ' + "
                                  "datum.base_written + ')'"}}}},
        _label("datum.written", "value", SCENARIO_TEXT, "datum.above ? -14 : 22"),
        _label("datum.last && !datum.same ? word__base + ' ' + datum.base_written : ''",
               "base", BASE_COLOUR, "datum.above ? 26 : -16"),
    ]  # fmt: skip


def _label(text: str, field: str, colour: str, shift: str) -> dict[str, Any]:
    return {"type": "text", "aria": False, "from": {"data": "years"}, "encode": {"update": {
        "x": {"scale": "x", "field": "year"}, "y": {"scale": "y", "field": field},
        "dy": {"signal": shift}, "align": {"value": "center"}, "text": {"signal": text},
        "fontSize": {"value": 13}, "fontWeight": {"value": "bold"},
        "fill": {"value": colour}}}}  # fmt: skip


def config() -> dict[str, Any]:
    """Return fonts and colours."""
    text = {"font": FONT}
    return {
        "background": "#ffffff",
        "text": text,
        "axis": {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "labelColor": QUIET,
                 "gridColor": "#e3e6e9", "domainColor": "#838b93"},
    }  # fmt: skip
