"""The register of incidents with personal data: what happened, and each thing that was done about it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.incidents.rules import Affected
from app.incidents.rules import IncidentAct as Act
from app.processes.models import Process
from app.spaces.models import Space


class Incident(Model):
    """What happened, as it was known when it was written down; `noticed_at` starts the 48 hours. What was learnt later is an act."""

    __tablename__ = "incident"
    __table_args__ = (UniqueConstraint("space_id", "number", name="uq_incident_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    number: Mapped[int]
    noticed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    happened: Mapped[str] = mapped_column(Text)
    data_kinds: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[Affected]
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")
    process: Mapped[Process | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.space.scope


class IncidentAct(Model):
    """Something that was learnt or done about an incident; never changed. All but notes happen once."""

    __tablename__ = "incident_act"
    __table_args__ = (
        Index("ix_incident_act_incident", "incident_id", "id"),
        Index(
            "uq_incident_act_once", "incident_id", "act", unique=True,
            sqlite_where=text("act <> 'noted'"), postgresql_where=text("act <> 'noted'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    act: Mapped[Act]
    note: Mapped[str] = mapped_column(Text)
    people: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
