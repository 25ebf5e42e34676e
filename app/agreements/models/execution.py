"""How each agreed project goes: one row for each thing that was told, never overwritten; the last one is how it stands."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agreements.rules.execution import LineState
from app.core.db import Model, UTCDateTime
from app.feedback.rules.outcomes import Reason
from app.projects.models import Project


class LineUpdate(Model):
    """How an agreed project stood on a day. It follows the project, so that a corrected act does not lose its story.

    Amounts in céntimos since the beginning, None while unknown. `cui` is the code of the investment, seven digits.
    """

    __tablename__ = "agreement_update"
    __table_args__ = (
        UniqueConstraint("project_id", "number", name="uq_agreement_update_number"),
        CheckConstraint(
            "COALESCE(pia_cents, 0) >= 0 AND COALESCE(pim_cents, 0) >= 0 AND COALESCE(certified_cents, 0) >= 0"
            " AND COALESCE(accrued_cents, 0) >= 0 AND COALESCE(paid_cents, 0) >= 0",
            name="amounts_not_negative",
        ),
        Index("ix_agreement_update_published", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    state: Mapped[LineState]
    as_of: Mapped[date]
    cui: Mapped[str] = mapped_column(default="")
    pia_cents: Mapped[int | None] = mapped_column(BigInteger)
    pim_cents: Mapped[int | None] = mapped_column(BigInteger)
    certified_cents: Mapped[int | None] = mapped_column(BigInteger)
    accrued_cents: Mapped[int | None] = mapped_column(BigInteger)
    paid_cents: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    reason_code: Mapped[Reason | None]
    why: Mapped[str] = mapped_column(Text, default="")
    difference: Mapped[str] = mapped_column(Text, default="")
    is_imported: Mapped[bool] = mapped_column(default=False)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
