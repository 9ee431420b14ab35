"""From a sentence to its items: figures, cue words, time expressions, marks.

An item is a plain tuple ``(kind, start, end, payload)``. Kinds are those of
``rules/cues.toml`` and besides: ``fig`` (payload a Figure), ``when`` (payload the folded
phrase), ``skip`` (a number that is no figure), and the marks ``, ; : ( ) /``.
"""

from __future__ import annotations

from typing import Any

from hlanalysis.reading.figures import Figure, NoFigure, NumberReader
from hlanalysis.reading.rules import Patterns
from hlanalysis.reading.statements import Unread

Item = tuple[str, int, int, Any]
_RESPECTIVE = frozenset(("resp",))


class Itemizer:
    """Cuts the sentences of one text into items.

    Parameters
    ----------
    text, folded : str
        The NFC text and its folded form.
    patterns : Patterns
        Compiled rules.
    trust_marks : bool
        False where the text has no diacritics.
    unread : list of Unread
        Receives the numbers that are seen and not understood.
    """

    def __init__(
        self, text: str, folded: str, patterns: Patterns, trust_marks: bool, unread: list[Unread]
    ) -> None:
        self.text, self.folded = text, folded
        self.trust_marks = trust_marks
        self.unread = unread
        self._search = patterns.token.search
        self._cues = patterns.cues
        self._numbers = NumberReader(text, folded, patterns, trust_marks)

    def items(self, start: int, end: int) -> list[Item]:
        """Return the items of the sentence at [start, end)."""
        folded, search, found = self.folded, self._search, []
        position = start
        listed = False
        while match := search(folded, position, end):
            group = match.lastindex
            position = match.end()
            if group == 4:
                item = self._cue(match)
                if item is not None:
                    found.append(item)
                    listed = listed or item[0] == "resp"
            elif group == 5:
                found.append((match[5], match.start(), position, None))
            elif group == 3:
                position = self._number(match, found, listed)
            elif group == 1:
                found.append(("when", match.start(), position, match[1]))
            else:
                found.append(("skip", match.start(), position, None))
        return _without_empty_brackets(found)

    def _cue(self, match: Any) -> Item | None:
        start, end = match.span(4)
        word = match[4]
        cue = self._cues.get(word)
        if cue is None:
            word = " ".join(word.split())
            cue = self._cues[word]
        if cue.deny and self.trust_marks and self.text[start:end].lower() in cue.deny:
            return None
        return (cue.kind, start, end, cue.value or word)

    def _number(self, match: Any, found: list[Item], listed: bool) -> int:
        start, end = match.span(3)
        after_from = bool(found) and found[-1][0] == "from" and start - found[-1][2] <= 1
        figures = self._numbers.read(start, end, after_from, listed)
        if isinstance(figures, NoFigure):
            if figures.doubt:
                self._leave_unread(start, figures)
            found.append(("skip", start, figures.stop, None))
            return figures.stop
        for figure in figures:
            found.append(("fig", figure.start, figure.stop, figure))
        return figures[-1].stop

    def _leave_unread(self, start: int, figure: NoFigure) -> None:
        span = (start, figure.stop)
        self.unread.append(Unread(span, self.text[start : figure.stop], figure.why))


def _without_empty_brackets(items: list[Item]) -> list[Item]:
    """Fold brackets that hold no figure into one item: they name or explain, and state nothing."""
    if not any(item[0] == "(" for item in items):
        return items
    kept: list[Item] = []
    opened = -1
    for item in items:
        if item[0] == "(":
            opened = len(kept)
        elif item[0] == "fig":
            opened = -1
        elif item[0] == ")" and opened >= 0:
            inside = kept[opened + 1 :]
            if not any(piece[0] in ("versus", "basep", "plan") for piece in inside):
                del kept[opened + 1 :]
                kept[opened] = ("bracket", kept[opened][1], item[2], None)
                opened = -1
                continue
            opened = -1
        kept.append(item)
    return kept


def figures_of(items: list[Item]) -> list[Figure]:
    """Return the figures among `items`."""
    return [item[3] for item in items if item[0] == "fig"]
