"""Who comments a draft plan or proposes another text is named as they choose, and cared for when young, as in any contribution (P07)."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts import queries as accounts
from app.accounts import services as accounts_services
from app.accounts.rules.joining import AgeBand
from app.contributions.models import Authorship, Contribution
from app.core import clock
from app.core.db import db
from tests.browser import Browser
from tests.cast import ROSA
from tests.plans.test_wordings import CLAUSE, WHY, consulted, during_validation, filled  # noqa: F401 - fixtures
from tests.world import World

FORMS = [("plans.new_comment", "plans.create_comment"), ("plans.new_wording", "plans.create_wording")]
BY_NAME = {"consent": "nombre", "speaker": "Killa Ccopa Puma", "ubigeo": "080102"}


@pytest.fixture(params=FORMS, ids=["comment", "amendment"])
def form(request: pytest.FixtureRequest, consulted: None) -> Iterator[tuple[str, str]]:  # noqa: F811 - the fixture above
    yield request.param


def stored(app: Flask) -> tuple[Contribution, Authorship]:
    with app.app_context():
        made, author = db.session.query(Contribution).one(), db.session.query(Authorship).one()
        db.session.expunge_all()
        return made, author


def test_a_pseudonym_can_be_chosen_and_written(app: Flask, browser: Browser, world: World, form: tuple[str, str]) -> None:
    page = browser.get(form[0], slug=world.slug, clausula=CLAUSE)
    assert page.soup.find("input", {"name": "consent", "value": "seudonimo"}) and page.soup.find("input", {"name": "pseudonym"})
    missing = browser.post(form[1], filled(app, consent="seudonimo"), slug=world.slug, status=422)
    assert WHY in missing and missing.soup.find("input", {"name": "pseudonym"})["aria-invalid"] == "true"
    browser.post(form[1], filled(app, consent="seudonimo", pseudonym="Kuntur"), slug=world.slug)
    assert stored(app)[0].public_name == "Kuntur"


def test_of_who_is_under_14_neither_name_nor_place_is_kept(app: Flask, browser: Browser, world: World, form: tuple[str, str]) -> None:
    box = browser.get(form[0], slug=world.slug, clausula=CLAUSE).soup.find("input", {"name": "is_child"})
    assert box["type"] == "checkbox" and not box.has_attr("checked")
    browser.post(form[1], filled(app, **BY_NAME, is_child="y"), slug=world.slug)
    made, author = stored(app)
    assert (made.public_name, made.ubigeo, author.name) == ("Anónimo", None, "") and author.consent_text.endswith("/con-tutor-web")


def test_who_is_14_to_17_appears_by_a_pseudonym_whatever_is_sent(app: Flask, browser: Browser, world: World, form: tuple[str, str]) -> None:
    with app.app_context():
        accounts_services.correct(accounts.person_by_email(ROSA.email), ROSA.name, "Qoyllur", AgeBand.TEENAGER, now=clock.now())
        db.session.commit()
    page = browser.sign_in(ROSA).get(form[0], slug=world.slug, clausula=CLAUSE)
    assert "14 a 17 años" in page and not page.soup.find("input", {"name": "speaker"}) and not page.soup.find("select", {"name": "ubigeo"})
    browser.post(form[1], filled(app, **BY_NAME, pseudonym="Qoyllur"), slug=world.slug)
    made, author = stored(app)
    assert (made.public_name, made.ubigeo, author.name) == ("Qoyllur", None, "")


def test_what_is_sent_with_an_account_is_in_it(app: Flask, browser: Browser, world: World, form: tuple[str, str]) -> None:
    page = browser.sign_in(ROSA).get(form[0], slug=world.slug, clausula=CLAUSE)
    assert page.soup.find("input", {"name": "speaker"})["value"] == ROSA.name
    assert page.soup.find("input", {"name": "email"})["value"] == ROSA.email
    browser.post(form[1], filled(app, email=""), slug=world.slug)
    made, author = stored(app)
    assert author.person_id == world.id_of(ROSA)
    assert made.code in browser.get("letters.mine", token="cuenta")
