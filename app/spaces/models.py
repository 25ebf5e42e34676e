"""Convening bodies and the roles people hold in them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.spaces.rules import Role, SpaceKind


class Space(Model):
    """A body that convenes processes: the national forum, a region, a province, a district."""

    __tablename__ = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[SpaceKind]
    name: Mapped[str]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    official_url: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def scope(self) -> Scope:
        return Scope(self.id)


class RoleAssignment(Model):
    """A role held in a space, or only in one of its processes; ended by a day, never deleted."""

    __tablename__ = "role_assignment"
    __table_args__ = (Index("ix_role_assignment_person", "person_id", "space_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role]
    appointed_by: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)


class FactorReset(Model):
    """Who took away the lost second step of whom, and how they knew who asked; never changed."""

    __tablename__ = "factor_reset"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    document: Mapped[str]
    reset_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reset_at: Mapped[datetime] = mapped_column(UTCDateTime)
