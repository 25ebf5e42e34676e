"""The act of agreements, its lines, the texts that were put to signature, and who signed or disagreed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agreements.rules.acts import ActState, FundingSource, SignedBy, SignerKind
from app.budgeting.models import Agent, BudgetRound
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.projects.models import Project
from app.territories.models import Territory

_OPEN = "state IN ('draft', 'open-for-signatures')"


class AgreementAct(Model):
    """A version of the act of a round; a correction is the next version. At most one is being written or signed.

    `sha256` is of the text put to signature, empty while it is a draft. `revision` grows with every save.
    """

    __tablename__ = "agreement_act"
    __table_args__ = (
        UniqueConstraint("round_id", "version", name="uq_agreement_act_version"),
        Index("uq_agreement_act_open", "round_id", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        CheckConstraint("council_needed >= 0 AND agents_needed >= 1", name="quorum_makes_sense"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    version: Mapped[int]
    state: Mapped[ActState] = mapped_column(default=ActState.DRAFT)
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    preamble: Mapped[str] = mapped_column(Text, default="")
    council_needed: Mapped[int] = mapped_column(default=1)
    agents_needed: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope


class ActLine(Model):
    """A prioritised project as it was agreed. Title and code are kept as they stood; the amount is in céntimos."""

    __tablename__ = "agreement_line"
    __table_args__ = (
        UniqueConstraint("act_id", "number", name="uq_agreement_line_number"),
        UniqueConstraint("act_id", "project_id", name="uq_agreement_line_project"),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("ix_agreement_line_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("agreement_act.id"))
    number: Mapped[int]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    code: Mapped[str]
    title: Mapped[str]
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[FundingSource | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    entity_commits: Mapped[str] = mapped_column(Text, default="")
    agents_commit: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]

    act: Mapped[AgreementAct] = relationship(lazy="raise_on_sql")
    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.act.round.scope

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """The responsible unit and the entity it belongs to: who answers for either may report."""
        return tuple(id_ for id_ in (self.unit_id, self.unit.parent_id if self.unit else None) if id_)


class ActText(Model):
    """A text exactly as it was put to signature; never rewritten. `content` is what the hash is of."""

    __tablename__ = "agreement_text"
    __table_args__ = (UniqueConstraint("act_id", "n", name="uq_agreement_text_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("agreement_act.id"))
    n: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ActSignature(Model):
    """Somebody signed exactly the text with that hash. On paper: `sheet_sha256` is of the scanned sheet of the assembly."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        UniqueConstraint("act_id", "sha256", "person_id", name="uq_agreement_signature_person"),
        UniqueConstraint("act_id", "sha256", "agent_id", name="uq_agreement_signature_agent"),
        CheckConstraint("person_id IS NOT NULL OR agent_id IS NOT NULL", name="somebody_signs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("agreement_act.id"))
    sha256: Mapped[str]
    kind: Mapped[SignerKind]
    way: Mapped[SignedBy]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("budget_agent.id"))
    name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    sheet_sha256: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    agent: Mapped[Agent | None] = relationship(lazy="raise_on_sql")


class ActDissent(Model):
    """A reasoned disagreement with exactly that text, published beside the act; never edited."""

    __tablename__ = "agreement_dissent"
    __table_args__ = (UniqueConstraint("act_id", "person_id", name="uq_agreement_dissent_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("agreement_act.id"))
    sha256: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
