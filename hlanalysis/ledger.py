"""What the last build made, from what: so that an unchanged piece of work is not done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from hlanalysis.files import sha256_of, short_hash, write_whole

# Libraries whose version changes what is drawn or written.
_LIBRARIES = ("matplotlib", "nbconvert", "nbformat", "seaborn", "vl-convert-python")


class Ledger:
    """The record in ``outputs/.build.json``: every piece of work, its key, and its files.

    Parameters
    ----------
    folder : Path
        ``outputs``. A missing or unreadable record means that everything is made anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / ".build.json"
        self._record: dict[str, Any] = self._load()

    def _load(self) -> dict[str, Any]:
        try:
            record = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def is_current(self, name: str, key: str) -> bool:
        """Tell whether a piece was made from the same things and its files are still whole."""
        entry = self._record.get(name)
        if not entry or entry["key"] != key:
            return False
        return all(
            (self.folder / file).is_file() and sha256_of(self.folder / file) == checksum
            for file, checksum in entry["files"].items()
        )

    def place(
        self,
        made: Mapping[str, tuple[str, Mapping[str, bytes]]],
        keep: Collection[str] | None = None,
    ) -> None:
        """Put made files in place, take away those of pieces that are no more, and record it.

        Parameters
        ----------
        made : mapping of name to (key, files)
        keep : collection of str, optional
            The pieces that the outputs consist of; files of any other are taken away.
        """
        # A build that is killed here must not believe its old record afterwards.
        record = {name: entry for name, entry in self._record.items() if name not in made}
        if made:
            self._save(record)
        for name, (key, files) in made.items():
            sums = {file: hashlib.sha256(content).hexdigest() for file, content in files.items()}
            for file, content in files.items():
                write_whole(self.folder / file, content)
            record[name] = {"key": key, "files": sums}
        if keep is not None:
            record = {name: entry for name, entry in record.items() if name in keep}
        self._sweep(record)
        self._save(record)
        self._record = record

    def _sweep(self, record: Mapping[str, Any]) -> None:
        """Remove files that an earlier build made and this one does not."""
        wanted = {file for entry in record.values() for file in entry["files"]}
        for entry in self._record.values():
            for file in entry["files"]:
                if file not in wanted:
                    (self.folder / file).unlink(missing_ok=True)

    def _save(self, record: Mapping[str, Any]) -> None:
        text = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False)
        write_whole(self._path, text + "\n")


def code_hash() -> str:
    """Return a short name of the package's own code and data, and of the libraries that draw."""
    root = Path(str(resources.files("hlanalysis")))
    versions = [f"{name}={metadata.version(name)}" for name in _LIBRARIES]
    return short_hash(file_hash(root), *versions, length=16)


def file_hash(folder: Path) -> str:
    """Return a short name of everything in a folder."""
    parts = [
        f"{path.relative_to(folder).as_posix()}={sha256_of(path)}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return short_hash(*parts, length=16)
