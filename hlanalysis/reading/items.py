"""From a sentence to its items: figures, cue words, time expressions, marks.

An item is a plain tuple ``(kind, start, end, payload)``. Kinds are those of
``rules/cues.toml`` and besides: ``fig`` (payload a Figure), ``when`` (payload the folded
phrase), ``skip`` (a number that is no figure), and the marks ``, ; : ( ) /``.
"""

from __future__ import annotations

import re
from typing import Any

from hlanalysis.reading.figures import NUMBER, NoFigure
from hlanalysis.reading.numbers_in_text import NumberReader
from hlanalysis.reading.rules import Patterns
from hlanalysis.reading.statements import Unread

Item = tuple[str, int, int, Any]
_LETTERS = re.compile("[a-z]+")
_WRITTEN_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(NUMBER)
# "so" alone means "so với" only where a base follows; else it is số, or a word of another name.
_BASE_FOLLOWS = re.compile(
    " {1,2}(?:(?:voi )?(?:cung|ck|ke hoach|kh|du toan|dt|nghi quyet|muc tieu|chi tieu|nam|dau|cuoi"
    "|thang|quy|vu|giai doan|nhiem ky))(?![a-z])"
)


# "hoàn thành 97,1% kế hoạch"; "băng 96,5%", a slip for "bằng".
_PERCENT_FOLLOWS = re.compile(
    r" {1,2}(?:(?:duoc|muc|hon|tren|gan|khoang) )?[0-9]++(?:[.,] ?[0-9]++)? ?(?:%|phan tram)"
)


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
        lower = text.lower()
        # A few foreign capitals grow when made small; their text keeps its capitals.
        self._lower = lower if len(lower) == len(text) else text
        self.unread = unread
        self._search, self._kinds = patterns.token.search, patterns.token_kinds
        self._cues = patterns.cues
        self._cue_search = patterns.cue.finditer
        self._trap_deny, self._sure_names = patterns.trap_deny, patterns.sure_names
        self._numbers = NumberReader(text, folded, patterns, trust_marks)

    def items(self, start: int, end: int) -> list[Item]:
        """Return the items of the sentence at [start, end)."""
        folded, search, kinds = self.folded, self._search, self._kinds
        found: list[Item] = []
        position = start
        listed = brackets = False
        while match := search(folded, position, end):
            group = match.lastindex or 0
            kind = kinds[group]
            start, position = match.span(group)
            if kind == "cue":
                item = self._cue(match[group], start, position)
                if item is not None:
                    found.append(item)
                    position = item[2]
                    listed = listed or item[0] == "resp"
            elif kind == "mark":
                mark = match[group]
                brackets = brackets or mark == "("
                found.append((mark, start, position, None))
            elif kind == "number":
                position = self._number(start, position, found, listed)
            elif kind == "when":
                found.append(("when", start, position, match[group]))
            elif self._denied(match[group], start, position):
                position = self._number_in(start, found, listed)
            else:
                found.append(("skip", start, position, None))
        found.append(("end", end, end, None))
        return _without_empty_brackets(found, folded) if brackets else found

    def _cue(self, word: str, start: int, end: int) -> Item | None:
        cue = self._cues.get(word)
        if cue is None:
            word = " ".join(word.split())
            cue = self._cues[word]
        if cue.deny and self.trust_marks and self._lower[start:end] in cue.deny:
            if cue.kind == "reach" and _PERCENT_FOLLOWS.match(self.folded, end):
                return (cue.kind, start, end, "bang" if word == "bang" else "dat")
            return self._part_of_denied(word, start, end)
        if word == "so" and not _BASE_FOLLOWS.match(self.folded, end):
            return None
        if word == "hoan thanh" and not _PERCENT_FOLLOWS.match(self.folded, end):
            return None  # "hoàn thành 894 căn" says what was done with them
        return (cue.kind, start, end, cue.value or word)

    def _part_of_denied(self, word: str, start: int, end: int) -> Item | None:
        """Read one word of a denied phrase: "vượt mục" opens, "giá tăng" ends in a verb."""
        first, _, rest = word.partition(" ")
        last = rest.rpartition(" ")[2]
        if rest and first in self._cues:
            return self._cue(first, start, start + len(first))
        return self._cue(last, end - len(last), end) if last in self._cues else None

    def _denied(self, trap: str, start: int, end: int) -> bool:
        """Tell whether the marks of its first or last word make a trap another word."""
        if not self.trust_marks or trap.startswith(self._sure_names):
            return False
        words = _LETTERS.findall(trap)
        written = _WRITTEN_WORDS.findall(self.text[start:end].lower())
        if not words or len(words) != len(written):
            return False
        deny = self._trap_deny
        return any(
            words[place] in deny and written[place] in deny[words[place]] for place in (0, -1)
        )

    def _number_in(self, start: int, found: list[Item], listed: bool) -> int:
        """Read the first number of a denied trap as any other number."""
        number = _NUMBER.search(self.folded, start)
        assert number is not None
        for cue in self._cue_search(self.folded, start, number.start()):
            item = self._cue(cue[0], *cue.span())
            if item is not None:
                found.append(item)
        return self._number(*number.span(), found, listed)

    def _number(self, start: int, end: int, found: list[Item], listed: bool) -> int:
        after_from = bool(found) and found[-1][0] == "from" and start - found[-1][2] <= 1
        figures = self._numbers.read(start, end, after_from, listed)
        if isinstance(figures, NoFigure):
            if figures.doubt:
                self._leave_unread(start, figures)
            elif figures.why == "footnote_marker" and self.folded[start - 1] in "%²³¹":
                return figures.stop  # "đạt 106,8%2 kế hoạch": the mark parts nothing
            found.append(("skip", start, figures.stop, None))
            return figures.stop
        for figure in figures:
            found.append(("fig", figure.start, figure.stop, figure))
        return figures[-1].stop

    def _leave_unread(self, start: int, figure: NoFigure) -> None:
        span = (start, figure.stop)
        self.unread.append(Unread(span, self.text[start : figure.stop], figure.why))


def _without_empty_brackets(items: list[Item], folded: str) -> list[Item]:
    """Fold brackets that hold no figure into one item: they name or explain, and state nothing."""
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
                start = kept[opened][1]
                kept[opened] = ("bracket", start, item[2], "%" in folded[start : item[2]])
                opened = -1
                continue
            opened = -1
        kept.append(item)
    return kept
