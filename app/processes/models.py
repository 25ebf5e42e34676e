"""Processes, their themes and criteria, and the schedule: versions that never change, and what the latest one says."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.processes.rules.readings import ReadingLanguage
from app.processes.rules.schedule import OpportunityKind, PhaseKind
from app.processes.rules.states import ApprovalSeat, Influence, ProcessKind, ProcessState, VersionState
from app.spaces.models import Space


class Process(Model):
    """A co-creation. `public_revision` grows with every public change; `start_at` is the first real activity.

    `state_reason` is public: why it was suspended or cancelled; `suspended_from` is the state it goes back to.
    """

    __tablename__ = "process"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ProcessKind]
    title: Mapped[str]
    summary: Mapped[str]
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    influence: Mapped[Influence]
    influence_note: Mapped[str] = mapped_column(default="")
    is_retroactive: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ProcessState] = mapped_column(default=ProcessState.DRAFT)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    suspended_from: Mapped[ProcessState | None]
    start_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    public_revision: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id, self.id)


class Theme(Model):
    """What contributions are about; put to people as a question."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("process_id", "slug", name="uq_theme_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    slug: Mapped[str]
    name: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(Text, default="")
    context_html: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]


class Criterion(Model):
    """A criterion for judging contributions: its weight in percent, and whole marks from `lowest` to `highest` with what each end means."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("process_id", "name", name="uq_criterion_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    name: Mapped[str]
    weight: Mapped[int]
    how_to_check: Mapped[str] = mapped_column(Text, default="")
    lowest: Mapped[int] = mapped_column(default=0)
    highest: Mapped[int] = mapped_column(default=5)
    lowest_means: Mapped[str] = mapped_column(Text, default="")
    highest_means: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ScheduleVersion(Model):
    """The schedule as drafted and, once published, as it will stand for ever.

    `content` is the canonical JSON of `rules.schedule.Schedule`; `sha256` its hash; `n` counts publications from 1.
    `drafter_ids` are the people who saved any part of it: none of them may approve it for the non-government seat.
    """

    __tablename__ = "schedule_version"
    __table_args__ = (
        UniqueConstraint("process_id", "n", name="uq_schedule_version_n"),
        Index(
            "uq_schedule_version_open", "process_id", unique=True,
            sqlite_where=text("state IN ('draft', 'in-review')"), postgresql_where=text("state IN ('draft', 'in-review')"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    n: Mapped[int | None]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafter_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    drafted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    notice_days: Mapped[int | None]
    is_short_notice: Mapped[bool] = mapped_column(default=False)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class ScheduleApproval(Model):
    """A seat's approval of exactly the text whose hash is `sha256`."""

    __tablename__ = "schedule_approval"
    __table_args__ = (UniqueConstraint("version_id", "seat", name="uq_schedule_approval_seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("schedule_version.id"))
    seat: Mapped[ApprovalSeat]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str]
    approved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Phase(Model):
    """A phase as the latest published schedule gives it."""

    __tablename__ = "phase"
    __table_args__ = (UniqueConstraint("process_id", "kind", name="uq_phase_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    kind: Mapped[PhaseKind]
    title: Mapped[str]
    summary: Mapped[str]
    position: Mapped[int]
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Opportunity(Model):
    """An opportunity to take part as the latest published schedule gives it; kept, marked, when it is withdrawn."""

    __tablename__ = "opportunity"
    __table_args__ = (
        UniqueConstraint("process_id", "slug", name="uq_opportunity_slug"),
        Index("ix_opportunity_starts", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    slug: Mapped[str]
    kind: Mapped[OpportunityKind]
    title: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    place: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    language: Mapped[str] = mapped_column(default="es")
    who_can_join: Mapped[str] = mapped_column(Text, default="")
    how_to_register: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int] = mapped_column(default=0)
    accessibility: Mapped[str] = mapped_column(Text, default="")
    agenda: Mapped[str] = mapped_column(Text, default="")
    is_withdrawn: Mapped[bool] = mapped_column(default=False)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class ProcessReading(Model):
    """An easy-to-read version of the process in one language; never changed, the highest `n` of a language is the one that is read."""

    __tablename__ = "process_reading"
    __table_args__ = (UniqueConstraint("process_id", "language", "n", name="uq_process_reading_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    language: Mapped[ReadingLanguage]
    n: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    tried_with: Mapped[str]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
