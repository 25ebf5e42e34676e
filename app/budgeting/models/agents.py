"""The participating agents of a round, what was decided about each, and their appeals."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models.rounds import BudgetRound
from app.budgeting.rules.registering import RefusalReason, Ruling, Sex, Way
from app.budgeting.rules.states import AgentKind, AgentState
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.organisations.models import Organisation
from app.organisations.rules import Sector
from app.territories.models import Territory


class Agent(Model):
    """A participating agent: who speaks and votes in the round, for whom, and whether they are accredited. `number` is public.

    The name, the organisation, the territory and the kind are public by the office; the address, the telephone and the sex never.
    `folded` is the name with its organisation, so that nobody registers twice without an account. `replaces_id` is whose alternate it was.
    """

    __tablename__ = "budget_agent"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="uq_budget_agent_number"),
        UniqueConstraint("round_id", "person_id", name="uq_budget_agent_person"),
        UniqueConstraint("round_id", "folded", name="uq_budget_agent_folded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    number: Mapped[int]
    kind: Mapped[AgentKind]
    state: Mapped[AgentState] = mapped_column(default=AgentState.REGISTERED)
    name: Mapped[str]
    folded: Mapped[str | None]
    office: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    sex: Mapped[Sex] = mapped_column(default=Sex.UNSAID)
    sector: Mapped[Sector] = mapped_column(default=Sector.CIVIL_SOCIETY)
    alternate: Mapped[str] = mapped_column(default="")
    way: Mapped[Way] = mapped_column(default=Way.WEB)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_name: Mapped[str] = mapped_column(default="")
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    has_vote: Mapped[bool] = mapped_column(default=True)
    refusal: Mapped[RefusalReason | None]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("budget_agent.id"))
    revision: Mapped[int] = mapped_column(default=0)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope


class AgentRuling(Model):
    """One thing decided about an agent, with its public reason; the latest stands, none is changed."""

    __tablename__ = "budget_agent_ruling"
    __table_args__ = (UniqueConstraint("agent_id", "n", name="uq_budget_agent_ruling_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("budget_agent.id"))
    n: Mapped[int]
    ruling: Mapped[Ruling]
    refusal: Mapped[RefusalReason | None]
    text: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class AgentAppeal(Model):
    """An appeal against a refusal, one for each agent, and its written answer by another person."""

    __tablename__ = "budget_agent_appeal"
    __table_args__ = (
        UniqueConstraint("agent_id", name="uq_budget_agent_appeal_agent"),
        Index("ix_budget_agent_appeal_open", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("budget_agent.id"))
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")
    is_upheld: Mapped[bool | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agent: Mapped[Agent] = relationship(lazy="raise_on_sql")
