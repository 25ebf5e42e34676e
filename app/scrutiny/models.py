"""Tables of a scrutiny: paper tables and what was keyed of them, the acts that take two people, the close, the counts.

None of them names a voter, and none a ballot of the box.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.scrutiny.rules.acts import Act, Key
from app.scrutiny.rules.tables import Entry, Turn
from app.territories.models import Territory
from app.voting.models import Vote


class PollingTable(Model):
    """A table where people vote on paper. `marks` are those of its list marked on the roll; the figures are those settled.

    `members` are the names written in the acta, one a line: they sign it in public.
    """

    __tablename__ = "polling_table"
    __table_args__ = (
        UniqueConstraint("vote_id", "number", name="uq_polling_table_number"),
        CheckConstraint(
            "settled_at IS NULL OR (signatures = in_box AND in_box = valid + blank + spoilt)", name="adds_up"
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    number: Mapped[int]
    place: Mapped[str]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    members: Mapped[str] = mapped_column(Text, default="")
    entry: Mapped[Entry]
    marks: Mapped[int] = mapped_column(default=0)
    marked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acta_sha256: Mapped[str] = mapped_column(default="")
    signatures: Mapped[int] = mapped_column(default=0)
    in_box: Mapped[int] = mapped_column(default=0)
    valid: Mapped[int] = mapped_column(default=0)
    blank: Mapped[int] = mapped_column(default=0)
    spoilt: Mapped[int] = mapped_column(default=0)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    poured: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    vote: Mapped[Vote] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.vote.scope


class TableKeying(Model):
    """What one person keyed of a table: one row for each person, one for each turn; the third one says why."""

    __tablename__ = "table_keying"
    __table_args__ = (
        UniqueConstraint("table_id", "turn", name="uq_table_keying_turn"),
        UniqueConstraint("table_id", "person_id", name="uq_table_keying_person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("polling_table.id"))
    turn: Mapped[Turn]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    keyed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class VoteSignature(Model):
    """One key of an act on a vote. `content` is what was signed: the seed as read, or the fingerprint of the result."""

    __tablename__ = "vote_signature"
    __table_args__ = (
        UniqueConstraint("vote_id", "act", "key", name="uq_vote_signature_key"),
        UniqueConstraint("vote_id", "act", "person_id", name="uq_vote_signature_person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    act: Mapped[Act]
    key: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class VoteClosing(Model):
    """That a box was closed: its books as they stood, when the traces of its order were gone (`scrubbed_at`), and when the key of its
    roll was destroyed."""

    __tablename__ = "vote_closing"
    __table_args__ = (UniqueConstraint("vote_id", name="uq_vote_closing_vote"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    closed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    books: Mapped[dict[str, Any]] = mapped_column(JSON)
    receipts_sha256: Mapped[str]
    scrubbed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    key_destroyed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class VoteCount(Model):
    """A count of a closed box; the last one stands. `agrees` is what the second program said, None until it has run.

    `recount_began_at` is when the worker took it up last: nobody else does for an hour.
    """

    __tablename__ = "vote_count"
    __table_args__ = (UniqueConstraint("vote_id", "number", name="uq_vote_count_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    number: Mapped[int]
    version: Mapped[str]
    seed: Mapped[str]
    sheet: Mapped[dict[str, Any]] = mapped_column(JSON)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    result_sha256: Mapped[str]
    pabulib_sha256: Mapped[str]
    recount: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    agrees: Mapped[bool | None]
    recount_began_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    counted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    vote: Mapped[Vote] = relationship(lazy="raise_on_sql")


class CountFile(Model):
    """A file of a count as it is published: made once, the same bytes for ever. Served when the result is public, never before."""

    __tablename__ = "count_file"

    count_id: Mapped[int] = mapped_column(ForeignKey("vote_count.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]
