import io
import re

import pytest
from sample_page import page_of, sample_html, showing, text

from hlanalysis.publish.site import FindingCard, PageCard, index_html

pytestmark = pytest.mark.browser

CARDS = [
    FindingCard("error", "Tổng các phần lớn hơn tổng đã in.", "a.vi.html", (("In", "12"),)),
    FindingCard("ok", "Tổng khớp.", "a.vi.html"),
    FindingCard("review", "<script>alert(1)</script>"),
]


@pytest.fixture(params=["vi", "en"])
def sample(request, tmp_path):
    path = tmp_path / f"01_sample.{request.param}.html"
    path.write_text(sample_html(request.param), encoding="utf-8")
    return path


@pytest.fixture
def index(tmp_path):
    from sample_page import drawing

    svg = drawing("vi")
    cards = [*CARDS, FindingCard("review", "Có hình.", "b.vi.html", (), svg, "Biểu đồ cột")]
    path = tmp_path / "index.html"
    page = index_html(
        [PageCard("a.vi.html", "Thu", "Vì sao?", svg, "Cột")],
        cards,
        lang="vi",
        title="Hồng Lĩnh qua các con số",
        lead="Nhìn nhanh.",
        settings={"languages": {"en": "index.en.html"}, "version": "0.1.0"},
    )
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_asks_for_nothing_and_passes_axe(visit, sample, width):
    seen = visit(sample, width=width)
    assert seen.axe() == []
    assert seen.page.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_the_index_asks_for_nothing_and_passes_axe(visit, index, width):
    seen = visit(index, width=width)
    assert seen.axe() == []
    seen.page.locator("details summary").click()
    assert seen.axe() == []
    assert seen.sideways() == 0


@pytest.mark.parametrize("width", [1280, 640, 390, 360, 320])
def test_a_page_never_scrolls_sideways(visit, sample, width):
    """640 px is what 200% zoom leaves of 1280, 320 what 400% does."""
    seen = visit(sample, width=width)
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert seen.sideways() == 0


def test_boxes_that_scroll_can_be_reached_with_the_keyboard(visit, sample):
    page = visit(sample, width=390).page
    assert page.locator(".hl-long").get_attribute("tabindex") == "0"
    assert page.locator(".hl-chart").first.get_attribute("tabindex") == "0"


def test_a_number_opens_its_source_with_the_keyboard_and_gives_the_focus_back(visit, sample):
    seen = visit(sample)
    page = seen.page
    mark = page.locator("a.figure").first
    mark.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    assert dialog.locator("mark").inner_text() == "222,044"
    assert "UBND thị xã Hồng Lĩnh" in dialog.inner_text()
    assert seen.axe() == []
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert mark.evaluate("mark => mark === document.activeElement")


def test_an_inferred_number_shows_its_formula_and_everything_it_rests_on(visit, sample):
    page = visit(sample, width=390).page
    page.locator("a.inferred").click()
    dialog = page.locator("dialog")
    assert "222,044 ÷ (1 + 77,64%)" in dialog.inner_text()
    assert dialog.locator("mark").all_inner_texts() == ["222,044", "77,64%"]
    assert dialog.inner_text().count("Báo cáo kiểm điểm năm 2024") == 2
    dialog.locator("button").click()
    assert not dialog.is_visible()


def test_a_cell_of_a_sheet_shows_its_row(visit, sample):
    page = visit(sample).page
    page.locator("a.figure").nth(3).click()
    assert page.locator("dialog th").all_inner_texts() == ["Nội dung", "Dự toán"]
    assert page.locator("dialog mark").inner_text() == "540.056"


def test_the_window_with_the_source_stays_inside_the_screen(visit, sample):
    page = visit(sample, width=700, height=420).page
    page.locator("a.figure").first.click()
    box = page.locator("dialog").bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= 700 and box["y"] + box["height"] <= 420


def test_without_script_numbers_jump_and_no_dead_button_shows(visit, sample):
    page = visit(sample, java_script_enabled=False).page
    page.locator("a.figure").first.click()
    assert page.url.endswith("#src-a1")
    assert not any(button.is_visible() for button in page.locator("button").all())
    page.locator("summary").first.click()
    assert page.locator("details pre").first.is_visible()


def test_code_unfolds_with_the_keyboard_and_all_at_once(visit, sample):
    page = visit(sample).page
    first = page.locator("details.hl-code").first
    assert not first.locator("pre").first.is_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.locator("pre").first.is_visible()
    button = page.locator("[data-do=code]")
    button.click()
    assert page.locator("details.hl-code:not([open])").count() == 0
    button.click()
    assert page.locator("details.hl-code[open]").count() == 0


def test_the_first_tab_stop_skips_to_the_content(visit, sample):
    page = visit(sample).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "hl-skip"
    assert page.locator(".hl-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "hl-main"


def test_the_focus_can_be_seen(visit, sample):
    page = visit(sample).page
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid", page.evaluate("document.activeElement.outerHTML.slice(0, 80)")


def test_data_behind_a_chart_come_as_a_file(visit, sample):
    page = visit(sample, accept_downloads=True).page
    with page.expect_download() as caught:
        page.locator("a[download='thu.csv']").click()
    saved = caught.value.path().read_text(encoding="utf-8")
    assert saved == "muc;ty_dong\nke_hoach;125\nthuc_hien;222.044"


def test_a_chart_is_saved_as_a_picture_twice_its_size(visit, sample):
    from PIL import Image

    page = visit(sample, accept_downloads=True).page
    with page.expect_download() as caught:
        page.locator("[data-do=save]").first.click()
    picture = Image.open(io.BytesIO(caught.value.path().read_bytes()))
    assert picture.format == "PNG" and picture.width == pytest.approx(2 * 13.33 * 96, abs=2)
    assert len(picture.convert("RGB").getcolors(1_000_000)) > 10


def test_a_chart_is_copied_as_a_picture(visit, sample):
    seen = visit(sample, permissions=["clipboard-read", "clipboard-write"])
    button = seen.page.locator("[data-do=copy]").first
    button.click()
    button.filter(has_text=re.compile("Đã chép|Copied")).wait_for()
    types = seen.page.evaluate("navigator.clipboard.read().then(items => items[0].types)")
    assert types == ["image/png"]


def test_the_policy_stops_requests_and_evaluation(visit, sample, tmp_path):
    hole = sample.read_text(encoding="utf-8").replace(
        "</main>",
        "<script>try { new Function('return 1')(); window.open_door = true } catch (e) {}"
        "fetch('https://example.org/').catch(() => { window.refused = true })</script></main>",
    )
    path = tmp_path / "hole.html"
    path.write_text(hole, encoding="utf-8")
    seen = visit(path)
    seen.page.wait_for_function("window.refused")
    assert seen.page.evaluate("window.open_door") is None
    assert seen.requests == []
    assert len(seen.complaints) >= 1 and "Content Security Policy" in seen.complaints[0]
    seen.complaints.clear()


def bars(page):
    return page.locator("figure svg path[aria-roledescription=bar]")


def test_a_live_chart_is_drawn_under_the_policy(visit, tmp_path):
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"a": "</script><b>", "b": 1}, {"a": "ế", "b": 2}]},
        "params": [{"name": "k", "value": 2, "bind": {"input": "range", "min": 1, "max": 9}}],
        "transform": [{"calculate": "datum.b * k", "as": "c"}],
        "mark": "bar",
        "encoding": {
            "x": {"field": "a", "type": "nominal"},
            "y": {"field": "c", "type": "quantitative"},
        },
    }
    path = tmp_path / "live.html"
    path.write_text(page_of(text("# Cột"), showing({"application/vnd.vegalite.v5+json": spec},
                                                   alt="Hai cột")), encoding="utf-8")  # fmt: skip
    page = visit(path).page
    page.locator(".vega-embed").wait_for()
    assert bars(page).nth(1).get_attribute("aria-label") == "a: ế; c: 4"
    page.locator("input[type=range]").evaluate(
        "input => { input.value = 5; input.dispatchEvent(new Event('input')) }"
    )
    page.wait_for_function(
        "document.querySelectorAll('path[aria-roledescription=bar]')[1]"
        ".getAttribute('aria-label') === 'a: ế; c: 10'"
    )


def test_printing_on_a4_cuts_no_chart(visit, tmp_path):
    """Fillers push charts over the page ends; red and blue edges must meet on one sheet."""
    import pypdfium2

    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540">'
        '<rect width="960" height="20" fill="#ff0000"/>'
        '<rect y="520" width="960" height="20" fill="#0000ff"/></svg>'
    )
    cells = []
    for lines in (2, 5, 9, 3):
        cells += [text("Dòng chữ.\n\n" * lines), showing({"image/svg+xml": svg}, alt="Khung")]
    path = tmp_path / "print.html"
    path.write_text(page_of(text("# In"), *cells), encoding="utf-8")
    document = pypdfium2.PdfDocument(visit(path).page.pdf(prefer_css_page_size=True))
    assert len(document) > 1
    for sheet in document:
        width, height = sheet.get_size()
        assert (round(width), round(height)) == (595, 842)
        colours = sheet.render(scale=1).to_pil().convert("RGB")
        edges = [column_runs(colours, colour) for colour in ((255, 0, 0), (0, 0, 255))]
        assert edges[0] == edges[1]
    document.close()


def column_runs(picture, colour):
    """Count the separate stretches of a colour down the middle of a sheet."""
    column = [picture.getpixel((picture.width // 2, y)) == colour for y in range(picture.height)]
    return sum(here and not before for before, here in zip([False, *column], column, strict=False))


def test_printing_leaves_out_what_cannot_be_clicked(visit, sample):
    page = visit(sample).page
    page.emulate_media(media="print")
    for part in (".hl-toc", ".hl-tools", ".hl-skip", ".hl-neighbours", "details.hl-code"):
        assert not page.locator(part).first.is_visible()
    assert page.locator(".hl-badge").is_visible()
    assert page.locator(".hl-long").evaluate("box => getComputedStyle(box).maxHeight") == "none"
