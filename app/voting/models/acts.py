"""Acts around a vote: signatures of the announcement, people added late, printings, booths, and the turnout that was shown."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.territories.models import Territory
from app.voting.models.votes import Vote
from app.voting.rules.terms import Seat


class VoteApproval(Model):
    """A signature under the rules of a draft; it holds only for the text with that SHA-256."""

    __tablename__ = "vote_approval"
    __table_args__ = (
        UniqueConstraint("vote_id", "seat", name="uq_vote_approval_seat"),
        UniqueConstraint("vote_id", "person_id", name="uq_vote_approval_person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    seat: Mapped[Seat]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str]
    approved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RollAddition(Model):
    """People to be added while the vote is open: asked by one person, done by another, published with its reason.

    `rows` is [[voter key, ubigeo, sealed address], …] and is emptied when it is settled; `people` stays.
    """

    __tablename__ = "roll_addition"
    __table_args__ = (
        UniqueConstraint("vote_id", "number", name="uq_roll_addition_number"),
        CheckConstraint("people > 0", name="people_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    rows: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    people: Mapped[int]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    was_added: Mapped[bool] = mapped_column(default=False)

    vote: Mapped[Vote] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.vote.scope


class VoteExclusion(Model):
    """A project of the ballot (`option` is its number) to be left out of the count: asked by one person, settled by another."""

    __tablename__ = "vote_exclusion"
    __table_args__ = (UniqueConstraint("vote_id", "number", name="uq_vote_exclusion_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    number: Mapped[int]
    option: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_out: Mapped[bool] = mapped_column(default=False)

    vote: Mapped[Vote] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.vote.scope


class TokenRun(Model):
    """A printing of codes: asked by one person, printed once by another. What was printed is kept nowhere."""

    __tablename__ = "token_run"
    __table_args__ = (UniqueConstraint("vote_id", "number", name="uq_token_run_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    number: Mapped[int]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    count: Mapped[int]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    printed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    vote: Mapped[Vote] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.vote.scope


class Booth(Model):
    """A shared computer where people vote after an officer saw their document. `handle_hash` is of its secret address."""

    __tablename__ = "booth"
    __table_args__ = (UniqueConstraint("vote_id", "number", name="uq_booth_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    number: Mapped[int]
    place: Mapped[str]
    handle_hash: Mapped[str] = mapped_column(unique=True)
    pin_hash: Mapped[str]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    vote: Mapped[Vote] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.vote.scope


class TurnoutStep(Model):
    """How many had voted, as it was shown: by whole hours and in steps of ten or more."""

    __tablename__ = "turnout_step"

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, primary_key=True)
    ballots: Mapped[int]
