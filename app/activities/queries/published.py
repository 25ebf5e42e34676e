"""What everybody may read of an activity: its announcement and, once public, its record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select

from app.activities.models import Activity, ActivityAgreement, ActivityMinutes, ActivityMinutesApproval
from app.activities.queries.records import (
    SUBJECT,
    activity_of,
    agreements,
    approvals,
    attendance,
    attendances,
    people,
    public_activities,
    public_minutes,
)
from app.activities.queries.registrations import need_counts
from app.activities.rules import ActivityState, Cell, Dimension, Places, is_event, public_cells
from app.activities.rules.attending import AccessNeed, published_needs
from app.core.db import db
from app.core.text import to_html
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.processes.models import Opportunity, Process


@dataclass(frozen=True)
class AttendanceTable:
    """One dimension as everybody may read it."""

    dimension: Dimension
    cells: tuple[Cell, ...]

    @property
    def has_protected(self) -> bool:
        return any(cell.people is None for cell in self.cells)


@dataclass(frozen=True)
class RecordPage:
    """What the public page of an activity shows of it: the announcement and, once published, the record."""

    opportunity: Opportunity
    process: Process
    activity: Activity | None
    agenda: Markup
    accessibility: Markup
    takes_registrations: bool
    is_public: bool = False
    is_cancelled: bool = False
    people: int = 0
    tables: tuple[AttendanceTable, ...] = ()
    minutes: ActivityMinutes | None = None
    earlier_minutes: Sequence[ActivityMinutes] = ()
    needs: dict[AccessNeed, int] = field(default_factory=dict)
    agreements: Sequence[ActivityAgreement] = ()
    approvals: Sequence[ActivityMinutesApproval] = ()
    files: Sequence[Attachment] = ()
    removed_files: Sequence[Attachment] = field(default=())


def record_page(opportunity: Opportunity, now: datetime | None = None) -> RecordPage:
    """At most nine statements. Without `now` the way to register is shown as long as the record is not public."""
    activity = activity_of(opportunity.id)
    is_held = activity is not None and activity.ended_at is not None
    is_cancelled = opportunity.is_withdrawn or (activity is not None and activity.state is ActivityState.CANCELLED)
    is_open = Places(opportunity.kind, opportunity.ends_at).is_open(now) if now else is_event(opportunity.kind)
    announced = RecordPage(
        opportunity=opportunity, process=opportunity.process, activity=activity, agenda=to_html(opportunity.agenda),
        accessibility=to_html(opportunity.accessibility),
        takes_registrations=is_open and not is_held and not is_cancelled, is_cancelled=is_cancelled,
        needs=published_needs(need_counts(opportunity.id)),
    )  # fmt: skip
    if activity is None or activity.state is not ActivityState.PUBLISHED:
        return announced
    counts = attendance(activity.id)
    versions = public_minutes(activity.id)
    return RecordPage(
        **{
            **announced.__dict__, "is_public": True, "people": people(counts), "tables": _tables(counts),
            "agreements": agreements(activity.id), "approvals": approvals([versions[0].id]).get(versions[0].id, ()) if versions else (),
            "minutes": versions[0] if versions else None, "earlier_minutes": versions[1:],
            "files": evidence.attachments(SUBJECT, activity.id, public_only=True),
            "removed_files": evidence.removed_from_public(SUBJECT, activity.id),
        }
    )  # fmt: skip


def _tables(counts: dict[Dimension, list[tuple[str, int]]]) -> tuple[AttendanceTable, ...]:
    counted = [dimension for dimension in Dimension if any(count for _, count in counts.get(dimension, []))]
    return tuple(AttendanceTable(dimension, public_cells(dimension, dict(counts[dimension]))) for dimension in counted)


def public_tables(activity_ids: Sequence[int]) -> dict[int, tuple[AttendanceTable, ...]]:
    """The public counts of many records in one statement, for open data."""
    return {activity_id: _tables(counts) for activity_id, counts in attendances(activity_ids).items()}


@dataclass(frozen=True)
class PublishedFacts:
    """The figures of one public record."""

    people: int
    minutes_sha256: str
    files: int


def published_facts(process_id: int) -> list[tuple[Activity, PublishedFacts]]:
    """Every public record of a process by number with its figures; four statements however many there are."""
    records = public_activities(process_id)
    ids = [record.id for record in records]
    counts = attendances(ids)
    stand: dict[int, str] = {}
    for row in latest_public_minutes(ids):
        stand[row.activity_id] = row.sha256
    files: dict[int, int] = {}
    for file in evidence.of_many(SUBJECT, ids, public_only=True):
        files[file.subject_id] = files.get(file.subject_id, 0) + 1
    return [(r, PublishedFacts(people(counts.get(r.id, {})), stand.get(r.id, ""), files.get(r.id, 0))) for r in records]


def latest_public_minutes(activity_ids: Sequence[int]) -> Sequence[ActivityMinutes]:
    """Public texts of many records, oldest first: the last of each stands."""
    return db.session.scalars(
        select(ActivityMinutes)
        .where(ActivityMinutes.activity_id.in_(activity_ids), ActivityMinutes.published_at.is_not(None))
        .order_by(ActivityMinutes.activity_id, ActivityMinutes.version)
    ).all()


def minutes_hashes(activity_ids: Sequence[int]) -> dict[int, str]:
    """SHA-256 of the public minutes that stand, by activity; one statement."""
    return {row.activity_id: row.sha256 for row in latest_public_minutes(activity_ids)}
