import io
import os
import signal
import subprocess
import sys
import time

import pytest

from hlanalysis.building.progress import Progress
from hlanalysis.building.timings import known_seconds, remember_seconds
from hlanalysis.building.watching import snapshot, watch


def test_a_build_now_and_one_after_each_change(tmp_path, monkeypatch):
    raw, builds, told = tmp_path / "raw", [], []
    raw.mkdir()

    def build(words):
        builds.append(words)
        (raw / "thu.txt").write_text(f"{len(builds)}" * len(builds), "utf-8")

    monkeypatch.setattr("hlanalysis.building.watching._build", build)
    watch([raw, tmp_path / "none"], ["--lang", "vi"], pause=0.01, tell=told.append, rounds=3)
    assert builds == [["--lang", "vi"]] * 3
    assert told.count("changed: thu.txt") == 2


def test_hidden_and_compiled_files_are_not_looked_at(tmp_path):
    for name in (".x.part", "__pycache__/a.pyc", ".ipynb_checkpoints/a.ipynb", "b.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", "utf-8")
    assert [name.rsplit("/", 1)[-1] for name in snapshot([tmp_path])] == ["b.txt"]


@pytest.mark.skipif(os.name != "posix", reason="sends an interrupt as POSIX does")
def test_watching_ends_with_130(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    command = [sys.executable, "-m", "hlanalysis", "build", "--watch", "--project", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        # There is nothing to build here: the message is told, and watching goes on.
        assert run.stdout.readline() == "watching for changes; Ctrl-C ends\n"
        time.sleep(0.1)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "no notebooks" in said and "Traceback" not in said


def test_progress_is_a_line_a_piece_where_there_is_no_terminal(capsys):
    with Progress() as report:
        report("page", "waiting", 0)
        report("page", "running", 0.5)
        report("page", "done", 1)
    assert capsys.readouterr().err == "  page: done (0.0 s)\n"


def test_progress_is_bars_with_the_time_left_on_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with Progress() as report:
        report("page", "waiting", 0)
        report("other", "waiting", 0)
        for step in range(1, 5):
            report("page", "running", step / 10)
            time.sleep(0.02)
        report("page", "done", 1)
        bars = report._bars.tasks
        assert [bar.description for bar in bars] == ["all", "page", "other"]
        assert bars[0].completed == 0.5 and bars[1].finished
        assert bars[2].start_time is None, "what waits uses no time"
    assert "page" in screen.getvalue()


def test_seconds_are_remembered_and_a_damaged_or_locked_cache_is_no_matter(tmp_path, monkeypatch):
    path = tmp_path / "cache" / "seconds.json"
    monkeypatch.setattr("hlanalysis.building.timings._path", lambda: path)
    remember_seconds({"a": 1.23, "b": 2})
    remember_seconds({"b": 3})
    assert known_seconds() == {"a": 1.2, "b": 3.0}
    path.write_text("[1]", "utf-8")
    assert known_seconds() == {}
    path.unlink()
    path.mkdir()
    remember_seconds({"a": 1})
    assert known_seconds() == {}
