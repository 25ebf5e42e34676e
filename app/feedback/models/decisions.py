"""Answers: each version a row, the two signatures under it, the batch that published it, the team's notes."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.contributions.rules.terms import Language
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.feedback.rules.outcomes import DecisionState, Outcome, Reason, Seat
from app.organisations.models import Organisation
from app.plans.models import Commitment, Milestone

_OPEN = "state <> 'published'"
_PLACED = "is_current AND commitment_id IS NOT NULL AND ideas IS NULL"
_PLACED_IN_SQLITE = _PLACED.replace("is_current", "is_current = 1")  # as statements say it there: SQLite compares the words


class PublicationBatch(Model):
    """Answers released together."""

    __tablename__ = "publication_batch"
    __table_args__ = (UniqueConstraint("process_id", "n", name="uq_publication_batch_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    n: Mapped[int]
    answers: Mapped[int]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)


class AnswerColumns:
    """What is decided and why, of a whole contribution or of one idea in it (rules.drafts)."""

    outcome: Mapped[Outcome | None]
    reason_code: Mapped[Reason | None]
    text: Mapped[str] = mapped_column(Text, default="")
    what_changed: Mapped[str] = mapped_column(Text, default="")
    adopted_part: Mapped[str] = mapped_column(Text, default="")
    rejected_part: Mapped[str] = mapped_column(Text, default="")
    change_needed: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[str] = mapped_column(default="")
    criterion: Mapped[str] = mapped_column(default="")
    target_cycle: Mapped[str] = mapped_column(default="")
    carry_over_owner: Mapped[str] = mapped_column(default="")
    referred_to: Mapped[str] = mapped_column(default="")
    referred_document: Mapped[str] = mapped_column(default="")
    referred_on: Mapped[date | None]
    where_to_go: Mapped[str] = mapped_column(Text, default="")
    clause: Mapped[str] = mapped_column(default="")


class Decision(AnswerColumns, Model):
    """One version of the answer to one contribution.

    At most one version is open (not published) and at most one is current: both are unique in the database. `revision`
    grows with each save; signatures bind to `sha256`, the hash of everything the public will read.

    When one text answers a group, each member has its own row: `group_number` and `group_codes` (in order, a space between) are
    the same in all, `group_place` counts from 1. `ideas` holds [outcome, idea] of each part when the contribution was split.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("contribution_id", "version", name="uq_decision_version"),
        Index("uq_decision_open", "contribution_id", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        Index("uq_decision_current", "contribution_id", unique=True, sqlite_where=text("is_current"), postgresql_where=text("is_current")),
        Index("ix_decision_published", "process_id", "is_current", "published_at", "id"),
        Index("ix_decision_outcome", "process_id", "is_current", "outcome", "published_at", "id"),
        Index("ix_decision_state", "process_id", "state", "drafted_at"),
        Index(
            "ix_decision_place",
            "process_id",
            "commitment_id",
            "milestone_id",
            "clause",
            "outcome",
            "contribution_id",
            sqlite_where=text(_PLACED_IN_SQLITE),
            postgresql_where=text(_PLACED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    version: Mapped[int]
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.DRAFT)
    is_current: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    sha256: Mapped[str] = mapped_column(default="")

    question: Mapped[str] = mapped_column(Text, default="")
    clarify_by: Mapped[date | None]
    fallback: Mapped[Outcome | None]
    request_record: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    ideas: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
    group_number: Mapped[int | None]
    group_place: Mapped[int] = mapped_column(default=0)
    group_codes: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    summary_language: Mapped[Language | None]

    correction_reason: Mapped[str] = mapped_column(Text, default="")
    return_note: Mapped[str] = mapped_column(Text, default="")
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("publication_batch.id"))
    reply_until: Mapped[date | None]

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql", foreign_keys=[contribution_id])
    merged_into: Mapped[Contribution | None] = relationship(lazy="raise_on_sql", foreign_keys=[merged_into_id])
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")
    milestone: Mapped[Milestone | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    parts: Mapped[list["DecisionPart"]] = relationship(lazy="raise_on_sql", order_by="DecisionPart.n", viewonly=True)

    @property
    def scope(self) -> Scope:
        return self.contribution.scope


class DecisionPart(AnswerColumns, Model):
    """The answer to one of several ideas under one code; `n` counts from 1."""

    __tablename__ = "decision_part"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    idea: Mapped[str] = mapped_column(Text, default="")
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))

    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")
    milestone: Mapped[Milestone | None] = relationship(lazy="raise_on_sql")


class DecisionWriter(Model):
    """Everyone who wrote in a version: none of them may sign it (BR-26)."""

    __tablename__ = "decision_writer"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class DecisionSignature(Model):
    """A sector's agreement with exactly the text whose hash is `sha256`; `post` is what the signer is, not who."""

    __tablename__ = "decision_signature"
    __table_args__ = (UniqueConstraint("decision_id", "seat", name="uq_decision_signature_seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    seat: Mapped[Seat]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post: Mapped[str]
    sha256: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OutcomeTally(Model):
    """How many current answers of each outcome a process has; kept in the transaction that publishes."""

    __tablename__ = "outcome_tally"

    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(primary_key=True)
    answers: Mapped[int]


class TeamNote(Model):
    """A private note of the team about a contribution."""

    __tablename__ = "team_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
