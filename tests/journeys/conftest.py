"""A real server, a real browser, and visitors whose every page is watched: no error, no broken policy, no word to another host."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import ENABLE
from tests.journeys.demonstration import DemonstrationSite
from tests.journeys.mailbox import Mailbox
from tests.pages.accounts import SignInPage

PHONE, DESK = (360, 780), (1280, 900)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-background-networking",
         "--disable-component-update"]  # fmt: skip
LONGEST_WAIT_MS = 15_000


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """Debian's own browser; one for all journeys, closed before other packages run (it holds an event loop)."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"No hay Chromium; {ENABLE}")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemonstrationSite]:
    """Served for all journeys of this worker: each test writes what is its own and reads only that."""
    running = DemonstrationSite(tmp_path_factory.mktemp("site"))
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="package")
def mailbox() -> Iterator[Mailbox]:
    """Everybody's, for the site is: `site.send_mail(mailbox.port)` brings it what waits, whichever test it is for."""
    office = Mailbox()
    office.open()
    yield office
    office.close()


@dataclass
class Watch:
    """What one context did that nobody should see. `forgiven`: parts of messages that the test provokes on purpose."""

    host: str
    forgiven: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def follow(self, context: Any) -> None:
        context.on("console", self.read)
        context.on("weberror", lambda failed: self.troubles.append(f"error: {failed.error}"))
        context.on("request", self.see)

    def read(self, message: Any) -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def see(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != self.host:
            self.troubles.append(f"another host: {request.url}")

    @property
    def unforgiven(self) -> list[str]:
        return [trouble for trouble in self.troubles if not any(part in trouble for part in self.forgiven)]


Visit = Callable[..., Any]


@pytest.fixture
def visit(site: DemonstrationSite, chromium: Any) -> Iterator[Visit]:
    """`visit("sara", size=PHONE)` opens a page of that person, signed in; `visit()` one of a citizen without account."""
    open_contexts: list[tuple[Any, Watch]] = []

    def open_page(
        who: str = "", *, size: tuple[int, int] = DESK, javascript: bool = True, scheme: str = "light", forgive: tuple[str, ...] = ()
    ) -> Any:
        context = chromium.new_context(
            base_url=site.address, locale="es-PE", timezone_id="America/Lima", java_script_enabled=javascript, color_scheme=scheme,
            viewport={"width": size[0], "height": size[1]}, has_touch=size is PHONE, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(LONGEST_WAIT_MS)
        watch = Watch(urlsplit(site.address).netloc, list(forgive))
        watch.follow(context)
        open_contexts.append((context, watch))
        page = context.new_page()
        if who:
            SignInPage(page).enter(site.emails[who], site.password)
        return page

    yield open_page
    for context, _ in open_contexts:
        context.close()
    assert [trouble for _, watch in open_contexts for trouble in watch.unforgiven] == []
