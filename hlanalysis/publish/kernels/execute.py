"""Run one notebook from top to bottom in a fresh kernel, with its parameters set from outside.

The result holds no clock, no process number and no memory address, so that the same notebook
over the same data gives the same bytes each time.
"""

from __future__ import annotations

import ast
import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode

from hlanalysis.errors import InputError
from hlanalysis.publish.inert import without_ansi
from hlanalysis.publish.kernels.kernel import fresh_kernel, run_to_end

if TYPE_CHECKING:
    from hlanalysis.publish.kernels.warm_kernel import WarmStart

PARAMETERS_TAG = "parameters"
INJECTED_TAG = "injected-parameters"

# The kernel puts each cell in a file named after its process; warnings print that name.
_CELL_FILE = re.compile(r"[^\s\"']*ipykernel_\d+[/\\](\d+)\.py")
_ADDRESS = re.compile(r"\b(at )0x[0-9a-fA-F]{6,}")
_PLAIN = (str, bool, int, float, type(None))


class KernelDiedError(InputError):
    """The kernel of a notebook ended while a cell ran."""


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook file and bring it to the current format with steady cell ids.

    Parameters
    ----------
    path : Path
        A .ipynb file.

    Returns
    -------
    NotebookNode
        The notebook in format 4.5 or newer; cells without an id are numbered.

    Raises
    ------
    InputError
        If the file is missing, is no notebook, or is not valid.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(str(path), "no such file", "a notebook", "check the name") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "a notebook in UTF-8") from error
    try:
        raw = nbformat.reader.reads(text)
        seen: set[str] = set()
        for number, cell in enumerate(raw.get("cells", ()), start=1):
            # nbformat would put a random id where one is missing or given twice.
            if cell.setdefault("id", f"cell-{number}") in seen:
                cell["id"] = f"cell-{number}-{len(seen)}"
            seen.add(cell["id"])
        notebook = nbformat.convert(raw, 4)
        notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
        nbformat.validate(notebook)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            str(path),
            f"is not a valid notebook ({reason})",
            "a Jupyter notebook (.ipynb)",
            "open it in JupyterLab and save it again",
        ) from error
    return notebook


def set_parameters(notebook: NotebookNode, values: Mapping[str, Any], *, name: str) -> None:
    """Put a cell with new values right after the cell tagged `parameters`.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place; an earlier injected cell is replaced.
    values : mapping of str to str, bool, int, float, None, or lists and dicts of them
        Variables to set. Each must be assigned in the parameters cell.
    name : str
        What to call the notebook in a message.

    Raises
    ------
    InputError
        If there is no parameters cell, it does not assign one of the names, or a value
        cannot be written as a plain literal.
    """
    cells = [cell for cell in notebook.cells if INJECTED_TAG not in cell_tags(cell)]
    notebook.cells = cells
    if not values:
        return
    places = [number for number, cell in enumerate(cells) if PARAMETERS_TAG in cell_tags(cell)]
    if len(places) != 1:
        raise InputError(
            name,
            f"{len(places)} cells are tagged '{PARAMETERS_TAG}'",
            f"exactly one, to set {', '.join(values)}",
            "tag the cell with the notebook's settings",
        )
    known = _assigned_names(cells[places[0]].source, name)
    unknown = [key for key in values if key not in known]
    if unknown:
        raise InputError(
            f"{name}, parameters cell",
            f"no variable named {', '.join(unknown)}",
            f"one of {', '.join(sorted(known)) or '(none)'}",
            "correct the name, or assign it in the parameters cell",
        )
    lines = [f"{key} = {_literal(key, value, name)}" for key, value in values.items()]
    injected = nbformat.v4.new_code_cell("\n".join(lines), metadata={"tags": [INJECTED_TAG]})
    injected.id = "injected-parameters"
    cells.insert(places[0] + 1, injected)


def cell_tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell, in their order."""
    return list(cell.get("metadata", {}).get("tags", ()))


def run_notebook(
    path: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    folder: Path | None = None,
    timeout: float = 300,
    on_cell: Callable[[int, int], None] | None = None,
) -> NotebookNode:
    """Run a notebook in a fresh kernel of this Python and return the executed copy.

    Safe to call from several threads or processes at once; nothing is written to disk. Ctrl-C
    stops the kernel and goes on as KeyboardInterrupt.

    Parameters
    ----------
    path : Path
        The notebook file; it is not changed.
    parameters : mapping, optional
        Values for variables of the cell tagged `parameters`.
    folder : Path, optional
        Working folder of the kernel; the notebook's own by default.
    timeout : float, optional
        Seconds that one cell may take.
    on_cell : callable, optional
        Called with (cells done, cells in all) after each cell.

    Returns
    -------
    NotebookNode
        With outputs, without time stamps or addresses; deterministic where the code is.

    Raises
    ------
    InputError
        Naming the notebook, the cell and the message, where a cell fails or takes too long.
    """
    return run_to_end(
        run_notebook_async(path, parameters, folder=folder, timeout=timeout, on_cell=on_cell)
    )


async def run_notebook_async(
    path: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    folder: Path | None = None,
    timeout: float = 300,
    on_cell: Callable[[int, int], None] | None = None,
    warm: WarmStart | None = None,
) -> NotebookNode:
    """Do as `run_notebook`, inside an event loop: several at once, and cancellation stops them.

    With `warm` the kernel is forked from a process that has the imports done; the results are
    the same. Should such a kernel die, the notebook is run once more in a plain one.
    """
    notebook = read_notebook(path)
    set_parameters(notebook, parameters or {}, name=path.name)
    _clear(notebook)
    try:
        await _execute(notebook, path, folder or path.parent, timeout, on_cell, warm)
    except KernelDiedError:
        if warm is None or warm.refusal:
            raise
        # Some libraries of some systems bear no fork: the plain kernel decides.
        _clear(notebook)
        await _execute(notebook, path, folder or path.parent, timeout, on_cell, None)
        warm.refusal = f"a forked kernel died in {path.name}, a plain one did not"
    _scrub(notebook)
    return notebook


def _clear(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


async def _execute(
    notebook: NotebookNode,
    path: Path,
    folder: Path,
    timeout: float,
    on_cell: Callable[[int, int], None] | None,
    warm: WarmStart | None,
) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    number = 0
    try:
        async with fresh_kernel(folder, warm) as (manager, channels):
            runner = NotebookClient(
                notebook, km=manager, timeout=timeout, record_timing=False, coalesce_streams=True
            )
            runner.kc = channels
            runner.reset_execution_trackers()
            # Cell by cell, without nbclient's signal handlers: Ctrl-C then reaches the caller
            # as KeyboardInterrupt, with the kernel already stopped.
            for number, cell in enumerate(notebook.cells, start=1):
                await runner.async_execute_cell(cell, number - 1)
                if on_cell is not None:
                    on_cell(number, len(notebook.cells))
    except CellTimeoutError as error:
        raise _failure(path, notebook, number, f"ran longer than {timeout:g} s") from error
    except CellExecutionError as error:
        raise _cell_failure(path, notebook, number, error) from error
    except DeadKernelError as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            # nbclient takes any cancellation for the death of the kernel; this one was asked for.
            raise asyncio.CancelledError from error
        failure = _failure(path, notebook, number, "the kernel died (out of memory?)")
        raise KernelDiedError(*failure.args) from error


def _cell_failure(path: Path, notebook: NotebookNode, number: int, error: Any) -> InputError:
    name, message = error.ename, error.evalue
    outputs = notebook.cells[number - 1].outputs
    shown = [output for output in outputs if output.output_type == "error"]
    if shown:
        # Where showing a result fails, the kernel's answer says "NoneType: None".
        name, message = shown[-1].ename, shown[-1].evalue
    message = without_ansi(message).strip()
    if name == "InputError":
        # Our own message: it says by itself what was expected and what to do next.
        return InputError(_place(path, notebook, number), message)
    return _failure(path, notebook, number, f"{name}: {message}" if message else name)


def _place(path: Path, notebook: NotebookNode, number: int) -> str:
    source = notebook.cells[number - 1].source.strip() if number else ""
    first = next((line for line in source.splitlines() if line.strip()), "")
    return f"{path.name}, cell {number}" + (f" ({first[:60]})" if first else "")


def _failure(path: Path, notebook: NotebookNode, number: int, message: str) -> InputError:
    return InputError(
        _place(path, notebook, number),
        message,
        "a notebook that runs from top to bottom in a fresh kernel",
        f"open it with `hlanalysis lab {path.name}` and run it up to this cell",
    )


def _assigned_names(source: str, name: str) -> set[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise InputError(
            f"{name}, parameters cell, line {error.lineno}",
            error.msg,
            "plain assignments such as lang = 'vi'",
        ) from error
    targets: list[ast.expr] = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets += node.targets
        elif isinstance(node, ast.AnnAssign):
            targets.append(node.target)
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _literal(key: str, value: Any, name: str) -> str:
    if not _is_plain(value):
        raise InputError(
            f"{name}, parameter {key}",
            f"a {type(value).__name__}",
            "text, a number, true or false, or a list or table of them",
        )
    return repr(value)


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    return isinstance(value, _PLAIN)


def _scrub(notebook: NotebookNode) -> None:
    """Take out what differs from one run to the next though the results are the same."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        # Warnings overtake printed lines or not, as the kernel's timer will have it.
        cell.outputs.sort(key=lambda output: output.get("name") == "stderr")
        for output in cell.outputs:
            for holder, key in _texts(output):
                text = _CELL_FILE.sub("<cell>", holder[key])
                holder[key] = _ADDRESS.sub(r"\g<1>0x…", text)


def _texts(output: NotebookNode) -> Iterator[tuple[Any, Any]]:
    if output.output_type == "stream":
        yield output, "text"
    elif output.output_type == "error":
        for number in range(len(output.traceback)):
            yield output.traceback, number
        yield output, "evalue"
    elif isinstance(output.data.get("text/plain"), str):
        yield output.data, "text/plain"
