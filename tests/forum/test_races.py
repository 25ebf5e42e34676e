"""Two at once on PostgreSQL: one seat has one vote, one side gives one approval, one seat has one term."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.core.db import db
from app.core.errors import RuleBroken
from app.forum import queries, services
from app.forum.models import Forum, MinutesApproval, Seat, SeatVote
from app.forum.rules.meetings import MeetingProblem
from app.forum.rules.seats import SeatProblem, Side, Sitter
from app.forum.rules.voting import Ballot, Choice, Majority, MotionDraft, MotionKind, MotionProblem
from app.organisations.rules import Sector
from tests.cast import FELIX, MATEO, ROSA, SARA
from tests.factories.forum import MINUTES, a_forum, a_meeting, a_seat, a_table, hold, rules_in_force
from tests.world import NOON, World, build_world

pytestmark = pytest.mark.postgres


@pytest.fixture
def world(postgres_app: Flask) -> World:  # noqa: F811 - the fixture
    with postgres_app.app_context():
        made = build_world()
        forum = a_forum(made)
        a_table(made, forum)
        rules_in_force(made, forum)
        a_seat(made, forum, 9, Sector.PRIVATE, Sitter(ROSA.name, ROSA.email), Sitter(MATEO.name, MATEO.email))
        db.session.commit()
    return made


def at_once(app: Flask, *acts: Callable[[], object]) -> list[str]:
    """Run each act in its own thread and transaction; the codes of those that were refused."""
    refused: list[str] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait()
            try:
                act()
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                refused.extend(str(problem.code) for problem in broken.problems)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def _forum(world: World) -> Forum:
    found = queries.forum_of(world.space_id)
    assert found is not None
    return found


def test_holder_and_alternate_voting_at_once_cast_one_vote(postgres_app: Flask, world: World) -> None:
    with postgres_app.app_context():
        draft = MotionDraft(MotionKind.YES_NO, "¿Se aprueba?", "", Majority.SIMPLE, NOON + timedelta(days=2))
        motion_id = services.open_motion(_forum(world), draft, meeting=None, person_id=world.id_of(SARA), now=NOON).id
        db.session.commit()

    def voting(person: int) -> Callable[[], object]:
        def vote() -> object:
            motion = queries.motion(motion_id)
            assert motion is not None
            return services.cast_vote(motion, Ballot(Choice.FOR), person_id=person, now=NOON)

        return vote

    refused = at_once(postgres_app, *[voting(world.id_of(who)) for who in (ROSA, MATEO, ROSA, MATEO)])
    assert refused == [MotionProblem.ALREADY_VOTED] * 3
    with postgres_app.app_context():
        assert db.session.query(SeatVote).count() == 1


def test_two_approvals_of_one_side_at_once_are_one(postgres_app: Flask, world: World) -> None:
    with postgres_app.app_context():
        meeting = a_meeting(world, _forum(world))
        hold(world, meeting, list(queries.seats_on(world.space_id, NOON.date())))
        sha256 = services.save_minutes(meeting, MINUTES, person_id=world.id_of(SARA), now=NOON).sha256
        slug = meeting.slug
        db.session.commit()

    def approving(person: int) -> Callable[[], object]:
        def approve() -> object:
            found = queries.meeting_by_slugs("cusco", slug)
            assert found is not None
            return services.approve_minutes(found, Side.NON_GOVERNMENT, sha256, person_id=person, now=NOON)

        return approve

    refused = at_once(postgres_app, approving(world.id_of(FELIX)), approving(world.id_of(ROSA)))
    assert refused == [MeetingProblem.ALREADY_APPROVED]
    with postgres_app.app_context():
        assert db.session.query(MinutesApproval).count() == 1


def test_two_terms_of_one_seat_begun_at_once_are_one(postgres_app: Flask, world: World) -> None:
    def appointing(name: str) -> Callable[[], object]:
        return lambda: a_seat(world, _forum(world), 20, Sector.ACADEMIA, Sitter(name))

    refused = at_once(postgres_app, appointing("Ada Poma"), appointing("Iván Cruz"))
    assert refused == [SeatProblem.TAKEN]
    with postgres_app.app_context():
        assert db.session.query(Seat).filter_by(number=20).count() == 1
