"""Registering, the desk pages, uploads, publishing; and what nobody else may do."""

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.activities import queries
from app.activities.models import Registration
from app.core.db import db
from app.evidence import queries as evidence
from tests.browser import Browser
from tests.cast import DARIO, FELIX, GLORIA, INES, MARCO, MATEO, OLGA, SARA, VERA
from tests.factories import activities as made
from tests.factories import files
from tests.world import NOON, World

BEFORE = made.HELD_FROM - timedelta(days=3)
AT = {"slug": "plan-prueba", "activity": made.WORKSHOP}
ROSA = {"submission_key": "a" * 32, "name": "Rosa Quispe", "email": "rosa@example.pe", "needs": "Intérprete"}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda instant: monkeypatch.setattr("app.core.clock.now", lambda: instant)


@pytest.fixture(autouse=True)
def _noon(at: Any) -> None:
    at(NOON)


def make(app: Flask, world: World, state: str) -> None:
    with app.app_context():
        made.committed(world, state)


def approve_both(app: Flask, browser: Browser) -> None:
    """A seat of each side approves the text it reads."""
    for member, endpoint in ((GLORIA, "approve_minutes_as_government"), (FELIX, "approve_minutes_as_non_government")):
        page = browser.sign_in(member).get("activities.show", **AT)
        sha256 = page.soup.select_one("form[action*=aprobar] input[name=approve-sha256]")["value"]
        browser.post(f"activities.{endpoint}", {"approve-sha256": sha256}, **AT)


def registered(app: Flask) -> list[str]:
    with app.app_context():
        return [r.name for r in db.session.query(Registration).order_by(Registration.id)]


def test_somebody_registers_and_a_double_click_counts_once(app: Flask, browser: Browser, world: World, at: Any) -> None:
    at(BEFORE)
    page = browser.get("activities.registration", **AT)
    key = page.soup.find("input", {"name": "submission_key"})["value"]
    assert re.fullmatch(r"[0-9a-f]{32}", key)
    for _click in range(2):
        browser.post("activities.register", {**ROSA, "submission_key": key}, **AT)
    assert registered(app) == ["Rosa Quispe"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"name": ""}, "Complete este dato."), ({"email": ""}, "Deje un correo o un teléfono"), ({"email": "rosa"}, "Revise el correo"),
     ({"phone": "llámame"}, "Escriba el teléfono con números"), ({"name": "x" * 121}, "120 caracteres")],
)  # fmt: skip
def test_a_form_says_what_to_mend_and_keeps_what_was_written(
    browser: Browser, world: World, at: Any, change: dict[str, str], sentence: str
) -> None:
    at(BEFORE)
    page = browser.post("activities.register", ROSA | change, status=422, **AT)
    assert sentence in page and "Intérprete" in page


def test_registration_closes_when_it_ends_and_never_opens_for_a_web_form(browser: Browser, world: World) -> None:
    closed = browser.get("activities.registration", **AT)
    assert closed.soup.select_one(".notice__title").get_text() == "La inscripción ya cerró" and "pregunte:" in closed
    assert "La inscripción ya cerró" in browser.post("activities.register", ROSA, status=422, **AT)
    browser.get("activities.registration", slug="plan-prueba", activity="aportes-en-linea", status=404)


def test_the_calendar_keeps_its_name_and_is_not_sent_twice(browser: Browser, world: World) -> None:
    first = browser.client.get("/procesos/plan-prueba/actividades/taller-ccorca.ics")
    assert first.mimetype == "text/calendar"
    text = first.get_data(as_text=True).replace("\r\n ", "")
    assert "UID:plan-prueba.taller-ccorca@localhost" in text and "DTSTART:20270310T150000Z" in text and "STATUS:CONFIRMED" in text
    again = browser.client.get("/procesos/plan-prueba/actividades/taller-ccorca.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_only_those_who_organise_see_names(app: Flask, browser: Browser, world: World, at: Any) -> None:
    at(BEFORE)
    browser.post("activities.register", ROSA | {"organisation": "=Base 7"}, **AT)
    for member in (MATEO, GLORIA, FELIX, VERA, MARCO, DARIO, OLGA):
        browser.sign_in(member).get("activities.registrations", status=403, **AT)
        browser.get("activities.registrations_csv", status=403, **AT)
    page = browser.sign_in(INES).get("activities.registrations", **AT)
    assert "Rosa Quispe" in page and "rosa@example.pe" in page
    csv = browser.client.get("/mesa/procesos/plan-prueba/actividades/taller-ccorca/inscripciones.csv")
    assert "Rosa Quispe" in csv.get_data(as_text=True) and "'=Base 7" in csv.get_data(as_text=True)
    assert csv.headers["Cache-Control"] == "no-store" and "Access-Control-Allow-Origin" not in csv.headers


def test_a_facilitator_documents_a_workshop_and_the_secretariat_publishes_it(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(INES)
    page = browser.get("activities.show", **AT)
    assert "Abrir el registro" in page
    browser.post("activities.open_record", {"open-facilitator": world.id_of(INES)}, **AT)
    browser.post("activities.hold", {"held-day": "2027-03-10", "held-starts": "10:15", "held-ends": "13:10"}, **AT)
    counts = {f"people-{d}-{c}": str(n) for d, cells in made.COUNTS.items() for c, n in cells.items()}
    wrong = browser.post("activities.count", counts | {"people-sex-women": "17"}, status=422, **AT)
    assert "Por sexo suman 30 personas y en las otras cuentas 31" in wrong
    browser.post("activities.count", counts, **AT)
    browser.post("activities.write_minutes", {"minutes-text": made.MINUTES, "minutes-based_on": "0"}, **AT)
    approve_both(app, browser)
    browser.sign_in(INES)
    photo = {"file-file": (io.BytesIO(files.picture(place=True)), "foto.jpg"), "file-kind": "", "file-encoding": "utf-8",
             "file-title": "Mesa del agua", "file-is_for_public": "y"}  # fmt: skip
    browser.post("activities.upload", photo, **AT)
    page = browser.get("activities.show", **AT)
    assert "Lista para publicar" in page and "Mesa del agua" in page and "Publica la secretaría" in page
    browser.post("activities.publish", status=403, **AT)
    browser.sign_in(SARA).post("activities.publish", **AT)
    assert "El registro es público" in browser.get("activities.show", **AT)
    public = browser.get("portal.activity", **AT)
    assert "31" in public and "menos de 5" in public and "Se acordó una visita" in public and "Mesa del agua" in public
    assert public.response.headers.get("Cache-Control") != "no-store"
    browser.sign_in(INES).post("activities.count", counts, status=403, **AT)


def test_a_refused_file_says_why_and_keeps_the_rest_of_the_page(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "opened")
    browser.sign_in(INES)
    for name, content, sentence in (
        ("logo.svg", b"<svg/>", "Ese tipo de archivo no se recibe"),
        ("acta.pdf", b"<html>", "El contenido no es el de un archivo .pdf"),
        ("acta.pdf", b"", "El archivo está vacío"),
        ("lista.csv", "año".encode("cp1252"), "Las letras del CSV no se pueden leer"),
    ):
        given = {"file-file": (io.BytesIO(content), name), "file-kind": "", "file-encoding": "utf-8"}
        assert sentence in browser.post("activities.upload", given, status=422, **AT)
    assert "Elija un archivo" in browser.post("activities.upload", {"file-kind": "", "file-encoding": "utf-8"}, status=422, **AT)


def test_two_people_writing_the_minutes_lose_nothing(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "documented")
    page = browser.sign_in(INES).post(
        "activities.write_minutes",
        {"minutes-text": "Lo que escribió Inés, que es otra cosa distinta.", "minutes-based_on": "0"},
        status=409,
        **AT,
    )
    assert "Otra persona guardó el acta" in page and "Lo que escribió Inés" in page and "31 personas" in page
    based_on = page.soup.find("input", {"name": "minutes-based_on"})["value"]
    browser.post(
        "activities.write_minutes", {"minutes-text": "Los dos textos juntos, por fin completos.", "minutes-based_on": based_on}, **AT
    )


def test_corrected_minutes_keep_the_earlier_version_readable(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "published")
    browser.sign_in(SARA)
    given = {"minutes-text": made.MINUTES + "\n\nSe agregó un acuerdo.", "minutes-based_on": "1"}
    assert "Complete este dato" in browser.post("activities.write_minutes", given, status=422, **AT)
    browser.post("activities.write_minutes", given | {"minutes-reason": "Faltaba un acuerdo leído en plenaria"}, **AT)
    assert "Se agregó un acuerdo" not in browser.get("portal.activity", **AT)
    browser.post("activities.publish_minutes", status=422, **AT)
    approve_both(app, browser)
    browser.sign_in(SARA).post("activities.publish_minutes", **AT)
    browser.sign_out()
    public = browser.get("portal.activity", **AT)
    assert "Faltaba un acuerdo leído en plenaria" in public and "Se agregó un acuerdo" in public
    old = browser.get("activities.minutes", version=1, **AT)
    assert "Esta versión fue corregida" in old and "Se agregó" not in old
    browser.get("activities.minutes", version=2, **AT)
    browser.get("activities.minutes", version=3, status=404, **AT)


def test_a_file_is_taken_off_with_its_reason(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "published")
    with app.app_context():
        activity = queries.activity_by_slugs(**AT)
        assert activity
        key = evidence.attachments("activity", activity.id, public_only=True)[0].key
    field = f"gone-{key[:6]}-reason"
    browser.sign_in(INES).post("activities.withdraw", {field: "Salen menores de edad"}, key=key, status=403, **AT)
    browser.sign_in(SARA).post("activities.withdraw", {field: "no"}, key=key, status=422, **AT)
    browser.post("activities.withdraw", {field: "Salen menores de edad"}, key=key, **AT)
    browser.post("activities.withdraw", {field: "Salen menores de edad"}, key="0" * 32, status=404, **AT)
    assert "Retirado: Salen menores de edad" in browser.get("activities.show", **AT)
    browser.sign_out()
    assert "«Mesa del agua» se retiró" in browser.get("portal.activity", **AT)
    assert browser.client.get(f"/documentos/{key}").status_code == 404


def test_an_activity_that_was_not_held_tells_people_why(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "opened")
    reason = {"cancel-reason": "Hubo paro de transportes"}
    browser.sign_in(INES).post("activities.cancel", reason, status=403, **AT)
    browser.sign_in(SARA).post("activities.cancel", reason, **AT)
    assert "Hubo paro de transportes" in browser.get("activities.show", **AT)
    assert "Hubo paro de transportes" in browser.get("portal.activity", **AT)
    assert b"STATUS:CANCELLED" in browser.client.get("/procesos/plan-prueba/actividades/taller-ccorca.ics").data


def test_the_board_lists_what_is_late_to_those_who_may_read_it(app: Flask, browser: Browser, world: World) -> None:
    for member in (MATEO, MARCO, DARIO, OLGA):
        browser.sign_in(member).get("activities.index", slug="plan-prueba", status=403)
    for member in (INES, GLORIA, FELIX, SARA, VERA):
        page = browser.sign_in(member).get("activities.index", slug="plan-prueba")
        assert "Taller de Ccorca" in page and "Actas atrasadas" in page and "Aportes en línea" not in page


def test_readers_see_the_record_without_forms_that_change_it(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "documented")
    page = browser.sign_in(VERA).get("activities.show", **AT)
    assert "31 personas" in page
    main = page.soup.find("main")
    assert main and not main.find_all("form")
    browser.post("activities.hold", {"held-day": "2027-03-10", "held-starts": "10:15", "held-ends": "13:10"}, status=403, **AT)


def test_times_that_cannot_be_are_refused_with_a_sentence(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "opened")
    browser.sign_in(INES)
    wrong = {"held-day": "2027-03-10", "held-starts": "13:00", "held-ends": "10:00"}
    assert "debe ser posterior" in browser.post("activities.hold", wrong, status=422, **AT)
    assert "Escriba la hora" in browser.post("activities.hold", wrong | {"held-ends": "tarde"}, status=422, **AT)
    assert "Todavía no termina" in browser.post(
        "activities.hold", wrong | {"held-day": "2027-03-25", "held-ends": "14:00"}, status=422, **AT
    )
    browser.post("activities.hold", {"held-day": "10/03/2027", "held-starts": "19:00", "held-ends": "00:30"}, **AT)


def test_public_data_of_activities_protects_small_groups(app: Flask, browser: Browser, world: World) -> None:
    make(app, world, "published")
    csv = browser.client.get("/procesos/plan-prueba/actividades.csv").get_data(as_text=True)
    assert csv.splitlines()[1].startswith("1;Taller de Ccorca;workshop;published;2027-03-10T10:15:00-05:00;")
    data = browser.client.get("/procesos/plan-prueba/actividades.json").get_json()
    record = data["actividades"][0]
    assert record["asistentes"] == 31 and record["archivos"] == 1 and len(record["acta_sha256"]) == 64
    assert record["asistencia"]["sex"] == {"women": 18, "men": None, "non-binary": None}
    assert datetime.fromisoformat(record["inicio"]).utcoffset() == timedelta(hours=-5)


def test_nothing_is_shown_of_a_process_in_draft_or_unknown(browser: Browser, world: World) -> None:
    for endpoint in ("activities.registration", "activities.calendar", "activities.registered"):
        browser.get(endpoint, slug="otro", activity=made.WORKSHOP, status=404)
    browser.sign_in(SARA).get("activities.show", slug="otro", activity=made.WORKSHOP, status=404)
    browser.post("activities.publish", status=404, **AT)
