"""A page tells once that something is missing, and leaves out the sections that repeat it."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from hlanalysis.building.absences import leave_out_absences

NOTE = '<p class="note absent">Chưa có mô hình</p>'


def heading(words):
    return [
        new_markdown_cell(f"## {words} {lang}", metadata={"tags": [lang]}) for lang in ("vi", "en")
    ]


def code(*markups, tags=("hide-input",)):
    made = [new_output("execute_result", data={"text/html": one}) for one in markups]
    return new_code_cell("x", outputs=made, metadata={"tags": list(tags)})


def left(*cells):
    notebook = new_notebook(cells=list(cells))
    leave_out_absences(notebook)
    return [
        one.source if one.cell_type == "markdown" else [o.data["text/html"] for o in one.outputs]
        for one in notebook.cells
    ]


def test_the_note_stays_where_it_is_told_first():
    sources = code("<p>nguồn</p>", tags=("remove-input",))
    shown = left(new_markdown_cell("# Trang"), code(NOTE), *heading("A"), code(NOTE), code(NOTE),
                 *heading("B"), code(NOTE), sources)  # fmt: skip
    assert shown == ["# Trang", [NOTE], ["<p>nguồn</p>"]]


def test_a_section_that_shows_anything_else_stays():
    shown = left(code(NOTE), *heading("A"), code("<p>5</p>"), code(NOTE))
    assert shown == [[NOTE], "## A vi", "## A en", ["<p>5</p>"], []]


def test_pages_that_lack_nothing_and_cells_without_outputs_are_left_alone():
    cells = [
        new_markdown_cell("# Trang"),
        code(),
        *heading("A"),
        code("<p>5</p>", "<p>5</p>"),
        code(),
    ]
    assert left(*cells) == ["# Trang", [], "## A vi", "## A en", ["<p>5</p>", "<p>5</p>"], []]
