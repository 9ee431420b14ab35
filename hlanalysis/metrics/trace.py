"""A formula as a tree, taken from the function that computes it.

A metric is run once on names instead of numbers; the operators write down what they were asked to
do. So the formula a reader is shown is the one that was executed, and its bounds can be worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hlanalysis.numbers import Lang, format_number, to_fraction

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4}
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " / "}
_SUBSCRIPTS = dict(zip("0123456789nhl", "₀₁₂₃₄₅₆₇₈₉ₙₕₗ", strict=True))

_SUPERSCRIPTS = dict(zip("23456789", "²³⁴⁵⁶⁷⁸⁹", strict=True))


@dataclass(frozen=True, slots=True)
class Term:
    """A number, a name, or an operation on terms.

    Attributes
    ----------
    op : str
        ``num``, ``name``, ``+ - * / ^``, ``neg``, ``abs``, ``log`` or ``root``.
    args : tuple
        A fraction, a name, or the terms it works on.
    """

    op: str
    args: tuple[Any, ...]

    def __add__(self, other: Any) -> Term:
        return Term("+", (self, as_term(other)))

    def __radd__(self, other: Any) -> Term:
        return Term("+", (as_term(other), self))

    def __sub__(self, other: Any) -> Term:
        return Term("-", (self, as_term(other)))

    def __rsub__(self, other: Any) -> Term:
        return Term("-", (as_term(other), self))

    def __mul__(self, other: Any) -> Term:
        return Term("*", (self, as_term(other)))

    def __rmul__(self, other: Any) -> Term:
        return Term("*", (as_term(other), self))

    def __truediv__(self, other: Any) -> Term:
        return Term("/", (self, as_term(other)))

    def __rtruediv__(self, other: Any) -> Term:
        return Term("/", (as_term(other), self))

    def __pow__(self, other: Any) -> Term:
        return Term("^", (self, as_term(other)))

    def __neg__(self) -> Term:
        return Term("neg", (self,))

    def abs(self) -> Term:
        """Return the absolute value."""
        return Term("abs", (self,))

    def log(self) -> Term:
        """Return the natural logarithm."""
        return Term("log", (self,))

    def root(self, degree: Any) -> Term:
        """Return a root."""
        return Term("root", (self, as_term(degree)))

    def alike(self, number: int) -> Term:
        """Return a number as a term."""
        return as_term(number)

    @property
    def names(self) -> frozenset[str]:
        """Every name in it."""
        if self.op == "name":
            return frozenset(self.args)
        if self.op == "num":
            return frozenset()
        return frozenset().union(*(part.names for part in self.args))

    @property
    def is_rational(self) -> bool:
        """Whether it holds no root and no logarithm."""
        if self.op in ("num", "name"):
            return True
        return self.op not in ("log", "root") and all(part.is_rational for part in self.args)


def as_term(value: Any) -> Term:
    """Return a term, or the term of a number."""
    return value if isinstance(value, Term) else Term("num", (to_fraction(value),))


def name(key: str) -> Term:
    """Return the term of a name."""
    return Term("name", (key,))


def trace(function: Callable[..., Any], arguments: Mapping[str, Any]) -> Term:
    """Run a formula on terms and return what it did."""
    return as_term(function(**arguments))


def write_text(term: Term, words: Mapping[str, str], lang: Lang = "vi") -> str:
    """Write a term on one line.

    Parameters
    ----------
    term : Term
    words : mapping of str to str
        What stands for each name: its symbol, or its number.
    lang : {"vi", "en"}

    Examples
    --------
    >>> write_text(name("a") / (1 + name("r")), {"a": "A", "r": "77,64%"})
    'A / (1 + 77,64%)'
    """
    if term.op == "name":
        return words[term.args[0]]
    if term.op == "num":
        return format_number(term.args[0], _places(term.args[0]), lang=lang)
    parts = [write_text(part, words, lang) for part in term.args]
    if term.op == "abs":
        return f"|{parts[0]}|"
    if term.op == "log":
        return f"ln({parts[0]})"
    if term.op == "root":
        return f"{_held(term.args[0], parts[0], 5)}^(1/{_held(term.args[1], parts[1], 5)})"
    if term.op == "neg":
        return f"−{_held(term.args[0], parts[0], 3)}"
    if term.op == "^":
        base = _held(term.args[0], parts[0], 5)
        if len(parts[1]) == 1 and parts[1] in _SUPERSCRIPTS:
            return base + _SUPERSCRIPTS[parts[1]]
        return f"{base}^{_held(term.args[1], parts[1], 5)}"
    return _two_sided(term, parts)


def _two_sided(term: Term, parts: list[str]) -> str:
    strength = _STRENGTH[term.op]
    # a - (b + c) and a / (b * c) keep their brackets, a + b + c and a * b * c have none.
    right = strength + (term.op in "-/")
    left, last = _held(term.args[0], parts[0], strength), _held(term.args[1], parts[1], right)
    return left + _SIGNS[term.op] + last


def _held(term: Term, text: str, strength: int) -> str:
    """Put brackets around a part that binds less than what stands around it."""
    own = 9
    if term.op in _STRENGTH:
        own = _STRENGTH[term.op]
    elif term.op == "root":
        own = 4
    elif text.startswith(("-", "−")):
        own = 1
    elif term.op == "name" and any(sign in text for sign in (" ", "^")):
        own = 1
    return f"({text})" if own < strength else text


def write_latex(term: Term, words: Mapping[str, str], lang: Lang = "vi") -> str:
    r"""Write a term in LaTeX.

    Examples
    --------
    >>> write_latex(name("a") / (1 + name("r")), {"a": "A", "r": "r"})
    '\\frac{A}{1 + r}'
    """
    if term.op == "name":
        return words[term.args[0]]
    if term.op == "num":
        return latex_number(format_number(term.args[0], _places(term.args[0]), lang=lang))
    parts = [write_latex(part, words, lang) for part in term.args]
    if term.op == "/":
        return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
    if term.op == "abs":
        return rf"\left|{parts[0]}\right|"
    if term.op == "log":
        return rf"\ln\left({parts[0]}\right)"
    if term.op == "root":
        degree = "" if parts[1] == "2" else f"[{parts[1]}]"
        return rf"\sqrt{degree}{{{parts[0]}}}"
    if term.op == "neg":
        return f"-{_latex_held(term.args[0], parts[0], 3)}"
    if term.op == "^":
        return f"{_latex_held(term.args[0], parts[0], 5)}^{{{parts[1]}}}"
    strength = _STRENGTH[term.op]
    left = _latex_held(term.args[0], parts[0], strength)
    right = _latex_held(term.args[1], parts[1], strength + (term.op == "-"))
    sign = r"\cdot" if term.op == "*" else term.op
    return f"{left} {sign} {right}"


def _latex_held(term: Term, text: str, strength: int) -> str:
    own = 9
    if term.op == "/":
        own = 4
    elif term.op in _STRENGTH:
        own = _STRENGTH[term.op]
    elif text.startswith("-"):
        own = 1
    return rf"\left({text}\right)" if own < strength else text


def latex_number(written: str) -> str:
    r"""Return a written number for LaTeX: a comma is no list, % is no comment.

    Examples
    --------
    >>> latex_number("77,64%")
    '77{,}64\\%'
    """
    return written.replace(",", "{,}").replace("%", r"\%").replace("−", "-")


def symbol_text(symbol: str) -> str:
    """Return a symbol for plain text, with small digits where there are some.

    Examples
    --------
    >>> symbol_text("P_0"), symbol_text("g_B")
    ('P₀', 'g_B')
    """
    head, mark, tail = symbol.partition("_")
    if mark and all(char in _SUBSCRIPTS for char in tail):
        return head + "".join(_SUBSCRIPTS[char] for char in tail)
    return symbol


def symbol_latex(symbol: str) -> str:
    r"""Return a symbol for LaTeX.

    Examples
    --------
    >>> symbol_latex("P_0"), symbol_latex("g*"), symbol_latex("π")
    ('P_{0}', 'g^{*}', '\\pi')
    """
    head, mark, tail = symbol.replace("π", r"\pi").partition("_")
    if head.endswith("*"):
        head = head[:-1] + "^{*}"
    return f"{head}_{{{tail}}}" if mark else head


def _places(value: Fraction) -> int | None:
    return None if (10**6 * value).denominator == 1 else 6
