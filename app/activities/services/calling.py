"""Calling those who registered with a telephone only: what they knew from the start, and what each call said."""

from datetime import datetime

from app.activities import queries
from app.activities.models import Registration, RegistrationCall
from app.activities.rules.calling import CallOutcome, Standing, problems_with_call
from app.activities.services.registrations import cancel_registration
from app.core.db import db
from app.core.errors import refuse_if_any


def note_call(registration: Registration, outcome: CallOutcome | None, seen: str, *, person_id: int, now: datetime) -> None:
    """Note what came of a call; who no longer comes gives the place back. `seen` is the start the caller had in front. The caller commits.

    `registration.opportunity` and its process are loaded. Raises RuleBroken.
    """
    due = queries.call_due(registration, now)
    starts_at = registration.opportunity.starts_at
    refuse_if_any(problems_with_call(outcome, due.reason if due else None, seen, starts_at))
    if outcome is None or due is None:
        return
    if outcome is CallOutcome.NOT_COMING and not due.present.is_off:
        cancel_registration(registration, now=now)
    _write(registration, outcome, due.present, person_id, now)


def _write(registration: Registration, outcome: CallOutcome, what: Standing, person_id: int | None, now: datetime) -> None:
    db.session.add(
        RegistrationCall(
            registration_id=registration.id, at=now, called_by_id=person_id, outcome=outcome, starts_at=what.starts_at, place=what.place,
            state=what.state, is_off=what.is_off,
        )
    )  # fmt: skip
    db.session.flush()
