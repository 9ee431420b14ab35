"""Charts as PowerPoint and Excel understand them: columns, lines and areas over categories.

One plan for both: what the series are, what each point looks like, what stands at it. Waterfalls,
fans, ranges and tornados are built from stacked pieces on a base nobody sees. Labels are number
formats wherever they can be, so that they follow when a planner edits the data; only a label that
says more than one number is typed text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from hlanalysis.charts import forms, theme
from hlanalysis.charts.forms import Mark
from hlanalysis.charts.words import clean, find_unit, number_text, value_text, word
from hlanalysis.numbers import Lang

Kind = Literal["bar", "column", "line", "area"]
Place = Literal["end", "middle", "inner", "base", "right", "left", "above", "below"]


@dataclass(frozen=True, slots=True)
class Look:
    """Fill and line of a point or series; a fill of "" is none at all."""

    fill: str = ""
    edge: str = ""
    dashed: bool = False
    hatched: bool = False
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at a point: a number format, or typed text where `text` is given.

    Attributes
    ----------
    pattern : str
        Number format that follows the value.
    text : str
        Typed; wins over `pattern`.
    said : str
        What the pattern writes, in the reader's spelling, for a program that needs words.
    ink : str
    series : bool
        Write the series' name before the value.
    bold : bool
    place : {"end", "middle", "inner", "base", "right", "left", "above"}
        Outside a bar's end, in its middle, inside its end or its base; beside or above a point.
    shift : float
        Part of the chart's height to move down (up if negative), so that labels stay apart.
    """

    pattern: str = "General"
    text: str = ""
    said: str = ""
    ink: str = theme.TEXT
    series: bool = False
    bold: bool = True
    place: Place = "end"
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """One series with the look and label of each point; None is a gap, and no label.

    Attributes
    ----------
    follows : tuple of (point, series)
        Points whose cell is a formula: the value of another series, by its number.
    """

    name: str
    values: tuple[float | None, ...]
    looks: tuple[Look, ...]
    labels: tuple[Label | None, ...]
    kind: Kind
    thick: float = 2.5
    markers: bool = False
    follows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Native:
    """A whole native chart.

    Attributes
    ----------
    categories : tuple of str
    series : tuple of Series
        All columns, bars or areas first, then the lines.
    stacked : bool
    gap : int
        Space between columns, percent of a column.
    low, high, step : float, optional
        Ends and step of the value axis; the program's own choice if left out.
    axis : bool
        Show the value axis; off where every value is written.
    pattern : str
        Number format of the axis.
    right : float
        Part of the width kept free on the right for labels.
    left : float
        Part of the width kept free on the left.
    legend : bool
    reverse : bool
        First category on top (lying bars).
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    gap: int = 55
    low: float | None = None
    high: float | None = None
    step: float | None = None
    axis: bool = False
    pattern: str = "General"
    right: float = 0.0
    left: float = 0.0
    legend: bool = False
    reverse: bool = False


NONE = Look()


def typed(plan: Native) -> Native:
    """Return a plan whose labels are all words, in the spelling of the deck's language.

    They look the same on every computer, whatever its regional settings, but do not follow when
    somebody edits the numbers.
    """
    return replace(
        plan, series=tuple(
            replace(one, labels=tuple(_typed(label, one.name) for label in one.labels))
            for one in plan.series
        ),
    )  # fmt: skip


def _typed(label: Label | None, name: str) -> Label | None:
    if label is None or label.text:
        return label
    said = f"{name} {label.said}" if label.series else label.said
    return replace(label, text=said, series=False)


def native(chart: forms.Form, lang: Lang) -> Native | None:
    """Return the native plan of a chart; None for a grid, which is a table.

    Parameters
    ----------
    chart : Form
    lang : {"vi", "en"}
        Language of the words in labels; separators follow the reader's own system.
    """
    from hlanalysis.publish.native import lines, stacks

    planners: dict[type, Callable[[Any, Lang], Native]] = {
        forms.Bars: _bars, forms.Groups: _groups, forms.Shares: _shares, forms.Strip: _strip,
        forms.Tiles: stacks.tiles, forms.Stacked: stacks.stacked,
        forms.Waterfall: stacks.waterfall, forms.Intervals: stacks.intervals,
        forms.Tornado: stacks.tornado, forms.Lines: lines.lines,
        forms.Slope: lines.slope,
    }  # fmt: skip
    planner = planners.get(type(chart))
    return _from_zero(planner(chart, lang)) if planner else None


def _from_zero(plan: Native) -> Native:
    """Pin the axis of bars to zero: left alone, Office starts 55 against 63 at 50."""
    values = [v for one in plan.series if one.kind in ("bar", "column") for v in one.values if v]
    if not values or plan.low is not None or plan.high is not None:
        return plan
    if min(values) > 0:
        return replace(plan, low=0.0)
    return replace(plan, high=0.0) if max(values) < 0 else plan


def look_of(mark: Mark, role: forms.Role | None = None) -> Look:
    """Return the look of a mark: hollow, dashed and hatched as in the pictures."""
    style = theme.style_of(mark, role)
    return Look(style.face, style.edge, style.dashed, bool(style.hatch), style.hollow)


def pattern_of(
    mark: Mark, unit: str, lang: Lang, places: int | None = None, *, signed: bool = False
) -> str:
    """Return the number format that writes a mark as the pictures do: "hơn "#,##0.

    Examples
    --------
    >>> pattern_of(Mark("", 301, bound="over"), "bn_vnd", "vi")
    '"hơn "#,##0'
    """
    body = number_pattern(mark.value, unit, lang, places, signed=False)
    before = "".join(f"{word(key, lang)} " for key in (mark.estimate and "estimate", mark.bound)
                     if key)  # fmt: skip
    after = f" ({word('inferred', lang)})" if mark.inferred else ""
    head, tail = (f'"{before}"' if before else ""), (f'"{after}"' if after else "")
    if not signed:
        return f"{head}{body}{tail}"
    return f'{head}"+"{body}{tail};{head}"−"{body}{tail};{head}{body}{tail}'


def number_pattern(
    value: object, unit: str, lang: Lang, places: int | None = None, *, signed: bool = False
) -> str:
    """Return the number format of a value with the decimals that the pictures give it."""
    shown = "0" if value is None else number_text(value, unit, lang, places)  # type: ignore[arg-type]
    found = find_unit(unit)
    mark = "," if lang == "vi" else "."
    tail = shown.rstrip("%‰").partition(mark)[2]
    body = "#,##0" + (f".{'0' * len(tail)}" if tail.isdigit() else "")
    if found and found.glued:
        # A bare % would multiply by a hundred: our values are percent already.
        body += f'"{found.name(lang)}"'
    return f'"+"{body};"−"{body};{body}' if signed else body


def label_of(
    mark: Mark, unit: str, lang: Lang, places: int | None = None, *, signed: bool = False,
    role: forms.Role | None = None, **more: Any,
) -> Label:  # fmt: skip
    """Return the label of a mark."""
    ink = theme.INK[role or mark.role]
    if mark.text:
        return Label(text=clean(mark.text), ink=ink, **more)
    said = value_text(mark, unit, lang, places, signed=signed)
    return Label(pattern_of(mark, unit, lang, places, signed=signed), said=said, ink=ink, **more)


def number(value: object) -> float | None:
    """Return a value as a spreadsheet stores it."""
    return None if value is None else float(value)  # type: ignore[arg-type]


def tidy(value: float) -> float:
    """Drop the dust of binary subtraction: a planner opens these cells.

    Examples
    --------
    >>> tidy(301 - 222.044)
    78.956
    """
    return float(f"{value:.12g}")


def _bars(chart: forms.Bars, lang: Lang) -> Native:
    marks = [*chart.marks, *([chart.reference] if chart.reference else [])]
    years = all(clean(mark.label).isdecimal() for mark in chart.marks)
    upright = not chart.horizontal and (years or _short(marks))
    labels = [
        label_of(mark, chart.unit, lang, chart.places, signed=chart.signed)
        if mark.value is not None
        else None
        for mark in marks
    ]
    return Native(
        tuple(clean(mark.label) for mark in marks),
        (
            Series(
                find_name(chart.unit, lang), tuple(number(mark.value) for mark in marks),
                tuple(map(look_of, marks)), tuple(labels), "column" if upright else "bar",
            ),
        ),
        gap=50,
        reverse=not upright,
        right=0 if upright else 0.04,
    )  # fmt: skip


def _short(marks: Sequence[Mark]) -> bool:
    return (
        len(marks) <= 12 and max((len(mark.label) for mark in marks), default=0) * len(marks) <= 110
    )


def find_name(unit: str, lang: Lang) -> str:
    """Return a name for a series that has none: its unit."""
    found = find_unit(unit)
    return (found.name(lang) if found else unit) or word("values", lang)


def _groups(chart: forms.Groups, lang: Lang) -> Native:
    series = []
    for name in chart.series():
        marks = [next((mark for mark in group.marks if mark.label == name), Mark(name, None))
                 for group in chart.groups]  # fmt: skip
        labels = [
            None if mark.value is None
            else label_of(mark, chart.unit, lang, chart.places, signed=chart.signed, series=True)
            for mark in marks
        ]  # fmt: skip
        series.append(Series(
            clean(name), tuple(number(mark.value) for mark in marks), tuple(map(look_of, marks)),
            tuple(labels), "bar",
        ))  # fmt: skip
    categories = tuple(clean(group.label) for group in chart.groups)
    return Native(categories, tuple(series), gap=45, reverse=True, right=0.12)


def _shares(chart: forms.Shares, lang: Lang) -> Native:
    from hlanalysis.numbers import to_fraction

    marks, whole = chart.ordered(), to_fraction(chart.whole())
    labels = []
    for mark in marks:
        text = value_text(mark, chart.unit, lang)
        if mark.value is not None and whole:
            share = to_fraction(mark.value) / whole * 100
            places = 1 if chart.places is None else chart.places
            text += f" · {number_text(share, 'percent', lang, places)}"
        labels.append(Label(text=text, ink=theme.INK[mark.role]))
    return Native(
        tuple(clean(mark.label) for mark in marks),
        (
            Series(
                find_name(chart.unit, lang), tuple(number(mark.value) for mark in marks),
                tuple(map(look_of, marks)), tuple(labels), "bar",
            ),
        ),
        gap=45,
        reverse=True,
        right=0.1,
    )  # fmt: skip


def _strip(chart: forms.Strip, lang: Lang) -> Native:
    """Return the marks in order as bars: a strip of dots has no native kin."""
    known = [mark for mark in chart.marks if mark.value is not None]
    ordered = tuple(sorted(known, key=lambda mark: -float(mark.value or 0)))
    bars = forms.Bars(ordered, chart.unit, True, chart.reference, chart.places, chart.signed)
    return replace(_bars(bars, lang), gap=35)
