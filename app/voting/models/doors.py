"""How one gets to a ballot: an address to send a code to, the code, a printed code, and what was tried in vain.

None of it is joined to a ballot, and addresses and codes are erased when the box is closed (`services.forget`).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UTCDateTime
from app.voting.rules import TokenState
from app.voting.rules.limits import Tried
from app.voting.rules.terms import CodePurpose


class RollContact(Model):
    """Where the code of somebody on the roll is sent. `sealed` is encrypted with a key outside the database.

    `wants_reminder`: they typed the code of a letter and asked to be reminded; it says nothing of when, and nobody is shown it.
    """

    __tablename__ = "roll_contact"
    __table_args__ = ({"sqlite_with_rowid": False},)

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    voter_key: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    wants_reminder: Mapped[bool] = mapped_column(default=False)
    was_reminded: Mapped[bool] = mapped_column(default=False)


class VoteCode(Model):
    """A code sent by mail. `handle` is the hash of what the browser holds; who is not on the roll gets a row that opens nothing."""

    __tablename__ = "vote_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    handle: Mapped[str] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    voter_key: Mapped[str]
    code_hash: Mapped[str]
    purpose: Mapped[CodePurpose]
    tries: Mapped[int] = mapped_column(default=0)
    is_spent: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


class VoteToken(Model):
    """A printed code, as an HMAC whose key is outside the database. `serial` is what the sheet shows, and is not the code."""

    __tablename__ = "vote_token"
    __table_args__ = (
        UniqueConstraint("vote_id", "serial", name="uq_vote_token_serial"),
        Index("ix_vote_token_state", "vote_id", "state"),
        {"sqlite_with_rowid": False},
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    run: Mapped[int]
    serial: Mapped[int]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    state: Mapped[TokenState] = mapped_column(default=TokenState.ISSUED)


class VoteAttempt(Model):
    """Something tried in vain at the door, kept a day as keyed hashes to slow guessing down. A ballot leaves none."""

    __tablename__ = "vote_attempt"
    __table_args__ = (Index("ix_vote_attempt_at", "kind", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Tried]
    subject_hash: Mapped[str]
    origin_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
