"""A batch with an hour: released once, held whole when anything of it changed, cancelled while it waits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from app.core.db import db
from app.core.errors import RuleBroken
from app.feedback import queries, services
from app.feedback.cli import JOBS, publish_scheduled
from app.feedback.models import Decision, PublicationBatch, ScheduledPublication
from app.feedback.rules.outcomes import DecisionState, Seat
from app.feedback.rules.scheduling import ScheduledState, problems_with_cancelling, problems_with_hour
from app.notifications import queries as notifications
from app.notifications.cli import run_jobs
from app.notifications.models import Notification
from app.spaces.models import Space
from tests.cast import ANA, FELIX, SARA
from tests.feedback.answers import NOT_ADOPTED, approve, process_of, publish, say
from tests.world import NOON, World

HOUR = NOON + timedelta(hours=20)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (None, {"publication-no-hour"}),
        (NOON + timedelta(minutes=4), {"publication-too-soon"}),
        (NOON - timedelta(days=1), {"publication-too-soon"}),
        (NOON + timedelta(minutes=5), set()),
        (NOON + timedelta(days=181), {"publication-too-late"}),
    ],
)
def test_the_hour_is_ahead_and_not_too_far(at, expected) -> None:
    assert {str(p.code) for p in problems_with_hour(at, NOON)} == expected


@pytest.mark.parametrize("state", ScheduledState)
def test_only_what_waits_is_cancelled(state: ScheduledState) -> None:
    assert bool(problems_with_cancelling(state)) is (state is not ScheduledState.WAITING)


def schedule(world: World, *decisions: Decision) -> ScheduledPublication:
    return services.schedule_batch(
        process_of(world), decisions, {d.id: d.sha256 for d in decisions}, HOUR, person_id=world.id_of(SARA), now=NOON
    )


def standing(publication_id: int) -> ScheduledPublication:
    db.session.expire_all()
    found = db.session.get(ScheduledPublication, publication_id)
    assert found is not None
    return found


def test_the_worker_knows_the_job() -> None:
    assert publish_scheduled in JOBS


@pytest.mark.usefixtures("context")
def test_a_batch_is_released_at_its_hour_and_not_before(world: World) -> None:
    decisions = [approve(world, say(world, f"lote-{n}")) for n in range(2)]
    made = schedule(world, *decisions)
    assert publish_scheduled(HOUR - timedelta(seconds=1)) == ""
    assert publish_scheduled(HOUR).startswith("Lotes programados: 1 publicados, 0 detenidos")
    assert publish_scheduled(HOUR + timedelta(minutes=1)) == ""
    done = standing(made.id)
    assert (done.state, done.settled_at) == (ScheduledState.DONE, HOUR)
    batch = db.session.get(PublicationBatch, done.batch_id)
    assert (batch.answers, batch.published_at, batch.published_by_id) == (2, HOUR, world.id_of(SARA))
    assert queries.coverage(world.process_id).answered == 2


@pytest.mark.usefixtures("context")
def test_a_text_that_changed_holds_the_whole_batch_and_says_why(world: World) -> None:
    contribution = say(world, "cambia")
    decisions = [approve(world, say(world, "queda")), approve(world, contribution)]
    made = schedule(world, *decisions)
    services.draft(
        contribution, replace(NOT_ADOPTED, criterion="Demanda"), revision=decisions[1].revision, person_id=world.id_of(ANA), now=NOON
    )
    assert "1 detenidos" in publish_scheduled(HOUR)
    held = standing(made.id)
    assert held.state is ScheduledState.HELD
    assert {why["answer"] for why in held.held_for} == {contribution.code}
    assert all(why["words"].endswith(".") for why in held.held_for)
    assert queries.decision_by_id(decisions[0].id).state is DecisionState.APPROVED
    assert db.session.scalar(select(func.count(PublicationBatch.id))) == 0
    assert queries.held_publications([world.process_id]) == {world.process_id: (1, HOUR)}
    services.acknowledge_held(standing(made.id), now=HOUR)
    assert queries.held_publications([world.process_id]) == {}


@pytest.mark.usefixtures("context")
def test_whoever_asked_gets_a_letter_that_names_what_held_it(world: World) -> None:
    decision = approve(world, say(world))
    schedule(world, decision)
    reason = "Falta citar el convenio de 2025."
    services.object_to(decision, Seat.NON_GOVERNMENT, decision.sha256, reason, person_id=world.id_of(FELIX), post="Cargo", now=NOON)
    publish_scheduled(HOUR)
    db.session.flush()
    letter = db.session.scalar(select(Notification).where(Notification.kind == "feedback.batch-held"))
    assert letter.address == SARA.email
    assert any("objeción en pie" in reason["words"] for reason in letter.content["reasons"])
    written = notifications.letter(letter.id)
    assert written is not None


@pytest.mark.usefixtures("context")
def test_a_check_that_now_blocks_holds_it(world: World) -> None:
    decision = approve(world, say(world))
    made = schedule(world, decision)
    db.session.get(Space, world.space_id).contact = ""
    db.session.flush()
    publish_scheduled(HOUR)
    assert standing(made.id).state is ScheduledState.HELD


@pytest.mark.usefixtures("context")
def test_what_somebody_published_before_its_hour_holds_the_batch(world: World) -> None:
    decision = approve(world, say(world))
    made = schedule(world, decision)
    publish(world, decision)
    publish_scheduled(HOUR)
    assert standing(made.id).state is ScheduledState.HELD
    assert db.session.scalar(select(func.count(PublicationBatch.id))) == 1


@pytest.mark.usefixtures("context")
def test_a_cancelled_batch_is_not_released_and_its_answers_stay_approved(world: World) -> None:
    decision = approve(world, say(world))
    made = schedule(world, decision)
    services.cancel_scheduled(made, person_id=world.id_of(SARA), now=NOON)
    assert publish_scheduled(HOUR) == ""
    assert queries.decision_by_id(decision.id).state is DecisionState.APPROVED
    with pytest.raises(RuleBroken):
        services.cancel_scheduled(standing(made.id), person_id=world.id_of(SARA), now=NOON)


@pytest.mark.usefixtures("context")
def test_an_answer_waits_in_one_batch_only_and_nothing_unready_is_scheduled(world: World) -> None:
    decision = approve(world, say(world))
    schedule(world, decision)
    with pytest.raises(RuleBroken) as broken:
        schedule(world, decision)
    assert [str(p.code) for p in broken.value.problems] == ["publication-already-scheduled"]
    with pytest.raises(RuleBroken):
        services.schedule_batch(process_of(world), [], {}, HOUR, person_id=world.id_of(SARA), now=NOON)


def test_the_round_of_the_worker_commits_what_was_released(app, world: World) -> None:
    with app.app_context():
        made = schedule(world, approve(world, say(world)))
        made_id = made.id
        db.session.commit()
        db.session.remove()
        assert any("1 publicados" in said for said in run_jobs(HOUR))
        assert standing(made_id).state is ScheduledState.DONE


@pytest.mark.usefixtures("context")
def test_publishing_many_answers_costs_the_statements_of_publishing_few(world: World) -> None:
    counted: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    found = []
    for size in (2, 20):
        ids = [approve(world, say(world, f"muchas-{size}-{n}")).id for n in range(size)]
        db.session.flush()
        decisions = queries.decisions_by_id(ids)
        counted.clear()
        publish(world, *decisions)
        found.append(len(counted))
    assert found[1] <= found[0] + 2, found
