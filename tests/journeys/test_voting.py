"""Voting in a real browser: a phone without scripts, the keyboard alone with them, and a booth that forgets."""

import pytest

from app.demo.services.voting import TO_TRY, code_of
from tests.journeys.conftest import PHONE, Visit

pytestmark = pytest.mark.browser
VOTE = "/procesos/presupuesto-sicaya-2027/votaciones/elija-las-obras-de-sicaya-2027"


def test_on_a_phone_without_scripts_somebody_votes_with_a_printed_code(visit: Visit) -> None:
    page = visit(size=PHONE, javascript=False)
    page.goto(f"{VOTE}/votar")
    page.fill("#token", code_of(11).lower())
    page.click("text=Entrar con el código")
    page.check("#p8")
    page.click("#actualizar")
    assert "Quedan S/ 164,000" in page.inner_text("#barra")
    assert "No alcanza: faltan S/\u00a08,000" in page.inner_text(".project[data-number='3']")
    page.click("text=Revisar y confirmar")
    page.click("text=Volver y cambiar")
    assert page.is_checked("#p8")
    page.click("text=Revisar y confirmar")
    page.click("#votar")
    code = page.inner_text(".copy-code__code")
    page.goto(f"{VOTE}/comprobar")
    page.fill("#receipt", code)
    page.click("text=Comprobar")
    assert "Sí está" in page.inner_text("main")


def test_with_the_keyboard_alone_what_does_not_fit_is_said_and_not_marked(visit: Visit) -> None:
    page = visit()
    page.goto(f"{VOTE}/votar")
    page.focus("#token")
    page.keyboard.type(code_of(12))
    page.keyboard.press("Enter")
    page.wait_for_selector("#papeleta")
    for number in ("8", "1", "3"):
        page.focus(f"#p{number}")
        page.keyboard.press("Space")
    assert page.is_checked("#p8") and page.is_checked("#p1") and not page.is_checked("#p3")
    assert "No alcanza" in page.inner_text("#p3-falta") and page.get_attribute("#p3", "aria-disabled") == "true"
    assert page.inner_text("#queda") == "Quedan S/ 16,000"
    page.focus("text=Revisar y confirmar")
    page.keyboard.press("Enter")
    page.wait_for_selector("#votar")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_booth_hands_over_and_forgets(visit: Visit) -> None:
    officer, booth = visit("ines2"), visit(size=PHONE)
    officer.goto(f"/mesa{VOTE}/atencion")
    officer.fill("#place", "Salón comunal")
    officer.fill("#pin", "918273")
    officer.click("text=Abrir la cabina")
    address = officer.inner_text("main code")
    booth.goto(address)
    booth.fill("#document", TO_TRY[2])
    booth.fill("#pin", "918273")
    booth.click("text=Entregar la papeleta")
    booth.check("#p4")
    assert TO_TRY[2] not in booth.content()
    booth.click("text=Revisar y confirmar")
    booth.click("#votar")
    booth.click("text=Terminar")
    assert "Cabina" in booth.inner_text("h1")
    booth.go_back()  # the receipt again, which is gone; what came before it is in no cache
    assert "se muestra una sola vez" in booth.inner_text("h1") and booth.locator(".copy-code__code").count() == 0
