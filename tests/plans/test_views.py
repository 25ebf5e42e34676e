"""The pages on which the plan is written, consulted, changed and followed."""

import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.contributions.models import Contribution
from app.core.db import db
from app.plans import queries, services
from app.plans.models import PlanComment
from app.plans.rules.commitments import CommitmentState
from app.plans.rules.progress import Completion, ReadingOf
from app.plans.rules.template import Section
from app.plans.rules.versions import sha256
from tests.browser import Browser
from tests.cast import ANA, FELIX, GLORIA, LUIS, MARCO, ROSA, SARA
from tests.feedback.answers import make_plan
from tests.plans.writing import approve, by, commitment_of, fill, plan_with, report
from tests.world import NOON, World

OPEN = datetime(2027, 5, 5, 17, tzinfo=UTC)  # the validation phase of tests/world.py: 30 April to 14 May 2027
COMMENT = {
    "submission_key": "clave-de-prueba-comentario", "clause": "1/solution",
    "text": "Falta decir quién convoca a las visitas y con cuántos días.",
    "proponent_kind": "persona", "speaker": "Rosa Quispe Huamán", "consent": "iniciales", "email": "rosa@example.pe", "language": "es",
}  # fmt: skip


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: now)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOON)


@pytest.fixture
def plan(app: Flask, world: World) -> None:
    with app.app_context():
        plan_with(world)
        db.session.commit()


@pytest.fixture
def whole(app: Flask, world: World, plan: None) -> None:
    with app.app_context():
        fill(world)
        db.session.commit()


@pytest.fixture
def approved(app: Flask, world: World, whole: None) -> None:
    with app.app_context():
        approve(world)
        db.session.commit()


@pytest.fixture
def consulted(app: Flask, world: World, whole: None) -> None:
    with app.app_context():
        found = queries.plan_of(world.process_id)
        assert found is not None
        services.publish_for_consultation(found, "", waiting=0, **by(world, SARA))
        db.session.commit()


# ---------------------------------------------------------------------------------------------------------------- drafting
def test_a_milestone_has_its_own_page_where_it_is_changed(browser: Browser, app: Flask, world: World, plan: None) -> None:
    at_ = {"slug": world.slug, "number": 1, "milestone": "1.1"}
    browser.sign_in(SARA)
    page = browser.get("plans.show_milestone", **at_)
    assert page.soup.select_one("[name=title]")["value"] == "Primer informe"
    wrong = browser.post("plans.edit_milestone", {"title": "", "due_on": "2028-02-01"}, status=422, **at_)
    assert wrong.soup.select_one(".error-summary")
    sound = {"title": "Informe con mapas", "due_on": "2028-02-01", "responsible": "Catastro", "expected_output": "Un mapa por barrio"}
    browser.post("plans.edit_milestone", sound, **at_)
    page = browser.get("plans.show_commitment", slug=world.slug, number=1)
    assert "Informe con mapas" in page and "Hito 1.1 guardado." in page and "Catastro" in page
    browser.post("plans.edit_milestone", sound, status=404, **{**at_, "milestone": "1.9"})
    Browser(app).sign_in(ROSA).post("plans.edit_milestone", sound, status=403, **at_)


def test_the_commitment_is_written_section_by_section_and_says_what_it_lacks(browser: Browser, world: World, plan: None) -> None:
    browser.sign_in(ANA)
    at_ = {"slug": world.slug, "number": 1}
    page = browser.get("plans.show_commitment", **at_)
    assert "Falta: ¿Qué problema resuelve?" in page and "Idea" in page
    for section in Section:
        browser.get("plans.edit_section", section=section.value, **at_)
    form = {"revision": "1", "problem": "Nadie sabe por qué paró la obra.", "baseline": "Hay pocas fichas."}
    browser.post("plans.save_section", form, section="problema", **at_)
    page = browser.get("plans.show_commitment", **at_)
    assert "Sección «El problema» guardada." in page and "La línea de base no tiene ninguna cifra" in page
    browser.get("plans.edit_section", status=404, section="nada", **at_)
    browser.get("plans.edit_section", status=404, section="problema", slug=world.slug, number=99)


def test_the_three_questions_stand_beside_the_fields(browser: Browser, world: World, plan: None) -> None:
    page = browser.sign_in(SARA).get("plans.edit_section", slug=world.slug, number=1, section="solucion")
    for question in (
        "¿Qué cambia frente a lo que ya hacen por ley?",
        "¿Es verificable?",
        "¿Es gobierno abierto o solo gobierno electrónico?",
    ):
        assert question in page


def test_two_who_write_at_once_lose_nothing_and_see_each_other(browser: Browser, app: Flask, world: World, plan: None) -> None:
    at_ = {"slug": world.slug, "number": 1, "section": "problema"}
    first, second = Browser(app).sign_in(ANA), browser.sign_in(SARA)
    first.post("plans.save_section", {"revision": "1", "problem": "Lo que escribió Ana."}, **at_)
    page = second.post("plans.save_section", {"revision": "1", "problem": "Lo que escribió Sara."}, status=409, **at_)
    assert "quitado: Ana" in page and page.soup.select_one("[name=problem]").text.strip() == "Lo que escribió Sara."
    assert page.soup.select_one("[name=revision]")["value"] == "2"
    second.post("plans.save_section", {"revision": "2", "problem": "Lo de las dos."}, **at_)
    with app.app_context():
        assert commitment_of(world).problem == "Lo de las dos."


@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("recursos", {"budget_centimos": "mucho"}, "Escriba el monto en soles"),
        ("actores", {"contact_email": "ana@gmail.com"}, "Escriba el correo de la oficina"),
        ("alineacion", {"sdg": "99"}, "del 1 al 17"),
        ("general", {"title": "Obras", "description": "x" * 60, "organisation": ""}, "Elija la entidad responsable."),
        ("general", {"title": "Obras", "description": "x" * 60, "organisation": "gerencia-obras", "starts_on": "ayer"}, "15/03/2027"),
    ],
)
def test_what_cannot_be_saved_comes_back_as_typed_with_its_sentence(
    browser: Browser, world: World, plan: None, section: str, typed: dict[str, str], said: str
) -> None:
    browser.sign_in(SARA)
    page = browser.post("plans.save_section", {"revision": "1", **typed}, status=422, slug=world.slug, number=1, section=section)
    assert said in page
    for name, value in typed.items():
        field = page.soup.select_one(f"[name={name}]")
        assert value in str(field)


def test_an_entity_validates_its_own_commitment_and_no_other_does_it_for_it(
    browser: Browser, app: Flask, world: World, whole: None
) -> None:
    at_ = {"slug": world.slug, "number": 1, "state": "validated-by-entity"}
    Browser(app).sign_in(LUIS).post("plans.advance_commitment", status=403, **at_)
    Browser(app).sign_in(GLORIA).post("plans.advance_commitment", status=403, **at_)
    assert "Validar como entidad responsable" in browser.sign_in(ANA).get("plans.show_commitment", slug=world.slug, number=1)
    browser.post("plans.advance_commitment", **at_)
    assert "Validado por la entidad" in browser.get("plans.show_commitment", slug=world.slug, number=1)
    Browser(app).sign_in(FELIX).post("plans.advance_commitment", **{**at_, "state": "validated-by-forum"})
    page = browser.post("plans.advance_commitment", status=422, **at_)
    assert "no puede pasar a ese estado" in page
    browser.post("plans.advance_commitment", status=404, **{**at_, "state": "adopted"})


def test_an_approved_text_is_changed_only_by_a_signed_and_reasoned_proposal(
    browser: Browser, app: Flask, world: World, approved: None
) -> None:
    at_ = {"slug": world.slug, "number": 1}
    browser.sign_in(ANA)
    page = browser.get("plans.edit_section", section="problema", **at_)
    assert "Proponer el cambio" in page
    change = {"revision": "9", "problem": "Nadie sabe cuánto se gastó.", "affected": "Todos", "baseline": "0 en 2026"}
    wrong = browser.post("plans.propose_change", change, status=422, section="problema", **at_)
    assert "La razón es pública" in wrong
    browser.post("plans.propose_change", {**change, "reason": "La Contraloría publicó el gasto real."}, section="problema", **at_)
    page = browser.get("plans.show_change", **at_)
    assert "añadido: cuánto se gastó" in page and "quitado: por qué paró la obra" in page
    browser.post("plans.sign_change", status=403, **at_)
    Browser(app).sign_in(GLORIA).post("plans.sign_change", **at_)
    assert "Falta una firma" in browser.get("plans.show_change", **at_)
    Browser(app).sign_in(FELIX).post("plans.sign_change", **at_)
    browser.get("plans.show_change", status=404, **at_)
    public = browser.get("feedback.commitment", **at_)
    assert "Nadie sabe cuánto se gastó." in public and "La Contraloría publicó el gasto real." in public
    difference = browser.get("plans.differences", slug=world.slug, a=1, b=2)
    assert "quitado: por qué paró la obra" in difference and "añadido: cuánto se gastó" in difference


def test_a_withdrawal_is_proposed_and_taken_back(browser: Browser, app: Flask, world: World, approved: None) -> None:
    at_ = {"slug": world.slug, "number": 2}
    browser.sign_in(SARA)
    assert "con 20 letras o más" in browser.post("plans.propose_withdrawal", {"retiro-reason": "No."}, status=422, **at_)
    browser.post("plans.propose_withdrawal", {"retiro-reason": "La ley trasladó esta función a la provincia."}, **at_)
    browser.post("plans.take_back_change", **at_)
    with app.app_context():
        assert commitment_of(world, 2).state is CommitmentState.ADOPTED


# ------------------------------------------------------------------------------------------------------------ consultation
def test_the_secretariat_publishes_the_draft_and_the_text_checks_against_its_hash(
    browser: Browser, app: Flask, world: World, whole: None
) -> None:
    Browser(app).sign_in(ANA).post("feedback.publish_draft", status=403, slug=world.slug)
    browser.sign_in(SARA).post("feedback.publish_draft", {"reason": ""}, slug=world.slug)
    page = browser.get("plans.version", slug=world.slug, n=1)
    exact = browser.client.get(f"/procesos/{world.slug}/plan/versiones/1.json")
    assert sha256(exact.get_data(as_text=True)) in page.text and "c1-solution" in page.html
    browser.get("plans.version", status=404, slug=world.slug, n=2)
    browser.post("feedback.publish_draft", {"reason": "Otra vez lo mismo, sin ningún cambio."}, slug=world.slug)
    assert "El borrador es igual al último que se publicó" in browser.get("plans.edit", slug=world.slug)


def test_anyone_comments_a_clause_without_account_and_it_is_a_contribution(
    browser: Browser, app: Flask, world: World, consulted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, OPEN)
    page = browser.get("plans.consultation", slug=world.slug)
    assert "Abierta hasta el" in page and page.soup.select_one("#c1-solution") and page.soup.select_one("#c1-1")
    page = browser.get("plans.new_comment", slug=world.slug, clausula="1/solution")
    assert page.soup.select_one("[name=clause] option[selected]")["value"] == "1/solution"
    sent = browser.post("plans.create_comment", COMMENT, slug=world.slug)
    assert "/aportes/recibo/" in sent.response.location or "recibo" in sent.response.location
    browser.post("plans.create_comment", COMMENT, slug=world.slug)  # a second click
    with app.app_context():
        (comment,) = db.session.scalars(select(PlanComment)).all()
        contribution = db.session.get(Contribution, comment.contribution_id)
        assert contribution is not None and contribution.code == "PRB-C-0001" and str(contribution.visibility) == "held"
        assert (comment.clause, queries.comment_places([comment.contribution_id])[comment.contribution_id].version_n) == ("1/solution", 1)
    listed = browser.get("feedback.comments", slug=world.slug, clausula="1/solution")
    assert "En revisión del moderador." in listed and "quién convoca" not in listed
    Browser(app).sign_in(MARCO)
    assert "1 comentario" in browser.get("plans.consultation", slug=world.slug)


def test_outside_the_validation_phase_nobody_comments(
    browser: Browser, world: World, consulted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no recibe comentarios" in browser.get("plans.consultation", slug=world.slug)
    assert browser.client.get(f"/procesos/{world.slug}/plan/consulta/comentar").status_code == 303
    page = browser.post("plans.create_comment", COMMENT, status=422, slug=world.slug)
    assert "La consulta del borrador no está abierta ahora" in page and "quién convoca" in page
    at(monkeypatch, OPEN)
    wrong = browser.post("plans.create_comment", {**COMMENT, "clause": "9/nada", "text": ""}, status=422, slug=world.slug)
    assert "Elija la parte del borrador" in wrong


def test_a_plan_never_put_to_consultation_says_when_it_will_be(browser: Browser, world: World, plan: None) -> None:
    assert "todavía no se publicó para consulta" in browser.get("plans.consultation", slug=world.slug)
    assert "Todavía no hay comentarios" in browser.get("feedback.comments", slug=world.slug)


# --------------------------------------------------------------------------------------------------------------- follow-up
def sound(**changes: Any) -> dict[str, Any]:
    return {
        "seen_version": "0", "period": "2027-1", "milestone": "", "completion": "limited", "percent": "30",
        "text": "Se instalaron tres de las cuatro pizarras y el rol sale cada lunes.", "next_step": "La cuarta pizarra, en mayo.",
    } | changes  # fmt: skip


def test_the_entity_reports_with_evidence_civil_society_reads_and_the_page_shows_both(
    browser: Browser, app: Flask, world: World, approved: None
) -> None:
    at_ = {"slug": world.slug, "number": 1}
    Browser(app).sign_in(LUIS).get("plans.write_report", status=403, **at_)
    entity = browser.sign_in(ANA)
    assert "Informar el avance" in entity.get("plans.follow", slug=world.slug)
    entity.get("plans.write_report", **at_)
    page = entity.post("plans.report", sound(), status=422, **at_)
    assert "Muestre lo hecho" in page and "tres de las cuatro" in page
    file = (io.BytesIO(b"barrio;pizarra\nCentro;1\n"), "pizarras.csv")
    answer = entity.client.post(
        f"/mesa/procesos/{world.slug}/plan/compromisos/1/avance", data=sound(evidence=file), content_type="multipart/form-data"
    )
    assert answer.status_code == 303
    civil = Browser(app).sign_in(FELIX)
    civil.get("plans.write_civil_reading", **at_)
    reading = sound(completion="not-started", text="Fuimos a los cuatro barrios y no hay ninguna pizarra instalada.")
    civil.post("plans.read_for_civil_society", reading, **at_)
    public = Browser(app).get("feedback.commitment", **at_)
    assert "Los dos sectores no dicen lo mismo" in public and "pizarras.csv" in public.html and "no hay ninguna pizarra" in public
    assert "Sin verificar todavía" in public
    tracker = Browser(app).get("plans.tracker", slug=world.slug)
    assert "Limitado" in tracker and "No iniciado" in tracker and "no dicen lo mismo" in tracker
    Browser(app).sign_in(SARA).post(
        "plans.verify_progress", {"note": "Se visitó el barrio Centro el 18 de marzo."}, clause="1", period="2027-1", **at_
    )
    assert "Se visitó el barrio Centro" in Browser(app).get("feedback.commitment", **at_)


def test_a_late_report_sees_what_was_published_first_and_becomes_a_correction(
    browser: Browser, app: Flask, world: World, approved: None
) -> None:
    with app.app_context():
        report(world)
        db.session.commit()
    browser.sign_in(ANA)
    url = sound(evidence_url="https://example.pe/acta")
    page = browser.post("plans.report", url, status=409, slug=world.slug, number=1)
    assert "Otra persona publicó primero" in page and page.soup.select_one("[name=seen_version]")["value"] == "1"
    assert "Por qué se corrige" in page
    browser.post(
        "plans.report", {**url, "seen_version": "1", "correction_reason": "Contamos dos veces una pizarra."}, slug=world.slug, number=1
    )
    assert "Contamos dos veces una pizarra." in browser.get("feedback.commitment", slug=world.slug, number=1)


def test_the_tracker_says_since_when_nobody_reported(
    browser: Browser, world: World, approved: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2028, 1, 10, 17, tzinfo=UTC))
    page = browser.get("plans.tracker", slug=world.slug)
    assert "Sin avance publicado desde el primer semestre de 2027" in page and "2 compromisos tienen semestres sin avance" in page
    assert "primer semestre de 2027, segundo semestre de 2027" in browser.get("feedback.commitment", slug=world.slug, number=1)
    twin = json.loads(browser.client.get(f"/procesos/{world.slug}/plan/seguimiento.json").get_data(as_text=True))
    assert twin["compromisos"][0]["semestres_sin_avance"] == ["2027-1", "2027-2"]


def test_a_plan_that_is_a_draft_is_not_followed_yet(browser: Browser, world: World, plan: None) -> None:
    assert "El seguimiento empieza cuando el plan está aprobado" in browser.get("plans.tracker", slug=world.slug)
    browser.get("feedback.commitment", status=404, slug=world.slug, number=9)
    browser.get("feedback.commitment", status=404, slug="otro", number=1)


def test_the_tracker_asks_the_same_number_of_questions_whatever_the_plan(app: Flask, world: World, plan: None) -> None:
    with app.app_context():
        approve(world)
        found = queries.plan_of(world.process_id)
        assert found is not None
        day = NOON.date()
        few = _statements(lambda: queries.tracker(found, day))
        for number in (1, 2):
            report(world, number=number)
            report(world, ReadingOf.CIVIL_SOCIETY, number=number, completion=Completion.COMPLETE, percent=None)
        assert _statements(lambda: queries.tracker(found, day)) == few == 3


def _statements(ask: Any) -> int:
    counted: list[str] = []

    def count(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_the_delivery_to_ogp_is_recorded_and_shown(browser: Browser, world: World, approved: None) -> None:
    browser.sign_in(SARA)
    wrong = {"entrega-submitted_on": "2027-12-01", "entrega-document": "Oficio 041-2027"}
    assert "hoy o uno anterior" in browser.post("plans.submit", wrong, status=422, slug=world.slug)
    browser.post("plans.submit", {**wrong, "entrega-submitted_on": "2027-03-20"}, slug=world.slug)
    assert "Oficio 041-2027" in browser.get("feedback.plan", slug=world.slug)
    plan = json.loads(browser.client.get(f"/procesos/{world.slug}/plan.json").get_data(as_text=True))["plan"]
    assert plan["entrega_documento"] == "Oficio 041-2027" and re.fullmatch(r"[0-9a-f]{64}", plan["versiones"][0]["sha256"])


# ----------------------------------------------------------------------------------------------------------------- library
def test_the_library_shows_sources_and_says_what_is_not_known(browser: Browser, app: Flask, world: World) -> None:
    assert "todavía no se cargó" in browser.get("plans.library")
    with app.app_context():
        services.load_library(NOON)
        db.session.commit()
    page = browser.get("plans.library")
    assert "Cargado después de los hechos" in page and "47" in page and "No consta" in page
    fourth = browser.get("plans.past_plan", slug="plan-4")
    assert "monitores ciudadanos" in fourth and "Decreto Supremo 206-2019-PCM" in fourth and "Fuente:" in fourth
    assert "No consta: ningún documento a la vista los enumera." in browser.get("plans.past_plan", slug="plan-6")
    browser.get("plans.past_plan", status=404, slug="plan-7")
    assert "monitores ciudadanos" in browser.client.get("/planes.csv").get_data(as_text=True)
    twin = json.loads(browser.client.get("/planes.json").get_data(as_text=True))
    assert twin["importado_con_posterioridad"] is True and len(twin["planes"]) == 6


def test_the_plan_in_csv_holds_the_whole_template(browser: Browser, app: Flask, world: World) -> None:
    with app.app_context():
        make_plan(world)
        fill(world)
        db.session.commit()
    lines = browser.client.get(f"/procesos/{world.slug}/plan.csv").get_data(as_text=True).lstrip("\ufeff").split("\r\n")
    assert "baseline" in lines[0] and "producto_hito" in lines[0] and "En 2026 se publicaron 0 fichas de 31 obras." in lines[1]
