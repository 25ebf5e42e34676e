"""The public ageing list and the reminders."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions import services as contributions
from app.core import clock
from app.core.db import db
from app.feedback import cli, services
from app.notifications import services as notifications
from app.notifications.models import Notification
from benchmarks.measure import statements
from tests.browser import Browser
from tests.cast import ANA, LUIS
from tests.factories.assignments import DUE, give
from tests.feedback.answers import approve, make_plan, process_of, say
from tests.feedback.bulk import fill
from tests.world import NOON, World


@pytest.fixture
def codes(app: Flask, world: World) -> list[str]:
    """One of Ana's, late; one of Luis's, in time; one nobody was given; one hidden; one not moderated."""
    now = clock.now()
    with app.app_context():
        make_plan(world)
        said = [say(world, f"n{n}", now=now - timedelta(days=20 - n)) for n in range(4)]
        held = say(world, "held", publish=False, now=now - timedelta(days=3))
        give(world, said[:1], due_on=clock.lima_day(now) - timedelta(4), now=now - timedelta(days=15))
        give(world, said[1:2], "gerencia-ambiente", due_on=clock.lima_day(now) + timedelta(4), now=now)
        contributions.hide(said[3], now=now)
        db.session.commit()
        found = [*(c.code for c in said), held.code]
        db.session.remove()
    return found


def test_anyone_sees_who_waits_for_whose_answer_and_for_how_long(browser: Browser, world: World, codes: list[str]) -> None:
    page = browser.get("feedback.waiting", slug=world.slug)
    assert "Debe responder Gerencia de Obras" in page and "4 días de atraso" in page and "desde hace 20 días" in page
    assert "Todavía sin entidad asignada" in page
    shown = [b.get_text() for b in page.soup.select(".waiting-list li b:first-child")]
    assert [code for code in shown if code in codes] == codes
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.soup.select(".data-table tbody tr")]
    assert rows == [
        ["Sin entidad asignada", "3", "0", "18 días"],
        ["Gerencia de Obras", "1", "1", "20 días"],
        ["Gerencia de Ambiente", "1", "0", "19 días"],
    ]  # fmt: skip


def test_the_hidden_and_the_held_are_their_code_only(browser: Browser, world: World, codes: list[str]) -> None:
    page = browser.get("feedback.waiting", slug=world.slug, entidad="sin-asignar")
    items = {li.b.get_text(): li.get_text(" ") for li in page.soup.select(".waiting-list li")}
    assert "Monitores" in items[codes[2]] and "Monitores" not in items[codes[3]] and "Monitores" not in items[codes[4]]
    assert not page.soup.select(f".waiting-list li a[href*='{codes[4]}']")
    text = browser.client.get(f"/procesos/{world.slug}/respuestas/pendientes.csv").get_data(as_text=True)
    rows = {line.split(";")[0]: line.split(";") for line in text.splitlines()[1:]}
    assert rows[codes[3]][1:3] == ["", ""] and rows[codes[4]][1:4] == ["", "", ""] and rows[codes[4]][-1] == ""


def test_the_list_is_narrowed_and_given_as_data(browser: Browser, world: World, codes: list[str]) -> None:
    page = browser.get("feedback.waiting", slug=world.slug, entidad="gerencia-obras")
    assert codes[0] in page and codes[1] not in page and "Quitar filtros" in page
    assert "Ningún aporte espera respuesta con ese filtro" in browser.get("feedback.waiting", slug=world.slug, tema="obras")
    assert codes[1] in browser.get("feedback.waiting", slug=world.slug, tema="agua", entidad="gerencia-ambiente")
    assert codes[0] in browser.get("feedback.waiting", slug=world.slug, tema="no-existe", entidad="'--")
    data = json.loads(browser.client.get(f"/procesos/{world.slug}/respuestas/pendientes.json?entidad=gerencia-obras").data)
    assert data["por_entidad"][1] == {"entidad": "Gerencia de Obras", "en_espera": 1, "fuera_de_plazo": 1, "dias_del_mas_antiguo": 20}
    (row,) = data["aportes"]
    assert (row["codigo"], row["entidad"], row["dias_de_atraso"], row["dias_de_espera"]) == (codes[0], "Gerencia de Obras", 4, 20)


def test_a_visitor_who_has_the_page_is_told_so_until_something_is_assigned(
    app: Flask, browser: Browser, world: World, codes: list[str]
) -> None:
    tag = browser.get("feedback.waiting", slug=world.slug).response.headers["ETag"]
    browser.get("feedback.waiting", slug=world.slug, headers={"If-None-Match": tag}, status=304)
    with app.app_context():
        give(world, [say(world, "n2")], due_on=clock.lima_day(clock.now()) + timedelta(9), now=clock.now())
        db.session.commit()
        db.session.remove()
    browser.get("feedback.waiting", slug=world.slug, headers={"If-None-Match": tag}, status=200)


def test_the_page_costs_the_same_with_few_and_with_many(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        fill(world, 500, unanswered=400)
        db.session.commit()
        db.session.remove()

    def cost(**arguments: object) -> int:
        with statements(app) as seen:
            browser.get("feedback.waiting", slug=world.slug, **arguments)
        return len(seen)

    cost()
    assert cost() == cost(pagina=5) <= 8


def test_people_are_told_three_days_before_and_when_it_is_late_once_each(world: World, context: None) -> None:
    make_plan(world)
    soon, done, other = (say(world, key) for key in ("uno", "dos", "tres"))
    give(world, [soon, done])
    give(world, [other], "gerencia-ambiente", due_on=DUE + timedelta(30))
    approve(world, done)

    def told() -> list[tuple[str, bool, list[str]]]:
        rows = db.session.scalars(select(Notification).where(Notification.kind == "feedback.due").order_by(Notification.id))
        return [(n.address, n.content["is_overdue"], n.content["codes"]) for n in rows]

    start = NOON.replace(month=4, day=6)
    assert services.remind(start) == 0 and told() == []
    assert services.remind(start + timedelta(days=1)) == 1
    assert services.remind(start + timedelta(days=1, hours=2)) == 0 and services.remind(start + timedelta(days=4)) == 0
    assert told() == [(ANA.email, False, [soon.code])]
    assert services.remind(start + timedelta(days=5)) == 1 and services.remind(start + timedelta(days=9)) == 0
    assert told()[1:] == [(ANA.email, True, [soon.code])]
    assert LUIS.email not in {address for address, _, _ in told()}


def test_the_worker_reminds_and_the_letter_can_be_read(world: World, context: None) -> None:
    make_plan(world)
    give(world, [say(world, key) for key in ("uno", "dos")])
    assert cli.remind_entities in cli.JOBS and cli.remind_entities(NOON) == ""
    assert cli.remind_entities(NOON.replace(month=4, day=9)) == "Recordatorios a entidades: 1."
    letter = db.session.scalars(select(Notification).where(Notification.kind == "feedback.due")).one()
    assert letter.content["count"] == 2 and letter.content["link"].endswith("asignados=gerencia-obras")
    assert process_of(world).title in letter.content["process"] and notifications is not None
