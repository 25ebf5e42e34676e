"""The evaluation as people meet it: the committee named, conflicts declared, one contribution after another, the public order."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.db import db
from app.evaluation import queries, services
from tests.browser import Browser
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, MATEO, SARA, VERA
from tests.factories.evaluation import committee, measures, publish_criteria, score_all
from tests.feedback.answers import approve, publish, say
from tests.feedback.answers import process_of as process
from tests.world import NOON, World


def prepared(
    app: Flask, world: World, *, items: int = 3, declared: bool = True, scored: bool = False, published: bool = False
) -> list[str]:
    """The codes before the committee, in order."""
    with app.app_context():
        of = committee(world, items=items, declared=declared)
        if scored or published:
            score_all(world, of, *[(4, 5), (2, 3), (2, 3)][:items])
        if published:
            services.publish_ranking(of, person_id=world.id_of(SARA), now=NOON)
        codes = [item.code for item in queries.board(of).items]
        db.session.commit()
        db.session.remove()
    return codes


def test_sara_names_the_committee_through_its_page(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    assert "Los criterios no son públicos todavía" in browser.get("evaluation.desk", slug=world.slug)
    with app.app_context():
        publish_criteria(world)
        code = say(world).code
        db.session.commit()
        db.session.remove()
    assert "Escriba el documento" in browser.post("evaluation.appoint", {"appointed_by": ""}, status=422, slug=world.slug)
    browser.post("evaluation.appoint", {"appointed_by": "Resolución 12-2027"}, slug=world.slug)
    page = browser.get("evaluation.desk", slug=world.slug)
    assert {o.get_text() for o in page.soup.select("#person option")} >= {GLORIA.name, FELIX.name, INES.name}
    assert DARIO.name not in page.soup.select_one("#person").get_text()
    browser.post("evaluation.add_member", {"person": str(world.id_of(GLORIA)), "post": "Gerencia de Obras"}, slug=world.slug)
    assert "Elija a una persona" in browser.post("evaluation.add_member", {"person": "abc", "post": "x"}, status=422, slug=world.slug)
    assert "PRB-C-9999" in browser.post("evaluation.add_items", {"codes": "PRB-C-9999"}, status=422, slug=world.slug)
    browser.post("evaluation.add_items", {"codes": code}, slug=world.slug)
    page = browser.get("evaluation.desk", slug=world.slug)
    assert "Falta su declaración" in page and code in page


def test_a_member_declares_before_scoring_and_a_conflict_takes_it_away(app: Flask, world: World, browser: Browser) -> None:
    codes = prepared(app, world, declared=False)
    browser.sign_in(FELIX)
    assert browser.get("evaluation.scoring", slug=world.slug, status=303).response.location.endswith("/declaracion")
    page = browser.post(
        "evaluation.declare", {"has_conflict": "si", "statement": "Trabajé con quien lo propuso."}, status=422, slug=world.slug
    )
    assert "Diga con qué aportes" in page
    assert "Trabajé con quien lo propuso." in page.html
    browser.post(
        "evaluation.declare", {"has_conflict": "si", "codes": codes[0], "statement": "Trabajé con quien lo propuso."}, slug=world.slug
    )
    assert "Se empieza a evaluar" in browser.get("evaluation.scoring", slug=world.slug)
    for who in (GLORIA, ANA):
        browser.sign_out().sign_in(who).post("evaluation.declare", {"has_conflict": "no"}, slug=world.slug)
    browser.sign_out().sign_in(FELIX)
    assert browser.get("evaluation.scoring", slug=world.slug, status=303).response.location.endswith(codes[1])
    page = browser.get("evaluation.score_item", slug=world.slug, code=codes[0])
    assert "no puede evaluarlo" in page
    assert not page.soup.select("form.form")
    marks = {f"mark-{id_}": "3" for id_ in ids(app, world)}
    assert "no puede evaluarlo" in browser.post("evaluation.score", marks, status=422, slug=world.slug, code=codes[0])


def ids(app: Flask, world: World) -> list[int]:
    with app.app_context():
        found = measures(world)
        db.session.remove()
    return found


def test_scoring_goes_from_one_contribution_to_the_next(app: Flask, world: World, browser: Browser) -> None:
    codes, (openness, demand) = prepared(app, world), ids(app, world)
    browser.sign_in(GLORIA)
    page = browser.get("evaluation.score_item", slug=world.slug, code=codes[0])
    assert "No abre nada" in page and "pesa 60 %" in page
    assert page.soup.select_one("a[data-key=j]")["href"].endswith(codes[1])
    page = browser.post("evaluation.score", {f"mark-{openness}": "9"}, status=422, slug=world.slug, code=codes[0])
    assert "Falta el puntaje de «Demanda»" in page and "se puntúa de 0 a 4" in page
    saved = browser.post(
        "evaluation.score", {f"mark-{openness}": "4", f"mark-{demand}": "2", f"comment-{demand}": "Pocos."}, slug=world.slug, code=codes[0]
    )
    assert saved.response.location.endswith(codes[1])
    page = browser.get("evaluation.score_item", slug=world.slug, code=codes[0])
    assert page.soup.select_one(f"#mark-{openness}")["value"] == "4"
    assert page.soup.select_one(f"#comment-{demand}")["value"] == "Pocos."


def test_the_public_page_has_the_order_and_what_it_rests_on_and_no_names(app: Flask, world: World, browser: Browser) -> None:
    codes = prepared(app, world, published=True)
    page = browser.get("evaluation.show", slug=world.slug)
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in page.soup.select("[aria-labelledby=order] tbody tr")]
    assert [row[:2] for row in rows] == [["1", "100.00"], ["2", "50.00"], ["2", "50.00"]]
    assert "Los criterios se publicaron" in page and "antes de abrir los aportes" in page
    assert "Cargo de Félix" in page
    assert all(member.name not in page for member in (FELIX, GLORIA, ANA))
    data = browser.get("evaluation.show_json", slug=world.slug).response.get_json()
    assert [line["code"] for line in data["lineas"]] == codes
    assert data["criterios_publicados_antes_de_los_aportes"] is True
    assert "value" not in str(data["lineas"])
    table = list(csv.reader(io.StringIO(browser.get("evaluation.show_csv", slug=world.slug).html.lstrip("\ufeff")), delimiter=";"))
    assert table[0][:4] == ["puesto", "codigo", "titulo", "puntaje"] and table[0][6:8] == ["Apertura", "Demanda"]
    assert table[1][:2] == ["1", codes[0]]


def test_before_the_ranking_the_public_reads_the_criteria_and_no_data(app: Flask, world: World, browser: Browser) -> None:
    assert "Todavía no hay criterios" in browser.get("evaluation.show", slug=world.slug)
    browser.get("evaluation.show_json", slug=world.slug, status=404)
    prepared(app, world, scored=True)
    page = browser.get("evaluation.show", slug=world.slug)
    assert "Todavía no hay una evaluación publicada" in page and "Cuántos distritos lo piden." in page
    assert "PRB-C" not in page


def test_the_score_and_the_place_are_shown_beside_the_answer(app: Flask, world: World, browser: Browser) -> None:
    codes = prepared(app, world, published=True)
    with app.app_context():
        from app.feedback import queries as feedback

        publish(world, approve(world, feedback.contribution_for_staff(codes[1])))
        db.session.commit()
        db.session.remove()
    assert "50.00 de 100 según los criterios publicados: puesto 2 de 3." in browser.get("feedback.show", code=codes[1])
    data = browser.get("feedback.show_json", code=codes[1]).response.get_json()
    assert data["evaluacion"] == {"puntaje_centesimas": 5000, "lugar": 2, "de": 3, "evaluadores": 3}


def test_criteria_that_came_late_are_flagged_in_public(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        publish_criteria(world, NOON)
        db.session.commit()
        db.session.remove()
    assert "después de que se abrieran los aportes" in browser.get("evaluation.show", slug=world.slug)


def test_nobody_reads_the_marks_of_another(app: Flask, world: World, browser: Browser) -> None:
    codes = prepared(app, world, scored=True)
    browser.sign_in(SARA)
    page = browser.get("evaluation.desk", slug=world.slug)
    assert "3 de 3" in page
    browser.get("evaluation.score_item", slug=world.slug, code=codes[0], status=403)


@pytest.mark.parametrize(("person", "status"), [(SARA, 200), (VERA, 200), (ANA, 200), (INES, 403), (DARIO, 403), (MATEO, 403)])
def test_who_reads_the_page_of_the_committee(app: Flask, world: World, browser: Browser, person, status: int) -> None:
    prepared(app, world)
    browser.sign_in(person).get("evaluation.desk", slug=world.slug, status=status)


def test_sara_publishes_and_corrects_saying_why(app: Flask, world: World, browser: Browser) -> None:
    prepared(app, world, scored=True)
    browser.sign_in(SARA)
    browser.post("evaluation.publish", slug=world.slug)
    page = browser.post("evaluation.publish", {"reason": "Cambio."}, status=422, slug=world.slug)
    assert "diga por qué cambia" in page
    member = browser.get("evaluation.desk", slug=world.slug).soup.select_one("input[name=member]")["value"]
    browser.post("evaluation.remove_member", {"member": member}, slug=world.slug)
    assert "3 personas o más" in browser.get("evaluation.desk", slug=world.slug)


def test_the_public_page_costs_the_same_with_three_as_with_thirty(app: Flask, world: World, browser: Browser) -> None:
    prepared(app, world, items=3, published=True)
    counted: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    browser.get("evaluation.show", slug=world.slug)
    assert len(counted) <= 12


def test_the_process_of_a_draft_has_no_public_evaluation(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        from app.processes.rules.states import ProcessState

        process(world).state = ProcessState.DRAFT
        db.session.commit()
        db.session.remove()
    browser.get("evaluation.show", slug=world.slug, status=404)
