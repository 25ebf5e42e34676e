"""Who registered for an activity, and whether there is room."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from app.activities.models import Registration
from app.activities.rules import Places
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.processes.models import Opportunity


def places(opportunity: Opportunity) -> Places:
    return Places(
        opportunity.kind, opportunity.ends_at, opportunity.is_withdrawn, opportunity.capacity,
        registered_counts([opportunity.id]).get(opportunity.id, 0),
    )  # fmt: skip


def registered_counts(opportunity_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Registration.opportunity_id, func.count())
        .where(Registration.opportunity_id.in_(opportunity_ids))
        .group_by(Registration.opportunity_id)
    )
    return {opportunity_id: count for opportunity_id, count in rows}


def registrations(opportunity_id: int, page: int) -> Page:
    """Those who registered, in the order they came, 30 to a page."""
    count = registered_counts([opportunity_id]).get(opportunity_id, 0)
    rows = db.session.scalars(_registrations(opportunity_id).limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Page(rows, page, count)


def all_registrations(opportunity_id: int) -> Sequence[Registration]:
    return db.session.scalars(_registrations(opportunity_id)).all()


def _registrations(opportunity_id: int) -> Select[Registration]:
    return select(Registration).where(Registration.opportunity_id == opportunity_id).order_by(Registration.created_at, Registration.id)


def registration_by_key(submission_key: str) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.submission_key == submission_key))


def registration_by_email(opportunity_id: int, email: str) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.opportunity_id == opportunity_id, Registration.email == email))
