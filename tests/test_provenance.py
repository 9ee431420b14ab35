from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from hlanalysis.errors import InputError
from hlanalysis.files import sha256_of
from hlanalysis.sources.provenance import (
    SourceWarning,
    load_sidecar,
    load_sources,
    raw_files,
    sidecar_path,
    verify,
    write_sidecar,
)

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
VALUES = {
    "producer": "UBND huyện Sơn Bình",
    "title": "Báo cáo năm 2023",
    "address": "https://sonbinh.example/bc.docx",
    "date_published": "2023-12",
    "date_accessed": "2024-01-05",
    "right": "not stated",
    "steps": ["Download it."],
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a raw file with its sidecar."""
    path = tmp_path / "bao_cao.txt"
    path.write_bytes(b"Thu 5 ty\n")
    write_sidecar(path, VALUES)
    return path


def change(path: Path, old: str, new: str) -> None:
    sidecar = sidecar_path(path)
    content = sidecar.read_text("utf-8")
    assert old in content
    sidecar.write_text(content.replace(old, new), "utf-8")


# --- what this project holds --------------------------------------------------------------------


def test_the_raw_files_of_this_project_are_those_described():
    sources = {path.name: source for path, source in load_sources(RAW).items()}
    report = sources["bao_cao_kiem_diem_ubnd_2024.txt"]
    assert report.sha256.startswith("9426dfe1cda15181")
    assert (report.place, report.period, report.plan_level) == ("hong_linh", "2024", "")
    assert report.handed_over_by and not report.address
    assert sources["observations.csv"].sha256.startswith("b36ce798df87e39e")


def test_the_two_warnings_are_data():
    warnings = {
        one.id: one for one in load_sidecar(RAW / "bao_cao_kiem_diem_ubnd_2024.txt").warnings
    }
    plan, scope = warnings["plan_not_named"], warnings["main_sectors_only"]
    assert plan.concerns(indicator="budget_revenue", period="2024", kind="plan_excess")
    assert not plan.concerns(indicator="budget_revenue", period="2024", kind="level")
    assert scope.concerns(indicator="production_value", period="2024", kind="growth")
    assert not scope.concerns(indicator="grdp", period="2024", kind="growth")
    assert "GRDP" in scope.text_vi and "GRDP" in scope.text_en


def test_raw_data_is_kept_byte_for_byte_by_git():
    lines = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    assert "data/raw/** -text" in lines
    if shutil.which("git") and (ROOT / ".git").exists():
        asked = ["git", "check-attr", "text", "data/raw/observations.csv"]
        answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
        assert answer.stdout.strip().endswith("text: unset")


def test_a_sidecar_comes_back_as_it_was_written(raw):
    source = load_sidecar(raw)
    assert (source.id, source.file) == ("bao_cao", "bao_cao.txt")
    assert source.sha256 == sha256_of(raw)
    assert source.steps == ("Download it.",)
    assert {name: getattr(source, name) for name in VALUES if name != "steps"} == {
        name: value for name, value in VALUES.items() if name != "steps"
    }
    verify(raw, source)


def test_dates_typed_without_quotes_are_read(raw):
    change(raw, '"2024-01-05"', "2024-01-05")
    assert load_sidecar(raw).date_accessed == "2024-01-05"


def test_warnings_limit_themselves_by_what_they_name(raw):
    write_sidecar(raw, {**VALUES, "warnings": [{"id": "a", "text_vi": "x", "text_en": "y"}]})
    (one,) = load_sidecar(raw).warnings
    assert one == SourceWarning("a", "x", "y")
    assert one.concerns(indicator="anything", kind="level")


def test_writing_twice_gives_the_same_bytes(raw):
    before = sidecar_path(raw).read_bytes()
    values = tomllib.loads(before.decode("utf-8"))
    write_sidecar(raw, values)
    assert sidecar_path(raw).read_bytes() == before
    assert b"\r" not in before


# --- what is wrong is named, all at once --------------------------------------------------------


def test_a_changed_file_says_expected_and_found(raw):
    expected = sha256_of(raw)
    raw.write_bytes(b"Thu 6 ty\n")
    with pytest.raises(InputError) as caught:
        load_sources(raw.parent)
    message = str(caught.value)
    assert "has changed" in message
    assert f"sha256 {sha256_of(raw)}; expected sha256 {expected}" in message
    assert "hlanalysis add --replace" in message


def test_line_ends_changed_by_git_are_recognised(raw):
    raw.write_bytes(raw.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(InputError, match=r"only its line ends.*gitattributes"):
        verify(raw, load_sidecar(raw))


def test_a_missing_sidecar_names_the_command(raw):
    sidecar_path(raw).unlink()
    with pytest.raises(InputError, match=r"bao_cao.source.toml beside it.*hlanalysis add"):
        load_sidecar(raw)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('title = "Báo cáo năm 2023"\n', "", "`title` is missing"),
        ("producer", "produzer", r"unknown field `produzer` \(did you mean `producer`\?\)"),
        ('"2023-12"', '"2023-13"', "`date_published` is '2023-13', not a date"),
        ('"2023-12"', '"12/2023"', "`date_published` is '12/2023', not a date"),
        ('"2023-12"', "2023", "`date_published` is 2023, not a date"),
        ("bao_cao.txt", "khac.txt", "`file` is 'khac.txt', but the sidecar lies beside"),
        ("address = ", "unit = ", "`address` or `handed_over_by` is missing"),
        ("right = ", 'place = "Hong Linh"\nright = ', "`place` is 'Hong Linh', not a name"),
        ("right = ", 'period = "2024-13M"\nright = ', "`period` is '2024-13M'"),
        ("right = ", 'vintage = "new"\nright = ', "not one of preliminary, official, final"),
        ("right = ", 'plan_level = "x"\nright = ', "not one of province, council, adjusted"),
        ("right = ", "unit = 5\nright = ", "`unit` is 5, not a text"),
        ('"Download it.",', "5,", r"`steps` is \[5\], not a list of texts"),
        ('sha256 = "', 'sha256 = "x', "not 64 hexadecimal digits"),
        ("right = ", "right = = ", "is no TOML"),
        ("right = ", 'warnings = "x"\nright = ', "`warnings` is not a list"),
    ],
)
def test_wrong_fields_are_named(raw, old, new, expected):
    change(raw, old, new)
    with pytest.raises(InputError, match=expected):
        load_sidecar(raw)


def test_several_wrong_fields_are_named_together(raw):
    change(raw, "title", "titel")
    change(raw, '"2023-12"', '"soon"')
    with pytest.raises(InputError) as caught:
        load_sidecar(raw)
    for part in ("`title` is missing", "unknown field `titel`", "'soon', not a date"):
        assert part in str(caught.value)


def test_wrong_warnings_are_named(raw):
    wrong = [{"id": "a", "text_vi": "x"}, {"id": "a", "text_vi": "x", "text_en": "y", "kynd": "z"}]
    with pytest.raises(InputError) as caught:
        write_sidecar(raw, {**VALUES, "warnings": wrong})
    for part in ("`text_en` is missing", "unknown field `kynd`", "warning a: given twice"):
        assert part in str(caught.value)


def test_nothing_is_written_when_a_field_is_wrong(raw):
    before = sidecar_path(raw).read_bytes()
    with pytest.raises(InputError, match="`producer` is missing"):
        write_sidecar(raw, {**VALUES, "producer": ""})
    assert sidecar_path(raw).read_bytes() == before


def test_all_offenders_in_a_folder_are_named_at_once(raw):
    folder = raw.parent
    (folder / "hai.xlsx").write_bytes(b"PK")
    (folder / "Bao_cao.csv").write_bytes(b"a")
    (folder / "mat.source.toml").write_bytes(b"")
    raw.write_bytes(b"changed")
    with pytest.raises(InputError) as caught:
        load_sources(folder)
    message = str(caught.value)
    assert "5 problems" in message
    for part in (
        "share one stem",
        "mat.source.toml: describes a file that is not there",
        "hai.xlsx: has no sidecar",
        "Bao_cao.csv: has no sidecar",
        "has changed",
    ):
        assert part in message


def test_what_offices_leave_lying_about_is_no_data(raw):
    folder = raw.parent
    for name in ("~$bao_cao.docx", ".DS_Store", "Thumbs.db", "desktop.ini", "README.md"):
        (folder / name).write_bytes(b"x")
    (folder / "corrections.csv").write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_bytes(b"x")
    assert raw_files(folder) == (raw,)
    assert list(load_sources(folder)) == [raw]


def test_files_in_folders_below_are_found_in_order_of_name(raw):
    below = raw.parent / "2023"
    below.mkdir()
    other = below / "phu_luc.txt"
    other.write_bytes(b"5")
    write_sidecar(other, VALUES)
    assert [path.name for path in load_sources(raw.parent)] == ["phu_luc.txt", "bao_cao.txt"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        load_sources(tmp_path / "raw")
