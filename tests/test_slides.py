"""Slides: native charts that open, say what the pictures say, and can be renewed in place."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from chart_samples import samples
from lxml import etree
from pptx import Presentation
from pptx.util import Inches, Pt

from hlanalysis.charts.exhibit import Exhibit
from hlanalysis.charts.forms import Bars, Form, Lines, LineSeries, Mark, Waterfall
from hlanalysis.errors import InputError
from hlanalysis.publish.native.plan import native, pattern_of
from hlanalysis.publish.slides.deck import slides
from hlanalysis.publish.slides.update import update_slides

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def exhibit(chart: Form, name: str = "one", finding: str = "Thu đạt 222 tỷ đồng") -> Exhibit:
    return Exhibit(id=name, lang="vi", finding=finding, source="Báo cáo 2024",
                   subtitle="Tỷ đồng, 2024", chart=chart)  # fmt: skip


def opened(data: bytes):
    return Presentation(io.BytesIO(data))


def by_name(slide) -> dict:
    return {shape.name: shape for shape in slide.shapes}


def chart_of(chart: Form):
    return by_name(opened(slides([exhibit(chart)], "vi")).slides[0])["one"].chart


def patterns_of(chart) -> list[str]:
    found = chart._chartSpace.iterfind(f".//{C}dLbl/{C}numFmt")
    return [one.get("formatCode") for one in found]


def parts(data: bytes, begin: str) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith(begin)]


@pytest.fixture(scope="module", params=["vi", "en"])
def deck(request):
    """Every form in one deck, with its language."""
    exhibits = list(samples(request.param).values())
    return slides(exhibits, request.param, title="Hồng Lĩnh", subtitle="2024"), exhibits


def test_a_slide_has_finding_unit_source_alternative_and_notes(deck):
    data, exhibits = deck
    shown = list(opened(data).slides)
    assert len(shown) == len(exhibits) + 1
    for slide, one in zip(shown[1:], exhibits, strict=True):
        shapes = by_name(slide)
        assert slide.shapes.title.text_frame.text == one.finding
        assert shapes[f"{one.id}:subtitle"].text_frame.text == one.subtitle
        assert one.source in shapes[f"{one.id}:source"].text_frame.text
        assert shapes[one.id]._element.nvGraphicFramePr.cNvPr.get("descr") == one.alt
        notes = slide.notes_slide.notes_text_frame.text
        assert one.script in notes and one.source in notes


def test_slides_are_wide_and_nothing_leaves_them_or_covers_another(deck):
    shown = opened(deck[0])
    wide, high = shown.slide_width, shown.slide_height
    assert wide / high == pytest.approx(16 / 9, abs=0.001)
    for slide in list(shown.slides)[1:]:
        boxes = sorted((s.top, s.top + s.height, s.name) for s in slide.shapes)
        for (_, end, name), (start, _, other) in pairwise(boxes):
            assert end <= start + Inches(0.02), (name, other)
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= wide
            assert shape.top >= 0 and shape.top + shape.height <= high


def test_every_chart_but_the_grid_is_native(deck):
    data, exhibits = deck
    for slide, one in zip(list(opened(data).slides)[1:], exhibits, strict=True):
        frame = by_name(slide)[one.id]
        assert frame.has_table if one.id == "grid" else frame.has_chart


def test_words_carry_the_language(deck):
    data, exhibits = deck
    tag = {"vi": "vi-VN", "en": "en-US"}[exhibits[0].lang]
    for blob in parts(data, "ppt/slides/slide"):
        runs = etree.fromstring(blob).findall(f".//{A}rPr")
        assert runs and {run.get("lang") for run in runs} <= {tag}
    for blob in parts(data, "ppt/charts/chart"):
        assert etree.fromstring(blob).find(f"{C}lang").get("val") == tag


def test_two_runs_give_the_same_bytes():
    made = [slides(list(samples("vi").values()), "vi", title="Hồng Lĩnh") for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2025-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_data_behind_a_chart_opens_and_holds_the_numbers():
    data = slides([exhibit(Bars((Mark("a", Decimal("222.044")), Mark("b", None)), "bn_vnd"))], "vi")
    (blob,) = parts(data, "ppt/embeddings/")
    sheet = openpyxl.load_workbook(io.BytesIO(blob))["Sheet1"]
    assert [[cell.value for cell in row] for row in sheet] == [
        [None, "tỷ đồng"], ["a", 222.044], ["b", None],
    ]  # fmt: skip


@pytest.mark.parametrize("hostile", ["=1+1", '=HYPERLINK("http://x")', "{=1}", "@SUM(A1)"])
def test_a_hostile_name_never_becomes_a_formula(hostile, tmp_path):
    lines = Lines((LineSeries(hostile, (Mark(hostile, 1), Mark("b", 2))),), "bn_vnd")
    one = exhibit(lines, finding=hostile)
    path = tmp_path / "deck.pptx"
    path.write_bytes(slides([one], "vi"))
    for data in (path.read_bytes(), update_slides(path, [one]).data):
        (blob,) = parts(data, "ppt/embeddings/")
        sheet = openpyxl.load_workbook(io.BytesIO(blob))["Sheet1"]
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
        assert sheet["B1"].value == hostile and sheet["A2"].value == hostile


def test_labels_follow_edits_and_say_what_must_be_known():
    vi = {
        "over": pattern_of(Mark("", 301, bound="over"), "bn_vnd", "vi"),
        "estimate": pattern_of(Mark("", 240, estimate=True), "bn_vnd", "en"),
        "inferred": pattern_of(Mark("", Decimal("125.5"), inferred=True), "bn_vnd", "vi"),
        "growth": pattern_of(Mark("", Decimal("7.15")), "percent", "vi", signed=True),
    }
    assert vi == {
        "over": '"hơn "#,##0',
        "estimate": '"est. "#,##0',
        "inferred": '#,##0.0" (suy ra)"',
        "growth": '"+"#,##0.00"%";"−"#,##0.00"%";#,##0.00"%"',
    }
    chart = chart_of(Bars((Mark("a", 301, bound="over"),), "bn_vnd"))
    (pattern,) = chart._chartSpace.findall(f".//{C}dLbl/{C}numFmt")
    assert pattern.get("formatCode") == '"hơn "#,##0'


def test_a_waterfall_stands_on_an_unseen_base_and_its_values_follow_edits():
    steps = (Mark("rất nhỏ", 1), Mark("giảm", -60))
    chart = chart_of(Waterfall(Mark("đầu", 100), steps, Mark("cuối", 41), "bn_vnd"))
    base, piece, beyond = (list(one.values) for one in chart.plots[0].series)
    assert base == [0, 100, 41, 0] and piece == [100, 1, 60, 41]
    assert beyond == [None, 1, None, None]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book["Sheet1"]["D3"].value == "=C3"
    patterns = [
        one.get("formatCode") for one in chart._chartSpace.iterfind(f".//{C}dLbl/{C}numFmt")
    ]
    assert '"−"#,##0;"−"#,##0;#,##0' in patterns
    assert not list(chart._chartSpace.iterfind(f".//{C}dLbl//{A}t"))


def test_a_waterfall_across_zero_is_two_pieces():
    chart = chart_of(Waterfall(Mark("a", 100), (Mark("b", -150),), Mark("c", -50), "bn_vnd"))
    base, above, below, _ = (list(one.values) for one in chart.plots[0].series)
    assert (base, above, below) == ([0, 0, 0], [100, 100, 0], [0, -50, -50])


def test_a_fan_stacks_its_bands_on_an_unseen_base_and_names_them():
    chart = by_name(opened(slides([samples("vi")["fan"]], "vi")).slides[0])["fan"].chart
    areas = [list(one.values) for one in chart.plots[0].series]
    # 2030: the edges of the sample's bands are 288, 318, 384 and 420.
    assert [values[-1] for values in areas] == [288, 30, 66, 36]
    words = "".join(one.text for one in chart._chartSpace.iter(f"{A}t"))
    assert "8 trên 10 lần mô phỏng" in words and "5 trên 10 lần" in words


def test_a_gap_stays_a_gap_and_missing_years_keep_their_distance():
    line = LineSeries("Thu", (Mark("2020", 1), Mark("2021", None), Mark("2024", 3)))
    chart = chart_of(Lines((line,), "bn_vnd"))
    assert list(chart.plots[0].categories) == ["2020", "2021", "2022", "2023", "2024"]
    assert list(chart.plots[0].series[0].values) == [1, None, None, None, 3]
    assert chart._chartSpace.find(f".//{C}dispBlanksAs").get("val") == "gap"


def test_plans_are_dashed_bounds_hollow_and_inferred_values_hatched_in_native_charts_too():
    marks = (Mark("a", 1, "plan"), Mark("b", 1, bound="over"), Mark("c", 1, inferred=True))
    chart = chart_of(Bars((Mark("x", 1), *marks), "bn_vnd"))
    points = {one.find(f"{C}idx").get("val"): one for one in chart._chartSpace.iter(f"{C}dPt")}
    assert points["1"].find(f".//{A}prstDash").get("val") == "dash"
    assert points["2"].find(f"{C}spPr/{A}solidFill/{A}srgbClr").get("val") == "FFFFFF"
    assert points["3"].find(f".//{A}pattFill") is not None


ORDER = {
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName "
    "showSerName showPercent showBubbleSize separator",
    "plotArea": "layout areaChart barChart lineChart catAx valAx",
    "chartSpace": "date1904 lang roundedCorners chart spPr txPr externalData",
    "catAx": "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossBetween majorUnit",
    "scaling": "orientation max min",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls cat val smooth",
    "dPt": "idx invertIfNegative marker bubble3D spPr",
    "legend": "legendPos legendEntry layout overlay txPr",
}


def test_chart_parts_keep_the_order_of_the_schema(deck):
    """PowerPoint repairs, that is drops, a chart whose elements stand in another order."""
    for blob in parts(deck[0], "ppt/charts/chart"):
        for element in etree.fromstring(blob).iter():
            order = ORDER.get(etree.QName(element).localname, "").split()
            if order and element.tag.startswith(C):
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), etree.QName(element).localname


ALLOWED = {
    ("barChart", "clustered"): {"outEnd", "inEnd", "ctr", "inBase"},
    ("barChart", "stacked"): {"inEnd", "ctr", "inBase"},
    ("lineChart", "standard"): {"t", "b", "l", "r", "ctr"},
}


def test_labels_stand_only_where_powerpoint_allows_it(deck):
    """A label outside the end of a stacked bar makes PowerPoint call the file damaged."""
    for blob in parts(deck[0], "ppt/charts/chart"):
        for place in etree.fromstring(blob).iter(f"{C}dLblPos"):
            plot = next(one for one in place.iterancestors() if one.tag.endswith("Chart"))
            kind = etree.QName(plot).localname, plot.find(f"{C}grouping").get("val")
            assert place.get("val") in ALLOWED[kind]


def test_bars_of_native_charts_start_at_zero():
    close = Bars((Mark("a", 55), Mark("b", 63)), "bn_vnd")
    scaling = chart_of(close)._chartSpace.find(f".//{C}valAx/{C}scaling")
    assert scaling.find(f"{C}min").get("val") == "0" and scaling.find(f"{C}max") is None
    below = Bars((Mark("a", -55), Mark("b", -63)), "bn_vnd")
    scaling = chart_of(below)._chartSpace.find(f".//{C}valAx/{C}scaling")
    assert scaling.find(f"{C}max").get("val") == "0"
    both = Bars((Mark("a", -55), Mark("b", 63)), "bn_vnd")
    scaling = chart_of(both)._chartSpace.find(f".//{C}valAx/{C}scaling")
    assert scaling.find(f"{C}min") is None and scaling.find(f"{C}max") is None


def test_a_screen_reader_meets_title_unit_chart_note_and_source_in_this_order():
    one = samples("vi")["bars"]
    names = [shape.name for shape in opened(slides([one], "vi")).slides[0].shapes]
    assert names == ["bars:title", "bars:subtitle", "bars", "bars:note", "bars:source"]


def test_series_numbers_are_unique_and_axes_are_shared(deck):
    for blob in parts(deck[0], "ppt/charts/chart"):
        root = etree.fromstring(blob)
        numbers = [one.find(f"{C}idx").get("val") for one in root.iter(f"{C}ser")]
        assert sorted(map(int, numbers)) == list(range(len(numbers)))
        axes = {one.find(f"{C}axId").get("val") for one in root.iter(f"{C}catAx", f"{C}valAx")}
        plots = (one for one in root.iter() if one.tag.endswith("Chart"))
        used = {one.get("val") for plot in plots for one in plot.findall(f"{C}axId")}
        assert used == axes and len(axes) == 2


def make_template(path: Path) -> None:
    """A town's template: its own size, a sample slide, a title layout of its own place."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(12), Inches(6.75)
    layout = next(one for one in deck.slide_layouts if one.name == "Title Only")
    title = layout.placeholders[0]
    title.left, title.top, title.width, title.height = (
        Inches(1), Inches(0.2), Inches(10), Inches(1),
    )  # fmt: skip
    deck.slides.add_slide(layout).shapes.title.text = "Trang mẫu"
    deck.save(str(path))


def test_a_towns_template_keeps_its_layout_and_loses_its_sample_slides(tmp_path):
    path = tmp_path / "mau.pptx"
    make_template(path)
    one = exhibit(Bars((Mark("a", 1),), "bn_vnd"))
    deck = opened(slides([one], "vi", template=path))
    assert (deck.slide_width, len(deck.slides)) == (Inches(12), 1)
    shapes = by_name(deck.slides[0])
    assert shapes["one:title"].left == Inches(1)
    assert shapes["one"].left == Inches(1) and shapes["one"].top > Inches(1.2)
    assert b"Trang m" not in b"".join(parts(slides([one], "vi", template=path), "ppt/slides/"))


def test_a_potx_template_is_taken_too(tmp_path):
    path, potx = tmp_path / "mau.pptx", tmp_path / "mau.potx"
    make_template(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(potx, "w") as new:
        for item in old.infolist():
            part = old.read(item.filename)
            if item.filename == "[Content_Types].xml":
                part = part.replace(b"presentation.main+xml", b"template.main+xml")
            new.writestr(item, part)
    assert len(
        opened(slides([exhibit(Bars((Mark("a", 1),), "bn_vnd"))], "vi", template=potx)).slides
    )


@pytest.mark.parametrize("content", [None, b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_template_that_is_none_is_refused_in_one_sentence(content, tmp_path):
    path = tmp_path / "mau.pptx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"mau\.pptx.*expected"):
        slides([exhibit(Bars((Mark("a", 1),), "bn_vnd"))], "vi", template=path)


def test_an_update_renews_numbers_and_words_and_leaves_the_layout(tmp_path):
    old = exhibit(Bars((Mark("2023", 301, bound="over"), Mark("2024", 200)), "bn_vnd"))
    path = tmp_path / "deck.pptx"
    path.write_bytes(slides([old, exhibit(old.chart, "two")], "vi"))
    deck = Presentation(str(path))
    shapes = by_name(deck.slides[0])
    shapes["one"].left, shapes["one"].width = Inches(3), Inches(5)
    shapes["one:title"].text_frame.paragraphs[0].runs[0].font.size = Pt(33)
    deck.slides[0].notes_slide.notes_text_frame.text += "\nNhớ cảm ơn các phường"
    fill = shapes["one"].chart.plots[0].series[0].points[1].format.fill
    fill.solid()
    fill.fore_color.rgb = fill.fore_color.rgb.__class__(1, 2, 3)
    deck.save(str(path))

    new = replace(
        old, finding="Thu đạt 222,044 tỷ đồng", alt="", cites=(),
        chart=Bars((Mark("2023", 301), Mark("2024", Decimal("222.044"))), "bn_vnd"),
    )  # fmt: skip
    done = update_slides(path, [new, exhibit(old.chart, "three")])
    assert (done.renewed, done.absent, done.unlike) == (("one",), ("three",), ())
    shapes = by_name(opened(done.data).slides[0])
    chart = shapes["one"].chart
    assert list(chart.plots[0].series[0].values) == [301, 222.044]
    assert shapes["one:title"].text_frame.text == "Thu đạt 222,044 tỷ đồng"
    assert shapes["one:title"].text_frame.paragraphs[0].runs[0].font.size == Pt(33)
    assert (shapes["one"].left, shapes["one"].width) == (Inches(3), Inches(5))
    assert str(chart.plots[0].series[0].points[1].format.fill.fore_color.rgb) == "010203"
    assert "222,044" in shapes["one"]._element.nvGraphicFramePr.cNvPr.get("descr")
    patterns = [
        one.get("formatCode") for one in chart._chartSpace.iterfind(f".//{C}dLbl/{C}numFmt")
    ]
    assert patterns == ["#,##0", "#,##0.000"]
    notes = opened(done.data).slides[0].notes_slide.notes_text_frame.text
    assert "222,044" in notes and "Nhớ cảm ơn các phường" in notes and "200" not in notes
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet["B3"].value == 222.044


def said_by(chart: bytes) -> list[str | float]:
    """Every word and number of a chart part, 301 and 301.0 alike."""
    texts = [one.text for one in etree.fromstring(chart).iter(f"{C}v", f"{A}t")]
    return [round(float(text), 9) if re.fullmatch(r"-?[0-9.]+", text) else text for text in texts]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_update_with_the_same_figures_changes_nothing_that_a_chart_says(lang, tmp_path):
    exhibits = list(samples(lang).values())
    path = tmp_path / "deck.pptx"
    path.write_bytes(slides(exhibits, lang))
    done = update_slides(path, exhibits)
    assert done.renewed == tuple(one.id for one in exhibits) and not done.unlike
    assert update_slides(path, exhibits).data == done.data
    for before, after in zip(parts(path.read_bytes(), "ppt/charts/chart"),
                             parts(done.data, "ppt/charts/chart"), strict=True):  # fmt: skip
        assert said_by(before) == said_by(after)


def test_typed_labels_keep_the_decks_separators_and_are_renewed_too(tmp_path):
    path = tmp_path / "deck.pptx"
    line = Lines(
        (LineSeries("Thu", (Mark("2023", 1), Mark("2024", Decimal("222.044")))),), "bn_vnd"
    )
    path.write_bytes(slides([exhibit(line)], "vi", typed_labels=True))
    chart = by_name(opened(path.read_bytes()).slides[0])["one"].chart
    assert [one.text for one in chart._chartSpace.iter(f"{A}t")] == ["Thu 222,044"]
    later = Lines((LineSeries("Thu", (Mark("2023", 1), Mark("2024", Decimal("230.5")))),), "bn_vnd")
    chart = by_name(opened(update_slides(path, [exhibit(later)]).data).slides[0])["one"].chart
    assert [one.text for one in chart._chartSpace.iter(f"{A}t")] == ["Thu 230,5"]


def test_every_label_knows_its_words():
    for one in samples("vi").values():
        plan = native(one.chart, "vi")
        for series in plan.series if plan else ():
            assert all(label.text or label.said for label in series.labels if label), one.id


def test_a_chart_rebuilt_by_hand_is_left_alone_and_named(tmp_path):
    path = tmp_path / "deck.pptx"
    line = Lines((LineSeries("a", (Mark("2024", 1),)),), "bn_vnd")
    path.write_bytes(slides([exhibit(line)], "vi"))
    done = update_slides(path, [exhibit(Bars((Mark("a", 1),), "bn_vnd"))])
    assert (done.renewed, done.unlike) == ((), ("one",))


def test_a_deck_without_our_names_is_refused(tmp_path):
    path = tmp_path / "deck.pptx"
    make_template(path)
    with pytest.raises(InputError, match="no chart is named after an exhibit"):
        update_slides(path, [exhibit(Bars((Mark("a", 1),), "bn_vnd"))])


def test_every_form_has_a_native_plan_with_a_value_and_look_for_each_category():
    for one in samples("vi").values():
        plan = native(one.chart, "vi")
        if plan is None:
            continue
        for series in plan.series:
            sizes = {len(series.values), len(series.looks), len(series.labels)}
            assert sizes == {len(plan.categories)}, (one.id, series.name)


@pytest.mark.office
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_libreoffice_shows_every_slide_with_its_words(lang, tmp_path):
    import pypdfium2

    exhibits = list(samples(lang).values())
    path = tmp_path / "deck.pptx"
    path.write_bytes(slides(exhibits, lang))
    subprocess.run(
        [shutil.which("soffice") or shutil.which("libreoffice"),
         f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with pypdfium2.PdfDocument(tmp_path / "deck.pdf") as pages:
        assert len(pages) == len(exhibits)
        for page, one in zip(pages, exhibits, strict=True):
            shown = " ".join(page.get_textpage().get_text_range().split())
            assert one.finding in shown and one.source in shown
            plan = native(one.chart, lang)
            for name in plan.categories if plan else one.chart.rows:
                assert all(word in shown for word in name.split()), (one.id, name)
