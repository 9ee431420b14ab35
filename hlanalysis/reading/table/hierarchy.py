"""The tree of a table: which row is part of which, and the code and level of each.

Depth comes from the order in which kinds of markers appear, not from a fixed list: "1" is the
third level under A.I and the second under B. Without markers it comes from indentation.
"""

from __future__ import annotations

from hlanalysis.reading.table.indentation import grow_by_indent
from hlanalysis.reading.table.line import Line
from hlanalysis.reading.table.markers import Marker, Sort
from hlanalysis.reading.table.words import Lexicon


def grow(lines: list[Line], words: Lexicon, first: int = 0, last: int | None = None) -> None:
    """Give every line its code, level, ancestors and parent.

    Parameters
    ----------
    lines : list of Line
        The rows of one table in order; changed in place.
    words : Lexicon
    first, last : int
        The part of the rows that is a tree by itself; all of them by default.
    """
    part = lines[first:last]
    if any(line.marker is not None and line.marker.sort not in ("dash", "plus") for line in part):
        _grow_by_markers(part, words)
    else:
        grow_by_indent(part, words)
    for line in part:
        path: list[str] = []
        parent = line.parent
        while parent is not None:
            path.append(part[parent].label)
            parent = part[parent].parent
        line.path = tuple(reversed(path))
    if first:
        for line in part:
            line.parent = None if line.parent is None else line.parent + first


def starts_over(lines: list[Line], position: int) -> bool:
    """Tell whether a block inside a table begins a tree of its own: "I" again, a total again.

    Dashes, and numbers that go on, still belong to the rows before.
    """
    if position == 0 or position >= len(lines):
        return False
    line, before = lines[position], lines[:position]
    if line.marker is not None:
        return line.marker in [one.marker for one in before] and line.marker.sort not in (
            "dash",
            "plus",
        )
    marked = any(one.marker is not None for one in before)
    return not marked or line.label.isupper() or line.label in {one.label for one in before}


def _grow_by_markers(lines: list[Line], words: Lexicon) -> None:
    stack: list[int] = []  # positions of the open marked rows, outermost first
    total: int | None = None
    under_dash: list[int] = []
    seen: set[tuple[Sort, Sort]] = set()  # (outer, inner) kinds met so far
    plain: list[int] = []  # open unmarked rows, each further right than the one before
    for position, line in enumerate(lines):
        marker = line.marker
        if marker is None:
            _place_unmarked(lines, position, stack, under_dash, plain, total, words)
            if line.level == 0:
                total = position
                stack, under_dash, plain = [], [], []
            continue
        plain = []
        if marker.sort in ("dash", "plus"):
            _place_dash(lines, position, stack, under_dash)
            continue
        stack = _open_for(lines, stack, marker, seen)
        under_dash = []
        parent = stack[-1] if stack else None
        line.parent = parent
        line.level = len(stack) + 1
        line.code = _code(lines, stack, marker)
        if stack:
            seen.add((_sort(lines, stack[-1]), marker.sort))
        stack = [*stack, position]


def _sort(lines: list[Line], position: int) -> Sort:
    marker = lines[position].marker
    assert marker is not None
    return marker.sort


def _open_for(
    lines: list[Line], stack: list[int], marker: Marker, seen: set[tuple[Sort, Sort]]
) -> list[int]:
    """Return the open rows that a marked row is part of."""
    if marker.sort == "nested":
        return _open_for_nested(lines, stack, marker)
    for depth in range(len(stack) - 1, -1, -1):
        if _sort(lines, stack[depth]) == marker.sort:
            return stack[:depth]
    # A kind that was met above one of the open kinds closes it: after A.I.1 and B.1, II closes 1.
    kept = list(stack)
    for depth, open_row in enumerate(stack):
        if (marker.sort, _sort(lines, open_row)) in _closure(seen):
            kept = stack[:depth]
            break
    else:
        if marker.number > 1 and marker.sort in ("letter", "roman") and stack:
            # "B" after I, 1, 2: the A before it was never printed, the outermost row is a sibling.
            kept = stack[: _rank_depth(lines, stack, marker)]
    while kept and _sort(lines, kept[-1]) == "nested" and marker.sort == "number":
        kept = kept[:-1]
    return kept


def _closure(seen: set[tuple[Sort, Sort]]) -> set[tuple[Sort, Sort]]:
    found = set(seen)
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        more -= {(inner, outer) for outer, inner in found}
        if not more:
            return found
        found |= more


def _rank_depth(lines: list[Line], stack: list[int], marker: Marker) -> int:
    order = ["letter", "roman", "number", "nested", "small", "small_roman"]
    for depth, open_row in enumerate(stack):
        if order.index(_sort(lines, open_row)) > order.index(marker.sort):
            return depth
    return len(stack)


def _open_for_nested(lines: list[Line], stack: list[int], marker: Marker) -> list[int]:
    """Return the open rows above "1.2": those above its own "1", with it where it is open."""
    kept = list(stack)
    while kept:
        top = lines[kept[-1]].marker
        assert top is not None
        if marker.text.startswith(f"{top.text}."):
            return kept
        if top.sort == "nested" and marker.text.rstrip("abcdđeghik") == top.text:
            return kept
        if top.sort in ("letter", "roman"):
            return kept
        kept = kept[:-1]
    return kept


def _code(lines: list[Line], stack: list[int], marker: Marker) -> str:
    """Return the path of markers; "1.2" under "1" already holds it."""
    if marker.sort == "nested":
        outer = [p for p in stack if not marker.text.startswith(f"{_text(lines, p)}.")]
        return ".".join([*(_text(lines, p) for p in outer), marker.text])
    if stack and _sort(lines, stack[-1]) == "nested":
        return f"{lines[stack[-1]].code}.{marker.text}"
    above = lines[stack[-1]].code if stack else ""
    return f"{above}.{marker.text}" if above else marker.text


def _text(lines: list[Line], position: int) -> str:
    marker = lines[position].marker
    return marker.text if marker else ""


def _place_dash(lines: list[Line], position: int, stack: list[int], under_dash: list[int]) -> None:
    """Give a dash row its ordinal under the nearest marked row; a plus row one below a dash."""
    line = lines[position]
    assert line.marker is not None
    sign = line.marker.text
    home = stack[-1] if stack else None
    if sign == "+" and under_dash and lines[under_dash[0]].marker != line.marker:
        home = under_dash[0]
        under_dash[1:] = [position]
    else:
        under_dash[:] = [position]
    if home is None:
        counted = lines[0]
        line.level, line.parent = 1, None
    else:
        counted = lines[home]
        line.level, line.parent = counted.level + 1, home
    counted.counts[sign] = counted.counts.get(sign, 0) + 1
    ordinal = f"{sign}{counted.counts[sign]}"
    line.code = f"{lines[home].code}.{ordinal}" if home is not None else ordinal


def _place_unmarked(
    lines: list[Line],
    position: int,
    stack: list[int],
    under_dash: list[int],
    plain: list[int],
    total: int | None,
    words: Lexicon,
) -> None:
    """Place a row without a marker: a grand total, or one below the row it follows."""
    line = lines[position]
    within = words.starts("rows.within", words.put(line.label))
    if not within and is_total(lines, position, words, bool(stack)):
        line.level = 0
        return
    while plain and lines[plain[-1]].indent >= line.indent:
        plain.pop()
    if plain:
        parent: int | None = plain[-1]
    elif not stack and not under_dash:
        parent = total
    else:
        parent = stack[-1] if stack else under_dash[-1]
        if len(stack) > 1 and words.starts("rows.subtotal", words.put(line.label)):
            parent = stack[-2]  # "Cộng thu" after A, 1, 2 adds up what stands under A
        elif under_dash and (within or line.indent > lines[under_dash[-1]].indent):
            parent = under_dash[-1]
    line.parent = parent
    line.level = 0 if parent is None else lines[parent].level + 1
    if line.filled or not within:  # a bare "Trong đó:" is no level of its own
        plain.append(position)


def is_total(lines: list[Line], position: int, words: Lexicon, inside: bool) -> bool:
    """Tell whether an unmarked row is a grand total of the table.

    "Tổng số hộ nghèo" under a marked row is part of it; "TỔNG CHI", "Tổng cộng" and a last
    "Tổng chi ngân sách" are totals.
    """
    line = lines[position]
    put = words.put(line.label)
    found = words.find("rows.total", put)
    if not found or found[0][0] > 0:
        return not inside and line.filled and line.label.isupper()
    if not inside or line.label.isupper():
        return True
    rest = put[found[0][1] :]
    if not rest.strip(" :.-") or rest.lstrip().startswith(("(", "-")):
        return True
    amounts = found[0][2].endswith(("thu", "chi", "nguồn", "nguon", "vốn", "von"))
    last = not any(lines[i].filled for i in range(position + 1, len(lines)))
    return amounts and (last or line.bold)
