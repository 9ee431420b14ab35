"""A whole build against `jupyter nbconvert --to html --execute`, notebook by notebook.

``python benchmarks/build.py [--notebooks 3] [--langs vi en]`` copies the project twice. Ours does
everything: raw data, checks, notebooks in each language, pages, charts, index; once with warm and
once with plain kernels. The peer gets the processed data for nothing and runs the same notebooks
in the same languages one by one, the parameter cell set in its copy. Wall time, processor time
and peak memory (proportional share of all processes) of each, and ours over the peer's.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
GOALS = {"warm": 0.35, "plain": 0.5}


@dataclass(frozen=True)
class Cost:
    """What commands took."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:6.1f} s wall {self.cpu:6.1f} s cpu {self.memory / 1e6:6.0f} MB at most"


def cost_of(*commands: list[str], env: dict[str, str] | None = None) -> Cost:
    """Run commands one after another."""
    start, cpu, most = time.perf_counter(), _children_cpu(), 0.0
    for command in commands:
        with tempfile.TemporaryFile("w+") as said:
            run = psutil.Popen(
                command, env=os.environ | (env or {}), stdout=said, stderr=said, cwd=ROOT
            )
            while run.poll() is None:
                most = max(most, _memory(run))
                time.sleep(0.2)
            if run.wait():
                said.seek(0)
                sys.exit(f"{' '.join(command)} failed:\n{said.read()}")
    return Cost(time.perf_counter() - start, _children_cpu() - cpu, most)


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _memory(run: psutil.Process) -> float:
    """Return the memory of a process and all below it, shared pages counted once."""
    total = 0.0
    with contextlib.suppress(psutil.Error):
        for process in (run, *run.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                info = process.memory_full_info()
                total += getattr(info, "pss", info.uss)
    return total


def copy_project(folder: Path, notebooks: int | None) -> Path:
    """Copy what a build needs, with all or the first notebooks."""
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("processed"))
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for number, path in enumerate(sorted((folder / "notebooks").glob("*.ipynb"))):
        if notebooks is not None and number >= notebooks:
            path.unlink()
    return folder


def build(folder: Path, langs: list[str], kernels: str) -> Cost:
    """Build from nothing."""
    for made in ("outputs", "data/processed"):
        shutil.rmtree(folder / made, ignore_errors=True)
    lang = "both" if len(langs) == 2 else langs[0]
    command = [sys.executable, "-m", "hlanalysis", "build", "--lang", lang]
    env = {"HLANALYSIS_KERNELS": kernels, "XDG_CACHE_HOME": str(folder / "cache")}
    return cost_of([*command, "--project", str(folder)], env=env)


def nbconvert(folder: Path, langs: list[str]) -> Cost:
    """Execute and convert every notebook in every language, one command each."""
    commands = []
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        text = path.read_text("utf-8")
        assert 'lang = \\"vi\\"' in text, path
        for lang in langs:
            copy = path.with_name(f"{path.stem}.{lang}.ipynb")
            copy.write_text(text.replace('lang = \\"vi\\"', f'lang = \\"{lang}\\"'), "utf-8")
            command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--execute"]
            commands.append([*command, "--output-dir", str(folder / "html"), str(copy)])
    return cost_of(*commands)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notebooks", type=int, help="only the first so many")
    parser.add_argument("--langs", nargs="+", default=["vi", "en"], choices=("vi", "en"))
    args = parser.parse_args()
    print(f"{os.cpu_count()} processors, load before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as place:
        ours = copy_project(Path(place) / "ours", args.notebooks)
        costs = {kernels: build(ours, args.langs, kernels) for kernels in GOALS}
        again = cost_of(
            [sys.executable, "-m", "hlanalysis", "build", "--project", str(ours)]
            + (["--lang", args.langs[0]] if len(args.langs) == 1 else [])
        )
        theirs = copy_project(Path(place) / "theirs", args.notebooks)
        shutil.copytree(ours / "data" / "processed", theirs / "data" / "processed")
        peer = nbconvert(theirs, args.langs)
    print(f"nbconvert one by one  {peer}")
    for kernels, cost in costs.items():
        print(f"build, {kernels:5} kernels  {cost}")
    print(f"unchanged build       {again}")
    print(f"load after: {os.getloadavg()[0]:.1f}")
    for kernels, cost in costs.items():
        print(
            f"{kernels}: {cost.wall / peer.wall:.2f} of the time (at most {GOALS[kernels]}), "
            f"{cost.cpu / peer.cpu:.2f} of the processor time, "
            f"{cost.memory / peer.memory:.1f} times the memory"
        )


if __name__ == "__main__":
    main()
