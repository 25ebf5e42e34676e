"""Somebody whose organisation named them delegate registers on a phone; the municipal team accredits them the same day."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.accounts import queries as accounts
from app.budgeting import services
from app.budgeting.rules.course import OpeningDraft
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.factory import create_app
from app.processes import queries as processes
from app.processes.rules.states import ProcessKind
from config import Config
from tests.factories.rounds import a_calendar, norm
from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite

pytestmark = pytest.mark.browser
BASE = f"/procesos/{neighbourhood.SLUG}/presupuesto"


@pytest.fixture
def open_round(site: DemonstrationSite) -> Iterator[None]:
    """The process that is open today gets a round whose registration is open today."""
    app = create_app(Config(site.environ))
    with app.app_context():
        process, tomas = processes.process_by_slug(neighbourhood.SLUG), accounts.person_by_email("tomas@demo.example.pe")
        assert process and tomas
        process.kind, now = ProcessKind.BUDGET, clock.now()
        text = norm(dated_on=lima_day(now) - timedelta(days=3))
        round_ = services.open_round(
            process, OpeningDraft(lima_day(now).year + 1, 50_000_000), text, upload=None, person_id=tomas.id, now=now
        )
        services.publish_calendar(round_, a_calendar(lima_day(now)), "", version=0, person_id=tomas.id, now=now)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    yield


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_citizen_registers_as_an_agent_on_a_phone_and_is_accredited(open_round: None, visit: Visit) -> None:
    mateo = visit("mateo", size=PHONE, forgive=("status of 422",))
    mateo.goto(BASE)
    assert fits(mateo)
    mateo.get_by_role("link", name="Inscribirme como agente").click()
    mateo.get_by_label("Organización o institución a la que representa").fill("Junta Vecinal Picchu Alto")
    mateo.get_by_role("button", name="Enviar mi inscripción").click()
    expect(mateo.get_by_role("alert")).to_contain_text("Elija el distrito")
    expect(mateo.get_by_label("Organización o institución a la que representa")).to_have_value("Junta Vecinal Picchu Alto")
    mateo.get_by_role("combobox", name="Distrito").select_option(label="Cusco")
    mateo.get_by_label("Sé que mi nombre").check()
    assert fits(mateo)
    mateo.get_by_role("button", name="Enviar mi inscripción").click()
    expect(mateo.get_by_role("main")).to_contain_text("Su inscripción está registrada con el número 1")

    tomas = visit("tomas", size=PHONE)
    tomas.goto("/mesa")
    tomas.get_by_role("link", name="1 agente por acreditar").click()
    tomas.get_by_role("link", name="Mateo Condori Rojas").click()
    assert fits(tomas)
    tomas.get_by_role("radio", name="Acreditar", exact=True).check()
    tomas.get_by_role("button", name="Guardar la decisión").click()
    expect(tomas.get_by_role("main")).to_contain_text("Está acreditado.")

    mateo.reload()
    mateo.get_by_role("link", name="Imprimir mi credencial").click()
    expect(mateo.get_by_role("main")).to_contain_text("Con voz y voto")
    public = visit(size=PHONE)
    public.goto(f"{BASE}/agentes")
    expect(public.get_by_role("main")).to_contain_text("Mateo Condori Rojas")
    assert fits(public) and "@" not in public.get_by_role("main").inner_text()
