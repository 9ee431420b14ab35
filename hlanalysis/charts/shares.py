"""Parts of one whole: a bar each, with amount and share."""

from __future__ import annotations

from hlanalysis.charts import theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.forms import Mark, Shares
from hlanalysis.charts.marks import GAP, bar, lay_rows, row_axes
from hlanalysis.charts.words import clean, number_text, value_text, word
from hlanalysis.numbers import to_fraction


def draw(canvas: Canvas, chart: Shares) -> None:
    """Draw the parts, largest first, before pale bars as long as the whole."""
    marks = chart.ordered()
    if any(mark.value is not None and mark.value < 0 for mark in marks):
        raise ValueError("shares: a part is negative; a whole has no negative parts. "
                         "Hint: use bars or a waterfall")  # fmt: skip
    whole = float(chart.whole())
    _total(canvas, chart)
    texts = [share_text(chart, mark, canvas) for mark in marks]
    rows = lay_rows(canvas, [mark.label for mark in marks])
    right = max((canvas.width(text, bold=True) for text in texts), default=0.0) + 0.15
    longest = max((float(mark.value or 0) for mark in marks), default=1.0) or 1.0
    for box, held in rows.panels:
        axes = row_axes(canvas, rows, box, held, (0.0, longest if whole else 1.0), 0.0, right)
        for row in held:
            value = float(marks[row].value or 0)
            style = theme.style_of(marks[row])
            if value:
                bar(axes, True, row, 0, value, rows.thickness, style)
            canvas.label(axes, value, row, texts[row], dx=GAP, bold=True, colour=style.ink)
        axes.axvline(0, color=theme.QUIET, linewidth=1.2, zorder=3, clip_on=False)


def share_text(chart: Shares, mark: Mark, canvas: Canvas) -> str:
    """Write amount and share: "2.774 · 37,3%"."""
    amount = value_text(mark, chart.unit, canvas.lang)
    whole = to_fraction(chart.whole())
    if mark.value is None or not whole:
        return amount
    share = to_fraction(mark.value) / whole * 100
    places = 1 if chart.places is None else chart.places
    return f"{amount} · {number_text(share, 'percent', canvas.lang, places)}"


def _total(canvas: Canvas, chart: Shares) -> None:
    if chart.total is not None:
        text = f"{clean(chart.total.label)}: {value_text(chart.total, chart.unit, canvas.lang)}"
    else:
        text = f"{word('total', canvas.lang)}: " + number_text(
            chart.whole(), chart.unit, canvas.lang
        )
    line = canvas.line_height()
    canvas.write(canvas.box.left, canvas.box.top - line * 0.8, text, bold=True, colour=theme.QUIET)
    canvas.box = canvas.box.inside(top=line + 0.12)
