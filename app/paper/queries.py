"""Reading sheets: one, a printing, what is left, the account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.paper.models import PaperSheet
from app.paper.rules import SheetState, Tally, named
from app.processes.models import Process
from app.processes.rules.states import ProcessState

_LOADS = (joinedload(PaperSheet.process).joinedload(Process.space), joinedload(PaperSheet.contribution))


def sheet(slug: str, number: int) -> PaperSheet | None:
    """A sheet of a process, its process, space and contribution loaded."""
    return db.session.scalar(
        select(PaperSheet).join(PaperSheet.process).where(Process.slug == slug, PaperSheet.number == number).options(*_LOADS)
    )


def sheet_of(process: Process, asked: str) -> int | None:
    """The number of the sheet of that process with the number or code somebody typed; None when there is none."""
    process_code, number = named(asked)
    if number is None or process_code not in ("", process.code):
        return None
    return db.session.scalar(select(PaperSheet.number).where(PaperSheet.process_id == process.id, PaperSheet.number == number))


def sheet_by_code(code: str) -> PaperSheet | None:
    """The sheet with that code, for whoever holds its stub; None for a process the public may not see."""
    process_code, number = named(code)
    if number is None:
        return None
    return db.session.scalar(
        select(PaperSheet)
        .join(PaperSheet.process)
        .where(Process.code == process_code, PaperSheet.number == number, Process.state != ProcessState.DRAFT)
        .options(*_LOADS)
    )


def sheets_of_run(process_id: int, run: int) -> Sequence[PaperSheet]:
    """The sheets of one printing, in order."""
    return db.session.scalars(
        select(PaperSheet).where(PaperSheet.process_id == process_id, PaperSheet.run == run).options(*_LOADS).order_by(PaperSheet.number)
    ).all()


def next_unused(process_id: int, after: int) -> int | None:
    """The number of the first unused sheet after that one, or of the first of all; None when none is left."""
    return db.session.scalar(
        select(PaperSheet.number)
        .where(PaperSheet.process_id == process_id, PaperSheet.state == SheetState.UNUSED)
        .order_by(PaperSheet.number <= after, PaperSheet.number)
        .limit(1)
    )


def tally(process_id: int) -> Tally:
    """The account of a process: one statement."""

    def of(state: SheetState):
        return func.coalesce(func.sum(case((PaperSheet.state == state, 1), else_=0)), 0)

    row = db.session.execute(
        select(func.count(), of(SheetState.KEYED), of(SheetState.VOID), of(SheetState.UNUSED)).where(PaperSheet.process_id == process_id)
    ).one()
    return Tally(*(int(number) for number in row))


def runs(process_id: int) -> Sequence[tuple[int, int, int, datetime]]:
    """(printing, first number, last number, when), the newest first."""
    rows = db.session.execute(
        select(PaperSheet.run, func.min(PaperSheet.number), func.max(PaperSheet.number), func.min(PaperSheet.printed_at))
        .where(PaperSheet.process_id == process_id)
        .group_by(PaperSheet.run)
        .order_by(PaperSheet.run.desc())
    )
    return [(run, first, last, at) for run, first, last, at in rows]


def unchecked(process_id: int, most: int = 30) -> Sequence[PaperSheet]:
    """Keyed sheets that nobody has compared with the paper yet, the oldest first."""
    return db.session.scalars(
        select(PaperSheet)
        .where(PaperSheet.process_id == process_id, PaperSheet.state == SheetState.KEYED, PaperSheet.checked_at.is_(None))
        .options(*_LOADS)
        .order_by(PaperSheet.settled_at, PaperSheet.id)
        .limit(most)
    ).all()


def last_numbers(process_id: int) -> tuple[int, int]:
    """The last printing and the last sheet number; zeros before the first."""
    run, number = db.session.execute(
        select(func.max(PaperSheet.run), func.max(PaperSheet.number)).where(PaperSheet.process_id == process_id)
    ).one()
    return run or 0, number or 0
