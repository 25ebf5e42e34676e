"""From what somebody asked for to a project: refused with its reason, appealed by its author on a phone, judged again by others."""

import pytest
from playwright.sync_api import expect

from app.budgeting.rules import RoundState
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.pages.projects import REFUSAL, ProjectDesk

pytestmark = pytest.mark.browser
SLUG, ADDRESS = "presupuesto-participativo-2027", "maruja.ccahua@example.pe"
APPEAL = (
    "El local que proponemos es el municipal de la calle Ayacucho, no el alquilado: hubo un error con la dirección. Pedimos que lo vean."
)
DECISION = (
    "Quien evaluó miró la dirección de otro local, que sí está alquilado. El que se propuso es municipal, como dice el aporte. Corresponde "
    "que otras personas lo evalúen otra vez con la dirección correcta."
)
UNMET = "Situación legal del terreno"


def test_a_refused_project_is_appealed_and_becomes_admissible(visit: Visit, site: DemonstrationSite) -> None:
    site.bring_round_to(SLUG, RoundState.TECHNICAL_EVALUATION)
    citizen = visit(size=PHONE, forgive=("status of 422",))
    citizen.goto("/proyectos/PP27-PR-005")
    origin = citizen.locator("section[aria-labelledby=origen] .meta span").first.inner_text()

    tomas = ProjectDesk(visit("tomas", forgive=("status of 422",)), SLUG)
    code = tomas.write_from(origin, "Almuerzo y compañía para las personas mayores de Poroy")
    tomas.assign(code, "Tomás Yupanqui Cárdenas")
    tomas.declare(code)
    tomas.find(UNMET)
    tomas.send()
    expect(tomas.page.locator(".error-summary")).to_contain_text("Diga si el proyecto es admisible o no")
    tomas.refuse()
    tomas.send()
    citizen.goto(f"/proyectos/{code}")
    expect(citizen.get_by_role("main")).not_to_contain_text("alquilado")  # nothing before it is published

    yeni = ProjectDesk(visit("yeni"), SLUG)
    yeni.approve(code)
    yeni.publish_evaluations()
    citizen.reload()
    expect(citizen.get_by_role("main")).to_contain_text(REFUSAL)
    citizen.goto(f"{site.private_link(origin, ADDRESS)}/{origin}/proyectos/{code}")
    citizen.get_by_label("Por qué pide que se revise").fill("No.")
    citizen.get_by_role("button", name="Presentar la apelación").click()
    expect(citizen.locator(".error-summary")).to_contain_text("Explique por qué")
    citizen.get_by_label("Por qué pide que se revise").fill(APPEAL)
    citizen.get_by_role("button", name="Presentar la apelación").click()
    expect(citizen.get_by_role("main")).to_contain_text("La decide alguien que no evaluó ni aprobó")

    sara = ProjectDesk(visit("sara"), SLUG)
    sara.uphold(code, DECISION)
    tomas.assign(code, "Nélida Ccori Huanca")
    nelida = ProjectDesk(visit("nelida"), SLUG)
    nelida.declare(code)
    nelida.find()
    nelida.admit()
    nelida.send()
    sara.approve(code)
    yeni.publish_evaluations()

    citizen.goto(f"/proyectos/{code}")
    main = citizen.get_by_role("main")
    expect(main).to_contain_text("Procede: se evalúa otra vez.")
    expect(main).to_contain_text(APPEAL)
    expect(main.locator(".project-state")).to_contain_text("Admisible")
    assert citizen.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    citizen.goto(f"/aportes/{origin}")
    expect(citizen.get_by_role("main")).to_contain_text("En qué proyecto se convirtió")
