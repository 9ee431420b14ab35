"""Folders of models and scenarios as people leave them: faulty files, two models, no reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from hlanalysis.cli import main
from hlanalysis.errors import InputError
from hlanalysis.scenarios.model_file import parse_model
from hlanalysis.scenarios.scenario_file import load_scenarios
from hlanalysis.scenarios.workplace import Workplace

MODEL = """name = "{name}"
years = [2025, 2026]
equations = '''
{result}[t] = {result}[t-1] * (1 + growth)
'''

[[starts]]
name = "{result}"
year = 2024
unit = "tỷ đồng"
value = 100
assumption = "made up"

[[levers]]
name = "growth"
unit = "%"
value = "1,4"
low = 0
high = 20
assumption = "made up"
"""
SCENARIO = """title = "{title}"
author = "A"
date = 2025-01-15
reason = "R"
model = "{model}"

[levers]
growth = {growth}

[sources]
growth = "made up"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one model, one good scenario, and no data/raw at all."""
    made = tmp_path / "xa" / "data" / "scenarios"
    made.mkdir(parents=True)
    _write(made / "a.model.toml", MODEL.format(name="a", result="thu"))
    _write(made / "01_good.toml", SCENARIO.format(title="Good", model="a", growth=10))
    return made


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _ask(folder: Path, *words: str) -> int:
    return main(["scenario", *words, "--project", str(folder.parent.parent)])


def test_a_model_needs_no_reports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _ask(folder, "run", "01") == 0
    assert "121,0" in capsys.readouterr().out
    (folder.parent / "raw").mkdir()
    assert _ask(folder, "goal", "growth", "thu", "2025", "105") == 0
    assert "growth = 5,00%" in capsys.readouterr().out
    assert "121,0" in Workplace(folder.parent.parent).run("01").as_text()


def test_one_faulty_scenario_leaves_the_others_usable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder / "02_bad.toml", SCENARIO.format(title="Bad", model="a", growth=99))
    _write(folder / "03_worse.toml", "title = 1,4\n")
    for words in (("run", "01"), ("compare", "01"), ("run",), ("tornado", "thu")):
        assert _ask(folder, *words) == 0
        told = capsys.readouterr().out
        assert "02_bad.toml" in told
        assert "03_worse.toml, line 1" in told
        assert "Traceback" not in told
    assert _ask(folder, "run", "02") == 2
    assert "99 %; expected 0 to 20 %" in capsys.readouterr().err
    assert _ask(folder, "run", "03_worse") == 2
    assert 'title = "1,4"; or write 1.4' in capsys.readouterr().err
    place = Workplace(folder.parent.parent)
    with pytest.raises(InputError, match="02_bad"):
        load_scenarios(folder, place.model)


def test_a_scenario_that_names_its_model_chooses_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder / "b.model.toml", MODEL.format(name="b", result="chi"))
    _write(folder / "05_of_b.toml", SCENARIO.format(title="Of b", model="b", growth=20))
    assert _ask(folder, "run", "01") == 0
    assert "thu" in capsys.readouterr().out
    assert _ask(folder, "compare", "of_b") == 0
    told = capsys.readouterr().out
    assert "chi" in told
    assert "144,0" in told
    assert _ask(folder, "tornado", "chi", "--scenario", "Of b") == 0
    capsys.readouterr()
    assert _ask(folder, "run") == 2
    assert "name it with --model FILE, or name a scenario" in capsys.readouterr().err
    place = Workplace(folder.parent.parent)
    assert "thu" in place.run("01").as_text()
    assert "chi" in place.run("05").as_text()
    assert _ask(folder, "compare", "01", "05") == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "value = 1,4",
            "a.model.toml, line 17: cannot read 'value = 1,4'. Hint: a decimal comma needs quotes, "
            'value = "1,4"; or write 1.4',
        ),
        ("value = 1.290,5", 'value = "1.290,5"; or write 1290.5'),
        ("value = 35.5.1", "at most one mark, a point, and no blanks"),
        ("value = 12 450", "at most one mark, a point, and no blanks"),
        ("value = mười", "texts stand in quotes"),
    ],
)
def test_a_line_that_is_no_toml_is_shown_with_a_caret(line: str, told: str) -> None:
    text = MODEL.format(name="a", result="thu").replace('value = "1,4"', line)
    with pytest.raises(InputError) as caught:
        parse_model(text, "a.model.toml")
    said = str(caught.value)
    assert told in said
    assert said.splitlines()[-2] == f"    {line}"
    assert said.splitlines()[-1].strip() == "^"
    assert ("texts stand" in said) == (line == "value = mười")


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("14.000 triệu đồng", "give the number alone, in tỷ đồng (14)."),
        ("14 tỷ đồng", "give the number alone, in tỷ đồng (14)."),
        ("14 ha", "give the number alone, in tỷ đồng."),
        ("14%", "give the number alone, in tỷ đồng."),
        ("14 what", "give the number alone, in tỷ đồng."),
    ],
)
def test_a_target_with_a_unit_is_answered_with_the_number(
    folder: Path, capsys: pytest.CaptureFixture[str], target: str, told: str
) -> None:
    assert _ask(folder, "goal", "growth", "thu", "2025", target) == 2
    assert f"target '{target}': {told}" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["growth / 100", "growth * 0.01", "0.01 * growth"])
def test_a_percent_divided_by_100_is_noted(
    folder: Path, capsys: pytest.CaptureFixture[str], part: str
) -> None:
    text = MODEL.format(name="a", result="thu").replace("(1 + growth)", f"(1 + {part})")
    _write(folder / "a.model.toml", text)
    assert _ask(folder, "run", "--lang", "en") == 0
    told = capsys.readouterr().out
    assert "`growth` is already a share (1.4% counts as 0.014), yet line 4 of a.model.toml" in told
    assert _ask(folder, "run", "--set", "growth=3") == 0
    assert "`growth` vốn đã là tỷ lệ" in capsys.readouterr().out


def test_a_percent_used_as_it_is_brings_no_note(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ask(folder, "run", "--lang", "en") == 0
    assert "already a share" not in capsys.readouterr().out


def test_a_start_value_and_its_variable_in_unlike_units_are_refused() -> None:
    text = MODEL.format(name="a", result="thu")
    declared = '\n[[variables]]\nname = "thu"\nunit = "{}"\n'
    assert parse_model(text + declared.format("triệu đồng"), "a.model.toml")
    with pytest.raises(InputError) as caught:
        parse_model(text + declared.format("người"), "a.model.toml")
    assert "thu is given in tỷ đồng and in người; expected one unit" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
