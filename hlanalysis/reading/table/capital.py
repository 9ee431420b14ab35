"""Years that name a source of capital, not a period: "Vốn năm 2023 kéo dài", "Vốn năm 2024"."""

from __future__ import annotations

import re

from hlanalysis.reading.folding import fold
from hlanalysis.reading.table.words import Lexicon, small, squeeze

_YEAR = r"(?:19|20)\d\d"
_YEARS = rf"(?:cac\s+)?(?:nam\s+)?{_YEAR}(?:\s*(?:-|,|va)\s*(?:nam\s+)?{_YEAR})*"
_INTO = rf"(?:(?:\s+(?:thuc\s+hien|giai\s+ngan|sang|den|qua|trong|nam))*\s+{_YEAR})?"
_CARRIED = r"(?:keo\s+dai|chuyen\s+(?:nguon|sang|tiep))"
_CARRIED_YEAR = re.compile(
    rf"\b{_YEARS}\s*\(?(?:duoc\s+)?(?:phep\s+)?{_CARRIED}\b"
    rf"{_INTO}|\b{_CARRIED}\s+(?:tu\s+|sang\s+|cua\s+)?{_YEARS}{_INTO}"
)
_CAPITAL = re.compile(
    rf"\s*(?:ke\s+hoach\s+|kh\s+)?(?:nguon\s+)?(?:von|khv)\s+(?:ke\s+hoach\s+|giao\s+)?(?:nam\s+)?{_YEAR}"
    r"\s*(?:giao)?\s*"
)
_LIKELY = re.compile(_YEAR)  # most headings need no second look
_DIGIT = re.compile(r"\d")


def without_sources(parts: tuple[str, ...], words: Lexicon) -> tuple[str, ...]:
    """Return the texts above a column with the years of sources of capital made unreadable.

    Parameters
    ----------
    parts : tuple of str
        Top to bottom.
    words : Lexicon

    Returns
    -------
    tuple of str
        Each as long as before.

    Examples
    --------
    >>> from hlanalysis.reading.table.words import lexicon
    >>> without_sources(("Lũy kế giải ngân", "Vốn năm 2023 kéo dài"), lexicon("sound"))
    ('Lũy kế giải ngân', 'Vốn năm ···· kéo dài')
    >>> without_sources(("Kế hoạch vốn", "Vốn năm 2024"), lexicon("sound"))
    ('Kế hoạch vốn', 'Vốn năm 2024')
    """
    if not any(_LIKELY.search(part) for part in parts):
        return parts
    spending = [_is_spending(part, words) for part in parts]
    return tuple(
        _without_years(part, any(spending[:index] + spending[index + 1 :]))
        for index, part in enumerate(parts)
    )


def _is_spending(part: str, words: Lexicon) -> bool:
    put = words.put(part)
    return words.has("words.actual", put) or words.has("words.compare", put)


def names_source(parts: tuple[str, ...], words: Lexicon) -> bool:
    """Tell whether the lowest text above a column names a source of capital by its year."""
    return without_sources(parts, words)[-1:] != parts[-1:]


def _without_years(part: str, spent: bool) -> str:
    text = squeeze(part)
    plain = fold(small(part))
    if spent and _CAPITAL.fullmatch(plain):
        return _DIGIT.sub("·", text)
    spans = [match.span() for match in _CARRIED_YEAR.finditer(plain)]
    for start, end in spans:
        text = text[:start] + _DIGIT.sub("·", text[start:end]) + text[end:]
    return text if spans else part
