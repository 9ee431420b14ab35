"""A process with the heavy imports done, which forks itself into kernels and pieces of work.

It runs as ``python -m hlanalysis.publish.kernels.warm_server``, so the program that builds is never
imported a second time. It has one thread and no state of a notebook; a fork starts clean. When
the builder goes, however it goes, its end of our standard input closes: then everything that was
forked is ended, and the private folder with the sockets is taken away.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import os
import select
import shutil
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from hlanalysis.publish.kernels.worker import perform


def main(words: Sequence[str]) -> None:
    """Serve until standard input closes; the words are a listening socket, a folder, modules."""
    handle, folder, *modules = words
    listener = socket.socket(fileno=int(handle))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in modules:
        if select.select([sys.stdin], [], [], 0)[0]:
            break
        # A module that cannot be imported is missed by whoever needs it, with its own message.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    try:
        Server(listener).serve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """Forks a child for each request and watches it until it or the one who asked has gone."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._asked: dict[int, Connection] = {}
        self._woken, self._bell = os.pipe()
        os.set_blocking(self._bell, False)
        # The end of a child interrupts the wait below.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._bell, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Answer requests until the builder has gone, then end every child."""
        stdin = sys.stdin.fileno()
        try:
            while True:
                ready = wait([self._listener, stdin, self._woken, *self._asked.values()])
                if stdin in ready and not os.read(stdin, 1):
                    return
                if self._woken in ready:
                    os.read(self._woken, 4096)
                    self._reap()
                self._end([pid for pid, line in self._asked.items() if line in ready])
                if self._listener in ready:
                    self._accept()
        finally:
            self._end(list(self._asked))

    def _accept(self) -> None:
        line = Connection(self._listener.accept()[0].detach())
        try:
            request = line.recv()
        except (EOFError, OSError):
            line.close()
            return
        with warnings.catch_warnings():
            # Libraries for arithmetic keep threads; they know what to do when forked.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            self._become(request, line)
        self._asked[pid] = line

    def _become(self, request: dict[str, Any], line: Connection) -> None:
        """Turn this fork into what was asked for; never returns."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            # A group of its own, so that what a notebook starts ends with it.
            os.setsid()
            for other in self._asked.values():
                other.close()
            self._listener.close()
            os.close(self._woken)
            os.close(self._bell)
            _settle(request)
            line.send(("started", os.getpid()))
            status = _kernel(request, line) if request["task"] == "kernel" else _call(request, line)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        while self._asked:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            if line := self._asked.pop(pid, None):
                with contextlib.suppress(OSError):
                    line.send(("ended", os.waitstatus_to_exitcode(status)))
                line.close()

    def _end(self, pids: Sequence[int]) -> None:
        """End children whom nobody waits for any more; a line is only read when it closes."""
        for pid in pids:
            if pid not in self._asked:
                continue
            for kill in (os.killpg, os.kill):
                with contextlib.suppress(OSError):
                    kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
            self._asked.pop(pid).close()


def _settle(request: dict[str, Any]) -> None:
    """Take on the folder and surroundings that a process started for this alone would have."""
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(request["cwd"])
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    numbers = sys.modules.get("numpy")
    if numbers is not None:
        # Python seeds its own dice anew after a fork, NumPy does not.
        numbers.random.seed()


def _kernel(request: dict[str, Any], line: Connection) -> int:
    line.close()
    from ipykernel.kernelapp import IPKernelApp

    # A kernel ends by itself when this number is no longer its parent's.
    words = [*request["argv"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *words]
    if sys.path[:1] == [request["started_in"]]:
        # `python -m` put the builder's folder first; a kernel puts its own there.
        del sys.path[0]
    IPKernelApp.launch_instance(words)
    return 0


def _call(request: dict[str, Any], line: Connection) -> int:
    perform(request["target"], request["args"], line.send)
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
