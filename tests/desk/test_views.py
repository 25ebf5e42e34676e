"""Each person's desk: what awaits them, oldest first, and nothing they may not do."""

from datetime import date, timedelta

import pytest

from app.activities import services as activities
from app.activities.rules import RegistrationDraft
from app.core.db import db
from app.feedback import services as feedback
from app.groups import queries as groups
from app.processes import queries as processes
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, LUIS, MARCO, OLGA, ROSA, SARA, VERA
from tests.factories.rounds import an_open_round
from tests.feedback.answers import ADOPTED, approve, make_plan, say, write
from tests.world import NOON


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def busy(app, world):
    """One contribution held, one unanswered, one in review, one approved; a workshop without its record."""
    with app.app_context():
        make_plan(world)
        say(world, "clave-uno-aaaaaaaa", publish=False)
        say(world, "clave-dos-aaaaaaaa")
        review = write(world, say(world, "clave-tres-aaaaaaa"))
        feedback.submit(review, person_id=world.id_of(ANA), now=NOON)
        approve(world, say(world, "clave-cuatro-aaaaa"), ADOPTED)
        db.session.commit()


TASKS = {
    MARCO: ["1 aporte espera moderación"],
    GLORIA: ["1 respuesta espera su firma"],
    FELIX: ["1 respuesta espera su firma"],
    SARA: ["1 respuesta aprobada por publicar", "2 aportes sin respuesta empezada", "Acta atrasada 2 días hábiles: Taller de Ccorca"],
    ANA: ["2 aportes sin respuesta empezada"],
    INES: ["Acta atrasada 2 días hábiles: Taller de Ccorca"],
    VERA: [],
    DARIO: [],
    OLGA: [],
    ROSA: [],
}


@pytest.mark.parametrize("person", TASKS, ids=lambda person: person.name.split()[0])
def test_the_desk_shows_what_awaits_and_nothing_else(browser, world, busy, person):
    page = browser.sign_in(person).get("desk.index")
    listed = [a.get_text() for a in page.soup.select("#awaits ~ ol a")]
    assert sorted(listed) == sorted(TASKS[person])
    if not TASKS[person]:
        assert "Nada espera por usted" in page


def test_a_group_waits_for_somebody_who_did_not_make_it_until_it_is_reviewed(browser, world, app):
    with app.app_context():
        group_id = make_group(world, say(world, "clave-uno-aaaaaaaa").code, say(world, "clave-dos-aaaaaaaa").code)
    words = "1 grupo de aportes espera su revisión"
    page = browser.sign_in(FELIX).get("desk.index")
    assert words in page and page.soup.find("a", string="Grupos de aportes")
    assert words not in browser.sign_in(SARA).get("desk.index")
    with app.app_context():
        group = groups.locked_group(group_id)
        feedback.review_group(group, revision=group.revision, person_id=world.id_of(GLORIA), now=NOON, role="foro")
        db.session.commit()
    assert words not in browser.sign_in(FELIX).get("desk.index")


def make_group(world, *codes):
    process = processes.process_by_slug(world.slug)
    made = feedback.make_group(process, list(codes), "Agua por horas", "Piden lo mismo.", person_id=world.id_of(SARA), now=NOON)
    db.session.commit()
    return made.id


def test_the_oldest_task_comes_first(browser, world, busy):
    page = browser.sign_in(SARA).get("desk.index")
    first = page.soup.select_one("#awaits ~ ol a").get_text()
    assert first == "Acta atrasada 2 días hábiles: Taller de Ccorca"


def test_an_answer_sent_back_returns_to_the_desk_of_its_writer_only(browser, world, app):
    with app.app_context():
        decision = write(world, say(world, "clave-uno-aaaaaaaa"))
        feedback.submit(decision, person_id=world.id_of(ANA), now=NOON)
        feedback.send_back(decision, "Falta decir a qué oficina acudir.", person_id=world.id_of(FELIX), now=NOON)
        db.session.commit()
    assert "1 respuesta devuelta con una nota" in browser.sign_in(ANA).get("desk.index")
    browser.sign_out()
    assert "devuelta" not in browser.sign_in(LUIS).get("desk.index").text


@pytest.mark.parametrize("person", TASKS, ids=lambda person: person.name.split()[0])
def test_every_door_on_a_desk_opens(browser, world, busy, person):
    page = browser.sign_in(person).get("desk.index")
    for link in page.soup.select("main a[href]"):
        response = browser.client.get(link["href"])
        assert response.status_code == 200, f"{link['href']}: {response.status_code}"


def test_a_person_without_roles_is_told_what_they_can_do(browser, world):
    assert "Su cuenta no tiene un rol" in browser.sign_in(ROSA).get("desk.index")


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name)
def test_every_door_opens_to_who_holds_a_role_in_one_process_only_before_there_is_a_plan(app, browser, world, role):
    with app.app_context():
        db.session.add(
            RoleAssignment(
                person_id=world.id_of(ROSA), space_id=world.space_id, process_id=world.process_id, role=role, appointed_by="Resolución",
                starts_on=date(2026, 1, 1),
            )
        )  # fmt: skip
        an_open_round(world)
        db.session.commit()
    page = browser.sign_in(ROSA).get("desk.index")
    links = [link["href"] for link in page.soup.select("main a[href]")]
    assert {link: browser.client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert "Convocatorias" not in page and "Aprobación del plan" not in page


def test_what_somebody_registered_for_is_found_from_their_account_until_it_begins(app, browser, world, monkeypatch):
    with app.app_context():
        opportunity = processes.opportunity(world.slug, "taller-ccorca")
        before, starts = opportunity.starts_at - timedelta(days=2), opportunity.starts_at
        draft = RegistrationDraft(ROSA.name, ROSA.email)
        activities.register(opportunity, draft, submission_key="mi-inscripcion-0123456789", now=before)
        db.session.commit()
    monkeypatch.setattr("app.core.clock.now", lambda: before)
    page = browser.sign_in(ROSA).get("desk.index")
    (link,) = page.soup.select("#coming ~ ul a")
    assert "Tiene lugar" in page and "cancelar mi inscripción" in browser.get(link["href"])
    monkeypatch.setattr("app.core.clock.now", lambda: starts)
    assert not browser.sign_in(ROSA).get("desk.index").soup.select("#coming")
