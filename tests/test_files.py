import os
import stat

import pytest

from hlanalysis.errors import InputError
from hlanalysis.files import sha256_of, short_hash, write_whole


def test_a_file_is_written_and_the_same_content_is_left_alone(tmp_path):
    path = tmp_path / "deep" / "a.txt"
    assert write_whole(path, "Hồng Lĩnh\n")
    before = path.stat().st_mtime_ns
    assert not write_whole(path, "Hồng Lĩnh\n")
    assert path.stat().st_mtime_ns == before
    assert path.read_bytes() == "Hồng Lĩnh\n".encode()


def test_a_write_that_fails_leaves_the_old_file_and_no_scraps(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    write_whole(path, "old")

    def held(*args):
        raise PermissionError(13, "file is open in another program")

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(InputError, match="open in another program"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_is_as_readable_as_others(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, b"x")
    plain = tmp_path / "b.txt"
    plain.write_bytes(b"x")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_checksums_tell_content_apart(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, b"")
    assert sha256_of(path).startswith("e3b0c44298fc1c14")
    assert short_hash("a", "b") != short_hash("ab")
