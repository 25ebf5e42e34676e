"""Fifty at once, on a real PostgreSQL: one support a person, one comment a form, one decision on a wording."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from app.contributions.queries import contribution_by_code
from app.core.db import db
from app.core.errors import RuleBroken
from app.deliberation import queries, services
from app.deliberation.models import Comment, Support, TextAmendment
from app.deliberation.rules.amendments import AmendmentState
from app.deliberation.rules.comments import CommentDraft, Side
from app.processes.models import Process
from tests.cast import EVERYBODY, FELIX, ROSA, SARA
from tests.factories.deliberation import SLOWLY, person, shown
from tests.world import NOON, World, build_world

AT_ONCE = 48
EACH = 4


def _made(app: Flask) -> tuple[World, str]:
    with app.app_context():
        world = build_world()
        target = shown(world).code
        db.session.commit()
        db.session.remove()
    return world, target


def _at_once(app: Flask, act: Callable[[int], object]) -> list[str]:
    gate = threading.Barrier(AT_ONCE)

    def go(n: int) -> str:
        with app.app_context():
            gate.wait()
            try:
                done = act(n)
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                return str(broken.problems[0].code)
            finally:
                db.session.remove()
        return str(done)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(go, range(AT_ONCE)))


def test_twelve_people_pressing_support_four_times_at_once_are_twelve_supports(postgres_app: Flask) -> None:
    world, target_code = _made(postgres_app)
    people = [world.id_of(member) for member in EVERYBODY]

    def press(n: int) -> bool:
        target = contribution_by_code(target_code)
        return services.support(target, people[n % len(people)], now=NOON)

    results = Counter(_at_once(postgres_app, press))
    assert AT_ONCE // len(people) == EACH
    assert results == {"True": len(people), "False": AT_ONCE - len(people)}
    with postgres_app.app_context():
        assert db.session.scalar(select(func.count(Support.id))) == len(people)
        assert list(queries.support_counts([contribution_by_code(target_code).id]).values()) == [len(people)]


def test_one_form_sent_many_times_at_once_is_one_comment_and_codes_never_collide(postgres_app: Flask) -> None:
    world, target_code = _made(postgres_app)

    def send(n: int) -> str:
        target = contribution_by_code(target_code)
        who = person(world, ROSA)
        if n % 2:
            text, key = "Conviene a toda la comunidad.", "la-misma-clave-del-form"
        else:
            text, key = f"Una idea distinta número {n}.", f"clave-propia-{n:_>10}"
        received = services.comment(CommentDraft(Side.FOR, text), target, who, submission_key=key, came=SLOWLY, now=NOON)
        return received.comment.code

    results = _at_once(postgres_app, send)
    assert len({code for n, code in enumerate(results) if n % 2}) == 1
    with postgres_app.app_context():
        assert db.session.scalar(select(func.count(Comment.id))) == AT_ONCE // 2 + 1
        numbers = db.session.scalars(select(Comment.number).order_by(Comment.number)).all()
        assert list(numbers) == list(range(1, AT_ONCE // 2 + 2))


def test_a_wording_is_decided_by_one_person_only(postgres_app: Flask) -> None:
    world, target_code = _made(postgres_app)
    with postgres_app.app_context():
        target = contribution_by_code(target_code)
        services.propose_wording(target, clause="1/solution", version_n=1, base="Dice esto.", proposed="Debe decir esto otro.")
        db.session.commit()
        db.session.remove()

    def decide(n: int) -> str:
        row = queries.amendment_of_code(world.process_id, target_code)
        assert row is not None
        to = AmendmentState.ACCEPTED if n % 2 else AmendmentState.REJECTED
        process = db.session.get_one(Process, world.process_id)
        services.decide_amendment(
            row.amendment, to, f"Por la razón número {n}, que se publica.", process=process,
            person_id=world.id_of(SARA if n % 2 else FELIX), role="foro", now=NOON,
        )  # fmt: skip
        return "decided"

    assert Counter(_at_once(postgres_app, decide)) == {"decided": 1, "amendment-decided": AT_ONCE - 1}
    with postgres_app.app_context():
        kept = db.session.scalar(select(TextAmendment))
        assert kept.state is not AmendmentState.OPEN and kept.answer
