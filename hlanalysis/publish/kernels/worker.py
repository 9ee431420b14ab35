"""A piece of work in a process of its own, so that one processor does not wait for another.

It is forked from the warm server where there is one; else
``python -m hlanalysis.publish.kernels.worker`` does it.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hlanalysis.publish.kernels.warm_kernel import WarmStart

Message = tuple[str, Any]
Receive = Callable[[], Message]


def perform(target: str, args: Sequence[Any], send: Callable[[Message], None]) -> None:
    """Call ``module:function`` and send on what share is done, then its result or its error.

    The function takes the arguments and, last, what it calls with the share done (0 to 1).
    """
    module, _, name = target.partition(":")
    try:
        function = getattr(importlib.import_module(module), name)
        message = ("result", function(*args, lambda share: send(("share", share))))
    except Exception as error:
        message = ("error", _sendable(error))
    send(message)


def _sendable(error: Exception) -> Exception:
    """Return an error that survives the way to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


async def call(
    target: str,
    args: Sequence[Any],
    *,
    env: Mapping[str, str],
    warm: WarmStart | None = None,
    on_share: Callable[[float], None] = lambda share: None,
) -> Any:
    """Call a function in another process and return its result; cancellation ends the process.

    Parameters
    ----------
    target : str
        ``package.module:function``.
    args : sequence
        Plain values.
    env : mapping of str to str
        Environment of the process.
    warm : WarmStart, optional
    on_share : callable
        Called with the share done.

    Raises
    ------
    Exception
        What the function raised; RuntimeError if the process ended without an answer.
    """
    if warm is not None and not warm.refusal:
        from hlanalysis.publish.kernels.warm_kernel import WarmStartError

        try:
            forked = await asyncio.to_thread(
                warm.begin, task="call", target=target, args=tuple(args), cwd=os.getcwd(), env=env
            )
        except WarmStartError:
            pass
        else:
            return await _hear(forked.receive, forked.kill, on_share)
    return await _call_plain(target, args, env, on_share)


async def _call_plain(
    target: str, args: Sequence[Any], env: Mapping[str, str], on_share: Callable[[float], None]
) -> Any:
    process = subprocess.Popen(
        [sys.executable, "-m", "hlanalysis.publish.kernels.worker"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(env),
        start_new_session=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    with process, process.stdin as asks, process.stdout as answers:
        pickle.dump((target, tuple(args)), asks)
        asks.flush()

        def receive() -> Message:
            try:
                message: Message = pickle.load(answers)
            except (EOFError, pickle.UnpicklingError):
                return ("ended", process.wait())
            return message

        return await _hear(receive, process.kill, on_share)


async def _hear(
    receive: Receive, kill: Callable[[], None], on_share: Callable[[float], None]
) -> Any:
    """Follow the messages of a process until it has said what came of its work."""
    try:
        while True:
            word, value = await asyncio.to_thread(receive)
            if word == "share":
                on_share(value)
            elif word == "result":
                return value
            elif word == "error":
                raise value
            else:
                raise RuntimeError(f"a worker ended with status {value} (out of memory?)")
    except asyncio.CancelledError:
        # The thread that listens comes to its end when the process does.
        kill()
        raise


def main() -> None:
    """Do the one piece of work that stands on standard input, and end with the one who asked."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What is printed on the way must not mix with the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    target, args = pickle.load(sys.stdin.buffer)
    _end_with_builder()

    def send(message: Message) -> None:
        pickle.dump(message, answers)
        answers.flush()

    perform(target, args, send)


def _end_with_builder() -> None:
    """End this process when standard input closes: the builder has gone."""
    import threading

    def watch() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main()
