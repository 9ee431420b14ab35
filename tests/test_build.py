"""The whole way from raw data to pages, on the real report, with one notebook to keep it quick."""

import hashlib
import shutil
from pathlib import Path

import pytest
from town import ROOT

from hlanalysis import cli
from hlanalysis.build import build
from hlanalysis.errors import InputError

NOTEBOOK = "03_growth.ipynb"


def make_project(folder: Path, *notebooks: str) -> Path:
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    (folder / "notebooks").mkdir()
    for name in notebooks or (NOTEBOOK,):
        shutil.copy(ROOT / "notebooks" / name, folder / "notebooks" / name)
    return folder


def sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = make_project(tmp_path_factory.mktemp("town"))
    return root, build(root, langs=("vi",))


def test_a_build_makes_pages_charts_and_executed_notebooks(built):
    root, result = built
    made = set(sums(root / "outputs"))
    assert {"site/index.html", "site/03_growth.vi.html", "notebooks/vi/03_growth.ipynb"} <= made
    assert {"charts/vi/revenue_against_plan.svg", "charts/vi/revenue_against_plan.png"} <= made
    assert result.findings["review"] > 0
    page = (root / "outputs" / "site" / "03_growth.vi.html").read_text("utf-8")
    assert "7,15%" in page and 'lang="vi"' in page


def test_an_unchanged_build_makes_nothing(built):
    root, _ = built
    before = sums(root / "outputs")
    again = build(root, langs=("vi",))
    assert again.made == [] and len(again.kept) == 3
    assert sums(root / "outputs") == before


def test_two_projects_with_the_same_data_give_the_same_bytes(built, tmp_path):
    root, _ = built
    other = make_project(tmp_path / "elsewhere")
    build(other, langs=("vi",), jobs=1)
    assert sums(other / "outputs") == sums(root / "outputs")
    assert sums(other / "data" / "processed") == sums(root / "data" / "processed")


def spoil_report(raw, how):
    report = raw / "bao_cao_kiem_diem_ubnd_2024.txt"
    if how == "missing":
        report.unlink()
    elif how == "empty":
        report.write_bytes(b"")
    elif how == "binary":
        report.write_bytes(bytes(range(256)) * 40)
    elif how == "changed":
        report.write_text(report.read_text("utf-8").replace("222,044", "222,440"), "utf-8")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("missing", "file that is not there"),
        ("empty", "sha256"),
        ("binary", "sha256"),
        ("changed", "sha256"),
    ],
)
def test_a_spoilt_raw_file_is_one_message_and_leaves_outputs_alone(built, capsys, how, words):
    root, _ = built
    raw, kept = root / "data" / "raw", root / "data" / "raw.kept"
    before = sums(root / "outputs") | sums(root / "data" / "processed")
    shutil.copytree(raw, kept)
    try:
        spoil_report(raw, how)
        assert cli.main(["build", "--lang", "vi", "--project", str(root)]) == 2
    finally:
        shutil.rmtree(raw)
        kept.rename(raw)
    message = capsys.readouterr().err
    assert words in message and "bao_cao_kiem_diem_ubnd_2024" in message
    assert "Traceback" not in message
    assert sums(root / "outputs") | sums(root / "data" / "processed") == before


def test_a_notebook_that_fails_is_named_and_earlier_pages_stay(built):
    root, _ = built
    path = root / "notebooks" / NOTEBOOK
    good, before = path.read_text("utf-8"), sums(root / "outputs")
    path.write_text(good.replace('town.say(\\"growth_answer\\")', "town.nothing"), "utf-8")
    try:
        with pytest.raises(InputError, match=r"03_growth.*nothing"):
            build(root, langs=("vi",))
    finally:
        path.write_text(good, "utf-8")
    assert sums(root / "outputs") == before


def test_a_project_without_notebooks_or_with_an_unknown_one_says_so(tmp_path):
    root = make_project(tmp_path / "town")
    with pytest.raises(InputError, match="03_growth"):
        build(root, langs=("vi",), only="99_nothing")
    (root / "notebooks" / NOTEBOOK).unlink()
    with pytest.raises(InputError, match="no notebooks"):
        build(root, langs=("vi",))
