"""Who has to be called: registered with a telephone and no address, and what changed since they last heard."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.activities.models import Activity, Registration, RegistrationCall
from app.activities.rules import ActivityState
from app.activities.rules.attending import RegistrationState
from app.activities.rules.calling import CallOutcome, CallReason, Standing, reason_to_call, reminded_from
from app.core.db import db
from app.processes.models import Opportunity, ScheduleVersion


@dataclass(frozen=True)
class Due:
    """Somebody to call, why, what is true now, who tried since they last heard, and since when they should know."""

    registration: Registration
    reason: CallReason
    present: Standing
    tried: tuple[datetime, ...]
    since: datetime


def calls_due(opportunity_id: int, now: datetime) -> list[Due]:
    """The people to call about one activity, in the order they registered. Three statements."""
    return _due(Registration.opportunity_id == opportunity_id, now)


def call_due(registration: Registration, now: datetime) -> Due | None:
    return next(iter(_due(Registration.id == registration.id, now)), None)


def calls_waiting(process_ids: Sequence[int], now: datetime) -> dict[int, list[Due]]:
    """The people to call about each coming activity of the processes, by the activity's id."""
    found: dict[int, list[Due]] = defaultdict(list)
    if process_ids:
        for due in _due(Opportunity.process_id.in_(process_ids), now):
            found[due.registration.opportunity_id].append(due)
    return found


def _due(narrowed: object, now: datetime) -> list[Due]:
    rows = db.session.execute(_reachable_by_telephone(now).where(narrowed)).all()  # type: ignore[arg-type]
    calls = _calls([registration.id for registration, _state in rows])
    published = _published({registration.opportunity.process_id for registration, _state in rows})
    found = []
    for registration, state in rows:
        opportunity = registration.opportunity
        is_off = opportunity.is_withdrawn or state is ActivityState.CANCELLED
        present = Standing(opportunity.starts_at, opportunity.place, registration.state, is_off)
        made = calls.get(registration.id, [])
        told = max((n for n, call in enumerate(made) if call.outcome is not CallOutcome.NO_ANSWER), default=-1)
        told_at = made[told].at if told >= 0 else registration.created_at
        reason = reason_to_call(made[told].known if told >= 0 else None, told_at, present, now)
        if reason:
            since = _since(reason, registration, told_at, published.get(opportunity.process_id, told_at))
            found.append(Due(registration, reason, present, tuple(call.at for call in made[told + 1 :]), since))
    return found


def _reachable_by_telephone(now: datetime) -> Select[Registration, ActivityState]:
    return (
        select(Registration, Activity.state)
        .join(Registration.opportunity)
        .outerjoin(Activity, Activity.opportunity_id == Opportunity.id)
        .where(
            Registration.email.is_(None), Registration.phone != "", Registration.is_walk_in.is_(False),
            Registration.state != RegistrationState.CANCELLED, Opportunity.starts_at > now,
        )
        .options(joinedload(Registration.opportunity).joinedload(Opportunity.process))
        .order_by(Opportunity.starts_at, Registration.created_at, Registration.id)
    )  # fmt: skip


def _calls(registration_ids: Sequence[int]) -> dict[int, list[RegistrationCall]]:
    found: dict[int, list[RegistrationCall]] = defaultdict(list)
    chosen = select(RegistrationCall).where(RegistrationCall.registration_id.in_(registration_ids)).order_by(RegistrationCall.id)
    for call in db.session.scalars(chosen) if registration_ids else ():
        found[call.registration_id].append(call)
    return found


def _published(process_ids: set[int]) -> dict[int, datetime]:
    """When the schedule of each process was last published: since then its dates are what they are."""
    rows = db.session.execute(
        select(ScheduleVersion.process_id, func.max(ScheduleVersion.published_at))
        .where(ScheduleVersion.process_id.in_(process_ids), ScheduleVersion.published_at.is_not(None))
        .group_by(ScheduleVersion.process_id)
    )
    return {process_id: at for process_id, at in rows if at}


def _since(reason: CallReason, registration: Registration, told_at: datetime, published_at: datetime) -> datetime:
    if reason is CallReason.REMINDER:
        return reminded_from(registration.opportunity.starts_at)
    if reason is CallReason.MOVED_UP and registration.confirmed_at:
        return registration.confirmed_at
    return max(told_at, published_at)
