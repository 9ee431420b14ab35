"""The text of cells: old font encodings decoded, escapes undone, one Unicode form.

A font name settles the encoding of its own cells. Where fonts say nothing (the font was
replaced but the letters were not) the texts of a sheet are judged together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hlanalysis.grids import Sheet
from hlanalysis.sources.encodings import (
    Encoding,
    decode,
    encoding_of_font,
    font_shows_capitals,
    mend_look_alikes,
    to_unicode,
)

# Letters that only Unicode text has: where most texts hold one, nothing needs decoding.
_MODERN = re.compile("[ĂăĐđĨĩŨũƠ-ơƢƣƯưẠ-ỹ\u0300-\u036f]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_JUDGED_TOGETHER = 20_000  # texts; more of one sheet change no verdict


@dataclass(frozen=True, slots=True)
class RichText:
    """A text whose parts are in several fonts; an empty font is the cell's own."""

    runs: tuple[tuple[str, str], ...]


def unescape(text: str) -> str:
    """Undo Excel's ``_x000D_`` for characters that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def tidy(text: str) -> str:
    """Return Unicode text in the one form that readers compare: NFC, ư for ƣ."""
    if text.isascii():
        return text
    found = unicodedata.normalize("NFC", text)
    return mend_look_alikes(found) if "\u01a3" in found or "\u01a2" in found else found


def decoded(text: str, encoding: Encoding | None, capitals: bool = False) -> str:
    """Return a text typed in a font of the given old encoding in Unicode."""
    if encoding is None or text.isascii():
        return text.upper() if capitals else tidy(text)
    # The font is a hint, not a proof: a Unicode word in a .VnTime cell stays as it is.
    if _MODERN.search(text):
        return tidy(text)
    plain = decode(text, encoding).text
    return tidy(plain.upper() if capitals else plain)


def decoded_runs(rich: RichText, encoding: Encoding | None, capitals: bool) -> str:
    """Return a text of several fonts in Unicode, each part by its own font."""
    parts = []
    for font, text in rich.runs:
        if font:
            parts.append(decoded(text, encoding_of_font(font), font_shows_capitals(font)))
        else:
            parts.append(decoded(text, encoding, capitals))
    return tidy("".join(parts))


def decode_together(texts: list[str]) -> dict[str, str]:
    """Return {as stored: in Unicode} for those texts of a sheet that were in an old encoding.

    Parameters
    ----------
    texts : list of str
        The texts of one sheet in reading order whose fonts say nothing.
    """
    foreign = [text for text in texts if not text.isascii()]
    modern = sum(bool(_MODERN.search(text)) for text in foreign)
    if not foreign or 2 * modern > len(foreign):
        return {}
    # A text may hold line breaks; the verdict is per line, so they are kept apart by \v.
    some = [text.replace("\n", "\v") for text in texts[:_JUDGED_TOGETHER]]
    judged = to_unicode("\n".join(some))
    if judged.encoding == "unicode" and not judged.mixed:
        return {}
    lines = judged.text.split("\n")
    pairs = zip(texts, lines, strict=False) if len(lines) == len(some) else ()
    found = {raw: tidy(line.replace("\v", "\n")) for raw, line in pairs}
    found.update({raw: decoded(raw, judged.encoding) for raw in texts[_JUDGED_TOGETHER:]})
    return {raw: text for raw, text in found.items() if raw != text}


def settle_sheet(sheet: Sheet, settled: set[tuple[int, int]]) -> list[str]:
    """Decode the texts of a sheet whose fonts say nothing; return what was done, in words."""
    texts = list(
        dict.fromkeys(
            value
            for row, cells in sheet.rows.items()
            for column, value in cells.items()
            if type(value) is str and (row, column) not in settled
        )
    )
    found = decode_together(texts)
    if found:
        for row, cells in sheet.rows.items():
            for column, value in cells.items():
                if type(value) is str and value in found and (row, column) not in settled:
                    cells[column] = found[value]
    count = len(found) + len(settled)
    return [f"sheet {sheet.name!r}: old font letters in {count} cells decoded"] if count else []
