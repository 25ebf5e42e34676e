"""The plan: commitments and milestones, who signed its approval, its published versions and any public override."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.plans.rules.commitments import ChallengeArea, CommitmentState
from app.plans.rules.plan import PlanSeat, PlanState
from app.plans.rules.versions import VersionKind
from app.processes.models import Process, Theme


class ActionPlan(Model):
    """One plan of one process. `revision` grows with each change; `last_number` is the last commitment number ever given.

    `submitted_at` is when it was handed to OGP, `submitted_document` what proves it.
    """

    __tablename__ = "action_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[PlanState] = mapped_column(default=PlanState.DRAFT)
    approval_norm: Mapped[str] = mapped_column(default="")
    approval_norm_url: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_with_override: Mapped[bool] = mapped_column(default=False)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    submitted_document: Mapped[str] = mapped_column(default="")
    submitted_url: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    last_number: Mapped[int] = mapped_column(default=0)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class Commitment(Model):
    """`number` is its place in the plan, never used twice; `revision` grows with each saved section.

    The fields are those of the template of domain.md 8, in the order of `rules.template.FIELDS`. Lists (entities, actors,
    diagnoses) are one a line. `budget_centimos` is an amount of money in céntimos, None when nobody stated one.
    """

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("plan_id", "number", name="uq_commitment_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    number: Mapped[int]
    state: Mapped[CommitmentState] = mapped_column(default=CommitmentState.IDEA)
    revision: Mapped[int] = mapped_column(default=1)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(Text)
    description_html: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    problem: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[str] = mapped_column(Text, default="")
    causes: Mapped[str] = mapped_column(Text, default="")
    baseline: Mapped[str] = mapped_column(Text, default="")

    done_so_far: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    expected_result: Mapped[str] = mapped_column(Text, default="")
    contribution_to_problem: Mapped[str] = mapped_column(Text, default="")

    transparency: Mapped[str] = mapped_column(Text, default="")
    participation: Mapped[str] = mapped_column(Text, default="")
    accountability: Mapped[str] = mapped_column(Text, default="")

    sdg: Mapped[str] = mapped_column(default="")
    national_plan: Mapped[str] = mapped_column(Text, default="")
    other_plans: Mapped[str] = mapped_column(Text, default="")
    inclusion: Mapped[str] = mapped_column(Text, default="")
    challenge_area: Mapped[ChallengeArea | None]

    supporting_entities: Mapped[str] = mapped_column(Text, default="")
    actors_government: Mapped[str] = mapped_column(Text, default="")
    actors_civil_society: Mapped[str] = mapped_column(Text, default="")
    actors_private: Mapped[str] = mapped_column(Text, default="")
    actors_academia: Mapped[str] = mapped_column(Text, default="")
    contact_office: Mapped[str] = mapped_column(default="")
    contact_position: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")

    budget_centimos: Mapped[int | None] = mapped_column(BigInteger)
    budget_source: Mapped[str] = mapped_column(default="")
    is_sustained: Mapped[bool | None]
    pre_assessment: Mapped[str] = mapped_column(Text, default="")

    diagnoses: Mapped[str] = mapped_column(Text, default="")
    workshop_priorities: Mapped[str] = mapped_column(Text, default="")

    plan: Mapped[ActionPlan] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.plan.scope

    @property
    def lead_ids(self) -> tuple[int, ...]:
        """The lead entity and the one it is a unit of; the organisation is loaded."""
        lead = self.organisation
        return tuple(id_ for id_ in (lead.id, lead.parent_id) if id_) if lead else ()


class Milestone(Model):
    """`number` reads "2.1": first milestone of commitment 2. `evidence` is what will prove it, said beforehand."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("commitment_id", "number", name="uq_milestone_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    number: Mapped[str]
    title: Mapped[str]
    due_on: Mapped[date]
    responsible: Mapped[str] = mapped_column(default="")
    expected_output: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")

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


class PlanVersion(Model):
    """The plan as it was published, for ever: the draft put to consultation, the approved text, each later change.

    `content` is the canonical JSON of `rules.versions.PlanText`; `sha256` its hash; `n` counts publications from 1.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "n", name="uq_plan_version_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    n: Mapped[int]
    kind: Mapped[VersionKind]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
