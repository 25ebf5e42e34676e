"""Tables of the scoring matrix: its versions, the marks, and the ranking as it was published."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models import BudgetRound
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.projects.rules.matrix import MatrixState


class ScoringMatrix(Model):
    """Criteria, weights and levels of a round, `version` from 1; the present one is the latest. Frozen by the first mark.

    `ranking` is what was published: every line with its aggregates, the ceilings it was cut by and the seed of the lot.
    """

    __tablename__ = "scoring_matrix"
    __table_args__ = (UniqueConstraint("round_id", "version", name="uq_scoring_matrix_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    version: Mapped[int]
    state: Mapped[MatrixState] = mapped_column(default=MatrixState.DRAFT)
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    tie_rule: Mapped[str] = mapped_column(Text, default="")
    minimum: Mapped[int | None]
    stops: Mapped[bool] = mapped_column(default=False)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    seed: Mapped[str] = mapped_column(default="")
    ranking: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    ranked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope


class MatrixMark(Model):
    """A mark somebody gave a project on a criterion. Restricted: only sums and counts are published (domain.md BR-39).

    `giver` is "t<person>" for the technical team and "a<agent>" for an agent, so that nobody marks twice.
    """

    __tablename__ = "matrix_mark"
    __table_args__ = (
        UniqueConstraint("matrix_id", "project_id", "giver", "criterion", name="uq_matrix_mark"),
        CheckConstraint("(person_id IS NULL) <> (agent_id IS NULL)", name="one_giver"),
        Index("ix_matrix_mark_project", "matrix_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matrix_id: Mapped[int] = mapped_column(ForeignKey("scoring_matrix.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    giver: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("budget_agent.id"))
    criterion: Mapped[str]
    mark: Mapped[int]
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
