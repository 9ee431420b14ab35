"""Files that are written whole or not at all, and their checksums."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from hlanalysis.errors import InputError


def write_whole(path: Path, content: str | bytes) -> bool:
    """Write a file so that a reader sees the old content or the new one, never a part.

    The text goes to a temporary file in the same folder, is forced to the disk, and then
    takes the place of the old file in one step.

    Parameters
    ----------
    path : Path
        Where the file goes; missing folders are made.
    content : str or bytes
        Text is written as UTF-8 with LF line ends.

    Returns
    -------
    bool
        False if the file already held these bytes and was left alone.

    Raises
    ------
    InputError
        If the folder cannot be written, the disk is full, or another program holds the file.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise InputError(
            str(path),
            f"cannot be written ({error.strerror or error})",
            "a folder with room that this account may write to, and a file no program holds open",
            "close the file where it is open, free some space, or choose another folder",
        ) from error
    return True


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes private files; what we publish should be as readable as any other file.
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sha256_of(path: Path) -> str:
    """Return the SHA-256 checksum of a file as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def short_hash(*parts: str, length: int = 10) -> str:
    """Return a short stable name for a tuple of texts.

    Examples
    --------
    >>> short_hash("report", "8618-8625", "level", "222,044")
    'cabe4c2354'
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:length]
