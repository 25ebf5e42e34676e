"""Meetings and what they leave: who came, the minutes, agreements, questions and answers of a hearing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.forum.models.seats import Seat
from app.forum.rules.meetings import AgreementState, MeetingKind, MeetingMode, MeetingState
from app.forum.rules.seats import Side, Sitting
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.spaces.models import Space


class Meeting(Model):
    """A meeting convened in public. `starts_at` and `ends_at` are announced, `held_at` and `ended_at` what really happened.

    The seats of each side are those held on that day, kept with the rules of participation that gave the quorum.
    """

    __tablename__ = "forum_meeting"
    __table_args__ = (
        UniqueConstraint("space_id", "number", name="uq_forum_meeting_number"),
        UniqueConstraint("space_id", "slug", name="uq_forum_meeting_slug"),
        Index("ix_forum_meeting_starts", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    number: Mapped[int]
    slug: Mapped[str]
    kind: Mapped[MeetingKind]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.CONVENED)
    title: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    mode: Mapped[MeetingMode]
    place: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    norm: Mapped[str] = mapped_column(default="")
    process_slug: Mapped[str] = mapped_column(default="")
    is_implementation_review: Mapped[bool] = mapped_column(default=False)
    is_cocreation: Mapped[bool] = mapped_column(default=False)
    agenda: Mapped[str] = mapped_column(Text, default="")
    agenda_html: Mapped[str] = mapped_column(Text, default="")
    convened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    agenda_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=0)
    report_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    held_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rules_version_id: Mapped[int | None] = mapped_column(ForeignKey("forum_rules.id"))
    government_seats: Mapped[int] = mapped_column(default=0)
    non_government_seats: Mapped[int] = mapped_column(default=0)
    government_present: Mapped[int] = mapped_column(default=0)
    non_government_present: Mapped[int] = mapped_column(default=0)
    comments: Mapped[str] = mapped_column(Text, default="")
    results_url: Mapped[str] = mapped_column(default="")
    minutes_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    minutes_sha256: Mapped[str] = mapped_column(default="")
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    convened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    space: Mapped[Space] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)


class Attendance(Model):
    """A seat that was present, by its holder or its alternate."""

    __tablename__ = "forum_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "seat_id", name="uq_forum_attendance_seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meeting.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("forum_seat.id"))
    who: Mapped[Sitting]

    seat: Mapped[Seat] = relationship(lazy="raise_on_sql")


class Guests(Model):
    """How many people of a sector came without a seat; never a name."""

    __tablename__ = "forum_guests"
    __table_args__ = (
        UniqueConstraint("meeting_id", "sector", name="uq_forum_guests_sector"),
        CheckConstraint("people >= 0", name="people_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meeting.id"))
    sector: Mapped[Sector]
    people: Mapped[int]


class MinutesColumns:
    """One saved text of minutes; a change is another row. `published_at` marks those that are or were public."""

    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ApprovalColumns:
    """One side approved exactly the text whose hash is `sha256`; each side once for each text."""

    side: Mapped[Side]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str]
    approved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Minutes(MinutesColumns, Model):
    """The minutes of a meeting."""

    __tablename__ = "forum_minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "version", name="uq_forum_minutes_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meeting.id"))


class MinutesApproval(ApprovalColumns, Model):
    """A side's approval of the minutes of a meeting."""

    __tablename__ = "forum_minutes_approval"
    __table_args__ = (UniqueConstraint("minutes_id", "side", name="uq_forum_minutes_approval_side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("forum_minutes.id"))


class Agreement(Model):
    """Something agreed at a meeting: who owns it, until when, and how it ended. For people: "3.2", the second of meeting 3."""

    __tablename__ = "forum_agreement"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number", name="uq_forum_agreement_number"),
        Index("ix_forum_agreement_space", "space_id", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meeting.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str]
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    due_on: Mapped[date]
    state: Mapped[AgreementState] = mapped_column(default=AgreementState.OPEN)
    outcome: Mapped[str] = mapped_column(Text, default="")
    evidence_url: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    owner_organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)


class HearingQuestion(Model):
    """A question of a public hearing and its answer; who asked appears as a sector, never by name."""

    __tablename__ = "hearing_question"
    __table_args__ = (UniqueConstraint("meeting_id", "number", name="uq_hearing_question_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meeting.id"))
    number: Mapped[int]
    sector: Mapped[Sector]
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
