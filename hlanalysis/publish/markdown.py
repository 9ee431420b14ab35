"""Markdown cells as clean HTML: formulas as MathML, pictures inside the file, nothing that runs."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from hlanalysis.publish.inert import Vault, clean_html
from hlanalysis.publish.mathml import mathml


def markdown_html(
    source: str,
    vault: Vault,
    *,
    attachments: Mapping[str, Mapping[str, str]] | None = None,
    folder: Path | None = None,
) -> str:
    """Return a markdown text as a clean HTML fragment.

    Parameters
    ----------
    source : str
        Markdown with LaTeX between dollar signs, as in a notebook cell.
    vault : Vault
        Takes the formulas; its tokens stand in the result.
    attachments : mapping, optional
        Pictures pasted into the cell: name to {mime type: base64}.
    folder : Path, optional
        Where relative picture addresses start. Only pictures below it are taken.

    Returns
    -------
    str
        Cleaned HTML; a remote picture keeps its address, for the scan of the page to refuse.
    """
    renderer = _Renderer(vault, attachments or {}, folder)
    return clean_html(str(MarkdownWithMath(renderer=renderer).render(source)))


class _Renderer(IPythonRenderer):
    def __init__(
        self, vault: Vault, attachments: Mapping[str, Mapping[str, str]], folder: Path | None
    ) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self._vault = vault
        self._pasted = attachments
        self._folder = folder

    def block_math(self, body: str) -> str:
        return self._vault.put(mathml(body, display=True))

    def inline_math(self, body: str) -> str:
        return self._vault.put(mathml(body))

    def latex_environment(self, name: str, body: str) -> str:
        source = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self._vault.put(mathml(source, display=True))

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        source = self._picture(url)
        extra = f' title="{escape(title)}"' if title else ""
        return f'<img src="{escape(source)}" alt="{escape(Vault.forget(text))}"{extra}>'

    def _picture(self, url: str) -> str:
        if url.startswith("attachment:"):
            pasted: Mapping[str, Any] = self._pasted.get(unquote(url[11:]), {})
            for mime in ("image/svg+xml", "image/png", "image/jpeg", "image/gif"):
                if mime in pasted:
                    return f"data:{mime};base64,{''.join(pasted[mime].split())}"
            return url
        return self._file(url) or url

    def _file(self, url: str) -> str | None:
        if self._folder is None or ":" in url or url.startswith(("/", "\\")):
            return None
        path = (self._folder / unquote(url.partition("?")[0])).resolve()
        kind = mimetypes.guess_type(path.name)[0] or ""
        # A picture from outside the notebook's folder may be something nobody meant to publish.
        if not kind.startswith("image/") or not path.is_relative_to(self._folder.resolve()):
            return None
        if not path.is_file():
            return None
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
