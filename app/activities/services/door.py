"""At the door: who came in, what they agreed to, and the counts that follow from it."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.activities import queries, rules
from app.activities.models import Activity, Attendance, CheckIn, Registration
from app.activities.rules import ActivityState, Dimension, RegistrationDraft, attending
from app.activities.rules.attending import AttendanceSource, AttendingProblem, RegistrationState
from app.activities.services.records import open_record, settle
from app.activities.services.registrations import new_code
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.processes.models import Opportunity


def check_in(registration: Registration, *, shows_image: bool, person_id: int, now: datetime) -> CheckIn:
    """Somebody registered came in; the counts follow unless somebody counted by hand. Once: pressing twice is the same.

    `registration.opportunity` and its process are loaded; opens the record if nobody has. The caller commits. Raises RuleBroken.
    """
    activity = _opened(registration.opportunity, person_id, now)
    known = queries.check_in_of(registration.id)
    refuse_if_any(_problems(registration.state, registration.opportunity, activity, now))
    if known is not None:
        return known
    made = _let_in(registration, keeps_data=True, shows_image=shows_image, person_id=person_id, now=now)
    _recount(activity)
    return made


def walk_in(
    opportunity: Opportunity, draft: RegistrationDraft, *, keeps_data: bool, shows_image: bool, submission_key: str, person_id: int,
    now: datetime,
) -> CheckIn:  # fmt: skip
    """Somebody who had not registered came in. Without their consent neither name nor address is kept: they only count.

    The same form twice is one person. `opportunity.process` is loaded; the caller commits. Raises RuleBroken.
    """
    activity = _opened(opportunity, person_id, now)
    refuse_if_any([*_problems(RegistrationState.CONFIRMED, opportunity, activity, now), *rules.problems_with_groups(draft)])
    known = queries.registration_by_key(submission_key)
    found = queries.check_in_of(known.id) if known is not None else None
    if found is not None:
        return found
    registration = Registration(
        opportunity_id=opportunity.id, code=new_code(), name=clean_line(draft.name) if keeps_data else "",
        organisation=clean_line(draft.organisation) if keeps_data else "", email=None, phone=clean_line(draft.phone) if keeps_data else "",
        sector=draft.sector, sex=draft.sex, age=draft.age, language=draft.language, is_walk_in=True, created_at=now, confirmed_at=now,
        submission_key=submission_key or secrets.token_hex(16), state=RegistrationState.CONFIRMED,
    )  # fmt: skip
    db.session.add(registration)
    db.session.flush()
    made = _let_in(registration, keeps_data=keeps_data, shows_image=shows_image, person_id=person_id, now=now)
    _recount(activity)
    return made


def undo_check_in(registration: Registration, *, person_id: int, now: datetime) -> None:
    """It was a mistake: the person did not come in. Who had not registered is taken off the list. The caller commits. Raises RuleBroken."""
    activity = _opened(registration.opportunity, person_id, now)
    if activity.state is ActivityState.PUBLISHED:
        raise RuleBroken([Problem(AttendingProblem.RECORD_PUBLIC)])
    gone = db.session.execute(delete(CheckIn).where(CheckIn.registration_id == registration.id))
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(AttendingProblem.NOT_IN)])
    if registration.is_walk_in:
        registration.state, registration.cancelled_at = RegistrationState.CANCELLED, now
    _recount(activity)


def count_from_door(activity: Activity, *, now: datetime) -> None:
    """Go back from counting by hand to what the door says. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_changing(activity.state))
    activity.attendance_from = AttendanceSource.DOOR
    _recount(activity)


def _opened(opportunity: Opportunity, person_id: int, now: datetime) -> Activity:
    """The record, held until the caller commits, so that two doors count one after the other."""
    activity = open_record(opportunity, facilitator_id=None, person_id=person_id, now=now)
    db.session.execute(select(Activity.id).where(Activity.id == activity.id).with_for_update())
    db.session.refresh(activity, ["state", "attendance_from"])
    return activity


def _problems(state: RegistrationState, opportunity: Opportunity, activity: Activity, now: datetime) -> tuple[Problem, ...]:
    return attending.problems_with_letting_in(
        state, is_in=False, is_record_public=activity.state is ActivityState.PUBLISHED, opens_on=lima_day(opportunity.starts_at),
        today=lima_day(now),
    )  # fmt: skip


def _let_in(registration: Registration, *, keeps_data: bool, shows_image: bool, person_id: int, now: datetime) -> CheckIn:
    made = CheckIn(
        registration_id=registration.id, at=now, checked_by_id=person_id, keeps_data=keeps_data, shows_image=shows_image,
        consent_text=attending.CONSENT_AT_THE_DOOR,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:  # two doors at once
        known = queries.check_in_of(registration.id)
        if known is None:
            raise
        return known
    return made


def _recount(activity: Activity) -> None:
    """The stored counts become those of the door, unless somebody counted by hand."""
    db.session.flush()
    if activity.attendance_from is not AttendanceSource.DOOR:
        return
    db.session.execute(delete(Attendance).where(Attendance.activity_id == activity.id))
    for name, people in attending.counts_of(queries.profiles_of(activity.opportunity_id)).items():
        dimension = Dimension(name)
        for category in rules.CATEGORIES[dimension]:
            if people.get(category):
                db.session.add(Attendance(activity_id=activity.id, dimension=dimension, category=category, people=people[category]))
    settle(activity)
