"""Office containers (zip with XML parts), opened so that a hostile file costs little.

Sizes are read from the zip directory before anything is inflated, no part may declare a
document type (entities expand to gigabytes, and no office file needs one), and every way in
which a file can be damaged comes out as one InputError.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from hlanalysis.errors import InputError

MAX_MEMBERS = 20_000
MAX_PART = 400 * 1024 * 1024  # five million cells are about 200 MB of XML
MAX_TOTAL = 1024 * 1024 * 1024
# Real sheets shrink 5 to 40 times, very regular ones up to about 100; deflate's limit is 1032.
MAX_RATIO = 200
SMALL_PART = 16 * 1024 * 1024  # a part this small cannot hurt, whatever its ratio
CHUNK = 1 << 18

StartHandler = Callable[[str, dict[str, str]], None]


class Container:
    """The parts of an office file, with guards.

    Parameters
    ----------
    path : Path
        A zip file; use as a context manager.

    Raises
    ------
    InputError
        If the zip is damaged, or its declared sizes are those of a bomb.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged(self.name, str(error)) from error
        self._parts = {_key(info.filename): info for info in self._zip.infolist()}
        try:
            self._check_sizes()
        except InputError:
            self._zip.close()
            raise

    def __enter__(self) -> Container:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._parts

    def names(self) -> list[str]:
        """Return the names of all parts, in the order of the zip directory."""
        return [info.filename for info in self._parts.values()]

    def size(self, part: str) -> int:
        """Return the declared size of a part in bytes, 0 if there is none."""
        info = self._parts.get(_key(part))
        return info.file_size if info else 0

    @contextmanager
    def open(self, part: str) -> Iterator[IO[bytes]]:
        """Open a part for reading; damage found while reading becomes an InputError."""
        info = self._parts.get(_key(part))
        if info is None:
            raise damaged(self.name, f"part {part} is missing")
        if info.flag_bits & 1:
            raise InputError(
                self.name,
                f"part {part} is protected by a password",
                "a readable file",
                "open it with the password and save it without one",
            )
        try:
            with self._zip.open(info) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise damaged(self.name, f"part {part}: {error}") from error
        except NotImplementedError as error:
            raise damaged(self.name, f"part {part} is packed in an unknown way") from error

    def read(self, part: str) -> bytes:
        """Return a whole part."""
        with self.open(part) as stream:
            return stream.read()

    def parse(self, part: str, parser: expat.XMLParserType) -> None:
        """Send a part through an expat parser; see :func:`new_parser`."""
        with self.open(part) as stream:
            try:
                for chunk in iter(lambda: stream.read(CHUNK), b""):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
            except (expat.ExpatError, LookupError, ValueError) as error:
                # LookupError, ValueError: the XML names an encoding that Python has not
                raise damaged(self.name, f"part {part} is not well-formed XML ({error})") from error
            except _DoctypeFoundError as error:
                raise InputError(
                    self.name,
                    f"part {part} declares a document type (entities)",
                    "XML without one, as Office writes it",
                    "do not open this file; ask the sender for a clean copy",
                ) from error

    def declared_encoding(self, part: str) -> str | None:
        """Return the encoding to force upon the parser where the XML lies about it, else None.

        Some systems write ``encoding="utf-16"`` above text that is UTF-8.
        """
        with self.open(part) as stream:
            head = stream.read(200)
        return "utf-8" if head.startswith(b"<?xml") and b"utf-16" in head.lower() else None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return {id: (last word of the type, path of the target part)} of a part."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        found: dict[str, tuple[str, str]] = {}
        if rels not in self:
            return found

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local_name(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = attributes.get("Type", "").rsplit("/", 1)[-1]
                found[attributes.get("Id", "")] = (kind, path)

        self.walk(rels, start)
        return found

    def walk(
        self,
        part: str,
        start: StartHandler,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Send a part's elements and text to handlers."""
        parser = new_parser(self.declared_encoding(part))
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        self.parse(part, parser)

    def _check_sizes(self) -> None:
        if len(self._parts) > MAX_MEMBERS:
            raise self._bomb(f"it holds {len(self._parts)} parts")
        total = 0
        for info in self._parts.values():
            total += info.file_size
            ratio = info.file_size / max(info.compress_size, 1)
            if info.file_size > MAX_PART or (info.file_size > SMALL_PART and ratio > MAX_RATIO):
                raise self._bomb(
                    f"part {info.filename} would unpack from {_megabytes(info.compress_size)} "
                    f"to {_megabytes(info.file_size)}"
                )
        if total > MAX_TOTAL:
            raise self._bomb(f"it would unpack to {_megabytes(total)}")

    def _bomb(self, found: str) -> InputError:
        return InputError(
            self.name,
            f"{found}, too much to be an office file; nothing was unpacked",
            f"parts of at most {_megabytes(MAX_PART)} that shrink at most {MAX_RATIO} times",
            "if the file is honest, split it into smaller ones",
        )


class _DoctypeFoundError(Exception):
    """A part declares a document type."""


def new_parser(encoding: str | None = None) -> expat.XMLParserType:
    """Return an expat parser that stops at a document type declaration."""
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.buffer_size = 65536

    def refuse(*_: object) -> None:
        raise _DoctypeFoundError

    parser.StartDoctypeDeclHandler = refuse
    return parser


def local_name(tag: str) -> str:
    """Return an element's name without its prefix."""
    return tag.rpartition(":")[2]


def damaged(name: str, detail: str) -> InputError:
    """Return the error for a file that is not complete or not sound."""
    return InputError(
        name,
        f"the file is damaged or not a complete Office file ({detail})",
        "a file that Excel or Word opens without repair",
        "copy or download it again, or open it in Office and save it anew",
    )


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"
