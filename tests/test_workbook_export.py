"""The workbook, and the command that exports it, slides and charts."""

# Cases read better on one line each.
# ruff: noqa: E501

from __future__ import annotations

import ast
import csv
import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from chart_samples import samples
from checks_figures import figure as printed
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation

from hlanalysis import metrics
from hlanalysis.cli import main
from hlanalysis.gathering.tidy import Origin
from hlanalysis.metrics import compute
from hlanalysis.metrics.trace import Term, name
from hlanalysis.observations import COLUMNS, Observation
from hlanalysis.publish.workbook.book import lines_of
from hlanalysis.publish.workbook.metrics import computed_figures, excel_formula, write_excel
from hlanalysis.publish.workbook.sheets import workbook

ROOT = Path(__file__).parents[1]
ORIGIN = Origin("report", "document", "UBND", "Báo cáo 2024", "2024-12", "trao tay", "report.txt")


def figure(id_: str, written: str, **fields) -> Observation:
    blank = dict.fromkeys(COLUMNS, "") | dict.fromkeys(("value_max", "numerator", "denominator"))
    usual = {
        "id": id_, "place": "hong_linh_town", "indicator": "budget_revenue", "period": "2024",
        "kind": "level", "status": "actual", "unit": "bn_vnd", "source": "report",
        "locator": "1-2", "written": written, "value": Decimal(written.replace(",", ".")),
    }  # fmt: skip
    return Observation(**(blank | usual | fields))


FIGURES = [
    figure("level", "222,044"),
    figure("excess", "77,64", kind="plan_excess", unit="percent", base="plan"),
    figure("before", "301", period="2023", modifier="over"),
    figure("plan23", "192,5", period="2023", status="plan", plan_level="council"),
    figure("growth", "7,15", kind="growth", unit="percent", base="previous_year"),
]


def made(**options) -> bytes:
    usual = {
        "lang": "vi", "title": "Hồng Lĩnh 2024", "observations": FIGURES,
        "origins": {"report": ORIGIN}, "metrics": computed_figures(FIGURES, "vi"),
        "exhibits": list(samples("vi").values()),
    }  # fmt: skip
    return workbook(**(usual | options))


def opened(data: bytes, *, values: bool = False):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def column(sheet, head: str) -> list:
    """The cells under a head, whichever row the table begins in."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == head:
                return [sheet.cell(n, cell.column) for n in range(cell.row + 1, sheet.max_row + 1)]
    raise AssertionError(f"no column {head}")


def test_the_workbook_opens_and_holds_a_sheet_for_each_thing():
    assert opened(made()).sheetnames == ["Mở đầu", "Chỉ số", "Số liệu", "Nguồn", "Biểu đồ"]
    english = made(lang="en", exhibits=list(samples("en").values()))
    assert opened(english).sheetnames == ["Start here", "Metrics", "Figures", "Sources", "Charts"]


def test_figures_stand_as_numbers_with_their_printed_decimals_and_their_source():
    sheet = opened(made())["Số liệu"]
    values = column(sheet, "Giá trị")
    assert [cell.value for cell in values] == [222.044, 77.64, 301, 192.5, 7.15]
    assert [cell.number_format for cell in values[:3]] == ["#,##0.000", "#,##0.00", "#,##0"]
    assert [cell.value for cell in column(sheet, "Như đã in")][2] == "hơn 301"
    assert {cell.value for cell in column(sheet, "Nguồn")} == {"Báo cáo 2024"}
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref.startswith("A1:")
    assert sheet.print_title_rows == "$1:$1"


def test_metrics_are_live_formulas_beside_their_right_values():
    live, cached = opened(made())["Chỉ số"], opened(made(), values=True)["Chỉ số"]
    formulas = {
        row[0].value: (row[4].value, kept[4].value, row[4].number_format)
        for row, kept in zip(live.iter_rows(min_row=2), cached.iter_rows(min_row=2), strict=True)
    }
    formula, value, _ = formulas[metrics.card_of(metrics.implied_plan).title("vi")]
    assert formula == "='Số liệu'!$F$2/(1+('Số liệu'!$F$3/100))"
    assert value == pytest.approx(222.044 / 1.7764, rel=1e-12)
    formula, value, pattern = formulas[metrics.card_of(metrics.growth_rate).title("vi")]
    assert value == pytest.approx(222.044 / 301 - 1, rel=1e-12) and pattern.startswith("+0.0%")


def test_an_assumption_stands_beside_the_number_it_carries():
    # One source says what its revenue covers, the other does not.
    rows = [FIGURES[0], replace(FIGURES[2], scope="budget_revenue_domestic")]
    sheet = opened(made(observations=rows, metrics=computed_figures(rows, "vi")))["Chỉ số"]
    (said,) = (cell.value for cell in column(sheet, "Giả định"))
    assert "nguồn không nói rõ" in said


def test_what_the_metrics_refuse_is_not_computed():
    unlike = [FIGURES[0], replace(FIGURES[2], scope="budget_revenue_excl_land"),
              replace(FIGURES[0], id="other", scope="budget_revenue_incl_land", locator="5-6")]  # fmt: skip
    pairs = [one.cites for one in computed_figures(unlike[1:], "vi")]
    assert pairs == []


LEAVES = st.sampled_from("abc").map(name) | st.integers(1, 9).map(
    lambda n: Term("num", (Fraction(n),))
)
TERMS = st.recursive(
    LEAVES,
    lambda part: (
        st.tuples(st.sampled_from("+-*/"), part, part).map(lambda t: Term(t[0], t[1:]))
        | part.map(lambda one: Term("neg", (one,)))
    ),
    max_leaves=12,
)


def value_of(term: Term, values: dict[str, Fraction]) -> Fraction:
    if term.op == "name":
        return values[term.args[0]]
    if term.op == "num":
        return term.args[0]
    parts = [value_of(part, values) for part in term.args]
    if term.op == "neg":
        return -parts[0]
    first, second = parts
    return {
        "+": lambda: first + second, "-": lambda: first - second, "*": lambda: first * second,
        "/": lambda: first / second,
    }[term.op]()  # fmt: skip


def exactly(text: str) -> Fraction:
    """Count a formula of plus, minus, times, over and brackets, which read alike in Excel and here."""
    tree = ast.parse(text, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.value = Fraction(node.value)
    return count(tree.body)


def count(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp):
        return -count(node.operand)
    first, second = count(node.left), count(node.right)
    signs = {ast.Add: "__add__", ast.Sub: "__sub__", ast.Mult: "__mul__", ast.Div: "__truediv__"}
    return getattr(first, signs[type(node.op)])(second)


@given(term=TERMS, numbers=st.tuples(*[st.integers(1, 50)] * 3))
@settings(max_examples=200, deadline=None)
def test_a_printed_formula_means_what_the_tree_means(term, numbers):
    values = dict(zip("abc", map(Fraction, numbers), strict=True))
    text = write_excel(term, {key: str(value) for key, value in values.items()})
    try:
        expected = value_of(term, values)
    except ZeroDivisionError:
        return
    assert exactly(text) == expected


def test_units_are_converted_inside_the_formula():
    small = figure("small", "222044", unit="m_vnd")
    plan = figure("plan", "125", status="plan")
    done = compute(metrics.plan_gap, outturn=plan, plan=small, assume=("plan_level",))
    cells = {"plan": "B1", "small": "B2"}
    assert excel_formula(done, lambda key: cells.get(key, "")) == "=B1-(B2/1000)"


@pytest.mark.parametrize("hostile", ["=1+1", "=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "@SUM(A1)",
                                     "-2+3", "{=1}", "=x\x07"])  # fmt: skip
def test_no_text_becomes_a_formula_anywhere(hostile):
    rows = [replace(FIGURES[0], note=hostile, written=hostile, locator=hostile, indicator="unlisted",
                    series=hostile)]  # fmt: skip
    origin = replace(ORIGIN, title=hostile, publisher=hostile, address=hostile)
    one = replace(samples("vi")["bars"], finding=hostile, source=hostile, note=hostile)
    data = made(
        observations=rows, metrics=(), origins={"report": origin}, title=hostile, exhibits=[one]
    )
    for sheet in opened(data):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        assert not any(cell.hyperlink and cell.hyperlink.target for row in sheet for cell in row)


def test_two_runs_give_the_same_bytes_and_no_clock():
    assert made() == made()
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(part))


def test_charts_are_native_named_and_read_their_numbers_from_cells():
    sheet = opened(made())["Biểu đồ"]
    native = [one for one in samples("vi").values() if one.id != "grid"]
    assert len(sheet._charts) == len(native)
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert drawing.count("descr=") == len(native)
    assert "'Biểu đồ'!$B$5:$B$10" in chart and "hơn 301" in chart


def test_words_take_the_height_they_need():
    assert lines_of("một hai ba", 40) == 1
    assert lines_of("x" * 95, 40) >= 3
    assert lines_of(" ".join(["chữ"] * 40), 20) in (8, 9, 10)


def test_sheets_of_others_can_be_added():
    def add(book):
        book.add_worksheet("Kịch bản")

    assert opened(made(add_sheets=add)).sheetnames[-1] == "Kịch bản"


def test_a_workbook_of_nothing_still_opens():
    data = workbook(lang="vi", title="", observations=[], origins={})
    assert opened(data).sheetnames == ["Mở đầu"]


@pytest.mark.office
def test_libreoffice_recalculates_every_metric_to_the_stored_value(tmp_path):
    """The values are stored wrong on purpose: a program that shows them has not calculated."""
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(made(cache=lambda value: -999.0, exhibits=()))
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>',
        encoding="utf-8",
    )
    subprocess.run(
        [shutil.which("soffice") or shutil.which("libreoffice"),
         f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "out"), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    counted = column(
        opened((tmp_path / "out" / "wrong.xlsx").read_bytes(), values=True)["Chỉ số"], "Giá trị"
    )
    wanted = [float(one.value) for one in computed_figures(FIGURES, "vi")]
    assert [cell.value for cell in counted[: len(wanted)]] == pytest.approx(wanted, rel=1e-9)


@pytest.mark.office
def test_libreoffice_shows_every_sheet(tmp_path):
    import pypdfium2

    path = tmp_path / "book.xlsx"
    path.write_bytes(made())
    subprocess.run(
        [shutil.which("soffice") or shutil.which("libreoffice"),
         f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with pypdfium2.PdfDocument(tmp_path / "book.pdf") as pages:
        shown = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in pages)
    for one in samples("vi").values():
        assert one.finding in shown
    assert "Err:" not in shown and "#REF!" not in shown and "#NAME?" not in shown


# --- the command -------------------------------------------------------------------------------


def export(*words: str) -> int:
    return main(["export", *words, "--project", str(ROOT)])


@pytest.fixture(scope="module")
def built() -> None:
    if not (ROOT / "data" / "processed" / "observations.csv").exists():
        pytest.skip("the project has not been built")


def test_export_charts_writes_pictures_and_their_numbers(built, tmp_path, capsys):
    from hlanalysis.project import open_project

    first = open_project(ROOT).exhibits()[0]
    assert export("charts", "--lang", "both", "--only", first.id, "--out", str(tmp_path)) == 0
    for lang in ("vi", "en"):
        files = {path.suffix: path for path in (tmp_path / lang).iterdir()}
        assert set(files) == {".svg", ".png", ".csv", ".xlsx"}
        assert files[".png"].read_bytes().startswith(b"\x89PNG")
        rows = list(csv.reader(io.StringIO(files[".csv"].read_text("utf-8-sig"))))
        assert len(rows) == len(first.frame()) + 1
    assert str(tmp_path / "vi") in capsys.readouterr().out


def test_export_pptx_writes_a_deck_and_renews_it(built, tmp_path, capsys):
    path = tmp_path / "deck.pptx"
    assert export("pptx", "--out", str(path)) == 0
    first = path.read_bytes()
    assert len(Presentation(io.BytesIO(first)).slides) > 5
    assert export("pptx", "--update", str(path)) == 0
    assert "renewed" in capsys.readouterr().out
    assert export("pptx", "--out", str(tmp_path / "again.pptx")) == 0
    assert (tmp_path / "again.pptx").read_bytes() == first


def test_export_xlsx_writes_figures_metrics_and_scenarios(built, tmp_path):
    path = tmp_path / "book.xlsx"
    assert export("xlsx", "--lang", "en", "--out", str(path)) == 0
    names = opened(path.read_bytes()).sheetnames
    assert names[:4] == ["Start here", "Findings", "Metrics", "Figures"]
    if list((ROOT / "data" / "scenarios").glob("*.model.toml")):
        assert "Levers" in names


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["pptx", "--template", "khong-co.pptx"], "khong-co.pptx: no such file"),
        (["pptx", "--update", "khong-co.pptx"], "khong-co.pptx: no such file"),
        (["pptx", "--update", "a.pptx", "--lang", "both"], "a deck speaks one"),
        (["xlsx", "--template", "a.pptx"], "given with `export xlsx`"),
        (["charts", "--only", "khong_co"], "no exhibit khong_co"),
    ],
)
def test_wrong_words_get_one_sentence_and_status_2(built, words, message, tmp_path, capsys):
    assert export(*words, "--out", str(tmp_path / "x")) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def rates(status="actual"):
    about = {"indicator": "poverty_rate"}
    return [
        printed("5,10", "percent", status=status, **about),
        printed("5,20", "percent", status="plan", **about),
        printed("6,35", "percent", period="2023", **about),
        printed("98,1", "percent", "plan_attainment", **about),
    ]


def test_of_a_rate_only_differences_in_points_are_worked_out():
    found = {one.metric: one for one in computed_figures(rates(), "vi")}
    assert set(found) == {"plan_point_gap", "point_change"}
    assert (found["plan_point_gap"].shown, found["plan_point_gap"].shown_unit) == (
        Fraction("-0.1"), "percentage_points",
    )  # fmt: skip
    assert found["point_change"].shown == Fraction("-1.25")


def test_what_several_sources_print_is_worked_out_once():
    rows = [
        printed("276", "bn_vnd", source="a"), printed("276", "bn_vnd", source="b", status="estimate"),
        printed("240", "bn_vnd", status="plan"), printed("276.000", "m_vnd", source="c"),
    ]  # fmt: skip
    found = [one.metric for one in computed_figures(rows, "vi")]
    assert sorted(found) == ["plan_attainment", "plan_gap"]


def test_points_stand_in_the_sheet_as_points():
    sheet = opened(made(observations=rates(), metrics=computed_figures(rates(), "vi")))["Chỉ số"]
    cells = {row[0].value: row[4] for row in sheet.iter_rows(min_row=2)}
    gap = cells["Chênh lệch so với kế hoạch (điểm %)"]
    assert gap.value.endswith("*100") and gap.number_format == "+0.00;-0.00;0.00"


def test_what_a_source_prints_is_not_inferred_in_the_sheet():
    rows = [printed("276", "bn_vnd"), printed("115,0", "percent", "plan_attainment")]
    assert [one.metric for one in computed_figures(rows, "vi")] == ["implied_plan_from_attainment"]
    known = [*rows, printed("240", "bn_vnd", status="plan")]
    found = [one.metric for one in computed_figures(known, "vi")]
    assert sorted(found) == ["plan_attainment", "plan_gap"]
