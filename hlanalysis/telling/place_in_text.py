"""Where in a text a figure stands, in words a reader can find it by: its section, its table row."""

from __future__ import annotations

import re

from hlanalysis.numbers import Lang
from hlanalysis.texts import text as text_of

# "II.", "2.1.", "b)": the marks of numbered sections; dashes of lists name nothing.
_MARKED = re.compile(r"\s*(?:[IVXL]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ](?=\)))[.)]\s*[^\W\d_]")
_PART = re.compile(r"\s*(?:Phần|Mục|Chương)\s+(?:[IVXL]{1,6}|thứ\s+\w+|\d{1,2})\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_HEADING = 200
_SHOWN = 60


def place_in_text(text: str, start: int, lang: Lang) -> str:
    r"""Return the section a character stands in, and the row if it stands in a table.

    A text without numbered sections is told by its paragraph, counted from one.

    Parameters
    ----------
    text : str
        Of the whole document; cells of a table's row are parted by tabs.
    start : int
    lang : {"vi", "en"}

    Examples
    --------
    >>> report = "I. KẾT QUẢ\n1. Thu ngân sách\nThu đạt 222 tỷ đồng.\nTT\tTên\n1\tLúa\t410"
    >>> place_in_text(report, report.index("222"), "vi")
    'mục «1. Thu ngân sách»'
    >>> place_in_text(report, report.index("410"), "en")
    'section “1. Thu ngân sách”, table row “Lúa”'
    >>> place_in_text("Năm tốt.\nThu đạt 222 tỷ đồng.", 20, "vi")
    'đoạn 2'
    """
    lines = text[: _end_of_line(text, start)].splitlines()
    own = lines[-1] if lines else ""
    found = []
    heading = next((line for line in reversed(lines) if _names_section(line, own)), "")
    if heading:
        found.append(text_of("display.section", lang).format(name=_clip(heading)))
    row = next((cell for cell in own.split("\t") if _LETTERS.search(cell)), "")
    if "\t" in own and row:
        found.append(text_of("display.table_row", lang).format(name=_clip(row)))
    if not found:
        number = sum(1 for line in lines if line.strip())
        found.append(text_of("display.paragraph", lang).format(number=number))
    return ", ".join(found)


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _names_section(line: str, own: str) -> bool:
    if "\t" in line or (line is not own and len(line) > _LONGEST_HEADING):
        return False
    return bool(_MARKED.match(line) or _PART.match(line))


def _clip(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= _SHOWN:
        return words
    return words[: words.rfind(" ", 0, _SHOWN)].rstrip(" ,;:-") + "…"
