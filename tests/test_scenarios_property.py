"""Random small models print and run the same in every runtime."""

from __future__ import annotations

import json
import math
import random
import re
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenario_cases import RandomModel

from hlanalysis.errors import InputError
from hlanalysis.publish.workbook.scenario_cells import cells_of_sheet
from hlanalysis.publish.workbook.scenario_sheets import ScenarioSheets, scenario_workbook
from hlanalysis.scenarios import Model, quick_model, run
from hlanalysis.scenarios.drawing import evaluate_draws
from hlanalysis.scenarios.explorer import Explorer
from hlanalysis.scenarios.javascript import javascript
from hlanalysis.scenarios.latex import latex
from hlanalysis.scenarios.parse import parse_equations
from hlanalysis.scenarios.running import careful_cells, slot_values
from hlanalysis.scenarios.vega import slot_signal, vega_signals

# A seed gives richer models than draws that hypothesis would keep small.
streams = st.integers(0, 2**32 - 1).map(random.Random)
common = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def random_settings(model: Model, stream: random.Random) -> dict[str, float]:
    return {
        slot.key: stream.choice([slot.lever.low, slot.lever.high, slot.value, 0.5, 1.0, 2.0])
        if slot.key != "ly"
        else stream.choice([1.0, 10.0, 12.0, 25.0])
        for slot in model.slots
    }


def plain_walk(model: Model, chosen: dict[str, float]) -> list[float]:
    cells = careful_cells(model, slot_values(model, chosen))
    return [float(cells[key]) for key in model.outputs]


def same(first: list[Any], second: list[float]) -> None:
    left = [math.nan if one is None else float(one) for one in first]
    # Cells beyond 1e12 are nobody's budget; there the last digits of a power may differ.
    kept = [k for k, value in enumerate(second) if not abs(value) > 1e12]
    np.testing.assert_allclose(
        [left[k] for k in kept], [second[k] for k in kept], rtol=1e-9, atol=1e-9, equal_nan=True
    )


@common
@given(streams)
def test_python_numpy_and_javascript_agree_on_random_models(stream: random.Random) -> None:
    quickjs = pytest.importorskip("quickjs")
    model = RandomModel(stream).model()
    context = quickjs.Context()
    context.eval(javascript(model).replace("const runModel", "var runModel"))
    for _ in range(3):
        chosen = random_settings(model, stream)
        wanted = plain_walk(model, chosen)
        draws = {key: np.array([value, value]) for key, value in chosen.items()}
        same(evaluate_draws(model, draws, list(model.outputs))[:, 1].tolist(), wanted)
        told = json.loads(context.eval(f"JSON.stringify(runModel({json.dumps(chosen)}))"))
        same([value for name in model.variables for value in told[name]], wanted)
        if all(map(math.isfinite, wanted)):
            same(list(run(model, chosen).cells), wanted)
        else:
            with pytest.raises(InputError, match="cannot be computed"):
                run(model, chosen)


@common
@given(streams)
def test_drawing_some_levers_is_the_same_as_drawing_all(stream: random.Random) -> None:
    model = RandomModel(stream).model()
    drawn = stream.sample([slot.key for slot in model.slots], 2)
    kept = stream.sample(list(model.outputs), 4)
    chosen = random_settings(model, stream)
    wanted = {
        key: value for key, value in zip(model.outputs, plain_walk(model, chosen), strict=True)
    }
    base = slot_values(model, chosen)
    draws = {key: np.full(3, chosen[key]) for key in drawn}
    same(evaluate_draws(model, draws, kept, base)[:, 2].tolist(), [wanted[key] for key in kept])


@settings(common, max_examples=40)
@given(streams)
def test_vega_signals_agree_on_random_models(stream: random.Random) -> None:
    model = RandomModel(stream).model()
    chosen = random_settings(model, stream)
    same(vega_cells(model, chosen), plain_walk(model, chosen))


def vega_cells(model: Model, chosen: dict[str, float]) -> list[float]:
    """Run the signals in Vega without a browser and read them back from text marks."""
    import vl_convert

    inputs = [{"name": slot_signal(model, key), "value": value} for key, value in chosen.items()]
    marks = [
        {"type": "text", "encode": {"update": {"text": {"signal": f"'{k}=' + {name}__{year}"}}}}
        for k, (name, year) in enumerate(model.outputs)
    ]
    spec = {"signals": inputs + vega_signals(model), "marks": marks}
    drawing = unescape(vl_convert.vega_to_svg(spec))
    read = dict(re.findall(r">(\d+)=([^<]*)<", drawing))
    return [float(read[str(k)]) for k in range(len(model.outputs))]


@pytest.mark.office
def test_excel_formulas_agree_on_random_models(tmp_path: Path) -> None:
    import openpyxl
    import xlsxwriter
    from test_scenarios_parity import recalculated

    stream = random.Random(11)
    models = []
    while len(models) < 25:
        model = RandomModel(stream, gentle=True).model()
        wanted = plain_walk(model, {})
        if all(math.isfinite(one) and abs(one) < 1e9 for one in wanted):
            models.append((model, wanted))
    files = []
    for number, (model, _) in enumerate(models):
        file = tmp_path / f"m{number}.xlsx"
        book = xlsxwriter.Workbook(file)
        ScenarioSheets(book, model, [], cache=lambda value: -999.0).add()
        book.close()
        files.append(file)
    for file, (model, wanted) in zip(files, models, strict=True):
        done = openpyxl.load_workbook(recalculated(file, tmp_path, files), data_only=True)
        cells = cells_of_sheet(model)
        same([done["Mô hình"][cells[key]].value for key in model.outputs], wanted)


# What a spreadsheet, JavaScript or Vega has a meaning of its own for, and we let pass.
PUZZLING = (
    "year day pi na rand index match date month time today row column rows value text len left "
    "trend rate now n ln sin mod int sign kich_ban Ea offset ĐẤT a1_b self this let width height "
    "var arguments prototype eval padding signal data event_x scale invert span format"
).split()


def test_puzzling_names_mean_what_the_planner_means(tmp_path: Path) -> None:
    quickjs = pytest.importorskip("quickjs")
    lines = [f"q_{k}_v[t] = {name} * 2 + 1" for k, name in enumerate(PUZZLING)]
    model = quick_model(
        "\n".join(lines),
        years=(2025, 2025),
        levers={name: (k, "", -1, 1000) for k, name in enumerate(PUZZLING)},
    )
    wanted = [2.0 * k + 1 for k in range(len(PUZZLING))]
    assert list(run(model).cells) == wanted
    assert vega_cells(model, {slot.key: slot.value for slot in model.slots}) == wanted
    context = quickjs.Context()
    context.eval(javascript(model).replace("const runModel", "var runModel"))
    told = json.loads(context.eval("JSON.stringify(runModel({}))"))
    assert [told[name][0] for name in model.variables] == wanted
    assert "1,00" in Explorer(model, []).still()


@pytest.mark.office
def test_puzzling_names_mean_the_same_in_a_spreadsheet(tmp_path: Path) -> None:
    import openpyxl
    from test_scenarios_parity import recalculated

    lines = [f"q_{k}_v[t] = {name} * 2 + 1" for k, name in enumerate(PUZZLING)]
    model = quick_model(
        "\n".join(lines),
        years=(2025, 2025),
        levers={name: (k, "", -1, 1000) for k, name in enumerate(PUZZLING)},
    )
    file = scenario_workbook(tmp_path / "names.xlsx", model, [], cache=lambda value: -999.0)
    done = openpyxl.load_workbook(recalculated(file, tmp_path), data_only=True)["Mô hình"]
    cells = cells_of_sheet(model)
    assert [done[cells[key]].value for key in model.outputs] == [
        2 * k + 1 for k in range(len(PUZZLING))
    ]


@common
@given(streams)
def test_random_models_print_as_latex_and_read_back(stream: random.Random) -> None:
    model = RandomModel(stream).model()
    shown = latex(model)
    assert shown.count("&=") == len(model.equations)
    assert shown.count("{") == shown.count("}")
    text = "\n".join(one.text for one in model.equations)
    again = parse_equations(text)[1]
    assert [one.value for one in again] == [one.value for one in model.equations]


@settings(common, max_examples=300)
@given(st.text(alphabet="xyt[]()=+-*/.,0123456789 <>ifelsandor_'\"\\\n#:;{}ăđ\u00a0", max_size=200))
def test_any_text_is_read_or_refused_never_crashed(text: str) -> None:
    source, equations, problems = parse_equations(text)
    for problem in problems:
        assert source.show(problem)
    assert all(one.name.isidentifier() for one in equations)
