"""Old Excel workbooks (.xls, BIFF), read by xlrd.

Why xlrd and not calamine, which is faster: calamine gives no hidden rows or columns, no error
cells, no per cent formats and no fonts for .xls, and a crash in it takes the whole process down.
xlrd is pure Python, so every damage ends in an exception.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.grids import Box, CellError, CellValue, Sheet, Workbook
from hlanalysis.sources.cell_text import RichText, decoded, decoded_runs, settle_sheet, tidy
from hlanalysis.sources.containers import damaged
from hlanalysis.sources.encodings import encoding_of_font, font_shows_capitals
from hlanalysis.sources.ole import OleError, OleFile
from hlanalysis.sources.sniffing import OLE_SIGNATURE
from hlanalysis.sources.xlsx_sheet import date_of_serial
from hlanalysis.sources.xlsx_styles import Look, style_of_format, with_indent

MAX_FILE = 64 * 1024 * 1024  # a BIFF sheet holds at most 65 536 x 256 cells
_TEXT, _NUMBER, _DATE, _BOOL, _ERROR = 1, 2, 3, 4, 5


def read_xls(path: Path) -> Workbook:
    """Read an old workbook.

    Parameters
    ----------
    path : Path
        A file whose bytes are those of a BIFF workbook.

    Returns
    -------
    Workbook

    Raises
    ------
    InputError
        If the file is damaged, too large, or protected by a password.
    """
    if path.stat().st_size > MAX_FILE:
        raise InputError(
            path.name,
            "an old .xls of more than 64 MB",
            "a smaller one",
            "open it in Excel and save it as .xlsx",
        )
    book = _open(path)
    try:
        looks = [_look(book, xf) for xf in book.xf_list]
        sheets = [_Reader(book, sheet, looks) for sheet in book.sheets()]
        found = [reader.read() for reader in sheets]
    except (IndexError, KeyError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise damaged(path.name, str(error) or type(error).__name__) from error
    notes = [note for reader in sheets for note in reader.settle_text()]
    return Workbook(str(path), tuple(found), tuple(notes))


def _open(path: Path) -> Any:
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=_biff_stream(path),
            formatting_info=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise InputError(
                path.name,
                "the workbook is protected by a password",
                "a workbook that opens without one",
                "open it in Excel with the password and save it without one",
            ) from error
        raise damaged(path.name, str(error)) from error
    except Exception as error:
        # xlrd does not say which exceptions a damaged file raises: struct.error, IndexError,
        # AssertionError, UnicodeDecodeError, CompDocError and OverflowError were all seen.
        raise damaged(path.name, f"{type(error).__name__}: {error}"[:120]) from error


def _biff_stream(path: Path) -> bytes:
    """Return the BIFF records, taken out of their container by our own reader."""
    data = path.read_bytes()
    if not data.startswith(OLE_SIGNATURE):
        return data
    stream = OleFile(data).stream("Workbook", "Book")
    if stream is None:
        raise OleError("the container holds no workbook")
    return stream


def _look(book: Any, xf: Any) -> Look:
    """Return what a cell format does to the meaning of a cell."""
    shape = book.format_map.get(xf.format_key)
    font = book.font_list[xf.font_index]
    style, date = style_of_format(shape.format_str if shape else "", 0)
    look = Look(
        type(style)(style.scale, style.percent, 0, bool(font.bold)),
        date,
        encoding_of_font(font.name),
        font_shows_capitals(font.name),
    )
    return with_indent(look, xf.alignment.indent_level)


class _Reader:
    """One sheet on its way from xlrd to plain cells."""

    def __init__(self, book: Any, source: Any, looks: list[Look]) -> None:
        self.book, self.source, self.looks = book, source, looks
        self.sheet = Sheet(tidy(source.name), visible=source.visibility == 0)
        self.settled: set[tuple[int, int]] = set()

    def read(self) -> Sheet:
        """Return the sheet's cells and what is hidden."""
        sheet, source = self.sheet, self.source
        for row in range(source.nrows):
            cells = {}
            for column, cell in enumerate(source.row(row)):
                value = self.value(row, column, cell)
                if value is not None:
                    cells[column + 1] = value
            if cells:
                sheet.rows[row + 1] = cells
        sheet.merged = [
            Box(top + 1, left + 1, bottom, right)
            for top, bottom, left, right in source.merged_cells
        ]
        sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
        sheet.hidden_columns = [
            (column + 1, column + 1)
            for column, info in source.colinfo_map.items()
            if info.hidden or info.width == 0
        ]
        return sheet

    def value(self, row: int, column: int, cell: Any) -> CellValue | None:
        """Return a cell's value; its style is noted where it matters."""
        look = self.looks[cell.xf_index] if cell.xf_index is not None else Look()
        found = self.plain(row, column, cell, look)
        if found is not None and look.matters:
            self.sheet.styles.setdefault(row + 1, {})[column + 1] = look.style
        return found

    def plain(self, row: int, column: int, cell: Any, look: Look) -> CellValue | None:
        """Return a cell's value without its style."""
        import xlrd

        if cell.ctype == _TEXT:
            return self.text(row, column, cell.value, look)
        if cell.ctype == _NUMBER:
            return float(cell.value)
        if cell.ctype == _DATE:
            return date_of_serial(cell.value, self.book.datemode == 1) or float(cell.value)
        if cell.ctype == _BOOL:
            return bool(cell.value)
        if cell.ctype == _ERROR:
            return CellError(xlrd.error_text_from_code.get(cell.value, f"error {cell.value}"))
        return None

    def text(self, row: int, column: int, text: str, look: Look) -> str | None:
        """Return a cell's text in Unicode, by the fonts of its parts."""
        runs = self.source.rich_text_runlist_map.get((row, column))
        if runs and any(self.font(number).lower().startswith((".vn", "vni")) for _, number in runs):
            self.settled.add((row + 1, column + 1))
            return decoded_runs(self.runs(text, runs), look.encoding, look.capitals) or None
        if look.encoding is None:
            return tidy(text) or None
        self.settled.add((row + 1, column + 1))
        return decoded(text, look.encoding, look.capitals) or None

    def runs(self, text: str, runs: Iterable[tuple[int, int]]) -> RichText:
        """Cut a text where its font changes."""
        starts = [(0, ""), *((start, self.font(number)) for start, number in runs)]
        ends = [start for start, _ in starts[1:]] + [len(text)]
        return RichText(
            tuple((font, text[a:b]) for (a, font), b in zip(starts, ends, strict=True) if b > a)
        )

    def font(self, number: int) -> str:
        """Return the name of a font."""
        return str(self.book.font_list[number].name)

    def settle_text(self) -> list[str]:
        """Decode the texts whose fonts say nothing but whose letters do."""
        return settle_sheet(self.sheet, self.settled)
