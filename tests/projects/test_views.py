"""Pages of projects: what everybody reads, what is kept, and how many statements the list costs whatever its length."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, insert

from app.contributions import services as contributions
from app.core import clock
from app.core.db import db
from app.core.text import fold
from app.groups.models import ContributionGroup, GroupMember
from app.projects import queries, services
from app.projects.models import Project
from app.projects.rules import ProjectState
from tests.browser import Browser
from tests.cast import ANA, LUIS, ROSA
from tests.factories.budgeting import an_agent
from tests.factories.projects import (
    REFUSAL,
    a_contribution,
    a_refused_project,
    a_sheet,
    a_written_project,
    an_evaluation,
    municipal_team,
    the_round,
)
from tests.world import NOON, World

APPEAL = "El terreno se saneó el lunes y la partida ya está en la mesa de partes; pedimos que se vea con ese documento."
FORM = {
    "title": "Puente peatonal de Ccorca", "problem": "En lluvias el río corta el paso a la escuela y a la posta por semanas.",
    "cost": "250 000.00", "cost_basis": "Metrado de la oficina de obras.", "reason": "Se precisó con la comunidad en el taller.",
}  # fmt: skip


@pytest.fixture
def team(app: Flask, world: World) -> World:
    with app.app_context():
        municipal_team(world)
        the_round(world)
        db.session.commit()
        db.session.remove()
    return world


def _in_app(app: Flask, act) -> str:
    with app.app_context():
        code = act().code
        db.session.commit()
        db.session.remove()
    return code


@contextmanager
def _statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _many(app: Flask, world: World, how_many: int) -> None:
    with app.app_context():
        round_ = the_round(world)
        rows = [
            {
                "round_id": round_.id, "number": n, "code": f"PRB-PR-{n:05d}", "state": ProjectState.ADMISSIBLE,
                "title": f"Proyecto {n} de agua",
                "folded": fold(f"Proyecto {n} de agua"), "cost_cents": n * 100, "is_public": True, "created_by_id": world.id_of(ANA),
                "created_at": NOON, "ubigeo": "080102", "problem": "Falta agua.",
            }
            for n in range(1, how_many + 1)
        ]  # fmt: skip
        db.session.execute(insert(Project), rows)
        db.session.commit()
        db.session.remove()


def test_the_list_costs_the_same_statements_for_a_hundred_projects_and_for_ten_thousand(app: Flask, team: World, browser: Browser) -> None:
    counted = []
    for how_many in (100, 10_000):
        with app.app_context():
            db.session.query(Project).delete()
            db.session.commit()
            db.session.remove()
        _many(app, team, how_many)
        with _statements(app) as seen:
            page = browser.get(f"/procesos/{team.slug}/proyectos?q=proyecto+100")
        assert "PRB-PR-00100" in page
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 20


def test_the_search_forgives_accents_and_filters_stay_in_the_address(app: Flask, team: World, browser: Browser) -> None:
    _in_app(app, lambda: a_written_project(team, title="Canalización del río Huatanay"))
    refused = _in_app(app, lambda: a_refused_project(team, title="Losa deportiva de Ccorca"))
    address = f"/procesos/{team.slug}/proyectos"
    assert "Canalización" in browser.get(f"{address}?q=canalizacion+RIO") and "Losa" not in browser.get(f"{address}?q=canalizacion")
    assert refused in browser.get(f"{address}?estado=not-admissible&tema=obras&territorio=0801")
    assert "Ningún proyecto coincide" in browser.get(f"{address}?q=inexistente")
    lines = browser.get("projects.index_csv", slug=team.slug).html
    assert refused in lines and "R03" in lines and REFUSAL[:40] in lines
    assert json.loads(browser.get("projects.index_json", slug=team.slug).html)[1]["estado"] == "not-admissible"


def test_a_project_is_nobodys_business_until_it_is_public(app: Flask, team: World, browser: Browser) -> None:
    hidden = _in_app(app, lambda: a_written_project(team, is_public=False))
    browser.get("projects.show", codigo=hidden, status=404)
    browser.get("projects.how_to_appeal", codigo=hidden, status=404)
    assert hidden not in browser.get("projects.index_csv", slug=team.slug).html


def test_two_who_edit_at_once_see_both_texts_and_lose_none(app: Flask, team: World, browser: Browser) -> None:
    code = _in_app(app, lambda: a_written_project(team))
    browser.sign_in(ANA)
    browser.post("projects.update", FORM | {"revision": "1", "title": "Puente de madera en Ccorca"}, codigo=code)
    page = browser.post("projects.update", FORM | {"revision": "1", "title": "Puente de piedra en Ccorca"}, codigo=code, status=409)
    assert "Otra persona guardó este proyecto primero" in page and "Puente de madera" in page
    assert page.soup.find("input", {"name": "title"})["value"] == "Puente de piedra en Ccorca"
    browser.post("projects.update", FORM | {"revision": "2", "title": "Puente de piedra en Ccorca"}, codigo=code)
    assert "Puente de piedra" in browser.get("projects.show", codigo=code)


def test_a_project_is_written_from_the_contributions_that_were_ticked(app: Flask, team: World, browser: Browser) -> None:
    browser.sign_in(ANA)
    page = browser.post("projects.create", FORM | {"codes": "NO-EXISTE", "cost": "mucho"}, slug=team.slug, status=422)
    assert "Escriba un monto en soles" in page and page.soup.find("input", {"name": "cost"})["value"] == "mucho"
    page = browser.post("projects.create", FORM | {"codes": "NO-EXISTE"}, slug=team.slug, status=422)
    assert "No hay un aporte con código NO-EXISTE" in page


def test_the_author_appeals_by_the_link_of_the_receipt_and_only_of_their_own(app: Flask, team: World, browser: Browser) -> None:
    code = _in_app(app, lambda: a_refused_project(team))
    other = _in_app(app, lambda: a_refused_project(team))
    with app.app_context():
        project = queries.project_by_code(code)
        assert project is not None
        origin = queries.origins([project.id])[project.id][0].code
        project.round.process.start_at = NOON
        evaluation = queries.latest_published(project.id)
        assert evaluation is not None
        evaluation.published_at = clock.now()
        db.session.commit()
        db.session.remove()
        token = contributions.receipt_token("pedido-puente-1-0001")
    base = f"/mis-aportes/{token}/{origin}/proyectos"
    browser.get(f"{base}/{other}", status=404)
    assert "Apelar" in browser.get(f"{base}/{code}")
    page = browser.post(f"{base}/{code}/apelar", {"appeal-text": "No."}, status=422)
    assert "Explique por qué pide revisar" in page
    page = browser.post(f"{base}/{code}/apelar", {"appeal-text": APPEAL + " Llame al 984 123 456."}, status=422)
    assert "teléfono personal" in page and APPEAL in page
    browser.post(f"{base}/{code}/apelar", {"appeal-text": APPEAL})
    assert "La decide alguien que no evaluó" in browser.get(f"{base}/{code}")
    assert APPEAL not in browser.get("projects.show", codigo=code)  # read by everybody once it is decided


def test_only_accredited_agents_appeal_and_mark_as_agents(app: Flask, team: World, browser: Browser) -> None:
    code = _in_app(app, lambda: a_refused_project(team))
    browser.sign_in(ROSA)
    browser.get("projects.agent_appeal_form", codigo=code, status=403)
    browser.get("projects.marks", slug=team.slug, status=403)
    with app.app_context():
        an_agent(the_round(team), 1, person_id=team.id_of(ROSA))
        db.session.commit()
        db.session.remove()
    browser.get("projects.agent_appeal_form", codigo=code)
    assert "Se califica mientras" in browser.get("projects.marks", slug=team.slug)


def test_the_desk_says_what_waits_for_each(app: Flask, team: World, browser: Browser) -> None:
    def made() -> Project:
        a_sheet(team)
        project = a_written_project(team)
        services.assign(project, team.id_of(ANA), due_on=None, person_id=team.id_of(LUIS), now=NOON)
        return project

    code = _in_app(app, made)
    browser.sign_in(ANA)
    assert "Evaluaciones que le asignaron" in browser.get("projects.desk", slug=team.slug)
    assert "1 proyecto por evaluar" in browser.get("desk.index")
    assert "Antes de empezar" in browser.get("projects.evaluation", codigo=code)
    page = browser.post("projects.write", {"revision": "1", "send": "si"}, codigo=code, status=422)
    assert "Declare primero" in page


def test_the_criteria_are_written_published_and_read_by_everybody(app: Flask, team: World, browser: Browser) -> None:
    browser.sign_in(ANA)
    row = {"name-1": "Situación legal del terreno", "step-1": "formal", "hint-1": "Con la partida registral o el acta de donación."}
    browser.post("projects.save_sheet", row | {"appeal_days": "5", "version": "0"}, slug=team.slug)
    assert "Situación legal" not in browser.get("projects.criteria", slug=team.slug)
    browser.post("projects.publish_sheet", {}, slug=team.slug)
    assert "Situación legal" in browser.get("projects.criteria", slug=team.slug)


def test_an_evaluation_goes_from_approval_to_the_public_page(app: Flask, team: World, browser: Browser) -> None:
    def made() -> Project:
        project = a_written_project(team)
        an_evaluation(team, project, approved_by=None)
        return project

    code = _in_app(app, made)
    browser.sign_in(LUIS)
    browser.post("projects.approve", {"revision": "2"}, codigo=code)
    browser.post("projects.publish_batch", {"codigo": code}, slug=team.slug)
    assert "Opinión técnica" in browser.get("projects.show", codigo=code)


def test_the_team_prepares_what_those_who_proposed_are_told(app: Flask, team: World, browser: Browser) -> None:
    code = _in_app(app, lambda: a_refused_project(team))
    browser.sign_in(ANA)
    desk = browser.get("/mesa/procesos/plan-prueba/proyectos")
    address = "/mesa/procesos/plan-prueba/proyectos/respuestas-a-aportes"
    assert desk.soup.select_one(f'a[href="{address}"]') is not None
    page = browser.get(address)
    assert code in page.html and "PRB-C-0001" in page and "Preparar 1 borrador" in page
    browser.post("projects.prepare", slug=team.slug, data={"organisation": ""}, status=422)
    browser.post("projects.prepare", slug=team.slug, data={"organisation": "gerencia-obras"})
    done = browser.get(address)
    assert "Hay 1 borrador nuevo." in done and "Preparar 1 borrador" not in done
    assert "PRB-C-0001" in browser.get("/mesa/procesos/plan-prueba/responder?estado=borrador")


def _pair(team: World) -> tuple[str, str]:
    """Two neighbours who ask for the same in nearly the same words."""
    made = [a_contribution(team, what, now=NOON) for what in ("agua potable para Ccorca alta", "el agua potable para Ccorca alta")]
    return made[0].code, made[1].code


def test_contributions_that_ask_for_the_same_are_offered_as_one_project(app: Flask, team: World, browser: Browser) -> None:
    with app.app_context():
        codes = _pair(team)
        a_contribution(team, "una losa deportiva con graderías junto al mercado de abastos")
        db.session.commit()
        db.session.remove()
    browser.sign_in(ANA)
    page = browser.get("projects.pick", slug=team.slug)
    assert "Piden casi lo mismo" in page
    link = page.soup.find(id="grupo-1").find_parent("section").find("a")["href"]
    form = browser.get(link)
    assert {code in form.soup.find(id="codes")["value"] for code in codes} == {True}


def test_a_group_somebody_made_comes_before_what_only_looks_alike(app: Flask, team: World, browser: Browser) -> None:
    with app.app_context():
        ids = [a_contribution(team, what).id for what in ("una posta en Huaypo", "más médicos en el centro de salud de arriba")]
        db.session.flush()
        group = ContributionGroup(
            process_id=team.process_id, number=3, title="La salud de Huaypo", grouped_by_id=team.id_of(ANA), grouped_at=NOON
        )
        db.session.add(group)
        db.session.flush()
        db.session.add_all(GroupMember(group_id=group.id, contribution_id=id_, added_by_id=team.id_of(ANA), added_at=NOON) for id_ in ids)
        db.session.commit()
        db.session.remove()
    browser.sign_in(ANA)
    page = browser.get("projects.pick", slug=team.slug)
    assert page.soup.find(id="grupo-1").get_text() == "La salud de Huaypo" and "grupo G-03" in page


def test_a_project_is_shown_what_asks_for_the_same_and_the_trail_says_it_was_added(app: Flask, team: World, browser: Browser) -> None:
    with app.app_context():
        first, second = _pair(team)
        code = a_written_project(team, codes=(first,)).code
        other = a_written_project(team, codes=(second,)).code
        db.session.commit()
        db.session.remove()
    browser.sign_in(ANA)
    page = browser.get("projects.desk_project", codigo=code)
    assert "Aportes que piden casi lo mismo" in page and other in page.soup.find(id="origen").find_parent().get_text()
    browser.post("projects.link", {"link-codes": second}, codigo=code)
    with app.app_context():
        project = queries.project_by_code(code)
        assert {o.code for o in queries.origins([project.id])[project.id]} == {first, second}
        assert queries.changes(project.id, public_only=True)[-1].facts["contributions"] == [second]
        db.session.remove()


def test_two_who_answer_at_once_see_both_texts_and_the_first_stays_among_what_was_saved(app: Flask, team: World, browser: Browser) -> None:
    code = _in_app(app, lambda: a_refused_project(team))
    browser.sign_in(ANA)
    page = browser.get("projects.answer_form", codigo=code)
    given = {tag["name"]: tag.get("value", "") for tag in page.soup.select("main form input[name]")}
    given |= {tag["name"]: tag.get_text() for tag in page.soup.select("main form textarea[name]")}
    for tag in page.soup.select("main form select[name]"):
        chosen = tag.find("option", selected=True)
        given[tag["name"]] = chosen["value"] if chosen else ""
    given["correction_reason"] = "Se cita la resolución correcta del año pasado."
    browser.post("projects.write_answer", given | {"reference": "Resolución 015-2025"}, codigo=code)
    page = browser.post("projects.write_answer", given | {"reference": "Resolución 016-2025"}, codigo=code, status=409)
    assert "Resolución 015-2025" in page.soup.find(id="difiere").find_parent().get_text()
    assert page.soup.find(id="reference")["value"] == "Resolución 016-2025"
    revision = page.soup.find("input", {"name": "revision"})["value"]
    browser.post("projects.write_answer", given | {"reference": "Resolución 016-2025", "revision": revision}, codigo=code)
    page = browser.get("projects.answer_form", codigo=code)
    assert "Resolución 015-2025" in page and "Resolución 016-2025" in page and "3 textos guardados" in page
