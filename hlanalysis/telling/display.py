"""What a notebook shows besides charts: tables, findings, notes. Each renders itself as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hlanalysis.checks.findings import Finding
from hlanalysis.numbers import Lang
from hlanalysis.texts import text
from hlanalysis.wording import Sentence, Value, When, fill

if TYPE_CHECKING:
    from hlanalysis.charts.exhibit import Exhibit

Bundle = dict[str, str]


def _bundle(markup: str, plain: str) -> Bundle:
    return {"text/html": markup, "text/plain": plain}


_LONG_NUMBER = 24  # characters; a range in words may break, one number may not


@dataclass(frozen=True, slots=True)
class Table:
    """A small table for a reader.

    Attributes
    ----------
    caption : Sentence or str
    header : sequence of str
    rows : sequence of sequences of Value, Sentence or str
        The first cell of a row names the row.
    lang : {"vi", "en"}
    numeric : set of int
        Columns set flush right.
    note : str
        What must be known with the table; stands below it.
    """

    caption: Sentence | str
    header: Sequence[str]
    rows: Sequence[Sequence[Value | Sentence | str]]
    lang: Lang
    numeric: frozenset[int] = frozenset()
    note: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of all observations in its cells."""
        cells = (cell for row in self.rows for cell in row)
        found = (name for cell in cells for name in getattr(cell, "cites", ()))
        return tuple(dict.fromkeys(found))

    def html(self) -> str:
        """Return the table with its caption, column and row headers."""
        head = "".join(
            f'<th scope="col"{self._align(number)}>{html.escape(name)}</th>'
            for number, name in enumerate(self.header)
        )
        body = "".join(self._row(row) for row in self.rows)
        return (
            f"<table><caption>{_markup(self.caption, self.lang)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"{_note(self.note)}"
        )

    def _row(self, row: Sequence[Value | Sentence | str]) -> str:
        first, *rest = row
        cells = "".join(
            f"<td{self._class(number, cell)}>{_markup(cell, self.lang)}</td>"
            for number, cell in enumerate(rest, start=1)
        )
        return f'<tr><th scope="row">{_markup(first, self.lang)}</th>{cells}</tr>'

    def _class(self, column: int, cell: Value | Sentence | str) -> str:
        """Return the attribute that keeps short numbers and periods on one line."""
        if isinstance(cell, When):
            return ' class="when"'
        if column in self.numeric and len(_plain(cell, self.lang)) > _LONG_NUMBER:
            return ' class="number long"'
        return self._align(column)

    def _align(self, column: int) -> str:
        return ' class="number"' if column in self.numeric else ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        lines = [" | ".join(_plain(cell, self.lang) for cell in row) for row in self.rows]
        told = [" | ".join(self.header), *lines, *([self.note] if self.note else [])]
        return _bundle(self.html(), "\n".join(told))


def _note(words: str) -> str:
    return f'<p class="note">{html.escape(words, quote=False)}</p>' if words else ""


def _plain(cell: Value | Sentence | str, lang: Lang) -> str:
    return cell.write(lang) if hasattr(cell, "write") else str(cell)


def _markup(cell: Value | Sentence | str, lang: Lang) -> str:
    if isinstance(cell, Sentence):
        return cell.html()
    if isinstance(cell, str):
        return html.escape(cell, quote=False)
    return fill("{value}", lang, {"value": cell}).html()


@dataclass(frozen=True, slots=True)
class FindingList:
    """Findings, worst first, each with its grade, sentence, numbers and assumption."""

    findings: Sequence[Finding]
    lang: Lang

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of all observations that the findings rest on."""
        return tuple(dict.fromkeys(name for one in self.findings for name in one.observations))

    def html(self) -> str:
        """Return the list."""
        if not self.findings:
            return f"<p>{html.escape(text('display.no_findings', self.lang))}</p>"
        return f'<ul class="findings">{"".join(map(self._item, self.findings))}</ul>'

    def _item(self, one: Finding) -> str:
        grade = html.escape(text(f"grades.{one.grade}", self.lang))
        return (
            f'<li class="finding {one.grade}"><p><strong class="grade">{grade}</strong> '
            f"<strong>{one.title(self.lang).html()}</strong></p>"
            f"<p>{one.sentence(self.lang).html()}</p>{self._numbers(one)}{self._assumed(one)}</li>"
        )

    def _numbers(self, one: Finding) -> str:
        shown = [
            f"<span>{html.escape(text(f'display.{name}', self.lang))}: "
            f"{_markup(value, self.lang)}</span>"
            for name, value in one.evidence(self.lang).items()
        ]
        return f'<p class="evidence">{" · ".join(shown)}</p>' if shown else ""

    def _assumed(self, one: Finding) -> str:
        if not one.assumptions:
            return ""
        said = "; ".join(text(f"assumptions.{key}", self.lang) for key in one.assumptions)
        label = html.escape(text("display.assumed", self.lang))
        return f'<p class="assumption">{label}: {html.escape(said, quote=False)}</p>'

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        lines = [
            f"[{text(f'grades.{one.grade}', self.lang)}] {one.title(self.lang)}: "
            f"{one.sentence(self.lang)}"
            for one in self.findings
        ]
        return _bundle(self.html(), "\n".join(lines) or text("display.no_findings", self.lang))


@dataclass(frozen=True, slots=True)
class ShownExhibit:
    """An exhibit in a notebook: its picture, its numbers to take along, and how they came about."""

    exhibit: Exhibit

    @property
    def cites(self) -> tuple[str, ...]:
        """Ids of the observations behind the exhibit."""
        return self.exhibit.cites

    def reckoned(self) -> Fragment | None:
        """Return the numbers that the picture computes, as marks; None where it computes none."""
        numbers = getattr(self.exhibit, "reckoned", ())
        if not numbers:
            return None
        lang = self.exhibit.lang
        label = text("display.reckoned", lang)
        said = [(f"{what}: " if what else "", value) for what, value in numbers]
        links = " · ".join(html.escape(what) + _markup(value, lang) for what, value in said)
        plain = "; ".join(what + value.write(lang) for what, value in said)
        return Fragment(f'<p class="evidence">{label}: {links}</p>', f"{label}: {plain}")

    def _ipython_display_(self) -> None:
        from IPython.display import display

        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)
        numbers = self.reckoned()
        if numbers is not None:
            display(numbers)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[Bundle, dict[str, object]]:
        from hlanalysis.publish.downloads import table_downloads

        data, metadata = self.exhibit._repr_mimebundle_()
        downloads = table_downloads(self.exhibit.frame(), self.exhibit.id)
        return data, {**metadata, "downloads": downloads}


@dataclass(frozen=True, slots=True)
class Note:
    """A plain remark: why something cannot be shown, or a warning of the source."""

    words: str
    role: str = "note"

    @property
    def cites(self) -> tuple[str, ...]:
        """A note cites nothing."""
        return ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        words = html.escape(self.words, quote=False)
        return _bundle(f'<p class="{self.role}">{words}</p>', self.words)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Ready HTML or LaTeX of this package with its plain text."""

    markup: str
    plain: str
    latex: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """A fragment cites nothing more."""
        return ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        if self.latex:
            return {"text/latex": self.latex, "text/plain": self.plain}
        return _bundle(self.markup, self.plain)
