"""pyproject.toml, constraints.txt, environment.yml, README and CI say the same."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
NAMED_BY_THE_USER = {"pandas", "matplotlib", "seaborn", "jupyterlab", "openpyxl"}
CONDA_NAMES = {"matplotlib-base": "matplotlib", "seaborn-base": "seaborn"}


@pytest.fixture(scope="module")
def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def pins():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    found = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, _, version = line.partition("==")
            found[canonicalize_name(name)] = version.split(";")[0].strip()
    return found


def requirements(pyproject):
    extras = pyproject["project"]["optional-dependencies"].values()
    for text in [*pyproject["project"]["dependencies"], *(one for part in extras for one in part)]:
        yield Requirement(text)


def test_every_dependency_is_pinned_inside_its_range(pyproject, pins):
    for one in requirements(pyproject):
        assert canonicalize_name(one.name) in pins, one.name
        assert one.specifier.contains(pins[canonicalize_name(one.name)]), one.name


def test_the_pins_hold_the_whole_tree(pins):
    """Every requirement of every installed pinned package is pinned too."""
    from importlib import metadata

    for name in pins:
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        for text in needs:
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                assert canonicalize_name(need.name) in pins, f"{name} needs {need.name}"


def test_no_file_names_a_registry(pins):
    for name in ("constraints.txt", "environment.yml", "pyproject.toml", "README.md"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"--(extra-)?index-url|simple/|pypi\.org|pythonhosted|npmjs", text), (
            name
        )


def test_conda_and_pip_ask_for_the_same(pyproject):
    text = (ROOT / "environment.yml").read_text("utf-8")
    asked = dict(re.findall(r"^  - ([a-z-]+)>=([\d.]+)$", text, re.M))
    asked = {CONDA_NAMES.get(name, name): version for name, version in asked.items()}
    python = asked.pop("python")
    assert pyproject["project"]["requires-python"] == f">={python}"
    assert set(asked) == NAMED_BY_THE_USER
    ranges = {one.name: str(one.specifier) for one in requirements(pyproject)}
    assert {name: f">={version}" for name, version in asked.items()} == {
        name: ranges[name] for name in asked
    }
    assert "--constraint constraints.txt" in text and "--editable ." in text


def test_every_dependency_has_its_reason(pyproject):
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for one in requirements(pyproject):
        assert f"`{one.name}`" in text, one.name


def test_readme_holds_the_two_commands_that_ci_runs():
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = dict(re.findall(r"<!-- command: (\w+) -->\n```\w*\n(.+)\n```", readme))
    assert set(commands) == {"main", "test", "main_windows", "test_windows"}
    for name, line in commands.items():
        assert "-m venv" in line and "-c constraints.txt" in line and "-e" in line, name
    assert commands["main"].endswith("hlanalysis build")
    assert "pytest" in commands["test"]
    assert "readme_command main" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_package_carries_what_a_new_project_begins_with(pyproject):
    carried = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {one: f"hlanalysis/{one}" for one in ("notebooks", "docs/equations.md")}
    assert all((ROOT / one).exists() for one in carried)


def test_raw_data_is_kept_byte_for_byte():
    assert re.search(r"^data/raw/\*\* .*-text", (ROOT / ".gitattributes").read_text(), re.M)
