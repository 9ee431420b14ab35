"""`hlanalysis extract`: documents and passages to JSON lines, text and unknown phrases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scoring import score

from hlanalysis.cli import main

PROSE = Path(__file__).parent / "data" / "prose"
TEXT = (
    "BÁO CÁO\nKết quả năm 2024\n\nThu ngân sách đạt 45 tỷ đồng, vượt 5% dự toán; thu 1.0023,4 tỷ.\n"
)


def run(capsys, *words: str | Path) -> tuple[int, str, str]:
    status = main(["extract", *map(str, words)])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_document_becomes_one_json_object(tmp_path, capsys):
    path = tmp_path / "bao_cao.txt"
    path.write_text(TEXT, encoding="utf-8")
    status, out, _ = run(capsys, path)
    record = json.loads(out)
    assert (status, record["id"]) == (0, "bao_cao")
    level, excess = record["figures"]
    assert (level["value"], level["unit"], level["period"]) == (45, "bn_vnd", "2024")
    assert (excess["kind"], excess["base"], excess["of"]) == ("plan_excess", "plan", 0)
    assert TEXT[slice(*level["span"])] == "45"
    start = TEXT.index("1.0023,4")
    assert record["unread"] == [
        {"span": [start, start + 8], "written": "1.0023,4", "reason": "digits grouped wrongly"}
    ]


@pytest.mark.parametrize("name", ["dev", "held_out"])
def test_passages_score_through_the_command_legacy_text_too(name, capsys):
    path = PROSE / f"{name}.jsonl"
    status, out, _ = run(capsys, "--jsonl-in", path)
    readings = {record["id"]: record for record in map(json.loads, out.splitlines())}
    passages = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    result = score(passages, readings)
    assert status == 0
    assert result.relation_f1 > 0.98, result.notes


def test_every_core_field_is_there_even_when_empty(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    figure = json.loads(run(capsys, path)[1])["figures"][0]
    for name in ("indicator_phrase", "numerator", "denominator", "base", "modifier", "of"):
        assert name in figure


def test_text_form_is_for_people(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    out = run(capsys, path, "--format", "text")[1]
    assert "Thu ngân sách: 45 bn_vnd" in out
    assert "unread '1.0023,4'" in out


def test_unknown_phrases_are_listed_with_their_counts(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("Đàn lạc đà 45 con. Đàn lạc đà 47 con. Thu ngân sách 5 tỷ đồng.", "utf-8")
    out = run(capsys, path, "--unknown")[1]
    assert out.startswith("2\tĐàn lạc đà\n")
    assert "Thu ngân sách" not in out


def test_output_is_written_whole(tmp_path, capsys):
    path, target = tmp_path / "a.txt", tmp_path / "out.jsonl"
    path.write_text(TEXT, encoding="utf-8")
    assert run(capsys, path, "-o", target)[0] == 0
    assert len(json.loads(target.read_text(encoding="utf-8"))["figures"]) == 2


@pytest.mark.parametrize(
    ("line", "found"),
    [("{", "no JSON"), ('{"id": 1}', 'no "text"'), ('{"text": "x", "doc_year": "2024"}', "2024")],
)
def test_a_bad_line_is_one_clear_error(tmp_path, capsys, line, found):
    path, target = tmp_path / "p.jsonl", tmp_path / "out.jsonl"
    path.write_text('{"id": "a", "text": "Đạt 5%."}\n' + line + "\n", encoding="utf-8")
    status, out, err = run(capsys, "--jsonl-in", path, "-o", target)
    assert (status, out) == (2, "")
    assert "line 2" in err and found in err and "Traceback" not in err
    assert not target.exists()


def test_nothing_to_read_is_an_error(capsys):
    status, _, err = run(capsys)
    assert status == 2
    assert "nothing to read" in err


def test_a_missing_file_is_an_error(tmp_path, capsys):
    assert run(capsys, tmp_path / "none.txt")[0] == 2
    assert run(capsys, "--jsonl-in", tmp_path / "none.jsonl")[0] == 2


def test_tables_of_a_report_are_read_as_tables_and_not_as_sentences(capsys):
    path = PROSE.parent / "documents" / "bao_cao_son_binh.docx"
    record = json.loads(run(capsys, path)[1])
    cells = [one for one in record["figures"] if one["rule"] == "table_cell"]
    assert [(one["indicator_phrase"], one["value"], one["status"]) for one in cells] == [
        ("Thu ngân sách", 300, "target"),
        ("Thu ngân sách", 318.65, "actual"),
        ("Việc làm mới", 1250, "target"),
        ("Việc làm mới", 1325, "actual"),
        ("Tỷ lệ hộ nghèo", 4.2, "target"),
    ]
    starts = [one["span"][0] for one in record["figures"]]
    assert starts == sorted(starts) and len(set(starts)) == len(starts)
