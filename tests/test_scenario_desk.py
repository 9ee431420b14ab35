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
