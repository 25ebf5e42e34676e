"""The public documents and the calendar of a round: versions that never change; and the hearings that account for it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models.rounds import BudgetRound
from app.budgeting.rules.documents import DocumentKind
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.forum.models import Meeting


class BudgetDocument(Model):
    """A document of a round; what it says is in its versions. `number` is public."""

    __tablename__ = "budget_document"
    __table_args__ = (UniqueConstraint("round_id", "number", name="uq_budget_document_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    number: Mapped[int]
    kind: Mapped[DocumentKind]

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope


class DocumentVersion(Model):
    """A version of a document, public from when it is written. `sha256` is that of the file when there is one, else of the text."""

    __tablename__ = "budget_document_version"
    __table_args__ = (UniqueConstraint("document_id", "n", name="uq_budget_document_version_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("budget_document.id"))
    n: Mapped[int]
    title: Mapped[str]
    norm_number: Mapped[str] = mapped_column(default="")
    dated_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)

    document: Mapped[BudgetDocument] = relationship(lazy="raise_on_sql")


class CalendarVersion(Model):
    """The calendar as it was published. `content` is the canonical JSON of `rules.calendar.RoundCalendar`, `sha256` its hash.

    `notice_days` are those between publishing it and the first thing to come that it changed; None when it changed nothing to come.
    """

    __tablename__ = "budget_calendar_version"
    __table_args__ = (UniqueConstraint("round_id", "n", name="uq_budget_calendar_version_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    n: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    notice_days: Mapped[int | None]
    is_short_notice: Mapped[bool] = mapped_column(default=False)
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)


class BudgetHearing(Model):
    """A public hearing of the space that accounts for the round (LOM art. 119-A)."""

    __tablename__ = "budget_hearing"

    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meeting.id"), primary_key=True, index=True)
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")


class HearingUnlinked(Model):
    """A hearing that was said to account for the round and did not: who had linked it, and why that was undone, in public."""

    __tablename__ = "budget_hearing_unlinked"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("forum_meeting.id"))
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text)
    unlinked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unlinked_at: Mapped[datetime] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
