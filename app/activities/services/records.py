"""Keeping the record of an activity: held, counted, with its files, published."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app.activities import queries, rules
from app.activities.models import Activity, Attendance
from app.activities.rules import ActivityProblem, ActivityState, Dimension
from app.activities.rules.attending import AttendanceSource
from app.audit import services as audit
from app.core import dates
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst, refuse_if_any
from app.core.text import clean
from app.evidence import queries as files
from app.evidence import services as evidence
from app.evidence.models import Attachment
from app.evidence.rules import AttachmentKind, FileUpload
from app.notifications import services as notifications
from app.notifications.services import NewLetter
from app.processes import services as processes
from app.processes.models import Opportunity
from app.processes.rules.states import ProcessState

SECRETARIAT = "secretaría"
CANCELLED = "activities.cancelled"
NUMBER_ATTEMPTS = 5


def open_record(
    opportunity: Opportunity, *, facilitator_id: int | None, person_id: int, now: datetime, number: int | None = None
) -> Activity:
    """The record of an opportunity, opened if it was not; its number is the next of the process unless given. The caller commits.

    Raises RuleBroken when people do not meet there (a form, a counter).
    """
    if not rules.is_event(opportunity.kind):
        refuse_if_any([Problem(ActivityProblem.NOT_AN_EVENT)])
    known = queries.activity_of(opportunity.id)
    for _attempt in range(NUMBER_ATTEMPTS):
        if known is not None:
            return known
        activity = Activity(
            process_id=opportunity.process_id, opportunity_id=opportunity.id, facilitator_id=facilitator_id, created_at=now,
            number=number or queries.last_number(opportunity.process_id) + 1, process=opportunity.process, opportunity=opportunity,
        )  # fmt: skip
        try:
            with db.session.begin_nested():
                db.session.add(activity)
        except IntegrityError:  # somebody opened this record, or took this number, at the same time
            known, number = queries.activity_of(opportunity.id), None
        else:
            return activity
    raise SomebodyWasFirst


def record_held(activity: Activity, *, started_at: datetime, ended_at: datetime, person_id: int, now: datetime) -> None:
    """When it really was held; the first one starts its process. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_changing(activity.state) or rules.problems_with_times(started_at, ended_at, now))
    activity.started_at, activity.ended_at = started_at, ended_at
    process = activity.process
    if process.start_at is None and process.state is ProcessState.SCHEDULED:
        processes.record_start(process, started_at, person_id=person_id, now=now)
    settle(activity)
    processes.touch_public(activity.process_id)


def set_attendance(activity: Activity, counts: dict[Dimension, dict[str, int]], *, person_id: int, now: datetime) -> None:
    """How many people of each group came, counted by hand, in place of what stood before. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_changing(activity.state) or rules.problems_with_attendance(counts))
    db.session.execute(delete(Attendance).where(Attendance.activity_id == activity.id))
    activity.attendance_from = AttendanceSource.COUNTED
    for dimension in Dimension:
        given = counts.get(dimension, {})
        for category in rules.CATEGORIES[dimension]:
            if given.get(category):
                db.session.add(Attendance(activity_id=activity.id, dimension=dimension, category=category, people=given[category]))
    settle(activity)


def attach(
    activity: Activity, upload: FileUpload, *, kind: AttachmentKind | None, title: str, is_for_public: bool, person_id: int, now: datetime
) -> Attachment:
    """Keep a file of the record: shown once the record is public, when meant to be. The caller commits. Raises RuleBroken."""
    if activity.state is ActivityState.CANCELLED:
        refuse_if_any(rules.problems_with_changing(activity.state))
    is_public = activity.state is ActivityState.PUBLISHED and is_for_public
    file = evidence.attach(
        upload, subject_kind=queries.SUBJECT, subject_id=activity.id, kind=kind, title=title, is_public=is_public,
        is_for_public=is_for_public, person_id=person_id, now=now, scope=activity.scope,
    )  # fmt: skip
    settle(activity)
    if is_public:
        enter_register("activities.add_file", activity, {"number": activity.number, "file_sha256": file.sha256}, now)
    return file


def withdraw_file(activity: Activity, file: Attachment, reason: str, *, person_id: int, now: datetime) -> None:
    """Take a file off the record with a reason; it is kept, and named on the public page if it was there. The caller commits."""
    was_public = file.is_public
    evidence.remove_from_public(file, reason, person_id=person_id, now=now)
    settle(activity)
    if was_public:
        facts = {"number": activity.number, "file_sha256": file.sha256, "reason_sha256": sha256_of(file.removed_reason)}
        enter_register("activities.withdraw_file", activity, facts, now)


def publish_record(activity: Activity, *, person_id: int, now: datetime) -> None:
    """Make the record public: times, attendance, minutes, files. Once; the caller commits. Raises RuleBroken."""
    if activity.state is ActivityState.PUBLISHED:
        return
    refuse_if_any(rules.problems_with_changing(activity.state) or rules.problems_with_publishing(queries.facts_of(activity)))
    db.session.flush()
    won = db.session.execute(
        update(Activity)
        .where(Activity.id == activity.id, Activity.published_at.is_(None))
        .values(state=ActivityState.PUBLISHED, published_at=now)
        .returning(Activity.id),
        execution_options={"synchronize_session": False},
    ).all()
    db.session.refresh(activity, ["state", "published_at"])
    if not won:
        return
    minutes = queries.current_minutes(activity.id)
    if minutes is not None:
        minutes.published_at = now
    evidence.release(queries.SUBJECT, activity.id)
    shown = files.attachments(queries.SUBJECT, activity.id, public_only=True)
    enter_register(
        "activities.publish", activity,
        {
            "number": activity.number, "started_at": dates.rfc3339(activity.started_at), "ended_at": dates.rfc3339(activity.ended_at),
            "people": queries.people(queries.attendance(activity.id)), "minutes_sha256": minutes.sha256 if minutes else "",
            "files": sorted(file.sha256 for file in shown),
        },
        now,
    )  # fmt: skip


def cancel(activity: Activity, reason: str, *, person_id: int, now: datetime) -> None:
    """Say publicly, with the reason, that an announced activity was not held, and tell everybody registered. The caller commits.

    Raises RuleBroken.
    """
    refuse_if_any(rules.problems_with_cancelling(activity.state, reason))
    activity.state, activity.cancelled_reason = ActivityState.CANCELLED, clean(reason)
    facts = {"number": activity.number, "reason_sha256": sha256_of(activity.cancelled_reason)}
    enter_register("activities.cancel", activity, facts, now)
    opportunity = activity.opportunity
    content = {
        "title": opportunity.title, "process": activity.process.title, "when": dates.long_instant(opportunity.starts_at),
        "reason": activity.cancelled_reason, "contact": opportunity.contact, "slug": activity.process.slug, "activity": opportunity.slug,
    }  # fmt: skip
    letters = [
        NewLetter(one.email, "opportunity", opportunity.id, {**content, "name": one.name}, f"{CANCELLED}:{opportunity.id}:{one.email}")
        for one in queries.all_registrations(opportunity.id)
        if one.email and one.cancelled_at is None
    ]
    notifications.queue_many(CANCELLED, letters, at=now)


def settle(activity: Activity) -> None:
    """Bring the state in line with what the record holds."""
    db.session.flush()
    activity.state = rules.state_after(activity.state, queries.facts_of(activity))
    db.session.flush()


def sha256_of(text: str) -> str:
    """Of words people write: the register proves them without repeating them, for it can never forget (reliability.md 5)."""
    return hashlib.sha256(text.encode()).hexdigest()


def enter_register(action: str, activity: Activity, facts: dict[str, object], now: datetime, *, role: str = SECRETARIAT) -> None:
    """An act on the record in the public register, and the public pages made anew."""
    db.session.flush()
    reference = f"{activity.process.slug}/{activity.opportunity.slug}"
    audit.record(action, queries.SUBJECT, reference, facts, at=now, role=role)
    processes.touch_public(activity.process_id)
