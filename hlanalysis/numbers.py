"""Numbers as Vietnamese officials write them, and back: exact values, half-up rounding.

The dot groups thousands and the comma marks decimals: ``222,044`` is two hundred and twenty-two,
``1.290`` is one thousand two hundred and ninety. Values are exact decimals; rounding happens once,
when a number is written for a reader, half away from zero, as officials round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Number = Decimal | Fraction | int | float
Lang = Literal["vi", "en"]

_SPACES = "\u0020\u00a0\u2009\u202f"
_WRITTEN = re.compile(
    rf"""(?P<sign>[+\-\u2212\u2013]?)[{_SPACES}]?
    (?:(?P<dots>[1-9]\d{{0,2}}(?:\.\d{{3}})+)(?:,(?P<dots_tail>\d+))?
      |(?P<commas>[1-9]\d{{0,2}}(?:,\d{{3}}){{2,}})(?:\.(?P<commas_tail>\d+))?
      |(?P<english>[1-9]\d{{0,2}},\d{{3}})\.(?P<english_tail>\d+)
      |(?P<spaced>[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}})+)(?:,(?P<spaced_tail>\d+))?
      |(?P<plain>\d+)(?:(?P<mark>[.,])(?P<plain_tail>\d+))?
    )""",
    re.VERBOSE | re.ASCII,
)
_SEPARATORS = {"vi": (".", ","), "en": (",", ".")}


class NumberFormatError(ValueError):
    """A text that is not one well-formed number."""


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """One printed number: its exact value and what its spelling tells.

    Attributes
    ----------
    value : Decimal
        The value by the Vietnamese convention.
    places : int
        Digits printed after the decimal mark; trailing zeros count.
    other : Decimal or None
        The value by the English convention where the spelling alone cannot decide
        (``1.290``, ``4,300``); unit, column and sums decide.
    """

    value: Decimal
    places: int
    other: Decimal | None = None

    @property
    def step(self) -> Decimal:
        """One unit of the last printed digit."""
        return Decimal(1).scaleb(-self.places)


def read_number(text: str) -> WrittenNumber:
    """Read one number as officials write it.

    Parameters
    ----------
    text : str
        The number alone, with or without a sign.

    Returns
    -------
    WrittenNumber

    Raises
    ------
    NumberFormatError
        If the text is not one number or its digits are grouped wrongly (``1.0023,4``).

    Examples
    --------
    >>> read_number("222,044").value, read_number("1.290").value
    (Decimal('222.044'), Decimal('1290'))
    >>> read_number("1.290").other
    Decimal('1.290')
    >>> read_number("80,50").step
    Decimal('0.01')
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise NumberFormatError(
            f"{text!r} is not one number; expected digits such as 1.290 (thousands) or 77,64 "
            "(decimals). Hint: write thousands in groups of three with dots and decimals with "
            "a comma."
        )
    sign = "-" if match["sign"] in ("-", "\u2212", "\u2013") else ""
    return _grouped(match, sign) or _plain(match, sign)


def _grouped(match: re.Match[str], sign: str) -> WrittenNumber | None:
    for style in ("dots", "commas", "english", "spaced"):
        if match[style] is not None:
            digits = re.sub(r"\D", "", match[style])
            tail = match[f"{style}_tail"] or ""
            single = style == "dots" and not tail and match[style].count(".") == 1
            return WrittenNumber(
                Decimal(f"{sign}{digits}.{tail}" if tail else f"{sign}{digits}"),
                len(tail),
                Decimal(f"{sign}{match[style]}") if single else None,
            )
    return None


def _plain(match: re.Match[str], sign: str) -> WrittenNumber:
    digits, mark, tail = match["plain"], match["mark"], match["plain_tail"]
    if mark is None:
        return WrittenNumber(Decimal(sign + digits), 0)
    if mark == "." and len(tail) == 3 and digits.strip("0"):
        raise NumberFormatError(
            f"{match[0]!r} is grouped wrongly; expected one to three digits before the first dot. "
            "Hint: check the figure in the source."
        )
    other = Decimal(f"{sign}{digits}{tail}") if mark == "," and len(tail) == 3 else None
    if other is not None and (len(digits) > 3 or digits.startswith("0")):
        other = None
    return WrittenNumber(Decimal(f"{sign}{digits}.{tail}"), len(tail), other)


def parse_number(text: str) -> Decimal:
    """Return the exact value of a number written the Vietnamese way.

    Raises
    ------
    NumberFormatError
        If the text is not one well-formed number.

    Examples
    --------
    >>> [str(parse_number(text)) for text in ("12.345,6", "5310,4", "-2,7", "03", "7.5")]
    ['12345.6', '5310.4', '-2.7', '3', '7.5']
    """
    return read_number(text).value


def last_digit(text: str) -> Decimal:
    """Return one unit of the last printed digit.

    Examples
    --------
    >>> last_digit("77,64"), last_digit("1.290")
    (Decimal('0.01'), Decimal('1'))
    """
    return read_number(text).step


def to_fraction(value: Number) -> Fraction:
    """Return an exact fraction; a float counts as the shortest decimal that names it.

    Examples
    --------
    >>> to_fraction(0.1)
    Fraction(1, 10)
    """
    return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """Round half away from zero to a number of decimal places.

    Examples
    --------
    >>> round_half_up(Decimal("80.625"), 2), round_half_up(-2.5), round_half_up(1250, -2)
    (Decimal('80.63'), Decimal('-3'), Decimal('1300'))
    """
    scaled = abs(to_fraction(value)) * Fraction(10) ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    rounded = Decimal(whole).scaleb(-places)
    if places < 0:
        rounded = Decimal(int(rounded))
    return -rounded if value < 0 and whole else rounded


def format_number(
    value: Number, places: int | None = None, *, lang: Lang = "vi", signed: bool = False
) -> str:
    """Write a number the reader's way, rounded half away from zero.

    Parameters
    ----------
    value : Decimal, Fraction, int or float
    places : int, optional
        Digits after the decimal mark; all that the value has, if left out.
    lang : {"vi", "en"}
    signed : bool
        Write "+" before a positive number.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the value is not finite, or is a fraction without a last digit and `places` is left out.

    Examples
    --------
    >>> format_number(Decimal("1234567.85"), 1), format_number(1234567.85, 1, lang="en")
    ('1.234.567,9', '1,234,567.9')
    >>> format_number(Decimal("3.370"), signed=True)
    '+3,370'
    """
    group, mark = _SEPARATORS[lang]
    number = round_half_up(value, max(places, 0) if places is not None else _places(value))
    if places is not None and places < 0:
        number = round_half_up(value, places)
    whole, _, tail = f"{abs(number):,f}".partition(".")
    sign = "-" if number < 0 else "+" if signed and number > 0 else ""
    return sign + whole.replace(",", group) + (mark + tail if tail else "")


def _places(value: Number) -> int:
    """Digits after the decimal mark that write the value exactly."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int):
            raise ValueError(f"{value} has no digits to write; expected a finite number")
        return max(-exponent, 0)
    exact = to_fraction(value)
    for places in range(30):
        if 10**places % exact.denominator == 0:
            return places
    raise ValueError(f"{value} has no last decimal digit. Hint: say how many `places` to write")
