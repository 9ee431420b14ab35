"""A real Chromium without network that writes down everything a page asks for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Never the browser that Playwright would download: the tests run offline too.
NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Visit:
    """One page in one window, and what it tried to do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def axe(self) -> list[str]:
        """Return the violations that axe-core finds, one line each."""
        self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']} ({rule['impact']}): {json.dumps(node['target'])} {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def sideways(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, NAMES)), None), args=SWITCHES
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a file: ``visit(path, width=1280, height=800, **options of the window)``.

    The window is offline. Requests other than for the file itself are refused and end up in
    `Visit.requests`; console errors, page errors and dialogs in `Visit.complaints`. Both must be
    empty at the end of a test.
    """
    windows: list[tuple[Any, Visit]] = []

    def go(path: Path, *, width: int = 1280, height: int = 800, **options: Any) -> Visit:
        window = chromium.new_context(
            viewport={"width": width, "height": height}, offline=True, **options
        )
        page = window.new_page()
        seen = Visit(page)
        windows.append((window, seen))
        own = path.resolve().as_uri()

        def decide(route: Any) -> None:
            address = route.request.url
            if address.partition("#")[0] == own:
                route.continue_()
            else:
                seen.requests.append(address)
                route.abort()

        window.route("**/*", decide)
        page.on(
            "console",
            lambda message: (
                seen.complaints.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))

        def refuse(dialog: Any) -> None:
            seen.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        page.goto(own)
        return seen

    yield go
    for window, seen in windows:
        window.close()
        assert seen.requests == []
        assert seen.complaints == []
