"""A project of one's own: made, filled with another locality's report, and built."""

import pytest
from town import ROOT

from hlanalysis import cli
from hlanalysis.building.starter import make_project, starter_notebooks
from hlanalysis.catalog.tables import use_project
from hlanalysis.errors import InputError

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
