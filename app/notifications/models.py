"""The outbox: letters as rows, written in the transaction of the act and delivered later; and who asked to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime
from app.notifications.rules import NotificationState


class Notification(Model):
    """One letter to one address. `message_id` is fixed so that a repeated delivery can be recognised.

    `next_attempt_at` of a dead letter is when it was given up.
    """

    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_due", "state", "next_attempt_at"),
        Index("ix_notification_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    address: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    locale: Mapped[str] = mapped_column(default="es")
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[NotificationState] = mapped_column(default=NotificationState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    next_attempt_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Subscription(Model):
    """An address that asked to be told about a subject: by registering for an activity or by following."""

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id", "address", name="uq_subscription_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    address: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    locale: Mapped[str] = mapped_column(default="es")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
