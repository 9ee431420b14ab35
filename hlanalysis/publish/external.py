"""Find every place where an HTML file would ask the network, or another file, for something.

A page goes out only if there is none. Plain links (``<a href>``) are allowed: they ask for
nothing until a reader follows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_LOADING = {
    "src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest",
    "archive", "codebase", "classid", "longdesc", "profile", "imagesrcset", "lowsrc", "dynsrc",
}  # fmt: skip
_HREF_IS_A_LINK = {"a", "area"}
_INSIDE = re.compile(r"\s*(?:data:|blob:|#|\Z)", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)]*)\s*\)", re.IGNORECASE)
_IMPORT = re.compile(r"@import\b[^;]*", re.IGNORECASE)
_IMAGE_SET = re.compile(r"image-set\([^)]*?[\"'](?!data:)([^\"']+)", re.IGNORECASE)
_RUNNING_LINK = re.compile(r"\s*(?:javascript|vbscript|file):", re.IGNORECASE)
_SOURCE_KEY = re.compile(r"\"url\"\s*:\s*\"(?!data:|#)([^\"]+)\"")
_NEVER = {"base", "iframe", "frame", "object", "embed", "applet", "portal"}


def external_references(html: str) -> list[str]:
    """List what an HTML file would load from outside itself.

    Parameters
    ----------
    html : str
        A whole page or a fragment.

    Returns
    -------
    list of str
        One line each, such as ``line 12: <img src="https://...">``; empty for a page that
        works alone.

    Examples
    --------
    >>> external_references('<p><a href="https://x.vn">x</a><img src="https://x.vn/a.png"></p>')
    ['line 1: <img src="https://x.vn/a.png">']
    """
    scan = _Scan()
    scan.feed(html)
    scan.close()
    return scan.found


class _Scan(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._style = False
        self._json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._style = tag == "style"
        self._json = tag == "script" and "json" in values.get("type", "")
        if tag in _NEVER:
            self._note(f"<{tag}>")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self._note('<meta http-equiv="refresh">')
        for name, value in values.items():
            if self._loads(tag, name, value):
                self._note(f'<{tag} {name}="{value[:200]}">')
            elif "url(" in value.lower() or "image-set(" in value.lower():
                for address in _css_addresses(value):
                    self._note(f'<{tag} {name}="url({address[:200]})">')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._style = self._json = False

    def handle_endtag(self, tag: str) -> None:
        self._style = self._json = False

    def handle_data(self, data: str) -> None:
        if self._style:
            for address in _css_addresses(data):
                self._note(f"style: {address[:200]}")
        elif self._json:
            # A chart description may name a data file to fetch; the page could never get it.
            for address in _SOURCE_KEY.findall(data):
                self._note(f'chart data: "{address[:200]}"')

    def _loads(self, tag: str, name: str, value: str) -> bool:
        name = name.rpartition(":")[2]
        if name == "href":
            if tag in _HREF_IS_A_LINK:
                return bool(_RUNNING_LINK.match(value))
            return not _INSIDE.match(value)
        if name == "srcset":
            return any(not _INSIDE.match(part) for part in re.split(r",\s+", value))
        if name == "data" and tag not in {"object"}:
            return False
        return name in _LOADING and not _INSIDE.match(value)

    def _note(self, what: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {what}")


def _css_addresses(css: str) -> Iterator[str]:
    # An escape such as \75rl( hides a name from us but not from the browser.
    plain = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda code: _character(code[1]), css)
    plain = re.sub(r"/\*.*?\*/", "", plain, flags=re.DOTALL)
    for found in _URL.finditer(plain):
        address = found[1].strip("\"' ")
        if not _INSIDE.match(address):
            yield address
    for found in _IMPORT.finditer(plain):
        if not _URL.search(found[0]):
            yield found[0].strip()
    for found in _IMAGE_SET.finditer(plain):
        yield found[1]


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"
