"""From raw data to everything a reader opens: processed data, notebooks, pages, charts.

Nothing under ``outputs/`` changes before all of it has been made; then all files are put in place
together. What has not changed since the last build is not made again: that is decided by the
contents of the files everything rests on, before any of them is interpreted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hlanalysis.building.ledger import Ledger, code_hash, file_hash
from hlanalysis.building.pieces import Files, Piece, Report, Site
from hlanalysis.building.placing import clear_parts, sole_builder
from hlanalysis.errors import InputError
from hlanalysis.numbers import Lang

if TYPE_CHECKING:
    from hlanalysis.publish.kernels.warm_kernel import WarmStart


@dataclass(slots=True)
class Built:
    """What a build did.

    Attributes
    ----------
    outputs : Path
    made, kept : list of str
        Pieces of work that were done, and those that had not changed.
    findings : dict of str to int
        Number of findings by grade.
    kernels : str
        How notebooks were run: "warm", or why plainly; empty if none was.
    overtaken : bool
        Something changed while it was built: the next build makes it again.
    failed : dict of str to InputError
        Pieces that could not be made; their files are those of an earlier build.
    """

    outputs: Path
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    findings: dict[str, int] = field(default_factory=dict)
    kernels: str = ""
    overtaken: bool = False
    failed: dict[str, InputError] = field(default_factory=dict)


class UnfinishedError(InputError):
    """Some pieces could not be made; the others are in place.

    Attributes
    ----------
    built : Built
    """

    def __init__(self, built: Built) -> None:
        self.built = built
        told = list(dict.fromkeys(str(error) for error in built.failed.values()))
        said = "".join(f"\n  - {one}" for one in told)
        super().__init__(
            ", ".join(built.failed),
            f"could not be made; what an earlier build made of them is kept:{said}",
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """Short names of what everything rests on, taken from the contents of files.

    Attributes
    ----------
    code, raw, catalog, scenarios : str
    """

    code: str
    raw: str
    catalog: str
    scenarios: str

    @classmethod
    def of(cls, root: Path) -> Inputs:
        """Return what a project rests on now."""
        data = root / "data"
        folders = (data / "raw", root / "catalog", data / "scenarios")
        return cls(code_hash(), *map(file_hash, folders))

    @property
    def data_key(self) -> str:
        """What processed data depend on."""
        return f"{self.code} {self.raw} {self.catalog}"


def watched_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders that a build depends on: the project's own and the package."""
    data = root / "data"
    own = (data / "raw", data / "scenarios", data / "published", root / "catalog")
    return (*own, root / "notebooks", Path(__file__).parent)


def build(
    root: Path,
    *,
    langs: Sequence[Lang] = ("vi", "en"),
    only: str | None = None,
    jobs: int | None = None,
    report: Report = lambda name, state, share: None,
) -> Built:
    """Make everything from ``data/raw``.

    Parameters
    ----------
    root : Path
        The project folder.
    langs : sequence of {"vi", "en"}
    only : str, optional
        Make only the notebook whose name holds these letters, and the index.
    jobs : int, optional
        Pieces of work at a time; by default one a processor.
    report : callable

    Raises
    ------
    UnfinishedError
        If a notebook or a scenario is wrong: all else has been renewed.
    InputError
        If a raw file is wrong, or a folder cannot be written to; earlier outputs stay as they
        were.
    """
    ledger, inputs = Ledger(root / "outputs"), Inputs.of(root)
    if ledger.data_is_current(inputs.data_key, root / "data" / "processed"):
        _, pieces, todo = _plan(root, tuple(langs), only, ledger, inputs)
        gone = [] if only else ledger.others([piece.name for piece in pieces])
        if not todo and not gone:
            kept = [piece.name for piece in pieces]
            return Built(ledger.folder, kept=kept, findings=ledger.findings)
    # What is wrong with the notebooks is said before any work.
    Site(root, tuple(langs), ()).pieces(only)
    with sole_builder(ledger.folder):
        clear_parts(ledger.folder, root / "data" / "processed")
        with _warm_start() as (warm, reason):
            return _build(root, tuple(langs), only, jobs, report, warm, reason)


def _build(
    root: Path,
    langs: tuple[Lang, ...],
    only: str | None,
    jobs: int | None,
    report: Report,
    warm: WarmStart | None,
    reason: str,
) -> Built:
    from hlanalysis.catalog.tables import use_project

    use_project(root)
    # What another build made while we waited for the lock counts too.
    ledger, inputs = Ledger(root / "outputs"), Inputs.of(root)
    if not ledger.data_is_current(inputs.data_key, root / "data" / "processed"):
        _read_data(root, ledger, inputs, report)
    site, pieces, todo = _plan(root, langs, only, ledger, inputs)
    site.prepare([piece.name for piece in todo], warm)
    made, failed = _make_all(todo, jobs or processors(), report)
    refusal = warm.refusal if warm is not None else reason
    overtaken = Inputs.of(root) != inputs or Site(root, langs, ()).sources != site.sources
    keys = {piece.name: piece.key for piece in todo}
    ledger.place(
        {name: ("" if overtaken else keys[name], files) for name, files in made.items()},
        keep=None if only else {piece.name for piece in pieces},
    )
    built = Built(
        ledger.folder,
        made=list(made),
        kept=[piece.name for piece in pieces if piece.name not in {*made, *failed}],
        findings=ledger.findings,
        kernels=f"plain: {refusal}" if refusal else "warm",
        overtaken=overtaken,
        failed=failed,
    )
    if failed:
        raise UnfinishedError(built)
    return built


def _read_data(root: Path, ledger: Ledger, inputs: Inputs, report: Report) -> None:
    """Read ``data/raw`` and write ``data/processed``, with the number of findings in it."""
    from hlanalysis.checks import run_checks
    from hlanalysis.checks.findings import GRADES
    from hlanalysis.gathering.processed import read_raw, save_processed

    folder = root / "data" / "processed"
    report("data", "reading", 0)
    processed = read_raw(root / "data" / "raw", lambda name: report("data", name, 0.5))
    found = [one.grade for one in run_checks(processed.observations, processed.warnings)]
    ledger.forget_data()
    save_processed(processed, folder)
    ledger.record_data(inputs.data_key, folder, {grade: found.count(grade) for grade in GRADES})
    report("data", "done", 1)


def _plan(
    root: Path, langs: tuple[Lang, ...], only: str | None, ledger: Ledger, inputs: Inputs
) -> tuple[Site, list[Piece], list[Piece]]:
    """Return the site, its pieces, and those that must be made, longest first."""
    site = Site(root, langs, (inputs.code, ledger.data_name, inputs.scenarios, inputs.catalog))
    pieces = site.pieces(only)
    todo = [piece for piece in pieces if not ledger.is_current(piece.name, piece.key)]
    if todo:
        from hlanalysis.building.timings import known_seconds

        known = known_seconds()
        # So that no processor waits at the end for one that began its longest piece last.
        todo.sort(key=lambda piece: -known.get(piece.name, piece.guess))
    return site, pieces, todo


@contextmanager
def _warm_start() -> Iterator[tuple[WarmStart | None, str]]:
    """Start what forks kernels; yield it, or None with the reason."""
    from hlanalysis.publish.kernels.kernel import clear_private_folders, environment
    from hlanalysis.publish.kernels.warm_kernel import WarmStart, WarmStartError

    clear_private_folders()
    try:
        warm = WarmStart(("hlanalysis.building.preload",), environment(""))
    except WarmStartError as error:
        yield None, str(error)
        return
    with warm:
        yield warm, ""


def _make_all(
    todo: Sequence[Piece], jobs: int, report: Report
) -> tuple[dict[str, Files], dict[str, InputError]]:
    """Make pieces side by side; return their files, and what is wrong with those that failed."""
    if not todo:
        return {}, {}
    from hlanalysis.building.timings import remember_seconds
    from hlanalysis.publish.kernels.kernel import run_to_end

    for piece in todo:
        report(piece.name, "waiting", 0)
    made, failed, seconds = run_to_end(_side_by_side(todo, jobs, report))
    remember_seconds(seconds)
    names = [piece.name for piece in todo]
    return (
        {name: made[name] for name in names if name in made},
        {name: failed[name] for name in names if name in failed},
    )


async def _side_by_side(
    todo: Sequence[Piece], jobs: int, report: Report
) -> tuple[Mapping[str, Files], Mapping[str, InputError], Mapping[str, float]]:
    import asyncio

    made: dict[str, Files] = {}
    failed: dict[str, InputError] = {}
    seconds: dict[str, float] = {}
    slots = asyncio.Semaphore(jobs)

    async def make(piece: Piece) -> None:
        async with slots:
            start = time.perf_counter()
            try:
                made[piece.name] = await piece.make(report)
            except InputError as error:
                # One wrong notebook or scenario must not keep all other pages old.
                failed[piece.name] = error
                report(piece.name, "failed", 1)
                return
            seconds[piece.name] = time.perf_counter() - start
            report(piece.name, "done", 1)

    try:
        async with asyncio.TaskGroup() as group:
            for piece in todo:
                group.create_task(make(piece))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return made, failed, seconds


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
