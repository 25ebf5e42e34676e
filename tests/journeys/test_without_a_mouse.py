"""What a citizen does, with the keyboard alone; and at every step nothing for axe to say."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.access.looking import ask_axe
from tests.journeys import neighbourhood
from tests.journeys.cable import Cable
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.journeys.device import cable, device
from tests.journeys.mailbox import Mailbox
from tests.journeys.test_a_comment_is_moderated import A_PERSON_READS_MS, a_public_contribution
from tests.journeys.test_keyboard_only import tab_to

__all__ = ["cable", "device"]
pytestmark = pytest.mark.browser
PROCESS = f"/procesos/{neighbourhood.SLUG}"


def press(page: Any, role: str, name: str) -> None:
    """Tab to it and press Enter."""
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)
    page.keyboard.press("Enter")


def type_in(page: Any, label: str, words: str) -> None:
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.type(words)


def arrive(page: Any, heading: str) -> None:
    """A new page: its heading is there, and axe has nothing to say."""
    page.get_by_role("heading", level=1, name=heading).wait_for()
    assert ask_axe(page) == []


def straight_to_the_content(page: Any) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_somebody_without_an_account_contributes(visit: Visit) -> None:
    page = visit(forgive=("status of 422",))
    page.goto(PROCESS)
    straight_to_the_content(page)
    press(page, "link", "Presentar un aporte")
    arrive(page, "Presentar un aporte")
    type_in(page, "¿Qué quiere decir?", "La cuesta San Blas no tiene baranda y de noche no se ve. Pido una baranda y dos faroles.")
    tab_to(page, page.get_by_role("radio", name="Con mi nombre completo"))
    page.keyboard.press("ArrowDown")
    press(page, "button", "Enviar aporte")

    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()  # what is wrong is read at once, whatever the reader does with alerts
    assert ask_axe(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    name = page.get_by_label("Su nombre y apellidos")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description(re.compile("Error:"))
    page.keyboard.type("Benita Quispe Ttito")
    page.keyboard.press("Enter")  # sends the form: no other button of it is meant
    arrive(page, "Recibimos su aporte")


def test_somebody_comments_and_supports(visit: Visit) -> None:
    code = a_public_contribution(visit)
    page = visit("rosa")
    page.goto(f"/aportes/{code}")
    straight_to_the_content(page)
    press(page, "link", "Comentar")
    arrive(page, "Comentar")
    tab_to(page, page.get_by_role("radio", name="A favor"))
    page.keyboard.press("Space")
    type_in(page, "Su comentario", "De acuerdo, y que avisen a los vecinos antes de cerrar el paso.")
    page.wait_for_timeout(A_PERSON_READS_MS)
    press(page, "button", "Publicar comentario")
    page.get_by_text("ya está publicado").wait_for()
    assert ask_axe(page) == []
    page.goto(f"/aportes/{code}")
    straight_to_the_content(page)
    press(page, "link", "Apoyar")
    press(page, "button", "Apoyar este aporte")
    page.get_by_text("1 persona apoya este aporte").wait_for()
    assert ask_axe(page) == []


def test_somebody_opens_an_account(visit: Visit, site: DemonstrationSite, mailbox: Mailbox) -> None:
    page, address = visit(size=PHONE, forgive=("status of 422",)), "domitila@example.pe"
    page.goto("/ingresar")
    straight_to_the_content(page)
    press(page, "link", "Crear una cuenta")
    arrive(page, "Crear una cuenta")
    type_in(page, "Correo electrónico", address)
    page.keyboard.press("Enter")
    arrive(page, "Escriba el código")
    site.send_mail(mailbox.port)
    found = re.search(r"\b(\d{4}) ?(\d{4})\b", mailbox.words_to(address, ""))
    assert found
    type_in(page, "Código", "0000 0000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert ask_axe(page) == []
    tab_to(page, page.get_by_label("Código").first)
    page.keyboard.press("Control+A")
    page.keyboard.type(found.group(1) + found.group(2))
    page.keyboard.press("Enter")
    arrive(page, "Sus datos para la cuenta")
    press(page, "button", "Crear mi cuenta")
    expect(page.get_by_role("alert")).to_be_focused()
    assert ask_axe(page) == []
    type_in(page, "nombre", "Domitila Huillca Ccori")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("checkbox").last)
    page.keyboard.press("Space")
    press(page, "button", "Crear mi cuenta")
    page.get_by_text("Su cuenta está lista").wait_for()
    assert ask_axe(page) == []


def test_somebody_looks_for_answers(visit: Visit) -> None:
    page = visit(size=PHONE)
    page.goto("/procesos/plan-cusco-2027/respuestas")
    straight_to_the_content(page)
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("agua")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=agua"))
    expect(page.get_by_role("status").first).to_be_visible()
    assert ask_axe(page) == []
    tab_to(page, page.locator(".answer-card__title a").first)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/aportes/"))
    page.go_back()
    tab_to(page, page.locator(".filter-chips a").nth(1))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("resultado="))
    expect(page.locator(".filter-chips [aria-current]").first).to_be_visible()


def test_somebody_captures_a_workshop_without_signal(device: Any, cable: Cable) -> None:
    laptop = device()
    page = laptop.made_ready()
    cable.cut()
    page.reload()
    page.wait_for_selector("#captura[data-started]")
    for words in ("Que el bus suba hasta la losa.", "Que la posta abra los sábados."):
        tab_to(page, page.locator("#text"))
        page.keyboard.type(words)
        tab_to(page, page.locator("#speaker"))
        page.keyboard.type("Juana Mamani")
        press(page, "button", "Guardar y seguir")
        expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#por-enviar li")).to_have_count(2)
    expect(page.locator("#sync")).to_contain_text("Sin señal")
    assert page.locator("#sync").get_attribute("role") == "status" or page.locator("#sync").get_attribute("aria-live")
    assert ask_axe(page) == []
    cable.mend()
    expect(page.locator("#recogidos-lista li")).to_have_count(2, timeout=20_000)
    assert ask_axe(page) == []
