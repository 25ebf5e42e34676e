"""The public pages that join packages, as anybody reads them."""

import json

import pytest
from sqlalchemy import delete

from app.contributions import queries
from app.contributions.models import Authorship, CodeSequence, Contribution
from app.core.db import db
from app.feedback.models import Decision, OutcomeTally
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from tests.cast import MARCO
from tests.factories.forum import a_forum
from tests.feedback.answers import ADOPTED, approve, make_plan, publish, say
from tests.feedback.bulk import fill
from tests.feedback.test_queries import counted
from tests.world import NOON


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def said(app, world):
    """Two public contributions, one adopted; one held; one hidden. Their codes by name."""
    with app.app_context():
        make_plan(world)
        answered = say(world, "clave-uno-aaaaaaaa")
        waiting = say(world, "clave-dos-aaaaaaaa", text="Que se publique la pavimentación de la avenida con su costo.")
        held = say(world, "clave-tres-aaaaaaa", text="Todavía nadie ha mirado este aporte de la web.", publish=False)
        hidden = say(world, "clave-cuatro-aaaaa", text="El vecino Pedro Mamani debe tres cuotas a la junta.")
        waiting.ubigeo = "080102"
        publish(world, approve(world, answered, ADOPTED))
        moderation.hide(hidden, HidingReason.PERSONAL_DATA, "", moderator_id=world.id_of(MARCO), now=NOON)
        db.session.commit()
        return {"answered": answered.code, "waiting": waiting.code, "held": held.code, "hidden": hidden.code}


def test_the_front_page_says_what_is_open_what_comes_and_what_was_answered(browser, world, said):
    page = browser.get("portal.home")
    assert "Fase cocreation" in page
    assert "Aportes en línea" in page
    assert said["answered"] in page
    assert said["held"] not in page


def test_a_code_typed_in_any_case_leads_to_its_contribution(browser, world, said):
    response = browser.client.get(f"/aportes?codigo= {said['waiting'].lower()} ")
    assert response.status_code == 303
    assert response.location == f"/aportes/{said['waiting']}"
    assert "Revise las letras y los números" in browser.get("/aportes?codigo=PRB-C-9999", status=404)


def test_the_process_page_gives_its_numbers_of_what(browser, world, said):
    page = browser.get("portal.process", slug=world.slug)
    assert "1 de 4" in page
    assert "21 días" in page
    assert "Cooperar" in page
    assert "Quedan" in page


def test_the_process_page_leads_to_its_forum_and_to_the_records_of_its_activities(browser, world, said, app):
    def links():
        return [link["href"] for link in browser.get("portal.process", slug=world.slug).soup.select("aside a")]

    assert not [href for href in links() if href.startswith("/foro/")]
    assert f"/procesos/{world.slug}/actividades.json" in links()
    with app.app_context():
        a_forum(world)
        db.session.commit()
    (href,) = [href for href in links() if href.startswith("/foro/")]
    assert browser.client.get(href).status_code == 200


def test_a_draft_process_does_not_exist_outside(browser, world, app):
    with app.app_context():
        db.session.get(Process, world.process_id).state = ProcessState.DRAFT
        db.session.commit()
    for path in ("", ".json", "/aportes", "/aportes.csv", "/aportes.json", "/aportes.atom", "/respuestas", "/cronograma"):
        assert browser.client.get(f"/procesos/{world.slug}{path}").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"answered", "waiting"}),
        ("?q=pavimentaciones", {"waiting"}),
        ("?q=pavimentacion", {"waiting"}),
        ("?q=elegidos+comunidad", {"answered"}),
        ("?q=nada+de+esto", set()),
        ("?respuesta=si", {"answered"}),
        ("?respuesta=no", {"waiting"}),
        ("?resultado=adopted", {"answered"}),
        ("?resultado=not_adopted", set()),
        ("?territorio=08", {"waiting"}),
        ("?territorio=080102", {"waiting"}),
        ("?territorio=15", set()),
        ("?canal=taller", set()),
        ("?canal=web&sector=citizen", {"answered", "waiting"}),
        ("?resultado=__class__&tema=../etc", {"answered", "waiting"}),
        ("?q=%25", set()),
    ],
)
def test_the_list_is_searched_and_filtered(browser, world, said, query, found):
    page = browser.get(f"/procesos/{world.slug}/aportes{query}")
    assert {name for name, code in said.items() if page.soup.find(id=code)} == found


def test_what_is_held_or_hidden_is_nowhere_public(browser, world, said):
    for path in ("/aportes", "/aportes.csv", "/aportes.json", "/aportes.atom", "/respuestas", ".json"):
        text = browser.client.get(f"/procesos/{world.slug}{path}").get_data(as_text=True)
        assert "Todavía nadie ha mirado" not in text
        assert "Pedro Mamani" not in text
    assert browser.client.get(f"/aportes/{said['held']}").status_code == 404
    assert browser.client.get(f"/aportes/{said['hidden']}.json").status_code == 404


def test_a_hidden_contribution_leaves_a_tombstone_with_its_reason(browser, world, said):
    page = browser.get("portal.contribution", code=said["hidden"], status=410)
    assert "Muestra datos personales" in page
    assert "derecho a una respuesta" in page
    assert "Pedro Mamani" not in page.html


def test_the_story_tells_what_happened_in_order(browser, world, said):
    page = browser.get("portal.contribution", code=said["answered"])
    titles = [h.get_text(" ").split("  ")[0].strip() for h in page.soup.select(".khipu__title")]
    assert titles[0].startswith("Recibido")
    assert any("Acogido" in title for title in titles)
    assert titles[-1].startswith("1.1")
    assert "Espera respuesta" in browser.get("portal.contribution", code=said["waiting"])


def test_the_json_of_a_contribution_holds_no_name_that_was_not_allowed(browser, world, said):
    data = json.loads(browser.client.get(f"/aportes/{said['answered']}.json").get_data())
    assert data["proponent"] == "R. Q. H."
    assert data["outcome"] == "adopted"
    assert "Quispe" not in json.dumps(data)


def test_csv_json_and_atom_agree_on_what_is_public(browser, world, said):
    rows = browser.client.get(f"/procesos/{world.slug}/aportes.csv").get_data(as_text=True).lstrip("\ufeff").splitlines()
    data = json.loads(browser.client.get(f"/procesos/{world.slug}/aportes.json").get_data())
    assert len(rows) - 1 == len(data) == 2
    assert rows[0].split(";") == list(data[0])
    assert {row["codigo"]: row["resultado"] for row in data} == {said["answered"]: "adopted", said["waiting"]: ""}
    assert {(row["distrito"], row["provincia"], row["region"]) for row in data} == {("", "", ""), ("Ccorca", "Cusco", "Cusco")}
    atom = browser.client.get(f"/procesos/{world.slug}/aportes.atom").get_data(as_text=True)
    assert atom.count("<entry>") == 2


def test_a_page_already_seen_is_answered_with_nothing(browser, world, said, app):
    for path in (f"/procesos/{world.slug}", f"/procesos/{world.slug}/aportes", f"/aportes/{said['answered']}"):
        first = browser.client.get(path)
        again = browser.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.get_data()) == (304, b"")
    with app.app_context():
        moderation.publish(queries.contribution_by_code(said["held"]), moderator_id=world.id_of(MARCO), now=NOON)
        db.session.commit()
    tag = first.headers["ETag"]
    assert browser.client.get(f"/aportes/{said['answered']}", headers={"If-None-Match": tag}).status_code == 200


def test_the_list_costs_the_same_with_a_hundred_and_with_five_thousand(app, world, browser):
    costs = {}
    for count in (100, 5_000):
        with app.app_context():
            for model in (Decision, OutcomeTally, Authorship, CodeSequence, Contribution):
                db.session.execute(delete(model))
            fill(world, count)
            db.session.commit()
        with counted(app) as statements:
            page = browser.get("portal.contributions", slug=world.slug)
        costs[count] = len(statements)
        assert len(page.soup.select(".contribution-card")) == 30
    assert costs[100] == costs[5_000] <= 10, costs
