"""Tables of the projects: what is proposed, where and for how much, where each came from, what changed, and how it was answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Float, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.budgeting.models import BudgetRound
from app.contributions.models import Contribution
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.feedback.rules.outcomes import Outcome, Reason
from app.processes.models import Theme
from app.projects.rules import ProjectState
from app.projects.rules.answers import AnswerState
from app.projects.rules.writing import ChangeKind
from app.territories.models import Territory


class Project(Model):
    """A project of a round. `number` is stable and public, `code` ("PP27-PR-014") unique in the site; cost in céntimos.

    `result` is what of the concerted plan it serves; without `ubigeo` it is for the whole territory. `revision` grows with every
    save of its text; `folded` is what is searched, without accents; `public_revision` grows with whatever its public page shows.
    """

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="uq_project_number"),
        CheckConstraint("cost_cents > 0", name="cost_positive"),
        CheckConstraint("yearly_cost_cents >= 0", name="yearly_cost_not_negative"),
        Index("ix_project_public", "round_id", "is_public", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ProjectState] = mapped_column(default=ProjectState.DRAFT)
    title: Mapped[str]
    problem: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"))
    site: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    cost_cents: Mapped[int | None] = mapped_column(BigInteger)
    yearly_cost_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    cost_basis: Mapped[str] = mapped_column(Text, default="")
    beneficiaries: Mapped[str] = mapped_column(default="")
    is_public: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    public_revision: Mapped[int] = mapped_column(default=0)
    folded: Mapped[str] = mapped_column(Text, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped[BudgetRound] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.round.scope


class ProjectOrigin(Model):
    """A contribution that a project came from. One contribution may give several projects, one project come from several."""

    __tablename__ = "project_origin"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True, index=True)
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")


class ProjectVersion(Model):
    """What a project said at revision `n`; written at every save, never changed."""

    __tablename__ = "project_version"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ProjectChange(Model):
    """One thing that happened to a project: what, by whom (publicly, by `role`), when, why. `facts` are plain public values."""

    __tablename__ = "project_change"
    __table_args__ = (Index("ix_project_change_project", "project_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[ChangeKind]
    role: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class AnswerSave(Model):
    """What an answer said each time somebody saved it, also what was never published: nobody's words are lost under another's.

    `version` and `revision` are those of the answer then; the answer itself may be gone when the project turned out not to have ended.
    """

    __tablename__ = "project_answer_save"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    version: Mapped[int]
    revision: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ProjectAnswer(Model):
    """The written answer to a project that ended, as every other answer has outcome and reason. A correction is another version.

    `writer_ids` are those who wrote in this version: none of them approves it.
    """

    __tablename__ = "project_answer"
    __table_args__ = (
        UniqueConstraint("project_id", "version", name="uq_project_answer_version"),
        Index(
            "uq_project_answer_open", "project_id", unique=True,
            sqlite_where=text("state <> 'published'"), postgresql_where=text("state <> 'published'"),
        ),
        CheckConstraint("state <> 'published' OR (approved_by_id IS NOT NULL AND approved_by_id <> drafted_by_id)", name="two_people"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    version: Mapped[int]
    about: Mapped[ProjectState]
    state: Mapped[AnswerState] = mapped_column(default=AnswerState.DRAFT)
    outcome: Mapped[Outcome | None]
    reason_code: Mapped[Reason | None]
    text: Mapped[str] = mapped_column(Text, default="")
    criterion: Mapped[str] = mapped_column(Text, default="")
    change_needed: Mapped[str] = mapped_column(Text, default="")
    reference: Mapped[str] = mapped_column(Text, default="")
    target_cycle: Mapped[str] = mapped_column(default="")
    carry_over_owner: Mapped[str] = mapped_column(default="")
    referred_to: Mapped[str] = mapped_column(default="")
    referred_document: Mapped[str] = mapped_column(default="")
    referred_on: Mapped[date | None]
    where_to_go: Mapped[str] = mapped_column(Text, default="")
    merged_into: Mapped[str] = mapped_column(default="")
    request_record: Mapped[str] = mapped_column(Text, default="")
    shows_at: Mapped[str] = mapped_column(Text, default="")
    correction_reason: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    writer_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.project.scope
