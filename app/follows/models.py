"""News of the public register, by what they are about; who follows what, how often, and what still has to be told to whom."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core.db import Model, UTCDateTime
from app.follows.rules import NewsKind, Pace, Subject, SubjectKind
from app.processes.models import Opportunity, Process


class News(Model):
    """One act that is told. It repeats no words: titles and texts are read when it is shown, if they are public then.

    `amount` is how many contributions it speaks of; `detail` a version or a commitment, as the act names it.
    """

    __tablename__ = "news"
    __table_args__ = (Index("ix_news_newest", "at", "seq"),)

    seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"), primary_key=True, autoincrement=False)
    action: Mapped[str]
    kind: Mapped[NewsKind]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id"))
    amount: Mapped[int] = mapped_column(default=1)
    detail: Mapped[str] = mapped_column(default="")

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    contribution: Mapped[Contribution | None] = relationship(lazy="raise_on_sql")
    opportunity: Mapped[Opportunity | None] = relationship(lazy="raise_on_sql")


class NewsSubject(Model):
    """What an act is about: one row for each thing somebody may follow."""

    __tablename__ = "news_subject"
    __table_args__ = (Index("ix_news_subject_seq", "seq"),)

    subject_kind: Mapped[SubjectKind] = mapped_column(primary_key=True)
    subject_ref: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("news.seq"), primary_key=True, autoincrement=False)


class NewsWalk(Model):
    """The single row that says up to which act of the register the news were taken; held while more are."""

    __tablename__ = "news_walk"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]


class Follower(Model):
    """An address that follows something. `handle` is what its links carry, signed; a new one ends the old links."""

    __tablename__ = "follower"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    handle: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    locale: Mapped[str] = mapped_column(default="es")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Follow(Model):
    """One thing an address follows, from act `since_seq` on. Until its owner says yes, `confirmed_at` is empty and nothing is told."""

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("follower_id", "subject_kind", "subject_ref", name="uq_follow_subject"),
        Index("ix_follow_subject", "subject_kind", "subject_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"))
    subject_kind: Mapped[SubjectKind]
    subject_ref: Mapped[str]
    since_seq: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    follower: Mapped[Follower] = relationship(lazy="raise_on_sql")

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_ref)


class FollowPace(Model):
    """How often an address is told news of one kind."""

    __tablename__ = "follow_pace"

    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[NewsKind] = mapped_column(primary_key=True)
    pace: Mapped[Pace]


class FollowItem(Model):
    """An act that an address still has to be told of; gone once it is in a letter. The key lets no act be told twice."""

    __tablename__ = "follow_item"
    __table_args__ = (Index("ix_follow_item_due", "pace", "noted_at"),)

    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("news.seq"), primary_key=True, autoincrement=False)
    pace: Mapped[Pace]
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
