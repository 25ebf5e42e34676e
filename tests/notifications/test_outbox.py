"""Many letters put in the outbox at once, on both databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.core.db import db
from app.notifications.models import Notification
from app.notifications.rules import NotificationState
from app.notifications.services import NewLetter, queue, queue_many
from tests.world import NOON


def letters(first: int, last: int, words: str = "hola") -> list[NewLetter]:
    return [NewLetter(f"p{n}@example.pe", "contribution", n, {"said": words, "n": n}, f"prueba:{n}") for n in range(first, last)]


def _the_outbox_holds_each_once() -> None:
    queue("feedback.answered", address="p3@example.pe", subject_kind="contribution", subject_id=3, content={"said": "antes"},
          dedupe_key="prueba:3", at=NOON)  # fmt: skip
    db.session.flush()
    assert queue_many("feedback.answered", letters(0, 10), at=NOON + timedelta(hours=1)) == 9
    assert queue_many("feedback.answered", letters(5, 12, "otra vez"), at=NOON + timedelta(hours=2)) == 2
    rows = list(db.session.scalars(select(Notification).order_by(Notification.subject_id)))
    assert [row.content["said"] for row in rows] == ["hola"] * 3 + ["antes"] + ["hola"] * 6 + ["otra vez"] * 2
    assert len({row.message_id for row in rows}) == 12
    assert {(row.state, row.attempts, row.last_error, row.sent_at) for row in rows} == {(NotificationState.QUEUED, 0, "", None)}
    assert rows[0].next_attempt_at == NOON + timedelta(hours=1)


def test_a_letter_that_is_there_stays_as_it_is_on_sqlite(context: None) -> None:
    _the_outbox_holds_each_once()


@pytest.mark.postgres
def test_a_letter_that_is_there_stays_as_it_is_on_postgresql(postgres_app: Flask) -> None:
    with postgres_app.app_context():
        _the_outbox_holds_each_once()
        db.session.rollback()


def test_a_thousand_are_one_statement_and_none_is_no_statement(context: None) -> None:
    seen: list[str] = []
    db.session.connection()
    listen = lambda *a: seen.append(a[2])  # noqa: E731 - one line for the list of statements
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        assert queue_many("feedback.answered", letters(0, 1_000), at=NOON) == 1_000
        assert len(seen) == 1
        assert queue_many("feedback.answered", [], at=NOON) == 0
        assert len(seen) == 1
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
