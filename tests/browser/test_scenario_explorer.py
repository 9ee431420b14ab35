"""The explorer on an exported page, driven in Chromium under the page's strict policy."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from scenario_cases import MODELS, everything, farthest, lever_sets
from scenario_page import explorer_page

from hlanalysis.numbers import format_number
from hlanalysis.scenarios import Model, quick_model, run
from hlanalysis.scenarios.explorer import explorer_spec
from hlanalysis.scenarios.javascript import javascript
from hlanalysis.scenarios.scenario_file import Scenario

pytestmark = pytest.mark.browser
READY = "window.hlExplorers && window.hlExplorers[0] && window.hlExplorers[0].ready"
SLOW = Scenario(
    "cham", {"vi": "Chậm lại", "en": "Slower"}, {"vi": "Thử chậm lại", "en": "A try"}, "", "", "",
    {"g_thu": 5.5, "dau_gia[2027]": 10}, {},
)  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Model:
    return everything()


@pytest.fixture(scope="module")
def page_file(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "kich_ban.html"
    file.write_text(explorer_page(model, [SLOW]), encoding="utf-8")
    return file


def opened(visit: Callable[..., Any], file: Path, **options: Any) -> Any:
    seen = visit(file, **options)
    until(seen.page, READY)
    return seen.page


def until(page: Any, condition: str, seconds: float = 20) -> None:
    """Wait for a condition; Playwright's own waiting evaluates text, which the page forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def table(page: Any, label: str) -> list[str]:
    row = page.locator(".hlx-table tbody tr").filter(has=page.get_by_text(label, exact=True))
    return [cell.strip() for cell in row.locator("td").all_inner_texts()]


def written(model: Model, settings: dict[str, Any], name: str) -> list[str]:
    places = model.variables[name].places
    return [format_number(value, places) for value in run(model, settings)[name]]


@pytest.mark.parametrize("name", MODELS)
def test_vega_signals_equal_the_scalar_code(
    visit: Callable[..., Any], name: str, tmp_path: Path
) -> None:
    model = MODELS[name]()
    page_file = tmp_path / "page.html"
    page_file.write_text(explorer_page(model), encoding="utf-8")
    sets = lever_sets(model, 200, seed=5)
    signals = explorer_spec(model, [])["usermeta"]["hlanalysis"]["slots"]
    cells = [(f"{name}__{year}", *model.unit_of(name).scale) for name, year in model.outputs]
    page = opened(visit, page_file)
    made = page.evaluate(
        """async ([sets, cells, signals]) => {
          const view = window.hlExplorers[0].view, rows = [];
          for (const one of sets) {
            for (const key in one) view.signal(signals[key], one[key]);
            await view.runAsync();
            rows.push(cells.map(([name, up, down]) => {
              const x = view.signal(name);
              return down === 1 ? x / up : x * down / up;
            }));
          }
          return rows;
        }""",
        [sets, cells, signals],
    )
    for one, got in zip(sets, made, strict=True):
        wanted = [run(model, one).at(*key) for key in model.outputs]
        assert farthest(got, wanted) <= 1e-9


def test_javascript_in_chromium_equals_the_scalar_code(chromium: Browser, model: Model) -> None:
    sets = lever_sets(model, 200, seed=6)
    page = chromium.new_page()
    made = page.evaluate(
        f"sets => {{ {javascript(model)}; return sets.map(one => runModel(one)); }}", sets
    )
    page.close()
    for one, got in zip(sets, made, strict=True):
        wanted = [run(model, one).at(*key) for key in model.outputs]
        assert farthest([v for name in model.variables for v in got[name]], wanted) <= 1e-9


def test_impossible_cells_show_as_such(visit: Callable[..., Any], tmp_path: Path) -> None:
    model = quick_model(
        "aa[t] = 1 / (xx - yy)\nbb[t] = min(5, aa[t])\ncc[t] = 1 if aa[t] > 0 else 2\n"
        "dd[t] = aa[t] if xx != yy else 7\nee[t] = log(xx - yy) + 1\n"
        "ff[t] = 1 if xx != yy and aa[t] > 0 else 0\ngg[t] = 1 if not aa[t] > 0 else 3",
        years=(2025, 2026),
        levers={"xx": (2, "", -2, 3), "yy": (1, "", -2, 3)},
    )
    file = tmp_path / "page.html"
    file.write_text(explorer_page(model), encoding="utf-8")
    page = opened(visit, file)
    page.get_by_label("xx, từ -2 đến 3").fill("1")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.hlx-table td').textContent.includes('không')")
    told = {name: table(page, name)[0] for name in model.variables}
    impossible = "không tính được"
    assert [name for name in told if told[name] == impossible] == ["aa", "bb", "cc", "ee", "gg"]
    assert (told["dd"], told["ff"]) == ("7,00", "0,00")


def test_it_is_driven_by_keyboard_alone(
    visit: Callable[..., Any], model: Model, page_file: Path
) -> None:
    page = opened(visit, page_file)
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
        if name == "g_thu, thanh trượt":
            break
    else:
        pytest.fail("the slider of g_thu is not reached by Tab")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "13"
    until(page, "location.hash.includes('g_thu:13')")
    assert table(page, "thu_tx (tỷ đồng)") == written(model, {"g_thu": 13}, "thu_tx")
    page.keyboard.press("Control+A")
    page.keyboard.type("7,64")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('g_thu:7.64')")
    assert table(page, "thu_tx (tỷ đồng)") == written(model, {"g_thu": "7,64"}, "thu_tx")


def test_numbers_are_taken_and_given_as_the_reader_writes_them(
    visit: Callable[..., Any], model: Model, page_file: Path
) -> None:
    page = opened(visit, page_file)
    box = page.get_by_label("cau (tỷ đồng), từ 3.000 đến 4.200")
    box.fill("3.290,5")
    box.press("Enter")
    assert box.input_value() == "3.290,5"
    until(page, "location.hash.includes('cau:3290.5')")
    assert table(page, "gtsx (tỷ đồng)") == written(model, {"cau": 3290.5}, "gtsx")
    for text, told in (
        ("ba nghìn", "không phải một số"),
        ("1.0023,4", "không phải một số"),
        ("9.000", "nằm ngoài khoảng 3.000 đến 4.200"),
    ):
        box.fill(text)
        box.press("Enter")
        assert box.get_attribute("aria-invalid") == "true"
        assert told in page.locator(".hlx-problem:not(:empty)").inner_text()
    assert "cau:3290.5" in page.evaluate("location.hash")


def test_presets_reset_and_the_link_lead_back(
    visit: Callable[..., Any], model: Model, page_file: Path
) -> None:
    page = opened(visit, page_file)
    page.get_by_label("Kịch bản", exact=True).select_option("Chậm lại")
    until(page, "location.hash.includes('2027')")
    changed = {"g_thu": 5.5, "dau_gia[2027]": 10}
    assert table(page, "thu (tỷ đồng)") == written(model, changed, "thu")
    assert "Thử chậm lại" in page.locator(".hlx-reason").inner_text()
    address = page.evaluate("location.hash")
    page.get_by_role("button", name="Về cơ sở").click()
    until(page, "!location.hash.includes('2027')")
    assert table(page, "thu (tỷ đồng)") == written(model, {}, "thu")
    page.evaluate("hash => { location.hash = hash }", address)
    until(page, "hlExplorers[0].values.g_thu === 5.5")
    until(page, "document.querySelector('.hlx-table td').textContent !== ''")
    page.wait_for_timeout(100)
    assert table(page, "thu (tỷ đồng)") == written(model, changed, "thu")


def test_a_link_with_strange_values_is_said_and_survived(
    visit: Callable[..., Any], model: Model, page_file: Path
) -> None:
    page = opened(visit, page_file)
    page.evaluate("location.hash = '#kb=model;g_thu:9999;icor:;la_lam:3;%zz:1;cau:1e400;v:<b>'")
    until(page, "hlExplorers[0].values.g_thu === 25")
    until(page, "document.querySelector('.hlx-status').textContent.includes('la_lam')")
    assert page.evaluate("hlExplorers[0].values.cau") == 4000
    assert table(page, "thu_tx (tỷ đồng)") == written(model, {"g_thu": 25}, "thu_tx")


def test_the_page_is_accessible_and_narrow_screens_do_not_scroll_sideways(
    visit: Callable[..., Any], page_file: Path
) -> None:
    for width in (1280, 390):
        seen = visit(page_file, width=width)
        until(seen.page, READY)
        seen.page.locator(".hlx-more > summary").click()
        assert seen.axe() == []
        assert seen.sideways() <= 0


def test_without_javascript_the_picture_and_the_table_remain(
    visit: Callable[..., Any], model: Model, page_file: Path
) -> None:
    seen = visit(page_file, java_script_enabled=False)
    page = seen.page
    assert page.locator(".hlx-chart svg").count() == 1
    assert page.locator(".hlx-controls").is_hidden()
    assert table(page, "thu_tx (tỷ đồng)") == written(model, {}, "thu_tx")


def test_two_explorers_on_one_page_do_not_disturb_each_other(
    visit: Callable[..., Any], model: Model, tmp_path: Path
) -> None:
    file = tmp_path / "two.html"
    file.write_text(explorer_page(model, [SLOW], "en", copies=2), encoding="utf-8")
    page = opened(visit, file)
    until(page, "hlExplorers.length === 2 && hlExplorers[1].ready")
    page.get_by_role("button", name="Back to the baseline").nth(1).click()
    page.evaluate("hlExplorers[0].set('g_thu', 20)")
    until(page, "location.hash.includes('g_thu:20')")
    assert page.evaluate("hlExplorers[1].values.g_thu") == 12
    cell = page.locator(".hl-explorer").nth(0).locator("tr", has_text="thu_tx").locator("td").last
    value = run(model, {"g_thu": 20}).at("thu_tx", 2030)
    assert cell.inner_text() == format_number(value, 1, lang="en")


def test_a_move_of_a_slider_is_drawn_within_one_frame(
    visit: Callable[..., Any], page_file: Path
) -> None:
    page = opened(visit, page_file)
    times = page.evaluate(
        """async () => {
          const one = hlExplorers[0], range = one.slots["g_thu"].range, times = [];
          for (let i = 0; i < 60; i++) {
            const start = performance.now();
            range.value = 5 + i * 0.25;
            range.dispatchEvent(new Event("input"));
            while (one.pending) await new Promise(next => queueMicrotask(next));
            document.body.offsetHeight;
            times.push(performance.now() - start);
            await new Promise(next => requestAnimationFrame(next));
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    assert times[30] < 16
