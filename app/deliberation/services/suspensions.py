"""Keeping somebody from commenting and supporting in a space for some days; moderation says why."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from app.core.db import db
from app.deliberation import queries
from app.deliberation.models import Suspension


def suspend(person_id: int, space_id: int, days: int, *, now: datetime) -> Suspension:
    """It ends by itself after `days`. Who suspends judges the days and records the act. The caller commits."""
    made = Suspension(
        space_id=space_id,
        person_id=person_id,
        address_hash=queries.address_hash(person_id),
        starts_at=now,
        ends_at=now + timedelta(days=days),
    )
    db.session.add(made)
    db.session.flush()
    return made


def lift(suspension: Suspension, *, now: datetime) -> bool:
    """End it before its time; False when it was over. The caller commits."""
    if suspension.lifted_at is not None or suspension.ends_at <= now:
        return False
    suspension.lifted_at = now
    db.session.flush()
    return True


def forget_suspended_addresses(now: datetime) -> None:
    """A suspension that is over stops no address any more. The caller commits."""
    over = (Suspension.address_hash != "", or_(Suspension.ends_at < now, Suspension.lifted_at.is_not(None)))
    if db.session.scalar(select(Suspension.id).where(*over).limit(1)) is not None:
        db.session.execute(update(Suspension).where(*over).values(address_hash=""), execution_options={"synchronize_session": False})
