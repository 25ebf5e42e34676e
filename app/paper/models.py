"""Sheets of paper: printed, keyed once or void."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core.db import Model, UTCDateTime
from app.core.permissions import Scope
from app.paper.rules import SheetState, sheet_code
from app.processes.models import Process


class PaperSheet(Model):
    """One sheet. `run` is the printing it came from, `number` never repeats in a process; `unreadable` lists what could not be read.

    A keyed sheet has its contribution and no other sheet has it; the database refuses anything else.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        UniqueConstraint("process_id", "number", name="uq_paper_sheet_number"),
        UniqueConstraint("contribution_id", name="uq_paper_sheet_contribution"),
        CheckConstraint("(state = 'keyed') = (contribution_id IS NOT NULL)", name="keyed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id"), index=True)
    run: Mapped[int]
    number: Mapped[int]
    key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[SheetState] = mapped_column(default=SheetState.UNUSED)
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    printed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    unreadable: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    contribution: Mapped[Contribution | None] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.process.scope

    @property
    def code(self) -> str:
        return sheet_code(self.process.code, self.number)
