"""Units in workbooks: unit lines, unit columns, units in brackets.

The scale word is read before the unit, from a list, never by suffix: "1.000.000 đồng" and
"Triệu đồng" are one unit, and "đồng" inside "Hội đồng" is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hlanalysis.reading.folding import fold, lost_form
from hlanalysis.reading.rules import table
from hlanalysis.reading.table.words import small

_MONEY = {1: "vnd", 1000: "k_vnd", 10**6: "m_vnd", 10**9: "bn_vnd"}
_DOLLARS = {1: ("usd", 1), 1000: ("usd", 1000), 10**6: ("m_usd", 1), 10**9: ("bn_usd", 1)}
NOUNS = ("count", "persons", "households", "visits")  # nouns: units only where one must stand
_BRACKET = re.compile(r"[(\[]\s*([^()\[\]]{1,30}?)\s*[)\]]")
_DIVISOR = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit and what a number must be multiplied by to be in it."""

    id: str
    factor: int = 1


def parse_unit(text: str, *, expected: bool = False) -> Unit | None:
    """Return the unit that a text is, None if it is not exactly one unit.

    Parameters
    ----------
    text : str
        The unit alone: "Triệu đồng", "nghìn người", "tạ/ha".
    expected : bool
        The text stands where a unit must stand (a unit column, after "ĐVT:"): slips such as
        "Triệu dồng" are read too.

    Examples
    --------
    >>> parse_unit("Triệu đồng"), parse_unit("1.000 đ"), parse_unit("nghìn người")
    (Unit(id='m_vnd', factor=1), Unit(id='k_vnd', factor=1), Unit(id='persons', factor=1000))
    >>> parse_unit("Tiệu đồng", expected=True), parse_unit("UBND tỉnh Cao Bằng", expected=True)
    (Unit(id='m_vnd', factor=1), None)
    """
    wanted = small(text).replace("²", "2").replace("³", "3").strip(" .:;,*()[]")
    if not wanted or len(wanted) > 40:
        return None
    # "triệu đồng - mill. dongs", "Tỷ đồng/ Bill. dongs": the same unit twice.
    for piece in re.split(r"\s+-\s+|\n|;|,\s+%?", wanted):
        found = _one_unit(piece.strip(" ."), expected)
        if found is not None:
            return found
    return None


def unit_line(text: str) -> Unit | None:
    """Return the unit that a line such as "Đơn vị tính: Triệu đồng" declares, else None.

    "Đơn vị: UBND tỉnh Cao Bằng" names an organisation and declares nothing.
    """
    for line in [text, *text.split("\n")]:
        found = _declared(small(line).strip(" *()[]"))
        if found is not None:
            return found
    return None


def is_unit_label(text: str) -> bool:
    """Tell whether a cell is "Đơn vị tính:" alone, with its unit in the next cell."""
    return fold(small(text)).strip(" .:()*") in _prefixes()


def bracket_unit(text: str) -> tuple[Unit, str] | None:
    """Return the unit that a label carries in brackets and the label without it, else None.

    Examples
    --------
    >>> bracket_unit("Thu nhập bình quân (triệu đồng/người)")
    (Unit(id='m_vnd', factor=1), 'Thu nhập bình quân')
    >>> bracket_unit("Tổng sản phẩm trong tỉnh (GRDP)") is None
    True
    """
    for match in reversed(list(_BRACKET.finditer(text))):
        inner = re.sub(r"(?i)^\s*(đvt|đơn vị tính|đơn vị)\s*:?\s*", "", match[1])
        found = parse_unit(inner, expected=True)
        if found is not None:
            rest = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
            return found, re.sub(r"\s+([,.;:])", r"\1", rest)
    return None


def counted_noun(text: str) -> Unit | None:
    """Return the unit of the noun that a text begins with, None if it is nothing counted.

    Examples
    --------
    >>> counted_noun("hộ nghèo cuối năm"), counted_noun("thu nội địa")
    (Unit(id='households', factor=1), None)
    """
    wanted = small(text).split()
    for length in range(min(4, len(wanted)), 0, -1):
        head = " ".join(wanted[:length]).strip(" ,.;:()")
        found = _words().get(head)
        if found is None and head.isascii() and len(head) > 3:
            found = _plain_words().get(head)
        if found is not None:
            return found if found.id in NOUNS else None
    return None


def _declared(line: str) -> Unit | None:
    plain = fold(line)
    for prefix in _prefixes():
        at = plain.find(prefix)
        end = at + len(prefix)
        if at < 0 or (at > 0 and plain[at - 1].isalnum()):
            continue
        if end < len(plain) and plain[end].isalnum():
            continue
        # The declaration may close a title: "... NĂM 2024 (ĐVT: triệu đồng)".
        rest = re.split(r"[()\[\]]", line[end:])[0]
        rest = re.sub(r"^[\s:.\-/]+(unit\s*:)?|^\s*-?\s*unit\s*:", "", rest)
        found = parse_unit(rest, expected=True)
        if found is not None:
            return found
    return parse_unit(line) if _is_money(line) else None


@cache
def _prefixes() -> list[str]:
    """Return the folded prefixes, whole and as a converter that drops letters leaves them."""
    known = table("cell_units")["prefixes"]
    forms = {fold(prefix) for prefix in known}
    forms |= {lost for prefix in known if len(lost := lost_form(prefix)) >= 5}
    return sorted(forms, key=len, reverse=True)


def _is_money(line: str) -> bool:
    found = parse_unit(line)
    return found is not None and found.id.endswith(("vnd", "usd"))


def _one_unit(wanted: str, expected: bool) -> Unit | None:
    if not wanted:
        return None
    exact = _words().get(wanted)
    if exact is not None:
        return exact
    head = _DIVISOR.split(wanted)[0]
    money = _money(head, expected)
    if money is not None:
        return money
    found = _words().get(head) or _scaled(head)
    if found is None and wanted.isascii():
        found = _plain_words().get(head)
    return found


def _money(head: str, expected: bool) -> Unit | None:
    dong = table("cell_units")["dong"]
    for scale, rest in _scales(head):
        if rest in dong["sure"] or (rest in dong["loose"] and scale > 1):
            return Unit(_MONEY[scale]) if scale in _MONEY else None
        if rest == "" and expected and scale >= 10**6 and len(head) > 1:
            return Unit(_MONEY[scale])  # "ĐVT: triệu", "Tỷ"
    if head in dong["sure"] and (len(head) > 1 or expected):
        return Unit("vnd")
    return Unit("bn_vnd", 1000) if re.fullmatch(r"(nghìn|ngàn) tỷ( đồng)?", head) else None


def _scaled(head: str) -> Unit | None:
    for scale, rest in _scales(head):
        unit = _words().get(rest)
        if unit is not None:
            if unit.id == "usd":
                return Unit(*_DOLLARS[scale]) if scale in _DOLLARS else None
            return Unit(unit.id, scale * unit.factor)
    return None


def _scales(head: str) -> list[tuple[int, str]]:
    """Return (scale, what follows) for every scale word that the text begins with."""
    found = [(1, head)] if head in table("cell_units")["dong"]["sure"][2:] else []
    for scale, words in table("cell_units")["scales"].items():
        for word in words:
            if head.startswith(word) and _ends_word(word, head[len(word) :]):
                found.append((int(scale), head[len(word) :].strip(" .")))
    return sorted(found, key=lambda one: len(one[1]))


def _ends_word(word: str, rest: str) -> bool:
    """Tell whether a scale word ends where it seems to: "tr.đồng", "1000đ", not "trường"."""
    return rest == "" or not rest[0].isalnum() or word[-1].isdigit() or rest in ("đ", "đồng")


@cache
def _words() -> dict[str, Unit]:
    own: dict[str, Unit] = {}
    ours = table("cell_units")["unit"]
    # What prose counts (plans, resolutions) would be read out of headings; cells have their list.
    for entry in [*table("units")["unit"], *ours]:
        if not entry["id"].endswith("vnd") and (entry["id"] != "count" or entry in ours):
            for word in entry["words"]:
                own[small(word).replace("²", "2").replace("³", "3")] = Unit(
                    entry["id"], entry.get("factor", 1)
                )
    return own


@cache
def _plain_words() -> dict[str, Unit]:
    return {fold(word): unit for word, unit in _words().items() if len(word) > 2}
