"""Signing in and out as a person does."""

import re

import pytest

from tests.browser import Browser
from tests.cast import ROSA, SARA


def test_rosa_lands_in_her_account_and_sara_on_her_desk(app, browser, world):
    page = browser.sign_in(ROSA).get("accounts.index")
    assert page.heading == "Mi cuenta"
    assert ROSA.name in page
    response = Browser(app).client.post("/ingresar", data={"email": SARA.email, "password": SARA.password})
    assert response.location == "/mesa"


def test_a_wrong_password_is_answered_with_a_sentence_and_keeps_the_address(browser, world):
    page = browser.post("accounts.open_session", {"email": ROSA.email, "password": "no es esta"}, status=422)
    assert "El correo o la clave no coinciden" in page
    assert page.soup.find("input", {"name": "email"})["value"] == ROSA.email


def test_the_answer_is_the_same_for_an_address_nobody_has(browser, world):
    known = browser.post("accounts.open_session", {"email": ROSA.email, "password": "no es esta clave"}, status=422)
    unknown = browser.post("accounts.open_session", {"email": "nadie@example.pe", "password": "no es esta clave"}, status=422)
    assert without_token(known.html.replace(ROSA.email, "")) == without_token(unknown.html.replace("nadie@example.pe", ""))


def without_token(html: str) -> str:
    """The page without the guard against forged requests, which changes with each second."""
    return re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", html)


def test_signing_in_returns_to_the_page_that_asked_for_it(browser, world):
    response = browser.client.get("/mesa?x=1")
    assert response.status_code == 303
    assert "siguiente=/mesa?x%3D1" in response.location or "siguiente=%2Fmesa%3Fx%3D1" in response.location


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)", "/%09/evil.test\t"])
def test_signing_in_never_leads_away_from_the_site(browser, world, target):
    response = browser.client.post("/ingresar", data={"email": ROSA.email, "password": ROSA.password, "siguiente": target})
    assert response.status_code == 303
    assert response.location in ("/mi-cuenta", "/%09/evil.test")


def test_a_session_made_before_signing_in_is_not_kept(browser, world):
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    browser.sign_in(ROSA)
    with browser.client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_closes_the_desk(browser, world):
    browser.sign_in(SARA)
    with browser.client.session_transaction() as session:
        kept = dict(session)
    browser.sign_out()
    assert browser.client.get("/mesa").status_code == 303
    with browser.client.session_transaction() as session:
        session.update(kept)
    assert browser.client.get("/mesa").status_code == 303  # the cookie somebody copied opens nothing either


def test_sara_changes_her_password_and_must_know_the_present_one(browser, world):
    browser.sign_in(SARA)
    page = browser.post("accounts.change_password", {"current": "no la sé", "password": "una frase nueva y larga"}, status=422)
    assert "no coinciden" in page
    browser.post("accounts.change_password", {"current": SARA.password, "password": "una frase nueva y larga"})
    assert "Su clave cambió" in browser.get("accounts.index")
    browser.sign_out()
    assert browser.client.post("/ingresar", data={"email": SARA.email, "password": SARA.password}).status_code == 422


def test_the_account_leads_to_everything_of_ones_own(browser, world):
    page = browser.sign_in(ROSA).get("accounts.index")
    led = {link["href"] for link in page.soup.select("main a[href]")}
    own = {"letters.mine": {"token": "cuenta"}, "moderation.mine": {}, "follows.own": {}, "directory.mine": {}, "privacy.index": {}}
    for endpoint, arguments in own.items():
        assert browser.url(endpoint, **arguments) in led, endpoint
        browser.get(endpoint, **arguments)
