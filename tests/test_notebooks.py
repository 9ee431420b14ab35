"""Notebooks as stored: no outputs, no logic, no typed figures, both languages."""

import ast
import json
import re

import pytest
from town import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
YEARS_AND_ORDINALS = re.compile(r"\b(?:[Hh]ai|two|20\d\d|\d{1,2}\s*tháng)\b")


def cells(path):
    return json.loads(path.read_text("utf-8"))["cells"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path):
    for cell in cells(path):
        assert not cell.get("outputs") and not cell.get("execution_count")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_nothing(path):
    for cell in cells(path):
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.If)
            assert not [node for node in ast.walk(tree) if isinstance(node, banned)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_figure_is_typed_into_prose(path):
    """Numbers in markdown are only those of the calendar ("6 tháng đầu năm")."""
    for cell in cells(path):
        if cell["cell_type"] == "markdown":
            text = YEARS_AND_ORDINALS.sub("", "".join(cell["source"]))
            assert not re.search(r"\d", text), text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_paragraph_is_there_in_both_languages(path):
    tags = [
        tag
        for cell in cells(path)
        if cell["cell_type"] == "markdown"
        for tag in cell["metadata"].get("tags", ())
    ]
    assert tags.count("vi") == tags.count("en") > 0
    about = json.loads(path.read_text("utf-8"))["metadata"]["hlanalysis"]
    assert set(about["title"]) == set(about["question"]) == {"vi", "en"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_one_cell_holds_the_parameters(path):
    tagged = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", ())]
    assert len(tagged) == 1
    assert 'lang = "vi"' in "".join(tagged[0]["source"])
