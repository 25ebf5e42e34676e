"""Who is under 18 in the deliberation and the consultation of a plan (P07): no name, no place, and under 14 nobody alone."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.accounts import queries as accounts
from app.accounts import services as accounts_services
from app.accounts.rules.joining import AgeBand
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.terms import NameConsent
from app.core import arrival
from app.core.db import db
from app.deliberation import services
from app.deliberation.models import Comment
from app.deliberation.rules.comments import CommentDraft, Side
from app.plans import queries as plans
from app.plans import services as plans_services
from tests.browser import Browser
from tests.cast import MATEO, ROSA, SARA
from tests.factories.deliberation import SLOWLY, person, said, shown
from tests.plans.writing import by, fill, plan_with
from tests.world import NOON, START, World

TEXT = "Conviene, porque de noche juegan los niños y no se ve nada."
IN_VALIDATION = datetime(START.year, START.month, START.day, 17, tzinfo=NOON.tzinfo) + timedelta(days=65)
REVEALING = {"consent": "nombre", "pseudonym": "Rosa Quispe Huamán", "speaker": ROSA.name}


def make_teenager(app: Flask, world: World) -> None:
    with app.app_context():
        accounts_services.correct(person(world, ROSA), ROSA.name, "Kuntur", AgeBand.TEENAGER, now=NOON)
        db.session.commit()


def at(app: Flask, monkeypatch: pytest.MonkeyPatch, now: datetime) -> str:
    """The clock stands at `now`; when a form opened a minute before was shown comes back."""
    monkeypatch.setattr("app.core.clock.now", lambda: now)
    with app.app_context():
        return arrival.stamp(now - timedelta(minutes=1))


@pytest.fixture
def code(app: Flask, world: World) -> str:
    with app.app_context():
        made = shown(world).code
        db.session.commit()
    return made


def test_a_comment_of_who_is_14_to_17_appears_by_the_pseudonym_whatever_is_sent(
    app: Flask, world: World, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desde = at(app, monkeypatch, NOON)
    make_teenager(app, world)
    rosa = Browser(app).sign_in(ROSA)
    page = rosa.get("deliberation.new_comment", code=code)
    assert "Kuntur" in page and not page.soup.find(attrs={"name": "consent"}) and not page.soup.find(attrs={"name": "pseudonym"})
    sent = {"side": "for", "text": TEXT, "language": "es", "submission_key": "una-clave-de-dieciseis", "desde": desde, **REVEALING}
    rosa.post("deliberation.create_comment", sent, code=code)
    rosa.post("deliberation.give_support", code=code)
    for public in ("deliberation.comments", "portal.contribution"):
        said_there = Browser(app).get(public, code=code)
        assert "Quispe" not in said_there and "R. Q. H." not in said_there
    assert "Kuntur" in Browser(app).get("deliberation.comments", code=code)
    for path in ("comentarios.csv", "comentarios.json"):
        assert "Quispe" not in Browser(app).client.get(f"/procesos/{world.slug}/{path}").get_data(as_text=True)


def test_the_rule_holds_for_whoever_calls_the_service(app, world) -> None:
    make_teenager(app, world)
    with app.app_context():
        target = shown(world, "dos")
        draft = CommentDraft(Side.FOR, TEXT, NameConsent.NAME)
        made = services.comment(draft, target, person(world, ROSA), submission_key="k" * 20, came=SLOWLY, now=NOON).comment
        assert (made.public_name, made.consent) == ("Kuntur", NameConsent.PSEUDONYM)


def test_an_adult_chooses_a_pseudonym_for_a_comment_and_must_say_which(
    app: Flask, world: World, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desde = at(app, monkeypatch, NOON)
    mateo = Browser(app).sign_in(MATEO)
    sent = {
        "side": "for", "text": TEXT, "language": "es", "submission_key": "una-clave-de-dieciseis", "desde": desde, "consent": "seudonimo",
    }  # fmt: skip
    page = mateo.post("deliberation.create_comment", sent, status=422, code=code)
    assert "Escriba el seudónimo con que quiere aparecer." in page and TEXT in page
    mateo.post("deliberation.create_comment", {**sent, "pseudonym": "El Vecino"}, code=code)
    assert "El Vecino" in Browser(app).get("deliberation.comments", code=code)


def test_correcting_the_account_reaches_its_comments_and_somebody_younger_than_said_loses_the_name_everywhere(
    app, world, monkeypatch
) -> None:
    at(app, monkeypatch, NOON)
    with app.app_context():
        target = shown(world, email=ROSA.email)
        author = db.session.query(Authorship).filter_by(contribution_id=target.id).one()
        author.name, author.consent, target.public_name = ROSA.name, NameConsent.NAME, ROSA.name
        for name, consent in (("nombre", NameConsent.NAME), ("sin", NameConsent.ANONYMOUS)):
            draft = CommentDraft(Side.FOR, f"{TEXT} {name}", consent)
            services.comment(draft, target, person(world, ROSA), submission_key=name.ljust(20, "_"), came=SLOWLY, now=NOON)
        said(world, target, MATEO, "Que sea con focos de bajo consumo, por favor.")
        db.session.commit()
    rosa = Browser(app).sign_in(ROSA)

    def names() -> list[str]:
        with app.app_context():
            return [c.public_name for c in db.session.query(Comment).order_by(Comment.id)]

    before = names()
    rosa.post("privacy.correct", {"name": "Rosalía Ccori", "pseudonym": "Kuntur", "age": "adult"})
    assert names() == ["Rosalía Ccori", "Anónimo", before[2]]
    rosa.post("privacy.correct", {"name": "Rosalía Ccori", "pseudonym": "Kuntur", "age": "teenager"})
    assert names() == ["Kuntur", "Kuntur", before[2]]
    with app.app_context():
        assert db.session.query(Contribution).one().public_name == "Kuntur"


@pytest.fixture
def consulted(app: Flask, world: World) -> None:
    """A plan whose draft is open to consultation."""
    with app.app_context():
        plan_with(world)
        fill(world)
        plans_services.publish_for_consultation(plans.plan_by_slug(world.slug), "", waiting=0, **by(world, SARA))
        db.session.commit()


def on_the_plan(desde: str, **changes: str) -> dict[str, str]:
    return {
        "clause": "1/solution", "proposed": "Una ficha pública por obra, en castellano y quechua.", "text": TEXT, "language": "es",
        "proponent_kind": "persona", "ubigeo": "080102", "phone": "987654321", "submission_key": "una-clave-de-dieciseis", "desde": desde,
    } | REVEALING | changes  # fmt: skip


DOORS = [("plans.new_comment", "plans.create_comment"), ("plans.new_wording", "plans.create_wording")]


@pytest.mark.parametrize(("form", "send"), DOORS)
def test_in_the_consultation_who_is_under_14_speaks_with_an_adult_and_leaves_no_name_or_place(
    app, world, consulted, monkeypatch, form, send
) -> None:
    desde = at(app, monkeypatch, IN_VALIDATION)
    page = Browser(app).get(form, slug=world.slug, clausula="1/solution")
    assert page.soup.find(attrs={"name": "is_child"}) and page.soup.find(attrs={"name": "pseudonym"})
    Browser(app).post(send, on_the_plan(desde, is_child="y", pseudonym=""), slug=world.slug)
    with app.app_context():
        made, author = db.session.query(Contribution).one(), db.session.query(Authorship).one()
        assert (made.public_name, made.ubigeo, author.name, author.phone) == ("Anónimo", None, "", "")
        assert "con-tutor" in author.consent_text


@pytest.mark.parametrize(("form", "send"), DOORS)
def test_in_the_consultation_who_is_14_to_17_appears_by_a_pseudonym(app, world, consulted, monkeypatch, form, send) -> None:
    desde = at(app, monkeypatch, IN_VALIDATION)
    make_teenager(app, world)
    rosa = Browser(app).sign_in(ROSA)
    page = rosa.get(form, slug=world.slug, clausula="1/solution")
    assert not page.soup.find(attrs={"name": "speaker"}) and not page.soup.find(attrs={"name": "ubigeo"})
    rosa.post(send, on_the_plan(desde, pseudonym="Kuntur", proponent_kind="organizacion", organisation="Rosa Quispe EIRL"), slug=world.slug)
    with app.app_context():
        made, author = db.session.query(Contribution).one(), db.session.query(Authorship).one()
        assert (made.public_name, made.ubigeo, made.organisation_name) == ("Kuntur", None, "")
        assert (author.name, author.phone, author.person_id) == ("", "", accounts.person_by_email(ROSA.email).id)
