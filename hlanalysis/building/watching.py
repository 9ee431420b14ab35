"""Build again whenever something that a build rests on changes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Snapshot = dict[str, tuple[int, int]]


def watch(
    folders: Sequence[Path],
    words: Sequence[str],
    *,
    pause: float = 1.0,
    tell: Callable[[str], None] = print,
    rounds: int | None = None,
) -> None:
    """Run ``hlanalysis build`` now and after every change, until interrupted.

    Folders are looked at, not subscribed to: that works on network drives and memory sticks too.
    Each build is a process of its own, so that changed code is used, and decides by the contents
    of files whether there is anything to do.

    Parameters
    ----------
    folders : sequence of Path
        Where to look; missing ones may appear later.
    words : sequence of str
        Arguments of ``hlanalysis build``.
    pause : float
        Seconds between two looks.
    tell : callable
        Says what happens.
    rounds : int, optional
        Builds to make; without it there is no end but an interrupt.
    """
    seen: Snapshot | None = None
    while rounds is None or rounds > 0:
        now = _settled(folders, pause)
        if now != seen:
            changed = [] if seen is None else _changed(seen, now)
            if changed:
                tell(f"changed: {', '.join(changed[:5])}{', ...' if len(changed) > 5 else ''}")
            seen = now
            _build(words)
            rounds = None if rounds is None else rounds - 1
            tell("watching for changes; Ctrl-C ends")
        time.sleep(pause)


def _build(words: Sequence[str]) -> None:
    with subprocess.Popen([sys.executable, "-m", "hlanalysis", "build", *words]) as child:
        try:
            child.wait()
        except KeyboardInterrupt:
            # The terminal interrupted the build as well: let it end in order.
            child.wait()
            raise


def snapshot(folders: Sequence[Path]) -> Snapshot:
    """Return time and size of every file in folders."""
    found: Snapshot = {}
    for folder in folders:
        for path in folder.rglob("*"):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if hidden or "__pycache__" in path.parts:
                continue
            try:
                stat = path.stat()
            except OSError:
                # Gone between the listing and the look.
                continue
            if not path.is_dir():
                found[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return found


def _settled(folders: Sequence[Path], pause: float) -> Snapshot:
    """Return the state of folders once two looks agree: a program may still be saving."""
    before = snapshot(folders)
    while True:
        time.sleep(min(pause, 0.2))
        now = snapshot(folders)
        if now == before:
            return now
        before = now


def _changed(before: Snapshot, now: Snapshot) -> list[str]:
    names = {*before, *now}
    return sorted(Path(name).name for name in names if before.get(name) != now.get(name))
