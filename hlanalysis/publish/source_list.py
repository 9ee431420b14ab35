"""The list of sources that ends a page: what the marked numbers of a page lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from hlanalysis.publish.inert import visible
from hlanalysis.publish.words import language_of, words


@dataclass(frozen=True)
class SourceItem:
    """Where one number was printed.

    Attributes
    ----------
    id : str
        The observation's id; a mark with ``data-source="ID"`` opens this item.
    sentence : str
        The printed sentence, with the number at characters `start` to `end`.
    publisher, title, date, locator : str
        What is known of the source, in the reader's words; empty parts are left out.
    row : tuple of (str, str)
        For a sheet: headers and values of the row the number stands in.
    marked : int
        Which of `row` is the number.
    """

    id: str
    sentence: str = ""
    start: int = 0
    end: int = 0
    publisher: str = ""
    title: str = ""
    date: str = ""
    locator: str = ""
    row: tuple[tuple[str, str], ...] = ()
    marked: int = -1


def sources_section(items: Iterable[SourceItem], lang: str) -> str:
    """Return the list of sources as an HTML fragment, to be shown as ``text/html``.

    Parameters
    ----------
    items : iterable of SourceItem
        In the order of their first use; a repeated id is printed once. Items of one document
        come together, where the first of them stood, and name it once.
    lang : str
        ``vi`` or ``en``.

    Returns
    -------
    str
        ``<section class="sources">`` with a heading and an ordered list.
    """
    first: dict[str, SourceItem] = {}
    documents: dict[tuple[str, str, str], list[SourceItem]] = {}
    for item in items:
        if first.setdefault(item.id, item) is item:
            documents.setdefault((item.publisher, item.title, item.date), []).append(item)
    entries = "".join(
        f"{_entry(item, before, lang)}\n"
        for group in documents.values()
        for item, before in zip(group, [None, *group], strict=False)
    )
    heading = escape(words(lang)["sources"])
    return f'<section class="sources">\n<h2>{heading}</h2>\n<ol>\n{entries}</ol>\n</section>'


def _entry(item: SourceItem, before: SourceItem | None, lang: str) -> str:
    """Return an entry; what it shares with the one before it, the list does not show again.

    It is there all the same, for the small window that a number opens.
    """
    title = ""
    if item.title:
        title = f"<cite{_other(item.title, lang)}>{_text(item.title)}</cite>"
    document = ", ".join(filter(None, (_text(item.publisher), title, _text(item.date))))
    same_place = before is not None and before.locator == item.locator
    # An entry with nothing else to show keeps its head.
    told = bool(item.sentence or item.row)
    same_head = before is not None and (told or not same_place)
    head = _part(document, same_head)
    comma = _part(", " if document and item.locator else "", same_head)
    place = _part(_text(item.locator), same_place and told)
    sentence = ""
    if item.sentence:
        other = _other(item.sentence, lang)
        sentence = f"<blockquote{other}>{_sentence(item)}</blockquote>"
    return f'<li id="src-{escape(item.id)}">{head}{comma}{place}{sentence}{_row(item)}</li>'


def _other(text: str, lang: str) -> str:
    """Tell a screen reader where a text is not in the language of the page."""
    own = language_of(text)
    return f' lang="{own}"' if own and own != lang else ""


def _part(text: str, again: bool) -> str:
    return f'<span class="again">{text}</span>' if text and again else text


def _sentence(item: SourceItem) -> str:
    if not 0 <= item.start < item.end <= len(item.sentence):
        return _text(item.sentence)
    before, number = item.sentence[: item.start], item.sentence[item.start : item.end]
    return f"{_text(before)}<mark>{_text(number)}</mark>{_text(item.sentence[item.end :])}"


def _row(item: SourceItem) -> str:
    if not item.row:
        return ""
    heads = "".join(f"<th>{_text(head)}</th>" for head, _ in item.row)
    cells = "".join(
        f"<td><mark>{_text(value)}</mark></td>"
        if place == item.marked
        else f"<td>{_text(value)}</td>"
        for place, (_, value) in enumerate(item.row)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"


def _text(text: str) -> str:
    return escape(visible(text))
