"""The last pass over the body of a page: headings in order, tables for every reader, steady ids."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import Any

from hlanalysis.publish.inert import Vault

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NUMBER = re.compile(
    r"[+\-−–]?\s*\d[\d.,\s\u00a0\u202f]*(?:%|‰|đ|tỷ(?: đồng)?|điểm %|pp)?\Z"
    r"|(?:[-–—…]|\.{3}|nan|<na>|none)\Z",
    re.IGNORECASE,
)
_LONG_TABLE = 30
_NOTEBOOK = re.compile(r"(?P<stem>[^:?#]+)\.ipynb(?P<rest>#.*)?\Z")


@dataclass
class Heading:
    """One line of the table of contents."""

    level: int
    id: str
    text: str


@dataclass
class Body:
    """A finished body and what was learnt on the way."""

    html: str
    title: str
    headings: list[Heading] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)


def finish(
    html: str, *, lang: str, table_word: str, own_pages: bool = False, question: str = ""
) -> Body:
    """Put a cleaned body in order.

    Parameters
    ----------
    html : str
        Cleaned fragments, one after the other.
    lang : str
        Language of the page, for links to sibling pages.
    table_word : str
        What a table without a caption is called.
    own_pages : bool, optional
        True where links to notebooks (``x.ipynb``) mean their pages (``x.vi.html``).
    question : str, optional
        Printed below the title; a first paragraph that repeats it is taken out.

    Returns
    -------
    Body
        With the first heading taken out as title if it is of level one, the others starting
        at level two without jumps; `dangling` lists number marks whose source is missing.
    """
    from lxml import html as lxml_html

    root = lxml_html.fragment_fromstring(html, create_parent="div")
    _drop_tokens_in_attributes(root)
    _unique_ids(root)
    _pictures(root)
    title = _take_title(root)
    _drop_repeated(root, question)
    headings = _order_headings(root)
    for number, table in enumerate(root.iter("table"), start=1):
        _table(table, f"{table_word} {number}")
    if own_pages:
        _link_pages(root, lang)
    inner = escape(root.text or "") + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in root
    )
    return Body(inner, title, headings, _dangling(root))


def slug(text: str) -> str:
    """Return a plain ASCII name for a heading.

    Examples
    --------
    >>> slug("Thu ngân sách đạt 77,64%")
    'thu-ngan-sach-dat-77-64'
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = plain.encode("ascii", "ignore").decode("ascii")
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "muc"


def _drop_tokens_in_attributes(root: Any) -> None:
    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, Vault.forget(value))


def _unique_ids(root: Any) -> None:
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name is None:
            continue
        if name in seen or not name.strip():
            del element.attrib["id"]
        seen.add(name)


def _pictures(root: Any) -> None:
    for image in list(root.iter("img")):
        if not image.get("src"):
            image.drop_tree()
        elif image.get("alt") is None:
            image.set("alt", "")


def _take_title(root: Any) -> str:
    for element in root.iter(*_HEADINGS):
        if element.tag != "h1":
            return ""
        text = _words(element)
        element.drop_tree()
        return text
    return ""


def _drop_repeated(root: Any, question: str) -> None:
    first = next((child for child in root if _words(child)), None)
    if question and first is not None and first.tag == "p":
        if _words(first) == " ".join(question.split()):
            first.drop_tree()


def _order_headings(root: Any) -> list[Heading]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    open_levels: list[int] = []
    headings = []
    for element in list(root.iter(*_HEADINGS)):
        text = _words(element)
        if not text:
            element.drop_tree()
            continue
        level = int(element.tag[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        element.tag = f"h{min(1 + len(open_levels), 6)}"
        if not element.get("id"):
            element.set("id", _free(slug(text), ids))
        if not _inside_card(element):
            headings.append(Heading(1 + len(open_levels), element.get("id"), text))
    return headings


def _inside_card(element: Any) -> bool:
    """Tell a heading of a box (a card, a figure, a folded part) from one of the page."""
    return any(parent.tag in {"article", "figure", "details", "aside"} for parent in
               element.iterancestors())  # fmt: skip


def _free(name: str, ids: Counter[str]) -> str:
    ids[name] += 1
    return name if ids[name] == 1 else _free(f"{name}-{ids[name]}", ids)


def _words(element: Any) -> str:
    return " ".join(Vault.forget(element.text_content()).split())


def _table(table: Any, name: str) -> None:
    from lxml.html import builder

    rows = list(table.iter("tr"))
    _merge_index_row(table)
    for cell in list(table.iter("th")):
        if not _words(cell) and not len(cell):
            cell.tag = "td"
            cell.attrib.pop("scope", None)
        elif not cell.get("scope"):
            in_head = any(parent.tag == "thead" for parent in cell.iterancestors())
            spans = int(cell.get("colspan", "1") if cell.get("colspan", "1").isdigit() else 1) > 1
            cell.set("scope", ("colgroup" if spans else "col") if in_head else "row")
    _align(table)
    caption = table.find("caption")
    label = _words(caption) if caption is not None and _words(caption) else name
    box = builder.DIV({"class": "hl-scroll", "role": "region", "aria-label": label})
    if len(rows) > _LONG_TABLE:
        box.set("class", "hl-scroll hl-long")
    box.tail, table.tail = table.tail, None
    table.getparent().replace(table, box)
    box.append(table)


def _merge_index_row(table: Any) -> None:
    """Join the two header rows that pandas prints: one of columns, one of index names."""
    head = table.find("thead")
    rows = [] if head is None else head.findall("tr")
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return
    texts = [[_words(cell) for cell in row] for row in rows]
    if all(bool(first) != bool(second) for first, second in zip(*texts, strict=True)):
        for above, below in zip(rows[0], rows[1], strict=True):
            if not _words(above):
                above.text = below.text
        head.remove(rows[1])


def _align(table: Any) -> None:
    if any(cell.get("colspan") or cell.get("rowspan") for cell in table.iter("td", "th")):
        for cell in table.iter("td"):
            if _NUMBER.match(_words(cell)):
                cell.classes.add("num")
        return
    columns: dict[int, list[Any]] = {}
    for row in table.iter("tr"):
        for place, cell in enumerate(row.iterchildren("td", "th")):
            columns.setdefault(place, []).append(cell)
    for cells in columns.values():
        values = [cell for cell in cells if cell.tag == "td" and _words(cell)]
        numbers = [cell for cell in values if _NUMBER.match(_words(cell))]
        if values and len(numbers) * 2 > len(values):
            for cell in cells:
                if cell in numbers or cell.get("scope") == "col":
                    cell.classes.add("num")


def _link_pages(root: Any, lang: str) -> None:
    for link in root.iter("a"):
        found = _NOTEBOOK.match(link.get("href") or "")
        if found:
            link.set("href", f"{found['stem']}.{lang}.html{found['rest'] or ''}")


def _dangling(root: Any) -> list[str]:
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    missing = []
    for link in root.iter("a"):
        if "figure" not in link.classes:
            continue
        targets = [f"src-{name}" for name in (link.get("data-source") or "").split()]
        href = link.get("href") or ""
        targets += [href[1:]] if href.startswith("#src-") else []
        lost = [target for target in dict.fromkeys(targets) if target not in ids]
        if lost:
            missing.append(f"{_words(link)} ({', '.join(lost)})")
    return missing
