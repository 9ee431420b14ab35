import csv
import io
import json
from types import SimpleNamespace

import pytest
from checks_figures import figure, press, report, table

from hlanalysis.checks import run_checks
from hlanalysis.cli import main
from hlanalysis.commands.check import COLUMNS
from hlanalysis.texts import text

WRONG = (
    figure("222,044", "bn_vnd"),
    figure("125", "bn_vnd", status="plan"),
    figure("78,64", "percent", "plan_excess"),
)


@pytest.fixture
def project(monkeypatch):
    """Let the command find a project with given figures."""

    def opens(*rows):
        found = SimpleNamespace(findings=run_checks(table(*rows)))
        monkeypatch.setattr("hlanalysis.project.open_project", lambda *args, **kwargs: found)

    return opens


def test_the_status_is_1_only_if_a_contradiction_is_found(project, capsys):
    project(*report())
    assert main(["check"]) == 0
    project(*report(), *WRONG)
    assert main(["check"]) == 1
    assert "SAI LỆCH (1)" in capsys.readouterr().out


def test_the_text_is_grouped_worst_first_in_the_readers_language(project, capsys):
    project(*report(), *press())
    main(["check", "--lang", "en"])
    said = capsys.readouterr().out
    heads = [line for line in said.splitlines() if line.isupper() and line.endswith(")")]
    assert len(heads) == 4
    assert heads[0].startswith("CONTRADICTION") and heads[-1].startswith("AGREES (")
    assert "77.64% above plan, yet down at least 26.2% on 2023" in said
    assert "Assumed: " in said


def test_json_holds_what_a_colleague_needs_to_object(project, capsys):
    project(*report(), *WRONG)
    main(["check", "--format", "json"])
    records = json.loads(capsys.readouterr().out)
    assert all(list(record) == list(COLUMNS) for record in records)
    (wrong,) = (record for record in records if record["grade"] == "error")
    assert (wrong["printed"], wrong["recomputed"]) == ("78,64%", "77,635%")
    assert wrong["allowed"] == "từ 78,635% đến dưới 78,645%"
    assert len(wrong["observations"]) == 3


def test_csv_has_one_line_a_finding(project, capsys):
    project(*report())
    main(["check", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(run_checks(table(*report())))
    assert all(row["sentence"] and row["observations"] for row in rows)


def test_without_findings_it_says_so(project, capsys):
    project()
    assert main(["check", "--lang", "en"]) == 0
    assert capsys.readouterr().out.strip() == text("display.no_findings", "en")
