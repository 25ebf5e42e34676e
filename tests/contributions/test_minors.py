"""Who is under 14 speaks without account with an adult beside them; of an age nothing more is kept (P07, BR-40)."""

import pytest

from app.contributions.models import Authorship, Contribution, Whereabouts
from app.contributions.rules.terms import NameConsent
from app.core.db import db
from tests.browser import Browser
from tests.cast import ROSA
from tests.world import NOON

SAID = {
    "text": "En mi colegio no hay agua en el recreo. Pido un caño.", "proponent_kind": "persona", "consent": "nombre",
    "speaker": "Killa Ccopa",
    "phone": "987654321", "email": "mama@example.pe", "ubigeo": "080102", "reference": "Frente a mi casa", "coordinates": "-13.51, -71.97",
    "submission_key": "de-una-nina-0123456789",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def sent(app, world, browser=None, **more):
    (browser or Browser(app)).post("contributions.create", {**SAID, **more}, slug=world.slug)
    with app.app_context():
        made, author = db.session.query(Contribution).one(), db.session.query(Authorship).one()
        places = db.session.query(Whereabouts).count()
        db.session.expunge_all()
        return made, author, places


def test_the_form_without_account_asks_in_one_line_and_ticks_nothing(app, world):
    page = Browser(app).get("contributions.new", slug=world.slug)
    box = page.soup.find("input", {"name": "is_child"})
    assert box["type"] == "checkbox" and not box.has_attr("checked")
    assert "Si no la marca, declara que tiene 14 años o más" in page
    assert not Browser(app).sign_in(ROSA).get("contributions.new", slug=world.slug).soup.find("input", {"name": "is_child"})


@pytest.mark.parametrize(
    ("pseudonym", "named", "consent"), [("", "Anónimo", NameConsent.ANONYMOUS), ("Kuntur", "Kuntur", NameConsent.PSEUDONYM)]
)
def test_of_who_is_under_14_neither_name_nor_place_nor_telephone_is_kept(app, world, pseudonym, named, consent):
    made, author, places = sent(app, world, is_child="y", pseudonym=pseudonym)
    assert (made.public_name, made.ubigeo, places) == (named, None, 0)
    assert (author.name, author.phone, author.consent) == ("", "", consent)
    assert author.email == "mama@example.pe"  # of the adult, who hears of the answer


def test_who_agreed_is_kept_beside_the_consent_and_no_age_is(app, world):
    _, author, _ = sent(app, world, is_child="y")
    assert author.consent_text.endswith("/con-tutor-web")
    assert not {column.name for column in Authorship.__table__.columns} & {"age", "birth", "is_child"}


def test_from_14_on_everything_is_as_before(app, world):
    made, author, places = sent(app, world)
    assert (made.public_name, made.ubigeo, places, author.phone) == ("Killa Ccopa", "080102", 1, "987654321")
    assert author.consent_text.endswith("/web") and "tutor" not in author.consent_text


def test_a_mistaken_tick_loses_nothing_that_was_typed(app, world):
    page = Browser(app).post("contributions.create", {**SAID, "text": "", "is_child": "y"}, slug=world.slug, status=422)
    assert page.soup.find("input", {"name": "speaker"})["value"] == "Killa Ccopa"
