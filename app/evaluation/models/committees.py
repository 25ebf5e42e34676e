"""The committee of a process: its members, what each declared before judging, and what it judges."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.processes.models import Process


class EvaluationCommittee(Model):
    """Who judges the contributions of a process; `appointed_by` is the document that names them."""

    __tablename__ = "committee"

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), unique=True)
    appointed_by: Mapped[str]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class CommitteeMember(Model):
    """A person of the space who judges; `post` is what the public reads. One who left keeps the row."""

    __tablename__ = "committee_member"
    __table_args__ = (UniqueConstraint("committee_id", "person_id", name="uq_committee_member_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class ConflictDeclaration(Model):
    """What a member signed about conflicts of interest; a new one is another row and the last one counts. Restricted."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (UniqueConstraint("member_id", "n", name="uq_conflict_declaration_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_member.id"))
    n: Mapped[int]
    has_conflict: Mapped[bool]
    statement: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime] = mapped_column(UTCDateTime)


class DeclaredConflict(Model):
    """One contribution, or one organisation by name, that a member may not judge."""

    __tablename__ = "declared_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("conflict_declaration.id"), index=True)
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    organisation_name: Mapped[str] = mapped_column(default="")


class CommitteeItem(Model):
    """A contribution put before the committee."""

    __tablename__ = "committee_item"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
