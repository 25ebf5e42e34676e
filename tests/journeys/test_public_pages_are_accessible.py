"""Every page that anybody may open, and the desks: nothing for axe to say, nothing wider than a phone, nothing that jumps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.access.looking import NARROW, OPEN_EVERYTHING, QUESTIONS
from tests.journeys import neighbourhood
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.journeys.found import public_pages
from tests.pages.contributions import Said
from tests.pages.letters import MinePage
from tests.pages.pile import PilePage
from tests.pages.portal import ProcessPage
from tests.pages.processes import ProcessDesk

pytestmark = pytest.mark.browser
COUNCIL, CALL, SICAYA = "/foro/cusco", "/convocatorias/concurso-de-entidades-para-el-septimo-plan", "/procesos/plan-sicaya-2026"
CUSCO, NATIONAL, OPEN = "/procesos/plan-cusco-2027", "/procesos/plan-nacional-7", f"/procesos/{neighbourhood.SLUG}"
ROUND = {"budgeting.show", "projects.show", "voting.show", "scrutiny.results", "agreements.show", "vigilance.finding"}
STATES = {
    "process that has not begun": NATIONAL,
    "process that is open": OPEN,
    "process with a round": "/procesos/presupuesto-sicaya-2027",
    "contributions found": f"{CUSCO}/aportes?q=agua&respuesta=si&tema=agua-residuos",
    "contributions not found": f"{CUSCO}/aportes?q=zzzzzz",
    "answers filtered": f"{CUSCO}/respuestas?resultado=adopted",
    "activity held": f"{CUSCO}/actividades/taller-ccorca",
    "activity to come": f"{CUSCO}/actividades/asamblea-validacion",
    "registration": f"{CUSCO}/actividades/asamblea-validacion/inscripcion",
    "contribution form": f"{OPEN}/aportes/nuevo",
    "contribution form closed": f"{CUSCO}/aportes/nuevo",
    "code": "/aportes",
    "code not found": "/aportes?codigo=CUS27-C-9999",
    "following asked": "/registro/seguir/gracias",
    "minutes": f"{COUNCIL}/reuniones/segunda-sesion-ordinaria-del-consejo/acta/1",
    "application": f"{CALL}/postular",
    "matrix the other way": f"{CUSCO}/plan/matriz?vista=clausulas",
    "commitment that is carried out": f"{SICAYA}/plan/compromisos/1",
    "tracker that has not begun": f"{CUSCO}/plan/seguimiento",
    "requirements at the end": f"{SICAYA}/requisitos",
    "group": f"{CUSCO}/grupos/1",
    "organisations not found": "/organizaciones?q=zzzzzz",
    "sign in": "/ingresar",
    "not found": "/nada-por-aqui",
}
"""Pages that nothing leads to, and other faces of those that are found: filtered, empty, closed, still to come, finished."""
DESK_CUSCO = "/mesa/procesos/plan-cusco-2027"
STAFF = {
    "sara": ("/mesa", "/mesa/procesos", "/mesa/procesos/plan-cusco-2027", "/mesa/procesos/plan-cusco-2027/cronograma",
             "/mesa/procesos/plan-cusco-2027/importar", "/mesa/procesos/plan-cusco-2027/publicacion", "/mesa/procesos/plan-cusco-2027/plan",
             "/mesa/espacios/cusco/procesos/nuevo", f"/mesa{OPEN}/temas", f"{DESK_CUSCO}/grupos", f"{DESK_CUSCO}/grupos/1",
             f"{DESK_CUSCO}/grupos/sugerencias", f"{DESK_CUSCO}/responder", f"{DESK_CUSCO}/calidad?control=Q8", f"{DESK_CUSCO}/cartas",
             f"{DESK_CUSCO}/replicas", f"{DESK_CUSCO}/plantillas", f"{DESK_CUSCO}/respuestas/importar",
             f"{DESK_CUSCO}/publicacion/vista-previa", "/mesa/aportes/CUS27-T01-0001/carta", "/mesa/aportes/CUS27-C-0049/asignacion",
             "/mesa/aportes/CUS27-T01-0011/replicas/1", "/mesa/espacios/cusco/organizaciones", "first of the kept"),
    "felix": ("/mesa", f"{DESK_CUSCO}/firmas", f"{DESK_CUSCO}/plan/aprobacion", "/mesa/aportes/CUS27-T03-0008/acuerdo",
              "/mesa/espacios/cusco/foro", f"{DESK_CUSCO}/evaluacion"),
    "ines": ("/mesa", f"/mesa{OPEN}/actividades", f"/mesa{OPEN}/actividades/{neighbourhood.WORKSHOP}/captura",
             "/mesa/procesos/plan-cusco-2027/actividades/taller-ccorca"),
    "marco": ("/mesa", f"/mesa{OPEN}/moderacion", "/mesa/procesos/plan-cusco-2027/moderacion?ver=ocultos"),
    "ana": ("/mesa", "/mesa/procesos/plan-cusco-2027/responder", "first of pile"),
    "dario": ("/mesa", "/mesa/espacios/cusco/personas", "/mi-cuenta", "/mesa/espacios/cusco/incidentes"),
    "rosa": ("/mi-cuenta/organizaciones", "/mi-cuenta/organizaciones/nueva"),
}  # fmt: skip
FIRSTS = {
    "first of the kept": ("/mesa/espacios/cusco/organizaciones", ".data-table a"),
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
    """One person with one page; reads an address (on a phone in both lights) and says what is wrong with it."""

    page: Any
    width: int

    def read(self, address: str) -> Iterator[str]:
        if address in FIRSTS:
            listing, link = FIRSTS[address]
            self.page.goto(listing)
            address = str(self.page.locator(link).first.get_attribute("href"))
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(address, wait_until="load")
        expected = 404 if address in (STATES["not found"], STATES["code not found"]) else 200
        if answer.status != expected:
            yield f"{address} answers {answer.status}"
        yield from self.shape(address)
        yield from self.ask_axe(address, EVERY_RULE)
        if self.width == PHONE[0]:  # colours do not change with the width
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


@pytest.fixture(scope="module")
def public(site: DemonstrationSite) -> dict[str, str]:
    """Every page of the demonstration that links lead to, one of each kind, and the states that need an address of their own."""
    found = public_pages(site)
    assert set(found) >= ROUND and len(found) > 80, sorted(found)
    return found | STATES


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_public_pages_have_nothing_for_axe_to_say(visit: Visit, public: dict[str, str], size: tuple[int, int]) -> None:
    reads = reader(visit, size)
    assert "\n".join(trouble for address in public.values() for trouble in reads.read(address)) == ""


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


def test_my_contributions_and_a_refused_reply_have_nothing_for_axe_to_say(visit: Visit, site: DemonstrationSite) -> None:
    private = site.private_link("CUS27-C-0022", "privas@example.pe")
    for size in (PHONE, DESK):
        page = visit(size=size, forgive=("status of 422",))
        page.add_init_script(WATCH_SHIFTS)
        reads = Reader(page, size[0])
        wrong = [*reads.read(private)]
        form = MinePage(page).reply_to("CUS27-C-0022")
        wrong += [*reads.shape("the reply"), *reads.ask_axe("the reply", EVERY_RULE)]
        form.say("No estoy de acuerdo", "No.")
        form.errors.wait_for()
        wrong += [*reads.shape("the refused reply"), *reads.ask_axe("the refused reply", EVERY_RULE)]
        assert "\n".join(wrong) == ""


def test_answering_many_has_nothing_for_axe_to_say(visit: Visit) -> None:
    for size in (PHONE, DESK):
        page = visit("sara", size=size, forgive=("status of 422",))
        page.add_init_script(WATCH_SHIFTS)
        reads, wrong = Reader(page, size[0]), []
        PilePage(page, "plan-cusco-2027").assign("CUS27-C-0030")
        wrong += [*reads.shape("assigning"), *reads.ask_axe("assigning", EVERY_RULE)]
        bulk = PilePage(page, "plan-cusco-2027").answer_together("CUS27-C-0030", "CUS27-C-0042")
        wrong += [*reads.shape("in bulk"), *reads.ask_axe("in bulk", EVERY_RULE)]
        bulk.use_template("Para un próximo plan: Sin presupuesto en estos dos años")
        bulk.choose_entity("Secretaría General")
        bulk.see_each()
        wrong += [*reads.shape("each text"), *reads.ask_axe("each text", EVERY_RULE)]
        PilePage(page, "plan-cusco-2027").open("CUS27-C-0030").split()
        wrong += [*reads.shape("split"), *reads.ask_axe("split", EVERY_RULE)]
        assert "\n".join(wrong) == ""


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


def test_every_public_page_says_the_same_without_javascript(visit: Visit, public: dict[str, str]) -> None:
    page, wrong = visit(javascript=False, size=PHONE, forgive=("status of 404",)), []
    for name, address in public.items():
        page.goto(address)
        if page.get_by_role("heading", level=1).count() != 1 or not page.get_by_role("main").inner_text().strip():
            wrong.append(name)
    assert wrong == []


def test_real_content_is_named_and_fits_at_400_per_cent_with_its_text_spaced(visit: Visit, public: dict[str, str]) -> None:
    """What tests/access asks of every page, asked again where there is much to show."""
    page, wrong = visit(size=(NARROW, 780), forgive=("status of 404",)), []
    page.context.add_init_script(path=QUESTIONS)
    for address in public.values():
        page.goto(address)
        page.evaluate(OPEN_EVERYTHING)
        found = page.evaluate("[...ask.names(), ...ask.wider(innerWidth), ...ask.cut()]")
        page.evaluate("ask.space(true)")
        wrong += [f"{address}: {what}" for what in [*found, *page.evaluate("ask.wider(innerWidth)")]]
    assert "\n".join(wrong) == ""
