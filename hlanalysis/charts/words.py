"""The few words that charts add themselves, and values as a reader sees them."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from hlanalysis.catalog.units import Unit, unit
from hlanalysis.charts.forms import Mark, Value
from hlanalysis.numbers import Lang, format_number

WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "inferred": "suy ra", "estimate": "ước", "over": "hơn", "under": "dưới", "to": "đến",
        "unit": "Đơn vị", "gap": "không có số liệu", "source": "Nguồn", "values": "giá trị",
        "most": "cao nhất", "least": "thấp nhất", "more": "và {n} mục nữa, xem bảng số liệu",
        "total": "Tổng", "of": "trên", "reported": "có số liệu", "plan": "kế hoạch",
        "bound": "chỉ biết giới hạn", "disputed": "các nguồn khác nhau", "missing": "thiếu",
        "between": "từ", "and": "đến", "base": "nền", "above": "trên 0", "below": "dưới 0",
        "range": "khoảng", "low": "phía thấp", "high": "phía cao", "met": "đạt",
        "unmet": "chưa đạt", "value": "giá trị",
    },
    "en": {
        "inferred": "inferred", "estimate": "est.", "over": "over", "under": "under", "to": "to",
        "unit": "Unit", "gap": "no figure", "source": "Source", "values": "values",
        "most": "highest", "least": "lowest", "more": "and {n} more, see the data table",
        "total": "Total", "of": "of", "reported": "reported", "plan": "plan",
        "bound": "only a bound", "disputed": "sources differ", "missing": "missing",
        "between": "between", "and": "and", "base": "base", "above": "above 0",
        "below": "below 0", "range": "range", "low": "low side", "high": "high side", "met": "met",
        "unmet": "not met", "value": "value",
    },
}  # fmt: skip


def word(key: str, lang: Lang) -> str:
    """Return one of the charts' own words."""
    return WORDS[lang][key]


def find_unit(name: str) -> Unit | None:
    """Return the catalogue's unit of this id, or None where the name is a word of its own."""
    try:
        return unit(name)
    except KeyError:
        return None


def unit_word(name: str, lang: Lang) -> str:
    """Return the unit as the reader sees it."""
    found = find_unit(name)
    return found.name(lang) if found else name


def number_text(
    value: Value, unit_name: str, lang: Lang, places: int | None = None, *, signed: bool = False
) -> str:
    """Write a value: a printed one (Decimal) with its decimals, a computed one with the unit's.

    Examples
    --------
    >>> number_text(Decimal("77.64"), "percent", "vi"), number_text(12.345, "bn_vnd", "en")
    ('77,64%', '12.3')
    """
    found = find_unit(unit_name)
    if places is None and not _keeps_its_places(value):
        places = found.places if found else 1
    text = format_number(value, places, lang=lang, signed=signed)
    return f"{text}{found.name(lang)}" if found and found.glued else text


def value_text(
    mark: Mark, unit_name: str, lang: Lang, places: int | None = None, *, signed: bool = False
) -> str:
    """Write a mark's value with what must be known about it: "hơn 301", "125 (suy ra)"."""
    if mark.text:
        return mark.text
    if mark.value is None:
        return word("gap", lang)
    text = number_text(mark.value, unit_name, lang, places, signed=signed)
    if mark.bound:
        text = f"{word(mark.bound, lang)} {text}"
    if mark.estimate:
        text = f"{word('estimate', lang)} {text}"
    return f"{text} ({word('inferred', lang)})" if mark.inferred else text


def clean(text: str) -> str:
    r"""Return text fit to draw: composed letters, no control characters, single spaces.

    Examples
    --------
    >>> clean("Thu\u0300\x07  va`")
    'Thù va`'
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join(
        "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") else c for c in composed)
        .split()
    )  # fmt: skip


def _keeps_its_places(value: Value) -> bool:
    if isinstance(value, int):
        return True
    # A Decimal with a long tail comes from a division, not from print.
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else None
    return isinstance(exponent, int) and exponent >= -6
