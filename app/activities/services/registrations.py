"""Registering for an activity: a place or the list of those who wait, cancelling, moving up, reminding."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.activities import queries, rules
from app.activities.models import Registration, RegistrationCall, RegistrationNeed
from app.activities.rules import RegistrationDraft, attending
from app.activities.rules.attending import AccessNeed, RegistrationState
from app.activities.rules.calling import CallOutcome
from app.activities.services import letters
from app.audit import services as audit
from app.core.db import db
from app.core.errors import refuse_if_any
from app.core.text import clean, clean_line
from app.notifications import services as notifications
from app.processes import services as processes
from app.processes.models import Opportunity

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is mistaken for another when read aloud
CODE_LENGTH = 8
A_ROUND = 500


@dataclass(frozen=True)
class Registered:
    """What came of registering. `is_own` is False when the address was registered before: whoever typed it may be somebody else."""

    registration: Registration
    is_own: bool = True


def register(opportunity: Opportunity, draft: RegistrationDraft, *, submission_key: str, now: datetime) -> Registered:
    """Note that somebody will come, with a place or on the list of those who wait; the same form or address twice is one registration.

    With an e-mail, the person gets a letter with the date for their calendar and is told when the schedule changes. Who had cancelled
    and comes back goes to the end. `opportunity.process` is loaded; the caller commits. Raises RuleBroken.
    """
    email = draft.email.strip().lower()
    known = _known(opportunity, submission_key, email, now)
    if known is not None:
        return known
    _hold(opportunity)
    places = queries.places(opportunity)
    refuse_if_any(rules.problems_with_registration(draft, places, now))
    state = attending.state_for(places.taken, places.capacity) if not places.waiting else RegistrationState.WAITING
    former = queries.registration_by_email(opportunity.id, email) if email else None
    try:
        with db.session.begin_nested():
            registration = _written(former, opportunity, draft, state, submission_key, now)
    except IntegrityError:  # the same person, twice at the same time
        known = _known(opportunity, submission_key, email, now)
        if known is None:
            raise
        return known
    _needs(registration, draft.access)
    if not email:
        _knows(registration, opportunity, now)
    letters.subscribe(opportunity, registration, now=now)
    tell = letters.tell_registered if state is RegistrationState.CONFIRMED else letters.tell_waiting
    tell(opportunity, registration, now=now)
    if draft.access:
        processes.touch_public(opportunity.process_id)
    return Registered(registration)


def _known(opportunity: Opportunity, submission_key: str, email: str, now: datetime) -> Registered | None:
    by_key = queries.registration_by_key(submission_key)
    if by_key is not None and by_key.opportunity_id == opportunity.id:
        return Registered(by_key)
    by_email = queries.registration_by_email(opportunity.id, email) if email else None
    if by_email is None or by_email.state is RegistrationState.CANCELLED:
        return None
    letters.again(opportunity, by_email, now=now)
    return Registered(by_email, is_own=False)


def _hold(opportunity: Opportunity) -> None:
    """Two who want the last place take turns, on both databases."""
    db.session.execute(select(Opportunity.id).where(Opportunity.id == opportunity.id).with_for_update())


def _written(
    former: Registration | None, opportunity: Opportunity, draft: RegistrationDraft, state: RegistrationState, key: str, now: datetime
) -> Registration:
    registration = former or Registration(opportunity_id=opportunity.id, code=new_code())
    registration.name, registration.organisation = clean_line(draft.name), clean_line(draft.organisation)
    registration.email, registration.phone = draft.email.strip().lower() or None, clean_line(draft.phone)
    registration.needs, registration.sector, registration.sex = clean(draft.needs), draft.sector, draft.sex
    registration.age, registration.language = draft.age, draft.language
    registration.state, registration.submission_key, registration.created_at = state, key, now
    registration.confirmed_at = now if state is RegistrationState.CONFIRMED else None
    registration.cancelled_at = None
    due = attending.reminder_due(opportunity.starts_at, None, 0, now)  # the confirmation says what that reminder would
    registration.reminded_for, registration.reminded_days = (opportunity.starts_at, due) if due else (None, 0)
    db.session.add(registration)
    db.session.flush()
    return registration


def _knows(registration: Registration, opportunity: Opportunity, now: datetime) -> None:
    """What somebody whom no letter reaches read when registering: they are called when it is no longer so."""
    db.session.add(
        RegistrationCall(
            registration_id=registration.id, at=now, outcome=CallOutcome.TOLD, starts_at=opportunity.starts_at, place=opportunity.place,
            state=registration.state,
        )
    )  # fmt: skip
    db.session.flush()


def _needs(registration: Registration, needs: Iterable[str]) -> None:
    db.session.execute(delete(RegistrationNeed).where(RegistrationNeed.registration_id == registration.id))
    rows = [{"registration_id": registration.id, "need": AccessNeed(need)} for need in sorted(set(needs))]
    if rows:
        db.session.execute(insert(RegistrationNeed), rows)


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def cancel_registration(registration: Registration, *, now: datetime) -> list[Registration]:
    """Give the place back; the first of those who wait moves up and is told. Gives who moved up. The caller commits.

    `registration.opportunity` and its process are loaded. Raises RuleBroken when it was cancelled before, or the activity began.
    """
    opportunity = registration.opportunity
    _hold(opportunity)
    db.session.refresh(registration, ["state"])
    refuse_if_any(attending.problems_with_cancelling_registration(registration.state, opportunity.starts_at, now))
    registration.state, registration.cancelled_at = RegistrationState.CANCELLED, now
    db.session.flush()
    if queries.needs_of([registration.id]):
        processes.touch_public(opportunity.process_id)
    return move_up(opportunity, now=now)


def move_up(opportunity: Opportunity, *, now: datetime) -> list[Registration]:
    """Give the free places to those who wait, in the order they came; each is told. The opportunity is held; the caller commits."""
    if opportunity.is_withdrawn or now >= opportunity.starts_at:
        return []
    places = queries.places(opportunity)
    free = attending.places_to_give(places.taken, places.capacity, places.waiting)
    moved = list(queries.first_waiting(opportunity.id, free)) if free else []
    for registration in moved:
        registration.state, registration.confirmed_at = RegistrationState.CONFIRMED, now
        letters.tell_moved_up(opportunity, registration, now=now)
    db.session.flush()
    return moved


def fill_places(now: datetime) -> int:
    """Where the announced capacity grew, or a place stayed free, those who wait move up; how many did. The caller commits."""
    moved = 0
    for opportunity in queries.with_free_places(now):
        _hold(opportunity)
        moved += len(move_up(opportunity, now=now))
    return moved


def remind(now: datetime) -> int:
    """Remind those with a place three days before and one day before, once each; how many letters. The caller commits."""
    first, last = (timedelta(days=days) for days in attending.REMINDERS_DAYS)
    letters_due = []
    for registration in queries.to_remind(now, first, last, A_ROUND):
        opportunity = registration.opportunity
        days = attending.reminder_due(opportunity.starts_at, registration.reminded_for, registration.reminded_days, now)
        if days:
            registration.reminded_for, registration.reminded_days = opportunity.starts_at, days
            letters_due.append(letters.reminder(opportunity, registration, days))
    return notifications.queue_many("activities.reminder", letters_due, at=now) if letters_due else 0


def read_names(opportunity: Opportunity, role: str, *, now: datetime) -> Sequence[Registration]:
    """Who registered, for somebody whose role reads names; the register keeps that it was read, and by which role. The caller commits."""
    audit.record("activities.names-read", "process", opportunity.process.slug, {"activity": opportunity.slug}, at=now, role=role)
    return queries.all_registrations(opportunity.id)
