"""Taking a file into ``data/raw``: checked, copied with its sidecar, whole or not at all."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.files import sha256_of, write_whole
from hlanalysis.gathering.front_matter import HEAD
from hlanalysis.numbers import Lang
from hlanalysis.sources.documents import load_document, what_is
from hlanalysis.sources.provenance import raw_files, sidecar_path
from hlanalysis.sources.published import is_published_table, load_published
from hlanalysis.sources.sidecars import sidecar_content
from hlanalysis.sources.sniffing import FileKind
from hlanalysis.texts import text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that could be read.

    Attributes
    ----------
    path : Path
    form : {"document", "workbook", "published"}
    head : str
        Its first lines as text, from which its title and date may be found.
    read : mapping of str to str or int
        What was read: numbers of paragraphs, sheets or figures.
    """

    path: Path
    form: str
    head: str
    read: Mapping[str, str | int]

    def summary(self, lang: Lang) -> str:
        """Return what was read, in a few words."""
        said = text(f"command.read_{self.form}", lang).format(**self.read)
        if self.read.get("encoding", "UNICODE") != "UNICODE":
            said += text("command.read_encoding", lang).format(**self.read)
        return said


def examine(path: Path) -> Candidate:
    """Read a file to the end, so that none that cannot be read comes into the project.

    Raises
    ------
    InputError
        If the file cannot be read as a document, a workbook or a table of published figures.
    """
    kind = what_is(path)
    _refuse_programs(path, kind)
    if kind in (FileKind.XLSX, FileKind.XLS):
        return _workbook(path)
    if kind in (FileKind.CSV, FileKind.TEXT) and (
        path.suffix.lower() == ".csv" or is_published_table(path)
    ):
        figures = load_published(path)
        return Candidate(path, "published", "", {"figures": len(figures)})
    document = load_document(path)
    read: dict[str, str | int] = {
        "paragraphs": len(document.paragraphs),
        "characters": len(document.text),
        "encoding": document.encoding.upper(),
    }
    return Candidate(path, "document", document.text[:HEAD], read)


# Text may also have no ending at all; any other ending means that it is no report.
_TEXT_ENDINGS = frozenset(("", ".txt", ".text", ".md", ".csv", ".tsv"))


def _refuse_programs(path: Path, kind: FileKind) -> None:
    ending = path.suffix.lower()
    # "Báo cáo số 5. Kinh tế" is a name, not an ending.
    if kind not in (FileKind.CSV, FileKind.TEXT) or len(ending) > 6 or " " in ending:
        return
    if ending not in _TEXT_ENDINGS:
        raise InputError(
            str(path),
            f"a text of the type {ending} is no report",
            "a .docx, .pdf or .txt, a workbook (.xlsx, .xls), or a .csv of published figures",
            "name the report itself; if this is one, save it as .txt",
        )


def _workbook(path: Path) -> Candidate:
    from hlanalysis.sources.workbooks import load_workbook

    book = load_workbook(path)
    shown = [sheet for sheet in book.sheets if sheet.visible]
    lines = []
    for sheet in shown[:1]:
        for row in sorted(sheet.rows)[:15]:
            cells = (value for _, value in sorted(sheet.rows[row].items()))
            lines += [" ".join(value.split()) for value in cells if isinstance(value, str)]
    return Candidate(path, "workbook", "\n".join(lines)[:HEAD], {"sheets": len(shown)})


def take_in(
    path: Path,
    folder: Path,
    values: Mapping[str, Any],
    *,
    replace: bool = False,
    also: Mapping[Path, str] | None = None,
) -> tuple[Path, Path]:
    """Copy a file into a folder of raw files and write its sidecar.

    Parameters
    ----------
    path : Path
        The file; it may already lie in the folder.
    folder : Path
        Usually ``data/raw``.
    values : mapping
        The fields of the sidecar.
    replace : bool
        Put the file in the place of one of the same name whose content has changed.
    also : mapping of Path to str, optional
        Text files to write with it (the project's catalogue).

    Returns
    -------
    tuple of Path
        The raw file and its sidecar.

    Raises
    ------
    InputError
        If the same content or the same name is there already, or a field is wrong. Nothing has
        been written then.
    """
    target, inside = check_new(path, folder, replace=replace)
    data, sha256 = path.read_bytes(), sha256_of(path)
    sidecar = sidecar_path(target)
    content = sidecar_content(target, sha256, values)
    writes: dict[Path, bytes | str] = {} if inside else {target: data}
    _write_all({**writes, **(also or {}), sidecar: content})
    return target, sidecar


def check_new(path: Path, folder: Path, *, replace: bool = False) -> tuple[Path, bool]:
    """Check that a file may come into a folder of raw files.

    Returns
    -------
    tuple of Path and bool
        Its place there, and whether it lies in that place already.

    Raises
    ------
    InputError
        If the same content or the same name is there already.
    """
    target = folder / unicodedata.normalize("NFC", path.name)
    inside = target.exists() and target.samefile(path)
    if not inside:
        _refuse_doubles(path, target, folder, sha256_of(path), replace=replace)
    elif sidecar_path(target).exists() and not replace:
        raise InputError(
            str(path), "is in the project with its source already", "a new file",
            "to write its source anew, add --replace",
        )  # fmt: skip
    return target, inside


def _refuse_doubles(path: Path, target: Path, folder: Path, sha256: str, *, replace: bool) -> None:
    for other in raw_files(folder):
        same = other.stat().st_size == path.stat().st_size and sha256_of(other) == sha256
        if same and not (replace and other == target):
            raise InputError(
                str(path), f"the same content is there as {other.name}", "a file not yet added",
                "nothing needs to be done",
            )  # fmt: skip
        if other.stem.casefold() == target.stem.casefold() and not (replace and other == target):
            hint = "rename the new file"
            if other == target:
                hint = "add --replace if the new content is meant, or rename the new file"
            raise InputError(
                str(path), f"{other.name} is there already with other content",
                "a name of its own for each raw file", hint,
            )  # fmt: skip


def _write_all(writes: Mapping[Path, bytes | str]) -> None:
    """Write several files; if one fails, put back what was there."""
    before = {path: path.read_bytes() if path.exists() else None for path in writes}
    done: list[Path] = []
    try:
        for path, content in writes.items():
            done.append(path)
            write_whole(path, content)
    except BaseException:
        for path in reversed(done):
            with contextlib.suppress(OSError, InputError):
                old = before[path]
                if old is None:
                    path.unlink(missing_ok=True)
                else:
                    write_whole(path, old)
        raise
