"""Tables of a vote. What links a person to a choice is not here: the roll says who voted, the box what was voted, and no key joins them.

reliability.md 6.1: no time, no sequence, no address in `ballot`; the key of the roll is an HMAC whose key is outside the database.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models import BudgetRound
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.projects.models import Project
from app.territories.models import Territory
from app.voting.rules import BallotKind, Channel, RollStatus, VoteState
from app.voting.rules.course import Course


class Vote(Model):
    """A vote on the admissible projects of a round.

    `fewest` and `most` bound how many projects a ballot names, `points` what it may give in all (cumulative) or to each (score),
    `limit_cents` what its projects may cost together (knapsack). `rules` is the canonical JSON of everything that can change who
    wins (`rules.announcing.printed_rules`; `sheet` in it is that of `budgeting.counting.report.sheet`); `rules_sha256` is published
    when it is announced, and a trigger refuses to change any of it once a ballot is in. `seed_source` says, before the vote, where
    the seed will come from; `seed` is written after it closed.
    """

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("round_id", "slug", name="uq_vote_slug"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("fewest >= 0 AND most >= fewest", name="bounds_make_sense"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    slug: Mapped[str]
    title: Mapped[str]
    state: Mapped[VoteState] = mapped_column(default=VoteState.DRAFT)
    kind: Mapped[BallotKind]
    fewest: Mapped[int] = mapped_column(default=1)
    most: Mapped[int]
    points: Mapped[int] = mapped_column(default=0)
    limit_cents: Mapped[int | None] = mapped_column(BigInteger)
    is_by_territory: Mapped[bool] = mapped_column(default=False)
    channels: Mapped[list[str]] = mapped_column(JSON, default=list)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rules_sha256: Mapped[str] = mapped_column(default="")
    seed_source: Mapped[str] = mapped_column(Text, default="")
    seed: Mapped[str] = mapped_column(default="")
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    announced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope

    @property
    def course(self) -> Course:
        return Course(self.state, self.opens_at, self.closes_at)


class VoteOption(Model):
    """A project on the ballot, as it stood when the vote was announced. `number` is the one printed and never changes."""

    __tablename__ = "vote_option"
    __table_args__ = (
        UniqueConstraint("vote_id", "number", name="uq_vote_option_number"),
        UniqueConstraint("vote_id", "project_id", name="uq_vote_option_project"),
        CheckConstraint("cost_cents > 0", name="cost_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    number: Mapped[int]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    cost_cents: Mapped[int] = mapped_column(BigInteger)
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")


class RollEntry(Model):
    """Somebody who may vote. `voter_key` is the HMAC-SHA-256 of the document's number; no name, no time, no address."""

    __tablename__ = "roll"
    __table_args__ = (
        UniqueConstraint("vote_id", "voter_key", name="uq_roll_voter"),
        Index("ix_roll_status", "vote_id", "status", "channel"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    voter_key: Mapped[str]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    channel: Mapped[Channel | None]
    status: Mapped[RollStatus] = mapped_column(default=RollStatus.OPEN)


class Ballot(Model):
    """What somebody chose. `id` is 128 random bits in hexadecimal; `choices` is [[number, points], …] in order of preference.

    Triggers refuse a ballot that names a project which is not on the ballot, twice, with points below one, or fewer than the rules
    ask for; and any change of a ballot. Whoever rewrites the table to break its order (closing) copies the rows out, deletes them and
    inserts them again: a table that is dropped loses its triggers.
    """

    __tablename__ = "ballot"
    __table_args__ = (Index("ix_ballot_vote", "vote_id", "ubigeo"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    choices: Mapped[list[list[int]]] = mapped_column(JSON)


class Receipt(Model):
    """SHA-256 of a receipt's code: it proves that a ballot of that session is in the box, never which one."""

    __tablename__ = "receipt"
    __table_args__ = ({"sqlite_with_rowid": False},)

    code_sha256: Mapped[str] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
