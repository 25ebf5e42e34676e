"""The round, its steps, and its ceilings by territory and theme, each change of them kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.rules.states import RoundState
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.processes.models import Process, Theme
from app.territories.models import Territory


class BudgetRound(Model):
    """The participatory budget of one process for one fiscal year. Amounts are integer céntimos of a sol.

    `revision` grows with every change; `appeal_days` are those to appeal against a refusal; `vigilance_minimum` and
    `vigilance_months` are the size and the term of the committee (domain.md BR-31).
    """

    __tablename__ = "budget_round"
    __table_args__ = (CheckConstraint("ceiling_cents > 0", name="ceiling_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), unique=True)
    fiscal_year: Mapped[int]
    ceiling_cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[RoundState] = mapped_column(default=RoundState.NORM_APPROVED)
    appeal_days: Mapped[int] = mapped_column(default=5)
    vigilance_minimum: Mapped[int] = mapped_column(default=4)
    vigilance_months: Mapped[int] = mapped_column(default=24)
    revision: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope


class Ceiling(Model):
    """A part of the round's ceiling kept for a territory, a theme, or both; in céntimos. `part` is "080101/agua": of each one."""

    __tablename__ = "budget_ceiling"
    __table_args__ = (
        UniqueConstraint("round_id", "part", name="uq_budget_ceiling_part"),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    part: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)

    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")


class CeilingVersion(Model):
    """The ceilings as they were published, for ever: `content` is {"ceiling_cents": …, "parts": [{"ubigeo", "theme", "amount_cents"}]}."""

    __tablename__ = "budget_ceiling_version"
    __table_args__ = (UniqueConstraint("round_id", "n", name="uq_budget_ceiling_version_n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    n: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RoundStep(Model):
    """A state the round reached: when, and why. Each is reached once."""

    __tablename__ = "budget_step"
    __table_args__ = (UniqueConstraint("round_id", "state", name="uq_budget_step_state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    state: Mapped[RoundState]
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
