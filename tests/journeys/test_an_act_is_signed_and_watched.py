"""From the chosen project to a promise that was kept: the act is signed by each with their account, and the committee watches it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.core import clock
from app.core.clock import lima_day
from tests.journeys.assembly import SLUG, WORK, gather
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.pages.agreements import ActDesk, VigilanceDesk

pytestmark = pytest.mark.browser
PUBLIC = f"/procesos/{SLUG}/presupuesto"
FOUND = "No hay cartel de obra"
WHAT = "Fuimos dos veces al lugar de la obra y no hay cartel con el monto, el plazo ni la empresa que la hará."
ASKED = "Que se ponga el cartel con el monto, el plazo y la empresa antes de mover tierra."
REPLY = "La gerencia pone el cartel esta semana, con el monto y el plazo que dice el acta."
CHECKED = "Volvimos al lugar y el cartel está puesto, con los datos completos."


def _fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_each_signs_with_their_account_and_the_committee_is_answered(visit: Visit, site: DemonstrationSite) -> None:
    code, today = gather(site), lima_day(clock.now())
    citizen = visit(size=PHONE, forgive=("status of 422",))
    tomas = visit("tomas", forgive=("status of 422",))
    act = ActDesk(tomas, SLUG)
    act.begin()
    act.press("Abrir el acta a firmas")
    expect(tomas.locator(".error-summary")).to_contain_text("unidad responsable")
    act.head(today, "Salón comunal de Picchu Alto", council=1, agents=2)
    act.line(WORK, "Gerencia de Infraestructura", today + timedelta(days=200))
    act.press("Abrir el acta a firmas")
    expect(tomas.get_by_role("main")).to_contain_text("Nadie ha firmado todavía")
    act.sign(post="Alcaldesa")
    tomas.goto(act.address)
    act.press("Publicar el acta")
    expect(tomas.locator(".error-summary")).to_contain_text("agentes")  # one signature is not an agreement

    phones = {key: visit(key, size=PHONE) for key in ("rosa", "mateo", "felix")}
    for page in phones.values():
        ActDesk(page, SLUG).sign()
        expect(page.get_by_role("main")).to_contain_text("Usted firmó este texto")
        assert _fits(page)
    tomas.goto(act.address)
    act.press("Publicar el acta")
    citizen.goto(f"{PUBLIC}/acta")
    expect(citizen.get_by_role("main")).to_contain_text("S/ 150,000.00")
    assert _fits(citizen)
    citizen.goto(f"/proyectos/{code}")
    expect(citizen.get_by_role("main")).to_contain_text("Es la línea 1 del acta")

    rosa = VigilanceDesk(phones["rosa"], SLUG)
    rosa.open()
    rosa.find(FOUND, f"1. {WORK}", WHAT, ASKED)
    citizen.goto(f"{PUBLIC}/vigilancia")
    expect(citizen.get_by_role("main")).not_to_contain_text(FOUND)  # one of four is no majority
    for page in (phones["mateo"], phones["felix"]):
        VigilanceDesk(page, SLUG).approve(FOUND)
        assert _fits(page)
    citizen.reload()
    expect(citizen.get_by_role("main")).to_contain_text("espera respuesta")

    entity = VigilanceDesk(tomas, SLUG)
    entity.choose(FOUND)
    entity.reply(REPLY, today + timedelta(days=10))
    rosa.choose(FOUND)
    rosa.close(CHECKED)
    citizen.reload()
    citizen.get_by_role("link", name=FOUND).click()
    for said in (WHAT, ASKED, REPLY, CHECKED):
        expect(citizen.get_by_role("main")).to_contain_text(said)
    assert _fits(citizen) and "resuelto" in citizen.inner_text("main")
