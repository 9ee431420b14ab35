"""Small readings of Word's XML elements: names, counts, signs, alternatives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Signs that Word keeps as codes of the Symbol font.
_SYMBOLS = {
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xD7: "·", 0x2D: "-", 0x25: "%", 0xAE: "→", 0xDE: "⇒",
}  # fmt: skip


def text_boxes(element: Any) -> Iterator[Any]:
    """Yield the outermost text boxes; those inside them come up when they are read."""
    for child in element:
        if LOCAL[child.tag] == "txbxContent":
            yield child
        else:
            yield from text_boxes(child)


def symbol(element: Any) -> str:
    """Return the sign that a code of a symbol font stands for, a space if it is unknown."""
    code = element.get(namespace(element) + "char", "")
    try:
        return _SYMBOLS.get(int(code, 16) & 0xFF, " ")
    except ValueError:
        return " "


def namespace(element: Any) -> str:
    """Return the namespace of an element in braces (Word writes one, strict writers another)."""
    return element.tag[: element.tag.index("}") + 1] if "}" in element.tag else ""


TRANSPARENT = frozenset(
    "sdt sdtContent customXml smartTag ins moveTo hyperlink fldSimple dir bdo ruby rubyBase "
    "body ftr hdr".split()
)


class _Locals(dict[Any, str]):
    """Names of elements without their namespace, by full name: looked up a million times."""

    def __missing__(self, tag: Any) -> str:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        self[tag] = name
        return name


LOCAL = _Locals()


def chosen(element: Any) -> Any:
    """Return the first of the alternatives for newer and older Words: each holds the text."""
    fallback = [child for child in element if LOCAL[child.tag] in ("Choice", "Fallback")]
    return fallback[0] if fallback else element


def rows_of_table(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, those inside content controls too."""
    for child in table:
        if LOCAL[child.tag] == "tr":
            yield child
        elif LOCAL[child.tag] in TRANSPARENT:
            yield from rows_of_table(child)


def holds_grid(cell: Any) -> bool:
    """Tell whether a cell holds a table of several rows and columns: one by itself."""
    tables = (child for child in cell if LOCAL[child.tag] == "tbl")
    return any(sum(map(_is_wide, rows_of_table(table))) > 1 for table in tables)


def _is_wide(row: Any) -> bool:
    return sum(LOCAL[child.tag] == "tc" for child in row) > 1


def count_of(element: Any, default: int) -> int:
    """Return a count of columns; a table of Word has at most 63."""
    if element is None:
        return default
    text = element.get(namespace(element) + "val", "")
    return min(int(text), 63) if text.isascii() and text.isdigit() else default
