"""Batches that wait for their hour."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.feedback.rules.scheduling import ScheduledState
from app.processes.models import Process


class ScheduledPublication(Model):
    """A batch chosen now and released at `at`, exactly as it was read; `held_for`: what kept it back, [{answer, words}]."""

    __tablename__ = "scheduled_publication"
    __table_args__ = (
        Index("ix_scheduled_publication_due", "state", "at"),
        Index("ix_scheduled_publication_process", "process_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    answers: Mapped[int]
    state: Mapped[ScheduledState] = mapped_column(default=ScheduledState.WAITING)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    held_for: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("publication_batch.id"))

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class ScheduledAnswer(Model):
    """One answer of a scheduled batch, and the hash of the text that was on the screen."""

    __tablename__ = "scheduled_answer"

    publication_id: Mapped[int] = mapped_column(ForeignKey("scheduled_publication.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True, index=True)
    sha256: Mapped[str]
