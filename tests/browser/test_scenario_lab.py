"""The explorer in JupyterLab: reopened without a kernel, offline, alive."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser
from scenario_cases import everything

from hlanalysis.numbers import format_number
from hlanalysis.scenarios import Model, run
from hlanalysis.scenarios.explorer import Explorer
from hlanalysis.scenarios.scenario_file import Scenario

pytestmark = pytest.mark.browser
CHANGED = {"g_thu": 5.5, "muc": 4}


@pytest.fixture(scope="module")
def model() -> Model:
    return everything()


@pytest.fixture(scope="module")
def lab(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a notebook that was executed elsewhere; its kernel does not exist."""
    folder = tmp_path_factory.mktemp("lab")
    scenario = Scenario("cham", {"vi": "Chậm lại"}, {}, "", "", "", CHANGED, {})
    data = Explorer(model, [scenario])._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data)
    cell = nbformat.v4.new_code_cell("explorer", outputs=[output])
    about = {"kernelspec": {"name": "gone", "display_name": "Gone", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=about), folder / "x.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR",
                                                    "JUPYTER_RUNTIME_DIR", "HOME")}  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
         "--ServerApp.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}"],
        env={**os.environ, **homes}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2).close()
            return
        except OSError:
            assert time.monotonic() < end, "JupyterLab did not start"
            time.sleep(0.3)


def test_a_reopened_copy_is_alive_without_a_kernel(
    chromium: Browser, lab: str, model: Model, tmp_path: Path
) -> None:
    asked: list[str] = []
    window = chromium.new_context(viewport={"width": 1400, "height": 1300})

    def decide(route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]
        if url.startswith((lab, "data:", "blob:")):
            route.continue_()  # type: ignore[attr-defined]
        else:
            asked.append(url)
            route.abort()  # type: ignore[attr-defined]

    window.route("**/*", decide)
    page = window.new_page()
    page.goto(f"{lab}/lab/tree/x.ipynb?reset")
    binds = page.locator(".vega-bind")
    binds.first.wait_for(timeout=60_000)
    shown = page.locator(".jp-OutputArea svg.marks")
    assert shown.count() == 1
    page.locator(".vega-bind select").nth(1).select_option(label="Chậm lại")
    sliders = {row.inner_text().split(":")[0]: row.locator("input").input_value()
               for row in binds.all() if row.locator("input[type=range]").count()}  # fmt: skip
    assert float(sliders["g_thu (%)"]) == 5.5
    assert float(sliders["muc (%)"]) == 4
    page.locator(".vega-bind select").nth(2).select_option("g_thu")
    page.locator(".vega-bind input[type=text]").fill("7,64")
    page.wait_for_timeout(800)
    assert asked == []
    wanted = run(model, {**CHANGED, "g_thu": 7.64}).at("thu_tx", 2030)
    texts = page.locator(".jp-OutputArea svg.marks text").all_text_contents()
    assert format_number(wanted, 1) in texts
    assert "g_thu: 7,64" in texts
    window.close()
