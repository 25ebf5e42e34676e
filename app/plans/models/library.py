"""Plans of the past, brought afterwards from documents (BR-36): facts with their source, commitments with the codes of the IRM."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.plans.rules.library import IrmCompletion, IrmEarlyResults, IrmPotential, YesNo


class PastPlan(Model):
    """A plan of a country as documents tell it. What no document states is None or empty, and shown as such."""

    __tablename__ = "past_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    n: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    years: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    commitment_count: Mapped[int | None]
    approval_norm: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PastPlanFact(Model):
    """One thing a document states about a plan, in our words, with that document; `source_url` empty when only its title is known."""

    __tablename__ = "past_plan_fact"
    __table_args__ = (UniqueConstraint("past_plan_id", "position", name="uq_past_plan_fact_position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    past_plan_id: Mapped[int] = mapped_column(ForeignKey("past_plan.id"))
    position: Mapped[int]
    label: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    source_title: Mapped[str]
    source_url: Mapped[str] = mapped_column(default="")


class PastCommitment(Model):
    """A commitment of a past plan; the IRM's codes stand only with the address of the report they were read in."""

    __tablename__ = "past_commitment"
    __table_args__ = (
        UniqueConstraint("past_plan_id", "position", name="uq_past_commitment_position"),
        CheckConstraint(
            "irm_report_url <> '' OR (irm_verifiable IS NULL AND irm_open_gov_lens IS NULL AND irm_potential IS NULL "
            "AND irm_completion IS NULL AND irm_early_results IS NULL)",
            name="codes_with_report",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    past_plan_id: Mapped[int] = mapped_column(ForeignKey("past_plan.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text, default="")
    source_title: Mapped[str]
    source_url: Mapped[str] = mapped_column(default="")
    irm_verifiable: Mapped[YesNo | None]
    irm_open_gov_lens: Mapped[YesNo | None]
    irm_potential: Mapped[IrmPotential | None]
    irm_completion: Mapped[IrmCompletion | None]
    irm_early_results: Mapped[IrmEarlyResults | None]
    irm_report_url: Mapped[str] = mapped_column(default="")

    past_plan: Mapped[PastPlan] = relationship(lazy="raise_on_sql")
