"""A device of its own for a journey: what its browser keeps lasts when it is switched off and on, and its cable can be cut."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.cast import INES, CastMember
from tests.journeys.cable import Cable
from tests.journeys.conftest import CHROMIUM, QUIET
from tests.world import NOON, World

SHEET = "/mesa/procesos/plan-prueba/actividades/taller-ccorca/captura"


@pytest.fixture
def cable(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cable]:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    carried = Cable(server.server_port)
    yield carried
    carried.close()
    server.shutdown()
    thread.join()
    server.server_close()


class Device:
    """A laptop or a telephone: what its browser keeps lasts when it is switched off and on."""

    def __init__(self, engine: Any, folder: Path, cable: Cable) -> None:
        self._engine, self._folder, self._cable = engine, folder, cable
        self.context: Any = None
        self.warned = 0

    def switch_on(self) -> Any:
        self.context = self._engine.launch_persistent_context(
            str(self._folder), executable_path=CHROMIUM, args=QUIET, accept_downloads=True
        )
        return self._follow(self.context.pages[0])

    def switch_off(self) -> None:
        if self.context is not None:
            self.context.close()
        self.context = None

    def tab(self) -> Any:
        return self._follow(self.context.new_page())

    def _follow(self, page: Any) -> Any:
        def accept(dialog: Any) -> None:
            self.warned += dialog.type == "beforeunload"
            dialog.accept()

        page.on("dialog", accept)
        page.set_default_timeout(15_000)
        return page

    def sign_in(self, page: Any, who: CastMember = INES) -> None:
        page.goto(f"{self._cable.address}/ingresar?siguiente={SHEET}")
        page.fill("#email", who.email)
        page.fill("#password", who.password)
        page.click("main button[type=submit]")
        page.wait_for_url(re.compile(f"{SHEET}$"))

    def open(self, page: Any) -> None:
        page.goto(f"{self._cable.address}{SHEET}")
        page.wait_for_selector("#captura[data-started]")

    def made_ready(self) -> Any:
        """Signed in, the sheet open once with signal, and kept."""
        page = self.switch_on()
        self.sign_in(page)
        page.wait_for_selector("#sin-senal[data-ready='1']")
        return page


@pytest.fixture
def device(chromium: Any, cable: Cable, tmp_path: Path) -> Iterator[Callable[[str], Device]]:
    made: list[Device] = []

    def make(name: str = "laptop") -> Device:
        made.append(Device(chromium.browser_type, tmp_path / name, cable))
        return made[-1]

    yield make
    for one in made:
        one.switch_off()
