"""An exhibit: one chart with its finding, source and text alternative, in one language."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hlanalysis.charts.forms import Form
from hlanalysis.numbers import Lang

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """A chart that can leave the house: finding, unit, source and text alternative with it.

    Attributes
    ----------
    id : str
        Short name for files, shapes and links: ``revenue_vs_plan``.
    lang : {"vi", "en"}
    finding : str
        The title: a sentence with the number in it.
    subtitle : str
        Unit and period.
    source : str
        Sources and data date; drawn inside the picture because slides lose captions.
    chart : Form
    alt : str
        The text alternative; finding, unit and values in words if left out.
    note : str
        An assumption or a definition that must stand beside the number.
    script : str
        What a speaker says: the official sentence; goes into the speaker notes.
    cites : tuple of str
        Ids of the observations behind the exhibit; those of the marks if left out.

    Raises
    ------
    ValueError
        If finding or source is empty: no chart leaves without them.

    Examples
    --------
    >>> from hlanalysis.charts.forms import Bars, Mark
    >>> exhibit = Exhibit(
    ...     id="revenue", lang="vi", finding="Thu 2024 đạt 222,044 tỷ đồng",
    ...     subtitle="Tỷ đồng", source="Báo cáo năm 2024",
    ...     chart=Bars((Mark("2024", 222),), "bn_vnd"),
    ... )
    >>> print(exhibit.alt)
    Thu 2024 đạt 222,044 tỷ đồng. Đơn vị: tỷ đồng. 2024: 222.
    """

    id: str
    lang: Lang
    finding: str
    source: str
    chart: Form
    subtitle: str = ""
    alt: str = ""
    note: str = ""
    script: str = ""
    cites: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for name in ("id", "finding", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"exhibit {self.id!r}: no {name}; every chart needs one")
        if not self.alt:
            from hlanalysis.charts.alt import alt_text

            alt = alt_text(self.finding, self.chart, self.lang)
            object.__setattr__(self, "alt", alt)
        if not self.cites:
            cites = dict.fromkeys(cite for _, mark in self.chart.items() for cite in mark.cites)
            object.__setattr__(self, "cites", tuple(cites))

    def figure(self) -> Figure:
        """Return the chart drawn at slide size; a new figure each time, known to no pyplot."""
        from hlanalysis.charts.render import draw

        return draw(self)

    def svg(self) -> str:
        """Return the drawing as SVG, text as paths; the same bytes each time."""
        return _svg(self)

    def png(self) -> bytes:
        """Return the drawing as a 1920 x 1080 PNG without metadata; the same bytes each time."""
        return _png(self)

    def frame(self) -> pd.DataFrame:
        """Return the numbers behind the chart, a row each."""
        from hlanalysis.charts.frame import frame_of

        return frame_of(self.chart, self.lang)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Show itself in a notebook with its text alternative."""
        return (
            {"image/svg+xml": self.svg(), "text/plain": self.alt},
            {"image/svg+xml": {"alt": self.alt}},
        )


# The same exhibit goes into a page, the charts folder and a slide in one build.
@functools.lru_cache(maxsize=64)
def _svg(exhibit: Exhibit) -> str:
    from hlanalysis.charts.render import svg_of

    return svg_of(exhibit)


@functools.lru_cache(maxsize=64)
def _png(exhibit: Exhibit) -> bytes:
    from hlanalysis.charts.render import png_of

    return png_of(exhibit)
