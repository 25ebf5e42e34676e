"""Reading spaces and the roles that hold on a day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Authenticator, Passkey, Person
from app.core.db import db
from app.core.permissions import Actor, HeldRole
from app.spaces.models import RoleAssignment, Space


def actor_for(person: Person, today: date) -> Actor:
    """The person with the roles that hold on `today`."""
    rows = db.session.scalars(
        select(RoleAssignment)
        .where(
            RoleAssignment.person_id == person.id,
            RoleAssignment.starts_on <= today,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= today),
        )
        .order_by(RoleAssignment.id)
    )
    roles = tuple(HeldRole(str(r.role), r.space_id, r.process_id, r.organisation_id, r.starts_on, r.ends_on) for r in rows)
    return Actor(person.id, person.name, roles)


def space_by_slug(slug: str) -> Space | None:
    return db.session.scalar(select(Space).where(Space.slug == slug))


def spaces() -> Sequence[Space]:
    """Every space, national forum first, then by name."""
    return db.session.scalars(select(Space).order_by(Space.kind != "national-forum", Space.name, Space.id)).all()


def role_assignments(space: Space) -> Sequence[RoleAssignment]:
    """Roles of a space, present and past, newest first, people and organisations loaded."""
    return db.session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.space_id == space.id)
        .options(joinedload(RoleAssignment.person), joinedload(RoleAssignment.organisation))
        .order_by(RoleAssignment.ends_on.is_not(None), RoleAssignment.role, RoleAssignment.id)
    ).all()


def assignment(slug: str, assignment_id: int) -> RoleAssignment | None:
    """A role of that space, the space and the person loaded."""
    return db.session.scalar(
        select(RoleAssignment)
        .join(Space, Space.id == RoleAssignment.space_id)
        .where(Space.slug == slug, RoleAssignment.id == assignment_id)
        .options(joinedload(RoleAssignment.space), joinedload(RoleAssignment.person))
    )


def with_factor(space_id: int) -> set[int]:
    """People of the space who have a second step; only whether, never which."""
    people = select(RoleAssignment.person_id).where(RoleAssignment.space_id == space_id)
    return {
        *db.session.scalars(select(Authenticator.person_id).where(Authenticator.person_id.in_(people))),
        *db.session.scalars(select(Passkey.person_id).where(Passkey.person_id.in_(people))),
    }


def spaces_of(space_ids: set[int]) -> Sequence[Space]:
    """Those spaces, by name."""
    return db.session.scalars(select(Space).where(Space.id.in_(space_ids)).order_by(Space.name, Space.id)).all()
