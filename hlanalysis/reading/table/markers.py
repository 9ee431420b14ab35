"""Row markers: "A", "I", "1", "1.1", "a)", "-", in a column of their own or before the label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Sort = Literal["letter", "roman", "number", "nested", "small", "small_roman", "dash", "plus"]

_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_SMALL_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_DASH = re.compile(r"[-–—−]+")
_PLUS = re.compile(r"[+*•·○o●▪◦❖➢✓*]+")
_CORE = re.compile(
    r"\(?\s*(?:mục|phần)?\s*([A-Za-zĐđ]{1,6}|\d{1,3}(?:[.,]\d{1,3})*[a-zđ]?)\s*[.)/:,\-]*"
)
_COMPOSITE = re.compile(
    r"((?:[A-ZĐ]|[IVXL]{1,6})(?:\.[IVXL]{1,6})?(?:\.\d{1,2})*(?:\.[a-zđ])?)\s*[.)/:]?"
)
# Before a label a marker needs a closing sign, or the first word would be taken for one.
_LEADING = re.compile(
    r"(?:\(?(?P<core>[IVXL]{1,6}|[A-ZĐ]|[a-zđ]|\d{1,2}(?:\.\d{1,2})+|\d{1,3})"
    r"(?:\s*[.):](?=\s|[^\W\d_]{2}|-)\s*-?|\s*[-–/](?=\s*[^\W\d_])|\)\s*)"
    r"|(?P<nested>(?:\d{1,2}|[A-ZĐ]|[IVXL]{1,6})(?:\.\d{1,2})+|[A-EĐ]\.[IVX]{1,4}(?:\.\d{1,2})*)[.)]?(?=\s)"
    r"|(?P<mark>[-–—−+*•]+(?!\d)))\s*(?P<rest>\S.*)",
    re.DOTALL,
)
_LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXY"  # the order of Vietnamese lists: no F, J, W, Z
_SMALL = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Marker:
    """One row marker.

    Attributes
    ----------
    sort : Sort
    text : str
        As it goes into a code: "A", "I", "1", "1.1", "a"; "-" for dashes.
    number : int
        Its place among its like: B is 2, IV is 4; 0 for dashes.
    maybe : tuple of Sort
        Other readings: "I" is a letter or Roman.
    """

    sort: Sort
    text: str
    number: int
    maybe: tuple[Sort, ...] = ()

    def read_as(self, sort: Sort) -> Marker:
        """Return the same marker in another reading."""
        return Marker(sort, self.text, _place(sort, self.text))


def parse_marker(text: str) -> Marker | None:
    """Return the marker that a cell holds, None if it holds something else.

    Examples
    --------
    >>> parse_marker("IV").number, parse_marker("b)").text, parse_marker("1.10").text
    (4, 'b', '1.10')
    >>> parse_marker("Thu nội địa") is None
    True
    """
    text = text.strip()
    if _DASH.fullmatch(text):
        return Marker("dash", "-", 0)
    if _PLUS.fullmatch(text) and text != "o":
        return Marker("plus", "+", 0)
    match = _COMPOSITE.fullmatch(text)
    if match and "." in match[1]:
        return Marker("nested", match[1], _place_of_part(match[1].rsplit(".", 1)[1]))
    match = _CORE.fullmatch(text)
    return _from_core(match[1]) if match else None


def leading_marker(label: str) -> tuple[Marker, str] | None:
    """Return the marker before a label and the label without it, None if there is none.

    Examples
    --------
    >>> leading_marker("I- Các khoản thu xã hưởng 100%")[1]
    'Các khoản thu xã hưởng 100%'
    >>> leading_marker("- Bổ sung cân đối")[0].sort
    'dash'
    >>> leading_marker("Chi khoa học") is None
    True
    """
    match = _LEADING.match(label.strip())
    if match is None:
        return None
    if match["mark"]:
        sort: Sort = "dash" if _DASH.fullmatch(match["mark"]) else "plus"
        return Marker(sort, "-" if sort == "dash" else "+", 0), match["rest"]
    marker = parse_marker(match["core"] or match["nested"])
    return (marker, match["rest"]) if marker else None


def _from_core(core: str) -> Marker | None:
    core = core.replace(",", ".")
    if core[0].isdigit():
        if core[-1].isalpha():
            return Marker("nested", core, _SMALL.find(core[-1]) + 1)
        if "." in core:
            return Marker("nested", core, int(core.rsplit(".", 1)[1]))
        return Marker("number", str(int(core)), int(core))
    if len(core) == 1:
        return _single(core)
    for sort, pattern in (("roman", _ROMAN), ("small_roman", _SMALL_ROMAN)):
        if pattern.fullmatch(core):
            return Marker(sort, core, _place(sort, core))  # type: ignore[arg-type]
    return None


def _single(core: str) -> Marker | None:
    """Return the marker of one letter; I, V and X are letters or Roman, to be settled later."""
    if core.isupper():
        if core in "IVX":
            return Marker("roman", core, _place("roman", core), ("letter",))
        place = _place("letter", core)
        return Marker("letter", core, place) if place else None
    if core in "ivx":
        return Marker("small", core, _place("small", core), ("small_roman",))
    place = _place("small", core)
    return Marker("small", core, place) if place else None


def _place_of_part(part: str) -> int:
    """Return the place of the last part of a path: "3" of A.I.3, "II" of A.II, "b" of I.1.b."""
    if part.isdecimal():
        return int(part)
    return _place("roman" if part.isupper() else "small", part)


def _place(sort: str, text: str) -> int:
    if sort == "letter":
        return (_LETTERS if text in _LETTERS else "ABCDEFGHIJKLMNOPQRSTUVWXYZ").find(text) + 1
    if sort == "small":
        return (_SMALL if text in _SMALL else "abcdefghijklmnopqrstuvwxyz").find(text) + 1
    if sort in ("roman", "small_roman"):
        return _roman_value(text.upper())
    return int(text) if text.isdecimal() else 0


def _roman_value(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for this, following in zip(text, [*text[1:], ""], strict=True):
        value = values[this]
        total += -value if following and values[following] > value else value
    return total
