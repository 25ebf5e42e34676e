"""Minutes: approved by both sides, published once with their hash, corrected in the open, printed; agreements beside them."""

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.activities import queries, services
from app.activities.rules import ActivityProblem
from app.activities.rules import minutes as rules
from app.activities.rules.minutes import MinutesProblem
from app.audit.models import AuditEntry
from app.core import pdf
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.forum.rules.seats import Side
from tests.browser import Browser
from tests.cast import FELIX, GLORIA, INES, MARCO, ROSA, SARA, VERA
from tests.factories import activities as made
from tests.world import NOON, World

AT = {"slug": "plan-prueba", "activity": made.WORKSHOP}
G, N = Side.GOVERNMENT, Side.NON_GOVERNMENT


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("side", "given", "person", "writer", "problem"),
    [(G, {}, 1, 2, None), (G, {}, 1, 1, MinutesProblem.DRAFTER_APPROVES), (G, {G: 3}, 1, 2, MinutesProblem.ALREADY_APPROVED),
     (N, {G: 1}, 1, 2, MinutesProblem.SAME_PERSON), (N, {G: 3}, 1, 2, None)],
)  # fmt: skip
def test_each_side_approves_once_and_nobody_their_own_text(
    side: Side, given: dict[Side, int], person: int, writer: int, problem: MinutesProblem | None
) -> None:
    assert [p.code for p in rules.problems_with_approving(side, given, person, writer)] == ([problem] if problem else [])


def test_minutes_are_late_after_five_working_days() -> None:
    friday = date(2027, 5, 7)
    assert [rules.days_late(friday, friday + timedelta(days=n)) for n in (0, 7, 10, 12)] == [0, 0, 1, 3]
    assert not rules.is_late(friday, friday + timedelta(days=99), is_public=True)


def test_the_record_waits_for_both_sides(app: Flask, world: World) -> None:
    with app.app_context():
        activity, ines = made.opened(world), world.id_of(INES)
        services.record_held(activity, started_at=made.HELD_FROM, ended_at=made.HELD_TO, person_id=ines, now=NOON)
        services.set_attendance(activity, made.COUNTS, person_id=ines, now=NOON)
        minutes = services.save_minutes(activity, made.MINUTES, person_id=ines, now=NOON)
        services.approve_minutes(activity, G, minutes.sha256, person_id=world.id_of(GLORIA), now=NOON)
        with pytest.raises(RuleBroken) as refused:
            services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
        assert codes(refused) == [ActivityProblem.NOT_APPROVED]
        assert [row[1] for row in queries.minutes_to_approve([world.process_id], N)] == [made.WORKSHOP]
        assert queries.minutes_to_approve([world.process_id], G) == []
        services.approve_minutes(activity, N, minutes.sha256, person_id=world.id_of(FELIX), now=NOON)
        services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "activities.approve-minutes")).all()
        assert [json.loads(e.body)["facts"]["side"] for e in entries] == [str(G), str(N)]


def test_a_new_text_begins_the_approvals_again(app: Flask, world: World) -> None:
    with app.app_context():
        activity = made.documented(world)
        old = queries.current_minutes(activity.id)
        assert old
        services.save_minutes(activity, made.MINUTES + " Y algo más.", person_id=world.id_of(INES), now=NOON)
        with pytest.raises(SomebodyWasFirst):
            services.approve_minutes(activity, G, old.sha256, person_id=world.id_of(GLORIA), now=NOON)
        with pytest.raises(RuleBroken) as refused:
            services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
        assert codes(refused) == [ActivityProblem.NOT_APPROVED]


def test_who_wrote_it_does_not_approve_it(app: Flask, world: World) -> None:
    with app.app_context():
        activity = made.opened(world)
        minutes = services.save_minutes(activity, made.MINUTES, person_id=world.id_of(GLORIA), now=NOON)
        with pytest.raises(RuleBroken) as refused:
            services.approve_minutes(activity, G, minutes.sha256, person_id=world.id_of(GLORIA), now=NOON)
        assert codes(refused) == [MinutesProblem.DRAFTER_APPROVES]


def test_agreements_are_numbered_taken_back_and_stay_once_public(app: Flask, world: World) -> None:
    with app.app_context():
        activity, ines = made.documented(world), world.id_of(INES)
        for text in ("Visitar el reservorio de Ccorca.", "Publicar el acta en quechua."):
            services.add_agreement(activity, text, "Secretaría", date(2027, 4, 1), person_id=ines, now=NOON)
        services.drop_agreement(activity, 1, now=NOON)
        assert [(a.number, a.text) for a in queries.agreements(activity.id)] == [(2, "Publicar el acta en quechua.")]
        with pytest.raises(RuleBroken):
            services.add_agreement(activity, "corto", "", None, person_id=ines, now=NOON)
        services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
        for change in (
            lambda: services.add_agreement(activity, "Otro acuerdo más.", "", None, person_id=ines, now=NOON),
            lambda: services.drop_agreement(activity, 2, now=NOON),
        ):
            with pytest.raises(RuleBroken) as refused:
                change()
            assert codes(refused) == [ActivityProblem.ALREADY_PUBLIC]


def test_only_a_seat_of_its_side_approves_and_only_what_it_read(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        activity = made.opened(world)
        services.record_held(activity, started_at=made.HELD_FROM, ended_at=made.HELD_TO, person_id=world.id_of(INES), now=NOON)
        sha256 = services.save_minutes(activity, made.MINUTES, person_id=world.id_of(INES), now=NOON).sha256
        db.session.commit()
    given = {"approve-sha256": sha256}
    for member in (ROSA, INES, SARA, MARCO, VERA, FELIX):
        browser.sign_in(member).post("activities.approve_minutes_as_government", given, status=403, **AT)
    assert "Aprobar por gobierno" not in browser.get("activities.show", **AT)
    page = browser.sign_in(GLORIA).get("activities.show", **AT)
    assert "Aprobar por gobierno" in page and "31 personas" in page
    stale = browser.post("activities.approve_minutes_as_government", {"approve-sha256": "0" * 64}, status=409, **AT)
    assert "El acta cambió" in stale
    browser.post("activities.approve_minutes_as_government", given, **AT)
    assert "Su lado ya aprobó" in browser.post("activities.approve_minutes_as_government", given, status=422, **AT)


def test_the_public_minutes_are_printed_and_drawn(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        activity = made.documented(world)
        services.add_agreement(activity, "Visitar el reservorio de Ccorca.", "Secretaría", date(2027, 4, 1), person_id=1, now=NOON)
        services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
        db.session.commit()
    public = browser.get("portal.activity", **AT)
    assert "Visitar el reservorio" in public and "Gobierno aprobó este texto" in public
    sheet = browser.get("activities.minutes_sheet", version=1, **AT)
    assert "Visitar el reservorio" in sheet and "Fuera del gobierno aprobó exactamente este texto" in sheet
    file = browser.client.get("/procesos/plan-prueba/actividades/taller-ccorca/acta/1.pdf")
    if pdf.is_available():
        assert file.mimetype == "application/pdf" and file.data.startswith(b"%PDF-")
        assert browser.client.get(file.request.path, headers={"If-None-Match": file.headers["ETag"]}).status_code == 304
    else:
        assert file.headers["Location"].endswith("/acta/1/imprimir")
    browser.get("activities.minutes_sheet", version=2, status=404, **AT)


def test_late_minutes_and_texts_to_approve_are_on_the_desk(app: Flask, browser: Browser, world: World) -> None:
    with app.app_context():
        activity = made.opened(world)
        services.record_held(activity, started_at=made.HELD_FROM, ended_at=made.HELD_TO, person_id=world.id_of(INES), now=NOON)
        services.save_minutes(activity, made.MINUTES, person_id=world.id_of(INES), now=NOON)
        db.session.commit()
    for member in (INES, SARA):
        assert "Acta atrasada 2 días hábiles: Taller de Ccorca" in browser.sign_in(member).get("desk.index")
        browser.sign_out()
    for member in (GLORIA, FELIX):
        assert "Acta de taller que espera su aprobación: Taller de Ccorca" in browser.sign_in(member).get("desk.index")
        browser.sign_out()
    page = browser.sign_in(INES).get("activities.show", **AT)
    assert "2 días hábiles de atraso" in page
