"""What the styles of a Word document say that matters to its text: font, hidden, raised."""

from __future__ import annotations

from typing import Any

from hlanalysis.sources.encodings import Encoding, encoding_of_font, font_shows_capitals

_OFF = ("0", "false", "off", "none")


class Look:
    """How a run is shown.

    Attributes
    ----------
    font : str or None
    hidden, raised : bool
    legacy : {"tcvn3", "vni"} or None
        The encoding that the font's letters are typed in.
    capitals : bool
        The font shows small letters as capitals.
    """

    __slots__ = ("capitals", "font", "hidden", "legacy", "raised")

    def __init__(self, font: str | None = None, hidden: bool = False, raised: bool = False) -> None:
        self.font, self.hidden, self.raised = font, hidden, raised
        self.legacy: Encoding | None = encoding_of_font(font)
        self.capitals = font_shows_capitals(font)


def is_on(properties: Any, name: str, *, attribute: bool = False) -> bool:
    """Tell whether an on-off property is there and not switched off."""
    if attribute:
        return properties.get(name, "0") not in _OFF
    element = properties.find(name)
    if element is None:
        return False
    return next(iter(element.values()), "1") not in _OFF


class Styles:
    """The looks of the named styles, resolved through the styles they are based on."""

    def __init__(self, root: Any) -> None:
        self.looks: dict[str, Look] = {}
        self.default = Look()
        self.default_paragraph: str | None = None
        self._plain: dict[str | None, Look] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        space = root.tag[: root.tag.index("}") + 1]
        defaults = root.find(f"{space}docDefaults/{space}rPrDefault/{space}rPr")
        self.default = _with(Look(), defaults, space)
        elements = {one.get(space + "styleId", ""): one for one in root.iter(space + "style")}
        for name, element in elements.items():
            self.looks[name] = self._resolve(elements, name, space, set())
            if element.get(space + "type") == "paragraph" and element.get(space + "default") == "1":
                self.default_paragraph = name

    def _resolve(self, elements: dict[str, Any], name: str, space: str, seen: set[str]) -> Look:
        """Follow a style to the ones it is based on; a circle ends where it closes."""
        element = elements.get(name)
        if element is None or name in seen:
            return Look()
        seen.add(name)
        based = element.find(space + "basedOn")
        base = Look()
        if based is not None:
            base = self._resolve(elements, based.get(space + "val", ""), space, seen)
        return _with(base, element.find(space + "rPr"), space)

    def of_paragraph(self, properties: Any) -> str | None:
        """Return the id of the style that a paragraph's properties name."""
        space = properties.tag[:-3]
        style = properties.find(space + "pStyle")
        return style.get(space + "val") if style is not None else self.default_paragraph

    def of_run(self, style: str | None) -> Look:
        """Return the look of a run in a paragraph of a style, without properties of its own."""
        look = self._plain.get(style)
        if look is None:
            look = self._plain[style] = self._over(self.default, style)
        return look

    def with_properties(self, look: Look, properties: Any) -> Look:
        """Return a look changed by a run's own properties."""
        space = properties.tag[:-3]
        named = properties.find(space + "rStyle")
        if named is not None:
            look = self._over(look, named.get(space + "val"))
        return _with(look, properties, space)

    def _over(self, look: Look, style: str | None) -> Look:
        other = self.looks.get(style or "")
        if other is None:
            return look
        return Look(
            other.font or look.font, look.hidden or other.hidden, look.raised or other.raised
        )


def _with(look: Look, properties: Any, space: str) -> Look:
    """Return a look changed by direct run properties."""
    if properties is None or not len(properties):
        return look
    font, hidden, is_raised = look.font, look.hidden, look.raised
    fonts = properties.find(space + "rFonts")
    if fonts is not None:
        font = fonts.get(space + "ascii") or fonts.get(space + "hAnsi") or font
    if properties.find(space + "vanish") is not None:
        hidden = is_on(properties, space + "vanish")
    raised = properties.find(space + "vertAlign")
    if raised is not None:
        is_raised = raised.get(space + "val") == "superscript"
    return Look(font, hidden, is_raised)
