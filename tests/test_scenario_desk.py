"""Scenarios as a notebook asks for them."""

import shutil

import pytest
from town import ROOT, processed, town

from hlanalysis.errors import InputError
from hlanalysis.project import Project
from hlanalysis.telling.display import Note, Table


@pytest.fixture
def own(tmp_path):
    """A project of its own folder, so that saving leaves the real one alone."""
    shutil.copytree(ROOT / "data" / "scenarios", tmp_path / "data" / "scenarios")
    return Project(tmp_path, processed(), "vi")


def test_answers_show_themselves_in_the_reader_s_numbers():
    table = town().scenarios.run()
    assert isinstance(table, Table)
    assert "288,6" in table._repr_mimebundle_()["text/plain"]


def test_a_scenario_is_compared_lever_by_lever():
    plain = town().scenarios.compare("03_thi_truong_dat_phuc_hoi")._repr_mimebundle_()["text/plain"]
    assert "Thị trường đất phục hồi" in plain and "trong đó" in plain


def test_a_goal_is_answered_in_a_sentence():
    said = town().scenarios.goal("gia_dat", "thu", 2030, "400")._repr_mimebundle_()["text/plain"]
    assert "gia_dat" in said or "Giá đất" in said


def test_a_saved_scenario_is_found_again_with_its_levers(own):
    path = own.scenarios.save(
        "90_thu",
        title="Thử",
        author="Phòng Tài chính",
        reason="Để thử",
        source="Giả định",
        gia_dat=5,
    )
    assert path.parent == own.root / "data" / "scenarios"
    again = Project(own.root, processed(), "vi").scenarios
    assert "90_thu" in again.names
    assert again.place.scenario("90_thu").levers == {"gia_dat": 5}


def test_a_lever_that_does_not_exist_is_refused_and_nothing_is_saved(own):
    with pytest.raises(InputError, match="gia_dta"):
        own.scenarios.save("x", title="x", author="x", reason="x", source="x", gia_dta=5)
    assert not (own.root / "data" / "scenarios" / "x.toml").exists()


def test_a_project_without_a_model_says_so_instead_of_failing(tmp_path):
    bare = Project(tmp_path, processed(), "vi").scenarios
    for shown in (bare.explore(), bare.run(), bare.compare("x"), bare.equations()):
        assert isinstance(shown, Note)
        assert "mô hình" in shown.words
        assert "docs/equations.md" in shown.words and str(tmp_path) not in shown.words


MODEL = """
name = "lop_hoc"
years = [2025, 2026]
charts = ["phong"]
equations = '''
phong[t] = phong[t-1] + xay
du[t] = 1 if phong[t] >= can else 0
'''
[[starts]]
name = "phong"
year = 2024
unit = "count"
value = 100
assumption = "x"
[[levers]]
name = "can"
unit = "count"
value = 115
low = 100
high = 200
assumption = "x"
[[levers]]
name = "xay"
unit = "count"
value = 5
low = 0
high = 20
{stated}
assumption = "x"
"""


def with_model(folder, *names, stated=""):
    scenarios = folder / "data" / "scenarios"
    scenarios.mkdir(parents=True)
    for name in names or ("lop_hoc",):
        text = MODEL.format(stated=stated).replace("lop_hoc", name)
        (scenarios / f"{name}.model.toml").write_text(text, "utf-8")
    return Project(folder, processed(), "vi").scenarios


def plain(shown):
    return shown._repr_mimebundle_()["text/plain"]


def test_nothing_named_asks_about_the_model_s_own_result_lever_and_target(tmp_path):
    desk = with_model(tmp_path, stated='stated = "từ 2 đến 10"')
    assert desk.open() is None
    assert plain(desk.goal()).startswith("Để phong năm 2026 bằng 115: xay = 7,5")
    assert "115" in plain(desk.fan())
    assert "kịch bản" in desk.compare().words
    assert desk.show("revenue_scenarios").role == "note absent"


def test_without_a_target_it_is_the_last_known_value_and_without_ranges_no_odds(tmp_path):
    desk = with_model(tmp_path)
    path = tmp_path / "data" / "scenarios" / "lop_hoc.model.toml"
    text = path.read_text("utf-8").replace("phong[t] >= can", "can >= xay")
    path.write_text(text, "utf-8")
    assert "bằng 100" in plain(desk.goal())
    assert "khoảng giả định" in desk.fan().words


def test_the_first_scenario_that_moves_the_last_year_is_compared():
    desk = town().scenarios
    assert "Đấu giá đất lùi một năm" not in plain(desk.compare())
    assert "Thị trường đất phục hồi" in plain(desk.compare())


def test_of_several_models_one_is_shown_and_a_scenario_chooses_another(tmp_path):
    desk = with_model(tmp_path, "a_model", "b_model")
    desk.open()
    assert desk.place.model.name == "a_model"
    (tmp_path / "data" / "scenarios" / "x.toml").write_text(
        """title = "X"\nauthor = "A"\ndate = 2025-01-01\nreason = "R"\nmodel = "b_model"
[levers]\nxay = 9\n[sources]\nxay = "S"\n""",
        "utf-8",
    )
    assert Project(tmp_path, processed(), "vi").scenarios.open() is None
    other = Project(tmp_path, processed(), "vi").scenarios
    other.open("x")
    assert other.place.model.name == "b_model" and "X" in plain(other.compare())
