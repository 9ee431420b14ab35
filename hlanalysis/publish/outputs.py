"""One output of a cell as HTML: the richest form that works in a file without a kernel."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from hlanalysis.publish.inert import Vault, clean_html
from hlanalysis.publish.markdown import markdown_html
from hlanalysis.publish.mathml import mathml, safe_mathml
from hlanalysis.publish.svg import inline_svg, svg_size

VEGA = "application/vnd.vega.v5+json"
_CHART_SPECS = (
    VEGA,
    "application/vnd.vega.v6+json",
    "application/vnd.vegalite.v4+json",
    "application/vnd.vegalite.v5+json",
    "application/vnd.vegalite.v6+json",
)
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
# "<Axes: title=...>", "[<matplotlib.lines.Line2D at 0x...>]", "Text(0.5, 1.0, '...')": what a
# plotting call returns, of no use to a reader.
_NOISE = re.compile(r"[\[(]?\s*(?:<[^\n]*>|Text\(.*\))[\s,\]\)]*\Z", re.DOTALL)
_DOWNLOADS = {
    "text/csv": "CSV",
    "text/plain": "TXT",
    "application/json": "JSON",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "image/png": "PNG",
    "image/svg+xml": "SVG",
}
_FORMULA = re.compile(r"<math\b.*?</math\s*>", re.DOTALL | re.IGNORECASE)
_MATH = re.compile(r"\A\s*(\$\$?|\\\[|\\\()(.*?)(\$\$?|\\\]|\\\))\s*\Z", re.DOTALL)


@dataclass
class PageState:
    """What the pieces of one page share while they are made."""

    lang: str
    words: Mapping[str, str]
    folder: Path | None = None
    vault: Vault = field(default_factory=Vault)
    drawings: int = 0
    needs_vega: bool = False


def output_html(output: Mapping[str, Any], page: PageState) -> tuple[str, str]:
    """Return an output as (part of the page, part of the folded calculation).

    Parameters
    ----------
    output : mapping
        An output of a code cell in notebook format 4.
    page : PageState
        Changed: takes drawings and formulas.

    Returns
    -------
    tuple of str
        Warnings and tracebacks go to the folded part; either may be empty.
    """
    kind = output["output_type"]
    if kind == "stream":
        text = _pre(output["text"], "hl-text")
        return (text, "") if output["name"] == "stdout" else ("", text)
    if kind == "error":
        message = f"{output['ename']}: {output['evalue']}"
        return _pre(message, "hl-error"), _pre("\n".join(output["traceback"]), "hl-text")
    return _richest(output, page), ""


def _richest(output: Mapping[str, Any], page: PageState) -> str:
    data = output["data"]
    for mime in _CHART_SPECS:
        if isinstance(data.get(mime), dict):
            return _live_chart(data[mime], mime, output, page)
    for mime, render in _RENDERERS.items():
        if mime in data:
            html = render(data[mime], mime, output, page)
            if html:
                return html
    if _needs_a_kernel_or_script(data):
        return f'<p class="note">{escape(page.words["no_still"])}</p>'
    text = str(data.get("text/plain", "")).strip()
    return "" if not text or _NOISE.match(text) else _pre(text, "hl-text")


def _needs_a_kernel_or_script(data: Mapping[str, Any]) -> bool:
    """Tell a lost widget or script chart from a plain value; a bare script draws nothing."""
    live = [mime for mime in data if mime.startswith("application/vnd.")]
    return bool(live) or "<script" in str(data.get("text/html", "")).lower()


def _html(value: str, mime: str, output: Mapping[str, Any], page: PageState) -> str:
    cleaned = clean_html(_FORMULA.sub(lambda found: _kept(found[0], page), value))
    visible = re.sub(r"<(?!img\b|hr\b|meter\b)[^>]*>", "", cleaned).strip()
    if not visible:
        return ""
    return _with_extras(cleaned, mime, output, page)


def _kept(formula: str, page: PageState) -> str:
    """Put a formula aside, for the cleaning knows no MathML; a doubtful one stays and goes."""
    safe = safe_mathml(formula)
    return page.vault.put(safe) if safe else formula


def _markdown(value: str, mime: str, output: Mapping[str, Any], page: PageState) -> str:
    cleaned = markdown_html(value, page.vault, folder=page.folder)
    return _with_extras(cleaned, mime, output, page)


def _with_extras(html: str, mime: str, output: Mapping[str, Any], page: PageState) -> str:
    """Add the caption to a first table that has none, and the downloads below."""
    caption = describe(output, mime, "caption")
    if isinstance(caption, str) and caption and "<caption" not in html:
        html = re.sub(
            r"<table\b[^>]*>",
            lambda tag: f"{tag[0]}<caption>{escape(caption)}</caption>",
            html,
            count=1,
        )
    tools = _tools(output, mime, page)
    return f"<div>{html}</div>" + (page.vault.put(tools) if tools else "")


def _svg(value: str, mime: str, output: Mapping[str, Any], page: PageState) -> str:
    page.drawings += 1
    try:
        drawing = inline_svg(value, f"hl-d{page.drawings}")
    except ValueError:
        if "<svg" not in value:
            return ""
        # As a picture, a drawing can neither run, nor load, nor restyle the page.
        encoded = base64.b64encode(value.encode("utf-8")).decode("ascii")
        drawing = f'<img src="data:image/svg+xml;base64,{encoded}" alt="">'
    return _figure(drawing, svg_size(value), mime, output, page)


def _picture(value: str, mime: str, output: Mapping[str, Any], page: PageState) -> str:
    page.drawings += 1
    encoded = "".join(value.split())
    size = describe(output, mime, "width"), describe(output, mime, "height")
    pixels = (float(size[0]), float(size[1])) if all(_is_length(item) for item in size) else None
    if pixels is None and mime == "image/png":
        pixels = _png_size(encoded)
    image = f'<img src="data:{mime};base64,{escape(encoded)}" alt="">'
    return _figure(image, pixels, mime, output, page)


def _latex(value: str, mime: str, output: Mapping[str, Any], page: PageState) -> str:
    found = _MATH.match(value)
    body, display = (found[2], found[1] in ("$$", "\\[")) if found else (value, True)
    # SymPy asks for display style inside single dollar signs.
    display = display or "\\displaystyle" in body
    formula = mathml(body.replace("\\displaystyle", ""), display=display)
    return f"<p>{page.vault.put(formula)}</p>"


_RENDERERS: dict[str, Any] = {
    "text/html": _html,
    "text/markdown": _markdown,
    "image/svg+xml": _svg,
    "text/latex": _latex,
    **dict.fromkeys(_PICTURES, _picture),
}


def describe(output: Mapping[str, Any], mime: str, key: str) -> Any:
    """Return what the output's metadata says, under its mime type or at the top."""
    metadata = output.get("metadata", {})
    own = metadata.get(mime, {})
    return own[key] if isinstance(own, Mapping) and key in own else metadata.get(key)


def _figure(
    drawing: str,
    size: tuple[float, float] | None,
    mime: str,
    output: Mapping[str, Any],
    page: PageState,
) -> str:
    caption = str(describe(output, mime, "caption") or "")
    alt = str(describe(output, mime, "alt") or caption or f"{page.words['chart']} {page.drawings}")
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    width = f' style="--natural:{size[0]:.0f}px"' if size else ""
    # The picture carries the role, not the figure: a figure that is one image would hide its
    # caption and its download links from a screen reader.
    return page.vault.put(
        f'<figure class="hl-figure"{width}>'
        f'<div class="hl-chart" role="img" aria-label="{escape(alt)}">{drawing}</div>'
        f"{below}{_tools(output, mime, page, picture=True)}</figure>"
    )


def _tools(output: Mapping[str, Any], mime: str, page: PageState, *, picture: bool = False) -> str:
    links = [_download(item) for item in describe(output, mime, "downloads") or ()]
    label = f'<span class="hl-label">{escape(page.words["data"])}:</span> ' if links else ""
    buttons = ""
    if picture:
        buttons = "".join(
            f'<button type="button" class="hl-js" data-do="{name}">{escape(page.words[word])}'
            "</button>"
            for name, word in (
                ("enlarge", "enlarge"), ("save", "picture"), ("copy", "copy_picture")
            )
        )  # fmt: skip
    inside = f"{label}{' '.join(links)}{buttons}"
    return f'<div class="hl-tools">{inside}</div>' if inside else ""


def _download(item: Mapping[str, Any]) -> str:
    name = re.sub(r"[^\w.\- ]", "_", Path(str(item.get("name", ""))).name).strip(". ") or "data"
    mime = str(item.get("mime", ""))
    if mime not in _DOWNLOADS:
        raise ValueError(f"download {name}: type '{mime}' is none of {', '.join(_DOWNLOADS)}")
    if "base64" in item:
        try:
            content = base64.b64decode("".join(str(item["base64"]).split()), validate=True)
        except binascii.Error as error:
            raise ValueError(f"download {name}: not base64 ({error})") from error
    else:
        content = str(item.get("text", "")).encode("utf-8")
    address = f"data:{mime};base64,{base64.b64encode(content).decode('ascii')}"
    return f'<a class="hl-download" download="{escape(name)}" href="{address}">' + (
        f"{_DOWNLOADS[mime]}</a>"
    )


def _live_chart(spec: dict[str, Any], mime: str, output: Mapping[str, Any], page: PageState) -> str:
    page.drawings += 1
    page.needs_vega = True
    still = str(output["data"].get("image/svg+xml") or _still(spec, mime))
    drawing = inline_svg(still, f"hl-d{page.drawings}") if still else ""
    explorer = _explorer() if mime == VEGA and _is_explorer(spec) else None
    if explorer is not None:
        return page.vault.put(explorer(spec, drawing, page.lang))
    alt = str(describe(output, mime, "alt") or spec.get("description") or page.words["chart"])
    # The bundle's own version reads the older ones; the schema line would only raise a warning.
    mode = "vega-lite" if "vegalite" in mime else "vega"
    bare = {key: value for key, value in spec.items() if key != "$schema"}
    packed = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    packed = packed.replace("<", "\\u003c")
    caption = str(describe(output, mime, "caption") or "")
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return page.vault.put(
        f'<figure class="hl-figure hl-live"><div class="hl-chart" role="group"'
        f' aria-label="{escape(alt)}">{drawing}</div>'
        f'<script type="application/json" data-mode="{mode}">{packed}</script>{below}'
        f"{_tools(output, mime, page, picture=True)}</figure>"
    )


def _is_explorer(spec: Mapping[str, Any]) -> bool:
    about = spec.get("usermeta", {})
    own = about.get("hlanalysis", {}) if isinstance(about, Mapping) else {}
    return isinstance(own, Mapping) and own.get("kind") == "explorer"


@cache
def _explorer() -> Callable[[dict[str, Any], str, str], str] | None:
    try:
        module = import_module("hlanalysis.publish.explorer")
    except ModuleNotFoundError:
        return None
    return cast("Callable[[dict[str, Any], str, str], str]", module.explorer_html)


def _still(spec: dict[str, Any], mime: str) -> str:
    import vl_convert

    draw = vl_convert.vegalite_to_svg if "vegalite" in mime else vl_convert.vega_to_svg
    try:
        return str(draw(spec))
    except ValueError:
        return ""


def _pre(text: str, kind: str) -> str:
    text = text.strip("\n")
    return f'<pre class="{kind}">{escape(text)}</pre>' if text.strip() else ""


def _is_length(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _png_size(encoded: str) -> tuple[float, float] | None:
    try:
        head = base64.b64decode(encoded[:48])
    except binascii.Error:
        return None
    if not head.startswith(b"\x89PNG") or len(head) < 24:
        return None
    return float(int.from_bytes(head[16:20])), float(int.from_bytes(head[20:24]))
