"""Records of activities: who came in numbers, the minutes, what a record holds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.activities.models import Activity, ActivityAgreement, ActivityMinutes, ActivityMinutesApproval, Attendance
from app.activities.rules import ActivityState, Dimension, RecordFacts, is_event, total
from app.core.db import db
from app.evidence import queries as evidence
from app.evidence.rules import AttachmentKind
from app.forum.rules.seats import Side
from app.processes import queries as processes
from app.processes.models import Opportunity, Process

SUBJECT = "activity"
_LOADED = (joinedload(Activity.process).joinedload(Process.space), joinedload(Activity.opportunity))


def opportunity_by_slugs(slug: str, activity: str) -> Opportunity | None:
    """An opportunity of a public process that people attend; a form or a counter has no such page. Process and space loaded."""
    found = processes.opportunity(slug, activity)
    return found if found is not None and is_event(found.kind) else None


def activity_by_slugs(slug: str, activity: str) -> Activity | None:
    """The record opened for an opportunity; process, space and opportunity loaded."""
    return db.session.scalar(
        select(Activity)
        .join(Activity.opportunity)
        .join(Activity.process)
        .where(Process.slug == slug, Opportunity.slug == activity)
        .options(*_LOADED)
    )


def activity_of(opportunity_id: int) -> Activity | None:
    """The record of an opportunity, if one was opened; process, space and opportunity loaded."""
    return db.session.scalar(select(Activity).where(Activity.opportunity_id == opportunity_id).options(*_LOADED))


def activities(process_id: int) -> Sequence[Activity]:
    """Every record of a process by number; process and opportunity loaded."""
    return db.session.scalars(select(Activity).where(Activity.process_id == process_id).options(*_LOADED).order_by(Activity.number)).all()


def public_activities(process_id: int) -> Sequence[Activity]:
    """The published ones, by number."""
    return [activity for activity in activities(process_id) if activity.state is ActivityState.PUBLISHED]


def last_number(process_id: int) -> int:
    return db.session.scalar(select(func.max(Activity.number)).where(Activity.process_id == process_id)) or 0


def attendance(activity_id: int) -> dict[Dimension, list[tuple[str, int]]]:
    """Exact counts, for staff: (category, people) in the order they were written. The public reads `record_page`."""
    return attendances([activity_id]).get(activity_id, {})


def attendances(activity_ids: Sequence[int]) -> dict[int, dict[Dimension, list[tuple[str, int]]]]:
    """As `attendance`, for many records in one statement."""
    found: dict[int, dict[Dimension, list[tuple[str, int]]]] = defaultdict(dict)
    for row in db.session.scalars(select(Attendance).where(Attendance.activity_id.in_(activity_ids)).order_by(Attendance.id)):
        found[row.activity_id].setdefault(row.dimension, []).append((row.category, row.people))
    return found


def people(counts: dict[Dimension, list[tuple[str, int]]]) -> int:
    """How many came, by the counts that `attendance` gives."""
    return total({dimension: dict(cells) for dimension, cells in counts.items()})


def minutes_history(activity_id: int) -> Sequence[ActivityMinutes]:
    """Every saved text, latest first."""
    return db.session.scalars(
        select(ActivityMinutes).where(ActivityMinutes.activity_id == activity_id).order_by(ActivityMinutes.version.desc())
    ).all()


def current_minutes(activity_id: int) -> ActivityMinutes | None:
    """The text saved last."""
    return db.session.scalar(
        select(ActivityMinutes).where(ActivityMinutes.activity_id == activity_id).order_by(ActivityMinutes.version.desc()).limit(1)
    )


def public_minutes(activity_id: int) -> Sequence[ActivityMinutes]:
    """Those that are or were public, latest first; the first of the list stands."""
    return [row for row in minutes_history(activity_id) if row.published_at is not None]


def facts_of(activity: Activity) -> RecordFacts:
    """What the record holds now."""
    return facts_of_many([activity])[activity.id]


def facts_of_many(rows: Sequence[Activity]) -> dict[int, RecordFacts]:
    """For each record, in four statements."""
    ids = [row.id for row in rows]
    counts = attendances(ids)
    approved = approved_by(ids)
    kinds: dict[int, set[AttachmentKind]] = defaultdict(set)
    for file in evidence.of_many(SUBJECT, ids, public_only=False):
        if file.removed_at is None and file.is_for_public:
            kinds[file.subject_id].add(file.kind)
    return {
        row.id: RecordFacts(
            row.ended_at is not None, people(counts.get(row.id, {})), row.id in approved, frozenset(kinds[row.id]),
            approved.get(row.id, frozenset()),
        )
        for row in rows
    }  # fmt: skip


def approved_by(activity_ids: Sequence[int]) -> dict[int, frozenset[Side]]:
    """For each record with minutes, the sides that approved their latest text. One statement."""
    latest = (
        select(ActivityMinutes.activity_id, func.max(ActivityMinutes.version).label("version"))
        .where(ActivityMinutes.activity_id.in_(activity_ids))
        .group_by(ActivityMinutes.activity_id)
        .subquery()
    )
    found: dict[int, set[Side]] = defaultdict(set)
    for activity_id, side in db.session.execute(
        select(ActivityMinutes.activity_id, ActivityMinutesApproval.side)
        .join(latest, (latest.c.activity_id == ActivityMinutes.activity_id) & (latest.c.version == ActivityMinutes.version))
        .outerjoin(
            ActivityMinutesApproval,
            (ActivityMinutesApproval.minutes_id == ActivityMinutes.id) & (ActivityMinutesApproval.sha256 == ActivityMinutes.sha256),
        )
    ):
        found[activity_id] |= {side} if side else set()
    return {activity_id: frozenset(sides) for activity_id, sides in found.items()}


def approvals(minutes_ids: Sequence[int]) -> dict[int, list[ActivityMinutesApproval]]:
    """For each text, who approved it, in the order they did. One statement."""
    found: dict[int, list[ActivityMinutesApproval]] = defaultdict(list)
    rows = select(ActivityMinutesApproval).where(ActivityMinutesApproval.minutes_id.in_(minutes_ids))
    for row in db.session.scalars(rows.order_by(ActivityMinutesApproval.approved_at, ActivityMinutesApproval.id)):
        found[row.minutes_id].append(row)
    return found


def agreements(activity_id: int) -> Sequence[ActivityAgreement]:
    """What was agreed, by number."""
    return db.session.scalars(
        select(ActivityAgreement).where(ActivityAgreement.activity_id == activity_id).order_by(ActivityAgreement.number)
    ).all()


def minutes_to_approve(process_ids: Sequence[int], side: Side) -> list[tuple[int, str, str, datetime]]:
    """Activities held whose latest text is not public and that side has not approved: process, slug, title, when saved; oldest first."""
    versions = select(func.max(ActivityMinutes.version)).where(ActivityMinutes.activity_id == Activity.id)
    latest = versions.correlate(Activity).scalar_subquery()
    given = (ActivityMinutesApproval.minutes_id == ActivityMinutes.id) & (ActivityMinutesApproval.side == side)
    rows = db.session.execute(
        select(Activity.process_id, Opportunity.slug, Opportunity.title, ActivityMinutes.saved_at)
        .join(ActivityMinutes, ActivityMinutes.activity_id == Activity.id)
        .join(Opportunity, Opportunity.id == Activity.opportunity_id)
        .where(
            Activity.process_id.in_(process_ids), Activity.ended_at.is_not(None), Activity.state != ActivityState.CANCELLED,
            ActivityMinutes.version == latest, ActivityMinutes.published_at.is_(None),
            ~select(ActivityMinutesApproval.id).where(given).correlate(ActivityMinutes).exists(),
        )
        .order_by(ActivityMinutes.saved_at, Activity.id)
    )  # fmt: skip
    return [(process_id, slug, title, saved_at) for process_id, slug, title, saved_at in rows]
