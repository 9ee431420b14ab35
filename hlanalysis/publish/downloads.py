"""The numbers behind a chart as files inside the page: CSV and Excel."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hlanalysis.publish.inert import visible

if TYPE_CHECKING:
    import pandas as pd

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Spreadsheets run a cell that begins like this, also when it comes from a CSV file.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def table_downloads(frame: pd.DataFrame, stem: str) -> list[dict[str, str]]:
    """Return a table as the `downloads` of an output's metadata (docs/pages.md).

    Parameters
    ----------
    frame : DataFrame
        The numbers behind a chart, a row each; the index is left out.
    stem : str
        Name of the files without ending.

    Returns
    -------
    list of dict
        A CSV file that Excel opens with Vietnamese letters, and an .xlsx file. Texts that would
        run as formulas are inert in both; the same table gives the same bytes.
    """
    header = [str(name) for name in frame.columns]
    rows = [[_plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    return [
        {"name": f"{stem}.csv", "mime": "text/csv", "base64": _encoded(_csv(header, rows))},
        {"name": f"{stem}.xlsx", "mime": XLSX, "base64": _encoded(_xlsx(header, rows, stem))},
    ]


def inert_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> inert_cell("=1+1"), inert_cell("Thu"), inert_cell("-2,7")
    ("'=1+1", 'Thu', "'-2,7")
    """
    text = visible(text)
    return f"'{text}" if text.startswith(_RUNS) else text


def _plain(value: Any) -> Any:
    """Return a number, a text or None."""
    if value is None or value != value:
        return None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return value
    return value.item() if hasattr(value, "item") else str(value)


def _csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in [header, *rows]:
        writer.writerow([inert_cell(cell) if isinstance(cell, str) else cell for cell in row])
    # Without the mark at its start Excel reads the file as Latin letters.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(header: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    # A fixed day: the clock would change the bytes of every page.
    book.set_properties({"created": datetime(2020, 1, 1), "title": visible(title)})
    bold, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet()
    for place, name in enumerate(header):
        sheet.write_string(0, place, visible(name), bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, visible(cell), text)
            elif cell is not None:
                sheet.write_number(number, place, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return out.getvalue()


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
