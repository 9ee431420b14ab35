"""One pass over the XML of a sheet: values, errors, formulas without a result, what is hidden.

One streaming reader and no second library: it measures faster than openpyxl by a factor of
four to five, keeps what calamine loses (hidden rows and columns, error cells, indents, per cent
formats, fonts), and cannot be made to reserve a grid of 17 billion cells by a far address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hlanalysis.errors import InputError
from hlanalysis.grids import (
    MAX_COLUMN,
    MAX_ROW,
    PLAIN,
    CellDate,
    CellError,
    CellValue,
    NoValue,
    Sheet,
    column_number,
    parse_box,
)
from hlanalysis.sources.cell_text import RichText, decoded, decoded_runs, tidy, unescape
from hlanalysis.sources.containers import Container, damaged, new_parser
from hlanalysis.sources.xlsx_styles import Look

MAX_CELLS = 5_000_000  # about 400 MB of Python objects
MAX_MERGED = 200_000
MAX_TEXT = 1_000_000  # characters of one cell; Excel allows 32 767
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share.

    Attributes
    ----------
    container : Container
    texts : sequence of str or RichText
        The shared strings.
    looks : sequence of Look
        The style table.
    from_1904 : bool
        Dates count from 1904.
    """

    container: Container
    texts: Sequence[str | RichText]
    looks: Sequence[Look]
    from_1904: bool = False


def read_sheet(book: Book, part: str, name: str) -> tuple[Sheet, set[tuple[int, int]]]:
    """Read the XML of one sheet.

    Parameters
    ----------
    book : Book
    part : str
        The part's path in the container.
    name : str
        The sheet's name, for messages.

    Returns
    -------
    Sheet
    set of (row, column)
        Text cells whose encoding their font has settled.

    Raises
    ------
    InputError
        If the XML is damaged, or holds more cells than fit into memory.
    """
    reader = _SheetReader(book, name)
    parser = new_parser(book.container.declared_encoding(part))
    parser.ordered_attributes = True
    # Callbacks are what a pass costs, so the ends of elements are watched only inside text cells.
    start, text, finish = reader.handlers(parser)
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    book.container.parse(part, parser)
    finish()
    return reader.sheet, reader.settled


class _SheetReader:
    """The state of a pass that is not needed for every cell."""

    def __init__(self, book: Book, name: str) -> None:
        self.book = book
        self.sheet = Sheet(name)
        self.settled: set[tuple[int, int]] = set()
        self.cells = 0
        self.looks = {str(i): look for i, look in enumerate(book.looks) if look.matters}

    def handlers(self, parser):  # type: ignore[no-untyped-def]
        """Return the start, text and finish handlers.

        The three share plain local variables: attribute look-ups on `self` for each of a million
        cells would cost a third of the pass.
        """
        rows, styles, prefix = self.sheet.rows, self.sheet.styles, ""
        row = column = 0
        cut = -1  # where the digits of an address begin, counted from its end
        cells: dict[int, CellValue] = {}
        kind = look = ""
        mode, value, formula = 0, "", None  # mode: 1 inside a value, 2 inside a formula
        in_cell = False
        columns: dict[str, int] = {}
        cell_tag, value_tag, formula_tag, row_tag, text_tag = "c", "v", "f", "row", "t"
        looks, other, texts = self.looks, self.special, self.book.texts
        plain_texts = [text if type(text) is str else None for text in texts]

        def store() -> None:
            nonlocal in_cell
            in_cell = False
            shown = looks.get(look) if look else None
            if value:
                try:
                    if kind == "s":
                        plain = plain_texts[int(value)]
                        if plain is not None and (shown is None or shown.encoding is None):
                            if plain:
                                cells[column] = plain
                                if shown is not None:
                                    styles.setdefault(row, {})[column] = shown.style
                            return
                    elif kind == "" and (shown is None or not shown.date):
                        cells[column] = float(value)
                        if shown is not None and shown.style is not PLAIN:
                            styles.setdefault(row, {})[column] = shown.style
                        return
                except (ValueError, IndexError):
                    pass
            if value or formula is not None:
                found = other(row, column, kind, shown, value, formula)
                if found is not None:
                    cells[column] = found

        def start(tag: str, attributes: list[str]) -> None:
            nonlocal row, column, cells, kind, look, mode, value, formula, in_cell, cut
            nonlocal prefix, cell_tag, value_tag, formula_tag, row_tag, text_tag
            if tag == value_tag:
                mode = 1
            elif tag == cell_tag:
                if in_cell:
                    if value and kind == "" and look not in looks:
                        try:
                            cells[column] = float(value)
                        except ValueError:
                            store()
                    else:
                        store()
                in_cell, mode, value, formula, kind = True, 0, "", None, ""
                count = len(attributes)
                if count == 4 and attributes[2] == "s" and attributes[0] == "r":
                    look = attributes[3]
                elif count == 2 and attributes[0] == "r":
                    look = ""
                else:
                    look, kind = _look_and_kind(attributes)
                    if kind == "str" or kind == "inlineStr":
                        parser.EndElementHandler = end
                    if count == 0 or attributes[0] != "r":
                        column = self.implied_column(attributes, column)
                        return
                letters = attributes[1][:cut]
                if letters in columns:
                    column = columns[letters]
                else:
                    letters = attributes[1].rstrip("0123456789")
                    column = columns[letters] = self.column(letters)
            elif tag == row_tag:
                if in_cell:
                    store()
                self.count(len(cells))
                row, cells, column = self.row(attributes, row), {}, 0
                cut = -len(str(row))
                # Rows may come twice in files written by hand; later cells then join earlier.
                cells = rows.setdefault(row, cells)
            elif tag == formula_tag:
                mode, formula = 2, ""
            elif tag == text_tag and in_cell and kind == "inlineStr":
                mode = 1
            elif row == 0 and not prefix and ":" in tag:
                prefix = tag.rpartition(":")[0] + ":"
                cell_tag, value_tag, formula_tag = prefix + "c", prefix + "v", prefix + "f"
                row_tag, text_tag = prefix + "row", prefix + "t"
            else:
                if in_cell and kind != "inlineStr":
                    store()
                    mode = 0
                self.element(tag.removeprefix(prefix), attributes)

        def end(tag: str) -> None:
            nonlocal mode
            if tag == cell_tag:
                parser.EndElementHandler = None
            mode = 0

        def text(data: str) -> None:
            nonlocal value, formula
            if mode == 1:
                value += data
                if len(value) > MAX_TEXT:
                    raise too_long(self.book.container.name)
            elif mode == 2 and len(formula or "") < MAX_TEXT:
                formula = (formula or "") + data

        def finish() -> None:
            if in_cell:
                store()
            self.count(len(cells))
            for number in [number for number, kept in rows.items() if not kept]:
                del rows[number]

        return start, text, finish

    def special(
        self, row: int, column: int, kind: str, look: Look | None, value: str, formula: str | None
    ) -> CellValue | None:
        """Return the value of a cell that is not a plain number or a plain text."""
        if look is not None and look.style is not PLAIN:
            self.sheet.styles.setdefault(row, {})[column] = look.style
        if kind in ("", "s", "e", "b", "d"):
            value = value.strip()
        if not value:
            return NoValue(formula or "") if formula is not None and kind == "" else None
        if kind == "":
            return self.number(row, column, value, look)
        if kind == "e":
            return CellError(value)
        if kind == "b":
            return value in _TRUE
        if kind == "d":
            return _iso_date(value)
        return self.text(row, column, kind, value, look)

    def number(self, row: int, column: int, value: str, look: Look | None) -> CellValue:
        """Return a number or, where it is shown as one, a date."""
        try:
            number = float(value)
        except ValueError as error:
            raise damaged(
                self.book.container.name,
                f"sheet {self.sheet.name!r}, row {row}: {value[:40]!r} is stored as a number",
            ) from error
        if look is not None and look.date:
            return date_of_serial(number, self.book.from_1904) or number
        return number

    def text(
        self, row: int, column: int, kind: str, value: str, look: Look | None
    ) -> CellValue | None:
        """Return the text of a cell in Unicode."""
        encoding, capitals = (look.encoding, look.capitals) if look else (None, False)
        stored: str | RichText = value
        if kind == "s":
            try:
                stored = self.book.texts[int(value)]
            except (ValueError, IndexError):
                return CellError(f"text no. {value[:12]} is missing from the file")
        if encoding is not None:
            self.settled.add((row, column))
        if isinstance(stored, RichText):
            self.settled.add((row, column))
            return decoded_runs(stored, encoding, capitals) or None
        if encoding is None and kind == "s":
            return stored or None  # put in order when the shared texts were read
        if kind != "s":
            stored = unescape(stored)
        return (decoded(stored, encoding, capitals) if encoding else tidy(stored)) or None

    def row(self, attributes: list[str], last: int) -> int:
        """Return the number of a row and note whether it is shown."""
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        number = last + 1
        if "r" in named:
            number = int(named["r"]) if named["r"].isdecimal() else 0
        if not 1 <= number <= MAX_ROW:
            raise damaged(
                self.book.container.name, f"sheet {self.sheet.name!r} has no row {named.get('r')}"
            )
        if named.get("hidden") in _TRUE or named.get("ht") == "0":
            self.sheet.hidden_rows.add(number)
        elif self.sheet.rows_hidden_by_default and named.get("hidden") not in _TRUE:
            self.sheet.shown_rows.add(number)
        return number

    def column(self, letters: str) -> int:
        """Return the number of a column, which must be one that a sheet has."""
        number = column_number(letters) if letters.isascii() and letters.isalpha() else 0
        if not 1 <= number <= MAX_COLUMN:
            raise damaged(
                self.book.container.name, f"sheet {self.sheet.name!r} has no column {letters!r}"
            )
        return number

    def implied_column(self, attributes: list[str], last: int) -> int:
        """Return the column of a cell whose address is not its first attribute."""
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        if "r" in named:
            return self.column(named["r"].rstrip("0123456789"))
        return min(last + 1, MAX_COLUMN)

    def count(self, cells: int) -> None:
        """Add to the number of cells kept, and stop where they no longer fit."""
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise InputError(
                f"{self.book.container.name}, sheet {self.sheet.name!r}",
                f"more than {MAX_CELLS:,} filled cells",
                "a workbook that fits into memory",
                "split the sheet, or export it as CSV or Parquet",
            )

    def element(self, tag: str, attributes: list[str]) -> None:
        """Note the elements beside the cells that matter."""
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        if tag == "col":
            if named.get("hidden") in _TRUE or _is_zero(named.get("width")):
                first, last = named.get("min", ""), named.get("max", "")
                if first.isdecimal() and last.isdecimal():
                    self.sheet.hidden_columns.append((int(first), int(last)))
        elif tag == "sheetFormatPr":
            self.sheet.rows_hidden_by_default = named.get("zeroHeight") in _TRUE
        elif tag == "mergeCell" and len(self.sheet.merged) < MAX_MERGED:
            box = parse_box(named.get("ref", ""))
            if box is not None:
                self.sheet.merged.append(box)


def too_long(name: str) -> InputError:
    """Return the error for a text that no spreadsheet could hold."""
    return damaged(name, f"a text of more than {MAX_TEXT:,} characters")


def _look_and_kind(attributes: list[str]) -> tuple[str, str]:
    """Return a cell's style number and type from its attributes, "" where not given."""
    if len(attributes) == 4 and attributes[2] == "t":
        kind, look = attributes[3], ""
    elif len(attributes) == 6 and attributes[2] == "s" and attributes[4] == "t":
        look, kind = attributes[3], attributes[5]
    else:
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        look, kind = named.get("s", ""), named.get("t", "")
    return look, "" if kind == "n" else kind


def date_of_serial(serial: float, from_1904: bool = False) -> CellDate | None:
    """Return the date of a serial number, None for one that is no date.

    Examples
    --------
    >>> date_of_serial(45292.0)
    CellDate(year=2024, month=1, day=1)
    """
    if not 1 <= serial < 2_958_466:
        return None
    # Excel counts a 29 February 1900 that never was.
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 if serial >= 60 else 31)
    day = start + timedelta(days=int(serial))
    return CellDate(day.year, day.month, day.day)


def _iso_date(value: str) -> CellValue:
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return CellDate(day.year, day.month, day.day)


def _is_zero(width: str | None) -> bool:
    try:
        return width is not None and float(width) == 0
    except ValueError:
        return False
