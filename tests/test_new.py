"""A project of one's own: made, filled with another locality's report, and built."""

import json
import re

import pytest
from docx_maker import par, write_docx
from town import ROOT

from hlanalysis import cli
from hlanalysis.building.starter import make_project, starter_notebooks
from hlanalysis.catalog.tables import use_project
from hlanalysis.errors import InputError
from hlanalysis.sources.provenance import load_sidecar

REPORT = "\n".join(
    (
        "ỦY BAN NHÂN DÂN HUYỆN VÂN KHÊ",
        "",
        "BÁO CÁO",
        "Tình hình kinh tế - xã hội năm 2023",
        "",
        "Năm 2023, tổng thu ngân sách nhà nước trên địa bàn đạt 486,3 tỷ đồng, bằng 128,6% dự toán "
        "tỉnh giao. Tổng vốn đầu tư toàn xã hội 2.140 tỷ đồng, đạt 94,2% kế hoạch, tăng 8,1% so "
        "với năm 2022. Tạo việc làm mới cho 1.350 người, vượt 12,5% kế hoạch. Có "
        "15/18 chỉ tiêu đạt và vượt kế hoạch.",
        "",
    )
)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("HLANALYSIS_LANG", "en")


@pytest.fixture(autouse=True)
def the_town_s_catalogue_comes_back():
    yield
    use_project(ROOT)


def test_a_new_project_holds_the_notebooks_and_nothing_of_the_town(tmp_path):
    folder = tmp_path / "van_khe"
    make_project(folder, place="van_khe", names=("huyện Vân Khê", "Vân Khê"), level="district")
    assert {one.name for one in (folder / "notebooks").iterdir()} == {
        one.name for one in starter_notebooks()
    }
    assert not any((folder / "data" / "raw").iterdir())
    assert "van_khe" in (folder / "catalog" / "places.toml").read_text("utf-8")


def test_a_folder_in_use_or_a_nameless_place_is_refused(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="not empty"):
        make_project(tmp_path, place=None, names=(None, None), level="district")
    with pytest.raises(InputError, match="--name-vi"):
        make_project(tmp_path / "new", place="van_khe", names=(None, None), level="district")


def test_another_locality_s_report_is_added_built_and_found_on_a_page(tmp_path, capsys):
    folder, report = tmp_path / "van_khe", tmp_path / "bao_cao_2023.txt"
    report.write_text(REPORT, "utf-8")
    made = ["new", str(folder), "--place", "van_khe", "--name-vi", "huyện Vân Khê"]
    assert cli.main([*made, "--level", "district"]) == 0
    added = ["add", str(report), "--project", str(folder), "--yes"]
    added += [
        "--producer",
        "UBND huyện Vân Khê",
        "--title",
        "Báo cáo năm 2023",
        "--date",
        "2023-12",
    ]
    added += ["--place", "van_khe", "--period", "2023", "--handed-over-by", "văn phòng"]
    assert cli.main(added) == 0, capsys.readouterr().err
    for name in ("00_overview", "01_budget_revenue"):
        assert cli.main(["build", "--project", str(folder), "--lang", "vi", "--only", name]) == 0
    page = (folder / "outputs" / "site" / "00_overview.vi.html").read_text("utf-8")
    for figure in ("486,3", "128,6", "2.140", "94,2", "1.350", "15/18"):
        assert figure in page, figure
    assert "uyện Vân Khê" in page and "Hồng Lĩnh" not in page


def test_a_new_project_names_nothing_of_the_town_and_brings_the_guide(tmp_path):
    folder = tmp_path / "van_khe"
    make_project(folder, place=None, names=("huyện Vân Khê", None), level=None)
    for path in (folder / "notebooks").iterdir():
        cells = json.loads(path.read_text("utf-8"))["cells"]
        (tagged,) = (one for one in cells if "parameters" in one["metadata"].get("tags", ()))
        given = re.findall(r"^(\w+) = (.+)$", "".join(tagged["source"]), re.M)
        assert dict(given).pop("lang") == '"vi"'
        assert {value for name, value in given if name != "lang"} <= {"None"}
        for name in ("thi_truong_dat", "gia_dat"):
            assert name not in path.read_text("utf-8")
    guide = (folder / "docs" / "equations.md").read_text("utf-8")
    assert guide == (ROOT / "docs" / "equations.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        (["--name-vi", "huyện VĨNH KHÊ"], ("vinh_khe", "huyện Vĩnh Khê", "district")),
        (["--name-vi", "xã Vĩnh Khê"], ("vinh_khe", "xã Vĩnh Khê", "commune")),
        (["--name-vi", "thị xã X", "--place", "x_town"], ("x_town", "thị xã X", "district")),
    ],
)
def test_a_name_alone_makes_the_project_s_own_place_known(tmp_path, words, entry):
    assert cli.main(["new", str(tmp_path / "own"), *words]) == 0
    name, shown, level = entry
    assert f'place = "{name}"' in (tmp_path / "own/catalog/project.toml").read_text("utf-8")
    catalog = (tmp_path / "own/catalog/places.toml").read_text("utf-8")
    assert f'vi = "{shown}"' in catalog and f'level = "{level}"' in catalog


def test_a_name_without_its_level_is_refused(tmp_path, capsys):
    assert cli.main(["new", str(tmp_path / "own"), "--name-vi", "Vĩnh Khê"]) == 2
    assert "begins with its level" in capsys.readouterr().err


def test_files_of_a_new_project_are_on_its_own_place(tmp_path):
    """A Word letterhead in capitals, a workbook, and a note that names nothing: one place."""
    import openpyxl

    root = tmp_path / "own"
    assert cli.main(["new", str(root), "--name-vi", "huyện Vĩnh Khê", "--level", "district"]) == 0
    lines = ["UBND HUYỆN VĨNH KHÊ", "Số: 512/BC-UBND", "BÁO CÁO", "Tình hình năm 2024", "Thu 5 tỷ."]
    files = [write_docx(tmp_path / "bao_cao.docx", "".join(map(par, lines)))]
    book = openpyxl.Workbook()
    for row in (["ỦY BAN NHÂN DÂN HUYỆN VĨNH KHÊ"], ["STT", "Nội dung", "Năm 2024"], [1, "Thu", 5]):
        book.active.append(row)
    files.append(tmp_path / "bieu.xlsx")
    book.save(files[1])
    files.append(tmp_path / "ghi_chu.txt")
    files[2].write_text("Thu ngân sách năm 2024 đạt 7 tỷ đồng.", "utf-8")
    known = ["--yes", "--date", "2024", "--title", "T", "--producer", "P", "--period", "2024"]
    for path in files:
        assert cli.main(["add", str(path), "--project", str(root), *known]) == 0
        assert load_sidecar(root / "data" / "raw" / path.name).place == "vinh_khe"
    assert (root / "catalog" / "places.toml").read_text("utf-8").count("[") == 1


def test_a_new_project_speaks_vietnamese_where_the_system_does(tmp_path, monkeypatch, capsys):
    for name in ("HLANALYSIS_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert cli.main(["new", str(tmp_path / "own"), "--name-vi", "xã Sơn Bình"]) == 0
    assert "tiếp theo: hlanalysis add" in capsys.readouterr().out


def page_of(folder, lang="vi"):
    page = (folder / "outputs" / "site" / f"05_scenarios.{lang}.html").read_text("utf-8")
    return re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S)


def test_the_page_of_scenarios_says_once_what_to_do_and_then_shows_any_model(tmp_path, capsys):
    """First without a model, then with that of docs/equations.md alone."""
    folder, report = tmp_path / "van_khe", tmp_path / "bao_cao_2023.txt"
    report.write_text(REPORT, "utf-8")
    assert cli.main(["new", str(folder), "--name-vi", "huyện Vân Khê"]) == 0
    words = ["--yes", "--producer", "UBND", "--date", "12/2023", "--period", "2023"]
    assert cli.main(["add", str(report), "--project", str(folder), *words]) == 0
    build = ["build", "--project", str(folder), "--only", "05"]
    assert cli.main(build) == 0, capsys.readouterr().err
    for lang, said in (("vi", "Dự án chưa có mô hình"), ("en", "has no scenario model yet")):
        page = page_of(folder, lang)
        assert page.count(said) == 1 and "docs/equations.md" in page
        assert str(tmp_path) not in page and "<h2" in page and "Thử các giả định" not in page
    guide = (folder / "docs" / "equations.md").read_text("utf-8")
    model = re.findall(r"```toml\n(.*?)```", guide, re.S)[0]
    (folder / "data" / "scenarios" / "my_town.model.toml").write_text(model, "utf-8")
    assert cli.main([*build, "--lang", "vi"]) == 0, capsys.readouterr().err
    page = page_of(folder)
    assert "Thử các giả định" in page and "Dự án chưa có mô hình" not in page
    assert "revenue năm 2028" in page or "revenue</" in page
    assert page.count("Chưa có kịch bản nào khác") == 1
    assert "thi_truong_dat" not in page and "Hồng Lĩnh" not in page
