"""Steps are rows, one entry of the register for a batch, and nobody undoes what another did without knowing."""

import json
import threading
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.assignments import queries, services
from app.assignments.models import Assignment, Selection
from app.assignments.rules import AssignmentKind, AssignmentProblem, Window
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.feedback import services as feedback
from app.feedback.rules.bulk import BulkProblem
from app.processes.models import Process
from tests.cast import ANA, LUIS, MATEO, SARA
from tests.factories.assignments import DUE, give, office, process_of, subject, unit_of_works
from tests.feedback.answers import NOT_ADOPTED, approve, make_plan, publish, say, write
from tests.world import NOON, World, build_world

NOTE = "Le corresponde a la gerencia de ambiente."


@pytest.fixture
def here(world: World, context: None) -> World:
    make_plan(world)
    return world


def register() -> list[dict[str, object]]:
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.action.like("assignments.%")).order_by(AuditEntry.seq))
    return [json.loads(row.body) | {"ref": row.subject_ref} for row in rows]


def test_a_batch_is_one_entry_of_the_register_and_a_row_for_each(here: World) -> None:
    said = [say(here, key) for key in ("uno", "dos", "tres")]
    db.session.expire_all()
    revision = process_of(here).public_revision
    done = give(here, said[:2], note="  Empiecen por estos.  ")
    assert done.codes == tuple(c.code for c in said[:2]) and (done.same, done.answered) == ((), ())
    row = queries.current([c.id for c in said])
    assert set(row) == {said[0].id, said[1].id}
    assert (row[said[0].id].organisation, row[said[0].id].due_on, row[said[0].id].note) == ("Gerencia de Obras", DUE, "Empiecen por estos.")
    (entry,) = register()
    assert entry["facts"] == {"codes": list(done.codes), "due_on": "2027-04-10", "organisation": "gerencia-obras"}
    db.session.expire_all()
    assert process_of(here).public_revision == revision + 1


def test_nothing_is_overwritten_and_the_same_again_changes_nothing(here: World) -> None:
    one = say(here)
    give(here, [one])
    again = give(here, [one])
    assert (again.codes, again.same) == ((), (one.code,)) and len(register()) == 1
    give(here, [one], "gerencia-ambiente")
    give(here, [one], "gerencia-ambiente", due_on=DUE + timedelta(2))
    steps = queries.history(one.id)
    assert [(s.organisation, s.before, s.due_on) for s in steps] == [
        ("Gerencia de Obras", "", DUE),
        ("Gerencia de Ambiente", "Gerencia de Obras", DUE),
        ("Gerencia de Ambiente", "Gerencia de Ambiente", DUE + timedelta(2)),
    ]
    assert db.session.scalar(select(func.count()).where(Assignment.contribution_id == one.id, Assignment.is_current)) == 1


def test_what_has_a_published_answer_is_left_alone(here: World) -> None:
    answered, waits = say(here), say(here, "dos")
    publish(here, approve(here, answered))
    assert give(here, [answered, waits]).answered == (answered.code,)
    with pytest.raises(RuleBroken) as refused:
        give(here, [answered])
    assert refused.value.problems[0].code is AssignmentProblem.ALL_ANSWERED


def test_a_past_day_and_no_organisation_are_told_together_and_nothing_is_written(here: World) -> None:
    one = say(here)
    with pytest.raises(RuleBroken) as refused:
        services.assign_many(
            process_of(here),
            [one.id],
            None,
            date(2027, 3, 1),
            possible=Window(date(2027, 3, 20), DUE),
            person_id=here.id_of(SARA),
            now=NOON,
        )
    assert {p.code for p in refused.value.problems} == {AssignmentProblem.DUE_PAST, AssignmentProblem.NO_ORGANISATION}
    assert queries.current([one.id]) == {} and register() == []


def test_ana_forwards_with_a_note_and_luis_reads_it(here: World) -> None:
    one = say(here)
    give(here, [one])
    services.forward(subject(one.code), office("gerencia-ambiente"), NOTE, person_id=here.id_of(ANA), now=NOON)
    row = queries.current([one.id])[one.id]
    assert (row.organisation, row.note, row.kind, row.due_on) == ("Gerencia de Ambiente", NOTE, AssignmentKind.FORWARDED, DUE)
    entry = register()[-1]
    assert entry["ref"] == one.code and NOTE not in json.dumps(entry)
    with pytest.raises(RuleBroken):
        services.forward(subject(one.code), office("gerencia-ambiente"), NOTE, person_id=here.id_of(LUIS), now=NOON)
    with pytest.raises(RuleBroken):
        services.forward(subject(one.code), office("gerencia-obras"), "corta", person_id=here.id_of(LUIS), now=NOON)


def test_ana_gives_back_with_a_note_and_then_nobody_has_it(here: World) -> None:
    one = say(here)
    give(here, [one])
    services.give_back(subject(one.code), NOTE, person_id=here.id_of(ANA), now=NOON)
    row = queries.current([one.id])[one.id]
    assert (row.organisation_id, row.kind, row.note) == (None, AssignmentKind.RETURNED, NOTE)
    assert subject(one.code).holder_lineage == ()
    with pytest.raises(RuleBroken) as refused:
        services.give_back(subject(one.code), NOTE, person_id=here.id_of(ANA), now=NOON)
    assert refused.value.problems[0].code is AssignmentProblem.NOT_HELD
    assert [e["action"] for e in register()] == ["assignments.assign", "assignments.return"]


def test_who_looked_at_an_older_state_is_told(here: World) -> None:
    one, two = say(here), say(here, "dos")
    process = process_of(here)
    seen = queries.preview(process.id, [one.id, two.id], office("gerencia-obras").id, DUE).seen
    give(here, [two], "gerencia-ambiente")
    with pytest.raises(SomebodyWasFirst):
        give(here, [one, two], seen=seen)
    old = subject(two.code)
    give(here, [two], "gerencia-obras")
    with pytest.raises(SomebodyWasFirst):
        services.forward(old, office("gerencia-obras"), NOTE, person_id=here.id_of(LUIS), now=NOON)


def test_luis_may_not_draft_what_is_assigned_to_anas_unit(here: World) -> None:
    mine, free = say(here), say(here, "dos")
    give(here, [mine])
    for contribution, person, may in ((mine, LUIS, False), (mine, MATEO, False), (mine, ANA, True), (free, LUIS, True)):
        if may:
            feedback.draft(contribution, NOT_ADOPTED, revision=0, person_id=here.id_of(person), now=NOON)
        else:
            with pytest.raises(RuleBroken) as refused:
                feedback.draft(contribution, NOT_ADOPTED, revision=0, person_id=here.id_of(person), now=NOON)
            assert refused.value.problems[0].code is BulkProblem.ASSIGNED_ELSEWHERE
            assert refused.value.problems[0].values["organisation"] == "Gerencia de Obras"


def test_a_draft_luis_began_is_anas_once_it_is_assigned_to_her_unit(here: World) -> None:
    one = say(here)
    begun = feedback.draft(one, NOT_ADOPTED, revision=0, person_id=here.id_of(LUIS), now=NOON)
    give(here, [one])
    sent = feedback.submit_many(process_of(here), [(begun.id, begun.revision)], person_id=here.id_of(LUIS), now=NOON)
    assert sent.codes == () and sent.problems[one.code][0].code is BulkProblem.ASSIGNED_ELSEWHERE
    sent = feedback.submit_many(process_of(here), [(begun.id, begun.revision)], person_id=here.id_of(ANA), now=NOON)
    assert sent.codes == (one.code,)


def test_the_secretariat_and_the_office_above_answer_for_a_unit(here: World) -> None:
    unit_of_works()
    one, two = say(here), say(here, "dos")
    give(here, [one, two], "obras-menores")
    write(here, one)  # Ana, of the office the unit is of
    feedback.draft(two, NOT_ADOPTED, revision=0, person_id=here.id_of(SARA), now=NOON)


def test_what_was_marked_is_kept_a_day_and_only_for_who_marked_it(here: World) -> None:
    one, two = say(here), say(here, "dos")
    process, sara = process_of(here), here.id_of(SARA)
    kept = services.mark(process, [two.id, one.id], {"tema": "agua"}, person_id=sara, now=NOON)
    assert queries.selection_by_key(process.slug, kept.key, sara).ids == [two.id, one.id]
    assert queries.selection_by_key(process.slug, kept.key, here.id_of(ANA)) is None
    services.take_out(kept, two.id)
    assert kept.ids == [one.id]
    services.mark(process, [one.id], {}, person_id=sara, now=NOON + timedelta(hours=25))
    assert db.session.scalar(select(func.count()).select_from(Selection)) == 1
    with pytest.raises(RuleBroken):
        services.mark(process, [], {}, person_id=sara, now=NOON)


@pytest.mark.postgres
def test_two_people_assigning_at_once_leave_one_present_and_tell_the_other(postgres_app: Flask) -> None:
    with postgres_app.app_context():
        world = build_world()
        db.session.commit()
        codes = [say(world, key).code for key in ("uno", "dos", "tres")]
        db.session.commit()
        ids = [subject(code).contribution.id for code in codes]
        seen = queries.preview(world.process_id, ids, office("gerencia-obras").id, DUE).seen
        db.session.remove()
    start, told = threading.Barrier(2), []

    def assign(to: str) -> None:
        with postgres_app.app_context():
            process = db.session.get(Process, world.process_id)
            start.wait()
            try:
                services.assign_many(
                    process, ids, office(to), DUE, possible=Window(date(2027, 3, 20), DUE), seen=seen, person_id=world.id_of(SARA), now=NOON
                )
                db.session.commit()
                told.append((to, True))
            except SomebodyWasFirst:
                db.session.rollback()
                told.append((to, False))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=assign, args=(to,)) for to in ("gerencia-obras", "gerencia-ambiente")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(done for _, done in told) == [False, True]
    winner = next(to for to, done in told if done)
    with postgres_app.app_context():
        assert {row.organisation_slug for row in queries.current(ids).values()} == {winner}
        assert db.session.scalar(select(func.count()).select_from(Assignment)) == len(ids)
        db.session.remove()
