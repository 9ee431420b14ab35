"""Word documents written by hand for tests: just the parts, so that every oddity can be made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "document": "document.main",
    "styles": "styles",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "header",
    "footer": "footer",
}


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(*content: str, properties: str = "") -> str:
    """Return a paragraph; what does not start with "<" is text."""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    runs = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p>{inner}{runs}</w:p>"


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def mark(number: int, kind: str = "footnote") -> str:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{raised}<w:{kind}Reference w:id="{number}"/></w:r>'


def cell(content: str, properties: str = "") -> str:
    content = content if content.startswith("<") else par(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    return f"<w:tbl><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    inner = "".join(one if one.startswith("<w:tc") else cell(one) for one in cells)
    return f"<w:tr>{inner}</w:tr>"


def notes(kind: str, *texts: str) -> str:
    """Return a footnotes or endnotes part; the first note has id 1."""
    ref = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Ref/></w:r>'
    items = [f'<w:{kind} w:type="separator" w:id="-1">{par("_____")}</w:{kind}>']
    for number, text in enumerate(texts, 1):
        body = text if text.startswith("<") else par(ref, " " + text)
        items.append(f'<w:{kind} w:id="{number}">{body}</w:{kind}>')
    return f"<w:{kind}s {W}>{''.join(items)}</w:{kind}s>"


def docx_bytes(body: str, **parts: str) -> bytes:
    """Return a .docx with this body; parts: styles, footnotes, endnotes, header, footer."""
    document = f'<w:document {W} {MC} xmlns:r="{RELS}"><w:body>{body}</w:body></w:document>'
    parts = {"document": document, **parts}
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{base}.{_PARTS[name]}+xml"/>'
        for name in parts
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    top = _relations({"rId1": ("officeDocument", "word/document.xml")})
    names = [name for name in parts if name != "document"]
    inner = _relations({f"rId{name}": (name, f"{name}.xml") for name in names})
    files = {"[Content_Types].xml": types, "_rels/.rels": top}
    files["word/_rels/document.xml.rels"] = inner
    files |= {f"word/{name}.xml": xml for name, xml in parts.items()}
    return zip_bytes(files)


def zip_bytes(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write_docx(path: Path, body: str, **parts: str) -> Path:
    path.write_bytes(docx_bytes(body, **parts))
    return path


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{RELS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{items}</Relationships>'
