import os
import subprocess
import sys

import pytest

from hlanalysis.building.ledger import Ledger
from hlanalysis.building.placing import Placing, clear_parts, sole_builder
from hlanalysis.errors import InputError

NEW = {"site/a.html": b"new a", "site/b.html": b"new b", "charts/c.svg": b"c"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "site").mkdir()
    for name in ("a", "b"):
        (tmp_path / "site" / f"{name}.html").write_bytes(f"old {name}".encode())
    return tmp_path


def contents(folder):
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_nothing_changes_before_all_is_written_and_then_everything(folder):
    placing = Placing(folder, NEW)
    assert (folder / "site" / "a.html").read_bytes() == b"old a"
    placing.commit()
    assert contents(folder) == NEW


def hold(monkeypatch, held):
    """Let a program hold a file open the way Windows does."""
    replace = os.replace

    def refuse(source, target):
        if str(target).endswith(held) and "/new/" in source.as_posix():
            raise PermissionError(13, "The process cannot access the file")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)


@pytest.mark.parametrize("linked", [True, False])
def test_a_file_held_open_leaves_all_as_they_were(folder, monkeypatch, linked):
    if not linked:
        # A memory stick knows no second names.
        monkeypatch.setattr(os, "link", lambda *names: (_ for _ in ()).throw(OSError()))
    before = contents(folder)
    hold(monkeypatch, "b.html")
    placing = Placing(folder, {"charts/c.svg": b"c", "site/a.html": b"new a", "site/b.html": b"b"})
    with pytest.raises(InputError, match=r"b\.html: cannot be written.*close the file"):
        placing.commit()
    assert contents(folder) == before


def test_a_disk_that_fills_up_leaves_all_as_they_were(folder):
    program = (
        "import resource, sys, pathlib\n"
        "from hlanalysis.errors import InputError\n"
        "from hlanalysis.building.placing import Placing\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "new = {'site/a.html': b'x', 'site/b.html': b'x' * 2000}\n"
        "try: Placing(pathlib.Path(sys.argv[1]), new)\n"
        "except InputError as error: print(error); sys.exit(2)"
    )
    pytest.importorskip("resource")
    before = contents(folder)
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert "b.html: cannot be written (File too large)" in done.stdout
    assert contents(folder) == before


def test_a_ledger_whose_files_could_not_be_placed_makes_them_again(folder, monkeypatch):
    ledger = Ledger(folder)
    ledger.place({"pages": ("key 1", {"site/a.html": b"1", "site/b.html": b"1"})})
    hold(monkeypatch, "b.html")
    with pytest.raises(InputError, match=r"b\.html"):
        ledger.place({"pages": ("key 2", {"site/a.html": b"2", "site/b.html": b"2"})})
    assert (folder / "site" / "a.html").read_bytes() == b"1"
    again = Ledger(folder)
    assert again.is_current("pages", "key 1") and not again.is_current("pages", "key 2")


def test_a_piece_that_makes_fewer_files_takes_the_others_away(folder):
    ledger = Ledger(folder)
    ledger.place({"charts": ("1", {"charts/vi/a.svg": b"a", "charts/vi/b.svg": b"b"})})
    ledger.place({"charts": ("2", {"charts/vi/a.svg": b"a"})}, keep={"charts"})
    assert not (folder / "charts" / "vi" / "b.svg").exists()
    ledger.place({}, keep=set())
    assert not (folder / "charts" / "vi").exists()


def test_a_record_that_names_files_outside_is_not_believed(folder):
    outside = folder.parent / f"{folder.name}.txt"
    outside.write_text("mine", "utf-8")
    record = '{"data": {}, "pieces": {"x": {"key": "", "files": {"../%s": ""}}}}'
    (folder / ".build.json").write_text(record % outside.name, "utf-8")
    Ledger(folder).place({}, keep=set())
    assert outside.read_text("utf-8") == "mine"


@pytest.mark.parametrize("text", ["", "[]", '{"data": 1, "pieces": {}}', '{"pieces": {"a": 1}}'])
def test_a_damaged_record_means_that_all_is_made_again(folder, text):
    (folder / ".build.json").write_text(text, "utf-8")
    assert not Ledger(folder).is_current("a", "")


def test_one_builder_at_a_time_and_what_a_killed_one_left_is_cleared(folder):
    (folder / ".build" / "new").mkdir(parents=True)
    (folder / "site" / ".a.html.x.part").write_bytes(b"half")
    with sole_builder(folder):
        clear_parts(folder)
        assert not (folder / ".build").exists()
        assert not list(folder.rglob("*.part"))
        with pytest.raises(InputError, match="another build"), sole_builder(folder):
            pass
    with sole_builder(folder):
        pass


def test_outputs_that_are_a_file_are_one_message(tmp_path):
    (tmp_path / "outputs").write_bytes(b"")
    with (
        pytest.raises(InputError, match="outputs: cannot be written"),
        sole_builder(tmp_path / "outputs"),
    ):
        pass
