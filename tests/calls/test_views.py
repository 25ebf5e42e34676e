"""Pages of calls: applying from the street, following by a private link, running a call from the desk."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask

from app.calls import queries, services
from app.core import clock
from app.core.db import db
from app.notifications.models import Notification
from tests.browser import Browser
from tests.cast import ANA, FELIX, GLORIA, ROSA, SARA
from tests.factories.calls import REASON, a_call, a_contest, an_application
from tests.factories.forum import a_forum
from tests.world import World

APPLICATION = {
    "submission_key": "b" * 32, "organisation": "Red de Barrios", "sector": "civil-society", "representative": "Ada Poma Quispe",
    "email": "red@example.pe", "motive": "Trabajamos desde hace diez años con juntas vecinales y llevamos sus preguntas al concejo.",
}  # fmt: skip


@pytest.fixture
def opened(app: Flask, world: World) -> World:
    """A renewal that opened today: its notice was two days ago."""
    with app.app_context():
        a_forum(world)
        a_call(world, now=clock.now() - timedelta(days=2))
        db.session.commit()
        db.session.remove()
    return world


SLUG = "renovacion-del-asiento-tres"


def test_the_list_and_the_notice_say_what_is_asked_and_how_it_is_decided(opened: World, browser: Browser) -> None:
    assert "Renovación del asiento tres" in browser.get("calls.index")
    page = browser.get("calls.show", slug=SLUG)
    assert "Personería o acta de constitución." in page and "Sorteo que cualquiera puede repetir" in page and "Postular" in page
    content = json.loads(browser.get("calls.show_json", slug=SLUG).html)
    assert (content["stage"], content["seats"]) == ("open", [{"sector": "civil-society", "numbers": [3]}])
    assert json.loads(browser.get("calls.index_json").html)["total"] == 1


def test_a_draft_is_not_public(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        a_call(world, is_published=False)
        db.session.commit()
        db.session.remove()
    browser.get("calls.show", slug=SLUG, status=404)
    assert "Renovación" not in browser.get("calls.index")


def test_anybody_applies_without_an_account_and_follows_by_a_private_link(opened: World, app: Flask, browser: Browser) -> None:
    page = browser.post("calls.apply", APPLICATION | {"motive": "Porque sí."}, slug=SLUG, status=422)
    assert "Cuente por qué postulan" in page and page.soup.find("input", {"name": "organisation"})["value"] == "Red de Barrios"
    answer = browser.post("calls.apply", APPLICATION, slug=SLUG)
    own = answer.response.headers["Location"]
    assert re.fullmatch(r"/postulaciones/[\w-]{30,}", own)
    page = browser.get(own)
    assert "Red de Barrios" in page and "no-store" in page.response.headers["Cache-Control"]
    browser.get("/postulaciones/inventado", status=404)
    again = browser.post("calls.apply", APPLICATION, slug=SLUG)
    assert again.response.headers["Location"] == f"/convocatorias/{SLUG}"
    with app.app_context():
        assert db.session.query(Notification).filter_by(kind="calls.received").count() == 1
        db.session.remove()
    public = browser.get("calls.show", slug=SLUG)
    assert "Ada Poma" not in public.html and "red@example.pe" not in public.html and "Red de Barrios" not in public
    browser.post(f"{own}/retirar")
    assert "Retirada por la organización" in browser.get(own)


def test_one_applies_with_an_account_too(opened: World, app: Flask, browser: Browser) -> None:
    browser.get("calls.new_application_with_account", slug=SLUG, status=303)
    browser.sign_in(ROSA)
    page = browser.get("calls.new_application_with_account", slug=SLUG)
    assert page.soup.find("input", {"name": "representative"})["value"] == ROSA.name
    browser.post("calls.apply_with_account", APPLICATION, slug=SLUG)
    with app.app_context():
        call = queries.public_call(SLUG)
        assert call is not None
        assert queries.applications(call.id)[0].person_id == opened.id_of(ROSA)
        db.session.remove()


def test_before_and_after_its_days_nothing_is_received(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        a_call(world, now=clock.now())
        db.session.commit()
        db.session.remove()
    assert "Hoy no recibe postulaciones." in browser.get("calls.new_application", slug=SLUG)
    assert "no recibe postulaciones hoy" in browser.post("calls.apply", APPLICATION, slug=SLUG, status=422)


def test_from_applications_to_results_claims_and_a_seat(app: Flask, world: World, browser: Browser) -> None:
    """A renewal by lot, run from the desk: everybody reads the reason of everybody."""
    with app.app_context():
        a_forum(world)
        call = a_call(world, now=clock.now() - timedelta(days=20))
        during = clock.now() - timedelta(days=10)
        codes = [an_application(call, name, now=during).code for name in ("Red de Barrios", "Colectivo Plaza")]
        token = db.session.query(Notification).filter_by(kind="calls.received").first().content["token"]
        db.session.commit()
        db.session.remove()
    browser.sign_in(SARA)
    here = {"slug": "cusco", "call": SLUG}
    assert "Falta verificar los requisitos" in browser.post("calls.begin_evaluation", status=422, **here)
    for number, code in enumerate(codes, 1):
        verdict = {f"check-{number}-verdict": "yes" if number == 1 else "no", f"check-{number}-reason": REASON}
        browser.post("calls.check", verdict, code=code, **here)
    browser.post("calls.begin_evaluation", **here)
    assert "La semilla del sorteo" in browser.post("calls.draw", {"lot-seed": "1", "lot-source": REASON}, status=422, **here)
    browser.post("calls.draw", {"lot-seed": "4512-0937", "lot-source": REASON}, **here)
    with app.app_context():
        found = queries.application(codes[0])
        assert found is not None
        key = found.id
        db.session.remove()
    page = browser.post("calls.publish_results", {f"result-outcome-{key}": "selected", f"result-reason-{key}": ""}, status=422, **here)
    assert "Cada postulación necesita su resultado y una razón" in page
    browser.post("calls.publish_results", {f"result-outcome-{key}": "selected", f"result-reason-{key}": REASON}, **here)
    public = browser.get("calls.show", slug=SLUG)
    assert "Elegida" in public and "No cumple los requisitos" in public and "4512-0937" in public and REASON in public
    browser.post("calls.claim", {"text": "El sorteo no se transmitió como dicen las bases."}, token=token)
    page = browser.post("calls.claim", {"text": "Otra vez reclamo por lo mismo."}, token=token, status=422)
    assert "Ya presentó un reclamo" in page
    answer = {"claim-1-verdict": "no", "claim-1-outcome": "", "claim-1-answer": "Se transmitió; el enlace está en el acta."}
    browser.post("calls.answer_claim", answer, code=codes[0], **here)
    assert "Se transmitió; el enlace está en el acta." in browser.get("calls.show", slug=SLUG)
    browser.post("calls.seat", {"seat-1-number": "3"}, code=codes[0], **here)
    assert "Ada Poma Quispe" in browser.get("forum.show", slug="cusco")
    assert "El plazo de reclamos sigue abierto" in browser.post("calls.finish", status=422, **here)


def test_a_call_is_written_corrected_and_published_from_the_desk(world: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    today = clock.lima_day(clock.now())
    days = {
        name: (today + timedelta(days=n)).isoformat()
        for name, n in (("opens_on", 1), ("closes_on", 5), ("results_on", 30), ("claims_until", 40))
    }
    data = {
        "kind": "contest", "title": "Concurso de entidades", "summary": "", "text": "", "requirements": "Carta de la alta dirección.",
        "selection": "scoring", "criterion-1-name": "Apertura", "criterion-1-weight": "60", "criterion-1-how": "Qué abre.",
        "criterion-2-name": "Ambición", "criterion-2-weight": "30",
    } | days  # fmt: skip
    browser.post("calls.create", data, slug="cusco")
    here = {"slug": "cusco", "call": "concurso-de-entidades"}
    page = browser.post("calls.publish", status=422, **here)
    assert "Debe estar abierta al menos 14 días" in page and "Los pesos suman 100" in page
    form = browser.get("calls.edit", **here)
    assert form.soup.find("input", {"name": "criterion-1-name"})["value"] == "Apertura"
    mended = data | {"criterion-2-weight": "40", "closes_on": (today + timedelta(days=20)).isoformat()}
    browser.post("calls.update", mended, **here)
    browser.post("calls.publish", **here)
    assert "Apertura" in browser.get("calls.show", slug="concurso-de-entidades")
    page = browser.post(
        "calls.name_juror", {"juror-email": "nadie@example.pe", "juror-office": "X", "juror-sector": "academia"}, status=422, **here
    )
    assert "Nadie tiene una cuenta con ese correo" in page
    browser.post("calls.name_juror", {"juror-email": FELIX.email, "juror-office": "Asiento 3", "juror-sector": "academia"}, **here)
    browser.post("calls.cancel", {"cancel-reason": "Se posterga hasta tener presupuesto."}, **here)
    assert "Se posterga hasta tener presupuesto." in browser.get("calls.show", slug="concurso-de-entidades")


def test_a_juror_declares_and_scores_on_the_desk(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        from app.accounts.models import Person
        from app.organisations.rules import Sector

        call = a_contest(world, now=clock.now() - timedelta(days=20))
        application = an_application(
            call, "Gerencia de Obras", now=clock.now() - timedelta(days=10), sector=Sector.GOVERNMENT, reform="Compras"
        )
        for member in (GLORIA, FELIX, ANA):
            person = db.session.get(Person, world.id_of(member))
            assert person is not None
            services.name_juror(call, person, member.name, Sector.GOVERNMENT, person_id=world.id_of(SARA), now=clock.now())
            services.declare(call, [], "", person_id=person.id, now=clock.now())
        services.check(application, is_eligible=True, reason=REASON, person_id=world.id_of(SARA), now=clock.now())
        services.begin_evaluation(call, person_id=world.id_of(SARA), now=clock.now())
        code, cells = application.code, [criterion.id for criterion in queries.call_criteria(call.id)]
        db.session.commit()
        db.session.remove()
    here = {"slug": "cusco", "call": "concurso-de-entidades"}
    browser.sign_in(FELIX)
    values = {f"score-1-value-{cells[0]}": "4", f"score-1-value-{cells[1]}": "9"}
    assert "Use un número de 0 a 4." in browser.post("calls.score", values, code=code, status=422, **here)
    browser.post("calls.score", values | {f"score-1-value-{cells[1]}": "2"}, code=code, **here)
    assert "80,00 puntos" in browser.get("calls.desk_call", **here)
    browser.post("calls.declare", {"declare-conflicts": "1", "declare-note": "Trabajé en esa gerencia hasta enero."}, **here)
    assert "no la califica" in browser.get("calls.show", slug="concurso-de-entidades")
    browser.sign_out().sign_in(ANA)
    browser.post("calls.score", values, code=code, status=403, **here)


def test_inductions_and_assessments_are_public_once_recorded_and_signed(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        a_forum(world, requires_induction=True)
        db.session.commit()
        db.session.remove()
    browser.sign_in(SARA)
    induction = {
        "organisation": "gerencia-obras", "done_on": "2026-03-01", "hours": "6", "people": "12", "taught_by": "Secretaría",
        "topics": "Valores",
        "certificate": "Constancia 001",
    }  # fmt: skip
    browser.post("calls.record_induction", induction | {"hours": "0"}, slug="cusco", status=422)
    browser.post("calls.record_induction", induction, slug="cusco")
    answers = dict.fromkeys(
        ("mandate", "budget", "team", "change-of-authorities", "openness", "what-is-new"), "Una respuesta con sustento."
    )
    assessment = answers | {
        "organisation": "gerencia-obras", "reform": "Compras abiertas", "conclusion": "sustainable",
        "reasons": "Tiene norma y presupuesto.",
    }  # fmt: skip
    browser.post("calls.save_assessment", assessment | {"budget": "Sí"}, slug="cusco", status=422)
    saved = browser.post("calls.save_assessment", assessment, slug="cusco").response.headers["Location"]
    page = browser.get("calls.readiness_page", slug="cusco")
    assert "Constancia 001" in page and "Compras abiertas" not in page
    browser.post(f"{saved}/firmar", {"sign-office": "Secretaría"}, status=403)
    browser.sign_out().sign_in(GLORIA)
    browser.post(f"{saved}/firmar", {"sign-office": "Asiento 1 del foro"})
    assert "Compras abiertas" in browser.get("calls.readiness_page", slug="cusco")
    content = json.loads(browser.get("calls.readiness_json", slug="cusco").html)
    assert content["assessments"][0]["conclusion"] == "sustainable" and content["inductions"][0]["hours"] == 6


def test_every_page_of_the_desk_opens(opened: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    for endpoint in ("calls.desk", "calls.new", "calls.new_induction", "calls.new_assessment"):
        browser.get(endpoint, slug="cusco")
    browser.get("calls.desk_call", slug="cusco", call=SLUG)
    browser.sign_out().sign_in(ANA)
    browser.get("calls.desk", slug="cusco", status=403)
