"""What people say about a contribution, who supports it, other wordings of the draft, and who may not take part for a while."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.contributions.models import Contribution
from app.contributions.rules.terms import Language, NameConsent, Visibility
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.deliberation.rules.amendments import AmendmentState
from app.deliberation.rules.comments import Side
from app.processes.models import Process


class Comment(Model):
    """What a signed-in person adds to a public contribution. `marks` is why it was held when it arrived (contributions floods).

    `address` is the day's mark of where it came from: restricted, and forgotten after a week.
    """

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("process_id", "number", name="uq_comment_number"),
        Index("ix_comment_contribution", "contribution_id", "visibility", "id"),
        Index("ix_comment_author", "author_id", "written_at"),
        Index("ix_comment_waiting", "process_id", "visibility", "written_at"),
        Index("ix_comment_address", "address", "written_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int]
    side: Mapped[Side]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consent: Mapped[NameConsent]
    public_name: Mapped[str]
    language: Mapped[Language] = mapped_column(default=Language.SPANISH)
    text: Mapped[str] = mapped_column(Text)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.HELD)
    marks: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    submission_key: Mapped[str] = mapped_column(unique=True)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")
    author: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class CommentSequence(Model):
    """The last number given to a comment of a process: codes are never used twice (BR-28)."""

    __tablename__ = "comment_sequence"

    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), primary_key=True)
    last: Mapped[int]


class OfficialAnswer(Model):
    """What an official said to a comment, with name, post and entity as they were that day: it never changes."""

    __tablename__ = "official_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    post: Mapped[str]
    organisation: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Support(Model):
    """One person supports one contribution once, whatever they press; `stands` is false when they took it back."""

    __tablename__ = "support"
    __table_args__ = (
        UniqueConstraint("contribution_id", "person_id", name="uq_support_person"),
        Index("ix_support_changed", "process_id", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stands: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TextAmendment(Model):
    """Another wording for a part of the draft put to consultation. Its reasons, author and moderation are those of its contribution.

    `base` is the text of the part in version `version_n` of the draft. `promoted_id` is the proposal it became after being rejected.
    """

    __tablename__ = "text_amendment"
    __table_args__ = (
        Index("ix_text_amendment_process", "process_id", "state"),
        CheckConstraint("state = 'open' OR (decided_at IS NOT NULL AND answer <> '')", name="decided"),
        CheckConstraint("promoted_id IS NULL OR state = 'rejected'", name="promoted"),
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    version_n: Mapped[int]
    clause: Mapped[str]
    base: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text)
    state: Mapped[AmendmentState] = mapped_column(default=AmendmentState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    promoted_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), unique=True)

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql", foreign_keys=[contribution_id])
    promoted: Mapped[Contribution | None] = relationship(lazy="raise_on_sql", foreign_keys=[promoted_id])


class Suspension(Model):
    """Somebody may not comment or support in a space until `ends_at`: it ends by itself, or before when it is lifted.

    `address_hash` is the keyed hash of their e-mail while it holds: another account under that address is stopped too.
    """

    __tablename__ = "suspension"
    __table_args__ = (
        Index("ix_suspension_person", "person_id", "space_id", "ends_at"),
        Index("ix_suspension_address", "address_hash", "space_id", "ends_at"),
        CheckConstraint("ends_at > starts_at", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    address_hash: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
