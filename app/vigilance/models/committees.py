"""The committee, as it was elected: the election, its candidates with their votes, and its members and their terms."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models import Agent, BudgetRound
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.vigilance.rules.committees import Ballot, MemberRole

_SITTING = "left_on IS NULL"


class VigilanceCommittee(Model):
    """A committee of a round, elected on a day; a new election after its term is another row, number 2.

    `content` is what the act of election says and `sha256` is of; only totals are kept of how the assembly voted.
    """

    __tablename__ = "vigilance_committee"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="uq_vigilance_committee_number"),
        CheckConstraint("starts_on < ends_on", name="term_makes_sense"),
        CheckConstraint("voters > 0 AND votes_each > 0 AND seats > 0", name="counts_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    number: Mapped[int]
    held_on: Mapped[date]
    place: Mapped[str]
    ballot: Mapped[Ballot]
    voters: Mapped[int]
    votes_each: Mapped[int]
    seats: Mapped[int]
    tie: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope


class Candidate(Model):
    """An agent who stood, and how many votes they had."""

    __tablename__ = "vigilance_candidate"
    __table_args__ = (
        UniqueConstraint("committee_id", "agent_id", name="uq_vigilance_candidate_agent"),
        CheckConstraint("votes >= 0", name="votes_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("vigilance_committee.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("budget_agent.id"))
    place: Mapped[int]
    votes: Mapped[int]
    is_elected: Mapped[bool]

    agent: Mapped[Agent] = relationship(lazy="raise_on_sql")


class Member(Model):
    """Somebody who sits in the committee from a day; who leaves keeps their row, with the reason."""

    __tablename__ = "vigilance_member"
    __table_args__ = (
        Index(
            "uq_vigilance_member_sitting", "committee_id", "agent_id", unique=True, sqlite_where=text(_SITTING),
            postgresql_where=text(_SITTING),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("vigilance_committee.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("budget_agent.id"))
    role: Mapped[MemberRole]
    starts_on: Mapped[date]
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(Text, default="")
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("role_assignment.id"))

    committee: Mapped[VigilanceCommittee] = relationship(lazy="raise_on_sql")
    agent: Mapped[Agent] = relationship(lazy="raise_on_sql")
