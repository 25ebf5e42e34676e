"""A drill (P09): an incident is written down, whom it touches is found, letters leave, the authority is told, it closes."""

from types import SimpleNamespace

import pytest

from app.audit import queries as audit
from app.contributions import services as contributions
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent
from app.core.db import db
from app.core.permissions import Actor, HeldRole, Scope, is_allowed
from app.incidents.permissions import GRANTS, IncidentPermission
from app.notifications.models import Notification
from app.processes import queries as processes
from app.spaces.rules import Role
from tests.browser import Browser
from tests.cast import DARIO, EVERYBODY, MATEO, ROSA, SARA
from tests.world import NOON

GIVEN = {
    "day": "2027-03-20", "hour": "09:00", "happened": "Una lista de inscritos quedó a la vista en un mostrador.",
    "data_kinds": "Nombres y correos de quienes aportaron.", "measures": "Se guardó bajo llave.", "affected": "process",
    "process_slug": "plan-prueba",
}  # fmt: skip
WORDS = "Se presentó con el trámite 2027-123 de la Autoridad."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def said(app, world):
    """Rosa contributed from her account, somebody by mail; Mateo did not."""
    with app.app_context():
        process = processes.process_by_slug(world.slug)
        for key, person_id, email in (("rosa", world.id_of(ROSA), ""), ("mail", None, "Zenaida@example.pe")):
            contributions.receive(
                ContributionDraft("La posta cierra temprano.", speaker="Z", email=email, consent=NameConsent.ANONYMOUS), process,
                submission_key=f"{key}-0123456789abc", received_at=NOON, now=NOON, person_id=person_id,
            )  # fmt: skip
        db.session.commit()


@pytest.fixture
def dario(app, world):
    return Browser(app).sign_in(DARIO)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_administers_people_keeps_incidents(role):
    actor, here = Actor(1, "Alguien", (HeldRole(str(role), 1),)), SimpleNamespace(scope=Scope(1))
    for permission in (IncidentPermission.READ, IncidentPermission.KEEP):
        assert is_allowed(GRANTS, permission, actor, here) is (role is Role.ADMINISTRATOR)


def test_the_drill_from_knowing_to_closing(app, world, said, dario):
    page = dario.post("incidents.record", GIVEN, slug="cusco", status=200, follow=True)
    assert "Avise a la Autoridad hasta el" in page and "a 2 personas" in page and "22 de marzo de 2027" in page
    assert GIVEN["happened"] in page.soup.select_one("blockquote").get_text()
    assert GIVEN["happened"] in page.soup.find(id="letter-words").get_text()
    one = {"slug": "cusco", "number": 1}
    assert "Antes de cerrarlo avise" in dario.post("incidents.close", {"note": WORDS}, status=422, **one)
    dario.post("incidents.tell_people", {"note": "Una lista con su nombre quedó a la vista. " * 2}, **one)
    with app.app_context():
        told = {letter.address for letter in db.session.query(Notification).filter_by(kind="incidents.told")}
    assert told == {ROSA.email, "zenaida@example.pe"} and MATEO.email not in told
    assert "ya se anotó" in dario.post("incidents.tell_people", {"note": "Otra vez la misma carta a todos."}, status=422, **one)
    early = {"note": WORDS, "day": "2027-03-19", "hour": "10:00"}
    assert "No se pudo avisar antes de saberlo" in dario.post("incidents.tell_authority", early, status=422, **one)
    dario.post("incidents.tell_authority", {**early, "day": "2027-03-20"}, **one)
    dario.post("incidents.note", {"note": "La lista tenía once nombres, no veinte."}, **one)
    page = dario.post("incidents.close", {"note": "Las listas se guardan ahora bajo llave."}, status=200, follow=True, **one)
    assert "Avisado a tiempo" in page and not page.soup.select("main form.form")
    assert "cerrado" in dario.get("incidents.index", slug="cusco")
    with app.app_context():
        assert audit.verdict().is_sound
        bodies = " ".join(entry.body if isinstance(entry.body, str) else entry.body.decode() for entry in audit.entries_from(1))
        assert "incidents.told-authority" in bodies and '"within_48_hours":true' in bodies.replace(" ", "")
        assert "mostrador" not in bodies and ROSA.email not in bodies


def test_what_is_missing_is_said_and_nothing_typed_is_lost(app, world, dario):
    page = dario.post("incidents.record", {**GIVEN, "hour": "", "affected": ""}, slug="cusco", status=422)
    assert "Escriba el día y la hora" in page and "Elija a quiénes toca" in page
    assert GIVEN["happened"] in page.soup.find(id="happened").get_text()


def test_nobody_else_reads_them(app, world, dario):
    dario.post("incidents.record", {**GIVEN, "affected": "nobody", "process_slug": ""}, slug="cusco")
    for person in EVERYBODY:
        if person is not DARIO:
            assert Browser(app).sign_in(person).client.get("/mesa/espacios/cusco/incidentes/1").status_code == 403


def test_the_officer_is_named_on_the_page_of_personal_data(app, world, monkeypatch):
    page = Browser(app).get("portal.privacy")
    assert "foro@example.pe" in page
    monkeypatch.setitem(app.config, "DATA_OFFICER", "Lic. Ada Ríos")
    monkeypatch.setitem(app.config, "DATA_OFFICER_EMAIL", "datos@example.pe")
    page = Browser(app).get("portal.privacy")
    assert "Lic. Ada Ríos" in page and page.soup.find("a", href="mailto:datos@example.pe")
    assert SARA.email not in page
