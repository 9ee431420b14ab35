"""The explorer on an exported page: the notebook's own Vega spec with labelled controls in front.

The page must hold Vega once, as ``window.vegaEmbed`` (`hlanalysis.publish.html.vega_bundle`),
anywhere before the end of its body; the fragment makes no request and needs no evaluation of
text as code. Without JavaScript the still picture and the baseline's table remain.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from hlanalysis.numbers import Lang, format_number

_WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "scenario": "Kịch bản", "own": "Tự chọn", "show": "Xem trên biểu đồ",
        "levers": "Các yếu tố", "more": "Yếu tố chi tiết, từng năm", "reset": "Về cơ sở",
        "link": "Chép liên kết tới kịch bản này", "copied": "Đã chép liên kết",
        "link_is": "Liên kết nằm trên thanh địa chỉ", "results": "Kết quả theo năm",
        "quantity": "Đại lượng", "base": "cơ sở", "from_to": "từ {low} đến {high}",
        "bad": "“{text}” không phải một số; viết như 77,64 hoặc 1.290",
        "outside": "{text} nằm ngoài khoảng {low} đến {high}",
        "unknown": "Liên kết có yếu tố không còn trong mô hình: {text}",
        "if_true": "Kết quả chỉ đúng nếu các giả định đúng.", "slider": "thanh trượt",
        "assumption": "Giả định", "sources": "Nguồn và giả định của các yếu tố",
        "needs_js": "Hình tĩnh của kịch bản cơ sở. Bật JavaScript để thay đổi các yếu tố.",
        "no_value": "không tính được", "gap": "so với cơ sở",
    },
    "en": {
        "scenario": "Scenario", "own": "Your own", "show": "Show on the chart",
        "levers": "Levers", "more": "Detailed levers, year by year",
        "reset": "Back to the baseline",
        "link": "Copy a link to this scenario", "copied": "Link copied",
        "link_is": "The link is in the address bar", "results": "Results by year",
        "quantity": "Quantity", "base": "baseline", "from_to": "from {low} to {high}",
        "bad": "“{text}” is no number; write it like 77.64 or 1,290",
        "outside": "{text} lies outside {low} to {high}",
        "unknown": "The link holds a lever that the model no longer has: {text}",
        "if_true": "The results hold only if the assumptions do.", "slider": "slider",
        "assumption": "Assumption", "sources": "Sources and assumptions of the levers",
        "needs_js": "A still picture of the baseline. Turn on JavaScript to change the levers.",
        "no_value": "cannot be computed", "gap": "against the baseline",
    },
}  # fmt: skip


def explorer_html(spec: Mapping[str, Any], still_svg: str, lang: str) -> str:
    """Return a page fragment for a Vega spec.

    Parameters
    ----------
    spec : mapping
        From a notebook output of type ``application/vnd.vega.v5+json``. One that
        `hlanalysis.scenarios.explorer` made gets controls, a table and a link; any other is
        drawn as a live chart by the page's own script.
    still_svg : str
        A picture of the first view, for readers without JavaScript.
    lang : str
        "vi" or "en".

    Returns
    -------
    str
        HTML without any outside reference.
    """
    about = spec.get("usermeta", {}).get("hlanalysis", {})
    bare = {key: value for key, value in spec.items() if key != "$schema"}
    alt = escape(str(spec.get("description", "")))
    if about.get("kind") != "explorer":
        return (
            f'<figure class="hl-figure hl-live"><div class="hl-chart" role="group" '
            f'aria-label="{alt}">{still_svg}</div>'
            f'<script type="application/json" data-mode="vega">{_packed(bare)}</script></figure>'
        )
    said: Lang = "en" if lang == "en" else "vi"
    words = _WORDS[said]
    results = escape(words["results"])
    return (
        f"<style>{_asset('explorer.css')}</style>"
        f'<section class="hl-explorer" lang="{said}" aria-label="{escape(about["title"])}">'
        f'<div class="hlx-controls" hidden></div>'
        f'<div class="hlx-chart" role="group" aria-label="{alt}">{still_svg}</div>'
        f"<noscript><p>{escape(words['needs_js'])}</p></noscript>"
        f'<p class="hlx-status" role="status"></p>'
        f'<div class="hlx-table" role="region" tabindex="0" aria-label="{results}">'
        f"{_table(about, said)}</div>"
        f'<p class="hlx-note">{escape(words["if_true"])}</p>{_sources(about, said)}'
        f'<script type="application/json" class="hlx-spec">{_packed(bare)}</script>'
        f'<script type="application/json" class="hlx-words">{_packed(words)}</script>'
        f"</section><script>{_asset('explorer.js')}</script>"
    )


def _packed(value: Any) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _table(about: Mapping[str, Any], lang: Lang) -> str:
    words = _WORDS[lang]
    years = "".join(f'<th scope="col">{year}</th>' for year in about["years"])
    rows = "".join(_row(one, lang) for one in about["variables"])
    return (
        f"<table><caption>{escape(words['results'])}</caption><thead><tr>"
        f'<th scope="col">{escape(words["quantity"])}</th>{years}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(variable: Mapping[str, Any], lang: Lang) -> str:
    unit = f" ({variable['unit']})" if variable["unit"] else ""
    cells = "".join(
        f"<td>{format_number(value, variable['places'], lang=lang)}</td>"
        for value in variable["base"]
    )
    return f'<tr><th scope="row">{escape(variable["label"] + unit)}</th>{cells}</tr>'


def _sources(about: Mapping[str, Any], lang: Lang) -> str:
    items = "".join(
        f"<dt>{escape(one['label'])}</dt><dd>{escape(one['source'])}</dd>"
        for one in about["levers"]
        if one["source"]
    )
    notes = "".join(f"<li>{escape(one)}</li>" for one in about.get("notes", []))
    listed = f"<ul>{notes}</ul>" if notes else ""
    summary = escape(_WORDS[lang]["sources"])
    told = f"<summary>{summary}</summary>{listed}<dl>{items}</dl>"
    return f'<details class="hlx-sources">{told}</details>'


@cache
def _asset(name: str) -> str:
    return files("hlanalysis.publish.explorer").joinpath(name).read_text(encoding="utf-8")
