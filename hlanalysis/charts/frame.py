"""The numbers behind a chart as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hlanalysis.charts.forms import Form, Grid, Mark
from hlanalysis.charts.words import clean, unit_word, value_text
from hlanalysis.numbers import Lang

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("series", "label", "value", "low", "high", "unit", "written", "mark", "cites")


def frame_of(chart: Form, lang: Lang) -> pd.DataFrame:
    """Return the data of a chart, a row a number, in the order it is drawn.

    Parameters
    ----------
    chart : Form
    lang : {"vi", "en"}
        Language of `unit` and `written`.

    Returns
    -------
    DataFrame, shape (n_marks, 9)
        ``series``, ``label``, ``value``, ``low`` and ``high`` as floats (NaN for a gap),
        ``unit``, ``written`` as the reader sees it, ``mark`` (bound, estimate, inferred or
        empty), ``cites``.
    """
    import pandas as pd

    unit = unit_word(chart.unit, lang)
    records = [
        (
            clean(series), clean(mark.label), _float(mark.value), _float(mark.low),
            _float(mark.high), unit, _written(chart, mark, lang), _kind(mark),
            " ".join(mark.cites),
        )
        for series, mark in chart.items()
    ]  # fmt: skip
    return pd.DataFrame.from_records(records, columns=list(COLUMNS))


def _float(value: object) -> float:
    return float("nan") if value is None else float(value)  # type: ignore[arg-type]


def _written(chart: Form, mark: Mark, lang: Lang) -> str:
    if isinstance(chart, Grid):
        return mark.text
    signed = getattr(chart, "signed", False)
    return value_text(mark, chart.unit, lang, getattr(chart, "places", None), signed=signed)


def _kind(mark: Mark) -> str:
    names = [mark.bound and f"bound_{mark.bound}", mark.estimate and "estimate"]
    names.append(mark.inferred and "inferred")
    return " ".join(name for name in names if name)
