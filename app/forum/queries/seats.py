"""Reading the forum of a space: who holds which seat on a day, and every term there was."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.forum.models import Forum, Seat
from app.forum.rules.seats import Term
from app.spaces.models import RoleAssignment, Space
from app.spaces.rules import Role

SEAT_SUBJECT = "forum-seat"


def forum_by_slug(slug: str) -> Forum | None:
    """The forum of the space with that slug, the space loaded."""
    return db.session.scalar(
        select(Forum).join(Space, Space.id == Forum.space_id).where(Space.slug == slug).options(joinedload(Forum.space))
    )


def forum_of(space_id: int) -> Forum | None:
    return db.session.scalar(select(Forum).where(Forum.space_id == space_id).options(joinedload(Forum.space)))


def forums() -> Sequence[Forum]:
    """Every forum, the national one first, then by the name of its space."""
    return db.session.scalars(
        select(Forum)
        .join(Space, Space.id == Forum.space_id)
        .options(joinedload(Forum.space))
        .order_by(Space.kind != "national-forum", Space.name, Forum.id)
    ).all()


def _terms(space_id: int) -> Select[Seat]:
    return select(Seat).where(Seat.space_id == space_id).options(joinedload(Seat.organisation))


def seats_on(space_id: int, day: date) -> Sequence[Seat]:
    """The terms that hold on `day`, by number, organisations loaded."""
    return db.session.scalars(
        _terms(space_id).where(Seat.starts_on <= day, or_(Seat.ends_on.is_(None), Seat.ends_on >= day)).order_by(Seat.number, Seat.id)
    ).all()


def seat_terms(space_id: int) -> Sequence[Seat]:
    """Every term, present, past and to come: by number, newest first, organisations loaded."""
    return db.session.scalars(_terms(space_id).order_by(Seat.number, Seat.starts_on.desc(), Seat.id.desc())).all()


def seat_of(person_id: int, space_id: int, day: date) -> Seat | None:
    """The seat the person sits on that day as holder or alternate; the lowest number should there be two."""
    return db.session.scalar(
        _terms(space_id)
        .where(
            or_(Seat.holder_id == person_id, Seat.alternate_id == person_id),
            Seat.starts_on <= day, or_(Seat.ends_on.is_(None), Seat.ends_on >= day),
        )
        .order_by(Seat.number, Seat.id)
        .limit(1)
    )  # fmt: skip


def seat(slug: str, seat_id: int) -> Seat | None:
    """A term of that space, space and organisation loaded."""
    return db.session.scalar(
        select(Seat)
        .join(Space, Space.id == Seat.space_id)
        .where(Space.slug == slug, Seat.id == seat_id)
        .options(joinedload(Seat.space), joinedload(Seat.organisation))
    )


def term_facts(space_id: int) -> list[Term]:
    """Every term as the rules judge it."""
    return [
        Term(
            row.number, row.sector, row.starts_on, row.ends_on,
            frozenset(email.lower() for email in (row.holder_email, row.alternate_email) if email),
        )
        for row in seat_terms(space_id)
    ]  # fmt: skip


def next_number(space_id: int) -> int:
    return (db.session.scalar(select(func.max(Seat.number)).where(Seat.space_id == space_id)) or 0) + 1


def role_held(person_id: int, space_id: int, role: Role, day: date) -> RoleAssignment | None:
    """The role of the whole space that the person holds on that day or later."""
    return db.session.scalar(
        select(RoleAssignment)
        .where(
            RoleAssignment.person_id == person_id, RoleAssignment.space_id == space_id, RoleAssignment.role == role,
            RoleAssignment.process_id.is_(None), or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= day),
        )
        .order_by(RoleAssignment.id.desc())
        .limit(1)
    )  # fmt: skip


def term_that_gave(role_id: int) -> Seat | None:
    """The term that gave a role and takes it away."""
    return db.session.scalar(
        select(Seat).where(or_(Seat.holder_role_id == role_id, Seat.alternate_role_id == role_id)).order_by(Seat.id.desc()).limit(1)
    )
