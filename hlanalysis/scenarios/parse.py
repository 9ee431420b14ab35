"""Equations as text to a small tree: parsed with `ast`, never executed.

The text is cut into equations first (a line, or several inside open brackets), so that one slip
does not hide the next, and measured before it is parsed, so that hostile text costs nothing.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from hlanalysis.scenarios import tree
from hlanalysis.scenarios.expressions import Reader, RefusedError
from hlanalysis.scenarios.problems import Problem, Text
from hlanalysis.scenarios.tree import Equation, Place

MOST_CHARACTERS = 200_000
MOST_EQUATIONS = 500
MOST_TOKENS = 600
MOST_BRACKETS = 40
MOST_LETTERS = 80
_TOKEN = re.compile(r"\w+(?:\.\d+)?|\*\*|[<>=!]=|[^\s\w]")
_ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000\t"), " ")
_OTHER_SIGNS = {
    "\u2212": "-", "\u2013": "-", "×": "*", "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    "^": "**", "&": "and", "|": "or", "!": "not", "%": "divide by 100, or declare a lever in %",
    ";": "a new line for each equation", "{": "(", "}": ")", "²": "**2", "³": "**3",
}  # fmt: skip
_COMMA_NUMBER = re.compile(r"(?<![\w.])(\d[\d.]*),(\d+)(?![\w.])")
_DOT_NUMBER = re.compile(r"(?<![\w.])[1-9]\d{0,2}(?:\.\d{3})+(?!\w)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The text of one equation and the number of its first line."""

    line: int
    text: str


def parse_equations(
    source: str, name: str = "equations", first_line: int = 1
) -> tuple[Text, list[Equation], list[Problem]]:
    """Parse equations into trees and list everything that is wrong.

    Parameters
    ----------
    source : str
        One equation a line, ``name[t] = ...``; ``#`` starts a comment.
    name : str
        What messages call the text: a file name.
    first_line : int
        The line of the file where the text begins.

    Returns
    -------
    tuple of Text, list of Equation, list of Problem
        Equations in the order of the text; a line with a problem gives no equation.
    """
    clean = unicodedata.normalize("NFC", source[: MOST_CHARACTERS + 1]).translate(_ODD_SPACES)
    text = Text(name, tuple(clean.split("\n")), first_line)
    if len(source) > MOST_CHARACTERS:
        found = f"{len(source)} characters of equations"
        return text, [], [Problem(tree.NOWHERE, found, f"at most {MOST_CHARACTERS}")]
    equations: list[Equation] = []
    problems: list[Problem] = []
    for number, piece in enumerate(_pieces(text.lines)):
        if number >= MOST_EQUATIONS:
            place = Place(piece.line, 1, 2)
            problems.append(Problem(place, "too many equations", f"at most {MOST_EQUATIONS}"))
            break
        try:
            equations.append(_parse_piece(piece))
        except RefusedError as refused:
            problems.append(refused.problem)
    return text, equations, problems


def _pieces(lines: tuple[str, ...]) -> Iterator[_Piece]:
    """Cut lines into equations; one goes on while a bracket is open."""
    kept: list[str] = []
    start, depth = 0, 0
    for number, line in enumerate(lines, 1):
        code = line.split("#", 1)[0].rstrip()
        if not code.strip() and not depth:
            continue
        if depth and re.match(r"\s*\w+\s*\[\s*t\s*\]\s*=(?!=)", code):
            # A new equation begins inside an open bracket: the bracket was forgotten above.
            yield _Piece(start, "\n".join(kept))
            kept, depth = [], 0
        if not kept:
            start = number
        kept.append(code)
        depth += sum(code.count(sign) for sign in "([") - sum(code.count(sign) for sign in ")]")
        if depth <= 0:
            yield _Piece(start, "\n".join(kept))
            kept, depth = [], 0
    if kept:
        yield _Piece(start, "\n".join(kept))


def _parse_piece(piece: _Piece) -> Equation:
    _measure(piece)
    _look_for_commas(piece)
    indent = len(piece.text) - len(piece.text.lstrip(" "))
    reader = Reader(piece.text.lstrip(" ").split("\n"), piece.line, indent)
    try:
        # Python warns about odd but harmless code such as 1(2); the reader refuses it anyway.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = ast.parse(piece.text.lstrip(" "))
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise RefusedError(_syntax_problem(piece, error, indent)) from None
    return reader.equation(parsed, piece.text.strip())


def _measure(piece: _Piece) -> None:
    """Refuse what would take long or deep before anything parses it."""
    place = Place(piece.line, 1, 2)
    tokens, depth = 0, 0
    for match in _TOKEN.finditer(piece.text):
        tokens += 1
        depth += (match[0] in "([") - (match[0] in ")]")
        if tokens > MOST_TOKENS or depth > MOST_BRACKETS:
            what = f"over {MOST_TOKENS} words and signs"
            what = what if tokens > MOST_TOKENS else f"over {MOST_BRACKETS} nested brackets"
            hint = "cut the equation into several with names of their own"
            raise RefusedError(Problem(place, f"{what} in one equation", "a shorter one", hint))
        if len(match[0]) > MOST_LETTERS:
            spot = _spot(piece, match.start(), len(match[0]))
            found = f"a word or number of {len(match[0])} characters"
            raise RefusedError(Problem(spot, found, f"at most {MOST_LETTERS}"))
        if match[0] in _OTHER_SIGNS:
            hint = f"write {_OTHER_SIGNS[match[0]]}"
            spot = _spot(piece, match.start(), len(match[0]))
            raise RefusedError(Problem(spot, f"the sign {match[0]}", "signs a keyboard has", hint))


def _spot(piece: _Piece, offset: int, width: int) -> Place:
    before = piece.text[:offset]
    column = offset - (before.rfind("\n") + 1) + 1
    return Place(piece.line + before.count("\n"), column, column + width)


def _look_for_commas(piece: _Piece) -> None:
    match = _COMMA_NUMBER.search(piece.text)
    if match:
        hint = f"write {match[1]}.{match[2]}; between arguments leave a space after the comma"
        spot = _spot(piece, match.start(), len(match[0]))
        raise RefusedError(Problem(spot, f"a decimal comma in {match[0]}", "a decimal point", hint))
    match = _DOT_NUMBER.search(piece.text)
    if match:
        digits = match[0].replace(".", "")
        hint = f"write {digits}, or {match[0]}0 for the decimal number"
        spot = _spot(piece, match.start(), len(match[0]))
        found = f"{match[0]}, which a Vietnamese reader takes for {digits}"
        raise RefusedError(Problem(spot, found, "a number with one reading", hint))


def _syntax_problem(piece: _Piece, error: BaseException, indent: int) -> Problem:
    if not isinstance(error, SyntaxError) or error.lineno is None:
        found, expected = "an equation nested too deeply to read", "a simpler one"
        return Problem(Place(piece.line, 1, 2), found, expected, "cut it into several")
    shift = indent if error.lineno == 1 else 0
    line, column = piece.line + error.lineno - 1, max(1, (error.offset or 1) + shift)
    found = (error.msg or "invalid syntax").split(" (<unknown>")[0]
    hint = "compare Python's spelling: name[t] = a * (1 + b), a ** 2, x if a > b else y"
    if re.search(r"(?<![<>=!])=(?!=)", piece.text.split("=", 1)[-1]):
        hint = "in a condition write == for equal"
    return Problem(Place(line, column, column + 1), found, "one equation, name[t] = value", hint)
