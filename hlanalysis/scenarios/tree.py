"""The small tree that every printer reads: what an equation says, and nothing else.

Two forms share most nodes. The *written* form keeps lags (`At`, `Span`, `Year`) as the planner
wrote them; the *yearly* form, made by `unroll`, names cells of one year (`Cell`, `Cells`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the text: line and columns count from 1, `end` is exclusive."""

    line: int
    column: int
    end: int


NOWHERE = Place(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Index:
    """A year written as `t - lag` or as itself."""

    lag: int | None = None
    year: int | None = None

    def at(self, now: int) -> int:
        """Return the calendar year this index means in the year `now`."""
        return self.year if self.year is not None else now - (self.lag or 0)


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that stands in an equation."""

    place: Place


@dataclass(frozen=True, slots=True)
class Num(Node):
    """A number; `is_year` where it stands for the year `t`."""

    value: float
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Lever(Node):
    """A scalar lever."""

    name: str


@dataclass(frozen=True, slots=True)
class Year(Node):
    """The year `t` (written form)."""


@dataclass(frozen=True, slots=True)
class At(Node):
    """A variable or a lever by year, at one year (written form)."""

    name: str
    index: Index


@dataclass(frozen=True, slots=True)
class Span(Node):
    """A variable or a lever by year, over years, both ends counted (written form)."""

    name: str
    first: Index
    last: Index


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """The value of one name in one year (yearly form)."""

    name: str
    year: int


@dataclass(frozen=True, slots=True)
class Cells(Node):
    """The values of one name from `first` to `last`; none if `last < first` (yearly form)."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Op(Node):
    """Arithmetic: `op` is one of + - * / **."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Neg(Node):
    """The negative of a value."""

    value: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """One of the known functions."""

    function: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A condition: `op` is one of < <= > >= == !=."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """A condition made of conditions: `op` is "and" or "or"."""

    op: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a condition."""

    value: Node


@dataclass(frozen=True, slots=True)
class Choose(Node):
    """`yes if test else no`."""

    test: Node
    yes: Node
    no: Node


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below a node."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from value


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it, without recursion."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(list(children(one))))


@dataclass(frozen=True, slots=True)
class Equation:
    """One line of a model: `name[t] = value`, with its text and its place."""

    name: str
    value: Node
    place: Place
    text: str
