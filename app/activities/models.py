"""What really happened at an opportunity: a workshop held, who came in numbers, its minutes; who asked to come; and outreach."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.activities.rules import ActivityState, Dimension
from app.activities.rules.attending import AccessNeed, AttendanceSource, RegistrationState
from app.activities.rules.calling import CallOutcome, Standing
from app.activities.rules.outreach import OutreachChannel
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.forum.models.meetings import ApprovalColumns, MinutesColumns
from app.organisations.rules import Sector
from app.processes.models import Opportunity, Process


class Activity(Model):
    """The record of an opportunity. `number` is the workshop's place in its process and part of its codes (T03)."""

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("process_id", "number", name="uq_activity_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), unique=True)
    number: Mapped[int]
    state: Mapped[ActivityState] = mapped_column(default=ActivityState.PLANNED)
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    attendance_from: Mapped[AttendanceSource] = mapped_column(default=AttendanceSource.DOOR)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    opportunity: Mapped[Opportunity] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class ActivityMinutes(MinutesColumns, Model):
    """The minutes of a workshop."""

    __tablename__ = "activity_minutes"
    __table_args__ = (UniqueConstraint("activity_id", "version", name="uq_activity_minutes_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))


class ActivityMinutesApproval(ApprovalColumns, Model):
    """A side's approval of the minutes of a workshop."""

    __tablename__ = "activity_minutes_approval"
    __table_args__ = (UniqueConstraint("minutes_id", "side", name="uq_activity_minutes_approval_side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("activity_minutes.id"))


class ActivityAgreement(Model):
    """Something agreed in the room, who answers for it and until when; public with the record."""

    __tablename__ = "activity_agreement"
    __table_args__ = (UniqueConstraint("activity_id", "number", name="uq_activity_agreement_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Attendance(Model):
    """How many people of one category came; never a name."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("activity_id", "dimension", "category", name="uq_attendance_category"),
        CheckConstraint("people >= 0", name="people_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    dimension: Mapped[Dimension]
    category: Mapped[str]
    people: Mapped[int]


class Registration(Model):
    """Somebody who asked to come, or who came without asking. Restricted: names and addresses are for those who organise only.

    `code` is in the QR of the confirmation and opens nothing by itself; the private link adds a mark made with the server's key.
    `reminded_for` and `reminded_days` say which start was last reminded of, and how many days before.
    """

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "email", name="uq_registration_email"),
        UniqueConstraint("code", name="uq_registration_code"),
        Index("ix_registration_queue", "opportunity_id", "state", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    code: Mapped[str]
    state: Mapped[RegistrationState] = mapped_column(default=RegistrationState.CONFIRMED)
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(Text, default="")
    sector: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    age: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    submission_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_for: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_days: Mapped[int] = mapped_column(default=0)

    opportunity: Mapped[Opportunity] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.opportunity.process.scope


class RegistrationNeed(Model):
    """What somebody needs to take part; published only as how many people, from five on."""

    __tablename__ = "registration_need"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    need: Mapped[AccessNeed] = mapped_column(primary_key=True)


class RegistrationCall(Model):
    """What somebody without e-mail was told by telephone, or that nobody answered. The first row is what they read when registering.

    Restricted as the registration. The newest row that told something says what they know.
    """

    __tablename__ = "registration_call"
    __table_args__ = (Index("ix_registration_call_registration", "registration_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[CallOutcome]
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[RegistrationState]
    is_off: Mapped[bool] = mapped_column(default=False)

    @property
    def known(self) -> Standing:
        return Standing(self.starts_at, self.place, self.state, self.is_off)


class CheckIn(Model):
    """Somebody came in, and what they agreed to: that their data are kept on the list, that they appear in photos and video."""

    __tablename__ = "check_in"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    keeps_data: Mapped[bool]
    shows_image: Mapped[bool]
    consent_text: Mapped[str]


class OutreachAction(Model):
    """Something done so that people knew they could take part; public, never edited: withdrawn with its reason and written again."""

    __tablename__ = "outreach_action"
    __table_args__ = (
        UniqueConstraint("process_id", "number", name="uq_outreach_action_number"),
        CheckConstraint("reach IS NULL OR reach >= 0", name="reach_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    number: Mapped[int]
    submission_key: Mapped[str] = mapped_column(unique=True)
    done_on: Mapped[date]
    title: Mapped[str]
    channel: Mapped[OutreachChannel]
    sector: Mapped[Sector]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    language: Mapped[str] = mapped_column(default="es")
    reach: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope
