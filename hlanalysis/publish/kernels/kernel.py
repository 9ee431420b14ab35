"""A fresh kernel of this Python for one notebook, started and stopped without a trace."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The shortest limit that a system sets to the name of a socket, its end mark included: macOS.
_LONGEST_SOCKET = 103

if TYPE_CHECKING:
    from hlanalysis.publish.kernels.warm_kernel import WarmStart


@asynccontextmanager
async def fresh_kernel(
    folder: Path, warm: WarmStart | None = None
) -> AsyncIterator[tuple[Any, Any]]:
    """Start a kernel in a folder and stop it at the end, whatever happens between.

    Parameters
    ----------
    folder : Path
        Working folder of the kernel.
    warm : WarmStart, optional
        Where to fork it from; a plain kernel starts where that does not succeed.

    Yields
    ------
    tuple
        The kernel's manager and a client that is ready.
    """
    with tempfile.TemporaryDirectory(
        prefix="k" if warm else private_prefix(),
        dir=warm.folder if warm else None,
        ignore_cleanup_errors=True,
    ) as private:
        manager = await _started(private, folder, warm)
        client = manager.client()
        try:
            client.start_channels()
            await client.wait_for_ready(timeout=60)
            client.allow_stdin = False
            yield manager, client
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)


async def _started(private: str, folder: Path, warm: WarmStart | None) -> Any:
    from jupyter_client.manager import AsyncKernelManager

    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=_own_interpreter_only(),
        connection_file=os.path.join(private, "kernel.json"),
        **_line(private),
    )
    if warm is not None and not warm.refusal:
        manager.provisioner = warm.provisioner(manager)
    try:
        await manager.start_kernel(
            cwd=str(folder.resolve()),
            env=environment(private),
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
        )
    except Exception:
        if warm is None or not warm.refusal or manager.has_kernel:
            raise
        return await _started(private, folder, None)
    return manager


def run_to_end(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in an event loop of its own and close the loop.

    Where a loop runs already, as in a notebook, the work goes to a thread of its own.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_run, work).result()


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    # The selector loop everywhere: the one that is usual on Windows cannot watch ZeroMQ's sockets.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(work)


def _own_interpreter_only() -> Any:
    """Find kernels nowhere but in this Python: a user's own `python3` may lack the package."""
    from jupyter_client.kernelspec import KernelSpecManager

    specs = KernelSpecManager()
    specs.kernel_dirs = []
    specs.ensure_native_kernel = True
    return specs


def _line(private: str) -> dict[str, str]:
    """Talk to the kernel through files where the system can: a TCP port is open to all users."""
    path = os.path.join(private, "k")
    if os.name != "posix" or len(os.fsencode(path)) > _LONGEST_SOCKET - len("-1"):
        return {}
    return {"transport": "ipc", "ip": path}


def private_prefix() -> str:
    """Return how private folders of this process begin: its number tells whether it lives."""
    return f"hlanalysis-{os.getpid()}-"


def clear_private_folders() -> None:
    """Remove the private folders that killed processes of this user left behind."""
    if os.name != "posix":
        # Asking after a process would end it there.
        return
    for path in Path(tempfile.gettempdir()).glob("hlanalysis-*-*"):
        number = path.name.split("-")[1]
        with contextlib.suppress(OSError):
            if number.isdecimal() and path.stat().st_uid == os.getuid() and not _lives(int(number)):
                shutil.rmtree(path, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def environment(private: str) -> dict[str, str]:
    """Return the environment of a kernel: this process's, without what differs by desk or day."""
    env = dict(os.environ)
    # A private profile: start-up files and history of the person at the desk stay out of it.
    env["IPYTHONDIR"] = private
    # Sets print in the same order, and what asks for the date of a build gets always the same.
    env["PYTHONHASHSEED"] = "0"
    env["SOURCE_DATE_EPOCH"] = "0"
    env["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    env["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    return env
