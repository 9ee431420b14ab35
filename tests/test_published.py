from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hlanalysis.errors import InputError
from hlanalysis.sources.published import COLUMNS, is_published_table, load_published

RAW = Path(__file__).parents[1] / "data" / "raw"
ROW = {
    "place": "hong_linh",
    "indicator": "budget_revenue",
    "series": "",
    "period": "2023",
    "as_of": "",
    "kind": "level",
    "status": "actual",
    "base": "",
    "value": "301.50",
    "unit": "bn_vnd",
    "modifier": "over",
    "source_url": "https://bao.example/1",
    "source_date": "2023-12",
    "publisher": "Báo",
    "note": 'Said "over", in a table.',
}


def write(folder: Path, *rows: dict[str, str], header: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "published.csv"
    lines = [",".join(header)]
    for row in rows:
        quoted = ('"' + row.get(name, "").replace('"', '""') + '"' for name in header)
        lines.append(",".join(quoted))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_every_published_figure_is_read_exactly():
    figures = load_published(RAW / "observations.csv")
    assert len(figures) == 436
    assert [figure.line for figure in figures] == list(range(2, 438))
    assert all(isinstance(figure.value, Decimal) for figure in figures)
    total = [f for f in figures if (f.place, f.indicator, f.period) == KEY]
    levels = {f.status: (f.value, f.unit, f.modifier) for f in total if f.kind == "level"}
    assert levels["actual"] == (Decimal(301), "bn_vnd", "over")
    assert levels["plan"] == (Decimal("192.5"), "bn_vnd", "")


KEY = ("hong_linh", "budget_revenue", "2023")


def test_trailing_zeros_are_kept_as_written(tmp_path):
    (figure,) = load_published(write(tmp_path, ROW))
    assert (figure.value, figure.written) == (Decimal("301.50"), "301.50")
    assert figure.note == 'Said "over", in a table.'


def test_columns_may_stand_in_any_order_and_blank_lines_are_nothing(tmp_path):
    path = write(tmp_path, ROW, header=tuple(reversed(COLUMNS)))
    path.write_text(path.read_text("utf-8") + "\n,,,,,,,,,,,,,,\n", "utf-8")
    assert load_published(path)[0].publisher == "Báo"


def test_a_note_with_line_ends_does_not_shift_line_numbers(tmp_path):
    path = write(tmp_path, {**ROW, "note": "one\ntwo"}, {**ROW, "value": "x"})
    with pytest.raises(InputError, match="line 4: value 'x'"):
        load_published(path)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("place", "", "place '' is not given"),
        ("period", "2023-13M", "is not a period"),
        ("kind", "levels", "kind 'levels' is not one of level, growth"),
        ("status", "done", "status 'done' is not one of"),
        ("base", "last_year", "base 'last_year' is not a base"),
        ("value", "77,64", "value '77,64' is not a number with a decimal point"),
        ("value", "1.290,5", "is not a number"),
        ("value", "", "is not a number"),
        ("value", "nan", "is not a number"),
        ("value", "1e400", "is not a number"),
        ("unit", "tỷ đồng", "unit 'tỷ đồng' is not a unit of the catalogue"),
        ("modifier", "hơn", "modifier 'hơn' is not one of over"),
        ("source_url", "báo giấy", "is not a web address"),
        ("source_date", "2023-02-30", "is not a date"),
        ("as_of", "soon", "is not a date"),
        ("publisher", "", "publisher '' is not given"),
        ("base", "plan", "kind level has base 'plan' instead of none"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(tmp_path, column, value, expected):
    with pytest.raises(InputError) as caught:
        load_published(write(tmp_path, ROW, {**ROW, column: value}))
    assert "1 row is wrong" in str(caught.value)
    assert "line 3: " in str(caught.value)
    assert expected in str(caught.value)


def test_all_wrong_rows_are_named_at_once(tmp_path):
    rows = [{**ROW, "value": "x"}, ROW, {**ROW, "kind": "plan_excess", "unit": "kg/"}]
    with pytest.raises(InputError) as caught:
        load_published(write(tmp_path, *rows))
    message = str(caught.value)
    assert "2 rows are wrong" in message
    assert "line 2: value 'x'" in message
    assert "line 4: unit 'kg/'" in message and "instead of 'plan'" in message


def test_very_many_wrong_rows_are_counted(tmp_path):
    with pytest.raises(InputError, match=r"30 rows are wrong(?s:.*)and 10 more"):
        load_published(write(tmp_path, *[{**ROW, "value": ""}] * 30))


def test_a_wrong_header_is_named(tmp_path):
    header = tuple("valeu" if name == "value" else name for name in COLUMNS)
    with pytest.raises(InputError, match="line 1: columns missing value; unknown valeu"):
        load_published(write(tmp_path, ROW, header=header))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (",".join(COLUMNS) + "\n", "no rows below the header"),
        (",".join(COLUMNS) + '\n"a,b\n', "line 2: is no CSV"),
        (",".join(COLUMNS) + "\na,b\n", "line 2: 2 fields instead of 15"),
        ("", "columns missing"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, expected):
    path = tmp_path / "a.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=expected):
        load_published(path)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        load_published(tmp_path / "a.csv")


def test_a_table_is_known_by_its_header(tmp_path):
    assert is_published_table(RAW / "observations.csv")
    assert not is_published_table(RAW / "bao_cao_kiem_diem_ubnd_2024.txt")
