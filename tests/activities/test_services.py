"""Records and registrations: what is written, what is refused, what enters the register and the outbox."""

import json
from datetime import timedelta

import pytest
from flask import Flask, render_template
from sqlalchemy import func, select

from app.activities import queries, services
from app.activities.models import Activity, ActivityMinutes, Registration
from app.activities.rules import ActivityProblem, ActivityState, Dimension, RegistrationDraft
from app.activities.rules.minutes import MinutesProblem
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.evidence import queries as evidence
from app.evidence.rules import FileProblem, FileUpload
from app.notifications.models import Notification, Subscription
from app.processes.models import Opportunity, Process
from app.processes.rules.states import ProcessState
from tests.cast import INES, SARA
from tests.factories import activities as made
from tests.factories import files
from tests.world import NOON, World

BEFORE = made.HELD_FROM - timedelta(days=3)
ROSA = RegistrationDraft("Rosa Quispe", "Rosa@Example.pe", needs="Intérprete de quechua")


def code_of(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def revision(world: World) -> int:
    return db.session.scalar(select(Process.public_revision).where(Process.id == world.process_id)) or 0


def test_a_record_is_opened_once_and_takes_the_next_number(app: Flask, world: World) -> None:
    with app.app_context():
        first = made.opened(world)
        assert made.opened(world).id == first.id
        assert first.number == 1
        db.session.add(
            Opportunity(process_id=world.process_id, slug="taller-dos", kind="workshop", title="Taller dos", starts_at=NOON, ends_at=NOON)
        )
        db.session.flush()
        second = services.open_record(made.opportunity(world, "taller-dos"), facilitator_id=None, person_id=world.id_of(INES), now=NOON)
        assert second.number == 2
        assert [a.number for a in queries.activities(world.process_id)] == [1, 2]


def test_a_number_already_taken_gives_the_next_one(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        made.opened(world)
        db.session.add(
            Opportunity(process_id=world.process_id, slug="taller-dos", kind="workshop", title="Taller dos", starts_at=NOON, ends_at=NOON)
        )
        db.session.flush()
        seen = iter([0, 1])
        monkeypatch.setattr("app.activities.queries.last_number", lambda process_id: next(seen))
        second = services.open_record(made.opportunity(world, "taller-dos"), facilitator_id=None, person_id=world.id_of(INES), now=NOON)
        assert second.number == 2


def test_a_form_on_the_web_has_no_record(app: Flask, world: World) -> None:
    with app.app_context():
        with pytest.raises(RuleBroken) as refused:
            services.open_record(made.opportunity(world, "aportes-en-linea"), facilitator_id=None, person_id=1, now=NOON)
        assert code_of(refused) == [ActivityProblem.NOT_AN_EVENT]


def test_the_first_activity_held_starts_its_process(app: Flask, world: World) -> None:
    with app.app_context():
        process = db.session.get_one(Process, world.process_id)
        process.start_at, process.state = None, ProcessState.SCHEDULED
        db.session.flush()
        activity = made.opened(world)
        services.record_held(activity, started_at=made.HELD_FROM, ended_at=made.HELD_TO, person_id=world.id_of(INES), now=NOON)
        db.session.flush()
        db.session.refresh(process)
        assert process.start_at == made.HELD_FROM
        assert process.state is ProcessState.RUNNING
        assert activity.state is ActivityState.HELD


def test_attendance_replaces_what_was_counted_and_refuses_sums_that_differ(app: Flask, world: World) -> None:
    with app.app_context():
        activity = made.documented(world)
        assert queries.people(queries.attendance(activity.id)) == 31
        with pytest.raises(RuleBroken) as refused:
            services.set_attendance(activity, {**made.COUNTS, Dimension.SEX: {"women": 3}}, person_id=1, now=NOON)
        assert code_of(refused) == [ActivityProblem.SEX_TOTAL_DIFFERS]
        services.set_attendance(activity, {Dimension.SECTOR: {"government": 4}}, person_id=1, now=NOON)
        assert queries.attendance(activity.id) == {Dimension.SECTOR: [("government", 4)]}


def test_minutes_are_versions_and_the_later_writer_is_told(app: Flask, world: World) -> None:
    with app.app_context():
        activity, ines = made.opened(world), world.id_of(INES)
        first = services.save_minutes(activity, made.MINUTES, person_id=ines, now=NOON, based_on=0)
        assert services.save_minutes(activity, made.MINUTES, person_id=ines, now=NOON).id == first.id
        assert "<strong>31 personas</strong>" in first.html
        with pytest.raises(SomebodyWasFirst) as late:
            services.save_minutes(activity, made.MINUTES + " Otro texto.", person_id=ines, now=NOON, based_on=0)
        assert late.value.current.id == first.id
        second = services.save_minutes(activity, made.MINUTES + " Otro texto.", person_id=ines, now=NOON, based_on=1)
        assert [m.version for m in queries.minutes_history(activity.id)] == [2, 1]
        assert second.published_at is None


def test_publishing_needs_times_attendance_and_minutes(app: Flask, world: World) -> None:
    with app.app_context():
        with pytest.raises(RuleBroken) as refused:
            services.publish_record(made.opened(world), person_id=world.id_of(SARA), now=NOON)
        assert code_of(refused) == [
            ActivityProblem.NOT_HELD, ActivityProblem.NO_ATTENDANCE, ActivityProblem.NO_MINUTES, ActivityProblem.NOT_APPROVED,
        ]  # fmt: skip


def test_publishing_shows_the_files_and_enters_the_register_once(app: Flask, world: World) -> None:
    with app.app_context():
        activity = made.documented(world)
        assert activity.state is ActivityState.DOCUMENTED
        assert evidence.attachments("activity", activity.id, public_only=True) == []
        before = revision(world)
        services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
        services.publish_record(activity, person_id=world.id_of(SARA), now=NOON)
        db.session.flush()
        assert activity.state is ActivityState.PUBLISHED and activity.published_at == NOON
        shown = evidence.attachments("activity", activity.id, public_only=True)
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "activities.publish")).all()
        assert len(entries) == 1 and entries[0].subject_ref == "plan-prueba/taller-ccorca"
        facts = json.loads(entries[0].body)["facts"]
        minutes = queries.public_minutes(activity.id)[0]
        assert facts["people"] == 31 and facts["minutes_sha256"] == minutes.sha256 and facts["files"] == [shown[0].sha256]
        assert revision(world) > before


def test_a_public_record_changes_only_through_a_corrected_version_with_its_reason(app: Flask, world: World) -> None:
    with app.app_context():
        activity, sara = made.published(world), world.id_of(SARA)
        for change in (
            lambda: services.record_held(activity, started_at=made.HELD_FROM, ended_at=made.HELD_TO, person_id=sara, now=NOON),
            lambda: services.set_attendance(activity, {}, person_id=sara, now=NOON),
        ):
            with pytest.raises(RuleBroken) as refused:
                change()
            assert code_of(refused) == [ActivityProblem.ALREADY_PUBLIC]
        with pytest.raises(RuleBroken):
            services.save_minutes(activity, made.MINUTES + " Faltaba esto.", person_id=sara, now=NOON)
        corrected = services.save_minutes(
            activity,
            made.MINUTES + " Faltaba esto.",
            person_id=sara,
            now=NOON + timedelta(days=1),
            reason="Faltaba un acuerdo leído en plenaria",
        )
        assert [m.version for m in queries.public_minutes(activity.id)] == [1], "a correction waits for both sides"
        with pytest.raises(RuleBroken) as refused:
            services.publish_minutes(activity, person_id=sara, now=NOON)
        assert code_of(refused) == [MinutesProblem.APPROVAL_MISSING]
        made.approved(world, activity)
        services.publish_minutes(activity, person_id=sara, now=NOON + timedelta(days=2))
        assert [m.id for m in queries.public_minutes(activity.id)][0] == corrected.id
        assert db.session.scalar(select(func.count()).select_from(ActivityMinutes)) == 2
        body = db.session.scalar(select(AuditEntry.body).where(AuditEntry.action == "activities.correct_minutes"))
        assert body and "plenaria" not in body, "free text stays out of a register that cannot forget"


def test_files_after_publication_are_shown_at_once_and_taken_off_with_a_reason(app: Flask, world: World) -> None:
    with app.app_context():
        activity, sara = made.published(world), world.id_of(SARA)
        upload = FileUpload("voz.wav", files.wav())
        file = services.attach(activity, upload, kind=None, title="Plenaria", is_for_public=True, person_id=sara, now=NOON)
        inside = services.attach(
            activity, FileUpload("lista.csv", b"nombre;firma\n"), kind=None, title="Lista", is_for_public=False, person_id=sara, now=NOON
        )
        assert file.is_public and not inside.is_public
        services.withdraw_file(activity, file, "Se oye el nombre de una menor", person_id=sara, now=NOON)
        actions = [e.action for e in db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq))]
        assert actions[2:] == ["activities.publish", "activities.add_file", "activities.withdraw_file"]
        with pytest.raises(RuleBroken) as refused:
            services.withdraw_file(activity, inside, "no", person_id=sara, now=NOON)
        assert code_of(refused) == [FileProblem.REASON_MISSING]


def test_an_activity_that_was_not_held_says_why_in_public(app: Flask, world: World) -> None:
    with app.app_context():
        activity = made.opened(world)
        services.cancel(activity, "Hubo paro de transportes y nadie pudo llegar", person_id=world.id_of(SARA), now=NOON)
        assert queries.record_page(made.opportunity(world), NOON).is_cancelled
        with pytest.raises(RuleBroken):
            services.save_minutes(activity, made.MINUTES, person_id=1, now=NOON)


def test_a_cancellation_reaches_everybody_registered_once_and_nobody_else(app: Flask, world: World) -> None:
    with app.app_context():
        opportunity = made.opportunity(world)
        services.register(opportunity, ROSA, submission_key="a" * 32, now=BEFORE)
        services.register(opportunity, RegistrationDraft("Mateo Condori", "mateo@example.pe"), submission_key="b" * 32, now=BEFORE)
        services.register(opportunity, RegistrationDraft("Zoila Ccori", "", "984 123 456"), submission_key="c" * 32, now=BEFORE)
        activity = made.opened(world)
        services.cancel(activity, "Hubo paro de transportes y nadie pudo llegar", person_id=world.id_of(SARA), now=NOON)
        letters = db.session.scalars(
            select(Notification).where(Notification.kind == "activities.cancelled").order_by(Notification.id)
        ).all()
        assert [letter.address for letter in letters] == ["rosa@example.pe", "mateo@example.pe"]
        with app.test_request_context():
            text = render_template("emails/activities/cancelled.txt", **letters[0].content)
        assert "Hola, Rosa Quispe:" in text
        assert "Hubo paro de transportes" in text
        assert "/procesos/plan-prueba/cronograma" in text


def test_registering_subscribes_and_writes_one_letter(app: Flask, world: World) -> None:
    with app.app_context():
        opportunity = made.opportunity(world)
        first = services.register(opportunity, ROSA, submission_key="a" * 32, now=BEFORE).registration
        assert services.register(opportunity, ROSA, submission_key="a" * 32, now=BEFORE).registration.id == first.id
        assert first.email == "rosa@example.pe"
        assert [s.address for s in db.session.scalars(select(Subscription))] == ["rosa@example.pe"]
        letters = db.session.scalars(select(Notification)).all()
        assert [(letter.kind, letter.address) for letter in letters] == [("activities.registered", "rosa@example.pe")]
        assert letters[0].content["title"] == "Taller de Ccorca" and "Intérprete" not in json.dumps(letters[0].content, ensure_ascii=False)


def test_the_letter_reads_well_and_brings_the_calendar(app: Flask, world: World) -> None:
    with app.app_context():
        services.register(made.opportunity(world), ROSA, submission_key="a" * 32, now=BEFORE)
        content = db.session.scalars(select(Notification)).one().content
        subject, text, page = (render_template(f"emails/activities/registered.{end}", **content) for end in ("subject.txt", "txt", "html"))
        assert subject.strip() == "Inscripción: Taller de Ccorca"
        assert "miércoles 10 de marzo de 2027, 10:00 hora de Lima (termina a las 13:00)" in text
        for letter in (text, page):
            assert "http://localhost/procesos/plan-prueba/actividades/taller-ccorca.ics" in letter
            assert "Local comunal, Ccorca" in letter and "foro@example.pe" in letter


def test_people_with_a_telephone_only_can_register(app: Flask, world: World) -> None:
    with app.app_context():
        for n in range(2):
            services.register(
                made.opportunity(world), RegistrationDraft("Mateo", phone="984123456"), submission_key=str(n) * 32, now=BEFORE
            )
        assert db.session.scalar(select(func.count()).select_from(Registration)) == 2
        assert db.session.scalar(select(func.count()).select_from(Notification)) == 0


def test_the_board_says_what_is_missing_and_since_when(app: Flask, world: World) -> None:
    with app.app_context():
        process = db.session.get_one(Process, world.process_id)
        row = queries.board(process, 1, NOON).rows[0]
        assert row.opportunity.slug == made.WORKSHOP and row.is_over and row.days_since == 10 and row.is_late
        made.documented(world, with_photo=False)
        row = queries.board(process, 1, NOON).rows[0]
        assert row.is_late and [str(need) for need in row.facts.missing] == ["proof"]
        services.publish_record(made.opened(world), person_id=world.id_of(SARA), now=NOON)
        assert not queries.board(process, 1, NOON).rows[0].is_late
        assert queries.board(process, 1, BEFORE).total == 1


def test_the_public_page_protects_small_groups(app: Flask, world: World) -> None:
    with app.app_context():
        made.published(world)
        page = queries.record_page(made.opportunity(world), NOON)
        tables = {t.dimension: {c.category: c.people for c in t.cells} for t in page.tables}
        assert page.people == 31 and not page.takes_registrations
        assert tables[Dimension.SEX] == {"women": 18, "men": None, "non-binary": None}
        assert tables[Dimension.SECTOR] == {"grassroots": 20, "indigenous": 9, "media": 2}
        assert db.session.scalar(select(func.count()).select_from(Activity)) == 1
