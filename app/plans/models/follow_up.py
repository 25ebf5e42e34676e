"""What comes after the text: steps and changes of a commitment, progress by semester, comments of the consultation."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.plans.models.plans import Commitment
from app.plans.rules.amendments import AmendmentKind
from app.plans.rules.commitments import CommitmentState
from app.plans.rules.progress import Completion, ReadingOf

_OPEN = "settled_at IS NULL"


class CommitmentStep(Model):
    """One step of a commitment from state to state, or a change of its text while in force; never rewritten.

    `reason` and `version_n` (the published plan version that shows the difference) are public.
    """

    __tablename__ = "commitment_step"
    __table_args__ = (Index("ix_commitment_step_commitment", "commitment_id", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    from_state: Mapped[CommitmentState]
    to_state: Mapped[CommitmentState]
    reason: Mapped[str] = mapped_column(Text, default="")
    version_n: Mapped[int | None]
    role: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Amendment(Model):
    """A change of an approved commitment that waits for both sectors; at most one open per commitment.

    `part` is a section of the template or a milestone's number; `content` the fields as they would be; `plan_revision` the text it
    was written on. Settled when both signed it or when it was taken back (`is_applied` False).
    """

    __tablename__ = "plan_amendment"
    __table_args__ = (
        Index("uq_plan_amendment_open", "commitment_id", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    kind: Mapped[AmendmentKind]
    part: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(Text)
    plan_revision: Mapped[int]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    government_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    government_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    non_government_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    non_government_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_applied: Mapped[bool] = mapped_column(default=False)

    commitment: Mapped[Commitment] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.commitment.scope


class ProgressUpdate(Model):
    """How far a commitment or one of its milestones was at a semester, as one sector reads it.

    `clause` is the number of what it is about ("2", "2.1"), `period` the semester ("2027-1"). A correction is another version;
    the last is current. `percent` is a whole number from 0 to 100, None in the reading of civil society.
    """

    __tablename__ = "progress_update"
    __table_args__ = (
        UniqueConstraint("commitment_id", "clause", "period", "reading_of", "version", name="uq_progress_update_version"),
        Index(
            "uq_progress_update_current", "commitment_id", "clause", "period", "reading_of", unique=True,
            sqlite_where=text("is_current"), postgresql_where=text("is_current"),
        ),
        Index("ix_progress_update_published", "published_at", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    clause: Mapped[str]
    period: Mapped[str]
    reading_of: Mapped[ReadingOf]
    version: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)
    completion: Mapped[Completion]
    percent: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(Text, default="")
    evidence_url: Mapped[str] = mapped_column(default="")
    correction_reason: Mapped[str] = mapped_column(Text, default="")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    verification_note: Mapped[str] = mapped_column(Text, default="")

    commitment: Mapped[Commitment] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.commitment.scope


class PlanComment(Model):
    """Where in the consulted draft a contribution speaks: a clause ("2/solution", "2.1") of one published version."""

    __tablename__ = "plan_comment"
    __table_args__ = (Index("ix_plan_comment_clause", "plan_id", "clause"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    clause: Mapped[str]
