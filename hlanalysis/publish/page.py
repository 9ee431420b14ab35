"""An executed notebook as the parts of one page, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from hlanalysis.errors import InputError
from hlanalysis.publish.external import external_references
from hlanalysis.publish.finish import Heading, finish
from hlanalysis.publish.inert import visible_everywhere
from hlanalysis.publish.markdown import markdown_html
from hlanalysis.publish.outputs import PageState, output_html
from hlanalysis.publish.words import language_of, words
from hlanalysis.texts import LANGUAGES

# As in Jupyter Book: what is hidden is folded, what is removed is gone.
_REMOVE_CELL = frozenset({"remove-cell", "remove_cell"})
_REMOVE_INPUT = frozenset({"remove-input", "remove_input"})
_REMOVE_OUTPUT = frozenset({"remove-output", "remove_output"})


@dataclass
class Page:
    """What the template needs."""

    lang: str
    title: str
    question: str
    body: str
    headings: list[Heading]
    needs_vega: bool
    settings: dict[str, Any] = field(default_factory=dict)


def make_page(
    notebook: Mapping[str, Any],
    *,
    name: str,
    lang: str = "",
    folder: Path | None = None,
    with_code: bool = True,
) -> Page:
    """Turn a notebook into a page; nothing in it runs or loads.

    Parameters
    ----------
    notebook : mapping
        Format 4, executed. ``metadata.hlanalysis`` holds the settings (docs/pages.md).
    name : str
        What to call the notebook in a message, and the title where it has none.
    lang : str, optional
        Overrides the notebook's own language.
    folder : Path, optional
        Where relative picture addresses start.
    with_code : bool, optional
        False leaves the folded calculations out.

    Raises
    ------
    InputError
        If a number mark leads to no source, a download is malformed, or the language is unknown.
    """
    settings = visible_everywhere(notebook["metadata"].get("hlanalysis", {}))
    cells = [_Cell(cell, number) for number, cell in enumerate(notebook["cells"], start=1)]
    chosen = lang or settings.get("lang") or _guess_language(cells)
    state = PageState(chosen, words(chosen), folder)
    body = "\n".join(_pieces(_for_reader(cells, chosen), state, name, with_code))
    question = setting(settings, "question", chosen)
    done = finish(
        body,
        lang=chosen,
        table_word=state.words["table"],
        own_pages=bool(settings),
        question=question,
    )
    if done.dangling:
        raise InputError(
            name,
            f"numbers without a source on the page: {', '.join(done.dangling)}",
            "a list of sources with an entry for each marked number",
            "end the notebook with the cell that prints the sources",
        )
    title = setting(settings, "title", chosen) or done.title
    return Page(
        chosen,
        title or str(notebook["metadata"].get("title") or name),
        question,
        state.vault.restore(done.html),
        done.headings,
        state.needs_vega,
        settings,
    )


def setting(settings: Mapping[str, Any], key: str, lang: str) -> str:
    """Return a setting that may be one text or one for each language."""
    value = settings.get(key, "")
    return str(value.get(lang, "") if isinstance(value, Mapping) else value)


class _Cell:
    """A copy of a cell with its text made visible; the notebook is left alone."""

    def __init__(self, cell: Mapping[str, Any], number: int) -> None:
        self.number = number
        self.kind = cell["cell_type"]
        self.tags = set(cell.get("metadata", {}).get("tags", ()))
        self.source = str(visible_everywhere(cell["source"]))
        self.attachments = visible_everywhere(cell.get("attachments", {}))
        self.outputs = visible_everywhere(cell.get("outputs", []))


def _guess_language(cells: Iterable[_Cell]) -> str:
    text = " ".join(cell.source for cell in cells if cell.kind == "markdown")
    return language_of(text) or "en"


def _for_reader(cells: Iterable[_Cell], lang: str) -> list[_Cell]:
    others = set(LANGUAGES) - {lang}
    return [
        cell
        for cell in cells
        if not (cell.tags & others and lang not in cell.tags)
        and not cell.tags & _REMOVE_CELL
        and cell.kind in {"markdown", "code"}
    ]


def _pieces(cells: list[_Cell], page: PageState, name: str, with_code: bool) -> list[str]:
    """Return the pieces in order; cells that follow each other share one folded calculation."""
    pieces: list[str] = []
    results: list[str] = []
    calculation: list[str] = []

    def close(last: bool = False) -> None:
        # Code that shows nothing waits for the next result.
        if results or (last and calculation and with_code):
            code = _folded(calculation, page) if with_code else ""
            pieces.append(f'<div class="hl-result">{"".join(results)}{code}</div>')
            results.clear()
            calculation.clear()

    for cell in cells:
        if cell.kind == "markdown":
            close()
            text = markdown_html(
                cell.source, page.vault, attachments=cell.attachments, folder=page.folder
            )
            pieces.append(_alone(text, cell, name))
            continue
        shown, folded = _outputs(cell, page, name)
        if cell.source.strip() and not cell.tags & _REMOVE_INPUT:
            calculation.append(_code(cell.source))
        calculation += folded
        results += shown
    close(last=True)
    return pieces


def _outputs(cell: _Cell, page: PageState, name: str) -> tuple[list[str], list[str]]:
    """Return what a cell shows on the page, and what is folded with its calculation."""
    if cell.tags & _REMOVE_OUTPUT:
        return [], []
    try:
        pairs = [output_html(output, page) for output in cell.outputs]
    except ValueError as error:
        raise InputError(f"{name}, cell {cell.number}", str(error)) from error
    shown = [_alone(html, cell, name) for html, _ in pairs if html]
    aside = "".join(html for _, html in pairs)
    folded = [f'<p class="hl-label">{escape(page.words["warnings"])}</p>{aside}'] if aside else []
    if cell.tags & {"hide-output", "hide-cell"}:
        return [], [*shown, *folded]
    return shown, folded


def _alone(html: str, cell: _Cell, name: str) -> str:
    """Return the fragment, or name the cell that asks for something outside the page."""
    outside = [line.partition(": ")[2] for line in external_references(html)]
    if outside:
        raise InputError(
            f"{name}, cell {cell.number}",
            f"would be loaded from outside the page: {', '.join(outside[:5])}",
            "a picture that is in the notebook or in its folder",
            "save the picture beside the notebook and show that file, or paste it into the cell",
        )
    return html


def _code(source: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers.python import Python3Lexer

    marked = highlight(source, Python3Lexer(), HtmlFormatter(nowrap=True, classprefix="hl-c-"))
    return f"<pre><code>{marked.rstrip()}</code></pre>"


def _folded(parts: list[str], page: PageState) -> str:
    if not parts:
        return ""
    summary = escape(page.words["show_code"])
    inside = page.vault.put("".join(parts))
    return f'<details class="hl-code"><summary>{summary}</summary>{inside}</details>'
