"""The pages as a screen reader meets them: landmarks and names in their order, and what changes is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import neighbourhood
from tests.journeys.conftest import Visit
from tests.pages.pile import PilePage

pytestmark = pytest.mark.browser
FRAME = """
- link "Saltar al contenido"
- navigation "Idioma"
- banner:
  - link /Minka/
  - navigation "Principal":
    - list
  - paragraph:
    - link "Ingresar"
- main:
  - heading [level=1]
- contentinfo
"""
READ_WITH_IT = """field => {
  const told = field.type === "radio" ? field.closest("fieldset") : field;
  return told.getAttribute("aria-describedby").split(" ").map(id => document.getElementById(id).textContent).join(" ");
}"""
CUSCO = "/procesos/plan-cusco-2027"
MAIN = {
    "home": "/", "processes": "/procesos", "process": CUSCO, "schedule": f"{CUSCO}/cronograma", "answers": f"{CUSCO}/respuestas",
    "answer": "/aportes/CUS27-C-0001/respuesta", "contribution": "/aportes/CUS27-C-0001", "contributions": f"{CUSCO}/aportes",
    "map": f"{CUSCO}/mapa", "plan": f"{CUSCO}/plan", "tracker": "/procesos/plan-sicaya-2026/plan/seguimiento",
    "form": f"/procesos/{neighbourhood.SLUG}/aportes/nuevo", "register": "/registro", "forum": "/foro/cusco", "sign in": "/ingresar",
}  # fmt: skip


def test_the_frame_of_every_page_is_the_same(visit: Visit) -> None:
    page = visit()
    for address in MAIN.values():
        page.goto(address)
        expect(page.locator("body")).to_match_aria_snapshot(FRAME)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.title().startswith(str(page.get_by_role("heading", level=1).text_content()).strip()), address


def test_an_answer_is_read_in_the_order_a_person_asks(visit: Visit) -> None:
    page = visit()
    page.goto(MAIN["answer"])
    heads = page.get_by_role("main").get_by_role("article").first.get_by_role("heading").all_inner_texts()
    assert heads[:5] == ["Qué se dijo", "Qué se decidió", "Por qué", "Dónde se refleja", "Quién responde y cuándo"]


def test_fields_say_what_they_are_and_what_is_wrong_with_them(visit: Visit) -> None:
    page = visit(forgive=("status of 422",))
    page.goto(MAIN["form"])
    hint = re.compile("Cuente qué pasa, dónde y qué propone")
    expect(page.get_by_role("textbox", name="¿Qué quiere decir?")).to_have_accessible_description(hint)
    expect(page.get_by_role("group", name="¿Cómo quiere que aparezca su nombre?")).to_be_visible()
    page.get_by_role("button", name="Enviar aporte").click()
    wrong = page.get_by_role("alert")
    expect(wrong).to_have_accessible_name("Falta corregir")
    for line in wrong.get_by_role("link").all():
        line.click()
        words = str(line.inner_text()).split(": ", 1)[1]
        assert words in page.locator(":focus").evaluate(READ_WITH_IT)


def test_what_changes_while_an_answer_is_written_is_told(visit: Visit) -> None:
    page = visit("ana")
    pile = PilePage(page, "plan-cusco-2027")
    pile.open(pile.codes[0])
    checks = page.locator("#checks")
    expect(checks).to_have_attribute("aria-live", "polite")
    before = checks.inner_text()
    page.evaluate("window.region = document.getElementById('checks')")
    page.get_by_label("Por qué, dirigido").fill("No.")
    expect(checks).not_to_have_text(before)
    assert page.evaluate("window.region === document.getElementById('checks') && window.region.isConnected")


def test_who_records_and_who_writes_offline_is_told(visit: Visit) -> None:
    page = visit("ines")
    page.goto(f"/mesa/procesos/{neighbourhood.SLUG}/actividades/{neighbourhood.WORKSHOP}/captura")
    expect(page.locator("#sync")).to_have_role("status")
    page = visit()
    page.goto(MAIN["form"])
    expect(page.locator("#guardado")).to_have_role("status")
    expect(page.locator("#parecidos")).to_have_attribute("aria-live", "polite")
