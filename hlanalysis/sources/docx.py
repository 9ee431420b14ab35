"""Word documents (.docx): one pass over the XML, as the printed page reads.

Kept: paragraphs, tables row by row with a tab between columns (a merged cell stands once, at its
first column), text boxes after the paragraph that holds them, footnotes and endnotes with a mark
in superscript digits. Left out and said so: hidden text, tracked deletions, headers and footers.
Numbers that Word counts by itself (lists, page numbers) are not in the text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.sources.containers import Container, damaged
from hlanalysis.sources.documents import Document
from hlanalysis.sources.docx_styles import Styles
from hlanalysis.sources.docx_walk import Walker

# A thousand pages with tables are some 20 MB of XML; the tree in memory is about ten times that.
MAX_XML = 64 * 1024 * 1024


def read_docx(path: Path, name: str) -> Document:
    """Read a .docx as a document.

    Raises
    ------
    InputError
        If the file is damaged, holds entities or parts too large, or has no text.
    """
    with Container(path) as container:
        main = _main_part(container)
        related = dict(container.relations(main).values())
        styles = Styles(_parse(container, related.get("styles")))
        walker = Walker(styles, path.name)
        for kind in ("footnotes", "endnotes"):
            root = _parse(container, related.get(kind))
            if root is not None:
                walker.take_notes(kind.removesuffix("s"), root)
        body = _parse(container, main)
        asides = [
            (kind, _parse(container, part))
            for kind, part in container.relations(main).values()
            if kind in ("header", "footer")
        ]
    if body is None:
        raise damaged(path.name, f"part {main} is missing")
    walker.read_body(body)
    notes = walker.left_out() + _aside_notes(asides, styles, path.name)
    if not walker.out.has_text():
        raise InputError(
            str(path),
            "the document holds no text",
            "paragraphs or tables of text",
            "if it is a scan pasted into Word, run optical character recognition (OCR) on it first",
        )
    return walker.out.document(path, name, notes, "docx")


def _main_part(container: Container) -> str:
    targets = container.relations("").values() if "_rels/.rels" in container else ()
    for kind, part in targets:
        if kind == "officeDocument" and part in container:
            return part
    return "word/document.xml"


def _parse(container: Container, part: str | None) -> Any:
    """Return the root of a part, or None where there is none; no network, no entities."""
    from lxml import etree

    if part is None or part not in container:
        return None
    if container.size(part) > MAX_XML:
        raise InputError(
            container.name,
            f"part {part} holds {container.size(part) / 2**20:,.0f} MB",
            f"at most {MAX_XML // 2**20} MB of XML in a part",
            "split the document, or save it anew without pasted objects",
        )
    data = container.read(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise InputError(
            container.name,
            f"part {part} declares a document type (entities)",
            "XML without one, as Word writes it",
            "do not open this file; ask the sender for a clean copy",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(container.name, f"part {part} is not well-formed XML ({error})") from error


def _aside_notes(asides: list[tuple[str, Any]], styles: Styles, name: str) -> list[str]:
    """Return the headers and footers as notes: they belong to no place in the running text."""
    seen: dict[str, None] = {}
    for _, root in asides:
        if root is not None:
            walker = Walker(styles, name)
            walker.read_body(root)
            seen[" ".join(walker.out.plain().split())] = None
    texts = [text for text in seen if text]
    return [f"headers and footers are left out: {' | '.join(texts)}"[:500]] if texts else []
