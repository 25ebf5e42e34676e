"""Keeping the record of an activity and registering who wants to come."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.activities import queries, rules
from app.activities.models import Activity, ActivityMinutes, Attendance, Registration
from app.activities.rules import ActivityProblem, ActivityState, Dimension, RegistrationDraft
from app.audit import services as audit
from app.core import dates
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
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
    _settle(activity)
    processes.touch_public(activity.process_id)


def set_attendance(activity: Activity, counts: dict[Dimension, dict[str, int]], *, person_id: int, now: datetime) -> None:
    """How many people of each group came, in place of what was counted before. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_changing(activity.state) or rules.problems_with_attendance(counts))
    db.session.execute(delete(Attendance).where(Attendance.activity_id == activity.id))
    for dimension in Dimension:
        given = counts.get(dimension, {})
        for category in rules.CATEGORIES[dimension]:
            if given.get(category):
                db.session.add(Attendance(activity_id=activity.id, dimension=dimension, category=category, people=given[category]))
    _settle(activity)


def save_minutes(
    activity: Activity, text: str, *, person_id: int, now: datetime, reason: str = "", based_on: int | None = None
) -> ActivityMinutes:
    """Keep the minutes as a new version; the same text again changes nothing. The caller commits.

    Once the record is public a new version corrects it, needs a reason, is public at once and enters the register. `based_on` is the
    version the writer had before them (0 for none): SomebodyWasFirst, with the version that stands, when it is no longer the latest.
    Raises RuleBroken.
    """
    if activity.state is ActivityState.CANCELLED:
        refuse_if_any(rules.problems_with_changing(activity.state))
    is_public = activity.state is ActivityState.PUBLISHED
    text = clean(text)
    refuse_if_any(rules.problems_with_minutes(text, is_public=is_public, reason=reason))
    latest = queries.current_minutes(activity.id)
    if latest is not None and latest.text == text:
        return latest
    known = latest.version if latest else 0
    if based_on is not None and based_on != known:
        raise SomebodyWasFirst(latest)
    minutes = ActivityMinutes(
        activity_id=activity.id, version=known + 1, text=text, html=str(to_html(text)), sha256=_sha256(text),
        reason=clean(reason), saved_by_id=person_id, saved_at=now, published_at=now if is_public else None,
    )  # fmt: skip
    activity_id = activity.id
    db.session.add(minutes)
    try:
        db.session.flush()
    except IntegrityError as lost:
        db.session.rollback()
        raise SomebodyWasFirst(queries.current_minutes(activity_id)) from lost
    _settle(activity)
    if is_public:
        facts = {"number": activity.number, "minutes_sha256": minutes.sha256, "before_sha256": latest.sha256 if latest else ""}
        _register("activities.correct_minutes", activity, {**facts, "reason_sha256": _sha256(minutes.reason)}, now)
    return minutes


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
    _settle(activity)
    if is_public:
        _register("activities.add_file", activity, {"number": activity.number, "file_sha256": file.sha256}, now)
    return file


def withdraw_file(activity: Activity, file: Attachment, reason: str, *, person_id: int, now: datetime) -> None:
    """Take a file off the record with a reason; it is kept, and named on the public page if it was there. The caller commits."""
    was_public = file.is_public
    evidence.remove_from_public(file, reason, person_id=person_id, now=now)
    _settle(activity)
    if was_public:
        facts = {"number": activity.number, "file_sha256": file.sha256, "reason_sha256": _sha256(file.removed_reason)}
        _register("activities.withdraw_file", activity, facts, now)


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
    _register(
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
    _register("activities.cancel", activity, {"number": activity.number, "reason_sha256": _sha256(activity.cancelled_reason)}, now)
    opportunity = activity.opportunity
    content = {
        "title": opportunity.title, "process": activity.process.title, "when": dates.long_instant(opportunity.starts_at),
        "reason": activity.cancelled_reason, "contact": opportunity.contact, "slug": activity.process.slug, "activity": opportunity.slug,
    }  # fmt: skip
    letters = [
        NewLetter(one.email, "opportunity", opportunity.id, {**content, "name": one.name}, f"{CANCELLED}:{opportunity.id}:{one.email}")
        for one in queries.all_registrations(opportunity.id)
        if one.email
    ]
    notifications.queue_many(CANCELLED, letters, at=now)


def register(opportunity: Opportunity, draft: RegistrationDraft, *, submission_key: str, now: datetime) -> Registration:
    """Note that somebody will come; the same form or the same e-mail twice is one registration. The caller commits.

    With an e-mail, the person gets a letter with the date for their calendar and is told when the schedule changes. Raises RuleBroken.
    """
    known = _known(opportunity.id, submission_key, draft.email)
    if known is not None:
        return known
    db.session.execute(select(Opportunity.id).where(Opportunity.id == opportunity.id).with_for_update())  # two last places at once
    refuse_if_any(rules.problems_with_registration(draft, queries.places(opportunity), now))
    registration = Registration(
        opportunity_id=opportunity.id, name=clean_line(draft.name), organisation=clean_line(draft.organisation),
        email=draft.email.strip().lower() or None, phone=clean_line(draft.phone), needs=clean(draft.needs),
        submission_key=submission_key, created_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(registration)
    except IntegrityError:  # the same person, twice at the same time
        known = _known(opportunity.id, submission_key, draft.email)
        if known is None:
            raise
        return known
    if registration.email:
        notifications.subscribe("process", opportunity.process_id, registration.email, at=now)
        notifications.queue(
            "activities.registered", address=registration.email, subject_kind="opportunity", subject_id=opportunity.id,
            content=_letter(opportunity, registration), dedupe_key=f"activities.registered:{opportunity.id}:{registration.email}", at=now,
        )  # fmt: skip
    return registration


def _known(opportunity_id: int, submission_key: str, email: str) -> Registration | None:
    by_key = queries.registration_by_key(submission_key)
    if by_key is not None and by_key.opportunity_id == opportunity_id:
        return by_key
    return queries.registration_by_email(opportunity_id, email.strip().lower()) if email.strip() else None


def _letter(opportunity: Opportunity, registration: Registration) -> dict[str, str]:
    return {
        "name": registration.name, "title": opportunity.title, "process": opportunity.process.title,
        "when": dates.long_instant(opportunity.starts_at), "until": dates.hour(opportunity.ends_at), "place": opportunity.place,
        "link": opportunity.url, "contact": opportunity.contact, "slug": opportunity.process.slug, "activity": opportunity.slug,
    }  # fmt: skip


def _settle(activity: Activity) -> None:
    """Bring the state in line with what the record holds."""
    db.session.flush()
    activity.state = rules.state_after(activity.state, queries.facts_of(activity))
    db.session.flush()


def _sha256(text: str) -> str:
    """Of words people write: the register proves them without repeating them, for it can never forget (reliability.md 5)."""
    return hashlib.sha256(text.encode()).hexdigest()


def _register(action: str, activity: Activity, facts: dict[str, object], now: datetime) -> None:
    db.session.flush()
    reference = f"{activity.process.slug}/{activity.opportunity.slug}"
    audit.record(action, queries.SUBJECT, reference, facts, at=now, role=SECRETARIAT)
    processes.touch_public(activity.process_id)
