"""A forgotten password and a new address: what the letters open, once and for a while."""

from datetime import timedelta

import pytest

from app.accounts import queries
from app.accounts.models import AccountLink
from app.core.db import db
from tests.accounts.entering import letters, link_sent_to
from tests.accounts.test_views import without_token
from tests.browser import Browser
from tests.cast import MATEO, ROSA
from tests.world import NOON

NEW = "llueve sobre el tejado"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def test_a_forgotten_password_is_replaced_once_by_the_link_of_the_letter(app, browser, world):
    open_elsewhere = Browser(app).sign_in(ROSA)
    browser.post("accounts.ask_reset", {"email": ROSA.email}, status=200)
    path = link_sent_to(app, ROSA.email)
    assert browser.get(path).heading == "Elegir otra clave"
    assert "12 caracteres" in browser.post(path, {"password": "corta"}, status=422)
    assert "Su clave cambió" in browser.post(path, {"password": NEW}, status=200, follow=True)
    open_elsewhere.get("accounts.index", status=303)
    browser.post(path, {"password": "otra frase cualquiera"}, status=410)
    browser.post("accounts.open_session", {"email": ROSA.email, "password": NEW})
    assert letters(app, ROSA.email)[-1].content["event"] == "password"


def test_asking_looks_the_same_for_an_address_nobody_has_and_both_get_a_letter(app, world):
    pages = []
    for address in (ROSA.email, "nadie@example.pe"):
        page = Browser(app).post("accounts.ask_reset", {"email": address}, status=200)
        pages.append(without_token(page.html.replace(address, "")))
        assert len(letters(app, address)) == 1
    assert pages[0] == pages[1]
    assert letters(app, "nadie@example.pe")[0].content["link"] == ""


def test_the_link_is_over_in_half_an_hour_and_when_another_is_asked_for(app, browser, world, monkeypatch):
    browser.post("accounts.ask_reset", {"email": ROSA.email}, status=200)
    first = link_sent_to(app, ROSA.email)
    browser.post("accounts.ask_reset", {"email": ROSA.email}, status=200)
    second = link_sent_to(app, ROSA.email)
    browser.get(first, status=410)
    browser.get(second)
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(minutes=31))
    browser.get(second, status=410)


def test_the_link_has_the_address_of_the_site_whatever_host_was_asked(app, browser, world):
    browser.client.post("/olvide-mi-clave", data={"email": ROSA.email}, headers={"X-Forwarded-Host": "evil.test"})
    assert letters(app, ROSA.email)[-1].content["link"].startswith("http://localhost/")
    with app.app_context():
        token = link_sent_to(app, ROSA.email).rsplit("/", 1)[1]
        assert db.session.query(AccountLink).one().token_hash != token


def proven(app, member):
    return Browser(app).sign_in(member)


def test_the_address_changes_when_both_sides_say_yes_in_any_order(app, world):
    for old, new, order in ((ROSA, "rosa.nueva@example.pe", (0, 1)), (MATEO, "mateo.nuevo@example.pe", (1, 0))):
        browser = proven(app, old)
        browser.post("accounts.change_email", {"email": new}, status=200)
        paths = [link_sent_to(app, old.email), link_sent_to(app, new)]
        first = Browser(app).post(paths[order[0]], status=200)
        assert first.heading == "Falta el otro correo"
        assert new in browser.get("accounts.index")
        second = Browser(app).post(paths[order[1]], status=200)
        assert second.heading == "El correo de su cuenta cambió"
        with app.app_context():
            assert queries.person_by_email(old.email) is None
            assert queries.person_by_email(new).id == world.id_of(old)
        assert letters(app, old.email)[-1].content["event"] == "email"


def test_opening_the_link_alone_changes_nothing(app, world):
    browser = proven(app, ROSA)
    browser.post("accounts.change_email", {"email": "rosa.nueva@example.pe"}, status=200)
    for path in (link_sent_to(app, ROSA.email), link_sent_to(app, "rosa.nueva@example.pe")):
        Browser(app).get(path)
        Browser(app).get(path)
    with app.app_context():
        assert queries.person_by_email(ROSA.email) is not None


def test_halves_of_two_different_changes_do_not_make_one(app, world):
    browser = proven(app, ROSA)
    browser.post("accounts.change_email", {"email": "una@example.pe"}, status=200)
    browser.post(link_sent_to(app, ROSA.email), status=200)
    browser.post("accounts.change_email", {"email": "otra@example.pe"}, status=200)
    assert Browser(app).post(link_sent_to(app, "otra@example.pe"), status=200).heading == "Falta el otro correo"


def test_an_address_of_somebody_else_is_answered_alike_and_refused_at_the_end(app, world):
    browser = proven(app, ROSA)
    page = browser.post("accounts.change_email", {"email": MATEO.email}, status=200)
    assert "Enviamos dos cartas" in page
    browser.post(link_sent_to(app, ROSA.email), status=200)
    refused = Browser(app).post(link_sent_to(app, MATEO.email), status=422)
    assert "Ya hay una cuenta con ese correo" in refused
    with app.app_context():
        assert queries.person_by_email(ROSA.email).id == world.id_of(ROSA)


def test_changing_the_address_asks_first_who_one_is_when_the_proof_is_old(app, world, monkeypatch):
    browser = proven(app, ROSA)
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(minutes=11))
    assert browser.client.get("/mi-cuenta/correo").location == "/mi-cuenta/confirmar?siguiente=/mi-cuenta/correo"
    browser.post("accounts.change_email", {"email": "ladron@example.pe"})
    assert letters(app, "ladron@example.pe") == []
    with browser.client.session_transaction() as session:
        before = session["_user_id"]
    assert "no coinciden" in browser.post("accounts.check_proof", {"proof": "no es", "siguiente": "/mi-cuenta/correo"}, status=422)
    browser.post("accounts.check_proof", {"proof": ROSA.password, "siguiente": "/mi-cuenta/correo"})
    assert browser.get("accounts.email").heading == "Cambiar de correo"
    with browser.client.session_transaction() as session:
        assert session["_user_id"] != before


def test_whoever_has_no_password_proves_it_with_a_code_to_their_own_address(app, world, monkeypatch):
    browser = proven(app, ROSA)
    with app.app_context():
        queries.person_by_email(ROSA.email).password_hash = ""
        db.session.commit()
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(minutes=11))
    browser.get("accounts.password", status=303)
    browser.post("accounts.send_proof", {"siguiente": "/mi-cuenta/clave"})
    code = letters(app, ROSA.email)[-1].content["code"]
    browser.post("accounts.check_proof", {"proof": code, "siguiente": "/mi-cuenta/clave"})
    browser.post("accounts.change_password", {"password": NEW})
    Browser(app).post("accounts.open_session", {"email": ROSA.email, "password": NEW})
