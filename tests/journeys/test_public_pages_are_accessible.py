"""Every page that anybody may open, and the desks: nothing for axe to say, nothing wider than a phone, nothing that jumps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.journeys import neighbourhood
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.pages.contributions import Said
from tests.pages.portal import ProcessPage
from tests.pages.processes import ProcessDesk

pytestmark = pytest.mark.browser
CUSCO, NATIONAL, OPEN = "/procesos/plan-cusco-2027", "/procesos/plan-nacional-7", f"/procesos/{neighbourhood.SLUG}"
PUBLIC = {
    "home": "/",
    "processes": "/procesos",
    "process": CUSCO,
    "process that has not begun": NATIONAL,
    "process that is open": OPEN,
    "schedule": f"{CUSCO}/cronograma",
    "version": f"{CUSCO}/cronograma/versiones/1",
    "differences": f"{CUSCO}/cronograma/diferencias/1/2",
    "contributions": f"{CUSCO}/aportes",
    "contributions found": f"{CUSCO}/aportes?q=agua&respuesta=si&tema=agua-residuos",
    "contributions not found": f"{CUSCO}/aportes?q=zzzzzz",
    "story": "first of contributions",
    "answers": f"{CUSCO}/respuestas",
    "answers filtered": f"{CUSCO}/respuestas?resultado=adopted",
    "answer": "first of answers",
    "waiting": f"{CUSCO}/respuestas/pendientes",
    "plan": f"{CUSCO}/plan",
    "activity held": f"{CUSCO}/actividades/taller-ccorca",
    "activity to come": f"{CUSCO}/actividades/asamblea-validacion",
    "registration": f"{CUSCO}/actividades/asamblea-validacion/inscripcion",
    "contribution form": f"{OPEN}/aportes/nuevo",
    "contribution form closed": f"{CUSCO}/aportes/nuevo",
    "code not found": "/aportes?codigo=CUS27-C-9999",
    "register": "/registro",
    "open data": "/datos",
    "help": "/ayuda",
    "privacy": "/privacidad",
    "accessibility": "/accesibilidad",
    "sign in": "/ingresar",
    "not found": "/nada-por-aqui",
}
STAFF = {
    "sara": ("/mesa", "/mesa/procesos", "/mesa/procesos/plan-cusco-2027", "/mesa/procesos/plan-cusco-2027/cronograma",
             "/mesa/procesos/plan-cusco-2027/importar", "/mesa/procesos/plan-cusco-2027/publicacion", "/mesa/procesos/plan-cusco-2027/plan",
             "/mesa/espacios/cusco/procesos/nuevo", f"/mesa{OPEN}/temas"),
    "felix": ("/mesa", "/mesa/procesos/plan-cusco-2027/firmas", "/mesa/procesos/plan-cusco-2027/plan/aprobacion"),
    "ines": ("/mesa", f"/mesa{OPEN}/actividades", f"/mesa{OPEN}/actividades/{neighbourhood.WORKSHOP}/captura",
             "/mesa/procesos/plan-cusco-2027/actividades/taller-ccorca"),
    "marco": ("/mesa", f"/mesa{OPEN}/moderacion", "/mesa/procesos/plan-cusco-2027/moderacion?ver=ocultos"),
    "ana": ("/mesa", "/mesa/procesos/plan-cusco-2027/responder", "first of pile"),
    "dario": ("/mesa", "/mesa/espacios/cusco/personas", "/mesa/clave"),
}  # fmt: skip
FIRSTS = {
    "first of contributions": (f"{CUSCO}/aportes", ".contribution-card__title a"),
    "first of answers": (f"{CUSCO}/respuestas", ".answer-card__title a"),
    "first of pile": ("/mesa/procesos/plan-cusco-2027/responder", ".pile a"),
}
EVERY_RULE = {"resultTypes": ["violations"]}
COLOURS = {**EVERY_RULE, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
MOST_SHIFT = 0.02
WATCH_SHIFTS = """window.shifted = 0; window.shifting = [];
new PerformanceObserver(list => { for (const entry of list.getEntries()) {
    window.shifted += entry.value;
    window.shifting.push(...entry.sources.map(source => source.node?.outerHTML?.slice(0, 120) ?? ""));
  } })
  .observe({type: "layout-shift", buffered: true});"""


@dataclass
class Reader:
    """One person with one page; reads an address in both lights and says what is wrong with it."""

    page: Any
    width: int

    def read(self, address: str) -> Iterator[str]:
        if address in FIRSTS:
            listing, link = FIRSTS[address]
            self.page.goto(listing)
            address = str(self.page.locator(link).first.get_attribute("href"))
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(address, wait_until="load")
        expected = 404 if address in (PUBLIC["not found"], PUBLIC["code not found"]) else 200
        if answer.status != expected:
            yield f"{address} answers {answer.status}"
        yield from self.shape(address)
        yield from self.ask_axe(address, EVERY_RULE)
        self.page.emulate_media(color_scheme="dark")
        yield from self.ask_axe(f"{address} in the dark", COLOURS)

    def shape(self, address: str) -> Iterator[str]:
        wide, shifted, what = self.page.evaluate("[document.documentElement.scrollWidth, window.shifted, window.shifting]")
        if wide > self.width:
            yield f"{address} is {wide} px wide on a screen of {self.width}"
        if shifted >= MOST_SHIFT:
            yield f"{address} at {self.width} shifts by {shifted:.3f}: {what}"

    def ask_axe(self, address: str, options: dict[str, Any]) -> Iterator[str]:
        self.page.evaluate(f"if (!window.axe) {{ {AXE_SCRIPT} }}")
        found = self.page.evaluate(f"axe.run({json.dumps(options)}).then(results => results.violations)")
        for violation in found:
            for node in violation["nodes"][:3]:
                what, why = node["html"][:160], node["failureSummary"][:300]
                yield f"{address} at {self.width}: {violation['id']} ({violation['impact']}) {what} {why}"


def reader(visit: Visit, size: tuple[int, int], who: str = "") -> Reader:
    page = visit(who, size=size, forgive=("status of 404",))
    page.add_init_script(WATCH_SHIFTS)
    return Reader(page, size[0])


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_public_pages_have_nothing_for_axe_to_say(visit: Visit, size: tuple[int, int]) -> None:
    reads = reader(visit, size)
    assert "\n".join(trouble for address in PUBLIC.values() for trouble in reads.read(address)) == ""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_receipt_and_a_refused_form_have_nothing_for_axe_to_say(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size, forgive=("status of 422",))
    page.add_init_script(WATCH_SHIFTS)
    reads, form = Reader(page, size[0]), ProcessPage(page, neighbourhood.SLUG).contribute()
    form.fill(Said("Que se arregle el caño de la plazoleta.", name=""))
    form.send_button.click()
    form.errors.wait_for()
    refused = [*reads.shape("the refused form"), *reads.ask_axe("the refused form", EVERY_RULE)]
    form.fill(Said("Que se arregle el caño de la plazoleta."))
    form.send()
    assert "\n".join([*refused, *reads.shape("the receipt"), *reads.ask_axe("the receipt", EVERY_RULE)]) == ""


@pytest.mark.parametrize("who", STAFF)
def test_desks_have_nothing_for_axe_to_say(visit: Visit, who: str) -> None:
    readers = [reader(visit, size, who) for size in (PHONE, DESK)]
    assert "\n".join(trouble for reads in readers for address in STAFF[who] for trouble in reads.read(address)) == ""


def test_the_draft_of_a_schedule_has_nothing_for_axe_to_say(visit: Visit) -> None:
    desk = f"/mesa{OPEN}/cronograma"
    parts = ("fases/feedback", f"oportunidades/{neighbourhood.WORKSHOP}", "oportunidades/nueva", "revision")
    pages = (desk, *(f"{desk}/{part}" for part in parts))
    readers = [reader(visit, size, "sara") for size in (PHONE, DESK)]
    ProcessDesk(readers[0].page, neighbourhood.SLUG).change_schedule()
    assert "\n".join(trouble for reads in readers for address in pages for trouble in reads.read(address)) == ""


def test_every_public_page_says_the_same_without_javascript(visit: Visit) -> None:
    page, wrong = visit(javascript=False, size=PHONE, forgive=("status of 404",)), []
    for name, address in PUBLIC.items():
        if address in FIRSTS:
            listing, link = FIRSTS[address]
            page.goto(listing)
            page.locator(link).first.click()
            page.wait_for_load_state()
        else:
            page.goto(address)
        if page.get_by_role("heading", level=1).count() != 1 or not page.get_by_role("main").inner_text().strip():
            wrong.append(name)
    assert wrong == []
