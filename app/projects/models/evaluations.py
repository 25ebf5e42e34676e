"""Tables of the technical evaluation: the sheet of criteria, who judged what and why, what was asked of the author, appeals."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models import BudgetRound
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.projects.models.projects import Project
from app.projects.rules.appeals import Appellant
from app.projects.rules.evaluating import Conclusion, EvaluationState, SheetState

_WAITS = "answered_at IS NULL AND closed_at IS NULL"
_OPEN = "state NOT IN ('published', 'annulled')"


class EvaluationSheet(Model):
    """The criteria of a round, `version` from 1; the present one is the latest. A published one is never edited: saving makes another.

    `criteria` are those of rules.evaluating; `appeal_days` is how long a published evaluation may be appealed.
    """

    __tablename__ = "evaluation_sheet"
    __table_args__ = (
        UniqueConstraint("round_id", "version", name="uq_evaluation_sheet_version"),
        CheckConstraint("appeal_days > 0", name="appeal_days_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    version: Mapped[int]
    state: Mapped[SheetState] = mapped_column(default=SheetState.DRAFT)
    criteria: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    appeal_days: Mapped[int] = mapped_column(default=5)
    reason: Mapped[str] = mapped_column(Text, default="")
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")


class Evaluation(Model):
    """The `n`-th judgement of a project; after an appeal there is another. Only a published one is public.

    `findings` by criterion key: {"finding", "note"}; `answer` holds what rules.answers.AnswerDraft says when it is not admissible.
    """

    __tablename__ = "project_evaluation"
    __table_args__ = (
        UniqueConstraint("project_id", "n", name="uq_project_evaluation_n"),
        Index(
            "uq_project_evaluation_open", "project_id", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)
        ),
        Index("ix_project_evaluation_evaluator", "evaluator_id", "state", "assigned_at"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> evaluator_id", name="two_people"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    n: Mapped[int]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("evaluation_sheet.id"))
    state: Mapped[EvaluationState] = mapped_column(default=EvaluationState.ASSIGNED)
    evaluator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_on: Mapped[date | None]
    declared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    conflict_note: Mapped[str] = mapped_column(Text, default="")
    findings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    conclusion: Mapped[Conclusion | None]
    opinion: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    project_revision: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    return_note: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    sheet: Mapped[EvaluationSheet] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.project.scope


class Clarification(Model):
    """What the evaluator asked of whoever proposed it, until when, and what they answered."""

    __tablename__ = "project_clarification"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "number", name="uq_project_clarification_number"),
        Index(
            "uq_project_clarification_open", "evaluation_id", unique=True,
            sqlite_where=text(_WAITS), postgresql_where=text(_WAITS),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("project_evaluation.id"))
    number: Mapped[int]
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    evaluation: Mapped[Evaluation] = relationship(lazy="raise_on_sql")


class Appeal(Model):
    """Against a published evaluation. The author is known by the contribution (`contribution_id`), an agent by `agent_id`."""

    __tablename__ = "project_appeal"
    __table_args__ = (
        UniqueConstraint("project_id", "number", name="uq_project_appeal_number"),
        Index(
            "uq_project_appeal_open", "project_id", unique=True,
            sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("project_evaluation.id"))
    number: Mapped[int]
    by: Mapped[Appellant]
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("budget_agent.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_upheld: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    evaluation: Mapped[Evaluation] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.project.scope
