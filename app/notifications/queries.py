"""Reading the outbox, and who asked to be told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.notifications.models import Notification, Subscription
from app.notifications.rules import NotificationState


def due(now: datetime, most: int = 50) -> list[int]:
    """Ids of the letters to try now, oldest first; none while an older one to the same address still waits for its turn."""
    older = aliased(Notification)
    waits = (
        select(older.id)
        .where(
            older.address == Notification.address, older.id < Notification.id, older.state == NotificationState.QUEUED,
            older.next_attempt_at > now,
        )
        .exists()
    )  # fmt: skip
    return list(
        db.session.scalars(
            select(Notification.id)
            .where(Notification.state == NotificationState.QUEUED, Notification.next_attempt_at <= now, ~waits)
            .order_by(Notification.id)
            .limit(most)
        )
    )


def letter(notification_id: int) -> Notification | None:
    return db.session.get(Notification, notification_id)


def count(state: NotificationState) -> int:
    return db.session.scalar(select(func.count()).select_from(Notification).where(Notification.state == state)) or 0


def subscribers(subject_kind: str, subject_id: int) -> Sequence[Subscription]:
    """Who follows the subject, in the order they came."""
    return db.session.scalars(
        select(Subscription)
        .where(Subscription.subject_kind == subject_kind, Subscription.subject_id == subject_id)
        .order_by(Subscription.id)
    ).all()


def first_sent(kind: str, subject_kind: str, subject_id: int) -> datetime | None:
    """When the first letter of this kind about the subject left; None while none did."""
    return db.session.scalar(
        select(func.min(Notification.sent_at)).where(
            Notification.kind == kind, Notification.subject_kind == subject_kind, Notification.subject_id == subject_id,
            Notification.state == NotificationState.SENT,
        )
    )  # fmt: skip
