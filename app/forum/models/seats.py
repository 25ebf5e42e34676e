"""The forum of a space, the terms of its seats, and the versions of its rules of participation."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.forum.rules.participation import Quorum, RulesState
from app.forum.rules.seats import Side, side_of
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.spaces.models import Space


class Forum(Model):
    """The forum of one space. `public_revision` grows with every public change; `note` says what people should know of its composition."""

    __tablename__ = "forum"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), unique=True)
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    norm: Mapped[str] = mapped_column(default="")
    norm_url: Mapped[str] = mapped_column(default="")
    requires_induction: Mapped[bool] = mapped_column(default=False)
    public_revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)


class Seat(Model):
    """One term of a numbered seat: never deleted, ended by a day. A renewal is another row with the same number.

    The addresses are restricted; names are public by office. `holder_role_id` and `alternate_role_id` are the roles this term gave
    and takes away with it: a role somebody already held stays.
    """

    __tablename__ = "forum_seat"
    __table_args__ = (UniqueConstraint("space_id", "number", "starts_on", name="uq_forum_seat_term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    number: Mapped[int]
    sector: Mapped[Sector]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    holder_name: Mapped[str]
    holder_email: Mapped[str] = mapped_column(default="")
    holder_role_id: Mapped[int | None] = mapped_column(ForeignKey("role_assignment.id"))
    alternate_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    alternate_name: Mapped[str] = mapped_column(default="")
    alternate_email: Mapped[str] = mapped_column(default="")
    alternate_role_id: Mapped[int | None] = mapped_column(ForeignKey("role_assignment.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")
    appointed_by: Mapped[str]
    document_url: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)

    @property
    def side(self) -> Side:
        return side_of(self.sector)


class RulesVersion(Model):
    """The rules of participation as drafted and, once published, as they stay for ever.

    `content` is the canonical JSON of `rules.participation`; `sha256` its hash; `n` counts publications from 1.
    """

    __tablename__ = "forum_rules"
    __table_args__ = (
        UniqueConstraint("space_id", "n", name="uq_forum_rules_n"),
        Index(
            "uq_forum_rules_open", "space_id", unique=True,
            sqlite_where=text("state IN ('draft', 'in-review')"), postgresql_where=text("state IN ('draft', 'in-review')"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    n: Mapped[int | None]
    state: Mapped[RulesState] = mapped_column(default=RulesState.DRAFT)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    norm: Mapped[str] = mapped_column(default="")
    norm_url: Mapped[str] = mapped_column(default="")
    quorum_numerator: Mapped[int]
    quorum_denominator: Mapped[int]
    is_more_than: Mapped[bool]
    government_least: Mapped[int]
    non_government_least: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)

    @property
    def quorum(self) -> Quorum:
        return Quorum(self.quorum_numerator, self.quorum_denominator, self.is_more_than, self.government_least, self.non_government_least)


class RulesApproval(Model):
    """One side's approval of exactly the text whose hash is `sha256`."""

    __tablename__ = "forum_rules_approval"
    __table_args__ = (UniqueConstraint("version_id", "side", name="uq_forum_rules_approval_side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("forum_rules.id"))
    side: Mapped[Side]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str]
    approved_at: Mapped[datetime] = mapped_column(UTCDateTime)
