"""The schedule as people see it, and the desk where it is made."""

import hashlib
import json
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from app.core.clock import lima_instant
from app.core.db import db
from app.processes import queries, services
from app.processes.rules import drafting
from app.processes.rules.schedule import from_json
from app.processes.rules.states import ApprovalSeat, ProcessState
from tests.browser import Browser, ParsedPage
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, MARCO, OLGA, ROSA, SARA, VERA
from tests.world import NOON, START, World, sample_schedule

SLUG = "plan-prueba"
WHY = "El local comunal cerró por lluvias; se avisó por teléfono."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    yield


def second_version(app: Flask, world: World) -> None:
    """Two days after the start: the workshop of Ccorca is cancelled."""
    soon = lima_instant(START + timedelta(days=2), time(9))
    with app.app_context():
        process = queries.process_by_slug(SLUG)
        assert process
        sara, felix = world.id_of(SARA), world.id_of(FELIX)
        version = services.open_draft(process, person_id=sara, now=soon)
        services.save_draft(
            version, drafting.without_opportunity(sample_schedule(), "taller-ccorca"), reason=WHY, revision=1, person_id=sara, now=soon
        )
        services.submit(version, person_id=sara, now=soon)
        services.approve(version, ApprovalSeat.SECRETARIAT, version.sha256, person_id=sara, now=soon)
        services.approve(version, ApprovalSeat.NON_GOVERNMENT, version.sha256, person_id=felix, now=soon)
        services.publish(version, person_id=sara, now=soon)
        db.session.commit()


def revision(page: ParsedPage) -> str:
    return str(page.soup.find("input", {"name": "revision"})["value"])


# ---------------------------------------------------------------------------------------- public


def test_the_schedule_says_its_notice_and_everything_needed_to_take_part(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: lima_instant(START, time(10)))
    page = browser.get("processes.schedule", slug=SLUG)
    for words in (
        "Publicado 21 días antes del inicio.",
        "Taller de Ccorca",
        "miércoles 10 de marzo de 2027, de 10:00 a 13:00",
        "Local comunal, Ccorca",
        "Toda persona del distrito.",
        "En la puerta o por teléfono.",
        "foro@example.pe",
        "castellano y quechua",
        "Versión 1",
        "Primera publicación.",
    ):
        assert words in page, words
    assert page.response.headers["Cache-Control"] == "public, no-cache" and "Set-Cookie" not in page.response.headers
    browser.get("processes.schedule", slug=SLUG, headers={"If-None-Match": page.response.headers["ETag"]}, status=304)


def test_a_process_without_publication_says_so_and_a_draft_is_not_found(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        process = queries.process_by_slug(SLUG)
        assert process
        process.state = ProcessState.DRAFT
        db.session.commit()
    for endpoint in ("processes.schedule", "processes.schedule_json", "processes.schedule_calendar"):
        browser.get(endpoint, slug=SLUG, status=404)


def test_a_cancelled_workshop_stays_visible_as_short_notice_with_its_reason(app: Flask, browser: Browser, world: World) -> None:
    second_version(app, world)
    page = browser.get("processes.schedule", slug=SLUG)
    assert "Canceladas" in page and WHY in page and "Aviso corto" in page
    assert "Aprobaron: Secretaría" in page and "Integrante no gubernamental del foro" in page
    assert "Sara" not in page and "Félix" not in page


def test_an_old_version_is_shown_as_it_was_with_a_banner(app: Flask, browser: Browser, world: World) -> None:
    second_version(app, world)
    old = browser.get("processes.version", slug=SLUG, n=1)
    assert "Esta versión fue reemplazada" in old and "Taller de Ccorca" in old
    assert "Esta es la versión vigente." in browser.get("processes.version", slug=SLUG, n=2)
    browser.get("processes.version", slug=SLUG, n=3, status=404)


def test_the_text_of_a_version_has_the_hash_on_its_page(browser: Browser, world: World) -> None:
    page = browser.get("processes.version", slug=SLUG, n=1)
    text = browser.get("processes.version_json", slug=SLUG, n=1).response.get_data()
    assert hashlib.sha256(text).hexdigest() in page


def test_two_versions_are_compared(app: Flask, browser: Browser, world: World) -> None:
    second_version(app, world)
    page = browser.get("processes.differences", slug=SLUG, a=1, b=2)
    assert "Taller de Ccorca" in page and "se retiró" in page
    browser.get("processes.differences", slug=SLUG, a=1, b=9, status=404)
    assert "dicen lo mismo" in browser.get("processes.differences", slug=SLUG, a=1, b=1)


def test_calendars_keep_their_uid_and_learn_what_was_cancelled(app: Flask, browser: Browser, world: World) -> None:
    def events() -> dict[str, object]:
        calendar = Calendar.from_ical(browser.get("processes.schedule_calendar", slug=SLUG).response.get_data())
        return {str(event["uid"]): event for event in calendar.walk("VEVENT")}

    before = events()
    uid = "plan-prueba.taller-ccorca@localhost"
    assert before[uid]["sequence"] == 1 and before[uid]["status"] == "CONFIRMED"  # type: ignore[index]
    assert before[uid]["dtstart"].params["TZID"] == "America/Lima"  # type: ignore[index]
    second_version(app, world)
    after = events()
    assert set(before) == set(after)
    assert after[uid]["sequence"] == 2 and after[uid]["status"] == "CANCELLED"  # type: ignore[index]


def test_json_gives_the_notice_the_versions_and_what_was_cancelled(app: Flask, browser: Browser, world: World) -> None:
    second_version(app, world)
    response = browser.get("processes.schedule_json", slug=SLUG).response
    data = json.loads(response.get_data())
    assert (data["version"], data["notice"]["days"], data["notice"]["rule"]) == (2, 21, "cumple_con_evidencia")
    assert [v["n"] for v in data["versions"]] == [1, 2] and data["cancelled"][0]["slug"] == "taller-ccorca"
    assert data["published_at"].endswith("-05:00") and response.headers["Access-Control-Allow-Origin"] == "*"


# ---------------------------------------------------------------------------------------- desk


def test_staff_pages_are_for_those_who_may(app: Flask, world: World) -> None:
    for person, status in (
        (SARA, 200),
        (INES, 200),
        (ANA, 200),
        (GLORIA, 200),
        (FELIX, 200),
        (DARIO, 200),
        (VERA, 200),
        (MARCO, 403),
        (ROSA, 403),
        (OLGA, 403),
    ):
        browser = Browser(app).sign_in(person)
        browser.get("processes.show", slug=SLUG, status=status)
        browser.get("processes.draft", slug=SLUG, status=status)
        browser.post("processes.open_draft", slug=SLUG, status=303 if person is SARA else 403)
    Browser(app).get("processes.show", slug=SLUG, status=303)


def test_a_schedule_from_nothing_to_published_and_changed(app: Flask, world: World) -> None:
    sara = Browser(app).sign_in(SARA)
    form = {"title": "Plan nuevo", "slug": "plan-nuevo", "code": "nue", "kind": "ogp-local", "summary": "Un plan.", "influence": "cooperar"}
    assert "Use de 2 a 8" in sara.post("processes.create", {**form, "code": "n"}, slug="cusco", status=422)
    sara.post("processes.create", form, slug="cusco")
    assert "Plan nuevo" in sara.get("processes.index")
    new = {"slug": "plan-nuevo"}
    sara.post("processes.open_draft", **new)
    page = sara.get("processes.draft", **new)
    assert "Ponga la fecha y la hora en que empieza el proceso." in page and "Añada las fases." in page
    sara.post("processes.set_start", {"day": "2027-03-30", "time": "09:00", "revision": revision(page)}, **new)
    page = sara.get("processes.draft", **new)
    assert "deben ser 14 o más" in page and "sábado 3 de abril de 2027" in page
    sara.post("processes.set_start", {"day": "2027-04-20", "time": "09:00", "revision": revision(page)}, **new)
    page = sara.get("processes.draft", **new)
    sara.post(
        "processes.fill_phases",
        {"template-day": "2027-04-20", "template-revision": page.soup.find("input", {"name": "template-revision"})["value"]},
        **new,
    )
    page = sara.get("processes.new_opportunity", **new)
    half = {
        "title": "Taller de Ccorca",
        "kind": "workshop",
        "theme": "",
        "ubigeo": "080102",
        "language": "es,qu",
        "starts_on": "2027-04-22",
        "revision": revision(page),
    }
    assert "Complete este dato." in sara.post("processes.add_opportunity", half, status=422, **new)
    half |= {"starts_time": "10:00", "ends_on": "2027-04-22", "ends_time": "13:00"}
    sara.post("processes.add_opportunity", half, **new)
    page = sara.get("processes.draft", **new)
    assert "A «Taller de Ccorca» le falta: lugar o enlace, quién puede participar, cómo inscribirse, contacto." in page
    refused = sara.post("processes.submit", {"reason": "", "revision": revision(page)}, status=422, **new)
    assert "le falta: lugar o enlace" in refused
    whole = half | {
        "place": "Local comunal",
        "who_can_join": "Todas",
        "how_to_register": "En la puerta",
        "contact": "foro@example.pe",
        "revision": revision(sara.get("processes.opportunity", opportunity="taller-de-ccorca", **new)),
    }
    sara.post("processes.save_opportunity", whole, opportunity="taller-de-ccorca", **new)
    page = sara.get("processes.draft", **new)
    assert "si se publica hoy, se avisa con 31 días" in page.text.lower()
    sara.post("processes.submit", {"reason": "", "revision": revision(page)}, **new)
    review = sara.get("processes.review", **new)
    sha = str(review.soup.find("input", {"name": "sha256"})["value"])
    sara.post("processes.approve_as_secretariat", {"sha256": sha}, **new)
    felix = Browser(app).sign_in(FELIX)
    assert sha in felix.get("processes.review", **new).html
    assert "El texto cambió" in felix.post("processes.approve_as_civil", {"sha256": "0" * 64}, status=409, **new)
    assert "Falta una aprobación" in sara.post("processes.publish", {"reason": "", "revision": revision(review)}, status=422, **new)
    felix.post("processes.approve_as_civil", {"sha256": sha}, **new)
    felix.post("processes.publish", {"reason": "", "revision": "1"}, status=403, **new)
    sara.post("processes.publish", {"reason": "", "revision": revision(sara.get("processes.review", **new))}, **new)
    public = Browser(app).get("processes.schedule", **new)
    assert "Publicado 31 días antes del inicio." in public and sha in public.html
    assert "Secretaría: publicó el cronograma (proceso)" in Browser(app).get("audit.index", referencia="plan-nuevo")


def test_two_people_editing_at_once_keep_what_the_second_one_typed(app: Flask, world: World) -> None:
    sara = Browser(app).sign_in(SARA)
    sara.post("processes.open_draft", slug=SLUG)
    arguments = {"slug": SLUG, "opportunity": "taller-ccorca"}
    form = sara.get("processes.opportunity", **arguments)
    data = {tag["name"]: tag.get("value", "") for tag in form.soup.find_all("input") if tag.get("name") not in (None, "csrf_token")}
    data |= {tag["name"]: tag.get_text().strip("\r\n") for tag in form.soup.find_all("textarea")}
    data |= {tag["name"]: (tag.find("option", selected=True) or tag.find("option"))["value"] for tag in form.soup.find_all("select")}
    sara.post("processes.set_start", {"day": "2027-03-02", "time": "09:00", "revision": data["revision"]}, slug=SLUG)
    late = sara.post("processes.save_opportunity", {**data, "place": "Colegio de Ccorca"}, status=409, **arguments)
    assert "Otra persona guardó antes" in late and 'value="Colegio de Ccorca"' in late.html
    sara.post("processes.save_opportunity", {**data, "place": "Colegio de Ccorca", "revision": revision(late)}, **arguments)
    with app.app_context():
        version = queries.open_version(SLUG)
        assert version
        schedule = from_json(version.content)
        plan = schedule.opportunity("taller-ccorca")
        assert plan and plan.place == "Colegio de Ccorca"
        assert schedule.start_at == lima_instant(START + timedelta(days=1), time(9))


def test_phases_and_opportunities_are_taken_out_and_put_back(app: Flask, world: World) -> None:
    sara = Browser(app).sign_in(SARA)
    sara.post("processes.open_draft", slug=SLUG)
    read = revision(sara.get("processes.draft", slug=SLUG))
    sara.post("processes.remove_phase", {"revision": read}, slug=SLUG, kind="validation")
    page = sara.post("processes.remove_opportunity", {"revision": read}, slug=SLUG, opportunity="taller-ccorca", follow=True, status=200)
    assert "Otra persona cambió el borrador" in page and "Taller de Ccorca" in page
    phase = sara.get("processes.phase", slug=SLUG, kind="validation")
    data = {
        "title": "Validación",
        "summary": "Se discute.",
        "opens_on": "2027-04-30",
        "closes_on": "2027-05-14",
        "revision": revision(phase),
    }
    assert "Complete este dato." in sara.post("processes.save_phase", {**data, "title": ""}, slug=SLUG, kind="validation", status=422)
    sara.post("processes.save_phase", data, slug=SLUG, kind="validation")
    sara.post(
        "processes.remove_opportunity",
        {"revision": revision(sara.get("processes.draft", slug=SLUG))},
        slug=SLUG,
        opportunity="taller-ccorca",
    )
    assert "se retiró" in sara.get("processes.draft", slug=SLUG)
    sara.get("processes.phase", slug=SLUG, kind="otra", status=404)


def test_texts_themes_and_criteria_are_edited(app: Flask, world: World) -> None:
    sara = Browser(app).sign_in(SARA)
    form = {
        "title": "Plan de prueba",
        "slug": SLUG,
        "code": "PRB",
        "kind": "ogp-local",
        "summary": "Otro resumen.",
        "influence": "cooperar",
    }
    assert "Plan de prueba" in sara.get("processes.edit", slug=SLUG)
    sara.post("processes.update", form, slug=SLUG)
    assert "ya es público" in sara.post("processes.update", {**form, "code": "OTRO"}, slug=SLUG, status=422)
    sara.post("processes.add_theme", {"name": "Ríos y lagunas"}, slug=SLUG)
    assert "Ya hay un tema" in sara.post("processes.add_theme", {"name": "Ríos y lagunas"}, slug=SLUG, status=422)
    sara.get("processes.theme", slug=SLUG, theme="rios-y-lagunas")
    sara.post("processes.update_theme", {"name": "Ríos"}, slug=SLUG, theme="rios-y-lagunas")
    sara.post("processes.remove_theme", slug=SLUG, theme="rios-y-lagunas")
    sara.post("processes.add_criterion", {"name": "Apertura", "weight": "60"}, slug=SLUG)
    assert "suman 60 de 100" in sara.get("processes.criteria", slug=SLUG)
    page = sara.post("processes.publish_criteria", slug=SLUG, follow=True, status=200)
    assert "Los pesos suman 60 y deben sumar 100." in page
    sara.post("processes.add_criterion", {"name": "Demanda", "weight": "30"}, slug=SLUG)
    sara.get("processes.criterion", slug=SLUG, position=1)
    sara.post("processes.update_criterion", {"name": "Demanda", "weight": "40"}, slug=SLUG, position=1)
    sara.post("processes.publish_criteria", slug=SLUG)
    assert "Ya no cambian." in sara.get("processes.criteria", slug=SLUG)
    assert "no cambian" in sara.post("processes.remove_criterion", slug=SLUG, position=1, follow=True, status=200)


def test_the_real_start_and_the_state_are_recorded(app: Flask, world: World) -> None:
    with app.app_context():
        process = queries.process_by_slug(SLUG)
        assert process
        process.start_at, process.state = None, ProcessState.SCHEDULED
        db.session.commit()
    sara = Browser(app).sign_in(SARA)
    sara.get("processes.real_start", slug=SLUG)
    assert "todavía no llega" in sara.post("processes.record_start", {"day": "2027-04-01", "time": "09:00"}, slug=SLUG, status=422)
    sara.post("processes.record_start", {"day": "2027-03-01", "time": "09:05"}, slug=SLUG)
    page = sara.get("processes.state", slug=SLUG)
    assert "En curso" in page and "Aportes cerrados" in page
    assert "Será público" in sara.post("processes.advance", {"to_state": "suspended", "reason": ""}, slug=SLUG, status=422)
    sara.post("processes.advance", {"to_state": "suspended", "reason": "Emergencia por lluvias en la provincia."}, slug=SLUG)
    assert "Emergencia por lluvias" in Browser(app).get("processes.schedule", slug=SLUG)
    sara.post("processes.advance", {"to_state": "running", "reason": ""}, slug=SLUG)
    sara.post("processes.advance", {"to_state": "inputs-closed", "reason": ""}, slug=SLUG)
    assert "Aportes cerrados" in sara.get("processes.show", slug=SLUG)


def test_a_draft_is_discarded_after_asking_once(browser: Browser, app: Flask, world: World) -> None:
    sara = browser.sign_in(SARA)
    sara.get("processes.discard", slug=SLUG, status=404)
    sara.post("processes.open_draft", slug=SLUG)
    assert "Descartar este borrador" in sara.get("processes.draft", slug=SLUG)
    page = sara.get("processes.discard", slug=SLUG)
    assert "La versión 1 sigue pública" in page
    Browser(app).sign_in(FELIX).get("processes.discard", slug=SLUG, status=403)
    assert "El borrador cambió" in sara.post("processes.discard_draft", {"revision": "77"}, slug=SLUG, status=409)
    sara.post("processes.discard_draft", {"revision": revision(page)}, slug=SLUG)
    page = sara.get("processes.draft", slug=SLUG)
    assert "El borrador se descartó" in page and "No hay ningún cambio en preparación" in page
