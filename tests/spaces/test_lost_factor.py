"""Somebody of the staff lost their telephone: who administers the space takes the second step away, in the open."""

from datetime import timedelta

import pytest

from app.accounts import queries as accounts
from app.accounts.models import RecoveryCode
from app.audit import queries as audit
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.permissions import Actor, HeldRole
from app.spaces import queries, services
from app.spaces.models import FactorReset, RoleAssignment
from app.spaces.rules import Role, SpaceProblem
from tests.accounts.entering import give_authenticator, letters
from tests.browser import Browser
from tests.cast import DARIO, INES, MATEO, SARA
from tests.world import NOON

HOW = {"document": "En persona, con su DNI a la vista."}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def lost(app, world):
    give_authenticator(app, SARA, NOON - timedelta(hours=1))


def role_of(app, world, member):
    with app.app_context():
        return db.session.query(RoleAssignment.id).filter_by(person_id=world.id_of(member)).first()[0]


def reset(app, world, by, of, **given):
    page = (
        Browser(app)
        .sign_in(by)
        .post("spaces.reset_factor", given or HOW, slug="cusco", assignment_id=role_of(app, world, of), follow=True, status=200)
    )
    return page.text


def has_factor(app, world, member):
    with app.app_context():
        return accounts.has_second_factor(world.id_of(member))


def test_dario_takes_it_away_and_sara_is_told_and_starts_again(app, world, lost, monkeypatch):
    sara = Browser(app)
    with sara.client.session_transaction() as session:
        session["x"] = 1
    assert "Perdió su segundo paso" in Browser(app).sign_in(DARIO).get("spaces.people", slug="cusco")
    assert "sus sesiones se cerraron" in reset(app, world, DARIO, SARA)
    assert not has_factor(app, world, SARA)
    with app.app_context():
        assert db.session.query(RecoveryCode).count() == 0
        kept = db.session.query(FactorReset).one()
        assert (kept.person_id, kept.reset_by_id, kept.document) == (world.id_of(SARA), world.id_of(DARIO), HOW["document"])
        assert not [s for s in accounts.sessions_of(world.id_of(SARA))]
        assert audit.verdict().is_sound
    told = letters(app, SARA.email)[-1]
    assert told.content["event"] == "factor-reset" and told.content["detail"] == "Municipalidad de Prueba"
    monkeypatch.setitem(app.config, "STAFF_SECOND_FACTOR", True)
    response = sara.sign_in(SARA).client.get("/mesa")
    assert response.status_code == 303 and response.location.startswith("/mi-cuenta/segundo-paso")


def test_nobody_takes_away_their_own(app, world):
    give_authenticator(app, DARIO, NOON - timedelta(hours=1))
    number = role_of(app, world, DARIO)
    with app.app_context():
        assignment = queries.assignment("cusco", number)
        actor = Actor(world.id_of(DARIO), DARIO.name, (HeldRole("ADM", world.space_id),))
        with pytest.raises(RuleBroken, match=SpaceProblem.FACTOR_OWN):
            services.reset_factor(assignment, assignment.space, HOW["document"], actor=actor, now=NOON)
    assert has_factor(app, world, DARIO)


def test_it_says_how_the_person_was_known_and_needs_something_to_take_away(app, world, lost):
    assert "Escriba cómo comprobó" in reset(app, world, DARIO, SARA, document=" ")
    assert has_factor(app, world, SARA)
    assert "no tiene un segundo paso" in reset(app, world, DARIO, INES)


def test_who_administers_only_one_of_two_spaces_cannot(app, world, lost):
    with app.app_context():
        db.session.add(
            RoleAssignment(person_id=world.id_of(SARA), space_id=world.other_space_id, role=Role.SECRETARIAT, starts_on=NOON.date())
        )
        db.session.commit()
    assert "roles en otro espacio" in reset(app, world, DARIO, SARA)
    assert has_factor(app, world, SARA)


def test_the_secretariat_and_citizens_cannot(app, world, lost):
    number = role_of(app, world, SARA)
    for person in (SARA, MATEO):
        browser = Browser(app)
        browser.client.post("/ingresar", data={"email": person.email, "password": person.password})
        assert browser.client.post(f"/mesa/espacios/cusco/personas/{number}/segundo-paso", data=HOW).status_code in (303, 403)
    assert has_factor(app, world, SARA)
