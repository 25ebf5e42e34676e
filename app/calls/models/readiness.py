"""Trainings an entity received, and pre-assessments of reforms already under way."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.rules.readiness import Conclusion
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.spaces.models import Space


class Induction(Model):
    """A training on the values of open government that an entity received in a space."""

    __tablename__ = "induction"
    __table_args__ = (Index("ix_induction_space", "space_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    done_on: Mapped[date]
    hours: Mapped[int]
    people: Mapped[int]
    taught_by: Mapped[str]
    topics: Mapped[str] = mapped_column(Text, default="")
    certificate: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)


class SustainabilityAssessment(Model):
    """The pre-assessment of an ongoing reform. Public and fixed once signed; `sha256` is of its canonical text."""

    __tablename__ = "sustainability_assessment"
    __table_args__ = (Index("ix_sustainability_assessment_space", "space_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    reform: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    conclusion: Mapped[Conclusion]
    reasons: Mapped[str] = mapped_column(Text, default="")
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_as: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sha256: Mapped[str] = mapped_column(default="")

    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id)
