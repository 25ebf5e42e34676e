"""Where exactly somebody speaks of: words and a point, rounded, shown as a link that costs nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions import queries, services
from app.contributions.models import Contribution, Whereabouts
from app.contributions.rules.terms import NameConsent
from app.contributions.rules.whereabouts import Point, point_of
from app.core.db import db
from tests.browser import Browser
from tests.cast import MARCO
from tests.contributions.test_views import typed
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.mark.parametrize(
    ("written", "consent", "point"),
    [
        ("-13.51704, -71.97854", NameConsent.NAME, Point(-13.517, -71.979)),
        ("-13,51704; -71,97854", NameConsent.INITIALS, Point(-13.517, -71.979)),
        ("-13.51704 -71.97854", NameConsent.ANONYMOUS, Point(-13.52, -71.98)),
        ("13.5, -71.9", NameConsent.NAME, None),
        ("40.4, -3.7", NameConsent.NAME, None),
        ("cerca de la plaza", NameConsent.NAME, None),
        ("", None, None),
        ("-13.5," * 2_000, None, None),
    ],
)
def test_a_point_is_rounded_and_must_be_in_peru(written: str, consent: NameConsent | None, point: Point | None) -> None:
    assert point_of(written, consent) == point


def test_it_is_shown_as_words_and_as_an_address_for_maps(app: Flask, browser: Browser, world: World) -> None:
    given = typed(reference="Frente a la posta", coordinates="-13.51704, -71.97854")
    answer = browser.post("contributions.create", given, slug=world.slug)
    assert "Frente a la posta" in browser.get(answer.response.headers["Location"])
    assert "Frente a la posta" in Browser(app).sign_in(MARCO).get("moderation.queue", slug=world.slug)
    with app.app_context():
        services.make_public(db.session.scalars(select(Contribution)).one(), now=NOON)
        db.session.commit()
    page = browser.get("portal.contribution", code="PRB-C-0001")
    assert page.soup.find("a", href="geo:-13.517,-71.979") and "Frente a la posta" in page
    assert browser.client.get("/aportes/PRB-C-0001.json").json["geo"] == "-13.517,-71.979"


def test_the_point_of_who_is_anonymous_is_kept_to_a_kilometre(app: Flask, browser: Browser, world: World) -> None:
    browser.post("contributions.create", typed(consent="anonimo", coordinates="-13.51704, -71.97854"), slug=world.slug)
    with app.app_context():
        row = db.session.scalars(select(Whereabouts)).one()
        assert (row.latitude_e5, row.longitude_e5) == (-1_352_000, -7_198_000)
        assert queries.whereabouts([]) == {}


def test_a_point_elsewhere_is_refused_and_stays_in_the_form(browser: Browser, world: World) -> None:
    page = browser.post("contributions.create", typed(coordinates="40.4, -3.7"), slug=world.slug, status=422)
    assert "No es un punto del Perú" in page and page.soup.find(id="coordinates")["value"] == "40.4, -3.7"


def test_only_the_form_may_ask_the_device_where_it_is(browser: Browser, world: World) -> None:
    page = browser.get("contributions.new", slug=world.slug)
    assert "geolocation=(self)" in page.response.headers["Permissions-Policy"]
    assert "geolocation=()" in browser.get("portal.home").response.headers["Permissions-Policy"]
