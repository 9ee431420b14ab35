"""From an exhibit to a figure, and from a figure to the same bytes each time."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hlanalysis.charts import forms, theme
from hlanalysis.charts.canvas import Canvas
from hlanalysis.charts.words import word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from hlanalysis.charts.exhibit import Exhibit

# matplotlib's settings belong to the process; one drawing at a time borrows and returns them.
_SETTINGS = threading.RLock()


def draw(exhibit: Exhibit) -> Figure:
    """Return the exhibit as a matplotlib figure at slide size."""
    import matplotlib

    with _SETTINGS, matplotlib.rc_context(theme.settings()):
        canvas = Canvas(
            finding=exhibit.finding, subtitle=exhibit.subtitle, source=exhibit.source,
            lang=exhibit.lang, note=exhibit.note,
        )  # fmt: skip
        if next(exhibit.chart.items(), None) is None:
            box = canvas.box
            canvas.write(box.left, box.top - 0.5, word("gap", exhibit.lang), colour=theme.QUIET)
        else:
            _drawer(exhibit.chart)(canvas, exhibit.chart)
        return canvas.figure


def svg_of(exhibit: Exhibit) -> str:
    """Return the exhibit as SVG: text as paths, no clock, no random ids, its words as label."""
    from xml.sax.saxutils import quoteattr

    data = _saved(exhibit, "svg", dict.fromkeys(("Date", "Creator", "Format", "Type")))
    head, tag, rest = data.decode("utf-8").partition("<svg ")
    return f'{head}{tag}role="img" lang="{exhibit.lang}" aria-label={quoteattr(exhibit.alt)} {rest}'


def png_of(exhibit: Exhibit) -> bytes:
    """Return the exhibit as a PNG without metadata."""
    return _saved(exhibit, "png", {"Software": None})


def _saved(exhibit: Exhibit, kind: str, metadata: dict[str, Any]) -> bytes:
    import matplotlib

    buffer = io.BytesIO()
    with _SETTINGS, matplotlib.rc_context(theme.settings()):
        draw(exhibit).savefig(buffer, format=kind, dpi=theme.DPI, metadata=metadata)
    return buffer.getvalue()


def _drawer(chart: forms.Form) -> Callable[[Canvas, Any], None]:
    from hlanalysis.charts import (
        bars,
        grid,
        groups,
        intervals,
        lines,
        shares,
        slope,
        stacked,
        strip,
        tiles,
        tornado,
        waterfall,
    )  # fmt: skip

    drawers: dict[type, Callable[[Canvas, Any], None]] = {
        forms.Bars: bars.draw, forms.Groups: groups.draw, forms.Lines: lines.draw,
        forms.Stacked: stacked.draw, forms.Waterfall: waterfall.draw, forms.Slope: slope.draw,
        forms.Intervals: intervals.draw, forms.Shares: shares.draw, forms.Tiles: tiles.draw,
        forms.Grid: grid.draw, forms.Tornado: tornado.draw, forms.Strip: strip.draw,
    }  # fmt: skip
    return drawers[type(chart)]
