"""Real builds killed at random moments, interrupted, and refused a place for their outputs.

``HLANALYSIS_KILLS=50`` kills more of them; ``python tests/test_build_killed.py 50`` says how it
went.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from town import ROOT

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="looks for processes as Linux shows them"
)
KILLS = int(os.environ.get("HLANALYSIS_KILLS", "3"))
NOTEBOOKS = ("01_budget_revenue.ipynb",)
REPORT = """ỦY BAN NHÂN DÂN HUYỆN VÂN KHÊ

BÁO CÁO
Tình hình kinh tế - xã hội năm 2023

Năm 2023, tổng thu ngân sách nhà nước trên địa bàn đạt {thu} tỷ đồng, bằng 128,6% dự toán tỉnh giao.
"""


def hlanalysis(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "hlanalysis", *words], cwd=ROOT, check=True)


def make_inputs(folder: Path, revenue: str) -> Path:
    """Make a small project with one report and one notebook."""
    new = ["new", str(folder), "--place", "van_khe", "--name-vi", "huyện Vân Khê"]
    hlanalysis(*new, "--level", "district")
    report = folder.parent / "bao_cao_2023.txt"
    report.write_text(REPORT.format(thu=revenue), "utf-8")
    added = ["add", str(report), "--project", str(folder), "--yes", "--place", "van_khe"]
    added += ["--producer", "UBND huyện Vân Khê", "--title", "Báo cáo 2023", "--period", "2023"]
    hlanalysis(*added, "--date", "2023-12", "--handed-over-by", "văn phòng")
    for path in (folder / "notebooks").iterdir():
        path.unlink()
    for name in NOTEBOOKS:
        shutil.copy(ROOT / "notebooks" / name, folder / "notebooks")
    return folder


class Victim:
    """A project whose builds are killed while its report changes between two versions."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        # Short, because sockets lie in it; every process of a build has it in its environment.
        self.temp = Path(tempfile.mkdtemp(prefix="k", dir="/tmp"))
        self.versions = [make_inputs(folder / name, thu) for name, thu in ABOUT.items()]
        self.root = folder / "victim"
        shutil.copytree(self.versions[0], self.root)
        self.clean, times = [], []
        for version in self.versions:
            start = time.monotonic()
            assert self.start(version).wait() == 0
            times.append(time.monotonic() - start)
            self.clean.append(whole_files(version))
        self.seconds = min(times)

    def start(self, root: Path, **options) -> subprocess.Popen:
        env = os.environ | {"TMPDIR": str(self.temp), "XDG_CACHE_HOME": str(self.temp / "cache")}
        (self.temp / "cache").mkdir(exist_ok=True)
        return subprocess.Popen(
            [sys.executable, "-m", "hlanalysis", "build", "--lang", "vi", "--project", str(root)],
            env=env, start_new_session=True, stdout=subprocess.DEVNULL,
            **{"stderr": subprocess.DEVNULL, "cwd": ROOT} | options,
        )  # fmt: skip

    def take_version(self, number: int) -> None:
        shutil.rmtree(self.root / "data" / "raw")
        shutil.copytree(self.versions[number] / "data" / "raw", self.root / "data" / "raw")

    def kill_one(self, number: int) -> str:
        """Start a build of the other version, kill its group, and return what went wrong."""
        self.take_version(number % 2)
        run = self.start(self.root)
        if self.dice.random() < 0.5:
            moment = self.dice.uniform(0, self.seconds)
            self.wait(run, moment)
        else:
            # The files are put in place within a moment at the end: aim there.
            while run.poll() is None and not (self.root / "outputs" / ".build" / "new").exists():
                time.sleep(0.001)
            moment = self.dice.uniform(0, 0.3)
            self.wait(run, moment)
        ended = run.poll() is not None
        if not ended:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        wrong = [
            f"{name} is neither old nor new"
            for name, checksum in whole_files(self.root).items()
            if checksum not in [clean.get(name) for clean in self.clean]
        ]
        if left := self.processes_left():
            wrong.append(f"processes left: {left}")
        return "; ".join(wrong) or ("ended before" if ended else "")

    def wait(self, run: subprocess.Popen, seconds: float) -> None:
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    def processes_left(self, patience: float = 15) -> list[str]:
        """Return what still runs for a build that has ended, after some patience."""
        end = time.monotonic() + patience
        while (left := self._processes()) and time.monotonic() < end:
            time.sleep(0.05)
        return left

    def _processes(self) -> list[str]:
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                state = (path / "stat").read_text().rsplit(")", 1)[1].split()[0]
                mine = f"TMPDIR={self.temp}\0" in (path / "environ").read_text(errors="replace")
                if mine and state != "Z":
                    found.append((path / "cmdline").read_text().replace("\0", " ")[:120])
            except OSError:
                continue
        return found

    def rebuild(self, number: int) -> str:
        """Build to the end and return what differs from a clean build."""
        self.take_version(number)
        run = self.start(self.root, stderr=subprocess.PIPE, text=True)
        _, said = run.communicate()
        if run.returncode:
            return f"the next build ended with {run.returncode}: {said}"
        now, clean = whole_files(self.root), self.clean[number]
        wrong = sorted(name for name in {*now, *clean} if now.get(name) != clean.get(name))
        outputs = (path for path in (self.root / "outputs").glob(".*"))
        stray = {path.name for path in outputs} - {".build.json", ".build.lock"}
        stray |= {path.name for path in (self.root / "data" / "processed").rglob(".*")}
        stray |= {path.name for path in self.temp.iterdir()} - {"cache"}
        return ", ".join([*wrong, *(f"stray {name}" for name in sorted(stray))])


ABOUT = {"one": "486,3", "two": "512,9"}


def whole_files(root: Path) -> dict[str, str]:
    """Return the checksums of what a reader opens: hidden files are the builder's own."""
    found = {}
    for folder in (root / "outputs", root / "data" / "processed"):
        for path in folder.rglob("*"):
            name = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in name.parts):
                found[name.as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="module")
def victim(tmp_path_factory):
    victim = Victim(tmp_path_factory.mktemp("killed"), seed=int(os.environ.get("KILL_SEED", "1")))
    yield victim
    shutil.rmtree(victim.temp, ignore_errors=True)


def test_a_killed_build_leaves_whole_files_and_the_next_one_is_right(victim):
    for number in range(KILLS):
        assert victim.kill_one(number) in ("", "ended before")
    assert victim.rebuild(KILLS % 2) == ""


def test_an_interrupted_build_ends_with_130_and_leaves_nothing(victim):
    victim.take_version(0)
    assert victim.start(victim.root).wait() == 0
    before = whole_files(victim.root)
    notebook, asleep = victim.root / "notebooks" / NOTEBOOKS[0], victim.temp / "cache" / "asleep"
    sleep = f"import pathlib, time; pathlib.Path('{asleep}').touch(); time.sleep(60)"
    text = (ROOT / "notebooks" / NOTEBOOKS[0]).read_text("utf-8")
    notebook.write_text(text.replace("town.sources()", sleep), "utf-8")
    run = victim.start(victim.root, stderr=subprocess.PIPE, text=True)
    while not asleep.exists():
        assert run.poll() is None
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    start = time.monotonic()
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130 and time.monotonic() - start < 15
    assert said.splitlines()[-1] == "hlanalysis build: interrupted; outputs are as they were"
    assert "Traceback" not in said
    assert victim.processes_left() == [] and whole_files(victim.root) == before
    notebook.write_text(text, "utf-8")


def test_a_disk_that_is_full_is_one_message(victim):
    resource = pytest.importorskip("resource")
    assert victim.rebuild(0) == ""
    before = whole_files(victim.root / "outputs")
    victim.take_version(1)
    run = victim.start(
        victim.root, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000)),
    )  # fmt: skip
    _, said = run.communicate(timeout=120)
    assert run.returncode == 2, said
    told = [line for line in said.splitlines() if line.startswith("hlanalysis build: ")]
    assert len(told) == 1 and "cannot be written (File too large)" in told[0]
    assert "Traceback" not in said
    assert whole_files(victim.root / "outputs") == before
    assert victim.rebuild(1) == ""


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        victim = Victim(Path(place))
        told: list[str] = []
        while len(told) - told.count("ended before") < int(sys.argv[1]):
            told.append(victim.kill_one(len(told)))
        print(f"a clean build takes {victim.seconds:.1f} s")
        ended = told.count("ended before")
        print(f"{len(told)} builds: {len(told) - ended} killed, {ended} had ended before")
        print("wrong:", [one for one in told if one not in ("", "ended before")] or "nothing")
        print("the next build:", victim.rebuild(len(told) % 2) or "the bytes of a clean one")
        shutil.rmtree(victim.temp)
