"""Many files put in place together: all of them or none, each whole, one builder at a time."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hlanalysis.errors import InputError

_WORKPLACE = ".build"
_LOCK = ".build.lock"


@contextmanager
def sole_builder(folder: Path) -> Iterator[None]:
    """Hold a folder against a second builder; clear away what a killed one left.

    Raises
    ------
    InputError
        If another builder is at work, or the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("ab")
    except OSError as error:
        raise _cannot_write(folder, error) from error
    with lock:
        try:
            _lock(lock.fileno())
        except (BlockingIOError, PermissionError) as error:
            raise InputError(
                str(folder), "another build is at work here", "one at a time", "wait for its end"
            ) from error
        except OSError:
            # Some network drives know no locks: better to build without.
            pass
        shutil.rmtree(folder / _WORKPLACE, ignore_errors=True)
        yield


def _lock(handle: int) -> None:
    """Lock a file until it is closed or this process ends."""
    if os.name == "posix":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]


def clear_parts(*folders: Path) -> None:
    """Remove the temporary files that a killed `write_whole` left in folders and below."""
    for folder in folders:
        for path in folder.rglob(".*.part"):
            with contextlib.suppress(OSError):
                path.unlink()


class Placing:
    """Files on their way to their places.

    They are first written beside them, under ``.build``, where a full disk does no harm; then
    each takes its place in one step. If one cannot, those before it get their old content back.

    Parameters
    ----------
    folder : Path
    files : mapping of str to bytes
        New content, by names relative to the folder; what is there already is left alone.

    Raises
    ------
    InputError
        If they cannot be written; nothing has changed then.
    """

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        self._folder, self._work = folder, folder / _WORKPLACE
        self._names = [
            name for name, content in files.items() if not _holds(folder / name, content)
        ]
        target = self._work
        try:
            for kind in ("new", "old"):
                (self._work / kind).mkdir(parents=True, exist_ok=True)
            for number, name in enumerate(self._names):
                target = folder / name
                _write(self._work / "new" / str(number), files[name])
        except OSError as error:
            self.drop()
            raise _cannot_write(target, error) from error
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Take away what was written beside the places."""
        shutil.rmtree(self._work, ignore_errors=True)

    def commit(self) -> None:
        """Put every file in its place.

        Raises
        ------
        InputError
            If a program holds one of them open, for instance; all are as they were then.
        """
        placed: list[int] = []
        try:
            for number, name in enumerate(self._names):
                try:
                    self._put(number, self._folder / name)
                except OSError as error:
                    raise _cannot_write(self._folder / name, error) from error
                placed.append(number)
        except BaseException:
            for number in reversed(placed):
                self._undo(number, self._folder / self._names[number])
            raise
        finally:
            self.drop()

    def _put(self, number: int, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            _keep(target, self._work / "old" / str(number))
        os.replace(self._work / "new" / str(number), target)

    def _undo(self, number: int, target: Path) -> None:
        old = self._work / "old" / str(number)
        with contextlib.suppress(OSError):
            if old.exists():
                os.replace(old, target)
            else:
                target.unlink()


def remove(folder: Path, names: Collection[str]) -> None:
    """Remove files, and the folders that they leave empty."""
    for name in names:
        path = folder / name
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(path, error) from error
        with contextlib.suppress(OSError):
            path.parent.rmdir()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep(path: Path, copy: Path) -> None:
    """Keep the old content under a second name; a memory stick knows no second names."""
    try:
        os.link(path, copy)
    except OSError:
        shutil.copyfile(path, copy)


def _cannot_write(path: Path, error: OSError) -> InputError:
    return InputError(
        str(path),
        f"cannot be written ({error.strerror or error})",
        "a folder with room that this account may write to, and a file no program holds open",
        "close the file where it is open, free some space, or choose another folder",
    )
