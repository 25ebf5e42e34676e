"""Findings of the committee: their texts, who approved them, what was replied, and where they were taken."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models import BudgetRound
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.projects.models import Project
from app.vigilance.models.committees import Member, VigilanceCommittee
from app.vigilance.rules.findings import Body, FindingState, Gravity


class Finding(Model):
    """Something the committee found. `code` ("PP27-H-01") is public; `sha256` is of the text as it stands.

    `reply_by` is the last day to reply, set when it is published; `closed_note` what the committee checked when it was satisfied.
    """

    __tablename__ = "vigilance_finding"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="uq_vigilance_finding_number"),
        CheckConstraint("days > 0", name="days_positive"),
        Index("ix_vigilance_finding_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    committee_id: Mapped[int] = mapped_column(ForeignKey("vigilance_committee.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    state: Mapped[FindingState] = mapped_column(default=FindingState.PROPOSED)
    title: Mapped[str]
    what: Mapped[str] = mapped_column(Text)
    asked: Mapped[str] = mapped_column(Text)
    gravity: Mapped[Gravity]
    days: Mapped[int]
    sha256: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reply_by: Mapped[date | None]
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_note: Mapped[str] = mapped_column(Text, default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")
    committee: Mapped[VigilanceCommittee] = relationship(lazy="raise_on_sql")
    project: Mapped[Project | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope


class FindingText(Model):
    """A finding as it was written and sent to the committee; a change is another row."""

    __tablename__ = "vigilance_finding_text"
    __table_args__ = (UniqueConstraint("finding_id", "n", name="uq_vigilance_finding_text_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("vigilance_finding.id"))
    n: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FindingApproval(Model):
    """A member approved exactly the text with that hash: in person, or by hand on a sheet that another member recorded."""

    __tablename__ = "vigilance_approval"
    __table_args__ = (UniqueConstraint("finding_id", "sha256", "member_id", name="uq_vigilance_approval_member"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("vigilance_finding.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("vigilance_member.id"))
    sha256: Mapped[str]
    approved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sheet_sha256: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    member: Mapped[Member] = relationship(lazy="raise_on_sql")


class FindingReply(Model):
    """What the entity answered: what it will do and until when. Another reply is another row."""

    __tablename__ = "vigilance_reply"
    __table_args__ = (UniqueConstraint("finding_id", "number", name="uq_vigilance_reply_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("vigilance_finding.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    until: Mapped[date]
    entity: Mapped[str]
    replied_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    replied_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Complaint(Model):
    """A finding taken to another body, with the number of its file there."""

    __tablename__ = "vigilance_complaint"
    __table_args__ = (UniqueConstraint("finding_id", "number", name="uq_vigilance_complaint_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("vigilance_finding.id"))
    number: Mapped[int]
    body: Mapped[Body]
    file_number: Mapped[str]
    filed_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)


class VigilanceReport(Model):
    """A report to the coordination council, as it was published: `content` is what the PDF prints and the hash is of."""

    __tablename__ = "vigilance_report"
    __table_args__ = (UniqueConstraint("round_id", "number", name="uq_vigilance_report_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    number: Mapped[int]
    since: Mapped[date]
    until: Mapped[date]
    opinion: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope
