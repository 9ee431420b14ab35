"""Slides with native charts: a finding a slide, with unit, source, text alternative and notes.

Every shape carries the exhibit's id as its name, so that `update_slides` finds it again in a deck
that somebody has rearranged, and renews the numbers without moving anything.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.charts import theme
from hlanalysis.charts.words import clean, word
from hlanalysis.numbers import Lang
from hlanalysis.publish.native.plan import Native, native, typed
from hlanalysis.publish.slides.layout import (
    EMU,
    Place,
    content_layout,
    content_place,
    open_deck,
    opening_layout,
)

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit

TAGS: dict[Lang, str] = {"vi": "vi-VN", "en": "en-US"}
# Lines of the notes that we write begin so; a speaker's own lines do not.
OURS = "● "


def slides(
    exhibits: Sequence[Exhibit],
    lang: Lang,
    *,
    title: str = "",
    subtitle: str = "",
    template: Path | None = None,
    typed_labels: bool = False,
) -> bytes:
    """Return a PowerPoint deck, one exhibit a slide, its charts native and editable.

    Parameters
    ----------
    exhibits : sequence of Exhibit
    lang : {"vi", "en"}
        Language of the deck; its spelling checker follows.
    title, subtitle : str
        Of an opening slide; none without a title. Each line of the subtitle is a paragraph.
    template : Path, optional
        A town's own .pptx or .potx: its layouts, colours of text and fonts are kept, its sample
        slides are left out.
    typed_labels : bool
        Type the labels of charts instead of giving them number formats: separators then are those
        of the deck's language on every computer, but labels do not follow edits.

    Returns
    -------
    bytes
        The same for the same exhibits: no clock, no random ids.

    Raises
    ------
    InputError
        If the template cannot be used.
    """
    from hlanalysis.publish.steady import steady

    deck = open_deck(template)
    if title:
        _opening(deck, title, subtitle, lang)
    layout = content_layout(deck)
    for exhibit in exhibits:
        _slide(deck, layout, exhibit, typed_labels)
    _properties(deck, title or (exhibits[0].finding if exhibits else ""), lang)
    held = io.BytesIO()
    deck.save(held)
    return steady(held.getvalue())


def _opening(deck: Any, title: str, subtitle: str, lang: Lang) -> None:
    slide = deck.slides.add_slide(opening_layout(deck))
    _write(slide.shapes.title.text_frame, title, lang)
    slide.shapes.title.name = "opening:title"
    others = [one for one in slide.placeholders if one.placeholder_format.idx != 0]
    for number, shape in enumerate(others):
        if number == 0 and subtitle:
            _write(shape.text_frame, subtitle, lang)
            shape.name = "opening:subtitle"
        else:
            shape._element.getparent().remove(shape._element)


def _slide(deck: Any, layout: Any, exhibit: Exhibit, typed_labels: bool) -> None:
    slide = deck.slides.add_slide(layout)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx != 0:
            shape._element.getparent().remove(shape._element)
    title = slide.shapes.title
    title.name = f"{exhibit.id}:title"
    _write(title.text_frame, exhibit.finding, exhibit.lang)
    _fit_title(title, deck)
    place = _words(slide, exhibit, content_place(deck, layout))
    plan = native(exhibit.chart, exhibit.lang)
    if plan is None:
        from hlanalysis.publish.slides.table import add_grid

        frame = add_grid(slide, exhibit, place)
    else:
        frame = add_chart(slide, typed(plan) if typed_labels else plan, place, exhibit.lang)
    frame.name = exhibit.id
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(exhibit.alt))
    _reading_order(slide, exhibit)
    _notes(slide, exhibit)


def _reading_order(slide: Any, exhibit: Exhibit) -> None:
    """Let a screen reader come to note and source after the chart, as the eye does."""
    by_name = {shape.name: shape for shape in slide.shapes}
    for name in ("note", "source"):
        shape = by_name.get(f"{exhibit.id}:{name}")
        if shape is not None:
            slide.shapes._spTree.append(shape._element)


def _fit_title(title: Any, deck: Any) -> None:
    """Make long findings smaller rather than let them run into the chart."""
    from pptx.util import Pt

    wide = (title.width or deck.slide_width * 0.9) / EMU
    lines = max((title.height or 0.95 * EMU) / EMU / (28 * 1.2 / 72), 1.0)
    for size in (28, 24, 20, 18, 16):
        fits = (
            text_width(title.text_frame.text, size, True)
            <= wide * max(int(lines * 28 / size), 1) * 0.94
        )
        if fits or size == 16:
            if size < 28:
                for run in title.text_frame.paragraphs[0].runs:
                    run.font.size = Pt(size)
            return


def _words(slide: Any, exhibit: Exhibit, place: Place) -> Place:
    """Write unit, note and source around the room for the chart, which is returned."""
    top, bottom = place.top, place.top + place.height
    if exhibit.subtitle.strip():
        high = int(0.36 * EMU)
        row = Place(place.left, top, place.width, high)
        _box(slide, exhibit, "subtitle", exhibit.subtitle, row, theme.SUBTITLE)
        top += high
    source = clean(exhibit.source)
    lead = word("source", exhibit.lang)
    if not source.casefold().startswith(lead.casefold()):
        source = f"{lead}: {source}"
    for name, text, size in (("source", source, theme.SOURCE), ("note", exhibit.note, theme.LABEL)):
        if text.strip():
            lines = _lines(text, place.width / EMU, size)
            high = int(lines * size * 1.22 / 72 * EMU) + int(0.04 * EMU)
            bottom -= high
            _box(slide, exhibit, name, text, Place(place.left, bottom, place.width, high), size)
    gap = int(0.06 * EMU)
    return Place(place.left, top + gap, place.width, bottom - top - 2 * gap)


def _lines(text: str, width: float, size: float) -> int:
    return max(1, -int(-text_width(clean(text), size, False) // (width * 0.95)))


def _box(slide: Any, exhibit: Exhibit, name: str, text: str, place: Place, size: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    shape = slide.shapes.add_textbox(place.left, place.top, place.width, place.height)
    shape.name = f"{exhibit.id}:{name}"
    frame = shape.text_frame
    frame.word_wrap = True
    # The same left edge as the title's words, which stand a tenth of an inch inside their box.
    frame.margin_top = frame.margin_bottom = 0
    _write(frame, text, exhibit.lang)
    for run in frame.paragraphs[0].runs:
        run.font.size = Pt(size)
        run.font.color.rgb = RGBColor.from_string(theme.QUIET.lstrip("#"))


def _write(frame: Any, text: str, lang: Lang) -> None:
    from pptx.enum.lang import MSO_LANGUAGE_ID

    frame.text = "\n".join(clean(line) for line in text.split("\n"))
    tag = {"vi": MSO_LANGUAGE_ID.VIETNAMESE, "en": MSO_LANGUAGE_ID.ENGLISH_US}[lang]
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = tag


def add_chart(slide: Any, plan: Native, place: Place, lang: Lang) -> Any:
    """Put a native chart on a slide and return its frame."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml

    from hlanalysis.publish.slides.chart import chart_xml, data_workbook

    seed = CategoryChartData()
    seed.categories = ["0"]
    seed.add_series("0", [0])
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, place.left, place.top, place.width, place.height, seed
    )
    part = frame.chart.part
    part.chart_workbook.xlsx_part.blob = data_workbook(plan)
    data_id = part._element.find("{*}externalData").get(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    )
    xml = chart_xml(plan, TAGS[lang], data_id, label_share(plan, place.width / EMU))
    part._element = parse_xml(xml.encode("utf-8"))
    return frame


def label_share(plan: Native, width: float) -> float:
    """Return the part of a chart's width that the labels of lying bars take; 0 for upright ones."""
    if not any(one.kind == "bar" for one in plan.series):
        return 0.0
    widest = max((text_width(name, theme.LABEL, False) for name in plan.categories), default=0.0)
    return min((widest + 0.25) / width, 0.36)


def text_width(text: str, size: float, bold: bool) -> float:
    """Return about how many inches a text is wide, in Arial or its like."""
    import unicodedata

    total = 0.0
    for letter in unicodedata.normalize("NFC", text):
        plain = unicodedata.normalize("NFD", letter)[0]
        if plain in "iljtfr.,:;'|!() [-":
            total += 0.3
        elif plain.isupper() or plain in "mwMW%@":
            total += 0.72
        else:
            total += 0.56
    return total * size / 72 * (1.06 if bold else 1.0)


def _notes(slide: Any, exhibit: Exhibit) -> None:
    frame = slide.notes_slide.notes_text_frame
    write_notes(frame, exhibit)


def write_notes(frame: Any, exhibit: Exhibit) -> None:
    """Write our lines of the notes and keep those that a speaker has added."""
    from pptx.enum.lang import MSO_LANGUAGE_ID

    own = [
        paragraph.text
        for paragraph in frame.paragraphs
        if paragraph.text.strip() and not paragraph.text.startswith(OURS)
    ]
    said = [exhibit.script or exhibit.finding, exhibit.note, exhibit.source]
    lines = [OURS + clean(line) for line in said if line.strip()]
    frame.text = "\n".join([*lines, *own])
    tag = {"vi": MSO_LANGUAGE_ID.VIETNAMESE, "en": MSO_LANGUAGE_ID.ENGLISH_US}[exhibit.lang]
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = tag


def _properties(deck: Any, title: str, lang: Lang) -> None:
    core = deck.core_properties
    core.title, core.language = clean(title)[:250], TAGS[lang]
    core.author = core.last_modified_by = "hlanalysis"
    core.revision = 1
