"""The pages of a round: what people read and do there, and who may."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.budgeting import queries, services
from app.budgeting.permissions import GRANTS, BudgetingPermission, is_agent, is_voting_agent
from app.budgeting.rules.documents import DocumentKind
from app.budgeting.rules.registering import RefusalReason
from app.budgeting.rules.states import AgentState
from app.core import clock
from app.core.db import db
from app.core.permissions import Actor, Scope, is_allowed
from app.core.permissions import HeldRole as Held
from tests.browser import Browser
from tests.cast import CARMEN, MATEO, MILA, ROSA, SARA, TEO, VERA, CastMember
from tests.factories.budgeting import a_project, a_vote
from tests.factories.files import pdf
from tests.factories.rounds import REASON, TEXT, a_budget_process, a_running_round, a_team, norm, registered
from tests.world import NOON, World

BASE = "/procesos/plan-prueba/presupuesto"
DESK = f"/mesa{BASE}"
OWN = "/mi-cuenta/presupuestos/plan-prueba"
FIELDS = {
    "name": "Rosa Quispe Huamán", "organisation": "Junta Vecinal Barrio de Dios", "kind": "civil-society", "sector": "grassroots",
    "territory": "080102", "email": "rosa@example.pe", "sex": "woman", "consent": "y",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def running(app: Flask, world: World) -> Iterator[World]:
    """A round whose registration is open today."""
    with app.app_context():
        a_running_round(world)
        db.session.commit()
        db.session.remove()
    yield world


def a_refused(app: Flask, world: World) -> None:
    with app.app_context():
        agent = registered(world, queries.round_of(world.slug))
        services.decide(
            agent, accredits=False, reason_code=RefusalReason.NO_DOCUMENT, text="No trajo el acta de la junta.",
            person_id=world.id_of(MILA), now=NOON,
        )  # fmt: skip
        db.session.commit()
        db.session.remove()


def test_the_page_says_how_much_who_decides_how_it_goes_and_what_comes_next(running: World, browser: Browser) -> None:
    page = browser.get(BASE)
    for words in ("S/\u00a01,200,000", "Con norma aprobada", "El registro está abierto", "Quién decide", "Ordenanza N.º 012-2026"):
        assert words in page.html
    twin = browser.client.get(f"{BASE}.json").get_json()
    assert (twin["ceiling_cents"], twin["state"], twin["next"]["activity"]) == (120_000_000, "norm-approved", "registration")


def test_a_draft_process_has_no_public_round(app: Flask, running: World, browser: Browser) -> None:
    with app.app_context():
        a_budget_process(running).state = "draft"
        db.session.commit()
        db.session.remove()
    for path in ("", ".json", "/agentes", "/calendario.ics", "/documentos/1", "/techos.csv"):
        assert browser.client.get(BASE + path).status_code == 404


def test_milagros_opens_a_round_and_nothing_typed_is_lost(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        a_team(world)
        a_budget_process(world)
        db.session.commit()
        db.session.remove()
    browser.sign_in(MILA)
    data = {
        "fiscal_year": "2028", "ceiling": "S/ 1,500,000.50", "appeal_days": "5", "vigilance_minimum": "4", "vigilance_months": "24",
        "title": "Ordenanza", "norm_number": "", "dated_on": "2027-03-01", "text": TEXT,
    }  # fmt: skip
    page = browser.post(f"{DESK}/abrir", data, status=422)
    assert "Escriba el número de la norma" in page and page.soup.find(id="ceiling")["value"] == "S/ 1,500,000.50"
    browser.post(f"{DESK}/abrir", data | {"norm_number": "Ordenanza N.º 9"})
    with app.app_context():
        assert queries.round_of(world.slug).ceiling_cents == 150_000_050
        db.session.remove()
    assert "Falta publicar el reglamento" in browser.get(DESK)


def test_rosa_registers_and_milagros_accredits_her(app: Flask, running: World, browser: Browser) -> None:
    browser.sign_in(ROSA)
    page = browser.post(f"{OWN}/inscripcion", FIELDS | {"consent": "", "territory": ""}, status=422)
    assert "Elija el distrito" in page and "Junta Vecinal Barrio de Dios" in page.html
    browser.post(f"{OWN}/inscripcion", FIELDS)
    assert "está registrada con el número 1" in browser.get(OWN)
    browser.sign_out().sign_in(MILA)
    assert "rosa@example.pe" in browser.get(f"{DESK}/agentes/1")
    browser.post(f"{DESK}/agentes/1/decision", {"verdict": "yes", "reason_code": ""})
    browser.sign_out()
    page = browser.get(f"{BASE}/agentes")
    assert "Rosa Quispe Huamán" in page and "rosa@example.pe" not in page.html
    assert "Acreditado" in browser.get(f"{BASE}/agentes/1")
    rows = browser.client.get(f"{BASE}/agentes.csv").get_data(as_text=True)
    assert "Rosa Quispe Huamán" in rows and "@" not in rows
    assert "Con voz y voto" in browser.sign_in(ROSA).get(f"{OWN}/agentes/1/credencial")


def test_who_is_not_accredited_is_not_named_in_public(app: Flask, running: World, browser: Browser) -> None:
    a_refused(app, running)
    assert "Delia" not in browser.get(f"{BASE}/agentes") and "Delia" not in browser.get(f"{BASE}/agentes/1")


def test_the_appeal_is_answered_by_another_person(app: Flask, running: World, browser: Browser) -> None:
    a_refused(app, running)
    browser.sign_in(MILA)
    browser.post(f"{DESK}/agentes/1/apelacion", {"text": "Aquí está el acta que faltaba."})
    answer = {"verdict": "yes", "text": "Se revisó el acta y es válida."}
    page = browser.post(f"{DESK}/agentes/1/apelacion/respuesta", answer, status=422)
    assert "debe resolverla alguien distinto" in page
    browser.sign_out().sign_in(TEO).post(f"{DESK}/agentes/1/apelacion/respuesta", answer)
    with app.app_context():
        assert queries.agent(running.slug, 1).state is AgentState.ACCREDITED
        db.session.remove()


def test_another_citizen_sees_nothing_of_a_registration(app: Flask, running: World, browser: Browser) -> None:
    browser.sign_in(ROSA).post(f"{OWN}/inscripcion", FIELDS)
    browser.sign_out().sign_in(MATEO)
    assert browser.client.get(OWN).status_code == 404
    assert browser.client.get(f"{OWN}/agentes/1/credencial").status_code == 403
    assert browser.client.get(f"{DESK}/agentes").status_code == 403


def test_the_vigilance_committee_reads_and_changes_nothing(app: Flask, running: World, browser: Browser) -> None:
    browser.sign_in(CARMEN)
    assert "Por revisar" in browser.get(f"{DESK}/agentes")
    assert "Inscribir en ventanilla" not in browser.get(DESK)
    for path in ("/techos", "/calendario", "/agentes/nuevo", "/documentos/nuevo"):
        assert browser.client.get(DESK + path).status_code == 403


def test_the_ceilings_may_not_exceed_the_whole(running: World, browser: Browser) -> None:
    browser.sign_in(MILA)
    page = browser.get(f"{DESK}/techos")
    data = {"version": page.soup.find(id="version")["value"], "ceiling": "1,000", "territory-080101": "600", "territory-080102": "401",
            "reason": REASON}  # fmt: skip
    assert "S/\u00a01 más" in browser.post(f"{DESK}/techos", data, status=422).html
    browser.post(f"{DESK}/techos", data | {"territory-080102": "400.00"})
    assert "Otra persona publicó un cambio" in browser.post(f"{DESK}/techos", data | {"ceiling": "2,000"}, status=422)
    page = browser.get(BASE)
    assert "Ccorca" in page and REASON in page


def test_a_theme_has_its_ceiling_inside_a_territory_and_each_version_stays(app: Flask, running: World, browser: Browser) -> None:
    browser.sign_in(MILA)
    page = browser.get(f"{DESK}/techos")
    row = {"both-0-territory": "080101", "both-0-theme": "agua", "both-0-amount": "250.00"}
    data = {"version": page.soup.find(id="version")["value"], "ceiling": "1,000", "territory-080101": "600", "reason": REASON}
    page = browser.post(f"{DESK}/techos", data | row | {"both-0-theme": ""}, status=422)
    assert "Elija el territorio y el tema" in page and page.soup.find(id="both-0-amount")["value"] == "250.00"
    over = browser.post(f"{DESK}/techos", data | row | {"both-0-amount": "600.01"}, status=422)
    assert "pasa este techo por S/\u00a00.01" in over.soup.find(id="territory-080101").find_parent(class_="field").get_text()
    repeated = {name.replace("-0-", "-1-"): value for name, value in row.items()}
    assert "Hay dos techos para lo mismo" in browser.post(f"{DESK}/techos", data | row | repeated, status=422)
    browser.post(f"{DESK}/techos", data | row)
    with app.app_context():
        round_ = queries.round_of(running.slug)
        assert queries.pots(round_) == {"080101": 350_00, "080101/agua": 250_00, "*": 400_00}
        assert len(queries.ceiling_versions(round_.id)) == 2
        db.session.remove()
    page = browser.get(f"{DESK}/techos")
    assert page.soup.find(id="both-0-theme").find("option", selected=True)["value"] == "agua"
    assert "Cusco, Agua" in browser.get(BASE) and '"theme": "agua"' in browser.client.get(f"{BASE}.json").get_data(as_text=True)


def test_the_ceilings_stay_while_somebody_votes_with_them(app: Flask, running: World, browser: Browser) -> None:
    with app.app_context():
        round_ = queries.round_of(running.slug)
        a_vote(round_, [a_project(round_, 1)])
        db.session.commit()
        db.session.remove()
    browser.sign_in(MILA)
    page = browser.get(f"{DESK}/techos")
    data = {"version": page.soup.find(id="version")["value"], "ceiling": "1,000", "territory-080101": "600", "reason": REASON}
    assert "Se está calificando o votando" in browser.post(f"{DESK}/techos", data, status=422)


def test_a_calendar_is_published_changed_and_its_versions_stay(app: Flask, running: World, browser: Browser) -> None:
    browser.sign_in(MILA)
    page = browser.get(f"{DESK}/calendario")
    fields = {tag["name"]: tag.get("value", "") for tag in page.soup.select("main input[name]")}
    fields |= {tag["name"]: tag.find("option", selected=True)["value"] for tag in page.soup.select("main select")}
    fields["formalisation-0-from"] = fields["formalisation-0-to"] = "2027-06-30"
    assert "Diga el motivo" in browser.post(f"{DESK}/calendario", fields, status=422)
    browser.post(f"{DESK}/calendario", fields | {"reason": REASON})
    page = browser.get(f"{BASE}/calendario")
    assert REASON in page and "30 de junio de 2027" in page
    assert "30 de junio" not in browser.get(f"{BASE}/calendario/versiones/1")
    events = browser.client.get(f"{BASE}/calendario.ics").get_data(as_text=True)
    assert events.count("BEGIN:VEVENT") == 4 and "DTSTART;VALUE=DATE:20270630" in events and "SEQUENCE:2" in events


def test_a_document_has_a_file_that_anybody_downloads_and_versions_that_stay(running: World, browser: Browser) -> None:
    browser.sign_in(MILA)
    from io import BytesIO

    data = {"kind": "regulation", "title": "Reglamento", "norm_number": "Decreto 7", "dated_on": "2027-03-01",
            "file": (BytesIO(pdf()), "reglamento.pdf")}  # fmt: skip
    browser.post(f"{DESK}/documentos", data)
    browser.post(f"{DESK}/documentos/2", {k: v for k, v in data.items() if k != "file"} | {"text": TEXT, "reason": REASON})
    browser.sign_out()
    old = browser.get(f"{BASE}/documentos/2/versiones/1")
    assert "ya no rige" in old and REASON in browser.get(f"{BASE}/documentos/2")
    assert browser.client.get(old.soup.select_one(".attachment-list a")["href"]).mimetype == "application/pdf"


def test_a_list_is_checked_before_anything_is_written(app: Flask, running: World, browser: Browser) -> None:
    from io import BytesIO

    browser.sign_in(MILA)
    template = browser.client.get(f"{DESK}/agentes/importar/plantilla.csv").get_data()
    wrong = template.replace(b"sociedad-civil", b"vecino")
    assert "Fila 2: No se conoce el tipo" in browser.post(f"{DESK}/agentes/importar", {"file": (BytesIO(wrong), "a.csv")}, status=422)
    page = browser.post(f"{DESK}/agentes/importar", {"file": (BytesIO(template), "a.csv")}, status=200)
    content = page.soup.find(id="content").get_text()
    assert browser.post(f"{DESK}/agentes/importar/confirmar", {"content": content}, status=422)
    browser.post(f"{DESK}/agentes/importar/confirmar", {"content": content, "consent": "y"})
    with app.app_context():
        assert [agent.name for agent in queries.all_agents(queries.round_of(running.slug).id)] == ["Delia Huanca Soto"]
        db.session.remove()


def test_a_step_that_is_not_ready_says_what_is_missing(app: Flask, running: World, browser: Browser) -> None:
    browser.sign_in(MILA)
    page = browser.post(f"{DESK}/avanzar", {"to": "preparation", "reason": REASON}, status=422)
    assert "Falta publicar el reglamento." in page
    with app.app_context():
        round_ = queries.round_of(running.slug)
        services.publish_document(round_, norm(kind=DocumentKind.REGULATION), upload=None, person_id=running.id_of(MILA), now=NOON)
        db.session.commit()
        db.session.remove()
    browser.post(f"{DESK}/avanzar", {"to": "preparation", "reason": REASON})
    assert REASON in browser.get(BASE)
    browser.post(f"{DESK}/avanzar", {"to": "disparate", "reason": REASON}, status=422)


def test_a_public_page_answers_304_until_something_changes(app: Flask, running: World, browser: Browser) -> None:
    tag = browser.client.get(BASE).headers["ETag"]
    assert browser.client.get(BASE, headers={"If-None-Match": tag}).status_code == 304
    with app.app_context():
        registered(running, queries.round_of(running.slug))
        db.session.commit()
        db.session.remove()
    assert browser.client.get(BASE, headers={"If-None-Match": tag}).status_code == 200


def _statements(app: Flask, browser: Browser, path: str) -> int:
    from sqlalchemy import event

    said: list[str] = []
    with app.app_context():
        engine = db.engine
    listen = lambda _c, _cu, statement, *_rest: said.append(statement)  # noqa: E731 - removed two lines below
    event.listen(engine, "before_cursor_execute", listen)
    browser.get(path)
    event.remove(engine, "before_cursor_execute", listen)
    return len(said)


def test_the_pages_ask_as_little_with_forty_agents_as_with_two(app: Flask, running: World, browser: Browser) -> None:
    def accredit(first: int, last: int) -> None:
        with app.app_context():
            round_ = queries.round_of(running.slug)
            for n in range(first, last):
                agent = registered(running, round_, f"Delegada {n}", organisation=f"Junta {n}")
                services.decide(agent, accredits=True, reason_code=None, text="", person_id=running.id_of(TEO), now=NOON)
            db.session.commit()
            db.session.remove()

    accredit(0, 2)
    few = [_statements(app, browser, path) for path in (BASE, f"{BASE}/agentes", f"{BASE}/calendario")]
    accredit(2, 40)
    many = [_statements(app, browser, path) for path in (BASE, f"{BASE}/agentes", f"{BASE}/calendario")]
    assert many == few and max(many) <= 40


def _held(member: CastMember) -> Actor:
    roles = (Held(member.role, 1),) if member.role else ()
    return Actor(7 if member is ROSA else 9, member.name, roles)


class _Round:
    scope = Scope(1, 1)
    person_id = 7
    agent_person_ids = frozenset({7})
    voting_person_ids = frozenset({8})


@pytest.mark.parametrize(
    ("permission", "people"),
    [
        (BudgetingPermission.OPEN, {MILA}),
        (BudgetingPermission.RUN, {MILA}),
        (BudgetingPermission.KEEP_AGENTS, {MILA}),
        (BudgetingPermission.READ, {MILA, SARA, CARMEN, VERA}),
        (BudgetingPermission.READ_AGENTS, {MILA, CARMEN, VERA}),
        (BudgetingPermission.REGISTER, {MILA, SARA, CARMEN, VERA, ROSA}),
        (BudgetingPermission.SEE_OWN, {ROSA}),
        (BudgetingPermission.SEE_CREDENTIAL, {MILA, ROSA}),
    ],
)
def test_who_may(permission: BudgetingPermission, people: set[CastMember]) -> None:
    everybody = {MILA, SARA, CARMEN, VERA, ROSA}
    assert {member for member in everybody if is_allowed(GRANTS, permission, _held(member), _Round)} == people


def test_an_agent_is_who_the_subject_names() -> None:
    assert is_agent(_held(ROSA), _Round) and not is_voting_agent(_held(ROSA), _Round)
    assert not is_agent(Actor(), _Round) and not is_agent(_held(ROSA), object())
