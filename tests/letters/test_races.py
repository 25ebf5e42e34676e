"""Fifty replies at once are one (reliability.md R12), on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import RuleBroken
from app.letters import queries, services
from app.letters.models import Reply, ReplyOutcome
from app.letters.rules.replies import ReplyDraft, ReplyKind, ReplyState
from app.spaces.rules import Role
from tests.cast import SARA
from tests.factories.letters import answered, found, replied
from tests.world import NOON, World, build_world

AT_ONCE = 50
ANSWER = "Revisamos el convenio de 2019 y la respuesta se corrige esta semana."


def _made(app: Flask, *, with_reply: bool = False) -> tuple[World, str]:
    with app.app_context():
        world = build_world()
        db.session.commit()
        contribution = answered(world)
        code = contribution.code
        if with_reply:
            replied(contribution)
        db.session.commit()
        db.session.remove()
    return world, code


def _at_once(app: Flask, act) -> list[str]:
    gate = threading.Barrier(AT_ONCE)

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

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(go, range(AT_ONCE)))


def _fifty_replies(app: Flask, code: str) -> None:
    def act(n: int) -> None:
        draft = ReplyDraft(ReplyKind.DISAGREE, f"No estoy de acuerdo, por la razón número {n}.")
        services.take(found(code), draft, services.Sender(), now=NOON)

    said = _at_once(app, act)
    assert said.count("stored") == 1 and set(said) == {"stored", "reply-open-already"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reply)) == 1
        assert (found(code).replies, found(code).open_replies) == (1, 1)
        db.session.remove()


@pytest.mark.postgres
def test_fifty_replies_at_once_store_one_on_postgresql(postgres_app: Flask) -> None:
    _, code = _made(postgres_app)
    _fifty_replies(postgres_app, code)


def test_fifty_replies_at_once_store_one_on_sqlite(app: Flask, database: None) -> None:
    _, code = _made(app)
    _fifty_replies(app, code)


@pytest.mark.postgres
def test_fifty_acceptances_at_once_store_one_on_postgresql(postgres_app: Flask) -> None:
    _, code = _made(postgres_app)
    said = _at_once(postgres_app, lambda n: services.take(found(code), ReplyDraft(ReplyKind.ACCEPT), services.Sender(), now=NOON))
    assert said.count("stored") == 1 and set(said) == {"stored", "reply-accepted-already"}


@pytest.mark.postgres
def test_fifty_people_closing_one_reply_leave_one_outcome(postgres_app: Flask) -> None:
    world, code = _made(postgres_app, with_reply=True)

    def act(n: int) -> None:
        reply = queries.reply_by_number(code, 1)
        assert reply is not None
        services.settle(reply, ReplyState.ANSWERED, ANSWER, role=Role.SECRETARIAT, person_id=world.id_of(SARA), now=NOON)

    said = _at_once(postgres_app, act)
    assert said.count("stored") == 1 and set(said) == {"stored", "reply-not-open"}
    with postgres_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ReplyOutcome)) == 1
        db.session.remove()
