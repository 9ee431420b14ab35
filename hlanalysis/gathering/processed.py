"""data/processed: what the raw files say, made once and read by everything after it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hlanalysis import __version__
from hlanalysis.errors import InputError
from hlanalysis.files import sha256_of, short_hash, write_whole
from hlanalysis.gathering.tidy import Origin
from hlanalysis.observations import (
    Observations,
    load_observations,
    save_observations,
    validate,
)
from hlanalysis.sources.provenance import Source, SourceWarning, load_sources

if TYPE_CHECKING:
    from hlanalysis.observations import Observation
    from hlanalysis.reading.statements import Statement, Unread

Record = TypeVar("Record")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class UnreadNumber:
    """A number of a raw file that was seen and not turned into a figure, and why."""

    source: str
    locator: str
    written: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning of a source, with the source it belongs to."""

    source: str
    id: str
    text_vi: str
    text_en: str
    indicator: str = ""
    series: str = ""
    period: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Processed:
    """Everything that the raw files of a project say.

    Attributes
    ----------
    observations : Observations
    origins : tuple of Origin
        Where figures were printed; `Observation.source` names one.
    texts : mapping of str to str
        The full text of each document by its id: locators point into it.
    unread : tuple of UnreadNumber
    warnings : tuple of Warned
    raw : mapping of str to str
        Checksum of each raw file, by its name.
    """

    observations: Observations
    origins: tuple[Origin, ...]
    texts: dict[str, str]
    unread: tuple[UnreadNumber, ...] = ()
    warnings: tuple[Warned, ...] = ()
    raw: dict[str, str] = field(default_factory=dict)

    @property
    def data_hash(self) -> str:
        """A short name of all figures: it changes when any of them does."""
        parts = (f"{row.id}={row.value}{row.unit}" for row in self.observations)
        return short_hash(*parts, length=8)


def read_raw(folder: Path, progress: Progress = lambda _: None) -> Processed:
    """Read every raw file of a folder, check its provenance, and gather its figures.

    Parameters
    ----------
    folder : Path
        ``data/raw``: documents (.txt, .docx, .pdf), workbooks (.xlsx, .xls) and tables of
        published figures (.csv), each with its sidecar.
    progress : callable
        Called with the name of each file before it is read.

    Raises
    ------
    InputError
        If a file is missing, changed, unreadable or wrong. Nothing has been written then.
    """
    sources = load_sources(folder)
    if not sources:
        raise InputError(
            str(folder), "no raw files", "at least one report or workbook", "run `hlanalysis add`"
        )
    parts = []
    for path, source in sources.items():
        progress(path.name)
        parts.append(_read_one(path, source))
    rows = [row for part in parts for row in part.observations]
    rows = _corrected(rows, folder)
    origins = {one.id: one for part in parts for one in part.origins}
    return Processed(
        validate(Observations(rows)),
        tuple(origins[name] for name in sorted(origins)),
        {name: text for part in parts for name, text in part.texts.items()},
        tuple(one for part in parts for one in part.unread),
        tuple(
            Warned(source.id, **_fields_of(warning))
            for source in sources.values()
            for warning in source.warnings
        ),
        {path.relative_to(folder).as_posix(): source.sha256 for path, source in sources.items()},
    )


def _fields_of(warning: SourceWarning) -> dict[str, str]:
    return {item.name: getattr(warning, item.name) for item in fields(warning)}


def _corrected(rows: list[Observation], folder: Path) -> list[Observation]:
    path = folder / "corrections.csv"
    if not path.exists():
        return rows
    from hlanalysis.gathering.corrections import apply_corrections, load_corrections

    return list(apply_corrections(Observations(rows), load_corrections(path)))


def _read_one(path: Path, source: Source) -> Processed:
    """Read one raw file with the reader its bytes ask for."""
    from hlanalysis.sources.published import is_published_table
    from hlanalysis.sources.sniffing import FileKind, sniff

    kind = sniff(path)
    if kind in (FileKind.XLSX, FileKind.XLS):
        return _read_workbook(path, source)
    # Prose full of semicolons looks like CSV too: the header decides, or the name.
    if kind in (FileKind.CSV, FileKind.TEXT) and (
        path.suffix.lower() == ".csv" or is_published_table(path)
    ):
        return _read_published(path, source)
    return _read_document(path, source)


def _needs_place(source: Source) -> None:
    if not source.place or not source.period:
        missing = " and ".join(name for name in ("place", "period") if not getattr(source, name))
        raise InputError(
            f"{source.id}.source.toml",
            f"no {missing}",
            "the locality and the period that the file reports on",
            'add lines such as place = "hong_linh" and period = "2024"',
        )


def _read_document(path: Path, source: Source) -> Processed:
    from hlanalysis.gathering.document_tables import read_document_tables
    from hlanalysis.gathering.prose_rows import from_reading, is_undated
    from hlanalysis.gathering.table_rows import from_rows
    from hlanalysis.gathering.tidy import origin_of
    from hlanalysis.periods import Period
    from hlanalysis.reading.prose import read_prose
    from hlanalysis.sources.documents import load_document

    _needs_place(source)
    document = load_document(path)
    tables = read_document_tables(document, source.period)
    year = Period.parse(source.period).last_year
    reading = read_prose(tables.prose, doc_year=year, doc_period=source.period)
    unread = [
        UnreadNumber(source.id, f"{one.span[0]}-{one.span[1]}", one.written, one.reason)
        for one in (*reading.unread, *_undated(filter(is_undated, reading.statements)))
    ]
    unread.sort(key=lambda one: int(one.locator.partition("-")[0]))
    rows = from_reading(reading, document, source) + from_rows(tables.rows, source)
    return Processed(
        Observations(rows),
        (origin_of(source, "document"),),
        {source.id: document.text},
        (*unread, *_problems(source, tables.problems), *_left_out(source, document.notes)),
    )


def _undated(statements: Iterable[Statement]) -> Iterable[Unread]:
    from hlanalysis.reading.statements import Unread

    for one in statements:
        yield Unread(one.span, one.written, "the time of this earlier level is not said")


def _problems(source: Source, problems: Iterable[Any]) -> Iterable[UnreadNumber]:
    """Return cells that are not one number as numbers that were not read."""
    for one in problems:
        yield UnreadNumber(source.id, f"{one.sheet}!{one.cell}", one.found, one.kind, one.hint)


def _left_out(source: Source, notes: Iterable[str]) -> Iterable[UnreadNumber]:
    """Return what a document reader left out, so that it stands with what was not read."""
    for note in notes:
        yield UnreadNumber(source.id, "-", "", note)


def _read_workbook(path: Path, source: Source) -> Processed:
    from hlanalysis.gathering.table_rows import from_rows
    from hlanalysis.gathering.tidy import origin_of
    from hlanalysis.reading.tables import read_tables
    from hlanalysis.sources.workbooks import load_workbook

    _needs_place(source)
    tables = read_tables(load_workbook(path))
    return Processed(
        Observations(from_rows(tables.rows, source)),
        (origin_of(source, "workbook"),),
        {},
        tuple(_problems(source, tables.problems)),
    )


def _read_published(path: Path, source: Source) -> Processed:
    from hlanalysis.gathering.published_rows import from_published
    from hlanalysis.gathering.tidy import published_origin
    from hlanalysis.sources.published import load_published

    figures = load_published(path)
    origins = {one.id: one for one in (published_origin(figure, source.file) for figure in figures)}
    return Processed(Observations(from_published(figures, source)), tuple(origins.values()), {})


def save_processed(processed: Processed, folder: Path) -> None:
    """Write data/processed; the same figures give the same bytes.

    Texts of documents that are no longer there are removed.
    """
    save_observations(processed.observations, folder / "observations.csv")
    write_whole(folder / "sources.csv", _csv(Origin, processed.origins))
    write_whole(folder / "unread.csv", _csv(UnreadNumber, processed.unread))
    write_whole(folder / "warnings.csv", _csv(Warned, processed.warnings))
    for name, text in processed.texts.items():
        write_whole(folder / "texts" / f"{name}.txt", text)
    for path in (folder / "texts").glob("*.txt"):
        if path.stem not in processed.texts:
            path.unlink()
    manifest = {
        "data": processed.data_hash,
        "observations": sha256_of(folder / "observations.csv"),
        "raw": processed.raw,
        "version": __version__,
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    write_whole(folder / "manifest.json", text + "\n")


def _csv(record: type[Any], rows: Iterable[Any]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [one.name for one in fields(record)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()


def load_processed(folder: Path) -> Processed:
    """Load data/processed as the last build wrote it.

    Raises
    ------
    InputError
        If it is not there or is damaged.
    """
    manifest_path = folder / "manifest.json"
    try:
        manifest = json.loads(manifest_path.read_text("utf-8"))
        texts = {path.stem: _text(path) for path in sorted((folder / "texts").glob("*.txt"))}
        table = folder / "observations.csv"
        return Processed(
            # A table that is byte for byte what we wrote needs no second validation.
            load_observations(table, trusted=sha256_of(table) == manifest["observations"]),
            tuple(_records(Origin, folder / "sources.csv")),
            texts,
            tuple(_records(UnreadNumber, folder / "unread.csv")),
            tuple(_records(Warned, folder / "warnings.csv")),
            manifest["raw"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(folder), f"cannot be loaded ({error})", "processed data", "run `hlanalysis build`"
        ) from error


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _records(record: type[Record], path: Path) -> Sequence[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        return [record(**row) for row in csv.DictReader(file)]


def is_stale(processed: Processed, raw: Path) -> list[str]:
    """Return the raw files that were added, removed or changed since data/processed was made."""
    from hlanalysis.sources.provenance import raw_files

    now = {path.relative_to(raw).as_posix(): sha256_of(path) for path in raw_files(raw)}
    names = {*now, *processed.raw}
    return sorted(name for name in names if now.get(name) != processed.raw.get(name))
