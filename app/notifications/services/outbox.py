"""Queueing letters in the outbox and keeping who asked for them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import db, is_sqlite
from app.notifications.models import Notification, Subscription

A_STATEMENT = 1_000
"""Letters in one INSERT: their values stay under what either database takes at once."""


@dataclass(frozen=True)
class NewLetter:
    """A letter about to be queued: as the arguments of `queue`."""

    address: str
    subject_kind: str
    subject_id: int
    content: dict[str, Any]
    dedupe_key: str
    person_id: int | None = None
    locale: str = "es"


def queue(
    kind: str, *, address: str, subject_kind: str, subject_id: int, content: dict[str, Any], dedupe_key: str, at: datetime,
    person_id: int | None = None, locale: str = "es",
) -> Notification | None:  # fmt: skip
    """Put one letter in the outbox; None when the same one (`dedupe_key`) is already there. The caller commits.

    `kind` is "package.name": its texts are templates/emails/<package>/<name>.*; `content` is what they print.
    """
    known = db.session.scalar(select(Notification.id).where(Notification.dedupe_key == dedupe_key))
    if known:
        return None
    letter = Notification(
        kind=kind, address=address, person_id=person_id, subject_kind=subject_kind, subject_id=subject_id, content=content,
        locale=locale, dedupe_key=dedupe_key, message_id=f"<{uuid.uuid4().hex}@minka>", created_at=at, next_attempt_at=at,
    )  # fmt: skip
    db.session.add(letter)
    return letter


def queue_many(kind: str, letters: Sequence[NewLetter], *, at: datetime) -> int:
    """Put many letters of one kind in the outbox; how many were not there yet comes back. The caller commits.

    One statement for each thousand, on both databases; those whose `dedupe_key` is known stay as they are.
    """
    upsert = sqlite.insert if is_sqlite() else postgresql.insert
    new = upsert(Notification).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(Notification.id)
    queued = 0
    for start in range(0, len(letters), A_STATEMENT):
        rows = [
            {
                "kind": kind, "address": letter.address, "person_id": letter.person_id, "subject_kind": letter.subject_kind,
                "subject_id": letter.subject_id, "content": letter.content, "locale": letter.locale, "dedupe_key": letter.dedupe_key,
                "message_id": f"<{uuid.uuid4().hex}@minka>", "created_at": at, "next_attempt_at": at,
            }
            for letter in letters[start : start + A_STATEMENT]
        ]  # fmt: skip
        queued += len(db.session.scalars(new, rows).all())
    return queued


def subscribe(subject_kind: str, subject_id: int, address: str, *, at: datetime, person_id: int | None = None) -> None:
    """Remember that `address` wants to be told about the subject; asking twice changes nothing. The caller commits."""
    known = db.session.scalar(
        select(Subscription.id).where(
            Subscription.subject_kind == subject_kind, Subscription.subject_id == subject_id, Subscription.address == address.lower()
        )
    )
    if not known:
        db.session.add(
            Subscription(subject_kind=subject_kind, subject_id=subject_id, address=address.lower(), person_id=person_id, created_at=at)
        )
        db.session.flush()


def queue_for_subscribers(kind: str, subject_kind: str, subject_id: int, content: dict[str, Any], *, event: str, at: datetime) -> int:
    """One letter for each address subscribed to the subject; `event` names the fact, so nobody is told twice.

    A statement for each thousand addresses: a change of date may have to reach ten thousand.
    """
    rows = db.session.execute(
        select(Subscription.address, Subscription.person_id, Subscription.locale)
        .where(Subscription.subject_kind == subject_kind, Subscription.subject_id == subject_id)
        .order_by(Subscription.id)
    ).all()
    letters = [
        NewLetter(address, subject_kind, subject_id, content, f"{kind}:{event}:{address}", person_id, locale)
        for address, person_id, locale in rows
    ]
    queue_many(kind, letters, at=at)
    return len(letters)
