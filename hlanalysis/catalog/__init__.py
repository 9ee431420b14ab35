"""Indicators, units and places: what figures are about, as data.

The tables lie beside this module as TOML files; a project may add its own in ``catalog/`` beside
its ``data`` folder.
"""

from hlanalysis.catalog.indicators import (
    Indicator,
    IndicatorMatch,
    all_indicators,
    find_indicator,
    indicator,
    match_indicator,
)
from hlanalysis.catalog.places import Place, all_places, find_place, place
from hlanalysis.catalog.units import Unit, convert, format_quantity, unit

__all__ = [
    "Indicator",
    "IndicatorMatch",
    "Place",
    "Unit",
    "all_indicators",
    "all_places",
    "convert",
    "find_indicator",
    "find_place",
    "format_quantity",
    "indicator",
    "match_indicator",
    "place",
    "unit",
]
