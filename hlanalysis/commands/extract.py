"""`hlanalysis extract`: the figures that documents state, as JSON lines or as text."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hlanalysis.errors import InputError

if TYPE_CHECKING:
    from hlanalysis.reading.statements import Reading, Statement

HELP = "the figures that documents state, as JSON lines"
Span = tuple[int, int]
_HEAD = 1500  # characters: the period of a report stands in its title


@dataclass(frozen=True, slots=True)
class Extract:
    """One document or passage, read.

    Attributes
    ----------
    id : str
    reading : Reading
    text : str
        The Unicode text the reading's spans point into.
    basis : str
        ``raw`` where the spans given out are offsets in the text as it was handed over.
    raw_span : callable
        From a span in `text` to the span given out.
    """

    id: str
    reading: Reading
    text: str
    basis: str
    raw_span: Callable[[int, int], Span]

    def as_json(self) -> dict[str, Any]:
        """Return the record of SCHEMA: id, figures, unread."""
        record: dict[str, Any] = {"id": self.id}
        if self.basis != "raw":
            record["basis"] = self.basis
        record["figures"] = [self._moved(item.as_json()) for item in self.reading.statements]
        record["unread"] = [self._moved(item.as_json()) for item in self.reading.unread]
        return record

    def _moved(self, item: dict[str, Any]) -> dict[str, Any]:
        item["span"] = list(self.raw_span(*item["span"]))
        return item


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="documents (.txt, .docx, .pdf); - reads text from standard input",
    )
    parser.add_argument(
        "--jsonl-in",
        type=Path,
        metavar="FILE",
        help='read passages {"id", "text", "doc_year", "doc_period"} from this file instead',
    )
    parser.add_argument(
        "--format", choices=("jsonl", "text"), default="jsonl", help="default: jsonl"
    )
    parser.add_argument(
        "--unknown",
        action="store_true",
        help="list the indicator phrases that the catalogue does not know, most frequent first",
    )
    parser.add_argument(
        "--output", "-o", type=Path, metavar="FILE", help="write here, not to the screen"
    )


def run(args: argparse.Namespace) -> int:
    """Read the documents and print what they state.

    Returns
    -------
    int
        0, also when numbers stayed unread: they are listed.

    Raises
    ------
    InputError
        If nothing is given to read, or a file cannot be read.
    """
    if bool(args.files) == (args.jsonl_in is not None):
        raise InputError(
            "extract",
            "both files and --jsonl-in" if args.files else "nothing to read",
            "documents, or --jsonl-in with a file of passages",
            "for example: hlanalysis extract data/raw/report.txt",
        )
    extracts = _passages(args.jsonl_in) if args.jsonl_in else map(_document, args.files)
    lines = _unknown(extracts) if args.unknown else _lines(extracts, args.format)
    if args.output is None:
        for line in lines:
            sys.stdout.write(line + "\n")
        return 0
    from hlanalysis.files import write_whole

    write_whole(args.output, "".join(line + "\n" for line in lines))
    return 0


def _document(path: Path) -> Extract:
    from hlanalysis.reading.prose import read_prose

    if str(path) == "-":
        return _passage("-", _standard_input(), None, None)
    from hlanalysis.gathering.document_tables import read_document_tables
    from hlanalysis.gathering.table_figures import with_tables
    from hlanalysis.reading.folding import fold
    from hlanalysis.reading.periods_in_text import document_period
    from hlanalysis.sources.documents import load_document

    document = load_document(path)
    for note in document.notes:
        print(f"{path}: {note}", file=sys.stderr)
    year, period = document_period(fold(document.text[:_HEAD]))
    tables = read_document_tables(document, period or "")
    reading = read_prose(tables.prose, doc_year=year, doc_period=period)
    reading = with_tables(reading, document, tables)
    return Extract(document.id, reading, document.text, document.basis, lambda *span: span)


def _standard_input() -> str:
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(
            "standard input",
            f"byte {error.start} is no UTF-8",
            "UTF-8 text",
            "save the text as a file and give its name; other encodings are recognised there",
        ) from None


def _passage(name: str, text: str, year: int | None, period: str | None) -> Extract:
    from hlanalysis.reading.prose import read_prose
    from hlanalysis.sources.encodings import to_unicode

    decoded = to_unicode(text)
    reading = read_prose(decoded.text, doc_year=year, doc_period=period)
    return Extract(name, reading, decoded.text, "raw", decoded.raw_span)


def _passages(path: Path) -> Iterator[Extract]:
    try:
        handle = path.open(encoding="utf-8")
    except OSError as error:
        raise InputError(
            str(path),
            error.strerror or "cannot be read",
            "a file of passages, one JSON a line",
            "check the name",
        ) from None
    with handle:
        for number, line in enumerate(handle, 1):
            if line.strip():
                yield _record(f"{path} line {number}", line)


def _record(where: str, line: str) -> Extract:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(
            where, f"no JSON ({error})", "one JSON object a line", "check the line"
        ) from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(where, 'no "text"', 'an object with "id" and "text"', "check the line")
    year, period = record.get("doc_year"), record.get("doc_period")
    if not isinstance(year, int | None) or not isinstance(period, str | None):
        raise InputError(
            where,
            f"doc_year {year!r}, doc_period {period!r}",
            'a year such as 2024 and a period such as "2024-6M"',
            "check the line",
        )
    return _passage(str(record.get("id", where)), record["text"], year, period)


def _lines(extracts: Iterator[Extract], form: str) -> Iterator[str]:
    for extract in extracts:
        if form == "jsonl":
            yield json.dumps(extract.as_json(), ensure_ascii=False)
        else:
            yield from _as_text(extract)


def _as_text(extract: Extract) -> Iterator[str]:
    """Show a reading to a person: a line a figure, then what stayed unread."""
    yield f"{extract.id}: {len(extract.reading.statements)} figures"
    for number, item in enumerate(extract.reading.statements):
        about = "" if item.of is None else f" of [{item.of}]"
        base = f" against {item.base}" if item.base else ""
        yield (
            f"  [{number}] {item.indicator_phrase or '?'}: {_signed(item)} {item.unit} "
            f"({item.kind}{base}{about}; {item.period or 'no period'}, {item.status})"
        )
    for unread in extract.reading.unread:
        yield f"  unread {unread.written!r} at {unread.span[0]}: {unread.reason}"


def _signed(item: Statement) -> str:
    """Return a number as written, with the minus that "giảm" or "hụt" gives it."""
    falls = item.value < 0 and not item.written.startswith(("-", "–"))
    return f"-{item.written}" if falls else item.written


def _unknown(extracts: Iterator[Extract]) -> Iterator[str]:
    """List indicator phrases without an entry in the catalogue: count, tab, phrase."""
    from collections import Counter

    from hlanalysis.catalog import find_indicator

    counts = Counter(
        item.indicator_phrase
        for extract in extracts
        for item in extract.reading.statements
        if item.of is None and find_indicator(item.indicator_phrase) is None
    )
    for phrase, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{count}\t{phrase}"
