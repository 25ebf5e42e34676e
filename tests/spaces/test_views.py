"""The page of people and roles."""

from datetime import timedelta

import pytest

from app.accounts import queries as accounts
from app.core.clock import now as clock_now
from app.core.db import db
from app.organisations import queries as organisations
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from tests.accounts.entering import letters, link_sent_to
from tests.browser import Browser
from tests.cast import DARIO, MATEO, MILA, OLGA, ROSA, SARA, VERA
from tests.factories.voting import a_municipal_person

NEW = {"name": "Elsa Puma", "email": "elsa@example.pe", "appointed_by": "Resolución 1-2027", "organisation": ""}


def test_dario_appoints_somebody_new_and_sees_the_first_password_once(browser, world, app):
    page = browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "role": Role.FACILITATOR}, slug="cusco", status=200)
    password = page.soup.select_one(".notice code").get_text()
    assert password not in browser.get("spaces.people", slug="cusco").html
    browser.sign_out()
    response = browser.client.post("/ingresar", data={"email": NEW["email"], "password": password})
    assert response.status_code == 303
    assert "Elsa Puma" in browser.get("desk.index")


@pytest.fixture
def mail(app, monkeypatch):
    """A site that can write to people."""
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://localhost:1")


def test_where_there_is_mail_somebody_new_is_invited_and_enters_by_the_link_once(browser, world, app, mail):
    page = browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "role": Role.FACILITATOR}, slug="cusco", status=200, follow=True)
    assert not page.soup.select(".notice code") and "todavía no entra" in page
    path = link_sent_to(app, NEW["email"])
    assert "Darío Campos Gil (Municipalidad de Prueba) le invita" in Browser(app).get(path)
    guest = Browser(app)
    guest.post(path, {"name": "Elsa Puma", "password": "llueve sobre el tejado"}, status=422)
    guest.post(path, {"name": "Elsa Puma", "password": "llueve sobre el tejado", "accepts_notice": "y"})
    assert "Elsa Puma" in guest.get("desk.index")
    Browser(app).post(path, {"name": "X", "password": "otra frase cualquiera", "accepts_notice": "y"}, status=410)


def test_until_the_invitation_is_accepted_nothing_else_opens_the_account(browser, world, app, mail, monkeypatch):
    """Neither a new password nor a code revives it (reliability.md V10)."""
    browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "role": Role.FACILITATOR}, slug="cusco")
    path = link_sent_to(app, NEW["email"])
    monkeypatch.setattr("app.core.clock.now", lambda: clock_now() + timedelta(days=15))
    guest = Browser(app)
    guest.get(path, status=410)
    guest.post("accounts.ask_reset", {"email": NEW["email"]}, status=200)
    assert letters(app, NEW["email"])[-1].content["link"] == ""
    guest.post("accounts.send_code", {"email": NEW["email"]})
    assert letters(app, NEW["email"])[-1].content["code"] == ""


def test_an_invitation_is_sent_again_and_the_former_link_dies(browser, world, app, mail):
    browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "role": Role.FACILITATOR}, slug="cusco")
    first = link_sent_to(app, NEW["email"])
    with app.app_context():
        role = db.session.query(RoleAssignment.id).order_by(RoleAssignment.id.desc()).first()[0]
    browser.post("spaces.invite_again", slug="cusco", assignment_id=role)
    Browser(app).get(first, status=410)
    Browser(app).get(link_sent_to(app, NEW["email"]))


def test_who_has_an_account_is_told_of_the_new_role(browser, world, app):
    browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "email": MATEO.email, "role": Role.FACILITATOR}, slug="cusco")
    assert letters(app, MATEO.email)[-1].content["event"] == "role"


def test_sara_appoints_forum_members_but_no_other_role(browser, world, app):
    browser.sign_in(SARA)
    page = browser.post("spaces.appoint", {**NEW, "role": Role.MODERATOR}, slug="cusco", status=422)
    assert "Usted no nombra a personas con ese rol" in page
    with app.app_context():
        assert accounts.person_by_email(NEW["email"]) is None
    browser.post("spaces.appoint", {**NEW, "role": Role.FORUM_CIVIL}, slug="cusco", status=200)


def test_errors_keep_what_was_typed(browser, world):
    page = browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "email": "no-es-correo", "role": Role.REVIEWER}, slug="cusco", status=422)
    assert "Escriba un correo como" in page
    assert page.soup.find("input", {"name": "name", "value": "Elsa Puma"})


def test_outsiders_and_readers_do_not_see_the_page(browser, world):
    for person in (ROSA, MATEO, VERA, OLGA):
        browser.sign_in(person)
        assert browser.client.get("/mesa/espacios/cusco/personas").status_code == 403
        browser.sign_out()


def test_ending_a_role_closes_its_doors_at_once(browser, world, app):
    sara = browser.sign_in(SARA)
    assert sara.client.get("/mesa/espacios/cusco/personas").status_code == 200
    with app.app_context():
        from app.spaces import queries

        assignment = next(a for a in queries.role_assignments(queries.space_by_slug("cusco")) if a.person.email == SARA.email)
        number = assignment.id
    other = type(browser)(app).sign_in(DARIO)
    other.post("spaces.end", slug="cusco", assignment_id=number)
    assert sara.client.get("/mesa/espacios/cusco/personas").status_code == 403


def test_registering_an_organisation_and_a_name_twice(browser, world):
    browser.sign_in(SARA)
    browser.post("spaces.add_organisation", {"name": "Asociación Ñan", "sector": "civil-society"}, slug="cusco")
    assert "Asociación Ñan" in browser.get("spaces.people", slug="cusco")
    browser.post("spaces.add_organisation", {"name": "Asociación Ñan", "sector": "civil-society"}, slug="cusco")
    assert "Ya existe una organización" in browser.get("spaces.people", slug="cusco")


def test_a_unit_is_registered_inside_its_entity(browser, world, app):
    browser.sign_in(SARA)
    browser.post("spaces.add_organisation", {"name": "Municipalidad de Prueba", "sector": "government"}, slug="cusco")
    unit = {"name": "Gerencia de Ríos", "sector": "civil-society", "parent": "municipalidad-de-prueba"}
    browser.post("spaces.add_organisation", unit, slug="cusco")
    lines = browser.get("spaces.people", slug="cusco").soup.select("main ul.stack li")
    line = next(li for li in lines if li.get_text().startswith("Gerencia de Ríos"))
    assert "Municipalidad de Prueba" in line.get_text()
    with app.app_context():
        made = organisations.organisation_by_slug("gerencia-de-rios")
        assert made.sector == "government" and made.parent_id == organisations.organisation_by_slug("municipalidad-de-prueba").id
    browser.post("spaces.add_organisation", {"name": "Otra", "sector": "government", "parent": "nadie"}, slug="cusco")
    assert "Elija de la lista la entidad" in browser.get("spaces.people", slug="cusco")


def test_a_lost_letter_is_replaced_by_a_link_from_the_command_line(browser, world, app, mail):
    browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "role": Role.FACILITATOR}, slug="cusco")
    first = link_sent_to(app, NEW["email"])
    printed = app.test_cli_runner().invoke(args=["spaces", "invitation", NEW["email"]])
    assert printed.exit_code == 0
    Browser(app).get(first, status=410)
    Browser(app).get(printed.output.strip().removeprefix("http://localhost"))
    assert app.test_cli_runner().invoke(args=["spaces", "invitation", ROSA.email]).exit_code == 1


def test_mila_appoints_her_own_team_from_the_page_of_people_and_no_other_role(browser, world, app):
    with app.app_context():
        a_municipal_person(world)
        db.session.commit()
    browser.sign_in(MILA)
    assert "Personas y roles de Municipalidad de Prueba" in browser.get("desk.index")
    page = browser.get("spaces.people", slug="cusco")
    assert MILA.email in page and SARA.email not in page and page.heading == "Personas y roles"
    assert [option["value"] for option in page.soup.find("select", {"name": "role"}).find_all("option")] == ["MUN"]
    refused = browser.post("spaces.appoint", {**NEW, "role": Role.ADMINISTRATOR}, slug="cusco", status=422)
    assert "Usted no nombra a personas con ese rol" in refused and NEW["email"] in refused.html
    browser.post("spaces.appoint", {**NEW, "role": Role.MUNICIPAL}, slug="cusco", status=200)
    assert NEW["email"] in browser.get("spaces.people", slug="cusco")
    with app.app_context():
        space_id = world.space_id
        roles = {held.role: held.id for held in db.session.query(RoleAssignment).filter_by(space_id=space_id)}
    browser.post("spaces.invite_again", slug="cusco", assignment_id=roles[Role.SECRETARIAT], status=403)
    browser.post("spaces.end", slug="cusco", assignment_id=roles[Role.MUNICIPAL], status=403)
