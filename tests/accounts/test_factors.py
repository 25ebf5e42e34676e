"""The second step: required of staff before any staff page, codes good once, sheets for the day the telephone is lost."""

import re
from datetime import timedelta

import pyotp
import pytest

from app.accounts import queries
from app.accounts.models import Authenticator, RecoveryCode
from app.core.db import db
from tests.accounts.entering import give_authenticator, letters, secret_of
from tests.browser import Browser
from tests.cast import ROSA, SARA
from tests.world import NOON


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = NOON

    told = Clock()
    monkeypatch.setattr("app.core.clock.now", lambda: told.now)
    return told


@pytest.fixture
def strict(app, monkeypatch, clock):
    """The site as it is served for real: staff need a second step."""
    monkeypatch.setitem(app.config, "STAFF_SECOND_FACTOR", True)
    return clock


def test_sara_is_led_to_prepare_her_application_and_then_reaches_her_desk(app, browser, world, strict):
    response = browser.client.post("/ingresar", data={"email": SARA.email, "password": SARA.password})
    assert response.location == "/mesa"
    page = browser.get("accounts.factors", siguiente="/mesa")
    assert "Su rol permite actos públicos" in page
    setup = browser.get("accounts.authenticator")
    secret = setup.soup.select_one(".copy-code code").get_text().replace(" ", "")
    sealed = setup.soup.find("input", {"name": "sealed"})["value"]
    wrong = browser.post("accounts.add_authenticator", {"sealed": sealed, "code": "000000"}, status=422)
    assert secret == wrong.soup.select_one(".copy-code code").get_text().replace(" ", "")
    sheet = browser.post("accounts.add_authenticator", {"sealed": sealed, "code": pyotp.TOTP(secret).at(NOON)}, status=200)
    assert len(sheet.soup.select(".codes li")) == 10
    assert browser.get("desk.index").heading == "Mi mesa"
    assert letters(app, SARA.email)[-1].content["event"] == "factor-added"


def test_the_next_time_the_code_is_asked_before_there_is_any_session(app, world, strict):
    secret, _ = give_authenticator(app, SARA, NOON - timedelta(hours=1))
    browser = Browser(app)
    response = browser.client.post("/ingresar", data={"email": SARA.email, "password": SARA.password, "siguiente": "/mesa?x=1"})
    assert response.location == "/ingresar/segundo-paso"
    for endpoint in ("desk.index", "accounts.index", "accounts.factors"):
        assert browser.get(endpoint, status=303).response.location.startswith("/ingresar")
    browser.post("accounts.pass_second_step", {"code": "000000"}, status=422)
    response = browser.client.post("/ingresar/segundo-paso", data={"code": pyotp.TOTP(secret).at(NOON)})
    assert response.location == "/mesa?x=1"
    browser.get("desk.index")


@pytest.mark.parametrize("dressed", ["{0}", " {1} {2} ", "{1}-{2}", "wide"])
def test_a_code_is_good_once_however_it_is_dressed(app, world, strict, dressed):
    secret, _ = give_authenticator(app, SARA, NOON - timedelta(hours=1))
    code = pyotp.TOTP(secret).at(NOON)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    first = Browser(app)
    first.sign_in(SARA)
    first.post("accounts.pass_second_step", {"code": code})
    second = Browser(app)
    second.sign_in(SARA)
    again = wide if dressed == "wide" else dressed.format(code, code[:3], code[3:])
    assert "ya se usó" in second.post("accounts.pass_second_step", {"code": again}, status=422)


def test_a_code_of_the_sheet_opens_once_and_is_told(app, world, strict):
    _, codes = give_authenticator(app, SARA, NOON - timedelta(hours=1))
    for status in (303, 422):
        browser = Browser(app)
        browser.sign_in(SARA)
        browser.post("accounts.pass_second_step", {"code": codes[0].upper().replace("-", " ")}, status=status)
    assert letters(app, SARA.email)[-1].content == letters(app, SARA.email)[-1].content | {"event": "recovery", "detail": "9"}
    with app.app_context():
        assert codes[1].replace("-", "") not in {row.code_hash for row in db.session.query(RecoveryCode)}


def test_ten_wrong_codes_stop_the_guessing_also_of_the_right_one(app, world, strict):
    secret, _ = give_authenticator(app, SARA, NOON - timedelta(hours=1))
    browser = Browser(app)
    browser.sign_in(SARA)
    for _ in range(10):
        browser.post("accounts.pass_second_step", {"code": "000000"}, status=422)
    page = browser.post("accounts.pass_second_step", {"code": pyotp.TOTP(secret).at(NOON)}, status=422)
    assert "demasiados códigos" in page
    strict.now = NOON + timedelta(minutes=6)
    browser.post("accounts.pass_second_step", {"code": pyotp.TOTP(secret).at(strict.now)})


def test_the_first_step_is_worth_ten_minutes_and_dies_with_the_password(app, world, strict):
    secret, _ = give_authenticator(app, SARA, NOON - timedelta(hours=1))
    late, overtaken = Browser(app), Browser(app)
    late.sign_in(SARA)
    overtaken.sign_in(SARA)
    with app.app_context():
        queries.person_by_email(SARA.email).session_epoch += 1
        db.session.commit()
    response = overtaken.client.post("/ingresar/segundo-paso", data={"code": pyotp.TOTP(secret).at(NOON)})
    assert response.location == "/ingresar"
    late.sign_in(SARA)
    strict.now = NOON + timedelta(minutes=11)
    assert late.client.post("/ingresar/segundo-paso", data={"code": pyotp.TOTP(secret).at(strict.now)}).location == "/ingresar"


def test_a_new_password_does_not_take_the_second_step_away(app, world, strict):
    give_authenticator(app, SARA, NOON - timedelta(hours=1))
    browser = Browser(app)
    browser.post("accounts.ask_reset", {"email": SARA.email}, status=200)
    path = re.sub(r"^https?://[^/]+", "", letters(app, SARA.email)[-1].content["link"])
    browser.post(path, {"password": "llueve sobre el tejado"})
    response = browser.client.post("/ingresar", data={"email": SARA.email, "password": "llueve sobre el tejado"})
    assert response.location == "/ingresar/segundo-paso"


def test_staff_keep_one_second_step_and_citizens_may_do_without(app, world, strict):
    for member, status in ((SARA, "Su rol pide un segundo paso"), (ROSA, "ya no se pide")):
        secret, _ = give_authenticator(app, member, NOON - timedelta(hours=1))
        browser = Browser(app)
        browser.sign_in(member)
        browser.post("accounts.pass_second_step", {"code": pyotp.TOTP(secret).at(NOON)})
        assert status in browser.post("accounts.remove_authenticator", status=200, follow=True)
    with app.app_context():
        assert db.session.query(Authenticator).count() == 1
        assert db.session.query(RecoveryCode).filter_by(person_id=world.id_of(ROSA)).count() == 0


def test_factors_are_changed_only_after_proving_again_who_one_is(app, world, strict):
    secret, _ = give_authenticator(app, ROSA, NOON - timedelta(hours=1))
    browser = Browser(app)
    browser.sign_in(ROSA)
    browser.post("accounts.pass_second_step", {"code": pyotp.TOTP(secret).at(NOON)})
    strict.now = NOON + timedelta(minutes=11)
    for endpoint in ("accounts.remove_authenticator", "accounts.recovery_codes", "accounts.add_authenticator"):
        assert browser.post(endpoint).response.location.startswith("/mi-cuenta/confirmar")
    assert "código que muestra su aplicación" in browser.get("accounts.prove")
    browser.post("accounts.check_proof", {"proof": ROSA.password}, status=422)
    browser.post("accounts.check_proof", {"proof": pyotp.TOTP(secret).at(strict.now)})
    assert len(browser.post("accounts.recovery_codes", status=200).soup.select(".codes li")) == 10


def test_the_secret_of_an_application_is_sealed_in_the_database(app, world, strict):
    secret, _ = give_authenticator(app, SARA, NOON)
    with app.app_context():
        assert secret not in db.session.query(Authenticator).one().sealed_secret
    assert secret_of(app, world.id_of(SARA)) == secret


def test_a_proposed_secret_is_of_no_use_to_somebody_else(app, world, strict):
    rosas = Browser(app).sign_in(ROSA).get("accounts.authenticator")
    sealed = rosas.soup.find("input", {"name": "sealed"})["value"]
    secret = rosas.soup.select_one(".copy-code code").get_text().replace(" ", "")
    sara = Browser(app).sign_in(SARA)
    sara.post("accounts.add_authenticator", {"sealed": sealed, "code": pyotp.TOTP(secret).at(NOON)})
    with app.app_context():
        assert db.session.query(Authenticator).count() == 0


def test_the_demonstration_asks_nobody_for_a_second_step_and_a_real_site_does(tmp_path):
    from config import Config
    from tests.conftest import SECRET

    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path)}
    assert Config(environ).STAFF_SECOND_FACTOR
    assert not Config({**environ, "DEMO": "1"}).STAFF_SECOND_FACTOR
