"""Arrows run one way: who may import whom."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "hlanalysis"

BASE = {
    "bulk",
    "errors",
    "files",
    "numbers",
    "reported",
    "periods",
    "catalog",
    "texts",
    "vocabulary",
    "",
}
TABLE = BASE | {"observations", "observation_schema", "wording"}
MAY_IMPORT = {
    "bulk": set(),
    "errors": set(),
    "files": {"errors"},
    "numbers": set(),
    "reported": {"numbers"},
    "periods": {"numbers"},
    "vocabulary": set(),
    "catalog": {"errors", "numbers"},
    "texts": {"errors", "numbers"},
    "grids": BASE,
    "sources": BASE | {"grids"},
    "reading": BASE | {"grids"},
    "observations": BASE | {"observation_schema"},
    "observation_schema": BASE | {"observations"},
    "wording": BASE | {"observations"},
    "gathering": TABLE | {"grids", "sources", "reading"},
    "metrics": TABLE,
    "checks": TABLE | {"metrics"},
    "charts": BASE,
    "scenarios": TABLE | {"metrics", "charts"},
    "publish": TABLE | {"charts", "scenarios", "metrics"},
    "telling": TABLE | {"gathering", "checks", "charts", "scenarios", "publish", "project"},
    "themes": TABLE | {"metrics", "checks", "charts", "scenarios", "telling", "project"},
    "building": TABLE
    | {"gathering", "checks", "charts", "themes", "telling", "publish", "project"},
}

# Where scenarios meet a project: opens it when asked for by name, so it stands before the arrows.
DOORS = {"scenarios/workplace.py", "scenarios/observed.py"}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "hlanalysis":
                names = [f"hlanalysis.{alias.name}" for alias in node.names]
        found |= {name for name in names if name.split(".")[0] == "hlanalysis"}
    return {[*name.split("."), ""][1] for name in found}


def part_of(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_lies_before_it(part):
    files = [path for path in PACKAGE.rglob("*.py") if part_of(path) == part]
    assert files, f"no module {part}"
    for path in files:
        if path.relative_to(PACKAGE).as_posix() in DOORS:
            continue
        wrong = imports_of(path) - MAY_IMPORT[part] - {part}
        # `hlanalysis` itself lends its version to everyone.
        wrong -= {"__version__"}
        assert not wrong, f"{path.relative_to(PACKAGE)} imports {sorted(wrong)}"


def test_reading_opens_no_file():
    for path in (PACKAGE / "reading").rglob("*.py"):
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "open" not in calls, path.name


def test_metrics_never_print():
    for path in (PACKAGE / "metrics").rglob("*.py"):
        names = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "print" not in names, path.name


def test_only_sources_know_what_lies_under_data_raw():
    """Others are handed the folder; the doors that name it are the project's and the build's."""
    doors = {"project.py", "build.py", "processed.py", "starter.py"}
    for path in PACKAGE.rglob("*.py"):
        if path.name in doors or path.parent.name in ("sources", "commands"):
            continue
        code = ast.parse(path.read_text("utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(code)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        strings = [
            node.value
            for node in ast.walk(code)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        for text in strings:
            assert "data/raw" not in text or text in docs or " " in text, f"{path.name}: {text!r}"
