"""Streams of an OLE container (.xls, encrypted Office files), read with guards.

xlrd follows the chain of sectors without counting: one changed byte makes it run for ever. This
reader visits every sector at most once, so a damaged file ends in an error at once, and hands
xlrd the bare stream.
"""

from __future__ import annotations

import struct

END_OF_CHAIN = 0xFFFFFFFE
FREE = 0xFFFFFFFF
_HEADER = 512
_ENTRY = 128


class OleError(ValueError):
    """A container whose tables contradict themselves."""


class OleFile:
    """The directory and streams of a container.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    OleError
        If header, sector table or directory are damaged.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise OleError("the header is cut short")
        self.data = data
        self.shift, self.mini_shift = struct.unpack_from("<HH", data, 30)
        if self.shift not in (9, 12) or not 6 <= self.mini_shift < self.shift:
            raise OleError("sector sizes are impossible")
        self.size = 1 << self.shift
        (fat_count, directory) = struct.unpack_from("<4xII", data, 40)
        self.cutoff, mini, _, more, _ = struct.unpack_from("<IIIII", data, 56)
        self.fat = self._sector_table(fat_count, more)
        self.entries = self._directory(self._chain(directory))
        self.mini_fat = _numbers(self._chain(mini)) if mini < END_OF_CHAIN else ()
        root = next((entry for entry in self.entries if entry[1] == 5), None)
        self.mini_stream = b""
        if root is not None and root[2] < END_OF_CHAIN:
            self.mini_stream = self._chain(root[2])

    def stream(self, *names: str) -> bytes | None:
        """Return the first stream of these names, None if there is none."""
        for wanted in names:
            for name, kind, start, size in self.entries:
                if kind == 2 and name.lower() == wanted.lower():
                    return self._stream(start, size)
        return None

    def _stream(self, start: int, size: int) -> bytes:
        if size < self.cutoff and self.mini_stream:
            data = self._mini_chain(start)
        else:
            data = self._chain(start)
        if len(data) < size:
            raise OleError("a stream is cut short")
        return data[:size]

    def _sector_table(self, count: int, more: int) -> tuple[int, ...]:
        numbers = list(struct.unpack_from("<109I", self.data, 76))
        seen: set[int] = set()
        while more < END_OF_CHAIN:
            if more in seen:
                raise OleError("the sector table runs in a circle")
            seen.add(more)
            table = _numbers(self._sector(more))
            numbers += table[:-1]
            more = table[-1]
        wanted = [number for number in numbers if number < END_OF_CHAIN][:count]
        return tuple(n for number in wanted for n in _numbers(self._sector(number)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self.shift
        if start >= len(self.data):
            raise OleError(f"sector {number} lies beyond the end of the file")
        return self.data[start : start + self.size].ljust(self.size, b"\0")

    def _chain(self, number: int) -> bytes:
        parts = []
        for one in self._links(number, self.fat):
            parts.append(self._sector(one))
        return b"".join(parts)

    def _mini_chain(self, number: int) -> bytes:
        size = 1 << self.mini_shift
        links = self._links(number, self.mini_fat)
        return b"".join(self.mini_stream[one * size : (one + 1) * size] for one in links)

    def _links(self, number: int, table: tuple[int, ...]) -> list[int]:
        seen: list[int] = []
        visited: set[int] = set()
        while number < END_OF_CHAIN:
            if number in visited:
                raise OleError("a chain of sectors runs in a circle")
            if number >= len(table):
                raise OleError(f"sector {number} is not in the sector table")
            visited.add(number)
            seen.append(number)
            number = table[number]
        return seen

    def _directory(self, data: bytes) -> list[tuple[str, int, int, int]]:
        entries = []
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            start, size = struct.unpack_from("<II", data, at + 116)
            name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind in (1, 2, 5):
                entries.append((name, kind, start, size))
        return entries


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
