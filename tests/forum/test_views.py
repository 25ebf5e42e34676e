"""Pages of the forum: what everybody reads, and what is done on the desk."""

import io
import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.db import db
from app.forum import queries, services
from app.forum.rules.meetings import AgreementDraft, MeetingKind
from app.forum.rules.participation import sha256
from app.forum.rules.voting import Ballot, Choice, Majority, MotionDraft, MotionKind
from app.organisations.rules import Sector
from tests.browser import Browser
from tests.cast import ANA, FELIX, GLORIA, MATEO, OLGA, SARA, VERA
from tests.factories.forum import MINUTES, RULES, a_forum, a_meeting, a_table, hold, publish_minutes, rules_in_force
from tests.pages.forum import MEETING, ForumDesk
from tests.world import World

PAST = {"day": "2026-03-10", "starts": "09:00", "ends": "11:00"}


@pytest.fixture
def told(app: Flask, world: World) -> World:
    """A forum with rules, a meeting with public minutes and an agreement, one to come, a hearing, a closed vote."""
    with app.app_context():
        forum = a_forum(world, requires_induction=True)
        table = a_table(world, forum)
        rules_in_force(world, forum)
        rules_in_force(world, forum, text=RULES + "\n\nLas sesiones se transmiten.", note="Se transmite cada sesión en vivo.")
        meeting = a_meeting(world, forum, is_implementation_review=True)
        hold(world, meeting, table, {Sector.CITIZEN: 7})
        draft = AgreementDraft("Publicar el avance de cada compromiso.", "Secretaría", meeting.starts_at.date())
        services.add_agreement(meeting, draft, organisation=None, person_id=world.id_of(SARA), now=meeting.ends_at)
        publish_minutes(world, meeting)
        a_meeting(world, forum, now=meeting.starts_at + timedelta(days=30_000), title="Segunda sesión")
        hearing = a_meeting(world, forum, title="Audiencia de mayo", kind=MeetingKind.HEARING)
        services.add_question(
            hearing,
            Sector.CITIZEN,
            "¿Cuándo termina la obra?",
            "En junio.",
            "Gerencia de Obras",
            person_id=world.id_of(SARA),
            now=hearing.ends_at,
        )
        opened = MotionDraft(MotionKind.YES_NO, "¿Se aprueba?", "La metodología.", Majority.BY_SIDE, meeting.ends_at + timedelta(days=3))
        motion = services.open_motion(forum, opened, meeting=None, person_id=world.id_of(SARA), now=meeting.starts_at)
        services.cast_vote(motion, Ballot(Choice.FOR), person_id=world.id_of(GLORIA), now=meeting.starts_at)
        against = Ballot(Choice.AGAINST, reason="Falta presupuesto.")
        services.cast_vote(motion, against, person_id=world.id_of(FELIX), now=meeting.starts_at)
        db.session.commit()
        db.session.remove()
    return world


def close_vote(app: Flask) -> None:
    with app.app_context():
        motion = queries.motion_by_slugs("cusco", "se-aprueba")
        assert motion is not None
        services.close_motion(motion, now=motion.closes_at)
        db.session.commit()
        db.session.remove()


def test_the_public_page_says_who_sits_what_was_agreed_and_what_is_late(told: World, browser: Browser) -> None:
    page = browser.get("forum.show", slug="cusco")
    assert "Gobierno 2 de 4" in page and "Fuera del gobierno 2 de 4" in page
    assert "Félix Amaru Sota" in page and "Hugo Lazo Meza" in page
    assert "Publicar el avance de cada compromiso." in page
    assert "Primera sesión" in page and "Segunda sesión" in page
    assert FELIX.email not in page.html, "addresses are restricted"


def test_the_only_forum_is_shown_at_once_and_several_are_listed(told: World, app: Flask, browser: Browser) -> None:
    assert browser.get("forum.index", status=302).response.headers["Location"] == "/foro/cusco"
    with app.app_context():
        from app.spaces.queries import space_by_slug

        other = space_by_slug("otra")
        assert other is not None
        services.set_up(other, services.ForumDraft("Otro foro"), person_id=told.id_of(OLGA), now=other.created_at)
        db.session.commit()
        db.session.remove()
    page = browser.get("forum.index")
    assert "Otro foro" in page and "Foro de prueba" in page


def test_a_meeting_page_has_attendance_minutes_and_its_fingerprint(told: World, browser: Browser) -> None:
    page = browser.get("forum.meeting", slug="cusco", meeting="primera-sesion")
    assert MINUTES in page and "Cuenta para la regla de una sesión cada seis meses" in page
    told_sha = json.loads(browser.get("forum.meeting_json", slug="cusco", meeting="primera-sesion").html)["minutes"][0]["sha256"]
    assert told_sha in page
    assert "Ciudadanía" in page
    assert MINUTES in browser.get("forum.minutes", slug="cusco", meeting="primera-sesion", version=1)
    browser.get("forum.minutes", slug="cusco", meeting="primera-sesion", version=2, status=404)


def test_a_hearing_shows_its_questions_and_answers(told: World, browser: Browser) -> None:
    page = browser.get("forum.meeting", slug="cusco", meeting="audiencia-de-mayo")
    assert "¿Cuándo termina la obra?" in page and "En junio." in page and "Gerencia de Obras" in page


def test_the_rules_can_be_checked_against_their_fingerprint(told: World, browser: Browser) -> None:
    page = browser.get("forum.participation_rules", slug="cusco")
    content = browser.get("forum.rules_version_json", slug="cusco", n=2).html
    assert sha256(content) in page
    assert "Esta versión fue reemplazada" in browser.get("forum.rules_version", slug="cusco", n=1)
    changes = browser.get("forum.rules_differences", slug="cusco", a=1, b=2)
    assert "Las sesiones se transmiten." in changes and "no estaba" in changes
    browser.get("forum.rules_version", slug="cusco", n=3, status=404)


def test_votes_are_closed_to_everybody_until_the_motion_closes(told: World, app: Flask, browser: Browser) -> None:
    page = browser.get("forum.motion", slug="cusco", motion="se-aprueba")
    assert "Falta presupuesto." not in page.html and "Hasta ahora: 2." in page
    assert json.loads(browser.get("forum.motion_json", slug="cusco", motion="se-aprueba").html)["votes"] == []
    close_vote(app)
    after = browser.get("forum.motion", slug="cusco", motion="se-aprueba")
    assert "Falta presupuesto." in after and "Sin quórum: no decide" in after and "Asiento 3" in after
    assert len(json.loads(browser.get("forum.motion_json", slug="cusco", motion="se-aprueba").html)["votes"]) == 2


def test_everything_is_also_data(told: World, browser: Browser) -> None:
    content = json.loads(browser.get("forum.show_json", slug="cusco").html)
    assert content["balance"] == {"government": 2, "non_government": 2, "sectors": {"government": 2, "academia": 1, "civil-society": 1}}
    assert content["meetings"][0]["counts_for_mr_1_1a"] is True
    for endpoint in ("forum.seats_csv", "forum.meetings_csv", "forum.agreements_csv"):
        assert browser.get(endpoint, slug="cusco").html.startswith("\ufeff")
    calendar = browser.get("forum.meetings_calendar", slug="cusco").html
    assert calendar.count("BEGIN:VEVENT") == 3 and "STATUS:CONFIRMED" in calendar
    assert "primera-sesion" in browser.get("forum.meeting_calendar", slug="cusco", meeting="primera-sesion").html
    assert json.loads(browser.get("forum.index_json").html)[0]["space"] == "cusco"


def test_a_page_that_did_not_change_is_answered_with_304(told: World, browser: Browser) -> None:
    for endpoint, more in (("forum.show", {}), ("forum.meeting", {"meeting": "primera-sesion"}), ("forum.participation_rules", {})):
        tag = browser.get(endpoint, slug="cusco", **more).response.headers["ETag"]
        browser.get(endpoint, slug="cusco", **more, headers={"If-None-Match": tag}, status=304)


def test_the_public_page_costs_the_same_however_much_there_is(told: World, app: Flask, browser: Browser) -> None:
    def statements() -> int:
        counted: list[str] = []
        with app.app_context():
            engine = db.engine

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            counted.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        browser.get("forum.show", slug="cusco")
        event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    few = statements()
    with app.app_context():
        forum = queries.forum_by_slug("cusco")
        assert forum is not None
        for n in range(6):
            meeting = a_meeting(told, forum, title=f"Sesión extra {n}")
            hold(told, meeting, list(queries.seats_on(told.space_id, meeting.starts_at.date())))
            publish_minutes(told, meeting)
        db.session.commit()
        db.session.remove()
    assert statements() == few <= 14


# --- the desk


def test_from_an_empty_space_to_public_minutes(world: World, browser: Browser) -> None:
    """The secretariat opens the forum, seats people, convenes and records; both sides approve; it is published."""
    desk = ForumDesk(browser.sign_in(SARA))
    assert "Abrir el foro de este espacio" in browser.get("forum.desk", slug="cusco")
    desk.set_up()
    desk.appoint(1, "government", GLORIA.name, holder_email=GLORIA.email)
    desk.appoint(2, "civil-society", FELIX.name, holder_email=FELIX.email)
    desk.convene(**PAST)
    form = desk.page()
    seats = [field["name"] for field in form.soup.find_all("select") if field["name"].startswith("held-seat-")]
    assert len(seats) == 2
    data = {f"held-{name}": value for name, value in PAST.items()} | dict.fromkeys(seats, "holder") | {"held-guests-citizen": "5"}
    browser.post("forum.hold_meeting", data, slug="cusco", meeting="primera-sesion")
    desk.write_minutes(MINUTES)
    browser.post(
        "forum.add_agreement", {"agreement-text": "Publicar el balance.", "agreement-owner": "Secretaría",
        "agreement-due_on": "2026-05-01"},
        slug="cusco", meeting="primera-sesion",
    )  # fmt: skip
    browser.sign_out().sign_in(GLORIA)
    sha = desk.hash_on_the_page()
    browser.post("forum.approve_minutes_as_non_government", {"approve-sha256": sha}, slug="cusco", meeting="primera-sesion", status=403)
    browser.post("forum.approve_minutes_as_government", {"approve-sha256": sha}, slug="cusco", meeting="primera-sesion")
    browser.sign_out().sign_in(FELIX)
    browser.post("forum.approve_minutes_as_non_government", {"approve-sha256": sha}, slug="cusco", meeting="primera-sesion")
    browser.post("forum.publish_minutes", slug="cusco", meeting="primera-sesion", status=403)
    browser.sign_out().sign_in(SARA)
    browser.post("forum.publish_minutes", slug="cusco", meeting="primera-sesion")
    page = browser.get("forum.meeting", slug="cusco", meeting="primera-sesion")
    assert MINUTES in page and "Publicar el balance." in page


def test_what_was_typed_is_shown_again_with_what_to_mend(world: World, browser: Browser) -> None:
    desk = ForumDesk(browser.sign_in(SARA))
    desk.set_up()
    page = desk.convene(place="", status=422)
    assert "Diga el lugar" in page and page.soup.find("input", {"name": "title"})["value"] == MEETING["title"]
    page = desk.appoint(1, "government", "Elsa Ramos", status=422, ends_on="2025-01-01")
    assert "El periodo termina antes de empezar" in page
    page = browser.post("forum.convene", MEETING | {"day": "ayer"}, slug="cusco", status=422)
    assert "Escriba la fecha como día/mes/año" in page


def test_minutes_written_at_the_same_time_keep_both_texts(told: World, browser: Browser) -> None:
    desk = ForumDesk(browser.sign_in(SARA))
    page = desk.write_minutes(MINUTES + " Otra.", based_on="0", reason="Se corrige un dato.", status=409)
    assert "Otra persona guardó el acta" in page and MINUTES + " Otra." in page


def test_an_approval_of_a_text_that_changed_is_refused(told: World, browser: Browser) -> None:
    desk = ForumDesk(browser.sign_in(SARA))
    desk.write_minutes(MINUTES + " Otra.", based_on="1", reason="Se corrige un dato.")
    browser.sign_out().sign_in(GLORIA)
    page = browser.post(
        "forum.approve_minutes_as_government", {"approve-sha256": "0" * 64}, slug="cusco", meeting="primera-sesion", status=409
    )
    assert "El acta cambió después" in page


def test_rules_go_from_draft_to_force_through_both_sides(world: World, browser: Browser) -> None:
    ForumDesk(browser.sign_in(SARA)).set_up()
    text = {
        "rules-revision": "0", "rules-title": "Reglas", "rules-text": RULES, "rules-fraction": "1/2+", "rules-government_least": "1",
        "rules-non_government_least": "1",
    }  # fmt: skip
    assert "Las reglas necesitan al menos" in browser.post(
        "forum.save_rules", text | {"rules-text": "Corto.", "pedir": "1"}, slug="cusco", status=422
    )
    browser.post("forum.save_rules", text | {"pedir": "1"}, slug="cusco")
    for person, endpoint in ((GLORIA, "forum.approve_rules_as_government"), (FELIX, "forum.approve_rules_as_non_government")):
        browser.sign_out().sign_in(person)
        sha = browser.get("forum.desk_rules", slug="cusco").soup.find("input", {"name": "approve-sha256"})["value"]
        browser.post(endpoint, {"approve-sha256": sha}, slug="cusco")
    browser.sign_out().sign_in(SARA)
    browser.post("forum.publish_rules", slug="cusco")
    assert "Más de la mitad de los asientos" in browser.get("forum.participation_rules", slug="cusco")
    browser.post("forum.save_rules", text | {"rules-text": RULES + "Más."}, slug="cusco")
    browser.post("forum.discard_rules", slug="cusco")
    assert "Versión 2" not in browser.get("forum.participation_rules", slug="cusco")


def test_a_seat_votes_from_the_desk_and_sees_it_did(told: World, app: Flask, browser: Browser) -> None:
    browser.sign_in(SARA)
    data = {
        "title": "Orden de temas", "kind": "ranking", "majority": "simple", "options": "Agua\nObras\nTrámites", "closes_on": "2099-01-01",
        "meeting": "", "text": "", "process_slug": "plan-prueba",
    }  # fmt: skip
    browser.post("forum.open_motion", data, slug="cusco")
    browser.sign_out().sign_in(FELIX)
    wrong = {"vote-place-1": "1", "vote-place-2": "1", "vote-place-3": "0"}
    page = browser.post("forum.vote", wrong, slug="cusco", motion="orden-de-temas", status=422)
    assert "Dé un lugar distinto" in page
    browser.post("forum.vote", wrong | {"vote-place-2": "2"}, slug="cusco", motion="orden-de-temas")
    assert "ya votó" in browser.get("forum.desk_motion", slug="cusco", motion="orden-de-temas")
    again = browser.post("forum.vote", wrong | {"vote-place-2": "2"}, slug="cusco", motion="orden-de-temas", status=422)
    assert "Su asiento ya votó" in again
    page = browser.sign_out().sign_in(SARA).post("forum.close_motion", slug="cusco", motion="orden-de-temas", status=422)
    assert "La votación sigue abierta" in page


def test_a_document_goes_up_with_its_proof_and_comes_down_with_its_reason(told: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    here = {"slug": "cusco", "meeting": "primera-sesion"}
    for endpoint, prefix, more in (("forum.attach_to_meeting", "file-", {}), ("forum.attach_evidence", "proof-1-", {"number": 1})):
        upload = {f"{prefix}file": (io.BytesIO(f"a;b\r\n{prefix};2\r\n".encode()), "tabla.csv"), f"{prefix}title": f"Tabla {prefix}"}
        browser.post(endpoint, upload, **here, **more)
    page = browser.get("forum.meeting", **here)
    assert "Tabla file-" in page and "Tabla proof-1-" in page
    href = next(a["href"] for a in page.soup.find_all("a") if a.get_text() == "Tabla file-")
    key = href.rsplit("/", 1)[1]
    assert "razón" in browser.post("forum.withdraw_file", {f"gone-{key[:6]}-reason": "No"}, key=key, status=422, **here).html
    browser.post("forum.withdraw_file", {f"gone-{key[:6]}-reason": "Mostraba un teléfono personal."}, key=key, **here)
    page = browser.get("forum.meeting", **here)
    assert "Mostraba un teléfono personal." in page and href not in page.html
    browser.post("forum.withdraw_file", {"gone-x-reason": "No existe este archivo."}, key="0" * 32, status=404, **here)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//otro.example", "ftp://example.pe/x", "data:text/html,x"])
def test_what_is_not_an_address_is_not_made_a_link(world: World, browser: Browser, address: str) -> None:
    desk = ForumDesk(browser.sign_in(SARA))
    page = browser.post("forum.set_up", {"name": "Foro", "norm_url": address}, slug="cusco", status=422)
    assert "Escriba la dirección completa" in page
    desk.set_up(norm_url="https://example.pe/norma")


@pytest.mark.parametrize("person", [ANA, MATEO, OLGA], ids=lambda person: person.name)
def test_outsiders_do_not_enter_the_desk_of_the_forum(told: World, browser: Browser, person: object) -> None:
    browser.sign_in(person)  # type: ignore[arg-type]
    for endpoint, more in (("forum.desk", {}), ("forum.desk_meeting", {"meeting": "primera-sesion"}), ("forum.desk_rules", {})):
        browser.get(endpoint, slug="cusco", status=403, **more)


def test_a_reviewer_reads_and_changes_nothing(told: World, browser: Browser) -> None:
    browser.sign_in(VERA)
    assert "Primera sesión" in browser.get("forum.desk", slug="cusco")
    browser.get("forum.new_meeting", slug="cusco", status=403)
    browser.post("forum.convene", MEETING, slug="cusco", status=403)


def test_every_page_of_the_desk_opens(told: World, browser: Browser) -> None:
    browser.sign_in(SARA)
    for endpoint, more in (
        ("forum.settings", {}), ("forum.seat_list", {}), ("forum.new_meeting", {}), ("forum.new_motion", {}), ("forum.desk_rules", {}),
        ("forum.desk_meeting", {"meeting": "segunda-sesion"}), ("forum.desk_meeting", {"meeting": "audiencia-de-mayo"}),
        ("forum.desk_motion", {"motion": "se-aprueba"}),
    ):  # fmt: skip
        browser.get(endpoint, slug="cusco", **more)
