"""Two people sign at the same instant: one row of each side stands, and no number is given twice."""

from threading import Barrier, Thread

import pytest
from flask import Flask

from app.compliance.models import Attestation
from app.compliance.rules.statements import Statement
from app.core.db import db
from app.core.errors import RuleBroken
from tests.factories import compliance as factory
from tests.world import World, build_world


def _sign(app: Flask, world: World, barrier: Barrier, outcomes: list[str], statement: Statement) -> None:
    with app.app_context():
        factory.process_of(world)
        barrier.wait(20)
        try:
            factory.signed(world, statement)
            db.session.commit()
            outcomes.append("signed")
        except RuleBroken as broken:
            db.session.rollback()
            outcomes.append(str(broken.problems[0].code))
        db.session.remove()


def _together(app: Flask, *statements: Statement) -> tuple[World, list[str]]:
    with app.app_context():
        world = build_world()
        db.session.commit()
        db.session.remove()
    barrier, outcomes = Barrier(len(statements)), []  # type: ignore[var-annotated]
    threads = [Thread(target=_sign, args=(app, world, barrier, outcomes, statement)) for statement in statements]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return world, sorted(outcomes)


@pytest.mark.postgres
def test_the_database_keeps_one_standing_statement_of_each_side(postgres_app: Flask) -> None:
    _, outcomes = _together(postgres_app, Statement.LIST_COMPLETE, Statement.LIST_COMPLETE)
    assert outcomes == ["attestation-already-stands", "signed"]
    with postgres_app.app_context():
        assert db.session.query(Attestation).filter_by(is_standing=True).count() == 1
        db.session.remove()


@pytest.mark.postgres
def test_two_different_statements_at_once_take_two_numbers(postgres_app: Flask) -> None:
    _, outcomes = _together(postgres_app, Statement.LIST_COMPLETE, Statement.PERIOD_APPROPRIATE)
    assert outcomes == ["signed", "signed"]
    with postgres_app.app_context():
        assert sorted(row.number for row in db.session.query(Attestation)) == [1, 2]
        db.session.remove()
