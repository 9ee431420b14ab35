"""Decks: the plain one of 16:9 or a town's own template, and where things go on a slide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hlanalysis.charts import theme
from hlanalysis.errors import InputError

# English Metric Units an inch, as PowerPoint counts.
EMU = 914400
_TEMPLATE = b"presentationml.template.main+xml"
_DECK = b"presentationml.presentation.main+xml"
# Placeholders that belong to a slide's furniture, not to its content: date, footer, slide number.
_FURNITURE = (13, 15, 16)
_TITLES = (1, 3)


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a slide in English Metric Units."""

    left: int
    top: int
    width: int
    height: int


def open_deck(template: Path | None) -> Any:
    """Open the plain deck, or a template without its sample slides.

    Parameters
    ----------
    template : Path, optional
        A .pptx or .potx file.

    Raises
    ------
    InputError
        If the file is missing, no presentation, or has no layout with a title.
    """
    from pptx import Presentation

    if template is None:
        return _plain(Presentation())
    deck = Presentation(io.BytesIO(read_deck(template)))
    _drop_slides(deck)
    if content_layout(deck) is None:
        raise InputError(
            str(template), "no slide layout with a title", "a layout such as “Title Only”",
            "add a layout with a title placeholder in View, Slide Master",
        )  # fmt: skip
    return deck


def read_deck(path: Path) -> bytes:
    """Return the bytes of a deck that python-pptx can open; a .potx becomes a .pptx.

    Raises
    ------
    InputError
        If the file is missing or no presentation.
    """
    if not path.is_file():
        raise InputError(str(path), "no such file", "a .pptx or .potx file")
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kinds = archive.read("[Content_Types].xml")
            if _TEMPLATE not in kinds and _DECK not in kinds:
                raise KeyError("presentation")
        return _as_deck(data) if _TEMPLATE in kinds else data
    except (zipfile.BadZipFile, KeyError) as error:
        raise InputError(
            str(path), "not a PowerPoint presentation", "a .pptx or .potx file",
            "open it in PowerPoint and save it as .pptx (a .ppt of before 2007 must be converted)",
        ) from error  # fmt: skip


def _as_deck(data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for item in old.infolist():
            part = old.read(item.filename)
            if item.filename == "[Content_Types].xml":
                part = part.replace(_TEMPLATE, _DECK)
            new.writestr(item, part)
    return held.getvalue()


def _plain(deck: Any) -> Any:
    """Turn python-pptx's 4:3 deck into ours: 16:9, Arial, title above, nothing centred."""
    wide, high = int(theme.WIDTH * EMU), int(theme.HEIGHT * EMU)
    stretch = wide / deck.slide_width
    deck.slide_width, deck.slide_height = wide, high
    for layout in (deck.slide_master, *deck.slide_layouts):
        for shape in layout.placeholders:
            shape.left, shape.width = int(shape.left * stretch), int(shape.width * stretch)
    for layout in (deck.slide_master, content_layout(deck)):
        for shape in layout.placeholders:
            if shape.placeholder_format.type in _TITLES:
                shape.left, shape.top = int(0.55 * EMU), int(0.3 * EMU)
                shape.width, shape.height = wide - int(1.1 * EMU), int(0.95 * EMU)
    for shape in opening_layout(deck).placeholders:
        kind = shape.placeholder_format.type
        if kind not in _FURNITURE:
            shape.left, shape.width = int(0.55 * EMU), wide - int(1.1 * EMU)
            shape.top = int((2.4 if kind in _TITLES else 4.0) * EMU)
            shape.height = int((1.5 if kind in _TITLES else 1.2) * EMU)
            _first_level(shape, 4000 if kind in _TITLES else 2000)
    _title_style(deck.slide_master)
    _fonts(deck)
    return deck


def _first_level(shape: Any, size: int) -> None:
    """Set the letters of a placeholder of a layout, in hundredths of a point, flush left."""
    from pptx.oxml.ns import qn
    from pptx.oxml.xmlchemy import OxmlElement

    styles = shape.text_frame._txBody.find(qn("a:lstStyle"))
    level = styles.find(qn("a:lvl1pPr"))
    if level is None:
        level = OxmlElement("a:lvl1pPr")
        styles.insert(0, level)
    letters = level.find(qn("a:defRPr"))
    if letters is None:
        letters = OxmlElement("a:defRPr")
        level.append(letters)
    level.set("algn", "l")
    letters.set("sz", str(size))


def _title_style(master: Any) -> None:
    from pptx.oxml.ns import qn

    level = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    letters = level.find(qn("a:defRPr"))
    letters.set("sz", "2800")
    letters.set("b", "1")
    body = master._element.find(f".//{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    body.set("algn", "l")
    for shape in master.placeholders:
        if shape.placeholder_format.type in _TITLES:
            shape.text_frame._txBody.bodyPr.set("anchor", "b")


def _fonts(deck: Any) -> None:
    """Set the theme in Arial: on every Windows and Mac, with all Vietnamese letters."""
    import re

    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    blob = re.sub(rb'(<a:latin typeface=")[^"]*(")', rb"\g<1>Arial\g<2>", part.blob)
    part._blob = blob


def _drop_slides(deck: Any) -> None:
    slides = deck.slides._sldIdLst
    for one in list(slides):
        deck.part.drop_rel(one.rId)
        slides.remove(one)


def content_layout(deck: Any) -> Any:
    """Return the layout with a title and the least besides, or None."""
    fit = []
    for number, layout in enumerate(deck.slide_layouts):
        kinds = [shape.placeholder_format.type for shape in layout.placeholders]
        if any(kind in _TITLES for kind in kinds):
            rest = [kind for kind in kinds if kind not in (*_TITLES, *_FURNITURE)]
            # A centred title (3) is that of an opening slide.
            fit.append((len(rest), 3 in kinds, number))
    return deck.slide_layouts[min(fit)[2]] if fit else None


def opening_layout(deck: Any) -> Any:
    """Return the layout of an opening slide: a centred title, or the plain content layout."""
    for layout in deck.slide_layouts:
        if any(shape.placeholder_format.type == 3 for shape in layout.placeholders):
            return layout
    return content_layout(deck)


def content_place(deck: Any, layout: Any) -> Place:
    """Return the room below the title and above the furniture of a layout."""
    wide, high = deck.slide_width, deck.slide_height
    top, left, right = int(high * 0.16), int(wide * 0.041), int(wide * 0.959)
    bottom = int(high * 0.975)
    for shape in _placed(layout):
        kind = shape.placeholder_format.type
        if kind in _TITLES:
            top = shape.top + shape.height
            left, right = shape.left, shape.left + shape.width
        elif kind in _FURNITURE and shape.top > high * 0.75 and not _is_plain(layout):
            bottom = min(bottom, shape.top)
    return Place(left, top, right - left, bottom - top)


def _placed(layout: Any) -> Iterator[Any]:
    """Yield placeholders that say where they are, by themselves or by their master."""
    for shape in layout.placeholders:
        if None not in (shape.left, shape.top, shape.width, shape.height):
            yield shape


def _is_plain(layout: Any) -> bool:
    """Say whether the furniture would stay empty: python-pptx does not put it on new slides."""
    return True


def part_of(place: Place, top: float, height: float) -> Place:
    """Return a horizontal band of a place, in parts of its height."""
    return Place(
        place.left, place.top + int(place.height * top), place.width, int(place.height * height)
    )
