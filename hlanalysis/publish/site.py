"""The index of the site: what to look at first, then every page. Knows no indicator."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hlanalysis.publish.html import check_page, shared_context
from hlanalysis.publish.inert import visible, visible_everywhere
from hlanalysis.publish.svg import inline_svg, svg_size
from hlanalysis.publish.words import words

GRADES = ("error", "review", "explained", "ok")
_FOLDED = frozenset({"explained", "ok"})
_FIRST = 6


@dataclass(frozen=True)
class FindingCard:
    """A finding as a reader meets it.

    Attributes
    ----------
    grade : {"error", "review", "explained", "ok"}
    sentence : str
        Plain text.
    href : str
        The page, and place on it, that explains the finding.
    facts : tuple of (str, str)
        For instance printed, recomputed and allowed figures, each with its label.
    picture : str or bytes
        An SVG drawing or the bytes of a PNG picture; empty for none.
    alt : str
        What the picture shows.
    title : str
        The finding in a few words, above the sentence; plain text.
    aside : bool
        Of interest, but not about the reader's own place: always folded.
    """

    grade: str
    sentence: str
    href: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    picture: str | bytes = ""
    alt: str = ""
    title: str = ""
    aside: bool = False


@dataclass(frozen=True)
class PageCard:
    """A page of the site: where it lies, what it is called and which question it answers."""

    href: str
    title: str
    question: str = ""
    picture: str | bytes = ""
    alt: str = ""


@dataclass(frozen=True)
class Change:
    """A figure that moved since the published version, and why."""

    what: str
    before: str
    after: str
    reason: str = ""


def page_name(stem: str, lang: str) -> str:
    """Return the file name of a page; a mailed file says its language by itself.

    Examples
    --------
    >>> page_name("01_budget_revenue", "vi")
    '01_budget_revenue.vi.html'
    """
    return f"{stem}.{lang}.html"


def index_name(lang: str) -> str:
    """Return the file name of the index; the Vietnamese one is what a double click expects.

    Examples
    --------
    >>> index_name("vi"), index_name("en")
    ('index.html', 'index.en.html')
    """
    return "index.html" if lang == "vi" else f"index.{lang}.html"


def index_html(
    pages: Sequence[PageCard],
    findings: Iterable[FindingCard],
    *,
    lang: str,
    title: str,
    lead: str = "",
    changes: Sequence[Change] = (),
    settings: Mapping[str, Any] | None = None,
) -> str:
    """Return the index page.

    Parameters
    ----------
    pages : sequence of PageCard
        In reading order.
    findings : iterable of FindingCard
        In any order; shown worst first, within a grade in the order given.
    lang : str
        ``vi`` or ``en``.
    title, lead : str
        Heading and the sentence below it.
    changes : sequence of Change, optional
        What moved since the published version; the part is left out where nothing did.
    settings : mapping, optional
        ``languages``, ``data_date``, ``data_hash``, ``version`` as in ``metadata.hlanalysis``.

    Returns
    -------
    str
        One HTML file; the same input gives the same bytes.

    Raises
    ------
    InputError
        If the page would load anything, or is too large.
    """
    cards = list(findings)
    assert all(card.grade in GRADES for card in cards), [card.grade for card in cards]
    ordered = sorted(cards, key=lambda card: GRADES.index(card.grade))
    pictures = _Pictures()
    urgent = [card for card in ordered if card.grade not in _FOLDED and not card.aside]
    shown = urgent[:_FIRST]
    folded = [card for card in ordered if card not in shown]
    counts = Counter(card.grade for card in ordered)
    text = words(lang)
    html = _template().render(
        **shared_context(lang, visible_everywhere({**(settings or {}), "site_title": ""})),
        title=visible(title),
        question=visible(lead),
        shown=[_card(card, pictures) for card in shown],
        folded=[_card(card, None) for card in folded],
        more=text["more_findings"].format(n=len(folded)),
        counts=[(grade, counts[grade]) for grade in GRADES if counts[grade]],
        pages=[_card(card, pictures) for card in pages],
        changes=[visible_everywhere(vars(change)) for change in changes],
        pictures=Markup(pictures.html()),
        vega="",
    )
    check_page(html, index_name(lang))
    return html


def _card(card: FindingCard | PageCard, pictures: _Pictures | None) -> dict[str, Any]:
    values: dict[str, Any] = visible_everywhere({**vars(card), "picture": ""})
    if pictures is not None and card.picture:
        values["picture"] = Markup(pictures.use(card.picture, visible(card.alt)))
    return values


class _Pictures:
    """Each picture once in the file, however many cards show it."""

    def __init__(self) -> None:
        self._known: dict[str | bytes, tuple[str, float, float]] = {}
        self._symbols: list[str] = []

    def use(self, picture: str | bytes, alt: str) -> str:
        """Return the element that shows a picture."""
        if picture not in self._known:
            self._known[picture] = self._add(picture, f"hl-p{len(self._known) + 1}")
        name, width, height = self._known[picture]
        return (
            f'<svg role="img" aria-label="{escape(alt)}" viewBox="0 0 {width:g} {height:g}"'
            f' width="{width:g}" height="{height:g}"><use href="#{name}"/></svg>'
        )

    def html(self) -> str:
        """Return the pictures themselves, to stand unseen at the start of the page."""
        if not self._symbols:
            return ""
        inside = "".join(self._symbols)
        return f'<svg class="hl-store" aria-hidden="true" width="0" height="0">{inside}</svg>'

    def _add(self, picture: str | bytes, name: str) -> tuple[str, float, float]:
        if isinstance(picture, bytes):
            size = (
                float(int.from_bytes(picture[16:20])),
                float(int.from_bytes(picture[20:24])),
            )
            data = base64.b64encode(picture).decode("ascii")
            inside = (
                f'<image width="{size[0]:g}" height="{size[1]:g}"'
                f' href="data:image/png;base64,{data}"/>'
            )
        else:
            size = svg_size(picture) or (640.0, 360.0)
            inside = inline_svg(picture, name)
        self._symbols.append(
            f'<symbol id="{name}" viewBox="0 0 {size[0]:g} {size[1]:g}">{inside}</symbol>'
        )
        return name, *size


@cache
def _template() -> Any:
    folder = files("hlanalysis.publish").joinpath("templates", "hlanalysis")
    environment = Environment(
        loader=FileSystemLoader(str(folder)), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("site.html.j2")
