"""Letters on paper and how each was delivered; replies to answers, who looked at them, and what became of them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel, Visibility
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.feedback.models import Decision
from app.letters.rules.deliveries import DeliveryStep
from app.letters.rules.replies import ReplyKind, ReplyState
from app.processes.models import Process
from app.spaces.rules import Role

_OPEN = "state = 'open'"


class PrintRun(Model):
    """Letters printed together, so that the same pile can be printed again."""

    __tablename__ = "print_run"
    __table_args__ = (UniqueConstraint("process_id", "n", name="uq_print_run_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    n: Mapped[int]
    letters: Mapped[int]
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    printed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class Delivery(Model):
    """One thing that happened to the letter of one version of an answer, recorded by a person; never changed, only followed.

    What the mail server did is in the outbox (`notification`); both together are the log of a letter.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_letter", "decision_id", "id"), Index("ix_delivery_process", "process_id", "step"))

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    step: Mapped[DeliveryStep]
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    run_id: Mapped[int | None] = mapped_column(ForeignKey("print_run.id"), index=True)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Reply(Model):
    """What the author said to one version of the answer. `number` counts the replies of a contribution, for people and addresses.

    At most one reply to a version is open: unique in the database. `recorded_by_id` is who wrote it down when it came on paper,
    by telephone or at the window; `person_id` the author when they were signed in.
    """

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("contribution_id", "number", name="uq_reply_number"),
        Index("uq_reply_open", "decision_id", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        Index("ix_reply_process", "process_id", "state", "received_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    kind: Mapped[ReplyKind]
    text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ReplyState]
    visibility: Mapped[Visibility]
    channel: Mapped[Channel]
    given_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")
    decision: Mapped[Decision] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.contribution.scope


class ReplyReview(Model):
    """Somebody looked at the words of a reply and let the public read them, or not, and why."""

    __tablename__ = "reply_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), index=True)
    visibility: Mapped[Visibility]
    reason: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReplyOutcome(Model):
    """How the forum closed a reply: with an answer, or noting it for a reason. `role` is what the public reads instead of a name."""

    __tablename__ = "reply_outcome"

    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), primary_key=True)
    state: Mapped[ReplyState]
    text: Mapped[str] = mapped_column(Text)
    role: Mapped[Role]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReplyChange(Model):
    """A version of the answer that came of a reply: what changed because of it."""

    __tablename__ = "reply_change"

    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class LinkRequest(Model):
    """Somebody asked for the private link of an address; kept a day, only to slow down who asks too often."""

    __tablename__ = "link_request"
    __table_args__ = (Index("ix_link_request_address", "address_sha256", "at"), Index("ix_link_request_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    address_sha256: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
