"""The public page and its data, the desk pages, outreach, and the command."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.compliance import services
from app.compliance.rules.findings import Requirement
from app.core import clock
from app.core.db import db
from tests.cast import FELIX, GLORIA, INES, MARCO, OLGA, ROSA, SARA, VERA
from tests.factories import activities as workshops
from tests.factories import compliance as factory
from tests.factories import files
from tests.world import NOON

VOCABULARY = {"cumple_con_evidencia", "pendiente_atestacion", "en_riesgo", "no_cumple", "no_aplica"}
BANNER = "Estimación de la plataforma. No es una evaluación del IRM."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def told(app, world):
    """A workshop on record, outreach, an attestation of the secretariat; committed."""
    with app.app_context():
        workshops.published(world)
        factory.told(world)
        factory.signed(world)
        db.session.commit()
        db.session.remove()
    return world


def test_the_page_says_what_it_is_and_shows_two_lights_for_each_requirement(told, browser):
    page = browser.get("compliance.index", slug="plan-prueba")
    assert BANNER in page
    cards = page.soup.select("article.requirement-card")
    assert [card.select_one(".requirement-card__id").text for card in cards] == [
        str(r) for r in Requirement if not r.startswith("LR")
    ]  # fmt: skip
    for card in cards:
        lights = [" ".join(light.get_text(" ").split()) for light in card.select(".light")]
        assert len(lights) == 2
        assert lights[0].startswith("Regla:")
        assert lights[1].startswith("Meta:")
        assert all(light.select_one("svg") for light in card.select(".light"))


def test_the_page_links_the_evidence_and_the_attestation(told, browser):
    page = browser.get("compliance.index", slug="plan-prueba")
    card = page.soup.select_one("#mr-4-1a")
    assert card.select_one('a[href="/procesos/plan-prueba/actividades/taller-ccorca"]')
    assert "Secretaria técnica" in card.text
    assert factory.WORDS in card.text
    assert "Sara" not in page
    assert page.soup.select_one("#difusion-1")


def test_the_page_is_sent_once_while_nothing_changes(told, browser):
    first = browser.client.get("/procesos/plan-prueba/requisitos")
    assert browser.client.get("/procesos/plan-prueba/requisitos", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert "Set-Cookie" not in first.headers


def test_the_page_is_made_once_for_each_version_of_the_record(told, browser, app):
    with app.app_context():
        engine = db.engine
    browser.get("compliance.index", slug="plan-prueba")
    sent = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: sent.append(arguments[2]))
    browser.get("compliance.index", slug="plan-prueba")
    assert len(sent) <= 3, sent


def test_a_draft_process_has_no_public_page(world, browser, app):
    from app.processes.models import Process
    from app.processes.rules.states import ProcessState

    with app.app_context():
        db.session.query(Process).update({"state": ProcessState.DRAFT})
        db.session.commit()
        db.session.remove()
    browser.get("compliance.index", slug="plan-prueba", status=404)
    browser.get("compliance.pack", slug="plan-prueba", status=404)


def test_the_data_is_what_the_interface_promises(told, browser):
    data = browser.client.get("/procesos/plan-prueba/requisitos.json").get_json()
    assert [row["id"] for row in data["requirements"]] == [str(r) for r in Requirement]
    for row in data["requirements"]:
        assert {row["rule"], row["goal"]} <= VOCABULARY
        assert isinstance(row["facts"], dict)
    assert data["irm_result"] == "no_disponible"
    assert data["notice"] == BANNER
    assert data["attestations"][0]["post"] == "Secretaria técnica"


def test_the_command_prints_the_same_and_refuses_an_unknown_process(told, app):
    runner = app.test_cli_runner()
    result = runner.invoke(args=["compliance", "report", "--process", "plan-prueba", "--json"])
    assert result.exit_code == 0, result.output
    printed = json.loads(result.output)
    assert [row["id"] for row in printed["requirements"]] == [str(r) for r in Requirement]
    assert {"id", "rule", "goal", "facts"} <= set(printed["requirements"][0])
    plain = runner.invoke(args=["compliance", "report", "--process", "plan-prueba"])
    assert plain.output.startswith(BANNER)
    assert runner.invoke(args=["compliance", "report", "--process", "nada"]).exit_code == 1


def test_the_history_shows_what_the_page_said_on_a_day(told, browser, app):
    with app.app_context():
        services.check_all(NOON - timedelta(days=1))
        db.session.commit()
        db.session.remove()
    page = browser.get("compliance.history", slug="plan-prueba", dia="2027-03-19")
    assert "viernes 19 de marzo de 2027" in page
    assert len(page.soup.select("table tbody tr")) == len(Requirement)
    assert "no hay revisión" in browser.get("compliance.history", slug="plan-prueba", dia="2020-01-01")
    assert browser.get("compliance.history", slug="plan-prueba", dia="nunca")
    said = browser.client.get("/procesos/plan-prueba/requisitos/historial.json?dia=2027-03-19").get_json()["requirements"]
    assert [hashlib.sha256(row["facts_text"].encode()).hexdigest() for row in said] == [row["facts_sha256"] for row in said]
    lines = browser.client.get("/procesos/plan-prueba/requisitos/historial.csv").get_data(as_text=True).splitlines()
    assert len(lines) == len(Requirement) + 1


# ------------------------------------------------------------------------------------------------------------------- desk


def attest(browser, statement="list-complete", status=303, **changes):
    data = {"text": factory.WORDS, "method": "documents", "post": "Secretaria técnica", **changes}
    return browser.post("compliance.attest", data, slug="plan-prueba", statement=statement, status=status)


def test_the_secretariat_signs_and_civil_society_contradicts_beside_it(world, browser):
    browser.sign_in(SARA)
    assert browser.get("compliance.new_attestation", slug="plan-prueba", statement="list-complete")
    attest(browser)
    browser.sign_out().sign_in(FELIX)
    desk = browser.get("compliance.show", slug="plan-prueba")
    assert desk.soup.select_one('a[href="/mesa/espacios/cusco/atestaciones/1/contradecir"]')
    browser.get("compliance.consider", slug="cusco", number=1, verb="contradecir")
    browser.post("compliance.contradict", {"text": "corto", "post": "Vocal"}, slug="cusco", number=1, status=422)
    browser.post(
        "compliance.contradict", {"text": "Faltan los aportes de papel de Ccorca.", "post": "Vocal del foro"}, slug="cusco", number=1
    )
    page = browser.sign_out().get("compliance.index", slug="plan-prueba")
    card = page.soup.select_one("#mr-4-1a")
    assert "Lo contradice Sociedad civil: Vocal del foro" in " ".join(card.get_text(" ").split())
    assert factory.WORDS in card.text


def test_government_does_not_contradict_its_own_and_strangers_do_nothing(told, browser):
    words = {"text": "Faltan los aportes de papel de Ccorca.", "post": "Vocal"}
    browser.sign_in(GLORIA).post("compliance.contradict", words, slug="cusco", number=1, status=403)
    browser.post("compliance.withdraw", words, slug="cusco", number=1, status=403)
    for person in (ROSA, MARCO, OLGA):
        browser.sign_out().sign_in(person)
        attest(browser, status=403)
        browser.post("compliance.co_sign", words, slug="cusco", number=1, status=403)
    browser.sign_out().sign_in(VERA).get("compliance.show", slug="plan-prueba")
    attest(browser, status=403)


def test_what_was_typed_is_kept_when_it_is_refused(world, browser):
    browser.sign_in(SARA)
    page = attest(browser, status=422, text="Sí.")
    assert "Cuente qué le consta" in page
    assert page.soup.select_one("[name=post]")["value"] == "Secretaria técnica"
    page = attest(browser, status=422, text="Lo confirma Rosa, DNI 45678912, vecina de Ccorca.")
    assert "dato personal" in page
    attest(browser, statement="inception-done", status=422)
    browser.get("compliance.new_attestation", slug="plan-prueba", statement="nada", status=404)


def test_a_document_goes_with_the_attestation(world, browser):
    import io

    browser.sign_in(SARA)
    attest(browser, statement="inception-done", happened_on="2027-03-01", file=(io.BytesIO(files.pdf()), "evaluacion.pdf"))
    data = browser.client.get("/procesos/plan-prueba/requisitos.json").get_json()
    assert data["attestations"][0]["files"][0]["title"] == "evaluacion.pdf"
    assert data["attestations"][0]["happened_on"] == "2027-03-01"


def test_a_facilitator_signs_for_the_workshop_they_held(told, browser):
    browser.sign_in(INES)
    attest(browser, statement="list-complete", status=422)
    attest(browser, statement="faithful-capture", about="taller-ccorca")


def test_the_secretariat_withdraws_what_it_signed(told, browser):
    browser.sign_in(SARA)
    browser.post("compliance.withdraw", {"text": "Apareció un sobre sin registrar.", "post": "Secretaria"}, slug="cusco", number=1)
    again = browser.post(
        "compliance.withdraw", {"text": "Apareció un sobre sin registrar.", "post": "S"}, slug="cusco", number=1, status=422
    )
    assert "ya no está vigente" in again


def test_the_irm_is_quoted_with_its_report(world, browser):
    browser.sign_in(SARA)
    data = {"verdict": "no", "report_url": "https://example.pe/x", "published_on": "2027-03-01"}
    assert "opengovpartnership.org" in browser.post("compliance.record_irm", data, slug="plan-prueba", status=422)
    browser.post("compliance.record_irm", {**data, "report_url": "https://www.opengovpartnership.org/documents/peru/"}, slug="plan-prueba")
    page = browser.sign_out().get("compliance.index", slug="plan-prueba")
    assert "no se cumplieron" in page
    assert page.soup.select_one('a[href="https://www.opengovpartnership.org/documents/peru/"]')


def test_what_applies_is_chosen_for_the_whole_space(world, browser):
    browser.sign_in(SARA)
    page = browser.get("compliance.edit_profile", slug="cusco")
    assert page.soup.select_one("#ogp option[selected]")["value"] == "voluntary"
    browser.post("compliance.choose_profile", {"ogp": "none", "ogp_local": "none", "municipal": "none"}, slug="cusco", status=422)
    browser.post("compliance.choose_profile", {"ogp": "voluntary", "ogp_local": "required", "municipal": "required"}, slug="cusco")
    assert browser.get("compliance.index", slug="plan-prueba").soup.select_one("#lr-web")
    browser.sign_out().sign_in(OLGA)
    browser.get("compliance.edit_profile", slug="cusco", status=403)


# --------------------------------------------------------------------------------------------------------------- outreach

OUTREACH = {
    "submission_key": "b" * 32, "title": "Visita a Totora", "done_on": "2027-03-02", "channel": "visit", "sector": "indigenous",
    "ubigeo": "080102", "language": "qu", "reach": "45", "message": "Se explicó en quechua qué es el plan y cómo aportar.",
}  # fmt: skip


def test_outreach_is_recorded_once_and_shown_to_everybody(world, browser):
    browser.sign_in(INES)
    browser.post("activities.record_outreach", OUTREACH, slug="plan-prueba")
    browser.post("activities.record_outreach", OUTREACH, slug="plan-prueba")
    page = browser.sign_out().get("compliance.index", slug="plan-prueba")
    assert len(page.soup.select('li[id^="difusion-"]')) == 1
    assert "Visita a Totora" in page
    assert "45 personas" in page


@pytest.mark.parametrize(("changes", "said"), [
    ({"done_on": "2027-04-01"}, "todavía no llega"), ({"message": "corto"}, "Copie lo que se dijo"), ({"reach": "-4"}, "número entero"),
    ({"title": " "}, "Complete este dato"), ({"ubigeo": "150101"}, "Not a valid choice"), ({"reach": "muchos"}, "Not a valid integer"),
])  # fmt: skip
def test_outreach_that_says_too_little_is_refused_with_what_was_typed(world, browser, changes, said):
    browser.sign_in(SARA)
    page = browser.post("activities.record_outreach", {**OUTREACH, **changes}, slug="plan-prueba", status=422)
    assert said in page or said.startswith("Not a valid")
    assert page.soup.select_one("[name=done_on]")["value"]


def test_outreach_is_taken_back_with_a_reason_that_stays(told, browser):
    browser.sign_in(INES)
    browser.post("activities.withdraw_outreach", {"gone-1-reason": "Se anotó en otro proceso."}, slug="plan-prueba", number=1, status=403)
    browser.sign_out().sign_in(SARA)
    browser.post("activities.withdraw_outreach", {"gone-1-reason": "no"}, slug="plan-prueba", number=1, status=422)
    browser.post("activities.withdraw_outreach", {"gone-1-reason": "Se anotó en otro proceso."}, slug="plan-prueba", number=1)
    page = browser.sign_out().get("compliance.index", slug="plan-prueba")
    assert "Se anotó en otro proceso." in page


def test_a_file_that_shows_the_outreach_is_public(told, browser):
    import io

    browser.sign_in(SARA)
    upload = {"file-1-file": (io.BytesIO(files.picture()), "afiche.jpg"), "file-1-title": "Afiche"}
    browser.post("activities.add_outreach_file", upload, slug="plan-prueba", number=1)
    assert "Afiche" in browser.sign_out().get("compliance.index", slug="plan-prueba")
    browser.sign_in(MARCO).get("activities.outreach", slug="plan-prueba", status=403)
