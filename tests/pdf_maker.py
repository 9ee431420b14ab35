"""PDF files written by hand for tests: text at a place and size, lines, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sheet:
    """One page; coordinates in points from the lower left corner."""

    width: float = 595
    height: float = 842
    turned: int = 0
    operators: list[str] = field(default_factory=list)
    picture: bool = False

    def text(self, x: float, y: float, text: str, size: float = 12) -> Sheet:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.operators.append(f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET")
        return self

    def scaled(self, x: float, y: float, text: str, size: float = 12) -> Sheet:
        """Write text as some programs do: font size 1, the size in the matrix."""
        self.operators.append(f"BT /F1 1 Tf {size} 0 0 {size} {x} {y} Tm ({text}) Tj ET")
        return self

    def line(self, x: float, y: float, to_x: float, to_y: float) -> Sheet:
        self.operators.append(f"0.5 w {x} {y} m {to_x} {to_y} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        for x in xs:
            self.line(x, min(ys), x, max(ys))
        for y in ys:
            self.line(min(xs), y, max(xs), y)
        return self

    def image(self) -> Sheet:
        self.picture = True
        self.operators.append("q 400 0 0 600 50 50 cm /I1 Do Q")
        return self


def pdf_bytes(*pages: Sheet) -> bytes:
    objects: list[bytes] = [b"", b""]
    font = _add(
        objects,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    image = _add(
        objects,
        _stream(
            b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray "
            b"/BitsPerComponent 8",
            b"\x00\xff\xff\x00",
        ),
    )
    kids = []
    for page in pages:
        content = "\n".join(page.operators).encode("cp1252")
        body = _add(objects, _stream(b"", content))
        pictures = f" /XObject << /I1 {image} 0 R >>" if page.picture else ""
        kids.append(
            _add(
                objects,
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] "
                f"/Rotate {page.turned} /Resources << /Font << /F1 {font} 0 R >>{pictures} >> "
                f"/Contents {body} 0 R >>".encode(),
            )
        )
    references = " ".join(f"{kid} 0 R" for kid in kids)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>".encode()
    return _joined(objects)


def write_pdf(path: Path, *pages: Sheet) -> Path:
    path.write_bytes(pdf_bytes(*pages))
    return path


def _add(objects: list[bytes], body: bytes) -> int:
    objects.append(body)
    return len(objects)


def _stream(entries: bytes, content: bytes) -> bytes:
    head = b"<< %s /Length %d >>\nstream\n" % (entries, len(content))
    return head + content + b"\nendstream"


def _joined(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(out)
