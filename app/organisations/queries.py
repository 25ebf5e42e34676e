"""Reading organisations."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.db import db
from app.organisations.models import Organisation
from app.organisations.rules import Sector


def organisation_by_slug(slug: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def organisations(sector: Sector | None = None) -> Sequence[Organisation]:
    """By name; only those of a sector when given."""
    query = select(Organisation).order_by(Organisation.name, Organisation.id)
    return db.session.scalars(query.where(Organisation.sector == sector) if sector else query).all()


def organisation_by_id(organisation_id: int | None) -> Organisation | None:
    return None if organisation_id is None else db.session.get(Organisation, organisation_id)
