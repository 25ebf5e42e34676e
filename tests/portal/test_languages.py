"""The same pages in other languages, told by the address alone."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.core import languages
from app.core.dates import long_date
from app.core.templates import _molds
from tests.browser import Browser
from tests.cast import SARA
from tests.world import NOON, World


def test_the_address_says_the_language_and_every_link_keeps_it(browser: Browser, world: World) -> None:
    page = browser.get(f"/qu/procesos/{world.slug}")
    assert page.soup.html["lang"] == "qu"
    inside = {link["href"] for link in page.soup.select("main a[href^='/'], header a[href^='/'], footer a[href^='/']")}
    assert inside and all(href.startswith("/qu/") for href in inside), inside
    assert browser.get("portal.process", slug=world.slug).soup.html["lang"] == "es"


def test_each_page_leads_to_itself_in_the_other_languages(browser: Browser, world: World) -> None:
    page = browser.get(f"/qu/procesos/{world.slug}/aportes?q=agua+limpia")
    assert [(link["lang"], link["href"]) for link in page.soup.select("nav.languages a") if link["lang"] in ("es", "qu")] == [
        ("es", f"/procesos/{world.slug}/aportes?q=agua+limpia"), ("qu", f"/qu/procesos/{world.slug}/aportes?q=agua+limpia"),
    ]  # fmt: skip
    assert page.soup.select_one("nav.languages [aria-current]")["lang"] == "qu"


def test_a_translation_nobody_reviewed_says_so(browser: Browser, world: World) -> None:
    assert browser.get("/qu/").soup.select_one("nav.languages p")
    assert not browser.get("/").soup.select_one("nav.languages p")


@pytest.mark.parametrize(
    ("name", "day", "is_reviewed"),
    [("Nilda Quispe Ccoyo", date(2027, 3, 1), True), ("Nilda Quispe Ccoyo", None, False), ("", date(2027, 3, 1), False)],
)
def test_a_translation_somebody_reviewed_names_them_and_the_day(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch, name: str, day: date | None, is_reviewed: bool
) -> None:
    draft = browser.get("/qu/").soup.select_one("nav.languages p").get_text()
    known = languages.offered()
    reviewed = {**known, "qu": replace(known["qu"], reviewed_by=name, reviewed_on=day)}
    monkeypatch.setattr("app.core.languages.offered", lambda: reviewed)
    _molds.cache_clear()  # the line is drawn once for all pages
    try:
        (said,) = browser.get("/qu/").soup.select("nav.languages p")
        assert not browser.get("/").soup.select_one("nav.languages p")
    finally:
        _molds.cache_clear()
    with languages.speaking("qu"):
        named = bool(name and day) and name in said.get_text() and long_date(day) in said.get_text()
    assert named is is_reviewed and (said.get_text() == draft) is not is_reviewed


def test_what_is_kept_in_one_language_is_not_shown_in_another(browser: Browser, world: World) -> None:
    for address in ("/respuestas", "/informe", ""):
        spanish = browser.get(f"/procesos/{world.slug}{address}").html
        assert browser.get(f"/qu/procesos/{world.slug}{address}").html != spanish
        assert browser.get(f"/procesos/{world.slug}{address}").html == spanish


def test_staff_pages_are_offered_only_in_languages_that_cover_them(browser: Browser, world: World) -> None:
    response = browser.client.get("/qu/mesa?a=1")
    assert (response.status_code, response.location) == (302, "/mesa")
    assert browser.sign_in(SARA).get("/mesa").soup.html["lang"] == "es"


@pytest.mark.parametrize("path", ["/qu//evil.example/x", "//evil.example/x", "/qu/%0d%0aSet-Cookie:%20a=b"])
def test_the_choice_of_language_never_leads_out_of_the_site(app: Flask, world: World, path: str) -> None:
    answer = app.test_client().get(path)
    assert "Set-Cookie" not in answer.headers
    assert 'href="//' not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/qu", "/que", "/quechua/procesos"])
def test_only_a_whole_step_is_a_language(app: Flask, world: World, path: str) -> None:
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.headers.get("Location")) == ((302, "/qu/") if path == "/qu" else (404, None))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_letter_is_written_in_the_language_of_its_reader_and_the_page_goes_on_in_its_own(app: Flask) -> None:
    with app.test_request_context("/"):
        with languages.speaking("qu"):
            assert languages.current() == "qu"
        assert languages.current() == "es"
        with languages.speaking("tlh"):
            assert languages.current() == "es"
        assert long_date(NOON).endswith("2027")
