"""Columns of a table: what each holds, and the meaning of those with numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from hlanalysis.reading.table.capital import names_source
from hlanalysis.reading.table.headers import Header
from hlanalysis.reading.table.headings import Heading, leftover, read_heading
from hlanalysis.reading.table.markers import parse_marker
from hlanalysis.reading.table.measures import Meaning, meanings
from hlanalysis.reading.table.titles import Title
from hlanalysis.reading.table.turned import is_time_label, time_of
from hlanalysis.reading.table.units import bracket_unit, parse_unit
from hlanalysis.reading.table.view import View
from hlanalysis.reading.table.words import Lexicon, squeeze

_NUMBER = re.compile(r"\s*[(+\-−–]?\s*\d[\d.,  ]*\s*[)%‰]?\s*")
_EMPTY = re.compile(r"\s*(?:[-–—−]+|[xX]|\.{2,}|…|n/a|#)?\s*")
SAMPLE = 400  # data rows looked at to know what a column holds


@dataclass(slots=True)
class Block:
    """One table of rows: a label column and the value columns that belong to it.

    Side-by-side revenue and expenditure are two blocks of one heading.

    Attributes
    ----------
    first, last : int
        Its columns, both included.
    marker : int or None
    labels : list of int
        Columns that labels stand in; a label further right is deeper.
    unit : int or None
    values : list of Meaning
    unread : list of int
        Columns with numbers whose heading says no measure.
    name : str
        What tells it from the block beside it.
    turned : bool
        The labels are years or other periods, the columns what was measured in them.
    """

    first: int
    last: int
    marker: int | None
    labels: list[int]
    unit: int | None
    values: list[Meaning]
    unread: list[int] = field(default_factory=list)
    name: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Profile:
    """How many cells of a column are numbers, markers, other texts."""

    numbers: int
    markers: int
    texts: int
    inside: int  # texts that are numbers as written


def find_blocks(
    view: View, header: Header, data: list[int], title: Title, words: Lexicon
) -> list[Block]:
    """Return the blocks under a heading, left to right; an empty list if nothing has a label."""
    profiles = _profiles(view, data)
    roles = {
        column: _role(header.parts.get(column, ()), profiles.get(column), words)
        for column in sorted({*header.columns, *profiles})
    }
    _mistaken_units(view, data, roles)
    _owners_as_labels(view, data, roles, header, words)
    times = _time_column(view, data, roles, words)
    if times is not None:
        roles[times] = "label"
    _find_unnamed_labels(roles, header, profiles, words)
    _find_second_labels(roles, header, profiles)
    starts = _label_starts(roles)
    blocks = []
    for position, label in enumerate(starts):
        end = starts[position + 1] if position + 1 < len(starts) else max(roles) + 1
        first = label if position else min(roles)
        inside = [c for c in roles if first <= c < end]
        if position + 1 < len(starts):
            inside = _without_next_marker(inside, roles)
        blocks.append(_block(header, inside, label, roles, title, words))
    for block in blocks:
        block.turned = times in block.labels
    found = [block for block in blocks if block.values or block.unread]
    if len(found) > 1:
        for block in found:
            block.name = " ".join(header.parts.get(block.labels[0], ())[-1:])
    return found


def _profiles(view: View, data: list[int]) -> dict[int, _Profile]:
    counts: dict[int, Counter[str]] = {}
    for row in data[:SAMPLE]:
        for column, value in view.cells(row):
            counts.setdefault(column, Counter())[_sort_of_value(value)] += 1
    return {
        column: _Profile(c["number"], c["marker"], c["text"], c["written"])
        for column, c in counts.items()
    }


def _sort_of_value(value: object) -> str:
    if isinstance(value, str):
        if _EMPTY.fullmatch(value):
            return "marker" if value.strip() in ("-", "–", "—") else "empty"
        if _NUMBER.fullmatch(value):
            return "written"
        return "marker" if parse_marker(value) is not None else "text"
    return "number"


def _role(parts: tuple[str, ...], profile: _Profile | None, words: Lexicon) -> str:
    """Return what a column is for: marker, label, unit, note, other, text or value."""
    for role in ("marker", "unit", "note", "other"):
        if any(words.is_role(role, part) for part in parts[-1:] or ()) or (
            len(parts) > 1 and any(words.is_role(role, part) for part in parts[:1])
        ):
            return role
    if profile is None:
        return "value" if parts and read_heading(parts, words).sort else "none"
    numbers = profile.numbers + profile.inside
    if any(words.is_role("label", part) for part in parts) and (
        profile.texts + profile.markers > numbers
    ):
        return "label" if profile.texts else "marker"
    if not parts:
        return "unnamed"
    sort = read_heading(parts, words).sort
    if numbers == 0 and profile.texts:
        return "text"
    if profile.texts > 2 * numbers and not sort:
        return "text"
    return "value"


def _mistaken_units(view: View, data: list[int], roles: dict[int, str]) -> None:
    """Turn a column "Đơn vị" of organisations, not of units, into the label column."""
    for column in [c for c, role in roles.items() if role == "unit"]:
        texts = [v for row in data[:SAMPLE] if isinstance(v := view.value(row, column), str)]
        units = sum(parse_unit(text, expected=True) is not None for text in texts)
        if texts and 4 * units < len(texts) and "label" not in roles.values():
            roles[column] = "label"


def _owners_as_labels(
    view: View, data: list[int], roles: dict[int, str], header: Header, words: Lexicon
) -> None:
    """Let a column that is only told of projects, "Chủ đầu tư", head the rows of a table alone."""
    if "label" in roles.values():
        return
    for column in sorted(c for c, role in roles.items() if role == "other"):
        if any(words.is_role("label", part) for part in header.parts.get(column, ())):
            if any(isinstance(view.value(row, column), str) for row in data[:SAMPLE]):
                roles[column] = "label"
                return


def _time_column(view: View, data: list[int], roles: dict[int, str], words: Lexicon) -> int | None:
    """Return the column left of the numbers that holds years or other periods, if one does."""
    usual = ("value", "unnamed", "text", "label")
    column = next((c for c in sorted(roles) if roles[c] in usual), None)
    if column is None or column == max(roles):
        return None
    labels = []
    for row in data[:SAMPLE]:
        if any(c > column and isinstance(v, float) for c, v in view.cells(row)):
            labels.append(view.value(row, column))
            if not is_time_label(labels[-1], words):
                return None
    return column if len(labels) > 1 and len({time_of(v) for v in labels}) > 1 else None


def _find_unnamed_labels(
    roles: dict[int, str], header: Header, profiles: dict[int, _Profile], words: Lexicon
) -> None:
    """Give columns without a heading, left of the first numbers, what their cells show."""
    first_value = min((c for c, role in roles.items() if role == "value"), default=None)
    if first_value is None:
        return
    left = [c for c in roles if c < first_value]
    if not any(roles[c] == "label" for c in left):
        texts = [
            c
            for c in left
            if c in profiles and profiles[c].texts and roles[c] in ("unnamed", "text", "marker")
        ]
        if texts:
            best = max(texts, key=lambda c: (profiles[c].texts, -c))
            roles[best] = "label"
    labels = [c for c in left if roles[c] == "label"]
    for column in labels[:-1]:
        named = profiles[column]
        if named.markers + named.numbers + named.inside > named.texts:
            roles[column] = "marker"  # markers and labels under one merged heading
    labels = [c for c in left if roles[c] == "label"]
    for column in left:
        profile = profiles.get(column)
        if roles[column] != "unnamed" or profile is None or not labels:
            continue
        if column < labels[0]:
            mostly = profile.markers + profile.numbers + profile.inside >= profile.texts
            roles[column] = "marker" if mostly else "label"
        elif profile.texts > profile.numbers:
            roles[column] = "label"


def _find_second_labels(
    roles: dict[int, str], header: Header, profiles: dict[int, _Profile]
) -> None:
    """Take a column of texts for labels where the value headings start over after it."""
    order = sorted(roles)
    for position, column in enumerate(order):
        if roles[column] not in ("text", "unnamed") or column not in profiles:
            continue
        if profiles[column].texts < 2:
            continue
        before = {_heading_text(header, c) for c in order[:position] if roles[c] == "value"}
        after = [c for c in order[position + 1 :] if roles[c] == "value"]
        if after and _heading_text(header, after[0]) in before:
            roles[column] = "label"


def _heading_text(header: Header, column: int) -> str:
    return squeeze(" ".join(header.parts.get(column, ()))).lower()


def _label_starts(roles: dict[int, str]) -> list[int]:
    """Return the first label column of each block: a label counts once values stood between."""
    starts: list[int] = []
    has_values = True
    for column in sorted(roles):
        if roles[column] == "label" and has_values:
            starts.append(column)
            has_values = False
        elif roles[column] == "value":
            has_values = True
    if starts and not has_values and len(starts) > 1:
        starts.pop()  # a second label column without values: the labels in English
    return starts


def _without_next_marker(inside: list[int], roles: dict[int, str]) -> list[int]:
    """Leave out the marker column that belongs to the block on the right."""
    while inside and roles[inside[-1]] in ("marker", "unnamed", "none"):
        inside = inside[:-1]
    return inside


def _block(
    header: Header,
    inside: list[int],
    label: int,
    roles: dict[int, str],
    title: Title,
    words: Lexicon,
) -> Block:
    before = [c for c in sorted(roles) if c < label and roles[c] == "marker"]
    values = [c for c in inside if roles[c] == "value" and c > label]
    first_value = values[0] if values else label + 1
    labels = [c for c in inside if roles[c] == "label" and label <= c < first_value]
    headings = {c: _value_heading(header.parts.get(c, ()), words) for c in values}
    index = {c: header.index[c] for c in values if c in header.index}
    known, unread = meanings(headings, index, title, words)
    known = name_series(known, headings, words)
    marker = before[-1] if before and label - before[-1] <= 2 else None
    unit = next((c for c in inside if roles[c] == "unit"), None)
    first = min([c for c in [marker, *inside] if c is not None], default=label)
    return Block(first, max(inside, default=label), marker, labels, unit, known, unread)


def _value_heading(parts: tuple[str, ...], words: Lexicon) -> Heading:
    """Read the heading of a column of numbers; "Chỉ tiêu" over numbers means the target."""
    heading = read_heading(parts, words)
    if heading.sort in ("", "year") and parts and words.is_whole("words.target", parts[-1]):
        return replace(heading, sort="plan", rest="")
    return heading


def name_series(
    known: list[Meaning], headings: dict[int, Heading], words: Lexicon
) -> list[Meaning]:
    """Name the series of columns that are otherwise alike; a column alone needs no name."""
    keys = Counter((m.measure, m.period) for m in known if not m.indicator)
    alike = {m.column for m in known if not m.indicator and keys[m.measure, m.period] > 1}
    series = {c: _series_words(headings[c], words) for c in alike}
    nameless = Counter((m.measure, m.period) for m in known if series.get(m.column) == "")
    for meaning in known:
        # "Dự toán" beside "Trong đó: ĐTPT": the whole among its parts needs no name.
        if series.get(meaning.column) == "" and nameless[meaning.measure, meaning.period] > 1:
            series[meaning.column] = (headings[meaning.column].parts or ("",))[-1]
    taken = Counter((m.measure, m.period, series[m.column]) for m in known if m.column in alike)
    named = []
    for meaning in known:
        heading = headings[meaning.column]
        own = meaning.series if meaning.indicator else series.get(meaning.column, "")
        if own and taken[meaning.measure, meaning.period, own] > 1:
            own = heading.rest or own
        elif meaning.column not in alike and not meaning.indicator:
            own = _own_words(heading, words)
        spare = "" if _own_words(heading, words) else squeeze((heading.parts or ("",))[-1])
        named.append(replace(meaning, series=" ".join(own.split()), spare=spare))
    return named


def _series_words(heading: Heading, words: Lexicon) -> str:
    """Return the words that tell a column from those of the same measure and period."""
    parts = heading.parts or ("",)
    if len(parts) > 1 and words.is_whole("words.absolute", parts[-1]):
        return parts[-2]  # "Giải ngân" over "Số tiền"
    return _own_words(heading, words) or heading.rest


def _own_words(heading: Heading, words: Lexicon) -> str:
    """Return the lowest text of a heading if it holds no measure, period or unit at all."""
    leaf = heading.parts[-1] if len(heading.parts) > 1 or heading.sort == "" else ""
    if leaf and names_source(heading.parts, words):
        return squeeze(leaf)
    if not leaf or read_heading((leaf,), words).sort or not leftover(leaf, words):
        return ""
    found = bracket_unit(leaf)
    text = squeeze(found[1] if found else leaf)
    put = words.put(text)
    within = next((end for start, end, _ in words.find("rows.within", put) if start == 0), 0)
    return text[within:].lstrip(" :,-")
