"""The clerk who keys sheets with the keyboard alone, and the citizen who reads the stub; photos from a phone without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories.files import picture
from tests.journeys import neighbourhood
from tests.journeys.conftest import PHONE, Visit
from tests.pages.contributions import ContributionForm, Said

pytestmark = pytest.mark.browser
DESK = f"/mesa/procesos/{neighbourhood.SLUG}/hojas"
FORM = f"/procesos/{neighbourhood.SLUG}/aportes/nuevo"


def test_a_clerk_keys_two_sheets_without_touching_the_mouse(visit: Visit) -> None:
    clerk = visit("sara")
    clerk.goto(DESK)
    clerk.get_by_label("¿Cuántas hojas?").fill("3")
    clerk.keyboard.press("Enter")
    stub = clerk.locator(".paper__code").first.inner_text()
    clerk.goto(DESK)
    clerk.get_by_role("link", name="Registrar desde la hoja").press("Enter")
    for words in ("Que pinten el cruce peatonal de la escuela de Picchu Alto.", "Que el mercado tenga baños limpios y abiertos."):
        expect(clerk.get_by_label("Qué dijo")).to_be_focused()
        clerk.keyboard.type(words)
        for _field in range(40):
            clerk.keyboard.press("Tab")
            focused = clerk.evaluate("[document.activeElement.name, document.activeElement.textContent]")
            if focused[0] == "speaker":
                clerk.keyboard.type("Lucía Puma")
            if "Guardar y seguir" in focused[1]:
                break
        clerk.keyboard.press("Enter")
        clerk.get_by_text("registrada:").wait_for()
    clerk.goto(DESK)
    expect(clerk.get_by_text("3 impresas = 2 registradas")).to_be_visible()
    citizen = visit(size=PHONE, javascript=False)
    citizen.goto(f"/aportes?codigo={stub}")
    expect(citizen.get_by_text("Su aporte tiene el código")).to_be_visible()


def test_a_photo_is_added_without_scripts_after_the_words_are_safe(visit: Visit, tmp_path: Path) -> None:
    photo = tmp_path / "escalera.jpg"
    photo.write_bytes(picture(place=True))
    citizen = visit(size=PHONE, javascript=False)
    citizen.goto(FORM)
    form = ContributionForm(citizen)
    form.fill(Said("La escalera de la calle Tandapata tiene tres peldaños rotos. Pido que los cambien."))
    form.send()
    citizen.get_by_role("link", name="Fotos y audio de este aporte").click()
    citizen.get_by_label("Foto", exact=True).set_input_files(photo)
    citizen.get_by_role("button", name="Subir la foto").click()
    expect(citizen.get_by_role("link", name="Foto 1")).to_be_visible()


def test_a_citizen_changes_and_then_withdraws_from_the_receipt(visit: Visit) -> None:
    citizen = visit(size=PHONE)
    citizen.goto(FORM)
    form = ContributionForm(citizen)
    form.fill(Said("El semáforo de la avenida Ejército no funciona desde enero. Pido que lo arreglen."))
    receipt = form.send()
    code = receipt.code
    citizen.get_by_role("link", name="Cambiar el texto").click()
    citizen.get_by_label("¿Qué quiere decir?").fill("El semáforo de la avenida Ejército no funciona desde enero y hubo dos choques.")
    citizen.get_by_role("button", name="Guardar el cambio").click()
    expect(citizen.get_by_text("hubo dos choques").first).to_be_visible()
    citizen.get_by_role("link", name="Retirarlo", exact=True).click()
    citizen.get_by_role("radio", name="Lo que pedía ya se resolvió").check()
    citizen.get_by_role("button", name="Retirar mi aporte").click()
    expect(citizen.get_by_text("Usted lo retiró")).to_be_visible()
    citizen = visit(forgive=("status of 410",))
    citizen.goto(f"/aportes/{code}")
    expect(citizen.get_by_text("lo que pedía ya se resolvió")).to_be_visible()
