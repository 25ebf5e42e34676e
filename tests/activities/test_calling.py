"""Who left a telephone and no e-mail is told of every change all the same: somebody is asked to call, and what came of it is kept."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.activities import queries, services
from app.activities.models import Registration, RegistrationCall
from app.activities.rules import RegistrationDraft
from app.activities.rules.attending import RegistrationState
from app.activities.rules.calling import CallOutcome, CallProblem, CallReason, Standing, problems_with_call, reason_to_call
from app.core.db import db
from tests.browser import Browser
from tests.cast import FELIX, INES, MATEO, SARA, VERA
from tests.factories import activities as made
from tests.world import NOON, World

AT = {"slug": "plan-prueba", "activity": made.WORKSHOP}
BEFORE = made.HELD_FROM - timedelta(days=20)
PLACE = Standing(NOON, "Local comunal", RegistrationState.CONFIRMED, False)
LATER, ELSEWHERE = Standing(NOON + timedelta(hours=2), "Local comunal", PLACE.state, False), Standing(NOON, "Colegio", PLACE.state, False)
WAITING, OFF = Standing(NOON, "Local comunal", RegistrationState.WAITING, False), Standing(NOON, "Local comunal", PLACE.state, True)
GONE = Standing(NOON, "Local comunal", RegistrationState.CANCELLED, False)
LONG_AGO = NOON - timedelta(days=20)


@pytest.mark.parametrize(
    ("known", "present", "days_before", "reason"),
    [
        (PLACE, PLACE, 5, None), (PLACE, LATER, 5, CallReason.MOVED), (PLACE, ELSEWHERE, 5, CallReason.MOVED),
        (PLACE, OFF, 5, CallReason.CALLED_OFF), (OFF, OFF, 5, None), (OFF, PLACE, 5, CallReason.MOVED),
        (WAITING, PLACE, 5, CallReason.MOVED_UP), (WAITING, WAITING, 2, None), (PLACE, PLACE, 3, CallReason.REMINDER),
        (PLACE, PLACE, 0, None), (PLACE, OFF, 0, None), (PLACE, GONE, 5, None), (None, PLACE, 5, None),
        (None, PLACE, 2, CallReason.REMINDER), (None, OFF, 5, CallReason.CALLED_OFF),
    ],
)  # fmt: skip
def test_why_somebody_is_called(known: Standing | None, present: Standing, days_before: int, reason: CallReason | None) -> None:
    assert reason_to_call(known, LONG_AGO, present, NOON - timedelta(days=days_before)) == reason


def test_who_was_just_told_is_not_reminded() -> None:
    assert reason_to_call(PLACE, NOON - timedelta(days=2), PLACE, NOON - timedelta(days=1)) is None


def test_a_call_says_what_came_of_it_about_what_is_true() -> None:
    def codes(*given: Any) -> list[str]:
        return [problem.code for problem in problems_with_call(*given)]

    seen = str(int(NOON.timestamp()))
    assert codes(None, CallReason.MOVED, seen, NOON) == [CallProblem.OUTCOME_MISSING]
    assert codes(CallOutcome.TOLD, None, seen, NOON) == [CallProblem.NOT_DUE]
    assert codes(CallOutcome.TOLD, CallReason.MOVED, seen, LATER.starts_at) == [CallProblem.CHANGED_MEANWHILE]
    assert codes(CallOutcome.TOLD, CallReason.MOVED, seen, NOON) == []


# --------------------------------------------------------------------------------------------------------------- a real one


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("app.core.clock.now", lambda: BEFORE)
    return lambda instant: monkeypatch.setattr("app.core.clock.now", lambda: instant)


@pytest.fixture
def enrolled(app: Flask, world: World, at: Any) -> dict[str, str]:
    """Codes of who registered for one place: Nélida by telephone, Aurelia by telephone and waiting, Rita by mail and waiting."""
    with app.app_context():
        opportunity = made.opportunity(world)
        opportunity.capacity = 1
        db.session.flush()
        people = {"Nélida": ("", "984 111 222"), "Aurelia": ("", "984 333 444"), "Rita": ("rita@example.pe", "984 555 666")}
        codes = {}
        for n, (name, (email, phone)) in enumerate(people.items()):
            draft = RegistrationDraft(f"{name} Puma", email, phone=phone)
            registration = services.register(opportunity, draft, submission_key=f"{n:032x}", now=BEFORE + timedelta(minutes=n)).registration
            codes[name] = registration.code
        db.session.commit()
        return codes


def changed(app: Flask, world: World, **values: Any) -> None:
    with app.app_context():
        opportunity = made.opportunity(world)
        for name, value in values.items():
            setattr(opportunity, name, value)
        db.session.commit()


def due(app: Flask, world: World, now: Any = BEFORE) -> dict[str, CallReason]:
    with app.app_context():
        return {one.registration.name.split()[0]: one.reason for one in queries.calls_due(made.opportunity(world).id, now)}


def said(page: Any, code: str, outcome: str) -> dict[str, str]:
    form = page.soup.find("form", action=f"/mesa/llamadas/{code}")
    return {"outcome": outcome, "seen": form.find("input", {"name": "seen"})["value"]}


def test_who_registers_by_telephone_reads_that_they_will_be_called(app: Flask, world: World, enrolled: dict[str, str]) -> None:
    with app.app_context():
        tokens = {name: services.private_token(code) for name, code in enrolled.items()}
    assert "Le llamamos al 984 111 222" in Browser(app).get("activities.own_registration", token=tokens["Nélida"])
    assert "Le llamamos" not in Browser(app).get("activities.own_registration", token=tokens["Rita"])


def test_nobody_is_called_while_nothing_changed(app: Flask, world: World, enrolled: dict[str, str]) -> None:
    assert due(app, world) == {}
    page = Browser(app).sign_in(SARA).get("activities.calls", **AT)
    assert "No hay a quién llamar" in page
    assert "sin correo" not in Browser(app).sign_in(SARA).get("activities.registrations", **AT).soup.select_one("main .actions").get_text()


def test_a_new_date_is_on_the_desk_until_everybody_without_mail_was_called(
    app: Flask, world: World, enrolled: dict[str, str], at: Any
) -> None:
    moved = made.HELD_FROM + timedelta(days=2)
    changed(app, world, starts_at=moved, ends_at=moved + timedelta(hours=3), place="Colegio de Ccorca")
    assert due(app, world) == {"Nélida": CallReason.MOVED, "Aurelia": CallReason.MOVED}  # Rita gets a letter
    browser = Browser(app).sign_in(INES)
    desk = browser.get("desk.index")
    link = desk.soup.find("a", string=lambda words: words and words.startswith("Llamar a 2 personas inscritas sin correo"))
    page = browser.get(link["href"])
    assert page.soup.find("a", href="tel:984111222") and "Colegio de Ccorca" in page and "Cambió la fecha" in page
    assert "Rita" not in page and "Sigue en la lista de espera" in page
    page = browser.post("activities.note_call", said(page, enrolled["Nélida"], "told"), code=enrolled["Nélida"], status=303)
    page = browser.get("activities.calls", **AT)
    assert "Anotado: Nélida Puma, le avisé." in page
    assert due(app, world) == {"Aurelia": CallReason.MOVED}
    browser.post("activities.note_call", said(page, enrolled["Aurelia"], "no-answer"), code=enrolled["Aurelia"], status=303)
    page = browser.get("activities.calls", **AT)
    assert "Ya se intentó 1 vez." in page
    browser.post("activities.note_call", said(page, enrolled["Aurelia"], "told"), code=enrolled["Aurelia"], status=303)
    assert due(app, world) == {} and "Llamar a" not in browser.get("desk.index")
    with app.app_context():
        rows = db.session.scalars(select(RegistrationCall).where(RegistrationCall.called_by_id == world.id_of(INES))).all()
        assert [row.outcome for row in rows] == [CallOutcome.TOLD, CallOutcome.NO_ANSWER, CallOutcome.TOLD]
        assert {row.starts_at for row in rows} == {moved}


def test_who_no_longer_comes_leaves_the_place_to_who_waits_and_they_are_called_in_turn(
    app: Flask, world: World, enrolled: dict[str, str]
) -> None:
    changed(app, world, place="Colegio de Ccorca")
    browser = Browser(app).sign_in(SARA)
    page = browser.get("activities.calls", **AT)
    browser.post("activities.note_call", said(page, enrolled["Aurelia"], "told"), code=enrolled["Aurelia"], status=303)
    browser.post("activities.note_call", said(page, enrolled["Nélida"], "not-coming"), code=enrolled["Nélida"], status=303)
    assert due(app, world) == {"Aurelia": CallReason.MOVED_UP}
    page = browser.get("activities.calls", **AT)
    assert "el suyo ya está" in page and enrolled["Aurelia"] in page
    with app.app_context():
        states = {row.name.split()[0]: row.state for row in db.session.scalars(select(Registration))}
        assert states["Nélida"] is RegistrationState.CANCELLED and states["Aurelia"] is RegistrationState.CONFIRMED


def test_what_is_called_off_or_near_is_said_too(app: Flask, world: World, enrolled: dict[str, str]) -> None:
    assert due(app, world, made.HELD_FROM - timedelta(days=2)) == {"Nélida": CallReason.REMINDER}
    with app.app_context():
        services.cancel(made.opened(world), "La carretera está cortada por la lluvia.", person_id=world.id_of(SARA), now=BEFORE)
        db.session.commit()
    assert due(app, world) == {"Nélida": CallReason.CALLED_OFF, "Aurelia": CallReason.CALLED_OFF}
    page = Browser(app).sign_in(SARA).get("activities.calls", **AT)
    assert "ya no se hace" in page
    Browser(app).sign_in(SARA).post("activities.note_call", said(page, enrolled["Nélida"], "told"), code=enrolled["Nélida"], status=303)
    assert due(app, world) == {"Aurelia": CallReason.CALLED_OFF}


def test_a_date_that_changed_while_calling_is_said_again(app: Flask, world: World, enrolled: dict[str, str]) -> None:
    changed(app, world, place="Colegio de Ccorca")
    browser = Browser(app).sign_in(SARA)
    old = said(browser.get("activities.calls", **AT), enrolled["Nélida"], "told")
    changed(app, world, starts_at=made.HELD_FROM + timedelta(days=1))
    page = browser.post("activities.note_call", old, code=enrolled["Nélida"], status=422)
    assert "La fecha cambió mientras usted llamaba" in page and "Nélida" in page
    assert "Elija qué pasó" in browser.post("activities.note_call", {"seen": "x"}, code=enrolled["Nélida"], status=422)
    browser.post("activities.note_call", old, code="NOEXISTE", status=404)


@pytest.mark.parametrize("member", [MATEO, FELIX, VERA], ids=lambda m: m.name)
def test_telephones_are_read_by_those_who_organise_only(app: Flask, world: World, enrolled: dict[str, str], member: Any) -> None:
    browser = Browser(app).sign_in(member)
    browser.get("activities.calls", status=403, **AT)
    browser.post("activities.note_call", {"outcome": "told"}, code=enrolled["Nélida"], status=403)
