"""Two at once on PostgreSQL: one signature, one approval, one committee."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.agreements import queries as agreements
from app.agreements import services as acts
from app.agreements.models import ActSignature
from app.agreements.rules.acts import ActProblem
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.vigilance import queries, services
from app.vigilance.models import FindingApproval, VigilanceCommittee
from app.vigilance.rules.committees import CommitteeProblem
from app.vigilance.rules.findings import FindingProblem, FindingState
from tests.cast import FELIX, LUIS, MATEO, ROSA
from tests.factories.agreements import a_committee, a_finding_draft, a_prioritised_round, a_published_act, an_open_act, progress, sign_as
from tests.world import NOON, World, build_world

pytestmark = pytest.mark.postgres


@pytest.fixture
def world(postgres_app: Flask) -> World:
    with postgres_app.app_context():
        made = build_world()
        a_prioritised_round(made)
        db.session.commit()
    return made


def _round(world: World):
    from app.budgeting import queries as rounds

    found = rounds.round_of(world.slug)
    assert found is not None
    return found


def at_once(app: Flask, *doings: Callable[[], object]) -> list[str]:
    """Run each in its own thread and transaction; the codes of those that were refused."""
    refused: list[str] = []
    gate = threading.Barrier(len(doings))

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait()
            try:
                act()
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                refused.extend(str(problem.code) for problem in broken.problems)
            except SomebodyWasFirst:
                db.session.rollback()
                refused.append("somebody-was-first")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_signing_twice_at_once_leaves_one_signature(postgres_app: Flask, world: World) -> None:
    with postgres_app.app_context():
        an_open_act(world, _round(world))
        db.session.commit()
    sign = lambda: sign_as(world, agreements.act_of(world.slug), ROSA)  # noqa: E731 - done by two threads
    assert at_once(postgres_app, sign, sign) == [str(ActProblem.SIGNED)]
    with postgres_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ActSignature)) == 1


def test_the_same_approval_at_once_counts_once_and_two_members_publish_once(postgres_app: Flask, world: World) -> None:
    with postgres_app.app_context():
        committee = a_committee(world, _round(world))
        finding = services.propose(committee, a_finding_draft(), person_id=world.id_of(ROSA), now=NOON)
        code, sha256 = finding.code, finding.sha256
        db.session.commit()

    def approve(member):
        return lambda: services.approve(queries.finding_for_staff(world.slug, code), sha256, person_id=world.id_of(member), now=NOON)

    assert at_once(postgres_app, approve(MATEO), approve(MATEO)) == [str(FindingProblem.APPROVED)]
    with postgres_app.app_context():
        assert queries.finding_for_staff(world.slug, code).state is FindingState.PROPOSED
    from tests.cast import INES

    refused = at_once(postgres_app, approve(FELIX), approve(INES))
    assert refused in ([], [str(FindingProblem.NOT_PROPOSED)])  # the second may come when it is already public
    with postgres_app.app_context():
        assert queries.finding_for_staff(world.slug, code).state is FindingState.PUBLISHED
        assert db.session.scalar(select(func.count()).select_from(FindingApproval)) == 4 - len(refused)


def test_the_election_recorded_twice_at_once_makes_one_committee(postgres_app: Flask, world: World) -> None:
    record = lambda: a_committee(world, _round(world))  # noqa: E731 - done by two threads
    assert at_once(postgres_app, record, record) == [str(CommitteeProblem.IN_FORCE)]
    with postgres_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(VigilanceCommittee)) == 1


def test_two_updates_of_a_line_at_once_do_not_hide_each_other(postgres_app: Flask, world: World) -> None:
    with postgres_app.app_context():
        act = a_published_act(world, _round(world))
        code = agreements.lines_of(act.id)[0].code
        db.session.commit()

    def report() -> None:
        line = agreements.staff_line(world.slug, code)
        acts.report(line, progress(), [], seen=0, person_id=world.id_of(LUIS), now=NOON)

    assert at_once(postgres_app, report, report) == ["somebody-was-first"]
