"""A notebook page with one explorer on it."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat

from hlanalysis.numbers import Lang
from hlanalysis.publish.html import page_html
from hlanalysis.scenarios import Model
from hlanalysis.scenarios.explorer import Explorer
from hlanalysis.scenarios.scenario_file import Scenario


def explorer_page(
    model: Model, scenarios: Sequence[Scenario] = (), lang: Lang = "vi", copies: int = 1
) -> str:
    """Return the exported page of a notebook whose cells show the explorer."""
    shown = Explorer(model, scenarios, lang)
    data = shown._repr_mimebundle_()
    cells = [nbformat.v4.new_markdown_cell("# Kịch bản\n\nĐiều gì xảy ra nếu …?")]
    for _ in range(copies):
        output = nbformat.v4.new_output("display_data", data=data)
        cells.append(nbformat.v4.new_code_cell("model.explorer()", outputs=[output]))
    about = {"lang": lang, "title": "Kịch bản"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"hlanalysis": about})
    return page_html(notebook, name="05_scenarios")
