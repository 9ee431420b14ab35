"""The nbconvert exporter ``hlanalysis``: a notebook as one HTML file that needs nothing else.

``jupyter nbconvert --to hlanalysis any.ipynb`` works on any notebook; ``metadata.hlanalysis``
adds title, question, neighbours and the badge (docs/pages.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Integer, Unicode, default

from hlanalysis.errors import InputError
from hlanalysis.publish.external import external_references
from hlanalysis.publish.page import Page, make_page, setting
from hlanalysis.publish.words import words

MAX_BYTES = 2_000_000
_GLOBALS = "window.vegaEmbed = vegaEmbed; window.vega = vega;"
POLICY = (
    "default-src 'none'; img-src data: blob:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
)


class OfflineHTMLExporter(TemplateExporter):
    """Export a notebook as one self-contained page: no request, no kernel, no JupyterLab CSS."""

    export_from_notebook = "HTML (offline)"
    output_mimetype = "text/html"

    lang = Unicode("", help="Language of the page, vi or en; the notebook's own if empty.").tag(
        config=True
    )
    max_bytes = Integer(MAX_BYTES, help="A larger page is refused.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "hlanalysis"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(files("hlanalysis.publish").joinpath("templates"))]

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.autoescape = True
        return environment

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page of a notebook and nbconvert's resources.

        Raises
        ------
        InputError
            If the page would load anything from outside itself, is larger than `max_bytes`,
            or a marked number has no source on the page.
        """
        nb, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        about = resources.get("metadata", {})
        name = str(about.get("name") or "notebook")
        folder = Path(about["path"] or ".") if "path" in about else None
        page = make_page(
            nb, name=name, lang=self.lang, folder=folder, with_code=not self.exclude_input
        )
        html = self.template.render(**page_context(page))
        check_page(html, name, self.max_bytes)
        return html, resources


def page_html(notebook: NotebookNode, *, name: str, folder: Path | None = None) -> str:
    """Return the page of an executed notebook; the door for `hlanalysis build`.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; language, title and badge in ``metadata.hlanalysis``.
    name : str
        Name of the notebook without its ending, for messages.
    folder : Path, optional
        Where relative pictures in markdown lie.

    Returns
    -------
    str
        One HTML file; the same notebook gives the same bytes.

    Raises
    ------
    InputError
        As `OfflineHTMLExporter.from_notebook_node`.
    """
    metadata: dict[str, Any] = {"name": name}
    if folder is not None:
        metadata["path"] = str(folder)
    return str(_exporter().from_notebook_node(notebook, {"metadata": metadata})[0])


@cache
def _exporter() -> OfflineHTMLExporter:
    return OfflineHTMLExporter()


def page_context(page: Page) -> dict[str, Any]:
    """Return the variables of the template index.html.j2."""
    settings = page.settings
    return {
        **shared_context(page.lang, settings),
        "title": page.title,
        "question": page.question,
        "body": Markup(page.body),
        "headings": [heading for heading in page.headings if heading.level <= 3],
        "vega": Markup(vega_bundle()) if page.needs_vega else "",
    }


def shared_context(lang: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what pages and the index have in common: words, style, script, badge, neighbours."""
    text = words(lang)
    spoken = (
        "close", "source_of", "computed", "inferred", "formula", "rests_on", "in_sources",
        "show_all_code", "hide_all_code", "copied",
    )  # fmt: skip
    neighbours = {key: settings.get(key) for key in ("previous", "next")}
    return {
        "lang": lang,
        "words": text,
        "policy": POLICY,
        "css": Markup(_asset("page.css")),
        "js": Markup(_asset("page.js")),
        "js_words": Markup(
            json.dumps({key: text[key] for key in spoken}, ensure_ascii=False).replace(
                "<", "\\u003c"
            )
        ),
        "home": settings.get("home", ""),
        "site_title": setting(settings, "site_title", lang),
        "languages": {
            key: href for key, href in (settings.get("languages") or {}).items() if key != lang
        },
        "neighbours": {key: value for key, value in neighbours.items() if value},
        "badge": {
            key: str(settings[key])
            for key in ("data_date", "data_hash", "version")
            if settings.get(key)
        },
    }


def check_page(html: str, name: str, max_bytes: int = MAX_BYTES) -> None:
    """Refuse a page that asks for anything outside itself or is too large to mail.

    Raises
    ------
    InputError
        Listing every outside reference, or the size found and allowed.
    """
    outside = external_references(html)
    if outside:
        more = f" and {len(outside) - 5} more" if len(outside) > 5 else ""
        raise InputError(
            name,
            f"the page would load from outside itself: {'; '.join(outside[:5])}{more}",
            "pictures and data that are in the notebook",
            "put what is missing into the notebook itself",
        )
    size = len(html.encode("utf-8"))
    if size > max_bytes:
        raise InputError(
            name,
            f"the page has {size:,} bytes",
            f"at most {max_bytes:,}",
            "draw large scatters as PNG, or put fewer charts or shorter tables on the page",
        )


@cache
def vega_bundle() -> str:
    """Return Vega as one script that can stand in a page, about 900 kB.

    The page's script and `hlanalysis.publish.explorer` find it as ``window.vegaEmbed`` and
    ``window.vega``.
    """
    import vl_convert

    bundle = vl_convert.javascript_bundle(_GLOBALS)
    # In a function of its own: the bundle declares short global names.
    return "(function(){" + bundle.replace("</script", "<\\/script") + "\n})();"


@cache
def _asset(name: str) -> str:
    path = files("hlanalysis.publish").joinpath("templates", "hlanalysis", name)
    return path.read_text(encoding="utf-8")
