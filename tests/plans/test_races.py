"""Two people at the same thing at once: one is written, the others are told, on both databases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.plans import queries, services
from app.plans.models import PlanSignature, ProgressUpdate
from app.plans.rules.plan import PlanSeat
from tests.cast import FELIX, GLORIA
from tests.plans.writing import approve, plan_with, report
from tests.world import NOON, World, build_world

AT_ONCE = 20


def _built(app: Flask, *, in_force: bool) -> World:
    with app.app_context():
        world = build_world()
        db.session.commit()
        plan_with(world)
        if in_force:
            approve(world)
        db.session.commit()
        db.session.remove()
    return world


def _at_once(app: Flask, act: Callable[[int], object]) -> list[str]:
    gate = threading.Barrier(AT_ONCE)

    def go(n: int) -> str:
        with app.app_context():
            gate.wait()
            try:
                act(n)
                db.session.commit()
            except (RuleBroken, SomebodyWasFirst) as refused:
                db.session.rollback()
                return type(refused).__name__
            finally:
                db.session.remove()
        return "stored"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(go, range(AT_ONCE)))


def _readings(app: Flask) -> None:
    world = _built(app, in_force=True)
    said = _at_once(app, lambda n: report(world, text=f"Se instalaron tres de las cuatro pizarras, según el informe número {n}."))
    assert said.count("stored") == 1 and set(said) == {"stored", "SomebodyWasFirst"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ProgressUpdate)) == 1
        db.session.remove()


def _signatures(app: Flask) -> None:
    """Both sectors, ten times each: one signature of each, and the plan is in force."""
    world = _built(app, in_force=False)

    def sign(n: int) -> None:
        seat, member = ((PlanSeat.GOVERNMENT, GLORIA), (PlanSeat.NON_GOVERNMENT, FELIX))[n % 2]
        plan = queries.plan_of(world.process_id)
        assert plan is not None
        services.sign(plan, seat, revision=plan.revision, person_id=world.id_of(member), now=NOON)

    _at_once(app, sign)
    with app.app_context():
        rows = db.session.execute(select(PlanSignature.seat, func.count()).group_by(PlanSignature.seat)).all()
        assert {seat: count for seat, count in rows} == {PlanSeat.GOVERNMENT: 1, PlanSeat.NON_GOVERNMENT: 1}
        plan = queries.plan_of(world.process_id)
        assert plan is not None and plan.approved_at is not None
        db.session.remove()


@pytest.mark.postgres
def test_twenty_readings_of_one_semester_at_once_are_one_on_postgresql(postgres_app: Flask) -> None:
    _readings(postgres_app)


def test_twenty_readings_of_one_semester_at_once_are_one_on_sqlite(app: Flask, database: None) -> None:
    _readings(app)


@pytest.mark.postgres
def test_twenty_signatures_at_once_are_one_of_each_sector_on_postgresql(postgres_app: Flask) -> None:
    _signatures(postgres_app)


def test_twenty_signatures_at_once_are_one_of_each_sector_on_sqlite(app: Flask, database: None) -> None:
    _signatures(app)
