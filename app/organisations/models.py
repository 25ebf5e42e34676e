"""Organisations with their sector, their units, who verified them, and who acts for whom."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, UTCDateTime
from app.organisations.rules import InvitationAnswer, LegalStatus, OrganisationScope, Sector, Standing, Verdict


class Organisation(Model):
    """An organisation, or a unit of one (`parent`). `standing` is what its last verdict left; `asked_*` who is to give the next.

    The contact is shown only while `contact_published_at` says since when that was agreed to. One that was merged stays, and leads to
    the other.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        Index("uq_organisation_ruc", "ruc", unique=True),
        Index("ix_organisation_asked", "asked_space_id", "standing", "asked_at"),
        CheckConstraint("length(ruc) = 11", name="ruc"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sector: Mapped[Sector]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    summary: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ruc: Mapped[str | None]
    standing: Mapped[Standing] = mapped_column(default=Standing.LISTED)
    reach: Mapped[OrganisationScope | None]
    legal_status: Mapped[LegalStatus | None]
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    @property
    def is_verified(self) -> bool:
        return self.standing is Standing.VERIFIED


class OrganisationTerritory(Model):
    """A territory where the organisation works."""

    __tablename__ = "organisation_territory"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    ubigeo: Mapped[str] = mapped_column(ForeignKey("territory.ubigeo"), primary_key=True)


class OrganisationVerdict(Model):
    """What the team of a space decided about an organisation, and why; never changed. The present one is the last."""

    __tablename__ = "organisation_verdict"
    __table_args__ = (Index("ix_organisation_verdict_organisation", "organisation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    verdict: Mapped[Verdict]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FormerName(Model):
    """A name an organisation no longer has; its address still leads to it."""

    __tablename__ = "former_name"
    __table_args__ = (Index("ix_former_name_slug", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    slug: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Membership(Model):
    """A person who acts for an organisation between two days."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "starts_on", name="uq_membership_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    post: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class OrganisationInvitation(Model):
    """Somebody is asked, at an address, to act for an organisation; whoever has that address in their account answers."""

    __tablename__ = "organisation_invitation"
    __table_args__ = (
        Index("ix_organisation_invitation_email", "email"),
        Index(
            "uq_organisation_invitation_open", "organisation_id", "email", unique=True,
            sqlite_where=text("answer IS NULL"), postgresql_where=text("answer IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[InvitationAnswer | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
