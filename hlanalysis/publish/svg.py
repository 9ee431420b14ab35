"""Put SVG drawings inside a page: no script, no outside reference, no clashing ids, no clock."""

from __future__ import annotations

import re
from typing import Any

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_DROPPED = frozenset(
    "script foreignObject metadata a animate animateMotion animateTransform set handler iframe"
    " audio video image_set".split()
)
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_PICTURE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_FOR_ALL = re.compile(r"\s*(?:\*\s*\{([^{}]*)\}\s*)?\Z")
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(pt|px|in|mm|cm)?\s*\Z")
_PIXELS = {"pt": 4 / 3, "px": 1.0, "in": 96.0, "mm": 96 / 25.4, "cm": 96 / 2.54, None: 1.0}


def inline_svg(source: str, prefix: str) -> str:
    """Return an SVG drawing as an element to stand inside an HTML page.

    Parameters
    ----------
    source : str
        A whole SVG file.
    prefix : str
        Put before every id, renumbered in document order, so that two drawings on a page do
        not share ids and random ids leave no trace.

    Returns
    -------
    str
        ``<svg ...>`` with its view box, hidden from screen readers: the text alternative
        belongs to the element around it.

    Raises
    ------
    ValueError
        If the text is not an SVG drawing, or brings style rules that would reach the page.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True,
        huge_tree=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not an SVG drawing ({error})") from error
    if root.tag != f"{_SVG}svg":
        raise ValueError(f"not an SVG drawing (root element {root.tag})")
    _drop_active(root)
    _fold_style(root)
    _renumber(root, prefix)
    _size(root)
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(_SVG)
        # White space between drawn elements says nothing; inside text it does.
        if element.tag not in {"text", "tspan", "style", "title", "desc", "textPath"}:
            element.text = (element.text or "").strip() or None
        if element.tag not in {"tspan", "textPath"}:
            element.tail = None
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def svg_size(source: str) -> tuple[float, float] | None:
    """Return width and height in CSS pixels from the first tag of an SVG file, if it says so."""
    found = re.search(r"<svg\b[^>]*>", source)
    if not found:
        return None
    sizes = []
    for name in ("width", "height"):
        value = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)", found[0])
        length = _LENGTH.match(value[1]) if value else None
        if not length:
            return None
        sizes.append(float(length[1]) * _PIXELS[length[2]])
    return sizes[0], sizes[1]


def _drop_active(root: Any) -> None:
    for element in list(root.iter()):
        name = str(element.tag)
        if not name.startswith(_SVG) or name.removeprefix(_SVG) in _DROPPED:
            if element is not root and element.getparent() is not None:
                element.getparent().remove(element)
            continue
        for key in list(element.attrib):
            value = element.attrib[key]
            local = key.rpartition("}")[2].lower()
            if local.startswith("on") or (local == "href" and not _local(value)):
                del element.attrib[key]
            elif key == _XLINK_HREF:
                # SVG 2 and every browser of the last years take the plain name.
                del element.attrib[key]
                element.set("href", value)
            elif key.startswith("{"):
                del element.attrib[key]
            elif "url(" in value and not _LOCAL_URL.search(value):
                del element.attrib[key]


def _fold_style(root: Any) -> None:
    """Turn matplotlib's one rule for everything into a style of the drawing itself.

    A <style> inside an inline drawing would apply to the whole page.
    """
    for element in list(root.iter(f"{_SVG}style")):
        rule = _FOR_ALL.match(element.text or "")
        if not rule or "url(" in (rule[1] or ""):
            raise ValueError("the drawing brings its own style rules")
        root.set("style", " ".join((rule[1] or "").split()))
        element.getparent().remove(element)


def _local(value: str) -> bool:
    return value.strip().startswith("#") or bool(_PICTURE.match(value))


def _renumber(root: Any, prefix: str) -> None:
    used = {value.strip()[1:] for value in _hrefs(root)}
    for element in root.iter():
        for value in element.attrib.values():
            used.update(_LOCAL_URL.findall(value))
        used.update(_LOCAL_URL.findall(element.text or ""))
        used.update((element.get("aria-labelledby") or "").split())
    names: dict[str, str] = {}
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in used and name not in names:
            names[name] = f"{prefix}-{len(names) + 1}"
            element.set("id", names[name])
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "href" and value.strip().startswith("#"):
                element.set(key, "#" + names.get(value.strip()[1:], "none"))
            elif "url(" in value:
                element.set(
                    key, _LOCAL_URL.sub(lambda ref: f"url(#{names.get(ref[1], 'none')})", value)
                )


def _hrefs(root: Any) -> list[str]:
    return [
        element.get("href")
        for element in root.iter()
        if (element.get("href") or "").strip().startswith("#")
    ]


def _size(root: Any) -> None:
    width = _LENGTH.match(root.get("width", ""))
    height = _LENGTH.match(root.get("height", ""))
    if width and height:
        pixels = [float(found[1]) * _PIXELS[found[2]] for found in (width, height)]
        if not root.get("viewBox"):
            root.set("viewBox", f"0 0 {pixels[0]:g} {pixels[1]:g}")
        root.set("width", f"{pixels[0]:g}")
        root.set("height", f"{pixels[1]:g}")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    for key in ("role", "aria-label", "aria-labelledby", "tabindex"):
        root.attrib.pop(key, None)
