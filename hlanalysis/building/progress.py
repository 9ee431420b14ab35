"""Progress of a build: bars with the time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from hlanalysis.numbers import Lang
from hlanalysis.texts import text

_ALL = "all"


class Progress:
    """A display that `build` reports to.

    On a terminal each piece of work has a bar with the time it has left, and so has the whole;
    elsewhere a line is printed when a piece is done. Both go to standard error.

    Parameters
    ----------
    lang : {"vi", "en"}
    """

    def __init__(self, lang: Lang = "en") -> None:
        self._lang: Lang = lang
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}
        self._shares: dict[str, float] = {}
        self._begun: dict[str, float] = {}

    def __enter__(self) -> Progress:
        # The bars appear with the first report: where nothing is to be done, none do.
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, name: str, state: str, share: float) -> None:
        """Say how far a piece of work is."""
        if state != "waiting":
            self._begun.setdefault(name, time.perf_counter())
        if sys.stderr.isatty():
            self._draw(name, state, share)
        elif state in ("done", "failed"):
            seconds = f"{time.perf_counter() - self._begun[name]:.1f}"
            said = text(f"command.{state}", self._lang).format(seconds=seconds)
            print(f"  {name}: {said}", file=sys.stderr, flush=True)

    def _draw(self, name: str, state: str, share: float) -> None:
        if self._bars is None:
            self._bars = _bars()
            self._bars.start()
            self._tasks[_ALL] = self._bars.add_task(_ALL, total=1.0, state="")
        if name not in self._tasks:
            # A piece that waits for its turn uses no time yet.
            self._tasks[name] = self._bars.add_task(name, total=1.0, state=state, start=False)
        self._shares[name] = share
        if state != "waiting":
            self._bars.start_task(self._tasks[name])
        self._bars.update(self._tasks[name], completed=share, state=state)
        done = sum(self._shares.values()) / len(self._shares)
        self._bars.update(self._tasks[_ALL], completed=done)


def _bars() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
