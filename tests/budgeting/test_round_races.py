"""Two people at once on PostgreSQL: numbers do not repeat, an agent is decided once, a step is taken once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.budgeting import queries, services
from app.budgeting.rules.documents import DocumentKind
from app.budgeting.rules.states import RoundState
from app.core.db import db
from app.core.errors import RuleBroken
from tests.cast import MILA, TEO
from tests.factories.rounds import REASON, a_running_round, norm, registered
from tests.world import NOON, World, build_world

pytestmark = pytest.mark.postgres


def _at_once(app: Flask, times: int, act: Callable[[int], object]) -> list[str]:
    gate = threading.Barrier(times)

    def go(n: int) -> str:
        with app.app_context():
            gate.wait()
            try:
                act(n)
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                return str(broken.problems[0].code)
            finally:
                db.session.remove()
        return "stored"

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(go, range(times)))


def _made(app: Flask, *, with_agent: bool = False) -> World:
    with app.app_context():
        world = build_world()
        round_ = a_running_round(world)
        services.publish_document(round_, norm(kind=DocumentKind.REGULATION), upload=None, person_id=world.id_of(MILA), now=NOON)
        if with_agent:
            registered(world, round_)
        db.session.commit()
        db.session.remove()
    return world


def test_ten_who_register_in_the_same_instant_get_ten_numbers(postgres_app: Flask) -> None:
    world = _made(postgres_app)

    def act(n: int) -> None:
        registered(world, queries.round_of(world.slug), f"Delegada {n}")

    assert _at_once(postgres_app, 10, act) == ["stored"] * 10
    with postgres_app.app_context():
        assert sorted(agent.number for agent in queries.all_agents(queries.round_of(world.slug).id)) == list(range(1, 11))
        db.session.remove()


def test_the_same_delegate_sent_by_ten_is_registered_once(postgres_app: Flask) -> None:
    world = _made(postgres_app)
    said = _at_once(postgres_app, 10, lambda n: registered(world, queries.round_of(world.slug)))
    assert said.count("stored") == 1 and set(said) == {"stored", "agent-repeated"}


def test_two_who_decide_at_once_leave_one_decision(postgres_app: Flask) -> None:
    world = _made(postgres_app, with_agent=True)
    people = (MILA, TEO)

    def act(n: int) -> None:
        agent = queries.agent(world.slug, 1)
        services.decide(agent, accredits=True, reason_code=None, text="", person_id=world.id_of(people[n]), now=NOON)

    said = _at_once(postgres_app, 2, act)
    assert sorted(said) == ["agent-not-waiting", "stored"]
    with postgres_app.app_context():
        assert len(queries.rulings_of(queries.agent(world.slug, 1).id)) == 1
        db.session.remove()


def test_two_who_take_the_same_step_take_it_once(postgres_app: Flask) -> None:
    world = _made(postgres_app)

    def act(n: int) -> None:
        services.advance(queries.round_of(world.slug), RoundState.PREPARATION, REASON, person_id=world.id_of(TEO), now=NOON)

    assert sorted(_at_once(postgres_app, 2, act)) == ["round-not-next", "stored"]
