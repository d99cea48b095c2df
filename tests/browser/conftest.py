"""A real chromium, and the site served to it on loopback from inside the test's own transaction."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import waitress.server
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from tests.seeding import Desk
from tests.web.months import seeded

CHROMIUM = shutil.which("chromium")
DESK, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return seeded()


@pytest.fixture
def site(desk: Desk) -> Iterator[str]:
    """The address of the site. One worker thread shares the test's connection, so requests stand in line."""
    shared: Any = connections["default"]
    pages = WSGIHandler()

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        connections["default"] = shared
        return pages(environ, start_response)

    # As Django's own test client does: the end of a request must not end the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    sockets: dict[int, Any] = {}
    shared.inc_thread_sharing()
    server = waitress.server.create_server(answer, host="127.0.0.1", port=0, threads=1, map=sockets)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)
    shared.dec_thread_sharing()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def size(request: pytest.FixtureRequest) -> ViewportSize:
    """An old office screen, then a phone."""
    return request.param  # type: ignore[no-any-return]  # pytest knows no type of a parameter


@pytest.fixture
def browser(site: str, size: ViewportSize, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserContext]:
    """A fresh profile; it may speak to the site alone."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    # Playwright keeps a loop running in this thread, where Django would open another connection; tests keep theirs.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    shared: Any = connections["default"]
    with sync_playwright() as play:
        connections["default"] = shared
        context = play.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, headless=True, args=_QUIET, viewport=size, base_url=site
        )
        context.set_default_timeout(10_000)
        yield context
        context.close()


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """The first tab. A fault of a script or of the content policy fails the test."""
    faults: list[str] = []
    page = browser.pages[0]
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    assert faults == []
