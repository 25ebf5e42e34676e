"""Minutes of a workshop and what was agreed in it: written, approved by both sides, published; corrected in a new version."""

from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from app.activities import queries, rules
from app.activities.models import Activity, ActivityAgreement, ActivityMinutes, ActivityMinutesApproval
from app.activities.rules import ActivityState
from app.activities.rules import minutes as approving
from app.activities.rules.minutes import MinutesProblem
from app.activities.services.records import enter_register, settle, sha256_of
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.forum.rules.seats import Side
from app.processes import services as processes


def save_minutes(
    activity: Activity, text: str, *, person_id: int, now: datetime, reason: str = "", based_on: int | None = None
) -> ActivityMinutes:
    """Keep the minutes as a new version, to be approved; the same text again changes nothing. The caller commits.

    Once the record is public a new version corrects it and needs a reason; what is public stays until both sides approved the
    correction and it is published. `based_on` is the version the writer had before them (0 for none): SomebodyWasFirst, with the
    version that stands, when it is no longer the latest. Raises RuleBroken.
    """
    if activity.state is ActivityState.CANCELLED:
        refuse_if_any(rules.problems_with_changing(activity.state))
    text = clean(text)
    refuse_if_any(rules.problems_with_minutes(text, is_public=activity.state is ActivityState.PUBLISHED, reason=reason))
    latest = queries.current_minutes(activity.id)
    if latest is not None and latest.text == text:
        return latest
    known = latest.version if latest else 0
    if based_on is not None and based_on != known:
        raise SomebodyWasFirst(latest)
    minutes = ActivityMinutes(
        activity_id=activity.id, version=known + 1, text=text, html=str(to_html(text)), sha256=sha256_of(text), reason=clean(reason),
        saved_by_id=person_id, saved_at=now, published_at=None,
    )  # fmt: skip
    activity_id = activity.id
    db.session.add(minutes)
    try:
        db.session.flush()
    except IntegrityError as lost:
        db.session.rollback()
        raise SomebodyWasFirst(queries.current_minutes(activity_id)) from lost
    settle(activity)
    return minutes


def approve_minutes(activity: Activity, side: Side, sha256: str, *, person_id: int, now: datetime) -> ActivityMinutesApproval:
    """One side approves exactly the text whose hash is `sha256`. The caller commits.

    Raises SomebodyWasFirst when the text is another by now, RuleBroken when the person may not or the side has approved.
    """
    db.session.execute(select(Activity.id).where(Activity.id == activity.id).with_for_update())
    minutes = _latest(activity)
    if minutes.sha256 != sha256:
        raise SomebodyWasFirst(minutes)
    given = {approval.side: approval.person_id for approval in queries.approvals([minutes.id]).get(minutes.id, [])}
    refuse_if_any(approving.problems_with_approving(side, given, person_id, minutes.saved_by_id))
    approval = ActivityMinutesApproval(minutes_id=minutes.id, side=side, person_id=person_id, sha256=sha256, approved_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(approval)
    except IntegrityError as lost:
        raise RuleBroken([Problem(MinutesProblem.ALREADY_APPROVED)]) from lost
    settle(activity)
    facts: dict[str, object] = {"number": activity.number, "version": minutes.version, "sha256": sha256, "side": str(side)}
    enter_register("activities.approve-minutes", activity, facts, now, role=str(side))
    return approval


def publish_minutes(activity: Activity, *, person_id: int, now: datetime) -> ActivityMinutes:
    """A correction that both sides approved takes the place of the public minutes; those stay, as an earlier version. The caller
    commits. Raises RuleBroken."""
    minutes = _latest(activity)
    before = queries.public_minutes(activity.id)
    sides = [a.side for a in queries.approvals([minutes.id]).get(minutes.id, []) if a.sha256 == minutes.sha256]
    refuse_if_any(
        approving.problems_with_publishing_minutes(
            is_record_public=activity.state is ActivityState.PUBLISHED, is_published=minutes.published_at is not None, sides=sides
        )
    )
    won = db.session.execute(
        update(ActivityMinutes)
        .where(ActivityMinutes.id == minutes.id, ActivityMinutes.published_at.is_(None))
        .values(published_at=now)
        .returning(ActivityMinutes.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not won:
        raise RuleBroken([Problem(MinutesProblem.ALREADY_PUBLIC)])
    db.session.refresh(minutes, ["published_at"])
    facts: dict[str, object] = {
        "number": activity.number, "minutes_sha256": minutes.sha256, "before_sha256": before[0].sha256 if before else "",
        "reason_sha256": sha256_of(minutes.reason),
    }  # fmt: skip
    enter_register("activities.correct_minutes", activity, facts, now)
    return minutes


def _latest(activity: Activity) -> ActivityMinutes:
    minutes = queries.current_minutes(activity.id)
    if minutes is None:
        raise RuleBroken([Problem(MinutesProblem.NONE)])
    return minutes


def add_agreement(activity: Activity, text: str, owner: str, due_on: date | None, *, person_id: int, now: datetime) -> ActivityAgreement:
    """Something agreed in the room; public with the record. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_changing(activity.state) or approving.problems_with_agreement(text))
    number = (db.session.scalar(select(func.max(ActivityAgreement.number)).where(ActivityAgreement.activity_id == activity.id)) or 0) + 1
    agreement = ActivityAgreement(
        activity_id=activity.id, number=number, text=clean(text), owner=clean_line(owner), due_on=due_on, recorded_by_id=person_id,
        recorded_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(agreement)
    except IntegrityError as lost:
        raise SomebodyWasFirst from lost
    processes.touch_public(activity.process_id)
    return agreement


def drop_agreement(activity: Activity, number: int, *, now: datetime) -> None:
    """Take back something written by mistake, while the record is not public. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_changing(activity.state))
    gone = delete(ActivityAgreement).where(ActivityAgreement.activity_id == activity.id, ActivityAgreement.number == number)
    db.session.execute(gone, execution_options={"synchronize_session": False})
