"""Units: names for a reader and exact conversions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hlanalysis.catalog.tables import cached, load_table, unknown
from hlanalysis.numbers import Lang, Number, format_number, to_fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure is measured in.

    Attributes
    ----------
    id, dimension : str
        Units convert only inside one dimension.
    factor : Fraction
        Size in the smallest unit of the dimension.
    vi, en : str
        The word a reader sees; empty for plain counts.
    places : int
        Decimals of a computed value.
    glued : bool
        Written without a space before it (%).
    """

    id: str
    dimension: str
    factor: Fraction
    vi: str
    en: str
    places: int
    glued: bool = False

    def name(self, lang: Lang) -> str:
        """Return the word a reader sees."""
        return self.vi if lang == "vi" else self.en


@cached
def unit(name: str) -> Unit:
    """Return a unit by its id.

    Raises
    ------
    KeyError
        If the catalogue has no such unit.
    """
    table = load_table("units")
    if name not in table:
        raise unknown("unit", name, table)
    row = table[name]
    return Unit(
        name,
        row["dimension"],
        Fraction(row["factor"]),
        row["vi"],
        row["en"],
        row["places"],
        row.get("glued", False),
    )


def convert(value: Number, source: str, target: str) -> Fraction:
    """Convert a value exactly from one unit to another of the same dimension.

    Raises
    ------
    ValueError
        If the units measure unlike things; the message names both.

    Examples
    --------
    >>> convert(139522, "m_vnd", "bn_vnd")
    Fraction(69761, 500)
    """
    first, second = unit(source), unit(target)
    if first.dimension != second.dimension:
        raise ValueError(
            f"cannot turn {source} ({first.dimension}) into {target} ({second.dimension}): "
            "they measure unlike things"
        )
    return to_fraction(value) * first.factor / second.factor


def format_quantity(
    value: Number,
    unit_id: str,
    places: int | None = None,
    *,
    lang: Lang = "vi",
    signed: bool = False,
) -> str:
    """Write a value with its unit the reader's way.

    Examples
    --------
    >>> format_quantity(222.044, "bn_vnd"), format_quantity(77.64, "percent", lang="en")
    ('222,044 tỷ đồng', '77.64%')
    """
    one = unit(unit_id)
    number = format_number(value, places, lang=lang, signed=signed)
    word = one.name(lang)
    if not word:
        return number
    return f"{number}{word}" if one.glued else f"{number} {word}"
