"""Sessions: listed, closed from afar, over by themselves, never fixed."""

from datetime import timedelta

import pytest

from app.accounts.models import AccountSession
from app.core.db import db
from tests.browser import Browser
from tests.cast import MATEO, ROSA, SARA
from tests.world import NOON


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""

    class Clock:
        now = NOON

        def after(self, **span):
            self.now = NOON + timedelta(**span)

    told = Clock()
    monkeypatch.setattr("app.core.clock.now", lambda: told.now)
    return told


def test_every_sign_in_is_listed_and_the_others_can_be_closed(app, world, clock):
    here, there = Browser(app), Browser(app)
    here.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile"
    there.sign_in(ROSA)
    page = here.sign_in(ROSA).get("accounts.index")
    assert "Chrome, Android" in page and len(page.soup.select("#sessions ~ ul > li")) == 2
    there.get("accounts.index")
    here.post("accounts.close_others")
    there.get("accounts.index", status=303)
    assert len(here.get("accounts.index").soup.select("#sessions ~ ul > li")) == 1


def test_one_session_is_closed_by_its_owner_and_by_nobody_else(app, world, clock):
    rosa, mateo = Browser(app).sign_in(ROSA), Browser(app).sign_in(MATEO)
    with app.app_context():
        handle = db.session.query(AccountSession.handle).filter_by(person_id=world.id_of(ROSA)).scalar()
    mateo.post("accounts.close_session", handle=handle, status=404)
    rosa.get("accounts.index")
    Browser(app).sign_in(ROSA).post("accounts.close_session", handle=handle)
    rosa.get("accounts.index", status=303)


def test_staff_who_leave_the_desk_for_half_an_hour_sign_in_again_and_citizens_need_not(app, world, clock):
    sara, rosa = Browser(app).sign_in(SARA), Browser(app).sign_in(ROSA)
    clock.after(minutes=29)
    sara.get("desk.index")
    clock.after(minutes=58)
    sara.get("desk.index")  # each page counts as use
    clock.after(minutes=89)
    assert sara.client.get("/mesa").location.startswith("/ingresar")
    assert sara.get("accounts.sign_in").heading == "Ingresar"
    clock.after(days=13)
    rosa.get("accounts.index")
    clock.after(days=28)
    rosa.get("accounts.index", status=303)


def test_whoever_keeps_writing_stays_in(app, world, clock):
    sara = Browser(app).sign_in(SARA)
    assert "js/stay.js" in sara.get("desk.index").html
    for minutes in range(25, 100, 25):
        clock.after(minutes=minutes)
        assert sara.client.get("/mi-cuenta/sesiones/sigo").status_code == 204
    sara.get("desk.index")


def test_no_session_of_staff_outlives_a_working_day_however_busy(app, world, clock):
    sara = Browser(app).sign_in(SARA)
    for minutes in range(25, 12 * 60, 25):
        clock.after(minutes=minutes)
        sara.get("desk.index")
    clock.after(hours=12, minutes=1)
    sara.get("desk.index", status=303)


def test_an_old_cookie_is_not_younger_than_the_day_it_was_made(app, world, clock):
    """Idle time is told by the signed cookie: a copy of it grows old however much its owner goes on."""
    rosa, thief = Browser(app).sign_in(ROSA), Browser(app)
    with rosa.client.session_transaction() as session:
        copied = dict(session)
    with thief.client.session_transaction() as session:
        session.update(copied)
    clock.after(days=13)
    rosa.get("accounts.index")
    clock.after(days=15)
    rosa.get("accounts.index")
    thief.get("accounts.index", status=303)


def test_signing_in_gives_a_new_key_each_time_and_keeps_only_its_hash(app, world, clock):
    keys = set()
    for _ in range(2):
        browser = Browser(app).sign_in(ROSA)
        with browser.client.session_transaction() as session:
            keys.add(session["_user_id"])
    assert len(keys) == 2
    with app.app_context():
        assert not keys & {row.key_hash for row in db.session.query(AccountSession)}


def test_public_pages_set_no_cookie_for_whoever_is_signed_in(app, world, clock):
    rosa = Browser(app).sign_in(ROSA)
    clock.after(hours=3)
    for path in ("/", "/procesos", f"/procesos/{world.slug}"):
        response = rosa.client.get(path)
        assert response.status_code == 200 and "Set-Cookie" not in response.headers
        assert ROSA.name not in response.get_data(as_text=True)


def test_changing_the_password_closes_every_other_session_and_keeps_this_one(app, world, clock):
    here, there = Browser(app).sign_in(ROSA), Browser(app).sign_in(ROSA)
    here.post("accounts.change_password", {"current": ROSA.password, "password": "llueve sobre el tejado"})
    here.get("accounts.index")
    there.get("accounts.index", status=303)
