"""The tree of a table: which row is part of which, and the code and level of each.

Depth comes from the order in which kinds of markers appear, not from a fixed list: "1" is the
third level under A.I and the second under B. Without markers it comes from indentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hlanalysis.grids import CellDate
from hlanalysis.reading.table.markers import Marker, Sort, parse_marker
from hlanalysis.reading.table.words import Lexicon

_ROMANS = ("roman", "small_roman")


@dataclass(slots=True)
class Line:
    """One row of a table on its way into the tree.

    Attributes
    ----------
    row : int
    label : str
        Without its marker.
    marker : Marker or None
    indent : int
        Steps to the right: cell indentation, leading blanks, staggered columns.
    filled : bool
        It has numbers, or cells that stand for them.
    bold : bool
    code, level, path : str, int, tuple of str
        Filled in by :func:`grow`.
    parent : int or None
        Position of the row that this one is part of.
    """

    row: int
    label: str
    marker: Marker | None
    indent: int = 0
    filled: bool = True
    bold: bool = False
    code: str = ""
    level: int = 0
    path: tuple[str, ...] = ()
    parent: int | None = None
    counts: dict[str, int] = field(default_factory=dict)


def marker_of_value(value: object, before: list[Marker]) -> Marker | None:
    """Return the marker that a cell of the marker column holds.

    Excel turns "1.1" into a number, "1.10" into 1.1 and "1/2" into a date; the markers before
    say which was meant.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        if value.is_integer() and 0 < value < 1000:
            return Marker("number", str(int(value)), int(value))
        text = f"{value:.15g}"
        return _rebuilt(text, before) if re.fullmatch(r"\d{1,2}\.\d{1,3}", text) else None
    if isinstance(value, CellDate):
        return _from_date(value, before)
    return parse_marker(value) if isinstance(value, str) else None


def _rebuilt(text: str, before: list[Marker]) -> Marker | None:
    """Return the marker of a number such as 1.1, which was 1.10 if it follows 1.9."""
    whole, _, tail = text.partition(".")
    last = next((m for m in reversed(before) if m.sort == "nested"), None)
    if last is not None and last.text.split(".")[0] == whole:
        expected = str(last.number + 1)
        if expected != tail and expected.rstrip("0") == tail:
            tail = expected
    return parse_marker(f"{whole}.{tail}")


def _from_date(value: CellDate, before: list[Marker]) -> Marker | None:
    """Return the marker of a date: 1.2 became 1 February or 2 January."""
    ways = [f"{value.day}.{value.month}", f"{value.month}.{value.day}"]
    last = next((m for m in reversed(before) if m.sort in ("nested", "number")), None)
    if last is not None:
        head = last.text.split(".")[0]
        wanted = f"{head}.{last.number + 1}" if last.sort == "nested" else f"{head}.1"
        if wanted in ways:
            return parse_marker(wanted)
        ways.sort(key=lambda way: way.split(".")[0] != head)
    return parse_marker(ways[0])


def settle_letters(markers: list[Marker | None]) -> list[Marker | None]:
    """Decide row by row whether "I", "V", "X" (and "i", "v", "x") are letters or Roman.

    An I after H is a letter if K, J, or nothing of its kind follows before a II does.
    """
    settled: list[Marker | None] = []
    for position, marker in enumerate(markers):
        if marker is None or not marker.maybe:
            settled.append(marker)
            continue
        letter: Sort = "letter" if marker.text.isupper() else "small"
        roman: Sort = "roman" if marker.text.isupper() else "small_roman"
        as_letter = _is_letter(marker, settled, markers[position + 1 :], letter, roman)
        settled.append(marker.read_as(letter if as_letter else roman))
    return settled


def _is_letter(
    marker: Marker,
    before: list[Marker | None],
    after: list[Marker | None],
    letter: Sort,
    roman: Sort,
) -> bool:
    place = marker.read_as(letter).number
    last_letter = next((m for m in reversed(before) if m and m.sort == letter), None)
    follows = last_letter is not None and last_letter.number == place - 1
    last_roman = _last_sibling_roman(before, roman, letter)
    if last_roman is not None and last_roman.number == marker.read_as(roman).number - 1:
        # IV then V: Roman, unless the letters call just as loudly (U then V).
        return follows and last_roman.number == 0
    if not follows:
        # A list of small letters that starts at "i" is Roman; one cannot start a letter list.
        return last_letter is not None and letter == "small" and place == last_letter.number + 2
    for one in after:
        if one is None:
            continue
        if one.sort == roman and not one.maybe and one.number == marker.read_as(roman).number + 1:
            return False
        if one.text == marker.text:
            return True  # the letter first, its own Roman I after it
        if one.sort == letter and one.number > place:
            return True
    return True


def _last_sibling_roman(before: list[Marker | None], roman: Sort, letter: Sort) -> Marker | None:
    """Return the Roman marker before, as long as no letter has started a new list since."""
    for one in reversed(before):
        if one is None:
            continue
        if one.sort == roman:
            return one
        if one.sort == letter:
            return None
    return None


def grow(lines: list[Line], words: Lexicon) -> None:
    """Give every line its code, level, ancestors and parent.

    Parameters
    ----------
    lines : list of Line
        The rows of one table in order; changed in place.
    words : Lexicon
    """
    if any(line.marker is not None and line.marker.sort not in ("dash", "plus") for line in lines):
        _grow_by_markers(lines, words)
    else:
        _grow_by_indent(lines, words)
    for line in lines:
        path: list[str] = []
        parent = line.parent
        while parent is not None:
            path.append(lines[parent].label)
            parent = lines[parent].parent
        line.path = tuple(reversed(path))


# --- by markers -----------------------------------------------------------------------------


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
        if under_dash and (within or line.indent > lines[under_dash[-1]].indent):
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


# --- by indentation -------------------------------------------------------------------------


def _grow_by_indent(lines: list[Line], words: Lexicon) -> None:
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
