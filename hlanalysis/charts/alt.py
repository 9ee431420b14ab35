"""The text alternative of a chart: finding, unit and the values in words."""

from __future__ import annotations

from hlanalysis.charts.forms import Form, Grid, Intervals, Mark, Tiles, Value
from hlanalysis.charts.words import clean, number_text, unit_word, value_text, word
from hlanalysis.numbers import Lang, format_number, round_half_up, to_fraction

# A listener loses the thread after about so many numbers; beyond, the ends and extremes are told.
SPOKEN = 16
# More decimals than these no one reads, and no printed figure of the field implies.
MOST_PLACES = 7


def alt_text(finding: str, chart: Form, lang: Lang) -> str:
    """Say what a chart shows to a reader who does not see it.

    Parameters
    ----------
    finding : str
        The chart's title sentence.
    chart : Form
    lang : {"vi", "en"}

    Returns
    -------
    str
        Finding, unit, then every value; of long series the first, last, highest and lowest.
    """
    sentences = [clean(finding).rstrip(".")]
    unit = unit_word(chart.unit, lang)
    if unit:
        sentences.append(f"{word('unit', lang)}: {unit}")
    return ". ".join([*sentences, _values(chart, lang)]) + "."


def _values(chart: Form, lang: Lang) -> str:
    by_series: dict[str, list[Mark]] = {}
    for series, mark in chart.items():
        by_series.setdefault(series, []).append(mark)
    spoken = max(SPOKEN // max(len(by_series), 1), 4)
    parts = []
    for series, marks in by_series.items():
        told = _told(marks, spoken, chart, lang)
        parts.append(f"{clean(series)}: {told}" if series else told)
    return "; ".join(parts)


def _told(marks: list[Mark], spoken: int, chart: Form, lang: Lang) -> str:
    known = [mark for mark in marks if mark.value is not None]
    if len(marks) <= spoken or not known:
        return ", ".join(_one(mark, chart, lang) for mark in marks)
    ends = [_one(marks[0], chart, lang), _one(marks[-1], chart, lang)]
    highest = max(known, key=lambda mark: float(mark.value or 0))
    lowest = min(known, key=lambda mark: float(mark.value or 0))
    return ", ".join([
        f"{len(marks)} {word('values', lang)}", *ends,
        f"{word('most', lang)} {_one(highest, chart, lang)}",
        f"{word('least', lang)} {_one(lowest, chart, lang)}",
    ])  # fmt: skip


def _one(mark: Mark, chart: Form, lang: Lang) -> str:
    places = getattr(chart, "places", None)
    if isinstance(chart, Grid):
        return f"{clean(mark.label)} {mark.text}"
    if isinstance(chart, Tiles):
        return f"{clean(mark.label)}: {mark.text.replace('/', ' ' + word('of', lang) + ' ')}"
    text = value_text(mark, chart.unit, lang, places, signed=getattr(chart, "signed", False))
    span = _span(mark, chart, lang)
    told = [text] if mark.value is not None or not span else []
    return f"{clean(mark.label)}: {', '.join([*told, *span])}"


def _span(mark: Mark, chart: Form, lang: Lang) -> list[str]:
    """Say the bounds of a mark, if it has any."""
    if isinstance(chart, Intervals):
        low, high = interval_bounds(mark, chart, lang)
    else:
        places = getattr(chart, "places", None)
        low, high = (
            "" if end is None else number_text(end, chart.unit, lang, places)
            for end in (mark.low, mark.high)
        )
    if low and high:
        return [f"{word('between', lang)} {low} {word('and', lang)} {high}"]
    return [f"≥ {low}"] if low else [f"≤ {high}"] if high else []


def interval_bounds(mark: Mark, chart: Intervals, lang: Lang) -> tuple[str, str]:
    """Write the bounds of an interval with as many decimals as all rows of the chart need.

    So few that they can be read, so many that no two different numbers of the chart look the
    same: "(124,99; 125,00)" would hide whether 125 is inside.
    """
    places = bound_places(chart)
    low, high = (
        "" if end is None else format_number(end, places, lang=lang)
        for end in (mark.low, mark.high)
    )
    return low, high


def bound_places(chart: Intervals) -> int:
    """Return the decimals that tell the bounds of each row from its candidate and the reference."""
    if chart.places is not None:
        return chart.places
    level = chart.reference.value if chart.reference else None
    return max((_row_places(mark, level) for mark in chart.marks), default=0)


def _row_places(mark: Mark, level: Value | None) -> int:
    found = (mark.low, mark.value, mark.high, level)
    exact = {to_fraction(number) for number in found if number is not None}
    for places in range(MOST_PLACES):
        if len({round_half_up(number, places) for number in exact}) == len(exact):
            return places
    return MOST_PLACES
