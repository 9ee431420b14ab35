"""What the last build made, from what: so that an unchanged piece of work is not done again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Collection, Mapping
from importlib import metadata, resources
from pathlib import Path, PurePosixPath
from typing import Any

from hlanalysis.building.placing import Placing, remove
from hlanalysis.errors import InputError
from hlanalysis.files import sha256_of, short_hash, write_whole

# Libraries whose version can change what is read, drawn or written.
_LIBRARIES = (
    "ipykernel", "ipython", "jinja2", "latex2mathml", "lxml", "markdown-it-py", "matplotlib",
    "matplotlib-inline", "mistune", "narwhals", "nbclient", "nbconvert", "nbformat", "numpy",
    "openpyxl", "pandas", "pandera", "pygments", "pypdfium2", "xlrd",
    "scipy", "seaborn", "vl-convert-python", "xlsxwriter",
)  # fmt: skip


class Ledger:
    """The record in ``outputs/.build.json``: the data and every piece of work, with their files.

    Parameters
    ----------
    folder : Path
        ``outputs``. A missing or unreadable record means that everything is made anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / ".build.json"
        record = self._load()
        self._data: dict[str, Any] = record["data"]
        self._pieces: dict[str, Any] = record["pieces"]

    def _load(self) -> dict[str, Any]:
        try:
            record = json.loads(self._path.read_text("utf-8"))
            entries = [record["data"], *record["pieces"].values()]
            names = [PurePosixPath(name) for one in entries for name in one.get("files", {})]
            # Files of a piece are removed by these names: never outside our folder.
            if any(name.is_absolute() or ".." in name.parts for name in names):
                raise ValueError("a name leads outside")
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return {"data": {}, "pieces": {}}
        return dict(record)

    def data_is_current(self, key: str, folder: Path) -> bool:
        """Tell whether processed data were made from the same things and are still whole."""
        if self._data.get("key") != key:
            return False
        files = self._data["files"]
        texts = {f"texts/{path.name}" for path in (folder / "texts").glob("*.txt")}
        return texts <= set(files) and _are_whole(folder, files)

    @property
    def data_name(self) -> str:
        """A short name of the processed data as they were recorded."""
        return short_hash(json.dumps(self._data.get("files", {}), sort_keys=True), length=16)

    @property
    def findings(self) -> dict[str, int]:
        """Number of findings by grade, as recorded with the data."""
        return dict(self._data.get("findings", {}))

    def forget_data(self) -> None:
        """Trust processed data no longer: they are about to be written."""
        if self._data:
            self._data = {}
            self._save()

    def record_data(self, key: str, folder: Path, findings: Mapping[str, int]) -> None:
        """Record processed data that were just written."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        files = {
            path.relative_to(folder).as_posix(): sha256_of(path)
            for path in paths
            if not path.name.startswith(".")
        }
        self._data = {"key": key, "files": files, "findings": [*findings.items()]}
        self._save()

    def is_current(self, name: str, key: str) -> bool:
        """Tell whether a piece was made from the same things and its files are still whole."""
        entry = self._pieces.get(name)
        if not entry or entry["key"] != key:
            return False
        return _are_whole(self.folder, entry["files"])

    def others(self, keep: Collection[str]) -> set[str]:
        """Return the recorded pieces that are not among these."""
        return set(self._pieces) - set(keep)

    def place(
        self,
        made: Mapping[str, tuple[str, Mapping[str, bytes]]],
        keep: Collection[str] | None = None,
    ) -> None:
        """Put made files in place, take away those of pieces that are no more, and record it.

        Parameters
        ----------
        made : mapping of name to (key, files)
            An empty key: make it again next time.
        keep : collection of str, optional
            The pieces that the outputs consist of; files of any other are taken away.

        Raises
        ------
        InputError
            If a file cannot be put in place; all are as they were then.
        """
        new = {name: content for _, files in made.values() for name, content in files.items()}
        placing = Placing(self.folder, new)
        before = self._pieces
        entries = {
            name: {"key": key, "files": {file: _sum(content) for file, content in files.items()}}
            for name, (key, files) in made.items()
        }
        try:
            # Killed from here on, the next build makes these again, and knows all their files.
            self._pieces = before | {
                name: {"key": "", "files": before.get(name, {}).get("files", {}) | entry["files"]}
                for name, entry in entries.items()
            }
            self._save()
            placing.commit()
        except BaseException:
            placing.drop()
            self._pieces = before
            with contextlib.suppress(InputError):
                self._save()
            raise
        self._pieces = before | entries
        if keep is not None:
            self._pieces = {name: one for name, one in self._pieces.items() if name in keep}
        wanted = {file for entry in self._pieces.values() for file in entry["files"]}
        remove(self.folder, {file for one in before.values() for file in one["files"]} - wanted)
        self._save()

    def _save(self) -> None:
        record = {"data": self._data, "pieces": self._pieces}
        text = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False)
        write_whole(self._path, text + "\n")


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _are_whole(folder: Path, files: Mapping[str, str]) -> bool:
    try:
        return all(sha256_of(folder / file) == checksum for file, checksum in files.items())
    except OSError:
        return False


def check_built(root: Path) -> None:
    """Check that a project was built once.

    Raises
    ------
    InputError
        If its figures were never read, or there are none to read.
    """
    if (root / "data" / "processed" / "manifest.json").exists():
        return
    raw = root / "data" / "raw"
    empty = not any(raw.rglob("*.source.toml"))
    raise InputError(
        str(root),
        "nothing was built here yet",
        "figures that `hlanalysis build` has read",
        "run `hlanalysis add FILE`, then `hlanalysis build`" if empty else "run `hlanalysis build`",
    )


def code_hash() -> str:
    """Return a short name of the package's code and data, of Python and of the libraries."""
    root = Path(str(resources.files("hlanalysis")))
    versions = [f"{name}={_version(name)}" for name in _LIBRARIES]
    return short_hash(file_hash(root), sys.version, sys.platform, *versions, length=16)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def file_hash(folder: Path) -> str:
    """Return a short name of everything in a folder."""
    parts = [
        f"{path.relative_to(folder).as_posix()}={sha256_of(path)}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return short_hash(*parts, length=16)
