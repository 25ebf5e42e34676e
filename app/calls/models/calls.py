"""A public call, what it offers and asks, who applied, who judged, and claims."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.rules.applying import ApplicationState, Outcome
from app.calls.rules.course import CallKind, CallState, Dates, Selection
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.forum.models import Motion
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.spaces.models import Space


class Call(Model):
    """A call of a space. `public_revision` grows with every public change; days are of Lima, both inclusive."""

    __tablename__ = "call"
    __table_args__ = (UniqueConstraint("space_id", "number", name="uq_call_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    number: Mapped[int]
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CallKind]
    state: Mapped[CallState] = mapped_column(default=CallState.DRAFT)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    requirements: Mapped[str] = mapped_column(Text, default="")
    requirements_html: Mapped[str] = mapped_column(Text, default="")
    norm: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    selection: Mapped[Selection]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    results_on: Mapped[date]
    claims_until: Mapped[date]
    term_starts_on: Mapped[date | None]
    term_ends_on: Mapped[date | None]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    evaluating_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    results_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closing_note: Mapped[str] = mapped_column(Text, default="")
    lot_seed: Mapped[str] = mapped_column(default="")
    lot_source: Mapped[str] = mapped_column(Text, default="")
    motion_id: Mapped[int | None] = mapped_column(ForeignKey("motion.id"))
    public_revision: Mapped[int] = mapped_column(default=0)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    motion: Mapped[Motion | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)

    @property
    def dates(self) -> Dates:
        return Dates(self.opens_on, self.closes_on, self.claims_until)


class CallSeat(Model):
    """A seat that a renewal fills."""

    __tablename__ = "call_seat"
    __table_args__ = (UniqueConstraint("call_id", "number", name="uq_call_seat_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    sector: Mapped[Sector]


class CallCriterion(Model):
    """What a jury scores from 0 to `scale`; weights add up to 100."""

    __tablename__ = "call_criterion"
    __table_args__ = (UniqueConstraint("call_id", "position", name="uq_call_criterion_position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    position: Mapped[int]
    name: Mapped[str]
    weight: Mapped[int]
    scale: Mapped[int]
    how_to_check: Mapped[str] = mapped_column(Text, default="")


class Application(Model):
    """What an organisation sent. Its name, sector and texts are public once checked; who represents it and how to reach them never.

    `seat_number` is the seat a selected one took.
    """

    __tablename__ = "call_application"
    __table_args__ = (
        UniqueConstraint("call_id", "number", name="uq_call_application_number"),
        UniqueConstraint("call_id", "folded_organisation", name="uq_call_application_organisation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)
    submission_key: Mapped[str] = mapped_column(unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_name: Mapped[str]
    folded_organisation: Mapped[str]
    sector: Mapped[Sector]
    representative: Mapped[str]
    alternate: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    motive: Mapped[str] = mapped_column(Text)
    reform: Mapped[str] = mapped_column(Text, default="")
    is_ongoing: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.RECEIVED)
    eligibility_reason: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    points: Mapped[int | None]
    place: Mapped[int | None]
    outcome: Mapped[Outcome | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    seat_number: Mapped[int | None]

    call: Mapped[Call] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.call.scope


class Juror(Model):
    """A member of the jury. Public by office; `conflicts` are the numbers of the applications they do not score."""

    __tablename__ = "call_juror"
    __table_args__ = (UniqueConstraint("call_id", "person_id", name="uq_call_juror_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    office: Mapped[str]
    sector: Mapped[Sector]
    conflicts: Mapped[list[int]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Score(Model):
    """What one juror gave one application for one criterion; replaced until results are published."""

    __tablename__ = "call_score"
    __table_args__ = (
        UniqueConstraint("application_id", "juror_id", "criterion_id", name="uq_call_score_cell"),
        CheckConstraint("value >= 0", name="value_not_negative"),
        Index("ix_call_score_juror", "juror_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("call_application.id"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("call_juror.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("call_criterion.id"))
    value: Mapped[int]
    scored_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Claim(Model):
    """A claim against the result of one application, and its written answer. `previous_outcome` is what an upheld claim changed."""

    __tablename__ = "call_claim"
    __table_args__ = (UniqueConstraint("application_id", name="uq_call_claim_application"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("call_application.id"))
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")
    is_upheld: Mapped[bool | None]
    previous_outcome: Mapped[Outcome | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    application: Mapped[Application] = relationship(lazy="raise_on_sql")
