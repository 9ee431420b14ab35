"""Workbooks: from bytes to plain cells, whatever the file calls itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hlanalysis.errors import InputError
from hlanalysis.grids import Workbook
from hlanalysis.sources.sniffing import FileKind, sniff

MAX_FILE = 256 * 1024 * 1024

_HINTS = {
    FileKind.HTML: "open it in Excel and save it as .xlsx",
    FileKind.CSV: "open it in Excel and save it as .xlsx",
    FileKind.SPREADSHEET_XML: "open it in Excel and save it as .xlsx",
    FileKind.XLSB: "open it in Excel and save it as .xlsx",
    FileKind.ODS: "open it in LibreOffice or Excel and save it as .xlsx",
    FileKind.DOCX: "give reports to `hlanalysis extract`",
    FileKind.DOC: "give reports to `hlanalysis extract`, saved as .docx",
    FileKind.PDF: "give reports to `hlanalysis extract`",
    FileKind.TEXT: "give reports to `hlanalysis extract`",
    FileKind.EMPTY: "the file has no content; copy or download it again",
}


def load_workbook(path: str | Path) -> Workbook:
    """Read a workbook's cells; nothing is interpreted.

    Parameters
    ----------
    path : str or Path
        An .xlsx, .xlsm or .xls, under whatever name.

    Returns
    -------
    Workbook

    Raises
    ------
    InputError
        If the file is missing, is no workbook, is protected by a password, damaged, or built to
        do harm. The message says what the file looks like instead.
    """
    path = Path(path)
    kind = _kind(path)
    if kind is FileKind.XLSX:
        from hlanalysis.sources.xlsx import read_xlsx

        with _no_collector():
            return read_xlsx(path)
    if kind is FileKind.XLS:
        from hlanalysis.sources.xls import read_xls

        return read_xls(path)
    raise _refusal(path.name, kind)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Rest the garbage collector: a million live cells hold no garbage, yet it looks at each."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _kind(path: Path) -> FileKind:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputError(str(path), "not a file", "a workbook (.xlsx, .xls)")
        if size > MAX_FILE:
            raise InputError(
                path.name,
                f"the file has {size / 1e6:,.0f} MB",
                f"at most {MAX_FILE / 1e6:,.0f} MB",
                "split the workbook",
            )
        return sniff(path)
    except OSError as error:
        raise InputError(
            str(path),
            f"cannot be opened ({error.strerror})",
            "a workbook (.xlsx, .xls)",
            "check the path, and that no other program has locked the file",
        ) from error


def _refusal(name: str, kind: FileKind) -> InputError:
    if kind is FileKind.ENCRYPTED_OFFICE:
        return InputError(
            name,
            "the workbook is protected by a password",
            "a workbook that opens without one",
            "open it in Excel with the password and save it without one",
        )
    if kind is FileKind.DAMAGED_ZIP:
        return InputError(
            name,
            "the file is damaged or not a complete workbook",
            "a whole .xlsx",
            "copy or download it again, or open it in Excel and save it anew",
        )
    return InputError(
        name,
        f"not an Excel file (looks like {kind.description})",
        "a workbook (.xlsx, .xls)",
        _HINTS.get(kind, "save the table as .xlsx"),
    )
