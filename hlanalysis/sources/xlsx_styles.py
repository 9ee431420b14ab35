"""The styles of an .xlsx: which cells show per cent, dates, indents and old fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hlanalysis.grids import PLAIN, Style
from hlanalysis.sources.containers import Container, local_name
from hlanalysis.sources.encodings import Encoding, encoding_of_font, font_shows_capitals

_PERCENT_FORMATS = {9, 10}
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# Quoted words, escaped and padded characters, colours and conditions are not part of the pattern.
_DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[ymdhs]", re.I)


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of the style table.

    Attributes
    ----------
    style : Style
        What matters for the meaning.
    date : bool
        Numbers are shown as dates.
    encoding : {"tcvn3", "vni"} or None
        The old encoding that the font stands for.
    capitals : bool
        The font shows small letters as capitals (.VnTimeH).
    """

    style: Style = PLAIN
    date: bool = False
    encoding: Encoding | None = None
    capitals: bool = False

    @property
    def matters(self) -> bool:
        """Tell whether cells of this look need more than their value."""
        return self.style != PLAIN or self.date or self.encoding is not None


@dataclass(slots=True)
class _Tables:
    formats: dict[int, str] = field(default_factory=dict)
    fonts: list[tuple[str, bool]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


def read_looks(container: Container, part: str | None) -> list[Look]:
    """Return the looks that cells refer to by number; an empty list if there is no table."""
    if part is None or part not in container:
        return []
    tables = _Tables()
    where: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local_name(tag)
        where.append(name)
        _read_element(tables, where, name, attributes)

    def end(_: str) -> None:
        where.pop()

    container.walk(part, start, end)
    return tables.looks


def _read_element(tables: _Tables, where: list[str], name: str, attributes: dict[str, str]) -> None:
    parent = where[-2] if len(where) > 1 else ""
    if name == "numFmt" and parent == "numFmts":
        tables.formats[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
    elif parent == "fonts" and name == "font":
        tables.fonts.append(("", False))
    elif parent == "font" and where[-3] == "fonts" and tables.fonts:
        font, bold = tables.fonts[-1]
        if name == "name":
            font = attributes.get("val", "")
        elif name == "b":
            bold = attributes.get("val", "1") not in ("0", "false")
        tables.fonts[-1] = (font, bold)
    elif parent == "cellXfs" and name == "xf":
        tables.looks.append(_look(tables, attributes))
    elif name == "alignment" and parent == "xf" and where[-3] == "cellXfs":
        indent = _number(attributes.get("indent"))
        if indent:
            tables.looks[-1] = with_indent(tables.looks[-1], indent)


def _look(tables: _Tables, attributes: dict[str, str]) -> Look:
    number = _number(attributes.get("numFmtId"))
    font_number = _number(attributes.get("fontId"))
    font, bold = tables.fonts[font_number] if font_number < len(tables.fonts) else ("", False)
    style, date = style_of_format(tables.formats.get(number, ""), number)
    return Look(
        Style(style.scale, style.percent, 0, bold),
        date,
        encoding_of_font(font),
        font_shows_capitals(font),
    )


def with_indent(look: Look, indent: int) -> Look:
    """Return the same look with an indentation."""
    style = look.style
    return Look(
        Style(style.scale, style.percent, indent, style.bold),
        look.date,
        look.encoding,
        look.capitals,
    )


def style_of_format(pattern: str, number: int = 0) -> tuple[Style, bool]:
    """Return what a number format does to numbers, and whether it makes dates of them.

    Examples
    --------
    >>> style_of_format("0.0%")[0].scale, style_of_format('0.0"%"')[0].scale
    (2, 0)
    >>> style_of_format("#,##0,")[0].scale, style_of_format("dd/mm/yyyy")[1]
    (-3, True)
    """
    if not pattern:
        percent = number in _PERCENT_FORMATS
        return Style(2 if percent else 0, percent), number in _DATE_FORMATS
    positive = _DECORATION.sub("", pattern.split(";")[0])
    if positive.strip().lower() == "general":
        return PLAIN, False
    signs = positive.count("%")
    digits = re.search(r"[0#?](,+)(?![0#?])", positive)
    scale = 2 * signs - 3 * (len(digits[1]) if digits else 0)
    date = bool(_DATE_LETTERS.search(positive)) and not re.search(r"[0#]", positive)
    return Style(scale, bool(signs)), date


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
