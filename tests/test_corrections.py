from decimal import Decimal

import pytest
from checks_figures import figure, table

from hlanalysis.errors import InputError
from hlanalysis.gathering.corrections import COLUMNS, apply_corrections, load_corrections

HEADER = ",".join(COLUMNS)


@pytest.fixture
def revenue():
    return figure("222,044", "bn_vnd", id="rev", note="Thu ngân sách")


def write(tmp_path, *lines):
    path = tmp_path / "corrections.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    return path


LINE = 'rev,"222,044","221,044",Đánh máy nhầm,Phòng TCKH,2025-01-31'


def test_a_correction_changes_the_value_and_keeps_the_print(tmp_path, revenue):
    (fixed,) = apply_corrections(table(revenue), load_corrections(write(tmp_path, LINE)))
    assert fixed.value == Decimal("221.044")
    assert (fixed.id, fixed.written) == ("rev", "222,044")
    assert fixed.note == (
        "Thu ngân sách; Đính chính (corrected): 222,044 → 221,044; Đánh máy nhầm "
        "(Phòng TCKH, 2025-01-31)"
    )


def test_other_figures_stay_as_they_are(tmp_path, revenue):
    other = figure("70", "bn_vnd", id="other")
    corrected = apply_corrections(table(revenue, other), load_corrections(write(tmp_path, LINE)))
    assert corrected.by_id("other") == other


def test_a_fall_and_a_scaled_figure_are_corrected_as_they_are_printed(tmp_path):
    fall = figure("3,15", "percent", "growth", id="fall", value=Decimal("-3.15"))
    herd = figure("58", "count", id="herd", value=Decimal(58000))
    path = write(
        tmp_path,
        'fall,"3,15","3,51",lý do,người,2025-01-31',
        "herd,58,59,lý do,người,2025-01-31",
    )
    corrected = apply_corrections(table(fall, herd), load_corrections(path))
    assert corrected.by_id("fall").value == Decimal("-3.51")
    assert corrected.by_id("herd").value == 59000


def test_k_of_n_is_corrected_as_a_pair(tmp_path):
    row = figure("14/17", "count", "ratio_count", id="k")
    path = write(tmp_path, "k,14/17,15/18,lý do,người,2025-01-31")
    (fixed,) = apply_corrections(table(row), load_corrections(path))
    assert (fixed.value, fixed.numerator, fixed.denominator) == (15, 15, 18)


def test_a_corrected_interval_follows_the_new_value(tmp_path, revenue):
    (fixed,) = apply_corrections(table(revenue), load_corrections(write(tmp_path, LINE)))
    assert fixed.value in fixed.interval() and revenue.value not in fixed.interval()


def test_corrections_whose_reason_has_gone_fail_all_at_once(tmp_path, revenue):
    path = write(
        tmp_path,
        'rev,"220,044","221,044",lý do,người,2025-01-31',
        "gone,5,6,lý do,người,2025-01-31",
        'rev,"222,044",15/18,lý do,người,2025-01-31',
    )
    with pytest.raises(InputError) as error:
        apply_corrections(table(revenue), load_corrections(path))
    said = str(error.value)
    assert "line 2: rev is 222,044 bn_vnd (report, 0-1), no longer 220,044" in said
    assert "line 3: no figure has the id 'gone'" in said
    assert "line 4: 222,044 cannot become 15/18" in said
    assert "rev is corrected 2 times" in said
    assert "Hint:" in said


def test_a_figure_mended_in_its_source_makes_the_correction_fail(tmp_path):
    mended = figure("221,044", "bn_vnd", id="rev")
    with pytest.raises(InputError, match="no longer 222,044"):
        apply_corrections(table(mended), load_corrections(write(tmp_path, LINE)))


def test_every_wrong_line_of_the_file_is_named(tmp_path):
    path = write(
        tmp_path,
        "rev,,5,lý do,người,2025-01-31",
        "rev,4,fünf,lý do,người,31/1/2025",
    )
    with pytest.raises(InputError) as error:
        load_corrections(path)
    said = str(error.value)
    assert "line 2: expected is empty" in said
    assert "line 3: corrected 'fünf' is no number" in said
    assert "line 3: date '31/1/2025' is no day" in said


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("observation,expected\nrev,5\n", "utf-8")
    with pytest.raises(InputError, match="no column corrected, reason, confirmed_by, date"):
        load_corrections(path)


def test_a_file_with_no_corrections_changes_nothing(tmp_path, revenue):
    path = write(tmp_path, ",,,,,")
    assert list(apply_corrections(table(revenue), load_corrections(path))) == [revenue]


def test_excel_leaves_a_byte_order_mark_and_blank_ends(tmp_path, revenue):
    path = tmp_path / "corrections.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\r\n{LINE}\r\n,,,,,\r\n".encode())
    assert apply_corrections(table(revenue), load_corrections(path))[0].value != revenue.value


def test_a_file_that_is_no_text_is_an_error_that_names_it(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError, match=r"corrections\.csv: cannot be read"):
        load_corrections(path)
