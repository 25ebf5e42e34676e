"""Opening an account and entering with a code; nobody learns who has an account."""

from datetime import timedelta

import pytest

from app.accounts import queries
from app.accounts.models import Consent, EmailCode, Person
from app.accounts.rules.joining import NOTICE_VERSION, AgeBand
from app.core.db import db
from tests.accounts.entering import code_sent_to, enter_with_code, letters
from tests.accounts.test_views import without_token
from tests.browser import Browser
from tests.cast import ROSA, SARA
from tests.world import NOON

NEW = "nilda@example.pe"
DATA = {"name": "Nilda Quispe Apaza", "age": "adult", "accepts_notice": "y"}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def test_somebody_new_opens_an_account_without_password_and_enters_again_with_a_code(app, browser, world):
    enter_with_code(app, browser, NEW)
    assert NEW in browser.get("accounts.join_form")
    page = browser.post("accounts.open_account", DATA, status=200, follow=True)
    assert page.heading == "Mi cuenta" and "Su cuenta está lista" in page
    browser.sign_out()
    enter_with_code(app, browser, NEW)
    assert browser.get("accounts.index").heading == "Mi cuenta"


def test_a_new_account_keeps_which_notice_was_accepted_and_when(app, browser, world):
    enter_with_code(app, browser, NEW)
    browser.post("accounts.open_account", {**DATA, "accepts_notice": ""}, status=422)
    with app.app_context():
        assert queries.person_by_email(NEW) is None
    browser.post("accounts.open_account", DATA)
    with app.app_context():
        kept = db.session.query(Consent).one()
        assert (kept.text_version, kept.given_at, kept.withdrawn_at) == (NOTICE_VERSION, NOON, None)


def test_no_box_is_ticked_beforehand(app, browser, world):
    enter_with_code(app, browser, NEW)
    page = browser.get("accounts.join_form")
    assert page.soup.select("input[type=checkbox], input[type=radio]") and not page.soup.select("input[checked]")


def test_a_password_chosen_while_joining_opens_the_account_later(app, browser, world):
    enter_with_code(app, browser, NEW)
    browser.post("accounts.open_account", {**DATA, "password": "corta"}, status=422)
    browser.post("accounts.open_account", {**DATA, "password": "llueve sobre el tejado"})
    browser.sign_out()
    browser.post("accounts.open_session", {"email": NEW, "password": "llueve sobre el tejado"})
    browser.get("accounts.index")


def test_with_less_than_fourteen_years_no_account_is_opened_and_between_14_and_17_a_pseudonym_is_needed(app, browser, world):
    enter_with_code(app, browser, NEW)
    page = browser.post("accounts.open_account", {**DATA, "age": "child"}, status=422)
    assert "persona adulta responsable" in page
    page = browser.post("accounts.open_account", {**DATA, "age": "teenager"}, status=422)
    assert "su nombre no se publica" in page
    browser.post("accounts.open_account", {**DATA, "age": "teenager", "pseudonym": "Kuntur"})
    with app.app_context():
        assert queries.person_by_email(NEW).age is AgeBand.TEENAGER


def test_asking_for_a_code_looks_the_same_whoever_has_an_account(app, world):
    pages = []
    for address in (ROSA.email, "nadie@example.pe"):
        visitor = Browser(app)
        visitor.post("accounts.send_code", {"email": address})
        pages.append(without_token(visitor.get("accounts.type_code").html.replace(address, "")))
        assert len(letters(app, address)) == 1
    assert pages[0] == pages[1]


def test_joining_cannot_begin_without_a_proven_address(app, browser, world):
    browser.get("accounts.join_form", status=303)
    browser.post("accounts.open_account", DATA)
    with app.app_context():
        assert db.session.query(Person).filter_by(name=DATA["name"]).count() == 0


def test_a_code_is_good_once_and_only_where_it_was_asked_for(app, browser, world):
    browser.post("accounts.send_code", {"email": ROSA.email})
    code = code_sent_to(app, ROSA.email)
    thief = Browser(app)
    thief.post("accounts.send_code", {"email": "ladron@example.pe"})
    assert "no es el código" in thief.post("accounts.prove_code", {"code": code}, status=422)
    browser.post("accounts.prove_code", {"code": f" {code[:4]}-{code[5:]} "})
    browser.get("accounts.index")
    with browser.client.session_transaction() as session:
        assert "asked" not in session


def test_the_fifth_wrong_try_is_the_last(app, browser, world):
    browser.post("accounts.send_code", {"email": ROSA.email})
    code = code_sent_to(app, ROSA.email)
    wrong = f"{(int(code.replace(' ', '')) + 1) % 10**8:08}"
    for _ in range(5):
        browser.post("accounts.prove_code", {"code": wrong}, status=422)
    assert "Pida otro" in browser.post("accounts.prove_code", {"code": code}, status=422)


def test_a_code_is_over_after_a_quarter_of_an_hour(app, browser, world, monkeypatch):
    browser.post("accounts.send_code", {"email": ROSA.email})
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(minutes=15, seconds=1))
    browser.post("accounts.prove_code", {"code": code_sent_to(app, ROSA.email)}, status=422)


def test_nobody_fills_somebody_elses_mailbox(app, browser, world):
    for _ in range(5):
        browser.post("accounts.send_code", {"email": ROSA.email})
    page = browser.post("accounts.send_code", {"email": ROSA.email}, status=422)
    assert "Ya se pidieron varias cartas" in page and len(letters(app, ROSA.email)) == 5
    assert page.soup.find("input", {"name": "email"})["value"] == ROSA.email


def test_the_code_is_not_kept_readable(app, browser, world):
    browser.post("accounts.send_code", {"email": ROSA.email})
    code = code_sent_to(app, ROSA.email).replace(" ", "")
    with app.app_context():
        kept = db.session.query(EmailCode).one()
        assert code not in (kept.code_hash, kept.handle)


def test_a_code_leads_back_to_where_one_was_going(app, browser, world):
    browser.post("accounts.send_code", {"email": SARA.email, "siguiente": "/mesa?x=1"})
    response = browser.client.post("/ingresar/codigo/escribir", data={"code": code_sent_to(app, SARA.email)})
    assert response.location == "/mesa?x=1"


def test_a_suspended_person_learns_it_only_after_proving_the_address(app, browser, world):
    with app.app_context():
        queries.person_by_email(ROSA.email).is_suspended = True
        db.session.commit()
    browser.post("accounts.send_code", {"email": ROSA.email})
    page = browser.post("accounts.prove_code", {"code": code_sent_to(app, ROSA.email)}, status=403)
    assert "está cerrada" in page
    browser.get("accounts.index", status=303)
