"""Sara prepares a key because her role asks for a second step, and next time enters with it alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import ROSA, SARA
from tests.journeys.conftest import DESK, PHONE
from tests.reliability.site import RunningSite

pytestmark = pytest.mark.browser


class NamedSite(RunningSite):
    """Keys need a name: browsers make none for a numeric address."""

    def __init__(self, folder: Any) -> None:
        super().__init__(folder)
        self.address = f"http://localhost:{self.port}"
        self.environ["SITE_URL"] = self.address


@pytest.fixture(scope="module")
def named_site(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NamedSite]:
    running = NamedSite(tmp_path_factory.mktemp("named"))
    running.start()
    yield running
    running.kill()


def _with_key(page: Any) -> None:
    """A telephone that recognises its owner at once."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }})  # fmt: skip


def _enter(page: Any, email: str, password: str) -> None:
    page.goto("/ingresar")
    page.get_by_label("Correo electrónico").fill(email)
    page.get_by_label("Clave").fill(password)
    page.get_by_role("button", name="Ingresar").click()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_key_is_made_once_and_opens_the_desk_by_itself(named_site: NamedSite, chromium: Any, size: tuple[int, int]) -> None:
    member = SARA if size is DESK else ROSA
    context = chromium.new_context(base_url=named_site.address, locale="es-PE", viewport={"width": size[0], "height": size[1]})
    troubles: list[str] = []
    context.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page = context.new_page()
    page.set_default_timeout(15_000)
    _with_key(page)
    _enter(page, member.email, member.password)
    if member is SARA:
        page.get_by_text("Su rol permite actos públicos").wait_for()
    else:
        page.get_by_role("link", name="Segundo paso para ingresar").click()
    page.get_by_role("link", name="Agregar una llave").click()
    page.get_by_label("Nombre de la llave").fill("Mi teléfono")
    page.get_by_role("button", name="Crear la llave").click()
    page.get_by_role("heading", level=1, name="Su hoja de códigos").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Ya la guardé").click()
    home = "Mi mesa" if member is SARA else "Mi cuenta"
    page.get_by_role("heading", level=1, name=home).wait_for()
    page.get_by_role("button", name="Salir").click()
    page.goto("/ingresar")
    page.get_by_role("link", name="Ingresar con una llave").click()
    page.get_by_role("button", name="Usar mi llave").click()
    page.get_by_role("heading", level=1, name=home).wait_for()
    page.goto("/mi-cuenta/segundo-paso")
    page.get_by_text("Mi teléfono").first.wait_for()
    assert troubles == []
    context.close()


def test_without_javascript_the_page_says_what_else_there_is(named_site: NamedSite, chromium: Any) -> None:
    context = chromium.new_context(base_url=named_site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/ingresar/llave")
    page.get_by_text("Entre con su clave o con un código").wait_for()
    assert not page.get_by_role("button", name="Usar mi llave").is_visible()
    context.close()
