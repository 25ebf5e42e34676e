"""The plan: commitments and milestones, who signed its approval, and any public override."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.plans.rules import PlanSeat, PlanState
from app.processes.models import Process, Theme


class ActionPlan(Model):
    """One plan of one process. `revision` grows with each change; `last_number` is the last commitment number ever given."""

    __tablename__ = "action_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    starts: Mapped[str] = mapped_column(default="")
    ends: Mapped[str] = mapped_column(default="")
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT)
    approval_norm: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_with_override: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    last_number: Mapped[int] = mapped_column(default=0)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class Commitment(Model):
    """`number` is its place in the plan, never used twice."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("plan_id", "number", name="uq_commitment_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    number: Mapped[int]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(Text)
    description_html: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))

    plan: Mapped[ActionPlan] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.plan.scope


class Milestone(Model):
    """`number` reads "2.1": first milestone of commitment 2."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("commitment_id", "number", name="uq_milestone_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    number: Mapped[str]
    title: Mapped[str]
    due_on: Mapped[date]
    responsible: Mapped[str] = mapped_column(default="")

    commitment: Mapped[Commitment] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.commitment.scope


class PlanSignature(Model):
    """A sector's signature under the plan; with `override_reason` when contributions were still waiting (BR-08)."""

    __tablename__ = "plan_signature"
    __table_args__ = (UniqueConstraint("plan_id", "seat", name="uq_plan_signature_seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    seat: Mapped[PlanSeat]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    plan_revision: Mapped[int]
    override_reason: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)
