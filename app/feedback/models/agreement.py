"""Where the sectors do not agree: an objection stops a text until withdrawn or the text changes; a dissent is published beside it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.feedback.models.decisions import Decision
from app.feedback.rules.outcomes import Seat

_STANDS = "withdrawn_at IS NULL"


class SeatColumns:
    """Somebody of a sector, as the public knows them, about the text whose hash is `sha256`."""

    seat: Mapped[Seat]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post: Mapped[str]
    sha256: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Objection(SeatColumns, Model):
    """A person of a sector against exactly the text whose hash is `sha256`; it stands until they withdraw it or the text changes."""

    __tablename__ = "objection"
    __table_args__ = (
        Index(
            "uq_objection_standing", "decision_id", "person_id", "sha256", unique=True,
            sqlite_where=text(_STANDS), postgresql_where=text(_STANDS),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    reason: Mapped[str] = mapped_column(Text)


class DissentNote(SeatColumns, Model):
    """A reasoned disagreement of a seat with an answer, for the public; never edited. Withdrawn, its place and the reason stay.

    It speaks of the text whose hash is `sha256`; `decision_id` is the version it was written under. Every answer of a group
    that was answered together carries a row of its own with the same words.
    """

    __tablename__ = "dissent_note"
    __table_args__ = (
        Index("ix_dissent_note_decision", "decision_id"),
        Index(
            "uq_dissent_note_standing", "decision_id", "person_id", "sha256", unique=True,
            sqlite_where=text(_STANDS), postgresql_where=text(_STANDS),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    text: Mapped[str] = mapped_column(Text)
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")

    decision: Mapped[Decision] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.decision.scope


class WorkshopPriority(Model):
    """A contribution that a workshop voted as one of its priorities, and with how many votes (domain.md 6.4, Q17)."""

    __tablename__ = "workshop_priority"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    votes: Mapped[int]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")


class WorkshopBallot(Model):
    """How a workshop voted its priorities: how many people, and how many votes each had."""

    __tablename__ = "workshop_ballot"
    __table_args__ = (CheckConstraint("voters > 0 AND votes_each > 0", name="somebody_voted"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    voters: Mapped[int]
    votes_each: Mapped[int]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
