"""Walking the XML of a Word document in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hlanalysis.sources.assembly import Assembly, Cell, Piece, superscript
from hlanalysis.sources.containers import damaged
from hlanalysis.sources.docx_elements import (
    LOCAL,
    TRANSPARENT,
    chosen,
    count_of,
    holds_grid,
    namespace,
    rows_of_table,
    symbol,
    text_boxes,
)
from hlanalysis.sources.docx_styles import Styles, is_on

MAX_DEPTH = 60  # tables in text boxes in tables: deeper than this is made by no writer
_RAISED_MARK = re.compile(r"\s*[(\[]?[0-9]{1,3}[)\]]?\s*")


class Walker:
    """Walks a story (body, note, header) and hands its paragraphs to the assembly."""

    def __init__(self, styles: Styles, name: str) -> None:
        self.styles = styles
        self.name = name
        self.out = Assembly()
        self.counts = {"hidden": 0, "deleted": 0, "embedded": 0}
        self.notes: dict[tuple[str, str], Any] = {}
        self.waiting: list[tuple[str, str, Any]] = []
        self.marks = 0
        self.depth = 0
        self.boxes: list[Any] = []
        # Word writes down where pages broke when it last laid the document out.
        self.knows_pages = False
        self.in_text = False
        self.page_before = self.page_after = False

    # -- stories

    def take_notes(self, kind: str, root: Any) -> None:
        """Remember the notes of one kind until their marks come up."""
        space = namespace(root)
        for note in root:
            # separator and continuation lines carry a type; real notes carry none or "normal"
            if note.get(space + "type", "normal") == "normal":
                self.notes[kind, note.get(space + "id", "")] = note

    def read_body(self, root: Any) -> None:
        """Read the main story to its end, notes after the page on which their marks stand."""
        space = namespace(root)
        body = root.find(space + "body")
        self.knows_pages = next(root.iter(space + "lastRenderedPageBreak"), None) is not None
        self.blocks(root if body is None else body)
        self.flush_notes()

    def left_out(self) -> list[str]:
        """Return what was left out, in words."""
        words = {
            "hidden": "pieces of hidden text are left out",
            "deleted": "tracked deletions are left out",
            "embedded": "embedded documents are left out: open the file and paste them in",
        }
        return [f"{self.counts[key]} {text}" for key, text in words.items() if self.counts[key]]

    def flush_notes(self) -> None:
        """Set the notes whose marks have come up, each a paragraph that starts with its mark."""
        waiting, self.waiting = self.waiting, []
        for kind, mark, note in waiting:
            text = self.inline(note)
            while text and not text[0].text.strip():
                text.pop(0)
            if text:
                text[0] = text[0]._replace(text=text[0].text.lstrip())
            self.out.paragraph([Piece(mark + " ", fixed=True), *text], kind)
        if self.waiting:  # a note that holds a mark of its own
            self.flush_notes()

    # -- blocks

    def blocks(self, parent: Any) -> None:
        """Read the paragraphs and tables of a body, cell, text box or content control."""
        with _Deeper(self):
            for child in parent:
                name = LOCAL[child.tag]
                if name == "p":
                    self.paragraph(child)
                elif name == "tbl":
                    self.table(child)
                elif name in ("del", "moveFrom"):
                    self.counts["deleted"] += 1
                elif name == "altChunk":
                    self.counts["embedded"] += 1
                elif name == "AlternateContent":
                    self.blocks(chosen(child))
                elif name in TRANSPARENT:
                    self.blocks(child)

    def paragraph(self, element: Any) -> None:
        """Read a paragraph; a page ends before it, or after it if it runs over."""
        self.in_text = False
        pieces: list[Piece] = []
        self.run_text(element, self.styles.default_paragraph, pieces)
        if self.page_before:
            self.end_page()
        self.out.paragraph(pieces, "text")
        self.read_boxes()
        if self.page_after:
            self.end_page()

    def read_boxes(self) -> None:
        """Read the text boxes that the last paragraph or table held."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)

    def end_page(self) -> None:
        """End the page: its notes stand at its foot."""
        self.page_before = self.page_after = False
        self.flush_notes()
        self.out.end_page()

    def table(self, element: Any) -> None:
        """Read a table row by row; its notes wait for its end."""
        for row in rows_of_table(element):
            self.in_text = False
            cells = self.row(row)
            if self.page_before or self.page_after:
                self.page_before = self.page_after = False
                self.out.end_page()
            if cells is not None:
                self.out.row(cells)
                if len(cells) == 1 and any(LOCAL[box.tag] == "tc" for box in self.boxes):
                    self.out.end_table()  # a frame: its content stands in its place
                    self.read_boxes()
        self.out.end_table()
        self.read_boxes()

    def row(self, element: Any) -> list[Cell] | None:
        """Return the cells of a row, or None if the row is left out."""
        cells: list[Cell] = []
        for child in element:
            name = LOCAL[child.tag]
            if name == "tc":
                cells.append(self.cell(child))
            elif name == "trPr":
                if self.is_left_out(child):
                    return None
                before = count_of(child.find(namespace(child) + "gridBefore"), 0)
                cells += [Cell([])] * before
            elif name in TRANSPARENT:
                with _Deeper(self):
                    cells += self.row(child) or []
        return cells

    def is_left_out(self, properties: Any) -> bool:
        """Tell whether a row is hidden or deleted, and count it."""
        space = namespace(properties)
        hidden = is_on(properties, space + "hidden")
        deleted = properties.find(space + "del") is not None
        self.counts["hidden"] += hidden
        self.counts["deleted"] += deleted and not hidden
        return hidden or deleted

    def cell(self, element: Any) -> Cell:
        """Return a cell; a merged one has its text once.

        One that holds a table of several columns is read as a text box: after this table.
        """
        span, goes_on = 1, False
        pieces: list[Piece] = []
        apart = holds_grid(element)
        for child in element:
            name = LOCAL[child.tag]
            if name == "tcPr":
                for one in child:
                    name = LOCAL[one.tag]
                    if name == "gridSpan":
                        span = count_of(one, 1)
                    elif name == "vMerge":
                        goes_on = one.get(namespace(one) + "val", "continue") == "continue"
            elif not goes_on and not apart:
                self.add_inline(child, name, pieces)
        if apart and not goes_on:
            self.boxes.append(element)
        return Cell(pieces, span, goes_on)

    def inline(self, parent: Any) -> list[Piece]:
        """Return the content of a note on one line."""
        pieces: list[Piece] = []
        for child in parent:
            self.add_inline(child, LOCAL[child.tag], pieces)
        return pieces

    def add_inline(self, child: Any, name: str, pieces: list[Piece]) -> None:
        """Add a paragraph or an inner table of a cell or note to its one line."""
        more: list[Piece] = []
        if name == "p":
            self.run_text(child, self.styles.default_paragraph, more)
        elif name == "tbl":
            with _Deeper(self):
                more = self.nested(child)
        elif name in TRANSPARENT:
            with _Deeper(self):
                more = self.inline(child)
        if more:
            if pieces:
                pieces.append(_SPACE)
            pieces += more

    def nested(self, table: Any) -> list[Piece]:
        """Return a table inside a cell on one line: rows parted by semicolons."""
        pieces: list[Piece] = []
        for row in rows_of_table(table):
            between = "; " if pieces else ""
            for cell in (one.pieces for one in self.row(row) or [] if one.pieces):
                pieces += [Piece(between, fixed=True), *cell]
                between = " "
        return pieces

    # -- runs

    def run_text(self, parent: Any, style: str | None, out: list[Piece]) -> None:
        """Add the text of a paragraph, run by run, with what its font says."""
        for child in parent:
            name = LOCAL[child.tag]
            if name == "r":
                # Most runs hold one text and no properties of their own.
                only = child[0] if len(child) == 1 else None
                if only is not None and LOCAL[only.tag] == "t" and self.plain_run(only, style, out):
                    continue
                self.run(child, style, out)
            elif name == "pPr":
                style = self.styles.of_paragraph(child)
            elif name in ("del", "moveFrom"):
                self.counts["deleted"] += 1
            elif name == "AlternateContent" or name in TRANSPARENT:
                with _Deeper(self):
                    inner = chosen(child) if name == "AlternateContent" else child
                    self.run_text(inner, style, out)
            elif name in ("oMath", "oMathPara"):
                texts = (node.text or "" for node in child.iter() if LOCAL[node.tag] == "t")
                out.append(Piece("".join(texts)))

    def plain_run(self, element: Any, style: str | None, out: list[Piece]) -> bool:
        """Add the text of a run that looks as its paragraph does; False if that is a raised one."""
        look = self.styles.of_run(style)
        text = element.text
        if look.hidden or look.raised or not text:
            return False
        if not self.in_text:
            self.in_text = not text.isspace()
        out.append(Piece(text, look.legacy, look.capitals))
        return True

    def run(self, element: Any, style: str | None, out: list[Piece]) -> None:
        """Add the pieces of one run, unless it is hidden."""
        look = self.styles.of_run(style)
        for child in element:
            name = LOCAL[child.tag]
            if name == "t":
                text, fixed = child.text, False
            elif name == "rPr":
                look = self.styles.with_properties(look, child)
                continue
            else:
                read = _IN_RUN.get(name)
                text = read(self, child, look.legacy is not None) if read else ""
                fixed = name in ("footnoteReference", "endnoteReference")
            if not text:
                continue
            if look.hidden:
                self.counts["hidden"] += name == "t"
                continue
            if not self.in_text:
                self.in_text = not text.isspace()
            if look.raised and _RAISED_MARK.fullmatch(text):
                text, fixed = superscript(text), True
            out.append(Piece(text, look.legacy, look.capitals, fixed))

    def note_mark(self, element: Any, kind: str) -> str:
        """Return the mark of a note, and remember the note for the end of the page."""
        space = namespace(element)
        note = self.notes.get((kind, element.get(space + "id", "")))
        if note is None:
            return ""
        own = is_on(element, space + "customMarkFollows", attribute=True)
        self.marks += 0 if own else 1
        mark = "" if own else superscript(str(self.marks))
        self.waiting.append((kind, mark or "*", note))
        return mark

    def line_break(self, element: Any) -> str:
        """Return the line end, or note the end of a page."""
        if element.get(namespace(element) + "type") != "page":
            return "\n"
        if not self.knows_pages:
            self.turn_page()
        return " "

    def rendered_break(self) -> str:
        """Note that Word began a new page here."""
        self.turn_page()
        return ""

    def turn_page(self) -> None:
        """End the page before this paragraph, or after it if some of it stands before the break."""
        if self.in_text:
            self.page_after = True
        else:
            self.page_before = True

    def box(self, element: Any) -> str:
        """Keep the text boxes of a drawing for after the paragraph."""
        self.boxes += text_boxes(element)
        return ""


class _Deeper:
    """Counts how deep blocks lie in each other, and refuses what no writer makes."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker

    def __enter__(self) -> None:
        self.walker.depth += 1
        if self.walker.depth > MAX_DEPTH:
            raise damaged(self.walker.name, f"parts lie in each other more than {MAX_DEPTH} deep")

    def __exit__(self, *_: object) -> None:
        self.walker.depth -= 1


_SPACE = Piece(" ", fixed=True)

_IN_RUN: dict[str, Callable[[Walker, Any, bool], str]] = {
    "tab": lambda walker, element, legacy: "\t",
    "ptab": lambda walker, element, legacy: "\t",
    "cr": lambda walker, element, legacy: "\n",
    "br": lambda walker, element, legacy: walker.line_break(element),
    "noBreakHyphen": lambda walker, element, legacy: "-",
    # In TCVN3 fonts the soft hyphen is the letter ư; elsewhere it is nothing.
    "softHyphen": lambda walker, element, legacy: "\u00ad" if legacy else "",
    "sym": lambda walker, element, legacy: symbol(element),
    "footnoteReference": lambda walker, element, legacy: walker.note_mark(element, "footnote"),
    "endnoteReference": lambda walker, element, legacy: walker.note_mark(element, "endnote"),
    "lastRenderedPageBreak": lambda walker, element, legacy: walker.rendered_break(),
    "drawing": lambda walker, element, legacy: walker.box(element),
    "pict": lambda walker, element, legacy: walker.box(element),
    "object": lambda walker, element, legacy: walker.box(element),
    "AlternateContent": lambda walker, element, legacy: walker.box(chosen(element)),
}
