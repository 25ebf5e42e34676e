"""The people of the desks whom no other journey follows: who appoints, who helps from the town hall, who reviews and changes nothing."""

import pytest
from playwright.sync_api import expect

from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.pages.accounts import SignInPage
from tests.pages.contributions import CaptureSheet

pytestmark = pytest.mark.browser
PEOPLE = "/mesa/espacios/cusco/personas"
DESK = "/mesa/procesos/plan-cusco-2027"
INVITED, NAME = "yolanda@example.pe", "Yolanda Ccori Mayta"


def test_the_administrator_appoints_and_ends_and_opens_no_content(visit: Visit) -> None:
    dario = visit("dario", forgive=("status of 403",))
    dario.goto(PEOPLE)
    dario.get_by_label("Nombre").first.fill(NAME)
    dario.get_by_label("Correo").fill(INVITED)
    dario.get_by_label("Rol").select_option("FAC")
    dario.get_by_label("Documento que lo nombra").fill("Resolución 77-2027")
    dario.get_by_role("button", name="Nombrar", exact=True).click()
    first = dario.get_by_role("main").locator("code").first.inner_text()  # this site sends no letters, so it is given by hand
    assert dario.goto(f"{DESK}/responder").status == 403

    yolanda = visit(size=PHONE, forgive=("status of 403",))
    SignInPage(yolanda).enter(INVITED, first)
    yolanda.goto(f"/mesa/procesos/{neighbourhood.SLUG}/actividades")
    yolanda.get_by_role("heading", level=1).wait_for()

    dario.goto(PEOPLE)
    dario.get_by_role("button", name=f"Terminar el rol de {NAME}").click()
    dario.get_by_role("heading", level=1, name="Personas y roles").wait_for()
    assert yolanda.goto(f"/mesa/procesos/{neighbourhood.SLUG}/actividades").status == 403, "a role that ended opens nothing"


def test_the_town_hall_writes_down_what_a_workshop_said(visit: Visit) -> None:
    tomas = visit("tomas", forgive=("status of 403",))
    tomas.goto(f"/mesa/procesos/{neighbourhood.SLUG}/actividades/{neighbourhood.WORKSHOP}/captura")
    sheet = CaptureSheet(tomas)
    sheet.say("Que la pileta de la calle Fierro tenga caño de cierre.", speaker="Hilaria Ttito")
    expect(sheet.kept.filter(has_text="pileta de la calle Fierro")).to_have_count(1)
    assert tomas.goto(f"/mesa/procesos/{neighbourhood.SLUG}/moderacion").status == 403, "what is let through is decided by another person"


def test_the_reviewer_reads_the_facts_and_finds_nothing_to_press(visit: Visit) -> None:
    vera = visit("vera", forgive=("status of 403",))
    for part in ("cronograma", "requisitos", "firmas", "evaluacion", "replicas"):
        vera.goto(f"{DESK}/{part}")
        vera.get_by_role("heading", level=1).wait_for()
        pressed = vera.get_by_role("main").locator("form[method=post]")
        assert pressed.count() == 0, f"{part}: {pressed.first.evaluate('form => form.outerHTML')[:200]}"
    assert vera.goto(f"{DESK}/responder").status == 403
