"""Two people at once (reliability.md R10): one decision stands, the other's text is kept; on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable
from dataclasses import replace
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
from tests.postgres import postgres_app, postgres_template  # noqa: F401 - fixtures
from tests.world import NOON, World, build_world

ROUNDS = 8


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
