"""Renew the numbers of a deck by the names of its shapes; nothing is moved or restyled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.charts.forms import Grid
from hlanalysis.charts.words import clean, word
from hlanalysis.errors import InputError
from hlanalysis.publish.native.plan import Label, Native, native
from hlanalysis.publish.slides.deck import write_notes
from hlanalysis.publish.slides.layout import read_deck

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit


@dataclass(frozen=True, slots=True)
class Updated:
    """A renewed deck.

    Attributes
    ----------
    data : bytes
    renewed : tuple of str
        Exhibits whose numbers were put into the deck.
    absent : tuple of str
        Exhibits that the deck does not show.
    unlike : tuple of str
        Exhibits whose chart has been rebuilt by hand (other kind, other number of series): left
        as they are, for a number in the wrong series is worse than an old one.
    """

    data: bytes
    renewed: tuple[str, ...]
    absent: tuple[str, ...]
    unlike: tuple[str, ...]


def update_slides(deck: Path, exhibits: Sequence[Exhibit]) -> Updated:
    """Put today's numbers into a deck that `slides` once made and people have worked on since.

    Shapes are found by name, wherever they stand: charts and tables by the exhibit's id, words by
    ``id:title``, ``id:subtitle``, ``id:note`` and ``id:source``. Place, size, colours and fonts
    stay; of the notes only our own lines change.

    Raises
    ------
    InputError
        If the file is no presentation, or none of the exhibits is in it.
    """
    from pptx import Presentation

    from hlanalysis.publish.steady import steady

    opened = Presentation(io.BytesIO(read_deck(deck)))
    by_id = {one.id: one for one in exhibits}
    renewed: dict[str, None] = {}
    unlike: dict[str, None] = {}
    for slide in opened.slides:
        shown: dict[str, bool] = {}
        for shape in _shapes(slide.shapes):
            if shape.name in by_id and (shape.has_chart or shape.has_table):
                shown[shape.name] = _renew(shape, by_id[shape.name])
        for name, done in shown.items():
            (renewed if done else unlike)[name] = None
            if done:
                _renew_words(slide, by_id[name])
    if not renewed and not unlike:
        raise InputError(
            str(deck), "no chart is named after an exhibit", "names such as "
            + ", ".join(list(by_id)[:3]),
            "make a deck with `hlanalysis export pptx` and keep the names of its shapes",
        )  # fmt: skip
    held = io.BytesIO()
    opened.save(held)
    absent = tuple(name for name in by_id if name not in renewed and name not in unlike)
    return Updated(steady(held.getvalue()), tuple(renewed), absent, tuple(unlike))


def _shapes(shapes: Any) -> Any:
    """Yield shapes, those inside groups too."""
    for shape in shapes:
        if shape.shape_type == 6:
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _renew(shape: Any, exhibit: Exhibit) -> bool:
    """Renew one chart or table; say whether it could be done."""
    plan = native(exhibit.chart, exhibit.lang)
    if plan is None:
        done = shape.has_table and _renew_table(shape.table, exhibit)
    else:
        done = shape.has_chart and _renew_chart(shape.chart, plan)
    if done:
        shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(exhibit.alt))
    return bool(done)


def _renew_table(table: Any, exhibit: Exhibit) -> bool:
    from hlanalysis.publish.slides.table import grid_texts

    assert isinstance(exhibit.chart, Grid)
    texts = grid_texts(exhibit.chart)
    if (len(texts), len(texts[0])) != (len(table.rows), len(table.columns)):
        return False
    for number, line in enumerate(texts):
        for column, text in enumerate(line):
            _retype(table.cell(number, column).text_frame, text)
    return True


def _renew_chart(chart: Any, plan: Native) -> bool:
    from pptx.chart.data import CategoryChartData

    from hlanalysis.publish.slides.chart import data_workbook

    series = list(chart._chartSpace.iterfind(".//{*}ser"))
    if len(series) != len(plan.series) or not chart.plots or _kind(series[0]) != _plan_kind(plan):
        return False
    data = CategoryChartData()
    data.categories = plan.categories
    for one in plan.series:
        data.add_series(one.name, one.values)
    chart.replace_data(data)
    # The workbook that python-pptx has just written would take a name like "=1+1" for a formula.
    chart.part.chart_workbook.xlsx_part.blob = data_workbook(plan)
    # Series of a mixed chart stand kind by kind in the file, but by number in the plan.
    ordered = sorted(series, key=lambda ser: int(ser.find("{*}idx").get("val")))
    for element, one in zip(ordered, plan.series, strict=True):
        for index, label in enumerate(one.labels):
            _relabel(element, index, label, one.name)
    return True


def _kind(series: Any) -> str:
    return str(series.getparent().tag.rpartition("}")[2])


def _plan_kind(plan: Native) -> str:
    return {"bar": "barChart", "column": "barChart", "line": "lineChart", "area": "areaChart"}[
        plan.series[0].kind
    ]


def _relabel(series: Any, index: int, label: Label | None, name: str) -> None:
    """Give a point's label its new words or number format, and leave its letters as they are."""
    for found in series.iterfind("{*}dLbls/{*}dLbl"):
        if found.find("{*}idx").get("val") != str(index) or label is None:
            continue
        texts = list(found.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"))
        pattern = found.find("{*}numFmt")
        if texts:
            said = f"{name} {label.said}" if label.series else label.said
            texts[0].text = label.text or said
            for other in texts[1:]:
                other.text = ""
        elif pattern is not None and not label.text:
            pattern.set("formatCode", label.pattern)


def _renew_words(slide: Any, exhibit: Exhibit) -> None:
    source = clean(exhibit.source)
    lead = word("source", exhibit.lang)
    if not source.casefold().startswith(lead.casefold()):
        source = f"{lead}: {source}"
    words = {
        f"{exhibit.id}:title": exhibit.finding,
        f"{exhibit.id}:subtitle": exhibit.subtitle,
        f"{exhibit.id}:note": exhibit.note,
        f"{exhibit.id}:source": source,
    }
    for shape in _shapes(slide.shapes):
        if words.get(shape.name, "").strip() and shape.has_text_frame:
            _retype(shape.text_frame, words[shape.name])
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        write_notes(slide.notes_slide.notes_text_frame, exhibit)


def _retype(frame: Any, text: str) -> None:
    """Change the words and keep the letters' look: the first run takes all, the others go."""
    runs = [run for paragraph in frame.paragraphs for run in paragraph.runs]
    if not runs:
        frame.text = clean(text)
        return
    runs[0].text = clean(text)
    for run in runs[1:]:
        run._r.getparent().remove(run._r)
    for paragraph in list(frame.paragraphs)[1:]:
        paragraph._p.getparent().remove(paragraph._p)
