"""Motions put to a recorded vote: one vote for each seat, unique in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.forum.models.meetings import Meeting
from app.forum.models.seats import RulesVersion, Seat
from app.forum.rules.seats import Side, Sitting
from app.forum.rules.voting import Choice, Majority, MotionKind, MotionState, Verdict
from app.spaces.models import Space


class Motion(Model):
    """A question to the forum. Votes stay closed to everybody until it closes; then all of them are public with their reasons."""

    __tablename__ = "motion"
    __table_args__ = (
        UniqueConstraint("space_id", "number", name="uq_motion_number"),
        UniqueConstraint("space_id", "slug", name="uq_motion_slug"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    number: Mapped[int]
    slug: Mapped[str]
    kind: Mapped[MotionKind]
    majority: Mapped[Majority]
    state: Mapped[MotionState] = mapped_column(default=MotionState.OPEN)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    process_slug: Mapped[str] = mapped_column(default="")
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("forum_meeting.id"))
    rules_version_id: Mapped[int] = mapped_column(ForeignKey("forum_rules.id"))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[Verdict | None]
    government_seats: Mapped[int] = mapped_column(default=0)
    non_government_seats: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    rules_version: Mapped[RulesVersion] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)


class MotionOption(Model):
    """An option of a ranking; `position` from 1 is its name in the votes."""

    __tablename__ = "motion_option"
    __table_args__ = (UniqueConstraint("motion_id", "position", name="uq_motion_option_position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"))
    position: Mapped[int]
    text: Mapped[str]


class SeatVote(Model):
    """What a seat voted, once. `seat_number` keeps it single when the term changes while the motion is open."""

    __tablename__ = "seat_vote"
    __table_args__ = (UniqueConstraint("motion_id", "seat_number", name="uq_seat_vote_seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("forum_seat.id"))
    seat_number: Mapped[int]
    side: Mapped[Side]
    who: Mapped[Sitting]
    choice: Mapped[Choice | None]
    ranking: Mapped[list[int]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    is_by_hand: Mapped[bool] = mapped_column(default=False)
    cast_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cast_at: Mapped[datetime] = mapped_column(UTCDateTime)

    seat: Mapped[Seat] = relationship(lazy="raise_on_sql")
