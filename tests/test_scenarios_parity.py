"""One model, five runtimes, the same numbers: NumPy, Python, JavaScript, Vega, LibreOffice."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from scenario_cases import MODELS, everything, farthest, lever_sets

from hlanalysis.publish.workbook.scenario_cells import cells_of_sheet
from hlanalysis.publish.workbook.scenario_sheets import ScenarioSheets, scenario_workbook
from hlanalysis.scenarios import Model, quick_model, run
from hlanalysis.scenarios.drawing import evaluate_draws
from hlanalysis.scenarios.javascript import javascript
from hlanalysis.scenarios.running import careful_cells, slot_values

SETS = 200
ALLOWED = 1e-9


@pytest.fixture(scope="module", params=list(MODELS))
def model(request: pytest.FixtureRequest) -> Model:
    return MODELS[request.param]()


@pytest.fixture(scope="module")
def sets(model: Model) -> list[dict[str, float]]:
    return lever_sets(model, SETS, seed=5)


@pytest.fixture(scope="module")
def expected(model: Model, sets: list[dict[str, float]]) -> list[list[float]]:
    """What the plain scalar code says, in the variables' own units."""
    return [[run(model, one).at(*key) for key in model.outputs] for one in sets]


def test_the_lever_sets_hold_ties_and_bounds() -> None:
    sets = lever_sets(everything(), SETS, seed=5)
    ties = sum(one["muc"] == one["g_thu"] for one in sets)
    bounds = sum(one["icor"] in (2, 8) for one in sets)
    assert ties > 20
    assert bounds > 20


def test_numpy_equals_the_scalar_code(
    model: Model, sets: list[dict[str, float]], expected: list[list[float]]
) -> None:
    draws = {key: np.array([one[key] for one in sets]) for key in model.slot_by_key}
    made = evaluate_draws(model, draws, list(model.outputs)).T.tolist()
    worst = max(farthest(a, b) for a, b in zip(made, expected, strict=True))
    assert worst <= ALLOWED


def test_the_slow_walk_equals_the_scalar_code(
    model: Model, sets: list[dict[str, float]], expected: list[list[float]]
) -> None:
    for one, wanted in zip(sets, expected, strict=True):
        cells = careful_cells(model, slot_values(model, one))
        made = [model.unit_of(key[0]).outside(float(cells[key])) for key in model.outputs]
        assert farthest(made, wanted) <= ALLOWED


def test_javascript_equals_the_scalar_code(
    model: Model, sets: list[dict[str, float]], expected: list[list[float]]
) -> None:
    quickjs = pytest.importorskip("quickjs")
    context = quickjs.Context()
    context.eval(javascript(model).replace("const runModel", "var runModel"))
    for one, wanted in zip(sets, expected, strict=True):
        made = json.loads(context.eval(f"JSON.stringify(runModel({json.dumps(one)}))"))
        flat = [value for name in model.variables for value in made[name]]
        assert farthest(flat, wanted) <= ALLOWED


def test_impossible_cells_are_the_same_in_numpy_and_javascript() -> None:
    quickjs = pytest.importorskip("quickjs")
    model = quick_model(
        "aa[t] = 1 / (x - y)\nbb[t] = min(5, aa[t])\ncc[t] = 1 if aa[t] > 0 else 2\n"
        "dd[t] = aa[t] if x != y else 7\nee[t] = log(x - y) + sqrt(x) + x ** 0.5\n"
        "ff[t] = 1 if x != y and aa[t] > 0 else 0\ngg[t] = exp(x * 1000)",
        years=(2025, 2025),
        levers={"x": (1, "", -2, 3), "y": (2, "", -2, 3)},
    )
    context = quickjs.Context()
    context.eval(javascript(model).replace("const runModel", "var runModel"))
    for x in (-1.0, 0.0, 1.0, 2.0):
        draws = {"x": np.array([x]), "y": np.array([1.0])}
        made = evaluate_draws(model, draws, list(model.outputs))[:, 0]
        told = context.eval(f"JSON.stringify(runModel({{x: {x}, y: 1.0}}))")
        flat = [
            math.nan if value is None else value
            for name in model.variables
            for value in json.loads(told)[name]
        ]
        np.testing.assert_allclose(flat, made, rtol=1e-12, equal_nan=True)
        if x == 1.0:
            assert np.isnan(made[[0, 1, 2, 4, 6]]).tolist() == [True] * 5
            assert made[3] == 7
            assert made[5] == 0


@pytest.mark.office
def test_excel_formulas_recalculated_equal_the_scalar_code(
    model: Model, sets: list[dict[str, float]], expected: list[list[float]], tmp_path: Path
) -> None:
    """200 live copies of the model in one workbook, each on its own column of levers."""
    import openpyxl
    import xlsxwriter

    from hlanalysis.scenarios.scenario_file import Scenario

    scenarios = [Scenario(f"s{n}", {}, {}, "", "", "", one, {}) for n, one in enumerate(sets)]
    file = tmp_path / "many.xlsx"
    book = xlsxwriter.Workbook(file)
    sheets = ScenarioSheets(book, model, scenarios, cache=lambda value: -999.0)
    sheets.add()
    for number in range(SETS):
        sheet = book.add_worksheet(f"m{number}")
        sheets.write_model(sheet, sheets.runs[2 + number], *sheets.column_levers(2 + number))
    book.close()
    done = openpyxl.load_workbook(recalculated(file, tmp_path), data_only=True)
    cells = cells_of_sheet(model)
    for number, wanted in enumerate(expected):
        sheet = done[f"m{number}"]
        made = [model.unit_of(key[0]).outside(sheet[cells[key]].value) for key in model.outputs]
        assert farthest(made, wanted) <= ALLOWED, number


@pytest.mark.office
def test_the_switch_and_a_changed_lever_move_the_results(tmp_path: Path) -> None:
    """The workbook as shipped, but with wrong stored values and a lever typed over."""
    import openpyxl

    from hlanalysis.scenarios.scenario_file import Scenario

    model = everything()
    changed = {"g_thu": 7.5, "san": 40000.0, "dau_gia[2027]": 80.0}
    scenario = Scenario("khac", {"vi": "Khác"}, {}, "", "", "", changed, {})
    file = scenario_workbook(
        tmp_path / "one.xlsx", model, [scenario], chosen="khac", cache=lambda value: -999.0
    )
    book = openpyxl.load_workbook(recalculated(file, tmp_path), data_only=True)
    cells, wanted = cells_of_sheet(model), run(model, changed)
    made = [book["Mô hình"][cells[key]].value for key in model.outputs]
    assert farthest(made, list(wanted.cells)) <= ALLOWED
    made = [book["Cơ sở"][cells[key]].value for key in model.outputs]
    assert farthest(made, list(run(model).cells)) <= ALLOWED
    shown = {row[0].value: [cell.value for cell in row[2:8]] for row in book["Kết quả"]["A6:H22"]}
    assert farthest(shown["dau"], wanted["dau"]) <= ALLOWED

    edited = openpyxl.load_workbook(file)
    levers = edited["Đòn bẩy"]
    levers["C4"] = "Tự chọn"
    row = next(cell.row for cell in levers["A"] if cell.value == "g_thu")
    levers[f"E{row}"] = 0.2
    edited.save(tmp_path / "edited.xlsx")
    again = openpyxl.load_workbook(recalculated(tmp_path / "edited.xlsx", tmp_path), data_only=True)
    made = [again["Mô hình"][cells[key]].value for key in model.outputs]
    assert farthest(made, list(run(model, {"g_thu": 20}).cells)) <= ALLOWED


def recalculated(file: Path, folder: Path, together: Sequence[Path] = ()) -> Path:
    """Let LibreOffice compute every formula anew; by default it would keep what is stored.

    `together` are files to convert in the same start of the program.
    """
    out = folder / "recalculated"
    made = out / file.name
    if made.exists() and file in together:
        return made
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
        "</oor:items>",
        encoding="utf-8",
    )
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program
    subprocess.run(
        [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
         "xlsx", "--outdir", str(out), *map(str, together or [file])],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    assert zipfile.is_zipfile(made)
    return made
