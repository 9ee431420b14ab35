"""An executed notebook as the parts of one page, in one language."""

from __future__ import annotations

import re
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
from hlanalysis.publish.words import words
from hlanalysis.texts import LANGUAGES

_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


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
    done = finish(
        body, lang=chosen, table_word=state.words["table"], own_pages=bool(settings)
    )  # fmt: skip
    if done.dangling:
        raise InputError(
            name,
            f"numbers without a source on the page: {', '.join(done.dangling)}",
            "a list of sources with an entry for each marked number",
            "end the notebook with the cell that prints the sources",
        )
    title = settings.get("title") or done.title or notebook["metadata"].get("title") or name
    return Page(
        chosen,
        str(title),
        str(settings.get("question", "")),
        state.vault.restore(done.html),
        done.headings,
        state.needs_vega,
        settings,
    )


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
    return "vi" if _VIETNAMESE.search(text) else "en"


def _for_reader(cells: Iterable[_Cell], lang: str) -> list[_Cell]:
    others = set(LANGUAGES) - {lang}
    return [
        cell
        for cell in cells
        if not (cell.tags & others and lang not in cell.tags)
        and not cell.tags & {"hide-cell", "remove-cell", "remove_cell"}
        and cell.kind in {"markdown", "code"}
    ]


def _pieces(cells: list[_Cell], page: PageState, name: str, with_code: bool) -> list[str]:
    """Return the pieces in order; code without a visible result joins the next one that has."""
    pieces: list[str] = []
    waiting: list[str] = []
    for cell in cells:
        if cell.kind == "markdown":
            text = markdown_html(
                cell.source, page.vault, attachments=cell.attachments, folder=page.folder
            )
            pieces.append(_alone(text, cell, name))
            continue
        shown, folded = _outputs(cell, page, name)
        if cell.source.strip() and not cell.tags & {"hide-input", "remove-input", "remove_input"}:
            waiting.append(_code(cell.source))
        if folded:
            waiting.append(f'<p class="hl-label">{escape(page.words["warnings"])}</p>{folded}')
        if shown:
            code = _folded(waiting, page) if with_code else ""
            pieces.append(f'<div class="hl-result">{shown}{code}</div>')
            waiting = []
    if waiting and with_code:
        pieces.append(f'<div class="hl-result">{_folded(waiting, page)}</div>')
    return pieces


def _outputs(cell: _Cell, page: PageState, name: str) -> tuple[str, str]:
    if cell.tags & {"hide-output", "remove-output", "remove_output"}:
        return "", ""
    try:
        pairs = [output_html(output, page) for output in cell.outputs]
    except ValueError as error:
        raise InputError(f"{name}, cell {cell.number}", str(error)) from error
    shown, folded = ("".join(part) for part in zip(*pairs, strict=True)) if pairs else ("", "")
    return _alone(shown, cell, name), folded


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
