import base64
import re
from itertools import pairwise

import nbformat
import pytest
from lxml import html as lxml_html
from sample_page import drawing, executed, page_of, sample_html, showing, text

from hlanalysis.errors import InputError
from hlanalysis.publish.html import POLICY, OfflineHTMLExporter, page_html

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5"
    "ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="1"/></svg>'


def tree(page):
    return lxml_html.document_fromstring(page.encode("utf-8"))


def words(page):
    return " ".join(tree(page).find("body").text_content().split())


@pytest.fixture(params=["vi", "en"])
def sample(request):
    return request.param, sample_html(request.param)


def test_a_page_says_its_language_title_and_policy(sample):
    lang, page = sample
    root = tree(page)
    assert page.startswith("<!DOCTYPE html>")
    assert root.get("lang") == lang
    title = {"vi": "Thu ngân sách năm 2024", "en": "Budget revenue of 2024"}[lang]
    assert root.findtext(".//title").startswith(title)
    assert [heading.text_content() for heading in root.iter("h1")] == [title]
    assert root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
    assert "unsafe-eval" not in POLICY and "default-src 'none'" in POLICY


def test_a_page_keeps_one_language_of_the_prose(sample):
    lang, page = sample
    said = words(page)
    assert ("Kế hoạch năm nay" in said) == (lang == "vi")
    assert ("Read the two together" in said) == (lang == "en")


def test_headings_start_at_one_and_never_jump(sample):
    levels = [int(heading.tag[1]) for heading in tree(sample[1]).xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_contents_lead_to_every_section(sample):
    root = tree(sample[1])
    targets = [link.get("href")[1:] for link in root.xpath("//nav[@class='hl-toc']//a")]
    assert len(targets) >= 3
    assert all(root.get_element_by_id(target).tag in {"h2", "h3"} for target in targets)


def test_ids_are_unique(sample):
    ids = tree(sample[1]).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_code_is_folded_and_complete(sample):
    lang, page = sample
    root = tree(page)
    folds = root.xpath("//details[@class='hl-code']")
    summaries = {fold.findtext("summary") for fold in folds}
    assert summaries == {{"vi": "Xem cách tính", "en": "Show the calculation"}[lang]}
    assert not any(fold.get("open") is not None for fold in folds)
    code = "\n".join(fold.text_content() for fold in folds)
    for cell in executed(lang).cells:
        if cell.cell_type == "code":
            assert cell.source.strip().splitlines()[0] in code
    assert not root.xpath("//*[contains(@class,'prompt')]")


def test_code_without_a_result_joins_the_next_result(sample):
    first = tree(sample[1]).xpath("//details[@class='hl-code']")[0]
    assert "import matplotlib" in first.text_content() and "mark(" in first.text_content()


def test_a_chart_stands_in_the_page_with_its_alternative_caption_and_data(sample):
    lang, page = sample
    root = tree(page)
    chart = root.xpath("//figure//*[@role='img']")[0]
    beginning = {"vi": "Thu ngân sách 2024 vượt", "en": "Revenue of 2024 beat"}[lang]
    assert chart.get("aria-label").startswith(beginning)
    assert chart[0].tag == "svg" and chart[0].get("viewbox") and len(chart[0])
    assert root.xpath("//figure/figcaption")[0].text_content().startswith("Kế hoạch 125 tỷ")
    link = root.xpath("//figure//a[@download='thu.csv']")[0]
    mime, _, data = link.get("href").partition(";base64,")
    assert mime == "data:text/csv"
    assert base64.b64decode(data).decode() == "muc;ty_dong\nke_hoach;125\nthuc_hien;222.044"


def test_tables_have_captions_scopes_and_a_box_to_scroll_in(sample):
    root = tree(sample[1])
    table = root.xpath("//table[caption='Thu ngân sách theo năm']")[0]
    assert [cell.get("scope") for cell in table.xpath("./thead//th")] == ["col"] * 3
    assert [cell.text for cell in table.xpath("./thead//th")] == ["Năm", "Thu (tỷ đồng)", "Ghi chú"]
    assert {cell.get("scope") for cell in table.xpath("./tbody//th")} == {"row"}
    assert "hl-long" in table.getparent().get("class")
    assert "num" in table.xpath("./tbody/tr/td[1]")[0].get("class")
    assert not root.xpath("//th[not(normalize-space())]")
    assert not root.xpath("//table[@border]")


def test_formulas_are_mathml():
    root = tree(sample_html("vi"))
    assert len(root.xpath("//math")) == 2 and "$" not in words(sample_html("vi"))[:2000]


def test_every_number_leads_to_its_source(sample):
    root = tree(sample[1])
    marks = root.xpath("//a[contains(@class,'figure')]")
    assert [mark.text for mark in marks][:4] == ["222,044", "77,64%", "125", "540.056"]
    for mark in marks:
        for name in mark.get("data-source").split():
            assert root.get_element_by_id(f"src-{name}").tag == "li"
    printed = root.get_element_by_id("src-a1")
    assert printed.xpath(".//mark")[0].text == "222,044"


def test_a_number_without_a_source_is_refused():
    cell = showing({"text/html": '<p><a class="figure" href="#src-z" data-source="z y">5</a></p>'})
    with pytest.raises(InputError, match=r"numbers without a source on the page: 5 \(src-z, src-y"):
        page_of(cell)


def test_warnings_are_folded_with_the_calculation(sample):
    root = tree(sample[1])
    shown = [pre.text_content() for pre in root.xpath("//pre[not(ancestor::details)]")]
    assert "đã tính xong" in shown and not any("một cảnh báo" in text for text in shown)
    assert any("một cảnh báo" in fold.text_content() for fold in root.xpath("//details"))


def test_hostile_text_is_shown_and_does_nothing(sample):
    root = tree(sample[1])
    assert len(root.xpath("//script")) == 2
    assert not root.xpath("//iframe|//form|//input|//*[@onclick or @onerror or @onload]")
    assert not root.xpath("//body//*[contains(@style,'position')]")
    assert len(root.xpath("//*[@id='hl-main']")) == 1
    said = words(sample[1])
    assert "<script>alert(1)</script>" in said and "[U+202E]044,222[U+0007]" in said
    assert "\u202e" not in sample[1] and "\x07" not in sample[1]
    assert not re.search(r"href=.javascript", sample[1])


def test_the_badge_and_the_neighbours_are_there(sample):
    lang, page = sample
    root = tree(page)
    badge = root.xpath("//p[@class='hl-badge']")[0].text_content()
    assert "4f1c9a02be" in badge and "31/12/2024" in badge and "0.1.0" in badge
    other = "en" if lang == "vi" else "vi"
    assert root.xpath(f"//header//a[@hreflang='{other}']/@href") == [f"01_sample.{other}.html"]
    assert root.xpath("//a[@class='hl-next']/@href") == [f"02_investment.{lang}.html"]
    assert root.xpath("//a[@class='hl-home']/@href")


def test_the_same_notebook_gives_the_same_bytes(sample):
    lang, page = sample
    assert page == page_html(executed(lang), name="01_sample")
    assert len(page.encode()) < 300_000


def test_the_notebook_is_left_alone(sample):
    before = nbformat.writes(executed(sample[0]))
    page_html(executed(sample[0]), name="01_sample")
    assert nbformat.writes(executed(sample[0])) == before


# Any notebook


def test_a_plain_notebook_needs_no_settings(tmp_path):
    path = tmp_path / "đọc thử.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[text("một hai")]), path)
    page, _ = OfflineHTMLExporter().from_filename(str(path))
    root = tree(page)
    assert root.findtext(".//h1") == "đọc thử" and root.get("lang") == "vi"
    assert not root.xpath("//nav|//header")


@pytest.mark.parametrize(("source", "lang"), [("Growth of 2024", "en"), ("Tốc độ tăng", "vi")])
def test_the_language_is_read_from_the_prose_where_nothing_says_it(source, lang):
    assert tree(page_of(text(source))).get("lang") == lang


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match="page language: 'xx'; expected one of vi, en"):
        page_of(text("x"), lang="xx")


def test_several_first_level_headings_become_sections():
    root = tree(page_of(text("# A\n\n#### a\n\n# B\n\n## b\n\n### c")))
    found = [(h.tag, h.text_content()) for h in root.xpath("//h1|//h2|//h3|//h4")]
    assert found == [("h1", "A"), ("h2", "a"), ("h2", "B"), ("h3", "b"), ("h4", "c")]


def test_equal_headings_get_different_ids():
    ids = tree(page_of(text("# T\n\n## Thu\n\n## Thu\n\n## Đầu tư"))).xpath("//h2/@id")
    assert ids == ["thu", "thu-2", "dau-tu"]


def test_hidden_parts_are_folded_and_removed_parts_are_gone():
    cells = []
    for tag in ("hide-cell", "hide-input", "hide-output", "remove-cell", "remove-input",
                "remove-output"):  # fmt: skip
        cell = showing({"text/plain": f"output of {tag}."})
        cell.source, cell.metadata["tags"] = f"source_of('{tag}')", [tag]
        cells += [cell, text("tiếp")]
    root = tree(page_of(*cells))
    folded = " ".join(fold.text_content() for fold in root.xpath("//details"))
    shown = " ".join(pre.text_content() for pre in root.xpath("//pre[not(ancestor::details)]"))
    assert shown.split(".")[:-1] == ["output of hide-input", " output of remove-input"]
    for tag in ("hide-cell", "hide-input", "hide-output", "remove-output"):
        assert f"source_of('{tag}')" in folded
    assert "output of hide-cell" in folded and "output of hide-output" in folded
    for tag in ("remove-cell", "remove-input"):
        assert f"source_of('{tag}')" not in folded


def test_cells_that_follow_each_other_share_one_calculation():
    one, two = showing({"text/plain": "một"}), showing({"text/plain": "hai"})
    one.source, two.source = "first()", "second()"
    assert len(tree(page_of(one, two)).xpath("//details")) == 1
    assert len(tree(page_of(one, text("lời"), two)).xpath("//details")) == 2


def test_the_question_is_printed_once():
    page = page_of(
        text("# Thu\n\nThu có tăng không?\n\nCòn nữa."),
        lang="vi", title={"vi": "Thu", "en": "Revenue"}, question={"vi": "Thu có tăng không?"},
    )  # fmt: skip
    body = tree(page).find("body").text_content()
    assert body.count("Thu có tăng không?") == 1 and "Còn nữa." in body
    assert tree(page).findtext(".//h1") == "Thu"


@pytest.mark.parametrize(
    "data",
    [
        {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}},
        {"application/javascript": "alert(1)"},
        {"text/html": "<div id='plot'></div><script>draw()</script>"},
    ],
)
def test_live_outputs_fall_back_to_their_still_picture(data):
    root = tree(page_of(showing({**data, "image/png": PIXEL, "text/plain": "Widget()"})))
    assert root.xpath("//figure//img/@src") == [f"data:image/png;base64,{PIXEL}"]
    assert "Widget()" not in root.text_content()


@pytest.mark.parametrize(
    "data",
    [
        {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "W()"},
        {"application/vnd.plotly.v1+json": {"data": []}},
        {"text/html": "<div></div><script>draw()</script>", "text/plain": "alt.Chart(...)"},
    ],
)
def test_a_live_output_without_a_still_says_so(data):
    said = words(page_of(showing(data)))
    assert "JupyterLab only" in said and "W()" not in said and "alt.Chart" not in said


@pytest.mark.parametrize(
    "plain",
    ["<Axes: title={'center': 'x'}>", "[<matplotlib.lines.Line2D at 0x…>]", "Text(0, 1, 'a')"],
)
def test_what_plotting_calls_return_is_left_out(plain):
    assert "hl-text" not in page_of(showing({"text/plain": plain})).partition("<body>")[2]


def test_a_drawing_with_style_rules_becomes_a_picture():
    svg = SVG.replace("<rect", "<style>rect{fill:red} body{display:none}</style><rect")
    root = tree(page_of(showing({"image/svg+xml": svg}, alt="A chart")))
    assert root.xpath("//figure//img/@src")[0].startswith("data:image/svg+xml;base64,")
    assert root.xpath("//figure//*[@role='img']/@aria-label") == ["A chart"]


def test_the_alternative_is_found_under_the_type_or_at_the_top():
    for metadata in ({"alt": "A"}, {"image/svg+xml": {"alt": "A"}}):
        root = tree(page_of(showing({"image/svg+xml": SVG}, **metadata)))
        assert root.xpath("//*[@role='img']/@aria-label") == ["A"]


def test_hostile_metadata_is_escaped():
    bad = '"><script>alert(1)</script>'
    page = page_of(
        showing(
            {"image/svg+xml": SVG},
            alt=bad,
            caption=bad,
            downloads=[{"name": f"../../{bad}.csv", "mime": "text/csv", "text": "a"}],
        ),
        title=bad, question=bad, lang="en", data_hash=bad, site_title=bad,
        next={"href": "x.html", "title": bad},
    )  # fmt: skip
    root = tree(page)
    assert len(root.xpath("//script")) == 2
    assert "/" not in root.xpath("//a/@download")[0]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"name": "a.html", "mime": "text/html", "text": "x"}, "type 'text/html' is none of"),
        ({"name": "a.csv", "mime": "text/csv", "base64": "%%"}, "not base64"),
    ],
)
def test_a_malformed_download_names_the_cell(item, message):
    with pytest.raises(InputError, match=f"made, cell 1: download .*{message}"):
        page_of(showing({"image/svg+xml": SVG}, downloads=[item]))


@pytest.mark.parametrize(
    "cell",
    [
        text("![x](https://example.org/a.png)"),
        text("![x](khong_co.png)"),
        text("<img src='//example.org/a.png'>"),
        showing({"text/html": "<img src='https://example.org/a.png'>"}),
        showing({"text/markdown": "![x](https://example.org/a.png)"}),
    ],
)
def test_a_picture_from_outside_is_refused_with_its_cell(cell):
    with pytest.raises(InputError, match=r"made, cell 1: would be loaded from outside the page"):
        page_of(cell)


def test_pictures_beside_the_notebook_and_pasted_ones_travel_inside(tmp_path):
    (tmp_path / "a b.png").write_bytes(base64.b64decode(PIXEL))
    pasted = text("![dán](attachment:x.png)")
    pasted.attachments = {"x.png": {"image/png": PIXEL}}
    notebook = nbformat.v4.new_notebook(cells=[text("![tệp](a%20b.png)"), pasted])
    root = tree(page_html(notebook, name="made", folder=tmp_path))
    assert root.xpath("//main//img/@src") == [f"data:image/png;base64,{PIXEL}"] * 2
    assert root.xpath("//main//img/@alt") == ["tệp", "dán"]


def test_a_picture_outside_the_folder_is_not_taken(tmp_path):
    (tmp_path / "secret.png").write_bytes(base64.b64decode(PIXEL))
    inner = tmp_path / "notebooks"
    inner.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[text("![x](../secret.png)")])
    with pytest.raises(InputError, match="outside the page"):
        page_html(notebook, name="made", folder=inner)


def test_a_page_too_large_to_mail_is_refused():
    with pytest.raises(InputError, match=r"bytes; expected at most 2,000,000"):
        page_of(text("x" * 2_000_001))


def test_links_between_notebooks_lead_to_pages():
    page = page_of(text("[xem](02_investment.ipynb#von) [ngoài](https://x.vn/a.ipynb)"), lang="vi")
    assert tree(page).xpath("//main//p/a/@href") == [
        "02_investment.vi.html#von",
        "https://x.vn/a.ipynb",
    ]


def test_an_intended_failure_shows_its_message_and_folds_the_rest():
    output = nbformat.v4.new_output(
        "error", ename="ValueError", evalue="năm 2021 thiếu", traceback=["\x1b[31mlong\x1b[0m"]
    )
    root = tree(page_of(nbformat.v4.new_code_cell("x", outputs=[output])))
    assert root.xpath("//pre[@class='hl-error']")[0].text == "ValueError: năm 2021 thiếu"
    assert root.xpath("//details//pre[@class='hl-text']")[0].text == "long"


def test_latex_outputs_are_formulas():
    root = tree(page_of(showing({"text/latex": r"$\displaystyle \frac{1}{2}$"})))
    assert root.xpath("//math/@display") == ["block"] and root.xpath("//mfrac")


def test_lone_surrogates_do_not_stop_the_page():
    assert "\ufffd" in page_of(showing({"text/plain": "a\ud800b"}))


def test_drawings_on_a_page_share_no_ids():
    svg = drawing("vi")
    root = tree(page_of(showing({"image/svg+xml": svg}), showing({"image/svg+xml": svg})))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids)) and len(root.xpath("//figure")) == 2


def test_no_clock_reaches_the_page(sample):
    assert not re.search(r"20\d\d-\d\d-\d\dT", sample[1])


def test_a_live_chart_brings_vega_once_and_its_still():
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"a": "</script>", "b": 1}]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "a", "type": "nominal"},
            "y": {"field": "b", "type": "quantitative"},
        },
    }
    data = {"application/vnd.vegalite.v5+json": spec, "text/plain": "Chart"}
    page = page_of(showing(data, alt="Cột"), showing(data, alt="Cột"))
    root = tree(page)
    assert len(root.xpath("//figure//script[@type='application/json']")) == 2
    assert page.count("window.vegaEmbed =") + page.count("window.vegaEmbed=") == 1
    assert len(root.xpath("//figure//svg")) == 2
    assert len(page.encode()) < 1_200_000
    assert "window.vegaEmbed=" not in sample_html("vi").replace(" ", "")


def test_chart_data_from_an_address_is_refused():
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"url": "https://example.org/a.csv"},
        "mark": "bar",
    }
    svg = {"image/svg+xml": SVG}
    with pytest.raises(InputError, match=r"chart data: .https://example\.org/a\.csv"):
        page_of(showing({"application/vnd.vegalite.v5+json": spec, **svg}))
