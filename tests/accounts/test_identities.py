"""Through an identity provider: what it signs is judged, and it never takes somebody else's account."""

import pytest
import requests
from joserfc.jwk import RSAKey

from app.accounts import queries
from app.accounts.models import Identity
from app.core.db import db
from tests.accounts.entering import letters
from tests.accounts.provider import CLIENT, SECRET, Provider
from tests.browser import Browser
from tests.cast import MATEO, ROSA
from tests.world import NOON


@pytest.fixture
def provider(app, world, monkeypatch):
    own = Provider(now=NOON.timestamp())
    for name, value in (("OIDC_ISSUER", own.issuer), ("OIDC_ID", CLIENT), ("OIDC_SECRET", SECRET)):
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    yield own
    own.close()


def go_and_return(browser):
    """There and back, as a browser goes; the answer of coming back."""
    there = browser.client.get("/ingresar/identidad")
    assert there.status_code == 302
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"]
    return browser.client.get(back.removeprefix("http://localhost"))


def test_somebody_new_joins_through_the_provider_and_enters_so_afterwards(app, world, provider):
    provider.claims = {"email": "nilda@example.pe", "sub": "peru-2", "name": "Nilda Apaza"}
    browser = Browser(app)
    assert go_and_return(browser).location == "/ingresar/identidad/confirmar"
    assert "Nilda Apaza" in browser.get("accounts.identity_found")
    with app.app_context():
        assert queries.person_by_email("nilda@example.pe") is None  # coming back wrote nothing
    browser.post("accounts.confirm_identity")
    browser.post("accounts.open_account", {"name": "Nilda Apaza", "age": "adult", "accepts_notice": "y"})
    again = Browser(app)
    go_and_return(again)
    again.post("accounts.confirm_identity")
    assert "nilda@example.pe" in again.get("accounts.index")


def test_an_existing_account_is_linked_only_from_inside(app, world, provider):
    stranger = Browser(app)
    go_and_return(stranger)
    assert "Ya hay una cuenta con ese correo" in stranger.get("accounts.identity_found")
    stranger.post("accounts.confirm_identity")
    stranger.get("accounts.index", status=303)
    rosa = Browser(app).sign_in(ROSA)
    go_and_return(rosa)
    rosa.post("accounts.confirm_identity")
    assert letters(app, ROSA.email)[-1].content["event"] == "identity"
    back = Browser(app)
    go_and_return(back)
    back.post("accounts.confirm_identity")
    assert ROSA.email in back.get("accounts.index")
    back.post("accounts.unlink_identity")
    with app.app_context():
        assert db.session.query(Identity).count() == 0


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email_verified": None}, {"email": ""}])
def test_an_address_nobody_verified_links_nothing_and_opens_nothing(app, world, provider, claims):
    provider.claims = claims
    rosa = Browser(app).sign_in(ROSA)
    go_and_return(rosa)
    rosa.post("accounts.confirm_identity", status=422)
    stranger = Browser(app)
    go_and_return(stranger)
    assert "No confirma su correo" in stranger.get("accounts.identity_found")
    stranger.post("accounts.confirm_identity")
    stranger.get("accounts.join_form", status=303)
    with app.app_context():
        assert db.session.query(Identity).count() == 0


def test_the_verified_address_of_somebody_else_is_not_linked(app, world, provider):
    mateo = Browser(app).sign_in(MATEO)
    go_and_return(mateo)
    mateo.post("accounts.confirm_identity", status=422)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "otra pregunta"}, {"aud": "otro-sitio"}, {"iss": "http://127.0.0.1:1"}, {"exp": int(NOON.timestamp()) - 120},
        {"azp": "otro"},
    ],
)  # fmt: skip
def test_what_is_for_another_question_site_or_time_is_refused(app, world, provider, claims):
    provider.claims = claims
    browser = Browser(app)
    answer = go_and_return(browser)
    assert answer.status_code == 422 and "no confirmó quién es usted" in answer.text
    assert provider.tokens == 1
    browser.get("accounts.identity_found", status=303)


def test_a_signature_of_other_keys_is_refused(app, world, provider):
    provider.signer = RSAKey.generate_key(2048, {"kid": "1"})
    assert go_and_return(Browser(app)).status_code == 422


def test_coming_back_without_having_gone_or_twice_is_refused(app, world, provider):
    browser, other = Browser(app), Browser(app)
    there = browser.client.get("/ingresar/identidad")
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"].removeprefix("http://localhost")
    assert other.client.get(back).status_code == 422
    other.client.get("/ingresar/identidad")
    assert other.client.get(back).status_code == 422 and provider.tokens == 0
    assert browser.client.get(back).status_code == 303
    assert browser.client.get(back).status_code == 422


def test_the_code_of_the_provider_is_worth_nothing_without_the_verifier(app, world, provider):
    browser = Browser(app)
    there = browser.client.get("/ingresar/identidad")
    with browser.client.session_transaction() as session:
        session["question"] = {**session["question"], "verifier": "x" * 50}
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"].removeprefix("http://localhost")
    assert browser.client.get(back).status_code == 422 and provider.tokens == 0


def test_without_settings_nothing_is_offered_and_a_provider_that_is_down_is_said(app, world, provider, monkeypatch):
    browser = Browser(app)
    assert "Identidad digital" in browser.get("accounts.sign_in")
    monkeypatch.setitem(app.config, "OIDC_ISSUER", "http://127.0.0.1:1")
    assert "no confirmó" in browser.get("accounts.identity", status=422)
    monkeypatch.setitem(app.config, "OIDC_ISSUER", "http://otra-maquina.example")
    browser.get("accounts.identity", status=422)
    monkeypatch.setitem(app.config, "OIDC_ISSUER", "")
    browser.get("accounts.identity", status=404)
    assert "Identidad digital" not in browser.get("accounts.sign_in")
