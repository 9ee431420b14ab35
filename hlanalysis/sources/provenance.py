"""Where the raw files come from: every one described by its sidecar, and unchanged since.

A raw file without a sidecar, with a wrong one, or changed since its sidecar was written stops the
build: every figure on a page must lead back to a file that is the one described.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from hlanalysis.errors import InputError
from hlanalysis.files import sha256_of
from hlanalysis.sources.sidecars import (
    SUFFIX,
    Source,
    SourceWarning,
    load_sidecar,
    sidecar_path,
    write_sidecar,
)

__all__ = [
    "Source",
    "SourceWarning",
    "load_sidecar",
    "load_sources",
    "raw_files",
    "sidecar_path",
    "verify",
    "write_sidecar",
]

# Files that offices and systems leave lying about; the project's own notes; never data.
_NOT_DATA = re.compile(
    r"\..*|~\$.*|~.*\.tmp|thumbs\.db|desktop\.ini|readme(\.\w+)?|corrections\.csv", re.I
)


def verify(path: str | Path, source: Source) -> None:
    """Check that a raw file is the one its sidecar describes.

    Raises
    ------
    InputError
        If the checksums differ; says both and what to do.
    """
    path = Path(path)
    try:
        found = sha256_of(path)
    except OSError as error:
        raise InputError(
            str(path),
            f"cannot be read ({error.strerror or error})",
            "a file that this account may read",
            "close it where it is open, or ask for the right to read it",
        ) from error
    if found == source.sha256:
        return
    hint = "put the original back; if the new content is meant, run `hlanalysis add --replace`"
    if _differs_in_line_ends(path, source.sha256):
        hint = "only its line ends were changed: keep `data/raw/** -text` in .gitattributes"
    where = f"{path} has changed since its sidecar was written"
    raise InputError(where, f"sha256 {found}", f"sha256 {source.sha256}", hint)


def raw_files(folder: str | Path) -> tuple[Path, ...]:
    """Return the raw files in a folder and below, in order of name, without sidecars."""
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(str(folder), "no such folder", "a folder of raw files", "create it")
    found = (path for path in folder.rglob("*") if path.is_file() and not _is_aside(path, folder))
    return tuple(sorted(found, key=lambda path: path.relative_to(folder).as_posix()))


def load_sources(folder: str | Path) -> dict[Path, Source]:
    """Read and verify the provenance of every raw file, naming all offenders at once.

    Parameters
    ----------
    folder : str or Path
        Usually ``data/raw``.

    Returns
    -------
    dict of Path to Source
        In order of name.

    Raises
    ------
    InputError
        If a file lacks a sidecar or has a wrong one, has changed, shares its stem with another,
        or a sidecar lies there without its file.
    """
    files = raw_files(folder)
    sources: dict[Path, Source] = {}
    errors = _shared_stems(files) + _orphans(Path(folder), files)
    for path in files:
        try:
            sources[path] = load_sidecar(path)
            verify(path, sources[path])
        except InputError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        lines = "".join(f"\n  - {error}" for error in errors)
        raise InputError(str(folder), f"{len(errors)} problems with raw files:{lines}\n")
    return sources


def _differs_in_line_ends(path: Path, expected: str) -> bool:
    if path.stat().st_size > 1 << 26:
        return False
    data = path.read_bytes()
    unix = data.replace(b"\r\n", b"\n")
    variants = (unix, unix.replace(b"\n", b"\r\n"))
    return expected in (hashlib.sha256(variant).hexdigest() for variant in variants)


def _is_aside(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.name.endswith(SUFFIX) or any(_NOT_DATA.fullmatch(part) for part in parts)


def _shared_stems(files: Iterable[Path]) -> list[InputError]:
    by_stem: dict[str, list[Path]] = {}
    for path in files:
        by_stem.setdefault(unicodedata.normalize("NFC", path.stem).casefold(), []).append(path)
    return [
        InputError(
            " and ".join(map(str, paths)),
            "share one stem",
            "a stem of its own for each raw file (it names the sidecar and the figures)",
            "rename one of them and its sidecar",
        )
        for paths in by_stem.values()
        if len(paths) > 1
    ]


def _orphans(folder: Path, files: Iterable[Path]) -> list[InputError]:
    wanted = {sidecar_path(path) for path in files}
    return [
        InputError(
            str(path),
            "describes a file that is not there",
            "a raw file of the same stem beside it",
            "put the file back, or remove the sidecar",
        )
        for path in sorted(folder.rglob("*" + SUFFIX))
        if path not in wanted
    ]
