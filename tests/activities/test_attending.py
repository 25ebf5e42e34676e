"""Places, the list of those who wait, needs, reminders: who is told what, and what nobody is told."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.activities import cli, queries, services
from app.activities.models import CheckIn, Registration
from app.activities.rules import ActivityState, Dimension, RegistrationDraft, attending
from app.activities.rules.attending import AccessNeed, AttendanceSource, AttendingProblem, Profile, RegistrationState
from app.core.db import db
from app.core.errors import RuleBroken
from app.notifications.models import Notification
from app.notifications.rules import MailServer
from app.notifications.services import delivery
from tests.browser import Browser
from tests.cast import FELIX, GLORIA, INES, MATEO, OLGA, VERA
from tests.factories import activities as made
from tests.world import NOON, World

BEFORE = made.HELD_FROM - timedelta(days=10)
AT = {"slug": "plan-prueba", "activity": made.WORKSHOP}


def enrol(world: World, n: int, **more: Any) -> Registration:
    draft = RegistrationDraft(f"Persona {n}", f"persona{n}@example.pe", **more)
    key = f"{n:032x}"
    return services.register(made.opportunity(world), draft, submission_key=key, now=BEFORE + timedelta(minutes=n)).registration


def letters(kind: str) -> list[str]:
    rows = db.session.scalars(select(Notification).where(Notification.kind == f"activities.{kind}").order_by(Notification.id))
    return [row.address for row in rows]


def with_capacity(world: World, places: int) -> None:
    made.opportunity(world).capacity = places
    db.session.flush()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda instant: monkeypatch.setattr("app.core.clock.now", lambda: instant)


# ------------------------------------------------------------------------------------------------------------- rules


def test_a_place_while_there_is_one_and_then_the_list() -> None:
    assert attending.state_for(1, 2) is RegistrationState.CONFIRMED
    assert attending.state_for(2, 2) is RegistrationState.WAITING
    assert attending.state_for(999, 0) is RegistrationState.CONFIRMED
    assert [attending.places_to_give(t, c, w) for t, c, w in ((2, 2, 5), (1, 2, 5), (0, 9, 5), (7, 0, 5), (9, 2, 5))] == [0, 1, 5, 5, 0]


@pytest.mark.parametrize(
    ("hours", "reminded", "due"),
    [(73, 0, 0), (72, 0, 3), (72, 3, 0), (30, 3, 0), (24, 3, 1), (24, 0, 1), (2, 1, 0), (0, 0, 0), (-1, 0, 0)],
)
def test_reminders_are_due_three_days_and_one_day_before_once_each(hours: int, reminded: int, due: int) -> None:
    assert attending.reminder_due(NOON, NOON if reminded else None, reminded, NOON - timedelta(hours=hours)) == due


def test_a_start_that_moved_is_reminded_of_again() -> None:
    assert attending.reminder_due(NOON, NOON - timedelta(days=7), 1, NOON - timedelta(days=2)) == 3


def test_needs_are_published_from_five_people_and_the_rest_is_not_named() -> None:
    counts = {AccessNeed.WHEELCHAIR: 5, AccessNeed.QUECHUA: 4, AccessNeed.CHILDCARE: 12}
    assert attending.published_needs(counts) == {AccessNeed.WHEELCHAIR: 5, AccessNeed.CHILDCARE: 12}


def test_another_need_says_which_and_unknown_ones_are_refused() -> None:
    assert [p.code for p in attending.problems_with_needs(["other"], " ")] == [AttendingProblem.OTHER_NOT_SAID]
    assert [p.code for p in attending.problems_with_needs(["helicopter"], "")] == [AttendingProblem.NEED_UNKNOWN]
    assert attending.problems_with_needs(["other", "quechua"], "Letra grande") == ()


def test_the_counts_of_the_door_add_up_whoever_said_what() -> None:
    came = [Profile("grassroots", "women", "18-29", "qu"), Profile("", "men", "", "es"), Profile()]
    counts = attending.counts_of(came)
    assert counts == {
        "sector": {"grassroots": 1, "citizen": 2}, "sex": {"women": 1, "men": 1, "undisclosed": 1}, "age": {"18-29": 1, "undisclosed": 2},
    }  # fmt: skip
    assert attending.counts_of([]) == {}
    assert attending.counts_of([Profile(language="qu")])["language"] == {"qu": 1}


# ------------------------------------------------------------------------------------------------------ registrations


def test_who_finds_it_full_waits_and_moves_up_when_somebody_cancels(app: Flask, world: World) -> None:
    with app.app_context():
        with_capacity(world, 2)
        people = [enrol(world, n) for n in range(1, 5)]
        assert [p.state for p in people] == [RegistrationState.CONFIRMED] * 2 + [RegistrationState.WAITING] * 2
        assert letters("waiting") == ["persona3@example.pe", "persona4@example.pe"]
        assert [queries.place_in_line(p) for p in people] == [0, 0, 1, 2]
        gone = queries.registration_by_code(people[0].code)
        assert gone
        moved = services.cancel_registration(gone, now=BEFORE + timedelta(hours=1))
        assert [m.id for m in moved] == [people[2].id] and letters("moved-up") == ["persona3@example.pe"]
        assert queries.places(made.opportunity(world)).taken == 2
        with pytest.raises(RuleBroken) as refused:
            services.cancel_registration(gone, now=BEFORE + timedelta(hours=1))
        assert refused.value.problems[0].code == AttendingProblem.ALREADY_CANCELLED


def test_who_cancelled_and_comes_back_goes_to_the_end(app: Flask, world: World) -> None:
    with app.app_context():
        with_capacity(world, 1)
        first, second = enrol(world, 1), enrol(world, 2)
        services.cancel_registration(queries.registration_by_code(first.code), now=BEFORE + timedelta(hours=1))
        again = services.register(
            made.opportunity(world), RegistrationDraft("Persona 1", "persona1@example.pe"), submission_key="e" * 32,
            now=BEFORE + timedelta(hours=2),
        )  # fmt: skip
        assert again.registration.id == first.id and again.registration.state is RegistrationState.WAITING
        assert second.state is RegistrationState.CONFIRMED and letters("waiting").count("persona1@example.pe") == 1


def test_nobody_jumps_the_list_when_a_place_is_free_for_a_moment(app: Flask, world: World) -> None:
    with app.app_context():
        with_capacity(world, 1)
        enrol(world, 1), enrol(world, 2)
        with_capacity(world, 2)
        late = enrol(world, 3)
        assert late.state is RegistrationState.WAITING
        assert cli.fill_places(BEFORE + timedelta(hours=1)) == "Personas que pasaron de la lista de espera a un lugar: 1."
        assert letters("moved-up") == ["persona2@example.pe"]
        assert cli.fill_places(BEFORE + timedelta(hours=2)) == ""


def test_an_address_typed_by_somebody_else_gives_nothing_away(app: Flask, browser: Browser, world: World, at: Any) -> None:
    at(BEFORE)
    mine = {"submission_key": "a" * 32, "name": "Rosa Quispe", "email": "rosa@example.pe"}
    own = browser.post("activities.register", mine, **AT)
    assert "/inscripciones/" in own.response.headers["Location"]
    other = browser.post("activities.register", mine | {"submission_key": "b" * 32, "name": "Otra"}, **AT)
    assert other.response.headers["Location"].endswith("/inscripcion/gracias")
    page = browser.get("activities.registered", **AT)
    assert "Ese correo ya está en la lista" in page and "Rosa" not in page
    with app.app_context():
        assert letters("registered-again") == ["rosa@example.pe"]
        assert len(db.session.scalars(select(Registration)).all()) == 1


def test_the_private_page_shows_the_code_and_gives_the_place_back(app: Flask, browser: Browser, world: World, at: Any) -> None:
    at(BEFORE)
    sent = {"submission_key": "a" * 32, "name": "Rosa Quispe", "email": "rosa@example.pe", "access": ["quechua", "wheelchair"]}
    address = browser.post("activities.register", sent, **AT).response.headers["Location"]
    page = browser.get(address)
    assert page.heading == "Tiene un lugar" and "Intérprete de quechua" in page and "data:image/svg+xml" in page.html
    token = address.rsplit("/", 1)[1]
    code = token.split(".")[0]
    assert re.fullmatch(r"[A-Z2-9]{8}", code) and code in page
    for false in (code, f"{code}.", token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "ñ.ñ"):
        browser.get("activities.own_registration", token=false, status=404)
    browser.post("activities.cancel_registration", token=token)
    assert browser.get(address).heading == "Su inscripción está cancelada"
    assert "ya estaba cancelada" in browser.post("activities.cancel_registration", token=token, status=422)


def test_after_it_began_nobody_cancels(app: Flask, browser: Browser, world: World, at: Any) -> None:
    with app.app_context():
        token = services.private_token(enrol(world, 1).code)
        db.session.commit()
    at(NOON)
    assert "ya empezó" in browser.post("activities.cancel_registration", token=token, status=422)


def test_the_form_asks_for_needs_and_keeps_what_was_marked(browser: Browser, world: World, at: Any) -> None:
    at(BEFORE)
    page = browser.get("activities.registration", **AT)
    assert len(page.soup.select("input[name=access]")) == 5
    sent = {"submission_key": "a" * 32, "name": "Rosa", "email": "rosa@example.pe", "access": ["other", "childcare"]}
    wrong = browser.post("activities.register", sent, status=422, **AT)
    assert "diga cuál" in wrong and len(wrong.soup.select("input[name=access][checked]")) == 2


def test_the_form_says_how_many_places_are_left_and_how_many_wait(app: Flask, browser: Browser, world: World, at: Any) -> None:
    at(BEFORE)
    with app.app_context():
        with_capacity(world, 2)
        enrol(world, 1)
        db.session.commit()
    assert "Queda 1 lugar de 2" in browser.get("activities.registration", **AT)
    with app.app_context():
        enrol(world, 2), enrol(world, 3)
        db.session.commit()
    page = browser.get("activities.registration", **AT)
    assert "lista de espera: hay 1 antes" in page and "Ponerme en la lista de espera" in page


def test_needs_are_seen_by_those_who_organise_and_published_as_counts_of_five_or_more(
    app: Flask, browser: Browser, world: World, at: Any
) -> None:
    at(BEFORE)
    with app.app_context():
        for n in range(5):
            enrol(world, n, access=("wheelchair",) if n else ("wheelchair", "quechua"))
        db.session.commit()
    public = browser.get("portal.activity", **AT)
    assert "Entrar en silla de ruedas o sin gradas (5)" in public and "Intérprete de quechua" not in public
    desk = browser.sign_in(INES).get("activities.registrations", **AT)
    assert "Intérprete de quechua: 1" in desk and "Persona 3" in desk
    csv = browser.client.get("/mesa/procesos/plan-prueba/actividades/taller-ccorca/inscripciones.csv").get_data(as_text=True)
    assert "quechua wheelchair" in csv and "confirmed" in csv


# ----------------------------------------------------------------------------------------------------------- reminders


def test_each_is_reminded_once_three_days_and_once_one_day_before(app: Flask, world: World) -> None:
    with app.app_context():
        with_capacity(world, 2)
        people = [enrol(world, n) for n in range(1, 4)]
        starts = made.opportunity(world).starts_at
        services.cancel_registration(queries.registration_by_code(people[0].code), now=BEFORE + timedelta(hours=1))
        assert cli.remind(starts - timedelta(days=4)) == ""
        for days in (3, 3, 2, 1, 1, 0.5):
            cli.remind(starts - timedelta(days=days))
        expected = ["persona2@example.pe", "persona3@example.pe"]
        assert sorted(letters("reminder")) == sorted(expected * 2)
        said = [row.content["days"] for row in db.session.scalars(select(Notification).where(Notification.kind == "activities.reminder"))]
        assert sorted(said) == [1, 1, 3, 3]


def test_who_registers_the_day_before_is_not_reminded_of_what_was_just_said(app: Flask, world: World) -> None:
    with app.app_context():
        opportunity = made.opportunity(world)
        late = opportunity.starts_at - timedelta(hours=20)
        services.register(opportunity, RegistrationDraft("Rosa", "rosa@example.pe"), submission_key="a" * 32, now=late)
        assert cli.remind(late + timedelta(hours=1)) == ""


def test_a_withdrawn_activity_reminds_nobody(app: Flask, world: World) -> None:
    with app.app_context():
        enrol(world, 1)
        opportunity = made.opportunity(world)
        opportunity.is_withdrawn = True
        db.session.flush()
        assert cli.remind(opportunity.starts_at - timedelta(days=1)) == ""


def test_letters_bring_the_date_as_a_file_and_the_private_link(app: Flask, world: World) -> None:
    with app.app_context():
        with_capacity(world, 1)
        first = enrol(world, 1)
        enrol(world, 2)
        services.cancel_registration(queries.registration_by_code(first.code), now=BEFORE + timedelta(hours=1))
        cli.remind(made.opportunity(world).starts_at - timedelta(days=1))
        for letter in db.session.scalars(select(Notification)):
            message = delivery.compose(letter, MailServer("localhost", 25, sender="minka@example.pe"), NOON)
            file = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
            assert "DTSTART:20270310T150000Z" in file.get_content() and file.get_filename() == "actividad.ics"
            text = message.get_body(("plain",)).get_content()
            assert f"http://localhost/inscripciones/{letter.content['code']}." in text


# ------------------------------------------------------------------------------------------------------------ the door


def arrived(world: World, registration: Registration, **more: Any) -> CheckIn:
    whole = queries.registration_by_code(registration.code)
    assert whole is not None
    return services.check_in(whole, shows_image=False, person_id=world.id_of(INES), now=NOON, **more)


def test_pressing_twice_lets_in_once_and_the_counts_follow(app: Flask, world: World) -> None:
    with app.app_context():
        people = [enrol(world, n, sector="grassroots", sex="women") for n in range(1, 4)]
        for person in (people[0], people[0], people[1]):
            arrived(world, person)
        activity = queries.activity_of(made.opportunity(world).id)
        assert activity and activity.attendance_from is AttendanceSource.DOOR
        assert dict(queries.attendance(activity.id)) == {Dimension.SECTOR: [("grassroots", 2)], Dimension.SEX: [("women", 2)]}
        services.undo_check_in(queries.registration_by_code(people[0].code), person_id=world.id_of(INES), now=NOON)
        assert queries.people(queries.attendance(activity.id)) == 1
        with pytest.raises(RuleBroken):
            services.undo_check_in(queries.registration_by_code(people[0].code), person_id=world.id_of(INES), now=NOON)


def test_what_was_counted_by_hand_stays_until_somebody_goes_back_to_the_door(app: Flask, world: World) -> None:
    with app.app_context():
        person = enrol(world, 1)
        activity = made.opened(world)
        services.set_attendance(activity, {Dimension.SECTOR: {"government": 4}}, person_id=world.id_of(INES), now=NOON)
        arrived(world, person)
        assert queries.people(queries.attendance(activity.id)) == 4
        services.count_from_door(activity, now=NOON)
        assert queries.people(queries.attendance(activity.id)) == 1


def test_without_consent_neither_name_nor_telephone_of_who_walks_in_is_kept(app: Flask, world: World) -> None:
    with app.app_context():
        opportunity, ines = made.opportunity(world), world.id_of(INES)
        draft = RegistrationDraft("Zenaida Ccopa", "", "984123456", sex="women")
        for key, keeps in (("a" * 32, False), ("a" * 32, False), ("b" * 32, True)):
            services.walk_in(opportunity, draft, keeps_data=keeps, shows_image=True, submission_key=key, person_id=ines, now=NOON)
        rows = db.session.scalars(select(Registration).order_by(Registration.id)).all()
        assert [(r.name, r.phone) for r in rows] == [("", ""), ("Zenaida Ccopa", "984123456")]
        checks = db.session.scalars(select(CheckIn).order_by(CheckIn.registration_id)).all()
        assert [(c.keeps_data, c.shows_image, c.consent_text) for c in checks] == [(False, True, "puerta-1"), (True, True, "puerta-1")]
        assert queries.registered_counts([opportunity.id]) == {}, "who walks in takes nobody's place"


@pytest.mark.parametrize(("when", "code"), [(-1, AttendingProblem.TOO_EARLY), (0, None), (10, None)])
def test_people_come_in_from_the_day_on(app: Flask, world: World, when: int, code: AttendingProblem | None) -> None:
    with app.app_context():
        person = queries.registration_by_code(enrol(world, 1).code)
        now = made.HELD_FROM + timedelta(days=when)
        if code is None:
            services.check_in(person, shows_image=False, person_id=world.id_of(INES), now=now)
            return
        with pytest.raises(RuleBroken) as refused:
            services.check_in(person, shows_image=False, person_id=world.id_of(INES), now=now)
        assert refused.value.problems[0].code == code


def test_a_public_record_closes_the_door(app: Flask, world: World) -> None:
    with app.app_context():
        person = enrol(world, 1)
        assert made.published(world).state is ActivityState.PUBLISHED
        with pytest.raises(RuleBroken) as refused:
            arrived(world, person)
        assert refused.value.problems[0].code == AttendingProblem.RECORD_PUBLIC


def test_the_list_at_the_door_lets_in_finds_and_undoes(app: Flask, browser: Browser, world: World, at: Any) -> None:
    with app.app_context():
        codes = [enrol(world, n).code for n in range(1, 4)]
        db.session.commit()
    at(NOON)
    page = browser.sign_in(INES).get("activities.door", **AT)
    assert len(page.soup.select(".door__person")) == 3 and "3 esperadas" in page
    browser.post("activities.let_in", {"shows_image": "y"}, code=codes[1])
    page = browser.get("activities.door", buscar="PERSONA 2", **AT)
    assert len(page.soup.select(".door__person")) == 1 and "Llegó, 12:00" in page and "fotos: sí" in page
    browser.post("activities.undo_arrival", code=codes[1])
    assert "Llegaron 0 personas" in browser.get("activities.door", **AT)
    assert "no estaba registrada" in browser.post("activities.undo_arrival", code=codes[1], status=422)


def test_the_qr_of_the_confirmation_leads_to_one_button(app: Flask, browser: Browser, world: World, at: Any) -> None:
    with app.app_context():
        code = enrol(world, 1, access=("quechua",)).code
        db.session.commit()
    at(NOON)
    assert browser.get("activities.arrival", code=code, status=303).response.headers["Location"].startswith("/ingresar")
    for member in (MATEO, GLORIA, FELIX, VERA, OLGA):
        browser.sign_in(member).get("activities.arrival", code=code, status=403)
        browser.post("activities.let_in", code=code, status=403)
        browser.get("activities.door", status=403, **AT)
        browser.sign_out()
    page = browser.sign_in(INES).get("activities.arrival", code=code.lower())
    assert page.heading == "Persona 1" and "Intérprete de quechua" in page
    browser.post("activities.let_in", code=code)
    assert "Ya está presente" in browser.get("activities.arrival", code=code)
    browser.get("activities.arrival", code="NOEXISTE", status=404)


def test_who_comes_without_registering_is_counted(app: Flask, browser: Browser, world: World, at: Any) -> None:
    at(NOON)
    browser.sign_in(INES).post("activities.walk_in", {"new-name": "Tomás", "new-sector": "grassroots", "new-keeps_data": "y"}, **AT)
    browser.post("activities.walk_in", {"new-sector": "media"}, **AT)
    assert "Elija una opción" in browser.post("activities.walk_in", {"new-sex": "martian"}, status=422, **AT)
    page = browser.get("activities.door", **AT)
    assert "Tomás" in page and "Persona sin nombre" in page and "Llegaron 2 personas" in page
    record = browser.get("activities.show", **AT)
    assert "En la puerta se registraron 2 personas" in record


def test_nothing_of_the_door_is_public(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        arrived(world, enrol(world, 7))
        made.published(world)
        db.session.commit()
    public = browser.get("portal.activity", **AT)
    data = browser.client.get("/procesos/plan-prueba/actividades.json").get_data(as_text=True)
    assert "Persona 7" not in public.html and "Persona 7" not in data
