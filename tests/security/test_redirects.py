"""No address that somebody puts in a link may lead out of the site (S11)."""

from urllib.parse import urljoin, urlsplit

import pytest

from app.core.guard import local_path
from tests.browser import Browser
from tests.cast import SARA
from tests.world import World

PAYLOADS = (
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\t/evil.example",
    "/\n/evil.example", "\t//evil.example", " //evil.example", "//evil.example/%2f..", "/%09/evil.example", "/%5cevil.example", "%2f%2fevil.example",
    "http://evil.example", "https://evil.example", "HTTPS://evil.example", "https:evil.example", "https:/evil.example", "http:\\\\evil.example",
    "//localhost@evil.example", "https://localhost@evil.example", "https://localhost.evil.example", "//evil\u3002example", "//evil.example\\@localhost",
    "//evil.example#@localhost", "//evil.example?@localhost", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/\x00/evil.example",
    "\x00//evil.example", "//[::1]/", "//0x7f000001/", "/.//evil.example", "/..//evil.example", "//evil.example:80", "///\\evil.example", "/ /evil.example",
    ".evil.example", "@evil.example", "evil.example", "?siguiente=//evil.example", "//\u0435vil.example", "https://evil.example/ingresar", "/\u2028/evil",
)  # fmt: skip
SITE = "http://localhost/ingresar"


def _leads_to(location: str) -> str | None:
    """The host a browser would go to: \\ is /, tabs and line ends vanish."""
    seen = "".join(c for c in location.strip() if c not in "\t\n\r").replace("\\", "/")
    return urlsplit(urljoin(SITE, seen)).hostname


def test_there_are_forty() -> None:
    assert len(PAYLOADS) >= 40


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_only_paths_of_this_site_are_followed(payload: str) -> None:
    kept = local_path(payload)
    assert kept is None or _leads_to(kept) == "localhost"


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_signing_in_never_leads_away(browser: Browser, world: World, payload: str) -> None:
    response = browser.client.post("/ingresar", data={"email": SARA.email, "password": SARA.password, "siguiente": payload})
    assert response.status_code in (303, 400, 422)
    assert _leads_to(response.headers.get("Location", "/")) == "localhost"


@pytest.mark.parametrize("payload", PAYLOADS[::4], ids=range(len(PAYLOADS[::4])))
def test_who_is_signed_in_already_is_not_led_away_either(browser: Browser, world: World, payload: str) -> None:
    browser.sign_in(SARA)
    response = browser.client.get("/ingresar", query_string={"siguiente": payload})
    assert _leads_to(response.headers.get("Location", "/")) == "localhost"


@pytest.mark.parametrize("path", ["/mesa", "/procesos/plan-prueba?tema=agua", "/aportes/PRB-C-0001#respuesta"])
def test_paths_of_this_site_are_kept(path: str) -> None:
    assert local_path(path) == path
