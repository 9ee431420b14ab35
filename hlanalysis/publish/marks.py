"""Marked numbers and the list of sources they lead to, as HTML fragments.

The fragments follow the contract of docs/pages.md: a notebook shows them as ``text/html`` and
the page turns a click on a number into a small window with its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from hlanalysis.publish.inert import visible
from hlanalysis.publish.words import words


@dataclass(frozen=True)
class SourceItem:
    """Where one number was printed, or how it was computed.

    Parameters
    ----------
    id : str
        The observation's id; letters, digits, ``-`` and ``_``.
    sentence : str
        The printed sentence, the row of the sheet, or the formula with its inputs.
    start, end : int
        The number within `sentence`; equal where there is nothing to highlight.
    publisher, title, date, locator : str
        What is known of the source; empty parts are left out.
    inputs : tuple of str
        Ids of the sources a computed number rests on.
    """

    id: str
    sentence: str
    start: int = 0
    end: int = 0
    publisher: str = ""
    title: str = ""
    date: str = ""
    locator: str = ""
    inputs: tuple[str, ...] = ()


def figure_mark(text: str, source_id: str) -> str:
    """Return a number as a link to its entry in the list of sources.

    Examples
    --------
    >>> figure_mark("222,044", "a1")
    '<a class="figure" href="#src-a1" data-source="a1">222,044</a>'
    """
    name = escape(source_id)
    return f'<a class="figure" href="#src-{name}" data-source="{name}">{escape(visible(text))}</a>'


def sources_section(items: Iterable[SourceItem], lang: str) -> str:
    """Return the list of sources that ends a page.

    Parameters
    ----------
    items : iterable of SourceItem
        In the order of their first use; a repeated id is printed once.
    lang : str
        ``vi`` or ``en``.

    Returns
    -------
    str
        ``<section class="sources">``, a heading and an ordered list.
    """
    known = {item.id: item for item in reversed(list(items))}
    ordered = list(reversed(known.values()))
    numbers = {item.id: number for number, item in enumerate(ordered, start=1)}
    entries = "".join(f"{_entry(item, numbers)}\n" for item in ordered)
    heading = escape(words(lang)["sources"])
    return f'<section class="sources">\n<h2>{heading}</h2>\n<ol>\n{entries}</ol>\n</section>'


def _entry(item: SourceItem, numbers: dict[str, int]) -> str:
    parts = [item.publisher, f"<cite>{_text(item.title)}</cite>" if item.title else ""]
    parts = [_text(parts[0]) if parts[0] else "", parts[1], _text(item.date), _text(item.locator)]
    about = ", ".join(part for part in parts if part)
    sentence = (
        _text(item.sentence[: item.start])
        + f"<mark>{_text(item.sentence[item.start : item.end])}</mark>"
        + _text(item.sentence[item.end :])
        if item.end > item.start
        else _text(item.sentence)
    )
    rests_on = " ".join(
        f'<a href="#src-{escape(name)}">[{numbers[name]}]</a>'
        for name in item.inputs
        if name in numbers
    )
    tail = f" {rests_on}" if rests_on else ""
    return f'<li id="src-{escape(item.id)}">{about}{tail}<blockquote>{sentence}</blockquote></li>'


def _text(text: str) -> str:
    return escape(visible(text))
