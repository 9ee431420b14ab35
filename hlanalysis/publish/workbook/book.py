"""An open workbook with our habits: formats made once, text that stays text, sheets that print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from hlanalysis.charts.words import clean
from hlanalysis.numbers import Lang
from hlanalysis.publish.workbook.words import workbook_word

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# A cell that begins so would become a formula when somebody edits it, or in a program less careful.
_RISKY = ("=", "+", "-", "@", "\t", "{")
# Excel cuts a cell's text beyond this many characters and calls the file damaged.
_LONGEST = 32_000
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip


class Book:
    """A workbook being written.

    Attributes
    ----------
    book : xlsxwriter.Workbook
    lang : {"vi", "en"}
    """

    def __init__(self, book: Workbook, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self._formats: dict[tuple[Any, ...], Any] = {}

    def word(self, key: str) -> str:
        """Return one of the sheets' own words."""
        return workbook_word(key, self.lang)

    def looks(self, **looks: Any) -> Any:
        """Return a cell format; the same one for the same looks."""
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
            self._formats[key] = self.book.add_format(base | looks)
        return self._formats[key]

    def text(self, text: str, **looks: Any) -> tuple[str, Any]:
        """Return a text and its format, for `write_string`; inert whatever it begins with."""
        plain = clean(text)[:_LONGEST]
        if plain.startswith(_RISKY):
            looks["quote_prefix"] = True
        return plain, self.looks(**looks)

    def sheet(self, key: str) -> Any:
        """Add a sheet under one of our names, set up for A4."""
        sheet = self.book.add_worksheet(self.word(key))
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer(f"&L&A&R{self.word('page')} &P/&N")
        sheet.hide_gridlines(2)
        return sheet

    def table(self, sheet: Any, heads: list[tuple[str, float]], count: int, row: int = 0) -> None:
        """Write the heads of a table: frozen, filtered, repeated on every printed page."""
        looks = {"bold": True, "bg_color": "#E3F0F8", "bottom": 1, "text_wrap": True}
        for column, (key, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(row, column, *self.text(self.word(key), **looks))
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)
        sheet.set_landscape()
        if count:
            sheet.autofilter(row, 0, row + count, len(heads) - 1)

    def fit(self, sheet: Any, row: int, cells: Iterable[tuple[str, float]]) -> None:
        """Make a row as high as its wrapped texts need; not every program does it by itself.

        Parameters
        ----------
        cells : iterable of (str, float)
            Each text with the width of its column in characters.
        """
        lines = max((lines_of(text, width) for text, width in cells), default=1)
        if lines > 1:
            sheet.set_row(row, min(lines * 13.0 + 3, 400))


def lines_of(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column of so many characters.

    Examples
    --------
    >>> lines_of("Thu ngân sách trên địa bàn", 12)
    3
    """
    lines, room = 1, width
    for one in text.split():
        if len(one) + 1 > room and room < width:
            lines, room = lines + 1, width
        lines += int(len(one) // width)
        room -= len(one) % width + 1
    return lines
