import shutil

import pytest
from town import ROOT, processed, town

from hlanalysis.errors import InputError
from hlanalysis.gathering.processed import is_stale, load_processed, read_raw, save_processed


def test_the_report_s_21_figures_are_in_the_table_with_their_place_in_the_text():
    report = [row for row in processed().observations if row.source.startswith("bao_cao")]
    text = processed().texts["bao_cao_kiem_diem_ubnd_2024"]
    assert len(report) == 21
    for row in report:
        start, end = map(int, row.locator.split("-"))
        assert text[start:end] == row.written


def test_the_report_s_figures_have_names_of_the_catalogue():
    report = [row for row in processed().observations if row.source.startswith("bao_cao")]
    assert not [row.series for row in report if row.indicator == "unlisted"]
    named = {row.indicator for row in report}
    assert {"budget_revenue", "total_social_investment", "documents_issued"} <= named


def test_parts_and_relative_figures_point_to_their_totals_and_levels():
    rows = processed().observations
    parts = rows.find(indicator="documents_issued", kind="level", period="2024")
    total = next(row for row in parts if not row.part_of)
    assert {row.part_of for row in parts if row is not total} == {total.id}
    excess = rows.one(indicator="budget_revenue", kind="plan_excess", period="2024")
    assert rows.by_id(excess.of).written == "222,044"


def test_published_figures_keep_their_page_and_cell():
    row = town().figure("budget_revenue", period="2023", kind="level", status="plan")
    assert str(row.value) == "192.5" and row.written == "192,5"
    assert town().origin(row.source).publisher == "Báo Hà Tĩnh"
    assert row.locator.startswith("observations.csv!I")


def test_what_is_committed_is_what_raw_data_gives(tmp_path):
    save_processed(processed(), tmp_path)
    for path in sorted(tmp_path.rglob("*")):
        if path.is_file():
            committed = ROOT / "data" / "processed" / path.relative_to(tmp_path)
            assert path.read_bytes() == committed.read_bytes(), path.name


def test_saved_data_is_loaded_as_it_was(tmp_path):
    save_processed(processed(), tmp_path)
    again = load_processed(tmp_path)
    assert list(again.observations) == list(processed().observations)
    assert again.origins == processed().origins
    assert again.texts == processed().texts
    assert again.data_hash == processed().data_hash


def test_a_text_of_a_document_that_is_gone_is_taken_away(tmp_path):
    save_processed(processed(), tmp_path)
    (tmp_path / "texts" / "old.txt").write_text("x")
    save_processed(processed(), tmp_path)
    assert not (tmp_path / "texts" / "old.txt").exists()


def test_unbuilt_or_damaged_data_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="hlanalysis build"):
        load_processed(tmp_path)
    save_processed(processed(), tmp_path)
    (tmp_path / "sources.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="hlanalysis build"):
        load_processed(tmp_path)


def test_an_empty_raw_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="no raw files"):
        read_raw(tmp_path)


def test_changed_raw_files_are_noticed(tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw)
    assert is_stale(processed(), raw) == []
    with (raw / "observations.csv").open("a") as file:
        file.write("\n")
    assert is_stale(processed(), raw) == ["observations.csv"]
