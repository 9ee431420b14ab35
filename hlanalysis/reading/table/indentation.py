"""The tree of a table without markers: depth by indentation, sections by their words."""

from __future__ import annotations

from hlanalysis.reading.table.line import Line
from hlanalysis.reading.table.words import Lexicon


def grow_by_indent(lines: list[Line], words: Lexicon) -> None:
    """Give every line its code, level and parent; no line has a marker other than a dash.

    A total is level 0 and closes what was open. Where nothing is indented, a row without
    numbers that announces a breakdown ("Phân theo nguồn vốn") holds the rows after it.
    """
    open_rows: list[int] = []
    steps = {line.indent for line in lines}
    total: int | None = None
    dashes: dict[int | None, int] = {}
    for position, line in enumerate(lines):
        put = words.put(line.label)
        depth = _virtual_indent(line, steps)
        if words.starts("rows.total", put) and _is_outermost(lines, position, depth, steps):
            line.level, total, open_rows = 0, position, []
            continue
        while (
            open_rows
            and _virtual_indent(lines[open_rows[-1]], steps) >= depth
            and not (
                _opens(lines[open_rows[-1]], words)
                and not _opens(line, words)
                and len(steps) == 1
                and line.marker is None
            )
        ):
            open_rows.pop()
        parent = open_rows[-1] if open_rows else None
        line.parent = parent if parent is not None else total
        line.level = lines[parent].level + 1 if parent is not None else 1
        if line.marker is not None:
            dashes[parent] = dashes.get(parent, 0) + 1
            above = lines[parent].code if parent is not None else ""
            own = f"{line.marker.text}{dashes[parent]}"
            line.code = f"{above}.{own}" if above else own
        open_rows.append(position)


def _virtual_indent(line: Line, steps: set[int]) -> float:
    """Return the indentation, a dash counting as a step where nothing else is indented."""
    if line.marker is None or len(steps) > 1:
        return line.indent
    return line.indent + (0.5 if line.marker.sort == "dash" else 0.75)


def _is_outermost(lines: list[Line], position: int, depth: float, steps: set[int]) -> bool:
    return lines[position].marker is None and (
        depth == min(steps) or position == 0 or lines[position].label.isupper()
    )


def _opens(line: Line, words: Lexicon) -> bool:
    """Tell whether a row without numbers heads the rows after it."""
    put = words.put(line.label)
    return not line.filled and (
        words.starts("rows.section", put)
        or words.starts("rows.within", put)
        or line.label.endswith(":")
        or line.bold
    )
