"""Reading documents against named peers: .docx and python-docx, .pdf and plain pypdfium2 text.

Ratios of medians of processor time in alternating runs, so that a busy machine counts for both.
Also counts how many figures with a footnote mark each reader keeps apart from the mark.

Run: python benchmarks/documents.py
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from docx_maker import W, cell, mark, notes, par, row, table, write_docx  # noqa: E402
from pdf_maker import Sheet, write_pdf  # noqa: E402

from hlanalysis.sources.documents import load_document  # noqa: E402

DOCX_GOAL, PDF_GOAL = 0.35, 4.0
SENTENCE = (
    "Thu ngân sách trên địa bàn ước đạt 318,65 tỷ đồng, bằng 112,4% dự toán tỉnh giao, tăng 9,7% "
    "so với cùng kỳ; giải quyết việc làm cho 1.325 lao động. "
)
PLAIN = "thu ngan sach tren dia ban uoc dat 318,65 ty dong, bang 112,4% du toan giao nam "
REPORT = ROOT / "tests" / "data" / "documents" / "bao_cao_son_binh.pdf"


def make_docx(folder: Path) -> Path:
    """Write a report of 300 paragraphs, 60 footnotes and 12 tables of 25 rows."""
    body = []
    for number in range(300):
        marks = [mark(number // 5 + 1)] if number % 5 == 0 else []
        body.append(par(SENTENCE * 3, *marks, " Hết đoạn."))
        if number % 25 == 24:
            merged = cell("Kế hoạch", '<w:gridSpan w:val="2"/>')
            head = row("TT", "Chỉ tiêu", merged, "So sánh")
            rows = (row(str(n), "Thu nội địa", "300", "318,65", "106,2") for n in range(25))
            body.append(table(head, *rows))
    foot = notes("footnote", *(f"Số liệu {n}: 1.067 người." for n in range(60)))
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="N"/></w:styles>'
    return write_docx(folder / "a.docx", "".join(body), footnotes=foot, styles=styles)


def make_pdf(folder: Path) -> Path:
    """Write 40 pages of 42 lines; on each, six figures carry a raised mark."""
    pages = []
    for number in range(40):
        page = Sheet()
        for line in range(42):
            y = 780 - 17 * line
            words = PLAIN.split()[number % 7 :] + PLAIN.split()[: number % 7]
            page.text(60, y, f"{chr(32).join(words)} {2000 + line}", 11)
            if line % 7 == 0:
                page.text(482, y, "dat 25%", 11).text(521.6, y + 4, "1", 6.5)
        pages.append(page.text(290, 30, str(number + 1), 10))
    return write_pdf(folder / "a.pdf", *pages)


def with_python_docx(path: Path) -> str:
    """Read paragraphs and tables the way python-docx shows; it has no footnotes."""
    import docx

    document = docx.Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for one in document.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in one.rows]
    return "\n".join(lines)


def with_pypdfium2(path: Path) -> str:
    """Read the plain text of every page."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    texts = []
    for page in pdf:
        textpage = page.get_textpage()
        texts.append(textpage.get_text_range())
        textpage.close()
        page.close()
    pdf.close()
    return "\n".join(texts)


def ours(path: Path) -> str:
    """Read with hlanalysis."""
    return load_document(path).text


def compare(path: Path, peer: Callable[[Path], str], rounds: int) -> tuple[float, float]:
    """Return median seconds of ours and of the peer's, run in turns."""
    seconds: dict[Callable[[Path], str], list[float]] = {ours: [], peer: []}
    for read in (ours, peer):
        read(path)
    for _ in range(rounds):
        for read, times in seconds.items():
            start = time.process_time()
            read(path)
            times.append(time.process_time() - start)
    return statistics.median(seconds[ours]), statistics.median(seconds[peer])


def show(what: str, mine: float, peer: float, goal: float) -> bool:
    """Print one ratio against its goal."""
    ratio = mine / peer
    verdict = "ok" if ratio <= goal else "TOO SLOW"
    print(
        f"{what:<46} {mine * 1e3:8.1f} ms {peer * 1e3:8.1f} ms {ratio:6.2f} (<= {goal}) {verdict}"
    )
    return ratio <= goal


def main() -> int:
    """Run all comparisons; exit status 1 if a goal is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        word, pdf = make_docx(folder), make_pdf(folder)
        print(f"{'':<46} {'ours':>11} {'peer':>11}  ratio")
        good = [
            show(
                "docx, 60 footnotes, 12 tables / python-docx",
                *compare(word, with_python_docx, 7),
                DOCX_GOAL,
            ),
            show(
                "pdf, 40 pages, 240 marks / pypdfium2 text",
                *compare(pdf, with_pypdfium2, 7),
                PDF_GOAL,
            ),
            show(
                "pdf of a word processor, columns, table",
                *compare(REPORT, with_pypdfium2, 15),
                PDF_GOAL,
            ),
        ]
        for read, label in ((ours, "ours"), (with_pypdfium2, "pypdfium2")):
            text = read(pdf)
            print(f"figures kept apart from their mark, {label}: {text.count('25%¹')} of 240")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
