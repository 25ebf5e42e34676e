"""Contributions that say the same, kept together to be answered once; and the pairs somebody said are not the same."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.groups.rules.groups import reference
from app.processes.models import Process

_PRESENT = "removed_at IS NULL"


class ContributionGroup(Model):
    """A group of a process; people call it by `reference`. `revision` grows with each change, and with each change of members the
    review falls: who reviews has seen exactly these members."""

    __tablename__ = "contribution_group"
    __table_args__ = (UniqueConstraint("process_id", "number", name="uq_contribution_group_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    number: Mapped[int]
    title: Mapped[str]
    rationale: Mapped[str] = mapped_column(Text, default="")
    grouped_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    grouped_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=1)
    dissolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope

    @property
    def reference(self) -> str:
        return reference(self.number)


class GroupMember(Model):
    """A contribution in a group, present until `removed_at`. Present in one group at most: unique in the database."""

    __tablename__ = "group_member"
    __table_args__ = (
        Index("uq_group_member_present", "contribution_id", unique=True, sqlite_where=text(_PRESENT), postgresql_where=text(_PRESENT)),
        Index("ix_group_member_group", "group_id", "removed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("contribution_group.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removal_reason: Mapped[str] = mapped_column(Text, default="")

    group: Mapped[ContributionGroup] = relationship(lazy="raise_on_sql")
    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")


class DifferentPair(Model):
    """Two contributions somebody read and said are not the same: not suggested together again."""

    __tablename__ = "different_pair"
    __table_args__ = (CheckConstraint("first_id < second_id", name="in_order"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime] = mapped_column(UTCDateTime)
