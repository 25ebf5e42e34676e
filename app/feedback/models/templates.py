"""Texts to start an answer from."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.feedback.rules.outcomes import Outcome, Reason
from app.spaces.models import Space


class AnswerTemplate(Model):
    """A text with fields in `{{…}}` (rules.templates) for an outcome and, when it says so, one reason.

    It serves one process, or every process of the space when `process_id` is None. A retired one is offered no more.
    """

    __tablename__ = "answer_template"
    __table_args__ = (UniqueConstraint("space_id", "slug", name="uq_answer_template_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"))
    slug: Mapped[str]
    name: Mapped[str]
    outcome: Mapped[Outcome]
    reason_code: Mapped[Reason | None]
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    space: Mapped[Space] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return Scope(self.space_id, self.process_id)
