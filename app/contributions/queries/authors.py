"""Who is behind contributions: everything under one account, restricted to that person's own pages."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.sql import ColumnElement

from app.contributions.models import Authorship, Contribution
from app.core.db import db


def is_of(person_id: int | None, email: str) -> ColumnElement[bool]:
    """Condition on `Authorship`: sent from or claimed into the account, or under its address and nobody else's account."""
    under = (Authorship.email == email) & Authorship.person_id.is_(None) if email else Authorship.person_id == -1
    return under if person_id is None else or_(Authorship.person_id == person_id, under)


def authored_by(person_id: int, email: str) -> Sequence[Authorship]:
    """Oldest first; contribution and process loaded."""
    return db.session.scalars(
        select(Authorship)
        .join(Authorship.contribution)
        .where(is_of(person_id, email))
        .options(contains_eager(Authorship.contribution).options(joinedload(Contribution.process), joinedload(Contribution.theme)))
        .order_by(Contribution.received_at, Contribution.id)
    ).all()
