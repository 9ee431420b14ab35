"""Make what others wrote harmless: text that reorders itself, markup that runs, ids that collide.

Whatever comes from a source, a cell or an output passes through here before it reaches a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# Tokens stand for finished pieces (formulas, charts) while the HTML around them is cleaned.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")

# Shown as [U+....]: control characters, and the signs that turn the reading order around.
_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000\ue001]")
# Without width and without use in Vietnamese; word processors leave them behind in good faith.
_DROPPED = re.compile("[\u061c\u200e\u200f\ufeff\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")

_TAGS = frozenset(
    "a abbr article aside b bdi blockquote br caption cite code col colgroup data dd del details"
    " dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark"
    " ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead"
    " time tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "role", "style", "hidden"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers", "abbr"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "details": {"open"},
    "data": {"value"},
    "time": {"datetime"},
    "col": {"span"},
    "colgroup": {"span"},
}
_STYLES = frozenset(
    "background-color border-bottom border-left border-right border-top color font-style"
    " font-variant-numeric font-weight text-align text-decoration vertical-align"
    " white-space width".split()
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
# Furniture of the page itself; a fragment may neither be it nor look like it.
_RESERVED = "hl-"


def visible(text: str) -> str:
    r"""Return text in which no character acts on its neighbours unseen.

    Examples
    --------
    >>> visible("thu 222\u202e,440")
    'thu 222[U+202E],440'
    """
    text = _LONE_SURROGATE.sub("\ufffd", text)
    text = _SHOWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return _DROPPED.sub("", text)


def without_ansi(text: str) -> str:
    """Return terminal text without its colour and cursor codes."""
    return _ANSI.sub("", text)


def clean_html(html: str) -> str:
    """Return markup with everything gone that could run, load, navigate or pose as the page.

    Scripts, styles, forms, frames, embedded objects, event handlers and unknown protocols are
    dropped; text, tables, links, pictures that are in the file, and classes stay. Tokens of a
    `Vault` pass through.

    Parameters
    ----------
    html : str
        A fragment in any state.

    Returns
    -------
    str
        A well-formed fragment.
    """
    import nh3

    cleaned = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_keep_attribute,
        generic_attribute_prefixes={"aria-", "data-"},
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=set(_STYLES),
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    # Character references were still ASCII when the text came in; now they are themselves.
    return _visible_around_tokens(cleaned)


def _visible_around_tokens(html: str) -> str:
    pieces = re.split(f"({_OPEN}[0-9]+{_CLOSE})", html)
    return "".join(piece if _TOKEN.fullmatch(piece) else visible(piece) for piece in pieces)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if not word.startswith(_RESERVED)) or None
    if name == "id":
        return None if value.startswith(_RESERVED) else value
    if value.lstrip().lower().startswith("data:") and name in {"href", "src"}:
        return value if tag == "img" and _PICTURE.match(value.lstrip()) else None
    return value


class Vault:
    """Finished pieces of HTML, each with a token that stands for it in text.

    A piece put here is not cleaned: it has to come from this package.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, html: str) -> str:
        """Keep a finished piece and return its token."""
        self._pieces.append(html)
        return f"{_OPEN}{len(self._pieces) - 1}{_CLOSE}"

    def restore(self, html: str) -> str:
        """Put the pieces back in place of their tokens."""
        return _TOKEN.sub(lambda found: self._pieces[int(found[1])], html)

    @staticmethod
    def forget(text: str) -> str:
        """Return text without tokens, for places where markup cannot stand."""
        return _TOKEN.sub("", text)


def visible_everywhere(value: Any) -> Any:
    """Return a copy of nested lists and mappings with `visible` applied to every text in it."""
    if isinstance(value, str):
        return visible(without_ansi(value))
    if isinstance(value, Mapping):
        return {str(key): visible_everywhere(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [visible_everywhere(item) for item in value]
    return value
