"""A page says once that something is missing, and leaves out the sections that would repeat it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

# The class of the note that tells it; see `ScenarioDesk`.
_MARK = '<p class="note absent">'
_SECTION = "## "


def leave_out_absences(notebook: NotebookNode) -> None:
    """Keep the first note of each absence; drop sections that have nothing else to show.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; changed in place.
    """
    told: set[str] = set()
    kept: list[Any] = []
    for section in _sections(notebook.cells):
        emptied = [cell for cell in section if _takes_out(cell, told)]
        shown = [
            cell
            for cell in section
            if cell.get("outputs") and "remove-input" not in cell.metadata.get("tags", ())
        ]
        if emptied and not shown:
            section = [cell for cell in section if cell.get("outputs")]
        kept += section
    notebook.cells = kept


def _sections(cells: list[Any]) -> Iterator[list[Any]]:
    """Yield the cells under each heading; one heading in two languages begins one section."""
    section: list[Any] = []
    for cell in cells:
        heading = cell.cell_type == "markdown" and cell.source.startswith(_SECTION)
        if heading and any(one.cell_type == "code" for one in section):
            yield section
            section = []
        section.append(cell)
    yield section


def _takes_out(cell: Any, told: set[str]) -> bool:
    """Take notes that were told before out of a cell; tell whether there were any."""
    outputs = cell.get("outputs", [])
    left = []
    for output in outputs:
        markup = output.get("data", {}).get("text/html", "")
        if not markup.startswith(_MARK):
            left.append(output)
        elif markup not in told:
            told.add(markup)
            left.append(output)
    if len(left) == len(outputs):
        return False
    cell.outputs = left
    return True
