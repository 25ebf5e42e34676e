"""What lies on whose pile, how late it is, and whom to remind."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from app.assignments.models import Assignment
from app.assignments.rules import SOON, Window, window
from app.contributions.models import Contribution
from app.core.clock import lima_day
from app.core.db import db
from app.processes import queries as processes
from app.processes.rules.schedule import PhaseKind


class Pending(NamedTuple):
    """How many wait, since when the oldest does, when the first is due, how many are past their day."""

    waiting: int
    since: datetime
    first_due_on: date
    overdue: int


class Reminder(NamedTuple):
    """A contribution whose people are to be reminded today."""

    assignment_id: int
    process_id: int
    organisation_id: int
    code: str
    due_on: date


def days_possible(process_id: int, today: date) -> Window:
    """The days an answer of the process may be due: until the close of its feedback phase."""
    closes_at = next((phase.closes_at for phase in processes.phases(process_id) if phase.kind is PhaseKind.FEEDBACK), None)
    return window(today, lima_day(closes_at) if closes_at else None)


def waiting_for(
    process_ids: Collection[int], organisation_ids: Collection[int], *, today: date, apart_from: Any = None
) -> dict[int, Pending]:
    """By process: what these organisations still have to answer. `apart_from` selects contributions that no longer need them."""
    if not process_ids or not organisation_ids:
        return {}
    rows = db.session.execute(
        select(
            Assignment.process_id, func.count(), func.min(Contribution.received_at), func.min(Assignment.due_on),
            func.sum(case((Assignment.due_on < today, 1), else_=0)),
        )
        .join(Contribution, Contribution.id == Assignment.contribution_id)
        .where(
            Assignment.is_current, Assignment.process_id.in_(process_ids), Assignment.organisation_id.in_(organisation_ids),
            *_still_waits(apart_from),
        )
        .group_by(Assignment.process_id)
    )  # fmt: skip
    return {process_id: Pending(count, since, due, late or 0) for process_id, count, since, due, late in rows}


def reminders(today: date, apart_from: Any = None) -> Sequence[Reminder]:
    """What is due within `SOON` or overdue and was not yet told so; by process, organisation and day."""
    rows: Any = db.session.execute(
        select(Assignment.id, Assignment.process_id, Assignment.organisation_id, Contribution.code, Assignment.due_on)
        .join(Contribution, Contribution.id == Assignment.contribution_id)
        .where(
            Assignment.is_current,
            Assignment.organisation_id.is_not(None),
            or_(
                and_(Assignment.due_on < today, Assignment.overdue_letter_at.is_(None)),
                and_(Assignment.due_on >= today, Assignment.due_on <= today + SOON, Assignment.soon_letter_at.is_(None)),
            ),
            *_still_waits(apart_from),
        )
        .order_by(Assignment.process_id, Assignment.organisation_id, Assignment.due_on, Assignment.id)
    )
    return [Reminder(*row) for row in rows]


def is_assigned(contribution_id: Any) -> ColumnElement[bool]:
    """Clause: some entity has the contribution now."""
    return exists().where(Assignment.contribution_id == contribution_id, Assignment.is_current, Assignment.organisation_id.is_not(None))


def _still_waits(apart_from: Any) -> list[Any]:
    asked = [Contribution.answered_at.is_(None)]
    return asked if apart_from is None else [*asked, Assignment.contribution_id.not_in(apart_from)]
