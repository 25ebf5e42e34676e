"""The page of people and roles."""

from app.accounts import queries as accounts
from app.spaces.rules import Role
from tests.cast import DARIO, MATEO, OLGA, ROSA, SARA, VERA

NEW = {"name": "Elsa Puma", "email": "elsa@example.pe", "appointed_by": "Resolución 1-2027", "organisation": ""}


def test_dario_appoints_somebody_new_and_sees_the_first_password_once(browser, world, app):
    page = browser.sign_in(DARIO).post("spaces.appoint", {**NEW, "role": Role.FACILITATOR}, slug="cusco", status=200)
    password = page.soup.select_one(".notice code").get_text()
    assert password not in browser.get("spaces.people", slug="cusco").html
    browser.sign_out()
    response = browser.client.post("/ingresar", data={"email": NEW["email"], "password": password})
    assert response.status_code == 303
    assert "Elsa Puma" in browser.get("desk.index")


def test_sara_appoints_forum_members_but_no_other_role(browser, world, app):
    browser.sign_in(SARA)
    page = browser.post("spaces.appoint", {**NEW, "role": Role.MODERATOR}, slug="cusco", status=422)
    assert "nombra solo a integrantes del foro" in page
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
