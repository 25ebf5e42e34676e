"""Who registered for an activity, with a place or waiting for one, what they need, and who came in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from app.activities.models import CheckIn, Registration, RegistrationNeed
from app.activities.rules import Places
from app.activities.rules.attending import AccessNeed, Profile, RegistrationState
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.processes.models import Opportunity, Process

_WHOLE = joinedload(Registration.opportunity).joinedload(Opportunity.process).joinedload(Process.space)


def places(opportunity: Opportunity) -> Places:
    """How many places are taken and how many wait; who came without registering takes none."""
    counts = _by_state(opportunity.id)
    return Places(
        opportunity.kind, opportunity.ends_at, opportunity.is_withdrawn, opportunity.capacity,
        counts.get(RegistrationState.CONFIRMED, 0), counts.get(RegistrationState.WAITING, 0),
    )  # fmt: skip


def _by_state(opportunity_id: int) -> dict[RegistrationState, int]:
    rows = db.session.execute(
        select(Registration.state, func.count())
        .where(Registration.opportunity_id == opportunity_id, Registration.is_walk_in.is_(False))
        .group_by(Registration.state)
    )
    return {state: count for state, count in rows}


def registered_counts(opportunity_ids: Sequence[int]) -> dict[int, int]:
    """How many have a place in each; those who wait, cancelled or came without registering are not counted."""
    rows = db.session.execute(
        select(Registration.opportunity_id, func.count())
        .where(
            Registration.opportunity_id.in_(opportunity_ids), Registration.state == RegistrationState.CONFIRMED,
            Registration.is_walk_in.is_(False),
        )
        .group_by(Registration.opportunity_id)
    )  # fmt: skip
    return {opportunity_id: count for opportunity_id, count in rows}


def registrations(opportunity_id: int, page: int) -> Page:
    """Those with a place, then those who wait, then those who cancelled; each in the order they came, 30 to a page."""
    chosen = _registrations(opportunity_id)
    count = db.session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    rows = db.session.scalars(chosen.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Page(rows, page, count)


def all_registrations(opportunity_id: int) -> Sequence[Registration]:
    return db.session.scalars(_registrations(opportunity_id)).all()


def _registrations(opportunity_id: int) -> Select[Registration]:
    order = case({RegistrationState.CONFIRMED: 0, RegistrationState.WAITING: 1}, value=Registration.state, else_=2)
    return (
        select(Registration)
        .where(Registration.opportunity_id == opportunity_id, Registration.is_walk_in.is_(False))
        .order_by(order, Registration.created_at, Registration.id)
    )


def registration_by_key(submission_key: str) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.submission_key == submission_key))


def registration_by_email(opportunity_id: int, email: str) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.opportunity_id == opportunity_id, Registration.email == email))


def coming_of_address(email: str, now: datetime) -> Sequence[Registration]:
    """What somebody registered for with this address and has not begun, cancelled ones left out; the nearest first."""
    return db.session.scalars(
        select(Registration)
        .join(Registration.opportunity)
        .where(Registration.email == email, Registration.state != RegistrationState.CANCELLED, Opportunity.starts_at > now)
        .options(joinedload(Registration.opportunity))
        .order_by(Opportunity.starts_at, Registration.id)
    ).all()


def registration_by_code(code: str) -> Registration | None:
    """With its activity, process and space."""
    return db.session.scalar(select(Registration).where(Registration.code == code.upper()[:40]).options(_WHOLE))


def place_in_line(registration: Registration) -> int:
    """How many wait before this one, itself included; 0 when it does not wait."""
    if registration.state is not RegistrationState.WAITING:
        return 0
    waits_before = (Registration.created_at < registration.created_at) | (
        (Registration.created_at == registration.created_at) & (Registration.id <= registration.id)
    )
    return (
        db.session.scalar(
            select(func.count()).where(
                Registration.opportunity_id == registration.opportunity_id, Registration.state == RegistrationState.WAITING, waits_before
            )
        )
        or 0
    )


def first_waiting(opportunity_id: int, how_many: int) -> Sequence[Registration]:
    return db.session.scalars(
        select(Registration)
        .where(Registration.opportunity_id == opportunity_id, Registration.state == RegistrationState.WAITING)
        .order_by(Registration.created_at, Registration.id)
        .limit(how_many)
    ).all()


def with_free_places(now: datetime) -> Sequence[Opportunity]:
    """Coming activities where somebody waits and there is a free place; processes loaded. One statement."""
    taken = (
        select(func.count())
        .where(
            Registration.opportunity_id == Opportunity.id, Registration.state == RegistrationState.CONFIRMED,
            Registration.is_walk_in.is_(False),
        )
        .correlate(Opportunity)
        .scalar_subquery()
    )  # fmt: skip
    waits = (
        select(Registration.id)
        .where(Registration.opportunity_id == Opportunity.id, Registration.state == RegistrationState.WAITING)
        .correlate(Opportunity)
        .exists()
    )
    return db.session.scalars(
        select(Opportunity)
        .where(Opportunity.starts_at > now, Opportunity.is_withdrawn.is_(False), waits)
        .where((Opportunity.capacity == 0) | (taken < Opportunity.capacity))
        .options(joinedload(Opportunity.process))
        .order_by(Opportunity.starts_at, Opportunity.id)
    ).all()


def to_remind(now: datetime, first: timedelta, last: timedelta, most: int) -> Sequence[Registration]:
    """Those with a place and an address who are due a reminder, `first` or `last` before the start; activities loaded."""
    is_new = (Registration.reminded_for.is_(None)) | (Registration.reminded_for != Opportunity.starts_at)
    return db.session.scalars(
        select(Registration)
        .join(Registration.opportunity)
        .where(
            Opportunity.starts_at > now, Opportunity.starts_at <= now + first, Opportunity.is_withdrawn.is_(False),
            Registration.state == RegistrationState.CONFIRMED, Registration.email.is_not(None),
            is_new | ((Opportunity.starts_at <= now + last) & (Registration.reminded_days > last.days)),
        )
        .options(joinedload(Registration.opportunity).joinedload(Opportunity.process))
        .order_by(Opportunity.starts_at, Registration.id)
        .limit(most)
    ).all()  # fmt: skip


def needs_of(registration_ids: Sequence[int]) -> dict[int, list[AccessNeed]]:
    found: dict[int, list[AccessNeed]] = defaultdict(list)
    rows = select(RegistrationNeed.registration_id, RegistrationNeed.need).where(RegistrationNeed.registration_id.in_(registration_ids))
    for registration_id, need in db.session.execute(rows.order_by(RegistrationNeed.need)):
        found[registration_id].append(need)
    return found


def need_counts(opportunity_id: int) -> dict[AccessNeed, int]:
    """How many of those with a place need what; exact, for staff. The public reads `published_needs` of it."""
    rows = db.session.execute(
        select(RegistrationNeed.need, func.count())
        .join(Registration, Registration.id == RegistrationNeed.registration_id)
        .where(Registration.opportunity_id == opportunity_id, Registration.state == RegistrationState.CONFIRMED)
        .group_by(RegistrationNeed.need)
    )
    return {need: count for need, count in rows}


def check_in_of(registration_id: int) -> CheckIn | None:
    return db.session.get(CheckIn, registration_id)


def at_the_door(opportunity_id: int) -> list[tuple[Registration, CheckIn | None]]:
    """Everybody expected or in, by name; those who cancelled only if they came."""
    rows = db.session.execute(
        select(Registration, CheckIn)
        .outerjoin(CheckIn, CheckIn.registration_id == Registration.id)
        .where(Registration.opportunity_id == opportunity_id)
        .where((Registration.state != RegistrationState.CANCELLED) | CheckIn.registration_id.is_not(None))
        .order_by(func.lower(Registration.name), Registration.id)
    )
    return [(registration, check_in) for registration, check_in in rows]


def profiles_of(opportunity_id: int) -> list[Profile]:
    """What is known of those who came in, for counting only."""
    rows = db.session.execute(
        select(Registration.sector, Registration.sex, Registration.age, Registration.language)
        .join(CheckIn, CheckIn.registration_id == Registration.id)
        .where(Registration.opportunity_id == opportunity_id)
    )
    return [Profile(*row) for row in rows]
