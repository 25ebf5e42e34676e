"""The act through its pages: written, signed by the municipality and by agents, published; and how each line goes."""

import io

import pytest
from flask import Flask

from app.agreements import queries, services
from app.budgeting import queries as rounds
from tests.browser import Browser
from tests.cast import ANA, FELIX, LUIS, MATEO, ROSA
from tests.factories import files
from tests.factories.agreements import a_committee, a_prioritised_round, a_published_act, an_open_act, commit, progress, sign_as
from tests.world import NOON, World

LINE = {
    "amount": "100 000.00", "source": "determined", "unit": "gerencia-obras", "due_on": "2099-06-30",
    "entity_commits": "Aprobar el expediente técnico en marzo y licitar en abril.", "agents_commit": "Ceder el terreno y poner dos veedores.",  # noqa: E501
}  # fmt: skip


@pytest.fixture
def told(app: Flask, world: World) -> World:
    with app.app_context():
        a_committee(world, a_prioritised_round(world, projects=1))
        commit()
    return world


def _revision(browser: Browser, world: World) -> str:
    page = browser.get("agreements.desk", slug=world.slug)
    return str(page.soup.find("input", {"name": "revision"})["value"])


def _as(app: Flask, member) -> Browser:
    return Browser(app).sign_in(member)


def test_the_act_is_drafted_signed_by_municipality_and_agents_and_published(app: Flask, told: World) -> None:
    slug, luis = told.slug, _as(app, LUIS)
    assert "Todavía no hay un acta firmada" in luis.get("agreements.show", slug=slug)
    luis.post("agreements.create", slug=slug)
    code = _code(app, told)
    refused = luis.post(
        "agreements.save_line", LINE | {"revision": _revision(luis, told), "amount": "mucho"}, status=422, slug=slug, code=code
    )
    assert "escriba el monto en soles" in refused and "Ceder el terreno" in refused.html
    luis.post("agreements.save_line", LINE | {"revision": _revision(luis, told)}, slug=slug, code=code)
    head = {"held_on": "2026-03-18", "place": "Teatro municipal", "preamble": "", "council_needed": "1", "agents_needed": "2"}
    luis.post("agreements.save_head", head | {"revision": _revision(luis, told)}, slug=slug)
    luis.post("agreements.open_for_signatures", {"revision": _revision(luis, told)}, slug=slug)
    for member, capacity, post in ((LUIS, "municipalidad", "Alcalde"), (FELIX, "agente", ""), (ROSA, "agente", ""), (MATEO, "agente", "")):
        browser = _as(app, member)
        page = browser.get("agreements.reading", slug=slug)
        sha256 = page.soup.find("input", {"name": "sha256"})["value"]
        browser.post("agreements.sign", {"sha256": sha256, "capacity": capacity, "post": post, "read": "y"}, slug=slug)
        assert "Usted firmó este texto" in browser.get("agreements.reading", slug=slug)
    luis.post("agreements.publish", slug=slug)
    page = Browser(app).get("agreements.show", slug=slug)
    assert "Proyecto 1 del barrio" in page and "S/ 100,000.00" in page.text.replace("\xa0", " ") and ROSA.name in page
    for name in ("agreements.act_csv", "agreements.act_json", "agreements.act_sheet"):
        assert Browser(app).get(name, slug=slug, version=1).status == 200


def _code(app: Flask, world: World) -> str:
    with app.app_context():
        act = queries.act_of(world.slug)
        return queries.lines_of(act.id)[0].code


def test_who_signs_for_another_or_without_reading_is_refused(app: Flask, told: World) -> None:
    with app.app_context():
        an_open_act(told, rounds.round_of(told.slug))
        commit()
    rosa = _as(app, ROSA)
    sha256 = rosa.get("agreements.reading", slug=told.slug).soup.find("input", {"name": "sha256"})["value"]
    rosa.post(
        "agreements.sign", {"sha256": sha256, "capacity": "municipalidad", "read": "y", "post": "Alcaldesa"}, status=422, slug=told.slug
    )
    page = rosa.post("agreements.sign", {"sha256": sha256, "capacity": "agente"}, status=422, slug=told.slug)
    assert "Marque que leyó el acta" in page
    _as(app, ANA).post("agreements.sign", {}, status=403, slug=told.slug)


def test_progress_is_published_with_its_photo_and_the_books_say_so(app: Flask, told: World) -> None:
    with app.app_context():
        from app.budgeting import queries as rounds

        a_published_act(told, rounds.round_of(told.slug))
        commit()
    slug, ana = told.slug, _as(app, ANA)  # she answers for the responsible unit
    code = _code(app, told)
    data = {
        "seen_number": "0", "state": "works", "as_of": "2026-03-19", "cui": "2512345", "pia": "100000", "pim": "100000", "accrued": "40,000.50",  # noqa: E501
        "text": "Se levantaron los muros del local.",
    }  # fmt: skip
    wrong = ana.post("agreements.report", data | {"pia": "90000"}, status=422, slug=slug, code=code)
    assert "no es lo acordado" in wrong and "Se levantaron los muros" in wrong.html
    ana.post("agreements.report", data | {"evidence": (io.BytesIO(files.picture()), "obra.jpg")}, slug=slug, code=code)
    assert "Otra persona informó" in ana.post("agreements.report", data, status=409, slug=slug, code=code)
    page = Browser(app).get("agreements.line", slug=slug, code=code)
    assert "40,000.50" in page and page.soup.find("img", alt=True)
    whole = Browser(app).get("agreements.execution", slug=slug)
    assert "En obra" in whole and "59,999.50" in whole  # what is still to be spent
    assert "Ningún proyecto coincide" in Browser(app).get(f"/procesos/{slug}/presupuesto/ejecucion?estado=done")
    sheet = "cui;pia;pim;devengado;fecha\n2512345;100000;100000;55000;20/03/2026\n"
    luis = _as(app, LUIS)
    assert "Faltan columnas" in luis.post("agreements.import_monthly", {"written": "cui;pia\n2512345;1\n"}, status=422, slug=slug)
    checked = luis.post("agreements.check_monthly", {"sheet": (io.BytesIO(sheet.encode()), "mes.csv")}, status=200, slug=slug)
    assert "1 filas nuevas" in checked
    luis.post("agreements.import_monthly", {"written": sheet}, slug=slug)
    assert "55,000.00" in Browser(app).get("agreements.line", slug=slug, code=code)


def test_the_page_of_a_project_tells_its_line_of_the_act_and_how_it_goes(app: Flask, told: World) -> None:
    with app.app_context():
        round_ = rounds.round_of(told.slug)
        act = a_published_act(told, round_)
        (line,) = queries.lines_of(act.id)
        code = line.code
        commit()
    seen = Browser(app).get("projects.show", codigo=code)
    assert "Es la línea 1 del acta" in seen and "Sin empezar" in seen and "S/ 100,000.00" in seen.text.replace("\xa0", " ")
    tag = app.test_client().get(f"/proyectos/{code}").headers["ETag"]
    with app.app_context():
        services.report(queries.staff_line(told.slug, code), progress(), [], seen=0, person_id=told.id_of(LUIS), now=NOON)
        commit()
    again = app.test_client().get(f"/proyectos/{code}", headers={"If-None-Match": tag})
    assert again.status_code == 200 and "En obra" in again.get_data(as_text=True)  # what a browser kept is not shown for new


def test_an_agent_finds_the_act_to_sign_on_their_own_desk_until_they_sign_it(app: Flask, told: World) -> None:
    with app.app_context():
        act_id = an_open_act(told, rounds.round_of(told.slug)).id
        commit()
    link = f"/mesa/procesos/{told.slug}/presupuesto/acta/firmar"
    assert link in _as(app, ROSA).get("desk.index").html
    with app.app_context():
        sign_as(told, queries.locked(act_id), ROSA)
        commit()
    assert link not in _as(app, ROSA).get("desk.index").html and link in _as(app, MATEO).get("desk.index").html


def test_while_it_is_open_the_desk_offers_a_sheet_with_each_agent_who_has_not_signed(app: Flask, told: World) -> None:
    with app.app_context():
        act = an_open_act(told, rounds.round_of(told.slug))
        sign_as(told, act, ROSA)
        commit()
    page = _as(app, LUIS).get("agreements.desk", slug=told.slug)
    offered = {box["value"]: box.parent.get_text(strip=True) for box in page.soup.find_all("input", {"name": "agents"})}
    assert "1" not in offered and offered["2"] == f"2. {MATEO.name}"
