"""Acts of moderation, reports, appeals and suggestions, as rows: the present is the latest one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.deliberation.models import Comment
from app.moderation.rules.acts import HidingReason, ModerationKind
from app.moderation.rules.appeals import AppealOutcome
from app.processes.models import Process

ONE_SUBJECT = "(contribution_id IS NULL) <> (comment_id IS NULL)"


class ModerationAction(Model):
    """An act on a contribution, or on a comment and the account behind it (`person_id`, when it warns or suspends).

    `original` is JSON of the words before personal data were taken out: restricted, on no page and in no export. `favoured_id` is the
    contribution that a retired one gave way to. `appeal_hash` is SHA-256 of the token of the private page to appeal. `batch` names
    the bulk act it was part of.
    """

    __tablename__ = "moderation_action"
    __table_args__ = (
        Index("ix_moderation_action_process", "process_id", "id"),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
        CheckConstraint("(kind = 'retire') = (favoured_id IS NOT NULL)", name="favoured"),
        CheckConstraint("kind NOT IN ('hide', 'retire', 'warn', 'suspend') OR reason IS NOT NULL", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    suspension_id: Mapped[int | None] = mapped_column(ForeignKey("suspension.id"))
    favoured_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    kind: Mapped[ModerationKind]
    reason: Mapped[HidingReason | None]
    note: Mapped[str] = mapped_column(Text, default="")
    original: Mapped[str] = mapped_column(Text, default="")
    batch: Mapped[str] = mapped_column(default="")
    appeal_hash: Mapped[str | None] = mapped_column(unique=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    contribution: Mapped[Contribution | None] = relationship(lazy="raise_on_sql", foreign_keys=[contribution_id])
    comment: Mapped[Comment | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class ContentReport(Model):
    """Somebody says that a public text breaks a published rule. One a reporter and a thing; `reporter_key` is the account or the
    day's mark of the address. `closed_at` is when a moderator acted on it."""

    __tablename__ = "content_report"
    __table_args__ = (
        UniqueConstraint("contribution_id", "reporter_key", name="uq_content_report_contribution"),
        UniqueConstraint("comment_id", "reporter_key", name="uq_content_report_comment"),
        Index("ix_content_report_open", "process_id", "closed_at"),
        Index("ix_content_report_reporter", "reporter_key", "reported_at"),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    reason: Mapped[HidingReason]
    words: Mapped[str] = mapped_column(Text, default="")
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reporter_key: Mapped[str]
    points: Mapped[int]
    reported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Appeal(Model):
    """The one appeal of an act. `moderator_id` is who did the act: the database lets nobody decide against their own."""

    __tablename__ = "moderation_appeal"
    __table_args__ = (
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> moderator_id", name="somebody_else"),
        CheckConstraint("(outcome IS NULL) = (decided_by_id IS NULL)", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("moderation_action.id"), unique=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[AppealOutcome | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    action: Mapped[ModerationAction] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.action.scope


class MergeSuggestion(Model):
    """Moderation thinks that two contributions say the same and leaves the grouping to whoever groups. `first_id` is the lower."""

    __tablename__ = "merge_suggestion"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id", name="uq_merge_suggestion_pair"),
        Index("ix_merge_suggestion_process", "process_id", "settled_at"),
        CheckConstraint("first_id < second_id", name="ordered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    suggested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    suggested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
