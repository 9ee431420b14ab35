"""The whole way from raw data to pages, on the real report, with one notebook to keep it quick."""

import asyncio
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from town import ROOT

from hlanalysis import cli
from hlanalysis.build import build
from hlanalysis.building.pieces import Piece
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


def test_an_unchanged_build_says_so_and_imports_nothing_heavy(built):
    root, _ = built
    code = (
        "import sys; from hlanalysis import cli\n"
        "status = cli.main(['build', '--lang', 'vi', '--project', sys.argv[1]])\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'lxml', 'rich', 'nbformat', 'pandera', 'zmq'}\n"
        "print(status, heavy & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("không có gì thay đổi: 3 phần việc"), done.stdout + done.stderr
    assert done.stdout.endswith("0 set()\n") and done.stderr == ""


def test_processed_data_that_are_not_what_was_written_are_made_again(built):
    root, _ = built
    folder = root / "data" / "processed"
    before = sums(folder)
    (folder / "observations.csv").write_bytes(
        (folder / "observations.csv").read_bytes().replace(b"222.044", b"222.045")
    )
    (folder / "texts" / "stray.txt").write_text("of a report that is no more", "utf-8")
    assert build(root, langs=("vi",)).made == []
    assert sums(folder) == before


def test_a_source_whose_words_changed_is_read_again_and_makes_nothing_new(built):
    root, _ = built
    sidecar = root / "data" / "raw" / "observations.source.toml"
    good = sidecar.read_text("utf-8")
    seen = []
    try:
        sidecar.write_text("# a remark\n" + good, "utf-8")
        again = build(root, langs=("vi",), report=lambda name, state, share: seen.append(name))
    finally:
        sidecar.write_text(good, "utf-8")
        build(root, langs=("vi",))
    assert again.made == [] and set(seen) == {"data"}


def test_longest_first_one_at_a_time_and_every_piece_tells_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("hlanalysis.building.timings._path", lambda: tmp_path / "seconds.json")
    root = make_project(tmp_path / "town")
    pieces = [
        Piece(name, "", make_slowly(seconds), guess=guess)
        for name, seconds, guess in (("b", 0.02, 2), ("a", 0.3, 1), ("c", 0, 0.1))
    ]
    assert begun(root, pieces, monkeypatch) == ["b", "a", "c"]
    # What was measured goes before what was guessed.
    assert begun(root, pieces, monkeypatch) == ["a", "b", "c"]


def make_slowly(seconds):
    async def make(report):
        await asyncio.sleep(seconds)
        return {}

    return make


def begun(root, pieces, monkeypatch):
    """Build these pieces from nothing, one at a time, and return their order."""
    monkeypatch.setattr("hlanalysis.building.pieces.Site.pieces", lambda site, only: pieces)
    shutil.rmtree(root / "outputs", ignore_errors=True)
    states = {}
    build(root, jobs=1, report=lambda name, state, share: states.setdefault((name, state), share))
    assert states["a", "waiting"] == 0 and states["a", "done"] == 1
    return [name for name, state in states if state == "done" and name != "data"]


def test_what_changes_while_it_is_built_is_built_again(tmp_path, monkeypatch):
    root = make_project(tmp_path / "town")
    scenario = root / "data" / "scenarios" / "x.toml"

    async def change(report):
        scenario.parent.mkdir(exist_ok=True)
        scenario.write_text(scenario.read_text() + "#" if scenario.exists() else "", "utf-8")
        return {}

    async def keep(report):
        return {}

    monkeypatch.setattr(
        "hlanalysis.building.pieces.Site.pieces",
        lambda site, only: [Piece("a", site._key(), change, 1)],
    )
    assert build(root).overtaken
    monkeypatch.setattr(
        "hlanalysis.building.pieces.Site.pieces",
        lambda site, only: [Piece("a", site._key(), keep, 1)],
    )
    again = build(root)
    assert again.made == ["a"] and not again.overtaken
    assert build(root).made == []


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
    after = sums(root / "outputs")
    assert after.pop(".build.json") and before.pop(".build.json") and after == before


def test_a_theme_that_fails_keeps_its_page_and_all_others_are_renewed(tmp_path, capsys):
    root = make_project(tmp_path / "town", NOTEBOOK, "07_benchmark.ipynb")
    words = ["build", "--lang", "vi", "--project", str(root)]
    assert cli.main(words) == 0
    pages = {
        name: root / "outputs" / "site" / f"{name}.vi.html"
        for name in ("03_growth", "07_benchmark")
    }
    kept = pages["03_growth"].read_bytes()
    for name in pages:
        path = root / "notebooks" / f"{name}.ipynb"
        changed = path.read_text("utf-8").replace('"# ', '"# ĐỔI TÊN ')
        if name == "03_growth":
            changed = changed.replace('town.say(\\"growth_answer\\")', "town.nothing")
        path.write_text(changed, "utf-8")
    capsys.readouterr()
    assert cli.main(words) == 2
    said = capsys.readouterr()
    assert (
        "03_growth (vi): could not be made; what an earlier build made of them is kept" in said.err
    )
    assert "town.nothing" in said.err and "Traceback" not in said.err
    assert "trang: " in said.out and "07_benchmark (vi): xong" in said.err
    assert pages["03_growth"].read_bytes() == kept
    assert "ĐỔI TÊN" in pages["07_benchmark"].read_text("utf-8")
    # It is tried again, and only it.
    assert cli.main(words) == 2
    assert "đã làm 0 phần" in capsys.readouterr().out


def test_a_faulty_scenario_leaves_the_index_and_its_message_whole(tmp_path, capsys):
    root = make_project(tmp_path / "town")
    shutil.copytree(ROOT / "data" / "scenarios", root / "data" / "scenarios")
    (root / "data" / "scenarios" / "bad.toml").write_text('title = "x\n', "utf-8")
    assert cli.main(["build", "--lang", "en", "--project", str(root)]) == 2
    said = capsys.readouterr()
    assert "charts (en): could not be made" in said.err and "bad.toml, line 1" in said.err
    assert "Traceback" not in said.err
    assert (root / "outputs" / "site" / "index.en.html").exists()
    assert (root / "outputs" / "site" / "03_growth.en.html").exists()


def test_a_project_without_notebooks_or_with_an_unknown_one_says_so(tmp_path):
    root = make_project(tmp_path / "town")
    with pytest.raises(InputError, match="03_growth"):
        build(root, langs=("vi",), only="99_nothing")
    (root / "notebooks" / NOTEBOOK).unlink()
    with pytest.raises(InputError, match="no notebooks"):
        build(root, langs=("vi",))
