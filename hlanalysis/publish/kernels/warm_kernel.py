"""Kernels and pieces of work that start warm: forked from a process that has the imports done.

Where the system cannot fork, or forking goes wrong, plain processes do the same work.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from hlanalysis.publish.kernels.kernel import private_prefix

SWITCH = "HLANALYSIS_KERNELS"
"""Environment variable: `plain` turns warm kernels off."""

# What every kernel imports, before what notebooks import. Never matplotlib_inline: it must find
# the kernel it belongs to.
KERNEL_MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "IPython.core.magics",
    "jedi",
    "sqlite3",
)


class WarmStartError(Exception):
    """A warm start is not to be had; a plain one is."""


class WarmStart:
    """A server that forks kernels and workers from a process with the imports done.

    A context manager; leaving it ends everything that was forked.

    Parameters
    ----------
    modules : sequence of str
        What to import beforehand.
    env : mapping of str to str
        Environment of the server: what must be set before Python or Matplotlib starts.

    Attributes
    ----------
    folder : Path
        A private folder that is taken away with the server, also when this process is killed.
    refusal : str
        Why nothing is started warm any more; empty while all is well.

    Raises
    ------
    WarmStartError
        If this system cannot fork, or warm kernels are turned off.
    """

    def __init__(self, modules: Sequence[str], env: Mapping[str, str]) -> None:
        if not hasattr(os, "fork") or not hasattr(socket, "AF_UNIX"):
            raise WarmStartError("this system cannot fork")
        if os.environ.get(SWITCH, "") == "plain":
            raise WarmStartError(f"{SWITCH}=plain")
        self.folder = Path(tempfile.mkdtemp(prefix=private_prefix()))
        self.refusal = ""
        self._asked = False
        self._address = str(self.folder / "warm")
        try:
            self._server = self._started(modules, env)
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise WarmStartError(str(error)) from error

    def _started(self, modules: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self._address)
            listener.listen(64)
            handle = listener.fileno()
            return subprocess.Popen(
                [
                    sys.executable, "-m", "hlanalysis.publish.kernels.warm_server",
                    str(handle), str(self.folder), *KERNEL_MODULES, *modules,
                ],
                stdin=subprocess.PIPE, pass_fds=(handle,), env=dict(env),
                # Ctrl-C is for the builder alone, who then ends us in order.
                start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> WarmStart:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the server and everything it forked."""
        if self._server.stdin is not None:
            self._server.stdin.close()
        if not self._asked:
            # It has no children: no need to wait for its imports.
            self._server.kill()
        try:
            self._server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self, **request: Any) -> Forked:
        """Fork a process for a request and return it when it has started.

        Raises
        ------
        WarmStartError
            If the server does not do it; `refusal` then says why.
        """
        line: Connection | None = None
        self._asked = True
        try:
            line = self._connect()
            line.send(request | {"started_in": os.getcwd()})
            if not line.poll(60):
                raise TimeoutError("no answer for 60 s")
            word, pid = line.recv()
            if word != "started":
                raise EOFError(f"ended at once with status {pid}")
        except (OSError, EOFError, ValueError) as error:
            if line is not None:
                line.close()
            self.refusal = self.refusal or f"{type(error).__name__}: {error}".rstrip(": ")
            raise WarmStartError(self.refusal) from error
        return Forked(line, pid)

    def _connect(self) -> Connection:
        with socket.socket(socket.AF_UNIX) as end:
            end.connect(self._address)
            return Connection(end.detach())

    def provisioner(self, manager: Any) -> WarmProvisioner:
        """Return what starts the kernel of a manager as a fork of this server."""
        made = WarmProvisioner(kernel_id="", kernel_spec=manager.kernel_spec, parent=manager)
        made.warm = self
        return made


class Forked:
    """A process forked for us by another: what `Popen` is for our own children."""

    stdin = stdout = stderr = None

    def __init__(self, line: Connection, pid: int) -> None:
        self.line, self.pid = line, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, or None while it runs."""
        return self.wait(timeout=0) if self.returncode is None else self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended and return the exit status, or None when time is up."""
        while self.returncode is None and self.line.poll(timeout):
            self.receive()
        return self.returncode

    def receive(self) -> tuple[str, Any]:
        """Return its next message; ("ended", status) is the last."""
        try:
            word, value = self.line.recv()
        except (EOFError, OSError):
            word, value = "ended", -int(signal.SIGKILL)
        if word == "ended":
            self.returncode = value
            self.line.close()
        return word, value

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of a warm server; in all else like a plain one."""

    warm: WarmStart

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork the kernel that this command would have started."""
        import asyncio

        # The first one waits for the imports: meanwhile others may go on.
        forked = await asyncio.to_thread(
            self.warm.begin,
            task="kernel", argv=cmd[cmd.index("-f") :], cwd=kwargs["cwd"], env=kwargs["env"],
        )  # fmt: skip
        # What the base class asks of a process, a fork answers too.
        self.process: Any = forked
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info
