"""PDF documents with a text layer: pages, columns, notes and ruled tables to text.

Running heads, feet and page numbers are left out and said so. A scan without a text layer is
named as such: reading it needs optical character recognition first.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.sources.assembly import Assembly, Cell, Piece
from hlanalysis.sources.documents import Document, unreadable
from hlanalysis.sources.pdf_furniture import drop_furniture
from hlanalysis.sources.pdf_layout import blocks_of, join_pages, set_right_edges
from hlanalysis.sources.pdf_lines import PageText
from hlanalysis.sources.pdf_rows import Block, PageLayout
from hlanalysis.sources.pdf_tables import take_tables

MAX_BYTES = 512 * 1024 * 1024
MAX_PAGES = 5000
MAX_CHARACTERS = 400_000  # on one page; a dense page holds 10 000
_TAIL = 64 * 1024
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff]")
_FEW = 12  # characters a page on average: less is a stamp or a page number on a scan


def read_pdf(path: Path, name: str) -> Document:
    """Read a .pdf as a document.

    Raises
    ------
    InputError
        If the file is cut short, damaged, protected by a password, too large, a scan without a
        text layer, or holds letters without meaning.
    """
    _check_whole(path)
    pdf = _open(path)
    try:
        layouts, empty = _read_pages(path, pdf)
    finally:
        pdf.close()
    _check_text(path, layouts, empty)
    notes = [f"pages without a text layer (scans?) are missing: {_some(empty)}"] if empty else []
    running = drop_furniture(layouts)
    set_right_edges(layouts)
    if running:
        notes.append(f"running heads and feet are left out: {' | '.join(running)}"[:500])
    out = _assemble(_blocks(layouts))
    return out.document(path, name, notes, "pdf")


def _check_whole(path: Path) -> None:
    """Refuse a file that was cut off: the library would silently read what is left of it."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(size - _TAIL, 0))
            tail = file.read()
    except OSError as error:
        raise unreadable(path, error) from error
    if size > MAX_BYTES:
        raise InputError(
            str(path), f"{size / 2**20:,.0f} MB", f"at most {MAX_BYTES // 2**20} MB",
            "split the document",
        )  # fmt: skip
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise _damaged(path, "its end is missing")


def _damaged(path: Path, detail: str) -> InputError:
    return InputError(
        str(path), f"the PDF is damaged or not complete ({detail})",
        "a file that a PDF viewer opens without complaint", "copy or download it again",
    )  # fmt: skip


def _open(path: Path) -> Any:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error):
            raise InputError(
                str(path), "the PDF is protected by a password", "a PDF that opens without one",
                "open it with its password and print it to a new PDF",
            ) from error  # fmt: skip
        raise _damaged(path, str(error).rstrip(".")) from error
    if not 0 < len(pdf) <= MAX_PAGES:
        count = len(pdf)
        pdf.close()
        if not count:
            raise _damaged(path, "it holds no pages")
        raise InputError(str(path), f"{count} pages", f"at most {MAX_PAGES}", "split the document")
    return pdf


def _read_pages(path: Path, pdf: Any) -> tuple[list[PageLayout], list[int]]:
    """Return what stands on each page, and the numbers of pages with pictures but no text."""
    import pypdfium2

    layouts, empty = [], []
    for index in range(len(pdf)):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError as error:
            raise _damaged(path, f"page {index + 1} cannot be read") from error
        layout = _read_page(path, page, index)
        if not layout.segments and not layout.tables and _has_picture(page):
            empty.append(index + 1)
        layouts.append(layout)
        page.close()
    return layouts, empty


def _read_page(path: Path, page: Any, index: int) -> PageLayout:
    text = PageText(page)
    try:
        if len(text.text) > MAX_CHARACTERS:
            raise InputError(
                f"{path}, page {index + 1}", f"{len(text.text)} characters on one page",
                f"at most {MAX_CHARACTERS}", "this is no printed page; export the document anew",
            )  # fmt: skip
        layout = PageLayout(text.height, text.segments())
        if layout.segments:
            take_tables(page, text, layout)
        return layout
    finally:
        text.close()


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as raw

    count = min(raw.FPDFPage_CountObjects(page), 2000)
    kinds = (raw.FPDFPage_GetObject(page, index) for index in range(count))
    drawn = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
    return any(raw.FPDFPageObj_GetType(one) in drawn for one in kinds)


def _check_text(path: Path, layouts: list[PageLayout], empty: list[int]) -> None:
    texts = [one.text for page in layouts for one in page.segments]
    texts += [text for page in layouts for table in page.tables for text in table.texts()]
    characters = sum(map(len, texts))
    if characters < _FEW * len(layouts) and (empty or not characters):
        raise InputError(
            str(path),
            f"{len(layouts)} pages without a text layer: a scan, or pictures of pages",
            "a PDF whose text can be selected",
            "run optical character recognition (OCR) on it first, with Vietnamese as its language",
        )
    whole = "".join(texts)
    lost = len(_MEANINGLESS.findall(whole))
    if lost > 0.3 * characters:
        raise InputError(
            str(path), "its letters carry no meaning: the fonts were embedded without Unicode",
            "a PDF whose text can be copied into another program",
            "export it again from the original, or run optical character recognition (OCR) on it",
        )  # fmt: skip


def _blocks(layouts: list[PageLayout]) -> list[list[Block]]:
    """Return the blocks of all pages; a note may go on at the foot of the next page."""
    pages: list[list[Block]] = []
    for page in layouts:
        notes = [one for one in pages[-1] if one.kind == "footnote"] if pages else []
        page.note_goes_on = bool(notes) and notes[-1].open_end
        pages.append(blocks_of(page))
    return pages


def _assemble(pages: list[list[Block]]) -> Assembly:
    """Put pages together; notes wait while a table goes on over the foot of their page."""
    out = Assembly()
    notes: list[Block] = []
    for index, blocks in enumerate(pages):
        following = pages[index + 1] if index + 1 < len(pages) else []
        join_pages(blocks, following)
        body = [one for one in blocks if one.kind != "footnote"]
        notes += [one for one in blocks if one.kind == "footnote"]
        next_body = [one for one in following if one.kind != "footnote"]
        goes_on = bool(body and next_body) and _same_table(body[-1], next_body[0])
        for block in body:
            if block.kind != "table":
                out.paragraph([Piece("\n".join(block.lines))], block.kind)
                continue
            for row in _rows(block):
                out.row(row)
            if block is not body[-1] or not goes_on:
                out.end_table()
        if not goes_on:
            for note in notes:
                out.paragraph([Piece("\n".join(note.lines))], note.kind)
            notes = []
        out.end_page(even_empty=True)
    return out


def _same_table(block: Block, after: Block) -> bool:
    """Tell whether the table at the head of a page goes on with the one at the foot before it."""
    if after.kind != "table" or bool(block.rows) != bool(after.rows):
        return False
    widths = {sum(cell.width for cell in row) for one in (block, after) for row in _rows(one)}
    return len(widths) == 1


def _rows(block: Block) -> list[list[Cell]]:
    if block.rows:
        return [list(row) for row in block.rows]
    return [_cells(line) for line in block.lines]


def _cells(line: str) -> list[Cell]:
    """Return the cells of a row without rules."""
    return [Cell([Piece(text)] if text else []) for text in line.split("\t")]


def _some(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    return f"{shown} and {len(numbers) - 20} more" if len(numbers) > 20 else shown
