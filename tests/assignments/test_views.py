"""Assigning from the pile with a preview, passing on, giving back: what each person sees and may do."""

from datetime import timedelta

import pytest
from flask import Flask

from app.assignments import queries
from app.core import clock
from app.core.db import db
from tests.browser import Browser
from tests.cast import ANA, FELIX, LUIS, MARCO, OLGA, SARA
from tests.factories.assignments import give
from tests.feedback.answers import make_plan, say
from tests.world import World

NOTE = "Le corresponde a la gerencia de ambiente."


@pytest.fixture
def codes(app: Flask, world: World) -> list[str]:
    """Three contributions that wait."""
    with app.app_context():
        make_plan(world)
        found = [say(world, key).code for key in ("uno", "dos", "tres")]
        db.session.commit()
        db.session.remove()
    return found


def day(app: Flask, world: World) -> str:
    """A day that is possible now, whenever the tests run."""
    with app.app_context():
        last = queries.days_possible(world.process_id, clock.lima_day(clock.now())).last
        db.session.remove()
    return last.isoformat()


def mark(browser: Browser, world: World, data: dict[str, object], **arguments: object) -> str:
    return str(browser.post("feedback.choose", {"do": "assign", **data}, slug=world.slug, **arguments).response.location)


def test_sara_assigns_what_she_marked_after_seeing_what_changes(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(SARA)
    page = browser.get("feedback.pile", slug=world.slug)
    boxes = [box["value"] for box in page.soup.select("input[name=chosen]")]
    assert len(boxes) == 3
    address = mark(browser, world, {"chosen": boxes[:2]})
    assert "Asignar 2 aportes" in browser.get(address)
    asked = {"organisation": "gerencia-obras", "due_on": day(app, world), "do": "preview"}
    page = browser.post(address, asked, status=200)
    assert "2 aportes pasan a Gerencia de Obras" in page and "Todavía no se guardó nada" in page
    with app.app_context():
        assert queries.current([1, 2, 3]) == {}
        db.session.remove()
    seen = page.soup.select_one("input[name=seen]")["value"]
    browser.post(address, {**asked, "do": "assign", "seen": seen})
    page = browser.get("feedback.pile", slug=world.slug, asignados="gerencia-obras")
    assert "2 aportes quedaron asignados a Gerencia de Obras" in page and codes[0] in page and codes[2] not in page
    browser.get(address, status=404)


def test_the_whole_filtered_pile_can_be_chosen_at_once(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(SARA)
    assert "Asignar 3 aportes" in browser.get(mark(browser, world, {"all": "si"}))
    assert "Marque al menos un aporte" in browser.post("feedback.choose", {"do": "assign"}, status=422, slug=world.slug)
    page = browser.post("feedback.choose", {"do": "assign", "all": "si"}, status=422, slug=world.slug, tema="obras")
    assert "Marque al menos un aporte" in page
    other = browser.post("feedback.choose", {"do": "assign", "chosen": ["99999", "x"]}, status=422, slug=world.slug)
    assert "Marque al menos un aporte" in other


def test_a_past_day_is_refused_with_the_days_that_are_possible(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(SARA)
    address = mark(browser, world, {"all": "si"})
    asked = {"organisation": "gerencia-obras", "due_on": "2001-01-01", "note": "Con cariño.", "do": "preview"}
    page = browser.post(address, asked, status=422)
    assert "Ese día ya pasó. Puede elegir desde el" in page and "Con cariño." in page.html
    assert "Ese día es muy tarde" in browser.post(address, {**asked, "due_on": "2999-01-01"}, status=422)
    assert "Escriba la fecha" in browser.post(address, {**asked, "due_on": "pronto"}, status=422)
    assert "Elija la entidad de la lista" in browser.post(address, {**asked, "organisation": "nadie"}, status=422)


def test_who_confirms_an_old_preview_sees_the_new_one(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(SARA)
    address, asked = mark(browser, world, {"all": "si"}), {"organisation": "gerencia-obras", "due_on": day(app, world)}
    seen = browser.post(address, {**asked, "do": "preview"}, status=200).soup.select_one("input[name=seen]")["value"]
    with app.app_context():
        give(world, [say(world, "dos")], "gerencia-ambiente", due_on=clock.lima_day(clock.now()) + timedelta(9), now=clock.now())
        db.session.commit()
        db.session.remove()
    page = browser.post(address, {**asked, "do": "assign", "seen": seen}, status=409)
    assert "Otra persona cambió la asignación" in page and "1 deja de estar en Gerencia de Ambiente" in page


def test_ana_sees_her_pile_first_due_first_and_passes_on_with_a_note(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    today = clock.lima_day(clock.now())
    with app.app_context():
        give(world, [say(world, "uno")], due_on=today + timedelta(9), now=clock.now())
        give(world, [say(world, "tres")], due_on=today + timedelta(2), now=clock.now())
        db.session.commit()
        db.session.remove()
    browser.sign_in(ANA)
    assert "2 aportes asignados a su entidad" in browser.get("desk.index")
    page = browser.get("feedback.pile", slug=world.slug, asignados="gerencia-obras")
    shown = [a.get_text() for a in page.soup.select(".pile__row span:first-child")]
    assert shown == [codes[2], codes[0]] and "hasta el" in page
    page = browser.get("assignments.show", code=codes[2])
    assert "Le toca a Gerencia de Obras" in page and "Pasarlo a otra entidad" in page and "Asignarlo a otra entidad" not in page
    sent = {"pasar-organisation": "gerencia-ambiente", "pasar-note": "corta"}
    page = browser.post("assignments.forward", sent, status=422, code=codes[2])
    assert "10 letras o más" in page and "corta" in page.html
    browser.post("assignments.forward", {**sent, "pasar-note": NOTE}, code=codes[2])
    browser.get("assignments.show", code=codes[2])
    browser.post("assignments.forward", {**sent, "pasar-note": NOTE}, status=403, code=codes[2])
    other = Browser(app).sign_in(LUIS)
    page = other.get("feedback.workbench", code=codes[2])
    assert NOTE in page and "Asignado a Gerencia de Ambiente" in page
    other.post("assignments.give_back", {"devolver-note": "Pertenece al gobierno regional."}, code=codes[2])
    assert "Volvió a la secretaría" in Browser(app).sign_in(SARA).get("feedback.workbench", code=codes[2])


def test_luis_reads_anas_and_is_told_whose_it_is(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    with app.app_context():
        give(world, [say(world, "uno")], due_on=clock.lima_day(clock.now()) + timedelta(9), now=clock.now())
        db.session.commit()
        db.session.remove()
    browser.sign_in(LUIS)
    page = browser.get("feedback.workbench", code=codes[0])
    assert "Le toca a Gerencia de Obras" in page and not page.soup.select("form.answer-form")
    page = browser.post("feedback.write", {"text": "Mi respuesta.", "revision": "0", "do": "save"}, status=422, code=codes[0])
    assert "está asignado a Gerencia de Obras" in page
    browser.get("assignments.show", code=codes[0])
    for endpoint in ("assignments.forward", "assignments.give_back", "assignments.assign_one"):
        browser.post(endpoint, {}, status=403, code=codes[0])
    browser.post("feedback.write", {"text": "Mi respuesta.", "revision": "0", "do": "save"}, code=codes[1])


def test_sara_assigns_one_from_its_page_and_sees_by_where_it_went(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    browser.sign_in(SARA)
    page = browser.get("assignments.show", code=codes[0])
    assert "Nadie lo tiene asignado" in page
    sent = {"organisation": "gerencia-obras", "due_on": day(app, world), "seen": page.soup.select_one("input[name=seen]")["value"]}
    browser.post("assignments.assign_one", sent, code=codes[0])
    page = browser.get("assignments.show", code=codes[0])
    assert "Asignado" in page and "Sara Núñez Prado" in page
    late = browser.post("assignments.assign_one", {**sent, "organisation": "gerencia-ambiente"}, status=409, code=codes[0])
    assert "Otra persona cambió la asignación" in late


@pytest.mark.parametrize("member", [MARCO, OLGA])
def test_outsiders_and_a_moderator_see_no_assignment(browser: Browser, world: World, codes: list[str], member: object) -> None:
    browser.sign_in(member)  # type: ignore[arg-type]
    browser.get("assignments.show", status=403, code=codes[0])
    browser.post("assignments.assign_one", {}, status=403, code=codes[0])
    browser.post("feedback.choose", {"do": "assign", "all": "si"}, status=403, slug=world.slug)


def test_ana_may_not_assign_even_what_she_marked_and_felix_only_reads(app: Flask, world: World, codes: list[str]) -> None:
    ana = Browser(app).sign_in(ANA)
    ana.get(mark(ana, world, {"all": "si"}), status=403)
    felix = Browser(app).sign_in(FELIX)
    felix.get("assignments.show", code=codes[0])
    felix.post("assignments.assign_one", {}, status=403, code=codes[0])
    felix.get("assignments.show", status=404, code="PRB-C-9999")


def test_the_desk_tells_what_is_late_apart(app: Flask, browser: Browser, world: World, codes: list[str]) -> None:
    today, before = clock.lima_day(clock.now()), clock.now() - timedelta(days=9)
    with app.app_context():
        give(world, [say(world, "uno")], due_on=today - timedelta(1), now=before)
        give(world, [say(world, "dos")], due_on=today + timedelta(1), now=before)
        db.session.commit()
        db.session.remove()
    page = browser.sign_in(ANA).get("desk.index")
    assert "2 aportes asignados a su entidad" in page and "1 aporte de su entidad fuera de plazo" in page
    assert page.soup.select("a[href*='asignados=gerencia-obras']")
    assert "asignado a su entidad" not in Browser(app).sign_in(LUIS).get("desk.index")
