"""Who is to answer each contribution, as rows that are never overwritten; and the contributions a person marked."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assignments.rules import AssignmentKind
from app.contributions.models import Contribution
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.processes.models import Process


class Assignment(Model):
    """One step of a contribution between entities; the present is the row with `is_current`, unique in the database.

    `organisation_id` is who has it now: None once it was returned to the secretariat. `from_organisation_id` is who had it before.
    The two letter instants say that its people were reminded.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_current", "contribution_id", unique=True, sqlite_where=text("is_current"), postgresql_where=text("is_current")
        ),
        Index("ix_assignment_pile", "process_id", "is_current", "organisation_id", "due_on"),
        Index("ix_assignment_contribution", "contribution_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    from_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[AssignmentKind]
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    is_current: Mapped[bool] = mapped_column(default=True)
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime] = mapped_column(UTCDateTime)
    soon_letter_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    overdue_letter_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql", foreign_keys=[organisation_id])


class Selection(Model):
    """Contributions of a process that one person marked to do something with them all; gone after a day.

    `ids` are the contributions in the order of the pile, `arguments` the query string of the pile they came from, `content` what
    was chosen for them so far.
    """

    __tablename__ = "contribution_selection"
    __table_args__ = (Index("ix_contribution_selection_made", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ids: Mapped[list[int]] = mapped_column(JSON)
    arguments: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope
