"""Progress of a build: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class Progress:
    """A display that `build` reports to.

    On a terminal each piece of work has a bar with the time it has left; elsewhere a line is
    printed when a piece is done. Both go to standard error.
    """

    def __init__(self) -> None:
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
            from rich.progress import Progress as Bars

            self._bars = Bars(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.fields[state]}"),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._bars.start()
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
        if self._bars is None:
            if state == "done":
                print(f"  {name}: done", file=sys.stderr, flush=True)
            return
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=1.0, state=state)
        self._bars.update(self._tasks[name], completed=share, state=state)
