"""Two people at once (reliability.md R10): one decision stands, the other's text is kept; on SQLite and on PostgreSQL."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.feedback import queries, services
from app.feedback.models import Decision, DecisionSignature, OutcomeTally
from app.feedback.rules.outcomes import DecisionState, Seat
from app.notifications.models import Notification
from tests.cast import ANA, FELIX, GLORIA, LUIS, SARA
from tests.feedback.answers import NOT_ADOPTED, approve, process_of, say, write
from tests.world import NOON, World, build_world

HOUR = timedelta(hours=1)
ROUNDS = int(os.environ.get("RACE_ROUNDS", "25"))
"""`RACE_ROUNDS=200` is the bar of reliability.md R10, for the nightly run; the suite runs an eighth of it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest) -> tuple[Flask, World]:
    """The application on each engine, with the world in it."""
    if request.param == "sqlite":
        return request.getfixturevalue("app"), request.getfixturevalue("world")
    application = request.getfixturevalue("postgres_app")
    with application.app_context():
        world = build_world()
        db.session.commit()
        db.session.remove()
    return application, world


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[str]:
    """Run each act in its own thread and transaction, started together; what became of each."""
    start, results = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            try:
                start.wait(10)
                act()
                db.session.commit()
                results[place] = "done"
            except SomebodyWasFirst as first:
                results[place] = "second" if first.current is not None else "lost"
                db.session.rollback()
            except RuleBroken as broken:
                results[place] = str(broken)
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def saying(site: tuple[Flask, World], key: str) -> str:
    app, world = site
    with app.app_context():
        code = say(world, key).code
        db.session.commit()
        db.session.remove()
    return code


def test_of_two_first_answers_one_stands_and_the_other_learns_of_it(site: tuple[Flask, World]) -> None:
    app, world = site
    for number in range(ROUNDS):
        code = saying(site, f"carrera-{number}")

        def save(person_id: int, text: str, code: str = code) -> Callable[[], Any]:
            return lambda: services.draft(
                queries.contribution_for_staff(code), replace(NOT_ADOPTED, criterion=text), revision=0, person_id=person_id, now=NOON
            )

        results = at_once(app, save(world.id_of(ANA), "de Ana"), save(world.id_of(LUIS), "de Luis"))
        assert sorted(results) == ["done", "second"]
        with app.app_context():
            contribution = queries.contribution_for_staff(code)
            assert queries.open_decision(contribution.id).criterion == ("de Ana" if results[0] == "done" else "de Luis")
            assert db.session.scalar(select(func.count()).where(Decision.contribution_id == contribution.id)) == 1


def test_of_two_edits_of_the_same_revision_one_stands(site: tuple[Flask, World]) -> None:
    app, world = site
    code = saying(site, "edicion")
    with app.app_context():
        write(world, queries.contribution_for_staff(code))
        db.session.commit()

    def edit(number: int, revision: int) -> Callable[[], Any]:
        return lambda: services.draft(
            queries.contribution_for_staff(code), replace(NOT_ADOPTED, criterion=f"de {number}"), revision=revision,
            person_id=world.id_of(LUIS), now=NOON,
        )  # fmt: skip

    for round_number in range(ROUNDS):
        results = at_once(app, *(edit(10 * round_number + n, round_number + 1) for n in range(3)))
        assert sorted(results) == ["done", "second", "second"]


def test_both_sectors_signing_at_the_same_instant_approve_the_answer(site: tuple[Flask, World]) -> None:
    app, world = site
    for number in range(ROUNDS):
        code = saying(site, f"firma-{number}")
        with app.app_context():
            decision = write(world, queries.contribution_for_staff(code))
            services.submit(decision, person_id=world.id_of(ANA), now=NOON)
            id_, sha256 = decision.id, decision.sha256
            db.session.commit()

        def sign(seat: Seat, person_id: int, id_: int = id_, sha256: str = sha256) -> Callable[[], Any]:
            return lambda: services.sign(queries.decision_by_id(id_), seat, sha256, person_id=person_id, post="Cargo", now=NOON)

        assert at_once(app, sign(Seat.GOVERNMENT, world.id_of(GLORIA)), sign(Seat.NON_GOVERNMENT, world.id_of(FELIX))) == ["done", "done"]
        with app.app_context():
            assert queries.decision_by_id(id_).state is DecisionState.APPROVED


def test_a_signature_and_an_edit_at_once_never_leave_a_signature_on_another_text(site: tuple[Flask, World]) -> None:
    app, world = site
    for number in range(ROUNDS):
        code = saying(site, f"cruce-{number}")
        with app.app_context():
            decision = write(world, queries.contribution_for_staff(code))
            services.submit(decision, person_id=world.id_of(ANA), now=NOON)
            id_, sha256, revision = decision.id, decision.sha256, decision.revision
            db.session.commit()

        at_once(
            app,
            lambda id_=id_, sha256=sha256: services.sign(
                queries.decision_by_id(id_), Seat.GOVERNMENT, sha256, person_id=world.id_of(GLORIA), post="Cargo", now=NOON
            ),
            lambda code=code, revision=revision: services.draft(
                queries.contribution_for_staff(code),
                replace(NOT_ADOPTED, criterion="Otro"),
                revision=revision,
                person_id=world.id_of(LUIS),
                now=NOON,
            ),
        )
        with app.app_context():
            standing = queries.decision_by_id(id_)
            signed = set(db.session.scalars(select(DecisionSignature.sha256).where(DecisionSignature.decision_id == id_)))
            assert signed <= {standing.sha256}


def submitted(site: tuple[Flask, World], key: str) -> tuple[str, int, str, int]:
    """Code, id, hash and revision of an answer in review."""
    app, world = site
    code = saying(site, key)
    with app.app_context():
        decision = write(world, queries.contribution_for_staff(code))
        services.submit(decision, person_id=world.id_of(ANA), now=NOON)
        found = (code, decision.id, decision.sha256, decision.revision)
        db.session.commit()
        db.session.remove()
    return found


def test_both_sectors_signing_during_an_edit_never_approve_a_text_nobody_read(site: tuple[Flask, World]) -> None:
    """Two signatures and an edit at the same instant: whatever stands approved was read by both, word for word."""
    app, world = site
    for number in range(ROUNDS):
        code, id_, sha256, revision = submitted(site, f"triple-{number}")

        def sign(seat: Seat, person_id: int, id_: int = id_, sha256: str = sha256) -> Callable[[], Any]:
            return lambda: services.sign(queries.decision_by_id(id_), seat, sha256, person_id=person_id, post="Cargo", now=NOON)

        def edit(code: str = code, revision: int = revision) -> Any:
            changed = replace(NOT_ADOPTED, criterion="Otro")
            return services.draft(queries.contribution_for_staff(code), changed, revision=revision, person_id=world.id_of(LUIS), now=NOON)

        results = at_once(app, sign(Seat.GOVERNMENT, world.id_of(GLORIA)), sign(Seat.NON_GOVERNMENT, world.id_of(FELIX)), edit)
        with app.app_context():
            standing = queries.decision_by_id(id_)
            signed = list(db.session.scalars(select(DecisionSignature.sha256).where(DecisionSignature.decision_id == id_)))
            if standing.state is DecisionState.APPROVED:
                assert signed == [sha256, sha256] and standing.sha256 == sha256, results
            assert set(signed) <= {standing.sha256}, results
            db.session.remove()


def test_an_objection_and_the_last_signature_at_once_never_leave_an_approved_text_objected(site: tuple[Flask, World]) -> None:
    app, world = site
    for number in range(ROUNDS):
        _, id_, sha256, _ = submitted(site, f"objecion-{number}")
        with app.app_context():
            services.sign(queries.decision_by_id(id_), Seat.GOVERNMENT, sha256, person_id=world.id_of(GLORIA), post="Cargo", now=NOON)
            db.session.commit()
            db.session.remove()

        def sign(id_: int = id_, sha256: str = sha256) -> Any:
            decision = queries.decision_by_id(id_)
            return services.sign(decision, Seat.NON_GOVERNMENT, sha256, person_id=world.id_of(FELIX), post="Cargo", now=NOON)

        def object_to(id_: int = id_, sha256: str = sha256) -> Any:
            decision, reason = queries.decision_by_id(id_), "Falta citar el convenio de 2025."
            return services.object_to(decision, Seat.GOVERNMENT, sha256, reason, person_id=world.id_of(GLORIA), post="Cargo", now=NOON)

        assert at_once(app, sign, object_to) == ["done", "done"]
        with app.app_context():
            assert queries.decision_by_id(id_).state is DecisionState.REVIEW
            assert queries.standing_objections([id_]) == {id_: {sha256}}
            db.session.remove()


def test_two_workers_release_a_scheduled_batch_once(site: tuple[Flask, World]) -> None:
    app, world = site
    for number in range(ROUNDS):
        code = saying(site, f"programado-{number}")
        with app.app_context():
            decision = approve(world, queries.contribution_for_staff(code))
            services.schedule_batch(
                process_of(world), [decision], {decision.id: decision.sha256}, NOON + HOUR, person_id=world.id_of(SARA), now=NOON
            )
            db.session.commit()
            db.session.remove()
        work = lambda: services.publish_due(NOON + HOUR, lambda problem: f"{problem.code}.")  # noqa: E731
        assert at_once(app, work, work) == ["done", "done"]
    with app.app_context():
        assert db.session.scalar(select(func.sum(OutcomeTally.answers))) == ROUNDS
        assert db.session.scalar(select(func.count()).where(AuditEntry.action == "feedback.publish")) == ROUNDS


def test_two_people_publishing_the_same_answers_publish_them_once(site: tuple[Flask, World]) -> None:
    app, world = site
    code = saying(site, "lote")
    with app.app_context():
        id_ = approve(world, queries.contribution_for_staff(code)).id
        db.session.commit()

    def publish() -> Any:
        return services.publish_batch(process_of(world), queries.decisions_by_id([id_]), person_id=world.id_of(SARA), now=NOON)

    results = at_once(app, publish, publish)
    assert sorted(r == "done" for r in results) == [False, True]
    with app.app_context():
        assert db.session.scalar(select(func.sum(OutcomeTally.answers))) == 1
        assert db.session.scalar(select(func.count()).where(AuditEntry.action == "feedback.publish")) == 1
        assert db.session.scalar(select(func.count()).where(Notification.kind == "feedback.answered")) == 1
