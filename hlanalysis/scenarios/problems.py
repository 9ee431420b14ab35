"""What is wrong in a model, said with file, line, column and a caret."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from hlanalysis.errors import InputError
from hlanalysis.scenarios.tree import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it stands, what was found, expected, and what to do next."""

    place: Place
    found: str
    expected: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Text:
    """The text of equations, the file it stands in, and the file's line of its first line."""

    name: str
    lines: tuple[str, ...]
    first_line: int = 1

    def show(self, problem: Problem) -> str:
        """Return the whole message for one problem: sentence, source line, caret."""
        place = problem.place
        where = self.name
        if place.line:
            where = f"{self.name}, line {place.line + self.first_line - 1}, column {place.column}"
        told = str(InputError(where, problem.found, problem.expected, problem.hint))
        if not 1 <= place.line <= len(self.lines):
            return told
        source = self.lines[place.line - 1].replace("\t", " ")
        # A window keeps the message short where somebody pastes a line of thousands of characters.
        start = max(0, place.column - 1 - 60)
        shown = source[start : start + 120]
        width = max(1, min(place.end, start + len(shown) + 1) - place.column)
        return f"{told}\n    {shown}\n    {' ' * (place.column - 1 - start)}{'^' * width}"


class ModelError(InputError):
    """A model that cannot be used; the message names every problem at once.

    Attributes
    ----------
    problems : tuple of Problem
    """

    def __init__(self, text: Text, problems: Iterable[Problem]) -> None:
        self.text, self.problems = text, tuple(problems)
        first = self.problems[0]
        super().__init__(text.name, first.found, first.expected, first.hint)

    def __str__(self) -> str:
        """Return all messages, in the order of the text, the first twenty in full."""
        ordered = sorted(self.problems, key=lambda problem: problem.place.line)
        told = [self.text.show(problem) for problem in ordered[:20]]
        if len(ordered) > 20:
            told.append(f"... and {len(ordered) - 20} more problems.")
        return "\n".join(told)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known name, or lists a few.

    Examples
    --------
    >>> nearest("giai_ngann", ["giai_ngan", "von"])
    "did you mean 'giai_ngan'?"
    """
    names = sorted(set(known))
    by_fold = {one.casefold(): one for one in names}
    close = difflib.get_close_matches(name.casefold(), list(by_fold), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{by_fold[close[0]]}'?"
    if not names:
        return "declare it as a lever or give it an equation"
    listed = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"known names are {listed}"
