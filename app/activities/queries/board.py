"""What staff work on: one activity, and the board of a process."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.activities.models import Activity
from app.activities.queries.records import activity_of, facts_of_many, opportunity_by_slugs
from app.activities.queries.registrations import registered_counts
from app.activities.rules import EVENTS, ActivityState, RecordFacts
from app.activities.rules.minutes import is_late
from app.activities.rules.working_days import working_days_since
from app.core.clock import days_between, lima_day
from app.core.db import db
from app.core.permissions import Scope
from app.core.web import PER_PAGE, Page
from app.processes.models import Opportunity, Process


@dataclass(frozen=True)
class DeskRecord:
    """What a staff member works on: the opportunity and, once opened, its record."""

    opportunity: Opportunity
    activity: Activity | None

    @property
    def scope(self) -> Scope:
        return self.opportunity.scope

    @property
    def published_at(self) -> datetime | None:
        return self.activity.published_at if self.activity else None


def desk_record(slug: str, activity: str) -> DeskRecord | None:
    opportunity = opportunity_by_slugs(slug, activity)
    return None if opportunity is None else DeskRecord(opportunity, activity_of(opportunity.id))


@dataclass(frozen=True)
class BoardRow:
    """One activity of a process on the desk: where it stands, what it lacks, since when."""

    opportunity: Opportunity
    activity: Activity | None
    facts: RecordFacts
    registered: int
    is_over: bool
    days_since: int
    working_days: int
    is_late: bool


def board(process: Process, page: int, now: datetime) -> Page:
    """The activities of a process by date, 30 to a page; withdrawn ones only when they have a record. Six statements."""
    chosen = (
        select(Opportunity)
        .outerjoin(Activity, Activity.opportunity_id == Opportunity.id)
        .where(Opportunity.process_id == process.id, Opportunity.kind.in_(EVENTS))
        .where(Opportunity.is_withdrawn.is_(False) | Activity.id.is_not(None))
    )
    count = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    shown = db.session.scalars(chosen.order_by(Opportunity.starts_at, Opportunity.id).limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    ids = [opportunity.id for opportunity in shown]
    records = {row.opportunity_id: row for row in db.session.scalars(select(Activity).where(Activity.opportunity_id.in_(ids)))}
    facts = facts_of_many(list(records.values()))
    registered = registered_counts(ids)
    rows = [_board_row(o, records.get(o.id), facts, registered.get(o.id, 0), now) for o in shown]
    return Page(rows, page, count)


def _board_row(
    opportunity: Opportunity, activity: Activity | None, facts: dict[int, RecordFacts], registered: int, now: datetime
) -> BoardRow:
    known = facts[activity.id] if activity else RecordFacts()
    ended: date = lima_day(activity.ended_at if activity and activity.ended_at else opportunity.ends_at)
    today = lima_day(now)
    is_over = opportunity.ends_at < now or known.is_held
    is_closed = activity is not None and activity.state in (ActivityState.CANCELLED, ActivityState.PUBLISHED)
    return BoardRow(
        opportunity, activity, known, registered, is_over, days_between(ended, today) if is_over else 0,
        working_days_since(ended, today) if is_over else 0, is_over and is_late(ended, today, is_public=is_closed),
    )  # fmt: skip
