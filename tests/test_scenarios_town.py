"""The town's own model, its scenario files, the command line and the workbook."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

import hlanalysis
from hlanalysis.errors import InputError
from hlanalysis.gathering.processed import read_raw
from hlanalysis.project import Project
from hlanalysis.publish.workbook.scenario_sheets import scenario_workbook
from hlanalysis.scenarios import Model, run
from hlanalysis.scenarios.explorer import MIME, Explorer
from hlanalysis.scenarios.model_file import load_model
from hlanalysis.scenarios.observed import Observed, from_mapping, from_project
from hlanalysis.scenarios.scenario_file import (
    Scenario,
    changes_since,
    load_scenario,
    load_scenarios,
    save_scenario,
)
from hlanalysis.scenarios.workplace import Workplace

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "scenarios"
MODEL = FOLDER / "hong_linh.model.toml"


@pytest.fixture(scope="module")
def project() -> Project:
    return Project(ROOT, read_raw(ROOT / "data" / "raw"))


@pytest.fixture(scope="module")
def place(project: Project) -> Workplace:
    return Workplace(project)


@pytest.fixture(scope="module")
def model(place: Workplace) -> Model:
    return place.model


def test_every_start_value_cites_its_observation_or_says_it_is_an_assumption(
    model: Model, project: Project
) -> None:
    for start in model.starts.values():
        if start.assumption:
            assert start.source.startswith(("Giả định", "Quy ước"))
        else:
            row = project.observations.by_id(start.observation)
            assert float(row.value) == start.value
            assert row.written == start.written
    assert model.starts["thu", 2024].written == "222,044"
    for lever in model.levers.values():
        assert lever.assumption
        assert "Giả định" in lever.source


def test_the_model_begins_where_the_report_ends(model: Model) -> None:
    done = run(model)
    # Implied by 222,044 and 77,64%: a plan of 125; by 1.290 and 80,63%: a plan of 1 600.
    assert run(model, {"tang_giao": 0}).at("giao", 2025) == pytest.approx(125, abs=0.005)
    assert run(model, {"tang_kh_von": 0}).at("ke_hoach_von", 2025) == pytest.approx(1600, abs=0.7)
    assert done.at("gtsx", 2025) / 100 == pytest.approx(1.0715 + 0.1 * 0.0337)
    for year in model.years:
        parts = sum(done.at(name, year) for name in ("thu_dat", "thu_khac", "thu_them"))
        assert done.at("thu", year) == pytest.approx(parts)


def test_what_slips_is_not_lost(model: Model) -> None:
    base = run(model)
    late = run(model, {"lui_dau_gia[2026]": 100, "lui_von": [50, 50, 50, 0, 0, 0]})
    assert late.at("thu_dat", 2026) == 0
    assert sum(late["thu_dat"]) == pytest.approx(sum(base["thu_dat"]))
    assert sum(late["von"]) == pytest.approx(sum(base["von"]))


def test_the_needed_growth_reaches_the_target(model: Model) -> None:
    needed = run(model).at("can_tang_thu", 2025)
    made = 222.044 * (1 + needed / 100) ** 6
    assert made == pytest.approx(300)


def test_there_are_the_presets_planners_asked_for(model: Model) -> None:
    scenarios = load_scenarios(FOLDER, model)
    assert len(scenarios) >= 7
    assert scenarios[0].levers == {}
    for one in scenarios:
        assert set(one.title) == {"vi", "en"}
        assert set(one.reason) == {"vi", "en"}
        assert {key.split("[")[0] for key in one.levers} <= set(one.sources)


def test_each_preset_gives_its_stored_results(model: Model) -> None:
    for one in load_scenarios(FOLDER, model):
        assert len(one.saved["results"]) == len(model.variables)
        assert changes_since(one, model) == []


def test_presets_move_what_they_say(model: Model) -> None:
    made = {one.name[3:]: one.run(model) for one in load_scenarios(FOLDER, model)}
    base = made["co_so"]
    assert made["dau_gia_lui_mot_nam"].at("thu", 2026) < base.at("thu", 2026)
    assert made["thi_truong_dat_phuc_hoi"].at("phan_dat", 2030) > base.at("phan_dat", 2030)
    assert made["mo_rong_nguon_thu"].at("phan_dat", 2030) < base.at("phan_dat", 2030)
    assert made["von_giai_ngan_cham"].at("von", 2025) < base.at("von", 2025)
    assert made["tinh_giao_cao_hon"].at("vuot_kh", 2030) < base.at("vuot_kh", 2030)
    assert made["tinh_giao_cao_hon"]["thu"] == base["thu"]
    assert made["khong_tinh_sap_nhap"]["thu_them"] == [0] * 6


def test_a_scenario_survives_saving_and_says_what_changed_since(
    model: Model, project: Project, tmp_path: Path
) -> None:
    mine = Scenario(
        "rieng", {"vi": 'Của "tôi" \\ thử'}, {"vi": "Thử\nhai dòng"}, "A. Nguyễn", "2025-02-01",
        "hong_linh", {"tang_khac": 9.5, "dau_gia": {2026: 80.0}},
        {"tang_khac": {"vi": "ước"}, "dau_gia": {"vi": "ước"}},
    )  # fmt: skip
    file = save_scenario(mine, tmp_path / "rieng.toml", model)
    first = file.read_bytes()
    again = load_scenario(file, model)
    assert (again.title, again.reason, again.levers) == (mine.title, mine.reason, mine.levers)
    assert save_scenario(again, file, model).read_bytes() == first
    assert changes_since(again, model) == []

    def revised(key: dict[str, str]) -> Observed:
        one = from_project(project)(key)
        if (key["indicator"], key["kind"]) != ("budget_revenue", "level"):
            return one
        return dataclasses.replace(one, value=230.5, written="230,5")

    newer = load_model(MODEL, revised)  # type: ignore[arg-type]
    told = changes_since(again, newer)
    assert any(one.startswith("thu[2024] was 222,044") and "230,5" in one for one in told)
    assert any(one.startswith("thu[2030] was ") and "(+" in one for one in told)
    text = file.read_text("utf-8").replace(
        f'version = "{hlanalysis.__version__}"', 'version = "0.0"'
    )
    file.write_text(text, "utf-8")
    assert changes_since(load_scenario(file), model)[0].startswith("saved with hlanalysis 0.0")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("tang_khac = 12", "tang_kac = 12"), "no source for tang_kac"),
        (("tang_khac = 12", "tang_khac = 99"), "99 %; expected -5 to 20 %"),
        (("tang_khac = 12", 'tang_khac = "mười hai"'), "expected a number"),
        (("author =", "autor ="), "did you mean 'author'"),
        (("date = 2025-01-15", 'date = "hôm qua"'), "year-month-day"),
        (('model = "hong_linh"', 'model = "can_loc"'), "a scenario of the model 'can_loc'"),
    ],
)
def test_slips_in_a_scenario_file_are_said(
    model: Model, tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    text = (FOLDER / "04_mo_rong_nguon_thu.toml").read_text("utf-8")
    assert change[0] in text
    file = tmp_path / "x.toml"
    file.write_text(text.replace(*change), "utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(file, model)
    assert told in str(caught.value)


def test_a_model_without_its_observations_says_what_is_missing() -> None:
    with pytest.raises(InputError, match=r"observation .* not looked up"):
        load_model(MODEL)
    with pytest.raises(InputError, match="no figure 'total_social_investment 2024"):
        load_model(MODEL, from_mapping({"budget_revenue 2024 level": (222.044, "bn_vnd")}))


@pytest.fixture
def town(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command open the project without a build before it."""
    monkeypatch.setattr("hlanalysis.scenarios.workplace.Workplace.project", place.project)


def spoken(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    from hlanalysis.cli import main

    assert main(["scenario", *words, "--project", str(ROOT)]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("town")
def test_the_command_runs_compares_and_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert "288,6" in spoken(capsys, "run")
    assert "Nguồn thu ngoài đất mở rộng" in spoken(capsys, "compare", "04")
    assert "= 9,20%" in spoken(capsys, "goal", "tang_khac", "thu", "2030", "300")
    assert "không đạt được" in spoken(capsys, "goal", "tang_khac", "thu", "2030", "1.290")
    assert "Giá đất" in spoken(capsys, "tornado", "thu").splitlines()[3]
    told = spoken(capsys, "fan", "thu", "--target", "300", "--draws", "2000", "--lang", "en")
    assert "times in 10" in told
    assert "If these assumptions hold" in told


@pytest.mark.usefixtures("town")
def test_the_command_gives_json(capsys: pytest.CaptureFixture[str], model: Model) -> None:
    told = json.loads(spoken(capsys, "run", "03", "--set", "tang_khac=7,64", "--json"))
    preset = load_scenario(FOLDER / "03_thi_truong_dat_phuc_hoi.toml")
    chosen = {**preset.levers, "tang_khac": 7.64}
    assert told["results"]["thu"]["values"] == run(model, chosen)["thu"]
    told = json.loads(spoken(capsys, "compare", "04", "03", "--json"))
    part = told["results"]["thu"]
    assert sum(part["contributions"].values()) == pytest.approx(part["difference"])
    for words in (
        ("goal", "gia_dat", "thu", "2030", "300"),
        ("tornado", "gtsx"),
        ("fan", "thu", "--draws", "99"),
    ):  # fmt: skip
        assert json.loads(spoken(capsys, *words, "--json"))["model"] == "hong_linh"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "khong_co"), "unknown 'khong_co'"),
        (("run", "--set", "tang_khac"), "LEVER=VALUE"),
        (("goal", "tang_khac", "thu", "2040", "300"), "year 2040"),
        (("fan", "thu", "--from-past"), "at least 5 years of one plan level"),
        (("tornado", "thuu"), "did you mean 'thu'"),
        (("fan", "thu", "--draws", "0"), "0 draws"),
    ],
)
@pytest.mark.usefixtures("town")
def test_bad_questions_end_with_status_2(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    from hlanalysis.cli import main

    assert main(["scenario", *words, "--project", str(ROOT)]) == 2
    assert told in capsys.readouterr().err


def test_the_workbook_shows_right_values_before_anything_is_computed(
    model: Model, tmp_path: Path
) -> None:
    scenarios = load_scenarios(FOLDER, model)
    name = "03_thi_truong_dat_phuc_hoi"
    file = scenario_workbook(tmp_path / "kb.xlsx", model, scenarios, chosen=name)
    stored = openpyxl.load_workbook(file, data_only=True)
    done = next(one for one in scenarios if one.name == name).run(model)
    rows = {row[0].value: [cell.value for cell in row[2:8]] for row in stored["Kết quả"]["A6:H24"]}
    assert rows["Thu ngân sách"] == pytest.approx(done["thu"])
    assert rows["Tỷ trọng tiền đất"] == pytest.approx([value / 100 for value in done["phan_dat"]])
    assert stored["Đòn bẩy"]["C4"].value == "Thị trường đất phục hồi"
    written = openpyxl.load_workbook(file)
    assert written["Mô hình"]["E5"].value.startswith("=")
    assert len(written["Đòn bẩy"].data_validations.dataValidation) >= len(model.slots)
    assert len(written["Kết quả"]._charts) == len(model.charts)
    assert "thu[t]         = thu_dat[t]" in str(
        [c.value for c in written["Phương trình và nguồn"]["B"]]
    )


def test_the_same_workbook_twice_is_the_same_bytes(model: Model, tmp_path: Path) -> None:
    scenarios = load_scenarios(FOLDER, model)
    made = [scenario_workbook(tmp_path / f"{n}.xlsx", model, scenarios) for n in (1, 2)]
    assert made[0].read_bytes() == made[1].read_bytes()


def test_text_is_never_a_formula(model: Model, tmp_path: Path) -> None:
    evil = "=1+1"
    scenario = Scenario(
        "evil", {"vi": evil, "en": evil}, {"vi": "=HYPERLINK(0)"}, "@SUM(1)", "2025-01-01",
        "hong_linh", {"tang_khac": 9}, {"tang_khac": {"vi": "+cmd|' /C calc'!A0"}},
    )  # fmt: skip
    file = scenario_workbook(tmp_path / "kb.xlsx", model, [scenario], chosen="evil")
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/sheet"):
                assert "HYPERLINK" not in text
                assert "<f>1+1" not in text
                assert "cmd|" not in text
    book = openpyxl.load_workbook(file)
    found = [
        cell.data_type for sheet in book for row in sheet for cell in row if cell.value == evil
    ]
    assert found == [] or set(found) == {"s"}


def test_the_explorer_is_one_spec_and_a_line_of_text(place: Workplace, model: Model) -> None:
    shown = place.explorer("03")
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {MIME, "image/svg+xml", "text/plain"}
    assert "text/html" not in bundle
    assert "374,4" in bundle["text/plain"]
    assert ">374,4<" in bundle["image/svg+xml"]
    assert len(json.dumps(bundle[MIME], ensure_ascii=False)) < 120_000
    assert Explorer(model, [], "en").still() == Explorer(model, [], "en").still()


def test_the_workplace_answers_in_a_notebook(place: Workplace) -> None:
    assert "| Thu ngân sách (tỷ đồng) |" in place.compare("04")._repr_markdown_()
    assert "9,20%" in place.goal("tang_khac", "thu", 2030, "300")._repr_markdown_()
    assert r"\begin{align*}" in place.equations()._repr_markdown_()
    assert place.fan("thu", 300, draws=500).data["probability"] < 0.5
