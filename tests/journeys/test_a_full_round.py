"""A round of participatory budgeting through its pages, by those whose turn it is: from its ordinance to a result anybody can check.

What follows (the act, its execution and its vigilance) has a journey of its own.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.budgeting import queries as budgeting
from app.budgeting import services as rounds
from app.budgeting.models import BudgetRound
from app.budgeting.rules.documents import DocumentDraft, DocumentKind
from app.budgeting.rules.registering import Way
from app.budgeting.rules.states import AgentKind, RoundState
from app.core.clock import lima_day, lima_instant
from app.voting import queries as voting
from app.voting import services as voting_services
from tests.cast import ANA, FELIX, GLORIA, INES, LUIS, MILA, ROSA, TEO, CastMember
from tests.factories.budgeting import bring_to
from tests.factories.projects import a_contribution, a_sheet, an_admissible_project, municipal_team
from tests.factories.rounds import a_budget_process, a_calendar, a_team, delegate
from tests.factories.scrutiny import SEED, SEED_SOURCE, put_in_box
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.moving_site import MovingSite
from tests.pages.projects import ProjectDesk
from tests.world import NOON

pytestmark = pytest.mark.browser
PROCESS = "/procesos/plan-prueba"
DESK = f"/mesa{PROCESS}/presupuesto"
VOTE = f"{PROCESS}/votaciones/elija-las-obras"
TITLE = "Posta con atención de noche en Ccorca"
ON_PHONE, IN_BOOTH, PIN = "40506070", "40506071", "918273"
REGISTERED, WRITTEN, VOTING, AFTER = (NOON + timedelta(days=days) for days in (11, 12, 14, 21))


class RoundSite(MovingSite):
    """What one part of the journey hands to the next."""

    project = ""
    receipt = ""


@pytest.fixture(scope="module")
def site(chromium: Any, empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundSite]:
    running = RoundSite(tmp_path_factory.mktemp("round"), empty_database, MILA, TEO)
    with running.inside():
        a_team(running.world)
        municipal_team(running.world, ANA, LUIS)
        a_budget_process(running.world)
        a_contribution(running.world, "una posta que atienda de noche")
    running.at(NOON)
    running.start()
    yield running
    running.kill()


def by(visit: Visit, member: CastMember, **how: Any) -> Page:
    page: Page = visit(member.email, **how)
    return page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def main(page: Page) -> Any:
    return expect(page.get_by_role("main"))


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def the_round() -> BudgetRound:
    found = budgeting.round_of("plan-prueba")
    assert found is not None
    return found


def test_from_the_ordinance_to_an_admissible_project(visit: Visit, site: RoundSite) -> None:
    team = by(visit, MILA)
    team.goto(f"{DESK}/abrir")
    team.get_by_label("Monto total, en soles").fill("1,200,000")
    team.get_by_label("Título").fill("Ordenanza que aprueba el presupuesto participativo 2028")
    team.get_by_label("Número, como se cita").fill("Ordenanza Municipal N.º 012-2027")
    team.get_by_label("Fecha del documento").fill("2027-03-15")
    team.get_by_role("textbox", name="Texto").fill("Artículo 1. Se convoca al presupuesto participativo de la provincia.")
    press(team, "Abrir y publicar")
    main(team).to_contain_text("El presupuesto está abierto y su ordenanza es pública.")
    publish_what_was_decided(site)

    rosa = by(visit, ROSA, size=PHONE)
    rosa.goto(f"{PROCESS}/presupuesto")
    main(rosa).to_contain_text("1,200,000")
    rosa.get_by_role("link", name="Inscribirme como agente").click()
    rosa.get_by_label("Organización o institución a la que representa").fill("Junta de Ccorca")
    rosa.get_by_role("combobox", name="Distrito").select_option(label="Ccorca")
    rosa.get_by_label("Sé que mi nombre").check()
    press(rosa, "Enviar mi inscripción")
    main(rosa).to_contain_text("Su inscripción está registrada")
    team.goto(f"{DESK}/agentes")
    team.get_by_role("link", name=ROSA.name).click()
    team.get_by_role("radio", name="Acreditar", exact=True).check()
    press(team, "Guardar la decisión")
    rosa.reload()
    main(rosa).to_contain_text("Tiene voz y voto en los talleres")
    assert fits(rosa)

    site.at(REGISTERED)
    team = by(visit, MILA)  # eleven days later one enters again
    for _ in ("preparation", "registration closed"):
        team.goto(DESK)
        team.get_by_label("Por qué pasa a este estado").fill("Así lo dice el calendario que se publicó con la ordenanza.")
        team.get_by_role("button", name="Pasar a:").click()
        main(team).to_contain_text("El presupuesto cambió de estado")

    site.at(WRITTEN)
    with site.inside():
        bring_to(the_round(), RoundState.TECHNICAL_EVALUATION)
    desk = ProjectDesk(by(visit, MILA), "plan-prueba")
    site.project = desk.write_from("posta", TITLE)
    desk.assign(site.project, TEO.name)
    judge = ProjectDesk(by(visit, TEO), "plan-prueba")
    judge.declare(site.project)
    judge.find()
    judge.admit()
    judge.send()
    rosa = by(visit, ROSA, size=PHONE)
    rosa.goto(f"/proyectos/{site.project}")
    main(rosa).not_to_contain_text("Admisible")
    desk.approve(site.project)
    desk.publish_evaluations()
    rosa.reload()
    main(rosa).to_contain_text("Admisible")
    assert fits(rosa)


def publish_what_was_decided(site: RoundSite) -> None:
    """The calendar, the regulation and the technical team; the criteria; three projects more: each has its own test."""
    person = site.world.id_of(MILA)
    with site.inside():
        round_ = the_round()
        rounds.publish_calendar(round_, a_calendar(lima_day(NOON)), "", version=0, person_id=person, now=NOON)
        rules = DocumentDraft(DocumentKind.REGULATION, "Reglamento", "Anexo 1", lima_day(NOON), "Artículo 1. Se vota en un día de fiesta.")
        rounds.publish_document(round_, rules, upload=None, person_id=person, now=NOON)
        technician = delegate("Iván Soncco Vera", kind=AgentKind.TECHNICAL_TEAM, office="Ingeniero civil")
        rounds.register_agent(round_, technician, own=False, way=Way.WINDOW, upload=None, person_id=person, now=NOON)
        a_sheet(site.world)
        before = round_.state
        bring_to(round_, RoundState.TECHNICAL_EVALUATION)
        for title, cost in (("Puente peatonal de Ccorca", 480_000_00), ("Biblioteca con libros en quechua", 610_000_00)):
            an_admissible_project(site.world, title=title, cost_cents=cost)
        bring_to(round_, before)


def test_a_phone_and_a_booth_vote_what_two_sectors_announced(visit: Visit, site: RoundSite) -> None:
    opens = lima_day(WRITTEN) + timedelta(days=1)
    with site.inside():
        bring_to(the_round(), RoundState.PRIORITISATION)
    team = by(visit, MILA)
    draft_the_vote(team, opens)
    team.get_by_role("link", name="Cargar personas").click()
    roll = "dni;territorio;correo\r\n" + "".join(f"{dni};Ccorca;\r\n" for dni in (ON_PHONE, IN_BOOTH))
    team.set_input_files("#file", {"name": "padron.csv", "mimeType": "text/csv", "buffer": roll.encode()})
    press(team, "Revisar y agregar")
    team.goto(f"/mesa{VOTE}")
    press(team, "Firmar por la municipalidad")
    assert team.get_by_role("button", name="Anunciar la votación").count() == 0  # civil society has not signed
    felix = by(visit, FELIX)
    felix.goto(f"/mesa{VOTE}")
    press(felix, "Firmar por el foro")
    team.reload()
    press(team, "Anunciar la votación")
    code = printed_code(site)

    site.at(lima_instant(opens, time(8)) + timedelta(hours=1))
    ines = by(visit, INES)
    ines.goto(f"/mesa{VOTE}/atencion")
    ines.get_by_label("DNI").fill(ON_PHONE)
    ines.get_by_label("Recibe un código impreso").check()
    press(ines, "Seguir")
    ines.get_by_label("Dónde está").fill("Salón comunal")
    ines.get_by_label("Clave de la mesa").fill(PIN)
    press(ines, "Abrir la cabina")
    cabin = ines.get_by_role("main").locator("code").inner_text()

    phone = visit(size=PHONE, javascript=False)
    phone.goto(f"{PROCESS}/presupuesto")
    phone.get_by_role("link", name="Votación", exact=True).click()
    phone.get_by_role("link", name="Elija las obras", exact=True).click()
    phone.get_by_role("main").get_by_role("link", name="Votar", exact=True).click()
    phone.get_by_role("textbox", name="Código impreso").fill(code)
    press(phone, "Entrar con el código")
    phone.get_by_role("checkbox", name=TITLE).check()
    press(phone, "Revisar y confirmar")
    main(phone).to_contain_text(TITLE)
    phone.click("#votar")
    site.receipt = phone.locator(".copy-code__code").inner_text()
    assert fits(phone)

    booth = visit(size=PHONE)
    booth.goto(cabin)
    booth.fill("#document", IN_BOOTH)
    booth.fill("#pin", PIN)
    press(booth, "Entregar la papeleta")
    booth.get_by_role("checkbox", name=TITLE).check()
    press(booth, "Revisar y confirmar")
    booth.click("#votar")
    booth.get_by_role("main").get_by_text("Terminar").first.click()
    expect(booth.get_by_role("heading", level=1)).to_contain_text("Cabina")


def draft_the_vote(team: Page, opens: date) -> None:
    team.goto(f"/mesa{PROCESS}/votaciones")
    team.get_by_role("link", name="Preparar una votación").click()
    team.get_by_label("Título").fill("Elija las obras")
    for box in team.locator("#projects input").all():
        box.check()
    team.fill("#most", "3")
    for name, value in (("opens_on", opens), ("closes_on", opens + timedelta(days=7))):
        team.fill(f"#{name}", f"{value:%Y-%m-%d}")
    team.fill("#opens_hour", "08:00")
    team.fill("#closes_hour", "16:00")
    team.get_by_label("Con un código impreso").check()
    team.get_by_label("En una cabina").check()
    team.get_by_label("De dónde saldrá la semilla").fill(SEED_SOURCE)
    press(team, "Guardar el borrador")


def printed_code(site: RoundSite) -> str:
    """Asked by one and printed by another (its sheet is a PDF); and twelve neighbours who vote when it opens."""
    with site.inside():
        vote = voting.desk_vote("plan-prueba", "elija-las-obras")
        assert vote is not None
        run = voting_services.ask_run(vote, 2, None, person_id=site.world.id_of(MILA), now=WRITTEN)
        slips = voting_services.print_run(run, person_id=site.world.id_of(FELIX), now=WRITTEN)
        numbers = sorted(option.number for option in voting.options(vote.id))
        put_in_box(vote, [("080102", [[number, 1]]) for number in (numbers[0], numbers[1]) * 6])
        return slips[0].code


def test_the_count_is_done_by_two_and_read_by_everybody(visit: Visit, site: RoundSite) -> None:
    site.at(AFTER)
    desk = f"/mesa{VOTE}/escrutinio"
    team, felix = by(visit, MILA), by(visit, FELIX)
    for page, said in ((team, "Empezar el cierre"), (felix, "Firmar y cerrar")):
        page.goto(desk)
        press(page, said)
    main(felix).to_contain_text("Las cuentas cuadran")
    for page in (team, felix):
        page.goto(desk)
        page.get_by_role("textbox", name="Semilla").fill(SEED)
        press(page, "Guardar mi lectura")
    team.reload()
    press(team, "Contar")
    main(team).to_contain_text("los mismos ganadores")
    gloria = by(visit, GLORIA)
    gloria.goto(desk)
    press(gloria, "Firmar por el gobierno")
    rosa = visit(size=PHONE, javascript=False, forgive=("status of 404",))
    rosa.goto(f"{VOTE}/resultados")
    main(rosa).not_to_contain_text("Elegidos")  # one sector alone publishes nothing
    felix.reload()
    press(felix, "Firmar por la sociedad civil")

    rosa.goto(VOTE)
    rosa.get_by_role("link", name="Ver los resultados", exact=True).click()
    main(rosa).to_contain_text("Elegidos")
    assert fits(rosa)
    rosa.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    main(rosa).to_contain_text("Qué le faltó")  # two votes, and the two that six neighbours each chose leave too little
    assert fits(rosa)
    rosa.goto(VOTE)
    rosa.get_by_role("link", name="¿Está mi voto en la urna?").click()
    rosa.get_by_role("textbox", name="Código de su constancia").fill(site.receipt.lower())
    press(rosa, "Comprobar")
    main(rosa).to_contain_text("Sí está")
