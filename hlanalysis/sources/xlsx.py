"""Modern Excel workbooks (.xlsx, .xlsm): the package around the sheets."""

from __future__ import annotations

from pathlib import Path

from hlanalysis.errors import InputError
from hlanalysis.grids import Sheet, Workbook
from hlanalysis.sources.cell_text import RichText, settle_sheet, tidy, unescape
from hlanalysis.sources.containers import Container, damaged, local_name
from hlanalysis.sources.xlsx_sheet import MAX_TEXT, Book, read_sheet, too_long
from hlanalysis.sources.xlsx_styles import read_looks

MAX_SHEETS = 1000


def read_xlsx(path: Path) -> Workbook:
    """Read a workbook.

    Parameters
    ----------
    path : Path
        A file whose bytes are those of an .xlsx.

    Returns
    -------
    Workbook

    Raises
    ------
    InputError
        If the file is damaged, hostile, or too large.
    """
    with Container(path) as container:
        main = _main_part(container)
        entries, from_1904 = _sheet_entries(container, main)
        relations = container.relations(main)
        texts = _shared_texts(container, _target(relations, "sharedStrings"))
        looks = read_looks(container, _target(relations, "styles"))
        book = Book(container, texts, looks, from_1904)
        sheets: list[Sheet] = []
        notes: list[str] = []
        for name, relation, visible in entries:
            kind, part = relations.get(relation, ("", ""))
            if kind != "worksheet":
                continue  # chart sheets and old macro sheets hold no cells
            sheet, settled = read_sheet(book, part, name)
            sheet.visible = visible
            notes += settle_sheet(sheet, settled)
            sheets.append(sheet)
    if not sheets:
        raise InputError(
            container.name,
            "the workbook has no sheet with cells",
            "at least one",
            "open it in Excel and save it again",
        )
    return Workbook(str(path), tuple(sheets), tuple(notes))


def _main_part(container: Container) -> str:
    for kind, part in container.relations("").values():
        if kind == "officeDocument" and part in container:
            return part
    if "xl/workbook.xml" in container:
        return "xl/workbook.xml"
    raise damaged(container.name, "part xl/workbook.xml is missing")


def _sheet_entries(container: Container, main: str) -> tuple[list[tuple[str, str, bool]], bool]:
    """Return (name, relation id, visible) of the sheets, and whether dates count from 1904."""
    entries: list[tuple[str, str, bool]] = []
    from_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        name = local_name(tag)
        if name == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            relation = next((v for k, v in attributes.items() if local_name(k) == "id"), "")
            visible = attributes.get("state", "visible") == "visible"
            entries.append((tidy(unescape(attributes.get("name", ""))), relation, visible))

    container.walk(main, start)
    if len(entries) > MAX_SHEETS:
        raise InputError(container.name, f"{len(entries)} sheets", f"at most {MAX_SHEETS}")
    return entries, from_1904


def _target(relations: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((part for found, part in relations.values() if found == kind), None)


def _shared_texts(container: Container, part: str | None) -> list[str | RichText]:
    """Return the shared strings; those in several fonts keep their parts."""
    if part is None or part not in container:
        return []
    texts: list[str | RichText] = []
    runs: list[tuple[str, str]] = []
    font, text, reading, phonetic = "", "", False, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal font, text, reading, phonetic
        name = local_name(tag)
        if name == "t":
            reading = not phonetic
        elif name == "si":
            runs.clear()
            text = ""
        elif name == "r":
            font = ""
        elif name == "rFont":
            font = attributes.get("val", "")
        elif name == "rPh":
            phonetic = True

    def end(tag: str) -> None:
        nonlocal text, reading, phonetic, font
        name = local_name(tag)
        if name == "t":
            reading = False
        elif name == "r":
            runs.append((font, unescape(text)))
            text, font = "", ""
        elif name == "rPh":
            phonetic = False
        elif name == "si":
            texts.append(_shared_text(runs, unescape(text)))

    def data(chunk: str) -> None:
        nonlocal text
        if reading:
            text += chunk
            if len(text) > MAX_TEXT:
                raise too_long(container.name)

    container.walk(part, start, end, data)
    return texts


def _shared_text(runs: list[tuple[str, str]], text: str) -> str | RichText:
    """Return a plain text, or its runs where an old font could be among them."""
    if not runs:
        return text if text.isascii() else tidy(text)
    whole = "".join(part for _, part in runs) + text
    if whole.isascii() or not any(font.lower().startswith((".vn", "vni")) for font, _ in runs):
        return tidy(whole)
    return RichText(tuple(runs))
