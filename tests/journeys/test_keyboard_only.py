"""Ana has no mouse: she enters, answers and saves with the keyboard, and always sees where she is."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.pages.feedback import Workbench

pytestmark = pytest.mark.browser
MOST_TABS = 80
WHERE_FOCUS_IS = """() => {
  const here = document.activeElement, look = getComputedStyle(here), around = here.closest("label");
  const shown = around && getComputedStyle(around).outlineStyle !== "none" ? getComputedStyle(around) : look;
  const box = here.getBoundingClientRect();
  return {tag: here.tagName, name: here.textContent.trim().slice(0, 40) || here.id,
          seen: shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 2,
          inside: box.top >= 0 && box.bottom <= innerHeight + 1};
}"""


def test_ana_answers_without_a_mouse(visit: Visit, site: DemonstrationSite) -> None:
    ana = visit()
    ana.goto("/mesa")
    tab_to(ana, ana.get_by_label("Correo"))
    ana.keyboard.type(site.emails["ana"])
    ana.keyboard.press("Tab")
    ana.keyboard.type(site.password)
    ana.keyboard.press("Enter")
    ana.get_by_role("heading", level=1, name="Mi mesa").wait_for()
    ana.goto("/mesa/procesos/plan-cusco-2027/responder")
    tab_to(ana, ana.get_by_role("link", name="Abrir el primero"))
    ana.keyboard.press("Enter")
    bench = Workbench(ana)
    tab_to(ana, ana.get_by_role("radio", name="Acogido", exact=True))
    ana.keyboard.press("ArrowDown")
    ana.keyboard.press("ArrowDown")
    expect(ana.get_by_role("radio", name="Ya contemplado")).to_be_checked()
    tab_to(ana, ana.get_by_label("Por qué, dirigido"))
    ana.keyboard.type("Usted pidió saber qué pasa con su trámite.")
    tab_to(ana, ana.get_by_role("button", name="Guardar borrador"))
    ana.keyboard.press("Enter")
    ana.get_by_text("Guardado").first.wait_for()
    assert ana.get_by_label("Por qué, dirigido").input_value() == "Usted pidió saber qué pasa con su trámite."
    expect(bench.errors).to_have_count(0)


@pytest.mark.parametrize("address", ["/", "/procesos/plan-cusco-2027/respuestas"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_stop_of_the_tab_key_is_seen(visit: Visit, address: str, scheme: str) -> None:
    page = visit(scheme=scheme, size=PHONE)
    page.goto(address)
    hidden = []
    for _ in range(25):
        page.keyboard.press("Tab")
        focus = page.evaluate(WHERE_FOCUS_IS)
        if focus["tag"] == "BODY":
            break
        if not (focus["seen"] and focus["inside"]):
            hidden.append(focus)
    assert hidden == []


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit()
    page.goto("/procesos/plan-cusco-2027")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Saltar al contenido")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('contenido').contains(document.activeElement)")


def tab_to(page: Any, target: Any) -> None:
    for _ in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the Tab key does not reach {target}")
